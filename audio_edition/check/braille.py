"""Check the BRF of an edition: its pages, its characters, and that every word of the text is in it, in order.

Where a braille code can be read back to the letter, liblouis reads the pages back. In the others a word has the cells
that liblouis gives it alone. Without liblouis only the pages are looked at.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from audio_edition.check.agreement import shown
from audio_edition.check.manifest import NAME, Cue, Manifest
from audio_edition.check.reading import FilesOfFolder, UnreadableError, content, json_of
from audio_edition.model import Finding

_AGAIN = "Build the edition again."
_INSTALL = "Install it: apt install liblouis20 liblouis-data"
_CELLS = frozenset(" A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)=\r\n\f")
_TABLES = {"en": ("en-ueb-g1.ctb", "en-ueb-g2.ctb"), "de": ("de-g1-detailed.ctb",), "da": ("da-dk-g16.ctb",)}
"""Tables by which cells can be read back to the letter, by language and grade."""
_ESCAPE = re.compile(r"'\\[XYZ][0-9A-J]+'")
"""What liblouis writes for a character that a table does not know."""
_LEAST_RULE = 5
_RULE = re.compile(rf"^ *(?:-{{{_LEAST_RULE},}}|7{{{_LEAST_RULE},}}|G{{{_LEAST_RULE},}})")
_DIGITS = dict(zip("1234567890", "ABCDEFGHIJ", strict=True))
_LETTERS = re.compile(r"[^\W_]+")
_GOES_ON = '"'


def braille_findings(manifest: Manifest, name: str, there: Sequence[str]) -> Iterator[Finding]:
    """Yield findings on a BRF. Raises UnreadableError for one that is not ASCII."""
    data = content(FilesOfFolder("", manifest.folder, there), name)
    try:
        text = data.decode("ascii").upper()
    except UnicodeDecodeError as error:
        raise UnreadableError(f"byte {error.start:,} of it is no braille ASCII") from error
    width, height, grade = _form(manifest)
    found = list(_page_findings(name, text, width, height))
    yield from found
    if not found:
        yield from _word_findings(name, _lines(text), width, grade, manifest)


def _form(manifest: Manifest) -> tuple[int, int, int]:
    """Return the cells of a line, the lines of a page, and the grade. Raises UnreadableError if it is not said."""
    told: Any = json_of(FilesOfFolder("", manifest.folder, [NAME]), NAME)
    form = told["settings"].get("braille")
    if not form:
        raise UnreadableError(f"{NAME} does not say how its pages are")
    return form["width"], form["height"], form["grade"]


# --- pages


def _page_findings(name: str, text: str, width: int, height: int) -> Iterator[Finding]:
    """Yield what an embosser or a reader would stumble over."""
    if wrong := sorted(set(text) - _CELLS):
        yield _unsound(name, f"It holds {json.dumps(wrong[0])}, which is no cell of braille ASCII.")
    if escape := _ESCAPE.search(text):
        yield _unsound(name, f"A character has no braille, and stands there as {escape[0]}.")
    *pages, rest = text.split("\f")
    if rest or not pages:
        yield _unsound(name, "Its last page does not end with a form feed.")
    before = 0
    for number, page in enumerate(pages, start=1):
        *lines, last = page.split("\r\n")
        place = f"{name}: page {number}"
        if last or len(lines) != height:
            yield _unsound(place, f"It has {len(lines)} lines, and should have {height}.")
            continue
        if long := [line for line in lines if len(line) > width]:
            yield _unsound(place, f"A line has {len(long[0])} cells, and should have {width} at most.")
        told = lines[-1].strip()
        before = (
            1 if not before or (told == _number(1) and pages[0].rstrip().endswith(f"P{_number(1)}")) else before + 1
        )
        if told.removeprefix("P") != _number(before):
            yield _unsound(place, f"It is numbered {shown(told)}, and should be {_number(before)}.")


def _number(number: int) -> str:
    return "#" + "".join(_DIGITS[digit] for digit in str(number))


def _unsound(place: str, message: str) -> Finding:
    return Finding("braille-unsound", "error", message, place, _AGAIN)


# --- words


def _lines(text: str) -> list[str]:
    """Return the lines of text of all pages but those of the contents, without what is around it: the running head,
    rules, and the pages' numbers."""
    pages = [page.split("\r\n")[:-1] for page in text.split("\f")[:-1]]
    return [
        _RULE.sub("", line)
        for lines in pages if not lines[-1].strip().startswith("P")
        for line in lines[1:-1]
    ]  # fmt: skip


def _word_findings(name: str, lines: Sequence[str], width: int, grade: int, manifest: Manifest) -> Iterator[Finding]:
    """Yield the first sentence of which a word is not where it should be."""
    tables = _TABLES.get(manifest.language.partition("-")[0].lower(), ())
    if len(tables) < grade:
        return
    if _library() is None:
        yield Finding("tool-missing", "note", "liblouis is not installed, so it was not asked.", name, _INSTALL)
        return
    told = "".join(_letters(_read_back(tables[grade - 1], part)) for part in _parts(lines, width))
    at = 0
    for cue in manifest.cues:
        for word in _words(cue, manifest.language):
            found = told.find(word, at)
            if found < 0:
                message = f"A word is not in the braille, or not in its place: {shown(word)}"
                yield Finding("text-differs", "error", message, f"{name}: {cue.id}", _AGAIN, cue.text)
                return
            at = found + len(word)


def _words(cue: Cue, language: str) -> Iterator[str]:
    """Yield the words of a sentence that are written in the edition's own language: letters of its script, and no
    signs."""
    if cue.language.partition("-")[0].lower() != language.partition("-")[0].lower():
        return
    others = [(start, end) for start, end, kind, _ in cue.spans if kind in ("language", "superscript", "subscript")]
    for found in _LETTERS.finditer(cue.text):
        is_own = not any(start < found.end() and found.start() < end for start, end in others)
        if is_own and found[0].isascii():
            yield _letters(found[0])


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text)).casefold()


def _parts(lines: Sequence[str], width: int) -> Iterator[str]:
    """Yield what stands between blank lines and changes of indents as one line: a paragraph, or part of one."""
    part, inside, goes_on = "", 0, False
    for line in (*lines, ""):
        indent = len(line) - len(line.lstrip(" "))
        if part and not goes_on and (not line.strip() or indent > inside):
            yield part
            part = ""
        part += ("" if goes_on or not part else " ") + line.strip(" ")
        goes_on = len(line) == width and line.endswith(_GOES_ON)
        part = part.removesuffix(_GOES_ON) if goes_on else part
        inside = indent
    if part.strip():
        yield part


# --- liblouis: lou_backTranslateString, by which nothing is written


@functools.cache
def _library() -> Any:
    """Return liblouis, or None where it is not installed."""
    for name in filter(None, (ctypes.util.find_library("louis"), "liblouis.so.20", "liblouis.dylib", "liblouis.dll")):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.lou_setLogLevel(60_000)  # LOU_LOG_OFF
        return library
    return None


def _read_back(table: str, cells: str) -> str:
    """Return the text that cells of braille ASCII stand for. Raises UnreadableError."""
    library = _library()
    size = int(library.lou_charSize())
    encoding = {2: "utf-16-le", 4: "utf-32-le"}[size]
    room = 16 * len(cells) + 64
    read, written, out = ctypes.c_int(len(cells)), ctypes.c_int(room), ctypes.create_string_buffer(room * size)
    given = cells.encode(encoding) + b"\0" * size
    tables = f"en-us-brf.dis,{table}".encode()
    is_done = library.lou_backTranslateString(
        tables, given, ctypes.byref(read), out, ctypes.byref(written), None, None, 0
    )
    if not is_done or read.value != len(cells):
        raise UnreadableError(f"liblouis can't read it back by {table}")
    return out.raw[: written.value * size].decode(encoding, "replace")
