"""Format tracks: one MP3 per track, numbered so that every player keeps their order, and a playlist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from audio_edition.formats.clock import milliseconds
from audio_edition.formats.id3 import track_tags
from audio_edition.formats.mp3_stream import write_mp3
from audio_edition.formats.slug import slug as slug_of
from audio_edition.formats.track_list import Track, track_list
from audio_edition.model import Package, Recording
from audio_edition.model.characters import one_line

_LONGEST_NAME = 64
_PLAYLIST = Path("playlist.m3u8")


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `tracks/001-<title>.mp3` and so on, and `playlist.m3u8`."""
    (folder / "tracks").mkdir(exist_ok=True)
    tracks = track_list(recording)
    names = track_names(tracks)
    for track, name, tag in zip(tracks, names, track_tags(recording), strict=True):
        write_mp3(folder / name, track.chapters, tag)
    playlist = "".join(f"{line}\n" for line in _playlist(recording.script.title, tracks, names))
    (folder / _PLAYLIST).write_text(playlist, encoding="utf-8", newline="\n")
    return Package("tracks", (_PLAYLIST, *names))


def track_names(tracks: Sequence[Track]) -> list[Path]:
    """Return each track's file, relative to the edition: at most 64 ASCII characters, which sort in playing order."""
    digits = max(3, len(str(len(tracks))))
    longest_slug = _LONGEST_NAME - digits - len("-.mp3")
    return [
        Path("tracks", f"{number:0{digits}}-{slug_of(track.title, longest_slug)}.mp3")
        for number, track in enumerate(tracks, start=1)
    ]


def _playlist(title: str, tracks: Sequence[Track], names: Sequence[Path]) -> Iterator[str]:
    """The lines of an extended M3U: whole seconds, as the oldest players want them."""
    yield "#EXTM3U"
    yield f"#PLAYLIST:{one_line(title)}"
    for track, name in zip(tracks, names, strict=True):
        yield f"#EXTINF:{(milliseconds(track.length) + 500) // 1000},{one_line(track.title)}"
        yield name.as_posix()
