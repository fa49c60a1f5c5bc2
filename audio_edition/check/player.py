"""Compare the JSON that the page gives its player with edition.json: chapters, sentences and times, in seconds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from audio_edition.check.agreement import (
    NEAREST_MS,
    Entry,
    Sentence,
    all_ends,
    chapter_findings,
    in_ms,
    sentence_findings,
)
from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import FilesOfFolder, UnreadableError, page_of, within
from audio_edition.check.skipping import Part, programs, skippable, skipping_findings
from audio_edition.model import Finding

PAGE = "index.html"
_SKIPPED = {"notes": "footnote", "tables": "table", "pages": "pagebreak", "producer_notes": "prodnote"}
_LEFT = "structure"
_CAN_BE_LEFT = ("list", "table", "figure", "aside", "footnote", "prodnote")
_AGAIN = "Build the edition again."


def player_findings(manifest: Manifest, there: Sequence[str]) -> Iterator[Finding]:
    """Yield findings on the page's chapters, sentences, sound and duration."""
    told = _page_data(page_of(FilesOfFolder("", manifest.folder, there), PAGE))
    yield from chapter_findings(
        PAGE, [Entry(part["title"], float(part["start"]) * 1000) for part in told["chapters"]], manifest
    )
    cues = [_sentence(cue) for cue in told["cues"]]
    yield from sentence_findings(PAGE, cues, manifest.cues, all_ends(manifest))
    yield from skipping_findings(PAGE, list(_passed_over(told)), list(_can_be_passed_over(manifest)))
    if told["sound"] not in there:
        yield Finding("link-broken", "error", "What the page plays is not there.", PAGE, _AGAIN)
    if abs(float(told["total"]) * 1000 - in_ms(manifest.length)) > NEAREST_MS:
        message = (
            f"It says that it plays {float(told['total']):.3f} s, and the edition {in_ms(manifest.length):.0f} ms."
        )
        yield Finding("length-differs", "error", message, PAGE, _AGAIN)


def _passed_over(told: Any) -> Iterator[Part]:
    """Yield each stretch that the page can skip, but for descriptions, which it has with their pictures, and each that
    it can leave."""
    names = [str(cue[0]) for cue in told["cues"]]
    skipped = {kind: told.get("skipped", {}).get(name, []) for name, kind in _SKIPPED.items()}
    for kind, stretches in [*skipped.items(), (_LEFT, told.get("left", []))]:
        yield from (Part(kind, names[first], names[behind - 1]) for first, behind in stretches)


def _can_be_passed_over(manifest: Manifest) -> Iterator[Part]:
    for chapter in manifest.chapters:
        parts = skippable(chapter)
        yield from (part for part in parts if part.kind in _SKIPPED.values())
        yield from (replace(part, kind=_LEFT) for part in parts if part.kind in _CAN_BE_LEFT)
        yield from (replace(part, kind=_LEFT) for part in programs(chapter))


def _page_data(root: Any) -> Any:
    blocks = root.xpath("//*[local-name() = 'script'][@id='edition']")
    try:
        return json.loads(within(blocks[0]))
    except (IndexError, ValueError, RecursionError) as error:
        raise UnreadableError(f"{PAGE} tells its player nothing that can be read") from error


def _sentence(told: Any) -> Sentence:
    name, start, end, *_ = told
    return Sentence(name, None, float(start) * 1000, float(end) * 1000)
