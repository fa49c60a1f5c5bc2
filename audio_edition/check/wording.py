"""Separate what is written in an element of a page from what only the sound adds.

Words that the sound adds ("Picture:") stand in elements of class `label`, or follow from the element's role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from audio_edition.check.agreement import shown
from audio_edition.check.manifest import Cue
from audio_edition.check.reading import local, unspaced
from audio_edition.model import Finding

_AGAIN = "Build the edition again."
_PAGES = frozenset({"page-normal", "page-front", "page-special"})
_MARKS = _PAGES | {"noteref", "backlink", "label"}
"""Classes of what is no text of the document: marks of notes and the ways back, numbers of pages, labels."""
_READINGS = frozenset({"rt", "rp"})
_TELLING = frozenset({
    "li", "td", "th", "table", "caption", "blockquote", "figcaption", "pre", "img", "dd", "dt", "details", "math",
})  # fmt: skip
"""Elements that say of themselves what a sound would announce."""
_SENTENCE = re.compile(r"c\d+-p\d+-s\d+")
_ENDING = frozenset({"doc-footnote"})
"""Roles of what says where it ends."""


def written_in(element: etree._Element) -> str:
    """Return the text of the document in an element: without marks, labels and readings, pictures by their alternative
    text, formulas by their words."""
    return "".join(_written(element))


def _written(element: etree._Element) -> Iterator[str]:
    name = local(element)
    if not name or name in _READINGS or (_is_mark(element) and not _SENTENCE.fullmatch(str(element.get("id", "")))):
        return
    parent = element.getparent()
    if name == "summary" and parent is not None and "description" in parent.get("class", "").split():
        return
    if name == "img":
        yield str(element.get("alt", ""))
    elif name == "math":
        yield str(element.get("alttext", ""))
    elif element.get("role") == "math":
        yield str(element.get("aria-label", ""))
    else:
        yield element.text or ""
        for inner in element:
            yield from _written(inner)
            yield inner.tail or ""


def _is_mark(element: etree._Element) -> bool:
    """Whether an element is no text of the document. The number of a page is, where it is a sentence."""
    return element.get("role") == "doc-pagebreak" or bool(_MARKS & set(str(element.get("class", "")).split()))


def said_in(root: etree._Element, cues: Sequence[Cue]) -> list[tuple[Cue, etree._Element]]:
    """Return the sentences that a document has, each with its element."""
    by_id = {cue.id: cue for cue in cues}
    return [(by_id[name], element) for element in root.iter() if (name := element.get("id", "")) in by_id]


def announcement_findings(place: str, elements: Sequence[tuple[Cue, etree._Element]]) -> Iterator[Finding]:
    """Whether what the sound adds to each sentence is seen in its element, or told by what that stands in."""
    for cue, element in elements:
        seen = unspaced("".join("".join(inner.itertext()) for inner in _labels(element)))
        around = [element, *element.iterancestors(), *(inner for inner in element.iter() if local(inner) == "math")]
        is_told = any(map(_tells, around))
        ends = is_told or any(each.get("role") in _ENDING for each in around)
        for added, told in ((cue.announces, is_told), (cue.concludes, ends)):
            if unspaced(added) not in seen and not told:
                yield Finding(
                    "announcement-lost", "error", f"“{shown(added)}” is heard, and nothing in the text says it.",
                    f"{place}: {cue.id}", _AGAIN, cue.text,
                )  # fmt: skip


def _tells(element: etree._Element) -> bool:
    """Whether an element says of itself what it is."""
    classes = set(str(element.get("class", "")).split())
    return local(element) in _TELLING or element.get("role") in ("math", "doc-pagebreak") or bool(classes & _PAGES)


def _labels(element: etree._Element) -> Iterator[etree._Element]:
    return (inner for inner in element.iter() if "label" in str(inner.get("class", "")).split())
