"""Say in full what eSpeak NG's voices read badly in Portuguese, of Portugal or Brazil.

They read "R$ 50" as "erre ao dólar", "2014-2019" with "menos", "D. Pedro" as "quinhentos", "Sr." by its letters.
Decimals, percentages, "10:30", "1º" and numerals from XI on they read well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.coordinates import coordinates
from audio_edition.script.normalisation.digits import dates, ranges, together
from audio_edition.script.normalisation.letters import as_words, dotted, initialisms
from audio_edition.script.normalisation.one_by_one import one_by_one
from audio_edition.script.normalisation.roman_numerals import NOT_AN_INITIAL, NUMERAL, ordinal, value
from audio_edition.script.normalisation.rules import SPACE, Rule, in_order, one_is_singular, replacing
from audio_edition.script.normalisation.signs import signs
from audio_edition.script.tables import row, words

MONTHS = "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
CURRENCIES = {
    "R$": ("real", "reais"), "€": ("euro", "euros"), "EUR": ("euro", "euros"), "US$": ("dólar", "dólares"),
    "$": ("dólar", "dólares"), "USD": ("dólar", "dólares"), "£": ("libra", "libras"),
}  # fmt: skip
MAGNITUDES = {
    "M": ("milhão", "milhões"), "mi": ("milhão", "milhões"), "bi": ("bilhão", "bilhões"),
    "tri": ("trilhão", "trilhões"),
    **{word: (word,) for word in row("milhão milhões bilhão bilhões trilhão trilhões bilião biliões mil")},
}  # fmt: skip
PER = {"kg": "o quilo", "l": "o litro", "m²": "o metro quadrado", "kWh": "o quilowatt-hora", "h": "à hora",
"t": "a tonelada",
       "mês": "por mês", "ano": "por ano", "dia": "por dia"}  # fmt: skip
UNITS = {
    "km/h": ("quilómetro por hora", "quilómetros por hora"), "m/s": ("metro por segundo", "metros por segundo"),
    "°C": ("grau Celsius", "graus Celsius"), "ºC": ("grau Celsius", "graus Celsius"),
    "° C": ("grau Celsius", "graus Celsius"),
    "km²": ("quilómetro quadrado", "quilómetros quadrados"), "km2": ("quilómetro quadrado", "quilómetros quadrados"),
    "m²": ("metro quadrado", "metros quadrados"), "m2": ("metro quadrado", "metros quadrados"),
    "m³": ("metro cúbico", "metros cúbicos"), "m3": ("metro cúbico", "metros cúbicos"),
    "km": ("quilómetro", "quilómetros"), "m": ("metro", "metros"), "cm": ("centímetro", "centímetros"),
    "mm": ("milímetro", "milímetros"), "kg": ("quilo", "quilos"), "g": ("grama", "gramas"),
    "t": ("tonelada", "toneladas"),
    "l": ("litro", "litros"), "ha": ("hectare", "hectares"), "min": ("minuto", "minutos"), "kWh": ("quilowatt-hora",),
    "kW": ("quilowatt", "quilowatts"), "MW": ("megawatt", "megawatts"), "GW": ("gigawatt", "gigawatts"),
    "µg/m³": ("micrograma por metro cúbico", "microgramas por metro cúbico"), "hab./km²": ("habitante por quilómetro "
    "quadrado", "habitantes por quilómetro quadrado"),
    "Mbit/s": ("megabit por segundo", "megabits por segundo"),
}  # fmt: skip
ANYWHERE = {
    "p. ex.": "por exemplo", "por ex.": "por exemplo", "a. C.": "antes de Cristo", "d. C.": "depois de Cristo",
}  # fmt: skip
BEFORE_NAME = {
    "Sr.": "senhor", "Sra.": "senhora", "Srs.": "senhores", "Dr.": "doutor", "Dra.": "doutora", "Prof.": "professor",
    "Sr.ª": "senhora", "Dr.ª": "doutora", "D.ª": "Dona", "Profa.": "professora", "Prof.ª": "professora",
    "Eng.": "engenheiro", "Exmo.": "excelentíssimo",
    "Exma.": "excelentíssima", "Av.": "avenida", "Gen.": "general", "Cel.": "coronel", "Sto.": "Santo", "Sta.": "Santa",
    "Cia.": "companhia", "Min.": "ministro",
}  # fmt: skip
BEFORE_FIGURE = {
    "pp.": "páginas", "p.": "página", "ap.": "apartamento", "pág.": "página", "págs.": "páginas", "art.": "artigo",
    "n.º": "número", "n°": "número", "núm.": "número",
    "tel.": "telefone", "cap.": "capítulo", "vol.": "volume", "fig.": "figura", "séc.": "século",
}  # fmt: skip
SPELLED = words("IBGE INSS BNDES URSS UFRJ OCDE OSCE AIEA CV AFP MC")
WORDS = words("ONU PIB DEM SUS CUT TAP MEC PAN INE SIC")
DOM = "Afonso|Dinis|Duarte|Fernando|Henrique|João|José|Luís|Manuel|Miguel|Pedro|Sancho|Sebastião|Carlos|Américo|Odilo"
DONA = "Ana|Beatriz|Catarina|Filipa|Leonor|Maria|Teresa|Isabel|Leopoldina"
REIGNING = (
    f"{DOM}|{DONA}|Alexandre|Bento|Elizabeth|Filipe|Francisco|Gregório|Guilherme|Jorge|João Paulo|Juan Carlos|Leão"
    "|Napoleão"
    "|Nicolau|Paulo|Pio|Urbano|Vitória"
)
_WOMEN = words("Ana Beatriz Catarina Elizabeth Filipa Isabel Leonor Maria Teresa Vitória")
_ORDINALS = row("primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo")


def _reigning(match: re.Match[str]) -> str:
    return f"{match['name']} {ordinal(match['numeral'], _ORDINALS, feminine=match['name'] in _WOMEN)}"


def _hours(match: re.Match[str]) -> str:
    hours, minutes = match["hours"], match["minutes"]
    said = f"{hours} {'hora' if int(hours) == 1 else 'horas'}"
    return said if minutes is None or minutes == "00" else f"{said} e {minutes}"


def _short_date(match: re.Match[str]) -> str:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    return f"{match['before']}{match['gap']}{day} de {row(MONTHS)[month - 1]} de {match['year']}"


def _amount_of(size: str, currency: str) -> str:
    return f"{size} {currency}" if size == "mil" else f"{size} de {currency}"


RULE: Rule = in_order(
    addresses("ponto", "arroba", "hashtag"),
    signs("pt"),
    dates(MONTHS, "{day} de {month} de {year}"),
    one_by_one("mais"),
    coordinates("pt"),
    together,
    replacing(
        rf"(?<![\w.,:])(?P<hours>[01]?\d|2[0-4]){SPACE}?h(?:s|{SPACE}?(?P<minutes>[0-5]\d)(?:{SPACE}?m(?:in)?)?)?(?!\w)",
        _hours,
    ),
    money(CURRENCIES, MAGNITUDES, one_is_singular, of=_amount_of, cents=" e {}", per=PER),
    measures(UNITS, one_is_singular),
    replacing(
        rf"\b(?P<before>[Dd]ia|de|do|[Ee]m|[Nn]o|[Aa]té|e)(?P<gap>{SPACE})"
        r"(?P<day>\d\d?)-(?P<month>\d\d?)-(?P<year>\d\d)(?![\w-])",
        _short_date,
    ),
    ranges("a", "a"),
    replacing(rf"(?<=[ºª]{SPACE})ed\.(?!\w)", "edição"),
    replacing(r"(?<!\w)(\d{1,3})\.(?=[ºª](?!\w))", r"\1"),
    replacing(rf"(?<![\w.])D\.{SPACE}(?=(?:{DOM})\b)", "Dom "),
    replacing(rf"(?<![\w.])D\.{SPACE}(?=(?:{DONA})\b)", "Dona "),
    replacing(rf"(?<![\w.])S\.{SPACE}(?=Paulo\b|Tomé\b|Bento\b)", "São "),
    replacing(rf"(?<!\w)(?P<name>{REIGNING}){SPACE}(?P<numeral>{NUMERAL}){NOT_AN_INITIAL}", _reigning),
    replacing(
        rf"(?<![\w.])({NUMERAL})(?={SPACE}(?:Guerra|República|Cúpula|Conferência|Cimeira|Bienal|edição|Edição)\b)",
        lambda match: ordinal(match[1], _ORDINALS, feminine=True).capitalize(),
    ),
    replacing(
        rf"\b([Ss]éculos?|[Cc]apítulos?){SPACE}(VI|[IVX])(?![\w.])", lambda match: f"{match[1]} {value(match[2])}"
    ),
    dotted(),
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
    initialisms(SPELLED, as_words(WORDS) | {"CO2": "C.O.2", "CO₂": "C.O.2"}),
)

BRAZILIAN: Rule = in_order(RULE, replacing(r"\b([Qq])uilómetro", r"\1uilômetro"))
"""As they say and write it there."""
