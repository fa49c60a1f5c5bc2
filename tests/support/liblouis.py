"""liblouis as tests ask it: the cells of a text read back."""

from __future__ import annotations

import ctypes
import ctypes.util
from typing import Any

import pytest

from support.recordings import TOOLS_REQUIRED

_FOUND = ctypes.util.find_library("louis")
INSTALLED = _FOUND is not None
needs_liblouis = pytest.mark.skipif(
    not INSTALLED and not TOOLS_REQUIRED, reason="liblouis is not installed: apt install liblouis20 liblouis-data"
)


def read_back(table: str, cells: str) -> str:
    """What braille ASCII stands for, by lou_backTranslateString."""
    library: Any = ctypes.CDLL(_FOUND)
    size = library.lou_charSize()
    encoding = {2: "utf-16-le", 4: "utf-32-le"}[size]
    room = 20 * len(cells) + 100
    read, written, out = ctypes.c_int(len(cells)), ctypes.c_int(room), ctypes.create_string_buffer(room * size)
    given = cells.encode(encoding) + b"\0" * size
    assert library.lou_backTranslateString(
        f"en-us-brf.dis,{table}".encode(), given, ctypes.byref(read), out, ctypes.byref(written), None, None, 0
    )
    assert read.value == len(cells)
    return out.raw[: written.value * size].decode(encoding)
