"""Format cover: the document's own cover, or a picture of title, publisher and date, for players and catalogues.

It is drawn with a font that has every letter of a line; where the machine has none, the line is left out: a plain cover
rather than boxes. 1,600 pixels square, as podcast catalogues want at least 1,400 and at most 3,000.
"""

from __future__ import annotations

import bisect
import functools
import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from audio_edition.model import Image, Package, Recording, Script
from audio_edition.publish.characters import one_line
from audio_edition.publish.language import direction

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIDE = 1600
NAME = "cover.png"
INK = "#ffffff"
GROUNDS = ("#12355b", "#5a1a2b", "#1e4d3a", "#4a2c6f", "#5c3a0e", "#234b57")
"""Each with white letters on it has a contrast of 8 to 1 at least; AA asks for 4.5 (WCAG 2.2, 1.4.3)."""
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}
_MARGIN = 130
_WIDTH = SIDE - 2 * _MARGIN
_TITLE_TOP, _TITLE_HEIGHT = 300, 780
_MOST_LETTERS = 2000
"""More than a cover has room for in the smallest size."""
_TITLE_SIZES = (170, 148, 128, 112, 98, 86, 76, 66, 58)
_SMALL_SIZE = 58
_LINE_HEIGHT = 1.28
_WAVE_MIDDLE, _BARS, _TALLEST_BAR = 1250, 28, 180

_FONTS_OF_SYSTEMS = (
    "NotoSans-Bold.ttf",
    "NotoSansArabic-Bold.ttf",
    "NotoSansHebrew-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "NotoSansBengali-Bold.ttf",
    "NotoSansTamil-Bold.ttf",
    "NotoSansThai-Bold.ttf",
    "NotoSansCJK-Bold.ttc",
    "DejaVuSans-Bold.ttf",
    "Lohit-Devanagari.ttf",
    "wqy-zenhei.ttc",
    "segoeuib.ttf",
    "Nirmala.ttc",
    "NirmalaB.ttf",
    "msyhbd.ttc",
    "YuGothB.ttc",
    "malgunbd.ttf",
    "LeelaUIb.ttf",
    "PingFang.ttc",
    "Kohinoor.ttc",
    "GeezaPro.ttc",
    "ArialHB.ttc",
    "Thonburi.ttc",
    "AppleSDGothicNeo.ttc",
    "arialuni.ttf",
)
"""By file name, what Linux, Windows and macOS have beside the font that comes along (Latin, Greek, Cyrillic)."""
_UNSHAPED = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")
_PIECE = re.compile(r"[\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]|[^\s\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]+|\s+")


@dataclass(frozen=True, slots=True)
class Lettering:
    """What stands on a cover."""

    title: str
    source: str
    published: str
    direction: str


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `cover.png`."""
    (folder / NAME).write_bytes(picture(recording.script))
    return Package("cover", (Path(NAME),))


def picture(script: Script) -> bytes:
    """Return the cover of an edition as PNG: the document's own, else one that is drawn."""
    own = of_the_document(script)
    return (_as_png(own.data) if own else None) or drawn(lettering(script))


def of_the_document(script: Script) -> Image | None:
    """Return the cover that the document brings; None where it has none. `name` is what a file with it is called."""
    named = script.metadata.cover
    own = next((image for image in script.images if named and image.name == named), None)
    if own is None or own.media_type not in _ENDINGS:
        return None
    return replace(own, name=f"cover{_ENDINGS[own.media_type]}")


@functools.lru_cache(maxsize=1)
def _as_png(data: bytes) -> bytes | None:
    """The picture as PNG, no larger than a cover is; None where it can't be read."""
    from PIL import Image as Pictures

    try:
        with Pictures.open(io.BytesIO(data)) as opened:
            image = opened.convert("RGB")
    except (OSError, ValueError, Pictures.DecompressionBombError):
        return None
    image.thumbnail((SIDE, SIDE))
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def lettering(script: Script) -> Lettering:
    """What the cover of an edition says."""
    title, source, published = (one_line(text).strip() for text in (script.title, script.source, script.published))
    return Lettering(title, source, published, direction(script.language))


def alternative(script: Script) -> str:
    """The cover in words."""
    said = lettering(script)
    below = ", ".join(text for text in (said.source, said.published) if text)
    return ". ".join(text for text in (said.title, below) if text)


@functools.lru_cache(maxsize=1)
def drawn(cover: Lettering) -> bytes:
    """The PNG; kept for the formats that all carry it."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    seed = hashlib.sha256(cover.title.encode("utf-8", "replace")).digest()
    image = Pictures.new("RGB", (SIDE, SIDE), GROUNDS[seed[0] % len(GROUNDS)])
    draw = ImageDraw.Draw(image)
    _draw_wave(draw, seed)
    _draw_small(draw, cover.source, _MARGIN, cover.direction)
    _draw_title(draw, cover.title, cover.direction)
    _draw_small(draw, cover.published, SIDE - _MARGIN - _SMALL_SIZE, cover.direction)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_wave(draw: ImageDraw, seed: bytes) -> None:
    """An ornament like the sound of a sentence, each title's own."""
    step = _WIDTH / _BARS
    for bar in range(_BARS):
        half = 12 + _TALLEST_BAR // 2 * seed[bar] // 255
        left = _MARGIN + round(bar * step)
        box = (left, _WAVE_MIDDLE - half, left + round(step / 2), _WAVE_MIDDLE + half)
        draw.rounded_rectangle(box, radius=round(step / 4), fill=INK)


def _draw_small(draw: ImageDraw, text: str, top: int, direction: str) -> None:
    text = _letters(text)
    if font := _font(text, _SMALL_SIZE):
        lines = _wrapped(text, font, direction)
        _draw_line(draw, lines[0] + _dots(font) * (len(lines) > 1), top, font, direction)


def _draw_title(draw: ImageDraw, title: str, direction: str) -> None:
    """In the largest letters in which it fits; a very long title is cut short."""
    title = _letters(title)
    for size in _TITLE_SIZES:
        if not (font := _font(title, size)):
            return
        lines, most = _wrapped(title, font, direction), int(_TITLE_HEIGHT / (size * _LINE_HEIGHT))
        if len(lines) > most and size == _TITLE_SIZES[-1]:
            lines = [*lines[: most - 1], lines[most - 1].rstrip(" ,.;:") + _dots(font)]
        if len(lines) <= most:
            for number, line in enumerate(lines):
                _draw_line(draw, line, _TITLE_TOP + round(number * size * _LINE_HEIGHT), font, direction)
            return


def _draw_line(draw: ImageDraw, line: str, top: int, font: FreeTypeFont, direction: str) -> None:
    right = direction == "rtl"
    place = (SIDE - _MARGIN if right else _MARGIN, top + font.size)
    draw.text(place, line, INK, font, anchor="rs" if right else "ls", direction=_shaping(direction))


def _dots(font: FreeTypeFont) -> str:
    return "…" if _has_all(font, "…") else "..."


def _letters(text: str) -> str:
    """The text, as much as there could be room for, without emoji and what else no font of letters has."""
    kept = (
        character
        for character in text[:_MOST_LETTERS]
        if unicodedata.category(character) not in ("So", "Sk", "Co", "Cn", "Cf")
    )
    return " ".join("".join(kept).split())


def _wrapped(text: str, font: FreeTypeFont, direction: str) -> list[str]:
    """Lines of at most the width of the cover, cut between words, and Chinese between any two characters."""
    lines = [""]
    for piece in _pieces(text, font, direction):
        if _width(lines[-1] + piece.rstrip(), font, direction) <= _WIDTH:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [line.rstrip() for line in lines if line.strip()]


def _pieces(text: str, font: FreeTypeFont, direction: str) -> Iterator[str]:
    for piece in _PIECE.findall(text):
        while _width(piece, font, direction) > _WIDTH:
            ends = range(2, len(piece))
            cut = 1 + bisect.bisect_right(ends, False, key=lambda end: _width(piece[:end], font, direction) > _WIDTH)
            yield piece[:cut]
            piece = piece[cut:]
        yield piece


def _width(text: str, font: FreeTypeFont, direction: str) -> float:
    return font.getlength(text, direction=_shaping(direction))


# --- fonts


def _font(text: str, size: int) -> FreeTypeFont | None:
    """The first font that has every character of the text and can join them as its writing wants."""
    if not text or (_needs_shaping(text) and not _can_shape()):
        return None
    return next((font for font in _fonts(size) if _has_all(font, text)), None)


def _fonts(size: int) -> Iterator[FreeTypeFont]:
    from PIL import ImageFont
    from ttf_opensans import OPENSANS_BOLD

    for name in (str(OPENSANS_BOLD.path), *_FONTS_OF_SYSTEMS):
        try:
            yield ImageFont.truetype(name, size)
        except OSError:
            continue


def _has_all(font: FreeTypeFont, text: str) -> bool:
    # A character that a font lacks is drawn as the box that one which no font has is drawn as.
    box = _shape(font, "\U0010fffd")
    return all(_shape(font, character) != box for character in set(text) if _is_drawn_alone(character))


def _shape(font: FreeTypeFont, character: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(character)
    return mask.size, bytes(mask)


def _is_drawn_alone(character: str) -> bool:
    return unicodedata.category(character)[0] not in "ZCM"


def _needs_shaping(text: str) -> bool:
    """Whether letters change with those beside them, or run from right to left."""
    letters = (character for character in text if unicodedata.category(character)[0] in "LM")
    return any(not unicodedata.name(letter, "").startswith((*_UNSHAPED, "COMBINING")) for letter in letters)


@functools.cache
def _can_shape() -> bool:
    from PIL import features

    return bool(features.check("raqm"))


def _shaping(direction: str) -> str | None:
    return direction if _can_shape() else None
