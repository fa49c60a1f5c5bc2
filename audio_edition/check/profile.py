"""Measure the files of an edition against a profile: what a recipient asks for (see model.profiles).

It measures the files made for the profile; if there are none, the tracks, or else the one file of the whole edition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from mutagen.mp3 import MP3, BitrateMode

from audio_edition import audio
from audio_edition.check.files import unreadable
from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import UNREADABLE, UnreadableError
from audio_edition.errors import StitchError
from audio_edition.model import Finding
from audio_edition.model.profiles import BOOK, PROFILES, Bounds, Profile

_NEAR_DB = 0.05
_NEAR_SECONDS = 0.05
"""Tolerances of measured levels and silences."""
_SHORT_NAME = re.compile(r"[a-z0-9_-]{1,8}\.[a-z0-9]{1,4}")
_INSTEAD = ("tracks", "mp3")


@dataclass(frozen=True, slots=True)
class _Judged:
    """A file that is measured for a profile."""

    profile: Profile
    name: str

    def fails(self, kind: str, message: str, remedy: str = "") -> Finding:
        remedy = remedy or f"Build the edition with --profile {self.profile.name}, or master the file again."
        return Finding(kind, "error", message, self.name, remedy)


def profile_findings(manifest: Manifest, name: str, there: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each requirement of the named profile that the edition's files do not meet."""
    profile = PROFILES[name]
    names = _files(manifest, profile, there)
    yield from _voice(manifest, profile)
    if not names:
        message = f"The edition has no sound file for {profile.recipient}."
        yield Finding("profile-missing", "error", message, "", f"Build the edition with --profile {name}.")
        return
    yield from _number(profile, names)
    yield from _order(profile, names)
    for each in names:
        judged = _Judged(profile, each)
        try:
            yield from _coding(manifest.folder / each, judged)
            yield from _levels(manifest.folder / each, judged)
        except (*UNREADABLE, StitchError) as error:
            yield unreadable(each, str(error)[:200])


def _files(manifest: Manifest, profile: Profile, there: Sequence[str]) -> list[str]:
    """Return the names of the sound files to measure, sorted."""
    made = [name for name in manifest.of_format(profile.format) if name.endswith(".mp3")]
    if profile.format != BOOK:
        made = [name for name in made if name.startswith(f"{profile.name}/")]
        for format_ in _INSTEAD:
            made = made or [name for name in manifest.of_format(format_) if name.endswith(".mp3")]
    return sorted(name for name in made if name in there)


def _voice(manifest: Manifest, profile: Profile) -> Iterator[Finding]:
    if not profile.takes_synthetic and manifest.has_synthetic_voice:
        message = f"A synthetic voice speaks. The recipient, {profile.recipient}, generally refuses synthetic voices."
        remedy = "Ask the recipient before you send it, or let a person read."
        yield Finding("profile-voice", "note", message, "", remedy)


def _number(profile: Profile, names: Sequence[str]) -> Iterator[Finding]:
    if profile.files and not profile.files.hold(len(names)):
        most = profile.files.most
        message = f"There are {len(names)} files; the profile allows at most {most:g}."
        remedy = "Make an edition of fewer articles, or send only the newest."
        yield Finding("profile-length", "error", message, PurePosixPath(names[0]).parent.as_posix(), remedy)


def _order(profile: Profile, names: Sequence[str]) -> Iterator[Finding]:
    """Yield findings on names that are not numbered in playing order, or not short where the profile asks for that."""
    for name in names:
        plain = PurePosixPath(name).name
        if profile.short_names and not _SHORT_NAME.fullmatch(plain):
            message = "Its name is longer than 8.3 characters, or has characters other than a-z, 0-9, _ and -."
            yield _Judged(profile, name).fails("profile-name", message)
    numbers = [re.match(r"\D*(\d+)", PurePosixPath(name).name) for name in names]
    found = [int(number[1]) for number in numbers if number]
    if len(names) > 1 and found != list(range(1, len(names) + 1)):
        message = "The file names are not numbered in playing order without gaps."
        yield _Judged(profile, names[0]).fails("profile-name", message)


def _coding(path: Path, judged: _Judged) -> Iterator[Finding]:
    """Yield findings on the bit rate and its mode, the sample rate and the channels."""
    info, profile = MP3(path).info, judged.profile
    if info is None:
        raise UnreadableError("it has no MP3 frame")
    kbits = info.bitrate / 1000
    if not profile.kbits.hold(round(kbits)):
        message = f"Its bit rate is {kbits:.0f} kb/s; the profile asks for {_between(profile.kbits)} kb/s."
        yield judged.fails("profile-coding", message)
    if profile.is_constant and info.bitrate_mode not in (BitrateMode.CBR, BitrateMode.UNKNOWN):
        yield judged.fails("profile-coding", "Its bit rate varies; the profile asks for a constant one.")
    if profile.rates_hz and info.sample_rate not in profile.rates_hz:
        wanted = " or ".join(f"{rate:,}" for rate in profile.rates_hz)
        message = f"Its sample rate is {info.sample_rate:,} Hz; the profile asks for {wanted} Hz."
        yield judged.fails("profile-coding", message)
    if profile.is_mono and info.channels != 1:
        yield judged.fails("profile-coding", "It is in stereo; the profile asks for mono.")


def _levels(path: Path, judged: _Judged) -> Iterator[Finding]:
    profile = judged.profile
    heard = audio.measured(path)
    yield from _loudness(path, heard, judged)
    if profile.noise_db is not None and heard.noise_db > profile.noise_db + _NEAR_DB:
        floor_db, most_db = f"{heard.noise_db:.1f}", f"{profile.noise_db:g}"
        message = f"Its noise floor is {floor_db} dB RMS; the profile allows at most {most_db} dB."
        remedy = "Record in a quieter room, or build without --as-recorded, which leaves rumble and hiss."
        yield judged.fails("profile-noise", message, remedy)
    for bounds, seconds, where in (
        (profile.head_seconds, heard.head_seconds, "before the first sound"),
        (profile.tail_seconds, heard.tail_seconds, "after the last"),
    ):
        if bounds and not bounds.least - _NEAR_SECONDS <= seconds <= bounds.most + _NEAR_SECONDS:
            message = f"The silence {where} lasts {seconds:.2f} s; the profile asks for {_between(bounds)} s."
            yield judged.fails("profile-silence", message)
    if profile.length_seconds and not profile.length_seconds.hold(heard.seconds):
        message = f"It lasts {heard.seconds:.0f} s; the profile asks for {_between(profile.length_seconds)} s."
        remedy = "Split or join articles, so that each track has the length that the profile asks for."
        yield judged.fails("profile-length", message, remedy)


def _loudness(path: Path, heard: audio.Measured, judged: _Judged) -> Iterator[Finding]:
    profile = judged.profile
    loud = audio.levels(path) if profile.loudness_lufs or profile.true_peak else None
    if profile.rms_db and not _near(profile.rms_db, heard.rms_db):
        message = f"Its level is {heard.rms_db:.1f} dB RMS; the profile asks for {_between(profile.rms_db)} dB."
        yield judged.fails("profile-level", message)
    if profile.loudness_lufs and loud and not _near(profile.loudness_lufs, loud.lufs):
        message = f"Its loudness is {loud.lufs:.1f} LUFS; the profile asks for {_between(profile.loudness_lufs)} LUFS."
        yield judged.fails("profile-level", message)
    peak_db = loud.peak_dbtp if loud and profile.true_peak else heard.peak_db
    if profile.peak_db is not None and peak_db > profile.peak_db + _NEAR_DB:
        unit = "dBTP" if profile.true_peak else "dB"
        message = f"Its highest peak is {peak_db:.1f} {unit}; the profile allows at most {profile.peak_db:g} {unit}."
        yield judged.fails("profile-peak", message)


def _near(bounds: Bounds, value: float) -> bool:
    return bounds.least - _NEAR_DB <= value <= bounds.most + _NEAR_DB


def _between(bounds: Bounds) -> str:
    if bounds.least == bounds.most:
        return f"{bounds.least:g}"
    return f"{bounds.least:g} to {bounds.most:g}".replace("-", "−")
