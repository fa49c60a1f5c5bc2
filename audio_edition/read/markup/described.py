"""Finds long descriptions of pictures elsewhere in the document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from audio_edition.read.markup.elements import heading_level, is_seen, is_shown, name_of
from audio_edition.read.markup.pictures import is_in_picture

_MOST_NAMES = 4
_NEAR = 3
_CAPTIONS = frozenset({"caption", "figcaption"})


def described(root: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield the pictures that have a long description elsewhere in the document, each with the element that holds
    it."""
    asked: dict[str, etree._Element] = {}
    for picture in root.iter("{*}img", "{*}svg"):
        for name in _names(picture):
            if all(map(is_shown, [picture, *picture.iterancestors()])):
                asked.setdefault(name, picture)
    taken: set[etree._Element] = set()
    pictures = set(asked.values())
    for element in root.iter(etree.Element) if asked else ():
        found = asked.get(element.get("id", ""))
        if found is None or found in taken or element is root or taken.intersection(element.iterancestors()):
            continue
        if pictures.isdisjoint(element.iter(etree.Element)) and _is_only_for(element, found):
            taken |= {found, element}
            yield found, element


def _names(picture: etree._Element) -> Iterator[str]:
    for attribute in ("aria-details", "aria-describedby"):
        yield from picture.get(attribute, "").split()[:_MOST_NAMES]
    address, _, place = picture.get("longdesc", "").partition("#")
    if place and not address:
        yield place


def _is_only_for(element: etree._Element, picture: etree._Element) -> bool:
    """Return whether an element only describes a picture: it is hidden, in the picture's figure, or right after it."""
    lineage = [element, *element.iterancestors()]
    if any(name_of(each) in _CAPTIONS for each in lineage) or heading_level(element) or is_in_picture(element):
        return False
    if any(not is_seen(each) for each in lineage[:-1]) or name_of(element) in ("aside", "details"):
        return True
    near = [picture, *islice(picture.iterancestors(), _NEAR)]
    is_in_figure = any(name_of(each) == "figure" and each in lineage for each in near)
    return is_in_figure or any(each.getnext() is element for each in near)
