"""The M4B as players read it: chapters, tags, and every sentence where the MP3 has it."""

from __future__ import annotations

import itertools
import json
import subprocess
from array import array
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.mp4 import MP4

from audio_edition import audio
from audio_edition.formats import PACKAGES
from audio_edition.formats.mp4_index import ListedChapter, Sound, index_of, sound_head
from audio_edition.model import RATE_HZ, Delivery, Pause, Recording, Script, Utterance, Voice
from audio_edition.model.characters import one_line
from audio_edition.record.stitch import Stitcher
from audio_edition.speak.cast import Cast
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.tone import ToneEngine
from support.spoken import spoken_chapter
from support.stitched import record

_GRID_SAMPLES = 2048
"""An AAC frame at the voice's rate of 22,050 Hz."""
TITLES = ["Ferry leaves", "A; #b = c \\ d", "غرق العبّارة", "Blood stains"]


def _recorded(folder: Path, titles: list[str]) -> Recording:
    chapters = []
    for number, title in enumerate(titles, 1):
        words = "la " * (1 + number % 3)
        utterance = Utterance(f"c{number:02}-p001-s01", title, words.strip(), "heading")
        chapters.append(spoken_chapter([utterance, Pause(900, "before heading")], f"c{number:02}", title))
    script = Script(titles[0], tuple(chapters), published="2026-11-22", source="The Courier")
    engine = ToneEngine()
    narrator = Narrator(engine, Delivery(engine.voices()[0]))
    recorded = record(Stitcher(Cast(narrator), folder, ("aac", "mp3")), script)
    return Recording(script, recorded, narrator.delivery, "1")


def _written(folder: Path, titles: list[str]) -> tuple[Recording, Path]:
    recording = _recorded(folder, titles)
    (file,) = PACKAGES["m4b"].write(recording, folder, "edition").files
    return recording, folder / file


def _probed(path: Path) -> list[tuple[str, float, float]]:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(path)]
    chapters = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["chapters"]
    return [
        (chapter["tags"]["title"], float(chapter["start_time"]), float(chapter["end_time"])) for chapter in chapters
    ]


def test_every_chapter_sounds_where_the_mp3_has_it(tmp_path: Path) -> None:
    """However many chapters are joined, the beeps of the last are within 23 ms of their place."""
    recording, path = _written(tmp_path, [f"Chapter {number}" for number in range(1, 41)])
    heard = np.abs(np.frombuffer(audio.decoded(path).pcm, "<i2").astype(float))
    assert abs(len(heard) - recording.length) <= 1024
    for chapter in recording.chapters:
        start, end = chapter.start + chapter.cues[0].start, chapter.start + chapter.cues[0].end
        loud = start - 4000 + np.flatnonzero(heard[start - 4000 : end + 4000] > 1000)
        assert abs(int(loud[0]) - start) <= _GRID_SAMPLES / 2 + 60
        assert abs(int(loud[-1]) - end) <= _GRID_SAMPLES / 2 + 60


@pytest.mark.parametrize("rate_hz", [22_050, 44_100])
def test_it_has_the_rate_of_the_voice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rate_hz: int) -> None:
    """More samples a second would hold nothing that is heard."""
    monkeypatch.setattr(ToneEngine, "rate_hz", rate_hz)
    _, path = _written(tmp_path, TITLES)
    info = MP4(path).info
    assert info is not None
    assert info.sample_rate == rate_hz


def test_the_finest_voice_sets_the_rate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of the chapters that another voice says: a file has one rate."""
    fine = type("Fine", (ToneEngine,), {"rate_hz": RATE_HZ})()
    coarse = Narrator(ToneEngine(), Delivery(ToneEngine().voices()[0]))
    cast = Cast(coarse, {"fr": Narrator(fine, Delivery(fine.voices()[0]))})
    utterance = Utterance("c01-p001-s01", "la la", "la la")
    chapter = spoken_chapter([utterance, Pause(900, "end")], "c01", "One")
    (recorded,) = record(Stitcher(cast, tmp_path, ("aac",)), Script("One", (chapter,)))
    assert audio.adts_rate_hz(recorded.takes[0].tracks["aac"]) == RATE_HZ


def test_a_file_of_a_hundred_hours_is_indexed(tmp_path: Path) -> None:
    """Neither its length in samples nor the places in it fit into 32 bits; readers find both."""
    hours = 100
    sound = Sound(array("H", [600]) * (hours * 3600 * RATE_HZ // 1024), RATE_HZ, hours * 3600 * RATE_HZ)
    ends = [number * sound.length // 10 for number in range(11)]
    chapters = [ListedChapter("A tenth", start, end) for start, end in itertools.pairwise(ends)]
    index = index_of(sound, chapters)
    path = tmp_path / "long.m4b"
    path.write_bytes(index + sound_head(sound, chapters))
    info = MP4(path).info
    assert info is not None
    assert info.length == pytest.approx(hours * 3600, abs=0.1)
    assert index.count(b"co64") == 2


def test_a_chapter_a_frame_late_would_be_noticed(tmp_path: Path) -> None:
    """The broken twin: a chapter that lost a frame moves all after it by 46 ms."""
    recording = _recorded(tmp_path, [f"Chapter {number}" for number in range(1, 5)])
    track = recording.chapters[1].takes[0].tracks["aac"]
    first = b"".join(audio.first_frames(track, "aac", 1))
    track.write_bytes(track.read_bytes()[len(first) :] + first)
    PACKAGES["m4b"].write(recording, tmp_path, "edition")
    heard = np.abs(np.frombuffer(audio.decoded(tmp_path / "edition.m4b").pcm, "<i2").astype(float))
    start = recording.chapters[1].start + recording.chapters[1].cues[0].start
    loud = start - 4000 + np.flatnonzero(heard[start - 4000 : start + 4000] > 1000)
    assert abs(int(loud[0]) - start) > _GRID_SAMPLES / 2 + 60


@pytest.mark.tool("ffprobe", "apt-get install ffmpeg")
def test_players_list_the_chapters(tmp_path: Path) -> None:
    """FFmpeg reads QuickTime's chapters, mutagen Nero's: the same titles at the same times, within 1 ms."""
    recording, path = _written(tmp_path, TITLES)
    expected = [(c.chapter.title, c.start / RATE_HZ, c.end / RATE_HZ) for c in recording.chapters]
    probed = _probed(path)
    assert [title for title, _, _ in probed] == TITLES
    for (_, start, end), (_, expected_start, expected_end) in zip(probed, expected, strict=True):
        assert (start, end) == pytest.approx((expected_start, expected_end), abs=0.001)
    nero = list(MP4(path).chapters or [])
    assert [chapter.title for chapter in nero] == TITLES
    assert [chapter.start for chapter in nero] == pytest.approx([start for _, start, _ in expected], abs=0.001)


@pytest.mark.slow
@pytest.mark.tool("ffprobe", "apt-get install ffmpeg")
def test_more_chapters_than_a_byte_counts_stay_readable(tmp_path: Path) -> None:
    """Nero's list ends at 255; QuickTime's, which players prefer, has all 300."""
    _, path = _written(tmp_path, [f"Chapter {number}" for number in range(1, 301)])
    assert [title for title, _, _ in _probed(path)] == [f"Chapter {number}" for number in range(1, 301)]


def test_it_is_tagged_as_an_audiobook_with_its_text(tmp_path: Path) -> None:
    """Apps file it under audiobooks, show who and when, and are told that the voice is synthetic."""
    _, path = _written(tmp_path, TITLES)
    tags = MP4(path)
    assert (tags["stik"], tags["\xa9nam"], tags["\xa9ART"]) == ([2], ["Ferry leaves"], ["The Courier"])
    assert tags["\xa9day"] == ["2026-11-22"]
    assert "Blood stains" in tags["\xa9lyr"][0]
    assert bytes(tags["covr"][0]).startswith(b"\x89PNG")
    assert b"synthetic voice" in bytes(tags["----:com.apple.iTunes:AI_DISCLOSURE"][0])


def test_the_index_comes_first_and_the_bytes_repeat(tmp_path: Path) -> None:
    """Playing can begin before all is loaded, and the same recording gives the same file; nothing is left beside it."""
    recording, path = _written(tmp_path, TITLES)
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    PACKAGES["m4b"].write(recording, tmp_path, "edition")
    assert path.read_bytes() == data
    assert [found.name for found in tmp_path.iterdir() if found.name.startswith(".")] == []


def test_a_voice_is_disclosed_whatever_its_name(tmp_path: Path) -> None:
    """A voice without a name is called by its id."""
    recording = _recorded(tmp_path, ["One"])
    nameless = Recording(recording.script, recording.chapters, Delivery(Voice("x1", "", "en", "tone")), "1")
    PACKAGES["m4b"].write(nameless, tmp_path, "edition")
    assert MP4(tmp_path / "edition.m4b")["\xa9cmt"] == ["Spoken by a synthetic voice: x1 (tone)."]


ODD_TITLES = [
    "Ends in \\", "Ends in two \\\\", "=", ";", "#", "[CHAPTER]", "\\", "title=x", "Καράβι που φεύγει " * 12, "д" * 300,
    "x" * 254 + "é", "🚢" * 90, "a\u2028b", "é̂" * 120,
]  # fmt: skip


@pytest.mark.tool("ffprobe", "apt install ffmpeg")
def test_no_title_costs_a_chapter(tmp_path: Path) -> None:
    """Whatever a heading is made of, each chapter is there, called so as far as a title can be long."""
    _, path = _written(tmp_path, ["First", *ODD_TITLES, "Last"])
    wanted = ["First", *(one_line(title) for title in ODD_TITLES), "Last"]
    read = [title.strip() for title, _, _ in _probed(path)]
    assert len(read) == len(wanted)
    for found, title in zip(read, wanted, strict=True):
        assert title.strip().startswith(found)
        assert found == title.strip() or 250 < len(found.encode()) <= 255


@pytest.mark.slow
@settings(max_examples=20)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=90), min_size=1, max_size=4))
def test_any_text_is_a_title(tmp_path: Path, titles: list[str]) -> None:
    """mutagen and FFmpeg read as many chapters as were written."""
    titles = ["First", *titles]
    _, path = _written(tmp_path, titles)
    assert len(_probed(path)) == len(titles)
    assert len(MP4(path).chapters or ()) == len(titles)
