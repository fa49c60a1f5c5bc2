"""Say fractions and slashes in English: "3/4" as "three quarters".

Engines say "slash". What is no fraction keeps its figures: "24/7" is "24 7". A slash between words is a pause, or "or".
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.numbers import cardinal, ordinal, year

NOT_PARTS = frozenset(["24/7", "9/11", "7/7", "7/11", "50/50", "20/20"])
"""Known by their figures."""

VULGAR = {
    "½": "a half", "¼": "a quarter", "¾": "three quarters", "⅓": "a third", "⅔": "two thirds", "⅕": "a fifth",
    "⅖": "two fifths", "⅗": "three fifths", "⅘": "four fifths", "⅙": "a sixth", "⅚": "five sixths", "⅛": "an eighth",
    "⅜": "three eighths", "⅝": "five eighths", "⅞": "seven eighths",
}  # fmt: skip
_PARTS = frozenset([*range(2, 11), 12, 16, 20, 32, 64])
_ALONE = re.compile(rf"(?<![\d½¼¾])[{''.join(VULGAR)}](?![\w.])")
_MIXED = re.compile(rf"(?<=\d)[ \u00a0-]?([{''.join(VULGAR)}])")
_FRACTION = re.compile(
    r"(?<![\w.,:/$£€+–-])(?:(?P<whole>\d{1,3})[ -])?(?P<top>\d{1,3})[/⁄](?P<bottom>\d{1,3})"
    r"(?:ths?|rds?|nds?)?(?![\w/⁄%°]|[.,:–-]\d)"
)
_MARK = re.compile(r"[ -](?:marks?|points?|ratings?|scores?|stars?)\b")
_MEASURED = re.compile(
    r" (?:cup|mile|inch|teaspoon|tablespoon|pint|gallon|litre|liter|second|metre|meter|yard)\b(?! -)"
)
"""In one, behind a fraction: three quarters of a cup."""
_YEARS = re.compile(r"(?<![\w.,:/–-])(?P<first>(?:19|20)\d\d)/(?P<second>(?:19|20)?\d\d)(?![\w/]|[.,:–-]\d)")
_BETWEEN_WORDS = re.compile(
    r"(?P<first>(?<![\w/.@:\\-])[^\W\d_]+(?:-[^\W\d_]+)*)(?: ?/ ?)(?=[^\W\d_]+(?:-[^\W\d_]+)*(?![\w/@\\:]|\.\w))"
)
_CHAIN = re.compile(r"(?<![\w/.@:\\])[^\W\d_]+(?:/[^\W\d_]+){2,}(?![\w/@\\:]|\.\w)")
_OR = frozenset(["he", "she", "him", "his", "her", "they", "s", "yes", "either"])
_WITH = re.compile(r"(?<![\w/])w/(?:(?P<out>o(?:ut)?)(?= \w)|(?= ?[^\W\d_]{3})(?!\w+/))")
_CARE_OF = re.compile(r"(?<![\w/])c/o(?= [A-Z])")
_WEEK_ENDING = re.compile(r"(?<![\w/])w/e(?= \d{1,2}(?!\d))")
_ODDS = re.compile(
    r"(?<![\w.,:/$£€+–-])(?P<top>\d{1,3})/(?P<bottom>\d{1,2})(?= (?:favourites?|shots?|outsiders?)\b)"
    r"|(?<=\bodds )(?P<top2>\d{1,3})/(?P<bottom2>\d{1,2})(?![\w/])"
    r"|(?<=\bodds of )(?P<top3>\d{1,3})/(?P<bottom3>\d{1,2})(?![\w/])"
)
_OUT_OF = re.compile(
    r"(?<![\w.,:/$£€+–-])(?P<top>\d{1,3})/(?P<bottom>\d{1,3})(?= (?:people|men|women|children|adults|patients|students"
    r"|pupils|voters|players|respondents|teams|cases|states|schools|countries|times|games|matches|questions|tests)\b)"
)


def as_parts(text: str) -> str:
    """Return the text with its fractions in words, and without slashes."""
    text = _MIXED.sub(lambda sign: f" and {VULGAR[sign[1]]}", text)
    text = _ALONE.sub(lambda sign: VULGAR[sign[0]] if sign[0] not in "½¼¾" else sign[0], text)
    if "/" not in text and "⁄" not in text:
        return text
    text = _WEEK_ENDING.sub("week ending", _CARE_OF.sub("care of", text))
    text = _OUT_OF.sub(_out_of, _ODDS.sub(_odds, text))
    text = _FRACTION.sub(_fraction, _YEARS.sub(_years, text))
    text = _WITH.sub(
        lambda match: "without" if match["out"] else "with" + " " * (match.string[match.end()] != " "), text
    )
    return _BETWEEN_WORDS.sub(_words, _CHAIN.sub(lambda chain: chain[0].replace("/", ", "), text))


def _years(match: re.Match[str]) -> str:
    first, second = match["first"], match["second"]
    second = first[:2] + second if len(second) == 2 else second
    rises = int(second) - int(first)
    if 0 < rises < 3:
        return f"{first} to {second}"
    return (
        f"{year(int(first))} {cardinal(int(match['second']))}" if rises > 0 and len(match["second"]) == 2 else match[0]
    )


def _odds(match: re.Match[str]) -> str:
    top, bottom = (part for part in match.groups() if part)
    return f"{top} to {bottom}"


def _out_of(match: re.Match[str]) -> str:
    """Return how many of how many; halves, thirds and quarters are said as such."""
    top, bottom = int(match["top"]), int(match["bottom"])
    return f"{top} out of {bottom}" if 0 < top <= bottom and bottom > 4 else match[0]


def _fraction(match: re.Match[str]) -> str:
    whole, top, bottom = match["whole"], int(match["top"]), int(match["bottom"])
    figures = f"{match['top']}/{match['bottom']}"
    lead = f"{whole} " if whole else ""
    if figures in NOT_PARTS:
        return lead + f"{top} {bottom}"
    if not whole and _MARK.match(match.string, match.end()) and top <= bottom:
        return f"{top} out of {bottom}"
    if not whole and 70 <= top <= 250 and 40 <= bottom < top:
        return f"{top} over {bottom}"
    if not whole and bottom == 1 and top > 1:
        return f"{top} to 1"
    if not 0 < top < bottom or bottom not in _PARTS:
        return match[0]
    part = _part(top, bottom, singular=match.string[match.end() : match.end() + 1] == "-")
    if whole and top == 1:
        part = ("an " if bottom == 8 else "a ") + part.removeprefix("one ").removeprefix("one-")
    of = " of a" if not whole and _MEASURED.match(match.string, match.end()) else ""
    return f"{whole} and {part}" if whole else part + of


def _part(top: int, bottom: int, *, singular: bool) -> str:
    name = {2: "half", 4: "quarter"}.get(bottom) or ordinal(bottom)
    if top > 1 and not singular:
        name = "halves" if name == "half" else name + "s"
    return f"{cardinal(top)}{'-' if singular else ' '}{name}"


def _words(match: re.Match[str]) -> str:
    return f"{match['first']} {'or ' * (match['first'].lower() in _OR)}"
