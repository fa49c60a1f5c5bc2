"""Check the BRF and the PEF of an edition: their pages and characters, and that every word of the text is in them, in
order. Those of PEF are read as those of BRF are, behind its own rules (PEF 1.0, 2008-1).

Where a braille code can be read back to the letter, liblouis reads the pages back, and each word is looked for. In
other codes each plain sentence is looked for by the cells that liblouis gives it. Without liblouis, and for what
another version wrote, only the pages are looked at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from audio_edition.check.agreement import shown
from audio_edition.check.liblouis import INSTALL, ORDER, cells_of, in_ascii, knows, library, read_back, version
from audio_edition.check.manifest import NAME, Cue, Manifest
from audio_edition.check.reading import FilesOfFolder, UnreadableError, content, json_of, local, within, xml_of
from audio_edition.model import Finding

_AGAIN = "Build the edition again."
READ_BACK = frozenset({"en-ueb-g1.ctb", "en-ueb-g2.ctb", "de-g1-detailed.ctb", "da-dk-g16.ctb"})
"""Tables whose cells can be read back to the letter."""
_TABLE = re.compile(r"[A-Za-z0-9_-]{1,40}\.[cu]tb")
"""A file of liblouis's own, wherever that keeps them."""
_CELLS = frozenset(ORDER + "\r\n\f")
"""Braille ASCII, and what ends lines and pages."""
_PLAIN = re.compile(r"[^\W\d_]+(?:[,.]? [^\W\d_]+)*[.]?")
_ESCAPE = re.compile(r"'\\[XYZ][0-9A-J]+'")
"""What liblouis writes for a character that a table does not know."""
_PEF, _DC = "{http://www.daisy.org/ns/2008/pef}", "{http://purl.org/dc/elements/1.1/}"
_WANTED = {"format": "application/x-pef\\+xml", "identifier": ".+", "title": ".+", "language": ".+"}
"""What the head of a PEF says once; PEF itself asks for the first two."""
_INSIDE = {"body": ("volume",), "volume": ("section",), "section": ("page",), "page": ("row",)}
_ROW = re.compile("[\u2800-\u283f]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
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
    yield from _all_findings(name, text, manifest)


def pef_findings(manifest: Manifest, name: str, there: Sequence[str]) -> Iterator[Finding]:
    """Yield findings on a PEF. Raises UnreadableError for what is no XML."""
    root, form = xml_of(FilesOfFolder("", manifest.folder, there), name), form_of(manifest)
    found = [*_head_findings(name, root), *_volume_findings(name, root, form)]
    yield from found
    if not found:
        yield from _all_findings(name, "".join(_as_brf(page) for page in root.iter(f"{_PEF}page")), manifest)


def _all_findings(name: str, text: str, manifest: Manifest) -> Iterator[Finding]:
    form = form_of(manifest)
    found = list(_page_findings(name, text, form))
    yield from found
    if not found:
        yield from _text_findings(name, _lines(text), form, manifest)


@dataclass(frozen=True, slots=True)
class Form:
    """What edition.json says of the braille: cells of a line, lines of a page, liblouis's table and version."""

    width: int
    height: int
    table: str
    version: str


def form_of(manifest: Manifest) -> Form:
    """Raises UnreadableError if edition.json does not say it, or names no table of liblouis's own."""
    told: Any = json_of(FilesOfFolder("", manifest.folder, [NAME]), NAME)
    form = told["settings"].get("braille")
    if not form or not _TABLE.fullmatch(form["table"]):
        raise UnreadableError(f"{NAME} does not say how its pages are")
    return Form(form["width"], form["height"], form["table"], told["versions"].get("liblouis", ""))


# --- pages


def _page_findings(name: str, text: str, form: Form) -> Iterator[Finding]:
    """Yield what an embosser or a reader would stumble over."""
    if wrong := sorted(set(text) - _CELLS):
        yield _unsound(name, f"It holds {json.dumps(wrong[0])}, which is not a cell of braille ASCII.")
    if escape := _ESCAPE.search(text):
        yield _unsound(name, f"A character has no braille, and is written as {escape[0]}.")
    *pages, rest = text.split("\f")
    if rest or not pages:
        yield _unsound(name, "Its last page does not end with a form feed.")
    counts = {"P": 0, "": 0}
    for number, page in enumerate(pages, start=1):
        *lines, last = page.split("\r\n")
        place = f"{name}: page {number}"
        if last or len(lines) != form.height:
            yield _unsound(place, f"It has {len(lines)} lines; it should have {form.height}.")
            continue
        if long := [line for line in lines if len(line) > form.width]:
            yield _unsound(place, f"A line has {len(long[0])} cells; it should have at most {form.width}.")
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


# --- PEF


def _head_findings(name: str, root: etree._Element) -> Iterator[Finding]:
    """Yield findings unless the head has what PEF requires: version, format, and which book it is."""
    if root.tag != f"{_PEF}pef" or root.get("version") != "2008-1":
        yield _unsound(name, "It does not begin as PEF version 2008-1.")
    told = {key: [within(each).strip() for each in root.iterfind(f".//{_PEF}meta/{_DC}{key}")] for key in _WANTED}
    for key, wanted in _WANTED.items():
        if len(told[key]) != 1 or not re.fullmatch(wanted, told[key][0]):
            yield _unsound(name, f"Its dc:{key} is missing, repeated or wrong.")
    for date in root.iterfind(f".//{_DC}date"):
        if not _DATE.fullmatch(within(date).strip()):
            yield _unsound(name, f"Its date is {shown(within(date))}, which is not a date.")


def _volume_findings(name: str, root: etree._Element, form: Form) -> Iterator[Finding]:
    """Yield findings unless elements are nested as they should be, volumes have the right size, and rows hold cells."""
    for element in root.iterfind(f"{_PEF}body//*"):
        above = element.getparent()
        if above is None or local(element) not in _INSIDE.get(local(above), ()):
            yield _unsound(name, f"An element <{local(element)[:20]}> is where it is not allowed.")
            return
    volumes = root.findall(f"{_PEF}body/{_PEF}volume")
    size = {"cols": str(form.width), "rows": str(form.height), "rowgap": "0", "duplex": "false"}
    if not volumes or any(dict(volume.attrib) != size for volume in volumes):
        yield _unsound(name, f"A volume does not have pages of {form.width} cells by {form.height} lines.")
    if any(not len(element) for element in root.iter(*(f"{_PEF}{each}" for each in ("volume", "section", "page")))):
        yield _unsound(name, "A volume, a section or a page is empty.")
    if any(not _ROW.fullmatch(row.text or "") or len(row) for row in root.iter(f"{_PEF}row")):
        yield _unsound(name, "A row holds something other than six-dot cells.")


def _as_brf(page: etree._Element) -> str:
    """Return a page of PEF as one of BRF."""
    return "".join(f"{in_ascii(row.text or '')}\r\n" for row in page) + "\f"


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


def _text_findings(name: str, lines: Sequence[str], form: Form, manifest: Manifest) -> Iterator[Finding]:
    """Yield the first sentence of which something is not where it should be."""
    if library() is None:
        yield Finding("tool-missing", "note", "liblouis is not installed, so its check was skipped.", name, INSTALL)
    elif form.table in READ_BACK:
        yield from unread(name, list(_parts(lines, form.width)), form.table, manifest.cues, manifest.language)
    elif form.version == version():
        yield from _unfound(name, joined("".join(lines)), form.table, manifest)


def unread(name: str, parts: Sequence[str], table: str, cues: Sequence[Cue], language: str) -> Iterator[Finding]:
    """Yield the first word that is not in what is read back, and of which the cells stand nowhere either: contractions
    before a semicolon or in brackets are misread by liblouis."""
    told = "".join(_letters(read_back(table, part)) for part in parts)
    written = joined("".join(parts))
    at = 0
    for cue in cues:
        for word in _words(cue, language):
            found = told.find(word, at, None if len(word) >= _CERTAIN_LETTERS else at + _NEAR_LETTERS)
            if found >= 0:
                at = found + len(word)
            elif not any(_is_in(cells_of(table, part), written) for part in _as_written(word, cue)):
                yield differs(name, cue, word)
                return


def _is_in(cells: str | None, written: str) -> bool:
    """Return whether cells stand in a text; what liblouis has no cells of six dots for can't be looked for."""
    return cells is None or joined(cells) in written


def _as_written(word: str, cue: Cue) -> Iterator[str]:
    """Yield what a word may stand in as: alone, or with the signs around it."""
    yield word
    yield from (part for part in cue.text.split() if word in _letters(part))


def _unfound(name: str, told: str, table: str, manifest: Manifest) -> Iterator[Finding]:
    """Yield the first plain sentence whose cells are not where they should be."""
    at = 0
    for cue in manifest.cues:
        if is_plain(cue, manifest.language, table):
            cells = joined(cells_of(table, cue.text) or "")
            found = told.find(cells, at)
            if found < 0:
                yield differs(name, cue, cells)
                return
            at = found + len(cells)


def differs(name: str, cue: Cue, words: str) -> Finding:
    message = f"Words are not in the braille, or not in their place: {shown(words)}"
    return Finding("text-differs", "error", message, f"{name}: {cue.id}", _AGAIN, cue.text)


def is_plain(cue: Cue, language: str, table: str) -> bool:
    """Return whether a sentence is of letters that the table has, points and commas in the edition's own language."""
    is_own = not cue.spans and _primary(cue.language) == _primary(language)
    if not is_own or not _PLAIN.fullmatch(cue.text):
        return False
    return all(knows(table, each) for each in set(cue.text) if each.isalpha())


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def joined(cells: str) -> str:
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
