"""Kokoro's voices: what is known of each, and the file that holds it.

A voice is a table of 510 rows of 256 numbers, from which the model takes the row for the length of what it is to say.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio_edition.errors import SpeakError
from audio_edition.model import Voice

ROWS = 510
_COLUMNS = 256
VOICE_BYTES = ROWS * _COLUMNS * 4
_LARGEST_BYTES = 2 * VOICE_BYTES
LICENCE = "Apache-2.0"

_LANGUAGES = {"a": "en-US", "b": "en-GB", "e": "es", "f": "fr", "h": "hi", "i": "it", "p": "pt-BR"}
"""By the first letter of a voice's name. j and z, Japanese and Chinese, are not put into phonemes by eSpeak NG."""
_GENDERS = {"f": "female", "m": "male"}
_NATURAL_WPM = 180
_NAME = re.compile(r"(?P<language>[abefhip])(?P<gender>[fm])_(?P<name>\w+)")
_PATH = re.compile(r"(?P<path>.*\.(?:bin|npy|npz))(?:\+(?P<language>[A-Za-z-]+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a voice: words a minute at its own pace, and how good the model's makers call it, from A to F.

    Paces are measured for English. For other languages, whose words are longer or shorter, 180 is what is usual there.
    """

    natural_wpm: int = _NATURAL_WPM
    grade: str = ""
    note: str = ""


KNOWN = {
    "af_heart": Known(181, "A", "warm and clear: news, books"),
    "af_bella": Known(175, "A-", "lively: features, stories"),
    "af_nicole": Known(150, "B-", "whispers"),
    "af_aoede": Known(178, "C+"),
    "af_kore": Known(174, "C+"),
    "af_sarah": Known(179, "C+", "even: news"),
    "af_alloy": Known(183, "C"),
    "af_nova": Known(188, "C"),
    "af_sky": Known(185, "C-"),
    "af_jessica": Known(201, "D"),
    "af_river": Known(204, "D"),
    "am_fenrir": Known(178, "C+", "firm: news"),
    "am_michael": Known(165, "C+", "calm: books"),
    "am_puck": Known(180, "C+"),
    "am_echo": Known(184, "D"),
    "am_eric": Known(202, "D"),
    "am_liam": Known(198, "D"),
    "am_onyx": Known(187, "D"),
    "am_santa": Known(172, "D-"),
    "am_adam": Known(185, "F+"),
    "bf_emma": Known(192, "B-", "clear: news, books"),
    "bf_isabella": Known(195, "C"),
    "bf_alice": Known(184, "D"),
    "bf_lily": Known(189, "D"),
    "bm_george": Known(166, "C", "calm: books"),
    "bm_fable": Known(192, "C"),
    "bm_lewis": Known(173, "D+"),
    "bm_daniel": Known(195, "D"),
    "ef_dora": Known(182),
    "em_alex": Known(180),
    "em_santa": Known(178),
    "ff_siwis": Known(195, "B-", "quick by nature"),
    "hf_alpha": Known(180, "C"),
    "hf_beta": Known(190, "C"),
    "hm_omega": Known(175, "C"),
    "hm_psi": Known(172, "C"),
    "if_sara": Known(185, "C"),
    "im_nicola": Known(172, "C"),
    "pf_dora": Known(184),
    "pm_alex": Known(180),
    "pm_santa": Known(176),
}
"""The voices whose text eSpeak NG puts into phonemes, the best of each language and gender first."""


@dataclass(frozen=True, slots=True)
class VoiceFile:
    """A voice and the file that it is read from, `sha256` being what the file must have, if that is known."""

    voice: Voice
    path: Path
    natural_wpm: int = _NATURAL_WPM
    sha256: str = ""


def described(name: str, digest: str) -> Voice:
    """Return the voice of that name, which is one of KNOWN."""
    return Voice(
        id=name,
        name=name[3:].capitalize(),
        language=_LANGUAGES[name[0]],
        engine="kokoro",
        gender=_GENDERS[name[1]],
        licence=LICENCE,
        version=digest,
    )


def digests() -> dict[str, str]:
    """Return the SHA-256 of each voice's file, by its name."""
    table = importlib.resources.files("audio_edition.speak").joinpath("catalogue/kokoro-voices.sha256")
    return {name: digest for digest, name in map(str.split, table.read_text("ascii").splitlines())}


def installed(folder: Path) -> list[VoiceFile]:
    """Return the voices whose files are in a folder, the best of each language first."""
    pinned = digests()
    return [
        VoiceFile(described(name, pinned[name]), path, known.natural_wpm, pinned[name])
        for name, known in KNOWN.items()
        if (path := folder / f"{name}.bin").is_file()
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
    language = match["language"] or (_LANGUAGES[named["language"]] if named else "en-US")
    known = {each.casefold(): each for each in _LANGUAGES.values()}
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

    data = _bytes(file.path)
    if file.sha256 and hashlib.sha256(data).hexdigest() != file.sha256:
        raise SpeakError(
            f"{file.path}: this is not the voice {file.voice.id}, or was damaged ({len(data):,} bytes).",
            f"Get it anew: audio-edition voices get {file.voice.id}",
        )
    table = numpy.frombuffer(data, "<f4") if file.path.suffix == ".bin" else _unpacked(file.path)
    if table.size != ROWS * _COLUMNS or not numpy.isfinite(table).all():
        raise _no_voice(file.path, f"{table.size:,} numbers" if numpy.isfinite(table).all() else "some are no numbers")
    return table.reshape(ROWS, _COLUMNS).astype(numpy.float32)


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


def _no_voice(path: Path, what: str) -> SpeakError:
    return SpeakError(
        f"{path}: this is no voice of Kokoro: {what}, where a voice is {ROWS} rows of {_COLUMNS} numbers, "
        f"{VOICE_BYTES:,} bytes.",
        "Copy the file anew, or get a voice: audio-edition voices --available",
    )
