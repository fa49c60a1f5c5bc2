"""How exactly sentences are found in a recording, and what differs from the text, where the truth is known.

    python benchmarks/alignment.py [ARTICLE...] [--engine piper] [--voice NAME] [--set clean]... [--seed 1]

One of our voices reads the article with a person's pauses (0.3 to 1 s) in a quiet room, so that each sentence's first
and last sample are known. The sets: `clean`; `edited` has sentences left out, read twice and begun twice, remarks,
coughs and music before all; the others are the clean one, spoiled: `noise20` and `noise10` (dB below the voice),
`hum` (50 Hz and its harmonics), `room` (reverberation of 0.6 s), `telephone` (300 to 3400 Hz, 8 kHz), `mp3` (64 kb/s).

Figures are what was found minus the truth, in milliseconds: median, 90th, 99th percentile and worst of the absolute
error of starts and of ends; how many sentences are more than 300 ms off, and how many of these are sure of themselves;
how many edits were found, and false alarms; and seconds of processor time a minute of sound, for hearing and for
placing. A synthetic reader has no breath and an even pace: people will be found less exactly.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from audio_edition import audio
from audio_edition.config import Settings
from audio_edition.edition.build import make_script
from audio_edition.hearing.recogniser import RATE_HZ as HEARD_HZ
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import RATE_HZ, SURE, Finding, Script, Speech, Tape
from audio_edition.narration.deciding import Decided
from audio_edition.narration.heard import hear
from audio_edition.narration.matching import sentences_of
from audio_edition.narration.placing import place
from audio_edition.narration.readings import readings_of
from audio_edition.narration.report import TapeReport, extras_of, findings_of
from audio_edition.speak.cast import cast_for

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.readers import Reader  # noqa: E402 - the readers of the tests

Samples = npt.NDArray[np.float64]
_REMARKS = ("Sorry, I have to turn the page here.", "Could somebody please close that window?", "One moment please.")
_FEWEST_WORDS = 8
"""Of a sentence that is edited."""
_FAR_MS = 300
_AGAIN = {"repeat": "narration-repeat", "slip": "narration-slip"}


# --- what is read


@dataclass(frozen=True, slots=True)
class Reading:
    """`edits` are the kinds of edits by the ids of their sentences, `remarks` the samples of the remarks at RATE_HZ."""

    tape: Tape
    truth: dict[str, tuple[int, int]]
    edits: Mapping[str, str] = field(default_factory=dict)
    remarks: Sequence[tuple[int, int]] = ()


def _read(script: Script, speech: Speech, path: Path, seed: int, *, edited: bool) -> Reading:
    chance = random.Random(seed)
    eligible = [utterance.id for utterance in script.utterances if len(utterance.spoken.split()) >= _FEWEST_WORDS]
    chance.shuffle(eligible)
    kinds = ("skip", "repeat", "slip", "remark", "cough")
    edit = dict(zip(eligible, kinds * 3, strict=False)) if edited else {}
    remarks: list[tuple[int, int]] = []
    with cast_for(script, speech) as cast:
        reader = Reader(cast.main, seed)
        if edited:
            reader.sound(_music(8))
        for utterance in script.utterances:
            kind = edit.get(utterance.id, "")
            if kind == "skip":
                continue
            if kind == "slip":
                reader.begin(utterance)
            if kind == "repeat":
                reader.say(utterance.spoken)
            reader.read([utterance])
            if kind == "cough":
                reader.cough()
            if kind == "remark":
                remarks.append(reader.say(_REMARKS[chance.randrange(len(_REMARKS))]))
        return Reading(reader.write(path), reader.truth, edit, remarks)


def _music(seconds: int) -> Samples:
    time_s = np.arange(RATE_HZ * seconds) / RATE_HZ
    chord = sum(np.sin(2 * np.pi * frequency * time_s) for frequency in (220.0, 277.2, 329.6))
    return 3000 * np.abs(np.sin(3 * time_s)) * chord


# --- what is done to it


def _noise(below_db: float) -> Callable[[Samples], Samples]:
    def noisy(samples: Samples) -> Samples:
        level = np.sqrt(np.mean(samples[np.abs(samples) > 300] ** 2))
        noise = np.random.default_rng(2).standard_normal(len(samples))
        return np.asarray(samples + level * 10 ** (-below_db / 20) * noise, np.float64)

    return noisy


def _hum(samples: Samples) -> Samples:
    level = np.sqrt(np.mean(samples[np.abs(samples) > 300] ** 2))
    time_s = np.arange(len(samples)) / RATE_HZ
    hum = sum(np.sin(2 * np.pi * 50 * harmonic * time_s) / harmonic for harmonic in (1, 2, 3, 5))
    return np.asarray(samples + level * 10 ** (-15 / 20) * hum, np.float64)


def _room(samples: Samples) -> Samples:
    length = int(0.6 * RATE_HZ)
    echo = np.random.default_rng(3).standard_normal(length) * 10 ** (-3 * np.arange(length) / length) * 0.02
    echo[0] = 1
    size = 1 << (len(samples) + length).bit_length()
    both = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(echo, size), size)
    return np.asarray(both[: len(samples)], np.float64)


_SPOILED: dict[str, Callable[[Samples], Samples]] = {
    "noise20": _noise(20), "noise10": _noise(10), "hum": _hum, "room": _room,
}  # fmt: skip
_CODED = {
    "telephone": ("wav", ["-af", "highpass=f=300,lowpass=f=3400", "-ar", "8000"]),
    "mp3": ("mp3", ["-b:a", "64k"]),
}


def _spoiled(clean: Path, kind: str) -> Path:
    if kind in _CODED:
        ending, arguments = _CODED[kind]
        path = clean.with_name(f"{kind}.{ending}")
        subprocess.run([audio.ffmpeg_path(), "-v", "error", "-y", "-i", clean, *arguments, path], check=True)
        return path
    path = clean.with_name(f"{kind}.wav")
    samples = np.frombuffer(audio.decoded(clean).pcm, np.int16).astype(np.float64)
    spoiled = _SPOILED[kind](samples).clip(-32768, 32767).astype(np.int16)
    raw = ["-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "-"]
    command: list[str | Path] = [audio.ffmpeg_path(), "-v", "error", "-y", *raw, path]
    subprocess.run(command, input=spoiled.tobytes(), check=True)
    return path


# --- what is found


def _row(name: str, reading: Reading, script: Script, ears: Recogniser) -> str:
    begun = time.process_time()
    heard = hear(reading.tape, ears, ears.language(script.language))
    listened = time.process_time()
    sentences = sentences_of(script.utterances, script.language)
    placing = place(sentences, heard, script.language)
    found = readings_of(placing, heard, 0)
    placed = time.process_time()
    starts, ends, far, sure = [], [], 0, 0
    numbers = {sentence.utterance.id: sentence.number for sentence in sentences}
    for utterance, (start, end) in reading.truth.items():
        if one := found.get(numbers[utterance]):
            starts.append(abs(1000 * (one.before.end / HEARD_HZ - start / RATE_HZ)))
            ends.append(abs(1000 * (one.behind.start / HEARD_HZ - end / RATE_HZ)))
            if max(starts[-1], ends[-1]) > _FAR_MS:
                far, sure = far + 1, sure + (one.reading.confidence >= SURE)
    lost = sum(numbers[utterance] not in found for utterance in reading.truth)
    by_id = {script.utterances[number].id: one for number, one in found.items()}
    reports = [TapeReport(reading.tape, heard, placing, found)]
    told = findings_of(Decided(script, by_id), reports, Settings(narrator="A voice"))
    extras = [(start, end) for start, end, said in extras_of(reports[0]) if said]
    minutes = heard.length / HEARD_HZ / 60
    return (
        f"| {name} | {len(reading.truth)} | {_figures(starts)} | {_figures(ends)} | {far} ({sure}) | {lost} "
        f"| {_edits(reading, by_id, told, extras)} "
        f"| {(listened - begun) / minutes:.1f} + {(placed - listened) / minutes:.2f} |"
    )


def _figures(errors: list[float]) -> str:
    return "/".join(f"{value:.0f}" for value in np.percentile(errors, (50, 90, 99, 100))) if errors else "-"


def _edits(reading: Reading, found: Collection[str], told: Sequence[Finding], extras: Sequence[tuple[int, int]]) -> str:
    """Return how many edits were found in their places, and how many alarms were false: a sentence that was read and
    not found, or not read twice, and speech that is no remark."""
    again = {(finding.place, finding.id) for finding in told if finding.id in _AGAIN.values()}
    made = {(name, _AGAIN[kind]) for name, kind in reading.edits.items() if kind in _AGAIN}
    skipped = [name for name, kind in reading.edits.items() if kind == "skip"]
    remarks = [(start * HEARD_HZ // RATE_HZ, end * HEARD_HZ // RATE_HZ) for start, end in reading.remarks]
    heard = [remark for remark in remarks if any(_overlap(remark, extra) for extra in extras)]
    right = len(made & again) + sum(name not in found for name in skipped) + len(heard)
    lost = sum(name not in found for name in reading.truth)
    false = lost + len(again - made) + sum(not any(_overlap(extra, remark) for remark in remarks) for extra in extras)
    return f"{right} of {len(made) + len(skipped) + len(remarks)}, {false} false"


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", nargs="*", type=Path, default=[ROOT / "seeds/harbour.txt"])
    parser.add_argument("--engine", default="piper")
    parser.add_argument("--voice", default="")
    parser.add_argument("--set", dest="sets", action="append", choices=["clean", "edited", *_SPOILED, *_CODED])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    ears = Recogniser()
    print("| set | sentences | starts, ms | ends, ms | > 300 ms (sure) | lost | edits | CPU s a minute |")
    print("|---|---|---|---|---|---|---|---|")
    speech = Speech(engine=given.engine, voice=given.voice)
    for article in given.articles:
        script = make_script(article, Settings(speech=speech))
        with tempfile.TemporaryDirectory() as folder:
            clean = _read(script, speech, Path(folder, "clean.wav"), given.seed, edited=False)
            for kind in given.sets or ["clean", "edited", *_SPOILED, *_CODED]:
                reading = clean
                if kind == "edited":
                    reading = _read(script, speech, Path(folder, "edited.wav"), given.seed, edited=True)
                elif kind != "clean":
                    path = _spoiled(clean.tape.path, kind)
                    reading = Reading(Tape(path, kind, clean.tape.voice), clean.truth)
                print(_row(f"{article.stem}, {given.engine}, {kind}", reading, script, ears), flush=True)


if __name__ == "__main__":
    main()
