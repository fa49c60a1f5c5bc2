"""The guide of an audiobook (Readium Guided Navigation): each sentence of the transcript and when it sounds in its
track, in a tree whose roles say what listeners can skip or leave.

The roles are from Readium's list of 2026, which takes them from HTML, ARIA, DPUB-ARIA and EPUB's vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from audio_edition.formats.clips import Clip, clips
from audio_edition.formats.clock import decimal_seconds
from audio_edition.formats.markup import EPUB, Body, StructureKind, bodies, inner_depth
from audio_edition.formats.narration import Group, narration
from audio_edition.formats.outline import heading
from audio_edition.formats.track_list import Track
from audio_edition.model import Heading, Passage, Recording, Role, Table, every, leaves

_OF_STRUCTURES: Mapping[StructureKind, str] = {
    "list": "list", "list-item": "listItem", "table": "table", "table-row": "row", "table-cell": "cell",
    "figure": "figure", "description": "details", "aside": "aside", "prodnote": "aside", "footnote": "footnote",
    "pagebreak": "pagebreak", "alternative": "image",
}  # fmt: skip
_OF_TEXTS: Mapping[Role, str] = {
    "caption": "caption", "picture": "image", "term": "term", "definition": "definition", "code": "preformatted",
    "formula": "math", "quote": "blockquote",
}  # fmt: skip
_OF_HEADERS = {"column": "columnheader", "row": "rowheader"}


def guide_of(recording: Recording, tracks: Mapping[str, Track], transcript: str) -> dict[str, Any]:
    """Return the guide as a value for JSON. `tracks` has the tracks by address, `transcript` is the text's address."""
    written = {body.chapter.id: body for body in bodies(recording.script, EPUB)}
    guided = []
    for address, track in tracks.items():
        for chapter in track.chapters:
            clipped = clips(chapter, chapter.start - track.start)
            part = _Part(written[chapter.chapter.id], address, transcript)
            guided.append(part.chapter(narration(clipped, part.body.structures)))
    return {"guided": guided}


class _Part:
    """A chapter in its track."""

    def __init__(self, body: Body, address: str, transcript: str) -> None:
        self.body = body
        self._address = address
        self._transcript = transcript
        self._roles = dict(_roles(body))

    def chapter(self, parts: Iterable[Clip | Group]) -> dict[str, Any]:
        place = f"{self._transcript}#{self.body.chapter.id}"
        return {"role": ["chapter"], "textref": place, "children": list(self._children(parts))}

    def _children(self, parts: Iterable[Clip | Group], header: str = "") -> Iterator[dict[str, Any]]:
        """Yield the objects of parts; `header` is the role of the table's header that they are in, which is said
        once."""
        for part in parts:
            if isinstance(part, Clip):
                role = self._roles.get(part.id)
                yield self._sentence(part, None if role == header else role)
            elif _is_sentence(part):
                (clip,) = (each for each in part.parts if isinstance(each, Clip))
                yield self._sentence(clip, self._role_of(part))
            else:
                role = self._role_of(part)
                inside = role if role in _OF_HEADERS.values() else header
                yield {"role": [role], "children": list(self._children(part.parts, inside))}

    def _role_of(self, group: Group) -> str:
        """Return the role of a structure; for a cell that is a header, the header's role."""
        role = _OF_STRUCTURES[group.structure.kind]
        own = self._roles.get(group.structure.first, "")
        return own if role == "cell" and own in _OF_HEADERS.values() else role

    def _sentence(self, clip: Clip, role: str | None) -> dict[str, Any]:
        times = f"{decimal_seconds(clip.begin_ms)},{decimal_seconds(clip.end_ms)}"
        return {
            **({"role": [role]} if role else {}),
            "textref": f"{self._transcript}#{clip.id}",
            "audioref": f"{self._address}#t={times}",
        }


def _is_sentence(group: Group) -> bool:
    """Return whether a structure is nothing but one sentence."""
    return len(group.parts) == 1 and isinstance(group.parts[0], Clip)


def _roles(body: Body) -> Iterator[tuple[str, str]]:
    """Yield the role of each sentence that has one."""
    for utterance in body.chapter.utterances:
        if utterance.role in _OF_TEXTS:
            yield utterance.id, _OF_TEXTS[utterance.role]
    opening = heading(body.chapter)
    for block in every(body.chapter.blocks):
        if isinstance(block, Heading):
            depth = max(body.depth, 1) if block.text == opening else inner_depth(body.depth)
            yield from ((utterance.id, f"heading{depth}") for utterance in block.text.utterances)
        elif isinstance(block, Table):
            yield from _headers(block)


def _headers(table: Table[Passage]) -> Iterator[tuple[str, str]]:
    for cell in (cell for row in table.rows for cell in row.cells if cell.header):
        for passage in leaves(cell.blocks):
            yield from ((utterance.id, _OF_HEADERS[cell.header]) for utterance in passage.utterances)
