"""Editions that need not be made again: what they were made from is the same, and their files are as they were left."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from audio_edition import __version__, audio
from audio_edition.atomic import blocks_of, clear_up, regular_file
from audio_edition.cache import key_of
from audio_edition.config import Settings
from audio_edition.edition.build import LexiconFile
from audio_edition.edition.folder import listed_files, manifest_of, whole_file
from audio_edition.edition.issue import Documents, Loaded
from audio_edition.errors import EditionError
from audio_edition.model import EDITION_JSON
from audio_edition.speak import default_engine, open_engine

_TAIL_BYTES = 1 << 16
"""Of edition.json, in which it says what the edition was made from."""
_MADE_FROM = re.compile(rb'\n,?"made_from":"([0-9a-f]{64})"')
_PICTURE = re.compile(rb"[^\s\"'()<>\[\]=]{1,300}\.(?:png|jpe?g|gif|webp)", re.IGNORECASE)


def edition_key(documents: Documents, lexicons: Sequence[LexiconFile], settings: Settings, *more: object) -> str:
    """Return a name for all that editions of these documents depend on, besides `more`.

    Raises SpeakError, MissingTool if the engine can't be used.
    """
    data = [hashlib.sha256(document.data).hexdigest() for document in documents.loaded]
    pictures = [digest for document in documents.loaded for digest in _pictures_beside(document)]
    words = [hashlib.sha256(lexicon.data).hexdigest() for lexicon in lexicons]
    relevant = replace(
        settings,
        lexicons=(),
        recordings=(),
        decisions=None,
        cache_bytes=0,
        sticks={},
        speech=replace(settings.speech, lexicons=()),
    )
    with contextlib.closing(open_engine(settings.speech.engine or default_engine())) as engine:
        versions = [__version__, audio.ffmpeg_version(), engine.name, engine.version]
    day = os.environ.get("SOURCE_DATE_EPOCH", "")
    voice = _digest(Path(settings.speech.voice)) if settings.speech.voice else ""
    said = [documents.title, documents.published, documents.language, documents.source]
    said += [each for document in documents.loaded for each in (document.category, document.voice)]
    return key_of(data, said, pictures, words, repr(relevant), voice, day, versions, *more)


def kept_edition(output: Path, made_from: str, *, verify: bool = False) -> Path | None:
    """Return the folder in `output` of the edition that was made from this, if each of its files is there as it was
    left: by size and time, or with `verify` by its SHA-256. None if there is no such edition.

    What killed runs left in `output` is cleared away.
    """
    clear_up(output)
    return next((folder for folder in _made_from(output, made_from) if _is_whole(folder, verify)), None)


def _made_from(output: Path, made_from: str) -> Iterator[Path]:
    for manifest in sorted(output.glob(f"*/{EDITION_JSON}")):
        with contextlib.suppress(OSError), regular_file(manifest) as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL_BYTES))
            if (found := _MADE_FROM.search(file.read(_TAIL_BYTES))) and found[1].decode() == made_from:
                yield manifest.parent


def _is_whole(folder: Path, verify: bool) -> bool:
    try:
        written_ns = (folder / EDITION_JSON).stat().st_mtime_ns
        for file in listed_files(manifest_of(folder), folder / EDITION_JSON):
            if verify:
                whole_file(folder, file)
            facts = (folder / file.path).stat()
            # edition.json is written last.
            if facts.st_size != file.size or facts.st_mtime_ns > written_ns:
                return False
    except (EditionError, OSError):
        return False
    return True


def _pictures_beside(document: Loaded) -> Iterator[str]:
    """Yield the SHA-256 of each picture file that a document on this machine names."""
    if document.path is None:
        return
    for name in sorted(set(_PICTURE.findall(document.data))):
        yield _digest(document.path.parent / unquote(name.decode("utf-8", "replace")))


def _digest(path: Path) -> str:
    """Return the SHA-256 of a file; "" if it is none that can be read."""
    try:
        with regular_file(path) as file:
            hashed = hashlib.sha256()
            for block in blocks_of(file):
                hashed.update(block)
            return hashed.hexdigest()
    except (OSError, ValueError):
        return ""
