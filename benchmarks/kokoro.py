"""How many processor seconds Kokoro takes for a second of speech: the model alone, ours, and kokoro-onnx.

    python benchmarks/kokoro.py [ARTICLE] [--voice af_heart] [--runs 3] [--kokoro-onnx PYTHON]

Each side runs in a process of its own, in turns, one thread; loading is not counted, and seconds of speech are those
of the model at speed 1 for all sides. "as it is" is the model's file, "rewritten" the same with its convolutions as
products of matrices; both get the letters that our engine gives them. "ours" is the engine: eSpeak NG, the model, the
times of words, another rate. kokoro-onnx, of an environment whose Python is named, gets the same sentences.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from audio_edition.speak.store import folder_of

SEED = Path(__file__).parents[1] / "seeds" / "harbour.txt"

_KOKORO_ONNX = """
import json, sys, time
import numpy
from kokoro_onnx import Kokoro
given = json.load(sys.stdin)
import onnxruntime
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(given["model"], options, providers=["CPUExecutionProvider"])
table = numpy.fromfile(given["voice"], "<f4").reshape(510, 1, 256)
numpy.savez(given["voices"], **{given["name"]: table})
kokoro = Kokoro.from_session(session, given["voices"])
kokoro.create("Begin.", voice=given["name"], lang="en-us")
started = time.process_time()
for sentence in given["sentences"]:
    kokoro.create(sentence, voice=given["name"], speed=1.0, lang="en-us")
print(json.dumps({"worked": time.process_time() - started}))
"""


def _sentences(article: Path) -> list[str]:
    from audio_edition.config import Settings
    from audio_edition.edition.build import make_script

    return [utterance.spoken for utterance in make_script(article, Settings()).utterances]


def _letters(engine: Any, voice: Any, sentences: list[str]) -> list[list[int]]:
    from audio_edition.speak.kokoro.alphabet import NUMBER
    from audio_edition.speak.kokoro.engine import _parts

    parts = (part for text in sentences for part in _parts(engine._phonemes(text, voice, ()), 1))
    return [[NUMBER[letter] for letter in part.letters] for part in parts]


def _model_alone(sentences: list[str], name: str, *, rewritten: bool) -> Callable[[], float]:
    """Return what runs the model over the sentences, and returns the seconds of speech."""
    import numpy
    import onnx
    import onnxruntime

    from audio_edition.speak import open_engine
    from audio_edition.speak.kokoro import graph, model

    engine: Any = open_engine("kokoro")
    voice = engine.voice(name)
    table = engine._style(engine._file(voice))
    loaded = onnx.load_model_from_string(b"".join(path.read_bytes() for path in model.model_paths()))
    if rewritten:
        graph.as_products(loaded.graph)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(loaded.SerializeToString(), options, providers=["CPUExecutionProvider"])
    numbers = _letters(engine, voice, sentences)

    def run() -> float:
        samples = 0
        for each in numbers:
            given = {"tokens": numpy.array([[0, *each, 0]]), "style": table[len(each) - 1][None]}
            samples += session.run(None, given | {"speed": numpy.ones(1, "f4")})[0].size
        return samples / model.RATE_HZ

    return run


def _ours(sentences: list[str], name: str) -> Callable[[], float]:
    from audio_edition.model import Delivery
    from audio_edition.speak import open_engine

    engine: Any = open_engine("kokoro")
    voice = engine.voice(name)
    # The rate at which the model's speed is 1.
    delivery = Delivery(voice, engine._file(voice).natural_wpm)
    engine.speak("Begin.", delivery)

    def run() -> float:
        return float(sum(clip.length / clip.rate_hz for clip in (engine.speak(text, delivery) for text in sentences)))

    return run


SIDES: dict[str, Callable[[list[str], str], Callable[[], float]]] = {
    "as it is": lambda sentences, name: _model_alone(sentences, name, rewritten=False),
    "rewritten": lambda sentences, name: _model_alone(sentences, name, rewritten=True),
    "ours": _ours,
}


def _side(name: str, sentences: list[str], voice: str) -> None:
    """In a process of its own: print the processor seconds, children's with them, and the seconds of speech."""
    run = SIDES[name](sentences, voice)
    before = sum(os.times()[:4])
    spoken = run()
    print(json.dumps({"worked": sum(os.times()[:4]) - before, "spoken": spoken}))


def _measured(side: str, sentences: list[str], voice: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--side", side, "--voice", voice]
    done = subprocess.run(command, input=json.dumps(sentences), text=True, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _kokoro_onnx(python: str, sentences: list[str], voice: str) -> dict[str, float]:
    import tempfile

    from audio_edition.speak.kokoro.model import model_paths

    with tempfile.TemporaryDirectory() as name:
        whole = Path(name, "model.onnx")
        whole.write_bytes(b"".join(path.read_bytes() for path in model_paths()))
        given = {"model": str(whole), "voice": str(folder_of("kokoro") / f"{voice}.bin"), "name": voice}
        given_all = given | {"sentences": sentences, "voices": str(Path(name, "voices.npz"))}
        command = [python, "-c", _KOKORO_ONNX]
        done = subprocess.run(command, input=json.dumps(given_all), text=True, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("article", nargs="?", type=Path, default=SEED)
    options.add_argument("--voice", default="af_heart")
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--kokoro-onnx", metavar="PYTHON", default="")
    options.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.side:
        _side(chosen.side, json.load(sys.stdin), chosen.voice)
        return
    sentences = _sentences(chosen.article)
    runs: dict[str, list[float]] = {}
    spoken = 0.0
    for _ in range(chosen.runs):
        for side in SIDES:
            found = _measured(side, sentences, chosen.voice)
            runs.setdefault(side, []).append(found["worked"])
            spoken = found["spoken"] if side == "as it is" else spoken
        if chosen.kokoro_onnx:
            found = _kokoro_onnx(chosen.kokoro_onnx, sentences, chosen.voice)
            runs.setdefault("kokoro-onnx", []).append(found["worked"])
    for side, worked in runs.items():
        middle = statistics.median(worked)
        print(
            f"{side:12} {middle:6.1f} s ({min(worked):.1f}-{max(worked):.1f}), {middle / spoken:.3f} a second of speech"
        )
    ours = statistics.median(runs["ours"])
    for side in ("rewritten", "kokoro-onnx"):
        if side in runs:
            print(f"ours to {side}: {ours / statistics.median(runs[side]):.2f}")


if __name__ == "__main__":
    main()
