"""What a SMIL file of a DAISY 3 book holds: pars and seqs, with what lets players skip or leave them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audio_edition.formats.clips import Clip
from audio_edition.formats.markup import Body, StructureKind
from audio_edition.formats.narration import Group

TESTS: Mapping[str, tuple[str, str]] = {
    "pagenum": ("PAGE_NUMBER", "skipped_pages"),
    "note": ("NOTE", "skipped_notes"),
    "sidebar": ("OPTIONAL_SIDEBAR", "boxes"),
    "prodnote": ("OPTIONAL_PRODUCER_NOTE", "skipped_producer_notes"),
    "noteref": ("NOTE_REFERENCE", "noterefs"),
}
"""What a player may be told not to play: its `bookStruct` (Z39.86-2005, 8.4.2), and the word for it."""

SEQS: Mapping[str, str] = {
    "list": "lists", "table": "skipped_tables", "note": "skipped_notes", "sidebar": "boxes",
    "prodnote": "skipped_producer_notes",
}  # fmt: skip
"""What a player can leave, and the word for it."""

_SEQS: Mapping[StructureKind, str] = {
    "list": "list", "table": "table", "footnote": "note", "aside": "sidebar", "description": "prodnote",
    "prodnote": "prodnote",
}  # fmt: skip
"""The class of a structure's seq. Rows, items and figures are played in line."""


_SINGLE: Mapping[StructureKind, str] = {"pagebreak": "pagenum", "alternative": "prodnote"}
"""What is skipped sentence by sentence, without a seq, and the test that it is played under."""


@dataclass(frozen=True, slots=True)
class Par:
    """A sentence with its clip, or a mark that is not said, by the id of its element; the test that it is played under,
    if any; and the address of what plays the note that a mark leads to."""

    id: str
    element: str
    clip: Clip | None = None
    test: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Seq:
    """A list, table, note, box or description. `end` is the id of its last part, behind which a player goes on that
    leaves it."""

    id: str
    element: str
    kind: str
    parts: Parts

    @property
    def test(self) -> str:
        return self.kind if self.kind in TESTS else ""

    @property
    def end(self) -> str:
        return self.parts[-1].id


Parts = tuple[Par | Seq, ...]


def parts_of(narrated: Sequence[Clip | Group], body: Body, files: Sequence[str]) -> Parts:
    """Return the pars and seqs of a chapter: its sentences, before each the marks of pages that begin with it or in it,
    behind each the marks of notes in it. `files` are the SMIL files of the chapters."""
    pages, marks = dict[str, list[Par]](), dict[str, list[Par]]()
    for page in body.pages:
        if page.id != page.sentence:
            pages.setdefault(page.sentence, []).append(Par(f"m-{page.id}", page.id, test="pagenum"))
    for mark in body.marks:
        note = f"{files[mark.chapter]}#m-{mark.note}"
        marks.setdefault(mark.sentence, []).append(Par(f"m-{mark.id}", mark.id, test="noteref", note=note))
    return tuple(_parts(narrated, pages, marks))


_Marks = Mapping[str, Sequence[Par]]


def _parts(narrated: Sequence[Clip | Group], pages: _Marks, marks: _Marks, test: str = "") -> Iterator[Par | Seq]:
    for part in narrated:
        if isinstance(part, Clip):
            yield from pages.get(part.id, ())
            yield Par(f"m-{part.id}", part.id, part, test)
            yield from marks.get(part.id, ())
        elif kind := _SEQS.get(part.structure.kind):
            inner = tuple(_parts(part.parts, pages, marks))
            yield Seq(f"m-{part.structure.id}", part.structure.id, kind, inner)
        else:
            yield from _parts(part.parts, pages, marks, _SINGLE.get(part.structure.kind, test))


def references(parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield each element of the text, by its id, with the id of what plays it."""
    for part in parts:
        yield part.element, part.id
        if isinstance(part, Seq):
            yield from references(part.parts)
