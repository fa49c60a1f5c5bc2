"""Whether Kokoro says every sentence whole and alike: the same bytes in any order and process, words where they sound,
no ends cut off and nothing said behind them.

    python benchmarks/robustness.py [--utterances 2000] [--heard 200] [--longest 1000] [--voice af_heart] [--seed 1]

Utterances are the sentences of the English seeds and texts, those of at most so many characters, in random order, as
often as it takes, said on two threads in one process; a second process says each once, in another order. Each is to
have the bytes that it had before, and the length that the first half of the model foretold. Starts of words are
compared with the sound's own: where it rises behind at least 120 ms of quiet. Of some sentences the recogniser hears
whether the last word is the text's.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import multiprocessing
import random
import statistics
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
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
_PAUSE = bytes(2 * RATE_HZ)


@dataclass(frozen=True, slots=True)
class Said:
    """Of an utterance: the digest of its samples, how far its length is from the one foretold, and how far starts of
    words are from those of sound, in seconds; and the clip, where it is to be heard."""

    digest: str
    off: float
    starts: tuple[float, ...]
    clip: Clip | None


def _sentences(longest: int) -> list[Utterance]:
    """Return the sentences of the English articles of at most so many characters, each once."""
    places = [*sorted(ROOT.glob("seeds/*.txt")), *sorted(ROOT.glob("benchmarks/texts/*.txt"))]
    scripts = (make_script(path, Settings()) for path in places)
    spoken = {each.spoken: each for script in scripts if script.language == "en" for each in script.utterances}
    return [each for text, each in spoken.items() if len(text) <= longest]


@contextlib.contextmanager
def _narrator(voice: str) -> Iterator[Narrator]:
    with contextlib.closing(open_engine("kokoro")) as engine:
        yield Narrator(engine, Delivery(choose_voice(engine, voice, "en")))


def _all_said(voice: str, utterances: Sequence[Utterance], heard: Collection[str] = ()) -> list[Said]:
    """Return what became of each, two at a time, with the clips of those `heard`. Raises SpeakError for one that is
    lost or of implausible length."""
    with _narrator(voice) as narrator, ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda each: _said(narrator, each, is_heard=each.spoken in heard), utterances))


def _said(narrator: Narrator, utterance: Utterance, *, is_heard: bool) -> Said:
    clip = narrator.speak(utterance)
    assert isinstance(narrator.engine, TellsLengths)
    foretold = narrator.engine.seconds(utterance.spoken, narrator.delivery)
    digest = hashlib.sha256(clip.pcm + repr(clip.words).encode()).hexdigest()
    return Said(digest, clip.length / clip.rate_hz - foretold, tuple(_off_starts(clip)), clip if is_heard else None)


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


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--utterances", type=int, default=2000)
    options.add_argument("--heard", type=int, default=200)
    options.add_argument("--longest", type=int, default=1000, metavar="CHARACTERS")
    options.add_argument("--voice", default="af_heart")
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    order, sentences = random.Random(chosen.seed), _sentences(chosen.longest)
    several = [each for _ in range(-(-chosen.utterances // len(sentences))) for each in sentences]
    several = order.sample(several, chosen.utterances)
    once = order.sample(list({each.spoken: each for each in several}.values()), len({each.spoken for each in several}))
    heard = {each.spoken for each in once[: chosen.heard]}
    with multiprocessing.get_context("spawn").Pool(1) as process:
        elsewhere = process.apply_async(_all_said, (chosen.voice, once))
        here = _all_said(chosen.voice, several, heard)
        digests = {each.spoken: said.digest for each, said in zip(once, elsewhere.get(), strict=True)}
    differ = sum(digests[each.spoken] != said.digest for each, said in zip(several, here, strict=True))
    off = sorted(abs(said.off) for said in here)
    print(f"{len(several)} utterances in one process, {len(once)} of them in another: {differ} differ, 0 lost")
    print(f"lengths from those foretold: at most {off[-1]:.3f} s, {sum(each > _MOST_OFF_SECONDS for each in off)} over")
    starts = sorted(start for said in here for start in said.starts)
    print(
        f"{len(starts)} starts of sound: the nearest word's start is off by {1000 * statistics.median(starts):.0f} ms"
        f" (median), {1000 * starts[len(starts) * 9 // 10]:.0f} ms (nine in ten)",
        flush=True,
    )
    clips = {each.spoken: said.clip for each, said in zip(several, here, strict=True) if said.clip}
    ends = list(_last_words(clips))
    missed = [(words, said) for words, said in ends if words[-1:] != said[-1:]]
    print(f"{len(ends) - len(missed)} of {len(ends)} last words heard; the others, as written and as heard:")
    for words, said in missed:
        print(f"  … {' '.join(words[-4:])} -> … {' '.join(said[-6:])}")


if __name__ == "__main__":
    main()
