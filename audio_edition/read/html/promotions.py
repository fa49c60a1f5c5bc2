"""What stands amid an article and leads away from it, told by what it says: related stories, calls to subscribe.

A list of links is no reason: an article may list its sources. There must be a label over it, or before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from itertools import islice

from lxml import etree

from audio_edition.read.html.labels import label_of, leads_on
from audio_edition.read.html.names import has_class
from audio_edition.read.html.reasons import Reason
from audio_edition.read.html.shown import Measure, Shown
from audio_edition.read.markup.elements import BLOCKS, HEADINGS

_KEPT_WHOLE = frozenset({"blockquote", "code", "dl", "math", "pre", "q", "table"})
"""What leads nowhere: it is quoted, or shown as it is."""

_BOXES = frozenset({"aside", "div", "nav", "ol", "section", "ul"})
_LINES = frozenset({"a", "b", "center", "div", "em", "header", "i", "p", "span", "strong"})
_BUTTONS = frozenset({"btn", "button", "cta"})
_LONGEST_LABEL = 80
_LONGEST_WAY_ON = 400
_LONGEST_BOX = 12_000
_LONGEST_BUTTON = 60
_LONGEST_OFFER = 600
_MOST_UNLINKED = 25
_MOSTLY = 0.5
_LEAST_LINKED = 0.2
_FEWEST_TEASERS = 2
_COUNTED = re.compile(r"(\d{1,3})\s?/\s?(\d{1,3})\b")
_FEWEST_COUNTED = 3
_MOST_COUNTED = 20


def promotions(
    place: etree._Element, shown: Shown, without: Set[etree._Element], kept: Iterable[etree._Element]
) -> dict[etree._Element, Reason]:
    """Return the outermost elements in a place that lead away from its article, each with the reason. What is left out
    already is passed over; what is `kept` is no such element itself."""
    kept = {place, *kept}
    found: dict[etree._Element, Reason] = {}
    inside = shown.inside(place)
    base, at = shown.of(place).first, 0
    while at < len(inside):
        element = inside[at]
        measure = shown.of(element)
        past = measure.last - base
        if element in without or element in found or element.tag in _KEPT_WHOLE:
            at = past
        elif element in kept or (reason := _reason_for(element, measure, shown)) is None:
            if element not in kept and element.tag in HEADINGS:
                found |= _under_label(element, shown, without)
            at = past if element in found else at + 1
        else:
            found[element] = reason
            if reason == "others":
                found |= dict.fromkeys(_lists_behind(element, shown), reason)
            at = past
    return found


def _reason_for(element: etree._Element, measure: Measure, shown: Shown) -> Reason | None:
    if element.tag in _BOXES and _is_counted(element, shown):
        return "gallery"
    if not 0 < measure.written <= _LONGEST_BOX:
        return None
    if element.tag in _LINES and measure.written <= _LONGEST_WAY_ON and not measure.headings:
        if reason := _reason_of_line(element, measure, shown):
            return reason
    if element.tag in _BOXES:
        return _reason_of_box(element, measure, shown)
    return None


def _reason_of_line(element: etree._Element, measure: Measure, shown: Shown) -> Reason | None:
    """Return why a line is left out: it is a label, leads to another article, or is a button."""
    if element.tag not in BLOCKS and not _is_alone(element):
        return None
    text = shown.text(element)
    if measure.written <= _LONGEST_LABEL and (label := label_of(text)):
        return label
    if measure.linked and (label_length := leads_on(text)):
        unlinked = measure.written - measure.linked - label_length
        if unlinked <= max(_MOST_UNLINKED, 0.2 * measure.written):
            return "others"
    if measure.written <= _LONGEST_BUTTON and measure.linked == measure.written and _is_button(element, shown):
        return "sharing"
    return None


def _is_button(element: etree._Element, shown: Shown) -> bool:
    return any(each.tag == "a" and has_class(each, _BUTTONS) for each in shown.inside(element))


def _is_alone(element: etree._Element) -> bool:
    """Return whether nothing else stands on the element's line."""
    before, after = element.getprevious(), element.getnext()
    parent = element.getparent()
    text_before = (parent.text if before is None else before.tail) or ""
    if text_before.strip() or (element.tail or "").strip() or (parent.tag not in BLOCKS):
        return False
    return all(
        each is None or each.tag in BLOCKS or each.tag in HEADINGS or each.tag == "br" for each in (before, after)
    )


def _reason_of_box(element: etree._Element, measure: Measure, shown: Shown) -> Reason | None:
    """Return why a box or a list is left out: by the label that it begins with, or as a gallery."""
    first = _first_line(element, shown)
    if first is not None and (label := label_of(shown.text(first))) and _agrees(label, measure, shown.of(first)):
        return label
    if element.tag not in ("ol", "ul") and measure.headings == 0 and measure.links:
        label_length = leads_on(shown.text(element)[:200])
        if label_length and measure.linked >= 0.8 * (measure.written - label_length):
            return "others"
    return None


def _first_line(element: etree._Element, shown: Shown) -> etree._Element | None:
    """Return the heading or line that the element begins with."""
    for each in shown.inside(element)[1:]:
        measure = shown.of(each)
        if measure.written:
            if each.tag in HEADINGS or measure.written <= _LONGEST_LABEL:
                return each
            if each.tag not in BLOCKS:
                return None
    return None


def _agrees(label: Reason, whole: Measure, labelled: Measure) -> bool:
    """Return whether what is under a label is what it says: for the most part links, each with a few words; a form."""
    written, linked = whole.written - labelled.written, whole.linked - labelled.linked
    headings = whole.linked_headings - labelled.linked_headings
    if label == "subscription":
        return written <= _LONGEST_OFFER
    if linked >= _MOSTLY * written or headings >= _FEWEST_TEASERS:
        return True
    if label == "others":
        return linked >= _LEAST_LINKED * written and whole.links >= max(_FEWEST_TEASERS, whole.paragraphs)
    return whole.controls > 0 and whole.paragraphs <= _FEWEST_TEASERS


def _under_label(heading: etree._Element, shown: Shown, without: Set[etree._Element]) -> dict[etree._Element, Reason]:
    """Return a heading that is a label, and what stands under it, if that agrees; else nothing."""
    label = label_of(shown.text(heading))
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
    """Yield the elements beside a heading up to the next that is one, or holds one of the same rank."""
    for each in heading.itersiblings():
        if each in shown:
            if each.tag in HEADINGS and each.tag <= heading.tag:
                return
            yield each


def _lists_behind(label: etree._Element, shown: Shown) -> Iterator[etree._Element]:
    """Yield the list that stands behind a label, if it is one of links."""
    behind = next((each for each in label.itersiblings() if each in shown and shown.of(each).written), None)
    if behind is not None and behind.tag in ("ol", "ul"):
        measure = shown.of(behind)
        if measure.linked >= 0.8 * measure.written:
            yield behind


def _is_counted(element: etree._Element, shown: Shown) -> bool:
    """Return whether the parts of an element are numbered as pictures are: "1/9", "2/9"."""
    children = [each for each in islice(element, _MOST_COUNTED) if each in shown]
    counts = [found for each in children if (found := _COUNTED.match(shown.opening(each)))]
    return len(counts) >= _FEWEST_COUNTED and len({found[2] for found in counts}) == 1
