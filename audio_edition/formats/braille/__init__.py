"""Format braille: the text as BRF, pages of braille ASCII for displays, embossers and reading programs.

Each line ends with CR and LF, each page with a form feed; nothing but the 64 characters of the code is in it.
"""

from __future__ import annotations

from pathlib import Path

from audio_edition.formats.braille.book import book
from audio_edition.formats.braille.braille_ascii import in_ascii
from audio_edition.formats.braille.liblouis import version
from audio_edition.formats.braille.tables import main_table
from audio_edition.model import Package, Recording


def library_version(language: str) -> str:
    """Return the version of the library that writes braille of a language. Raises MissingTool, PublishError."""
    main_table(language, grade=1)
    return version()


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write the BRF. Raises MissingTool without liblouis, PublishError for a language without six-dot braille."""
    name, pages = Path(f"{slug}.brf"), book(recording)
    with (folder / name).open("w", encoding="ascii", newline="") as file:
        for page in (*pages.contents, *pages.text):
            file.writelines(f"{in_ascii(line).rstrip()}\r\n" for line in page)
            file.write("\f")
    return Package("braille", (name,))
