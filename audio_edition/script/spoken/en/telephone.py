"""In: an English text. Out: the same with telephone numbers figure by figure: "5 5 5, 1 2 3, 4 5 6 7".

A number is one by its form (+44 ..., 1-800-..., (555) 123-4567, three groups of figures and ten of them), by a word
before it such as "call", or by being 911 and the like beside such a word.
"""

from __future__ import annotations

import re

_GROUPS = r"\d{1,5}(?:[ \u00a0.\-–]\d{2,5}){1,5}"
_INTERNATIONAL = re.compile(
    rf"(?<![\w+.])\+(?=\d)(?P<number>\d{{1,3}}(?:[ \u00a0.\-–]?\(\d{{1,5}}\))?[ \u00a0.\-–]?{_GROUPS}"
    rf"|\d{{8,15}})(?![\w]|[.\-–]\d)"
)
_NATIONAL = re.compile(
    r"(?<![\w+.,\-–$£€])(?P<number>(?:1[ \u00a0.\-–])?(?:\(\d{2,5}\) ?|\d{3}[.\-–])\d{3,4}[ \u00a0.\-–]\d{3,4}"
    r"|0\d{2,4} \d{3,4} \d{3,4}|0\d{4} \d{6}|555[\-–]\d{4}|\d{3}-\d{2}-\d{4})(?![\w]|[.\-–,]\d)"
)
_AFTER_WORD = re.compile(
    r"(?P<word>\b(?:call|calling|called|dial|dialled|dialed|dialling|dialing|phone|phoned|telephone|tel\.?|text"
    r"|texted|hotline"
    rf"|helpline|fax)(?: (?:on|at|to|is|number))?:? )(?P<number>{_GROUPS}|\d{{3}}|\d{{7,12}})"
    rf"(?![\w]|[.,:\-–]\d| ?(?:people|times|hours|%))",
    re.IGNORECASE,
)
_EMERGENCY = re.compile(
    r"(?<![\w.,$£€\-–])(?P<number>911|999|112|000)(?= "
    r"(?:call|calls|caller|callers|dispatcher|dispatchers|operator|operators)\b)"
)
_PARTS = re.compile(r"\d+")


def as_figures(text: str) -> str:
    """The text with the figures of telephone numbers apart."""
    for pattern in (_INTERNATIONAL, _NATIONAL, _EMERGENCY):
        text = pattern.sub(lambda match: _apart(match[0]), text)
    return _AFTER_WORD.sub(lambda match: match["word"] + _apart(match["number"]), text)


def _apart(number: str) -> str:
    groups = ", ".join(" ".join(group) for group in _PARTS.findall(number))
    return f"plus {groups}" if number.startswith("+") else groups
