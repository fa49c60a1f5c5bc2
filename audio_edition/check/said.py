"""The sentences of edition.json by where they stand in its blocks: by text, and by note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from audio_edition.check.reading import one_spaced, unspaced
from audio_edition.check.tree import Span, Step, spans_of, steps

if TYPE_CHECKING:
    from audio_edition.check.manifest import Chapter, Cue


class Said:
    """The sentences of a chapter, by the texts they belong to."""

    def __init__(self, chapter: Chapter) -> None:
        self._by_passage: dict[str, list[Cue]] = {}
        for cue in chapter.cues:
            self._by_passage.setdefault(cue.passage, []).append(cue)

    def cues(self, leaf: Mapping[str, Any]) -> list[Cue]:
        return self._by_passage.get(leaf["passage"], [])

    def text(self, leaf: Mapping[str, Any]) -> str:
        """Return the whole text, white space aside."""
        cues = self.cues(leaf)
        return unspaced("".join(cue.text for cue in cues) if cues else leaf.get("unspoken", {}).get("text", ""))

    def within(self, cell: Mapping[str, Any]) -> str:
        """Return the whole text of a cell, white space aside."""
        return "".join(self.text(inner.value) for inner in steps(cell.get("blocks", ())) if inner.kind == "leaf")

    def first(self, step: Step) -> str:
        """Return the id of the first sentence inside a block."""
        leaves = (inner.value for inner in steps(step.value["blocks"]) if inner.kind == "leaf")
        return next((cue.id for leaf in leaves for cue in self.cues(leaf)), "")


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its mark, and its first sentence; that is empty where nothing of it is said."""

    label: str
    first: str


class Notes:
    """The notes of an edition by their ids. The same id may be used in several chapters."""

    def __init__(self, chapters: Sequence[Chapter]) -> None:
        self._places: dict[str, list[tuple[int, Note]]] = {}
        self._numbers = {chapter.id: number for number, chapter in enumerate(chapters)}
        for number, chapter in enumerate(chapters):
            said = Said(chapter)
            for step in steps(chapter.blocks):
                if step.kind == "note":
                    note = Note(unspaced(step.value["label"]) or "*", said.first(step))
                    self._places.setdefault(step.value["id"], []).append((number, note))

    def of(self, name: str, chapter: Chapter) -> Note | None:
        """Return the note that a mark in a chapter means: the chapter's own, else the next, else the last before."""
        places = self._places.get(name, [])
        own = self._numbers[chapter.id]
        return next((note for number, note in places if number >= own), places[-1][1] if places else None)


def texts_of(chapters: Iterable[Chapter], *, ruby: bool = True) -> Iterator[str]:
    """Yield all texts of chapters in order, white space aside, as pages show them; see `as_written`."""
    for chapter in chapters:
        said = Said(chapter)
        for step in steps(chapter.blocks):
            if step.kind == "leaf":
                unspoken = step.value.get("unspoken", {"text": ""})
                cues = said.cues(step.value)
                yield from (unspaced(as_written(cue.text, cue.spans, ruby=ruby)) for cue in cues)
                if not cues:
                    yield unspaced(as_written(unspoken["text"], list(spans_of(unspoken)), ruby=ruby))


def headings_of(chapter: Chapter) -> set[str]:
    """Return the ids of the sentences that are headings."""
    said = Said(chapter)
    return {cue.id for leaf in _headings(chapter) for cue in said.cues(leaf)}


def texts_of_headings(chapters: Iterable[Chapter]) -> Iterator[str]:
    """Yield the texts of all headings in order, white space aside: what a book of sound can show."""
    for chapter in chapters:
        said = Said(chapter)
        yield from (said.text(leaf) for leaf in _headings(chapter))


def _headings(chapter: Chapter) -> Iterator[Mapping[str, Any]]:
    return (step.value["text"] for step in steps(chapter.blocks) if step.kind == "heading")


def as_written(text: str, spans: Sequence[Span], *, ruby: bool) -> str:
    """Return a text as pages show it; `ruby` says whether readings have elements of their own. Where they have none,
    they stand in brackets."""
    readings = [(end, one_spaced(value)) for _, end, kind, value in spans if kind == "ruby" and not ruby]
    for at, reading in sorted(readings, reverse=True):
        text = f"{text[:at]} ({reading}){text[at:]}" if reading else text
    return text
