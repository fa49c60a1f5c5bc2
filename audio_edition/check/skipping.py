"""Compare what a book lets listeners skip or leave with the blocks of edition.json: notes, boxes, tables, lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from audio_edition.check.manifest import Chapter
from audio_edition.check.reading import one_spaced
from audio_edition.check.said import Said
from audio_edition.check.tree import Step, spans_of, steps
from audio_edition.model import PRODUCER_NOTE, Finding

_PROGRAM, _ALTERNATIVE = "program", "alternative"
_KINDS = {
    "list": "list", "item": "list-item", "definition_list": "list", "table": "table", "row": "table-row",
    "cell": "table-cell", "figure": "figure", "aside": "aside", "note": "footnote",
    "page_break": "pagebreak", "code": _PROGRAM,
}  # fmt: skip
_AGAIN = "Build the edition again."


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of sentences that can be skipped or left: its kind, and the ids of its first and last sentence."""

    kind: str
    first: str
    last: str


def skippable(chapter: Chapter) -> list[Part]:
    """Return what of a chapter listeners can skip or leave, as EPUB calls it; long descriptions as what they are."""
    return [part for part in _parts(chapter) if part.kind not in (_PROGRAM, _ALTERNATIVE)]


def alternatives(chapter: Chapter) -> list[Part]:
    """Return the alternative texts of a chapter, which DAISY lets listeners skip as producer's notes."""
    return [part for part in _parts(chapter) if part.kind == _ALTERNATIVE]


def programs(chapter: Chapter) -> list[Part]:
    """Return the programs of a chapter, which pages let listeners leave."""
    return [part for part in _parts(chapter) if part.kind == _PROGRAM]


def _parts(chapter: Chapter) -> list[Part]:
    said, found = Said(chapter), dict[tuple[int, str], list[str]]()
    for leaf in (step for step in steps(chapter.blocks) if step.kind == "leaf"):
        sentences = [cue.id for cue in said.cues(leaf.value)]
        for place, kind in _around(leaf):
            found.setdefault((place, kind), []).extend(sentences)
    return [Part(kind, sentences[0], sentences[-1]) for (_, kind), sentences in found.items() if sentences]


def pages_of(chapter: Chapter) -> list[tuple[str, str]]:
    """Return the label of each page that begins in a chapter, and the sentence with which it does, or in which."""
    said, found, coming = Said(chapter), list[tuple[str, str]](), list[str]()
    for step in steps(chapter.blocks):
        if step.kind == "page_break":
            coming.append(one_spaced(step.value["label"]))
        elif step.kind == "leaf":
            unspoken = step.value.get("unspoken", {"text": ""})
            for cue in said.cues(step.value):
                found += [(label, cue.id) for label in coming]
                coming = []
                found += [(one_spaced(value), cue.id) for _, _, kind, value in cue.spans if kind == "page"]
            if not said.cues(step.value):
                coming += [one_spaced(value) for _, _, kind, value in spans_of(unspoken) if kind == "page"]
    return found + [(label, chapter.cues[-1].id) for label in coming]


def page_findings(place: str, told: Sequence[object], expected: Sequence[object]) -> Iterator[Finding]:
    """Whether a list of pages has the pages of the text, in their order, each leading to where it begins."""
    if list(told) != list(expected):
        pairs = zip_longest(told, expected)
        one, other = next(pair for pair in pairs if pair[0] != pair[1])
        message = f"Of {len(expected)} pages it lists {len(told)}, and the first that differs is {one}, not {other}."
        yield Finding("pages-differ", "error", message[:300], place, _AGAIN)


def _around(leaf: Step) -> Iterator[tuple[int, str]]:
    """Yield the structures that a text is in, each by a number that no other has."""
    for above, inside in zip(leaf.above, (*leaf.above[1:], leaf), strict=True):
        if above.kind == "aside" and above.value.get("kind") == PRODUCER_NOTE:
            yield id(above.value), "prodnote"
        elif above.kind in _KINDS:
            yield id(above.value), _KINDS[above.kind]
        elif inside.field == "description":
            yield id(above.value), "description"
        elif above.kind == "picture":
            yield id(above.value), _ALTERNATIVE


def skipping_findings(place: str, told: Sequence[Part], expected: Sequence[Part]) -> Iterator[Finding]:
    """Yield a finding for each kind of which a book has other parts than the text."""
    lacking, beyond = Counter(expected) - Counter(told), Counter(told) - Counter(expected)
    for kind in dict.fromkeys(part.kind for part in (*lacking, *beyond)):
        missing = [part for part in lacking.elements() if part.kind == kind]
        strange = [part for part in beyond.elements() if part.kind == kind]
        what = f"{len(missing)} that the text has are missing, and {len(strange)} are not of the text"
        first = (missing or strange)[0].first
        message = f"Listeners cannot skip or leave every {kind} where it is: {what}."
        yield Finding("skipping-differs", "error", message, f"{place}: {first[:40]}", _AGAIN)
