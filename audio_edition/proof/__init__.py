"""Proof: what may be said wrong, before any sound is made, and what was misheard of a finished edition.

Beside `edition.py`, not a stage: it may ask any of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from audio_edition import work
from audio_edition.config import Settings
from audio_edition.errors import PublishError
from audio_edition.model import Delivery, Script
from audio_edition.proof.edition_folder import is_edition, read_edition
from audio_edition.proof.risks import Risk, has_word_list, risks
from audio_edition.speak import default_engine, open_engine
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.voices import choose_voice

__all__ = ["Risk", "has_word_list", "is_edition", "read_edition", "words_at_risk", "write_page"]


def words_at_risk(script: Script, settings: Settings) -> tuple[Risk, ...]:
    """The words that the voice of the settings may say wrong. Raises SpeakError, MissingTool."""
    with _narrator(script, settings, None) as narrator:
        return risks(script, narrator.engine, narrator.delivery.voice)


def write_page(
    path: Path, script: Script, found: tuple[Risk, ...], settings: Settings, cache: work.Cache | None
) -> None:
    """Write the page on which they can be heard; it appears whole or not at all. Raises AudioEditionError."""
    from audio_edition.proof.page import page

    with _narrator(script, settings, cache) as narrator:
        html = page(script, found, narrator)
    try:
        with work.new_file(path) as file:
            file.write(html.encode("utf-8", "replace"))
    except OSError as error:
        raise PublishError(
            f"{path}: the page could not be written ({error.strerror or error}).", "Name another file with --html."
        ) from error


@contextlib.contextmanager
def _narrator(script: Script, settings: Settings, cache: work.Cache | None) -> Iterator[Narrator]:
    with contextlib.closing(open_engine(settings.speech.engine or default_engine())) as engine:
        voice = choose_voice(engine, settings.speech.voice, script.language)
        yield Narrator(engine, Delivery(voice, settings.speech.rate_wpm), cache)
