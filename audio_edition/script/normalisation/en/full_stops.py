"""Tell whether an English sentence goes on behind a full stop."""

from __future__ import annotations

import re

NEW_SENTENCE = (
    r"(?:The|An?|This|That|These|Those|There|Then|He|She|It|They|We|You|His|Her|Its|Their|Our|My|But|And|Or|So|If"
    r"|In|On|At|As"
    r"|By|For|From|With|When|While|What|Who|Why|How|Where|After|Before|Now|No|Yes|Not|Some|Many|All|One|Two|Both"
    r"|Nobody)\b"
)
"""A word that begins a sentence rather than a name."""

_GOES_ON = re.compile(rf"['’,;:?!\-/–—\w]|\s+(?!{NEW_SENTENCE})[\"“‘'(]*[^\W_]|\s+[-–—(&$€£]")


def goes_on(text: str, end: int) -> bool:
    """A capital begins a name ("the U.S. Army", "Apple Inc. Chief") unless it is one of the usual first words."""
    return _GOES_ON.match(text, end) is not None
