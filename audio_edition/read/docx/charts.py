"""Reads a chart as the table that it draws (ECMA-376 1, 21.2; MS-ODRAWXML 2.24 for newer ones)."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from lxml import etree

from audio_edition.read.docx.names import all_in, child, name_of

_MOST_CATEGORIES = 100
_MOST_SERIES = 12
"""A chart with more is no use as a spoken table."""

_DATE_FORMAT = re.compile(r"y", re.IGNORECASE)
_FIRST_DAY = datetime.date(1899, 12, 30)
_LAST_DAY = 2_958_465
"""The last day of Excel's calendar: the end of the year 9999."""


def chart(root: etree._Element) -> tuple[tuple[etree._Element, ...], str]:
    """Return a chart as HTML, and any words that are too many to read: a table under its title, or the title alone if
    it holds no data."""
    title = _words(child(root, "c:chart", "c:title")) or _words(next(all_in(root, "cx:title"), None))
    axes = [words for axis in all_in(root, *_AXES) if (words := _words(child(axis, "c:title")))]
    axes += [words for axis in all_in(root, "cx:axis") if (words := _words(next(all_in(axis, "cx:title"), None)))]
    series = [_series(each) for each in all_in(root, "c:ser")] + [_newer(root)] * bool(list(all_in(root, "cx:series")))
    series = [each for each in series if each.name or each.values]
    categories = next((each.categories for each in series if each.categories), {})
    called = ". ".join(part.rstrip(".") for part in (title, *axes) if part)
    if not any(each.values for each in series):
        called = ". ".join(filter(None, (called, *(each.name for each in series))))
        return (etree.Element("img", alt=called),) if called else (), ""
    if len(categories) > _MOST_CATEGORIES or len(series) > _MOST_SERIES:
        words = " ".join(
            [each.name for each in series] + [text for each in series for text in each.categories.values()]
        )
        return (_paragraph_of(called),) if called else (), words
    return (_table(called, series, categories),), ""


_AXES = ("c:catAx", "c:dateAx", "c:valAx", "c:serAx")


@dataclass(frozen=True, slots=True)
class _Series:
    """A series: its values by index, and the labels of those indexes."""

    name: str
    values: dict[int, str]
    categories: dict[int, str]


def _paragraph_of(words: str) -> etree._Element:
    paragraph = etree.Element("p")
    paragraph.text = words
    return paragraph


def _table(title: str, series: list[_Series], categories: dict[int, str]) -> etree._Element:
    table = etree.Element("table")
    if title:
        etree.SubElement(table, "caption").text = title
    if any(each.name for each in series):
        row = etree.SubElement(etree.SubElement(table, "thead"), "tr")
        etree.SubElement(row, "td")
        for each in series:
            etree.SubElement(row, "th", scope="col").text = each.name
    places = sorted({place for each in series for place in each.values} | set(categories))[:_MOST_CATEGORIES]
    body = etree.SubElement(table, "tbody")
    for place in places:
        row = etree.SubElement(body, "tr")
        etree.SubElement(row, "th", scope="row").text = categories.get(place, str(place + 1))
        for each in series:
            etree.SubElement(row, "td").text = each.values.get(place, "")
    return table


def _series(element: etree._Element) -> _Series:
    name = _words(child(element, "c:tx"))
    values = _points(_first(element, "c:val", "c:yVal"))
    return _Series(name, values, _points(_first(element, "c:cat", "c:xVal")))


def _newer(root: etree._Element) -> _Series:
    """Return the data of a newer chart: a waterfall, a funnel, a tree map."""
    name = next((words for each in all_in(root, "cx:series") if (words := _words(child(each, "cx:tx")))), "")
    categories, numbers = next(all_in(root, "cx:strDim"), None), next(all_in(root, "cx:numDim"), None)
    return _Series(name, _points(numbers), _points(categories))


def _first(element: etree._Element, *names: str) -> etree._Element | None:
    return next((found for name in names if (found := child(element, name)) is not None), None)


def _points(dimension: etree._Element | None) -> dict[int, str]:
    """Return the values that Word last cached from the sheet, by index; those of nested categories with their
    parents."""
    form = next((each.text or "" for each in all_in(dimension, "c:formatCode")), "")
    levels = [_level(level, form) for level in all_in(dimension, "c:lvl", "cx:lvl")]
    if not levels:
        return _level(dimension, form)
    found = dict(levels[0])
    for outer in levels[1:]:
        group = ""
        for place in sorted(found | outer):
            group = outer.get(place, group)
            found[place] = ", ".join(filter(None, (group, found.get(place, ""))))
    return found


def _level(holder: etree._Element | None, form: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for point in all_in(holder, "c:pt", "cx:pt"):
        at = point.get("idx", "")
        values = [point] if name_of(point) == "cx:pt" else all_in(point, "c:v")
        text = "".join(value.text or "" for value in values).strip()
        if at.isdecimal() and len(at) < 7 and text:
            found[int(at)] = _number(text, form)
    return found


def _number(text: str, form: str) -> str:
    """Return a number as displayed, as nearly as its format tells: 0.30000000000000004 is 0.3."""
    try:
        value = float(text)
    except ValueError:
        return text
    if not abs(value) < 1e15:
        return text
    if _DATE_FORMAT.search(form) and value == int(value) and 0 < value <= _LAST_DAY:
        return (_FIRST_DAY + datetime.timedelta(int(value))).isoformat()
    if form.endswith("%"):
        return f"{value * 100:.6g}%"
    return f"{value:.10g}"


def _words(element: etree._Element | None) -> str:
    lines = ["".join(text.text or "" for text in all_in(line, "a:t")) for line in all_in(element, "a:p")]
    values = [] if any(lines) else [each.text or "" for each in all_in(element, "c:v", "cx:v")]
    return " ".join(" ".join(lines + values).split())
