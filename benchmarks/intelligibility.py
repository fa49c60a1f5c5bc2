"""How well an article is understood: the word error rate of the engine alone, of ours and of others, by one recogniser.

    python benchmarks/intelligibility.py [ARTICLE...] [--engine espeak] [--voice en-us] [--rate 160] [--listenings 3]
        [--ours-alone] [--also NAME COMMAND]... [--errors]

Each side is heard as it hands out its sound: the engine its samples, a paragraph at a time as it is written, without
the dashes around subheadings, at the engine's own rate and, where that is another, at ours; we the MP3 of the tracks; a
command of `--also` the file {wav} (or {mp3}) that it makes of the same paragraphs on its standard input. All are heard
chapter by chapter by the packaged Whisper model, as often as asked for, with half a second more of silence in front
each time: that alone moves the figure by up to two points, so means are compared.

The reference is the same for all sides: the text as written, or where `benchmarks/readings/` has a file of the
article's name, how a newsreader says it, written down by hand. Two rates are given. "Fair" brings both the reference
and what was heard to one way of writing ($3.5bn, 3.5 billion dollars; grey, gray; in English only), by
`audio_edition/hearing/comparison.py`; "raw" takes them in lower case and without punctuation, and forgives nothing
else. The longest run not heard is the most words in a row that were missed in any listening.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import shlex
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from audio_edition import audio
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.hearing.comparison import Match, comparable, compared
from audio_edition.hearing.recogniser import RATE_HZ, Recogniser
from audio_edition.model import Chapter, Clip, Delivery, Script, Speech, Voice
from audio_edition.speak import open_engine
from audio_edition.speak.engine import Engine
from audio_edition.speak.voices import choose_voice

ROOT = Path(__file__).parents[1]
READINGS = ROOT / "benchmarks" / "readings"
_PARAGRAPH_MS = 500
_LEAD_MS = 500

Side = Callable[[Script], Iterator[Clip]]
"""The sound of each chapter of a script at RATE_HZ."""


# --- what is heard


def _alone(engine: Engine, delivery: Delivery) -> Side:
    """Each paragraph as written, half a second apart."""
    pause = _silence(_PARAGRAPH_MS, engine.rate_hz)

    def chapter(paragraphs: list[str]) -> Clip:
        with ThreadPoolExecutor(engine.at_once) as pool:
            clips = pool.map(lambda text: audio.trimmed(engine.speak(text, delivery)), paragraphs)
            said = [clip.pcm + pause for clip in clips]
        return audio.at_rate(Clip(b"".join(said), engine.rate_hz), RATE_HZ)

    return lambda script: (chapter(_paragraphs(part)) for part in script.chapters)


def _ours(speech: Speech) -> Side:
    """The tracks of the edition, as they are handed out."""

    def tracks(script: Script) -> Iterator[Clip]:
        with tempfile.TemporaryDirectory() as folder:
            made = make_edition(script, Path(folder), Settings(speech=speech, formats=("tracks",)))
            for track in sorted(made.folder.glob("tracks/*.mp3")):
                yield audio.at_rate(audio.decoded(track), RATE_HZ)

    return tracks


def _other(command: str) -> Side:
    """What another program makes of the paragraphs, a blank line between them."""

    def chapter(paragraphs: list[str]) -> Clip:
        with tempfile.TemporaryDirectory() as folder:
            places = {kind: str(Path(folder, f"said.{kind}")) for kind in ("wav", "mp3")}
            arguments = [part.format(**places) for part in shlex.split(command)]
            subprocess.run(arguments, input="\n\n".join(paragraphs).encode(), check=True, stdout=subprocess.DEVNULL)
            (made,) = Path(folder).iterdir()
            return audio.at_rate(audio.decoded(made), RATE_HZ)

    return lambda script: (chapter(_paragraphs(part)) for part in script.chapters)


def _paragraphs(chapter: Chapter) -> list[str]:
    return [passage.text for passage in chapter.passages if passage.utterances]


def _silence(milliseconds: int, rate_hz: int) -> bytes:
    return bytes(2 * audio.samples_in(milliseconds, rate_hz))


# --- what should be heard


def _references(script: Script, article: Path) -> list[list[str]]:
    """The paragraphs of each chapter, as they should be said."""
    chapters = [_paragraphs(chapter) for chapter in script.chapters]
    reading = READINGS / article.name
    if reading.exists():
        said = iter(reading.read_text("utf-8").splitlines())
        chapters = [[next(said) for _ in paragraphs] for paragraphs in chapters]
        if next(said, None):
            raise SystemExit(f"{reading} has more lines than {article} has paragraphs")
    return chapters


# --- the comparison


@dataclass(frozen=True, slots=True)
class Listening:
    """Of one listening to an article: both rates in percent, and the matches of the fair one."""

    fair: float
    raw: float
    matches: tuple[Match, ...]


def _listen(
    recogniser: Recogniser, sounds: list[Clip], references: list[list[str]], language: str, lead_ms: int
) -> Listening:
    matches: list[Match] = []
    wrong = words = 0
    for sound, paragraphs in zip(sounds, references, strict=True):
        heard = recogniser.hear(Clip(_silence(lead_ms, RATE_HZ) + sound.pcm, RATE_HZ), language)
        written = [comparable(text, language) for text in paragraphs]
        matches += compared(written, comparable(heard, language))
        plain = _plain(" ".join(paragraphs))
        wrong += Levenshtein.distance(plain, _plain(heard))
        words += len(plain)
    fair = sum(match.errors for match in matches) / sum(match.words for match in matches)
    return Listening(100 * fair, 100 * wrong / words, tuple(matches))


def _plain(text: str) -> list[str]:
    """Lower case, no punctuation; an apostrophe joins, any other mark parts."""
    return re.sub(r"[^\w\s]", " ", re.sub("['’‘]", "", text.lower())).split()


def _report(article: Path, heard: dict[str, list[Listening]]) -> bool:
    """Print the figures; True where ours are worse than the engine alone."""
    words = sum(match.words for match in heard["ours"][0].matches)
    print(f"{article.name}, {words} words")
    for side, listenings in heard.items():
        fair, raw = ([getattr(one, rate) for one in listenings] for rate in ("fair", "raw"))
        print(
            f"  {side:15} fair {statistics.mean(fair):5.1f} % ({min(fair):.1f}-{max(fair):.1f})"
            f"   raw {statistics.mean(raw):5.1f} % ({min(raw):.1f}-{max(raw):.1f})"
            f"   longest run not heard {_longest_run(listenings)}"
        )
    sys.stdout.flush()
    if "alone" not in heard:
        return False
    alone, ours = (statistics.mean(one.fair for one in heard[side]) for side in ("alone", "ours"))
    return ours > alone


def _longest_run(listenings: list[Listening]) -> int:
    """Return the most words in a row that were not heard as they are."""
    missed = (written for one in listenings for match in one.matches for written, _ in match.misheard)
    return max((len(written.split()) for written in missed), default=0)


def _show_misheard(matches: tuple[Match, ...]) -> None:
    for match in matches:
        for written, said in match.misheard:
            print(f"    {written or '(nothing)'} -> {said or '(nothing)'}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", nargs="*", type=Path, default=sorted((ROOT / "seeds").glob("*.txt")))
    options.add_argument("--engine", default="espeak")
    options.add_argument("--voice", default="")
    rates = "words a minute, 80 to 450"
    options.add_argument("--rate", type=int, help=f"{rates}; else the engine's usual")
    options.add_argument("--also", nargs=2, action="append", default=[], metavar=("NAME", "COMMAND"))
    options.add_argument("--listenings", type=int, default=3)
    options.add_argument("--ours-alone", action="store_true", help="without the engine alone")
    options.add_argument("--errors", action="store_true", help="also what was misheard the first time")
    chosen = options.parse_args()
    recogniser = Recogniser()
    worse = False
    with contextlib.closing(open_engine(chosen.engine)) as engine:
        for article in chosen.articles:
            script = make_script(article, Settings())
            voice, rate_wpm = choose_voice(engine, chosen.voice, script.language), chosen.rate or engine.usual_wpm
            print(f"{chosen.engine} {voice.id}, {rate_wpm} words a minute, {chosen.listenings} listenings")
            sides = {} if chosen.ours_alone else _sides_alone(engine, voice, rate_wpm)
            sides["ours"] = _ours(Speech(chosen.engine, voice.id, rate_wpm=rate_wpm))
            sides |= {name: _other(command) for name, command in chosen.also}
            heard = _heard(recogniser, sides, script, _references(script, article), chosen.listenings)
            worse |= _report(article, heard)
            if chosen.errors:
                for name, listenings in heard.items():
                    print(f"  misheard, {name}:")
                    _show_misheard(listenings[0].matches)
    sys.exit(worse)


def _sides_alone(engine: Engine, voice: Voice, rate_wpm: int) -> dict[str, Side]:
    """The engine at its own rate, and at ours where that is another."""
    own = Delivery(voice)
    sides = {"alone": _alone(engine, own)}
    if rate_wpm != own.rate_wpm:
        sides[f"alone at {rate_wpm}"] = _alone(engine, Delivery(voice, rate_wpm))
    return sides


def _heard(
    recogniser: Recogniser, sides: dict[str, Side], script: Script, references: list[list[str]], listenings: int
) -> dict[str, list[Listening]]:
    """Listen to each side, each time with more silence in front."""
    heard = {}
    for name, side in sides.items():
        sounds = list(side(script))
        leads = (number * _LEAD_MS for number in range(listenings))
        heard[name] = [_listen(recogniser, sounds, references, script.language, lead_ms) for lead_ms in leads]
    return heard


if __name__ == "__main__":
    main()
