"""Exact time by construction: pauses, cues and chapter lengths, to the sample."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.formats.mp3_stream import write_mp3
from audio_edition.model import RATE_HZ, Chapter, ChapterRecording, Clip, Delivery, Pause, Script, Utterance
from audio_edition.record import stitch
from audio_edition.record.stitch import HEAD_MS, Stitcher, plan_takes
from audio_edition.speak.cast import Cast
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.tone import ToneEngine
from support.spoken import spoken_chapter
from support.stitched import record

if TYPE_CHECKING:
    from pydub import AudioSegment

FRAME = 1152


def _chapter(number: int, texts: list[str], last_pause_ms: int, pause_ms: int = 250) -> Chapter:
    parts: list[Utterance | Pause] = []
    for index, text in enumerate(texts):
        utterance = Utterance(f"c{number:02}-p{index + 1:03}-s01", text, text)
        parts += [utterance, Pause(pause_ms, "sentence")]
    parts[-1] = Pause(last_pause_ms, "before heading")
    return spoken_chapter(parts, f"c{number:02}", f"Chapter {number}")


def _record(
    narrator: Narrator, folder: Path, *chapters: Chapter, cache: Cache | None = None
) -> tuple[ChapterRecording, ...]:
    return record(Stitcher(Cast(narrator), folder, cache=cache), Script("Title", chapters))


def _decoded(track: Path) -> np.ndarray:
    return np.frombuffer(audio.decoded(track).pcm, "<i2").astype(float)[1105:]


def test_chapters_follow_each_other_in_whole_frames(hum: Narrator, tmp_path: Path) -> None:
    """Every chapter starts where the one before ends, on a frame of the codec, so that joined frames keep the time."""
    recorded = _record(hum, tmp_path, *(_chapter(n, ["one two"] * n, 900) for n in (1, 2, 3)))
    assert [chapter.start for chapter in recorded] == [0, recorded[0].end, recorded[1].end]
    assert all(chapter.length % FRAME == 0 for chapter in recorded)


def test_between_two_cues_lies_the_pause_asked_for(hum: Narrator, tmp_path: Path) -> None:
    """A pause within a chapter has its length to the sample, at the engine's rate."""
    (recorded,) = _record(hum, tmp_path, _chapter(1, ["one", "two", "three"], 1000, pause_ms=650))
    gaps = [after.start - before.end for before, after in itertools.pairwise(recorded.cues)]
    assert gaps == [2 * round(0.650 * 22_050)] * 2
    assert recorded.cues[0].start == RATE_HZ * HEAD_MS // 1000


class _Breathing(Narrator):
    """A narrator whose clips bring along 60 ms of the pause before them and 100 ms of that behind."""

    def speak(self, utterance: Utterance) -> Clip:
        clip = super().speak(utterance)
        lead, tail = (audio.samples_in(milliseconds, clip.rate_hz) for milliseconds in (60, 100))
        words = tuple(replace(word, start=word.start + lead, end=word.end + lead) for word in clip.words)
        return Clip(b"\1\0" * lead + clip.pcm + b"\1\0" * tail, clip.rate_hz, words, lead, tail)


@pytest.mark.parametrize("pause_ms", [650, 160, 90])
def test_what_a_clip_brings_along_is_part_of_the_pause(hum: Narrator, tmp_path: Path, pause_ms: int) -> None:
    """Cues and words are where they would be without it; a pause is never shorter than what was brought along."""
    chapter = _chapter(1, ["one", "two", "three"], 1000, pause_ms)
    breathing = _Breathing(hum.engine, hum.delivery)
    (bare,) = _record(hum, tmp_path, _chapter(1, ["one", "two", "three"], 1000, max(pause_ms, 160)))
    (brought,) = _record(breathing, tmp_path, chapter)
    assert [(cue.start, cue.end, cue.words) for cue in brought.cues] == [
        (cue.start, cue.end, cue.words) for cue in bare.cues
    ]
    assert brought.length == bare.length


@given(
    st.lists(st.lists(st.text("abc ", min_size=1).filter(str.strip), min_size=1, max_size=3), min_size=1, max_size=3),
    st.integers(0, 2500),
)
@settings(max_examples=20)
def test_times_rise_and_chapters_part_by_their_pause(
    hum: Narrator, tmp_path: Path, texts: list[list[str]], pause_ms: int
) -> None:
    """Whatever is said: cues rise without overlap inside their chapter, and between chapters lies the pause asked for,
    give or take half a frame, and never less than 150 ms."""
    recorded = _record(hum, tmp_path, *(_chapter(n, chapter, pause_ms) for n, chapter in enumerate(texts, 1)))
    for chapter in recorded:
        edges = [edge for cue in chapter.cues for edge in (cue.start, cue.end)]
        assert edges == sorted(edges)
        assert edges[-1] < chapter.length
        assert all(cue.start <= word.start <= word.end <= cue.end for cue in chapter.cues for word in cue.words)
    for before, after in itertools.pairwise(recorded):
        silence = before.length - before.cues[-1].end + after.cues[0].start
        wanted = max(pause_ms, HEAD_MS + 50) * RATE_HZ / 1000
        assert abs(silence - wanted) <= FRAME / 2 + 2 or (pause_ms < 200 and silence >= 0.15 * RATE_HZ - 2)


class _FineTone(ToneEngine):
    """The engine that beeps, at twice the rate."""

    rate_hz = RATE_HZ


def _two_voices(hum: Narrator, engine: ToneEngine, gain_db: float = 0.0) -> Cast:
    """The fixture's voice, and a higher one for French."""
    high = Narrator(engine, Delivery(engine.voices()[1]), gain_db=gain_db)
    return Cast(hum, {"fr": high})


def _bilingual(number: int = 1) -> Chapter:
    chapter = _chapter(number, ["one two", "deux", "three"], 1000)
    return spoken_chapter(
        [
            replace(part, language="fr") if isinstance(part, Utterance) and part.text == "deux" else part
            for part in chapter.parts
        ],
        chapter.id,
    )


@pytest.mark.parametrize("engine", [ToneEngine(), _FineTone()], ids=["same rate", "two rates"])
def test_two_voices_are_counted_to_the_sample(hum: Narrator, engine: ToneEngine, tmp_path: Path) -> None:
    """Whoever speaks, at whatever rate: a cue is as long as its clip, a gap as its pause, a word where it was said."""
    cast = _two_voices(hum, engine)
    chapter = _bilingual()
    (recorded,) = record(Stitcher(cast, tmp_path), Script("Title", (chapter,)))
    rate_hz = max(hum.rate_hz, engine.rate_hz)
    position = audio.samples_in(HEAD_MS, rate_hz) * RATE_HZ // rate_hz
    for cue in recorded.cues:
        narrator = cast.narrator_of(cue.utterance)
        clip = narrator.speak(cue.utterance)
        scale = RATE_HZ // narrator.rate_hz
        assert (cue.start, cue.end) == (position, position + clip.length * scale)
        words = [(word.start - cue.start, word.end - cue.start) for word in cue.words]
        assert words == [(word.start * scale, word.end * scale) for word in clip.words]
        position = cue.end + audio.samples_in(250, rate_hz) * RATE_HZ // rate_hz
    assert [cue.voice and cue.voice.id for cue in recorded.cues] == [None, "high", None]


def test_sound_of_two_rates_lies_where_its_cue_says(english: Narrator, tmp_path: Path) -> None:
    """A voice of half the rate is heard within 1 ms of its cue, beside one of the full rate."""
    cast = Cast(english, {"fr": Narrator(_FineTone(), Delivery(_FineTone().voices()[1]))})
    (recorded,) = record(Stitcher(cast, tmp_path), Script("Title", (_bilingual(),)))
    heard = _decoded(recorded.takes[0].tracks["mp3"])
    for cue in (recorded.cues[0], recorded.cues[2]):
        lag, correlation = _lag(heard, cue.start, english.speak(cue.utterance))
        assert abs(lag) <= RATE_HZ // 1000
        assert correlation >= 0.9


def test_no_voice_is_amplified_before_the_limiter(
    hum: Narrator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The chapter has the larger gain of its voices; clips of the other one are made softer by the difference."""
    gains: list[float] = []
    peaks: list[int] = []

    def watched(gain_db: float, _: int, tracks: object, sounds: Iterable[AudioSegment], voices_hz: int) -> None:
        gains.append(gain_db)
        peaks.extend(sound.max for sound in sounds if sound.max)
        for track in tracks.values():  # type: ignore[attr-defined]
            track.touch()

    monkeypatch.setattr(audio, "encode", watched)
    record(
        Stitcher(_two_voices(replace(hum, gain_db=-2.0), ToneEngine(), -8.0), tmp_path),
        Script("Title", (_bilingual(),)),
    )
    assert gains == [-2.0]
    loud, soft, again = peaks
    assert loud == again == 8000
    assert soft == pytest.approx(8000 * 10 ** (-6 / 20), abs=1)


def test_a_second_voice_changes_only_the_chapters_it_speaks_in(hum: Narrator, tmp_path: Path, cache: Cache) -> None:
    """However loud the other voice: a chapter without it is the same bytes, and comes from the cache."""
    plain, foreign = _chapter(1, ["one", "two"], 900), _bilingual(2)
    tracks = []
    for name, cast in (("one", Cast(hum)), ("two", _two_voices(hum, _FineTone(), 5.0))):
        (tmp_path / name).mkdir()
        recorded = record(Stitcher(cast, tmp_path / name, cache=cache), Script("Title", (plain, foreign)))
        tracks.append([chapter.takes[0].tracks["mp3"].read_bytes() for chapter in recorded])
    assert tracks[0][0] == tracks[1][0]
    assert tracks[0][1] != tracks[1][1]


@pytest.mark.parametrize("other", ["louder", "another voice"])
def test_what_a_second_voice_is_like_is_in_the_key(hum: Narrator, tmp_path: Path, cache: Cache, other: str) -> None:
    """A kept chapter is not taken for one whose second voice, or its level, is another."""
    before = _two_voices(hum, ToneEngine(), -3.0)
    engine = ToneEngine()
    after = {
        "louder": _two_voices(hum, ToneEngine(), -1.0),
        "another voice": Cast(hum, {"fr": Narrator(engine, Delivery(engine.voices()[0]), gain_db=-3.0)}),
    }[other]
    tracks = []
    for cast in (before, after, before):
        (recorded,) = record(Stitcher(cast, tmp_path, cache=cache), Script("Title", (_bilingual(),)))
        tracks.append(recorded.takes[0].tracks["mp3"].read_bytes())
    assert tracks[0] == tracks[2] != tracks[1]


def test_each_cue_sounds_as_its_clip_at_lag_0(english: Narrator, tmp_path: Path) -> None:
    """In the decoded track every cue holds the engine's own clip: correlation 0.9 or more within 1 ms of its start."""
    texts = ["Fish and chips.", "She stubs her toe, wailing briefly in pain.", "No."]
    (recorded,) = _record(english, tmp_path, _chapter(1, texts, 1000))
    heard = _decoded(recorded.takes[0].tracks["mp3"])
    for cue in recorded.cues:
        lag, correlation = _lag(heard, cue.start, english.speak(cue.utterance))
        assert abs(lag) <= RATE_HZ // 1000
        assert correlation >= 0.9


def test_a_track_moved_by_two_milliseconds_would_be_noticed(english: Narrator, tmp_path: Path) -> None:
    """The broken twin of the test above: sound that is 88 samples late is found to be late."""
    (recorded,) = _record(english, tmp_path, _chapter(1, ["Fish and chips."], 1000))
    late = np.concatenate([np.zeros(88), _decoded(recorded.takes[0].tracks["mp3"])])
    (cue,) = recorded.cues
    assert _lag(late, cue.start, english.speak(cue.utterance))[0] == pytest.approx(88, abs=2)


def _lag(heard: np.ndarray, start: int, clip: Clip) -> tuple[int, float]:
    """Where around `start` the clip is found best, in samples from it, and how well (1 is the same)."""
    said = np.frombuffer(clip.pcm, "<i2").astype(float)
    said = np.interp(np.arange(2 * len(said)) / 2, np.arange(len(said)), said)
    around = heard[start - 400 : start + len(said) + 400]
    found = np.correlate(around, said, "valid")
    best = int(found.argmax())
    part = around[best : best + len(said)]
    return best - 400, float(found[best] / np.sqrt((part**2).sum() * (said**2).sum()))


def test_there_is_no_click_where_sounds_join(english: Narrator, tmp_path: Path) -> None:
    """At the edges of every clip no sample jumps by more than 0.05 of full scale."""
    (recorded,) = _record(english, tmp_path, _chapter(1, ["Stop.", "Hap.", "Is it?", "Yes, it is.", "Zoo."], 1000))
    heard = _decoded(recorded.takes[0].tracks["mp3"]) / 32768
    for cue in recorded.cues:
        for edge in (cue.start, cue.end):
            assert np.abs(np.diff(heard[edge - 20 : edge + 20])).max() < 0.05


def test_words_are_found_in_the_text_as_written(english: Narrator, tmp_path: Path) -> None:
    """A cue's words point into the transcript, though they were said otherwise."""
    chapter = spoken_chapter(
        [Utterance("c01-p001-s01", "Some IS men (SDF) fled.", "Some I-S men, S-D-F, fled."), Pause(1000, "end")]
    )
    (recorded,) = _record(english, tmp_path, chapter)
    (cue,) = recorded.cues
    said = [cue.utterance.text[word.text_start : word.text_end] for word in cue.words]
    assert [word for index, word in enumerate(said) if word not in said[:index]] == ["Some", "IS", "men", "SDF", "fled"]
    assert cue.words[0].start == pytest.approx(cue.start, abs=800)


def test_a_kept_chapter_is_the_same_to_the_byte(hum: Narrator, tmp_path: Path, cache: Cache) -> None:
    """From the cache comes what would have been made, times and frames, without speaking."""
    chapters = [_chapter(1, ["one", "two"], 900), _chapter(2, ["three"], 900)]
    folders = [tmp_path / name for name in ("plain", "first", "second")]
    for folder in folders:
        folder.mkdir()
    plain = _record(hum, folders[0], *chapters)
    for folder in folders[1:]:
        again = _record(hum, folder, *chapters, cache=cache)
        for one, other in zip(plain, again, strict=True):
            assert replace(one, takes=()) == replace(other, takes=())
            assert one.takes[0].tracks["mp3"].read_bytes() == other.takes[0].tracks["mp3"].read_bytes()


def test_a_changed_sentence_changes_no_other_chapter(hum: Narrator, tmp_path: Path) -> None:
    """Before and after a correction in chapter 1, chapters 2 and 3 are the same bytes."""
    before, after = tmp_path / "before", tmp_path / "after"
    for folder, first in ((before, "one two"), (after, "one two and a half")):
        folder.mkdir()
        _record(hum, folder, _chapter(1, [first], 900), _chapter(2, ["three"], 900), _chapter(3, ["four"], 900))
    same = [
        (before / name).read_bytes() == (after / name).read_bytes() for name in sorted(p.name for p in before.iterdir())
    ]
    assert same == [False, True, True]


@pytest.fixture
def short_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes of some seconds, not of nine minutes."""
    monkeypatch.setattr(stitch, "_CUT_CHARACTERS", 40)
    monkeypatch.setattr(stitch, "_MOST_CHARACTERS", 240)


def _paragraphs(count: int) -> Chapter:
    """One chapter of so many paragraphs of one sentence, each with other words."""
    return _chapter(1, [f"{number} of them" for number in range(count)], 1000, 650)


@pytest.mark.usefixtures("short_takes")
def test_a_long_chapter_is_recorded_in_takes(hum: Narrator, tmp_path: Path) -> None:
    """Cut between paragraphs, at whole frames; the cues go on through all of them."""
    (recorded,) = _record(hum, tmp_path, _paragraphs(60))
    assert len(recorded.takes) > 2
    assert all(take.length % FRAME == 0 for take in recorded.takes)
    assert [take.start for take in recorded.takes] == [
        sum(take.length for take in recorded.takes[:number]) for number in range(len(recorded.takes))
    ]
    assert recorded.length == sum(take.length for take in recorded.takes)
    assert len(recorded.cues) == 60
    gaps = [after.start - before.end for before, after in itertools.pairwise(recorded.cues)]
    assert all(abs(gap - 0.650 * RATE_HZ) <= FRAME / 2 + 2 for gap in gaps)
    inside = [gap for gap in gaps if gap == 2 * round(0.650 * 22_050)]
    assert len(gaps) - len(inside) < len(recorded.takes)


@pytest.mark.usefixtures("short_takes")
def test_a_long_chapter_sounds_where_its_cues_say(english: Narrator, tmp_path: Path) -> None:
    """Also behind a join of two takes, in the one track that is handed out."""
    sentences = ["Fish and chips.", *["The bell rang over the old town."] * 8, "Hap."]
    chapter = _chapter(1, sentences, 1000, pause_ms=650)
    (recorded,) = _record(english, tmp_path, chapter)
    assert len(recorded.takes) > 1
    write_mp3(tmp_path / "whole.mp3", [recorded], b"")
    heard = np.frombuffer(audio.decoded(tmp_path / "whole.mp3").pcm, "<i2").astype(float)
    assert len(heard) == recorded.length
    for cue in (recorded.cues[0], recorded.cues[-1]):
        lag, correlation = _lag(heard, cue.start, english.speak(cue.utterance))
        assert abs(lag) <= RATE_HZ // 1000
        assert correlation >= 0.9


@pytest.mark.usefixtures("short_takes")
def test_a_correction_leaves_most_of_a_long_chapter_as_it_was(hum: Narrator, tmp_path: Path, cache: Cache) -> None:
    """A sentence more at the start of a long chapter: the takes far behind it are the same bytes, at later times."""
    before, after = tmp_path / "before", tmp_path / "after"
    chapter = _paragraphs(150)
    changed = spoken_chapter([Utterance("c01-p000-s01", "New.", "New."), Pause(650, "p"), *chapter.parts])
    tracks = []
    for folder, said in ((before, chapter), (after, changed)):
        folder.mkdir()
        (recorded,) = _record(hum, folder, said, cache=cache)
        tracks.append([take.tracks["mp3"].read_bytes() for take in recorded.takes])
    first, second = tracks
    assert len(set(first) & set(second)) >= len(first) / 2


@given(st.lists(st.tuples(st.integers(1, 9000), st.integers(0, 1000)), min_size=1, max_size=12))
def test_stretches_hold_all_parts_in_order(sizes: list[tuple[int, int]]) -> None:
    """Nothing is lost or doubled where a chapter is cut, and each plan but the last ends with a long pause."""
    parts: list[Utterance | Pause] = []
    for number, (letters, pause_ms) in enumerate(sizes):
        parts += [Utterance(f"c01-p{number:03}-s01", "a" * letters, "a" * letters), Pause(pause_ms, "any")]
    script = Script("Title", (spoken_chapter(parts), _chapter(2, ["x"], 0)))
    plans = plan_takes(script)
    assert [part for plan in plans for part in plan.parts] == [
        part for chapter in script.chapters for part in chapter.parts
    ]
    assert len({plan.name for plan in plans}) == len(plans)
    for plan in plans[:-2]:
        last = plan.parts[-1]
        assert isinstance(last, Pause)
        assert last.milliseconds >= 500
    assert [bool(plan.next_head_ms) for plan in plans] == [True] * (len(plans) - 1) + [False]


class _Mute(ToneEngine):
    """An engine that is not to be asked."""

    def speak(self, *_: object, **__: object) -> Clip:
        raise AssertionError("asked")


def test_of_what_is_kept_the_tracks_go_last(hum: Narrator, tmp_path: Path, cache: Cache) -> None:
    """A book larger than the cache loses its clips first: built again unchanged, it comes from its tracks."""
    chapters = [_chapter(number, [f"number {number}", "and more"], 900) for number in range(1, 6)]
    recorded = _record(replace(hum, cache=cache), tmp_path, *chapters, cache=cache)
    tracks_bytes = sum(chapter.takes[0].tracks["mp3"].stat().st_size + 2000 for chapter in recorded)
    assert cache.usage().bytes > 2 * tracks_bytes
    replace(cache, limit_bytes=round(1.2 * tracks_bytes)).prune()
    again = _record(replace(hum, engine=_Mute(), cache=cache), tmp_path, *chapters, cache=cache)
    assert [chapter.cues for chapter in again] == [chapter.cues for chapter in recorded]
