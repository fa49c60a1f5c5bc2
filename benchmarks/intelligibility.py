"""How well an article is understood: the word error rate of the engine alone against ours, same voice, same recogniser.

    python benchmarks/intelligibility.py [ARTICLE...] [--engine espeak] [--voice en-us] [--rate 175] [--listenings 3]

The engine alone gets each paragraph as it is written, without the dashes around subheadings; ours gets the script. Both
are heard chapter by chapter by the packaged Whisper model, as often as asked for, with half a second more of silence in
front each time: that alone moves the figure by up to two points, so means are compared. The reference is the same for
both sides: the text as written, or where `benchmarks/readings/` has a file of the article's name, how a newsreader says
it, written down by hand. What counts as the same word is in `audio_edition/proof/comparison.py`.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import sys
import tempfile
import wave
from pathlib import Path

from audio_edition import audio
from audio_edition.config import RATES_WPM, Settings
from audio_edition.edition import make_script
from audio_edition.model import Chapter, Clip, Delivery, Pause, Script, Utterance, joined
from audio_edition.proof.comparison import Match, comparable, compared
from audio_edition.proof.recogniser import RATE_HZ, Recogniser
from audio_edition.speak import open_engine
from audio_edition.speak.engine import Engine
from audio_edition.speak.voices import choose_voice

ROOT = Path(__file__).parents[1]
READINGS = ROOT / "benchmarks" / "readings"
_PARAGRAPH_MS = 500
_LEAD_MS = 500


def _alone(chapter: Chapter, engine: Engine, delivery: Delivery) -> bytes:
    """Each paragraph as written, half a second apart."""
    pause = _silence(_PARAGRAPH_MS, engine.rate_hz)
    texts = [joined(paragraph) for paragraph in chapter.paragraphs()]
    return b"".join(audio.trimmed(engine.speak(text, delivery)).pcm + pause for text in texts)


def _ours(chapter: Chapter, engine: Engine, delivery: Delivery) -> bytes:
    """Each sentence in its spoken form, with the script's pauses."""
    return b"".join(_part(part, engine, delivery) for part in chapter.parts)


def _part(part: Utterance | Pause, engine: Engine, delivery: Delivery) -> bytes:
    if isinstance(part, Pause):
        return _silence(part.milliseconds, engine.rate_hz)
    pronunciations = part.pronunciations if engine.takes_ipa else ()
    return audio.trimmed(engine.speak(part.spoken, delivery, pronunciations)).pcm


def _silence(milliseconds: int, rate_hz: int) -> bytes:
    return bytes(2 * audio.samples_in(milliseconds, rate_hz))


def _for_recogniser(pcm: bytes, rate_hz: int) -> Clip:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "spoken.wav")
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate_hz)
            file.writeframes(pcm)
        return next(iter(audio.excerpts(path, RATE_HZ, [len(pcm) * RATE_HZ // rate_hz])))


def _references(script: Script, article: Path) -> list[list[list[str]]]:
    """The words that should be heard: chapters, paragraphs, words."""
    chapters = [[joined(paragraph) for paragraph in chapter.paragraphs()] for chapter in script.chapters]
    reading = READINGS / article.name
    if reading.exists():
        said = iter(reading.read_text("utf-8").splitlines())
        chapters = [[next(said) for _ in paragraphs] for paragraphs in chapters]
        if next(said, None):
            raise SystemExit(f"{reading} has more lines than {article} has paragraphs")
    return [[comparable(text, script.language) for text in paragraphs] for paragraphs in chapters]


def _listen(recogniser: Recogniser, sounds: list[Clip], references: list[list[list[str]]], lead_ms: int) -> list[Match]:
    matches = []
    for sound, reference in zip(sounds, references, strict=True):
        led = Clip(_silence(lead_ms, RATE_HZ) + sound.pcm, RATE_HZ)
        matches += compared(reference, comparable(recogniser.hear(led, "en"), "en"))
    return matches


def _rate(matches: list[Match]) -> float:
    return 100 * sum(match.errors for match in matches) / sum(match.words for match in matches)


def _show_misheard(matches: list[Match]) -> None:
    for match in matches:
        for written, said in match.misheard:
            print(f"    {written or '(nothing)'} -> {said or '(nothing)'}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", nargs="*", type=Path, default=sorted((ROOT / "seeds").glob("*.txt")))
    options.add_argument("--engine", default="espeak")
    options.add_argument("--voice", default="")
    options.add_argument("--rate", type=int, default=175, help=f"words a minute, {RATES_WPM[0]} to {RATES_WPM[1]}")
    options.add_argument("--listenings", type=int, default=3)
    options.add_argument("--errors", action="store_true", help="also the words that were misheard of ours")
    chosen = options.parse_args()
    recogniser = Recogniser()
    worse = False
    with contextlib.closing(open_engine(chosen.engine)) as engine:
        delivery = Delivery(choose_voice(engine, chosen.voice, "en"), chosen.rate)
        print(f"{chosen.engine} {delivery.voice.id}, {chosen.rate} words a minute, {chosen.listenings} listenings")
        for article in chosen.articles:
            script = make_script(article, Settings())
            references = _references(script, article)
            heard: dict[str, list[list[Match]]] = {}
            for side, speak in {"alone": _alone, "ours": _ours}.items():
                spoken = [speak(chapter, engine, delivery) for chapter in script.chapters]
                sounds = [_for_recogniser(pcm, engine.rate_hz) for pcm in spoken]
                leads = [number * _LEAD_MS for number in range(chosen.listenings)]
                heard[side] = [_listen(recogniser, sounds, references, lead_ms) for lead_ms in leads]
            worse |= _report(article, heard)
            if chosen.errors:
                _show_misheard(heard["ours"][0])
    sys.exit(worse)


def _report(article: Path, heard: dict[str, list[list[Match]]]) -> bool:
    """Print the figures; True where ours are worse."""
    rates = {side: [_rate(matches) for matches in listenings] for side, listenings in heard.items()}
    alone, ours = (statistics.mean(rates[side]) for side in ("alone", "ours"))
    ranges = ", ".join(f"{side} {min(each):.1f}-{max(each):.1f}" for side, each in rates.items())
    words = sum(match.words for match in heard["ours"][0])
    print(f"{article.name}, {words} words: alone {alone:.1f} %, ours {ours:.1f} %, {ours / alone:.2f} of it ({ranges})")
    sys.stdout.flush()
    return ours > alone


if __name__ == "__main__":
    main()
