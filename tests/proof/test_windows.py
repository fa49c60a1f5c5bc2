"""What a recogniser is given at a time: speech from pause to pause; and what it did not hear is heard again."""

from __future__ import annotations

import numpy as np
import pytest

from audio_edition.hearing.recogniser import RATE_HZ, HeardWord, Recogniser
from audio_edition.hearing.windows import LONGEST_SECONDS, Run, windows_of
from audio_edition.model import Clip


def _runs(*seconds: tuple[float, float]) -> list[Run]:
    return [(round(start * RATE_HZ), round(end * RATE_HZ)) for start, end in seconds]


def test_no_window_is_longer_than_a_recogniser_takes_and_no_speech_is_lost() -> None:
    chance = np.random.default_rng(1)
    edges = np.cumsum(chance.uniform(0.3, 9, 400))
    runs = _runs(*zip(edges[::2], edges[1::2], strict=True))
    windows = list(windows_of(runs, RATE_HZ))
    assert [run for window in windows for run in window] == runs
    assert max(window[-1][1] - window[0][0] for window in windows) <= LONGEST_SECONDS * RATE_HZ


def test_a_window_ends_at_its_longest_late_pause() -> None:
    runs = _runs((0, 5), (7, 15), (15.4, 19), (20, 24), (24.4, 40))
    first, *_ = windows_of(runs, RATE_HZ)
    assert first == runs[:3]


def test_a_window_ends_where_nobody_speaks_for_long() -> None:
    assert [len(window) for window in windows_of(_runs((0, 2), (6, 8), (8.5, 9)), RATE_HZ)] == [1, 2]


def test_speech_without_a_pause_is_cut() -> None:
    windows = list(windows_of(_runs((0, 70)), RATE_HZ))
    assert [(window[0][0] / RATE_HZ, window[-1][1] / RATE_HZ) for window in windows] == [(0, 28), (28, 56), (56, 70)]


class _Absent(Recogniser):
    """Hears a word in every second of a sound of up to ten seconds; in longer ones, it loses the thread."""

    def __init__(self) -> None:
        self.name, self.looks = "absent", 0

    def _words(self, samples: np.ndarray, language: str, *, may_repeat: bool) -> list[HeardWord]:
        self.looks += 1
        seconds = len(samples) // RATE_HZ
        first = 0 if seconds <= 10 else 9
        return [HeardWord(f"Wort{at}", at * RATE_HZ, (at + 1) * RATE_HZ) for at in range(first, seconds)]


@pytest.mark.parametrize("runs", [_runs((0, 9), (9.5, 18)), _runs((0, 4), (4.5, 9), (9.5, 14), (14.5, 18))])
def test_a_window_of_which_much_was_not_heard_is_heard_again_in_parts(runs: list[Run]) -> None:
    words = _Absent().hear_words(Clip(bytes(2 * 18 * RATE_HZ), RATE_HZ), "de", runs)
    assert words[0].start < RATE_HZ
    assert len(words) >= 15


def test_a_window_that_was_heard_is_not_heard_again() -> None:
    absent = _Absent()
    assert len(absent.hear_words(Clip(bytes(2 * 9 * RATE_HZ), RATE_HZ), "de", _runs((0, 9)))) == 9


class _Deaf(_Absent):
    """Hears one word in whatever it is given."""

    def _words(self, samples: np.ndarray, language: str, *, may_repeat: bool) -> list[HeardWord]:
        self.looks += 1
        return [HeardWord("Ja", 0, RATE_HZ // 4)]


def test_no_more_is_heard_again_than_was_heard_at_first() -> None:
    deaf, runs = _Deaf(), [run for start in range(0, 600, 5) for run in _runs((start, start + 4.5))]
    first = len(list(windows_of(runs, RATE_HZ)))
    deaf.hear_words(Clip(bytes(2 * 600 * RATE_HZ), RATE_HZ), "de", runs)
    assert first < deaf.looks <= 2 * first


class _Raving(_Absent):
    """Says thirty words, however short a sound is."""

    def _words(self, samples: np.ndarray, language: str, *, may_repeat: bool) -> list[HeardWord]:
        return [HeardWord(f"Wort{at}", 0, len(samples)) for at in range(30)]


def test_words_that_nobody_can_have_said_in_the_time_are_made_up() -> None:
    sound = Clip(bytes(2 * 9 * RATE_HZ), RATE_HZ)
    assert not _Raving().hear_words(sound, "de", _runs((0, 0.4)))
    assert len(_Raving().hear_words(sound, "de", _runs((0, 9)))) == 30
