"""Resolves the links of a Word document: to addresses, and to the paragraphs that hold bookmarks."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from audio_edition.read.docx.names import all_in, name_of, said
from audio_edition.read.docx.package import Package

_MOST_PLACES = 20_000


class Places:
    """The link targets in a document, each identified by its paragraph."""

    def __init__(self, package: Package, stories: Iterable[etree._Element], links: Iterable[str]) -> None:
        stories = list(stories)
        self._package = package
        self._ids: dict[etree._Element, str] = {}
        self._places: dict[str, str] = {}
        wanted = {link[1:].casefold() for link in links if link.startswith("#")}
        for story in stories:
            wanted |= {said(link, "w:anchor").casefold() for link in all_in(story, "w:hyperlink")}
        for story in stories:
            for mark in all_in(story, "w:bookmarkStart"):
                name = said(mark, "w:name").casefold()
                if name in wanted and name not in self._places and len(self._places) < _MOST_PLACES:
                    paragraph = _paragraph_at(mark)
                    if paragraph is not None:
                        self._places[name] = self._ids.setdefault(paragraph, f"place-{len(self._ids) + 1}")

    def id_of(self, paragraph: etree._Element) -> str:
        """Return the id of a paragraph that is linked to; empty for others."""
        return self._ids.get(paragraph, "")

    def address(self, hyperlink: etree._Element) -> str:
        """Return the target of a w:hyperlink; empty if it leads nowhere."""
        relation, place = self._package.related(hyperlink, said(hyperlink, "r:id")), said(hyperlink, "w:anchor")
        if relation is None:
            return self.resolved(f"#{place}") if place else ""
        if not relation.external:
            return ""
        return f"{relation.target}#{place}" if place and "#" not in relation.target else relation.target

    def resolved(self, address: str) -> str:
        """Return the address, with a bookmark replaced by its paragraph's id; empty if the bookmark is missing."""
        if not address.startswith("#"):
            return address
        place = self._places.get(address[1:].casefold())
        return f"#{place}" if place else ""


def _paragraph_at(mark: etree._Element) -> etree._Element | None:
    """Return the paragraph in which a bookmark begins, or the next one."""
    around = next((each for each in mark.iterancestors() if name_of(each) == "w:p"), None)
    if around is not None:
        return around
    for sibling in mark.itersiblings():
        found = next(all_in(sibling, "w:p"), None)
        if found is not None:
            return found
    return None
