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
_ELEMENTS = (
    "H|He|Li|Be|B|C|N|O|F|Ne|Na|Mg|Al|Si|P|S|Cl|Ar|K|Ca|Ti|V|Cr|Mn|Fe|Co|Ni|Cu|Zn|Ga|As|Se|Br|Kr|Rb|Sr|Ag|Cd|Sn|I|Xe"
    "|Cs|Ba|W|Pt|Au|Hg|Pb|U"
)
_FORMULA = re.compile(
    rf"(?<![\w.-])(?=[A-Za-z]*[\d₀-₉])(?=[A-Za-z\d₀-₉]*[A-Z][A-Za-z])(?:(?:{_ELEMENTS})[\d₀-₉]{{0,2}}){{2,6}}(?![\w-])"
    r"|(?<![\w.-])C\d{1,2}H\d{1,2}(?:[NOPS]\d{0,2}){0,4}(?![\w-])"
    r"|(?<![\w.-])(?:NaCl|NaOH|KCl|HCl|KOH|CaO|MgO|ZnO|LiPF6)(?![\w-])"
)
"""A formula such as H2SO4, or a common salt, acid or base without figures."""
_FORMULA_PART = re.compile(r"\d+|[A-Za-z]")
_FISCAL = re.compile(r"(?<![\w-])FY[ \u00a0]?(?=(?:20)?\d\d(?!\w))")
_RIFLE = re.compile(r"(?<![\w-])AK-?(?=\d{2,3}s?(?!\w))")
_TYPE = re.compile(rf"\b(?P<maker>(?:{MAKERS})(?:['’]s)? )(?P<first>\d{{2,3}}(?: MAX)?)[-–](?=\d)")
_TYPE_ALONE = re.compile(
    r"(?<![\w.,$£€/–-])(?P<first>7[0-9]7)[-–](?P<second>[1-9]00|[89])(?=(?:ER|F)?\b)(?![\w-]|[.,]\d)"
)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def as_codes(text: str) -> str:
    """Return the text with the names it has of the kind."""
    text = _FISCAL.sub("F-Y ", _FORMULA.sub(_formula, text))
    text = _RIFLE.sub("A-K-", _SPELLED.sub(lambda name: SPELLED[name[0]], text).translate(_SUBSCRIPTS))
    return _TYPE_ALONE.sub(r"\g<first> \g<second>", _TYPE.sub(r"\g<maker>\g<first> ", text))


def _formula(match: re.Match[str]) -> str:
    """Return its letters and figures one by one, but for what is said otherwise anyway (CO2, SPELLED)."""
    if match[0] in SPELLED:
        return match[0]
    parts = [part.upper() for part in _FORMULA_PART.findall(match[0].translate(_SUBSCRIPTS))]
    # Engines take "A" between hyphens for the article.
    return ("." if "A" in parts else "-").join(parts)
