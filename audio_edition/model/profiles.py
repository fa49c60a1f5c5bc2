"""Profiles: what recipients require of the files delivered to them, as far as a source states it.

`build --profile` makes files by them, `check --profile` measures files against them, and docs/profiles.md shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that a value may be; `aim` is the value to make."""

    least: float
    most: float
    aim: float = 0

    def hold(self, value: float) -> bool:
        return self.least <= value <= self.most


@dataclass(frozen=True, slots=True)
class Profile:
    """What a recipient asks of each file. A field is None or empty if no source states it.

    Levels are in dB of full scale: `rms_db` of the whole file, `loudness_lufs` by EBU R 128, `peak_db` at most, of the
    samples or the `true_peak`, and `noise_db` at most, the RMS of the softest tenth of a second. `kbits` are kb/s.
    `head_seconds` and `tail_seconds` are the silence before the first sound and after the last, and `length_seconds`
    is the length of a file. `files` is how many there may be, `format` the format whose sound files are delivered.
    """

    name: str
    recipient: str
    source: str
    format: str
    kbits: Bounds
    rates_hz: tuple[int, ...] = ()
    is_mono: bool = False
    is_constant: bool = False
    rms_db: Bounds | None = None
    loudness_lufs: Bounds | None = None
    peak_db: float | None = None
    true_peak: bool = False
    noise_db: float | None = None
    head_seconds: Bounds | None = None
    tail_seconds: Bounds | None = None
    length_seconds: Bounds | None = None
    files: Bounds | None = None
    takes_synthetic: bool = True
    """False where the recipient refuses synthetic voices in general."""
    short_names: bool = False
    """Whether names must be 8.3, of lower-case ASCII letters, digits, hyphens and underscores."""


DELIVERED: Final = "delivery"
"""The format of files that are made for a profile, in a folder of its name."""
BOOK: Final = "daisy-folder"
"""The format of a DAISY 2.02 book as a folder."""

PROFILES: Mapping[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            "acx",
            "ACX (Audible, Amazon, iTunes)",
            "ACX Audio Submission Requirements",
            DELIVERED,
            kbits=Bounds(192, 320, 192),
            rates_hz=(44_100,),
            is_constant=True,
            rms_db=Bounds(-23, -18, -20),
            peak_db=-3,
            noise_db=-60,
            head_seconds=Bounds(0.5, 1, 0.75),
            tail_seconds=Bounds(1, 5, 3),
            length_seconds=Bounds(0, 120 * 60),
            takes_synthetic=False,
        ),
        Profile(
            "nnels",
            "NNELS, libraries of Canada",
            "NNELS, Making Accessible Books (module 5) and recording guidelines of APLN",
            DELIVERED,
            kbits=Bounds(64, 96, 64),
            is_mono=True,
            rms_db=Bounds(-23, -18, -20),
            peak_db=-3,
            noise_db=-60,
            head_seconds=Bounds(0.9, 1.1, 1),
            tail_seconds=Bounds(2.9, 3.1, 3),
        ),
        Profile(
            "librivox",
            "LibriVox",
            "LibriVox Wiki, technical specifications",
            DELIVERED,
            kbits=Bounds(128, 128, 128),
            rates_hz=(44_100,),
            is_mono=True,
            is_constant=True,
            loudness_lufs=Bounds(-21, -16, -18.5),
        ),
        Profile(
            "alexa",
            "Alexa's flash briefings",
            "Amazon, Flash Briefing Skill API Feed Reference",
            DELIVERED,
            kbits=Bounds(256, 256, 256),
            loudness_lufs=Bounds(-19, -9, -14),
            peak_db=-2,
            true_peak=True,
            length_seconds=Bounds(10, 600),
            files=Bounds(1, 5),
        ),
        Profile(
            "daisy-player",
            "players of DAISY 2.02, even old ones",
            "DAISY Pipeline's validator of DAISY 2.02 (sound); practice (names)",
            BOOK,
            kbits=Bounds(32, 64, 64),
            rates_hz=(22_050, 44_100),
            is_mono=True,
            is_constant=True,
            short_names=True,
        ),
    )
}
