"""Characters that nobody sees or hears are left out of the text, and a finding holds them.

Joiners and direction marks stay where letters are spelt with them: in Arabic, Hindi and emoji.
"""

from __future__ import annotations

import re

from audio_edition.model import Finding
from audio_edition.read.lines import line_at

_SEPARATORS = "\x1c-\x1f"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer: they part words with spaces that have no width, and with no others."""

_UNJOINED = "A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
"""Latin, Greek and Cyrillic: joiners there only say which letters are drawn together."""

_UNWANTED = re.compile(
    f"[\0-\x08\x0e-\x1b{_SEPARATORS}\x7f-\x84\x86-\x9f\xad\u2060\ufeff{_NONCHARACTERS}]"
    f"|(?<![{_UNSPACED}])\u200b|(?<=[{_UNJOINED}])[\u200c\u200d](?=[{_UNJOINED}])"
)
_SOFT_LINE_END = re.compile(r"(?<=\w)\xad[ \t]*(\r\n|[\n\r])[ \t]*(\w\S*)[ \t]*(\r\n|[\n\r])?")
_REPLACEMENT = "\ufffd"

_MOST_NAMED = 8
"""How many code points a message names."""


def clean(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text without control characters, soft hyphens, spaces without width and noncharacters, and what there
    is to say of it."""
    if "\xad" in text:  # a word that goes on behind a line end is whole on the line where it begins
        text = _SOFT_LINE_END.sub(lambda found: f"\xad{found[2]}{found[3] or found[1]}", text)
    left_out = _UNWANTED.findall(text)
    findings = [_left_out(text, left_out)] if left_out else []
    if _REPLACEMENT in text:
        findings.append(_lost_before(text))
    return without_unwanted(text), tuple(findings)


def without_unwanted(text: str) -> str:
    """The text without what nobody sees. A separator ends a word; any other stands inside or beside one."""
    return _UNWANTED.sub(lambda found: " " if found[0].isspace() else "", text)


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
