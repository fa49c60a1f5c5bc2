"""Say telephone numbers figure by figure: "5 5 5, 1 2 3, 4 5 6 7".

A number is one by its form (+44 ..., 1-800-..., (555) 123-4567, three groups of figures and ten of them), by a word
before it such as "call", or by being 911 and the like beside such a word.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.one_by_one import TRUNK_NOUGHT

_SPACE = r"[ \u00a0.\-–]"
_CALL = (
    r"call|calling|called|dial|dialled|dialed|dialling|dialing|phone|phoned|telephone|tel\.?|text|texted|hotline"
    r"|helpline|fax"
)
_INTERNATIONAL = re.compile(
    rf"(?<![\w+.])\+(?=(?:{_SPACE}?[()]?\d){{8,15}}(?![\w]|{_SPACE}\d))\d{{1,3}}(?:{_SPACE}?\(?\d{{1,12}}\)?){{1,6}}"
)
_NATIONAL = re.compile(
    r"(?<![\w+.,\-–$£€])(?:(?:1[ \u00a0.\-–])?(?:\(\d{2,5}\) ?|\d{3}[.\-–])\d{3,4}[ \u00a0.\-–]\d{3,4}"
    r"|0\d{2,4} \d{3,4} \d{3,4}|0\d{4} \d{6}|555[\-–]\d{4}|\d{3}-\d{2}-\d{4})(?![\w]|[.\-–,]\d)"
)
_AFTER_WORD = re.compile(
    rf"(?P<word>\b(?:{_CALL})(?: (?:on|at|to|is|number))?:? )"
    rf"(?P<number>\d{{3,5}}(?: \d{{3,4}}){{1,3}}|\d{{3}}[\-–]\d{{4}}|\d{{1,5}}(?:{_SPACE}\d{{2,5}}){{2,5}}|\d{{7,12}})"
    r"(?![\w]|[.,:\-–]\d)",
    re.IGNORECASE,
)
_SERVICES = "911|999|112|111|101|988|000"
_EMERGENCY = re.compile(
    rf"(?:(?<=call )|(?<=called )|(?<=calling )|(?<=dial )|(?<=dialled )|(?<=dialed )|(?<=ring ))(?:{_SERVICES})"
    rf"(?=[.,;:!?)\"”’]|$| (?:and|for|if|in|immediately|now|or|to|when)\b)"
    rf"|(?<![\w.,$£€\-–])(?:{_SERVICES})(?= (?:call|dispatch|operator)(?:s|er|ers)?\b)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\d+")


def as_figures(text: str) -> str:
    """Return the text with the figures of telephone numbers apart."""
    for pattern in (_INTERNATIONAL, _NATIONAL, _EMERGENCY):
        text = pattern.sub(lambda match: _apart(match[0]), text)
    return _AFTER_WORD.sub(lambda match: match["word"] + _apart(match["number"]), text)


def _apart(number: str) -> str:
    dialled = TRUNK_NOUGHT.sub(" ", number) if number.startswith("+") else number
    groups = ", ".join(" ".join(group) for group in _PARTS.findall(dialled))
    return f"plus {groups}" if number.startswith("+") else groups
