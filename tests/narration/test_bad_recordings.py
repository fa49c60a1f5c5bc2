"""Recordings that can't be used: one sentence each, and never an edition with wrong words under a sentence."""

from __future__ import annotations

import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from audio_edition import audio
from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition
from audio_edition.edition.issue import Documents
from audio_edition.errors import NarrationError
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import PERSON, RATE_HZ, Script, Tape, Voice
from audio_edition.narration import narrate
from audio_edition.narration.tapes import tapes_of
from support.readers import Ears, Reader

_ELSE = (
    "Cut the butter into small pieces and rub it into the flour.",
    "Add two eggs, a little milk and a spoonful of honey.",
    "Leave the dough in a cool place for half an hour, then roll it out.",
)


def _wav(path: Path, samples: np.ndarray, channels: int = 1, rate_hz: int = RATE_HZ) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, rate_hz, 0, "NONE", ""))
        file.writeframes(samples.astype(np.int16).tobytes())
    return path


def _refused(recordings: tuple[Path, ...]) -> str:
    with pytest.raises(NarrationError) as refused:
        tapes_of(Documents((), recordings=recordings), Settings())
    assert refused.value.remedy
    assert refused.value.message.count(". ") == 0
    return refused.value.message


def _tape(path: Path) -> Tape:
    return Tape(path, path.name, Voice("Jane Doe", "Jane Doe", "en", PERSON))


def _not_narrated(script: Script, path: Path, ears: Ears) -> str:
    with pytest.raises(NarrationError) as refused:
        narrate(script, [_tape(path)], ears, Settings())  # type: ignore[arg-type]
    assert refused.value.remedy
    return refused.value.message


def test_a_recording_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert _refused((tmp_path / "none.wav",)) == f"{tmp_path / 'none.wav'}: there is no such recording."


def test_a_folder_without_recordings_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Nothing.")
    assert "no recording is in this folder" in _refused((tmp_path,))


def test_a_file_that_is_no_recording_is_named(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Nothing.")
    assert "not a kind of file" in _refused((tmp_path / "notes.txt",))


@pytest.mark.parametrize("name", ["tape.wav", "tape.mp3", "tape.m4a", "tape.flac", "tape.opus"])
def test_a_file_that_cannot_be_played_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"This is no sound at all. " * 40)
    assert "can't be played" in _refused((tmp_path / name,))


def test_a_recording_that_is_cut_off_before_its_index_is_named(tmp_path: Path) -> None:
    whole = _wav(tmp_path / "whole.wav", np.zeros(RATE_HZ))
    cut = tmp_path / "cut.m4a"
    subprocess.run([audio.ffmpeg_path(), "-v", "error", "-i", whole, "-c:a", "aac", cut], check=True)
    cut.write_bytes(cut.read_bytes()[:400])
    assert "can't be played" in _refused((cut,))


def test_a_playlist_named_as_sound_fetches_nothing(tmp_path: Path) -> None:
    """FFmpeg would follow it if it were left to guess what the file is."""
    (tmp_path / "tape.mp3").write_text("#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/secret.mp3\n")
    assert "can't be played" in _refused((tmp_path / "tape.mp3",))


def test_a_recording_of_ten_hours_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 8000, 0, "NONE", ""))
        file.writeframes(bytes(8000))
    whole = 10 * 3600 * 8000
    with path.open("r+b") as raw:
        raw.truncate(44 + whole)
        for place, size in ((4, 36 + whole), (40, whole)):
            raw.seek(place)
            raw.write(size.to_bytes(4, "little"))
    assert "lasts more than 6 hours" in _refused((path,))


def test_the_same_recording_twice_is_named(tmp_path: Path) -> None:
    one, other = (_wav(tmp_path / name, np.ones(RATE_HZ)) for name in ("one.wav", "other.wav"))
    assert "same recording" in _refused((one, other))


def test_a_narrator_of_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    tape = _wav(tmp_path / "tape.wav", np.zeros(RATE_HZ))
    documents = Documents((), recordings=(tape,), narrators={"tap.wav": "Jane Doe"})
    with pytest.raises(NarrationError, match=r"tap\.wav"):
        tapes_of(documents, Settings())


def test_a_silent_recording_is_said_to_be_silent(script: Script, reader: Reader, tmp_path: Path) -> None:
    silent = _wav(tmp_path / "silent.wav", np.zeros(20 * RATE_HZ))
    assert "it is silent" in _not_narrated(script, silent, Ears([reader]))


def test_a_recording_of_nothing_is_named(script: Script, tmp_path: Path) -> None:
    """A recorder that was switched off at once writes a file with a head and no samples."""
    empty = _wav(tmp_path / "empty.wav", np.zeros(0))
    assert _not_narrated(script, empty, Ears([])) == f"{empty}: this can't be played as a recording."


def test_music_is_said_to_be_no_reading(script: Script, reader: Reader, tmp_path: Path) -> None:
    time = np.arange(20 * RATE_HZ) / RATE_HZ
    chord = sum(np.sin(2 * np.pi * frequency * time) for frequency in (220, 277.2, 329.6))
    music = _wav(tmp_path / "music.wav", 4000 * chord * np.abs(np.sin(2 * time)))
    ears = Ears([reader])
    ears.name = "deaf"
    ears.hear_words = lambda sound, language, runs: []  # type: ignore[method-assign]
    assert "nobody speaks in it" in _not_narrated(script, music, ears)


def test_a_reading_of_something_else_is_quoted(script: Script, reader: Reader, tmp_path: Path) -> None:
    for text in _ELSE:
        reader.say(text)
    message = _not_narrated(script, reader.write(tmp_path / "else.wav").path, Ears([reader]))
    assert "is not in the text; it begins “Cut the butter" in message


def test_two_recordings_of_one_article_are_named(script: Script, reader: Reader, tmp_path: Path) -> None:
    other = Reader(reader.narrator, seed=2)
    for one in (reader, other):
        one.read(script.utterances)
    tapes = [reader.write(tmp_path / "one.wav"), other.write(tmp_path / "other.wav")]
    with pytest.raises(NarrationError, match=r"one\.wav and other\.wav both have|other\.wav and one\.wav both have"):
        narrate(script, tapes, Ears([reader, other]), Settings())  # type: ignore[arg-type]


def test_six_channels_at_96_khz_are_heard_as_one(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    mono = reader.write(tmp_path / "mono.wav").path
    wide = tmp_path / "wide.wav"
    command: list[str | Path] = [
        audio.ffmpeg_path(),
        "-v",
        "error",
        "-i",
        mono,
        "-af",
        "pan=5.1|FC=c0|FL=0.5*c0|FR=0.5*c0",
    ]
    subprocess.run([*command, "-ar", "96000", "-c:a", "pcm_s24le", wide], check=True)
    _, narration = narrate(script, [_tape(wide)], Ears([reader]), Settings())  # type: ignore[arg-type]
    assert set(narration.readings) == set(reader.truth)
    for name, (start, _) in reader.truth.items():
        assert abs(narration.readings[name].start - start) < 0.13 * RATE_HZ


def test_the_command_says_what_is_wrong_and_makes_nothing(tmp_path: Path) -> None:
    Path("article.txt").write_text("A title\n\nSome words of an article that nobody read.\n")
    done = CliRunner().invoke(main, ["build", "article.txt", "--narration", "none.wav"])
    assert done.exit_code == 1
    assert "none.wav: there is no such recording." in done.output
    assert not Path("output").exists()


@pytest.mark.parametrize("articles", [["article.txt"], []])
def test_a_folder_that_is_taken_is_refused_before_a_recording_is_heard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, articles: list[str]
) -> None:
    Path("article.txt").write_text("A title\n\nSome words of an article.\n")
    _wav(Path("A title.wav"), np.ones(RATE_HZ))
    taken = Path("output", "a-title")
    taken.mkdir(parents=True)
    (taken / "notes.txt").write_text("Mine.")
    monkeypatch.setattr(Recogniser, "__init__", lambda *_: pytest.fail("It listens."))
    done = CliRunner().invoke(main, ["build", *articles, "--narration", "A title.wav"])
    assert done.exit_code == 1
    assert "something other than an edition has this name" in done.output
    assert [path.name for path in Path("output").rglob("*")] == ["a-title", "notes.txt"]


def test_a_recording_that_changes_meanwhile_makes_no_edition(script: Script, reader: Reader, tmp_path: Path) -> None:
    """It would have wrong words under its sentences."""
    reader.read(script.utterances)
    tape = reader.write(tmp_path / "tape.wav")
    script, narration = narrate(script, [tape], Ears([reader]), Settings())  # type: ignore[arg-type]
    other = Reader(reader.narrator, seed=2)
    other.say(_ELSE[0])
    other.write(tape.path)
    with pytest.raises(NarrationError, match=r"tape\.wav: the recording has changed meanwhile"):
        make_edition(script, tmp_path / "output", Settings(formats=("mp3",)), narration=narration)
    assert not any(path.is_dir() for path in (tmp_path / "output").iterdir())


def test_a_folder_may_hold_other_things(tmp_path: Path) -> None:
    folder = tmp_path / "tapes"
    folder.mkdir()
    first = _wav(folder / "001.wav", np.ones(RATE_HZ))
    _wav(folder / ".hidden.wav", np.ones(RATE_HZ))
    (folder / "notes.txt").write_text("Nothing.")
    (folder / "cover.jpg").write_bytes(b"\xff\xd8")
    (folder / "more.wav").mkdir()
    tapes = tapes_of(Documents((), recordings=(folder,)), Settings())
    assert [tape.path for tape in tapes] == [first]


def test_a_recording_that_is_cut_off_is_used_as_far_as_it_goes(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    tape = reader.write(tmp_path / "tape.wav").path
    tape.write_bytes(tape.read_bytes()[: tape.stat().st_size * 2 // 3])
    script, narration = narrate(script, [_tape(tape)], Ears([reader]), Settings())  # type: ignore[arg-type]
    assert 3 <= len(narration.readings) < len(reader.truth)
    length = tape.stat().st_size // 2
    assert all(reader.truth[name][1] <= length for name in narration.readings)
    assert "narration-unread" in {finding.id for finding in script.findings}
