"""Format delivery: a file for each track as a recipient wants it (see model.profiles), mastered from the samples.

The files are in a folder with the profile's name. They hold the same speech as the tracks, with the level, silence and
encoding that the recipient requires.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from audio_edition import audio
from audio_edition.formats.id3 import delivered_tag
from audio_edition.formats.track_list import Track, track_list
from audio_edition.formats.tracks import track_names
from audio_edition.model import RATE_HZ, Package, Recording
from audio_edition.model.profiles import PROFILES, Bounds, Profile

_RMS_DB = -19.5
"""The level if no source states one: about as loud as all editions."""


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<profile>/001-<title>.mp3` and so on."""
    profile = PROFILES[recording.profile]
    tracks = track_list(recording)
    (folder / profile.name).mkdir()
    names = [Path(profile.name, name.name) for name in track_names(tracks)]
    with tempfile.TemporaryDirectory(dir=folder, prefix=".delivery.") as temporary:
        samples, bare = Path(temporary, "track.pcm"), Path(temporary, "track.mp3")
        for number, (track, name) in enumerate(zip(tracks, names, strict=True), start=1):
            length = audio.join_samples(samples, *_stretches_and_silence(track, profile))
            audio.master(samples, bare, _wanted(profile))
            with (folder / name).open("wb") as file, bare.open("rb") as made:
                file.write(delivered_tag(recording, number, length, int(profile.kbits.aim)))
                shutil.copyfileobj(made, file)
    return Package("delivery", tuple(names))


def _stretches_and_silence(track: Track, profile: Profile) -> tuple[list[tuple[Path, int, int]], int, int]:
    """Return the stretches of a track's takes to join (path, first sample, the one after the last), and the zeros to
    add before and after, so that the silence at both ends is as long as the profile asks for."""
    cues = [(chapter.start - track.start, cue) for chapter in track.chapters for cue in chapter.cues]
    first = min((start + cue.start for start, cue in cues), default=0)
    last = max((start + cue.end for start, cue in cues), default=track.length)
    begin = first - _samples(profile.head_seconds, first)
    end = last + _samples(profile.tail_seconds, track.length - last)
    kept = []
    for start, length, path in _takes(track):
        inside = max(begin, start) - start, min(end, start + length) - start
        kept += [(path, *inside)] if inside[0] < inside[1] else []
    return kept, max(-begin, 0), max(end - track.length, 0)


def _takes(track: Track) -> Iterator[tuple[int, int, Path]]:
    """Yield the start of each take in its track and its length, in samples, and the file with its samples."""
    for chapter in track.chapters:
        for take in chapter.takes:
            yield chapter.start - track.start + take.start, take.length, take.tracks["pcm"]


def _samples(seconds: Bounds | None, as_it_is: int) -> int:
    return as_it_is if seconds is None else round(seconds.aim * RATE_HZ)


def _wanted(profile: Profile) -> audio.Wanted:
    """Return the level, peak and bit rate of a file. If no source states a peak, it is that of all editions."""
    level = profile.rms_db or profile.loudness_lufs
    return audio.Wanted(
        level.aim if level else _RMS_DB,
        int(profile.kbits.aim),
        audio.PEAK_LIMIT_DBTP if profile.peak_db is None else profile.peak_db,
        by_loudness=bool(profile.loudness_lufs),
        true_peak=profile.true_peak or profile.peak_db is None,
    )
