"""Check that all packages give a track the same title."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from mutagen import MutagenError
from mutagen.id3 import ID3

from audio_edition.check.agreement import Entry, called_alike
from audio_edition.check.manifest import Manifest
from audio_edition.check.publication import MANIFEST
from audio_edition.check.reading import UNREADABLE, Container, FilesOfFolder, json_of, text_of
from audio_edition.check.tags import id3_chapters
from audio_edition.check.texts import CHAPTERS, PLAYLIST, chapters_file, playlist
from audio_edition.model import Finding


def title_findings(manifest: Manifest, there: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each track that packages call differently. A track may have the title of any of its chapters,
    but the same one everywhere."""
    told: dict[str, Sequence[Entry]] = {}
    for place, read in _lists(manifest, FilesOfFolder("", manifest.folder, there)):
        # What can't be read is named where it is looked at.
        with suppress(*UNREADABLE, MutagenError):
            told[place] = read()
    yield from called_alike(told)


def _lists(manifest: Manifest, folder: Container) -> Iterator[tuple[str, Callable[[], Sequence[Entry]]]]:
    readers: dict[str, Callable[[Container], Sequence[Entry]]] = {
        CHAPTERS: _chapters_file, PLAYLIST: _playlist, MANIFEST: _publication,
    }  # fmt: skip
    for name in manifest.of_format("mp3"):
        yield name, partial(_id3, manifest.folder / name)
    for name, read in readers.items():
        if name in folder.names:
            yield name, partial(read, folder)
    if tracks := sorted(name for name in manifest.of_format("tracks") if name.endswith(".mp3")):
        yield "tracks", lambda: [Entry(str(ID3(manifest.folder / name).get("TIT2", ""))) for name in tracks]


def _id3(path: Path) -> Sequence[Entry]:
    return id3_chapters(ID3(path))


def _chapters_file(folder: Container) -> Sequence[Entry]:
    return chapters_file(json_of(folder, CHAPTERS))


def _playlist(folder: Container) -> Sequence[Entry]:
    return [Entry(title) for title, _, _ in playlist(text_of(folder, PLAYLIST))]


def _publication(folder: Container) -> Sequence[Entry]:
    return [Entry(link.get("name")) for link in json_of(folder, MANIFEST)["readingOrder"]]
