"""Find words with IPA that an engine's voice will not say as wished.

An engine that takes no IPA says what is written there, and one that takes it may lack a sound; neither tells by itself.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from audio_edition.model import Finding, Pronunciation, Utterance, Voice
from audio_edition.speak.engine import Engine
from audio_edition.speak.ipa import same_sound


def pronunciation_findings(utterances: Iterable[Utterance], engine: Engine, voice: Voice) -> tuple[Finding, ...]:
    """Return a finding for each word with IPA that the voice will not say so, at the first place where it stands."""
    first: dict[tuple[str, str], Utterance] = {}
    for utterance in utterances:
        for part in utterance.pronunciations:
            first.setdefault((utterance.spoken[part.start : part.end], part.ipa), utterance)
    found = []
    for (words, ipa), utterance in first.items():
        # What stands in the text as well is as written; what does not is said in letters of the lexicon's.
        letters = "" if words in utterance.text else words
        if finding := pronunciation_finding(engine, voice, words, letters, ipa):
            found.append(dataclasses.replace(finding, place=utterance.id))
    return tuple(found)


def pronunciation_finding(engine: Engine, voice: Voice, words: str, letters: str, ipa: str) -> Finding | None:
    """Return what to know of words that are to be said in IPA, or else in letters, if the voice won't say the IPA."""
    if not ipa:
        return None
    if not engine.takes_ipa:
        return None if letters else _only_ipa(engine, words, ipa)
    said = letters or words
    heard = engine.phonemes(said, voice, (Pronunciation(0, len(said), ipa),))
    if not heard or same_sound(ipa, heard, voice.language):
        return None
    return Finding(
        id="lexicon-ipa-not-said",
        level="note" if letters else "warning",
        message=f"“{words}” is to sound /{ipa}/, which the voice {voice.id} can't say: it says /{heard}/.",
        remedy="Look for nearer sounds, or for another voice." if letters else _letters_too(words, ipa),
    )


def _only_ipa(engine: Engine, words: str, ipa: str) -> Finding:
    return Finding(
        id="lexicon-ipa-not-said",
        level="warning",
        message=f"“{words}” is to sound /{ipa}/, but the engine {engine.name} takes no IPA: it is said as written.",
        remedy=_letters_too(words, ipa),
    )


def _letters_too(words: str, ipa: str) -> str:
    return f"Give it letters too, in the lexicon: {words} = said as, /{ipa}/"
