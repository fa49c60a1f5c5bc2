"""Finds who wrote an article and when, between the headline and the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile

from lxml import etree

from audio_edition.model import Span, Text
from audio_edition.read.credits import iso_date, names_writer
from audio_edition.read.html.facts import day_of
from audio_edition.read.html.names import has_part
from audio_edition.read.html.shown import Shown
from audio_edition.read.markup import words_of
from audio_edition.read.markup.elements import name_of
from audio_edition.read.markup.kinds import span_kinds

_WRITERS_NAMES = """
    author authors auteur auteurs autor autore autoren autores byline bylines contributor contributors reporter
    verfasser writer
"""
_WRITERS = frozenset(_WRITERS_NAMES.split())
_TIMES_NAMES = """
    date dateline datetime datum fecha lastmod meta metadata modified posted postmeta published pubdate readingtime
    readtime reading timestamp time updated
"""
_TIMES = frozenset(_TIMES_NAMES.split())
_WHEN_WORDS = """
    a about actualisé actualizado aggiornato ago aktualisiert alle am at atualizado aux bst cest cet de del di
    du edt el em est first geändert gmt h heures hours hour il in last lecture le lesedauer lesezeit lectura
    leitura lettura letzte leído m mardi min mins minute minuten minutes minutos minuti mis modified modifié
    mise jour jours day days week weeks month months on ore pdt posted pst published publicado publicato publié
    read reading stand s td temps tempo tiempo the uhr um updated upd utc vor veröffentlicht à jan january
    janvier januar enero gennaio janeiro feb february février februar febrero febbraio fevereiro mar march mars
    märz marzo março apr april avril abril aprile may mai mayo maggio maio jun june juin juni junio giugno junho
    jul july juillet juli julio luglio julho aug august août agosto ago sep sept september septembre septiembre
    settembre setembro oct october octobre oktober octubre ottobre outubro nov november novembre noviembre
    novembro dec december décembre dezember diciembre dicembre dezembro mon monday montag lundi lunes tue
    tuesday dienstag martes wed wednesday mittwoch mercredi miércoles thu thursday donnerstag jeudi jueves fri
    friday freitag vendredi viernes sat saturday samstag samedi sábado sun sunday sonntag dimanche domingo
"""
_WHEN = frozenset(_WHEN_WORDS.split())
_TELLING_WHEN = re.compile(
    r"\b(?:ago|min(?:s|ute[ns]?|utos|uti)?|published|posted|updated|modified|publi\w+|mis à jour|modifié|stand"
    r"|aktualisiert|veröffentlicht|a[cg]t?ualizado|aggiornato)\b"
    r"|(?=.*\b\d\d?[:.h]\d\d\b).*(?:\b\d{4}\b|\b\d\d?[./-]\d\d?[./-]\d\d)",
    re.IGNORECASE,
)
"""When the article appeared or how long it takes to read, or a day with a time."""

_ENDS_SENTENCE = re.compile(r"(?<!\bmin)(?<!\buhr)\.\W*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_WHEN = 140
_MOST_TIMES = 1000
_DEEPEST_TIME = 8
"""Elements around a time, up to the entry of a live blog that has it."""

_DATE = re.compile(r"\b(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4}|\d{4}-\d\d-\d\d)\b")
_CREDIT_LINES = frozenset({"details", "div", "li", "p", "span", "summary"})
_LONGEST_CREDIT = 250
_LONGEST_BYLINE = 120
_LONGEST_NAME = 60
_OPENING = re.compile(
    r"(?:(?:(?:written|reported|words|text|story) )?by|von|par|por|di|da|door|av|af|de|autore?|auteur|texto|автор|بقلم)"
    r"[:\s]",
    re.IGNORECASE,
)


def is_credit(element: etree._Element, shown: Shown) -> bool:
    """Return whether the element only says by whom, when, or how long to read."""
    measure = shown.of(element)
    if measure.headings or not 0 < measure.written <= _LONGEST_CREDIT:
        return False
    if element.tag == "time" or is_of_writer(element) or has_part(element, _TIMES):
        return True
    text = shown.text(element)
    return element.tag in _CREDIT_LINES and (names_writer(text) or says_when(text))


def says_when(text: str) -> bool:
    """Return whether a line only says when an article appeared or how long it takes to read. A bare date does not
    count: a diary begins with one."""
    if len(text) > _LONGEST_WHEN or not any(map(str.isdigit, text)) or _ENDS_SENTENCE.search(text):
        return False
    if not _TELLING_WHEN.search(text):
        return False
    return all(word in _WHEN for word in _WORD.findall(text.casefold()))


def byline_in(elements: Iterable[etree._Element], authors: Sequence[str], shown: Shown) -> Text:
    """Return the byline from one of the elements, else the page's authors, with their links."""
    elements = [each for each in elements if each.tag in ("div", "p", "span") or is_of_writer(each)]
    found = [(each, shown.text(each)) for each in elements if shown.of(each).written <= _LONGEST_BYLINE]
    last = authors[-1] if authors else ""
    bylines = [each for each, text in found if names_writer(text)]
    if bylines:
        byline = next(each for each in reversed(bylines) if shown.holds(bylines[0], each))
        return _linked(shown.text(byline), [byline])
    for each, text in found:
        if authors and _OPENING.match(text) and last in text:
            return _linked(text[: text.index(last) + len(last)], [each])
    return _linked(", ".join(authors) or author_in(elements, shown), filter(is_of_writer, elements))


def _linked(text: str, elements: Iterable[etree._Element]) -> Text:
    """Return a text with the links that its words have in the elements."""
    spans: list[Span] = []
    end = 0
    for link in (link for each in elements for link in each.iter("a")):
        words = words_of(link).text
        target = next((value for kind, value in span_kinds(link, "a", is_in_code=False) if kind == "link"), "")
        start = text.find(words, end) if words else -1
        if target and start >= 0:
            end = start + len(words)
            spans.append(Span(start, end, "link", target))
    return Text(text, tuple(spans))


def author_in(elements: Iterable[etree._Element], shown: Shown) -> str:
    """Return the writer's name from an element marked as theirs: all of its text, or its first link."""
    for each in elements:
        if is_of_writer(each) and shown.of(each).written <= _LONGEST_CREDIT:
            link = next((inner for inner in shown.inside(each) if inner.tag == "a" and shown.of(inner).written), None)
            for place in (each, link):
                if place is not None and shown.of(place).written <= _LONGEST_NAME and _is_name(shown.text(place)):
                    return shown.text(place)
    return ""


def has_entries(place: etree._Element, shown: Shown) -> bool:
    """Return whether an article consists of entries alike, each with its own time, as a live blog or diary does."""
    entries: dict[tuple[etree._Element | str, ...], set[etree._Element]] = {}
    for time in islice(place.iter("time"), _MOST_TIMES):
        within = [time, *takewhile(lambda each: each is not place, islice(time.iterancestors(), _DEEPEST_TIME))]
        for entry in within:
            if (parent := entry.getparent()) is not None and any(each in shown for each in entry.iter("p")):
                entries.setdefault((parent, name_of(entry), entry.get("class", "")), set()).add(entry)
    return any(len(alike) > 1 for alike in entries.values())


def published_in(elements: Iterable[etree._Element]) -> str:
    """Return the date of the first element marked as a time."""
    return next(filter(None, (day_of(each.get("datetime", "")) for each in elements)), "")


def written_date(elements: Iterable[etree._Element], shown: Shown) -> str:
    """Return the first date that a credit writes out."""
    said = (shown.text(each) for each in elements if is_credit(each, shown))
    found = (_DATE.search(text) for text in said)
    return next(filter(None, (iso_date(date[0].replace(",", "")) for date in found if date)), "")


def _is_name(text: str) -> bool:
    return bool(text) and not text[:1].islower() and not any(map(str.isdigit, text))


def is_of_writer(element: etree._Element) -> bool:
    """Return whether the page marks the element as the writer's."""
    told = f"{element.get('rel', '')} {element.get('itemprop', '')}".split()
    return "author" in told or has_part(element, _WRITERS)
