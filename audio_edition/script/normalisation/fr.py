"""Say in full what eSpeak NG's French voice reads badly.

It reads "XXIe" as "ixgzi", "Louis XIV" as "quatorze romain", "10 h 30" as "dix ache trente", "M. Macron" as "ème", a
pause, "Macron". Ranges, scores, percentages, dates and "1er" it reads well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.coordinates import coordinates
from audio_edition.script.normalisation.digits import dates, minus
from audio_edition.script.normalisation.letters import dotted, initialisms
from audio_edition.script.normalisation.one_by_one import one_by_one
from audio_edition.script.normalisation.roman_numerals import NOT_AN_INITIAL, NUMERAL, SEVERAL_LETTERS, value
from audio_edition.script.normalisation.rules import (
    AT_END,
    CAPITAL,
    SPACE,
    Rule,
    below_two_is_singular,
    full_stop,
    in_order,
    replacing,
)
from audio_edition.script.normalisation.signs import signs
from audio_edition.script.tables import words

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
CURRENCIES = {
    "$US": ("dollar américain", "dollars américains"), "€": ("euro", "euros"), "EUR": ("euro", "euros"),
    "$": ("dollar", "dollars"), "US$": ("dollar", "dollars"),
    "USD": ("dollar", "dollars"), "£": ("livre", "livres"), "CHF": ("franc suisse", "francs suisses"),
}  # fmt: skip
MAGNITUDES = {
    "k": ("mille",), "K": ("mille",),
    "M": ("million", "millions"), "Mio": ("million", "millions"), "million": ("million",), "millions": ("millions",),
    "Md": ("milliard", "milliards"), "Mds": ("milliard", "milliards"), "Mrd": ("milliard", "milliards"),
    "milliard": ("milliard",), "milliards": ("milliards",),
}  # fmt: skip
PER = {"kg": "le kilo", "l": "le litre", "m²": "le mètre carré", "kWh": "le kilowattheure",
"MWh": "le mégawattheure", "h": "de l'heure",
       "t": "la tonne", "mois": "par mois", "an": "par an", "jour": "par jour", "nuit": "la nuit",
       "pers.": "par personne"}  # fmt: skip
UNITS = {
    "km/h": ("kilomètre heure", "kilomètres heure"), "m/s": ("mètre par seconde", "mètres par seconde"),
    "°C": ("degré Celsius", "degrés Celsius"), "° C": ("degré Celsius", "degrés Celsius"),
    "km²": ("kilomètre carré", "kilomètres carrés"), "km2": ("kilomètre carré", "kilomètres carrés"),
    "m²": ("mètre carré", "mètres carrés"), "m2": ("mètre carré", "mètres carrés"),
    "m³": ("mètre cube", "mètres cubes"), "m3": ("mètre cube", "mètres cubes"),
    "m": ("mètre", "mètres"), "g": ("gramme", "grammes"), "t": ("tonne", "tonnes"), "l": ("litre", "litres"),
    "ha": ("hectare", "hectares"), "min": ("minute", "minutes"),
    "kWh": ("kilowattheure", "kilowattheures"), "MWh": ("mégawattheure", "mégawattheures"),
    "kW": ("kilowatt", "kilowatts"), "MW": ("mégawatt", "mégawatts"), "GW": ("gigawatt", "gigawatts"),
    "µg/m³": ("microgramme par mètre cube", "microgrammes par mètre cube"), "mg/l": ("milligramme par litre",
    "milligrammes par litre"), "hab./km²": ("habitant au kilomètre carré", "habitants au kilomètre carré"),
    "hab/km²": ("habitant au kilomètre carré", "habitants au kilomètre carré"), "hab./ha": ("habitant à l'hectare",
    "habitants à l'hectare"), "ct": ("centime", "centimes"), "cts": ("centime", "centimes"),
    "Mbit/s": ("mégabit par seconde", "mégabits par seconde"), "Go": ("gigaoctet", "gigaoctets"),
}  # fmt: skip
ANYWHERE = {
    "c.-à-d.": "c'est-à-dire", "av. J.-C.": "avant Jésus-Christ", "apr. J.-C.": "après Jésus-Christ",
    "ap. J.-C.": "après Jésus-Christ", "Mmes": "Mesdames", "Mlles": "Mesdemoiselles", "n°s": "numéros",
    "svp": "s'il vous plaît", "p. ex.": "par exemple", "C. civ.": "Code civil", "C. pén.": "Code pénal",
    "C. trav.": "Code du travail",
}  # fmt: skip
BEFORE_NAME = {
    "bd": "boulevard", "bd.": "boulevard",
    "M.": "Monsieur", "MM.": "Messieurs", "Mme.": "Madame", "Dr.": "docteur", "Pr.": "professeur", "Mgr": "Monseigneur",
    "St.": "Saint",
}  # fmt: skip
BEFORE_FIGURE = {
    "n°": "numéro", "n º": "numéro", "№": "numéro", "art.": "article", "p.": "page", "pp.": "pages",
    "tél.": "téléphone",
    "env.": "environ", "fig.": "figure", "réf.": "référence", "max.": "maximum", "min.": "minimum",
    "t.": "tome", "vol.": "volume", "chap.": "chapitre", "al.": "alinéa",
}  # fmt: skip
AFTER_FIGURE = {
    "janv.": "janvier", "févr.": "février", "avr.": "avril", "juil.": "juillet", "sept.": "septembre",
    "oct.": "octobre", "nov.": "novembre", "déc.": "décembre",
}  # fmt: skip
SPELLED = words(
    """
    AFP FMI BCE RSA EDF GDF AIEA CICR DGSE DGSI GIGN EELV URSS OCDE OSCE ORTF IRSN FNSEA LREM LFI
    """
)
SAID = {
    "INSEE": "Insée", "Insee": "Insée", "CEDEAO": "Cédéao", "Cedeao": "Cédéao", "ENA": "Éna", "INA": "Ina",
    "ETA": "Éta",
    "IRA": "Ira", "ZAD": "Zad", "COP": "Cop", "Fed": "Fède", "FED": "Fède",
}  # fmt: skip
"""Spelled though they are words, read in English, or not known as initials."""
REIGNING = (
    "Albert|Alexandre|Alphonse|Baudouin|Benoît|Charles|Clément|Édouard|Edouard|Élisabeth|Elizabeth|Ferdinand"
    "|François|Frédéric|George|Georges|Grégoire|Guillaume|Gustave|Hassan|Henri|Innocent|Jacques|Jean|Jean-Paul"
    "|Juan Carlos|Léopold|Louis|Mohammed|Napoléon|Nicolas|Paul|Philippe|Pie|Pierre|Richard|Sixte|Urbain"
)
"""After these names one letter is a numeral too: Charles X, but Malcolm X."""

_WOMEN = words("Élisabeth Elizabeth Catherine Marie Victoria")
_IN_NINE = {9: "neuvième", 19: "dix-neuvième", 29: "vingt-neuvième", 39: "trente-neuvième"}
_ORDINAL_ENDING = "(?:e|ème)"


def _reigning(match: re.Match[str]) -> str:
    name = match["name"]
    if match["first"]:
        return f"{name} {'première' if name in _WOMEN else 'premier'}"
    return f"{name} {value(match['numeral'])}"


def _ordinal(number: int) -> str:
    """As the engine takes it: it says "9ème" as "neuf-ième"."""
    return _IN_NINE.get(number, f"{number}ème")


def _hours(match: re.Match[str]) -> str:
    minutes = match["minutes"]
    hours = f"{match['hours']} {'heure' if int(match['hours']) < 2 else 'heures'}"
    return hours if minutes is None or minutes == "00" else f"{hours} {minutes}"


def _amount_of(size: str, currency: str) -> str:
    if size == "mille":
        return f"{size} {currency}"
    return f"{size} d'{currency}" if currency.startswith("euro") else f"{size} de {currency}"


RULE: Rule = in_order(
    addresses("point", "arobase", "hashtag", spell_countries=True),
    signs("fr"),
    dates(MONTHS, "{day} {month} {year}"),
    replacing(rf"(?<![\w.,/])1(?={SPACE}(?:{MONTHS.replace(' ', '|')}){SPACE}\d{{4}}(?!\d))", "1er"),
    replacing(rf"(?<=\d{SPACE})\(a\. ?p\.\)", "(après prolongation)"),
    one_by_one("plus", by_twos=True),
    coordinates("fr"),
    replacing(rf"(?<!\w)24{SPACE}?h/24(?!\w)", "24 heures sur 24"),
    replacing(rf"(?<!\w)7{SPACE}?j/7(?!\w)", "7 jours sur 7"),
    replacing(
        rf"(?<![\w.,:])(?P<hours>[01]?\d|2[0-4]){SPACE}?h(?:{SPACE}?(?P<minutes>[0-5]\d)(?:{SPACE}?(?:min|mn)\b)?)?(?![\w/])",
        _hours,
    ),
    replacing(rf"(?<=\d){SPACE}?(Mds?|Mrd)(?={SPACE}d[e'’])", " milliards"),
    money(CURRENCIES, MAGNITUDES, below_two_is_singular, of=_amount_of, cents=" {}", per=PER),
    measures(UNITS, below_two_is_singular),
    minus("moins"),
    replacing(
        rf"(?<!\w)(?P<name>{REIGNING}){SPACE}(?:(?P<first>I(?:er|re|ère)?)|(?P<numeral>{NUMERAL})){NOT_AN_INITIAL}",
        _reigning,
    ),
    replacing(r"(?<!\w)Ier(?!\w)", "premier"),
    replacing(rf"(?<!\w)I(?:re|ère)(?={SPACE}{CAPITAL})", "première"),
    replacing(rf"(?<!\w)({NUMERAL}){_ORDINAL_ENDING}(?!\w)", lambda match: _ordinal(value(match[1]))),
    replacing(rf"(?<![\w.'’-])({SEVERAL_LETTERS})(?![\w'’]|\.\w|-\w)", lambda match: str(value(match[1]))),
    replacing(r"(?<![\w.,])(?!1e)(\d{1,3})(?:e|ème)(?!\w)", lambda match: _ordinal(int(match[1]))),
    replacing(r"(?<!\w)1re(?!\w)", "première"),
    replacing(rf"(?<=ème{SPACE})s\.(?!\w){AT_END}", lambda match: "siècle" + full_stop(match, match[0])),
    replacing(
        rf"\b([Cc]hapitres?|[Tt]omes?|[Aa]ctes?|[Ss]cènes?|[Tt]itres?|[Ll]ivres?|[Vv]olumes?){SPACE}([IVX])(?![\w.'’-])",
        lambda match: f"{match[1]} {value(match[2])}",
    ),
    replacing(r"(?<!\w)([Rr]esp|[Aa]sp|[Ss]usp)ects?(?!\w)", r"\1è"),
    replacing(r"(?<!\w)2nd(e?)(?!\w)", r"second\1"),
    replacing(rf"(?<!\w)Me{SPACE}(?={CAPITAL}[a-zà-ÿ]+)(?!Me{SPACE}Too)", "Maître "),
    replacing(rf"(?<![\w.])([Aa])v\.(?={SPACE}(?!J\.){CAPITAL})", r"\1venue"),
    dotted(),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE, AFTER_FIGURE),
    initialisms(SPELLED, SAID),
)
