"""A sentence that an engine can't say costs that sentence, not the edition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from audio_edition.cache import Cache
from audio_edition.errors import SpeakError
from audio_edition.model import Article, Clip, Delivery, Paragraph, Pauses, Pronunciation, Text, Utterance, Voice
from audio_edition.record.stitch import Stitcher
from audio_edition.script import write_script
from audio_edition.speak.cast import Cast
from audio_edition.speak.engine import RetryableSpeechError
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.tone import ToneEngine
from support.stitched import record

VOICE = Voice("hum", "Hum", "en", "tone")


@dataclass
class _Picky(ToneEngine):
    """The engine that beeps, unless a text is too long for it, or holds a word that it can't say."""

    longest: int = 1_000
    taboo: str = "@"

    def speak(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> Clip:
        if len(spoken) > self.longest or self.taboo in spoken:
            raise RetryableSpeechError("it gave no sound")
        assert all(spoken[each.start : each.end] == "Xi" for each in pronunciations)
        return super().speak(spoken, delivery)


def _narrator(longest: int = 1_000, cache: Cache | None = None) -> Narrator:
    return Narrator(_Picky(longest=longest), Delivery(VOICE), cache)


def test_what_is_too_long_for_an_engine_is_said_in_parts() -> None:
    """Every word is said, once and in order, and is found in the text at its place."""
    text = "one two three four five six seven eight nine ten"
    clip = _narrator(longest=15).speak(Utterance("c01-p001-s01", text, text))
    assert [text[word.text_start : word.text_end] for word in clip.words] == text.split()
    starts = [word.start for word in clip.words]
    assert starts == sorted(starts)
    assert clip.words[-1].end <= clip.length


def test_parts_keep_their_pronunciations() -> None:
    """IPA stays with its word."""
    text = "one two three four Xi five six seven"
    sound = Pronunciation(19, 21, "ʃiː")
    engine = _Picky(longest=15)
    engine.takes_ipa = True
    clip = Narrator(engine, Delivery(VOICE)).speak(Utterance("c01-p001-s01", text, text, pronunciations=(sound,)))
    assert len(clip.words) == 8


def test_a_word_that_can_not_be_said_names_its_sentence() -> None:
    """Nothing is dropped in silence."""
    with pytest.raises(SpeakError, match="c01-p001-s01"):
        _narrator().speak(Utterance("c01-p001-s01", "one @ two", "one a@b two"))


def _stitched(folder: Path, texts: list[str], instead: str, cache: Cache | None = None) -> list[str]:
    """What was said for each utterance."""
    article = Article("Title", tuple(Paragraph(Text(text)) for text in texts), language="en")
    cast = Cast(_narrator(cache=cache))
    stitcher = Stitcher(cast, folder, cache=cache, instead=instead)
    (chapter,) = record(stitcher, write_script(article, Pauses()))
    return [cue.utterance.spoken for cue in chapter.cues]


def test_something_is_said_in_its_place(tmp_path: Path) -> None:
    """A listener hears that a sentence is missing; the sentences around it are as they would be."""
    assert _stitched(tmp_path, ["Before.", "A a@b.", "After."], "Could not be said.") == [
        "Title", "Before.", "Could not be said.", "After.",
    ]  # fmt: skip


def test_where_nothing_may_be_said_in_its_place_it_ends_the_build(tmp_path: Path) -> None:
    """As with --strict."""
    with pytest.raises(SpeakError, match="could not be spoken"):
        _stitched(tmp_path, ["Before.", "A a@b.", "After."], "")


def test_an_engine_that_fails_again_and_again_ends_the_build(tmp_path: Path) -> None:
    """An edition of apologies helps nobody."""
    with pytest.raises(SpeakError, match="could not be spoken"):
        _stitched(tmp_path, ["A a@b."] * 9, "Could not be said.")


def test_what_was_said_in_its_place_is_not_kept(tmp_path: Path) -> None:
    """The engine may say the sentence another time: the take is recorded anew."""
    cache = Cache(tmp_path / "cache")
    _stitched(tmp_path, ["A a@b."], "Could not be said.", cache)
    article = Article("Title", (Paragraph(Text("A a@b.")),), language="en")
    healed = replace(_narrator(cache=cache), engine=_Picky(taboo="#"))
    stitcher = Stitcher(Cast(healed), tmp_path, cache=cache, instead="Could not be said.")
    (chapter,) = record(stitcher, write_script(article, Pauses()))
    assert "Could not be said." not in [cue.utterance.spoken for cue in chapter.cues]
