"""Read a lexicon by its path, or those that lie beside an article; content tells their kind."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from audio_edition import atomic
from audio_edition.errors import ScriptError
from audio_edition.script.lexicon.entries import Fault, Lexicon
from audio_edition.script.lexicon.plain import read_plain

LIMIT_BYTES = 20_000_000
"""Of a lexicon: 100,000 lexemes have some 15 MB."""

NEWS = Path(__file__).with_name("news.txt")
"""The lexicon that comes with the program."""

_BESIDE = ("lexicon.pls", "lexicon.txt")
_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_SAVE_AS_UTF8 = "Save it as plain text in UTF-8, or as PLS."
_NUL = re.compile("[\0\x01-\x08\x0e-\x1f]")


def beside(article: Path) -> tuple[Path, ...]:
    """Return the lexicons in an article's folder: `lexicon.pls`, `lexicon.txt`, and over them the article's own, which
    has its name and ends in `.lexicon`."""
    paths = (*(article.with_name(name) for name in _BESIDE), article.with_suffix(".lexicon"))
    return tuple(path for path in paths if path != article and path.is_file())


def read_lexicon(path: Path) -> Lexicon:
    """Return the lexicon in a file, with its faults. Raises ScriptError where there is nothing to read."""
    return lexicon_in(load_lexicon(path), str(path))


def lexicon_in(data: bytes, name: str) -> Lexicon:
    """Return the lexicon in the bytes of a file that is called `name`, with its faults."""
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] == b"<" or _is_utf16_xml(data):
        from audio_edition.script.lexicon.pls import read_pls

        return read_pls(data, name)
    text = _decoded(data)
    return read_plain(text, name) if isinstance(text, str) else Lexicon(name, (), (text,))


def load_lexicon(path: Path) -> bytes:
    """Return the bytes of a lexicon's file. Raises ScriptError."""
    try:
        if path.is_dir():
            raise ScriptError(f"{path} is a folder, not a lexicon.", "Name a file in it.")
        with atomic.regular_file(path.resolve()) as file:
            data = file.read(LIMIT_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ScriptError(f"The lexicon {path} can't be read ({reason}).", "Check its name and place.") from error
    if len(data) > LIMIT_BYTES:
        raise ScriptError(
            f"{path} is larger than {LIMIT_BYTES // 1_000_000} MB, which no lexicon is.", "Keep the words of your news."
        )
    return data


def _is_utf16_xml(data: bytes) -> bool:
    return any(data.startswith(mark + "<".encode(encoding)) for mark, encoding in _MARKS.items())


def _decoded(data: bytes) -> str | Fault:
    """Return the text, or the fault that keeps it from being one."""
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    encoding = _MARKS.get(mark, "utf-8")
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        line = data[len(mark) :][: error.start].decode(encoding, "replace").count("\n") + 1
        return Fault(line, "error", f"a character here is not {encoding.upper()}.", _SAVE_AS_UTF8)
    if found := _NUL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        return Fault(
            line, "error", f"here is the control character U+{ord(found[0]):04X}: this is not text.", _SAVE_AS_UTF8
        )
    return text
