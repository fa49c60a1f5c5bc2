"""Recognises wire copy's typographic marks: subheadings between dashes, lists, and separator lines."""

from __future__ import annotations

import re
from itertools import takewhile

from audio_edition.read.lines import speakable

_DASHES = frozenset("-‐‑‒–—―−")
_LONGEST_HEADING = 120
_END_MARKS = frozenset({"30", "end", "ends", "more"})
"""Between dashes, these end a page of wire copy and are not headings."""

_LIST_ITEM = re.compile(r"(?:[-–—•·*]|\d{1,2}[.)]) ")
_ORNAMENTS = frozenset("*#~•§¶○●◦◆◇■□▪★☆✦✧✶✻✽✿❀❁❖❡❦❧☙†‡⁂⁑※⸻⸺")
"""A single one separates scenes."""

_RULED = _ORNAMENTS | _DASHES | frozenset("=+_·")
_LETTERED_RULE = re.compile(r"[-‐‑‒–—―−_=~*]{1,10} ?(?:[oO0]{1,3}|x{1,3}|xXx) ?[-‐‑‒–—―−_=~*]{1,10}")
_RULE = re.compile(r"([-‐‑‒–—―−*_=~#•·+])(?: ?\1){2,}")


def heading_of(text: str) -> tuple[str, str] | None:
    """Return the heading in the line, and the marks around it; None if there is none."""
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
    """Return whether the line begins with a list item's mark or number."""
    return _LIST_ITEM.match(text) is not None


def is_rule(text: str) -> bool:
    """Return whether the line is a row of three or more equal marks."""
    return _RULE.fullmatch(text) is not None


def is_row(text: str) -> bool:
    """Return whether the line is an unbroken row of dashes or the like, which may underline the line above."""
    return is_rule(text) and " " not in text and text[0] not in _ORNAMENTS


def is_lettered_rule(text: str) -> bool:
    """Return whether the line is letters o or x between dashes or the like, as writers set between scenes."""
    return _LETTERED_RULE.fullmatch(text.replace(" ", "")) is not None


def is_scene_mark(text: str) -> bool:
    """Return whether the line is a scene separator: stars, a row of dashes, a leaf, -oOo-."""
    if text[:1] not in _RULED:
        return False
    marks = text.replace(" ", "").replace("\ufe0e", "").replace("\ufe0f", "")
    if _RULED.issuperset(marks):
        return len(marks) > 1 or marks in _ORNAMENTS
    return _LETTERED_RULE.fullmatch(marks) is not None
