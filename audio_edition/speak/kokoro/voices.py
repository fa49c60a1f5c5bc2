"""Kokoro's voices: what is known of each, and the file that holds it.

A voice is a table of 510 rows of 256 numbers, from which the model takes the row for the length of what it is to say.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio_edition.errors import SpeakError
from audio_edition.model import Voice
from audio_edition.speak.kokoro.known import (
    COLUMNS,
    FURTHER,
    KNOWN,
    LANGUAGES,
    LICENCE,
    ROWS,
    USUAL_WPM,
    VOICE_BYTES,
)
from audio_edition.speak.store.catalogue import kokoro_digests

_LARGEST_BYTES = 2 * VOICE_BYTES

_GENDERS = {"f": "female", "m": "male"}
_NAME = re.compile(r"(?P<language>[abefhip])(?P<gender>[fm])_(?P<name>\w+)")
_PATH = re.compile(r"(?P<path>.*\.(?:bin|npy|npz))(?:\+(?P<language>[A-Za-z-]+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A voice and the file that it is read from, `sha256` being what the file must have, if that is known."""

    voice: Voice
    path: Path
    natural_wpm: int = USUAL_WPM
    sha256: str = ""


def described(name: str, digest: str, variety: str = "") -> Voice:
    """Return the voice of that name, which is one of KNOWN; with a variety of its language the one that speaks that."""
    return Voice(
        id=f"{name}+{variety}" if variety else name,
        name=name[3:].capitalize(),
        language=variety or LANGUAGES[name[0]],
        engine="kokoro",
        gender=_GENDERS[name[1]],
        licence=LICENCE,
        version=digest,
    )


def installed(folder: Path) -> list[VoiceFile]:
    """Return the voices whose files are in a folder, the best of each language first. One that speaks two varieties
    of its language is two voices."""
    pinned = kokoro_digests()
    return [
        VoiceFile(described(name, pinned[name], variety), path, known.natural_wpm, pinned[name])
        for name, known in KNOWN.items()
        if (path := folder / f"{name}.bin").is_file()
        for variety in dict.fromkeys(("", FURTHER.get(name[0], "")))
    ]


def at_path(wanted: str) -> VoiceFile | None:
    """Return the voice in the file at the path `wanted`, such as `voice.bin` or `voice.npy+fr`; None for what is no
    such path. Its language is what follows the plus, else what its name tells as those of Kokoro's own voices do, else
    American English. Raises SpeakError."""
    match = _PATH.fullmatch(wanted)
    if not match:
        return None
    path = Path(match["path"]).expanduser()
    named = _NAME.match(path.stem)
    language = match["language"] or (LANGUAGES[named["language"]] if named else "en-US")
    known = {each.casefold(): each for each in (*LANGUAGES.values(), *FURTHER.values())}
    if language.casefold() not in known:
        raise SpeakError(
            f"{path}: Kokoro does not speak “{language}”.", f"Behind the plus goes one of: {', '.join(known.values())}."
        )
    digest = hashlib.sha256(_bytes(path)).hexdigest()
    identity = path.stem + (f"+{match['language']}" if match["language"] else "")
    voice = Voice(identity, path.stem, known[language.casefold()], "kokoro", version=digest)
    return VoiceFile(voice, path)


def styles(file: VoiceFile) -> Any:
    """Return the voice's table, row n-1 being for n letters. Raises SpeakError where the file is not that voice's."""
    import numpy

    if file.sha256 and file.path.is_file() and file.path.stat().st_size != VOICE_BYTES:
        raise _damaged(file)
    data = _bytes(file.path)
    if file.sha256 and hashlib.sha256(data).hexdigest() != file.sha256:
        raise _damaged(file)
    table = numpy.frombuffer(data, "<f4") if file.path.suffix == ".bin" else _unpacked(file.path)
    if table.size != ROWS * COLUMNS or not numpy.isfinite(table).all():
        raise _no_voice(file.path, f"{table.size:,} numbers" if numpy.isfinite(table).all() else "some are no numbers")
    return table.reshape(ROWS, COLUMNS).astype(numpy.float32)


def _unpacked(path: Path) -> Any:
    """Return the numbers of an .npy, or of the only table in an .npz."""
    import numpy

    try:
        if path.suffix == ".npy":
            return numpy.load(path, allow_pickle=False).ravel()
        with zipfile.ZipFile(path) as archive:
            (only,) = archive.infolist()
            if only.file_size > _LARGEST_BYTES:
                raise _no_voice(path, f"{only.file_size:,} bytes")
            return numpy.load(io.BytesIO(archive.read(only)), allow_pickle=False).ravel()
    except (ValueError, OSError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise _no_voice(path, "it can't be read") from error


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise SpeakError(f"{path}: there is no such file, so it is no voice.", "Check the path.")
        if path.stat().st_size > _LARGEST_BYTES:
            raise _no_voice(path, f"{path.stat().st_size:,} bytes")
        data = path.read_bytes()
    except OSError as error:
        raise SpeakError(f"{path}: the voice can't be read ({error.strerror}).", "Check the path.") from error
    if path.suffix == ".bin" and len(data) != VOICE_BYTES:
        raise _no_voice(path, f"{len(data):,} bytes")
    return data


def _damaged(file: VoiceFile) -> SpeakError:
    return SpeakError(
        f"{file.path}: this is not the voice {file.voice.id}, or was damaged ({file.path.stat().st_size:,} bytes).",
        f"Get it anew: audio-edition voices get {file.voice.id}",
    )


def _no_voice(path: Path, what: str) -> SpeakError:
    return SpeakError(
        f"{path}: this is no voice of Kokoro: {what}, where a voice is {ROWS} rows of {COLUMNS} numbers, "
        f"{VOICE_BYTES:,} bytes.",
        "Copy the file anew, or get a voice: audio-edition voices --available",
    )
