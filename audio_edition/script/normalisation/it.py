"""Say in full what eSpeak NG's Italian voice reads badly.

It reads "l'80%" as "elle ottanta", "3,5 mln" and "km" by their letters, "dott." as it stands, "ore 10.30" with
"punto". It knows that Carlo III is "terzo", but not V, VI or a numeral's gender. Ranges, scores and percentages it
reads well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.coordinates import coordinates
from audio_edition.script.normalisation.digits import dates, together
from audio_edition.script.normalisation.letters import as_words, dotted, initialisms
from audio_edition.script.normalisation.one_by_one import one_by_one
from audio_edition.script.normalisation.roman_numerals import NOT_AN_INITIAL, NUMERAL, ordinal
from audio_edition.script.normalisation.rules import (
    AT_END,
    SPACE,
    Rule,
    full_stop,
    in_order,
    one_is_singular,
    replacing,
)
from audio_edition.script.normalisation.signs import signs
from audio_edition.script.tables import row, words

MONTHS = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
CURRENCIES = {
    "€": ("euro",), "EUR": ("euro",), "$": ("dollaro", "dollari"), "US$": ("dollaro", "dollari"),
    "USD": ("dollaro", "dollari"),
    "£": ("sterlina", "sterline"), "CHF": ("franco svizzero", "franchi svizzeri"),
}  # fmt: skip
MAGNITUDES = {
    "M": ("milione", "milioni"), "mln": ("milione", "milioni"), "mln.": ("milione", "milioni"),
    "mld": ("miliardo", "miliardi"), "mld.": ("miliardo", "miliardi"), "milione": ("milione",), "milioni": ("milioni",),
    "miliardo": ("miliardo",), "miliardi": ("miliardi",), "mila": ("mila",),
}  # fmt: skip
PER = {"kg": "al chilo", "l": "al litro", "m²": "al metro quadrato", "mq": "al metro quadrato",
"kWh": "al chilowattora",
       "MWh": "al megawattora", "h": "all'ora", "t": "alla tonnellata", "mese": "al mese",
       "anno": "all'anno"}  # fmt: skip
UNITS = {
    "km/h": ("chilometro orario", "chilometri orari"), "m/s": ("metro al secondo", "metri al secondo"),
    "°C": ("grado Celsius", "gradi Celsius"), "ºC": ("grado Celsius", "gradi Celsius"),
    "° C": ("grado Celsius", "gradi Celsius"),
    "km²": ("chilometro quadrato", "chilometri quadrati"), "km2": ("chilometro quadrato", "chilometri quadrati"),
    "m²": ("metro quadrato", "metri quadrati"), "m2": ("metro quadrato", "metri quadrati"),
    "mq": ("metro quadrato", "metri quadrati"),
    "m³": ("metro cubo", "metri cubi"), "m3": ("metro cubo", "metri cubi"), "km": ("chilometro", "chilometri"),
    "m": ("metro", "metri"), "cm": ("centimetro", "centimetri"), "mm": ("millimetro", "millimetri"),
    "kg": ("chilo", "chili"), "g": ("grammo", "grammi"), "t": ("tonnellata", "tonnellate"), "l": ("litro", "litri"),
    "ha": ("ettaro", "ettari"), "min": ("minuto", "minuti"), "kWh": ("chilowattora",), "MW": ("megawatt",),
    "GW": ("gigawatt",),
    "kW": ("chilowatt",),
    "µg/m³": ("microgrammo al metro cubo", "microgrammi al metro cubo"), "ab./km²": ("abitante per chilometro "
    "quadrato", "abitanti per chilometro quadrato"), "cent.": ("centesimo", "centesimi"),
    "Mbit/s": ("megabit al secondo",), **{size: MAGNITUDES[size] for size in ("mln", "mln.", "mld", "mld.")},
}  # fmt: skip
ANYWHERE = {
    "ecc.": "eccetera", "ad es.": "ad esempio", "p. es.": "per esempio", "a. C.": "avanti Cristo",
    "d. C.": "dopo Cristo", "cfr.": "confronta", "D. Lgs.": "decreto legislativo", "d. lgs.": "decreto legislativo",
    "d. t. s.": "dopo i tempi supplementari",
}  # fmt: skip
BEFORE_NAME = {
    "dott.": "dottor", "dott.ssa": "dottoressa", "dr.": "dottor", "dr.ssa": "dottoressa", "sig.": "signor",
    "sig.ra": "signora", "sig.na": "signorina", "sigg.": "signori", "prof.": "professor", "prof.ssa": "professoressa",
    "avv.": "avvocato", "ing.": "ingegner", "on.": "onorevole", "mons.": "monsignor", "gen.": "generale",
    "col.": "colonnello", "cap.": "capitano", "il sen.": "il senatore", "la sen.": "la senatrice",
    "p.zza": "piazza", "p.za": "piazza", "v.le": "viale",
    "arch.": "architetto", "geom.": "geometra",
}  # fmt: skip
BEFORE_FIGURE = {
    "pag.": "pagina", "pagg.": "pagine", "art.": "articolo", "artt.": "articoli", "n.": "numero", "n°": "numero",
    "nº": "numero",
    "co.": "comma", "tel.": "telefono", "cap.": "capitolo", "vol.": "volume", "ca.": "circa", "fig.": "figura",
    "figg.": "figure",
}  # fmt: skip
WORDS = words("ONU PIL ENI TAV TAR GIP GUP IMU IVA MES CEI BOT UIL ETA IRA CED")
SAID = as_words(WORDS) | {
    "CGIL": "Cigielle", "Cgil": "Cigielle", "FdI": "F.D.I", "AIEA": "A.I.E.A", "AFP": "A.F.P",
}  # fmt: skip
SAINTS = {
    "San": "Francesco Gennaro Giorgio Giovanni Giuseppe Lorenzo Luca Marco Martino Paolo Pietro Siro Vitale",
    "Santa": "Caterina Chiara Croce Lucia Maria Teresa",
    "Santo": "Stefano",
}
_SAINTS = {name: title for title, names in SAINTS.items() for name in names.split()}
_WHOLE = {"ap.": "apitolo", "ec.": "ecolo"}
_ORDINALS = row("primo secondo terzo quarto quinto sesto settimo ottavo nono decimo")
_MEN = (
    "Alberto|Alessandro|Alfonso|Benedetto|Carlo|Carlo Alberto|Clemente|Enrico|Federico|Ferdinando|Filippo|Francesco"
    "|Giacomo|Giorgio|Giovanni|Giovanni Paolo|Gregorio|Guglielmo|Leone|Leopoldo|Luigi|Napoleone|Nicola|Paolo|Pietro"
    "|Pio|Sisto|Umberto|Urbano|Vittorio Amedeo|Vittorio Emanuele"
)
_WOMEN = "Caterina|Elisabetta|Isabella|Maria|Vittoria"
_AFTER_DEGREE = (
    "posto|minuto|turno|anniversario|compleanno|piano|secolo|giorno|governo|congresso|giornata|edizione|set|giro|gol|"
    + MONTHS.replace(" ", "|")
)
_VOWELS_FIRST = {"1": "uno", "8": "otto", "11": "undici", "800": "ottocento", "80": "ottanta"} | {
    f"8{ones}": "ottant" + rest
    for ones, rest in enumerate(row("uno adue atré aquattro acinque asei asette otto anove"), start=1)
}
"""Figures that take an article without its vowel: l'8 marzo, l'11%, l'Ottocento."""


def _elided(match: re.Match[str]) -> str:
    return f"{match[1]}'{_VOWELS_FIRST[match[2]]}" + (f" virgola {match[3]}" if match[3] else "")


def _amount_of(size: str, currency: str) -> str:
    return f"{size} {currency}" if size == "mila" else f"{size} di {currency}"


RULE: Rule = in_order(
    addresses("punto", "chiocciola", "hashtag"),
    signs("it"),
    coordinates("it"),
    together,
    dates(MONTHS, "{day} {month} {year}"),
    one_by_one("più"),
    replacing(rf"(?<![\w.,/])1(?={SPACE}(?:{MONTHS.replace(' ', '|')})\b)", "1º"),
    replacing(rf"(?<=\d)°(?={SPACE}(?:{_AFTER_DEGREE})\b)", "º"),
    replacing(
        r"(?P<before>\b(?:[Oo]re|[Aa]lle|[Dd]alle|le) )(?P<hours>[01]?\d|2[0-4])[.:](?P<minutes>[0-5]\d)"
        r"(?![\d%]|[.,]\d| ?(?:euro|mila|milion|miliard|€))",
        lambda match: (
            f"{match['before']}{match['hours']}" + (f":{match['minutes']}" if match["minutes"] != "00" else "")
        ),
    ),
    money(CURRENCIES, MAGNITUDES, one_is_singular, of=_amount_of, cents=" e {}", per=PER),
    measures(UNITS, one_is_singular),
    replacing(r"(?<!\w)([Ll]|[Uu]n)['’](1|8|11|8\d|800)(?:,(\d{1,3}))?(?![\d.])", _elided),
    replacing(
        rf"(?<!\w)({_MEN}){SPACE}({NUMERAL}){NOT_AN_INITIAL}",
        lambda match: f"{match[1]} {ordinal(match[2], _ORDINALS)}",
    ),
    replacing(
        rf"(?<!\w)({_WOMEN}){SPACE}({NUMERAL}){NOT_AN_INITIAL}",
        lambda match: f"{match[1]} {ordinal(match[2], _ORDINALS, feminine=True)}",
    ),
    replacing(
        rf"(?<![\w.])({NUMERAL})(?={SPACE}(?:guerra|Guerra|repubblica|Repubblica|edizione|giornata|sezione)\b)",
        lambda match: ordinal(match[1], _ORDINALS, feminine=True),
    ),
    replacing(
        rf"\b([Ss]ecolo|[Ss]ec\.|[Cc]apitolo|[Cc]ap\.){SPACE}({NUMERAL}){NOT_AN_INITIAL}(?![-–])",
        lambda match: f"{match[1][0]}{_WHOLE.get(match[1][1:], match[1][1:])} {ordinal(match[2], _ORDINALS)}",
    ),
    replacing(rf"(?<=[IVX]{SPACE})sec\.(?!\w){AT_END}", lambda match: "secolo" + full_stop(match, match[0])),
    replacing(rf"(?<![\w.])({NUMERAL})(?={SPACE}secolo\b)", lambda match: ordinal(match[1], _ORDINALS)),
    replacing(rf"(?<![\w.])S\.{SPACE}?({'|'.join(_SAINTS)})(?!\w)", lambda match: f"{_SAINTS[match[1]]} {match[1]}"),
    replacing(rf"(?<![\w.])[Ss]ecc\.{SPACE}?(?={NUMERAL}(?!\w))", "secoli "),
    replacing(r"(?<!\w)[Ll]ett\.(?= ?[a-z]\))", "lettera"),
    replacing(
        rf"\b(milion[ei]|miliard[oi]) di{SPACE}([$€£])(?!\w)", lambda match: f"{match[1]} di {CURRENCIES[match[2]][-1]}"
    ),
    replacing(rf"(?<=\d)/(?=\d\d?{SPACE}(?:{MONTHS.replace(' ', '|')})\b)", ", "),
    dotted(),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
    replacing(rf"(?<=\w{SPACE})&(?={SPACE}\w)", "e"),
    initialisms(frozenset(), SAID),
)
