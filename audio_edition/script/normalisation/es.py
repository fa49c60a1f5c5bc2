"""Say in full what eSpeak NG's Spanish voice reads badly.

It reads "Felipe VI" as "bi", "Sr." with a pause behind it, "M€" as "eme euro", "5/3/2019" with "barra", and spells
words like ETA. Ranges, scores, percentages, "10:30", "1º" and numerals of centuries it mostly reads well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.coordinates import coordinates
from audio_edition.script.normalisation.digits import dates, minus, together
from audio_edition.script.normalisation.letters import as_words, dotted, initialisms
from audio_edition.script.normalisation.one_by_one import one_by_one
from audio_edition.script.normalisation.roman_numerals import NOT_AN_INITIAL, NUMERAL, ordinal, value
from audio_edition.script.normalisation.rules import FIGURE, SPACE, Rule, any_of, in_order, one_is_singular, replacing
from audio_edition.script.normalisation.signs import signs
from audio_edition.script.tables import row, words

MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
SHORT_MONTHS = {
    "ene": "enero", "feb": "febrero", "mar": "marzo", "abr": "abril", "jun": "junio", "jul": "julio", "ago": "agosto",
    "sep": "septiembre", "sept": "septiembre", "oct": "octubre", "nov": "noviembre", "dic": "diciembre",
}  # fmt: skip
CURRENCIES = {
    "€": ("euro", "euros"), "EUR": ("euro", "euros"), "$": ("dólar", "dólares"), "US$": ("dólar", "dólares"),
    "USD": ("dólar", "dólares"), "U$S": ("dólar", "dólares"), "£": ("libra", "libras"),
}  # fmt: skip
MAGNITUDES = {
    "M": ("millón", "millones"), "mill.": ("millón", "millones"), "mln": ("millón", "millones"), "MM": ("millones",),
    "k": ("mil",), "K": ("mil",), "millón": ("millón",), "millones": ("millones",), "mil millones": ("mil millones",),
}  # fmt: skip
PER = {"kg": "el kilo", "l": "el litro", "m²": "el metro cuadrado", "kWh": "el kilovatio hora",
"MWh": "el megavatio hora",
       "h": "la hora", "t": "la tonelada", "mes": "al mes", "año": "al año", "día": "al día"}  # fmt: skip
UNITS = {
    "km/h": ("kilómetro por hora", "kilómetros por hora"), "m/s": ("metro por segundo", "metros por segundo"),
    "°C": ("grado Celsius", "grados Celsius"), "ºC": ("grado Celsius", "grados Celsius"),
    "° C": ("grado Celsius", "grados Celsius"), "º C": ("grado Celsius", "grados Celsius"),
    "km²": ("kilómetro cuadrado", "kilómetros cuadrados"), "km2": ("kilómetro cuadrado", "kilómetros cuadrados"),
    "m²": ("metro cuadrado", "metros cuadrados"), "m2": ("metro cuadrado", "metros cuadrados"),
    "m³": ("metro cúbico", "metros cúbicos"), "m3": ("metro cúbico", "metros cúbicos"),
    "km": ("kilómetro", "kilómetros"), "m": ("metro", "metros"), "cm": ("centímetro", "centímetros"),
    "mm": ("milímetro", "milímetros"), "g": ("gramo", "gramos"), "t": ("tonelada", "toneladas"),
    "l": ("litro", "litros"), "ha": ("hectárea", "hectáreas"), "min": ("minuto", "minutos"),
    "h": ("hora", "horas"), "kWh": ("kilovatio hora", "kilovatios hora"), "kW": ("kilovatio", "kilovatios"),
    "MW": ("megavatio", "megavatios"), "GW": ("gigavatio", "gigavatios"),
    "µg/m³": ("microgramo por metro cúbico", "microgramos por metro cúbico"), "hab./km²": ("habitante por kilómetro "
    "cuadrado", "habitantes por kilómetro cuadrado"), "ct": ("céntimo", "céntimos"), "cts": ("céntimo", "céntimos"),
    "cts.": ("céntimo", "céntimos"), "uds.": ("unidad", "unidades"), "ud.": ("unidad", "unidades"),
    "Mbit/s": ("megabit por segundo", "megabits por segundo"),
    "mill.": ("millón", "millones"),
}  # fmt: skip
ANYWHERE = {
    "EE. UU.": "Estados Unidos", "EE UU": "Estados Unidos", "p. ej.": "por ejemplo", "a. C.": "antes de Cristo",
    "d. C.": "después de Cristo", "JJ. OO.": "Juegos Olímpicos", "JJ OO": "Juegos Olímpicos",
    "FF. AA.": "Fuerzas Armadas", "CC. OO.": "Comisiones Obreras", "RR. HH.": "recursos humanos",
    "CC. AA.": "comunidades autónomas", "Uds.": "ustedes", "Vds.": "ustedes", "Vd.": "usted",
    "M.ª": "María", "izda.": "izquierda", "dcha.": "derecha", "ctra.": "carretera",
    "aprox.": "aproximadamente", "Cía.": "compañía",
}  # fmt: skip
BEFORE_NAME = {
    "Sr.": "señor", "Sra.": "señora", "Srta.": "señorita", "Sres.": "señores", "Sras.": "señoras", "Dr.": "doctor",
    "Dra.": "doctora", "Dña.": "doña", "Avda.": "avenida", "Av.": "avenida", "C/": "calle", "c/": "calle",
    "Gral.": "general", "Sr.ª": "señora", "D.ª": "doña", "Dr.ª": "doctora", "Prof.ª": "profesora",
    "Sto.": "Santo", "Sta.": "Santa", "Fco.": "Francisco", "Ud.": "usted", "Prof.": "profesor", "Lic.": "licenciado",
    "Ing.": "ingeniero", "Pza.": "plaza", "Pdte.": "presidente",
}  # fmt: skip
BEFORE_FIGURE = {
    "pp.": "páginas", "p.": "página", "pág.": "página", "págs.": "páginas", "núm.": "número", "n.º": "número",
    "nº": "número", "n°": "número",
    "№": "número",
    "art.": "artículo", "arts.": "artículos", "máx.": "máximo", "mín.": "mínimo", "tel.": "teléfono",
    "cap.": "capítulo", "vol.": "volumen", "fig.": "figura", "párr.": "párrafo",
}  # fmt: skip
SPELLED = words("URSS IRPF CIDH TJUE OCDE OIEA AIEA OSCE AFP")
WORDS = words("ETA EFE IVA INE RAE BOE CUP PAN PRI CIA AVE ICO MIR ERE UCO UCI IRA NIE")
SAID = as_words(WORDS) | {
    "EEUU": "Estados Unidos", "JJOO": "Juegos Olímpicos", "CCOO": "Comisiones Obreras", "FFAA": "Fuerzas Armadas",
    "CO2": "C.O.2", "CO₂": "C.O.2",
    "CIA": "Cía", "CCAA": "comunidades autónomas",
}  # fmt: skip
REIGNING = (
    "Alberto|Alejandro|Alfonso|Amadeo|Benedicto|Carlos|Catalina|Eduardo|Enrique|Felipe|Fernando|Francisco|Gregorio"
    "|Guillermo"
    "|Haakon|Harald|Isabel|Jacobo|Jaime|Jorge|José|Juan|Juan Carlos|Juan Pablo|León|Leopoldo|Luis|Margarita"
    "|María|Mohamed|Napoleón|Nicolás|Pablo|Pedro|Pío|Ramiro|Sancho|Urbano|Victoria"
)
_WOMEN = words("Catalina Isabel Margarita María Victoria")
_ORDINALS = row("primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo")
_TIMES = row("una dos tres")
_PARTS_OF = {"3": "tercera", "4": "cuarta"}
_COUNTED_WOMEN = "Guerra|República|Internacional|Cumbre|Conferencia|Edición|edición|Bienal|Asamblea|Copa"


def _reigning(match: re.Match[str]) -> str:
    return f"{match['name']} {ordinal(match['numeral'], _ORDINALS, feminine=match['name'] in _WOMEN)}"


def _first_war(match: re.Match[str]) -> str:
    return ordinal(match[1], _ORDINALS, feminine=True).capitalize()


def _clock(match: re.Match[str]) -> str:
    hours, minutes = match["hours"], match["minutes"]
    return f"{hours} horas" if minutes == "00" else f"{hours}:{minutes} horas"


def _amount_of(size: str, currency: str) -> str:
    return f"{size} {currency}" if size == "mil" else f"{size} de {currency}"


RULE: Rule = in_order(
    addresses("punto", "arroba", "hashtag"),
    signs("es"),
    coordinates("es"),
    together,
    dates(MONTHS, "{day} de {month} de {year}"),
    one_by_one("más"),
    replacing(
        rf"(?<![\w.,:])(?P<hours>[01]?\d|2[0-4])[.:](?P<minutes>[0-5]\d){SPACE}(?:h|hs|horas)\b\.?(?!{SPACE}?[A-Z]\b)",
        _clock,
    ),
    replacing(r"(?<=[Ll]as )([01]?\d|2[0-4])\.([0-5]\d)(?![\d%]|[.,]\d)", r"\1:\2"),
    replacing(rf"(?<![\w.,:])([01]?\d|2[0-4]){SPACE}?h{SPACE}?([0-5]\d)(?!\w)", r"\1:\2"),
    replacing(
        rf"(?<=\d{SPACE})({any_of(SHORT_MONTHS)})\b(?:\.(?={SPACE}?\d))?", lambda match: f"de {SHORT_MONTHS[match[1]]}"
    ),
    replacing(rf"(?<!\w)\$(?={SPACE}?{FIGURE}{SPACE}(?:de{SPACE})?(?:pesos|soles|bolívares|dólares)\b)", ""),
    money(CURRENCIES, MAGNITUDES, one_is_singular, of=_amount_of, cents=" con {}", per=PER),
    replacing(r"(?<![\w.,])1 (?=euro\b|dólar\b|millón\b)", "un "),
    replacing(r"(?<!\w)(\d{1,3})\.(?=[ºª](?!\w))", r"\1"),
    replacing(r"(?<![\w.,])([13])\.?er(?!\w)", lambda match: {"1": "primer", "3": "tercer"}[match[1]]),
    measures(UNITS, one_is_singular),
    minus("menos"),
    replacing(rf"\b(millón|millones) de{SPACE}([$€£])(?!\w)", lambda match: f"{match[1]} de {CURRENCIES[match[2]][1]}"),
    replacing(rf"(?<=[ºª]{SPACE})ed\.(?!\w)", "edición"),
    replacing(rf"(?<![\w.])ss\.{SPACE}?(?={NUMERAL}(?!\w))", "siglos "),
    replacing(rf"(?<![\w.])S\.{SPACE}?M\.(?={SPACE}(?:el|la|don|doña)\b)", "Su Majestad"),
    replacing(rf"(?<![\w.])S\.{SPACE}?A\.{SPACE}?R\.(?={SPACE}(?:el|la|don|doña)\b)", "Su Alteza Real"),
    replacing(
        rf"(?<![\w.,/])([123])/([34])(?={SPACE}partes?\b)",
        lambda match: f"{_TIMES[int(match[1]) - 1]} {_PARTS_OF[match[2]]}{'s' * (match[1] != '1')}",
    ),
    replacing(rf"(?<!\w)(?P<name>{REIGNING}){SPACE}(?P<numeral>{NUMERAL}){NOT_AN_INITIAL}", _reigning),
    replacing(rf"(?<![\w.])({NUMERAL})(?={SPACE}(?:{_COUNTED_WOMEN})\b)", _first_war),
    replacing(rf"(?<![\w.])s\.{SPACE}?(?={NUMERAL}(?!\w))", "siglo "),
    dotted(),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
    replacing(
        rf"(?P<before>\b(?:[Ss]iglos?|[Cc]apítulos?|[Tt]ítulos?|[Tt]omos?){SPACE})(?P<numeral>VI|[IVX])(?![\w.])",
        lambda match: f"{match['before']}{value(match['numeral'])}",
    ),
    replacing(rf"(?<=\w{SPACE})&(?={SPACE}\w)", "y"),
    initialisms(SPELLED, SAID),
)
