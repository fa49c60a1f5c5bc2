"""Lengths before any sound: what the engine tells is what will be heard, and an estimate is called one."""

from __future__ import annotations

from typing import Any

import pytest

from audio_edition import audio
from audio_edition.errors import SpeakError
from audio_edition.model import Delivery, Pause, Script, Speech, Utterance
from audio_edition.speak import cast, loudness
from audio_edition.speak.engine import Engine, RetryableSpeechError
from audio_edition.speak.lengths import Length, chapter_length, lengths_of
from audio_edition.speak.tone import ToneEngine
from audio_edition.speak.voices import choose_voice
from support.spoken import spoken_chapter

TEXTS = ("The council met on Tuesday evening, in the old town hall.", "Nobody cared.")
TONE = Speech(engine="tone", voice="hum")


def _script(*texts: str, language: str = "en") -> Script:
    parts: list[Utterance | Pause] = []
    for number, text in enumerate(texts, 1):
        parts += [Utterance(f"c01-p001-s{number:02}", text, text), Pause(250, "sentence")]
    return Script("Title", (spoken_chapter(parts),), language)


def _heard_seconds(engine: Engine, spoken: str, rate_wpm: int = 175) -> float:
    voice = engine.voices()[0]
    clip = audio.trimmed(engine.speak(spoken, Delivery(voice, rate_wpm)))
    return clip.length / clip.rate_hz


@pytest.fixture
def _nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def said(*_: object) -> None:
        raise AssertionError("something was said")

    monkeypatch.setattr(ToneEngine, "speak", said)
    monkeypatch.setattr(loudness, "ahead", said)


@pytest.mark.usefixtures("_nothing_is_said")
def test_lengths_need_no_sound() -> None:
    """Neither a sentence is said, nor a passage to measure the voice's level."""
    assert list(lengths_of(_script(*TEXTS), TONE)) == ["c01-p001-s01", "c01-p001-s02"]
    assert not any(length.is_estimate for length in lengths_of(_script(*TEXTS), TONE).values())
    with pytest.raises(AssertionError, match="something was said"), cast.cast_for(_script(*TEXTS), TONE):
        pass


def test_a_told_length_is_what_is_heard() -> None:
    """To a hundredth of a second, with the beeps."""
    told = lengths_of(_script(*TEXTS), TONE).values()
    heard = [_heard_seconds(ToneEngine(), text) for text in TEXTS]
    assert [length.seconds for length in told] == pytest.approx(heard, abs=0.01)


def test_a_chapter_is_as_long_as_its_sentences_and_pauses() -> None:
    """One estimate in it makes it an estimate."""
    (chapter,) = _script(*TEXTS).chapters
    first, second = chapter.utterances
    told = {first.id: Length(4.0, False), second.id: Length(1.5, False)}
    assert chapter_length(chapter, told) == Length(6.0, is_estimate=False)
    assert chapter_length(chapter, told | {second.id: Length(1.5, True)}) == Length(6.0, is_estimate=True)


@pytest.mark.parametrize("language", sorted(loudness.PASSAGES))
def test_an_estimate_comes_near(espeak: Engine, language: str) -> None:
    """To a quarter of what eSpeak NG takes for a passage; it is marked, and a lower rate takes longer in proportion."""
    text = loudness.PASSAGES[language]
    script = _script(text, language=language)
    (length,) = lengths_of(script, Speech(engine="espeak", rate_wpm=175)).values()
    clip = audio.trimmed(espeak.speak(text, Delivery(choose_voice(espeak, "", language), 175)))
    assert length.is_estimate
    assert length.seconds == pytest.approx(clip.length / clip.rate_hz, rel=0.25)
    (slower,) = lengths_of(script, Speech(engine="espeak", rate_wpm=100)).values()
    assert slower.seconds == pytest.approx(length.seconds * 1.75)


def test_what_an_engine_cannot_tell_is_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that it stumbles over has a length all the same; another error is one."""

    def stumbles(*_: Any) -> float:
        raise RetryableSpeechError("no")

    def fails(*_: Any) -> float:
        raise SpeakError("No.", "Don't.")

    monkeypatch.setattr(ToneEngine, "seconds", stumbles)
    assert all(length.is_estimate for length in lengths_of(_script(*TEXTS), TONE).values())
    monkeypatch.setattr(ToneEngine, "seconds", fails)
    with pytest.raises(SpeakError, match="No"):
        lengths_of(_script(*TEXTS), TONE)


def test_kokoro_tells_what_will_be_heard(kokoro: Any) -> None:
    """All of it within three hundredths, a sentence within a fifth of a second; a long one is said in parts."""
    texts = [*TEXTS, "Fire Destroys Old Mill", ", ".join(["the boats came home in the rain"] * 10) + "."]
    delivery = Delivery(kokoro.voices()[0])
    told = [kokoro.seconds(text, delivery) for text in texts]
    heard = [_heard_seconds(kokoro, text) for text in texts]
    assert told == pytest.approx(heard, abs=0.2)
    assert sum(told) == pytest.approx(sum(heard), rel=0.03)


def test_kokoros_first_half_gives_the_frames_of_the_whole(kokoro: Any) -> None:
    """The same numbers, so that word times are known beforehand too."""
    style = kokoro._style(kokoro._file(kokoro.voices()[0]))
    numbers = [16, 43, 50, 16, 62, 4]
    _, frames = kokoro._model().run(numbers, style[len(numbers) - 1], 1.0)
    assert kokoro._lengths().frames(numbers, style[len(numbers) - 1], 1.0) == frames


def test_a_model_of_another_kind_tells_no_lengths() -> None:
    """Without the layer that gives them, it is refused."""
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    from audio_edition.speak.kokoro.graph import first_half

    with pytest.raises(ValueError, match="no lengths of tokens"):
        first_half(onnx.ModelProto())
