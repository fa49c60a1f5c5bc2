"""What is said for characters that stand above or below the line: powers, ordinals, indices, marks of notes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audio_edition.model import Span, SpanKind
from audio_edition.script.wording import Wording

_UNIT = re.compile(r"(?:^|[\d\s/·(])(?:[kcdmµμn]?m|ft|in|yd|mi|(?<=/)s)$")
_NUMBER = re.compile(r"(?P<minus>[-−–‐])?(?P<figures>\d{1,6}(?:[.,]\d{1,6})?)")
_EXPONENT = re.compile(r"(?P<minus>[-−–‐])?(?P<figures>[nxyk]|[\dnxyk]{1,4}[-+−–][\dnxyk]{1,4})")
_BASE = re.compile(
    r"(?:\d|[α-ωΑ-Ω][^\W\d_]?|[)\]|]|(?<![^\W\d_])[^\W\d_]|(?<![^\W\d_])[bcdfghjklmnpqrstvwxz]{2,3})$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]*[a-zß-öø-ÿа-яё]$")
_SIGNS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-n0123456789+-")
_RAISED_SIGNS = re.compile("[⁰¹²³⁴-⁹⁺⁻ⁿ]+|(?<=[^\\W\\d_])[₀-₉]+")
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
_CARET = re.compile(r"(?<=[\w)\]])\^(?:(?P<figure>[-−]?\d{1,3}|[nxk](?!\w))|\{(?P<braced>[-−]?[\dnxk]{1,4})\})")
_PUNCTUATION = tuple(".,;:!?…\"'”’»)")


def said_for(span: Span, text: str, words: Wording | None) -> str:
    """Return what is said in the place of a raised or lowered stretch of a text.

    Ordinals (1st, 2e) and formulas (H2O) are said as if they stood on the line. What is no power of a number or letter
    is a mark that refers to something, and silent behind a word.
    """
    written, before = text[span.start : span.end], text[: span.start]
    if span.kind == "subscript":
        return written if _joins(before, written) else f" {written}"
    number = _NUMBER.fullmatch(written)
    if number and written in ("2", "3") and _UNIT.search(before):
        return "²³"[written == "3"]
    power = number or _EXPONENT.fullmatch(written)
    if power and _BASE.search(before):
        return _power(power, words)
    if number and (_WORD.search(before) or before.endswith(_PUNCTUATION)):
        return ""
    if written[:1].isdigit() and (before[-1:].isdigit() or text[span.end : span.end + 1].isalpha()):
        return f" {written} "
    return written


def raised_signs(text: str, words: Wording | None) -> Iterator[tuple[int, int, str]]:
    """Yield what is said for the characters that Unicode has for raised and lowered figures, and for powers written
    with a caret (x², 10⁻³, H₂O, r^2): their first and last place, and the words."""
    plain = text.translate(_SIGNS)
    for sign in _RAISED_SIGNS.finditer(text):
        kind: SpanKind = "subscript" if sign[0][0] in _LOWERED else "superscript"
        yield sign.start(), sign.end(), said_for(Span(sign.start(), sign.end(), kind), plain, words)
    for caret in _CARET.finditer(text):
        if power := _NUMBER.fullmatch(exponent := caret["figure"] or caret["braced"]) or _EXPONENT.fullmatch(exponent):
            yield caret.start(), caret.end(), _power(power, words)


def _joins(before: str, written: str) -> bool:
    """Return whether an index can be said with what it is of, as in H2O and x1."""
    return written.isdigit() and not before[-1:].isdigit()


def _power(power: re.Match[str], words: Wording | None) -> str:
    if words is None:
        return f" {power[0]}"
    match power[0]:
        case "2":
            said = words.squared
        case "3":
            said = words.cubed
        case _:
            exponent = f"{words.minus} {power['figures']}" if power["minus"] else power["figures"]
            said = words.power.format(exponent=exponent)
    return f" {said}"
