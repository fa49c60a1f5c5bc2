"""What counts as the same words, and which sentence a heard word belongs to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.work import counted, growth

pytest.importorskip("rapidfuzz", reason='pip install "audio-edition[proof]"')
pytest.importorskip("whisper_normalizer", reason='pip install "audio-edition[proof]"')

from audio_edition.hearing.comparison import comparable, compared


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("$3.5bn", "three point five billion dollars"),
        ("$3.5bn", "$3.5 billion"),
        ("€1.2m in cash", "one point two million euros in cash"),
        ("£450,000", "450,000 pounds"),
        ("2.5%", "two point five percent"),
        ("10:30 GMT", "10.30 G.M.T."),
        ("10:00 GMT", "ten o'clock GMT"),
        ("at 5pm", "at 5 p.m."),
        ("US-backed", "U.S. backed"),
        ("the U.S. Army", "the US army"),
        ("IS fighters", "I-S fighters"),
        ("(AFP)", "A.F.P."),
        ("Gen. Dimov and Lt. Col. O’Rourke", "general Dimov and lieutenant colonel O'Rourke"),
        ("No. 10", "number ten"),
        ("2014-19", "2014 to 19"),
        ("3-2", "three to two"),
        ("on 555-123-4567", "on 555 123 4567"),
        ("80 km/h", "80 kilometers per hour"),
        ("-5°C", "minus five degrees Celsius"),
        ("Sept. 11", "September 11th"),
        ("the 3rd night", "the third night"),
        ("the ninth century", "the 9th century"),
        ("aged 9½", "aged nine and a half"),
        ("Article VII", "article seven"),
        ("King Boris IV", "King Boris the fourth"),
        ("it’s 1999", "it's nineteen ninety nine"),
        ("the group's grey harbour", "the groups gray harbor"),
        ("tel. 0161 496 0000", "tel 01614960000"),
        ("tel. 0 1 6 1, 4 9 6, 0 0 0 0", "tel 0161-496-0000."),
        ("on 5 5 5, 1 2 3, 4 5 6 7", "on five five five one two three four five six seven"),
        ("+44 (0)161 496 0000", "plus 4 4, 0, 1 6 1, 4 9 6, 0 0 0 0"),
        ("machine-guns and a toothbrush", "machineguns and a tooth brush"),
    ],
)
def test_ways_of_writing_are_no_errors(written: str, heard: str) -> None:
    """Symbols, figures, initials, spelling and compounds count alike, however the recogniser writes them."""
    (match,) = compared([comparable(written, "en-US")], comparable(heard, "en-US"))
    assert match.errors == 0, match.misheard


@pytest.mark.parametrize(
    ("written", "heard", "errors"),
    [
        ("$3.5bn", "three point five million dollars", 1),
        ("the redoubt", "the redout", 1),
        ("2014-19", "2014 dash 19", 1),
        ("she left", "he left", 1),
        ("tel. 0161 496 0000", "tel 0161 496 0001", 1),
        ("tel. 020 7946 0018", "tel 20 7946 18", 11),
        ("tel. 0161 496 0000", "tel 0161 496 000", 1),
        ("3-2, 4-1, 5-0, 6-7", "3-2, 4-1, 5-0, 6-8", 1),
        ("she left", "she has left", 1),
        ("she left early", "she left", 1),
    ],
)
def test_other_words_are_errors(written: str, heard: str, errors: int) -> None:
    """The broken twin: what is another word, too many or too few still counts."""
    (match,) = compared([comparable(written, "en")], comparable(heard, "en"))
    assert match.errors == errors


def test_figures_are_named_as_they_are_written() -> None:
    """Whatever stands for them in the comparison."""
    (match,) = compared([comparable("on 0161 496 0000", "de")], comparable("on 0161 496 0001", "de"))
    assert (match.words, match.misheard) == (12, (("0", "1"),))


def test_heard_words_go_to_the_sentence_they_belong_to() -> None:
    """A sentence that was skipped has no word right, and its neighbours have all of theirs."""
    sentences = [["one", "two"], ["three", "four"], ["five", "six", "seven"]]
    first, second, third = compared(sentences, ["one", "two", "five", "six", "and", "seven"])
    assert (first.right, second.right, third.right) == (2, 0, 3)
    assert second.misheard == (("three four", ""),)
    assert third.misheard == (("", "and"),)
    assert third.heard == "five six and seven"


def test_languages_without_spaces_are_compared_by_character() -> None:
    """A wrong character of a Chinese sentence is one error, not a wrong sentence."""
    (match,) = compared([comparable("新桥将在冬天以前开放。", "zh-CN")], comparable("新桥将在春天以前开放", "zh-CN"))
    assert (match.words, match.errors) == (10, 1)


_WORDS = st.lists(st.sampled_from(["a", "b", "c", "ab"]), max_size=12)


@given(written=st.lists(_WORDS, min_size=1, max_size=5), heard=_WORDS)
def test_every_word_is_counted_once(written: list[list[str]], heard: list[str]) -> None:
    """Each written word is right or wrong in its own sentence, each heard word is told once."""
    matches = compared(written, heard)
    assert [match.words for match in matches] == [len(sentence) for sentence in written]
    assert " ".join(match.heard for match in matches if match.heard).split() == heard
    assert all(0 <= match.right <= match.words <= match.right + match.errors for match in matches)


@given(st.text(max_size=60) | st.text("0123456789.,:$€%-' aIVXst", max_size=60))
def test_what_is_said_as_written_has_no_errors(text: str) -> None:
    """Any text agrees with itself."""
    words = comparable(text, "en")
    assert compared([words], words)[0].errors == 0


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("run", ["1", "1,", "a'", "I", "$1", "10:", "1-", "King ", "A."])
def test_time_grows_with_the_length_only(run: str) -> None:
    """Rules for writing meet four times as long a run of one kind, and take some four times as long."""
    assert growth(lambda times: run * times, lambda text: comparable(text, "en"), 5_000, 20_000) < 10


@pytest.mark.usefixtures("own_heap")
def test_an_hour_of_words_is_aligned_at_once() -> None:
    """Though every other word was not heard."""
    with counted() as work:
        compared([["word", str(number)] for number in range(5_000)], [str(number) for number in range(10_000)])
    assert work.paces < 100
