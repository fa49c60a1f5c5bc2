"""Say in full what eSpeak NG's Swedish voice reads badly.

It reads "12,5" with "punkt", "bl.a.", "kl." and "kr" by their letters, "3/10" and "m/s" with "snedstreck", and
"Karl XII" as three letters. Minus, scores and percentages it reads well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.digits import dates, ranges
from audio_edition.script.normalisation.one_by_one import one_by_one
from audio_edition.script.normalisation.ordinals import reigning
from audio_edition.script.normalisation.rules import SPACE, Rule, in_order, one_is_singular, replacing
from audio_edition.script.normalisation.signs import signs
from audio_edition.script.tables import row

MONTHS = "januari februari mars april maj juni juli augusti september oktober november december"
CURRENCIES = {
    "kr": ("krona", "kronor"), "kr.": ("krona", "kronor"), "SEK": ("krona", "kronor"), "€": ("euro",),
    "EUR": ("euro",), "$": ("dollar",), "USD": ("dollar",), "£": ("pund",),
}  # fmt: skip
_MILLION, _MILLIARD = ("miljon", "miljoner"), ("miljard", "miljarder")
MAGNITUDES = {
    **dict.fromkeys(("mn", "mln", "milj.", "miljoner"), _MILLION), "miljon": ("miljon",),
    **dict.fromkeys(("md", "mdr", "miljarder"), _MILLIARD), "miljard": ("miljard",), "tusen": ("tusen",),
}  # fmt: skip
PER = {"kg": "per kilo", "l": "per liter", "m²": "per kvadratmeter", "kvm": "per kvadratmeter",
"kWh": "per kilowattimme",
       "tim": "i timmen", "mån.": "i månaden", "mån": "i månaden", "år": "per år", "dag": "per dag"}  # fmt: skip
UNITS = {
    "km/h": ("kilometer i timmen",), "m/s": ("meter per sekund",), "°C": ("grader Celsius",),
    "° C": ("grader Celsius",), "km²": ("kvadratkilometer",), "m²": ("kvadratmeter",), "m2": ("kvadratmeter",),
    "kvm": ("kvadratmeter",), "m³": ("kubikmeter",), "m3": ("kubikmeter",), "km": ("kilometer",), "m": ("meter",),
    "cm": ("centimeter",), "mm": ("millimeter",), "kg": ("kilo",), "g": ("gram",), "l": ("liter",), "ha": ("hektar",),
    "kWh": ("kilowattimme", "kilowattimmar"), "kW": ("kilowatt",), "MW": ("megawatt",), "GW": ("gigawatt",),
    "µg/m³": ("mikrogram per kubikmeter",), "inv./km²": ("invånare per kvadratkilometer",),
    "min.": ("minut", "minuter"), "tkr": ("tusen kronor",), "mkr": ("miljon kronor", "miljoner kronor"),
    "mnkr": ("miljon kronor", "miljoner kronor"), "mdkr": ("miljard kronor", "miljarder kronor"),
    "milj.": _MILLION, "mdr": _MILLIARD,
}  # fmt: skip
ANYWHERE = {
    "bl. a.": "bland annat", "t. ex.": "till exempel", "d. v. s.": "det vill säga", "m. m.": "med mera",
    "o. s. v.": "och så vidare", "o. d.": "och dylikt", "f. d.": "före detta", "t. o. m.": "till och med",
    "fr. o. m.": "från och med",
    "p. g. a.": "på grund av", "m. fl.": "med flera", "e. d.": "eller dylikt", "f. Kr.": "före Kristus",
    "e. Kr.": "efter Kristus", "dvs.": "det vill säga", "osv.": "och så vidare", "pga.": "på grund av",
    "inkl.": "inklusive", "exkl.": "exklusive", "resp.": "respektive", "ca.": "cirka", "etc.": "et cetera",
}  # fmt: skip
BEFORE_NAME = {"dr.": "doktor", "prof.": "professor", "S:t": "Sankt", "S:ta": "Sankta"}
BEFORE_FIGURE = {
    "kl.": "klockan", "nr": "nummer", "nr.": "nummer", "s.": "sidan", "sid.": "sidan", "tel.": "telefon",
    "kap.": "kapitel", "fig.": "figur", "max.": "maximalt", "min.": "minst", "f.": "född",
}  # fmt: skip
WITHOUT_STOPS = {"t ex": "till exempel", "bl a": "bland annat", "d v s": "det vill säga", "dvs": "det vill säga",
                 "osv": "och så vidare", "pga": "på grund av"}  # fmt: skip
"""As newspapers write them; each space is one."""

REIGNING = (
    "Gustav|Gustaf|Karl|Carl|Oscar|Oskar|Fredrik|Erik|Johan|Sigismund|Carl Gustaf|Gustav Adolf|Haakon|Harald|Olav"
    "|Christian|Kristian|Margrethe|Elizabeth|Elisabet|Ludvig|Henrik|Georg|Johannes Paulus|Johannes|Benedictus|Pius"
    "|Leo|Napoleon|Katarina|Nikolaj|Alexander|Vilhelm|Filip"
)
_ORDINALS = row(
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde "
    "sextonde sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra tjugotredje tjugofjärde tjugofemte "
    "tjugosjätte tjugosjunde tjugoåttonde tjugonionde trettionde trettioförsta"
)


def _day(match: re.Match[str]) -> str:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    return f"{_ORDINALS[day - 1]} {row(MONTHS)[month - 1]}"


RULE: Rule = in_order(
    addresses("punkt", "snabel-a", "hashtag"),
    signs("sv"),
    dates(MONTHS, "{day} {month} {year}"),
    replacing(rf"(?<=\b[Dd]en{SPACE})(?P<day>\d\d?)/(?P<month>\d\d?)(?![\w/])", _day),
    replacing(rf"(?<=\b[Kk]l){SPACE}?(?=\d)", ". "),
    replacing(rf"(?<=\b[Kk]l\.)({SPACE}?)([01]?\d|2[0-4])[.:]([0-5]\d)(?![\d%]|[.,]\d)", r"\1\2 \3"),
    one_by_one("plus"),
    money(CURRENCIES, MAGNITUDES, one_is_singular, cents=" {}", per=PER),
    measures(UNITS, one_is_singular),
    ranges("till"),
    reigning(REIGNING, "den", _ORDINALS),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
    replacing(rf"(?<![\w.])(?:{'|'.join(WITHOUT_STOPS)})(?![\w.])", lambda match: WITHOUT_STOPS[match[0]]),
    replacing(r"(?<![\w.,])(\d{1,15}),(\d{1,6})(?![\w,]|\.\d)", r"\1 komma \2"),
)
