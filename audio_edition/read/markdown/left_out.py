"""Collects what a Markdown document holds but does not show, while it is parsed, for findings to quote."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

from audio_edition.model import Finding, Level

Environment = MutableMapping[str, Any]

_KEY = "left_out"
_KINDS: dict[str, tuple[Level, str, str]] = {
    "comments-left-out": ("note", "Left out: comments, which the document does not show.", ""),
    "embedded-left-out": (
        "warning",
        "Left out: what the document only names, such as videos and other notes: {}.",
        "Say in the document what they tell.",
    ),
    "marks-left-out": ("note", "Left out: marks for the program that the document was written for.", ""),
    "citations-left-out": (
        "note",
        "Left out: references to a list of literature that the document does not hold: {}.",
        "If they are to be heard, write them in words.",
    ),
    "abbreviations-left-out": (
        "note",
        "Left out: what abbreviations stand for, which the document shows to a mouse only.",
        "If it is to be heard, write it in the text.",
    ),
    "links-left-out": ("note", "Left out: addresses that no link of the document leads to.", ""),
}


def leave_out(environment: Environment, kind: str, text: str) -> None:
    """Record a text that is not shown; `kind` is the id of its finding."""
    environment.setdefault(_KEY, {}).setdefault(kind, []).append(" ".join(text.split()))


def findings(environment: Environment) -> Iterator[Finding]:
    """Yield a finding for each kind of text that was left out."""
    left_out = environment.get(_KEY, {})
    for kind, (level, message, remedy) in _KINDS.items():
        if texts := left_out.get(kind):
            yield Finding(kind, level, message.format(len(texts)), remedy=remedy, text=" ".join(texts))
