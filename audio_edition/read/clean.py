"""Characters that nobody sees or hears are left out of the text, and a finding holds them.

Joiners and direction marks stay where letters are spelt with them: in Arabic, Hindi and emoji.
"""

from __future__ import annotations

import re

from audio_edition.model import Finding
from audio_edition.model.characters import UNWANTED, without_unwanted
from audio_edition.read.lines import line_at

_SOFT_LINE_END = re.compile(r"(?<=\w)\xad[ \t]*(\r\n|[\n\r])[ \t]*(\w\S*)[ \t]*(\r\n|[\n\r])?")
_REPLACEMENT = "\ufffd"

_MOST_NAMED = 8
"""How many code points a message names."""


def clean(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text without control characters, soft hyphens, spaces without width and noncharacters, and what there
    is to say of it."""
    if "\xad" in text:  # a word that goes on behind a line end is whole on the line where it begins
        text = _SOFT_LINE_END.sub(lambda found: f"\xad{found[2]}{found[3] or found[1]}", text)
    left_out = UNWANTED.findall(text)
    findings = [_left_out(text, left_out)] if left_out else []
    if _REPLACEMENT in text:
        findings.append(_lost_before(text))
    return without_unwanted(text), tuple(findings)


def _left_out(text: str, characters: list[str]) -> Finding:
    kinds = sorted(set(characters))
    names = ", ".join(f"U+{ord(kind):04X}" for kind in kinds[:_MOST_NAMED])
    more = ", and others" if len(kinds) > _MOST_NAMED else ""
    count = "1 invisible character was" if len(characters) == 1 else f"{len(characters)} invisible characters were"
    return Finding(
        "control-characters",
        "warning",
        f"{count} left out ({names}{more}).",
        f"line {line_at(text, text.index(characters[0]))}",
        "Check that no word lost a letter there.",
        "".join(characters),
    )


def _lost_before(text: str) -> Finding:
    count = text.count(_REPLACEMENT)
    marks = "1 replacement mark (U+FFFD) stands" if count == 1 else f"{count} replacement marks (U+FFFD) stand"
    return Finding(
        "replacement-characters",
        "warning",
        f"{marks} where a character was lost before the document came here.",
        f"line {line_at(text, text.index(_REPLACEMENT))}",
        "Put the right characters back, or get the document again.",
    )
