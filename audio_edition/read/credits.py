"""Recognises datelines and bylines: where, when and for which agency an article was written, and by whom.

A dateline is a place, perhaps a date, and the agency in brackets, on its own line or before a dash.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Literal

from audio_edition.model import Credit, Text

_AGENCIES = """
    AAP, AFP, AGERPRES, AGI, AIM, Agence France-Presse, Agencia EFE, Anadolu, Anadolu Agency, ANI, ANP, ANSA, Antara,
    AP, APA, APS, Associated Press, ATS, Belga, Bernama, BNS, BTA, Canadian Press, CNA, CNS, CP, CTK, Cihan, DPA, dpa,
    EFE, ENA, GNA, HINA, IANS, Interfax, IPS, IRNA, Jiji, JTA, Keystone-SDA, KCNA, Kyodo, Kyodo News, LETA, Lusa, MAP,
    MENA, MTI, NAN, Notimex, NTB, PA, PA Media, PAP, Petra, PTI, Reuters, RIA Novosti, Ritzau, SABC, SANA, SDA, SPA,
    STA, STT, Tanjug, TAP, TASS, ТАСС, Thomson Reuters Foundation, TT, UNI, UPI, VNA, WAFA, WAM, Xinhua, Yonhap
"""
_KNOWN = {agency.casefold(): agency for agency in (" ".join(name.split()) for name in _AGENCIES.split(","))}

_MONTH_NAMES = """
    jan january janvier januar januari enero gennaio gen janeiro janv ene января
    feb february février février februar februari febrero febbraio fevereiro févr fev février febr февраля
    mar march mars märz mrz maart mrt marzo março marts марта
    apr april avril abril aprile avr abr апреля
    may mai mei mayo maggio maio maj mag мая
    jun june juin juni junio giugno junho giu июня
    jul july juillet juli julio luglio julho juil lug июля
    aug august août augustus agosto ago augusti авг августа
    sep sept september septembre septiembre settembre setembro set сентября
    oct october octobre oktober octubre ottobre outubro okt ott out октября
    nov november novembre noviembre novembro ноября
    dec december décembre dezember diciembre dicembre dezembro déc dez dic des desember декабря
"""
_MONTHS = {
    name: number for number, names in enumerate(_MONTH_NAMES.strip().split("\n"), start=1) for name in names.split()
}
"""In English and the other languages whose agencies put dates into datelines."""

MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_DAY = rf"(?:{MONTH}\.?\ \d{{1,2}}|\d{{1,2}}(?:er|[.º°])?\ (?:de\ |di\ )?{MONTH}\.?)"
_DATE = rf"{_DAY}(?:,?\ (?:de\ )?\d{{4}})?|\d{{4}}-\d\d-\d\d"
_DASH = r"\ ?\.?\ ?[-‐‑‒–—―−_]+"
_BRACKETED = r"[(/](?P<agency>[^()/\d]{2,30}(?:/[^()/\d]{2,30})?)[)/]"
_SHAPES = (
    re.compile(  # PARIS, March 3 (AFP) - and, on its own line, Baghuz (Syria) (AFP)
        rf"""(?P<place>[^()\d]{{2,60}}?(?:\ \([^()\d]{{2,30}}\))?)(?:,?\ (?P<date>{_DATE})[.,]?)?
        \ {_BRACKETED}(?:,?\ (?P<later>{_DATE}))?(?:{_DASH}|(?<=/)\.(?=\ )|\.?\Z)""",
        re.VERBOSE | re.IGNORECASE,
    ),
    re.compile(  # (ANSA) - Rome, March 3 -
        rf"""{_BRACKETED}{_DASH}\ (?P<place>[^()\d]{{2,60}}?)(?:,?\ (?P<date>{_DATE}))?\ [-‐‑‒–—―−_]+(?=\ |\Z)""",
        re.VERBOSE | re.IGNORECASE,
    ),
)
_UNKNOWN = re.compile(r"[^\W\d_a-z][\w&.-]{1,20}(?:/[^\W\d_a-z][\w&.-]{1,20})?")
_PARTICLES = """
    a al am an and at da das de del den der des di do dos du e el en i im in la las le les lo los near of off on os
    outside sur the ul und upon van y
"""
_NAME_PARTICLES = "ben bin bint for ibn ter ten vom von with zu"
_SMALL_IN_PLACE = frozenset(_PARTICLES.split())
_SMALL_IN_BYLINE = _SMALL_IN_PLACE | frozenset(_NAME_PARTICLES.split())
_LONGEST_DATELINE = 240
"""Characters searched: more than any match has, so that the end of the search is never mistaken for the line's end."""

_LONGEST_BYLINE = 100
_BY = frozenset({"By", "BY", "Von", "VON", "Par", "PAR", "Por", "POR", "Di", "DI", "Door", "DOOR"})
_BY_IN_BRACKETS = _BY | {"by", "di", "par", "por", "von", "door"}
"""ANSA's form: (di Anna Rossi)."""

_PICTURES = r"(?:photo(?:graph)?s?|pictures?|images?|illustrations?|drawings?|fotos?|bild(?:er)?|immagini|imágenes)"
_WRITER = re.compile(
    rf"""(?:(?:written|told|reported|compiled|story|report|review|article|words?|text)
        (?:[ ](?:and|&)[ ]{_PICTURES})?[ ])?by:?[ ]
    |(?:words?|text|story|report|article|writer|author|texte|récit|auteure?|texto|autora?|testo|autore|autrice|tekst
        |autorin|bericht)(?:(?:[ ](?:and|und|et|y|e|en|&|[+/])[ ]|/){_PICTURES})?\s?:[ ]
    |(?:text|bericht|texte|texto|testo|tekst|geschrieben|écrit|escrito|scritto|geschreven)[ ]
        (?:von|par|por|di|van|door)[ ]
    |(?:von|par|por|di|door)[ ]""",
    re.VERBOSE | re.IGNORECASE,
)
"""What a paragraph that only names a writer begins with: “by”, “Words:”, “Text und Fotos:”."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as written; `rest` is the text after it in the paragraph."""

    text: str = ""
    rest: str = ""
    agency: str = ""
    published: str = ""


def dateline_of(text: str) -> Dateline | None:
    """Return the dateline that the paragraph is or opens with; None if there is none."""
    for shape in _SHAPES:
        if match := shape.match(text[:_LONGEST_DATELINE]):
            return _dateline(match, text)
    return None


def _dateline(match: re.Match[str], text: str) -> Dateline | None:
    found = match.groupdict()
    rest = text[match.end() :].strip()
    date = found.get("date") or found.get("later") or ""
    agency = _agency(found["agency"], found["place"], rest, is_dated=bool(date))
    if not agency or not _is_place(found["place"]):
        return None
    return Dateline(text[: match.end()].rstrip(), rest, agency, iso_date(date))


def is_byline(text: str) -> bool:
    """Whether the line names the article's writer and says nothing else."""
    words = (text[1:-1] if text.startswith("(") and text.endswith(")") else text).split(" ", 16)
    if (
        words[0] not in (_BY_IN_BRACKETS if text.startswith("(") else _BY)
        or not 2 <= len(words) <= 14
        or len(text) > _LONGEST_BYLINE
    ):
        return False
    if text[-1] in '.!?:;…"”' and words[-1] not in ("Jr.", "Sr."):
        return False
    names = [word.strip(",()") for word in words[1:]]
    if not all(_is_name(name) or name in _SMALL_IN_BYLINE for name in names):
        return False
    return _is_name(names[0]) and (sum(map(_is_name, names)) > 1 or names[0].casefold() in _KNOWN)


def names_writer(paragraph: str) -> bool:
    """Return whether a whole paragraph names the writer and says nothing else: a byline, or one as magazines have it,
    such as “by Ann Hill” and “Words: Ann Hill”. Not for lines of wrapped text, where “by Ann Hill” may go on a
    sentence."""
    opening = _WRITER.match(paragraph)
    return is_byline(paragraph) or (opening is not None and is_byline(f"By {paragraph[opening.end() :]}"))


def _agency(written: str, place: str, rest: str, *, is_dated: bool) -> str:
    """Return the agency's name; empty if the brackets hold something else, as in `The group (ISIS) - which`."""
    known = [_KNOWN.get(part.casefold(), "") for part in written.split("/")]
    shouted = place.isupper() and len(place) > 2
    continues = next((character.islower() for character in rest if character.isalnum()), False)
    if all(known):
        return "/".join(known) if shouted or not continues else ""
    if continues or not _UNKNOWN.fullmatch(written):
        return ""
    return written if shouted or (written.isupper() and (is_dated or not rest)) else ""


def _is_place(text: str) -> bool:
    words = re.split(r"[\s,/()]+", text.strip(" ,()"))
    return (
        len(words) <= 10
        and any(map(_is_name, words))
        and all(_is_name(word) or word in _SMALL_IN_PLACE for word in words)
    )


def _is_name(word: str) -> bool:
    """Whether the word, or a part of it, begins with a capital: London, al-Hol, d'Azur."""
    return any(part[:1].isupper() for part in re.split(r"[-‑'’.]", word))


def credit_of(text: Text, kind: Literal["dateline", "byline"]) -> Credit:
    """Return a text as a credit, with its links to other documents."""
    written = text.text.strip()
    start = text.text.index(written)
    part = text.part(start, start + len(written))
    links = tuple(span for span in part.of("link") if not span.value.startswith("#"))
    return Credit(written, kind, text.language, links)


def iso_date(date: str) -> str:
    """Return the date in ISO 8601 if it has a year and exists; else empty."""
    numbers = [int(number) for number in re.findall(r"\d+", date)]
    month = next(filter(None, map(_MONTHS.get, re.findall(r"[^\W\d_]+", date.casefold()))), None)
    try:
        if month and len(numbers) == 2:
            return datetime.date(numbers[1], month, numbers[0]).isoformat()
        return datetime.date(*numbers).isoformat() if len(numbers) == 3 else ""
    except ValueError:
        return ""
