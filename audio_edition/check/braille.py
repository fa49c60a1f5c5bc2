"""Check the BRF of an edition: its pages, its characters, and that every word of the text is in it, in order.

Where a braille code can be read back to the letter, liblouis reads the pages back, and each word is looked for. In
other codes each plain sentence is looked for by the cells that liblouis gives it. Without liblouis, and for what
another version wrote, only the pages are looked at.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audio_edition.check.agreement import shown
from audio_edition.check.manifest import NAME, Cue, Manifest
from audio_edition.check.reading import FilesOfFolder, UnreadableError, content, json_of
from audio_edition.model import Finding

_AGAIN = "Build the edition again."
_INSTALL = "Install it: apt install liblouis20 liblouis-data"
_READ_BACK = frozenset({"en-ueb-g1.ctb", "en-ueb-g2.ctb", "de-g1-detailed.ctb", "da-dk-g16.ctb"})
"""Tables whose cells can be read back to the letter."""
_TABLE = re.compile(r"[A-Za-z0-9_-]{1,40}\.[cu]tb")
"""A file of liblouis's own, wherever that keeps them."""
_ORDER = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
_CELLS = frozenset(_ORDER + "\r\n\f")
"""Braille ASCII in the order of Unicode's patterns, and what ends lines and pages."""
_PLAIN = re.compile(r"[^\W\d_]+(?:[,.]? [^\W\d_]+)*[.]?")
_DOTS_AS_UNICODE = 4 | 64
_ESCAPE = re.compile(r"'\\[XYZ][0-9A-J]+'")
"""What liblouis writes for a character that a table does not know."""
_LEAST_RULE = 5
_RULE = re.compile(rf"^ *(?:-{{{_LEAST_RULE},}}|7{{{_LEAST_RULE},}}|G{{{_LEAST_RULE},}})")
_DIGITS = {"": ("#", "JABCDEFGHI"), "fr": (",", "#*<%?:$]\\[")}
"""What stands before a number, and its figures from 0 on, by how the name of the table begins: French has its own."""
_LETTERS = re.compile(r"[^\W_]+")
_GOES_ON = '"'
_CERTAIN_LETTERS, _NEAR_LETTERS = 8, 200
"""Words that are certain where they are found, however far on; shorter ones are found in longer ones."""


def braille_findings(manifest: Manifest, name: str, there: Sequence[str]) -> Iterator[Finding]:
    """Yield findings on a BRF. Raises UnreadableError for one that is not ASCII."""
    data = content(FilesOfFolder("", manifest.folder, there), name)
    try:
        text = data.decode("ascii").upper()
    except UnicodeDecodeError as error:
        raise UnreadableError(f"byte {error.start:,} of it is no braille ASCII") from error
    form = _form(manifest)
    found = list(_page_findings(name, text, form))
    yield from found
    if not found:
        yield from _text_findings(name, _lines(text), form, manifest)


@dataclass(frozen=True, slots=True)
class _Form:
    """What edition.json says of the braille: cells of a line, lines of a page, liblouis's table and version."""

    width: int
    height: int
    table: str
    version: str


def _form(manifest: Manifest) -> _Form:
    """Raises UnreadableError if edition.json does not say it, or names no table of liblouis's own."""
    told: Any = json_of(FilesOfFolder("", manifest.folder, [NAME]), NAME)
    form = told["settings"].get("braille")
    if not form or not _TABLE.fullmatch(form["table"]):
        raise UnreadableError(f"{NAME} does not say how its pages are")
    return _Form(form["width"], form["height"], form["table"], told["versions"].get("liblouis", ""))


# --- pages


def _page_findings(name: str, text: str, form: _Form) -> Iterator[Finding]:
    """Yield what an embosser or a reader would stumble over."""
    if wrong := sorted(set(text) - _CELLS):
        yield _unsound(name, f"It holds {json.dumps(wrong[0])}, which is no cell of braille ASCII.")
    if escape := _ESCAPE.search(text):
        yield _unsound(name, f"A character has no braille, and stands there as {escape[0]}.")
    *pages, rest = text.split("\f")
    if rest or not pages:
        yield _unsound(name, "Its last page does not end with a form feed.")
    counts = {"P": 0, "": 0}
    for number, page in enumerate(pages, start=1):
        *lines, last = page.split("\r\n")
        place = f"{name}: page {number}"
        if last or len(lines) != form.height:
            yield _unsound(place, f"It has {len(lines)} lines, and should have {form.height}.")
            continue
        if long := [line for line in lines if len(line) > form.width]:
            yield _unsound(place, f"A line has {len(long[0])} cells, and should have {form.width} at most.")
        told = lines[-1].strip()
        mark = "P" if told.startswith("P") and not counts[""] else ""
        counts[mark] += 1
        if told != (wanted := mark + _number(counts[mark], form.table)):
            yield _unsound(place, f"It is numbered {shown(told)}, and should be {wanted}.")


def _number(number: int, table: str) -> str:
    sign, digits = _DIGITS.get(table.partition("-")[0], _DIGITS[""])
    return sign + "".join(digits[int(digit)] for digit in str(number))


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


def _text_findings(name: str, lines: Sequence[str], form: _Form, manifest: Manifest) -> Iterator[Finding]:
    """Yield the first sentence of which something is not where it should be."""
    if _library() is None:
        yield Finding("tool-missing", "note", "liblouis is not installed, so it was not asked.", name, _INSTALL)
    elif form.table in _READ_BACK:
        yield from _unread(name, list(_parts(lines, form.width)), form.table, manifest)
    elif form.version == _library().lou_version().decode("ascii", "replace"):
        yield from _unfound(name, _joined("".join(lines)), form.table, manifest)


def _unread(name: str, parts: Sequence[str], table: str, manifest: Manifest) -> Iterator[Finding]:
    """Yield the first word that is not in what is read back, and of which the cells stand nowhere either: contractions
    before a semicolon or in brackets are misread by liblouis."""
    told = "".join(_letters(_read_back(table, part)) for part in parts)
    written = _joined("".join(parts))
    at = 0
    for cue in manifest.cues:
        for word in _words(cue, manifest.language):
            found = told.find(word, at, None if len(word) >= _CERTAIN_LETTERS else at + _NEAR_LETTERS)
            if found >= 0:
                at = found + len(word)
            elif not any(_is_in(_cells(table, part), written) for part in _as_written(word, cue)):
                yield _differs(name, cue, word)
                return


def _is_in(cells: str | None, written: str) -> bool:
    """Return whether cells stand in a text; what liblouis has no cells of six dots for can't be looked for."""
    return cells is None or _joined(cells) in written


def _as_written(word: str, cue: Cue) -> Iterator[str]:
    """Yield what a word may stand in as: alone, or with the signs around it."""
    yield word
    yield from (part for part in cue.text.split() if word in _letters(part))


def _unfound(name: str, told: str, table: str, manifest: Manifest) -> Iterator[Finding]:
    """Yield the first plain sentence whose cells are not where they should be."""
    at = 0
    for cue in manifest.cues:
        if _is_plain(cue, manifest.language):
            cells = _joined(_cells(table, cue.text) or "")
            found = told.find(cells, at)
            if found < 0:
                yield _differs(name, cue, cells)
                return
            at = found + len(cells)


def _differs(name: str, cue: Cue, words: str) -> Finding:
    message = f"Words are not in the braille, or not in their place: {shown(words)}"
    return Finding("text-differs", "error", message, f"{name}: {cue.id}", _AGAIN, cue.text)


def _is_plain(cue: Cue, language: str) -> bool:
    """Return whether a sentence is of letters, points and commas in the edition's own language."""
    return _PLAIN.fullmatch(cue.text) is not None and not cue.spans and _primary(cue.language) == _primary(language)


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _joined(cells: str) -> str:
    """Return cells without blanks, and without dot 5, which joins the parts of a word that is too long for a line."""
    return "".join(cells.split()).replace(_GOES_ON, "")


def _words(cue: Cue, language: str) -> Iterator[str]:
    """Yield the words of a sentence that are written in the edition's own language: letters of its script, and no
    signs."""
    if _primary(cue.language) != _primary(language):
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


# --- liblouis


@functools.cache
def _library() -> Any:
    """Return liblouis, or None where it is not installed."""
    for name in filter(None, (ctypes.util.find_library("louis"), "liblouis.so.20", "liblouis.dylib", "liblouis.dll")):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        library.lou_version.restype = ctypes.c_char_p
        library.lou_setLogLevel(60_000)  # LOU_LOG_OFF
        return library
    return None


def _read_back(table: str, cells: str) -> str:
    """Return the text that cells of braille ASCII stand for. Raises UnreadableError."""
    return _asked("lou_backTranslateString", f"en-us-brf.dis,{table}", cells, 0)


def _cells(table: str, text: str) -> str | None:
    """Return the cells that stand for a text; None if some are not of six dots. Raises UnreadableError."""
    places = [ord(each) - 0x2800 for each in _asked("lou_translateString", table, text, _DOTS_AS_UNICODE)]
    return "".join(_ORDER[place] for place in places) if all(0 <= place < len(_ORDER) for place in places) else None


def _asked(function: str, tables: str, text: str, mode: int) -> str:
    library = _library()
    size = int(library.lou_charSize())
    encoding = {2: "utf-16-le", 4: "utf-32-le"}[size]
    given = text.encode(encoding, "replace")
    length = len(given) // size
    room = 16 * length + 64
    read, written, out = ctypes.c_int(length), ctypes.c_int(room), ctypes.create_string_buffer(room * size)
    is_done = getattr(library, function)(
        tables.encode(), given + b"\0" * size, ctypes.byref(read), out, ctypes.byref(written), None, None, mode
    )
    if not is_done or read.value != length:
        raise UnreadableError(f"liblouis can't use its table {tables}")
    return out.raw[: written.value * size].decode(encoding, "replace")
