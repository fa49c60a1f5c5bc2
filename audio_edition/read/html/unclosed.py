"""Finds text that a page never shows because something is not closed: everything after `<!--`, `<script>` or half a
tag."""

from __future__ import annotations

import re

from audio_edition.errors import in_brief
from audio_edition.model import Finding
from audio_edition.read.lines import line_at, speakable

_OPENING = re.compile(r"<!--|<(script|style|title|xmp|noframes)\b[^<>]*>", re.IGNORECASE)
_ENDS = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in ("script", "style", "title", "xmp", "noframes")}
_END_OF_COMMENT = re.compile(r"--!?>")
_HALF_A_TAG = re.compile(r"<[a-z/!?][^<>]*\Z", re.IGNORECASE)
_LONGEST_HALF = 20_000
_TAG = re.compile(r"<[^<>]{0,2000}>")


def unclosed(text: str) -> tuple[Finding, ...]:
    """Return a finding that quotes the words after something unclosed in a page, if there are any."""
    at = 0
    while found := _OPENING.search(text, at):
        name = (found[1] or "").casefold()
        end = (_ENDS[name] if name else _END_OF_COMMENT).search(text, found.end() - (0 if name else 2))
        if end is None:
            return _findings(text, found.start(), found.end(), found[0])
        at = end.end()
    half = _HALF_A_TAG.search(text, max(at, len(text) - _LONGEST_HALF))
    return _findings(text, half.start(), half.start() + 1, "<") if half else ()


def _findings(text: str, start: int, end: int, mark: str) -> tuple[Finding, ...]:
    words = " ".join(_TAG.sub(" ", text[end:]).split())
    if not speakable(words):
        return ()
    return (
        Finding(
            "markup-unclosed",
            "warning",
            f"Left out: the text after “{in_brief(mark)}”, which is never closed, so that no browser shows it.",
            f"line {line_at(text, start)}",
            "Close it where it ends.",
            words,
        ),
    )
