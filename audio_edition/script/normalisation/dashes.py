"""Write each dash that means a pause as eSpeak NG pauses at it, " — ", in any language.

Measured on 1.51: "word -- word" and "word—word" give 0.14 s, a comma 0.27 s, "word — word" 0.34 s. A dash at either end
or beside other punctuation adds nothing and goes. Hyphens, ranges, scores and minus signs are not dashes.
"""

from __future__ import annotations

import re

_DASHES = re.compile(r"[ \u00a0]{0,2}[-–—―]+(?:[ \u00a0][-–—―]+(?=[ \u00a0]|$))*[ \u00a0]{0,2}")
_PRICE = re.compile(r"\d[.,][-–]$")
"""A price without cents: "12.–", "5,-"."""
_CLAUSE_MARKS = ",;:.!?…،؛؟。，；：！？、"
_CLOSING_MARKS = _CLAUSE_MARKS + ")]}”’»"
_OPENING_MARKS = "([{“‘«„¿¡"


def as_breaks(text: str) -> str:
    """Return the text with its dashes as breaks, or without them where they would break nothing."""
    return _DASHES.sub(_break, text)


def _break(match: re.Match[str]) -> str:
    text, (start, end) = match.string, match.span()
    if _PRICE.search(text, max(0, start - 2), start + 1) and match[0].rstrip() in "-–":
        return match[0]
    opening, closing = _is_opening(text, start - 1), _is_closing(text, end)
    if not _is_pause(match, opening, closing):
        return match[0]
    if opening or closing:
        return ""
    return " " if text[start - 1] in _CLAUSE_MARKS else " — "


def _is_pause(match: re.Match[str], opening: bool, closing: bool) -> bool:
    text, (start, end), found = match.string, match.span(), match[0]
    dashes = "".join(found.split())
    free_before = opening or found[0].isspace()
    free_after = closing or found[-1].isspace()
    before_digit = end < len(text) and text[end].isdigit()
    between_digits = before_digit and start > 0 and text[start - 1].isdigit()
    if len(dashes) > 1 or dashes in "—―":
        return free_before or free_after or not between_digits
    if dashes == "–" and not before_digit:
        return free_before or free_after
    return free_before and free_after and not between_digits


def _is_opening(text: str, place: int) -> bool:
    """Return whether the character before a dash begins the text, a quotation or a bracket."""
    if place < 0 or text[place] in _OPENING_MARKS:
        return True
    return text[place] in "\"'" and (place == 0 or text[place - 1].isspace() or text[place - 1] in _OPENING_MARKS)


def _is_closing(text: str, place: int) -> bool:
    """Return whether the character after a dash ends the text, a clause, a quotation or a bracket."""
    if place >= len(text) or text[place] in _CLOSING_MARKS:
        return True
    after = text[place + 1 : place + 2]
    return text[place] in "\"'" and (not after or after.isspace() or after in _CLOSING_MARKS)
