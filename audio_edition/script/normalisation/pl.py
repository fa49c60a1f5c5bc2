"""Say in full what eSpeak NG's Polish voice reads badly.

It reads "r." and "zł" by their letters, "godz." and "tj." as they stand, "XIX w." as "ksiks wu", "Jan Paweł II" as
"i i". What depends on a case that the text does not show stays as written. Decimals, percentages, times and "np." it
reads well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.digits import minus, ranges
from audio_edition.script.normalisation.one_by_one import one_by_one
from audio_edition.script.normalisation.roman_numerals import NOT_AN_INITIAL, NUMERAL, value
from audio_edition.script.normalisation.rules import SPACE, Rule, in_order, replacing
from audio_edition.script.normalisation.signs import signs
from audio_edition.script.tables import row

MONTHS = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
_ZLOTY = ("złoty", "złote", "złotych", "złotego")
CURRENCIES = {
    "zł": _ZLOTY, "PLN": _ZLOTY, "€": ("euro",), "EUR": ("euro",),
    "$": ("dolar", "dolary", "dolarów", "dolara"), "USD": ("dolar", "dolary", "dolarów", "dolara"),
    "£": ("funt", "funty", "funtów", "funta"),
}  # fmt: skip
MAGNITUDES = {
    "tys.": ("tysiąc", "tysiące", "tysięcy", "tysiąca"), "mln": ("milion", "miliony", "milionów", "miliona"),
    "mld": ("miliard", "miliardy", "miliardów", "miliarda"),
}  # fmt: skip
PER = {"kg": "za kilogram", "l": "za litr", "m²": "za metr kwadratowy", "kWh": "za kilowatogodzinę", "t": "za tonę",
       "mies.": "miesięcznie", "os.": "od osoby"}  # fmt: skip
UNITS = {
    "km/h": ("kilometr na godzinę", "kilometry na godzinę", "kilometrów na godzinę", "kilometra na godzinę"),
    "m/s": ("metr na sekundę", "metry na sekundę", "metrów na sekundę", "metra na sekundę"),
    "°C": ("stopień Celsjusza", "stopnie Celsjusza", "stopni Celsjusza", "stopnia Celsjusza"),
    "m²": ("metr kwadratowy", "metry kwadratowe", "metrów kwadratowych", "metra kwadratowego"),
    "mkw.": ("metr kwadratowy", "metry kwadratowe", "metrów kwadratowych", "metra kwadratowego"),
    "km²": ("kilometr kwadratowy", "kilometry kwadratowe", "kilometrów kwadratowych", "kilometra kwadratowego"),
    "km": ("kilometr", "kilometry", "kilometrów", "kilometra"), "m": ("metr", "metry", "metrów", "metra"),
    "cm": ("centymetr", "centymetry", "centymetrów", "centymetra"),
    "mm": ("milimetr", "milimetry", "milimetrów", "milimetra"),
    "kg": ("kilogram", "kilogramy", "kilogramów", "kilograma"), "g": ("gram", "gramy", "gramów", "grama"),
    "l": ("litr", "litry", "litrów", "litra"), "ha": ("hektar", "hektary", "hektarów", "hektara"),
    "µg/m³": ("mikrogram na metr sześcienny", "mikrogramy na metr sześcienny", "mikrogramów na metr sześcienny",
              "mikrograma na metr sześcienny"), "gr": ("grosz", "grosze", "groszy", "grosza"),
    "proc.": ("procent", "procent", "procent", "procent"), **MAGNITUDES,
}  # fmt: skip
_GENITIVES = {"złotego": "złotych", "dolara": "dolarów", "funta": "funtów"}
ANYWHERE = {
    "tj.": "to jest", "tzn.": "to znaczy", "p. n. e.": "przed naszą erą",
    "n. e.": "naszej ery", "wg": "według",
}  # fmt: skip
BEFORE_NAME = {"gen.": "generał", "pl.": "plac"}
BEFORE_FIGURE = {
    "godz.": "godzina", "nr": "numer", "str.": "strona", "art.": "artykuł", "ust.": "ustęp", "tel.": "telefon",
    "s.": "strona", "pkt": "punkt", "rozdz.": "rozdział", "maks.": "maksymalnie", "min.": "minimum",
}  # fmt: skip
KINGS = (
    "Aleksander|August|Benedykt|Bolesław|Filip|Fryderyk|Henryk|Jan|Jan Paweł|Jerzy|Karol|Kazimierz|Leon|Ludwik"
    "|Mieszko|Mikołaj|Napoleon|Pius|Stanisław|Wilhelm|Władysław|Zygmunt"
)
KINGS_OF = (
    "Aleksandra|Augusta|Benedykta|Bolesława|Filipa|Fryderyka|Henryka|Jana|Jana Pawła|Jerzego|Karola|Kazimierza|Leona"
    "|Ludwika|Mieszka|Mikołaja|Napoleona|Piusa|Stanisława|Wilhelma|Władysława|Zygmunta"
)
"""The same in the genitive, as their numerals then are."""

_STEMS = row(
    "pierwsz drugi trzeci czwart piąt szóst siódm ósm dziewiąt dziesiąt jedenast dwunast trzynast czternast piętnast "
    "szesnast siedemnast osiemnast dziewiętnast"
)


_DECADES = row(
    "dziesiąt dwudziest trzydziest czterdziest pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
)


def agreement(figure: str) -> int:
    """0 for one, 1 for what ends in 2 to 4 but not in 12 to 14, 3 for decimals, 2 for the rest."""
    if "," in figure:
        return 3
    number = int("".join(filter(str.isdigit, figure)))
    if number == 1:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def ordinal(number: int, ending: str) -> str:
    """Return an ordinal from 1 to 29 with the ending of "pierwszy": "y", "ego" or "ym"."""
    if number >= 20:
        tens, ones = "dwudziest" + ending, number - 20
        return f"{tens} {ordinal(ones, ending)}" if ones else tens
    stem = _STEMS[number - 1]
    if stem.endswith("i"):
        return stem + {"y": "", "ego": "ego", "ym": "m"}[ending]
    return stem + ending


def _with_ordinal(ending: str) -> Rule:
    """Return a rule for the kings of one case."""
    names = KINGS if ending == "y" else KINGS_OF

    def said(match: re.Match[str]) -> str:
        number = value(match["numeral"])
        return f"{match['name']} {ordinal(number, ending)}" if number < 30 else match[0]

    return replacing(rf"(?<![\w-])(?P<name>{names}){SPACE}(?P<numeral>{NUMERAL})(?!\w){NOT_AN_INITIAL}", said)


def _century(match: re.Match[str]) -> str:
    number, before = value(match["numeral"]), match["before"] or ""
    stop = "." if match["end"] is not None else ""
    if number >= 30:
        return match[0]
    return f"{before}{ordinal(number, 'ym' if before else 'ego')} wieku{stop}"


def _centuries(match: re.Match[str]) -> str:
    """Return both of "XIX i XX w." in words."""
    first, second = value(match["first"]), value(match["second"])
    if max(first, second) >= 30:
        return match[0]
    before = match["before"] or ""
    ending = "ym" if before else "ego"
    stop = "." if match["end"] is not None else ""
    return f"{before}{ordinal(first, ending)} i {ordinal(second, ending)} wieku{stop}"


def _day(match: re.Match[str]) -> str:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    tens = "trzydziestego" + (" pierwszego" if day > 30 else "")
    return f"{tens if day >= 30 else ordinal(day, 'ego')} {row(MONTHS)[month - 1]} {match['year']}"


def _decade(match: re.Match[str]) -> str:
    case, stem = match["case"], _DECADES[int(match["decade"][0]) - 1]
    return f"{case} {stem}{'e' if case == 'lata' else 'ych'}"


def _year(match: re.Match[str]) -> str:
    return "roku." if match["end"] is not None else "roku"


def _of(size: str, currency: str) -> str:
    return f"{size} {_GENITIVES.get(currency, currency)}"


RULE: Rule = in_order(
    replacing(r"(?<!\w)([Mm])\. ?in\.", r"\1iędzy innymi"),
    addresses("kropka", "małpa", "hasztag"),
    signs("pl"),
    one_by_one("plus"),
    replacing(r"(?<![\w./-])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?![\w/]|\.\d)", _day),
    replacing(rf"\b([Ww]){SPACE}l\.(?={SPACE}\d0\.)", r"\1 latach"),
    replacing(rf"\b(?P<case>latach|lata|lat){SPACE}(?P<decade>[1-9]0)\.(?!\w)", _decade),
    replacing(rf"(?<=\b[Nn]a{SPACE})przeł\.", "przełomie"),
    replacing(
        rf"(?P<before>\b(?:[Ww]|[Pp]o){SPACE})?(?<![\w.])(?P<first>{NUMERAL}){SPACE}i{SPACE}(?P<second>{NUMERAL}){SPACE}w\."
        r"(?!\w)(?P<end>(?=[\"'”’“»)\]]*$))?",
        _centuries,
    ),
    replacing(r"(?<=\(po )dogr\.(?=\))", "dogrywce"),
    replacing(rf"(?<=\b[Ww]{SPACE})godz\.(?={SPACE}?\d)", "godzinach"),
    replacing(rf"(?<=\bgodz\.{SPACE})([01]?\d|2[0-4])\.([0-5]\d)(?![\d%]|[.,]\d)", r"\1 \2"),
    replacing(
        rf"(?P<before>\b(?:[Ww]|[Nn]a|[Pp]o){SPACE})?(?<![\w.])(?P<numeral>{NUMERAL}){SPACE}w\.(?!\w)"
        r"(?P<end>(?=[\"'”’“»)\]]*$))?",
        _century,
    ),
    _with_ordinal("y"),
    _with_ordinal("ego"),
    replacing(rf"(?<=\d{SPACE})m\.(?={SPACE}?\d)", "mieszkania"),
    replacing(rf"(?<=\b[Oo]{SPACE})godz\.(?={SPACE}?\d)", "godzinie"),
    replacing(rf"(?<=\b[12]\d{{3}}{SPACE})r\.(?P<end>(?=[\"'”’“»)\]]*$))?(?!\w)", _year),
    money(CURRENCIES, MAGNITUDES, agreement, of=_of, cents=" {}", per=PER),
    measures(UNITS, agreement),
    minus("minus"),
    ranges("do"),
    replacing(rf"(\b(?:[Pp]rzy|[Nn]a|[Zz]|[Oo]d|[Dd]o){SPACE})ul\.(?={SPACE}[A-ZŁŚŻ\d])", r"\1ulicy"),
    replacing(rf"(?<![\w.])([Uu])l\.(?={SPACE}[A-ZŁŚŻ])", r"\1lica"),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
)
