"""Say lengths of time in English: "1m 20s" as "1 minute 20 seconds", "for 30s" as "for 30 seconds".

"30s" alone is as often years or ages ("in her 30s"): it is seconds beside other parts of a time, as a decimal, and
beside words that time something. "iPhone 5s", "an old 45s" stay.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.numbers import START

BEFORE_SECONDS = (
    "for|every|after|within|lasted|lasts|lasting|took|takes|taking|wait|waits|waited|pause|pauses|paused|another|extra"
)
BEHIND_SECONDS = (
    "ahead|apart|behind|break|burst|bursts|clip|clips|delay|each|exposure|faster|gap|interval|intervals|later|lead|pause"
    "|penalty|rest|silence|slower|sprint|sprints|timeout|video|videos|wait|warning"
)
"""Words before and behind "30s" that time something."""

_NAMES = {"h": "hour", "m": "minute", "s": "second"}
_SECONDS = r"(?P<s>\d{1,3}(?:\.\d{1,3})?) ?s(?!\w)"
_PARTS = (
    re.compile(rf"{START}(?P<h>\d{{1,3}}) ?h ?(?P<m>[0-5]?\d) ?m(?: ?{_SECONDS}|(?!\w))"),
    re.compile(rf"{START}(?P<m>\d{{1,3}}) ?m ?{_SECONDS}"),
    re.compile(rf"{START}(?=\d+\.\d){_SECONDS}"),
    re.compile(rf"{START}{_SECONDS}(?=[ -](?:{BEHIND_SECONDS})\b)"),
    re.compile(
        rf"(?<![\w-])(?P<before>(?i:{BEFORE_SECONDS}) ){_SECONDS}"
        r"(?= (?:and|at|before|each|in|on|or|over|per|then|to|until|while|with)\b|[,;:.!?)]|$)"
    ),
)


def as_lengths(text: str) -> str:
    """Return the text with its lengths of time in words."""
    for pattern in _PARTS:
        text = pattern.sub(_in_words, text)
    return text


def _in_words(match: re.Match[str]) -> str:
    groups = match.groupdict()
    describes = match.string[match.end() : match.end() + 1] == "-" or _describes_next(match)
    parts = [f"{groups[unit]} {name}{'' if describes or groups[unit] == '1' else 's'}" for unit, name in _NAMES.items()
             if groups.get(unit)]  # fmt: skip
    return groups.get("before", "") + " ".join(parts)


def _describes_next(match: re.Match[str]) -> bool:
    """Return whether the time stands between an article and what is timed: "a 45 second delay"."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    return re.search(r"(?<!\w)[Aa]n? $", before[-4:]) is not None and re.match(r" [a-z]", after) is not None
