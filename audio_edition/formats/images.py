"""Format images: the pictures that the document holds and the text shows, each a file that the pages refer to."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import Final

from audio_edition.model import Image, Package, Picture, Recording, Script, every

FOLDER: Final = "images"
_NAME = re.compile(r"(?!(?:con|prn|aux|nul|com\d|lpt\d)\.)[0-9a-z]{1,64}\.(?:jpg|png|gif|webp)")
"""Scripts may come from anywhere: nothing else becomes a path, and nothing that a system takes for a device."""


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `images/<name>` for each picture that is shown; nothing where there is none."""
    shown = images_shown(recording.script)
    if shown:
        (folder / FOLDER).mkdir(exist_ok=True)
    for image in shown:
        (folder / FOLDER / image.name).write_bytes(image.data)
    return Package("images", tuple(Path(FOLDER, image.name) for image in shown))


def images_shown(script: Script) -> tuple[Image, ...]:
    """Return those of the script's images that stand in its text, in the order of the document."""
    blocks = (block for chapter in script.chapters for block in every(chapter.blocks))
    named = {block.image for block in blocks if isinstance(block, Picture)}
    named |= {span.value for passage in script.passages() for span in passage.spans if span.kind == "image"}
    return tuple(image for image in script.images if image.name in named and _NAME.fullmatch(image.name))


def images_as(endings: Mapping[str, str], script: Script) -> dict[str, Image]:
    """Return the pictures shown, by their names, as a format may hold them that knows only the types of `endings`, each
    under a name that ends as its type does. Others become PNG; those that can't be read are left out."""
    found = ((image.name, _as(endings, image)) for image in images_shown(script))
    return {name: image for name, image in found if image}


def _as(endings: Mapping[str, str], image: Image) -> Image | None:
    from PIL import Image as Pictures

    name = PurePath(image.name).stem
    if image.media_type in endings:
        return replace(image, name=f"{name}{endings[image.media_type]}")
    file = io.BytesIO()
    try:
        with Pictures.open(io.BytesIO(image.data)) as opened:
            opened.convert("RGBA").save(file, "PNG", optimize=True)
    except (OSError, ValueError, Pictures.DecompressionBombError):
        return None
    return replace(image, name=f"{name}.png", media_type="image/png", data=file.getvalue())
