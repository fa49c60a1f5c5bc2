"""Words at risk: found by kind, each once, with a line that a lexicon takes; ordinary words left alone."""

from __future__ import annotations

import dataclasses

import pytest

from audio_edition.model import (
    Article,
    Delivery,
    Paragraph,
    Pauses,
    Pronunciation,
    Script,
    Text,
    Utterance,
    Voice,
)
from audio_edition.proof.risks import Risk, has_word_list, risks
from audio_edition.script import write_script
from audio_edition.speak.cast import Cast
from audio_edition.speak.engine import Engine
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.tone import ToneEngine
from audio_edition.speak.voices import choose_voice
from support.spoken import spoken_chapter


def _cast(engine: Engine, voice: Voice) -> Cast:
    return Cast(Narrator(engine, Delivery(voice)))


def _script(*paragraphs: str, language: str = "en") -> Script:
    body = tuple(Paragraph(Text(text)) for text in paragraphs)
    return write_script(Article("A quiet day", body, language=language), Pauses())


def _found(script: Script, engine: Engine) -> list[Risk]:
    return list(risks(script, _cast(engine, choose_voice(engine, "", script.language))))


def _kinds(script: Script) -> set[tuple[str, str]]:
    engine = ToneEngine()
    return {(risk.kind, risk.word) for risk in risks(script, _cast(engine, engine.voices()[0]))}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They fled Baghouz at dawn.", {("name", "Baghouz")}),
        ("Its jihadists wore kaftans.", {("unknown word", "jihadists"), ("unknown word", "kaftans")}),
        ("The SDF said so.", {("initialism", "SDF")}),
        ("The U.S. said so.", {("initialism", "U.S.")}),
        ("A US-backed force.", {("initialism", "US")}),
        ("It cost $3.5bn in 2014-19.", {("figures", "$3.5bn"), ("figures", "2014-19")}),
        ("Article VII says so.", {("figures", "VII")}),
        ("Rain and/or snow at #home & here.", {("symbols", "and/or"), ("symbols", "#home"), ("symbols", "&")}),
        ("They met in 北京 today.", {("foreign word", "北京")}),
        ("The rain fell 😀 all day.", {("symbols", "😀")}),
        ("The tears came, and a bow broke.", {("homograph", "tears"), ("homograph", "bow")}),
        ("She read it in a minute, and the wind blew.", set()),
    ],
)
def test_each_kind_is_found(text: str, expected: set[tuple[str, str]]) -> None:
    """Names, unknown words, initialisms, figures, symbols and other writing, without punctuation around them."""
    assert _kinds(_script(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The council met on Tuesday evening in the old town hall, and he'll tell her why.",
        "“It’s raining in Syria,” said the mayor’s wife; the 212 guests left.",
        "Women and children will be trucked north to already overcrowded camps.",
        "THE COUNCIL SAYS NO TO A NEW BRIDGE",
    ],
)
def test_ordinary_words_are_left_alone(text: str) -> None:
    """What a list of English words has, whatever stands around it, and plain numbers, are no risk."""
    assert _kinds(_script(text)) == set()


def test_a_word_is_listed_once_with_its_places() -> None:
    """The first sentence is shown, the others are counted; a word said in two ways is listed twice."""
    engine = ToneEngine()
    script = _script("Baghouz fell. Baghouz rose.", "Baghouz stood.")
    (risk,) = risks(script, _cast(engine, engine.voices()[0]))
    assert (risk.word, risk.places, risk.utterance.text) == ("Baghouz", 3, "Baghouz fell.")
    script = _script("There IS a plan. Members of IS left the town.")
    assert [(risk.word, risk.said) for risk in risks(script, _cast(engine, engine.voices()[0]))] == [
        ("IS", "IS"),
        ("IS", "I-S"),
    ]


def test_the_phonemes_are_those_of_the_voice(espeak: Engine) -> None:
    """The engine itself says what it will say, and the line for the lexicon says the same."""
    (risk,) = _found(_script("They fled Baghouz at dawn."), espeak)
    assert risk.phonemes == "bˈæɡhuːz"
    assert risk.lexicon_line == "Baghouz = /bˈæɡhuːz/"
    (risk,) = _found(_script("The SDF said so."), espeak)
    assert risk.said == "S-D-F"
    assert risk.lexicon_line == "SDF = S-D-F"


def test_an_engine_that_can_not_tell_gives_the_word() -> None:
    """Without phonemes the line holds the word itself, to be written otherwise."""
    engine = ToneEngine()
    (risk,) = risks(_script("They fled Baghouz at dawn."), _cast(engine, engine.voices()[0]))
    assert (risk.phonemes, risk.lexicon_line) == ("", "Baghouz = Baghouz")


@pytest.mark.parametrize("word", ["#home", "#home/away"])
def test_no_line_is_offered_that_a_lexicon_would_not_take(word: str) -> None:
    """A line may not begin with a comment."""
    engine = ToneEngine()
    (risk,) = risks(_script(f"It is {word} now."), _cast(engine, engine.voices()[0]))
    assert risk.lexicon_line == ""


def _one(utterance: Utterance) -> Script:
    return Script("A quiet day", (spoken_chapter([utterance]),))


def test_what_somebody_decided_is_no_risk() -> None:
    """A name that an edited script or a lexicon says otherwise than it is written is left alone."""
    plain = Utterance("c01-p001-s01", "They fled Baghouz.", "They fled Baghouz.")
    assert _kinds(_one(plain)) == {("name", "Baghouz")}
    assert _kinds(_one(dataclasses.replace(plain, spoken="They fled buh gooze."))) == set()
    pronounced = dataclasses.replace(plain, pronunciations=(Pronunciation(10, 17, "bəˈɡuːz"),))
    assert _kinds(_one(pronounced)) == set()


def test_words_of_another_language_than_the_voice_s_are_at_risk() -> None:
    """A French sentence under an English voice is foreign word for word; under its own voice it is not."""
    french = _one(Utterance("c01-p001-s01", "Le pont est fermé.", "Le pont est fermé.", language="fr"))
    assert _kinds(french) == {("foreign word", word) for word in ("Le", "pont", "est", "fermé")}
    assert _kinds(_script("Le pont est fermé à Villach.", language="fr")) == {("name", "Villach")}


def test_a_language_without_a_word_list_is_told() -> None:
    """Where names can't be told from other words, none is listed, and the caller can know."""
    assert has_word_list("en-GB")
    assert not has_word_list("zh")
    said = "新桥将在冬天以前开放。"
    assert _kinds(dataclasses.replace(_one(Utterance("c01-p001-s01", said, said)), language="zh")) == set()


def test_a_word_list_finds_what_is_said_wrong_more_surely_than_the_engine_s_dictionary() -> None:
    """At most one word in ten of an article is listed as a name or unknown, where the dictionary lacks two in three."""
    from support.places import ROOT

    text = (ROOT / "seeds/harbour.txt").read_text("utf-8")
    found = _kinds(_script(*text.split("\n\n")[1:]))
    assert {("name", "Halvøy"), ("name", "Brekke"), ("name", "Nygaard")} <= found
    assert len([word for kind, word in found if kind in ("name", "unknown word")]) <= 0.1 * len(set(text.split()))
