"""Editions that a person reads: every format has the sound that was recorded, says who reads, and which sentences a
synthetic voice speaks."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen.mp3 import MP3

from audio_edition import audio
from audio_edition.check import check_edition
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition
from audio_edition.edition.folder import read_edition
from audio_edition.formats.disclosure import digital_source_type, disclosure, iptc_source_type, narrator
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import PERSON, RATE_HZ, Narration, Script, Voice
from audio_edition.narration import narrate
from audio_edition.proof.listening import listen
from support.readers import Ears, Reader

_FORMATS = ("mp3", "m4b", "epub", "daisy202", "tracks", "transcript", "chapters", "cover", "audiobook", "page")
_JANE = Voice("Jane Doe", "Jane Doe", "en", PERSON)
_ROBOT = Voice("en", "English", "en", "espeak")
_LEARNED = Voice("joe", "Joe", "en", "piper", learned=True)


@dataclass
class Made:
    edition: Edition
    reader: Reader
    narration: Narration
    tape: Path

    @property
    def manifest(self) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads((self.edition.folder / "edition.json").read_text("utf-8"))
        return manifest

    @property
    def cues(self) -> dict[str, dict[str, Any]]:
        return {cue["id"]: cue for chapter in self.manifest["chapters"] for cue in chapter["cues"]}


def _made(
    script: Script, reader: Reader, folder: Path, formats: tuple[str, ...] = ("mp3",), jobs: int = 1, **more: Any
) -> Made:
    settings = Settings(formats=formats, **more)
    tape = reader.write(folder / "tape.wav")
    paced, narration = narrate(script, [tape], Ears([reader]), settings)  # type: ignore[arg-type]
    edition = make_edition(paced, folder / f"output-{jobs}", settings, jobs=jobs, narration=narration)
    return Made(edition, reader, narration, tape.path)


def _read_all_but(reader: Reader, script: Script, left_out: int | None = None) -> None:
    reader.read([utterance for number, utterance in enumerate(script.utterances) if number != left_out])


def _heard(made: Made) -> np.ndarray:
    (mp3,) = made.edition.folder.glob("*.mp3")
    return np.frombuffer(audio.decoded(mp3).pcm, np.int16).astype(np.float64)


def test_each_sentence_sounds_as_it_was_read(script: Script, reader: Reader, tmp_path: Path) -> None:
    """At its cue, within half a millisecond, and whole."""
    _read_all_but(reader, script)
    made = _made(script, reader, tmp_path, as_recorded=True)
    heard, tape = _heard(made), np.frombuffer(audio.decoded(made.tape).pcm, np.int16).astype(np.float64)
    for name, cue in made.cues.items():
        reading = made.narration.readings[name]
        was = tape[reading.start : reading.end]
        lags = range(-44, 45)
        likeness = [_correlation(was, heard[cue["start"] + lag : cue["start"] + lag + len(was)]) for lag in lags]
        assert max(likeness) > 0.95, name
        assert abs(lags[int(np.argmax(likeness))]) <= 22, name
        assert cue["end"] - cue["start"] == len(was)


def _correlation(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.corrcoef(one[: len(other)], other)[0, 1])


def test_the_room_goes_on_between_sentences(script: Script, reader: Reader, tmp_path: Path) -> None:
    _read_all_but(reader, script)
    made = _made(script, reader, tmp_path)
    for before, cue in zip(script.chapters[0].utterances, script.chapters[0].utterances[1:], strict=False):
        one, other = made.narration.readings[before.id], made.narration.readings[cue.id]
        assert (one.joins, other.joined) == (True, True)
        assert one.end + one.tail == other.start - other.lead
        assert made.cues[cue.id]["start"] - made.cues[before.id]["end"] == other.start - one.end


def test_what_nobody_read_is_spoken_at_the_same_level(script: Script, reader: Reader, tmp_path: Path) -> None:
    _read_all_but(reader, script, left_out=2)
    made = _made(script, reader, tmp_path)
    spoken = script.utterances[2].id
    assert {name for name, cue in made.cues.items() if "voice" in cue} == {spoken}
    assert made.cues[spoken]["voice"]["engine"] == "espeak"
    assert made.manifest["voice"]["engine"] == PERSON
    (mp3,) = made.edition.folder.glob("*.mp3")
    assert audio.levels(mp3).lufs == pytest.approx(-19, abs=1)
    heard = _heard(made)
    levels = {name: _level_db(heard[cue["start"] : cue["end"]]) for name, cue in made.cues.items()}
    assert levels[spoken] == pytest.approx(np.median(list(levels.values())), abs=3)


def _level_db(samples: np.ndarray) -> float:
    return float(10 * np.log10(np.mean(samples**2)))


def test_a_recording_can_stay_as_loud_as_it_is(script: Script, reader: Reader, tmp_path: Path) -> None:
    _read_all_but(reader, script)
    made = _made(script, reader, tmp_path, as_recorded=True)
    (mp3,) = made.edition.folder.glob("*.mp3")
    assert audio.levels(mp3).lufs == pytest.approx(audio.levels(made.tape).lufs, abs=1.2)


@pytest.mark.parametrize("left_out", [None, 2])
def test_every_format_names_who_reads(script: Script, reader: Reader, tmp_path: Path, left_out: int | None) -> None:
    """And the check, which reads each as a stranger, finds nothing."""
    _read_all_but(reader, script, left_out)
    made = _made(script, reader, tmp_path, _FORMATS, narrator="Jane Doe")
    folder = made.edition.folder
    assert check_edition(folder, programs=False).findings == ()
    (epub,), (daisy,), (mp3,) = folder.glob("*.epub"), folder.glob("*daisy*.zip"), folder.glob("*.mp3")
    narrators = re.findall(r'"media:narrator">([^<]*)<', _text_in(epub, ".opf"))
    assert narrators[0] == "Jane Doe"
    assert any("Synthetic" in one for one in narrators) == (left_out is not None)
    assert 'name="ncc:narrator" content="Jane Doe' in _text_in(daisy, "ncc.html")
    tags = MP3(mp3).tags
    assert tags is not None
    assert str(tags["TCOM"]).startswith("Jane Doe")
    assert str(tags["TXXX:digitalSourceType"]).endswith(
        "/DigitalCaptureDigitalSource" if left_out is None else "/CompositeDigitalSource"
    )
    page = (folder / "index.html").read_text("utf-8")
    assert "Read by <bdi>Jane Doe</bdi>." in page
    assert ("synthetic voice" in page) == (left_out is not None)


def _text_in(book: Path, ending: str) -> str:
    with zipfile.ZipFile(book) as files:
        (name,) = (name for name in files.namelist() if name.endswith(ending))
        return files.read(name).decode()


def test_an_edition_that_is_read_is_read_back_with_its_voices(script: Script, reader: Reader, tmp_path: Path) -> None:
    _read_all_but(reader, script, left_out=2)
    voices = read_edition(_made(script, reader, tmp_path).edition.folder).voices
    assert [voice.is_person for voice in voices] == [True, False]


def test_the_bytes_are_the_same_however_many_processes_record(script: Script, reader: Reader, tmp_path: Path) -> None:
    _read_all_but(reader, script, left_out=2)
    one, two = (_made(script, reader, tmp_path, jobs=jobs) for jobs in (1, 2))
    assert _heard(one).tobytes() == _heard(two).tobytes()
    assert (one.edition.folder / "edition.json").read_bytes() == (two.edition.folder / "edition.json").read_bytes()


def test_nothing_of_the_tapes_is_left_behind(script: Script, reader: Reader, tmp_path: Path) -> None:
    _read_all_but(reader, script)
    made = _made(script, reader, tmp_path)
    assert list(made.edition.folder.parent.iterdir()) == [made.edition.folder]
    assert not list(made.edition.folder.rglob("*.pcm"))


@pytest.mark.parametrize(
    ("voices", "kind"),
    [
        ([_ROBOT], "algorithmicMedia"),
        ([_LEARNED], "trainedAlgorithmicMedia"),
        ([_JANE], "digitalCapture"),
        ([_JANE, _ROBOT], "composite"),
        ([_JANE, _LEARNED], "compositeSynthetic"),
    ],
)
def test_the_kind_of_source_is_iptcs(voices: list[Voice], kind: str) -> None:
    assert iptc_source_type(voices).rpartition("/")[2] == kind
    assert digital_source_type(voices).rpartition("/")[2].lower() == f"{kind}DigitalSource".lower()


def test_a_mixed_edition_says_which_is_which() -> None:
    assert disclosure([_JANE], "en") == "Read by Jane Doe."
    assert disclosure([_JANE, _ROBOT], "de") == (
        "Gelesen von Jane Doe. Was niemand gelesen hat, spricht eine synthetische Stimme: English (espeak)."
    )
    assert narrator([_JANE, _ROBOT], "en") == "Jane Doe; Synthetic voice: English (espeak)"
    assert narrator([Voice("", "", "en", PERSON)], "en") == "a person"


def test_a_recording_is_heard_as_it_is_written(
    script: Script, reader: Reader, ears: Recogniser, tmp_path: Path
) -> None:
    """By the packaged recogniser, with a cough, a slip, an aside, a repeated and a skipped sentence: the edition has
    every word once."""
    first, second, third, fourth, *others = script.utterances
    reader.read([first, second])
    reader.cough()
    reader.begin(third)
    reader.read([third])
    reader.say("Sorry, could somebody please close that window over there?")
    reader.read([fourth])
    reader.read([fourth, *others[:-2], others[-1]])
    tape = reader.write(tmp_path / "tape.wav")
    settings = Settings(formats=("mp3",))
    paced, narration = narrate(script, [tape], ears, settings)
    assert {finding.id for finding in narration.findings} >= {
        "narration-slip", "narration-extra", "narration-repeat", "narration-unread",
    }  # fmt: skip
    assert set(narration.readings) == set(reader.truth)
    for name, (start, end) in reader.truth.items():
        assert abs(narration.readings[name].start - start) < 0.15 * RATE_HZ, name
        assert abs(narration.readings[name].end - end) < 0.25 * RATE_HZ, name
    listening = listen(read_edition(make_edition(paced, tmp_path, settings, narration=narration).folder), ears)
    assert not any(heard.missing for heard in listening.sentences)
    assert listening.word_error_rate < 0.25
