"""Extracts the article of a page as a tree of its own, and lists what was left out.

The article is the element with the running text, plus what stands between the headline and it: a standfirst, a picture.
Everything the page shows is in that tree, is its title, or is listed as left out with the reason.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from lxml import etree

from audio_edition.model import Text
from audio_edition.read.credits import names_writer
from audio_edition.read.html.boilerplate import boilerplate, columns
from audio_edition.read.html.credits import author_in, byline_in, published_in, written_date
from audio_edition.read.html.facts import Facts
from audio_edition.read.html.names import has_class, has_part
from audio_edition.read.html.notes import notes_elsewhere
from audio_edition.read.html.opening import (
    around_headline,
    first_paragraph,
    headline,
    is_standfirst,
    is_subtitle,
    leads,
    shown_before,
)
from audio_edition.read.html.place import articles_in, place_of
from audio_edition.read.html.promotions import promotions
from audio_edition.read.html.reasons import Reason
from audio_edition.read.html.remains import bare_headings, left_out
from audio_edition.read.html.shown import Running, Shown
from audio_edition.read.lines import letters_of
from audio_edition.read.markup import plain, seen_texts, words_of
from audio_edition.read.markup.elements import language_of
from audio_edition.read.tree import take_out

_PULLED = frozenset({"blockquotepull", "callout", "pull", "pulled", "pullquote"})
_MOST_QUOTES = 50
_DRAWINGS = frozenset({"artboard"})
_OTHERWISE = 0.2
"""Share of a drawing's words that may differ from the same drawing in another size."""


@dataclass(frozen=True, slots=True)
class Found:
    """The article of a page. `running` counts its letters of running text, `of_page` those of the page, and `written`
    all its letters. `is_one` is false if the page has several articles of equal rank. `left_out` is everything else
    that the page shows, in order, each with the reason."""

    root: etree._Element
    title: str
    byline: Text
    author: str
    published: str
    running: int
    of_page: int
    written: int
    is_one: bool
    left_out: tuple[tuple[Reason, str], ...]
    has_headline: bool = False
    """Whether the title comes from a line of the page, which is therefore not in the tree."""


def article_in(body: etree._Element, facts: Facts) -> Found:
    """Return the article that the page is about. Modifies the page."""
    shown = Shown(body)
    without = boilerplate(shown)
    beside = columns(shown, without)
    running = Running(shown, [*without, *beside])
    place = place_of(body, facts, running)
    before = shown_before(first_paragraph(place, running), shown, without)
    stories = _headings_of_stories(body, shown)
    heading = headline(before, facts.title, shown, stories)
    before, own = _without_stories(before, heading, stories)
    opening = [] if heading is None else [*leads(place, heading, before, shown)]
    around_heading = () if heading is None else (heading, *heading.iterancestors())
    without |= dict.fromkeys(_at_the_end(place, beside, running), "site")
    without |= promotions(place, shown, without.keys(), around_heading)
    without |= dict.fromkeys(_repeated(place, shown), "repeated")
    without |= dict.fromkeys(_in_other_sizes(place, shown), "sizes")
    without |= around_headline(before, heading, place, shown, facts)
    without |= (each for each in bare_headings(place, shown, without) if not is_standfirst(each[0], shown))
    parts = [*opening, place, *notes_elsewhere(place, heading, shown, without)]
    told = [*left_out(shown, parts if heading is None else [*parts, heading], without)]
    title = facts.title if heading is None else plain(words_of(heading))
    if heading is not None:
        written = " ".join(seen_texts(heading))
        told += [("title", written)] if letters_of(written) != letters_of(title) else []
    dated = (*map(published_in, (own, place.iter("time"))), written_date(own, shown))
    published = facts.published or next(filter(None, dated), "")
    for each in before:
        if each is not heading and (is_standfirst(each, shown) or is_subtitle(each, heading, before, shown)):
            each.tag = "p"  # a heading of nothing
    return Found(
        _alone(parts, place, without.keys() | ({heading} if heading is not None else set())),
        title=title,
        byline=byline_in(own, facts.authors, shown),
        author=author_in(own, shown),
        published=published,
        running=running.running(place),
        of_page=running.running(body),
        written=shown.of(body).written,
        is_one=facts.is_live or len(articles_in(body, running)) <= 1,
        left_out=tuple(told),
        has_headline=heading is not None,
    )


def _headings_of_stories(body: etree._Element, shown: Shown) -> set[etree._Element]:
    """Return the headings with a byline right under them, if several of one level have one: each heads a story, and its
    byline is not the page's."""
    found: dict[str, list[etree._Element]] = {}
    for each in body.iter("h1", "h2", "h3"):
        under = each.getnext()
        if under is not None and under in shown and names_writer(shown.text(under)):
            found.setdefault(str(each.tag), []).append(each)
    return {each for same in found.values() if len(same) > 1 for each in same}


def _without_stories(
    before: list[etree._Element], heading: etree._Element | None, stories: Container[etree._Element]
) -> tuple[list[etree._Element], list[etree._Element]]:
    """Return the elements up to the first heading of a story behind the headline; and those of them that are of the
    article itself, without the stories above the headline."""
    at = 0 if heading is None else before.index(heading)
    end = at if heading is None else at + 1
    above, below = ([*takewhile(lambda each: each not in stories, part)] for part in (before[:at], before[end:]))
    return [*before[:end], *below], [*above, *before[at:end], *below]


def whole_page(body: etree._Element, facts: Facts) -> Found:
    """Return the whole page as its article."""
    shown = Shown(body)
    language = next(filter(None, map(language_of, [body, *body.iterancestors()])), "")
    measure = shown.of(body)
    root = etree.Element("article", lang=language)
    body.tail = None
    root.append(body)
    return Found(
        root,
        title=facts.title,
        byline=Text(", ".join(facts.authors)),
        author="",
        published=facts.published,
        running=measure.running,
        of_page=measure.running,
        written=measure.written,
        is_one=True,
        left_out=(),
    )


def _at_the_end(place: etree._Element, columns: Iterable[etree._Element], running: Running) -> Iterator[etree._Element]:
    """Yield the columns in a place that no text of it follows: columns amid the text are boxes."""
    shown = running.shown
    last = max((shown.of(each).first for each in running.paragraphs() if shown.holds(place, each)), default=0)
    for each in columns:
        if each is not place and shown.holds(place, each) and shown.of(each).first > last:
            yield each


def _repeated(place: etree._Element, shown: Shown) -> Iterator[etree._Element]:
    """Yield pull quotes whose words are also in the text."""
    quotes = [each for each in shown.inside(place)[1:] if has_part(each, _PULLED) and shown.of(each).written]
    if not quotes:
        return
    written = letters_of(shown.text(place))
    for each in quotes[:_MOST_QUOTES]:
        text = letters_of(shown.text(each))
        if written.count(text) > 1:
            written = written.replace(text, "", 1)
            yield each


def _in_other_sizes(place: etree._Element, shown: Shown) -> Iterator[etree._Element]:
    """Yield drawings beside a larger one with the same words: ai2html writes one for each window width."""
    beside: dict[etree._Element, list[etree._Element]] = {}
    for each in shown.inside(place)[1:]:
        if has_class(each, _DRAWINGS) and (parent := each.getparent()) is not None:
            beside.setdefault(parent, []).append(each)
    for drawings in beside.values():
        largest = max(drawings, key=lambda each: shown.of(each).written)
        said = set(shown.text(largest).casefold().split())
        for each in drawings:
            own = set(shown.text(each).casefold().split())
            if each is not largest and len(own - said) <= len(own) * _OTHERWISE:
                yield each


def _alone(parts: Iterable[etree._Element], place: etree._Element, without: Iterable[etree._Element]) -> etree._Element:
    """Return the article in an element of its own, in the language of its place."""
    language = next(filter(None, map(language_of, [place, *place.iterancestors()])), "")
    root = etree.Element("article", lang=language)
    for part in parts:
        part.tail = None
        root.append(part)
    for each in without:
        if root in each.iterancestors():
            take_out(each)
    return root
