"""Decodes bytes: as UTF-8, UTF-16 or UTF-32 if a byte order mark says so; else as UTF-8, then as Windows-1252.

Bytes that are not text, or would decode to nonsense, are refused with the place.
"""

from __future__ import annotations

import re

from audio_edition.errors import ReadError
from audio_edition.model import Finding
from audio_edition.read.kinds import kind_of_text, refusal, refuse
from audio_edition.read.lines import line_at
from audio_edition.sources.charsets import MARKS

_SAVE_AS_TEXT = "Save the article as plain text in UTF-8, and give that file."

_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r")) + b"\x7f"
_MOST_CONTROLS = 0.05
"""Share of all bytes. Compressed data has 0.11, UTF-16 without a byte order mark 0.5."""
_FEW_CONTROLS = 8
"""Number tolerated in a short text."""

_MOST_ACCENTS = 0.4
"""Share of all letters. Vietnamese and French have less than 0.3, Russian bytes 0.9."""

_ESCAPED = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def opening(data: bytes, characters: int = 4000) -> str:
    """Return the beginning of what may be text, without leading white space: enough to recognise the kind of
    document."""
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    beginning = data[len(mark) : len(mark) + 4 * characters]
    return beginning.decode(MARKS.get(mark, "utf-8"), "replace").lstrip()[:characters]


def decode(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the decoded text, and findings for what had to be guessed.

    Raises ReadError if the bytes are not text, or are markup rather than plain text.
    """
    refuse(data, name)
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    findings: tuple[Finding, ...] = ()
    if mark:
        text = _strictly(data, mark, name)
        _refuse_binary(text.encode(), name)
    else:
        _refuse_binary(data, name)
        text, findings = without_mark(data, name)
    _refuse_markup(text, name)
    return text, findings


def _strictly(data: bytes, mark: bytes, name: str) -> str:
    encoding = MARKS[mark]
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as trouble:
        before = data[len(mark) :][: trouble.start].decode(encoding, "ignore")
        raise _undecodable(name, encoding.upper(), len(mark) + trouble.start, before) from trouble


def without_mark(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the decoded text of bytes that have no byte order mark, and findings for guesses. Raises ReadError."""
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as trouble:
        lenient = data.decode("utf-8", "surrogateescape")
        escaped = len(_ESCAPED.findall(lenient))
        if len(_NOT_ASCII.findall(lenient)) > 2 * escaped:  # mostly valid: damaged UTF-8, not an older encoding
            raise _undecodable(name, "UTF-8", trouble.start, data[: trouble.start].decode("utf-8")) from trouble
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as trouble:
        before = data[: trouble.start].decode("cp1252")
        raise _undecodable(name, "UTF-8 nor Windows-1252", trouble.start, before) from trouble
    refuse_other_letters(text, name)
    first = _NOT_ASCII.search(text)
    return text, (_guess(line_at(text, first.start() if first else 0)),)


def refuse_other_letters(text: str, name: str) -> None:
    """Raise ReadError for Greek, Russian, Arabic or Chinese bytes decoded as Western letters: the result has far more
    accents than any language."""
    letters = [character for character in text if character.isalpha() or character > "\x7f"]
    if sum(character > "\x7f" for character in letters) > _MOST_ACCENTS * len(letters):
        raise ReadError(f"{name} is neither UTF-8 nor Windows-1252: as either it would be nonsense.", _SAVE_AS_TEXT)


def _guess(line: int) -> Finding:
    return Finding(
        "encoding",
        "warning",
        "The document is not UTF-8, so it was read as Windows-1252.",
        f"line {line}",
        "Check its accented letters and quotation marks; if any is wrong, save the document as UTF-8.",
    )


def _undecodable(name: str, encoding: str, offset: int, before: str) -> ReadError:
    place = f"byte {offset} on line {line_at(before, len(before))}"
    neither = "neither" if " nor " in encoding else "not"
    return ReadError(f"{name} is {neither} {encoding} text: {place} is not a character.", _SAVE_AS_TEXT)


def _refuse_binary(data: bytes, name: str) -> None:
    if data.startswith(b"PK\x03\x04"):
        raise ReadError(f"{name} is a ZIP archive, or a document that is one, not plain text.", _SAVE_AS_TEXT)
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if controls > max(_FEW_CONTROLS, _MOST_CONTROLS * len(data)):
        raise ReadError(
            f"{name} is not text: {controls} of its {len(data)} bytes are control characters.", _SAVE_AS_TEXT
        )


def _refuse_markup(text: str, name: str) -> None:
    if kind := kind_of_text(text, name):
        raise refusal(kind, name)
    beginning = text[:1000].lstrip().casefold()
    if beginning.startswith("{\\rtf"):
        raise ReadError(f"{name} is a document in RTF, not plain text.", _SAVE_AS_TEXT)
    if beginning.startswith(("<!doctype html", "<html")):
        raise ReadError(f"{name} is a web page, not plain text.", _SAVE_AS_TEXT)
    if beginning.startswith(("<?xml", "<!doctype")):
        from audio_edition.read.tree import root_of  # here: it imports this module

        root = root_of(text.encode())[0]
        called = f", with <{root}> as its first element" if root else ""
        raise ReadError(f"{name} is XML{called} of an unknown kind.", _SAVE_AS_TEXT)
