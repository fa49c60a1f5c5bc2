"""Lines of a lexicon, as the desk writes them: into a plain file that a person may write too. All else in it stays."""

from __future__ import annotations

import re
from pathlib import Path

from audio_edition.desk.folder import ConflictError, text_of, write_text
from audio_edition.errors import DeskError
from audio_edition.script.lexicon import Entry, Lexicon, lexicon_in

_LIMIT_BYTES = 20_000_000
_LANGUAGE_LINE = re.compile(r"\s*\[[^\]]*\]\s*(?:#.*)?")
_ENDS = " \t.,;:!?…"


def line_for(written: str, say: str) -> str:
    """Return the line that has `written` said so: in letters, in /IPA/, or in both. Raises DeskError, which says what
    is wrong with it."""
    written, say = " ".join(written.split()).strip(_ENDS), " ".join(say.split())
    if "=" in written or "#" in f"{written}{say}":
        raise DeskError("A lexicon has no room for “=” in words, or for “#”.", "Choose words without these signs.")
    line = f"{written} = {say}"
    lexicon = read_line(line)
    if faults := lexicon.errors:
        message = faults[0].message
        raise DeskError(message[:1].upper() + message[1:], faults[0].remedy)
    return line


def read_line(line: str) -> Lexicon:
    """Return the lexicon of one line."""
    return lexicon_in(line.encode("utf-8", "replace"), "the line")


def entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a lexicon; none if its file does not exist. Raises DeskError."""
    return lexicon_in(_text(path).encode(), path.name).entries


def shown(entry: Entry) -> str:
    """Return what stands behind the equals sign."""
    return ", ".join(filter(None, (entry.said, f"/{entry.ipa}/" if entry.ipa else "")))


def put(path: Path, line: str, was: str = "") -> None:
    """Put a line into the lexicon: in place of the one for the same words, or before the lines for single languages.

    `was` is how a form saw them said; raises ConflictError where they are said otherwise by now.
    """
    (new,) = read_line(line).entries
    text = _text(path)
    lines = text.splitlines()
    if old := _entry(text, new.written):
        if shown(old) not in (was, shown(new)):
            raise ConflictError(lines[old.line - 1], shown(old))
        lines[old.line - 1] = line
    else:
        at = next((number for number, each in enumerate(lines) if _LANGUAGE_LINE.fullmatch(each)), len(lines))
        lines.insert(at, line)
    write_text(path, "\n".join([*lines, ""]))


def remove(path: Path, written: str, was: str) -> None:
    """Take the line for some words out of the lexicon. Raises ConflictError where they are said otherwise by now."""
    text = _text(path)
    old = _entry(text, written)
    if old is None:
        return
    lines = text.splitlines()
    if shown(old) != was:
        raise ConflictError(lines[old.line - 1], shown(old))
    del lines[old.line - 1]
    write_text(path, "\n".join([*lines, ""]) if lines else "")


def _entry(text: str, written: str) -> Entry | None:
    """Return the entry for these words in every language."""
    found = lexicon_in(text.encode(), "").entries
    return next((entry for entry in found if entry.written == written and not entry.language), None)


def _text(path: Path) -> str:
    return text_of(path, _LIMIT_BYTES).replace("\r\n", "\n").replace("\r", "\n") if path.is_file() else ""
