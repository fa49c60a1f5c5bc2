"""English, kind by kind: what is said, what stays, what an engine said right before, and which word says what."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable
from pathlib import Path

import espeakng_loader
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import Pauses, Utterance
from audio_edition.model.alignment import words
from audio_edition.read import read
from audio_edition.script import write_script
from audio_edition.script.normalisation import spoken_form
from audio_edition.script.show import as_text
from audio_edition.script.speakable import is_speakable
from support.english_forms import ALREADY_RIGHT, DEALT_OUT, TABLES, UNCHANGED
from support.places import ROOT

CASES = [(tag, *case) for tag, table in TABLES.items() for case in table.items()]
TRAPS = [
    "$", "£", "€", "US$", "Rs ", "3", "3.5", "1,250", "2014", "'80s", "1990s", "bn", "m", "k", "-", "–", "/",
    ".", ":", " ", "%", "°C", "km/h", "km", " ft", "'", '"', "#", "@", "[1]", "~", ">", "<", "+", "*", "_",
    "½", "x", "No. ", "Gen. ", "St. ", "Smith", "Jan. ", " GMT", "pm", "III", " I ", "V", "King ", "Chapter ",
    "www.", "https://", "a.b", "call ", "(0)", "👍🏽", "🇺🇸", "❗", "a ", "the ", ", Calif.", ", TX", "v. ",
    "\u00a0", "①", "²", "٣", "１", "AK-", "CO2",
]  # fmt: skip
PIECES = st.lists(st.sampled_from(TRAPS) | st.text(max_size=3), max_size=16).map("".join)
UNITS = [
    "a-", "a- ", "A a", "a, ", ". ", "(", "5 (", "$(",
    "1", "1,", "1.", "1,111", "1-", "1/", "1:", "1 ", "$1 ", "$", "$1-", "$1m-", "£1.50 ", "2014 ", "2014-",
    "2014-19 ", "'80s ", "5/3/2019 ", "Jan. ", "Jan. 5 ", "10:30-", "0930 GMT ", "I ", "V", "XI", "X ",
    "King ", "Chapter I ", "A. ", "Gen. ", "St. ", "Smith St", "No. ", "v. ", ", Calif.", "A, TX", "a/",
    "a/b ", "1/2 ", "½", "~", ">1 ", "#1 ", "#a", "[1]", "*a", "*", "_a", "a_ ", "www.a", "a.", "a.bc/",
    "https://", "@", "+1 ", "+44 20 ", "(020) ", "555-", "call ", "call 1 ", "5 km ", "5km/h ", "5'", "1 x ",
    "👍🏽", "👍 ", "🇺", "\u200d👍", "CO2", "AK-", "Boeing 7", "'s", "a 5",
]  # fmt: skip
PROSE = st.lists(
    st.text("bcdfghjlnpqrtuwyz", min_size=4, max_size=8)
    | st.sampled_from(["the", "of,", "river,", "said", "Then", "Ingrid,"]),
    min_size=1,
    max_size=12,
).map(" ".join)


@pytest.mark.parametrize(("tag", "written", "said"), CASES, ids=[f"{tag} {written}" for tag, written, _ in CASES])
def test_it_is_said_as_the_table_has_it(tag: str, written: str, said: str) -> None:
    """Each written form gets the form that engines read as a newsreader would."""
    assert spoken_form(written, "body", tag) == said


@pytest.mark.parametrize(("tag", "said"), [(tag, said) for tag, table in TABLES.items() for said in table.values()])
def test_what_is_said_stays(tag: str, said: str) -> None:
    """Rules that meet their own words, or those of others, change nothing more."""
    assert spoken_form(said, "body", tag) == said


@pytest.mark.parametrize("written", UNCHANGED)
@pytest.mark.parametrize("tag", ["en-GB", "en-US"])
def test_what_is_right_or_in_doubt_stays(written: str, tag: str) -> None:
    """What engines read right, and what only looks like one of the forms, is left as it is."""
    assert spoken_form(written, "body", tag) == written


@pytest.fixture(scope="module")
def phonemes() -> Callable[[str], str]:
    """What eSpeak NG's American voice makes of a text."""
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize(2, 0, espeakng_loader.get_data_path().encode(), 0)
    library.espeak_SetVoiceByName(b"en-us")
    library.espeak_TextToPhonemes.restype = ctypes.c_char_p

    def of(text: str) -> str:
        held = ctypes.create_string_buffer(text.encode())
        rest = ctypes.c_void_p(ctypes.addressof(held))
        clauses = []
        while rest.value:
            clauses.append(library.espeak_TextToPhonemes(ctypes.byref(rest), 1, 0).decode())
        return " / ".join(clauses)

    return of


@pytest.mark.parametrize("written", ALREADY_RIGHT)
def test_what_the_engine_said_right_sounds_the_same(phonemes: Callable[[str], str], written: str) -> None:
    """The real engine gives one and the same phonemes for the text and for its spoken form."""
    assert phonemes(spoken_form(written, "body", "en-US")) == phonemes(written)


@pytest.mark.parametrize(
    ("written", "heard"),
    [
        ("$3.5bn", "Tr'i: pOInt f'aIv b'Ili@n d'0l3z"),
        ("2014-19", "tw'Enti f'o@ti:n t@ tw'Enti n'aInti:n"),
        ("Gen. Cruz", "dZ'En3r@L kr'u:z"),
        ("No. 10", "n'Vmb3 t'En"),
        ("Jan. 5", "dZ'anju:,e@ri f'aIv"),
        ("us vs. them", ",Vs v'3:sI#z D,Em"),
        ("King Charles III", "k'IN tS'A@lz D@2 T'3:d"),
        ("CO2", "s'i:;'oU _ t'u:"),
    ],
)
def test_the_engine_says_it(phonemes: Callable[[str], str], written: str, heard: str) -> None:
    """The spoken form does what it is for: eSpeak NG says these as a person would, without a false pause."""
    assert phonemes(spoken_form(written, "body", "en-US")) == heard


@pytest.mark.parametrize(("tag", "written", "said"), CASES, ids=[f"{tag} {written}" for tag, written, _ in CASES])
def test_words_around_a_form_point_to_themselves(tag: str, written: str, said: str) -> None:
    """Whatever becomes of a form, the words beside it are marked on the page when they are said, and no other."""
    text, spoken = f"Alas {written} yesterday", f"Alas {said} yesterday"
    spans = words(spoken)
    places = Utterance("c01-p001-s01", text, spoken).as_written(spans)
    found = [(spoken[a:b], text[x:y]) for (a, b), (x, y) in zip(spans, places, strict=True)]
    assert (found[0], found[-1]) == (("Alas", "Alas"), ("yesterday", "yesterday"))
    assert all(
        word_on_page in text and word_on_page not in ("", "Alas", "yesterday") for _, word_on_page in found[1:-1]
    )


@pytest.mark.parametrize(("written", "marks"), DEALT_OUT.items())
def test_each_spoken_word_points_to_what_it_says(written: str, marks: str) -> None:
    """Also where two rewritten words stand side by side."""
    spoken = spoken_form(written, "body", "en-GB")
    spans = words(spoken)
    places = Utterance("c01-p001-s01", written, spoken).as_written(spans)
    found = [(spoken[a:b], written[x:y]) for (a, b), (x, y) in zip(spans, places, strict=True)]
    assert " ".join(word if word == place else f"{word}={place}" for word, place in found) == marks


def test_the_seed_full_of_traps_is_said_right() -> None:
    """The article in seeds/ that is made of such forms, sentence by sentence."""
    script = write_script(read(ROOT / "seeds" / "traps.txt").articles[0], Pauses())
    assert as_text(script) == (Path(__file__).parent / "traps-said.txt").read_text("utf-8")


@given(PIECES, st.sampled_from(["en", "en-GB", "en-US", "en-x-odd"]))
def test_any_text_has_a_spoken_form(text: str, tag: str) -> None:
    """Figures, signs and stops in any order raise nothing; what can be said stays sayable and commands no engine."""
    spoken = spoken_form(text, "body", tag)
    if is_speakable(text):
        assert is_speakable(spoken)
        assert "[[" not in spoken
        assert "]]" not in spoken
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in spoken)


@given(PIECES)
def test_places_of_any_spoken_form_are_inside_the_text(text: str) -> None:
    """Every spoken word has a place in the text."""
    spoken = spoken_form(text, "body", "en-GB")
    spans = words(spoken)
    for start, end in Utterance("c01-p001-s01", text, spoken).as_written(spans):
        assert 0 <= start <= end <= len(text)


@given(PROSE)
def test_plain_prose_stays(text: str) -> None:
    """Words and commas are said as they are written."""
    assert spoken_form(text, "body", "en-GB") == text


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_a_hundred_thousand_characters_are_done(unit: str) -> None:
    """Time grows with the length only: a rule that looked back and forth would not come to an end here."""
    assert spoken_form(unit * (100_000 // len(unit)) + " $5m and/or 1/2 of www.a.b #1", "body", "en-GB")
