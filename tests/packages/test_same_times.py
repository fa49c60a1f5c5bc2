"""One recording, one clock: captions, EPUB, DAISY, guide, page and manifest name a sentence alike, at the same time."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from audio_edition import audio
from audio_edition.edition.build import Edition
from audio_edition.formats.track_list import track_list
from audio_edition.model import RATE_HZ
from support.editions import the_file
from support.guides import guided_sentences

Times = dict[str, float]
"""When each sentence begins, in seconds from the start of the edition."""
NEAREST_MILLISECOND = 0.00051


def _manifest(edition: Edition) -> Times:
    chapters = json.loads((edition.folder / "edition.json").read_text("utf-8"))["chapters"]
    return {cue["id"]: cue["start"] / RATE_HZ for chapter in chapters for cue in chapter["cues"]}


def _captions(edition: Edition) -> Times:
    text = (edition.folder / "transcript.vtt").read_text("utf-8")
    return {
        name: 3600 * int(hours) + 60 * int(minutes) + float(seconds)
        for name, hours, minutes, seconds in re.findall(r"^(c\S+)\n(\d+):(\d\d):(\d\d\.\d{3}) -->", text, re.MULTILINE)
    }


def _epub(edition: Edition) -> Times:
    times: Times = {}
    with zipfile.ZipFile(the_file(edition, ".epub")) as book:
        for chapter in edition.recording.chapters:
            smil = ElementTree.fromstring(book.read(f"EPUB/{chapter.chapter.id}.smil"))
            for par in smil.iter("{http://www.w3.org/ns/SMIL}par"):
                text, sound = par
                hours, minutes, seconds = str(sound.get("clipBegin")).split(":")
                begin = 3600 * int(hours) + 60 * int(minutes) + float(seconds)
                times[str(text.get("src")).partition("#")[2]] = chapter.start / RATE_HZ + begin
    return times


def _daisy(edition: Edition) -> Times:
    times: Times = {}
    sections = sorted(the_file(edition, "-daisy202").glob("s*.smil"))
    for section, chapter in zip(sections, edition.recording.chapters, strict=True):
        document = section.read_text("utf-8")
        for name, begin in re.findall(r'content\.html#([^"]+)".*?clip-begin="npt=([\d.]+)s"', document):
            times[name] = chapter.start / RATE_HZ + float(begin)
    return times


def _daisy3(edition: Edition) -> Times:
    times: Times = {}
    with zipfile.ZipFile(the_file(edition, "-daisy3.zip")) as book:
        sections = sorted(name for name in book.namelist() if name.endswith(".smil"))
        for section, chapter in zip(sections, edition.recording.chapters, strict=True):
            for par in ElementTree.fromstring(book.read(section)).iter("{http://www.w3.org/2001/SMIL20/}par"):
                text, sound = par.find("{*}text"), par.find("{*}audio")
                if text is not None and sound is not None:
                    hours, minutes, seconds = str(sound.get("clipBegin")).split(":")
                    begin = 3600 * int(hours) + 60 * int(minutes) + float(seconds)
                    times[str(text.get("src")).partition("#")[2]] = chapter.start / RATE_HZ + begin
    return times


def _guide(edition: Edition) -> Times:
    guide = json.loads((edition.folder / "guided-navigation.json").read_text("utf-8"))
    tracks = sorted(path.relative_to(edition.folder).as_posix() for path in (edition.folder / "tracks").iterdir())
    starts = dict(zip(tracks, (track.start / RATE_HZ for track in track_list(edition.recording)), strict=True))
    times = {}
    for child in guided_sentences(guide):
        track, _, begin = child["audioref"].partition("#t=")
        times[child["textref"].partition("#")[2]] = starts[track] + float(begin.split(",")[0])
    return times


def _page(edition: Edition) -> Times:
    text = (edition.folder / "index.html").read_text("utf-8")
    (told,) = re.findall(r'<script type="application/json" id="edition">(.*?)</script>', text, re.DOTALL)
    return {name: start for name, start, *_ in json.loads(told)["cues"]}


READERS: dict[str, Callable[[Edition], Times]] = {
    "edition.json": _manifest,
    "WebVTT": _captions,
    "EPUB": _epub,
    "DAISY": _daisy,
    "DAISY 3": _daisy3,
    "guided navigation": _guide,
    "page": _page,
}


def differences(edition: Edition) -> list[str]:
    """Sentences that a package lacks, has beyond the others, or has at another time than the recording."""
    truth = {
        cue.utterance.id: (chapter.start + cue.start) / RATE_HZ
        for chapter in edition.recording.chapters
        for cue in chapter.cues
    }
    found = []
    for package, read in READERS.items():
        times = read(edition)
        found += [f"{package}: order or names"] * (list(times) != list(truth))
        found += [
            f"{package}: {name}" for name in times if abs(times[name] - truth.get(name, -1)) > NEAREST_MILLISECOND
        ]
    return found


def test_every_package_has_the_same_sentences_at_the_same_times(edition: Edition) -> None:
    """Names and order are the same in all, times to the nearest millisecond of the sample at which the cue begins."""
    assert differences(edition) == []


@pytest.mark.parametrize(
    ("package", "file", "pattern", "replacement"),
    [
        ("WebVTT", "transcript.vtt", r"00:00:0(\d)\.(\d)", r"00:00:0\1.9"),
        ("WebVTT", "transcript.vtt", r"c01-p002-s01", "c01-p002-s02"),
        ("guided navigation", "guided-navigation.json", r"#t=0\.", "#t=1."),
        ("page", "index.html", r'"c01-p002-s01",', '"c01-p002-s02",'),
        ("page", "index.html", r'\["c01-p001-s01",0\.1', '["c01-p001-s01",0.2'),
        ("edition.json", "edition.json", r'"start":4410,', '"start":4500,'),
    ],
)
def test_a_package_that_differs_would_be_noticed(
    harbour: Edition, tmp_path: Path, package: str, file: str, pattern: str, replacement: str
) -> None:
    """The broken twins: a time moved by less than a second, a sentence renamed."""
    import dataclasses
    import shutil

    shutil.copytree(harbour.folder, tmp_path / "edition")
    broken = tmp_path / "edition" / file
    text = broken.read_text("utf-8")
    broken.write_text(re.sub(pattern, replacement, text, count=1), "utf-8")
    assert broken.read_text("utf-8") != text
    found = differences(dataclasses.replace(harbour, folder=tmp_path / "edition"))
    assert found
    assert all(difference.startswith(package) for difference in found)


def _onset(samples: np.ndarray, place: int) -> int:
    """The first sample that can be heard, looked for from 50 ms before a place."""
    from_here = max(0, place - RATE_HZ // 20)
    loud = np.flatnonzero(np.abs(samples[from_here : place + RATE_HZ].astype(int)) > 120)
    return from_here + int(loud[0])


@pytest.mark.parametrize(("suffix", "most_ms"), [(".mp3", 45), (".m4b", 45)])
def test_what_the_packages_say_is_what_sounds(harbour: Edition, suffix: str, most_ms: int) -> None:
    """At each cue's time, decoded sound begins: within what trimming leaves of silence and the codec adds before."""
    samples = np.frombuffer(audio.decoded(the_file(harbour, suffix)).pcm, "<i2")
    for time in _manifest(harbour).values():
        place = round(time * RATE_HZ)
        assert abs(_onset(samples, place) - place) <= most_ms * RATE_HZ // 1000
