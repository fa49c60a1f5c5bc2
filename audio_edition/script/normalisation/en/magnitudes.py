"""Say shortened millions and billions in English words: "1.2bn people", "5m users".

"5m" alone may be metres: it is a million before what is counted in millions (MANY), metres before METRES (units.py).
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.numbers import NUMBER, START, UP_TO

MAGNITUDES = {
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million", "mln": "million",
    "mm": "million", "MM": "million", "bn": "billion", "b": "billion", "B": "billion", "bln": "billion",
    "Bn": "billion", "tn": "trillion", "trn": "trillion", "t": "trillion", "T": "trillion", "cr": "crore",
}  # fmt: skip
"""What stands behind a number of money."""

SHORT_MAGNITUDE = "|".join(sorted(MAGNITUDES, key=len, reverse=True))

MANY = (
    "adults|barrels|bpd|bottles|cars|cases|children|copies|customers|deaths|displaced|doses|dollars|downloads|euros"
    "|eggs|followers|homes|households|immigrants|inhabitants|jobs|jabs|litres|liters|acres|birds|books|devices|hectares|hours|kilometres|kilometers|meals|members|men|miles|migrants|others|patients"
    "|passengers|people|pounds|pupils|readers|refugees|residents|rupees|shares|students|subscribers|tonnes|tons"
    "|tourists|trees|users|vaccines|vehicles|viewers|views|visitors|voters|votes|women|workers|years|yen|young"
)

_SHORT = re.compile(
    rf"{START}(?P<low>{NUMBER})(?:{UP_TO}(?P<high>{NUMBER}))?[ \u00a0]?(?:(?P<sure>bn|bln|tn|trn|mn|mln)"
    rf"(?![\w])|(?P<million>m)(?=[ \u00a0](?:[a-z]+ )?(?:{MANY})\b))"
)


def as_magnitudes(text: str) -> str:
    """Return the text with its millions written out."""
    return _SHORT.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    number = f"{match['low']} to {match['high']}" if match["high"] else match["low"]
    return f"{number} {MAGNITUDES[match['sure'] or match['million']]}"
