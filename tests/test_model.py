"""Spoken words find the written words they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import Utterance, joined


def _said(text: str, spoken: str, word: str) -> str:
    start = spoken.index(word)
    ((first, last),) = Utterance("c01-p001-s01", text, spoken).as_written([(start, start + len(word))])
    return text[first:last]


@pytest.mark.parametrize(
    ("text", "spoken", "word", "written"),
    [
        ("dying IS men", "dying I-S men", "I-S", "IS"),
        ("dying IS men", "dying I-S men", "men", "men"),
        ("Baghuz (Syria) (AFP)", "Baghuz, Syria. A-F-P.", "A-F-P", "AFP"),
        ("a US-backed force", "a U-S-backed force", "S-backed", "US-backed"),
        ("it is $3.5bn now", "it is 3.5 billion dollars now", "billion", "$3.5bn"),
        ("Marks & Co left", "Marks and Co left", "and", "&"),
        ("the same", "the same", "same", "same"),
        ("“So,” he said", "“So,” he said", "he", "he"),
    ],
)
def test_a_spoken_word_points_to_the_written_one(text: str, spoken: str, word: str, written: str) -> None:
    """Read-along marks the word on the page that is being said, however it is said."""
    assert _said(text, spoken, word) == written


@given(st.text(max_size=60), st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_places_are_inside_the_text(text: str, spoken: str, spans: list[tuple[int, int]]) -> None:
    """Whatever was changed by hand, every word points into the written text."""
    inside = [(min(a, b, len(spoken)), min(max(a, b), len(spoken))) for a, b in spans]
    for start, end in Utterance("c01-p001-s01", text, spoken).as_written(inside):
        assert 0 <= start <= end <= max(len(text), len(spoken) if text == spoken else 0)


def test_sentences_join_to_the_paragraph() -> None:
    """Sentences that had no space between them get none."""
    parts = (
        Utterance("a", "你好。", "x"),
        Utterance("b", "世界。", "x", space_before=False),
        Utterance("c", "Yes.", "x"),
    )
    assert joined(parts) == "你好。世界。 Yes."
