"""Format tracks: one MP3 per chapter, numbered so that every player keeps their order, and a playlist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from audio_edition.model import ChapterRecording, Package, Recording
from audio_edition.publish.characters import one_line
from audio_edition.publish.clock import milliseconds
from audio_edition.publish.id3 import track_tags
from audio_edition.publish.mp3_stream import write_mp3
from audio_edition.publish.slug import slug as slug_of

_LONGEST_NAME = 64
_PLAYLIST = Path("playlist.m3u8")


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `tracks/001-<chapter>.mp3` and so on, and `playlist.m3u8`."""
    (folder / "tracks").mkdir(exist_ok=True)
    names = track_names(recording.chapters)
    for chapter, name, tag in zip(recording.chapters, names, track_tags(recording), strict=True):
        write_mp3(folder / name, [chapter], tag)
    playlist = "".join(f"{line}\n" for line in _playlist(recording, names))
    (folder / _PLAYLIST).write_text(playlist, encoding="utf-8", newline="\n")
    return Package("tracks", (_PLAYLIST, *names))


def track_names(chapters: Sequence[ChapterRecording]) -> list[Path]:
    """Each chapter's file, relative to the edition: at most 64 ASCII characters, in order when sorted."""
    digits = max(3, len(str(len(chapters))))
    longest_slug = _LONGEST_NAME - digits - len("-.mp3")
    return [
        Path("tracks", f"{number:0{digits}}-{slug_of(chapter.chapter.title, longest_slug)}.mp3")
        for number, chapter in enumerate(chapters, start=1)
    ]


def _playlist(recording: Recording, names: Sequence[Path]) -> Iterator[str]:
    """The lines of an extended M3U: whole seconds, as the oldest players want them."""
    yield "#EXTM3U"
    yield f"#PLAYLIST:{one_line(recording.script.title)}"
    for chapter, name in zip(recording.chapters, names, strict=True):
        yield f"#EXTINF:{(milliseconds(chapter.length) + 500) // 1000},{one_line(chapter.chapter.title)}"
        yield name.as_posix()
