"""Finds an article's notes elsewhere on its page: in a footer, in a box of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from audio_edition.read.html.names import has_part
from audio_edition.read.html.place import together
from audio_edition.read.html.reasons import Reason
from audio_edition.read.html.shown import Shown
from audio_edition.read.markup.elements import BLOCKS, roles_of

_NOTED_NAMES = """
    clarification correction corrections endnotes erratum footnote footnotes
"""
_NOTED = frozenset(_NOTED_NAMES.split())
_ROLES = frozenset({"doc-endnotes", "doc-footnote", "doc-errata"})
_NOTE_NAME = re.compile(
    r"(?:foot|end|side)[-_]?note|ftn|fn(?![a-z])|note[-_:.]?\d|_edn|sdfootnote|cite_note", re.IGNORECASE
)
_LONGEST_MARK = 12
_LONGEST_NOTE = 5_000
_MOST_MARKS = 5_000
_MOSTLY = 0.8


def notes_elsewhere(
    place: etree._Element,
    heading: etree._Element | None,
    shown: Shown,
    without: Mapping[etree._Element, Reason],
) -> list[etree._Element]:
    """Return the outermost elements outside a place, or left out in it, that hold notes: those named so, and those that
    marks in the place refer to, with any container that holds nothing else."""
    found = [] if heading is None else [*_named(place, together([heading, place]), shown)]
    referred = [*_referred(place, shown, without)]
    if referred:
        whole = together(referred)
        written = sum(shown.of(each).written for each in dict.fromkeys(referred))
        while whole not in referred and (parent := _wider(whole, place, shown, written)) is not None:
            whole = parent
        is_all = not shown.holds(whole, place) and written >= _MOSTLY * shown.of(whole).written
        found += [whole] if is_all else referred
    return shown.outermost(found)


def _wider(element: etree._Element, place: etree._Element, shown: Shown, written: int) -> etree._Element | None:
    """Return the container of an element, if it holds little else."""
    parent = element.getparent()
    if parent is None or parent not in shown or shown.holds(parent, place) or shown.holds(place, parent):
        return None
    return parent if written >= _MOSTLY * shown.of(parent).written else None


def _named(place: etree._Element, whole: etree._Element, shown: Shown) -> Iterator[etree._Element]:
    """Yield the largest elements after a place, within its ancestors, that are named as notes."""
    around = place
    while around is not whole and (parent := around.getparent()) is not None:
        for each in around.itersiblings(etree.Element):
            if each in shown and (has_part(each, _NOTED) or roles_of(each) & _ROLES):
                yield each
        around = parent


def _referred(
    place: etree._Element, shown: Shown, without: Mapping[etree._Element, Reason]
) -> Iterator[etree._Element]:
    """Yield the unread notes that are targets of mark-like links in the text."""
    marks: dict[str, etree._Element] = {}
    places: set[str] = set()
    for at in _read(place, shown, without):
        element = shown.elements[at]
        places.update(filter(None, (element.get("id"), element.get("name"))))
        href = element.get("href") or "" if element.tag == "a" else ""
        if len(href) > 1 and href[0] == "#" and shown.of(element).written <= _LONGEST_MARK and len(marks) < _MOST_MARKS:
            marks[href[1:]] = element
    wanted = marks.keys() - places
    if not wanted:
        return
    read = set(_read(place, shown, without))
    for at, element in enumerate(shown.elements):
        if at not in read and not wanted.isdisjoint((element.get("id"), element.get("name"))):
            holder = next((each for each in (element, *element.iterancestors()) if each.tag in BLOCKS), element)
            if holder in shown and not shown.holds(holder, place) and _is_note(holder, element, places, shown):
                yield holder


def _read(place: etree._Element, shown: Shown, without: Mapping[etree._Element, Reason]) -> Iterator[int]:
    """Yield the positions of the elements that are read in a place."""
    at, last = shown.of(place).first, shown.of(place).last
    while at < last:
        if shown.elements[at] in without:
            at = shown.of(shown.elements[at]).last
        else:
            yield at
            at += 1


def _is_note(holder: etree._Element, target: etree._Element, places: set[str], shown: Shown) -> bool:
    """Return whether a block that a mark leads to is a note: it links back, or is named as one."""
    if not 0 < shown.of(holder).written <= _LONGEST_NOTE:
        return False
    links = (each.get("href") or "" for each in shown.inside(holder) if each.tag == "a")
    if any(href[:1] == "#" and href[1:] in places for href in links):
        return True
    names = " ".join(filter(None, (each.get(key) for each in (holder, target) for key in ("id", "name", "class"))))
    return _NOTE_NAME.search(names) is not None or bool(roles_of(holder) & _ROLES)
