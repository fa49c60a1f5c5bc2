"""Which engine reads a spoken form otherwise than it is written.

A script has one spoken form of each sentence, whichever engine speaks, so that it can be edited and kept. It is the one
that eSpeak NG reads right. RULES names the engines that need another, and changes the text on its way to them; what no
rule names goes to the engine as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

ONE_BY_ONE = "\u2060"
"""Between two letters: each is said by its name, with stress. (A word joiner, which nobody hears or sees.)"""

_INITIALS = re.compile(r"(?<![\w-])((?:[^\W\d_]-)+[^\W\d_])(?![\w-]|['’](?!s\b))")
_DASHES = re.compile(r"\s+[-–]+\s+|--+|\s*[―⸺]+\s*")
_STRAIGHT_QUOTE = re.compile(r'["„‟](?=\w)|(?<![^\s(])["„‟](?=\S)')
_SPACE_IN_QUOTES = re.compile(r"(?<=«)\s+|\s+(?=»)")
_QUOTES = str.maketrans({"«": "“", "»": "”", '"': "”", "„": "“", "‟": "“"})
_SIGNS = str.maketrans({"[": "(", "]": ")", "¿": "", "¡": ""})


@dataclass(frozen=True, slots=True)
class Rule:
    """A spoken form that `engines` read in a way of their own: `example` is one, `why` the reason, and `changed`
    returns a text with all such forms as those engines want them."""

    name: str
    example: str
    engines: frozenset[str]
    why: str
    changed: Callable[[str], str]


def form_for(engine: str, spoken: str) -> str:
    """Return a spoken form as it goes to an engine."""
    for rule in RULES:
        if engine in rule.engines:
            spoken = rule.changed(spoken)
    return spoken


def _dashes(text: str) -> str:
    return _DASHES.sub("—", text)


def _quotes(text: str) -> str:
    return _STRAIGHT_QUOTE.sub("“", _SPACE_IN_QUOTES.sub("", text)).translate(_QUOTES)


def _signs(text: str) -> str:
    return text.translate(_SIGNS)


def _initials(text: str) -> str:
    return _INITIALS.sub(lambda letters: letters[0].replace("-", ONE_BY_ONE), text)


_KOKORO = frozenset({"kokoro"})
RULES = (
    Rule("dashes", "Stop -- now", _KOKORO, "it phrases by the dash itself", _dashes),
    Rule("quotation marks", '"Go!"', _KOKORO, "it learned from curly ones", _quotes),
    Rule("brackets, Spanish marks", "[sic] ¿Qué?", _KOKORO, "its alphabet has round brackets, and no ¿", _signs),
    Rule("hyphenated initials", "the I-S group", _KOKORO, "it swallows a letter without stress", _initials),
)
"""In this order."""
