"""IPA and eSpeak NG: a wish is said as wished, or what is written is said; the text beside it stays text."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import Delivery, Pronunciation, Voice
from audio_edition.speak.engine import Engine
from audio_edition.speak.espeak_ipa import mnemonics, rendered
from audio_edition.speak.ipa import same_sound
from audio_edition.speak.voices import choose_voice


def _voice(engine: Engine, tag: str) -> Voice:
    return choose_voice(engine, tag, tag)


def _wish(spoken: str, word: str, ipa: str) -> tuple[Pronunciation, ...]:
    start = spoken.index(word)
    return (Pronunciation(start, start + len(word), ipa),)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("bəˈɡuːz", "bəɡˈuz", "en"),
        ("t͡ʃ", "tʃ", "en"),
        ("gɹ", "ɡr", "it"),
        ("ˈmoʊdi", "mˈəʊdi", "en-GB"),
        ("kɑːɹ", "kɑː", "en-GB"),
        ("ˈwɔːɾɚ", "wˈɔːtə", "en"),
        ("ʁɛn", "ʀɛn", "fr"),
        ("ɑ̃", "\u0251\u0303", "fr"),
        ("ç", "c\u0327", "de"),
    ],
)
def test_habits_of_notation_do_not_matter(one: str, other: str, language: str) -> None:
    """Stress, length, tie bars, r, and what an accent says for another are the same sound."""
    assert same_sound(one, other, language)
    assert same_sound(other, one, language)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("bəˈɡuːz", "bəˈɡuː", "en"),
        ("kʌp", "kæp", "en"),
        ("fɑːɹ", "fɔːɹ", "en"),
        ("pero", "peɾo", "es"),
        ("lɑ̃", "lɑ", "fr"),
        ("sɪn", "ʃɪn", "en"),
        ("t", "", "en"),
    ],
)
def test_another_sound_is_another(one: str, other: str, language: str) -> None:
    """A consonant more, another vowel, a nasal vowel: what a listener would hear is told apart."""
    assert not same_sound(one, other, language)


CASES = {
    "en-us": "bəˈɡuːz ʃiː·dʒɪnˈpɪŋ ˈkiːv bʊˈxɑːri tɪˈɡɹaɪ ˈmoʊdi məˈkɹɒn kəˈtɑːɹ ˈbɜːd ʌˈbɹɒd ˈʒoʊˌzeɪ təˈmɑːtoʊ ˈfaɪɚ",
    "en-gb": "bəˈɡuːz ʃiː·dʒɪnˈpɪŋ ˈkiːv bʊˈxɑːri tɪˈɡɹaɪ ˈmoʊdi məˈkɹɒn kəˈtɑːɹ ˈbɜːd ʌˈbɹɒd ˈʒoʊˌzeɪ təˈmɑːtoʊ ˈfaɪɚ",
    "en-us+f3": "bəˈɡuːz",
    "fr-fr": "makʁɔ̃ ʃyʁ bʁɛ̃",
    "de": "ˈʃʏlɐ ˈmʏnçn̩",
    "es": "ˈpero ˈpeɾo",
    "it": "ˈɲɔkki",
    "pt-br": "sɐ̃w",
    "ru": "mɐˈskva",
    "hi": "ˈmoːd̪iː",
    "ar": "ˈqatˤar",
}
WISHES = [(tag, ipa.replace("·", " ")) for tag, wishes in CASES.items() for ipa in wishes.split()]


@pytest.mark.parametrize(("tag", "ipa"), WISHES)
def test_a_wish_is_said_or_what_is_written(espeak: Engine, tag: str, ipa: str) -> None:
    """In each voice: what it says for the IPA is the IPA, or it is what it says for the word without it."""
    voice = _voice(espeak, tag)
    said = espeak.phonemes("Zyxgrad", voice, _wish("Zyxgrad", "Zyxgrad", ipa))
    assert same_sound(ipa, said, tag) or said == espeak.phonemes("Zyxgrad", voice)


@pytest.mark.parametrize(("tag", "ipa"), [wish for wish in WISHES if wish[0][:2] in ("en", "fr")])
def test_english_and_french_wishes_are_said(espeak: Engine, tag: str, ipa: str) -> None:
    """What stands in dictionaries for names in the news is said as wished, by the voices that most will use."""
    assert same_sound(ipa, espeak.phonemes("Zyxgrad", _voice(espeak, tag), (Pronunciation(0, 7, ipa),)), tag)


@pytest.mark.parametrize("ipa", ["ɧ", "b@gh'u:z", "[[", "]] x", "ʘ", "ˈ", "", "ˈbuː" * 60, "\x01", "北京", "5"])
def test_what_cannot_be_said_is_not_cut_short(espeak: Engine, ipa: str) -> None:
    """A sound that the voice lacks, nonsense, nothing, too much: the written word is said, whole."""
    voice = _voice(espeak, "en-us")
    spoken = "They left Baghouz today."
    assert espeak.phonemes(spoken, voice, _wish(spoken, "Baghouz", ipa)) == espeak.phonemes(spoken, voice)


BESIDE = ["“", '"', "‘", "'", "(", "[", "[[", "]]", "«", "—", "-", "/", "…", "¿", "*", "$", "#", "@", "&", "pro-", "1 "]


@pytest.mark.parametrize("before", ["", *BESIDE])
@pytest.mark.parametrize("after", ["", "”", ")", "]", "]]", "-based", ",", "?", "…", "!"])
def test_signs_beside_a_word_do_not_swallow_it(espeak: Engine, before: str, after: str) -> None:
    """eSpeak NG takes a quotation mark before phonemes for one of them, and drops the word; here it is said."""
    spoken = f"Forces in {before}Baghouz{after} left."
    assert "bəɡˈuːz" in espeak.phonemes(spoken, _voice(espeak, "en-us"), _wish(spoken, "Baghouz", "bəˈɡuːz"))


def test_brackets_in_the_text_open_nothing(espeak: Engine) -> None:
    """Beside a word with IPA, the text's own [[ ]] is read out as it would be alone."""
    voice, hostile = _voice(espeak, "en-us"), "[[h@l'oU]] there [[D'E@ once"
    plain = espeak.phonemes(hostile, voice)
    said = espeak.phonemes(f"{hostile} Baghouz", voice, _wish(f"{hostile} Baghouz", "Baghouz", "bəˈɡuːz"))
    assert said == f"{plain} bəɡˈuːz"


def test_round_brackets_sound_as_square_ones(espeak: Engine) -> None:
    """They stand in for them beside IPA, so they must not be heard."""
    delivery = Delivery(_voice(espeak, "en-us"))
    square, round_ = (espeak.speak(f"He {a}took{b} it.", delivery) for a, b in ("[]", "()"))
    assert square == round_


def test_words_are_marked_in_the_spoken_text(espeak: Engine) -> None:
    """Marks behind, before and on words with IPA point into `spoken`, not into what eSpeak NG was given."""
    spoken = "In “Baghouz” and [old] Xi Jinping's town it ended."
    wishes = (*_wish(spoken, "Baghouz", "bəˈɡuːz"), *_wish(spoken, "Xi Jinping's", "ʃiː dʒɪnˈpɪŋz"))
    clip = espeak.speak(spoken, Delivery(_voice(espeak, "en-us")), wishes)
    found = [spoken[word.text_start : word.text_end] for word in clip.words]
    assert found == ["In", "Baghouz", "and", "old", "Xi Jinping's", "town", "it", "ended"]
    assert [word.start for word in clip.words] == sorted(word.start for word in clip.words)


def test_ipa_is_heard_and_heard_alike(espeak: Engine) -> None:
    """A word with IPA sounds other than without, and the same bytes come whatever was said before."""
    spoken, delivery = "The last of Baghouz fell.", Delivery(_voice(espeak, "en-us"))
    wish = _wish(spoken, "Baghouz", "bəˈɡuːz")
    first = espeak.speak(spoken, delivery, wish)
    plain = espeak.speak(spoken, delivery)
    assert first.pcm != plain.pcm
    espeak.phonemes("Something else.", delivery.voice)
    assert espeak.speak(spoken, delivery, wish) == first
    assert espeak.speak(spoken, delivery) == plain


# --- without an engine: a voice that says what it is given


def _tell(text: str) -> str:
    return text.strip("[]").replace("@", "ə").replace("g", "ɡ").replace(":", "ː")


def test_a_broken_voice_is_not_believed() -> None:
    """A voice that drops a sound (the broken twin) gets no phonemes at all."""
    assert mnemonics("bəˈɡuːz", "xx", _tell) == "b@'gu:z"
    assert mnemonics("bəˈɡuːz", "xx", lambda text: _tell(text).replace("z", "")) == ""


@given(st.text(alphabet="ab [](“é—", max_size=30), st.text(alphabet="[]b' ", max_size=30))
def test_only_the_tables_own_characters_are_phonemes(before: str, after: str) -> None:
    """Whatever stands around a word, `[[` opens once, for our phonemes, and each place points to what stands there."""
    spoken = f"{before}Baghouz{after}"
    wish = Pronunciation(len(before), len(before) + 7, "bəˈɡuːz")
    made = rendered(spoken, (wish,), "xx", _tell)
    assert made.text.count("[") == made.text.count("]") == 2
    assert made.text.count("[[b@'gu:z]]") == 1
    assert len(made.places) == len(made.text)
    for character, place in zip(made.text, made.places, strict=True):
        if not wish.start <= place < wish.end:
            assert character == spoken[place].translate({91: 40, 93: 41})
    assert rendered(spoken, (dataclasses.replace(wish, ipa="ʘ"),), "xx", _tell).said == ()
