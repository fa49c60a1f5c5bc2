"""Pack an edition into one ZIP file for e-mail or a memory stick, with a text that says how to begin.

The sound files are in playing order in one folder, under names that every player sorts correctly. The same edition
gives the same bytes.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from audio_edition import atomic
from audio_edition.edition.folder import SOUNDS, EditionFile, FinishedEdition, read_edition, whole_file
from audio_edition.errors import PublishError, SettingsError
from audio_edition.formats import PACKAGES
from audio_edition.formats.archive import add_file, add_text
from audio_edition.formats.clock import milliseconds
from audio_edition.formats.disclosure import disclosure
from audio_edition.model.characters import one_line
from audio_edition.plugins import plugins
from audio_edition.translations import words_for
from audio_edition.translations.locales import date_in_words, length_in_words

BY_DEFAULT = ("tracks", "transcript")
START = "START-HERE.txt"
_WITH_PICTURES = frozenset({"transcript", "page"})
"""Formats whose pages show the document's pictures."""
_BOOKS = frozenset({"audiobook", "daisy202", "daisy3", "epub"})
"""Formats that hold the sound themselves."""
_UNPACKED = frozenset({".m3u8", ".vtt"})
"""Of those formats, what is of no use beside them: a playlist tells of a folder, captions belong to the whole sound."""
_TEXTS = {"transcript.html": "pages", "transcript.txt": "plain"}
"""Files of text, and the names of the words that say what each is for."""


def pack(folder: Path, place: Path | None = None, formats: Sequence[str] = BY_DEFAULT) -> Path:
    """Write the named formats of an edition into a ZIP file at `place`, or else next to its folder, and return its
    path. An edition without tracks gives its whole sound, unless it is one of books alone. Raises EditionError,
    SettingsError, PublishError."""
    known = [*PACKAGES, *plugins("format")]
    if unknown := [name for name in formats if name not in known]:
        raise SettingsError(f"There is no format {unknown[0]!r}.", f"Name some of: {', '.join(known)}.")
    edition = read_edition(folder)
    name = edition.folder.resolve().name
    place = place or edition.folder.resolve().with_name(f"{name}.zip")
    chosen = _chosen(edition, formats)
    try:
        with atomic.handed_out_file(place) as file, zipfile.ZipFile(file, "w") as archive:
            add_text(archive, f"{name}/{START}", _as_windows_reads("\r\n".join(_start(edition, chosen))))
            for path, one in chosen.items():
                add_file(archive, f"{name}/{path}", whole_file(edition.folder, one))
    except OSError as error:
        raise PublishError(
            f"{place}: the package could not be written ({error.strerror or error}).", "Name another file with -o."
        ) from error
    return place


def _chosen(edition: FinishedEdition, formats: Sequence[str]) -> dict[str, EditionFile]:
    """Return the files to pack by their path in the archive: sound first, sorted by name, tracks without their
    folder."""
    there = {file.format for file in edition.files}
    wanted = set(formats) & there
    wanted |= {"images"} & there if wanted & _WITH_PICTURES else set()
    is_of_books = bool(wanted & _BOOKS) and not there & {*SOUNDS}
    if not wanted & {"tracks", *SOUNDS} and not is_of_books:
        wanted.add(edition.whole_sound().format)
    of_use = [file for file in edition.files if PurePosixPath(file.path).suffix not in _UNPACKED]
    chosen = [file for file in of_use if file.format in wanted]
    return {_packed_path(file): file for file in sorted(chosen, key=_place)}


def _place(file: EditionFile) -> tuple[bool, bool, str]:
    return not file.media_type.startswith("audio/"), file.format != "tracks", file.path


def _packed_path(file: EditionFile) -> str:
    return PurePosixPath(file.path).name if file.format == "tracks" else file.path


def _start(edition: FinishedEdition, chosen: dict[str, EditionFile]) -> Iterator[str]:
    """Yield the lines of START-HERE.txt."""
    words = words_for("pack", edition.language)
    day = date_in_words(edition.published, words.language)
    yield _line(edition.title)
    yield ", ".join(text for text in (_line(edition.source), day) if text)
    yield ""
    yield words["takes"].format(length=length_in_words(milliseconds(edition.length), words.language))
    yield words["order"]
    yield ""
    yield from _sounds(edition, chosen, words.language)
    yield ""
    yield from (words[text] for path, text in _TEXTS.items() if path in chosen)
    yield words["copy"]
    yield f"{disclosure(edition.voices, edition.language, edition.wording)}\r\n"


def _sounds(edition: FinishedEdition, chosen: dict[str, EditionFile], language: str) -> Iterator[str]:
    """Yield each file of sound; a track with its chapter's title and length."""
    tracks = [path for path, file in chosen.items() if file.format == "tracks"]
    titles = {}
    if len(tracks) == len(edition.chapters):
        for path, recorded in zip(tracks, edition.chapters, strict=True):
            length = length_in_words(milliseconds(recorded.length), language)
            titles[path] = f": {_line(recorded.chapter.title)} ({length})"
    for path, file in chosen.items():
        if file.media_type.startswith("audio/"):
            yield path + titles.get(path, "")


def _as_windows_reads(text: str) -> str:
    """Return the text with a byte order mark, if it needs one for older editors on Windows to see UTF-8."""
    return text if text.isascii() else f"\ufeff{text}"


def _line(text: str) -> str:
    return " ".join(one_line(text).split())
