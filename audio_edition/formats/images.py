"""Format images: the pictures that the document holds and the text shows, each a file that the pages refer to."""

from __future__ import annotations

import re
from pathlib import Path
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
