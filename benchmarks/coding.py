"""What the codecs' settings cost, and how near to the original they leave speech.

    python benchmarks/coding.py [ARTICLE] [--engine espeak]

Needs `pip install pesq pystoi`. The article is said by the engine, encoded at 64 kb/s with each setting and decoded
again; PESQ (ITU-T P.862.2, wideband, mean and worst of pieces of 8 s), STOI and the ratio of signal to noise are those
of what comes out beside what went in. Seconds are those that processors worked.
"""

from __future__ import annotations

import argparse
import importlib
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from floor import SEED
from measured import taken

from audio_edition import audio
from audio_edition.config import Settings
from audio_edition.edition.build import make_script
from audio_edition.model import RATE_HZ, Speech
from audio_edition.speak.cast import cast_for

_LAME = {f"MP3, LAME's level {level}": ("libmp3lame", "-compression_level", str(level)) for level in (0, 2, 5, 7, 9)}
_AAC = {
    "AAC, two loops": ("aac", "-aac_coder", "twoloop"),
    "AAC, fast": ("aac", "-aac_coder", "fast"),
    "AAC, fast, without TNS": ("aac", "-aac_coder", "fast", "-aac_tns", "0"),
    "AAC, fast, without PNS": ("aac", "-aac_coder", "fast", "-aac_pns", "0"),
    "AAC, fast, without both": ("aac", "-aac_coder", "fast", "-aac_tns", "0", "-aac_pns", "0"),
    "AAC at 22,050 Hz, fast, without both": (
        "aac", "-aac_coder", "fast", "-aac_tns", "0", "-aac_pns", "0", "-ar", "22050",
    ),
}  # fmt: skip
_PESQ_HZ = 16_000
_PIECE = 8 * _PESQ_HZ


def _spoken(article: Path, engine: str, place: Path) -> None:
    """Write what the engine says as a sound file at RATE_HZ, 3 dB up."""
    settings = Settings(Speech(engine=engine))
    script = make_script(article, settings)
    with cast_for(script, settings.speech) as cast:
        clips = [cast.narrator_of(utterance).speak(utterance) for utterance in script.utterances]
    raw = ["-f", "s16le", "-ar", str(clips[0].rate_hz), "-ac", "1", "-i", "pipe:0"]
    command = [audio.ffmpeg_path(), "-v", "error", *raw, "-af", "volume=3dB", "-ar", str(RATE_HZ), str(place)]
    subprocess.run(command, input=b"".join(clip.pcm for clip in clips), check=True)


def _samples(path: Path, rate_hz: int) -> Any:
    command: list[str | Path] = [
        audio.ffmpeg_path(),
        "-v",
        "error",
        "-i",
        path,
        "-ac",
        "1",
        "-ar",
        str(rate_hz),
        "-f",
        "s16le",
        "-",
    ]
    samples = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, np.int16).astype(float)
    if path.suffix != ".aac":
        return samples
    # MP3 files tell the decoder what the codec put before the first sample; ADTS does not.
    return samples[round(audio.AAC_FRAME_SAMPLES * rate_hz / audio.adts_rate_hz(path)) :]


def _both(original: Path, coded: Path, rate_hz: int) -> tuple[Any, Any]:
    one, other = _samples(original, rate_hz), _samples(coded, rate_hz)
    length = min(len(one), len(other))
    return one[:length], other[:length]


def _compare(original: Path, what: str, arguments: tuple[str, ...]) -> None:
    pesq, stoi = importlib.import_module("pesq").pesq, importlib.import_module("pystoi").stoi
    coded = original.with_name("coded.mp3" if "mp3" in arguments[0] else "coded.aac")
    encode: list[str | Path] = [
        audio.ffmpeg_path(),
        "-v",
        "error",
        "-y",
        "-i",
        original,
        "-c:a",
        *arguments,
        "-b:a",
        "64k",
        coded,
    ]
    seconds = min(taken(encode).processor_seconds for _ in range(3))
    one, other = _both(original, coded, _PESQ_HZ)
    starts = range(0, len(one) - _PIECE, _PIECE)
    scores = [pesq(_PESQ_HZ, one[start : start + _PIECE], other[start : start + _PIECE], "wb") for start in starts]
    signal, heard = _both(original, coded, RATE_HZ)
    ratio_db = 10 * np.log10((signal**2).sum() / ((signal - heard) ** 2).sum())
    print(
        f"  {what}: {seconds:.2f} s, PESQ {np.mean(scores):.2f} (worst {min(scores):.2f}), "
        f"STOI {stoi(one, other, _PESQ_HZ):.4f}, signal to noise {ratio_db:.1f} dB",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("article", nargs="?", type=Path, default=SEED)
    options.add_argument("--engine", default="espeak")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder, "original.wav")
        _spoken(chosen.article, chosen.engine, original)
        print(f"{chosen.article.name}, {chosen.engine}")
        for what, arguments in (_LAME | _AAC).items():
            _compare(original, what, arguments)


if __name__ == "__main__":
    main()
