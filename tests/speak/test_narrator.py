"""No sentence is ever lost silently: cached whole, checked, tried again, named."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.errors import SpeakError
from audio_edition.model import Clip, Delivery, Pronunciation, Utterance, Voice
from audio_edition.speak.engine import RetryableSpeechError
from audio_edition.speak.loudness import TARGET_LUFS, gain_of
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.tone import ToneEngine

UTTERANCE = Utterance("c02-p003-s01", "Trudging up a cliff, they came.", "Trudging up a cliff, they came.")


@dataclass
class _Faulty(ToneEngine):
    """The engine that beeps, with a list of what goes wrong first."""

    faults: list[str]
    spoken: list[str] = field(default_factory=list)

    def speak(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> Clip:
        self.spoken.append(spoken)
        clip = super().speak(spoken, delivery)
        fault = self.faults.pop(0) if self.faults else "none"
        if fault == "crash":
            raise RetryableSpeechError("the engine's process ended")
        return {"none": clip, "empty": replace(clip, pcm=b""), "silent": replace(clip, pcm=bytes(len(clip.pcm)))}.get(
            fault, replace(clip, pcm=clip.pcm[: len(clip.pcm) // 40 * 2])
        )


def _narrator(faults: list[str], cache: Cache | None = None) -> tuple[Narrator, _Faulty]:
    engine = _Faulty(faults)
    return Narrator(engine, Delivery(Voice("hum", "Hum", "en", "tone")), cache), engine


@pytest.mark.parametrize("fault", ["crash", "empty", "silent", "short"])
def test_one_failure_is_made_good(fault: str) -> None:
    """An utterance that fails once is said again, and comes back whole."""
    narrator, engine = _narrator([fault])
    whole, _ = _narrator([])
    assert narrator.speak(UTTERANCE) == whole.speak(UTTERANCE)
    assert len(engine.spoken) == 2


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("crash", "process ended"), ("empty", "no sound"), ("silent", "no sound"), ("short", "only 0.")],
)
def test_two_failures_name_the_sentence(fault: str, reason: str, cache: Cache) -> None:
    """The error says which sentence, which voice and why, and nothing of it is kept."""
    narrator, engine = _narrator([fault] * 100, cache)
    with pytest.raises(SpeakError) as caught:
        narrator.speak(UTTERANCE)
    for part in ("c02-p003-s01", "Trudging up a cliff", "voice hum", reason):
        assert part in caught.value.message
    assert engine.spoken[:2] == [UTTERANCE.spoken] * 2
    assert cache.open(narrator.key(UTTERANCE)) is None


def test_an_engine_that_stops_midway_is_noticed() -> None:
    """Where words are marked, a clip whose last word is far from the end of the text is not taken for whole."""
    text = "A sentence that goes on for long enough to be cut short by an engine that has had enough of it all."
    narrator, engine = _narrator([])
    whole = engine.speak(text, narrator.delivery)
    cut = replace(whole, words=whole.words[:8])
    engine.speak = lambda spoken, delivery, pronunciations=(): cut  # type: ignore[method-assign]
    with pytest.raises(RetryableSpeechError, match="it stopped before “to be cut short"):
        narrator._checked_clip(text, ())


LONG = "A sentence that goes on for long enough to be said twice by an engine that likes its own sound so much."


@pytest.mark.parametrize(
    ("marks", "message"),
    [
        ("again", "it said “A sentence that goes on .* again"),
        ("once", r"it gave \d\.\d seconds of sound for “much\.”"),
    ],
)
def test_an_engine_that_says_it_twice_is_noticed(marks: str, message: str) -> None:
    """Whether it marks the words of the second time, too, or goes on with sound behind the last one."""
    narrator, engine = _narrator([])
    whole = engine.speak(LONG, narrator.delivery)
    again = tuple(replace(word, start=word.start + whole.length, end=word.end + whole.length) for word in whole.words)
    twice = replace(whole, pcm=2 * whole.pcm, words=whole.words + again * (marks == "again"))
    engine.speak = lambda spoken, delivery, pronunciations=(): twice  # type: ignore[method-assign]
    with pytest.raises(SpeakError, match=message):
        narrator.speak(Utterance("c01-p001-s01", LONG, LONG))


@pytest.mark.parametrize("rate_wpm", [80, 175, 450])
def test_an_engine_without_marks_that_does_not_stop_is_noticed(rate_wpm: int) -> None:
    """Sound far longer than any voice would need is not taken for speech, at any rate."""
    narrator, engine = _narrator([])
    narrator = replace(narrator, delivery=replace(narrator.delivery, rate_wpm=rate_wpm))
    whole = engine.speak(LONG, replace(narrator.delivery, rate_wpm=min(rate_wpm, 175)))
    endless = replace(whole, pcm=20 * whole.pcm, words=())
    engine.speak = lambda spoken, delivery, pronunciations=(): endless  # type: ignore[method-assign]
    with pytest.raises(SpeakError, match=r"seconds of sound for “A sentence"):
        narrator.speak(Utterance("c01-p001-s01", LONG, LONG))


@pytest.mark.parametrize(
    "text", ["1234567 — W W W? 10:30, 3½ €", "漢字かな交じり文", "kjmxzqwrtps", "𝓱𝓮𝓵𝓵𝓸", "ʁɔʃʒŋ", "ሰላም", "5", "Hm."]
)
@pytest.mark.parametrize("rate_wpm", [80, 450])
def test_what_takes_long_to_say_is_not_too_long(english: Narrator, text: str, rate_wpm: int) -> None:
    """Figures, signs, spelled letters and ideographs are far from the bound."""
    delivery = replace(english.delivery, rate_wpm=rate_wpm)
    assert replace(english, delivery=delivery).speak(Utterance("c01-p001-s01", text, text)).length


def test_a_kept_clip_is_not_spoken_again(cache: Cache) -> None:
    """The second time costs no synthesis, and gives the same clip."""
    narrator, engine = _narrator([], cache)
    first = narrator.speak(UTTERANCE)
    assert narrator.speak(replace(UTTERANCE, id="c09-p001-s01", text="otherwise written")) == first
    assert engine.spoken == [UTTERANCE.spoken]


def test_what_shapes_the_sound_is_in_the_key() -> None:
    """Another text, voice, rate or engine version is another clip; another id or spelling is not."""
    narrator, engine = _narrator([])
    key = narrator.key(UTTERANCE)
    quick = replace(narrator, delivery=replace(narrator.delivery, rate_wpm=200))
    high = replace(narrator, delivery=replace(narrator.delivery, voice=engine.voices()[1]))
    newer = replace(narrator, engine=_Faulty([]))
    newer.engine.version = "2"
    others = {
        quick.key(UTTERANCE),
        high.key(UTTERANCE),
        newer.key(UTTERANCE),
        narrator.key(replace(UTTERANCE, spoken="x")),
    }
    assert len(others | {key}) == 5
    assert narrator.key(replace(UTTERANCE, id="c01-p001-s01", text="x")) == key


@pytest.mark.parametrize(
    ("voice", "text"),
    [
        (
            "en-us",
            "Two of the three drivers stopped for lunch. The third one carried on to the coast, as she always did.",
        ),
        (
            "en-gb+f2",
            "Two of the three drivers stopped for lunch. The third one carried on to the coast, as she always did.",
        ),
        (
            "fr-fr",
            "Deux des trois conducteurs se sont arrêtés pour déjeuner. La troisième a continué vers la côte.",
        ),
        ("ru", "Два водителя из трёх остановились пообедать. Третья поехала дальше, к берегу моря, как всегда."),
        ("ar", "توقف سائقان من الثلاثة لتناول الغداء. وواصلت الثالثة طريقها إلى الساحل كعادتها دائما."),
        (
            "sv",
            "Två av de tre förarna stannade för att äta lunch. Den tredje fortsatte mot kusten, som hon alltid gjorde.",
        ),
    ],
)
def test_every_voice_comes_to_the_same_level(english: Narrator, voice: str, text: str) -> None:
    """Another text of a voice's own language, at the voice's gain, lies at -19 LUFS, give or take the text."""
    found = english.engine.voice(voice)
    assert found is not None
    narrator = replace(english, delivery=Delivery(found))
    sound = audio.segment(narrator.speak(Utterance("c01-p001-s01", text, text)))
    assert audio.loudness_lufs([sound], gain_of(narrator)) == pytest.approx(TARGET_LUFS, abs=1)


def test_the_gain_is_measured_once(english: Narrator, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """A voice's gain is kept, and is the same whether it was kept or measured."""
    keeping = replace(english, cache=cache)
    gain_db = gain_of(keeping)
    assert gain_of(english) == gain_db
    monkeypatch.setattr(audio, "gain_for", lambda *_: pytest.fail("measured again"))
    assert gain_of(keeping) == gain_db
