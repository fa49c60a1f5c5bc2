"""The dict of formats, and what formats share: light to import, clear when the disk refuses, exact in time."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.errors import SettingsError
from audio_edition.formats import BRAILLE, PACKAGES, chosen, write_packages
from audio_edition.formats.clock import milliseconds, seconds, timestamp
from audio_edition.formats.language import direction, iso_639_2
from audio_edition.model.characters import one_line
from audio_edition.model.profiles import DELIVERED
from support.recordings import article, of_texts
from support.structured import everything


def test_formats_are_imported_when_they_are_used() -> None:
    """The command line starts without the libraries for tags, pages and names."""
    heavy = {"mutagen", "jinja2", "slugify", "pydub", "imageio_ffmpeg", "PIL"}
    code = f"import sys, audio_edition.formats; print(*sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "\n"


@pytest.mark.parametrize("name", [name for name in PACKAGES if name != DELIVERED])
def test_a_package_names_the_files_it_wrote(tmp_path: Path, name: str) -> None:
    """Relative to the folder, all of them, under the format's name; other machines can be sent the writer."""
    recording = of_texts(tmp_path, everything())
    folder = tmp_path / "edition"
    folder.mkdir()
    for needed in (*PACKAGES[name].needs, *PACKAGES[name].needs_one[:1]):
        PACKAGES[needed].write(recording, folder, "ferry")
    before = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    package = pickle.loads(pickle.dumps(PACKAGES[name])).write(recording, folder, "ferry")  # noqa: S301 - our own
    written = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} - before
    assert package.format == name
    assert set(package.files) == written
    assert len(package.files) == len(written) > 0


def test_an_unknown_format_is_named_with_those_there_are(tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(
        SettingsError,
        match=r"'mp4'.*mp3, m4b, epub, daisy202, daisy-folder, daisy3, tracks, delivery, images, onix, braille, pef",
    ):
        write_packages(of_texts(tmp_path, article()), tmp_path, "ferry", ["mp3", "mp4"])
    assert not list(tmp_path.glob("*.mp3"))


@pytest.mark.parametrize(
    ("names", "formats"),
    [
        ((), tuple(name for name in PACKAGES if name not in ("daisy-folder", "daisy3", "onix", DELIVERED, *BRAILLE))),
        (("chapters", "mp3"), ("mp3", "chapters")),
        (("mp3", "mp3"), ("mp3",)),
        (("audiobook",), ("tracks", "images", "transcript", "cover", "audiobook")),
    ],
)
def test_formats_are_chosen_by_name(names: tuple[str, ...], formats: tuple[str, ...]) -> None:
    """The order in which they are asked for changes nothing; none asked for means all that are made by default; what
    a format refers to is made with it."""
    assert chosen(names) == formats


@pytest.mark.parametrize(
    ("samples", "expected"), [(0, 0), (22, 0), (23, 1), (44_100, 1000), (1152, 26), (44_100 * 36_000, 36_000_000)]
)
def test_samples_become_the_nearest_millisecond(samples: int, expected: int) -> None:
    """22 samples are less than half a millisecond, 23 more."""
    assert milliseconds(samples) == expected
    assert seconds(samples) == expected / 1000


@given(st.integers(min_value=0, max_value=44_100 * 360_000))
def test_no_time_is_off_by_more_than_half_a_millisecond(samples: int) -> None:
    """In whole numbers, so that hours are as exact as seconds."""
    assert abs(2 * (1000 * samples - 44_100 * milliseconds(samples))) <= 44_100


def test_hours_grow_beyond_two_digits() -> None:
    """WebVTT allows it, and a long book may need it."""
    assert timestamp(3_723_004) == "01:02:03.004"
    assert timestamp(360_000_000) == "100:00:00.000"


@pytest.mark.parametrize(
    ("tag", "code"), [("en-GB", "eng"), ("de", "deu"), ("zh-Hans", "zho"), ("haw", "haw"), ("", "und"), ("x-y", "und")]
)
def test_a_language_has_three_letters_in_id3(tag: str, code: str) -> None:
    """Or "und" where nobody knows it."""
    assert iso_639_2(tag) == code


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ar-EG", "rtl"),
        ("fa", "rtl"),
        ("ur", "rtl"),
        ("he", "rtl"),
        ("az-Arab", "rtl"),
        ("ur-Latn", "ltr"),
        ("en", "ltr"),
    ],
)
def test_a_language_runs_one_way(tag: str, expected: str) -> None:
    """The script, where the tag names it, decides."""
    assert direction(tag) == expected


@given(st.text(st.characters()))
def test_one_line_keeps_every_position(text: str) -> None:
    """Characters are replaced one for one, and the result can be written anywhere."""
    line = one_line(text)
    assert len(line) == len(text)
    assert len(line.splitlines()) <= 1
    line.encode("utf-8")
