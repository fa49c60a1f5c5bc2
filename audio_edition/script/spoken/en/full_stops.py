"""In: a place behind a full stop in an English text. Out: whether the sentence goes on there, so that it is no end."""

from __future__ import annotations

import re

NEW_SENTENCE = (
    r"(?:The|An?|This|That|These|Those|There|Then|He|She|It|They|We|You|His|Her|Its|Their|Our|My|But|And|Or|So|If|In|On|At|As"
    r"|By|For|From|With|When|While|What|Who|Why|How|Where|After|Before|Now|No|Yes|Not|Some|Many|All|One|Two|Both|Nobody)\b"
)
"""A word that begins a sentence rather than a name."""

_GOES_ON = re.compile(rf"['’,;:?!\-/–—\w]|\s+(?!{NEW_SENTENCE})[\"“‘'(]*[^\W_]|\s+[-–—(&$€£]")
_GOES_ON_SMALL = re.compile(r"[,;:?!\-/–—\w]|['’]\w|\s+[\"“‘'(]*[^\W_A-Z]|\s+[-–—(&$€£]")


def goes_on(text: str, end: int) -> bool:
    """After initials: a capital begins a name (the U.S. Army) unless it is one of the usual first words."""
    return _GOES_ON.match(text, end) is not None


def goes_on_small(text: str, end: int) -> bool:
    """After other abbreviations that end a name (Smith Jr., Apple Inc.): any capital begins a sentence."""
    return _GOES_ON_SMALL.match(text, end) is not None
