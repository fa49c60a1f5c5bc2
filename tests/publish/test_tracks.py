"""One file per chapter: names that sort, tags that number, exact lengths, and a playlist."""

from __future__ import annotations

import re
from pathlib import Path

from audio_edition.formats import PACKAGES
from support.recordings import decoded, of_lengths, reopened, repeated

TITLES = ["The ferry sinks", "COM1", "🚢", "غرق العبّارة", "The ferry sinks", "a very long heading " * 20]


def test_names_sort_in_order_and_suit_every_player(tmp_path: Path) -> None:
    """Three digits, lower-case ASCII, at most 64 characters, each once."""
    package = PACKAGES["tracks"].write(repeated(tmp_path, TITLES), tmp_path, "edition")
    playlist, *tracks = package.files
    assert playlist == Path("playlist.m3u8")
    assert tracks == sorted(set(tracks))
    assert tracks[0] == Path("tracks/001-the-ferry-sinks.mp3")
    for track in tracks:
        assert track.parent == Path("tracks")
        assert re.fullmatch(r"\d{3}-[a-z0-9]+(-[a-z0-9]+)*\.mp3", track.name)
        assert len(track.name) <= 64
    assert sorted(path.name for path in (tmp_path / "tracks").iterdir()) == [track.name for track in tracks]


def test_a_thousand_chapters_take_four_digits(tmp_path: Path) -> None:
    """Names still sort as text."""
    files = PACKAGES["tracks"].write(repeated(tmp_path, ["x"] * 1000), tmp_path, "edition").files
    assert [files[1].name, files[-1].name] == ["0001-x.mp3", "1000-x.mp3"]


def test_each_track_has_exactly_its_chapters_samples(tmp_path: Path) -> None:
    """A track alone is as exact as the whole."""
    recording = of_lengths(tmp_path, [20, 61, 33])
    files = PACKAGES["tracks"].write(recording, tmp_path, "edition").files
    for chapter, file in zip(recording.chapters, files[1:], strict=True):
        assert len(decoded(tmp_path / file)) == chapter.length
        assert reopened(tmp_path / file).info.length == chapter.length / 44_100


def test_tracks_are_numbered_and_of_one_album(tmp_path: Path) -> None:
    """A player shows chapter titles in order under the edition's title."""
    files = PACKAGES["tracks"].write(of_lengths(tmp_path, [20, 20], ["One", "Two"]), tmp_path, "edition").files
    tags = [reopened(tmp_path / file) for file in files[1:]]
    assert [[str(tag[name]) for name in ("TIT2", "TRCK", "TALB")] for tag in tags] == [
        ["One", "1/2", "The edition"],
        ["Two", "2/2", "The edition"],
    ]


def test_the_playlist_names_every_track(tmp_path: Path) -> None:
    """Extended M3U: a title cannot begin a line of its own, paths have forward slashes."""
    recording = of_lengths(tmp_path, [20, 100], ["One\n#EXTINF:9,fake", "Zwei ✓"])
    PACKAGES["tracks"].write(recording, tmp_path, "edition")
    assert (tmp_path / "playlist.m3u8").read_bytes().decode() == (
        "#EXTM3U\n#PLAYLIST:The edition\n"
        "#EXTINF:1,One #EXTINF:9,fake\ntracks/001-one-extinf-9-fake.mp3\n"
        "#EXTINF:3,Zwei ✓\ntracks/002-zwei.mp3\n"
    )
