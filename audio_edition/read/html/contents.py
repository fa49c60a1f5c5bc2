"""Finds tables of contents inside an article: lists of links to its headings, with the same words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from audio_edition.read.html.shown import Shown
from audio_edition.read.markup.elements import heading_level, is_block, name_of

_FEWEST = 2
_MOST_LINKS = 500
_LONGEST_LINE = 300
_LONGEST_LABEL = 60
_NEAR = 3
_NAMES = """
    contents|table of contents|in this article|on this page|page contents|inhalt|inhaltsverzeichnis|auf dieser seite
    |in diesem artikel|übersicht|sommaire|table des matières|au sommaire|dans cet article|contenido|contenidos|índice
    |índice de contenidos|tabla de contenidos|en este artículo|conteúdo|sumário|neste artigo|indice|indice dei contenuti
    |sommario|inhoud|inhoudsopgave|innehåll|indhold|innhold|sisällys|spis treści|obsah|содержание|оглавление|目次|目录
"""
_CALLED_CONTENTS = frozenset(" ".join(name.split()) for name in _NAMES.replace("\n", " ").split("|"))


def contents_lists(place: etree._Element, shown: Shown) -> Iterator[etree._Element]:
    """Yield the lists and paragraphs that are tables of contents, and the labels above them."""
    titles = _titles(place, shown)
    if len(titles) < _FEWEST:
        return
    at, last = shown.of(place).first, shown.of(place).last
    while at < last:
        element = shown.elements[at]
        found = _contents_from(element, titles, shown)
        if found:
            yield from _label_over(found[0], shown)
            yield from found
        at = shown.of(found[-1]).last if found else at + 1


def _titles(place: etree._Element, shown: Shown) -> dict[str, str]:
    """Return the words of the headings by the ids that links to them use: of the heading, an element in it or around
    it."""
    titles: dict[str, str] = {}
    for heading in shown.inside(place):
        if heading_level(heading) and shown.of(heading).written:
            around = [each for each in islice(heading.iterancestors(), _NEAR) if _opens(each, heading, shown)]
            before = heading.getprevious()
            beside = [before] if before is not None and name_of(before) == "a" else []
            for each in [heading, *shown.inside(heading)[1:], *beside, *around]:
                for name in filter(None, (each.get("id"), each.get("name"))):
                    titles.setdefault(name, _letters(shown.text(heading)))
    return titles


def _opens(element: etree._Element, heading: etree._Element, shown: Shown) -> bool:
    """Return whether a heading is the first text of an element."""
    return element in shown and not shown.written(shown.of(element).start, shown.of(heading).start)


def _contents_from(element: etree._Element, titles: dict[str, str], shown: Shown) -> list[etree._Element]:
    name = name_of(element)
    if name in ("ol", "ul"):
        return [element] if _lists_titles(element, titles, shown) else []
    if name != "p" or not shown.of(element).written:
        return []
    row: list[etree._Element] = []
    for each in [element, *element.itersiblings(etree.Element)]:
        if each not in shown or not shown.of(each).written:
            continue
        if name_of(each) != "p" or not _lists_titles(each, titles, shown, 1):
            break
        row.append(each)
    return row if len(row) >= _FEWEST else []


def _lists_titles(element: etree._Element, titles: dict[str, str], shown: Shown, fewest: int = _FEWEST) -> bool:
    """Return whether an element holds only links with the words of the headings they lead to, and numbers."""
    links = [each for each in shown.inside(element) if name_of(each) == "a" and shown.of(each).written]
    if not fewest <= len(links) <= _MOST_LINKS:
        return False
    said = [_letters(shown.text(each)) for each in links if _leads_to(each, titles) is not None]
    if len(said) < len(links):
        return False
    if not all(_letters(shown.text(each)) == _leads_to(each, titles) for each in links):
        return False
    return _letters(shown.text(element)) == "".join(said)


def _leads_to(link: etree._Element, titles: dict[str, str]) -> str | None:
    href = (link.get("href") or "")[:_LONGEST_LINE]
    return titles.get(unquote(href[1:])) if href.startswith("#") else None


def _label_over(element: etree._Element, shown: Shown) -> Iterator[etree._Element]:
    """Yield the label above a table of contents."""
    for around in [element, *islice(element.iterancestors(), 1)]:
        before = next((each for each in around.itersiblings(etree.Element, preceding=True) if each in shown), None)
        if before is not None and shown.of(before).written:
            text = shown.text(before) if shown.of(before).written <= _LONGEST_LABEL else ""
            if is_block(before) and text.casefold().strip(" .:") in _CALLED_CONTENTS:
                yield before
            return


def _letters(text: str) -> str:
    """Return the letters of a line, without its section or page number."""
    return "".join(filter(str.isalpha, text.casefold()))
