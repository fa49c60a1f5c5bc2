"""Where the links inside a script lead: the notes, the places with a name and the chapters."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from audio_edition.model import Chapter, Note, Passage, Script, Span, every, leaves


@dataclass(frozen=True, slots=True)
class Place:
    """An element by its id, the number of its chapter, and the sentence spoken there. `label` is the mark of a note."""

    chapter: int
    id: str
    sentence: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Places:
    """The places of a script by their names, which may repeat in other chapters. `marks` are the places that refer to a
    note, by the id of its element; `chapters` are by their ids."""

    chapters: Mapping[str, Place]
    notes: Mapping[str, tuple[Place, ...]]
    anchors: Mapping[str, tuple[Place, ...]]
    marks: Mapping[str, tuple[Place, ...]]

    def note(self, name: str, chapter: int) -> Place | None:
        """Return the note that a mark in a chapter refers to."""
        return _nearest(self.notes.get(name, ()), chapter)

    def anchor(self, name: str, chapter: int) -> Place | None:
        """Return what a link in a chapter leads to: what bears the name, or the chapter whose id it is."""
        if name not in self.anchors and name in self.chapters:
            return self.chapters[name]
        return _nearest(self.anchors.get(name, ()), chapter)


def places_of(script: Script) -> Places:
    """Return the places that the links of a script may lead to."""
    notes: dict[str, list[Place]] = {}
    anchors: dict[str, list[Place]] = {}
    for number, chapter in enumerate(script.chapters):
        written = (block for block in every(chapter.blocks) if isinstance(block, Note))
        for count, note in enumerate(written, start=1):
            said = next((each.id for leaf in leaves(note.blocks) for each in leaf.utterances), "")
            notes.setdefault(note.id, []).append(Place(number, note_id(chapter, count), said, note.label))
        for passage in chapter.passages:
            for owner, span in _spans(passage):
                if span.kind == "anchor":
                    anchors.setdefault(span.value, []).append(Place(number, owner, owner))
    chapters = {
        chapter.id: Place(number, chapter.id, next((each.id for each in chapter.utterances), ""))
        for number, chapter in enumerate(script.chapters)
    }
    places = Places(chapters, _sealed(notes), _sealed(anchors), {})
    return replace(places, marks=_sealed(_marks(script, places)))


def note_id(chapter: Chapter, count: int) -> str:
    return f"{chapter.id}-n{count}"


def unsaid_id(passage: Passage) -> str:
    """Return the id of a text that is not said, where a link leads to it."""
    return f"{passage.id}-s00"


def mark_id(owner: str, count: int) -> str:
    """Return the id of the element that is the mark of a note, in a sentence or passage."""
    return f"{owner}-m{count}"


def _marks(script: Script, places: Places) -> dict[str, list[Place]]:
    marks: dict[str, list[Place]] = {}
    for number, chapter in enumerate(script.chapters):
        for passage in chapter.passages:
            counts: dict[str, int] = {}
            for owner, span in _spans(passage):
                note = places.note(span.value, number) if span.kind == "note" else None
                if note:
                    counts[owner] = counts.get(owner, 0) + 1
                    marks.setdefault(note.id, []).append(Place(number, mark_id(owner, counts[owner]), owner))
    return marks


def _spans(passage: Passage) -> Iterator[tuple[str, Span]]:
    """Yield the spans with the id of the sentence that each is in."""
    for utterance in passage.utterances:
        yield from ((utterance.id, span) for span in utterance.spans)
    yield from ((unsaid_id(passage), span) for span in passage.unspoken.spans)


def _nearest(places: tuple[Place, ...], chapter: int) -> Place | None:
    """Return the place in this chapter, else in the next one that has it, else in the last one before."""
    at = bisect.bisect_left(places, chapter, key=lambda place: place.chapter)
    return places[min(at, len(places) - 1)] if places else None


def _sealed(places: Mapping[str, list[Place]]) -> dict[str, tuple[Place, ...]]:
    return {name: tuple(found) for name, found in places.items()}
