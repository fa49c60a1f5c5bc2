"""What a human decides of a narration goes over what was found, and a file of decisions is nobody's to trust."""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audio_edition.check import check_edition
from audio_edition.cli import main
from audio_edition.cli.narration import facts_of
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition
from audio_edition.errors import NarrationError
from audio_edition.model import PERSON, RATE_HZ, Narration, Script, Tape, Utterance, Voice
from audio_edition.narration import narrate
from audio_edition.narration.decisions import decisions_of
from support.readers import Ears, Reader

_ASIDE = "Sorry, could somebody please close that window over there?"
_TAPE = Tape(Path("tape.wav"), "abc", Voice("Jane Doe", "Jane Doe", "en", PERSON))


def _narrated(
    script: Script, reader: Reader, folder: Path, entries: dict[str, Any] | None = None, **settings: Any
) -> tuple[Script, Narration]:
    tape = reader.write(folder / "tape.wav")
    decisions = decisions_of(_file(folder, {tape.path.name: tape.sha256}, **(entries or {})), [tape])
    return narrate(
        script, [tape], Ears([reader]), Settings(**settings), decisions=decisions if entries else None  # type: ignore[arg-type]
    )  # fmt: skip


def _file(folder: Path, recordings: Any, **more: Any) -> Path:
    path = folder / "decisions.json"
    value = {"audio-edition": "narration decisions", "version": 1, "recordings": recordings, **more}
    path.write_text(json.dumps(value), "utf-8")
    return path


def _at(utterance: Utterance, start: int, end: int, **more: Any) -> dict[str, Any]:
    """Return the decision on a sentence that is read between two samples."""
    seconds = {"start": round(start / RATE_HZ, 3), "end": round(end / RATE_HZ, 3)}
    return {"id": utterance.id, "text": utterance.text, "recording": "tape.wav", **seconds, "accepted": True, **more}


def _kinds(narration: Narration) -> list[str]:
    return sorted(finding.id for finding in narration.findings)


def test_a_sentence_is_where_a_human_says(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    chosen = script.utterances[3]
    start, end = reader.truth[chosen.id]
    entry = _at(chosen, start + 4410, end - 4410)
    _, narration = _narrated(script, reader, tmp_path, {"sentences": [entry]})
    reading = narration.readings[chosen.id]
    assert (reading.start, reading.end) == (round(entry["start"] * RATE_HZ), round(entry["end"] * RATE_HZ))
    assert reading.confidence == 1.0
    assert (reading.joined, reading.joins) == (False, False)
    assert all(0 <= word.start < word.end <= reading.end - reading.start for word in reading.words)
    assert _kinds(narration) == ["narration-reviewed"]


def test_accepting_everything_changes_no_sound(script: Script, reader: Reader, tmp_path: Path) -> None:
    """The pauses between sentences stay joined, and the words keep their times."""
    reader.read(script.utterances)
    paced, found = _narrated(script, reader, tmp_path)
    entries = [_at(each, found.readings[each.id].start, found.readings[each.id].end) for each in script.utterances]
    again, accepted = _narrated(script, reader, tmp_path, {"sentences": entries})
    assert list(accepted.readings) == list(found.readings)
    for name, reading in accepted.readings.items():
        was = found.readings[name]
        assert (reading.start, reading.end, reading.lead, reading.tail) == (was.start, was.end, was.lead, was.tail)
        assert reading.words == was.words
    assert again.chapters == paced.chapters


def test_moved_edges_within_the_pause_stay_joined(script: Script, reader: Reader, tmp_path: Path) -> None:
    """The sound of the room goes on to the sentence behind it, as where nothing was moved."""
    reader.read(script.utterances)
    one, other = script.chapters[0].utterances[1:3]
    (start, end), (next_start, _) = reader.truth[one.id], reader.truth[other.id]
    _, narration = _narrated(script, reader, tmp_path, {"sentences": [_at(one, start, end + 1500)]})
    assert narration.readings[one.id].joins
    assert narration.readings[other.id].joined
    assert narration.readings[other.id].start <= next_start


def test_the_first_of_two_readings_can_be_chosen(script: Script, reader: Reader, tmp_path: Path) -> None:
    one, twice, *others = script.utterances
    reader.read([one, twice])
    first = reader.truth[twice.id]
    reader.read([twice, *others])
    _, narration = _narrated(script, reader, tmp_path, {"sentences": [_at(twice, *first)]})
    reading = narration.readings[twice.id]
    assert abs(reading.start - first[0]) < RATE_HZ / 1000
    assert [twice.spoken[word.text_start : word.text_end] for word in reading.words] == twice.spoken.split()
    assert "narration-repeat" not in _kinds(narration)


@pytest.mark.parametrize(("setting", "decision"), [("spoken", "left-out"), ("left-out", "spoken")])
def test_an_unread_sentence_is_spoken_or_left_out(
    script: Script, reader: Reader, tmp_path: Path, setting: str, decision: str
) -> None:
    """Against the setting, which holds for all others."""
    unread = script.utterances[2]
    reader.read([each for each in script.utterances if each is not unread])
    entry = {"id": unread.id, "text": unread.text, "unread": decision}
    paced, narration = _narrated(script, reader, tmp_path, {"sentences": [entry]}, unread=setting)
    assert (unread.id in {each.id for each in paced.utterances}) == (decision == "spoken")
    assert unread.id not in narration.readings


def test_a_kept_extra_is_an_announcement_of_the_edition(script: Script, reader: Reader, tmp_path: Path) -> None:
    """Behind the paragraph that is read before it, in the person's voice; the finished edition is sound."""
    one, two, *others = script.utterances
    reader.read([one, two])
    start, end = reader.say(_ASIDE)
    reader.read(others)
    extra = {"recording": "tape.wav", "start": start / RATE_HZ, "end": end / RATE_HZ, "keep": True, "text": _ASIDE}
    paced, narration = _narrated(script, reader, tmp_path, {"extras": [extra]})
    (kept,) = (each for each in paced.utterances if each.text == _ASIDE)
    assert kept.role == "announcement"
    assert abs(narration.readings[kept.id].start - start) < RATE_HZ / 1000
    assert "narration-extra" not in _kinds(narration)
    edition = make_edition(paced, tmp_path / "output", Settings(formats=("mp3", "epub")), narration=narration)
    assert check_edition(edition.folder, programs=False).findings == ()


def test_a_cut_extra_is_not_told_again(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances[:2])
    start, end = reader.say(_ASIDE)
    reader.read(script.utterances[2:])
    extra = {"recording": "tape.wav", "start": start / RATE_HZ, "end": end / RATE_HZ, "keep": False}
    paced, narration = _narrated(script, reader, tmp_path, {"extras": [extra]})
    assert _kinds(narration) == ["narration-reviewed"]
    assert len(paced.utterances) == len(script.utterances)


def test_a_decision_on_a_text_that_changed_is_told_and_not_used(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    entry = _at(script.utterances[2], 0, RATE_HZ) | {"text": "Another text."}
    _, narration = _narrated(script, reader, tmp_path, {"sentences": [entry]})
    assert "narration-stale" in _kinds(narration)
    assert narration.readings[script.utterances[2].id].start > RATE_HZ


def test_a_decision_follows_its_text_to_another_place(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    chosen = script.utterances[3]
    start, end = reader.truth[chosen.id]
    entry = _at(chosen, start + 4410, end) | {"id": "c09-p001-s01"}
    _, narration = _narrated(script, reader, tmp_path, {"sentences": [entry]})
    assert abs(narration.readings[chosen.id].start - start - 4410) < RATE_HZ / 1000


def test_a_place_behind_the_end_of_its_recording_is_told(script: Script, reader: Reader, tmp_path: Path) -> None:
    reader.read(script.utterances)
    entry = _at(script.utterances[0], reader.length, 2 * reader.length)
    with pytest.raises(NarrationError, match=r"decisions\.json: a place ends at .* behind the end of tape\.wav"):
        _narrated(script, reader, tmp_path, {"sentences": [entry]})


def test_the_command_takes_decisions(script: Script, tmp_path: Path) -> None:
    """Of another recording they are refused, before anything is listened to."""
    (tmp_path / "article.txt").write_text("A quiet week\n\nThe council met.\n", "utf-8")
    with wave.open(str(tmp_path / "tape.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(32_000))
    decisions = _file(tmp_path, {"tape.wav": "of another"})
    command = ["build", str(tmp_path / "article.txt"), "--narration", str(tmp_path / "tape.wav")]
    command += ["--decisions", str(decisions), "-o", str(tmp_path / "output")]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {decisions}: recordings: “tape.wav” is none of the recordings")
    assert not (tmp_path / "output").exists()


def test_an_edition_depends_on_what_was_decided(tmp_path: Path) -> None:
    """So that it is made again where that has changed, and only there."""
    path = _file(tmp_path, {"tape.wav": "abc"}, sentences=[_SOUND])
    facts = facts_of([_TAPE], decisions_of(path, [_TAPE]), None)
    assert facts == facts_of([_TAPE], decisions_of(path, [_TAPE]), None)
    path = _file(tmp_path, {"tape.wav": "abc"}, sentences=[_SOUND | {"end": 2.5}])
    assert facts != facts_of([_TAPE], decisions_of(path, [_TAPE]), None) != facts_of([_TAPE], None, None)


_SOUND = {"id": "c01-p001-s01", "text": "Hello.", "recording": "tape.wav", "start": 1.0, "end": 2.0}
_EXTRA = {"recording": "tape.wav", "start": 1.0, "end": 2.0, "keep": True, "text": "Hello."}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version": 2}, "version is 2, and this program knows 1"),
        ({"audio-edition": "script"}, "these are no decisions"),
        ({"recordings": {"tape.wav": "other"}}, "“tape.wav” is none of the recordings that were named, or has changed"),
        ({"recordings": ["tape.wav"]}, "recordings is not a table"),
        ({"sentence": []}, "In the file, the key"),
        ({"sentences": {}}, "sentences is not a list"),
        ({"sentences": [3]}, "sentences, entry 1 is not an object"),
        ({"sentences": [_SOUND, _SOUND]}, "sentences, entry 2: “c01-p001-s01” is there twice"),
        ({"sentences": [_SOUND | {"start": "1"}]}, "sentences, entry 1: start is “1”, and not a number of seconds"),
        ({"sentences": [_SOUND | {"start": -1}]}, "start is -1"),
        ({"sentences": [_SOUND | {"end": float("nan")}]}, "end is nan"),
        ({"sentences": [_SOUND | {"end": float("inf")}]}, "end is inf"),
        ({"sentences": [_SOUND | {"end": 10**400}]}, "end is 1000"),
        ({"sentences": [_SOUND | {"end": True}]}, "end is True"),
        ({"sentences": [_SOUND | {"end": 0.5}]}, "it goes from 1 to 0.5 seconds"),
        ({"sentences": [_SOUND | {"recording": "../x"}]}, "recording is “../x”, which is not under recordings"),
        ({"sentences": [_SOUND | {"accepted": "yes"}]}, "accepted is “yes”, and neither true nor false"),
        ({"sentences": [_SOUND | {"unread": "spoken"}]}, "a sentence that is unread has no place"),
        ({"sentences": [_SOUND | {"unread": ["spoken"]}]}, "unread is ['spoken']"),
        ({"sentences": [_SOUND | {"text": "\x00"}]}, "text is"),
        ({"extras": [_EXTRA | {"text": " "}]}, "extras, entry 1: text is"),
        ({"extras": [_EXTRA | {"text": "x" * 2001}]}, "not a text of at most 2000 characters"),
        ({"extras": [_EXTRA | {"kept": True}]}, "In extras, entry 1, the key"),
    ],
)
def test_what_is_not_sound_is_told_with_its_place(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    path = _file(tmp_path, {"tape.wav": "abc"})
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(NarrationError) as refused:
        decisions_of(path, [_TAPE])
    assert refused.value.message.startswith(f"{path}: ")
    assert told in refused.value.message
    assert "\n" not in refused.value.message
    assert refused.value.remedy


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[" * 100_000, b'{"a": 1,}', b'{"a": ' + b"9" * 10_000 + b"}"])
def test_what_is_no_json_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "decisions.json").write_bytes(data)
    with pytest.raises(NarrationError, match="this is not JSON"):
        decisions_of(tmp_path / "decisions.json", [_TAPE])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NarrationError, match=r"none\.json: this can't be read"):
        decisions_of(tmp_path / "none.json", [_TAPE])
