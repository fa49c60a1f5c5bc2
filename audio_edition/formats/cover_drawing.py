"""Draw a cover: publication and date, a double rule, the title, and a picture or an ornament below.

The font has every letter of a line; if the machine has no such font, the line is left out, as a plain cover is better
than boxes. A cover has 1,600 pixels square, since podcast catalogues want at least 1,400 and at most 3,000.
"""

from __future__ import annotations

import colorsys
import functools
import hashlib
import io
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from audio_edition.formats.cover_letters import Face, face, letters, shaping

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SIDE = 1600
ART_TOP = 1040
GROUNDS = (
    "#12355b", "#5a1a2b", "#1e4d3a", "#4a2c6f", "#5c3a0e", "#234b57",
    "#7a2318", "#2b2d6e", "#3d4a14", "#70204f", "#0d4f4a", "#3a3a3f",
)  # fmt: skip
LEAST_CONTRAST = 7.0
"""Of letters with what is behind them: AAA (WCAG 2.2, 1.4.6)."""
LIGHT, DARK = "#ffffff", "#111111"
_MARGIN = 120
_ROOM = SIDE - 2 * _MARGIN
_MASTHEAD_BASE, _MASTHEAD_SIZE, _GAP = 178, 56, 60
_RULE = 214
_TITLE_TOP, _TITLE_HEIGHT = 276, 720
_TITLE_SIZES = (220, 192, 168, 150, 134, 120, 107, 96, 86, 76, 66, 58)
_LEAST_FOR_WHOLE_WORDS = 96
"""Rather than make letters smaller than this, a word that is wider than a line is hyphenated."""
_TWICE = 2
"""Ornaments are drawn larger and made smaller, so that their edges are smooth."""

Colour = tuple[int, int, int]
_Ornament = Callable[["ImageDraw", bytes, Sequence[Colour]], None]


@dataclass(frozen=True, slots=True)
class Design:
    """What is on a cover. `colour` is the publication's, or ""; `picture` is one of the document, or empty."""

    title: str
    source: str = ""
    published: str = ""
    direction: str = "ltr"
    language: str = ""
    colour: str = ""
    picture: bytes = field(default=b"", repr=False)


@functools.lru_cache(maxsize=1)
def drawn(cover: Design) -> bytes:
    """Return the cover as PNG; kept for the formats that all carry it."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    seed = hashlib.sha256(cover.title.encode("utf-8", "replace")).digest()
    ground, ink = colours(cover.colour or GROUNDS[seed[0] % len(GROUNDS)])
    image = Pictures.new("RGB", (SIDE, SIDE), ground)
    image.paste(fitted(cover.picture) or _ornament(seed, ground, ink), (0, ART_TOP))
    draw = ImageDraw.Draw(image)
    _draw_masthead(draw, cover, ink)
    _draw_title(draw, cover, ink)
    file = io.BytesIO()
    image.save(file, "PNG")  # to look for the smallest file takes three times as long, and saves 2 %
    return file.getvalue()


# --- colours


def colours(wanted: str) -> tuple[Colour, Colour]:
    """Return ground and ink: the colour, made darker until letters on it stand out; light colours get dark letters."""
    ground, light, dark = _rgb(wanted), _rgb(LIGHT), _rgb(DARK)
    if contrast(ground, dark) >= LEAST_CONTRAST:
        return ground, dark
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in ground))
    while contrast(ground, light) < LEAST_CONTRAST:
        lightness -= 0.01
        red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, lightness, saturation))
        ground = (red, green, blue)
    return ground, light


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    shares = (part / 255 for part in colour)
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(ground: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(one + share * (two - one)) for one, two in zip(ground, other, strict=True))
    return red, green, blue


# --- letters


def _draw_masthead(draw: ImageDraw, cover: Design, ink: Colour) -> None:
    """Draw the publisher at the start of a line, the date at its end, and a double rule below."""
    ends = _draw_small(draw, cover.published, cover, ink, _ROOM // 2, at_end=bool(letters(cover.source)))
    _draw_small(draw, cover.source, cover, ink, _ROOM - (ends + _GAP if ends else 0))
    draw.rectangle((_MARGIN, _RULE, SIDE - _MARGIN - 1, _RULE + 7), ink)
    draw.rectangle((_MARGIN, _RULE + 15, SIDE - _MARGIN - 1, _RULE + 17), ink)


def _draw_small(draw: ImageDraw, text: str, cover: Design, ink: Colour, room: float, *, at_end: bool = False) -> float:
    """Draw a text on the line of the masthead, and return its width."""
    text = letters(text)
    small = face(text, _MASTHEAD_SIZE, cover.direction, cover.language)
    if not small:
        return 0
    if small.width(text) > room:
        text = small.shortened(text, room)
    _draw_line(draw, text, _MASTHEAD_BASE, small, ink, at_right=(cover.direction == "rtl") != at_end)
    return small.width(text)


def _draw_title(draw: ImageDraw, cover: Design, ink: Colour) -> None:
    """Draw the title in the largest letters that fit; a very long title is cut short."""
    title = letters(cover.title)
    faces = [found for size in _TITLE_SIZES if (found := face(title, size, cover.direction, cover.language))]
    whole = [found for found in faces if found.font.size >= _LEAST_FOR_WHOLE_WORDS and found.words_fit(title, _ROOM)]
    for title_face in (*whole, *(found for found in faces if found not in whole)):
        if lines := _title_lines(title_face, title):
            above, _ = title_face.extent(lines[:1])
            base, height = _TITLE_TOP + round(max(above, 0.75 * title_face.font.size)), title_face.line_height(lines)
            for number, line in enumerate(lines):
                _draw_line(draw, line, base + number * height, title_face, ink, at_right=cover.direction == "rtl")
            return


def _title_lines(title_face: Face, title: str) -> list[str]:
    """Return the lines of the title, or none if they take too much room; in the smallest letters the last is cut."""
    above, below = title_face.extent([title])
    height = title_face.line_height([title])
    most = 1 + int((_TITLE_HEIGHT - above - below) / height)
    lines = title_face.lines(title, _ROOM, most)
    if len(lines) > most and title_face.font.size == _TITLE_SIZES[-1]:
        return [*lines[: most - 1], title_face.shortened(lines[most - 1], _ROOM)]
    return lines if len(lines) <= most else []


def _draw_line(draw: ImageDraw, line: str, base: int, drawn_in: Face, ink: Colour, *, at_right: bool) -> None:
    place = (SIDE - _MARGIN if at_right else _MARGIN, base)
    anchor = "rs" if at_right else "ls"
    draw.text(place, line, ink, drawn_in.font, anchor=anchor, direction=shaping(drawn_in.direction))


# --- pictures


def fitted(data: bytes) -> Image | None:
    """Return the picture, cut to fill the lower part of a cover; None if it can't be read."""
    from PIL import Image as Pictures
    from PIL import ImageOps

    if not data:
        return None
    try:
        with Pictures.open(io.BytesIO(data)) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Pictures.DecompressionBombError):
        return None
    white = Pictures.new("RGBA", upright.size, LIGHT)
    shown = Pictures.alpha_composite(white, upright).convert("RGB")
    return ImageOps.fit(shown, (SIDE, SIDE - ART_TOP), Pictures.Resampling.LANCZOS, centering=(0.5, 0.35))


def _ornament(seed: bytes, ground: Colour, ink: Colour) -> Image:
    """Return an ornament of tints of the ground, each title's own."""
    from PIL import Image as Pictures
    from PIL import ImageDraw

    tints = [_mixed(ground, ink, share) for share in (0.12, 0.26, 0.46, 0.78)]
    image = Pictures.new("RGB", (_TWICE * SIDE, _TWICE * (SIDE - ART_TOP)), ground)
    _ORNAMENTS[seed[1] % len(_ORNAMENTS)](ImageDraw.Draw(image), seed[2:], tints)
    return image.reduce(_TWICE)


def _bars(draw: ImageDraw, seed: bytes, tints: Sequence[Colour]) -> None:
    """Like the sound of a sentence."""
    width, height = draw.im.size
    count = 26
    step = width / count
    for bar in range(count):
        half = height * (0.06 + 0.36 * seed[bar] / 255)
        box = (round((bar + 0.2) * step), height / 2 - half, round((bar + 0.8) * step), height / 2 + half)
        draw.rounded_rectangle(box, radius=round(0.3 * step), fill=tints[1 + seed[bar] % 3])


def _waves(draw: ImageDraw, seed: bytes, tints: Sequence[Colour]) -> None:
    """Like the sea."""
    width, height = draw.im.size
    for layer, tint in enumerate(tints):
        length, shift = width * (0.35 + seed[layer] / 400), seed[layer + 8] / 40
        middle, swing = height * (0.22 + 0.2 * layer), height * (0.05 + seed[layer + 16] / 2500)
        crest = [(x, middle + swing * math.sin(2 * math.pi * x / length + shift)) for x in range(0, width + 16, 16)]
        draw.polygon([*crest, (width, height), (0, height)], fill=tint)


def _rings(draw: ImageDraw, seed: bytes, tints: Sequence[Colour]) -> None:
    """Like a stone in water."""
    width, height = draw.im.size
    across, down = width * (0.15 + 0.7 * seed[0] / 255), height * (0.75 + 0.35 * seed[1] / 255)
    step = height * (0.13 + 0.07 * seed[2] / 255)
    for ring in range(14, 0, -1):
        radius = ring * step
        box = (across - radius, down - radius, across + radius, down + radius)
        draw.ellipse(box, outline=tints[seed[ring] % len(tints)], width=round(step * 0.42))


def _tiles(draw: ImageDraw, seed: bytes, tints: Sequence[Colour]) -> None:
    """Quarters of circles, each turned as it falls."""
    width, height = draw.im.size
    side = height / 3
    columns = math.ceil(width / side)
    for place in range(3 * columns):
        left, top, fallen = place % columns * side, place // columns * side, seed[place % len(seed)] ^ 37 * place % 256
        turn = fallen % 4
        x, y = left + side * (turn % 2), top + side * (turn // 2)
        draw.rectangle((left, top, left + side, top + side), fill=tints[0] if fallen & 4 else None)
        start = {0: 0, 1: 90, 3: 180, 2: 270}[turn]
        draw.pieslice((x - side, y - side, x + side, y + side), start, start + 90, fill=tints[fallen // 8 % len(tints)])


def _hills(draw: ImageDraw, seed: bytes, tints: Sequence[Colour]) -> None:
    """Ridges, one before the other."""
    width, height = draw.im.size
    for layer, tint in enumerate(tints):
        peaks = 4 + layer
        ridge = [
            (width * peak / peaks, height * (0.1 + 0.19 * layer + 0.32 * (seed[(7 * layer + peak) % len(seed)] / 255)))
            for peak in range(peaks + 1)
        ]
        draw.polygon([*ridge, (width, height), (0, height)], fill=tint)


_ORNAMENTS: tuple[_Ornament, ...] = (_bars, _waves, _rings, _tiles, _hills)
