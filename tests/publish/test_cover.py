"""The cover: letters that can be read, in every script that the machine has letters for, and words for those who can't
see it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen.id3 import ID3
from PIL import Image
from recordings import article, of_texts

from audio_edition.model import Script
from audio_edition.publish import PACKAGES, cover


def _script(title: str, language: str = "en", source: str = "The Wire") -> Script:
    return Script(title, (), language, published="2026-10-09", source=source)


def _pixels(title: str, language: str = "en", source: str = "The Wire") -> Any:
    image = Image.open(io.BytesIO(cover.picture(_script(title, language, source))))
    assert (image.format, image.mode, image.size) == ("PNG", "RGB", (1600, 1600))
    return image


def _luminance(colour: tuple[int, ...]) -> float:
    """WCAG 2.2, "relative luminance"."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ink_rows(image: Any, top: int, bottom: int) -> int:
    """How many rows between two heights hold white."""
    return int((np.asarray(image)[top:bottom:4] == 255).all(axis=2).any(axis=1).sum())


@pytest.mark.parametrize("title", ["Ferry sinks", "Floods", "A vote", "Harbour", "Sea wall", "Trombones", "Sandbags"])
def test_letters_stand_out(title: str) -> None:
    """On every ground, white letters have more contrast than AAA asks for: 7 to 1."""
    colours = sorted(_pixels(title).getcolors(1 << 24), reverse=True)
    ground, ink = _luminance(colours[0][1]), _luminance((255, 255, 255))
    assert (ink + 0.05) / (ground + 0.05) > 7
    assert any(colour == (255, 255, 255) for _, colour in colours)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Ferry sinks", "en"),
        ("Łódź: powódź", "pl"),
        ("Η γέφυρα άνοιξε", "el"),
        ("Паром затонул", "ru"),
        ("Cầu mới", "vi"),
    ],
)
def test_the_letters_of_a_title_are_drawn(title: str, language: str) -> None:
    """With the font that comes along: Latin with all accents, Greek, Cyrillic."""
    assert _ink_rows(_pixels(title, language), 300, 700) > 20


def test_a_title_without_a_font_leaves_a_plain_cover() -> None:
    """No boxes where letters should be: publisher and date alone (here, letters that no font has)."""
    plain = _pixels("\U00016800\U00016801", "bax")
    assert _ink_rows(plain, 300, 1000) == 0
    assert _ink_rows(plain, 100, 250) > 0


def test_right_to_left_titles_stand_at_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where letters can be joined, Arabic begins at the right edge; where not, the cover stays plain."""
    drawn = _pixels("غرق العبّارة", "ar", "")
    if cover._font("غرق", 100):
        assert _ink_rows(drawn.crop((0, 0, 400, 1600)), 300, 700) == 0
        assert _ink_rows(drawn.crop((1200, 0, 1600, 1600)), 300, 700) > 0
    cover.drawn.cache_clear()
    monkeypatch.setattr(cover, "_can_shape", lambda: False)
    assert _ink_rows(_pixels("غرق العبّارة", "ar", ""), 300, 1000) == 0
    cover.drawn.cache_clear()


@pytest.mark.parametrize("title", ["Long " * 100, "x" * 500, "長い見出し" * 60, "🚢" * 40, "", "\x00\x1b[31m<b>"])
def test_nothing_runs_over_the_edge(title: str) -> None:
    """However long or odd the headline, the margins stay free, and so does the ornament below."""
    image = _pixels(title)
    for edge in ((0, 0, 100, 1600), (1500, 0, 1600, 1600), (0, 1090, 1600, 1140)):
        assert len(image.crop(edge).getcolors()) == 1


def test_a_cover_has_its_words() -> None:
    """Title, publisher and date, whatever of them there is."""
    assert cover.alternative(_script("Ferry sinks")) == "Ferry sinks. The Wire, 2026-10-09"
    assert cover.alternative(Script("Ferry sinks", ())) == "Ferry sinks"


def test_players_of_the_mp3_show_it(tmp_path: Path) -> None:
    """As the front cover, described; the same picture as in the folder."""
    recording = of_texts(tmp_path, article())
    for name in ("mp3", "cover"):
        PACKAGES[name].write(recording, tmp_path, "ferry")
    (picture,) = ID3(tmp_path / "ferry.mp3").getall("APIC")
    assert (picture.type, picture.mime, picture.data) == (3, "image/png", (tmp_path / "cover.png").read_bytes())
    assert picture.desc == "Ferry “Gull” sinks & floats. The Wire, 2026-10-09"


def test_a_title_that_is_one_endless_word_is_measured_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cover has no room for is not measured: the letters looked at do not grow with the title."""
    looked_at: list[int] = []
    width = cover._width

    def measured(text: str, *more: Any) -> float:
        looked_at.append(len(text))
        return width(text, *more)

    monkeypatch.setattr(cover, "_width", measured)
    _pixels("x" * 4000)
    once = sum(looked_at)
    _pixels("x" * 400_000)
    assert sum(looked_at) == 2 * once < 40_000_000
