"""Write the table of docs/profiles.md from the profiles."""

from __future__ import annotations

from pathlib import Path

from audio_edition.model.profiles import PROFILES, Bounds, Profile

PAGE = Path(__file__).parents[1] / "docs/profiles.md"
BEGIN, END = "<!-- table: made by scripts/profiles.py -->\n", "<!-- end of table -->"
_UNSTATED = "not stated"


def page() -> str:
    """Return the page as it should be."""
    text = PAGE.read_text("utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    return f"{before}{BEGIN}\n{_table()}\n{END}{after}"


def _table() -> str:
    columns = list(PROFILES.values())
    rows = {
        "for": [profile.recipient for profile in columns],
        "source": [profile.source for profile in columns],
        "level": [_level(profile) for profile in columns],
        "peak, at most": [_peak(profile) for profile in columns],
        "noise, at most": [
            _UNSTATED if each.noise_db is None else f"{_figure(each.noise_db)} dB RMS" for each in columns
        ],
        "MP3": [_coding(profile) for profile in columns],
        "silence before": [_bounds(profile.head_seconds, " s") for profile in columns],
        "silence behind": [_bounds(profile.tail_seconds, " s") for profile in columns],
        "length of a file": [_bounds(profile.length_seconds, " s") for profile in columns],
        "number of files": [_bounds(profile.files, "") for profile in columns],
        "names of sound files": ["8.3, a-z, 0-9, _, -" if profile.short_names else "in order" for profile in columns],
        "synthetic voices": [_UNSTATED if profile.takes_synthetic else "refused in general" for profile in columns],
    }
    head = "| what | " + " | ".join(f"`{profile.name}`" for profile in columns) + " |\n"
    lines = (f"| {what} | {' | '.join(told)} |\n" for what, told in rows.items())
    return head + "|---" * (len(columns) + 1) + "|\n" + "".join(lines)


def _level(profile: Profile) -> str:
    if profile.rms_db:
        return _bounds(profile.rms_db, " dB RMS")
    return _bounds(profile.loudness_lufs, " LUFS")


def _peak(profile: Profile) -> str:
    if profile.peak_db is None:
        return _UNSTATED
    return f"{_figure(profile.peak_db)} {'dBTP' if profile.true_peak else 'dB'}"


def _coding(profile: Profile) -> str:
    parts = [
        _bounds(profile.kbits, " kb/s"),
        "constant" if profile.is_constant else "",
        " or ".join(f"{rate:,} Hz" for rate in profile.rates_hz),
        "mono" if profile.is_mono else "",
    ]
    return ", ".join(part for part in parts if part)


def _bounds(bounds: Bounds | None, unit: str) -> str:
    """Return a range, and what is made where that is one of several values."""
    if bounds is None:
        return _UNSTATED
    told = _figure(bounds.least)
    if bounds.least != bounds.most:
        told = f"{told} to {_figure(bounds.most)}" if bounds.least else f"up to {_figure(bounds.most)}"
    made = f" ({_figure(bounds.aim)})" if bounds.aim and bounds.least != bounds.most else ""
    return f"{told}{unit}{made}"


def _figure(value: float) -> str:
    return f"{value:,g}" if value >= 0 else f"-{-value:g}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
