"""Whether Kokoro says every sentence whole and alike: the same bytes in any order and process, words where they sound,
no ends cut off and nothing said behind them.

    python benchmarks/robustness.py KEPT [--utterances 2000] [--heard 200] [--minutes M] [--voice af_heart] [--seed 1]

Utterances are the sentences of the English seeds and texts, and their clauses; nine in ten have 3 to 12 words. They are
said in random order, as often as it takes, on two threads in one process; a second process says each once, in another
order. Each is to have the bytes that it had before, and the length that the first half of the model foretold. Starts of
words are compared with the sound's own: where it rises behind at least 120 ms of quiet. Of some, said once more, the
recogniser hears whether the last word is the text's. The results are kept in the folder KEPT. After M minutes the
run stops and prints what it has so far; the next run continues from there.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import json
import multiprocessing
import random
import re
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from audio_edition import audio
from audio_edition.config import Settings
from audio_edition.edition.build import make_script
from audio_edition.hearing.comparison import comparable, compared
from audio_edition.hearing.recogniser import RATE_HZ, Recogniser
from audio_edition.model import Clip, Delivery, Utterance
from audio_edition.speak import open_engine
from audio_edition.speak.engine import TellsLengths
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.voices import choose_voice

ROOT = Path(__file__).parents[1]
_FRAME_SECONDS = 0.005
_QUIET_FRAMES = 24
"""In front of a word, so that a stop within a word (p, t, k) is none."""
_QUIET_DB = -40
"""Below the loudest frame of a sentence."""
_FURTHEST_SECONDS = 0.3
_MOST_OFF_SECONDS = 0.25
"""A sentence's length from what was foretold, which does not know where sound is soft at the ends."""
_WINDOW_SECONDS = 28
_FEW_WORDS = 12
_AT_ONCE = 8
"""Utterances between two looks at the clock."""
_PAUSE = bytes(2 * RATE_HZ)


@dataclass(frozen=True, slots=True)
class Said:
    """Of an utterance: its place in the order, the digest of its samples, how far its length is from the one foretold,
    and how far starts of words are from those of sound, in seconds."""

    place: int
    digest: str
    off: float
    starts: list[float]


def _chosen(count: int, order: random.Random) -> list[str]:
    """Return so many utterances in random order, nine in ten of them short."""
    sentences = _sentences()
    clauses = (clause for sentence in sentences for clause in re.split(r"(?<=[,;:]) ", sentence))
    few = {each: None for each in (*sentences, *clauses) if 3 <= len(each.split()) <= _FEW_WORDS}
    many = [each for each in sentences if len(each.split()) > _FEW_WORDS]
    long = count // 10
    several = [*_as_often(list(few), count - long), *_as_often(many, long)]
    return order.sample(several, len(several))


def _sentences() -> list[str]:
    places = [*sorted(ROOT.glob("seeds/*.txt")), *sorted(ROOT.glob("benchmarks/texts/*.txt"))]
    scripts = (make_script(path, Settings()) for path in places)
    return [each.spoken for script in scripts if script.language == "en" for each in script.utterances]


def _as_often(texts: list[str], count: int) -> list[str]:
    return list(itertools.islice(itertools.cycle(texts), count))


@contextlib.contextmanager
def _narrator(voice: str) -> Iterator[Narrator]:
    with contextlib.closing(open_engine("kokoro")) as engine:
        yield Narrator(engine, Delivery(choose_voice(engine, voice, "en")))


def _all_said(voice: str, texts: Sequence[str], kept: Path, until: float) -> list[Said]:
    """Return what became of each, two at a time: what is kept of earlier runs, and as many more as there is time for.
    Raises SpeakError for one that is lost or of implausible length."""
    done = [Said(**json.loads(line)) for line in kept.read_text().splitlines()] if kept.exists() else []
    left = sorted(set(range(len(texts))) - {said.place for said in done})
    with _narrator(voice) as narrator, ThreadPoolExecutor(2) as pool, kept.open("a") as file:
        for first in range(0, len(left), _AT_ONCE):
            if time.time() > until:
                break
            for said in pool.map(lambda place: _said(narrator, place, texts[place]), left[first : first + _AT_ONCE]):
                done.append(said)
                file.write(json.dumps(asdict(said)) + "\n")
            file.flush()
    return done


def _said(narrator: Narrator, place: int, text: str) -> Said:
    clip = narrator.speak(_utterance(text))
    assert isinstance(narrator.engine, TellsLengths)
    foretold = narrator.engine.seconds(text, narrator.delivery)
    return Said(place, _digest(clip), clip.length / clip.rate_hz - foretold, list(_off_starts(clip)))


def _utterance(text: str) -> Utterance:
    return Utterance("c01-p001-s01", text, text)


def _digest(clip: Clip) -> str:
    return hashlib.sha256(clip.pcm + repr(clip.words).encode()).hexdigest()


def _off_starts(clip: Clip) -> Iterator[float]:
    """Yield how far each start of sound behind quiet is from the nearest start of a word."""
    samples = np.frombuffer(clip.pcm, "<i2").astype(np.float64)
    frame = round(_FRAME_SECONDS * clip.rate_hz)
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame)
    level = np.sqrt((frames**2).mean(axis=1))
    loud = level > level.max() * 10 ** (_QUIET_DB / 20)
    quiet = _QUIET_FRAMES
    words = np.array([word.start for word in clip.words]) / clip.rate_hz
    for number, is_loud in enumerate(loud):
        if is_loud and not loud[number - 1 : number].any() and quiet >= _QUIET_FRAMES and words.size:
            nearest = float(np.abs(words - number * _FRAME_SECONDS).min())
            if nearest < _FURTHEST_SECONDS:
                yield nearest
        quiet = 0 if is_loud else quiet + 1


def _last_words(clips: Mapping[str, Clip]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words of each sentence, and what was heard of it: several in a window, with a second between them."""
    recogniser = Recogniser()
    window: list[str] = []
    sound = b""
    for spoken, clip in clips.items():
        pcm = audio.at_rate(clip, RATE_HZ).pcm
        if window and len(sound) + len(pcm) > 2 * RATE_HZ * _WINDOW_SECONDS:
            yield from _heard(recogniser, window, sound)
            window, sound = [], b""
        window.append(spoken)
        sound += pcm + _PAUSE
    yield from _heard(recogniser, window, sound)


def _heard(recogniser: Recogniser, window: list[str], sound: bytes) -> Iterator[tuple[list[str], list[str]]]:
    written = [[word for word in comparable(spoken, "en") if word.strip(".")] for spoken in window]
    heard = comparable(recogniser.hear(Clip(sound, RATE_HZ), "en"), "en")
    for words, match in zip(written, compared(written, heard), strict=True):
        yield words, match.heard.split()


def _tell_bytes(here: list[Said], several: list[str], elsewhere: list[Said], once: list[str]) -> dict[str, str]:
    """Print whether each utterance has one sequence of bytes; return its digest by its text."""
    digests: dict[str, str] = {}
    said = [(several[each.place], each.digest) for each in here] + [
        (once[each.place], each.digest) for each in elsewhere
    ]
    differ = sum(digests.setdefault(text, digest) != digest for text, digest in said)
    both = {several[each.place] for each in here} & {once[each.place] for each in elsewhere}
    print(
        f"{len(here)} utterances in one process, {len(elsewhere)} in another, {len(both)} texts of them in both:"
        f" {differ} differ, 0 lost"
    )
    return digests


def _tell_times(said: list[Said]) -> None:
    off = sorted(abs(each.off) for each in said)
    print(f"lengths from those foretold: at most {off[-1]:.3f} s, {sum(each > _MOST_OFF_SECONDS for each in off)} over")
    starts = sorted(start for each in said for start in each.starts)
    print(
        f"{len(starts)} starts of sound: the nearest word's start is off by {1000 * statistics.median(starts):.0f} ms"
        f" (median), {1000 * starts[len(starts) * 9 // 10]:.0f} ms (nine in ten)",
        flush=True,
    )


def _tell_ends(voice: str, texts: list[str], digests: Mapping[str, str]) -> None:
    """Say utterances once more, and print which of their last words the recogniser hears."""
    with _narrator(voice) as narrator:
        clips = {text: narrator.speak(_utterance(text)) for text in texts}
    differ = sum(_digest(clip) != digests[text] for text, clip in clips.items())
    ends = list(_last_words(clips))
    missed = [(words, heard) for words, heard in ends if words[-1:] != heard[-1:]]
    print(f"{len(ends)} said once more, {differ} differ; {len(ends) - len(missed)} last words heard; the others:")
    for words, heard in missed:
        print(f"  … {' '.join(words[-4:])} -> … {' '.join(heard[-6:])}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("kept", type=Path)
    options.add_argument("--utterances", type=int, default=2000)
    options.add_argument("--heard", type=int, default=200)
    options.add_argument("--minutes", type=float, default=24 * 60)
    options.add_argument("--voice", default="af_heart")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    until, order = time.time() + 60 * chosen.minutes, random.Random(chosen.seed)
    chosen.kept.mkdir(parents=True, exist_ok=True)
    several = _chosen(chosen.utterances, order)
    distinct = list(dict.fromkeys(several))
    once = order.sample(distinct, len(distinct))
    with multiprocessing.get_context("spawn").Pool(1) as process:
        another = process.apply_async(_all_said, (chosen.voice, once, chosen.kept / "elsewhere.jsonl", until))
        here = _all_said(chosen.voice, several, chosen.kept / "here.jsonl", until)
        elsewhere = another.get()
    digests = _tell_bytes(here, several, elsewhere, once)
    _tell_times([*here, *elsewhere])
    _tell_ends(chosen.voice, [text for text in digests if len(text.split()) > 2][: chosen.heard], digests)


if __name__ == "__main__":
    main()
