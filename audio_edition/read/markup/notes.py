"""Notes and their marks: a footnote goes behind the paragraph that refers to it.

EPUB and DPUB-ARIA name both (https://www.w3.org/TR/dpub-aria-1.1/#doc-noteref); elsewhere a raised link to a place of
the same document is a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from audio_edition.read.markup.elements import is_shown, name_of, roles_of

_MARKS = frozenset({"doc-noteref", "noteref"})
_NOTES = frozenset({"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", "note"})
_COLLECTIONS = frozenset({"doc-endnotes", "endnotes", "footnotes", "rearnotes", "notes"})
_BACK = frozenset({"doc-backlink", "backlink", "referrer"})
_MARK_TEXT = re.compile(
    r"[\[(]?\s?(?:(?:note|nb|fn|n|anm\.?|n\.)\s?)?(?:\d{1,4}|[a-zA-Z]|[*†‡§¶]{1,3})\s?[\])]?", re.IGNORECASE
)
_BACK_TEXT = re.compile(r"[\s↩↑^\ufe0e\ufe0f⤴]*")
_HOLDERS = frozenset({"aside", "dd", "div", "li", "p", "section", "td"})


class Notes:
    """The notes of a document, by the marks that refer to them."""

    def __init__(self, root: etree._Element) -> None:
        places = {place: each for each in root.iter(etree.Element) for place in _anchors(each)}
        self._by_mark: dict[etree._Element, etree._Element] = {}
        for mark in _marks(root):
            note = _holder(places.get(mark.get("href", "")[1:]))
            # A link inside a note leads out of it, and the whole document is no note.
            if note is not None and note is not root and note not in mark.iterancestors():
                self._by_mark[mark] = note
        around = [each for mark in self._by_mark for each in (mark, mark.getparent(), *mark)]
        self._at_marks = {place for each in around for place in _anchors(each)}
        self.notes = frozenset(self._by_mark.values())
        self._collections = frozenset(each for each in root.iter(etree.Element) if _is_collection(each))

    def of(self, mark: etree._Element) -> etree._Element | None:
        """The note that the element refers to; none where it is no mark."""
        return self._by_mark.get(mark)

    def marks_in(self, element: etree._Element) -> dict[etree._Element, etree._Element]:
        """The marks inside the element, each with its note."""
        if not self._by_mark:
            return {}
        return {mark: self._by_mark[mark] for mark in element.iter("*") if mark in self._by_mark}

    def is_heading_of_notes(self, heading: etree._Element) -> bool:
        """Whether the heading stands over notes, which are read elsewhere."""
        if not (self._collections and self.notes):
            return False
        return any(each in self._collections for each in heading.iterancestors())

    def is_way_back(self, element: etree._Element) -> bool:
        """Whether the element leads from a note to its mark."""
        if "mw-cite-backlink" in element.get("class", ""):  # Wikipedia's; it holds several, each a letter
            return True
        if name_of(element) != "a" or not element.get("href", "").startswith("#"):
            return False
        text = "".join(element.itertext()).strip()
        return bool(roles_of(element) & _BACK or _BACK_TEXT.fullmatch(text)) or (
            element.get("href", "")[1:] in self._at_marks and _MARK_TEXT.fullmatch(text) is not None
        )


def _anchors(element: etree._Element) -> list[str]:
    return [place for place in (element.get("id"), element.get("name")) if place]


def _marks(root: etree._Element) -> Iterator[etree._Element]:
    for link in root.iter(etree.Element):
        if name_of(link) != "a" or not re.match("#.", link.get("href", "")) or not is_shown(link):
            continue
        raised = any(name_of(each) == "sup" for each in (*link, link.getparent()) if each is not None)
        if roles_of(link) & _MARKS or (raised and _MARK_TEXT.fullmatch("".join(link.itertext()).strip())):
            yield link


def _holder(place: etree._Element | None) -> etree._Element | None:
    """The note that a place is in: the place may be a mere anchor in it."""
    while place is not None and not (name_of(place) in _HOLDERS or roles_of(place) & _NOTES):
        place = place.getparent()
    return place


def _is_collection(element: etree._Element) -> bool:
    return bool(roles_of(element) & _COLLECTIONS) or "footnotes" in element.get("class", "").split()
