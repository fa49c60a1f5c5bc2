"""Check that a text without markup consists of the edition's sentences in order.

Structure may stand between sentences: list numbers and bullets, note marks, header cells, and words that only the sound
adds. White space is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from audio_edition.check.agreement import shown
from audio_edition.check.manifest import Chapter, Cue, Manifest
from audio_edition.check.reading import unspaced
from audio_edition.check.said import Notes, Said
from audio_edition.check.tree import Block, Span, Step, numbers, spans_of, steps
from audio_edition.model import Finding

_AGAIN = "Build the edition again."
_SHOWN = 60
_RULE = re.compile("-+")
_SCENE = "***"
_STRUCK = "~~"
_RAISED = re.compile(r"[0-9+−–-]")
_ROMAN = (
    (3, ("", "m", "mm", "mmm")),
    (2, ("", "c", "cc", "ccc", "cd", "d", "dc", "dcc", "dccc", "cm")),
    (1, ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")),
    (0, ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")),
)
"""Roman figures, by the places of Arabic ones."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words that must stand in the text, each at its place; if `place` is empty, words that may. What may follow a
    sentence may also follow texts that are not `said`."""

    text: str
    place: str = ""
    said: bool = True


def running_text_findings(place: str, text: str, chapters: Sequence[Chapter], manifest: Manifest) -> Iterator[Finding]:
    """Yield a finding if a text is not that of these chapters."""
    told = unspaced(text)
    places, allowed = {0}, list[str]()
    for piece in _pieces(chapters, manifest.notes):
        if not piece.place:
            allowed.append(piece.text)
            continue
        reached = _over(told, places, allowed)
        places = {at + len(piece.text) for at in reached if told.startswith(piece.text, at)}
        if not places:
            at = max(reached)
            yield Finding(
                "text-differs", "error", f"The text goes on otherwise: {shown(told[at : at + _SHOWN])}",
                f"{place}: {piece.place}", _AGAIN, piece.text,
            )  # fmt: skip
            return
        allowed = [] if piece.said else allowed
    reached = _over(told, places, allowed)
    if len(told) not in reached:
        message = f"There is text behind the last sentence: {shown(told[max(reached) :])}"
        yield Finding("text-differs", "error", message, place, _AGAIN)


def _over(told: str, places: set[int], allowed: Sequence[str]) -> set[int]:
    """Return the positions in the text that can be reached by what may stand there."""
    reached, new = set(places), set(places)
    while new:
        found = {at + len(words) for at in new for words in allowed if words and told.startswith(words, at)}
        found |= {rule.end() for at in new if (rule := _RULE.match(told, at))}
        new = found - reached
        reached |= found
    return reached


# --- what has to stand there, and what may


def _pieces(chapters: Sequence[Chapter], notes: Notes) -> Iterator[_Piece]:
    for chapter in chapters:
        said = Said(chapter)
        items: dict[int, str] = {}
        for step in steps(chapter.blocks):
            if step.kind == "list":
                marks = zip(step.value["items"], _item_marks(step.value), strict=True)
                items |= {id(item): mark for item, mark in marks}
            yield from map(_Piece, _before(step, said, items))
            if step.kind == "leaf":
                yield from _of_text(step.value, said.cues(step.value), chapter, notes)


def _before(step: Step, said: Said, items: Mapping[int, str]) -> Iterator[str]:
    """Yield what may stand before a block, a part of one, or a text."""
    match step.kind:
        case "item":
            yield items[id(step.value)]
        case "scene_break":
            yield _SCENE
        case "note":
            yield f"[{unspaced(step.value['label']) or '*'}]"
        case "leaf" if step.field == "attribution":
            yield "—"
        case "cell":
            rows = step.above[-2].value["rows"]
            names = [said.within(rows[row]["cells"][at]) for row, at in _heads(step.value, rows)]
            yield f"{','.join(filter(None, names))}:"


def _heads(cell: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int]]:
    """Yield the cells that name the columns of a cell."""
    for head in cell.get("headers", []):
        if len(head) == 2 and 0 <= head[0] < len(rows) and 0 <= head[1] < len(rows[head[0]]["cells"]):
            row, at = head
            if rows[row]["cells"][at].get("header") == "column":
                yield row, at


def _of_text(leaf: Mapping[str, Any], cues: Sequence[Cue], chapter: Chapter, notes: Notes) -> Iterator[_Piece]:
    def label(name: str) -> str:
        note = notes.of(name, chapter)
        return f"[{note.label}]" if note else ""

    unspoken = leaf.get("unspoken", {"text": ""})
    if not cues and unspoken["text"]:
        yield _Piece(_marked(unspoken["text"], list(spans_of(unspoken)), label), leaf["passage"], said=False)
    for cue in cues:
        yield _Piece(unspaced(cue.announces))
        yield _Piece(_marked(cue.text, cue.spans, label), cue.id)
        yield _Piece(unspaced(cue.concludes))
    yield _Piece(";")


def _marked(text: str, spans: Sequence[Span], label: Callable[[str], str]) -> str:
    """Return a text with the marks that plain text has, without white space."""
    marks: list[tuple[int, str]] = []
    for start, end, kind, value in spans:
        if kind == "struck":
            marks += [(start, _STRUCK), (end, _STRUCK)]
        elif kind == "superscript" and start and _RAISED.match(text, start):
            marks.append((start, "^"))
        elif kind == "ruby" and value:
            marks.append((end, f"({value})"))
        elif kind == "note":
            marks.append((start, label(value)))
    for at, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    return unspaced(text)


# --- lists


def _item_marks(block: Block) -> list[str]:
    if not block.get("ordered"):
        return ["•"] * len(block["items"])
    return [f"{_numeral(number, block.get('style', '1'))}." for number in numbers(block)]


def _numeral(number: int, style: str) -> str:
    written = str(number)
    if style in ("a", "A") and number > 0:
        written = ""
        while number:
            number, at = divmod(number - 1, 26)
            written = chr(ord("a") + at) + written
    elif style in ("i", "I") and 0 < number < 4000:
        written = "".join(digits[number // 10**place % 10] for place, digits in _ROMAN)
    return written.upper() if style.isupper() else written
