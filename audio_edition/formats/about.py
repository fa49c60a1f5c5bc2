"""What an edition says about the work: who made it, what it is about, which series it belongs to; each text on one
line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from audio_edition.formats.disclosure import narrator, writer
from audio_edition.model import Creator, Metadata, Recording, Voice
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for

_ISBN = re.compile(r"(?:urn:isbn:|isbn[ :-]*)?((?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    """What a document says about the work. `others` made it besides the authors: translators, editors, illustrators;
    not a narrator of an earlier recording, who is not the one heard here. Unknown facts are empty."""

    authors: tuple[str, ...]
    others: tuple[Creator, ...]
    subtitle: str
    description: str
    subjects: tuple[str, ...]
    series: str
    series_position: str
    rights: str
    identifiers: tuple[str, ...]

    @property
    def isbn(self) -> str:
        """Return the first identifier that is an ISBN, without spaces and hyphens; "" if there is none."""
        found = (_ISBN.fullmatch(identifier) for identifier in self.identifiers)
        return next((re.sub("[ -]", "", each[1]).upper() for each in found if each), "")

    def named(self, role: str) -> tuple[str, ...]:
        """Return the names of all who made the work in a role."""
        return tuple(creator.name for creator in self.others if creator.role == role)


class Work(Protocol):
    """A script, or an edition that was made of one."""

    @property
    def metadata(self) -> Metadata: ...

    @property
    def byline(self) -> str: ...


def about(work: Work) -> About:
    """Return what a script or an edition says of the work. Where no author is named, the byline's is."""
    metadata = work.metadata
    creators = [Creator(_line(creator.name), creator.role) for creator in metadata.creators]
    authors = _filled(creator.name for creator in creators if creator.role == "author")
    return About(
        authors or _filled([writer(work.byline)]),
        tuple(each for each in creators if each.name and each.role not in ("author", "narrator")),
        _line(metadata.subtitle),
        _line(metadata.description),
        _filled(metadata.subjects),
        _line(metadata.series),
        _line(metadata.series_position),
        _line(metadata.rights),
        _filled(metadata.identifiers),
    )


def title_of(title: str, language: str) -> str:
    """Return a title on one line, or what stands for one where it is empty."""
    return _line(title) or words_for("edition", language)["untitled"]


def artist(recording: Recording) -> str:
    """Return who a player says it is by: the authors, else the publisher, else the voice."""
    script, voice = recording.script, recording.delivery.voice
    return ", ".join(about(script).authors) or _line(script.source or _voice(voice, script.language))


def _voice(voice: Voice, language: str) -> str:
    if voice.is_person:
        return narrator([voice], language)
    return words_for("edition", language).of_all("narrator", 1).format(voices=voice.name or voice.id)


def _filled(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that are not empty, without repeats."""
    return tuple(dict.fromkeys(line for text in texts if (line := _line(text))))


def _line(text: str) -> str:
    return one_line(text).strip()
