"""Say names made of letters and figures: "CO2" as "C-O-2".

Engines say "co two". Most names of the kind ("H1N1", "F-16", "G7", "A380", "M25") are read right and stay.
"""

from __future__ import annotations

import re

SPELLED = {
    "CO2": "C-O-2", "CO₂": "C-O-2", "NO2": "N-O-2", "NO₂": "N-O-2", "SO2": "S-O-2", "SO₂": "S-O-2", "NOx": "knox",
    "H₂O": "H-2-O",
    "CH₄": "C-H-4",
    "PM2.5": "P-M 2.5", "W3C": "W-3-C", "K9": "K-9",
    "WWI": "World War one", "WW1": "World War one", "WWII": "World War two", "WW2": "World War two",
}  # fmt: skip

MAKERS = "Boeing|Airbus|Embraer|Bombardier|Tupolev|Ilyushin|Antonov|Sukhoi|McDonnell Douglas|Lockheed|Porsche"
"""Names before a number that is a type: "Boeing 737-800"."""

_SPELLED = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, SPELLED))})(?![\w₀-₉])")
_RIFLE = re.compile(r"(?<![\w-])AK-?(?=\d{2,3}s?(?!\w))")
_TYPE = re.compile(rf"\b(?P<maker>(?:{MAKERS})(?:['’]s)? )(?P<first>\d{{2,3}}(?: MAX)?)[-–](?=\d)")
_TYPE_ALONE = re.compile(
    r"(?<![\w.,$£€/–-])(?P<first>7[0-9]7)[-–](?P<second>[1-9]00|[89])(?=(?:ER|F)?\b)(?![\w-]|[.,]\d)"
)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def as_codes(text: str) -> str:
    """Return the text with the names it has of the kind."""
    text = _RIFLE.sub("A-K-", _SPELLED.sub(lambda name: SPELLED[name[0]], text).translate(_SUBSCRIPTS))
    return _TYPE_ALONE.sub(r"\g<first> \g<second>", _TYPE.sub(r"\g<maker>\g<first> ", text))
