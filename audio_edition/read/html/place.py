"""Finds the element of a page that holds its article.

The page's own markup comes first (microdata, `article`, `main`), if most of the page's running text is in it; then the
innermost element that holds nearly all of that text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import reduce

from lxml import etree

from audio_edition.read.html.facts import Facts
from audio_edition.read.html.shown import Running
from audio_edition.read.markup.elements import name_of
from audio_edition.read.markup.tables import is_data_table

_LEAST_OF_PAGE = 0.4
_MAIN = 0.6
_NEARLY_ALL = 0.85
_MOST = 0.5
_UNLINKED = 0.8
_SEVERAL = 3
_COVERED = 0.8
_HOLDERS_NAMES = """
    article body center div form main section span table tbody td tr
"""
_HOLDERS = frozenset(_HOLDERS_NAMES.split())
_OF_TABLE = frozenset({"tbody", "thead", "tr"})
"""Elements that are not a table without the rest of it."""

_IDS = ("mw-content-text", "bodyContent", "main-content", "maincontent", "article-body", "main", "content", "article")
_SHORTEST_TEXT = 200
_SHORTEST_PART = 100
_Holds = Callable[[etree._Element, etree._Element, Running], bool]


def place_of(body: etree._Element, facts: Facts, running: Running) -> etree._Element:
    """Return the element that holds the article's running text and little else."""
    scope = _scope(body, facts, running)
    place = _narrowed(scope, running, _holds_nearly_all)
    # Without markup that says what the rest is, it may be side columns, legal notes, comments.
    place = _narrowed(place, running, _is_main_column) if scope is body else _with_cousins(place, scope, running)
    table = next(place.iterancestors("table"), None) if place.tag in _OF_TABLE else None
    return table if table is not None and is_data_table(table) else place


def _with_cousins(place: etree._Element, scope: etree._Element, running: Running) -> etree._Element:
    """Return the container of a place and of all elements with its class that hold running text in the page's declared
    article: page builders put each part into boxes of its own."""
    if not (place.get("class") and place is not scope):
        return place
    inside = running.shown.inside(scope)
    same = [each for each in inside if each.tag == place.tag and each.get("class") == place.get("class")]
    apart = [each for each in same if not running.shown.holds(place, each) and not running.shown.holds(each, place)]
    return together([place, *(each for each in apart if running.running(each) >= _SHORTEST_PART)])


def _narrowed(element: etree._Element, running: Running, holds: _Holds) -> etree._Element:
    """Return the innermost element reached by going, level by level, to the child that `holds` what its parent does."""
    while (inner := next((each for each in element if holds(each, element, running)), None)) is not None:
        element = inner
    return element


def _holds_nearly_all(inner: etree._Element, outer: etree._Element, running: Running) -> bool:
    if name_of(inner) not in _HOLDERS or running.told(inner) < max(1, _NEARLY_ALL * running.told(outer)):
        return False
    if running.unlinked(inner) < _UNLINKED * running.unlinked(outer):
        return False
    return not any(each in running.shown and _is_twin(each, inner) and running.running(each) for each in outer)


def _holds_most(inner: etree._Element, outer: etree._Element, running: Running) -> bool:
    return name_of(inner) in _HOLDERS and running.told(inner) > max(1, _MOST * running.told(outer))


def _is_main_column(inner: etree._Element, outer: etree._Element, running: Running) -> bool:
    """Return whether the element has most of the text, several paragraphs of its own or in one descendant, and no
    twin."""
    if name_of(inner) not in _HOLDERS or running.told(inner) < max(1, _MOST * running.told(outer)):
        return False
    if any(_is_twin(each, inner) and running.told(each) for each in outer):
        return False
    column = _narrowed(inner, running, _holds_most)
    inside = [each for each in running.paragraphs() if each is column or each.getparent() is column]
    return len(inside) >= _SEVERAL


def together(elements: Sequence[etree._Element]) -> etree._Element:
    """Return the innermost element that contains all of them."""
    return reduce(_around, elements)


def _around(one: etree._Element, two: etree._Element) -> etree._Element:
    others = {two, *two.iterancestors()}
    return next(each for each in [one, *one.iterancestors()] if each in others)


def _scope(body: etree._Element, facts: Facts, running: Running) -> etree._Element:
    """Return the part of the page that is marked as its article, or as its main part."""
    told = _words(facts.text) if len(facts.text) >= _SHORTEST_TEXT else None
    for element in _named(body, facts, running):
        if told is not None:
            if _share_in(told, element) >= _COVERED:
                return element
        elif running.told(element) and running.told(element) >= _LEAST_OF_PAGE * running.told(body):
            return element
    return body


def _named(body: etree._Element, facts: Facts, running: Running) -> Iterator[etree._Element]:
    bodies = _outermost(
        each
        for each in body.iter(etree.Element)
        if "articleBody" in (*each.get("itemprop", "").split(), each.get("name"))
    )
    if bodies:
        yield together(bodies)
    if articles := articles_in(body, running):
        yield together(articles)
    yield from (each for each in body.iter(etree.Element) if name_of(each) == "main" or each.get("role") == "main")
    yield from (each for id in _IDS for each in body.iter(etree.Element) if each.get("id") == id)  # noqa: A001


def _is_twin(one: etree._Element, two: etree._Element) -> bool:
    if one is two or one.tag != two.tag or one.get("class") != two.get("class"):
        return False
    return two.get("class") is not None or one.get("id") == two.get("id")


def articles_in(body: etree._Element, running: Running) -> list[etree._Element]:
    """Return the one article element with most of their text, else all of them."""
    articles = _outermost(each for each in body.iter("article") if each in running.shown)
    articles = [each for each in articles if running.told(each)]
    main = [each for each in articles if running.told(each) >= _MAIN * sum(map(running.told, articles))]
    return main or articles


def _outermost(elements: Iterator[etree._Element]) -> list[etree._Element]:
    found: list[etree._Element] = []
    for element in elements:
        if not found or found[-1] not in element.iterancestors():
            found.append(element)
    return found


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def _share_in(told: Counter[str], element: etree._Element) -> float:
    """Return the element's share of the words told."""
    written = _words(" ".join(element.itertext()))
    return (told & written).total() / told.total()
