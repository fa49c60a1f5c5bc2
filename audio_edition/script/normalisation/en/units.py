"""Say the units behind numbers in English words: "120 km/h" as "120 kilometres an hour".

Engines spell them ("K M slash H"). Degrees, "%" and "6-foot" are read right and stay, and so does "m" where it may be
millions, and "in" unless it touches a number or feet stand before it.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.fractions import VULGAR
from audio_edition.script.normalisation.en.full_stops import goes_on
from audio_edition.script.normalisation.en.money import describes
from audio_edition.script.normalisation.en.numbers import NUMBER, START, UP_TO

UNITS = {
    "km": "kilometre", "m": "metre", "cm": "centimetre", "mm": "millimetre", "µm": "micrometre", "μm": "micrometre",
    "nm": "nanometre", "kg": "kilogram", "g": "gram", "mg": "milligram", "µg": "microgram", "μg": "microgram",
    "mcg": "microgram", "ha": "hectare", "l": "litre", "ml": "millilitre", "mL": "millilitre", "cl": "centilitre",
    "dl": "decilitre", "ft": "foot", "yd": "yard", "yds": "yard", "mi": "mile", "lb": "pound", "lbs": "pound",
    "oz": "ounce", "mph": "mile an hour", "MPH": "mile an hour", "KPH": "kilometre an hour", "Km": "kilometre",
    "KM": "kilometre", "KG": "kilogram", "Kg": "kilogram", "km/h": "kilometre an hour", "kph": "kilometre an hour",
    "kmh": "kilometre an hour", "kmph": "kilometre an hour", "km/hr": "kilometre an hour", "m/s": "metre a second",
    "m/s²": "metre a second squared",
    "km/s": "kilometre a second", "mpg": "mile a gallon", "rpm": "revolution a minute", "bpm": "beat a minute",
    "fps": "frame a second", "bpd": "barrel a day", "b/d": "barrel a day", "mg/dl": "milligram a decilitre",
    "mg/dL": "milligram a decilitre", "g/km": "gram a kilometre", "µg/m³": "microgram a cubic metre",
    "μg/m³": "microgram a cubic metre", "µg/m3": "microgram a cubic metre", "km²": "square kilometre",
    "km2": "square kilometre", "sq km": "square kilometre", "sq. km": "square kilometre",
    "sq kms": "square kilometre", "m²": "square metre", "m2": "square metre", "sq m": "square metre",
    "sqm": "square metre", "cm²": "square centimetre", "cm2": "square centimetre", "sq ft": "square foot",
    "sq. ft": "square foot", "sqft": "square foot", "sq mi": "square mile", "sq. mi": "square mile",
    "m³": "cubic metre", "m3": "cubic metre", "cu m": "cubic metre", "cm³": "cubic centimetre",
    "cc": "cubic centimetre", "kms": "kilometre", "kgs": "kilogram", "W": "watt", "kW": "kilowatt", "MW": "megawatt",
    "GW": "gigawatt", "TW": "terawatt", "kWh": "kilowatt hour", "MWh": "megawatt hour", "GWh": "gigawatt hour",
    "TWh": "terawatt hour", "V": "volt", "kV": "kilovolt", "Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz",
    "GHz": "gigahertz", "dB": "decibel", "hp": "horsepower", "bhp": "horsepower", "KB": "kilobyte", "kB": "kilobyte",
    "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte", "Mbps": "megabit a second", "Gbps": "gigabit a second",
    "Mbit/s": "megabit a second", "pct": "percent", "pc": "percent", "ppm": "part per million",
    "ppb": "part per billion", "kt": "knot", "kts": "knot", "min": "minute", "mins": "minute", "hr": "hour",
    "hrs": "hour", "sec": "second", "secs": "second", "yr": "year", "yrs": "year", "psi": "pound per square inch",
    "kPa": "kilopascal", "hPa": "hectopascal", "mb/d": "million barrels a day", "Mt": "megatonne",
    "kcal": "kilocalorie", "bps": "basis point", "tsp": "teaspoon", "tsps": "teaspoon", "tbsp": "tablespoon",
    "tbsps": "tablespoon", "kg/m³": "kilogram a cubic metre", "kg/m3": "kilogram a cubic metre",
    "g/cm³": "gram a cubic centimetre", "g/l": "gram a litre", "mg/l": "milligram a litre", "mg/L": "milligram a litre",
    "mg/kg": "milligram a kilogram", "kWh/m²": "kilowatt hour a square metre", "W/m²": "watt a square metre",
    "in": "inch", "ms": "millisecond", "Ω": "ohm", "kΩ": "kiloohm", "MΩ": "megaohm", "‰": "per mille",
}  # fmt: skip

UNSPACED = frozenset(["g", "l", "W", "V", "pc", "GB", "cc", "Mt", "nm", "ms", "in"])
"""Units only where they touch the number: "5 W" may be anything, "22 GB players" are British."""

_LEAST_GRAMS = 20
"""From which "250 g" with a space is a weight: pilots bear 9 g."""

_PARTS = "½¼¾⅓⅔⅛"
"""Parts of one unit that recipes name."""

_OF_BYTES = re.compile(r"(?:[ \u00a0](?:of|a|per|and|or|is|are|was|were|RAM|memory|storage|data)\b|[,;:)]|\.?$|\. )")
"""Behind "3 GB", by which it is gigabytes."""

PER = {
    "oz": "ounce", "lb": "pound", "kg": "kilogram", "kWh": "kilowatt hour", "MWh": "megawatt hour", "bbl": "barrel",
    "gal": "gallon", "hr": "hour", "yr": "year", "mo": "month", "km": "kilometre", "sq ft": "square foot", "t": "tonne",
}  # fmt: skip
"""Units behind a slash that ends an amount: "1,300 dollars/oz"."""

_INCHES_OF_A_FOOT = 12
EVENTS = (
    "backstroke|breaststroke|butterfly|dash|final|freestyle|heats?|hurdles|race|relay|runner|semi-finals?|sprint"
    "|sprinter|steeplechase"
)
METRES = "above|across|ahead|apart|away|below|deep|from|high|long|off|pools?|tall|thick|under|wide"
"""Words behind "100m" by which it is metres; it describes the events."""

_SAME = frozenset(["per mille", "hertz", "horsepower", "percent", "million barrels a day"])
_PHONES = frozenset(["2", "3", "4", "5", "6"])
_UNIT = "|".join(re.escape(unit) for unit in sorted(set(UNITS) - {"m"}, key=len, reverse=True))
_MEASURE = re.compile(
    rf"(?:(?<![\w.,\-–−])(?P<minus>[-−])|{START})(?P<low>{NUMBER}|\d*[{_PARTS}])(?:{UP_TO}(?P<high>{NUMBER}))?"
    rf"(?P<magnitude> (?:hundred|thousand|million|billion|trillion))?"
    rf"(?P<gap>[ \u00a0-]?)(?P<unit>{_UNIT}|m(?=[ \u00a0-](?:{EVENTS}|{METRES})\b)|(?<=[\d{_PARTS}][ \u00a0])m)"
    rf"(?![\w²³/]|\.\w|°)(?P<stop>\.(?=[ ,;]|$))?"
)
_FEET_AND_INCHES = re.compile(
    rf"{START}(?P<feet>\d{{1,3}}) ?(?:ft\.?|['’′](?=\d)) ?(?P<inches>\d{{1,2}}(?:\.\d)?[½¼¾]?) ?"
    rf"(?:ins?\b\.?|[\"”″]|['’′]{{2}}|(?=[\s,.;]|$))"
)
_INCHES = re.compile(
    rf"{START}(?P<number>{NUMBER})[\"”](?=[ -](?:across|by|deep|high|in diameter|long|tall|thick|wide|x)\b)"
    rf"|{START}(?P<sure>{NUMBER})″"
)
_FEET = re.compile(rf"{START}(?P<number>\d{{1,3}})['’′](?=[ -](?:across|by|deep|high|in diameter|long|tall|wide)\b)")
_WORD_UNIT = "|".join(
    unit for unit in _UNIT.split("|") if unit.isalpha() and len(unit) > 1 and unit not in ("pc", "in")
)
_BEHIND_PART = re.compile(rf"(?<=\d \d/\d )(?P<many>{_WORD_UNIT})(?!\w)|(?<=[^\d ] \d/\d )(?P<one>{_WORD_UNIT})(?!\w)")
"""Units behind "1 1/2" and "1/2"."""

_EVENT = re.compile(rf"[ \u00a0-](?:{EVENTS})\b")
_PACKED = r"(?:k?g|ml|mL|c?l|oz|lbs?)"
_CONTAINERS = (
    "bags?|balls?|bars?|blocks?|bottles?|boxes|cans?|cartons?|fillets?|jars?|packets?|packs?|pots?|pouches|punnets?"
    "|sachets?|steaks?|tins?|tubs?"
)
_CONTAINER = re.compile(rf"[ \u00a0](?:{_CONTAINERS})\b")
_OF_EACH = re.compile(rf"(?<![\w.])(?P<number>\d{{1,2}}) ?[x×] ?(?={NUMBER} ?-?{_PACKED}\b)")
_DEGREES = "°?[CF]"
_OR_IN = re.compile(
    rf"(?P<one>(?<![\w.,]){NUMBER} ?(?:{_UNIT}|{_DEGREES})) ?/ ?"
    rf"(?=(?:{NUMBER} ?(?:{_UNIT}|{_DEGREES})(?!\w)|[Gg]as (?:mark )?\d))"
)
"""The same measure in another unit behind it: "8oz/225g"."""

_OF_OVEN = re.compile(r"\b(?:oven|bake|baked|grill|roast|heat|preheat|temperatures?|fan|gas)\b", re.IGNORECASE)
_BARE_DEGREES = re.compile(rf"{START}(?P<number>\d{{2,3}})(?P<scale>[CF])(?!\w)")
_BY = re.compile(rf"(?<![\w.])(?P<one>{NUMBER})(?P<unit>(?: ?(?:c|m|k)?m|ft)?) ?x ?(?={NUMBER})")
_TIMES = re.compile(rf"{START}(?P<number>{NUMBER}) ?x(?!\w)(?! ?\d)")
_RELAY = re.compile(rf"{START}(?P<legs>\d) ?[x×] ?(?P<metres>\d{{2,4}}) ?m(?!\w)")
_TIMED = re.compile(r"(?<![\w.,])(?P<minutes>\d{1,3})[′'](?P<seconds>[1-5]\d(?:\.\d{1,2})?)(?:″|′′|''|\")")
_DEGREE_LOOKALIKE = re.compile(r"(?<=\d)( ?)º(?=[CF]?(?!\w))")
_RATE = re.compile(
    rf"(?<![\w/.])(?P<unit>{'|'.join(unit for unit in UNITS if unit[0] in 'km' and '/' in unit)})(?![\w/])"
)
_PER_SHORT = re.compile(rf"(?:(?<=[a-z])|(?<=[a-z] \d\d))/(?P<unit>{'|'.join(map(re.escape, PER))})(?![\w/])")
_PER = re.compile(
    r"(?<=[^\W_])/(?=(?:second|minute|hour|day|night|week|month|year|gallon|barrel|litre|liter|tonne|ton|kilo"
    r"|person|head|share|ounce)\b)"
)


def as_measures(text: str) -> str:
    """Return the text with its units in words."""
    text = _RELAY.sub(_relay, _TIMED.sub(_timed, text))
    text = _FEET.sub(lambda match: f"{match['number']} {'foot' if describes(match) else 'feet'}", text)
    text = _INCHES.sub(_inches, text)
    text = _DEGREE_LOOKALIKE.sub(r"\1°", text)
    text = _OF_EACH.sub(r"\g<number> times ", _OR_IN.sub(r"\g<one>, ", text))
    if _OF_OVEN.search(text):
        text = _BARE_DEGREES.sub(r"\g<number>°\g<scale>", text)
    text = _TIMES.sub(r"\g<number> times", _BY.sub(r"\g<one>\g<unit> by ", text))
    text = _BEHIND_PART.sub(
        lambda match: _several(UNITS[match["many"]]) if match["many"] else UNITS[match["one"]], text
    )
    text = _FEET_AND_INCHES.sub(_feet_and_inches, text)
    text = _RATE.sub(lambda rate: _several(UNITS[rate["unit"]]), _MEASURE.sub(_measure, text))
    text = _PER_SHORT.sub(lambda per: f" per {PER[per['unit']]}", text)
    return _PER.sub(" per ", text)


def _relay(match: re.Match[str]) -> str:
    return f"{match['legs']} by {match['metres']} {'metre' if _EVENT.match(match.string, match.end()) else 'metres'}"


def _timed(match: re.Match[str]) -> str:
    """Return minutes and seconds; of feet there are twelve inches at most."""
    if float(match["seconds"]) < _INCHES_OF_A_FOOT:
        return match[0]
    return f"{match['minutes']} {'minute' if match['minutes'] == '1' else 'minutes'} {match['seconds']}"


def _inches(match: re.Match[str]) -> str:
    return f"{match['number'] or match['sure']} {'inch' if describes(match) else 'inches'}"


def _feet_and_inches(match: re.Match[str]) -> str:
    if describes(match):
        return f"{match['feet']} foot {match['inches']}"
    return f"{match['feet']} {'foot' if match['feet'] == '1' else 'feet'} {match['inches']}"


def _measure(match: re.Match[str]) -> str:
    low, high, gap, unit = match["low"], match["high"], match["gap"], match["unit"]
    is_weight = unit == "g" and low.isdecimal() and int(low) >= _LEAST_GRAMS
    if (unit in UNSPACED and gap.isspace() and not _is_of_bytes(match) and not is_weight) or (
        unit == "g" and low in _PHONES
    ):
        return match[0]
    if unit == "in" and gap:
        return match[0]
    one = (low == "1" and not high and not match["magnitude"]) or gap == "-" or describes(match) or _is_of_noun(match)
    number = (match["minus"] or "") + (f"{low} to {high}" if high else low) + (match["magnitude"] or "")
    stop = match["stop"] or ""
    if stop and goes_on(match.string, match.end()):
        stop = ""
    if low in _PARTS and not (high or one or match["magnitude"]):
        return (match["minus"] or "") + _part_of(low, UNITS[unit]) + stop
    return f"{number}{'-' if gap == '-' else ' '}{UNITS[unit] if one else _several(UNITS[unit])}{stop}"


def _is_of_bytes(match: re.Match[str]) -> bool:
    return match["unit"] == "GB" and _OF_BYTES.match(match.string, match.end("unit")) is not None


def _is_of_noun(match: re.Match[str]) -> bool:
    """Return whether the measure is that of the next word: "a 100 metre sprint", "400 gram tins"."""
    behind = _EVENT if match["unit"] == "m" else _CONTAINER
    return behind.match(match.string, match.end()) is not None


def _part_of(sign: str, name: str) -> str:
    """Return a part of one unit: "half a teaspoon", "three quarters of an inch"."""
    article = "an" if name[0] in "aeiou" or name == "hour" else "a"
    return f"{'half' if sign == '½' else f'{VULGAR[sign]} of'} {article} {name}"


def _several(name: str) -> str:
    """Return the plural, which is that of the thing counted: "kilometres an hour", "square feet"."""
    if name in _SAME:
        return name
    for behind in (" an ", " a ", " per "):
        counted, between, rest = name.partition(behind)
        if between:
            return _several(counted) + between + rest
    if name.endswith("foot"):
        return name[:-4] + "feet"
    return name + ("es" if name.endswith("inch") else "s")
