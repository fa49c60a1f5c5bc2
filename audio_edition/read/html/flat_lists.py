"""Rebuilds lists that word processors write as paragraphs or without nesting."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from audio_edition.read.markup.elements import classes_of
from audio_edition.read.tree import take_out

_LISTED = re.compile(r"mso-list\s*:\s*l(\d+)\s+level(\d)", re.IGNORECASE)
_MARK = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_GAP = re.compile(r"font\s*:\s*7(?:\.0)?pt", re.IGNORECASE)
_NAMED = re.compile(
    r"mso(?:listparagraph(?:cxsp(?:first|middle|last))?|listbullet\d?|listnumber\d?|listcontinue\d?|list\d?)"
)
_LEVEL_IN_NAME = re.compile(r"msolist(?:bullet|number|continue|)(\d)")
_MARGIN = re.compile(r"margin-left\s*:\s*([\d.]+)\s*(pt|in|cm|mm|px)", re.IGNORECASE)
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_STEP = 36.0
"""Points of indent per level in Word."""

_NUMBER = re.compile(r"\(?(\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}|[a-z]|[A-Z])[.)]")
_MANY_NUMBERS = re.compile(r"\(?\d{1,3}(?:\.\d{1,3}){1,6}[.)]?")
_DEEPEST = 9
_DOCS_LIST = re.compile(r"lst-kix_(\S{1,40})-(\d)")
_DOCS_NUMBERS = re.compile(
    r"""\.lst-kix_(\S{1,40}-\d)>\s*li:before\s*\{\s*content\s*:[^{}]{0,400}
    ,\s*(lower-latin|upper-latin|lower-roman|upper-roman)\)[^{},]{0,20}\}""",
    re.VERBOSE,
)
"""The last counter is that of the level itself."""

_TYPES = {"lower-latin": "a", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class _Item:
    paragraph: etree._Element
    level: int
    group: str
    mark: str
    """Its number or letter; empty for a bullet."""


def word_lists(body: etree._Element) -> Iterator[str]:
    """Turn Word's list paragraphs into lists, and yield the marks that were text."""
    runs: list[list[_Item]] = []
    last: etree._Element | None = None
    for paragraph in [*body.iter("p", "h1", "h2", "h3", "h4", "h5", "h6", "div")]:
        item = _item_of(paragraph)
        if item is None:
            continue
        if last is not None and runs and _next(last) is paragraph:
            runs[-1].append(item)
        else:
            runs.append([item])
        last = paragraph
    for run in runs:
        yield from _listed(run)


def _next(element: etree._Element) -> etree._Element | None:
    """Return the next element, if no text stands between; else None."""
    return None if (element.tail or "").strip() else element.getnext()


def _item_of(paragraph: etree._Element) -> _Item | None:
    """Return a paragraph as a list item; None if it is not one, or is a numbered heading."""
    listed = _LISTED.search(paragraph.get("style") or "")
    names = [name for name in classes_of(paragraph) if _NAMED.fullmatch(name)]
    if not (listed or names) or paragraph.tag != "p":
        return None
    mark = _mark_of(paragraph)
    if listed:
        level = int(listed[2])
    else:
        named = next((found for name in names if (found := _LEVEL_IN_NAME.fullmatch(name))), None)
        level = int(named[1]) if named else _level_by_margin(paragraph)
        if mark is None and not any(name.startswith(("msolistbullet", "msolistnumber")) for name in names):
            return _Item(paragraph, level, "", "more")
    if mark is None:
        mark = "1." if any("number" in name for name in names) else ""
    return _Item(paragraph, max(1, min(_DEEPEST, level)), listed[1] if listed else "", mark)


def _level_by_margin(paragraph: etree._Element) -> int:
    found = _MARGIN.search(paragraph.get("style") or "")
    return max(1, round(float(found[1]) * _POINTS[found[2].lower()] / _STEP)) if found and found[1] != "." else 1


def _mark_of(paragraph: etree._Element) -> str | None:
    """Return the bullet or number that a paragraph begins with as text; None if it has none."""
    holder = _mark_holder(paragraph)
    if holder is not None:
        return " ".join("".join(holder.itertext()).split())
    gap = _gap_in(paragraph)
    return None if gap is None else " ".join("".join(_texts_before(gap, paragraph)).split())


def _mark_holder(paragraph: etree._Element) -> etree._Element | None:
    return next((each for each in paragraph.iter("span") if _MARK.search(each.get("style") or "")), None)


def _gap_in(paragraph: etree._Element) -> etree._Element | None:
    """Return the span of small-type blanks that Word writes after a mark."""
    for each in paragraph.iter("span"):
        if _GAP.search(each.get("style") or "") and not "".join(each.itertext()).strip():
            return each
    return None


def _texts_before(element: etree._Element, root: etree._Element) -> Iterator[str]:
    around = {element, *element.iterancestors()}
    yield root.text or ""
    for each in root.iterdescendants():
        if each is element:
            return
        yield each.text or ""
        if each not in around:
            yield each.tail or ""


def _without_mark(paragraph: etree._Element) -> None:
    """Remove the mark at the beginning of a paragraph."""
    holder = _mark_holder(paragraph)
    if holder is not None:
        take_out(holder)
        return
    gap = _gap_in(paragraph)
    if gap is None:
        return
    around = {gap, *gap.iterancestors()}
    paragraph.text = None
    for each in [*paragraph.iterdescendants()]:
        if each is gap:
            break
        each.text = None
        if each not in around:
            each.tail = None
    take_out(gap)


def _listed(run: list[_Item]) -> Iterator[str]:
    """Put a run of paragraphs into lists, and yield their marks."""
    open_lists: list[tuple[int, str, etree._Element]] = []
    for item in run:
        if item.mark == "more":
            if open_lists:
                open_lists[-1][2][-1].append(_moved(item.paragraph))
            continue
        while open_lists and (
            open_lists[-1][0] > item.level or (open_lists[-1][0] == item.level and not _continues(open_lists[-1], item))
        ):
            open_lists.pop()
        number = _NUMBER.fullmatch(item.mark)
        if not open_lists or open_lists[-1][0] < item.level:
            items = etree.Element("ol" if number else "ul")
            if number:
                kind = _kind(number[1])
                items.set("type", kind)
                items.set("start", str(_value(number[1], kind)))
            if open_lists:
                open_lists[-1][2][-1].append(items)
            else:
                item.paragraph.addprevious(items)
            open_lists.append((item.level, item.group, items))
        if not _MANY_NUMBERS.fullmatch(item.mark):
            _without_mark(item.paragraph)
            if any(map(str.isalnum, item.mark)):
                yield item.mark
        entry = etree.SubElement(open_lists[-1][2], "li")
        entry.append(_moved(item.paragraph))


def _continues(opened: tuple[int, str, etree._Element], item: _Item) -> bool:
    _, group, items = opened
    return group == item.group and (items.tag == "ol") == bool(_NUMBER.fullmatch(item.mark))


def _moved(paragraph: etree._Element) -> etree._Element:
    """Return a paragraph ready to be moved: the text after it stays."""
    before, parent = paragraph.getprevious(), paragraph.getparent()
    if paragraph.tail and paragraph.tail.strip() and parent is not None:
        if before is not None:
            before.tail = (before.tail or "") + paragraph.tail
        else:
            parent.text = (parent.text or "") + paragraph.tail
    paragraph.tail = None
    return paragraph


def _kind(number: str) -> str:
    if number.isdecimal():
        return "1"
    is_roman = len(number) > 1 or number in "iIvVxX"
    return ("i" if is_roman else "a") if number.islower() else ("I" if is_roman else "A")


def _value(number: str, kind: str) -> int:
    if kind == "1":
        return int(number)
    if kind in "aA":
        return ord(number.lower()) - ord("a") + 1
    values = [_ROMAN[letter] for letter in number.lower()]
    return sum(-one if one < max(values[at:]) else one for at, one in enumerate(values))


def docs_lists(body: etree._Element, text: str) -> None:
    """Nest the lists that Google Docs writes one after another, each with its level in a class, and number them as the
    styles in the page's markup say."""
    types = {found[1]: _TYPES[found[2]] for found in _DOCS_NUMBERS.finditer(text)}
    opened: list[tuple[int, str, etree._Element]] = []
    for items in [*body.iter("ol", "ul")]:
        found = _DOCS_LIST.search(items.get("class") or "")
        if found is None:
            continue
        name, level = found[1], int(found[2])
        if items.tag == "ol" and (type_ := types.get(f"{name}-{level}")):
            items.set("type", type_)
        if not opened or _next(opened[0][2]) is not items:
            opened = []
        while opened and opened[-1][0] > level:
            opened.pop()
        if opened and opened[-1][0] == level and opened[-1][1] == name and opened[-1][2].tag == items.tag:
            opened[-1][2].extend([*items])
            take_out(items)
            continue
        if opened and opened[-1][0] == level:
            opened.pop()
        if opened and len(opened[-1][2]):
            opened[-1][2][-1].append(_moved(items))
        opened.append((level, name, items))
