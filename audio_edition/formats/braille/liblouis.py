"""liblouis, which knows the braille codes of the languages: a library of the system, called through ctypes."""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from audio_edition.errors import MissingTool, PublishError

INSTALL = (
    "Install it: apt install liblouis20 liblouis-data (Debian, Ubuntu), dnf install liblouis (Fedora), "
    "brew install liblouis (macOS)."
)
_NAMES = ("liblouis.so.20", "liblouis.dylib", "/opt/homebrew/lib/liblouis.dylib", "liblouis.dll")
_DOTS, _AS_UNICODE = 4, 64
"""Modes of lou_translate: cells come as dots, and as characters of Unicode's braille patterns."""
_CELLS_PER_CHARACTER = 24
"""Room for a character: an unknown one is spelt out in a dozen cells."""
_LAST_OF_ONE_UNIT = 0xFFFF


@functools.cache
def _library() -> Any:
    """Return the library. Raises MissingTool."""
    for name in filter(None, (ctypes.util.find_library("louis"), *_NAMES)):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.lou_version.restype = ctypes.c_char_p
        library.lou_setLogLevel(60_000)  # LOU_LOG_OFF: what goes wrong is raised here
        return library
    raise MissingTool("Braille needs liblouis, which is not installed.", INSTALL)


def version() -> str:
    """Return the library's version, which fixes its tables. Raises MissingTool."""
    return str(_library().lou_version().decode("ascii", "replace"))


@functools.cache
def _code_units() -> tuple[int, str]:
    """Return the bytes of the library's characters, and their encoding: it is compiled for one of two."""
    size = int(_library().lou_charSize())
    return size, {2: "utf-16-le", 4: "utf-32-le"}[size]


def cells(table: str, text: str) -> str:
    """Return a text in a table's braille, as characters U+2800 to U+28FF. Raises as `translated` does."""
    return translated(table, text)[0]


def translated(table: str, text: str) -> tuple[str, list[int]]:
    """Return a text in a table's braille, and at which of its cells each character of the text begins.

    Raises MissingTool without the library, PublishError where it has no such table.
    """
    size, encoding = _code_units()
    data = text.encode(encoding, "replace")
    length = len(data) // size
    room = _CELLS_PER_CHARACTER * length + 64
    written, read, out = ctypes.c_int(room), ctypes.c_int(length), ctypes.create_string_buffer(room * size)
    places = (ctypes.c_int * (length + 1))()
    is_done = _library().lou_translate(
        table.encode(), data + b"\0" * size, ctypes.byref(read), out, ctypes.byref(written),
        None, None, places, None, None, _DOTS | _AS_UNICODE,
    )  # fmt: skip
    if not is_done or read.value != length:
        raise PublishError(f"liblouis {version()} has no braille table {table} that can be used.", INSTALL)
    found = out.raw[: written.value * size].decode(encoding)
    return found, _in_order(places[unit] for unit in _first_units(text, encoding))


def _first_units(text: str, encoding: str) -> Iterator[int]:
    """Yield at which of the library's characters each character begins: those of UTF-16 may be two."""
    at = 0
    for character in text:
        yield at
        at += 2 if encoding == "utf-16-le" and ord(character) > _LAST_OF_ONE_UNIT else 1


def _in_order(places: Iterable[int]) -> list[int]:
    """Return places of which none is before the last: rules that swap cells report some that are."""
    return list(itertools.accumulate(places, max))
