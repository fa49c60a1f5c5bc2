"""The tag: chapters in order with exact times in FFmpeg and mutagen, and what players and listeners need to know."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from mutagen.id3 import CTOCFlags

from audio_edition import audio
from audio_edition.formats import PACKAGES
from audio_edition.formats.clock import milliseconds
from audio_edition.formats.id3 import edition_tag, track_tags
from audio_edition.model import Recording, Voice
from support.recordings import article, needs_ffprobe, of_lengths, of_texts, repeated, tag_in, with_a_second_voice

LONG = "Long " * 100
TITLES = ["Short", LONG.strip(), "غرق العبّارة في البحر", "A & B <c> \"d\" 'e'", "Ende", "船が沈んだ", "🚢 Ünïcode"]


def published(recording: Recording, folder: Path) -> Path:
    (file,) = PACKAGES["mp3"].write(recording, folder, "edition").files
    return folder / file


def by_ffprobe(path: Path) -> list[tuple[int, int, str]]:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    return [
        (round(1000 * float(entry["start_time"])), round(1000 * float(entry["end_time"])), entry["tags"]["title"])
        for entry in json.loads(done.stdout)["chapters"]
    ]


def by_ffmpeg(path: Path) -> list[tuple[int, int]]:
    """Starts and ends in milliseconds, in the order of FFmpeg's metadata file."""
    command = [audio.ffmpeg_path(), "-v", "error", "-i", str(path), "-f", "ffmetadata", "-"]
    text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert text.count("[CHAPTER]\nTIMEBASE=1/1000\n") == text.count("[CHAPTER]")
    return [(int(start), int(end)) for start, end in re.findall(r"START=(\d+)\nEND=(\d+)\n", text)]


def tag_of(recording: Recording) -> Any:
    return tag_in(edition_tag(recording))


@needs_ffprobe
def test_ffprobe_lists_chapters_in_order_with_titles(tmp_path: Path) -> None:
    """Times to the millisecond and whole titles, be they long, Arabic, or full of signs."""
    recording = of_lengths(tmp_path, [20, 31, 9, 44, 20, 10, 9], TITLES)
    expected = [
        (milliseconds(chapter.start), milliseconds(chapter.end), chapter.chapter.title)
        for chapter in recording.chapters
    ]
    assert by_ffprobe(published(recording, tmp_path)) == expected


@needs_ffprobe
def test_ffprobe_lists_300_chapters(tmp_path: Path) -> None:
    """More chapters than a table of contents can count."""
    titles = [f"Item {number}" for number in range(1, 301)]
    recording = repeated(tmp_path, titles)
    listed = by_ffprobe(published(recording, tmp_path))
    assert [title for _, _, title in listed] == titles
    assert [start for start, _, _ in listed] == [milliseconds(chapter.start) for chapter in recording.chapters]


def test_ffmpeg_lists_chapters_in_order_of_time(tmp_path: Path) -> None:
    """The FFmpeg that the program brings agrees; it takes 1105 samples, the codec's delay, from all it copies."""
    recording = of_lengths(tmp_path, [20, 31, 9, 44, 20, 10, 9], TITLES)
    delay = milliseconds(1105)
    times = [(chapter.start, chapter.end) for chapter in recording.chapters]
    expected = [(max(0, milliseconds(start) - delay), milliseconds(end) - delay) for start, end in times]
    assert by_ffmpeg(published(recording, tmp_path)) == expected


@pytest.mark.parametrize("count", [1, 255, 256, 300])
def test_contents_name_every_chapter_once_in_order(tmp_path: Path, count: int) -> None:
    """One ordered table of contents on top; past 255 entries it has parts (Addendum 3.2)."""
    tag = tag_of(repeated(tmp_path, [f"Item {number}" for number in range(count)]))
    tables = {table.element_id: table for table in tag.getall("CTOC")}
    top = tables.pop("toc")
    assert top.flags == CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    assert all(table.flags == CTOCFlags.ORDERED for table in tables.values())
    parts = [tables[part].child_element_ids for part in top.child_element_ids] if tables else [top.child_element_ids]
    assert max(map(len, parts)) <= 255
    assert [child for part in parts for child in part] == [f"chp{index:03}" for index in range(count)]
    assert all(table.sub_frames["TIT2"].text[0] for table in [top, *tables.values()])


def test_a_chapter_is_found_by_its_time_alone(tmp_path: Path) -> None:
    """No byte offsets, which any other program that edits the tag would make wrong."""
    for chapter in tag_of(of_lengths(tmp_path, [20, 31])).getall("CHAP"):
        assert (chapter.start_offset, chapter.end_offset) == (0xFFFFFFFF, 0xFFFFFFFF)


def test_frames_stand_in_order_of_time_in_the_file(tmp_path: Path) -> None:
    """A player that lists chapters as it reads them lists them in order; titles of any length."""
    data = edition_tag(of_lengths(tmp_path, [20, 31, 9, 44, 20, 10, 9], TITLES))
    assert re.findall(rb"CHAP....\0\0(chp\d\d\d)\0", data, re.DOTALL) == [b"chp%03d" % index for index in range(7)]
    assert data.rindex(b"CTOC") < data.index(b"CHAP")
    assert data[:4] == b"ID3\x03"


def test_the_tag_says_what_the_edition_is(tmp_path: Path) -> None:
    """Title, author, publication, language and date, in ID3v2.3's frames."""
    tag = tag_of(of_texts(tmp_path, article()))
    texts = {name: str(tag[name]) for name in ("TIT2", "TPE1", "TALB", "TPUB", "TCON", "TLAN")}
    assert texts == {
        "TIT2": "Ferry “Gull” sinks & floats",
        "TPE1": "Jane Doe",
        "TALB": "Ferry “Gull” sinks & floats",
        "TPUB": "The Wire",
        "TCON": "Speech",
        "TLAN": "eng",
    }
    assert str(tag["TDRC"]) == "2026-10-09"
    assert str(tag["TSSE"]).startswith("audio-edition")


@pytest.mark.parametrize(
    ("byline", "source", "artist"),
    [("By A", "B", "A"), ("", "B", "B"), ("", "", "Synthetic voice: English")],
)
def test_the_artist_is_who_is_known(tmp_path: Path, byline: str, source: str, artist: str) -> None:
    """The author, else the publication, else the voice: never nobody."""
    recording = of_texts(tmp_path, dataclasses.replace(article(), byline=byline, source=source))
    assert str(tag_of(recording)["TPE1"]) == artist


@pytest.mark.parametrize(
    ("published", "date"), [("2026-10-09T12:30:00Z", "2026-10-09"), ("2026", "2026"), ("", ""), ("yesterday", "")]
)
def test_a_date_is_as_exact_as_it_was_given(tmp_path: Path, published: str, date: str) -> None:
    """A year alone stays a year; what is no date is left out."""
    tag = tag_of(of_texts(tmp_path, dataclasses.replace(article(), published=published)))
    assert str(tag.get("TDRC", "")) == date


@pytest.mark.parametrize(
    ("engine", "kind"),
    [
        ("espeak", "https://schema.org/AlgorithmicMediaDigitalSource"),
        ("piper", "https://schema.org/TrainedAlgorithmicMediaDigitalSource"),
    ],
)
def test_the_voice_is_said_to_be_synthetic(tmp_path: Path, engine: str, kind: str) -> None:
    """For people in the comment, for machines in two frames of their own."""
    recording = of_texts(tmp_path, article())
    delivery = dataclasses.replace(recording.delivery, voice=Voice("x", "Ann", "en", engine, learned=engine == "piper"))
    tag = tag_of(dataclasses.replace(recording, delivery=delivery))
    said = f"Spoken by a synthetic voice: Ann ({engine})."
    assert str(tag["COMM::eng"]) == str(tag["TXXX:AI_DISCLOSURE"]) == said
    assert str(tag["TXXX:digitalSourceType"]) == kind


def test_all_voices_are_said_to_be_synthetic(tmp_path: Path) -> None:
    """The main one first; where one of them learned from recordings, the edition's source is said to have."""
    tag = tag_of(with_a_second_voice(of_texts(tmp_path, article())))
    assert str(tag["COMM::eng"]) == "Spoken by synthetic voices: English (espeak), Ann & Co (piper)."
    assert str(tag["TXXX:digitalSourceType"]) == "https://schema.org/TrainedAlgorithmicMediaDigitalSource"


def test_the_text_is_in_the_tag(tmp_path: Path) -> None:
    """Every sentence, in order, a line for each paragraph; a track has its own chapter's."""
    recording = of_texts(tmp_path, article())
    lines = str(tag_of(recording)["USLT::eng"]).split("\n")
    paragraphs = [line for line in lines if line]
    assert paragraphs[3] == "It sank at 4 p.m. <today>. Then it rose again."
    assert paragraphs[-1] == "船が沈んだ。浮いた。"
    assert len(paragraphs) == 9
    second = list(track_tags(recording))[1]
    own = str(tag_in(second)["USLT::eng"]).split("\n")
    assert [line for line in own if line] == paragraphs[4:7]


def test_control_characters_do_not_cut_a_frame(tmp_path: Path) -> None:
    """A NUL would end a text, a newline split it."""
    tag = tag_of(of_texts(tmp_path, dataclasses.replace(article(), title="One\0two\nthree\ud800")))
    assert tag["TIT2"].text == ["One two three\ufffd"]


def test_same_recording_same_bytes(tmp_path: Path) -> None:
    """Nothing of the clock or of chance is in the tag."""
    recording = of_lengths(tmp_path, [20, 31], TITLES[1:3])
    assert edition_tag(recording) == edition_tag(recording)
    assert b"chp001" in edition_tag(recording)
