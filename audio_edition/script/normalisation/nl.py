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
from audio_edition.script.normalisation.rules import SPACE, Rule, in_order, one_is_singular, replacing
from audio_edition.script.tables import row

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december"
CURRENCIES = {
    "€": ("euro",), "EUR": ("euro",), "$": ("dollar",), "US$": ("dollar",), "USD": ("dollar",), "£": ("pond",),
}  # fmt: skip
MAGNITUDES = {
    **dict.fromkeys(("mln.", "mln", "miljoen"), ("miljoen",)),
    **dict.fromkeys(("mld.", "mld", "mrd.", "miljard"), ("miljard",)),
    "duizend": ("duizend",),
}
UNITS = {
    "km/u": ("kilometer per uur",), "km/h": ("kilometer per uur",), "m/s": ("meter per seconde",),
    "°C": ("graden Celsius",), "° C": ("graden Celsius",), "km²": ("vierkante kilometer",), "m²": ("vierkante meter",),
    "m2": ("vierkante meter",), "m³": ("kubieke meter",), "m3": ("kubieke meter",), "km": ("kilometer",),
    "m": ("meter",), "cm": ("centimeter",), "mm": ("millimeter",), "kg": ("kilo",), "g": ("gram",), "l": ("liter",),
    "ha": ("hectare",), "kWh": ("kilowattuur",), "kW": ("kilowatt",), "MW": ("megawatt",), "GW": ("gigawatt",),
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
    "zgn.": "zogenaamde",
}  # fmt: skip
BEFORE_NAME = {
    "dhr.": "de heer", "mevr.": "mevrouw", "mw.": "mevrouw", "dr.": "dokter", "prof.": "professor",
    "drs.": "doctorandus", "ir.": "ingenieur", "ing.": "ingenieur", "ds.": "dominee", "St.": "Sint",
    "prof. dr.": "professor dokter",
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


def _clock(match: re.Match[str]) -> str:
    minutes = int(match["minutes"])
    return f"{match['hours']} uur {minutes}" if minutes else f"{match['hours']} uur"


RULE: Rule = in_order(
    addresses("punt", "apenstaartje", "hashtag"),
    replacing(rf"(?<![\w.,:])(?P<hours>[01]?\d|2[0-4])[.:](?P<minutes>[0-5]\d){SPACE}(?:uur|u\.?)(?!\w)", _clock),
    replacing(r"(?<![\w./\-])(\d{1,2})-(\d{1,2})-(\d{4})(?![\w/\-])", r"\1/\2/\3"),
    dates(MONTHS, "{day} {month} {year}"),
    one_by_one("plus"),
    coordinates("nl"),
    money(CURRENCIES, MAGNITUDES, one_is_singular, cents=" {}"),
    measures(UNITS, one_is_singular),
    ranges("tot"),
    reigning(REIGNING, "de", _ORDINALS),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
)
