"""Recordings without a text: chapters by a list, by files or by pauses; phrases, or a transcript that is marked as
rough; and nothing of the sound is lost."""

from __future__ import annotations

import json
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from mutagen.mp3 import MP3

from audio_edition import audio, build
from audio_edition.check import check_edition
from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition
from audio_edition.edition.folder import read_edition
from audio_edition.edition.issue import Source, load_documents
from audio_edition.errors import NarrationError, SettingsError
from audio_edition.hearing.recogniser import RATE_HZ as HEARD_HZ
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import RATE_HZ, Narration, Script, Speech, Tape
from audio_edition.narration.sections import Phrase, at_times
from audio_edition.narration.times import ListedTime, listed_times
from audio_edition.narration.unwritten import script_without_text
from support.readers import Ears, Reader

_ROUGH = "A machine transcribed this text from the recording, and nobody has checked it."
_CHAPTERS = (
    ("The bridge", "The new bridge will open before winter.", "Everybody is invited to the party."),
    ("The boats", "The boats came home in the rain.", "Children ran along the river with lanterns."),
)


@pytest.fixture
def evening(reader: Reader) -> Reader:
    """Two chapters, each announced, with five seconds between."""
    for title, *sentences in _CHAPTERS:
        reader.say(f"{title}.", 1.0)
        for sentence in sentences:
            reader.say(sentence, 0.6)
        reader.sound(np.zeros(5 * RATE_HZ))
    return reader


def _script(
    tapes: list[Tape], readers: list[Reader], times: tuple[ListedTime, ...] = (), *, rough: bool = False, **more: object
) -> tuple[Script, Narration]:
    settings = Settings(**more)  # type: ignore[arg-type]
    ears = Ears(readers)
    return script_without_text(tapes, ears, settings, times, transcribe=rough)  # type: ignore[arg-type]


def _made(script: Script, narration: Narration, folder: Path, *formats: str) -> Edition:
    return make_edition(script, folder, Settings(formats=formats), narration=narration)


def test_chapters_begin_behind_long_pauses_with_what_is_said_there(evening: Reader, tmp_path: Path) -> None:
    script, narration = _script([evening.write(tmp_path / "evening.wav")], [evening])
    assert [chapter.title for chapter in script.chapters] == ["A title", "A title"]
    assert (script.title, script.wording) == ("evening", "none")
    assert [finding.id for finding in narration.findings].count("narration-title-heard") == 2
    starts = [narration.readings[chapter.utterances[0].id].start for chapter in script.chapters]
    announced = [start for text, start, _ in evening.said if len(text.split()) == 2]
    assert np.abs(np.subtract(starts, announced)).max() < 0.15 * RATE_HZ


def test_a_shorter_pause_can_be_said_to_part_chapters(evening: Reader, tmp_path: Path) -> None:
    tape = evening.write(tmp_path / "evening.wav")
    assert len(_script([tape], [evening], chapter_pause=6.5)[0].chapters) == 1
    assert len(_script([tape], [evening], chapter_pause=0.8)[0].chapters) > 2


def test_all_that_is_said_is_in_the_edition(evening: Reader, tmp_path: Path) -> None:
    """And pauses are as they were, but for those that are too long."""
    script, narration = _script([evening.write(tmp_path / "evening.wav")], [evening])
    spans = [(reading.start, reading.end) for reading in narration.readings.values()]
    for text, start, end in evening.said:
        covered = sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in spans)
        assert covered > 0.97 * (end - start), text
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    edition = _made(script, narration, tmp_path / "output", "mp3")
    (between,) = (
        other.start + other.cues[0].start - one.start - one.cues[-1].end
        for one, other in pairwise(edition.recording.chapters)
    )
    assert between / RATE_HZ == pytest.approx(2.5, abs=0.1)


def test_music_between_what_is_said_is_kept(evening: Reader, tmp_path: Path) -> None:
    """Without a text, nothing says that it does not belong there."""
    start = evening.length
    time = np.arange(8 * RATE_HZ) / RATE_HZ
    evening.sound(3000 * np.sin(2 * np.pi * 440 * time) * (1 + np.sin(3 * time)))
    end = evening.length
    evening.say("That was the song of the boatmen.")
    _, narration = _script([evening.write(tmp_path / "evening.wav")], [evening])
    kept = sum(max(0, min(end, each.end) - max(start, each.start)) for each in narration.readings.values())
    assert kept > 0.9 * (end - start)


def test_a_list_of_times_makes_chapters_that_begin_at_the_pause(evening: Reader, tmp_path: Path) -> None:
    second = next(start for text, start, _ in evening.said if text == "The boats.")
    times = (ListedTime(0, "Bridge"), ListedTime(round(second / RATE_HZ - 0.8, 1), "Boats"))
    script, narration = _script([evening.write(tmp_path / "evening.wav")], [evening], times)
    assert [chapter.title for chapter in script.chapters] == ["Bridge", "Boats"]
    begins = narration.readings[script.chapters[1].utterances[0].id].start
    assert abs(begins - second) < 0.15 * RATE_HZ
    assert "narration-title-heard" not in {finding.id for finding in narration.findings}


def test_a_time_in_the_middle_of_what_is_said_cuts_it_there(reader: Reader, tmp_path: Path) -> None:
    start, end = reader.say("This is a sentence that goes on for a long time and never makes a pause of any kind.")
    middle = (start + end) / 2 / RATE_HZ
    times = (ListedTime(0, "One"), ListedTime(middle, "Two"))
    script, narration = _script([reader.write(tmp_path / "tape.wav")], [reader], times)
    begins = narration.readings[script.chapters[1].utterances[0].id].start
    assert abs(begins / RATE_HZ - middle) < 0.01


def test_a_time_behind_the_end_is_named(evening: Reader, tmp_path: Path) -> None:
    times = (ListedTime(0, "Bridge"), ListedTime(4000, "Boats"))
    with pytest.raises(NarrationError, match=r"“Boats” is listed at 1:06:40, after the end of evening\.wav"):
        _script([evening.write(tmp_path / "evening.wav")], [evening], times)


def test_each_of_several_files_is_a_chapter_called_as_it_is(evening: Reader, tmp_path: Path) -> None:
    other = Reader(evening.narrator, seed=2)
    other.say("It rained all day.")
    tapes = [evening.write(tmp_path / "001_The_bridge.wav"), other.write(tmp_path / "002_Rain_again.wav")]
    script, narration = _script(tapes, [evening, other], title="The Courier")
    assert [chapter.title for chapter in script.chapters] == ["The bridge", "Rain again"]
    assert {reading.tape for reading in narration.readings.values()} == {0, 1}


def test_a_list_is_of_one_recording(evening: Reader, tmp_path: Path) -> None:
    tapes = [evening.write(tmp_path / "one.wav"), evening.write(tmp_path / "two.wav")]
    with pytest.raises(NarrationError, match="for 2 recordings"):
        _script(tapes, [evening], (ListedTime(0, "All"),))


def test_chapters_that_have_no_sound_are_named_and_the_others_keep_their_places() -> None:
    """Two begin a thousandth of a second apart, at a pause and in the middle of a phrase; one is silent."""
    phrases = [Phrase(round(start * HEARD_HZ), round(end * HEARD_HZ)) for start, end in ((0.5, 9), (40, 60), (70, 90))]
    listed = (0, 0.001, 20, 30, 40.2, 50, 50.001, 50.6, 69.9)
    found = [[(each.start / HEARD_HZ, each.end / HEARD_HZ) for each in own] for own in at_times(phrases, listed)]
    assert found == [
        [], [(0.5, 9)], [], [], [(40, 50)], [], [(pytest.approx(50), 50.6)], [(50.6, 60)], [(70, 90)],
    ]  # fmt: skip


def test_a_chapter_that_vanishes_is_told(evening: Reader, tmp_path: Path) -> None:
    times = (ListedTime(0, "Bridge"), ListedTime(11, "Boats"), ListedTime(11.002, "Lanterns"))
    for rough in (False, True):
        tape = evening.write(tmp_path / f"evening-{rough}.wav")
        script, narration = _script([tape], [evening], times, rough=rough)
        assert len(script.chapters) == 2
        (told,) = (each for each in narration.findings if each.id == "narration-chapter-empty")
        assert "Boats" in told.message or "Lanterns" in told.message


def test_formats_that_show_text_are_refused_before_anything_is_listened_to(evening: Reader, tmp_path: Path) -> None:
    evening.write(tmp_path / "evening.wav")
    options = ["--narration", str(tmp_path / "evening.wav"), "--format", "page", "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(main, ["build", *options])
    assert done.exit_code == 1
    assert "The format page shows the text, but this recording has none." in done.output
    assert "Listening" not in done.output


def test_a_list_may_have_recordings_alone(evening: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a command and from Python; both make the same edition."""
    _deaf(monkeypatch, evening)
    evening.write(tmp_path / "evening.wav")
    (tmp_path / "times.txt").write_text("0:00 Bridge\n0:11 Boats\n")
    (tmp_path / "edition.toml").write_text(
        'title = "The Courier"\nlanguage = "en"\n[narration]\nrecordings = ["evening.wav"]\nchapters = "times.txt"\n'
    )
    quick = ["--format", "mp3", "--no-cache", "-o", str(tmp_path / "one")]
    done = CliRunner().invoke(main, ["build", str(tmp_path / "edition.toml"), *quick])
    assert done.exit_code == 0, done.output
    settings = Settings(formats=("mp3",), title="The Courier", speech=Speech(language="en"))
    alone = build(
        None, tmp_path / "two", settings, cache=False, narration=[tmp_path / "evening.wav"],
        chapters=tmp_path / "times.txt",
    )  # fmt: skip
    listed = build(tmp_path / "edition.toml", tmp_path / "three", Settings(formats=("mp3",)), cache=False)
    for edition in (alone, listed):
        assert [each.chapter.title for each in edition.recording.chapters] == ["Bridge", "Boats"]
        assert edition.recording.script.title == "The Courier"
    assert (tmp_path / "one" / "the-courier" / "the-courier.mp3").is_file()


def _deaf(monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    """Let nobody listen: chapters are listed, so that no word is needed."""
    monkeypatch.setattr("audio_edition.hearing.recogniser.Recogniser", lambda model=None: Ears([reader]))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"chapters": "times.txt"}, "neither a document nor a recording"),
        ({"document": b"A title\n\nText.", "transcribe": True}, "for recordings without a text"),
    ],
)
def test_a_list_of_chapters_needs_recordings_without_a_text(given: dict[str, Any], message: str) -> None:
    with pytest.raises(NarrationError, match=message):
        build(given.pop("document", None), **given)


@pytest.mark.parametrize(
    ("narration", "message"),
    [
        ('chapters = "times.txt"\n', "chapters is for recordings without a text"),
        ("transcribe = true\n", "transcribe is for recordings without a text"),
        ("transcribe = 1\n", "transcribe is '1'"),
    ],
)
def test_a_list_says_of_recordings_what_fits_their_text(tmp_path: Path, narration: str, message: str) -> None:
    (tmp_path / "rain.txt").write_text("Rain\n\nIt rained.\n")
    listed = tmp_path / "edition.toml"
    listed.write_text(f'articles = ["rain.txt"]\n[narration]\nrecordings = ["a.wav"]\n{narration}')
    with pytest.raises(SettingsError, match=message):
        load_documents([Source(listed)])
    listed.write_text('[narration]\nrecordings = ["a.wav"]\ndecisions = "decisions.json"\n')
    with pytest.raises(SettingsError, match="decisions is for recordings with a text"):
        load_documents([Source(listed)])
    listed.write_text('[narration]\nnarrator = "Jane Doe"\n')
    with pytest.raises(SettingsError, match="it lists 0 articles"):
        load_documents([Source(listed)])


def test_a_list_of_recordings_alone_has_no_script(tmp_path: Path) -> None:
    (tmp_path / "edition.toml").write_text('[narration]\nrecordings = ["a.wav"]\n')
    done = CliRunner().invoke(main, ["script", str(tmp_path / "edition.toml")])
    assert done.exit_code == 1
    assert "has recordings and no article, so there is no text." in done.output


def test_a_silent_recording_makes_no_edition(reader: Reader, tmp_path: Path) -> None:
    reader.sound(np.zeros(9 * RATE_HZ))
    with pytest.raises(NarrationError, match="it is silent"):
        _script([reader.write(tmp_path / "tape.wav")], [reader])


def test_sound_alone_makes_packages_of_sound(evening: Reader, tmp_path: Path) -> None:
    times = (ListedTime(0, "Bridge"), ListedTime(11, "Boats"))
    script, narration = _script([evening.write(tmp_path / "evening.wav")], [evening], times, title="Sounds")
    edition = _made(script, narration, tmp_path / "output")
    of_sound = {"mp3", "m4b", "tracks", "chapters", "cover", "epub", "daisy202"}
    assert {package.format for package in edition.packages} == of_sound
    assert check_edition(edition.folder, programs=False).findings == ()
    assert read_edition(edition.folder).wording == "none"
    tags = MP3(edition.folder / "sounds.mp3").tags
    assert tags is not None
    assert [str(each.sub_frames["TIT2"]) for each in tags.getall("CHAP")] == ["Bridge", "Boats"]
    assert [each.title for each in audio.chapters(edition.folder / "sounds.m4b")] == ["Bridge", "Boats"]
    with pytest.raises(SettingsError, match="The format page shows the text, but this recording has none"):
        _made(script, narration, tmp_path / "books", "page")


def test_a_rough_transcript_says_everywhere_that_it_is_one(evening: Reader, tmp_path: Path) -> None:
    script, narration = _script([evening.write(tmp_path / "evening.wav")], [evening], rough=True, title="Rough")
    assert [chapter.title for chapter in script.chapters] == ["The bridge", "The boats"]
    said = [utterance.text for utterance in script.utterances]
    assert said == [text.removesuffix(".") if len(text.split()) == 2 else text for text, _, _ in evening.said]
    edition = _made(script, narration, tmp_path / "output")
    folder = edition.folder
    assert check_edition(folder, programs=False).findings == ()
    manifest = json.loads((folder / "edition.json").read_text("utf-8"))
    assert manifest["wording"] == read_edition(folder).wording == "heard"
    assert "transcript-rough" in {finding["id"] for finding in manifest["findings"]}
    for name in ("index.html", "transcript.html", "transcript.txt", "transcript.vtt"):
        assert _ROUGH in (folder / name).read_text("utf-8"), name
    for book in (*folder.glob("*.epub"), *folder.glob("*daisy*.zip")):
        with zipfile.ZipFile(book) as files:
            assert any(_ROUGH.encode() in files.read(name) for name in files.namelist()), book
    tags = MP3(folder / "rough.mp3").tags
    assert tags is not None
    assert _ROUGH in str(tags.getall("COMM")[0])


def test_the_recogniser_writes_down_what_is_said(reader: Reader, ears: Recogniser, tmp_path: Path) -> None:
    reader.say("The boats.", 1.5)
    reader.say("The boats came home in the rain.", 0.5)
    reader.say("Nobody was on the bridge.", 0.5)
    tape = reader.write(tmp_path / "tape.wav")
    script, narration = script_without_text([tape], ears, Settings(), transcribe=True)
    said = " ".join(utterance.text for utterance in script.utterances)
    assert "Nobody was on the bridge." in said
    assert all(reading.confidence < 0.6 for reading in narration.readings.values())


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "lists 0 chapters"),
        ("0:00 One\nnonsense\n", "line 2: “nonsense” is not a time with a title"),
        ("0:00\n", "line 1"),
        ("0:00 One\n0:75 Two\n", "line 2"),
        ("0:10 One\n", "line 1: the first chapter does not begin at 0:00"),
        ("0:00 One\n# rest\n5:00 Two\n5:00 Three\n", "line 4: the time is not later"),
        ("0:00 One\n5:00 \x07\n", "line 2"),
        ("0:00 One\n5:00 \u202e\n", "line 2"),
    ],
)
def test_a_list_that_is_none_is_refused_with_its_line(tmp_path: Path, text: str, wrong: str) -> None:
    path = tmp_path / "times.txt"
    path.write_text(text)
    with pytest.raises(NarrationError, match=wrong) as refused:
        listed_times(path)
    assert str(path) in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"0:00 x\n" * 200_000])
def test_a_list_that_is_no_text_or_too_large_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "times.txt").write_bytes(data)
    with pytest.raises(NarrationError):
        listed_times(tmp_path / "times.txt")


def test_times_are_read_in_every_usual_form(tmp_path: Path) -> None:
    (tmp_path / "times.txt").write_text("﻿# Evening\n00:00:00 One\n\n04:10 - Two\n1:02:33.5  Three: the end\n")
    assert listed_times(tmp_path / "times.txt") == (
        ListedTime(0, "One"),
        ListedTime(250, "Two"),
        ListedTime(3753.5, "Three: the end"),
    )


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        ([], "name a document, or a recording"),
        (["article.txt", "--transcribe"], "for recordings without a text"),
        (["article.txt", "--chapters", "times.txt"], "for recordings without a text"),
    ],
)
def test_the_command_says_what_goes_together(arguments: list[str], wrong: str) -> None:
    Path("article.txt").write_text("A title\n\nSome words.\n")
    done = CliRunner().invoke(main, ["build", *arguments])
    assert done.exit_code == 2
    assert wrong in done.output


def test_another_name_of_a_recording_makes_another_edition(
    evening: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the title of what nobody names otherwise."""
    monkeypatch.setattr("audio_edition.hearing.recogniser.Recogniser", lambda model: Ears([evening]))
    tape = evening.write(tmp_path / "tape.wav").path
    words = ["-o", str(tmp_path / "out"), "--language", "en", "--format", "mp3"]
    for name in ("evening", "morning"):
        tape = tape.rename(tmp_path / f"{name}.wav")
        done = CliRunner().invoke(main, ["build", "--narration", str(tape), *words])
        assert (done.exit_code, Path(done.stdout.strip()).name) == (0, name)
