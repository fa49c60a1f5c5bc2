"""Where words begin and end that the recogniser stretched over a pause."""

from __future__ import annotations

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
    return Heard(tuple(words), speech, levels)


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
