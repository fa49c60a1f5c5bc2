"""How well an article is understood: the word error rate of the engine alone against ours, same voice, same recogniser.

    python benchmarks/intelligibility.py [ARTICLE...] [--engine espeak] [--voice en-us] [--rate 175] [--listenings 3]

The engine alone gets each paragraph as it is written; ours gets the script. Both are heard whole by the packaged Whisper
model, as often as asked for, with half a second more of silence in front each time: that alone moves the figure by up to
two points, so means are compared. The reference is the same for both sides: the text as written, or where
`benchmarks/readings/` has a file of the article's name, how a newsreader would say it, written down by hand. What
counts as the same word is in `audio_edition/proof/comparison.py`.
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
from audio_edition.model import Clip, Delivery, Pause, Script, Utterance, joined
from audio_edition.proof.comparison import Match, comparable, compared
from audio_edition.proof.recogniser import RATE_HZ, Recogniser
from audio_edition.speak import open_engine
from audio_edition.speak.engine import Engine
from audio_edition.speak.voices import choose_voice

ROOT = Path(__file__).parents[1]
READINGS = ROOT / "benchmarks" / "readings"
_PARAGRAPH_MS = 500
_LEAD_MS = 500


def _alone(script: Script, engine: Engine, delivery: Delivery) -> bytes:
    """Each paragraph as written, half a second apart."""
    pause = _silence(_PARAGRAPH_MS, engine.rate_hz)
    texts = [joined(paragraph) for chapter in script.chapters for paragraph in chapter.paragraphs()]
    return b"".join(audio.trimmed(engine.speak(text, delivery)).pcm + pause for text in texts)


def _ours(script: Script, engine: Engine, delivery: Delivery) -> bytes:
    """Each sentence in its spoken form, with the script's pauses."""
    parts = [part for chapter in script.chapters for part in chapter.parts]
    return b"".join(_part(part, engine, delivery) for part in parts)


def _part(part: Utterance | Pause, engine: Engine, delivery: Delivery) -> bytes:
    if isinstance(part, Pause):
        return _silence(part.milliseconds, engine.rate_hz)
    pronunciations = part.pronunciations if engine.takes_ipa else ()
    return audio.trimmed(engine.speak(part.spoken, delivery, pronunciations)).pcm


def _silence(milliseconds: int, rate_hz: int) -> bytes:
    return audio.silence(audio.samples_in(milliseconds, rate_hz), rate_hz).raw_data


def _for_recogniser(pcm: bytes, rate_hz: int) -> Clip:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "spoken.wav")
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(rate_hz)
            file.writeframes(pcm)
        return next(iter(audio.excerpts(path, RATE_HZ, [len(pcm) * RATE_HZ // rate_hz])))


def _references(script: Script, article: Path) -> list[list[str]]:
    paragraphs = [joined(paragraph) for chapter in script.chapters for paragraph in chapter.paragraphs()]
    reading = READINGS / article.name
    if reading.exists():
        said = reading.read_text("utf-8").splitlines()
        if len(said) != len(paragraphs):
            raise SystemExit(f"{reading} has {len(said)} lines, {article} {len(paragraphs)} paragraphs")
        paragraphs = said
    return [comparable(paragraph, script.language) for paragraph in paragraphs]


def _listen(recogniser: Recogniser, sound: Clip, references: list[list[str]], listenings: int) -> list[list[Match]]:
    heard = []
    for number in range(listenings):
        led = Clip(_silence(number * _LEAD_MS, RATE_HZ) + sound.pcm, RATE_HZ)
        heard.append(compared(references, comparable(recogniser.hear(led, "en"), "en")))
    return heard


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
        for article in chosen.articles:
            script = make_script(article, Settings())
            references = _references(script, article)
            rates = {}
            for side, speak in {"alone": _alone, "ours": _ours}.items():
                sound = _for_recogniser(speak(script, engine, delivery), engine.rate_hz)
                heard = _listen(recogniser, sound, references, chosen.listenings)
                rates[side] = [_rate(matches) for matches in heard]
            alone, ours = (statistics.mean(rates[side]) for side in ("alone", "ours"))
            worse |= ours > alone
            ranges = ", ".join(f"{side} {min(each):.1f}-{max(each):.1f}" for side, each in rates.items())
            print(
                f"{article.name}, {chosen.engine} {delivery.voice.id}, {sum(map(len, references))} words: "
                f"alone {alone:.1f} %, ours {ours:.1f} %, ratio {ours / alone if alone else 1:.2f} ({ranges})",
                flush=True,
            )
            if chosen.errors:
                _show_misheard(heard[0])
    sys.exit(worse)


if __name__ == "__main__":
    main()
