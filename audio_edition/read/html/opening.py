"""Finds what opens an article on its page: the headline, and what stands between it and the text."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice, takewhile, zip_longest

from lxml import etree

from audio_edition.read.html.credits import has_entries, is_credit, is_of_writer, says_when
from audio_edition.read.html.facts import Facts
from audio_edition.read.html.labels import label_of
from audio_edition.read.html.lines import is_logo
from audio_edition.read.html.names import has_class, has_part
from audio_edition.read.html.place import together
from audio_edition.read.html.reasons import Reason
from audio_edition.read.html.shown import Running, Shown
from audio_edition.read.lines import letters_of, speakable
from audio_edition.read.markup import plain, words_of
from audio_edition.read.markup.elements import heading_level, is_block

_LEADS_NAMES = """
    bajada catenaccio chapeau chapo deck dek description entradilla excerpt ingress intro lead lede manchet
    sottotitolo standfirst subheadline subtitle summary teaser vorspann
"""
_LEADS = frozenset(_LEADS_NAMES.split())
_PICTURES = frozenset({"figcaption", "figure", "img", "picture"})
_LINES = frozenset({"a", "div", "h2", "h3", "h4", "h5", "h6", "li", "p", "span"})
_LEAST_LIKENESS = 8
_SHORTEST_STANDFIRST = 100
_LONGEST_HEADLINE = 500
_LONGEST_STANDFIRST = 400
_MOST_CREDITS = 30
_MOST_BEFORE = 2_000
_NEAR = 3
"""Ancestors of an element that can say what it is."""


def first_paragraph(place: etree._Element, running: Running) -> etree._Element:
    """Return the first paragraph that is neither a standfirst nor a picture's caption."""
    paragraphs = [*islice(running.paragraphs(), _MOST_BEFORE)]
    for each, after in zip_longest(paragraphs, paragraphs[1:]):
        around = [each, *each.iterancestors()]
        if place in around:
            inside = around[: around.index(place)]
            is_before = any(one.tag in _PICTURES or has_part(one, _LEADS) for one in inside)
            is_before = is_before or (is_credit(each, running.shown) and says_when(running.shown.text(each)))
            if not is_before and not (after is not None and _has_credits_behind(each, after, place, running.shown)):
                return each
    return place


def _has_credits_behind(element: etree._Element, after: etree._Element, place: etree._Element, shown: Shown) -> bool:
    """Return whether the credits stand between the first paragraph and the next, which makes it a standfirst."""
    if shown.of(element).written > _LONGEST_STANDFIRST or not shown.holds(place, after):
        return False
    between = shown.elements[shown.of(element).last : shown.of(after).first]
    near = [*between[:_MOST_CREDITS], after]
    return any(says_when(shown.text(each)) for each in near if shown.of(each).written <= _LONGEST_STANDFIRST)


def shown_before(end: etree._Element, shown: Shown, without: Mapping[etree._Element, Reason]) -> list[etree._Element]:
    """Return the nearest elements before an element that are not boilerplate, in order."""
    found = []
    around = set(end.iterancestors())
    at, last = 0, shown.of(end).first
    while at < last:
        element = shown.elements[at]
        if element in without:
            at = shown.of(element).last
            continue
        if element not in around:
            found.append(element)
        at += 1
    return found[-_MOST_BEFORE:]


def headline(
    before: Sequence[etree._Element], title: str, shown: Shown, stories: Container[etree._Element]
) -> etree._Element | None:
    """Return the heading that says the title, else the last one of the first level above the headings of stories, or
    the first of these; without a heading, any line that says it."""
    headings = [each for each in before if _level(each) in (1, 2, 3) and speakable(_line(each, shown))]
    same = [each for each in headings if _alike(_line(each, shown), title)]
    same = same or [each for each in headings if _ends_with(title, _line(each, shown))]
    first = [each for each in headings if _level(each) == 1]
    above = [*takewhile(lambda each: each not in stories, first)] or first[:1]
    if not headings:
        same = [each for each in before if each.tag in _LINES and _alike(_line(each, shown), title)]
    said = letters_of(title)
    return min(
        same,
        key=lambda each: (letters_of(_line(each, shown)) != said, _level(each), len(_line(each, shown))),
        default=above[-1] if above else None,
    )


def _line(element: etree._Element, shown: Shown) -> str:
    """Return the text of a line, including pictures; empty for an element that can't be one."""
    measure = shown.of(element)
    if measure.written:
        return shown.text(element) if measure.written <= _LONGEST_HEADLINE else ""
    return plain(words_of(element)) if measure.last - measure.first <= _NEAR else ""


def _level(element: etree._Element) -> int:
    return heading_level(element) or int("headline" in element.get("itemprop", "").split())


def _alike(one: str, two: str) -> bool:
    """Return whether the texts are equal, or one begins with the other, by letters and digits."""
    shorter, longer = sorted(map(letters_of, (one, two)), key=len)
    return longer == shorter or (len(shorter) >= _LEAST_LIKENESS and longer.startswith(shorter))


def _ends_with(title: str, line: str) -> bool:
    """Return whether a window title ends with a line of the page, set off by a separator from the site's name."""
    before, _, after = title.casefold().rpartition(line.casefold())
    return bool(before) and not after.strip() and len(line) >= _LEAST_LIKENESS and before.rstrip()[-1] in ":|–—-»·"


def leads(
    place: etree._Element, heading: etree._Element, before: list[etree._Element], shown: Shown
) -> Iterator[etree._Element]:
    """Yield what belongs between the headline and a place: pictures, a standfirst, and a heading right before the
    place."""
    whole = together([heading, place])
    between = [each for each in before[before.index(heading) + 1 :] if not shown.holds(place, each)]
    found = [each for each in between if shown.holds(whole, each) and _leads_in(each, shown)]
    yield from found
    last = next((each for each in reversed(between) if shown.of(each).written), None)
    if last is not None:
        near = [each for each in [last, *last.iterancestors()][: _NEAR + 1] if each in shown and each not in found]
        heads = next((each for each in near if heading_level(each) > 1 and each in between), None)
        if heads is not None and not label_of(shown.text(heads)):
            yield heads


def _leads_in(element: etree._Element, shown: Shown) -> bool:
    """Return whether an element between headline and article is read: a picture, a standfirst, a paragraph."""
    around = [*element.iterancestors()]
    if any(is_credit(each, shown) for each in [element, *around[:_NEAR]] if each in shown):
        return False
    if any(each.tag in _PICTURES for each in around):
        return False
    if element.tag in ("figure", "img"):
        return True
    if not is_block(element) or any(map(is_block, shown.inside(element)[1:])):
        return False
    measure = shown.of(element)
    said = measure.written and any(has_part(each, _LEADS) for each in [element, *around[:_NEAR]])
    return bool(said or measure.running or is_standfirst(element, shown))


def is_subtitle(
    element: etree._Element, heading: etree._Element | None, before: Sequence[etree._Element], shown: Shown
) -> bool:
    """Return whether a heading under the headline is a subtitle: both are in the page's header, or the credits stand
    between it and the text."""
    if heading is None or heading_level(element) < 2 or not shown.of(element).written or shown.of(element).linked:
        return False
    if element not in before or heading not in before or before.index(element) < before.index(heading):
        return False
    if label_of(shown.text(element)):
        return False
    header = next((each for each in element.iterancestors("header", "hgroup")), None)
    if header is not None and header in heading.iterancestors():
        return True
    behind = before[before.index(element) + 1 :]
    credits_at = next((at for at, each in enumerate(behind) if is_credit(each, shown)), None)
    return credits_at is not None and not any(
        (heading_level(each) and shown.of(each).written) or shown.of(each).running for each in behind[:credits_at]
    )


def is_standfirst(element: etree._Element, shown: Shown) -> bool:
    """Return whether a heading is a standfirst: it is named so, or is as long as one."""
    measure = shown.of(element)
    if heading_level(element) < 2 or not measure.written or measure.linked:
        return False
    return has_class(element, _LEADS) or measure.written >= _SHORTEST_STANDFIRST


def around_headline(
    before: list[etree._Element], heading: etree._Element | None, place: etree._Element, shown: Shown, facts: Facts
) -> Iterator[tuple[etree._Element, Reason]]:
    """Yield what surrounds an article's headline in its place: the lines above it, such as the site's logo, and the
    credits. The times in a live blog stay: each entry has its own."""
    over = set(before[: before.index(heading)]) if heading is not None and heading in before else set()
    names = frozenset(each.casefold() for each in (facts.source, *facts.sites) if each)
    is_live = facts.is_live or has_entries(place, shown)
    for each in before:
        if each is heading:
            continue
        if (is_credit(each, shown) or _is_face(each)) and not is_live:
            yield each, "credit"
        elif each in over and is_logo(each, names):
            yield each, "navigation"
        elif each in over and shown.holds(place, each) and not _is_kept_over(each, heading, shown):
            yield each, "around"


def _is_face(element: etree._Element) -> bool:
    """Return whether a picture shows the writer."""
    return element.tag == "img" and any(map(is_of_writer, islice(element.iterancestors(), _NEAR)))


def _is_kept_over(element: etree._Element, heading: etree._Element | None, shown: Shown) -> bool:
    """Return whether an element above the headline belongs to the article: it contains the headline, or is a picture or
    a paragraph."""
    if heading is not None and shown.holds(element, heading):
        return True
    paragraphs = [each for each in (element, *element.iterancestors("p")) if each in shown]
    if any(shown.of(each).running for each in paragraphs):
        return True
    return any(each.tag in _PICTURES for each in [*shown.inside(element), *element.iterancestors()])
