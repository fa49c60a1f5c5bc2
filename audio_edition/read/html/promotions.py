"""Finds content within an article that leads away from it, by its words: related stories, calls to subscribe.

A list of links is not enough: an article may list its sources. There must be a label above or before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from itertools import islice

from lxml import etree

from audio_edition.read.html.contents import contents_lists
from audio_edition.read.html.labels import (
    caption_label_of,
    is_of_mailing,
    is_picture_link,
    label_of,
    leads_on,
    leaves_list,
    offers,
)
from audio_edition.read.html.lines import LINES, reason_of_line
from audio_edition.read.html.reasons import Reason
from audio_edition.read.html.shown import Measure, Shown
from audio_edition.read.html.tools import tools
from audio_edition.read.markup.elements import heading_level, is_block, name_of
from audio_edition.read.markup.tables import is_data_table

_KEPT_WHOLE = frozenset({"blockquote", "code", "dl", "math", "pre", "q"})
"""Elements that never lead away: quoted, or shown verbatim."""

_BOXES = frozenset({"aside", "div", "nav", "ol", "section", "ul"})
_LONGEST_LABEL = 80
_LONGEST_BOX = 12_000
_LONGEST_OFFER = 600
_LONGEST_MAILING = 800
_LONGEST_VIEWING = 160
_MOST_MAILINGS = 50
_MOST_BEHIND_MAILING = 2
"""Paragraphs with a list's address or legal notes."""

_MOSTLY = 0.5
_NEARLY_ALL = 0.8
_LEAST_LINKED = 0.2
_FEWEST_TEASERS = 2
_COUNTED = re.compile(r"(\d{1,3})\s?/\s?(\d{1,3})\b")
_FEWEST_COUNTED = 3
_MOST_COUNTED = 20


def promotions(
    place: etree._Element, shown: Shown, without: Set[etree._Element], kept: Iterable[etree._Element]
) -> dict[etree._Element, Reason]:
    """Return the outermost elements in a place that lead away from its article, each with the reason. Skips what is
    already left out; an element in `kept` is never returned itself."""
    kept = {place, *kept}
    mailings = _mailings(place, shown)
    found: dict[etree._Element, Reason] = dict.fromkeys(tools(place, shown), "sharing")
    found |= dict.fromkeys(contents_lists(place, shown), "navigation")
    found |= dict.fromkeys(
        (each for each in place.iter("a") if each in shown and is_picture_link(shown.text(each))), "others"
    )
    at, last = shown.of(place).first, shown.of(place).last
    while at < last:
        element = shown.elements[at]
        measure = shown.of(element)
        if element in without or element in found or _is_kept_whole(element):
            at = measure.last
            continue
        reason = None if element in kept else _reason_for(element, measure, shown, mailings)
        if reason is None and heading_level(element) and element not in kept:
            found |= _under_label(element, shown, without)
        elif reason is not None:
            found[element] = reason
            found |= dict.fromkeys(_behind(element, reason, shown), reason)
        at = measure.last if element in found else at + 1
    return found


def _is_kept_whole(element: etree._Element) -> bool:
    return name_of(element) in _KEPT_WHOLE or (name_of(element) == "table" and is_data_table(element))


def _reason_for(
    element: etree._Element, measure: Measure, shown: Shown, mailings: list[etree._Element]
) -> Reason | None:
    name = name_of(element)
    if name in _BOXES and _is_counted(element, shown):
        return "gallery"
    if not 0 < measure.written <= _LONGEST_BOX:
        return None
    if name in LINES and (reason := reason_of_line(element, measure, shown)):
        return reason
    if name in _BOXES and (reason := _reason_of_box(element, measure, shown)):
        return reason
    return "site" if mailings and _is_mailing(element, measure, shown, mailings) else None


def _reason_of_box(element: etree._Element, measure: Measure, shown: Shown) -> Reason | None:
    """Return why a box or a list is left out, by the label that it begins with."""
    first = _first_line(element, shown)
    if first is not None:
        text = shown.text(first)
        label = label_of(text)
        if label and _agrees(label, measure, shown.of(first)):
            return label
        if measure.written <= _LONGEST_OFFER and offers(f"{text} {shown.text(element)}") and _is_apart(element, first):
            return "subscription"
    if name_of(element) not in ("ol", "ul") and measure.headings == 0 and measure.links:
        label_length = leads_on(shown.opening(element))
        if label_length and measure.linked >= _NEARLY_ALL * (measure.written - label_length):
            return "others"
    return None


def _is_apart(element: etree._Element, first: etree._Element) -> bool:
    """Return whether a box stands beside the text: it is named so, or holds a form."""
    return name_of(element) == "aside" and heading_level(first) > 0


def _first_line(element: etree._Element, shown: Shown) -> etree._Element | None:
    """Return the heading or line that the element begins with."""
    for each in islice(shown.elements, shown.of(element).first + 1, shown.of(element).last):
        measure = shown.of(each)
        if measure.written:
            if heading_level(each) or measure.written <= _LONGEST_LABEL:
                return each
            if not is_block(each):
                return None
    return None


def _agrees(label: Reason, whole: Measure, labelled: Measure) -> bool:
    """Return whether the content under a label confirms it: mostly links of a few words each, or a form."""
    written, linked = whole.written - labelled.written, whole.linked - labelled.linked
    headings = whole.linked_headings - labelled.linked_headings
    if label == "others" and 0 < headings == whole.headings - labelled.headings:
        return True
    if label == "subscription":
        return written <= _LONGEST_OFFER
    if linked >= _MOSTLY * written or headings >= _FEWEST_TEASERS:
        return True
    if label == "others":
        return linked >= _LEAST_LINKED * written and whole.links >= max(_FEWEST_TEASERS, whole.paragraphs)
    is_simple = whole.headings == labelled.headings and whole.paragraphs <= _FEWEST_TEASERS
    return whole.controls > 0 and is_simple


def _under_label(heading: etree._Element, shown: Shown, without: Set[etree._Element]) -> dict[etree._Element, Reason]:
    """Return a heading that is a label and the content under it, if that agrees; else empty."""
    label = label_of(shown.text(heading)) if shown.of(heading).written <= _LONGEST_LABEL else None
    if label is None:
        return {}
    under = list(_under(heading, shown))
    whole = Measure(0, 0)
    for each in (heading, *under):
        if each not in without:
            whole.add(shown.of(each))
    if under and whole.written > shown.of(heading).written and not _agrees(label, whole, shown.of(heading)):
        return {}
    return {each: label for each in (heading, *under) if each not in without}


def _under(heading: etree._Element, shown: Shown) -> Iterator[etree._Element]:
    """Yield the siblings after a heading up to the next one of its rank."""
    for each in heading.itersiblings(etree.Element):
        if each in shown:
            if 0 < heading_level(each) <= heading_level(heading):
                return
            yield each


def _behind(label: etree._Element, reason: Reason, shown: Shown) -> Iterator[etree._Element]:
    """Yield the content after a label that confirms it: a list of links, or a picture credit."""
    if reason not in ("label", "others") or (label.tail or "").strip():
        return
    behind = next(
        (each for each in label.itersiblings(etree.Element) if each in shown and shown.of(each).written), None
    )
    if behind is None:
        return
    if reason == "label":
        is_said = not is_block(behind) and caption_label_of(shown.text(label)) == "source"
    else:
        is_said = name_of(behind) in ("ol", "ul")
        is_said &= shown.of(behind).linked >= _NEARLY_ALL * shown.of(behind).written
    if is_said:
        yield behind


def _is_counted(element: etree._Element, shown: Shown) -> bool:
    """Return whether the parts of an element are numbered like pictures: "1/9", "2/9"."""
    children = [each for each in islice(element, _MOST_COUNTED) if each in shown]
    counts = [found for each in children if (found := _COUNTED.match(shown.opening(each)))]
    return len(counts) >= _FEWEST_COUNTED and len({found[2] for found in counts}) == 1


def _mailings(place: etree._Element, shown: Shown) -> list[etree._Element]:
    """Return the innermost blocks with a mailing list's links. One with running text must link out of the list and
    stand near the end: an article may say how to unsubscribe."""
    bounds = shown.of(place)
    running = sorted(at for each in shown.paragraphs if bounds.first <= (at := shown.of(each).first) < bounds.last)
    found: list[etree._Element] = []
    for element in islice(shown.elements, bounds.first, bounds.last):
        text = shown.text(element) if name_of(element) == "a" and shown.of(element).written <= _LONGEST_LABEL else ""
        block = next((each for each in element.iterancestors() if is_block(each)), None) if text else None
        if block is None or block not in shown or not is_of_mailing(text):
            continue
        measure = shown.of(block)
        is_near_the_end = len(running) - bisect_left(running, measure.last) <= _MOST_BEHIND_MAILING
        is_line = not measure.paragraphs or (measure.written <= _LONGEST_VIEWING and len(running) > 1)
        if (is_line and not leaves_list(text)) or not measure.paragraphs or (leaves_list(text) and is_near_the_end):
            found.append(block)
        if len(found) >= _MOST_MAILINGS:
            break
    return list(dict.fromkeys(found))


def _is_mailing(element: etree._Element, measure: Measure, shown: Shown, mailings: list[etree._Element]) -> bool:
    """Return whether an element has such links and no running text other than theirs."""
    if not is_block(element) or measure.written > _LONGEST_MAILING or measure.headings:
        return False
    inside = [each for each in mailings if shown.holds(element, each)]
    return bool(inside) and measure.paragraphs <= sum(shown.of(each).paragraphs for each in inside)
