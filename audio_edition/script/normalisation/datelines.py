"""Say an agency's dateline in any language with capitals: "PARIS, 5 mars (AFP) -" as "Paris, 5 mars. AFP."

Months, and agencies that are spelled, are left to the rules of the language, which come after.
"""

from __future__ import annotations

import re

from audio_edition.script.tables import words

AGENCIES = words("AFP AP DPA EFE APA SDA KNA EPD ATS ANSA AGI TASS UPI ONU UNO USA EEUU UE EU RDC")
_PARTICLES = words("am an au aux da de del der di do dos du en et im la las le les los sur y")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BRACKET = re.compile(r"\s*[(\[/]([^()\[\]/]{1,100})[)\]/]\.?\s*")
_STOPS = re.compile(r"[\s,.]*([,.])[\s,.—–-]*")


def as_dateline(text: str) -> str:
    """Place, date and agency as short sentences."""
    text = _BRACKET.sub(r". \1. ", _WORD.sub(_as_name, text))
    text = _STOPS.sub(lambda stops: ". " if "." in stops[0] else ", ", re.sub(r"\s+[—–-](?:\s+|$)", ". ", text))
    return text.strip(" ,.") + "."


def _as_name(match: re.Match[str]) -> str:
    word = match[0]
    if not word.isupper() or word in AGENCIES:
        return word
    return word.lower() if match.start() and word.lower() in _PARTICLES else word.capitalize()
