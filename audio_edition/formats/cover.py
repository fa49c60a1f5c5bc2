"""Format cover: the document's own cover, or a drawn one, for players and catalogues."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from audio_edition.formats.cover_drawing import SIDE, Design, drawn, fitted
from audio_edition.formats.images import images_shown
from audio_edition.formats.language import direction
from audio_edition.model import Image, Package, Picture, Recording, Script, every
from audio_edition.model.characters import one_line

__all__ = ["NAME", "SIDE", "Design", "alternative", "drawn", "embedded", "of_the_document", "picture", "write"]

NAME = "cover.png"
_ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp"}
_LEAST_SIDE = 240
_MOST_STRETCHED = 4
"""Smaller or narrower pictures are ornaments, signs and formulas more often than what an article shows."""
_LARGEST_PNG_BYTES = 200_000
_JPEG_QUALITY = 85


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `cover.png`."""
    (folder / NAME).write_bytes(picture(recording.script, recording.colour))
    return Package("cover", (Path(NAME),))


def picture(script: Script, colour: str = "") -> bytes:
    """Return the cover of an edition as PNG: the document's own, else one that is drawn in the publication's colour."""
    own = of_the_document(script)
    return (_as_png(own.data) if own else None) or drawn(design(script, colour))


def embedded(recording: Recording, side: int = SIDE) -> Image:
    """Return the cover for the inside of a file, at most `side` pixels wide and high: a JPEG where a PNG is large."""
    return _embedded(picture(recording.script, recording.colour), side)


@functools.lru_cache(maxsize=2)
def _embedded(png: bytes, side: int) -> Image:
    from PIL import Image as Pictures

    if side >= SIDE and len(png) <= _LARGEST_PNG_BYTES:
        return Image(NAME, "image/png", png)
    with Pictures.open(io.BytesIO(png)) as image:
        image.thumbnail((side, side))
        file = io.BytesIO()
        image.save(file, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return Image("cover.jpg", "image/jpeg", file.getvalue())


def of_the_document(script: Script) -> Image | None:
    """Return the cover that the document brings; None where it has none. `name` is what a file with it is called."""
    named = script.metadata.cover
    own = next((image for image in script.images if named and image.name == named), None)
    if own is None or own.media_type not in _ENDINGS:
        return None
    return replace(own, name=f"cover{_ENDINGS[own.media_type]}")


@functools.lru_cache(maxsize=1)
def _as_png(data: bytes) -> bytes | None:
    """Return the picture as PNG, no larger than a cover; None if it cannot be read."""
    from PIL import Image as Pictures

    try:
        with Pictures.open(io.BytesIO(data)) as opened:
            image = opened.convert("RGB")
    except (OSError, ValueError, Pictures.DecompressionBombError):
        return None
    image.thumbnail((SIDE, SIDE))
    file = io.BytesIO()
    image.save(file, "PNG")  # optimize takes three times as long for 3 % less
    return file.getvalue()


def design(script: Script, colour: str = "") -> Design:
    """Return what the cover of an edition shows."""
    title, source, published = _lettering(script)
    illustration = _illustration(script)
    return Design(
        title,
        source,
        published,
        direction(script.language),
        script.language,
        colour,
        illustration.data if illustration else b"",
    )


def _lettering(script: Script) -> tuple[str, str, str]:
    title, source, published = (one_line(text).strip() for text in (script.title, script.source, script.published))
    return title, source, published


def alternative(script: Script) -> str:
    """Return the cover in words: what is written on it, and what its picture shows."""
    title, source, published = _lettering(script)
    below = ", ".join(text for text in (source, published) if text)
    illustration = None if of_the_document(script) else _illustration(script)
    shown = next((words for image, words in _pictures(script) if illustration and image == illustration.name), "")
    return ". ".join(text.rstrip(".") if text is not shown else text for text in (title, below, shown) if text)


def _illustration(script: Script) -> Image | None:
    """Return the first picture of the text that is large enough for a cover and can be read."""
    large = (image for image in images_shown(script) if _is_large(image))
    return next((image for image in large if _is_readable(image.data)), None)


def _is_large(image: Image) -> bool:
    short, long = sorted((image.width, image.height))
    return short >= _LEAST_SIDE and long <= _MOST_STRETCHED * short


@functools.lru_cache(maxsize=4)
def _is_readable(data: bytes) -> bool:
    return fitted(data) is not None


def _pictures(script: Script) -> Iterator[tuple[str, str]]:
    """Yield the name and the words of each picture of the text."""
    for chapter in script.chapters:
        for block in every(chapter.blocks):
            if isinstance(block, Picture):
                said = block.text.utterances
                yield block.image, one_line(said[0].text if said else block.text.unspoken.text).strip()
