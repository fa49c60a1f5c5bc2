"""Recognises Markdown at the beginning of a text, by marks that wire copy never has."""

from __future__ import annotations

import re

_FENCE = re.compile(r"(---|\+\+\+)[ \t]*\r?\n")
_KEY = re.compile(r"(?:#[^\n]*\n|[ \t\r]*\n){0,20}[\w\"'-][^\n:=]{0,80}(?::(?:\s|\Z)|[ \t]*=)")
_SIGNS = {
    r"^ {0,3}#{1,6} [^#\s]": 2,  # a heading
    r"\]\([^()\s]{1,500}\)": 2,  # a link
    r"^ {0,3}(?:```|~~~)": 2,
    r"^\|?[ ]?:?-{3,}:?[ ]?\|[-:| ]{3,200}$": 2,  # below a table's headers
    r"^\[\^?[^\]\n]{1,80}\]: ": 1,  # a footnote, or where a link leads
    r"\*\*[^\s*][^*\n]{0,200}\*\*": 1,
    r"^> ": 1,
}
"""The marks and their weights."""

_ENOUGH = 3
_MOST_OF_A_SIGN = 3


def has_front_matter(text: str) -> bool:
    """Whether the text begins with front matter."""
    fence = _FENCE.match(text)
    return fence is not None and _KEY.match(text, fence.end()) is not None


def is_marked(text: str) -> bool:
    """Whether the text has several of the marks, or begins with a heading."""
    marks = (min(_MOST_OF_A_SIGN, len(re.findall(sign, text, re.MULTILINE))) * worth for sign, worth in _SIGNS.items())
    return (text.startswith("# ") and not text.startswith("# #")) or sum(marks) >= _ENOUGH
