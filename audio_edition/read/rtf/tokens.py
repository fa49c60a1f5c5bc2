"""Splits RTF into its groups, control words and texts (Rich Text Format 1.9.1, "Syntax")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from audio_edition.errors import ReadError

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n\0]+)|[\r\n\0]+|\\"
)
_DEEPEST = 1_000
_SMALLEST, _LARGEST = -(2**31), 2**31 - 1
_REMEDY = "Open it in LibreOffice or Word, save it as .docx or .odt, and give that file."


class Token(NamedTuple):
    """A piece of RTF: the beginning or end of a group, a control word with its number, a sign of one character (`\\~`),
    or bytes of text. `is_code` tells that a byte was written as its hexadecimal code."""

    kind: Literal["open", "close", "word", "sign", "bytes", "data"]
    name: str = ""
    number: int | None = None
    data: bytes = b""
    is_code: bool = False


def tokens(data: bytes, name: str) -> Iterator[Token]:
    """Yield the tokens of a document. Raises ReadError if its groups are nested too deeply."""
    at = depth = 0
    while found := _TOKEN.search(data, at):
        at = found.end()
        word, number, code, sign, brace, text = found.groups()
        if text is not None:
            yield Token("bytes", data=text)
        elif word is not None:
            value = None if number is None else max(_SMALLEST, min(int(number), _LARGEST))
            if word == b"bin":
                end = at + max(0, value or 0)
                yield Token("data", data=data[at:end])
                at = min(end, len(data))
            else:
                yield Token("word", word.decode(), value)
        elif brace is not None:
            depth += 1 if brace == b"{" else -1
            if depth > _DEEPEST:
                raise ReadError(f"{name} nests its groups over {_DEEPEST:,} deep, more than any document.", _REMEDY)
            yield Token("open" if brace == b"{" else "close")
        elif code is not None:
            yield Token("bytes", data=bytes.fromhex(code.decode()), is_code=True)
        elif sign is not None:
            yield Token("sign", sign.decode("latin-1"))
