"""Recordings to publish: short scripts, and tracks of tones and noise encoded as the stitch stage does it."""

from __future__ import annotations

import functools
import io
import os
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from mutagen import id3, mp3

from audio_edition import audio
from audio_edition.model import (
    RATE_HZ,
    Chapter,
    ChapterRecording,
    Cue,
    Delivery,
    Heading,
    Paragraph,
    Passage,
    Pause,
    Quote,
    Recording,
    Role,
    Script,
    Take,
    Utterance,
    Voice,
    Word,
)

FRAME = 1152
HEAD = 4 * FRAME
"""Silence at both ends of a chapter: 104 ms."""

Samples = npt.NDArray[np.int16]
TOOLS_REQUIRED = os.environ.get("AUDIO_EDITION_REQUIRE_TOOLS") == "1"
VOICE = Voice("espeak:en", "English", "en", "espeak")


needs_ffprobe = pytest.mark.tool("ffprobe", "apt install ffmpeg")
needs_mpg123 = pytest.mark.tool("mpg123", "apt install mpg123")
needs_chromium = pytest.mark.tool("chromium", "apt install chromium")


def chapter(number: int, title: str, texts: Sequence[str] = (), level: int = 1, role: Role = "heading") -> Chapter:
    """A chapter whose title is said first, in `role`; each of the texts is a paragraph of one sentence."""
    name = f"c{number:02}"
    paragraphs = (Paragraph(passage(f"{name}-p{place:03}", "body", text)) for place, text in enumerate(texts, start=2))
    return Chapter(name, title, (Heading(passage(f"{name}-p001", role, title), level), *paragraphs), level)


def passage(place: str, role: Role, *texts: str, language: str = "", spoken: str = "") -> Passage:
    """A passage with an utterance for each of the texts, of which the first may be spoken otherwise."""
    utterances = (
        Utterance(f"{place}-s{number:02}", text, spoken if spoken and number == 1 else text, role, language)
        for number, text in enumerate(texts, start=1)
    )
    parts = tuple(part for utterance in utterances for part in (utterance, Pause(250, "sentence")))
    return Passage(place, role, parts, language)


def noise(seed: int, samples: int) -> Samples:
    """Noise of the speech band that is like no other, with silence at both ends: it is found at one place only."""
    inner = np.random.default_rng(seed).standard_normal(samples - 2 * HEAD)
    smooth = np.convolve(inner, np.hanning(15) / 7, mode="same")
    return np.pad((6000 * smooth).clip(-32000, 32000), HEAD).astype(np.int16)


def frames_of(pcm: bytes, *options: str) -> bytes:
    """Bare MP3 frames, or what other options make of them."""
    return _encoded(
        pcm, "-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0", "-id3v2_version", "0", *options, "-f", "mp3"
    )


@functools.cache
def _encoded(pcm: bytes, *encoder: str) -> bytes:
    sound = ["-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "pipe:0"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "frames")
        subprocess.run([audio.ffmpeg_path(), "-v", "error", *sound, *encoder, str(path)], input=pcm, check=True)
        return path.read_bytes()


def record(folder: Path, script: Script, sounds: Sequence[Samples], voice: Voice = VOICE) -> Recording:
    """The script as if spoken: sound i is chapter i, its utterances share the time between the silences evenly."""
    recorded: list[ChapterRecording] = []
    for part, pcm in zip(script.chapters, sounds, strict=True):
        tracks = {"mp3": folder / f"{part.id}.frames", "aac": folder / f"{part.id}.adts"}
        tracks["mp3"].write_bytes(frames_of(pcm.tobytes()))
        tracks["aac"].write_bytes(_encoded(pcm.tobytes(), *audio.CODECS["aac"].arguments))
        start = recorded[-1].end if recorded else 0
        recorded.append(ChapterRecording(part, start, len(pcm), _cues(part, len(pcm)), (Take(0, len(pcm), tracks),)))
    return Recording(script, tuple(recorded), Delivery(voice), "eSpeak NG 1.52")


def _cues(part: Chapter, length: int) -> tuple[Cue, ...]:
    each = (length - 2 * HEAD) // max(1, len(part.utterances))
    cues = []
    for index, utterance in enumerate(part.utterances):
        start = HEAD + index * each
        end = start + each * 9 // 10
        cues.append(Cue(utterance, start, end, (Word(start, end, 0, len(utterance.text)),)))
    return tuple(cues)


def of_lengths(folder: Path, lengths: Sequence[int], titles: Sequence[str] = ()) -> Recording:
    """An edition of chapters of so many frames, each of its own noise."""
    names = titles or [f"Chapter {number}" for number in range(1, len(lengths) + 1)]
    chapters = tuple(chapter(number, name, ["Some words."]) for number, name in enumerate(names, start=1))
    sounds = [noise(seed, frames * FRAME) for seed, frames in enumerate(lengths)]
    return record(folder, Script("The edition", chapters), sounds)


def repeated(folder: Path, titles: Sequence[str]) -> Recording:
    """An edition of many short chapters that all sound the same."""
    first = chapter(1, titles[0], role="title")
    chapters = (first, *(chapter(number, name) for number, name in enumerate(titles[1:], start=2)))
    return record(folder, Script("The edition", chapters), [noise(0, 12 * FRAME)] * len(titles))


def of_texts(folder: Path, script: Script) -> Recording:
    """The script in chapters of half a second."""
    return record(folder, script, [noise(0, 20 * FRAME)] * len(script.chapters))


def article() -> Script:
    """A short article with credits, two sections and a sentence in French."""
    lead = (
        Heading(passage("c01-p001", "title", "Ferry “Gull” sinks & floats"), 1),
        Paragraph(passage("c01-p002", "byline", "By Jane Doe")),
        Paragraph(passage("c01-p003", "dateline", "OSLO, Oct. 9 (Wire)", spoken="Oslo, October 9")),
        Paragraph(passage("c01-p004", "body", "It sank at 4 p.m. <today>.", "Then it rose again.")),
    )
    rescue = (
        Heading(passage("c02-p001", "heading", "The rescue"), 2),
        Paragraph(passage("c02-p002", "body", "« Tout va bien », a-t-on dit.", language="fr")),
        Quote((Paragraph(passage("c02-p003", "quote", "Nobody was hurt.")),)),
    )
    floated = Utterance("c03-p002-s02", "浮いた。", "浮いた。", language="ja", space_before=False)
    sank = passage("c03-p002", "body", "船が沈んだ。", language="ja")
    after = (
        Heading(passage("c03-p001", "heading", "After"), 4),
        Paragraph(replace(sank, parts=(*sank.parts, floated))),
    )
    return Script(
        "Ferry “Gull” sinks & floats",
        (
            Chapter("c01", "Ferry “Gull” sinks & floats", lead),
            Chapter("c02", "The rescue", rescue, 2),
            Chapter("c03", "After", after, 4),
        ),
        published="2026-10-09",
        source="The Wire",
        byline="By Jane Doe",
        dateline="OSLO, Oct. 9 (Wire)",
    )


def with_a_second_voice(recording: Recording) -> Recording:
    """The same, its quotations spoken by somebody else."""
    ann = Voice("ann.onnx", "Ann & Co", "en-gb", "piper", "female", learned=True)
    chapters = []
    for chapter in recording.chapters:
        cues = (replace(cue, voice=ann) if cue.utterance.role == "quote" else cue for cue in chapter.cues)
        chapters.append(replace(chapter, cues=tuple(cues)))
    return replace(recording, chapters=tuple(chapters), others=(ann,))


def decoded(path: Path, ffmpeg: str = "") -> Samples:
    """What FFmpeg makes of the file, at full length."""
    command = [ffmpeg or audio.ffmpeg_path(), "-v", "error", "-i", str(path), "-f", "s16le", "-ac", "1", "pipe:1"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stderr == b""
    return np.frombuffer(done.stdout, np.int16)


_ID3: Any = id3.ID3
_MP3: Any = mp3.MP3


def tag_in(data: bytes) -> Any:
    """An ID3 tag as mutagen reads it."""
    return _ID3(io.BytesIO(data))


def reopened(path: Path) -> Any:
    """An MP3 file as mutagen reads it: `info` and tag."""
    return _MP3(path)


HOSTILE = [
    "<script>document.title = 'owned'</script>",
    "]]> --> & &amp; &lt; \"double\" 'single' <b>bold</b>",
    "{{ 7 * 7 }} {% raw %} </section></main><footer>",
    "00:00:01.000 --> 00:00:02.000",
    "NOTE\n\nSTYLE\x00\x1b ‮evil",
    "</title><img src=x onerror=\"document.title = 'owned'\">",
]


def hostile() -> Script:
    return Script(HOSTILE[0], tuple(chapter(number, text, HOSTILE) for number, text in enumerate(HOSTILE, start=1)))
