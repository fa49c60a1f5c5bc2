"""The pictures of a document as files: in a folder beside the pages, and in the packages that hold them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from audio_edition.model import Image, Picture, Script, every

FOLDER = "images"
_NAME = re.compile(r"[0-9a-f]{8,64}\.(?:jpe?g|png|gif|webp)")
"""Scripts may come from anywhere: nothing else becomes a path."""


def pictures(script: Script) -> Mapping[str, Image]:
    """Return the pictures that the script shows and the document holds, by their file names."""
    held = {image.name: image for image in script.images if _NAME.fullmatch(image.name)}
    blocks = (block for chapter in script.chapters for block in every(chapter.blocks))
    shown = {block.image for block in blocks if isinstance(block, Picture)}
    shown |= {span.value for passage in script.passages() for span in passage.spans if span.kind == "image"}
    return {name: held[name] for name in sorted(shown & held.keys())}


def write_pictures(script: Script, folder: Path) -> tuple[Path, ...]:
    """Write the pictures into the folder's `images/`, and return their paths in it."""
    files = []
    for name, image in pictures(script).items():
        path = Path(FOLDER, name)
        (folder / FOLDER).mkdir(exist_ok=True)
        (folder / path).write_bytes(image.data)
        files.append(path)
    return tuple(files)
