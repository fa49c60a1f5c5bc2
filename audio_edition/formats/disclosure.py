"""What every format says about the voices: which are synthetic and who reads, and who published the file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio_edition import __version__
from audio_edition.model import Voice, Wording
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for

_SCHEMA = "https://schema.org/"
_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_BY = re.compile(r"^by\s+", re.IGNORECASE)


def writer(byline: str) -> str:
    """Return the author in "By Jane Doe"; "" if nobody is named."""
    return _BY.sub("", byline)


def disclosure(voices: Sequence[Voice], language: str, wording: Wording = "written") -> str:
    """Return the sentences that say who reads, that a voice is synthetic, and that a text was only heard, in the
    language of an edition."""
    persons, synthetic = _parted(voices)
    words = words_for("edition", language)
    heard = [words["heard"]] * (wording == "heard")
    if not persons:
        return " ".join([of_voices("spoken", synthetic, language), *heard])
    told = [words["read"].format(persons=_persons(persons, language))]
    return " ".join(told + [words["rest_spoken"].format(voices=named(synthetic))] * bool(synthetic) + heard)


def narrator(voices: Sequence[Voice], language: str) -> str:
    """Return who reads: names of people, and what a voice is, where a person's name would stand."""
    persons, synthetic = _parted(voices)
    told = [_persons(persons, language)] if persons else []
    return "; ".join(told + [of_voices("narrator", synthetic, language)] * bool(synthetic))


def narrators(voices: Sequence[Voice], language: str) -> list[tuple[str, str]]:
    """Return sentences that say who reads and speaks, each with {voices} in it and the names that belong there."""
    persons, synthetic = _parted(voices)
    words = words_for("edition", language)
    if not persons:
        return [(f"{words.of_all('narrator', len(synthetic))}.", named(synthetic))]
    told = [(words["read"].replace("{persons}", "{voices}"), _persons(persons, language))]
    return told + [(words["rest_spoken"], named(synthetic))] * bool(synthetic)


def narrated(voices: Sequence[Voice], language: str, *, wholly: bool) -> str:
    """Return whether all of a text is narrated, and by whom."""
    if not any(voice.is_person for voice in voices):
        return of_voices("narrated" if wholly else "partly_narrated", voices, language)
    words = words_for("edition", language)
    return f"{words['all_narrated' if wholly else 'not_all_narrated']} {disclosure(voices, language)}"


def _parted(voices: Sequence[Voice]) -> tuple[list[Voice], list[Voice]]:
    """Return the people, and the synthetic voices."""
    return [voice for voice in voices if voice.is_person], [voice for voice in voices if not voice.is_person]


def _persons(persons: Sequence[Voice], language: str) -> str:
    names = (one_line(person.name) for person in persons)
    return ", ".join(name or words_for("edition", language)["person"] for name in names)


def of_voices(name: str, voices: Sequence[Voice], language: str) -> str:
    """Return what the translations of an edition's words say of its voices under a name."""
    return words_for("edition", language).of_all(name, len(voices)).format(voices=named(voices))


def named(voices: Sequence[Voice]) -> str:
    """Return the voices with their engines."""
    return one_line(", ".join(f"{voice.name or voice.id} ({voice.engine})" for voice in voices))


def digital_source_type(voices: Sequence[Voice]) -> str:
    """Return the IPTC digital source type, as schema.org names it."""
    name = _source_type(voices)
    return f"{_SCHEMA}{name[0].upper()}{name[1:]}DigitalSource"


def iptc_source_type(voices: Sequence[Voice]) -> str:
    """Return the same as IPTC itself names it, which content credentials and XMP want."""
    return f"{_IPTC}{_source_type(voices)}"


def _source_type(voices: Sequence[Voice]) -> str:
    """Return a rule-based voice, one learned from recordings, a person recorded, or a mix of these; what is learned is
    generative AI in the sense of that vocabulary."""
    persons, synthetic = _parted(voices)
    learned = any(voice.learned for voice in synthetic)
    if not persons:
        return "trainedAlgorithmicMedia" if learned else "algorithmicMedia"
    if not synthetic:
        return "digitalCapture"
    return "compositeSynthetic" if learned else "composite"


def program() -> str:
    """Return the program's name and version, as files give it."""
    return f"audio-edition {__version__}"
