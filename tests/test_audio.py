"""Samples in, samples out: exact lengths on tones and silence."""

from __future__ import annotations

import array
import sys
from pathlib import Path

import numpy as np
import pytest

from audio_edition import audio
from audio_edition.errors import MissingTool, StitchError
from audio_edition.model import RATE_HZ, Clip, Word

RATE = 22_050


def _tone(samples: int, amplitude: int = 8000) -> bytes:
    wave = amplitude * np.cos(2 * np.pi * 441 * np.arange(samples) / RATE)
    return bytes(wave.astype("<i2").tobytes())


def _decoded(path: Path) -> np.ndarray:
    return np.frombuffer(audio.decoded(path).pcm, "<i2").astype(float)


def test_a_clip_is_cut_to_its_first_and_last_sound() -> None:
    """Silence around speech goes to the sample, and word marks move along."""
    clip = Clip(bytes(200) + _tone(1000) + bytes(600), RATE, (Word(90, 600, 0, 3), Word(600, 1400, 4, 7)))
    cut = audio.trimmed(clip)
    assert cut.length == 1000
    assert cut.words == (Word(0, 500, 0, 3), Word(500, 1000, 4, 7))


def test_a_clip_without_sound_is_empty() -> None:
    """What nobody hears counts as no sound at all."""
    assert audio.trimmed(Clip(array.array("h", [5, -20, 32] * 500).tobytes(), RATE)).length == 0


def test_a_clip_at_another_rate_is_the_same_sound() -> None:
    """A tone keeps its pitch, its length and the place of its word; at its own rate nothing is done."""
    slow = np.cos(2 * np.pi * 440 * np.arange(16_000) / 16_000) * 8000
    clip = Clip(slow.astype("<i2").tobytes(), 16_000, (Word(8_000, 16_000, 0, 3),))
    there = audio.at_rate(clip, RATE)
    assert (there.rate_hz, there.words) == (RATE, (Word(11_025, RATE, 0, 3),))
    assert there.length == RATE
    spectrum = np.abs(np.fft.rfft(np.frombuffer(there.pcm, "<i2").astype(float)))
    assert int(spectrum.argmax()) == pytest.approx(440, abs=1)
    assert audio.at_rate(clip, 16_000) is clip


@pytest.mark.parametrize(("milliseconds", "samples"), [(0, 0), (250, 5512), (650, 14332), (1000, 22050)])
def test_silence_has_the_length_asked_for(milliseconds: int, samples: int) -> None:
    """Milliseconds become the nearest whole number of samples."""
    assert audio.samples_in(milliseconds, RATE) == samples
    assert audio.silence(samples, RATE).raw_data == bytes(2 * samples)


@pytest.mark.parametrize("samples", [1, 2, 997, 22_050, 100_001])
def test_twice_the_rate_is_twice_the_samples(samples: int) -> None:
    """To the sample, whatever the length; words move along; the same rate is the same clip."""
    clip = Clip(bytes(2 * samples), 22_050, (Word(0, samples, 0, 3),))
    fine = audio.at_rate(clip, RATE_HZ)
    assert (fine.length, fine.rate_hz, fine.words) == (2 * samples, RATE_HZ, (Word(0, 2 * samples, 0, 3),))
    assert audio.at_rate(clip, 22_050) is clip


def test_resampling_neither_moves_nor_colours() -> None:
    """A tone at twice the rate is the same tone at the same moments, within -40 dB."""
    times = np.arange(22_050) / 22_050
    coarse = (8000 * np.sin(2 * np.pi * 440 * times)).astype("<i2")
    fine = np.frombuffer(audio.at_rate(Clip(coarse.tobytes(), 22_050), RATE_HZ).pcm, "<i2").astype(float)
    wanted = 8000 * np.sin(2 * np.pi * 440 * np.arange(44_100) / RATE_HZ)
    assert np.abs(fine - wanted)[200:-200].max() < 80


def test_encoding_moves_nothing(tmp_path: Path) -> None:
    """A tone between silences comes out of gain, limiter, resampler and codec where it went in."""
    parts = [bytes(2 * 5760), _tone(11_520), bytes(2 * 5760)]
    audio.encode(0.0, RATE, {"mp3": tmp_path / "t"}, [audio.segment(Clip(part, RATE)) for part in parts])
    heard = _decoded(tmp_path / "t")[1105:]  # the codec's delay, which bare frames still have
    loud = np.flatnonzero(np.abs(heard) > 4000)
    assert abs(int(loud[0]) - 2 * 5760) <= 44
    assert abs(int(loud[-1]) - 2 * (5760 + 11_520)) <= 60


def test_one_gain_reaches_the_target() -> None:
    """The gain found brings what was measured to -19 LUFS within 0.1 LU, the limiter's share included."""
    noise = np.random.default_rng(1).normal(0, 9000, 10 * RATE).clip(-32768, 32767).astype("<i2").tobytes()
    sounds = [audio.segment(Clip(noise, RATE))]
    assert audio.loudness_lufs(sounds, audio.gain_for(sounds, -19.0)) == pytest.approx(-19.0, abs=0.1)


def test_no_true_peak_passes_the_limit(tmp_path: Path) -> None:
    """Even a voice driven 12 dB over full scale stays below -1 dBTP in the coded file."""
    import pyebur128

    audio.encode(12.0, RATE, {"mp3": tmp_path / "t"}, [audio.segment(Clip(_tone(5 * RATE, 30_000), RATE))])
    heard = _decoded(tmp_path / "t")[5000:-5000] / 32768
    state = pyebur128.R128State(1, RATE_HZ, pyebur128.MeasurementMode.MODE_TRUE_PEAK)
    state.add_frames(heard, len(heard))
    peak = 20 * np.log10(pyebur128.get_true_peak(state, 0))
    assert -4 < peak < -1


def test_half_the_volume_is_six_decibels_less() -> None:
    """The volume option is a share of the full level."""
    assert audio.at_volume(2.0, 0.5) == pytest.approx(-4.02)
    assert audio.at_volume(2.0, 1.0) == 2.0


def test_an_encoder_that_cannot_write_is_reported(tmp_path: Path) -> None:
    """FFmpeg's own last words are in the message, and the file is named."""
    with pytest.raises(StitchError, match=r"could not be encoded by .*No such file"):
        audio.encode(0.0, RATE, {"mp3": tmp_path / "none" / "t"}, [audio.silence(RATE, RATE)] * 20)


@pytest.mark.skipif(sys.platform == "win32", reason="the false FFmpeg is a shell script")
@pytest.mark.parametrize(
    ("does", "message"),
    [
        ("cat >/dev/null; for last; do :; done; echo rubbish >$last", "frame 1 of 192 is no mp3 frame"),
        ("cat >/dev/null; for last; do :; done; : >$last", "it ends after 0 of 192 frames"),
        ("head -c 10000 >/dev/null; echo 'No space left on device' >&2; exit 1", "No space left on device. Make room"),
        ("exec sleep 1000", "could not be encoded by"),
    ],
    ids=["rubbish", "nothing", "dying midway", "hanging"],
)
def test_an_ffmpeg_that_fails_is_noticed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str, message: str
) -> None:
    """Rubbish with exit 0, a death midway and a hang end in an error, never in a track."""
    false = tmp_path / "ffmpeg"
    false.write_text(f"#!/bin/sh\n{does}\n")
    false.chmod(0o755)
    monkeypatch.setattr("audio_edition.audio.ffmpeg.ffmpeg_path", lambda: str(false))
    monkeypatch.setattr("audio_edition.audio.ffmpeg.STALLED_SECONDS", 0.5)
    with pytest.raises(StitchError) as caught:
        audio.encode(0.0, RATE, {"mp3": tmp_path / "t"}, [audio.silence(RATE, RATE)] * 5)
    assert message in str(caught.value)


def test_an_ffmpeg_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wrong IMAGEIO_FFMPEG_EXE gives a sentence and a remedy."""
    monkeypatch.setattr("audio_edition.audio.ffmpeg.ffmpeg_path", lambda: str(tmp_path / "no-ffmpeg"))
    with pytest.raises(MissingTool, match=r"no-ffmpeg.*IMAGEIO_FFMPEG_EXE"):
        audio.encode(0.0, RATE, {"mp3": tmp_path / "t"}, [])


def test_a_speaker_that_fails_stops_the_encoder(tmp_path: Path) -> None:
    """An error while sound is being made comes through as it is."""

    def sounds() -> object:
        yield audio.silence(RATE, RATE)
        raise RuntimeError("the voice broke")

    with pytest.raises(RuntimeError, match="the voice broke"):
        audio.encode(0.0, RATE, {"mp3": tmp_path / "t"}, sounds())  # type: ignore[arg-type]


def test_samples_are_joined_in_order(tmp_path: Path) -> None:
    """Zeros, stretches of files and zeros again, also where there are few; a file that is too short is told."""
    one, other, joined = (tmp_path / name for name in ("one.pcm", "other.pcm", "joined.pcm"))
    one.write_bytes(array.array("h", range(100)).tobytes())
    other.write_bytes(array.array("h", range(100, 200)).tobytes())
    count = audio.join_samples(joined, [(one, 10, 20), (other, 0, 3)], head=2, tail=4)
    assert array.array("h", joined.read_bytes()).tolist() == [0, 0, *range(10, 20), 100, 101, 102, 0, 0, 0, 0]
    assert count == 19
    with pytest.raises(StitchError, match=r"one\.pcm ends 1 samples early"):
        audio.join_samples(joined, [(one, 90, 101)], head=0, tail=0)
