"""Say in full what eSpeak NG's Danish voice reads badly.

It reads "kl.", "kr.", "pct." and "bl.a." by their letters, "mio." as it stands, "km/t" with "skråstreg". Decimals,
"3. oktober", scores and some numerals of kings it reads well.
"""

from __future__ import annotations

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.digits import dates, minus, ranges
from audio_edition.script.normalisation.one_by_one import one_by_one
from audio_edition.script.normalisation.ordinals import reigning
from audio_edition.script.normalisation.rules import SPACE, Rule, in_order, one_is_singular, replacing
from audio_edition.script.normalisation.signs import signs
from audio_edition.script.tables import row

MONTHS = "januar februar marts april maj juni juli august september oktober november december"
_CROWN = ("krone", "kroner")
CURRENCIES = {
    "kr.": _CROWN, "kr": _CROWN, "DKK": _CROWN, "€": ("euro",), "EUR": ("euro",), "$": ("dollar",), "USD": ("dollar",),
    "£": ("pund",),
}  # fmt: skip
_MILLION, _MILLIARD = ("million", "millioner"), ("milliard", "milliarder")
MAGNITUDES = {
    **dict.fromkeys(("mio.", "mio", "millioner"), _MILLION), "million": ("million",),
    **dict.fromkeys(("mia.", "mia", "mia.", "milliarder"), _MILLIARD), "milliard": ("milliard",), "tusind": ("tusind",),
}  # fmt: skip
PER = {"kg": "per kilo", "l": "per liter", "m²": "per kvadratmeter", "kWh": "per kilowatttime", "time": "i timen",
       "md.": "om måneden", "år": "om året", "dag": "om dagen"}  # fmt: skip
UNITS = {
    "km/t": ("kilometer i timen",), "km/h": ("kilometer i timen",), "m/s": ("meter i sekundet",),
    "°C": ("grader Celsius",), "° C": ("grader Celsius",), "km²": ("kvadratkilometer",), "m²": ("kvadratmeter",),
    "m2": ("kvadratmeter",), "kvm": ("kvadratmeter",), "m³": ("kubikmeter",), "m3": ("kubikmeter",),
    "km": ("kilometer",), "m": ("meter",), "cm": ("centimeter",), "mm": ("millimeter",), "kg": ("kilo",),
    "g": ("gram",), "l": ("liter",), "ha": ("hektar",), "kWh": ("kilowatttime", "kilowatttimer"), "kW": ("kilowatt",),
    "MW": ("megawatt",), "GW": ("gigawatt",), "pct.": ("procent",), "µg/m³": ("mikrogram per kubikmeter",),
    "mio.": _MILLION, "mia.": _MILLIARD,
}  # fmt: skip
ANYWHERE = {
    "o. a.": "og andet", "d. v. s.": "det vil sige", "bl. a.": "blandt andet", "f. eks.": "for eksempel",
    "dvs.": "det vil sige", "m. m.": "med mere",
    "osv.": "og så videre", "ca.": "cirka", "inkl.": "inklusive", "ekskl.": "eksklusive", "m. fl.": "med flere",
    "pga.": "på grund af", "p. g. a.": "på grund af", "jf.": "jævnfør", "mv.": "med videre", "m. v.": "med videre",
    "o. l.": "og lignende", "f. Kr.": "før Kristus", "e. Kr.": "efter Kristus", "etc.": "et cetera",
    "årh.": "århundrede", "pct.": "procent",
}  # fmt: skip
BEFORE_NAME = {"hr.": "herr", "dr.": "doktor", "prof.": "professor", "Skt.": "Sankt", "Sct.": "Sankt"}
BEFORE_FIGURE = {
    "kl.": "klokken", "nr.": "nummer", "s.": "side", "tlf.": "telefon", "kap.": "kapitel", "maks.": "maksimalt",
    "min.": "mindst", "fig.": "figur", "stk.": "stykke", "art.": "artikel", "f.": "født",
}  # fmt: skip
REIGNING = (
    "Christian|Frederik|Margrethe|Valdemar|Erik|Gustav|Karl|Carl|Harald|Haakon|Olav|Elizabeth|Ludvig|Henrik|Georg"
    "|Johannes Paul|Johannes|Benedikt|Pius|Leo|Napoleon|Katarina|Nikolaj|Alexander|Wilhelm|Filip"
)
_ORDINALS = row(
    "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte trettende fjortende femtende "
    "sekstende syttende attende nittende tyvende enogtyvende toogtyvende treogtyvende"
)

RULE: Rule = in_order(
    replacing(r"(?<=\d) ?t\.kr\.?(?!\w)", " tusind kroner"),
    replacing(
        rf"(?<![\w.,])(\d\d?)\.{SPACE}?[-–]{SPACE}?(?=\d\d?\.{SPACE}(?:{MONTHS.replace(' ', '|')})\b)",
        lambda match: f"{_ORDINALS[int(match[1]) - 1]} til " if 0 < int(match[1]) <= len(_ORDINALS) else match[0],
    ),
    addresses("punktum", "snabel-a", "hashtag"),
    signs("da"),
    dates(MONTHS, "{day}. {month} {year}"),
    replacing(rf"(?<=\b[Kk]l\.)({SPACE}?)([01]?\d|2[0-4])[.:]([0-5]\d)(?![\d%]|[.,]\d)", r"\1\2 \3"),
    one_by_one("plus"),
    money(CURRENCIES, MAGNITUDES, one_is_singular, cents=" {}", per=PER),
    measures(UNITS, one_is_singular),
    minus("minus"),
    ranges("til"),
    reigning(REIGNING, "den", _ORDINALS),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
)
