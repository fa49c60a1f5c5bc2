"""Sentences laid along what was heard."""

from __future__ import annotations

import pytest

from audio_edition.hearing.recogniser import HeardWord
from audio_edition.model import Utterance

pytest.importorskip("rapidfuzz", reason='pip install "audio-edition[proof]"')
pytest.importorskip("whisper_normalizer", reason='pip install "audio-edition[proof]"')

from audio_edition.narration.matching import Match, Places, heard_tokens, sentences_of


def _best(text: str, heard: str) -> Match:
    words = [HeardWord(word, 1000 * place, 1000 * place + 900) for place, word in enumerate(heard.split())]
    (sentence,) = sentences_of([Utterance("c01-p001-s01", text, text)], "en")
    return max(Places(heard_tokens(words, "en")).matches(sentence), key=lambda match: match.score)


def _place(text: str, heard: str) -> tuple[int, int, float]:
    match = _best(text, heard)
    return match.begin, match.end, round(match.share, 2)


def test_a_sentence_is_found_among_others() -> None:
    heard = "It rained all day. The ferry left at noon with forty people. Nobody knows when."
    assert _place("The ferry left at noon with forty people.", heard) == (4, 12, 1.0)


def test_words_are_misheard_left_out_and_put_in() -> None:
    heard = "It rained. The fairy left at noon with just forty sheep and. Nobody knows."
    assert _place("The ferry left early at noon with forty people and dogs.", heard)[:2] == (2, 12)


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("The eider ducks flew off.", "The eiderducks flew off."),
        ("The eiderducks flew off.", "The eider ducks flew off."),
    ],
)
def test_two_words_may_be_one(written: str, heard: str) -> None:
    assert _best(written, f"Look there. {heard} The ducks have moved.").share == 1.0


def test_a_compound_takes_no_word_of_the_next_sentence() -> None:
    heard = "a colony of eiderducks. The ducks have moved already."
    assert _place("Then over a colony of eider ducks.", heard)[1] == 4


def test_what_is_begun_and_read_again_is_found_twice() -> None:
    sentence = "The ferry left at noon with forty people and three dogs."
    words = f"The ferry left at noon with {sentence}".split()
    heard = [HeardWord(word, 1000 * place, 1000 * place + 900) for place, word in enumerate(words)]
    (utterance,) = sentences_of([Utterance("c01-p001-s01", sentence, sentence)], "en")
    found = {(match.begin, match.end) for match in Places(heard_tokens(heard, "en")).matches(utterance)}
    assert found >= {(0, 6), (6, 17)}
