"""Proof: what may be said wrong, before any sound is made, and what was misheard of a finished edition.

Beside `edition.py`, not a stage: it may ask any of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from audio_edition import atomic
from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.errors import PublishError
from audio_edition.model import Script
from audio_edition.proof.risks import Risk, has_word_list, risks
from audio_edition.speak.cast import cast_for

__all__ = ["Risk", "has_word_list", "words_at_risk"]


def words_at_risk(
    script: Script,
    settings: Settings,
    cache: Cache | None = None,
    page_path: Path | None = None,
    documents: Iterable[tuple[bytes, str]] = (),
) -> tuple[Risk, ...]:
    """Return the words that the voices of the settings may mispronounce.

    With a `page_path`, also write a page on which they can be heard, complete or not at all; it shows the pages of the
    PDFs among the `documents`, each its bytes and its name, with what was understood of them. Raises AudioEditionError.
    """
    with cast_for(script, settings.speech, cache) as cast:
        found = risks(script, cast)
        if page_path:
            from audio_edition.proof.page import page
            from audio_edition.proof.sheets import sheets_of

            _write(page_path, page(script, found, cast, sheets_of(documents)))
    return found


def _write(path: Path, html: str) -> None:
    try:
        with atomic.handed_out_file(path) as file:
            file.write(html.encode("utf-8", "replace"))
    except OSError as error:
        raise PublishError(
            f"{path}: the page could not be written ({error.strerror or error}).", "Name another file with --html."
        ) from error
