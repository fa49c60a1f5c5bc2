"""IPA that will not be said is told before any sound is made; and the lexicon that comes with the program is right."""

from __future__ import annotations

import dataclasses

import pytest

from audio_edition.model import Delivery, Pronunciation, Utterance
from audio_edition.script.lexicon import NEWS, Entry, read_lexicon
from audio_edition.speak.engine import Engine
from audio_edition.speak.ipa import same_sound
from audio_edition.speak.pronunciation_check import pronunciation_findings
from audio_edition.speak.tone import ToneEngine
from audio_edition.speak.voices import choose_voice


def _utterance(text: str, spoken: str, words: str, ipa: str) -> Utterance:
    start = spoken.index(words)
    return Utterance("c01-p001-s01", text, spoken, pronunciations=(Pronunciation(start, start + len(words), ipa),))


IN_LETTERS = _utterance("In Baghouz.", "In buh gooze.", "buh gooze", "bəˈɡuːz")
AS_WRITTEN = _utterance("In Baghouz.", "In Baghouz.", "Baghouz", "bəˈɡuːz")


def test_an_engine_without_ipa_says_letters_or_a_finding_tells() -> None:
    """One warning for each word that has only IPA, at its first place; none for one that has letters."""
    engine = ToneEngine()
    again = dataclasses.replace(AS_WRITTEN, id="c01-p001-s02")
    (finding,) = pronunciation_findings([IN_LETTERS, AS_WRITTEN, again], engine, engine.voices()[0])
    assert (finding.id, finding.level, finding.place) == ("lexicon-ipa-not-said", "warning", "c01-p001-s01")
    assert finding.message == (
        "“Baghouz” is to sound /bəˈɡuːz/, but the engine tone takes no IPA: it is said as written."
    )
    assert "Baghouz = said as, /bəˈɡuːz/" in finding.remedy


def test_a_voice_that_says_the_ipa_needs_no_finding(espeak: Engine) -> None:
    """What can be said is said in silence."""
    assert pronunciation_findings([IN_LETTERS, AS_WRITTEN], espeak, choose_voice(espeak, "", "en")) == ()


@pytest.mark.parametrize(("utterance", "level"), [(AS_WRITTEN, "warning"), (IN_LETTERS, "note")])
def test_a_sound_that_the_voice_lacks_is_a_finding(espeak: Engine, utterance: Utterance, level: str) -> None:
    """With what it says instead: a warning where that is the written word, a note where it is the lexicon's letters."""
    (wish,) = utterance.pronunciations
    lacking = dataclasses.replace(utterance, pronunciations=(dataclasses.replace(wish, ipa="bəˈʛuːz"),))
    (finding,) = pronunciation_findings([lacking], espeak, choose_voice(espeak, "", "en"))
    assert (finding.id, finding.level) == ("lexicon-ipa-not-said", level)
    assert "which the voice en-us can't say: it says /" in finding.message


# --- the lexicon that comes with the program

ENTRIES = read_lexicon(NEWS).entries


def test_the_news_lexicon_is_sound_and_for_english() -> None:
    """No fault in it, letters for every entry, so that no engine is without; nothing beyond English."""
    lexicon = read_lexicon(NEWS)
    assert lexicon.faults == ()
    assert len(lexicon.entries) > 150
    assert all(entry.said and entry.language == "en" for entry in lexicon.entries)


@pytest.mark.parametrize("tag", ["en-us", "en-gb"])
def test_the_news_lexicon_is_said_and_needed(espeak: Engine, tag: str) -> None:
    """For each entry the voice says something else without it, and the IPA with it."""
    voice = choose_voice(espeak, tag, "en")
    unsaid, needless = [], []
    for entry in (entry for entry in ENTRIES if entry.ipa):
        whole = (Pronunciation(0, len(entry.said), entry.ipa),)
        if not same_sound(entry.ipa, espeak.phonemes(entry.said, voice, whole), tag):
            unsaid.append(entry.written)
        if same_sound(entry.ipa, espeak.phonemes(entry.written, voice), tag):
            needless.append(entry.written)
    assert (unsaid, needless) == ([], [])


@pytest.mark.parametrize("written", ["Kyiv", "Xi", "coup", "Niger"])
def test_an_entry_is_heard(espeak: Engine, written: str) -> None:
    """The phonemes of a sentence hold the entry's, and its sound is another than without."""
    entry: Entry = next(entry for entry in ENTRIES if entry.written == written)
    delivery = Delivery(choose_voice(espeak, "", "en"))
    spoken = f"They talked about {entry.said} again."
    wish = (Pronunciation(18, 18 + len(entry.said), entry.ipa),)
    alone = espeak.phonemes(entry.said, delivery.voice, (Pronunciation(0, len(entry.said), entry.ipa),))
    assert alone in espeak.phonemes(spoken, delivery.voice, wish)
    plain = espeak.speak(f"They talked about {written} again.", delivery)
    assert espeak.speak(spoken, delivery, wish).pcm != plain.pcm
