"""Joins lists that belong together: some programs write an inner list as a list of its own behind the outer one."""

from __future__ import annotations

from lxml import etree

from audio_edition.read.markup.elements import name_of, whole_number
from audio_edition.read.markup.lists import LISTS
from audio_edition.read.tree import take_out


def join_lists(root: etree._Element) -> None:
    """Move each list that holds nothing but lists into the last item of the list before it, and what continues that one
    into it too; without a list before, its inner list takes its place.

    LibreOffice writes the second level so: <ul><li>One</li></ul><ul><ul><li>Under</li></ul></ul>.
    """
    for outer in [*root.iter(*(f"{{*}}{name}" for name in LISTS))]:
        inner = _lists_in(outer)
        if not inner or outer.getparent() is None:
            continue
        before = _list_before(outer)
        if before is not None:
            following = _list_behind(outer)
            _move_into(before[-1], inner, outer)
            if following is not None and _continues(before, following):
                before.extend(list(following))
                take_out(following)
        elif len(inner) == 1:
            outer.addprevious(inner[0])
            inner[0].tail = None
            take_out(outer)


def _lists_in(outer: etree._Element) -> list[etree._Element]:
    """Return the lists that an element holds, directly or in items; none if it holds anything else."""
    found: list[etree._Element] = []
    if _has_text(outer.text):
        return []
    for child in outer:
        if not isinstance(child.tag, str) or _has_text(child.tail):
            return []
        if name_of(child) in LISTS:
            found.append(child)
        elif name_of(child) != "li" or not len(child) or not (inner := _lists_in(child)):
            return []
        else:
            found += inner
    return found


def _has_text(text: str | None) -> bool:
    return bool(text and text.strip())


def _list_before(element: etree._Element) -> etree._Element | None:
    """Return the list right before an element, if it ends with an item."""
    before = element.getprevious()
    is_list = before is not None and name_of(before) in LISTS and not _has_text(before.tail)
    return before if is_list and before is not None and len(before) and name_of(before[-1]) == "li" else None


def _list_behind(element: etree._Element) -> etree._Element | None:
    behind = element.getnext()
    return behind if behind is not None and name_of(behind) in LISTS and not _has_text(element.tail) else None


def _move_into(item: etree._Element, inner: list[etree._Element], outer: etree._Element) -> None:
    for each in inner:
        each.tail = None
        item.append(each)
    take_out(outer)


def _continues(items: etree._Element, following: etree._Element) -> bool:
    """Return whether a list goes on with the next number, or has bullets too; a list of lists is no such."""
    if name_of(items) != name_of(following) or _lists_in(following):
        return False
    if name_of(items) != "ol":
        return True
    first = next(iter(following), None)
    start = whole_number(following.get("start")) or whole_number(None if first is None else first.get("value"))
    count = sum(name_of(item) == "li" for item in items)
    return start == (whole_number(items.get("start")) or 1) + count
