"""What a wire writes with marks alone: subheadings between dashes, lists, and lines that separate."""

from __future__ import annotations

import re
from itertools import takewhile

from audio_edition.read.lines import speakable

_DASHES = frozenset("-‐‑‒–—―−")
_LONGEST_HEADING = 120
_END_MARKS = frozenset({"30", "end", "ends", "more"})
"""Between dashes these end a page of wire copy, and head nothing."""

_LIST_ITEM = re.compile(r"(?:[-–—•·*]|\d{1,2}[.)]) ")
_ORNAMENTS = frozenset("*#~•§¶○●◦◆◇■□▪★☆✦✧✶✻✽✿❀❁❖❡❦❧☙†‡⁂⁑※⸻⸺")
"""One of them alone parts scenes."""

_RULED = _ORNAMENTS | _DASHES | frozenset("=+_·")
_LETTERED_RULE = re.compile(r"[-‐‑‒–—―−_=~*]{1,10} ?(?:[oO0]{1,3}|x{1,3}|xXx) ?[-‐‑‒–—―−_=~*]{1,10}")
_RULE = re.compile(r"([-‐‑‒–—―−*_=~#•·+])(?: ?\1){2,}")


def heading_of(text: str) -> tuple[str, str] | None:
    """Return the heading on the line, and the marks around it; None for a line that is none."""
    if len(text) > _LONGEST_HEADING or text[:1] not in _DASHES or text[-1:] not in _DASHES:
        return None
    words = text.split(" ")
    opening = list(takewhile(_DASHES.issuperset, words))
    closing = list(takewhile(_DASHES.issuperset, reversed(words)))
    heading = " ".join(words[len(opening) : len(words) - len(closing)])
    if not (opening and closing and speakable(heading)) or heading.casefold() in _END_MARKS:
        return None
    return heading, "".join(opening + closing[::-1])


def is_list_item(text: str) -> bool:
    """Return whether the line begins with the mark or number of a list's item."""
    return _LIST_ITEM.match(text) is not None


def is_rule(text: str) -> bool:
    """Return whether the line is a row of three or more equal marks."""
    return _RULE.fullmatch(text) is not None


def is_row(text: str) -> bool:
    """Return whether the line is drawn without a gap, of dashes or the like: what may underline a line above it."""
    return is_rule(text) and " " not in text and text[0] not in _ORNAMENTS


def is_lettered_rule(text: str) -> bool:
    """Return whether the line is letters o or x between dashes or the like, as writers set them between scenes."""
    return _LETTERED_RULE.fullmatch(text.replace(" ", "")) is not None


def is_scene_mark(text: str) -> bool:
    """Return whether the line is what writers set between scenes: stars, a row of dashes, a leaf, -oOo-."""
    if text[:1] not in _RULED:
        return False
    marks = text.replace(" ", "").replace("\ufe0e", "").replace("\ufe0f", "")
    if _RULED.issuperset(marks):
        return len(marks) > 1 or marks in _ORNAMENTS
    return _LETTERED_RULE.fullmatch(marks) is not None
