"""What is done to the sound of a recording: hum and steady noise are measured where nobody speaks, and taken away where
that is safe; no sample moves, and no word is lost."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from audio_edition import audio
from audio_edition.hearing.comparison import comparable, compared
from audio_edition.hearing.recogniser import RATE_HZ as HEARD_HZ
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import PERSON, RATE_HZ, Clip, Reading, Script, Tape, Voice
from audio_edition.speak.person import Person
from audio_edition.speak.room import Room
from audio_edition.speak.room_measurement import measured
from support.readers import Reader, written

Samples = npt.NDArray[np.float64]
_VOICE = Voice("Jane Doe", "Jane Doe", "en", PERSON)
_SENTENCES = [(round((3 * number + 1) * RATE_HZ), round((3 * number + 3) * RATE_HZ)) for number in range(8)]
"""Two seconds of voice and one of quiet, in turn."""
_LENGTH = 26 * RATE_HZ
_VOICE_DB = -23.0


def _voice() -> Samples:
    """A voice: 132 Hz with harmonics up to 5 kHz, and hissing at times; never on a line of the mains."""
    time = np.arange(_LENGTH) / RATE_HZ
    sound = sum(np.sin(2 * np.pi * 132.7 * number * time + number) / number for number in range(1, 38))
    hiss = np.random.default_rng(1).standard_normal(_LENGTH) * (np.sin(5 * time) > 0.8) * 0.3
    gate = np.zeros(_LENGTH)
    for start, end in _SENTENCES:
        gate[start:end] = np.abs(np.sin(np.pi * 3 * np.arange(end - start) / RATE_HZ)) + 0.05
    return _at((np.asarray(sound) + hiss) * gate, _VOICE_DB, gate > 0)


def _at(samples: Samples, level_db: float, where: npt.NDArray[np.bool_] | None = None) -> Samples:
    """The samples at a mean level in dB below full scale."""
    part = samples if where is None else samples[where]
    return np.asarray(samples * 32768 * 10 ** (level_db / 20) / np.sqrt(np.mean(part**2)), np.float64)


def _noise(level_db: float) -> Samples:
    return _at(np.random.default_rng(2).standard_normal(_LENGTH), level_db)


def _hum(mains: int, level_db: float) -> Samples:
    time = np.arange(_LENGTH) / RATE_HZ
    return _at(sum(np.sin(2 * np.pi * mains * n * time) / n for n in (1, 2, 3, 4, 6)) + 0 * time, level_db)


def _opened(samples: Samples, folder: Path, *, as_recorded: bool = False) -> Person:
    folder.mkdir(exist_ok=True)
    path = folder / "tape.wav"
    written(path, samples)
    readings = {f"s{number}": Reading(0, start, end) for number, (start, end) in enumerate(_SENTENCES)}
    return Person(folder / "tape.pcm", Tape(path, "tape", _VOICE), readings, as_recorded).opened()


def _sound(person: Person) -> Samples:
    return np.frombuffer(person.pcm.read_bytes(), np.int16).astype(np.float64)


def _pauses(samples: Samples) -> Samples:
    bounds = [0, *itertools.chain.from_iterable(_SENTENCES), _LENGTH]
    return np.concatenate([samples[a + 4410 : b - 4410] for a, b in zip(bounds[::2], bounds[1::2], strict=True)])


def _spoken(samples: Samples) -> Samples:
    return np.concatenate([samples[a:b] for a, b in _SENTENCES])


def _db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean((samples / 32768) ** 2) + 1e-12))


def _line_db(samples: Samples, hz: float) -> float:
    """The level of a tone in the pauses."""
    quiet = _pauses(samples)
    tone = np.exp(-2j * np.pi * hz * np.arange(len(quiet)) / RATE_HZ) * np.hanning(len(quiet)) * 2
    return float(20 * np.log10(np.abs(np.mean(quiet * tone)) / 32768 * np.sqrt(2) + 1e-9))


def test_a_quiet_room_is_left_as_it_is(tmp_path: Path) -> None:
    person = _opened(_voice() + _noise(-78), tmp_path)
    assert (person.room.lines_hz, person.room.noise_is_reduced, person.room.filters) == ((), False, "")
    assert list(person.findings()) == []


@pytest.mark.parametrize("mains", [50, 60])
def test_the_hum_of_the_mains_is_taken_away_and_the_voice_is_not(tmp_path: Path, mains: int) -> None:
    person = _opened(_voice() + _hum(mains, -48) + _noise(-78), tmp_path / "hum")
    assert person.room.lines_hz == tuple(mains * number for number in (1, 2, 3, 4, 6))
    without = _opened(_voice() + _noise(-78), tmp_path / "none")
    cleaned, clean = _sound(person), _sound(without)
    for line in person.room.lines_hz:
        assert _line_db(cleaned, line) < _line_db(_hum(mains, -48), line) - 25
    assert _db(_pauses(cleaned)) < -70
    assert _db(_spoken(cleaned)) == pytest.approx(_db(_spoken(clean)), abs=0.3)
    (told,) = person.findings()
    assert told.id == "recording-hum"


def test_one_tone_is_no_hum(tmp_path: Path) -> None:
    """Nor is music, whose tones are not those of the mains."""
    time = np.arange(_LENGTH) / RATE_HZ
    chord = sum(np.sin(2 * np.pi * hz * time) for hz in (100, 220, 277.2, 329.6))
    assert _opened(_voice() + _at(np.asarray(chord), -45) + _noise(-78), tmp_path).room.lines_hz == ()


@pytest.mark.parametrize("below_db", [30, 38])
def test_steady_noise_far_below_the_voice_is_lowered(tmp_path: Path, below_db: int) -> None:
    noisy = _voice() + _noise(_VOICE_DB - below_db)
    person = _opened(noisy, tmp_path)
    assert person.room.noise_is_reduced
    assert person.room.distance_db == pytest.approx(below_db, abs=5)
    cleaned = _sound(person)
    assert _db(_pauses(noisy)) - _db(_pauses(cleaned)) == pytest.approx(9, abs=2.5)
    assert _db(_spoken(cleaned)) == pytest.approx(_db(_spoken(_voice())), abs=0.5)
    assert [told.id for told in person.findings()] == ["recording-noise"]


def test_what_is_cleaned_stays_at_its_sample(tmp_path: Path) -> None:
    noisy = _voice() + _hum(50, -50) + _noise(-55)
    cleaned = _sound(_opened(noisy, tmp_path))
    assert len(cleaned) == len(noisy)
    lags = range(-30, 31)
    start, end = _SENTENCES[3]
    high = np.diff(noisy[start:end])  # filters against rumble move what is low in phase
    likeness = [float(np.dot(high, np.diff(cleaned[start + lag : end + lag]))) for lag in lags]
    assert abs(lags[int(np.argmax(likeness))]) <= 1


@pytest.mark.parametrize("below_db", [8, 22, 60])
def test_noise_near_the_voice_or_out_of_hearing_is_left(tmp_path: Path, below_db: int) -> None:
    """Near the voice, it can't be told from soft consonants."""
    assert not _opened(_voice() + _noise(_VOICE_DB - below_db), tmp_path).room.noise_is_reduced


def test_noise_that_comes_and_goes_is_left(tmp_path: Path) -> None:
    waves = 10 ** (np.sin(2 * np.pi * 3 * np.arange(_LENGTH) / RATE_HZ) * 0.6)
    assert not _opened(_voice() + _noise(-55) * waves, tmp_path).room.noise_is_reduced


def test_a_recording_without_pauses_is_left(tmp_path: Path) -> None:
    (tmp_path / "tape.pcm").write_bytes(_voice().astype(np.int16).tobytes())
    assert measured(tmp_path / "tape.pcm", [(0, _LENGTH)]) == Room()
    (tmp_path / "empty.pcm").write_bytes(b"")
    assert measured(tmp_path / "empty.pcm", []) == Room()


@pytest.mark.parametrize("too_loud_db", [6, 20, 40])
def test_an_overdriven_recording_is_named_with_how_much_is_cut_off(tmp_path: Path, too_loud_db: int) -> None:
    loud = _uneven(_voice()) * 10 ** (too_loud_db / 20)
    loud = loud / np.abs(_uneven(_voice())).max() * 32767
    (told,) = (each for each in _opened(loud, tmp_path).findings() if each.id == "recording-clipped")
    assert re.fullmatch(r"tape\.wav is overdriven: in \d+ % of the reading, peaks are cut off\.", told.message)
    assert "microphone" in told.remedy


def test_one_that_was_overdriven_and_made_softer_later_is_named_too(tmp_path: Path) -> None:
    """Another rate leaves the cut tops ragged."""
    loud = (_uneven(_voice()) * 100).clip(-30000, 30000) / 3
    ragged = np.interp(np.arange(_LENGTH) * 0.97, np.arange(_LENGTH), loud)
    assert "recording-clipped" in {each.id for each in _opened(ragged, tmp_path).findings()}


def test_a_loud_recording_that_is_whole_is_not_called_overdriven(tmp_path: Path) -> None:
    voice = _uneven(_voice())
    assert _opened(voice / np.abs(voice).max() * 32700, tmp_path).clipped == 0


def test_a_noisy_room_is_named(tmp_path: Path) -> None:
    told = [each.id for each in _opened(_voice() + _noise(_VOICE_DB - 15), tmp_path).findings()]
    assert told == ["recording-noisy"]


def _uneven(voice: Samples) -> Samples:
    """A voice whose loudness goes up and down, as that of people does."""
    return voice * (1 + 0.8 * np.sin(np.arange(_LENGTH) / RATE_HZ * 7.3)) * (1 + 0.5 * np.sin(np.arange(_LENGTH) / 5e5))


def test_as_recorded_is_as_recorded(tmp_path: Path) -> None:
    noisy = (_voice() + _hum(50, -48) + _noise(-50)).clip(-32768, 32767).astype(np.int16)
    person = _opened(noisy.astype(np.float64), tmp_path, as_recorded=True)
    assert person.pcm.read_bytes() == noisy.tobytes()
    assert list(person.findings()) == []


def test_no_word_is_lost_with_the_noise(script: Script, reader: Reader, ears: Recogniser, tmp_path: Path) -> None:
    """As the recogniser hears it: at least as well as before."""
    reader.read(script.utterances)
    clean = np.concatenate(reader.parts)
    noise = _at(np.random.default_rng(2).standard_normal(len(clean)), -58)
    time = np.arange(len(clean)) / RATE_HZ
    hum = _at(np.asarray(sum(np.sin(2 * np.pi * 50 * n * time) / n for n in (1, 2, 3, 5))), -50)
    tape = tmp_path / "tape.wav"
    written(tape, clean + noise + hum)
    readings = {name: Reading(0, *place) for name, place in reader.truth.items()}
    person = Person(tmp_path / "tape.pcm", Tape(tape, "tape", _VOICE), readings).opened()
    assert person.room.lines_hz
    assert person.room.noise_is_reduced
    written(tmp_path / "cleaned.wav", _sound(person))
    before, after = (_errors(path, script, ears) for path in (tape, tmp_path / "cleaned.wav"))
    assert after <= before


def _errors(path: Path, script: Script, ears: Recogniser) -> int:
    sound = audio.at_rate(audio.decoded(path), HEARD_HZ)
    heard = comparable(ears.hear(Clip(sound.pcm, HEARD_HZ), "en"), "en")
    return sum(match.errors for match in compared([comparable(each.spoken, "en") for each in script.utterances], heard))
