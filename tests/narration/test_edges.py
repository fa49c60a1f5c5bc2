"""Where words begin and end that the recogniser stretched over a pause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from audio_edition.hearing.recogniser import RATE_HZ, HeardWord
from audio_edition.narration.edges import gap_between
from audio_edition.narration.heard import LEVEL_FRAME, SPEECH_FRAME, Heard


def _word(text: str, start: float, end: float) -> HeardWord:
    return HeardWord(text, round(start * RATE_HZ), round(end * RATE_HZ))


def _heard(words: list[HeardWord], spoken: list[tuple[float, float]], seconds: float) -> Heard:
    """Somebody speaks from and to these seconds, and else nothing sounds."""
    speech = np.zeros(round(seconds * RATE_HZ) // SPEECH_FRAME, np.float32)
    levels = np.full(round(seconds * RATE_HZ) // LEVEL_FRAME, -70, np.float32)
    for start, end in spoken:
        speech[round(start * RATE_HZ) // SPEECH_FRAME : round(end * RATE_HZ) // SPEECH_FRAME] = 1
        levels[round(start * RATE_HZ) // LEVEL_FRAME : round(end * RATE_HZ) // LEVEL_FRAME] = -20
    return _in_one_band(words, speech, levels)


def _in_one_band(words: Sequence[HeardWord], speech: np.ndarray, levels: np.ndarray) -> Heard:
    return Heard(tuple(words), speech, levels, levels[:, None].astype(np.float16))


@pytest.mark.parametrize("word_end", [3.0, 3.2])
def test_a_short_word_that_is_stretched_back_over_a_pause_ends_where_it_is_said(word_end: float) -> None:
    """It is said from 2.9 to 3.3 s, and was heard from the end of the sentence before."""
    before, word, behind = _word("dem", 1.5, 2.0), _word("Wald.", 2.0, word_end), _word("Im", 4.0, 4.4)
    heard = _heard([before, word, behind], [(1.0, 2.05), (2.9, 3.3), (4.0, 5.0)], 6)
    assert gap_between(before, word, heard).end / RATE_HZ == pytest.approx(2.9, abs=0.02)
    gap = gap_between(word, behind, heard)
    assert gap.start / RATE_HZ == pytest.approx(3.3, abs=0.02)
    assert gap.end / RATE_HZ == pytest.approx(4.0, abs=0.02)


def test_a_word_that_is_stretched_over_the_pause_behind_it_ends_where_it_is_said() -> None:
    word, behind = _word("Wald.", 1.0, 2.9), _word("Im", 2.9, 3.3)
    heard = _heard([word, behind], [(0.8, 1.5), (3.0, 4.0)], 5)
    gap = gap_between(word, behind, heard)
    assert gap.start / RATE_HZ == pytest.approx(1.5, abs=0.02)
    assert gap.end / RATE_HZ == pytest.approx(3.0, abs=0.02)


def _faded(decibels_a_frame: float, room_db: float, burst: float = 0) -> Heard:
    """A word from 1 to 2 s at -20 dB that dies away from then on, and a word from 3 s; perhaps a burst at the end."""
    words = [_word("Wald", 1.0, 2.0), _word("Im", 3.0, 3.4)]
    heard = _heard(words, [(1.0, 2.05 if decibels_a_frame > 3 else 2.1), (3.0, 4.0)], 5)
    heard.levels[heard.levels < -20] = room_db
    at = round(2 * RATE_HZ) // LEVEL_FRAME
    heard.levels[at : at + 90] = -20 - decibels_a_frame * np.arange(90)
    if burst:
        first = round(burst * RATE_HZ) // LEVEL_FRAME
        heard.levels[first : first + 3] = -35
    variation = 0.5 * np.sin(np.arange(len(heard.levels)) * 1.7)
    return _in_one_band(heard.words, heard.speech, np.maximum(heard.levels, room_db + variation).astype(np.float32))


def _ends_at(heard: Heard) -> float:
    word, behind = heard.words
    return gap_between(word, behind, heard).start / RATE_HZ


def test_a_voice_that_dies_away_ends_in_the_quiet_of_the_room() -> None:
    """At 3 dB in 10 ms, from -20 dB to the room at -76 dB: 0.19 s."""
    assert _ends_at(_faded(3, -76)) == pytest.approx(2.18, abs=0.025)


def test_the_echo_of_a_room_is_no_voice() -> None:
    """It falls at 1 dB in 10 ms where a room echoes for 0.6 s. A voice is not followed down to the quiet, which takes
    half a second."""
    heard = _echoing(1.0)
    assert heard.tail_db == pytest.approx(1, abs=0.1)
    ends = [gap_between(one, other, heard).start / RATE_HZ for one, other in pairwise(heard.words)]
    assert np.abs(np.subtract(ends, [2 * number + 1.5 for number in range(len(ends))])).max() < 0.06
    assert gap_between(heard.words[0], heard.words[1], heard).echo > 0.2 * RATE_HZ


def test_noise_that_a_gate_cuts_off_is_no_echo() -> None:
    """Files that were joined, and recorders that cut out what is soft: digital silence, and noise beside the voice."""
    heard = _echoing(0)
    for word in heard.words:
        heard.levels[word.end // LEVEL_FRAME : word.end // LEVEL_FRAME + 50] = -60
    assert heard.tail_db == np.inf


def _echoing(decibels_a_frame: float) -> Heard:
    """Eight words of half a second, each 2 s after the other, and their echo."""
    words = [_word("Wald", 2 * number + 1, 2 * number + 1.5) for number in range(8)]
    heard = _heard(words, [(2 * number + 1, 2 * number + 1.6) for number in range(8)], 18)
    for number in range(8):
        at = round((2 * number + 1.5) * RATE_HZ) // LEVEL_FRAME
        heard.levels[at : at + 50] = np.maximum(-20 - decibels_a_frame * np.arange(50), -70)
    return _in_one_band(heard.words, heard.speech, heard.levels)


def test_the_end_is_found_in_noise_that_is_near_the_voice() -> None:
    """Silero's frames are coarse, and late. Noise may cover the last 30 ms of a voice, which it is given."""
    heard = _faded(30, -42)
    heard.speech[round(2.05 * RATE_HZ) // SPEECH_FRAME : round(2.1 * RATE_HZ) // SPEECH_FRAME] = 1
    assert _ends_at(heard) == pytest.approx(2.03, abs=0.015)


def _with_sound(heard: Heard, start: float, end: float, level_db: float) -> Heard:
    """The same with a sound in a band of its own, where the room is at -50 dB."""
    band = np.full((len(heard.levels), 1), -50, np.float16) + np.tile([[0], [0.5]], (len(heard.levels) // 2, 1))
    band[round(start * RATE_HZ) // LEVEL_FRAME : round(end * RATE_HZ) // LEVEL_FRAME] = level_db
    return replace(heard, bands=np.hstack([heard.bands, band.astype(np.float16)]))


def test_a_last_consonant_that_only_one_band_shows_is_of_the_word() -> None:
    """As the s of "boats" in noise, behind the silence of the t."""
    assert _ends_at(_with_sound(_faded(30, -42), 2.1, 2.24, -42)) == pytest.approx(2.26, abs=0.025)


def test_a_breath_behind_a_voice_is_not_of_it() -> None:
    without = _ends_at(_faded(30, -76))
    assert _ends_at(_with_sound(_faded(30, -76), 2.12, 2.6, -40)) == pytest.approx(without, abs=0.005)


def test_a_band_that_hums_all_the_time_hides_no_end() -> None:
    hums = _with_sound(_faded(30, -76), 0, 5, -30)
    assert _ends_at(hums) == pytest.approx(_ends_at(_faded(30, -76)), abs=0.005)


def test_a_consonant_that_bursts_after_a_moment_of_silence_is_of_the_word() -> None:
    assert _ends_at(_faded(30, -76, burst=2.06)) == pytest.approx(2.09, abs=0.025)
