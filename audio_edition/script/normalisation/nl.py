"""Say in full what eSpeak NG's Dutch voice reads badly.

It reads "d.w.z.", "mln." and "km/u" by their letters, "€ 12,50" as "euroteken", "Willem III" as three letters, and
"mevr." as it stands. Decimals, percentages, "19e" and scores it reads well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.coordinates import coordinates
from audio_edition.script.normalisation.digits import dates, ranges
from audio_edition.script.normalisation.one_by_one import one_by_one
from audio_edition.script.normalisation.ordinals import reigning
from audio_edition.script.normalisation.roman_numerals import NUMERAL, value
from audio_edition.script.normalisation.rules import SPACE, Rule, in_order, one_is_singular, replacing
from audio_edition.script.normalisation.signs import signs
from audio_edition.script.tables import row

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
CURRENCIES = {
    "€": ("euro",), "EUR": ("euro",), "$": ("dollar",), "US$": ("dollar",), "USD": ("dollar",), "£": ("pond",),
    "CHF": ("Zwitserse frank",),
}  # fmt: skip
MAGNITUDES = {
    **dict.fromkeys(("mln.", "mln", "miljoen"), ("miljoen",)),
    **dict.fromkeys(("mld.", "mld", "mrd.", "miljard"), ("miljard",)),
    "duizend": ("duizend",),
}
PER = {"kg": "per kilo", "l": "per liter", "m²": "per vierkante meter", "kWh": "per kilowattuur",
"MWh": "per megawattuur",
       "uur": "per uur", "maand": "per maand", "jaar": "per jaar", "dag": "per dag"}  # fmt: skip
UNITS = {
    "km/u": ("kilometer per uur",), "km/h": ("kilometer per uur",), "m/s": ("meter per seconde",),
    "°C": ("graden Celsius",), "° C": ("graden Celsius",), "km²": ("vierkante kilometer",), "m²": ("vierkante meter",),
    "m2": ("vierkante meter",), "m³": ("kubieke meter",), "m3": ("kubieke meter",), "km": ("kilometer",),
    "m": ("meter",), "cm": ("centimeter",), "mm": ("millimeter",), "kg": ("kilo",), "g": ("gram",), "l": ("liter",),
    "ha": ("hectare",), "kWh": ("kilowattuur",), "kW": ("kilowatt",), "MW": ("megawatt",), "GW": ("gigawatt",),
    "µg/m³": ("microgram per kubieke meter",), "inw./km²": ("inwoners per vierkante kilometer",), "ct": ("cent",),
    "min.": ("minuut", "minuten"), "sec.": ("seconde", "seconden"),
    **{short: forms for short, forms in MAGNITUDES.items() if short.startswith(("ml", "mr"))},
}  # fmt: skip
ANYWHERE = {
    "d. w. z.": "dat wil zeggen", "o. a.": "onder andere", "m. b. t.": "met betrekking tot", "a. u. b.": "alstublieft",
    "i. p. v.": "in plaats van", "t. o. v.": "ten opzichte van", "m. a. w.": "met andere woorden",
    "n. a. v.": "naar aanleiding van", "t. b. v.": "ten behoeve van", "i. v. m.": "in verband met",
    "i. s. m.": "in samenwerking met", "t. a. v.": "ter attentie van", "m. i. v.": "met ingang van",
    "v. Chr.": "voor Christus", "n. Chr.": "na Christus", "bijv.": "bijvoorbeeld", "bv.": "bijvoorbeeld",
    "enz.": "enzovoort", "etc.": "et cetera", "ca.": "circa", "incl.": "inclusief", "excl.": "exclusief",
    "resp.": "respectievelijk", "evt.": "eventueel", "jl.": "jongstleden", "a. s.": "aanstaande", "t/m": "tot en met",
    "zgn.": "zogenaamde", "m. b. v.": "met behulp van", "e. a.": "en anderen", "p. j.": "per jaar",
}  # fmt: skip
BEFORE_NAME = {
    "dhr.": "de heer", "mevr.": "mevrouw", "mw.": "mevrouw", "dr.": "dokter", "prof.": "professor",
    "drs.": "doctorandus", "ir.": "ingenieur", "ing.": "ingenieur", "ds.": "dominee", "St.": "Sint",
    "prof. dr.": "professor doctor", "prof. dr. ir.": "professor doctor ingenieur", "dr. ir.": "doctor ingenieur",
    "a. d.": "aan de",
}  # fmt: skip
BEFORE_FIGURE = {
    "blz.": "bladzijde", "p.": "pagina", "nr.": "nummer", "nrs.": "nummers", "art.": "artikel", "tel.": "telefoon",
    "max.": "maximaal", "min.": "minimaal", "hfst.": "hoofdstuk", "fig.": "figuur", "par.": "paragraaf",
    "gem.": "gemiddeld", "geb.": "geboren",
}  # fmt: skip
REIGNING = (
    "Willem|Karel|Filips|Hendrik|Lodewijk|Frederik|George|Napoleon|Leopold|Albert|Boudewijn|Johannes Paulus|Johannes"
    "|Benedictus|Pius|Leo|Philips|Elizabeth|Catharina|Alexander|Nicolaas"
)
_ORDINALS = row(
    "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende "
    "vijftiende zestiende zeventiende achttiende negentiende twintigste eenentwintigste tweeëntwintigste "
    "drieëntwintigste"
)


def _numbered(match: re.Match[str]) -> str:
    number = value(match["numeral"])
    return _ORDINALS[number - 1] if number <= len(_ORDINALS) else match[0]


def _clock(match: re.Match[str]) -> str:
    minutes = int(match["minutes"])
    return f"{match['hours']} uur {minutes}" if minutes else f"{match['hours']} uur"


RULE: Rule = in_order(
    addresses("punt", "apenstaartje", "hashtag"),
    signs("nl"),
    replacing(rf"(?<![\w.,:])(?P<hours>[01]?\d|2[0-4])[.:](?P<minutes>[0-5]\d){SPACE}(?:uur|u\.?)(?!\w)", _clock),
    replacing(r"(?<![\w.,:])(?P<hours>[01]?\d|2[0-4])u(?P<minutes>[0-5]\d)(?!\w)", _clock),
    replacing(rf"(?<!\w)(?P<numeral>{NUMERAL})(?:de|ste|e)(?!\w)", _numbered),
    replacing(rf"(?<=\d)/(?=\d\d?{SPACE}(?:{MONTHS.replace(' ', '|')})\b)", ", "),
    replacing(rf"(?<=\d{SPACE})\(n\. ?v\.\)", "(na verlenging)"),
    replacing(r"(?<![\w./\-])(\d{1,2})-(\d{1,2})-(\d{4})(?![\w/\-])", r"\1/\2/\3"),
    dates(MONTHS, "{day} {month} {year}"),
    one_by_one("plus"),
    coordinates("nl"),
    money(CURRENCIES, MAGNITUDES, one_is_singular, cents=" {}", per=PER),
    measures(UNITS, one_is_singular),
    ranges("tot"),
    reigning(REIGNING, "de", _ORDINALS),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
)
