"""daisy-player, a player for the terminal, which plays a DAISY book to its end without a sound card."""

from __future__ import annotations

import fcntl
import functools
import os
import pty
import signal
import struct
import subprocess
import termios
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from lxml import etree

from audio_edition import audio
from audio_edition.model import RATE_HZ

Samples = npt.NDArray[np.int16]
Loudness = npt.NDArray[np.float64]
_SHIM = Path(__file__).with_suffix(".c")
_TIMES_AS_FAST = "6"
_ROWS, _COLUMNS = 40, 100
_HEAD_BYTES = 44


@dataclass(frozen=True)
class Clip:
    """A phrase of a book: the file of its sound, its begin and its end in seconds."""

    sound: Path
    begin: float
    end: float


@dataclass(frozen=True)
class Played:
    """What the player showed when the book was open, and the sound of each phrase that it played, in order."""

    screen: str
    phrases: tuple[Path, ...]


def play(book: Path, folder: Path) -> Played:
    """Play the unpacked book from its begin to its end; what was played is kept in `folder`."""
    home = folder / "home"
    home.mkdir(parents=True)
    shim = folder / "shim.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, _SHIM, "-ldl"], check=True)
    sound = f'type file  slave.pcm null  file "{folder}/phrase.wav"  format "wav"  truncate false'
    (home / ".asoundrc").write_text(f"pcm.!default {{ {sound} }}\nctl.!default {{ type null }}\n")
    environment = {
        **os.environ,
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        "LD_PRELOAD": str(shim),
        "TIMES_AS_FAST": _TIMES_AS_FAST,
    }
    command = ["daisy-player", "-i", "-n", "-c", "/dev/null", "-d", "default:alsa", str(book)]
    terminal, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", _ROWS, _COLUMNS, 0, 0))
    with subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    ) as player:
        os.close(theirs)
        try:
            screen = _shown_until(terminal, b"total length")
            os.write(terminal, b"\r")
            _shown_until(terminal, b"Scanning for a Daisy")
        finally:
            os.killpg(player.pid, signal.SIGKILL)
            os.close(terminal)
    return Played(screen, tuple(sorted(folder.glob("phrase.wav*"))))


def _shown_until(terminal: int, words: bytes) -> str:
    """Return what the player shows until these words appear, or until it ends."""
    shown = b""
    while words not in shown:
        try:
            block = os.read(terminal, 65_536)
        except OSError:  # on Linux, how the end of a terminal is told
            break
        if not block:
            break
        shown += block
    return shown.decode("utf-8", "replace")


def clips_of(book: Path) -> Iterator[Clip]:
    """Yield the phrases of a book in the order of its contents (NCC), or of its spine (OPF)."""
    for section in _sections(book):
        for element in etree.parse(section).iter("{*}audio"):
            begin, end = (element.get(name) or element.get(other) for name, other in _TIMES)
            yield Clip(section.parent / str(element.get("src")), _seconds(str(begin)), _seconds(str(end)))


_TIMES = (("clip-begin", "clipBegin"), ("clip-end", "clipEnd"))


def _sections(book: Path) -> list[Path]:
    if (ncc := book / "ncc.html").exists():
        links = (str(link.get("href")).partition("#")[0] for link in etree.parse(ncc).iter("{*}a"))
        return [book / name for name in dict.fromkeys(links)]
    (package,) = book.glob("*.opf")
    root = etree.parse(package)
    files = {str(item.get("id")): str(item.get("href")) for item in root.iter("{*}item")}
    return [book / files[str(item.get("idref"))] for item in root.iter("{*}itemref")]


def _seconds(clock: str) -> float:
    parts = clock.removeprefix("npt=").removesuffix("s").split(":")
    return float(sum(float(part) * 60**place for place, part in enumerate(reversed(parts))))


def seconds_of(phrase: Path) -> float:
    """Return how long a phrase was played."""
    rate_hz, samples = _samples(phrase)
    return len(samples) / rate_hz


def likeness(phrase: Path, clip: Clip) -> float:
    """Return how much a phrase sounds as its clip: the correlation of their loudness, 1 at most, at the best of shifts
    of up to 0.2 seconds."""
    meant = _decoded(clip.sound)[int(clip.begin * RATE_HZ) : int(clip.end * RATE_HZ)]
    rate_hz, samples = _samples(phrase)
    one, other = _loudness(samples, rate_hz), _loudness(meant, RATE_HZ)
    return max(_correlation(one, other, shift) for shift in range(-20, 21))


@functools.lru_cache(maxsize=1)
def _decoded(sound: Path) -> Samples:
    return np.frombuffer(audio.decoded(sound).pcm, "<i2")


def _samples(phrase: Path) -> tuple[int, Samples]:
    """Return the rate and the first channel of a phrase. ALSA leaves the lengths in the head of a file open."""
    with wave.open(str(phrase)) as file:
        rate_hz, channels = file.getframerate(), file.getnchannels()
    data = phrase.read_bytes()[_HEAD_BYTES:]
    return rate_hz, np.frombuffer(data[: len(data) // (2 * channels) * 2 * channels], "<i2")[::channels]


def _loudness(samples: Samples, rate_hz: int) -> Loudness:
    """Return the mean of each 10 ms."""
    step = rate_hz // 100
    loudness: Loudness = np.abs(samples[: len(samples) // step * step].astype(float)).reshape(-1, step).mean(axis=1)
    return loudness


def _correlation(one: Loudness, other: Loudness, shift: int) -> float:
    one, other = (one[shift:], other) if shift >= 0 else (one, other[-shift:])
    length = min(len(one), len(other))
    return float(np.corrcoef(one[:length], other[:length])[0, 1]) if length >= 10 else 0.0
