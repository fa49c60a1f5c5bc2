"""Lists what remains of a page without its article: headings of removed content, and everything left out, with
reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from lxml import etree

from audio_edition.read.html.reasons import Reason
from audio_edition.read.html.shown import Shown
from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import PICTURES, PLAYED, heading_level

_WORDLESS = PICTURES | PLAYED | {"hr", "svg"}


def bare_headings(
    place: etree._Element, shown: Shown, without: Mapping[etree._Element, Reason]
) -> Iterator[tuple[etree._Element, Reason]]:
    """Yield headings with nothing left under them, with the reason for which their content is left out."""
    at, last = shown.of(place).first, shown.of(place).last
    while at < last:
        element = shown.elements[at]
        if element in without:
            at = shown.of(element).last
            continue
        if heading_level(element) and shown.of(element).written:
            box = element.getparent()
            scopes = (box, place) if box is not None and box in shown else (place,)
            reasons = (_reason_under(element, scope, shown, without) for scope in scopes)
            if reason := next((each for each in reasons if each), None):
                yield element, reason
        at += 1


def _reason_under(
    heading: etree._Element, scope: etree._Element, shown: Shown, without: Mapping[etree._Element, Reason]
) -> Reason | None:
    """Return why everything under a heading in a scope, up to the next one of its rank, is left out; None if some of it
    is read."""
    measure = shown.of(heading)
    at, end, reason = measure.last, measure.end, None
    while at < shown.of(scope).last:
        element = shown.elements[at]
        inner = shown.of(element)
        if shown.written(end, inner.start):
            return None
        if element in without:
            reason, at, end = reason or without[element], inner.last, inner.end
            continue
        if (level := heading_level(element)) and inner.written:
            return reason if level <= heading_level(heading) else None
        if element.tag in _WORDLESS:
            return None
        at, end = at + 1, inner.start
    return None if shown.written(end, shown.of(scope).end) else reason


def left_out(
    shown: Shown, kept: Iterable[etree._Element], without: Mapping[etree._Element, Reason]
) -> Iterator[tuple[Reason, str]]:
    """Yield what the page shows and the article lacks, with the reasons: the innermost element decides."""
    parts: list[Reason | None] = ["around"] * shown.of(shown.root).end
    reasons: dict[etree._Element, Reason | None] = {**without, **dict.fromkeys(kept)}
    for element in sorted(reasons, key=lambda each: shown.of(each).first):
        measure = shown.of(element)
        parts[measure.start : measure.end] = [reasons[element]] * (measure.end - measure.start)
    at = 0
    for reason, group in groupby(parts):
        length = sum(1 for _ in group)
        text = shown.seen(at, at + length)
        at += length
        if reason and speakable(text):
            yield reason, text
