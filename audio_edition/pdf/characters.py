"""Tells the characters of a page in bulk, by PDFium. Runs in the child process only.

Every call from Python costs more than PDFium's own work for a character: so the codes come all at once, and places and
text objects are asked for only where a word begins and ends, for all words of the page in one go.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby, islice, repeat
from struct import Struct
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

HYPHEN = "\2"
"""PDFium's character for a hyphen at a line's end; in bulk it tells U+FFFE."""

TEX_LIGATURES = {
    11: "ff", 12: "fi", 14: "ffi", 15: "ffl", 27: "ff", 28: "fi", 29: "fl", 30: "ffi", 31: "ffl",
}  # fmt: skip
"""What TeX's fonts have where others have controls (encodings OT1 and T1), if the file does not say it."""

_WIDE_SPACES = (0x85, 0xA0, 0x1680, *range(0x2000, 0x200C), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000)
_SPACES = {*range(33), *_WIDE_SPACES} - {ord(HYPHEN), *TEX_LIGATURES}
_SPACE = "".join(rf"\u{code:04x}" for code in sorted(_SPACES))
_TOKEN = re.compile(rf"([{_SPACE}]*)([^{_SPACE}{HYPHEN}]*{HYPHEN}|[^{_SPACE}{HYPHEN}]+)")
"""White space, and what stands behind it as far as the next."""

_MAYBE_LIGATURE = re.compile(f"[{''.join(map(chr, TEX_LIGATURES))}]")
_UNSAID = re.compile("[\ufffe\uffff\ufeff]")
_BREAKS = "\n\r"
_MOST_TOKENS = 60_000
"""Of a page. A newspaper's broadsheet has some 8,000 words."""

_ADDRESS, _NUMBER, _DOUBLE = ctypes.c_void_p, ctypes.c_int, ctypes.c_double
_RECT, _POINT = Struct("4f"), Struct("2d")

Edges = tuple[float, float, float, float]
"""Left, top, right and bottom of a box, as PDFium orders them."""


def _quick(name: str, result: Any, *arguments: Any) -> Any:
    """Return a function of PDFium that takes addresses as numbers, and keeps the interpreter's lock: calling
    pypdfium2's own, with their pointers, takes three times as long."""
    address = ctypes.cast(getattr(pdfium, name), _ADDRESS).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_object_of = _quick("FPDFText_GetTextObject", _ADDRESS, _ADDRESS, _NUMBER)
_unicode_of = _quick("FPDFText_GetUnicode", ctypes.c_uint, _ADDRESS, _NUMBER)
_loose_box_of = _quick("FPDFText_GetLooseCharBox", _NUMBER, _ADDRESS, _NUMBER, _ADDRESS)
_origin_of = _quick("FPDFText_GetCharOrigin", _NUMBER, _ADDRESS, _NUMBER, _ADDRESS, _ADDRESS)


class Run(NamedTuple):
    """Characters that no space parts and one text object draws: all of them, or those from the first to the last place.
    `is_first` tells that white space, or the page's beginning, precedes it; `is_spaced` that a space does. The boxes
    are those of its first and last character, with the height of the font."""

    text: str
    first: int
    drawn: int
    is_first: bool
    is_spaced: bool
    first_box: Edges
    last_box: Edges


class Characters:
    """The characters of a page's text, in drawing order."""

    def __init__(self, text: Any) -> None:
        self._address = ctypes.addressof(text.contents)
        self._at = ctypes.create_string_buffer(_POINT.size)
        self._x_address = ctypes.addressof(self._at)
        self._y_address = self._x_address + ctypes.sizeof(_DOUBLE)
        self._text = self._all(text)
        self.is_cut = False

    def _all(self, text: Any) -> str:
        """Return all characters, each on its place; where PDFium left some out of the bulk, they are asked for one by
        one."""
        count = max(0, pdfium.FPDFText_CountChars(text))
        buffer = (ctypes.c_ushort * (count + 1))()
        length = pdfium.FPDFText_GetText(text, 0, count, buffer) - 1
        if length == count:
            found = bytes(buffer)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if length != count or len(found) != count:
            return "".join(chr(self._code(at)) for at in range(count))
        return found if "\ufffe" not in found else _UNSAID.sub(lambda each: chr(self._code(each.start())), found)

    def _code(self, at: int) -> int:
        code: int = _unicode_of(self._address, at)
        return code if code < 0x110000 else 0xFFFF

    def runs(self) -> Iterator[Run]:
        """Yield the runs of characters; `is_cut` tells whether there were too many to yield all."""
        text = self._text
        if _MAYBE_LIGATURE.search(text):
            text = _MAYBE_LIGATURE.sub(self._ligature_or_space, text)
        tokens = list(islice(_TOKEN.finditer(text), _MOST_TOKENS))
        self.is_cut = len(tokens) == _MOST_TOKENS
        firsts, lasts = [token.start(2) for token in tokens], [token.end() - 1 for token in tokens]
        facts = zip(
            tokens, self._objects(firsts), self._objects(lasts), self._boxes(firsts), self._boxes(lasts), strict=True
        )
        for token, drawn, last_drawn, first_box, last_box in facts:
            spaces, said = token.groups()
            is_spaced = bool(spaces.strip(_BREAKS))
            if drawn == last_drawn and (said.isascii() or not _UNSAID.search(said)):
                yield Run(said, token.start(2), drawn, True, is_spaced, first_box, last_box)
            else:
                yield from self._parted(said, token.start(2), is_spaced)

    def _objects(self, places: Sequence[int]) -> list[int]:
        """Return the text objects that draw the characters on some places, 0 for none."""
        return [found or 0 for found in map(_object_of, repeat(self._address), places)]

    def _boxes(self, places: Sequence[int]) -> Iterator[Edges]:
        """Return the boxes of the characters on some places."""
        edges = ctypes.create_string_buffer(_RECT.size * len(places))
        begin = ctypes.addressof(edges)
        addresses = range(begin, begin + _RECT.size * len(places), _RECT.size)
        deque(map(_loose_box_of, repeat(self._address), places, addresses), maxlen=0)
        return _RECT.iter_unpack(edges.raw[: _RECT.size * len(places)])

    def _ligature_or_space(self, found: re.Match[str]) -> str:
        return found[0] if _object_of(self._address, found.start()) else " "

    def _parted(self, said: str, first: int, is_spaced: bool) -> Iterator[Run]:
        """Yield the runs of characters that several objects draw, or that hold some that are not said."""
        places = [first + at for at, each in enumerate(said) if not _UNSAID.match(each)]
        is_first = True
        for drawn, same in groupby(places, key=partial(_object_of, self._address)):
            own = list(same)
            text = "".join(said[at - first] for at in own)
            first_box, last_box = self._boxes([own[0], own[-1]])
            yield Run(text, own[0], drawn or 0, is_first, is_first and is_spaced, first_box, last_box)
            is_first = False

    def origin(self, at: int) -> tuple[float, float]:
        """Return the point on which a character stands."""
        _origin_of(self._address, at, self._x_address, self._y_address)
        x, y = _POINT.unpack(self._at)
        return x, y
