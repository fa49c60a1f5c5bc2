"""Compare a document's lists, tables, pictures, notes and links with the blocks of edition.json."""

from __future__ import annotations

from collections.abc import Iterator

from audio_edition.check.agreement import shown
from audio_edition.check.facts import KINDS, Document, Fact
from audio_edition.check.facts_of_blocks import facts_of_blocks
from audio_edition.check.facts_of_markup import facts_of_markup
from audio_edition.check.manifest import Manifest
from audio_edition.check.table_headers import header_findings
from audio_edition.model import Finding

_AGAIN = "Build the edition again."


def structure_findings(place: str, document: Document, manifest: Manifest) -> Iterator[Finding]:
    """Yield what a document lacks of its chapters' structure, or shows differently."""
    expected, told = facts_of_blocks(document, manifest), facts_of_markup(document, manifest)
    for kind in KINDS:
        if told[kind] != expected[kind]:
            yield _differs(place, kind, told[kind], expected[kind])
    yield from header_findings(place, document)


def _differs(place: str, kind: str, told: list[Fact], expected: list[Fact]) -> Finding:
    if len(told) != len(expected):
        message = f"It has {len(told)} {kind}, and the text {len(expected)}."
    else:
        at = next(at for at, pair in enumerate(zip(told, expected, strict=True)) if pair[0] != pair[1])
        one, other = _first_difference(told[at], expected[at])
        message = f"Of its {kind}, number {at + 1} is another: “{_in_words(one)}” instead of “{_in_words(other)}”."
    return Finding("structure-differs", "error", message, place, _AGAIN)


def _first_difference(one: object, other: object) -> tuple[object, object]:
    """Return the smallest parts of two facts in which they first differ."""
    while isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        one, other = next(pair for pair in zip(one, other, strict=True) if pair[0] != pair[1])
    return one, other


def _in_words(fact: object) -> str:
    return shown(", ".join(map(_in_words, fact)) if isinstance(fact, tuple) else str(fact))
