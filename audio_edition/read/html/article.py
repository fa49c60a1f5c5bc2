"""The article on a page as a tree of its own, and what was left out of it.

It is the element with the running text, and what stands between the headline and that: a standfirst, a picture. All
that the page shows is either in that tree, or its title, or told as left out, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from audio_edition.read.html.boilerplate import boilerplate, columns
from audio_edition.read.html.credits import author_in, byline_in, is_credit, published_in
from audio_edition.read.html.facts import Facts
from audio_edition.read.html.labels import label_of
from audio_edition.read.html.names import has_part
from audio_edition.read.html.place import articles_in, place_of, together
from audio_edition.read.html.promotions import promotions
from audio_edition.read.html.reasons import Reason
from audio_edition.read.html.shown import Running, Shown
from audio_edition.read.lines import speakable
from audio_edition.read.markup import plain, words_of
from audio_edition.read.markup.elements import BLOCKS, HEADINGS, heading_level, language_of, roles_of
from audio_edition.read.tree import take_out

_LEADS_NAMES = """
    bajada catenaccio chapo deck dek description entradilla excerpt intro lead lede standfirst subheadline subtitle
    summary vorspann
"""
_LEADS = frozenset(_LEADS_NAMES.split())
_NOTED_NAMES = """
    clarification correction corrections endnotes erratum footnote footnotes
"""
_NOTED = frozenset(_NOTED_NAMES.split())
_PULLED_NAMES = """
    blockquotepull callout pull pulled pullquote
"""
_PULLED = frozenset(_PULLED_NAMES.split())
_MOST_QUOTES = 50
_PICTURES = frozenset({"figcaption", "figure", "img", "picture"})
_LEAST_LIKENESS = 8
_SHORTEST_STANDFIRST = 100
_MOST_BEFORE = 2_000
_NEAR = 3
"""Elements around one that can say what it is."""

_NOTES = frozenset({"doc-endnotes", "doc-footnote", "doc-errata"})
_LINES_NAMES = """
    a div h2 h3 h4 h5 h6 li p span
"""
_LINES = frozenset(_LINES_NAMES.split())
_LONGEST_HEADLINE = 500


@dataclass(frozen=True, slots=True)
class Found:
    """The article on a page. It has `running` letters of running text; the page has `of_page`, and `written` letters in
    all. `is_one` is false where the page has several articles, and none is the main one. `left_out` is what the page
    shows besides, in order, each with the reason."""

    root: etree._Element
    title: str
    byline: str
    author: str
    published: str
    running: int
    of_page: int
    written: int
    is_one: bool
    left_out: tuple[tuple[Reason, str], ...]
    has_headline: bool = False
    """Whether the title is what a line of the page says, which is not in the tree."""


def article_in(body: etree._Element, facts: Facts) -> Found:
    """Return the article that the page is about. The page is taken apart."""
    shown = Shown(body)
    without = boilerplate(shown)
    beside = columns(shown, without)
    running = Running(shown, [*without, *beside])
    place, scope = place_of(body, facts, running)
    before = _before(shown, _first_paragraph(place, running), without)
    heading = _headline(before, facts.title, shown)
    several = len(articles_in(body, running)) > 1 and not facts.is_live
    byline = byline_in(before, facts.authors, shown)
    published = facts.published or published_in(before) or published_in(place.iter("time"))
    around_heading = () if heading is None else (heading, *heading.iterancestors())
    without |= dict.fromkeys(_at_the_end(place, beside, running), "site")
    without |= promotions(place, shown, without.keys(), around_heading)
    without |= dict.fromkeys(_repeated(place, shown), "repeated")
    leads, notes = ([], []) if heading is None else _leads_and_notes(place, heading, before, shown)
    without |= _opening(before, heading, place, shown, facts.is_live)
    parts = [*leads, place, *notes]
    kept = parts if heading is None else [*parts, heading]
    left_out = [*_left_out(shown, kept, without)]
    title = facts.title if heading is None else plain(words_of(heading))
    if heading is not None and heading not in without:
        written = shown.seen(shown.of(heading).start, shown.of(heading).end)
        left_out += [("title", written)] if written != title else []
    root = _alone(parts, place, without.keys() | ({heading} if heading is not None else set()))
    return Found(
        root,
        title=title,
        byline=byline,
        author=author_in(before, shown),
        published=published,
        running=running.running(place),
        of_page=running.running(body),
        written=shown.of(body).written,
        is_one=not several,
        left_out=tuple(left_out),
        has_headline=heading is not None,
    )


def whole_page(body: etree._Element, facts: Facts) -> Found:
    """Return all that the page shows as its article."""
    shown = Shown(body)
    language = next(filter(None, map(language_of, [body, *body.iterancestors()])), "")
    measure = shown.of(body)
    root = etree.Element("article", lang=language)
    body.tail = None
    root.append(body)
    return Found(
        root,
        title=facts.title,
        byline=", ".join(facts.authors),
        author="",
        published=facts.published,
        running=measure.running,
        of_page=measure.running,
        written=measure.written,
        is_one=True,
        left_out=(),
    )


def _first_paragraph(place: etree._Element, running: Running) -> etree._Element:
    """Return the first one that is neither a standfirst nor a picture's caption."""
    for each in running.paragraphs():
        around = [each, *each.iterancestors()]
        if place in around:
            inside = around[: around.index(place)]
            if not any(one.tag in _PICTURES or has_part(one, _LEADS) for one in inside):
                return each
    return place


def _before(shown: Shown, end: etree._Element, without: Mapping[etree._Element, Reason]) -> list[etree._Element]:
    """Return what is shown in front of an element and is no boilerplate, the nearest of it, in order."""
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


def _headline(before: Sequence[etree._Element], title: str, shown: Shown) -> etree._Element | None:
    """Return the heading that says the title, else the last of the first level; where there is none, any line that says
    it."""
    headings = [each for each in before if _level(each) in (1, 2, 3) and speakable(_line(each, shown))]
    same = [each for each in headings if _alike(_line(each, shown), title)]
    first = [each for each in headings if _level(each) == 1]
    if not headings:
        same = [each for each in before if each.tag in _LINES and _alike(_line(each, shown), title)]
    letters = _letters(title)
    return min(
        same,
        key=lambda each: (_letters(_line(each, shown)) != letters, _level(each), len(_line(each, shown))),
        default=first[-1] if first else None,
    )


def _line(element: etree._Element, shown: Shown) -> str:
    """Return what a line says, pictures in it included; nothing for what can't be a line."""
    measure = shown.of(element)
    if measure.written:
        return shown.text(element) if measure.written <= _LONGEST_HEADLINE else ""
    return plain(words_of(element)) if measure.last - measure.first <= _NEAR else ""


def _level(element: etree._Element) -> int:
    return heading_level(element) or int("headline" in element.get("itemprop", "").split())


def _alike(one: str, two: str) -> bool:
    """Return whether one of the texts is the other, or begins with it, by letters and digits."""
    shorter, longer = sorted(map(_letters, (one, two)), key=len)
    return longer == shorter or (len(shorter) >= _LEAST_LIKENESS and longer.startswith(shorter))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _at_the_end(place: etree._Element, columns: Iterable[etree._Element], running: Running) -> Iterator[etree._Element]:
    """Yield the columns in a place behind which none of its text stands: boxes stand amid it."""
    shown = running.shown
    last = max((shown.of(each).first for each in running.paragraphs() if shown.holds(place, each)), default=0)
    for each in columns:
        if each is not place and shown.holds(place, each) and shown.of(each).first > last:
            yield each


def _repeated(place: etree._Element, shown: Shown) -> Iterator[etree._Element]:
    """Yield pull quotes whose words stand in the place too."""
    quotes = [each for each in shown.inside(place)[1:] if has_part(each, _PULLED) and shown.of(each).written]
    if not quotes:
        return
    written = _letters(shown.text(place))
    for each in quotes[:_MOST_QUOTES]:
        text = _letters(shown.text(each))
        if written.count(text) > 1:
            written = written.replace(text, "", 1)
            yield each


def _leads_and_notes(
    place: etree._Element, heading: etree._Element, before: list[etree._Element], shown: Shown
) -> tuple[list[etree._Element], list[etree._Element]]:
    """Return what leads from the headline into a place, and the notes behind it."""
    whole = together([heading, place])
    between = [each for each in before[before.index(heading) + 1 :] if not shown.holds(place, each)]
    leads = [each for each in between if shown.holds(whole, each) and _leads_in(each, shown)]
    if (last := next((each for each in reversed(between) if shown.of(each).written), None)) is not None:
        heads = next(
            (each for each in [last, *last.iterancestors()] if each in between and heading_level(each) > 1), None
        )
        leads += [heads] if heads is not None and heads not in leads and not label_of(shown.text(heads)) else []
    notes = [each for each in _behind(whole, place) if has_part(each, _NOTED) or roles_of(each) & _NOTES]
    return leads, [each for each in notes if each in shown]


def _leads_in(element: etree._Element, shown: Shown) -> bool:
    """Return whether the element, of those between headline and article, is read: a picture, a standfirst, a
    paragraph."""
    around = [*element.iterancestors()]
    if any(is_credit(each, shown) for each in [element, *around[:_NEAR]] if each in shown):
        return False
    if any(each.tag in _PICTURES for each in around):
        return False
    if element.tag in ("figure", "img"):
        return True
    if any(each.tag in BLOCKS or each.tag in HEADINGS for each in shown.inside(element)[1:]):
        return False
    measure = shown.of(element)
    is_block = element.tag in BLOCKS or element.tag in HEADINGS
    said = measure.written and any(has_part(each, _LEADS) for each in [element, *around[:_NEAR]])
    return is_block and bool(said or measure.running or _is_standfirst(element, shown))


def _is_standfirst(element: etree._Element, shown: Shown) -> bool:
    """Return whether a heading heads nothing: it is called a standfirst, or is as long as one."""
    measure = shown.of(element)
    if heading_level(element) < 2 or not measure.written or measure.linked:
        return False
    return has_part(element, _LEADS) or measure.written >= _SHORTEST_STANDFIRST


def _opening(
    before: list[etree._Element], heading: etree._Element | None, place: etree._Element, shown: Shown, is_live: bool
) -> dict[etree._Element, Reason]:
    """Return what stands over an article's headline in its place, and who wrote it and when. The times in a live blog
    stay: each entry has its own. A heading that is a standfirst heads nothing, and becomes a paragraph."""
    found: dict[etree._Element, Reason] = {}
    over = set(before[: before.index(heading)]) if heading is not None and heading in before else set()
    for each in before:
        if each is heading:
            continue
        if is_credit(each, shown) and not is_live:
            found[each] = "credit"
        elif each in over and shown.holds(place, each) and not _is_kept_over(each, heading, shown):
            found[each] = "around"
        elif _is_standfirst(each, shown):
            each.tag = "p"
    return found


def _is_kept_over(element: etree._Element, heading: etree._Element | None, shown: Shown) -> bool:
    """Return whether an element over the headline is of the article: it is around it, a picture, or a paragraph."""
    if heading is not None and shown.holds(element, heading):
        return True
    if shown.of(element).running or any(
        each in shown and shown.of(each).running for each in element.iterancestors("p")
    ):
        return True
    return any(each.tag in _PICTURES for each in [*shown.inside(element), *element.iterancestors()])


def _behind(whole: etree._Element, place: etree._Element) -> Iterator[etree._Element]:
    """Yield the largest elements behind a place in what is around it."""
    around = place
    while around is not whole and around.getparent() is not None:
        yield from around.itersiblings()
        around = around.getparent()


def _left_out(
    shown: Shown, kept: Iterable[etree._Element], without: Mapping[etree._Element, Reason]
) -> Iterator[tuple[Reason, str]]:
    """Yield what the page shows and the article does not, with the reasons: the innermost element decides."""
    parts: list[Reason | None] = ["around"] * shown.of(shown.root).end
    reasons: dict[etree._Element, Reason | None] = {**dict.fromkeys(kept), **without}
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
