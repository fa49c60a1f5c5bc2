"""The formatted text of a message of Outlook: unpacks it (MS-OXRTFCP), and takes the HTML out of it (MS-OXRTFEX)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace
from html import escape

from lxml import etree

from audio_edition.read.rtf.charsets import codec_of_charset, codec_of_page
from audio_edition.read.rtf.tokens import Token, tokens

_HEAD = struct.Struct("<IIII")
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_BEGINNING = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u"
    rb"\tab\tx"
)
"""What the dictionary of 4,096 bytes holds before the first byte (MS-OXRTFCP, 2.1.2.1)."""

_WINDOW = 4096
_MOST_BYTES = 50_000_000
_UNSEEN = frozenset({"colortbl", "fonttbl", "info", "pict", "stylesheet"})
_SIGNS = {
    "bullet": "•", "emdash": "—", "endash": "–", "ldblquote": "“", "line": "\n", "lquote": "‘", "par": "\n",
    "rdblquote": "”", "rquote": "’", "tab": "\t",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}


def unpacked(data: bytes) -> bytes:
    """Return the RTF of a compressed one; as much of it as there is, if it is damaged."""
    if len(data) < _HEAD.size:
        return b""
    _, size, kind, _ = _HEAD.unpack_from(data)
    packed = data[_HEAD.size :]
    if kind == _PLAIN:
        return packed[:size]
    return _expanded(packed, min(size, _MOST_BYTES)) if kind == _PACKED else b""


def _expanded(packed: bytes, most: int) -> bytes:
    """Return the bytes that references to earlier ones stand for. Eight at a time follow the bits of a byte."""
    out = bytearray(_BEGINNING)
    at = 0
    while at < len(packed) and len(out) < most + len(_BEGINNING):
        bits = packed[at]
        at += 1
        for bit in range(8):
            if not bits >> bit & 1:
                out += packed[at : at + 1]
                at += 1
                continue
            reference = int.from_bytes(packed[at : at + 2], "big")
            at += 2
            back = (len(out) - (reference >> 4)) % _WINDOW
            if back == 0 or at > len(packed):  # a reference to the place itself is the end
                return bytes(out[len(_BEGINNING) :])
            _repeat(out, back, (reference & 15) + 2)
    return bytes(out[len(_BEGINNING) :][:most])


def _repeat(out: bytearray, back: int, count: int) -> None:
    """Add bytes again that stand so far back; those before the first are spaces."""
    for _ in range(count):
        out.append(out[-back] if back <= len(out) else 0x20)


def page_of(data: bytes, name: str) -> str:
    """Return the HTML that RTF was made of, or else the RTF as HTML. Raises ReadError."""
    from audio_edition.read.rtf.body import text_of

    if b"\\fromhtml" in data[:2000]:
        page = _Page()
        for token in tokens(data, name):
            page.take(token)
        return page.html()
    return etree.tostring(text_of(data, name).written().root, encoding="unicode", method="html")


@dataclass(frozen=True, slots=True)
class _State:
    """What applies in a group: nothing of it is read, it holds markup, its text is for programs without HTML, the
    codec, and how many characters stand in for one of Unicode."""

    is_skipped: bool = False
    is_markup: bool = False
    is_doubled: bool = False
    is_font_table: bool = False
    codec: str = ""
    substitutes: int = 1


class _Page:
    """Gathers the HTML inside RTF."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._bytes = bytearray()
        self._states = [_State()]
        self._codec = "cp1252"
        self._codecs: dict[int, str] = {}
        self._font = 0
        self._is_optional = False
        self._left_to_skip = 0

    def html(self) -> str:
        """Return all that was gathered."""
        self._decode()
        return "".join(self._parts)

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.kind != "bytes":
            self._decode()
        if token.kind == "open":
            self._states.append(self._states[-1])
        elif token.kind == "close":
            if len(self._states) > 1:
                self._states.pop()
        elif token.kind == "bytes":
            self._take_bytes(token)
        elif token.kind == "word":
            self._take_word(token.name, token.number)
        elif token.kind == "sign":
            self._is_optional = token.name == "*"
            self._say(_SYMBOLS.get(token.name, ""))

    def _take_bytes(self, token: Token) -> None:
        skipped = min(self._left_to_skip, len(token.data))
        self._left_to_skip -= skipped
        state = self._states[-1]
        if not (state.is_skipped or state.is_doubled):
            self._bytes += token.data[skipped:]

    def _take_word(self, word: str, number: int | None) -> None:
        self._left_to_skip = 0
        is_optional, self._is_optional = self._is_optional, False
        state = self._states[-1]
        if word == "htmltag" and is_optional:
            self._change(is_markup=True)
        elif is_optional or word in _UNSEEN:
            self._change(is_skipped=True, is_font_table=word == "fonttbl")
        elif word == "htmlrtf":
            self._change(is_doubled=number != 0)
        elif word == "u" and number is not None:
            self._left_to_skip = state.substitutes
            self._say(chr(number % 0x10000))
        elif word == "uc":
            self._change(substitutes=max(0, number or 0))
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        else:
            self._take_charset(word, number or 0)

    def _take_charset(self, word: str, number: int) -> None:
        if word == "ansicpg":
            self._codec = codec_of_page(number)
        elif word == "f" and self._states[-1].is_font_table:
            self._font = number
        elif word == "fcharset":
            self._codecs[self._font] = codec_of_charset(number, self._codec)
        elif word == "f":
            self._change(codec=self._codecs.get(number, ""))

    def _change(self, **changed: bool | int | str) -> None:
        self._states[-1] = replace(self._states[-1], **changed)  # type: ignore[arg-type]

    def _say(self, text: str) -> None:
        state = self._states[-1]
        if text and not (state.is_skipped or state.is_doubled):
            self._parts.append(text if state.is_markup else escape(text, quote=False))

    def _decode(self) -> None:
        """Take the bytes that were gathered as text."""
        if self._bytes:
            self._say(self._bytes.decode(self._states[-1].codec or self._codec, "replace"))
            self._bytes.clear()
