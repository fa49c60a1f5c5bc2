"""What can be had: Kokoro's model and voices, and Piper's voices, each with its files, their sizes and digests.

The tables lie in `catalogue/`. Kokoro's digests are of the files in the npm package kokoro-js 1.2.1; Piper's are those
that its own catalogue gives, which knows MD5 only.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import importlib.resources
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from audio_edition.atomic import blocks_of
from audio_edition.errors import SpeakError
from audio_edition.speak.kokoro.known import (
    KNOWN,
    LANGUAGES,
    LICENCE,
    MODEL_BYTES,
    MODEL_NAME,
    MODEL_SHA256,
    VOICE_BYTES,
)
from audio_edition.speak.store import folder_of

KOKORO_MODEL = "kokoro-model"
_KOKORO_SOURCES = (
    "https://huggingface.co/onnx-community/Kokoro-82M-v1.0-ONNX/resolve/main/voices/{}.bin",
    "https://cdn.jsdelivr.net/npm/kokoro-js@1.2.1/voices/{}.bin",
)
_MODEL_SOURCES = (
    "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.0/{}",
    "https://github.com/thewh1teagle/kokoro-onnx/releases/download/model-files-v1.1/{}",
)
_PIPER_SOURCE = "https://huggingface.co/rhasspy/piper-voices/resolve/main/{}"
_UNSPOKEN = {"j": "ja", "z": "cmn"}
"""Kokoro's voices whose text eSpeak NG can't put into phonemes: they can be had, and not be spoken with."""
_NOT_SPOKEN = "not spoken yet"
_CARD_LICENCE = "see its card"


@dataclass(frozen=True, slots=True)
class File:
    """A file of a voice: its place in the store, its size, its digest (`sha256:` or `md5:` and the hexadecimal
    figures), and where it can be had."""

    path: Path
    size: int
    digest: str
    addresses: tuple[str, ...]

    def is_at(self, path: Path) -> bool:
        """Return whether the file at a path is this one, by its digest."""
        try:
            with path.open("rb") as opened:
                return os.fstat(opened.fileno()).st_size == self.size and self.has_digest_of(opened)
        except OSError:
            return False

    def has_digest_of(self, opened: IO[bytes]) -> bool:
        """Return whether the rest of an open file has this one's digest."""
        kind, _, wanted = self.digest.partition(":")
        hashed = hashlib.new(kind, usedforsecurity=False)
        for block in blocks_of(opened):
            hashed.update(block)
        return hashed.hexdigest() == wanted


@dataclass(frozen=True, slots=True)
class Item:
    """A voice or a model that can be had; the last of its files is the one without which it is not there."""

    name: str
    engine: str
    language: str
    quality: str
    licence: str
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        """Of all its files, in bytes."""
        return sum(file.size for file in self.files)

    @property
    def speaks(self) -> bool:
        """Whether it is a voice that can be spoken with here: for some there are no phonemes."""
        return self.quality != _NOT_SPOKEN and bool(self.language)

    @property
    def is_installed(self) -> bool:
        return all(place.is_file() and place.stat().st_size == file.size for file, place in self.places())

    def places(self) -> list[tuple[File, Path]]:
        """Return its files, each with the path where it lies once it is installed."""
        return [(file, folder_of(self.engine) / file.path) for file in self.files]


@functools.cache
def items() -> tuple[Item, ...]:
    """Return all that can be had, Kokoro's first, and of those the model."""
    return (_kokoro_model(), *_kokoro_voices(), *map(_piper_voice, json.loads(_table("piper-voices.json"))))


def item(name: str) -> Item:
    """Return what is called so. Raises SpeakError with the nearest names."""
    by_name = {each.name.casefold(): each for each in items()}
    if found := by_name.get(name.casefold()):
        return found
    near = difflib.get_close_matches(name.casefold(), by_name, n=3)
    hint = f"Did you mean {' or '.join(by_name[each].name for each in near)}? " if near else ""
    raise SpeakError(
        f"There is no voice “{name}” to be had.", f"{hint}See what there is: audio-edition voices --available"
    )


def available(language: str = "") -> list[Item]:
    """Return what can be had for a language, the most fitting first; without one, all."""
    from audio_edition.speak.voices import share_voices

    if not language:
        return list(items())
    found = [each for each in items() if each.language and share_voices(each.language, language)]
    return sorted(found, key=lambda each: each.language.casefold() != language.casefold())


@functools.cache
def kokoro_digests() -> dict[str, str]:
    """Return the SHA-256 of the file of each of Kokoro's voices."""
    return {name: digest for digest, name in map(str.split, _table("kokoro-voices.sha256").splitlines())}


def _kokoro_model() -> Item:
    addresses = tuple(source.format(MODEL_NAME) for source in _MODEL_SOURCES)
    file = File(Path(MODEL_NAME), MODEL_BYTES, f"sha256:{MODEL_SHA256}", addresses)
    return Item(KOKORO_MODEL, "kokoro", "", "", f"{LICENCE}, MIT", (file,))


def _kokoro_voices() -> list[Item]:
    digests = kokoro_digests()
    names = [*KNOWN, *(name for name in digests if name not in KNOWN)]
    found = []
    for name in names:
        addresses = tuple(source.format(name) for source in _KOKORO_SOURCES)
        file = File(Path(f"{name}.bin"), VOICE_BYTES, f"sha256:{digests[name]}", addresses)
        language = (LANGUAGES | _UNSPOKEN)[name[0]]
        quality = KNOWN[name].grade if name in KNOWN else _NOT_SPOKEN
        found.append(Item(name, "kokoro", language, quality, LICENCE, (file,)))
    return found


def _piper_voice(row: dict[str, Any]) -> Item:
    name, folder = row["name"], row["folder"]
    names = {"card": "MODEL_CARD", "settings": f"{name}.onnx.json", "model": f"{name}.onnx"}
    files = tuple(
        File(Path(name, file), row[kind][0], f"md5:{row[kind][1]}", (_PIPER_SOURCE.format(quote(f"{folder}/{file}")),))
        for kind, file in names.items()
    )
    return Item(name, "piper", row["language"], row["quality"], _CARD_LICENCE, files)


def _table(name: str) -> str:
    tables = importlib.resources.files("audio_edition.speak.store").joinpath("catalogue")
    return tables.joinpath(name).read_text("utf-8")
