"""What every format says about the voice: that it is synthetic, and who published the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio_edition import __version__
from audio_edition.model import Voice
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for

_SCHEMA = "https://schema.org/"
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_BY = re.compile(r"^by\s+", re.IGNORECASE)


def writer(byline: str) -> str:
    """Return the author in "By Jane Doe"; "" if nobody is named."""
    return _BY.sub("", byline)


def disclosure(voices: Sequence[Voice], language: str) -> str:
    """Return the sentence that says so, in the language of an edition."""
    return of_voices("spoken", voices, language)


def narrator(voices: Sequence[Voice], language: str) -> str:
    """Return who reads, where a person's name would stand."""
    return of_voices("narrator", voices, language)


def of_voices(name: str, voices: Sequence[Voice], language: str) -> str:
    """Return what the translations of an edition's words say of its voices under a name."""
    return words_for("edition", language).of_all(name, len(voices)).format(voices=named(voices))


def named(voices: Sequence[Voice]) -> str:
    """Return the voices with their engines."""
    return one_line(", ".join(f"{voice.name or voice.id} ({voice.engine})" for voice in voices))


def digital_source_type(voices: Sequence[Voice]) -> str:
    """Return the IPTC digital source type, as schema.org names it: a rule-based voice, or one learned from
    recordings."""
    learned = any(voice.learned for voice in voices)
    return f"{_SCHEMA}{'TrainedAlgorithmicMediaDigitalSource' if learned else 'AlgorithmicMediaDigitalSource'}"


def iptc_source_type(voices: Sequence[Voice]) -> str:
    """Return the same as IPTC itself names it, which content credentials and XMP want."""
    learned = any(voice.learned for voice in voices)
    return f"{_IPTC}{'trainedAlgorithmicMedia' if learned else 'algorithmicMedia'}"


def program() -> str:
    """Return the program's name and version, as files give it."""
    return f"audio-edition {__version__}"
