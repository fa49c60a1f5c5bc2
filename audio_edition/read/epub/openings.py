"""Gives each chapter one heading: the label in the contents, and the number and title on the page, are said once.

The page's own words are kept, with their notes, readings and languages; the contents add what the page lacks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice, takewhile

from lxml import etree

from audio_edition.read.epub.contents import Entry
from audio_edition.read.epub.lines import Line, lines_of
from audio_edition.read.epub.titles import FEWEST_SPACED, Title, agree, begins, is_same, title_of
from audio_edition.read.markup.elements import XML_LANG, heading_level, name_of
from audio_edition.read.tree import take_out

_MOST_LINES = 5
"""Lines of a chapter's title."""

_NEARLY = 0.8
_LONGEST = 200
"""Characters of one of its lines."""

_CONTAINERS = frozenset({"article", "body", "center", "div", "header", "hgroup", "main", "section"})
_BETWEEN = re.compile(r"\s*[:.–—|-]?\s*")
_ENDS = (".", ":", "!", "?", "…", "–", "—")


@dataclass(slots=True)
class Opening:
    """A heading made for an entry of the contents, or for a title that has none.

    `is_label` tells that its words appear nowhere on the page; `replaced` are words of the page that it phrases
    differently.
    """

    heading: etree._Element
    entry: Entry | None
    is_label: bool = False
    replaced: list[str] = field(default_factory=list)


class Lines:
    """The lines of a document, looked up by position."""

    def __init__(self, part: etree._Element) -> None:
        self.part = part
        self.lines = lines_of(part)
        self._order = {element: at for at, element in enumerate(part.iter(etree.Element))}
        self._starts = [self._order[line.element] for line in self.lines]

    def __contains__(self, element: etree._Element) -> bool:
        return element in self._order

    def at(self, target: etree._Element) -> int:
        """Return the index of the line that contains or follows a place; the number of lines if the place is after all
        of them."""
        at = bisect_left(self._starts, self._order[target])
        if at and self.lines[at - 1].element in target.iterancestors():
            return at if is_at_end(target, self.lines[at - 1]) else at - 1
        return at


def is_at_end(target: etree._Element, line: Line) -> bool:
    """Return whether a bare anchor stands at the end of a paragraph, and so refers to what follows."""
    if line.level or "".join(target.itertext()).strip():
        return False
    for around in target.iterancestors():
        if (target.tail or "").strip() or target.getnext() is not None:
            return False
        if around is line.element:
            break
        target = around
    return True


def open_entries(lines: Lines, entries: Sequence[tuple[Entry, etree._Element | None]]) -> list[Opening]:
    """Give each contents entry of a document its heading; an entry without a place begins the document."""
    placed = [(0 if target is None else lines.at(target), entry, target) for entry, target in entries]
    placed.sort(key=lambda each: each[0])
    starts = sorted({start for start, _, _ in placed})
    openings: list[Opening] = []
    known: set[tuple[int, Title]] = set()
    taken = 0  # earlier lines are already in headings
    for at, (start, entry, target) in enumerate(placed):
        key = (start, title_of(entry.title))
        if key in known:
            continue
        known.add(key)
        first = max(start, taken)
        later = bisect_right(starts, first)
        end = starts[later] if later < len(starts) else len(lines.lines)
        shared = [other for place, other, _ in islice(placed, at + 1, at + _MOST_LINES) if place <= first]
        used = _lines_of_title(entry, lines.lines[first:end], shared)
        if used:
            rest = lines.lines[first + used : end]
            openings.append(_joined(entry, lines.lines[first : first + used], rest))
            taken = first + used
        else:
            is_second = bool(openings) and (start < taken or placed[at - 1][0] == start)
            openings.append(_labelled(entry, lines, start, target, openings[-1].heading if is_second else None))
    return openings


def _lines_of_title(entry: Entry, lines: Sequence[Line], shared: Sequence[Entry]) -> int:
    """Return how many lines of the page, from the first on, form an entry's title; 0 for none."""
    label = title_of(entry.title)
    opening = _opening(lines)
    for count in range(len(opening), 0, -1):
        page = _together(opening[:count])
        last = title_of(opening[count - 1].text)
        if is_same(label, page) or (count > 1 and is_same(label, last) and _are_titles(opening[: count - 1])):
            return _with_more(opening, count, label, shared, lines)
    for count in range(len(opening), 0, -1):
        if _are_titles(opening[:count]) and begins(label, _together(opening[:count])):
            return _with_more(opening, count, label, shared, lines)
    if shared:  # the page's title belongs to an entry below
        return 0
    return _unlike(label, opening, lines)


def _opening(lines: Sequence[Line]) -> list[Line]:
    """Return the lines that may form a title: short ones, up to the first that cannot."""
    opening: list[Line] = []
    for line in lines[:_MOST_LINES]:
        is_below_text = bool(opening) and bool(line.level) and not _are_titles(opening[-1:])
        if line.is_apart or len(line.text) > _LONGEST or is_below_text:
            break
        opening.append(line)
    return opening


def _are_titles(lines: Sequence[Line]) -> bool:
    return all(line.is_title or title_of(line.text).is_number for line in lines)


def _together(lines: Sequence[Line]) -> Title:
    """Return several lines as one title."""
    return title_of(". ".join(line.text for line in lines))


def _with_more(
    opening: Sequence[Line], count: int, label: Title, shared: Sequence[Entry], lines: Sequence[Line]
) -> int:
    """Return the lines with those that complete the title: its words if only its number is known yet, and its
    subtitle."""
    titles = [title_of(entry.title) for entry in shared]
    while count < len(opening):
        line = opening[count]
        said = title_of(line.text)
        is_other = any(is_same(said, title) for title in titles) or said.is_number
        is_words = not label.words and _together(opening[:count]).is_number and line.is_title
        if is_other or not (line.is_subtitle or (is_words and not _has_peers(line, lines[count + 1 :]))):
            break
        count += 1
    return count


def _has_peers(line: Line, following: Sequence[Line]) -> bool:
    """Return whether a later heading has the same level or a higher one: then this one is a section's."""
    return bool(line.level) and any(other.level and other.level <= line.level for other in following)


def _unlike(label: Title, opening: Sequence[Line], lines: Sequence[Line]) -> int:
    """Return how many lines form the title of a chapter that the contents word differently."""
    if not opening or not (opening[0].level or (opening[0].is_title and title_of(opening[0].text).is_number)):
        return 0
    first = opening[0]
    count = 1
    if title_of(first.text).is_number and not agree(label, title_of(first.text)):
        return 0
    count = _with_more(opening, count, label, (), lines)
    others = [line.level for line in lines[count:] if line.level and not line.is_apart]
    is_alone = not others or (first.level and min(others) > first.level) or title_of(first.text).is_number
    return count if is_alone else 0


# --- headings in the tree


def _joined(entry: Entry, lines: Sequence[Line], following: Sequence[Line]) -> Opening:
    """Replace the lines with one heading that holds their contents and the words that only the contents have, unless a
    following heading says those."""
    label = title_of(entry.title)
    page = _together(lines)
    heading = etree.Element("h1")
    lines[0].element.addprevious(heading)
    heading.tail = None
    opening = Opening(heading, entry)
    rest = list(lines)
    number = entry.title[: label.end].strip()
    first = title_of(lines[0].text)
    if label.number is not None and label.number == page.number and label.kind and not page.kind and first.is_number:
        # "1" on the page, "Chapter 1" in the contents
        opening.replaced += [] if lines[0].text.casefold() in number.casefold().split() else [lines[0].text]
        _write(heading, number)
        if _is_bare(lines[0].element):
            _remove(rest.pop(0).element)
    elif label.number is not None and page.number is None and number.casefold().strip(" .") not in page.words:
        _write(heading, number)
    if len(lines) == 1 and label.words == page.words and _is_spaced_out(lines[0]):
        opening.replaced.append(lines[0].text)
        _write(heading, entry.title)
        _remove(rest.pop().element)
    for line in rest:
        _append(heading, line, _separator(heading, entry, label))
    is_said_later = any(line.level and title_of(line.text).words == label.words for line in following)
    if label.words and not _says(page, label) and not is_said_later:
        is_title = page.is_number
        _write(
            heading, _separator(heading, entry, label) + entry.title[label.end :].lstrip(" .:–—|-")
        ) if is_title else (_prefix(heading, entry.title))
    return opening


def _says(page: Title, label: Title) -> bool:
    """Return whether the page says the label, nearly so, or its beginning."""
    said = sum(word in page.words for word in label.words)
    return said >= _NEARLY * len(label.words) or begins(page, label)


def _is_spaced_out(line: Line) -> bool:
    """Return whether a line is letter-spaced, so that it would be spelled out: "P R O L O G U E"."""
    words = line.text.split()
    return len(words) >= FEWEST_SPACED and _is_bare(line.element) and all(len(word) == 1 for word in words)


def _is_bare(element: etree._Element) -> bool:
    """Return whether an element holds only text: no notes, no pictures."""
    return not any(name_of(each) in ("a", "img", "svg", "image", "sup") for each in element.iter(etree.Element))


def _separator(heading: etree._Element, entry: Entry, label: Title) -> str:
    """Return the punctuation between the text already in a heading and what is added."""
    text = "".join(heading.itertext()).rstrip()
    if not text:
        return ""
    if text.endswith(_ENDS):
        return " "
    if title_of(text).is_number and label.number is not None:
        between = _BETWEEN.match(entry.title, label.end)
        sign = between[0].strip() if between else ""
        return {":": ": ", "–": " – ", "—": " — ", "-": " – ", "|": ": "}.get(sign, ". ")
    return ". "


def _write(heading: etree._Element, text: str) -> None:
    if len(heading):
        heading[-1].tail = (heading[-1].tail or "") + text
    else:
        heading.text = (heading.text or "") + text


def _prefix(heading: etree._Element, text: str) -> None:
    """Put the label before a title that the page words differently."""
    heading.text = text + (" " if text.endswith(_ENDS) else ". ") + (heading.text or "")


def _append(heading: etree._Element, line: Line, separator: str) -> None:
    """Move an element's contents to the end of a heading."""
    _write(heading, separator)
    moved = etree.SubElement(heading, "span")
    for attribute in ("id", "name", "lang", XML_LANG, "dir"):
        if value := line.element.get(attribute):
            moved.set(attribute, value)
    moved.text = line.element.text
    moved.extend(list(line.element))
    for inner in moved.iter(etree.Element):
        if inner is not moved and (heading_level(inner) or name_of(inner) in _CONTAINERS or name_of(inner) == "p"):
            inner.tag = "span"
    _remove(line.element)


def _remove(element: etree._Element) -> None:
    """Remove a block but keep the text after it."""
    if element.getparent() is not None:
        take_out(element)


def _labelled(
    entry: Entry, lines: Lines, at: int, target: etree._Element | None, before: etree._Element | None
) -> Opening:
    """Add a heading for a label that is nowhere on the page, where the contents lead, or after another one there."""
    heading = etree.Element("h1")
    heading.text = entry.title
    opening = Opening(heading, entry, is_label=True)
    if before is not None:
        before.addnext(heading)
        return opening
    place = lines.part if target is None else target
    lineage = [place, *takewhile(lambda around: around in lines, place.iterancestors())]
    within = [element for element in lineage if name_of(element) not in _CONTAINERS]
    if within and at and lines.lines[at - 1].element in lineage and is_at_end(place, lines.lines[at - 1]):
        _put_behind(within[-1], heading)
    elif within:
        within[-1].addprevious(heading)
    else:
        heading.tail, place.text = place.text, None
        place.insert(0, heading)
    return opening


def _put_behind(element: etree._Element, heading: etree._Element) -> None:
    tail, element.tail = element.tail, None
    element.addnext(heading)
    heading.tail = tail


# --- titles that the contents lack


def open_unlisted(lines: Lines) -> list[Opening]:
    """Turn titles that are not marked up as headings into headings: a bold line that opens a document, and lines such
    as "CHAPTER III". A number and the title under it become one heading."""
    found: list[Opening] = []
    at = 0
    while at < len(lines.lines):
        used = _unlisted(lines.lines[at : at + _MOST_LINES + 1], is_first=at == 0)
        title = lines.lines[at : at + used]
        if title and all(_is_there(line.element, lines) for line in title):
            found.append(_headed(title))
            at += used
        else:
            at += 1
    return found


def _is_there(element: etree._Element, lines: Lines) -> bool:
    """Return whether an element is still in the document and not merged into a heading."""
    around: etree._Element | None = element
    while around is not None and around is not lines.part:
        if around is not element and heading_level(around):
            return False
        around = around.getparent()
    return around is not None


def _unlisted(lines: Sequence[Line], is_first: bool) -> int:
    """Return how many lines form a title; 0 if none do, or they are a heading already."""
    line = lines[0]
    title = title_of(line.text)
    if line.is_apart or not line.is_title:
        return 0
    is_number = title.is_number and bool(title.kind or line.level or is_first)
    follows = lines[1] if len(lines) > 1 else None
    if is_number and follows is not None and _is_titled_by(line, title, follows):
        return 2
    if line.level:
        return 0
    if title.kind in ("chapter", "part", "book") and title.number is not None:
        return 1
    opens = is_first and follows is not None and not follows.is_title and len(follows.text) > len(line.text)
    return int(opens and (is_number or not line.text.endswith((".", ":", "”", '"'))))


def _is_titled_by(line: Line, title: Title, follows: Line) -> bool:
    """Return whether a line is the title for the number above it."""
    if follows.is_apart or not follows.is_title or title_of(follows.text).number is not None:
        return False
    # Under a part's number, a heading is more likely its first chapter's.
    return title.kind not in ("part", "book", "volume") or not follows.level or follows.is_subtitle


def _headed(lines: Sequence[Line]) -> Opening:
    """Replace lines with one heading."""
    heading = etree.Element(f"h{lines[0].level or 1}")
    lines[0].element.addprevious(heading)
    for line in lines:
        text = "".join(heading.itertext()).rstrip()
        _append(heading, line, "" if not text else " " if text.endswith(_ENDS) else ". ")
    return Opening(heading, None)
