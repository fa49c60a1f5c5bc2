"""What every format says of the voice: that it is synthetic, and whose work the file is."""

from __future__ import annotations

import functools
from importlib import metadata

from audio_edition.model import Voice
from audio_edition.publish.characters import one_line

_TRAINED_ENGINES = frozenset({"kokoro", "piper"})
_SCHEMA = "https://schema.org/"


def disclosure(voice: Voice) -> str:
    """The sentence that says so."""
    return one_line(f"Spoken by a synthetic voice: {voice.name or voice.id} ({voice.engine}).")


def narrator(voice: Voice) -> str:
    """Who reads, where a person's name would stand."""
    return one_line(f"Synthetic voice: {voice.name or voice.id} ({voice.engine})")


def digital_source_type(voice: Voice) -> str:
    """The IPTC digital source type, as schema.org names it: a voice learned from recordings, or built of rules."""
    trained = voice.engine.lower() in _TRAINED_ENGINES
    return f"{_SCHEMA}{'TrainedAlgorithmicMediaDigitalSource' if trained else 'AlgorithmicMediaDigitalSource'}"


@functools.cache
def program() -> str:
    """The program's name and version, as files give it."""
    try:
        return f"audio-edition {metadata.version('audio-edition')}"
    except metadata.PackageNotFoundError:
        return "audio-edition"
