"""liblouis for the check: the text that cells stand for, and the cells of a text."""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
from typing import Any

from audio_edition.check.reading import UnreadableError

ORDER = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""Braille ASCII in the order of Unicode's patterns."""
INSTALL = "Install it: apt install liblouis20 liblouis-data"
_FIRST = 0x2800
_NO_LETTER, _BEGINS_AN_ESCAPE = "\ue000", 3
_DOTS_AS_UNICODE = 4 | 64


@functools.cache
def library() -> Any:
    """Return liblouis, or None if it is not installed."""
    for name in filter(None, (ctypes.util.find_library("louis"), "liblouis.so.20", "liblouis.dylib", "liblouis.dll")):
        try:
            found = ctypes.CDLL(name)
        except OSError:
            continue
        found.lou_version.restype = ctypes.c_char_p
        found.lou_setLogLevel(60_000)  # LOU_LOG_OFF
        return found
    return None


def read_back(table: str, cells: str) -> str:
    """Return the text that cells of braille ASCII stand for. Raises UnreadableError."""
    return _converted("lou_backTranslateString", f"en-us-brf.dis,{table}", cells, 0)


def cells_of(table: str, text: str) -> str | None:
    """Return the cells of a text; None if some are not six-dot cells. Raises UnreadableError."""
    places = [ord(each) - _FIRST for each in _converted("lou_translateString", table, text, _DOTS_AS_UNICODE)]
    return "".join(ORDER[place] for place in places) if all(0 <= place < len(ORDER) for place in places) else None


@functools.cache
def knows(table: str, letter: str) -> bool:
    """Return whether a table has cells for a letter: some, and not those that it has for an unknown character."""
    cells, unknown = cells_of(table, letter), cells_of(table, _NO_LETTER) or ""
    if cells is None or not cells.strip():
        return False
    is_spelt_out = len(unknown) > _BEGINS_AN_ESCAPE
    return not cells.startswith(unknown[:_BEGINS_AN_ESCAPE]) if is_spelt_out else letter.isascii() or cells != unknown


def _converted(function: str, tables: str, text: str, mode: int) -> str:
    size = int(library().lou_charSize())
    encoding = {2: "utf-16-le", 4: "utf-32-le"}[size]
    given = text.encode(encoding, "replace")
    length = len(given) // size
    room = 16 * length + 64
    read, written, out = ctypes.c_int(length), ctypes.c_int(room), ctypes.create_string_buffer(room * size)
    is_done = getattr(library(), function)(
        tables.encode(), given + b"\0" * size, ctypes.byref(read), out, ctypes.byref(written), None, None, mode
    )
    if not is_done or read.value != length:
        raise UnreadableError(f"liblouis can't use its table {tables}")
    return out.raw[: written.value * size].decode(encoding, "replace")


def version() -> str:
    """Return the version of liblouis, which must be installed."""
    return str(library().lou_version().decode("ascii", "replace"))


def in_ascii(cells: str) -> str:
    """Return a text with its six-dot cells, given as Unicode's braille patterns, in braille ASCII."""
    return cells.translate({_FIRST + place: character for place, character in enumerate(ORDER)})
