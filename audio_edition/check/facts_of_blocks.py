"""List what a document must have according to the blocks of its chapters: lists, tables, pictures, notes, links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from audio_edition.check.facts import KINDS, Document, Fact, Facts, canonical, leads_out, stem
from audio_edition.check.manifest import Chapter, Manifest
from audio_edition.check.reading import one_spaced, unspaced
from audio_edition.check.said import Said
from audio_edition.check.tree import Span, Step, numbers, spans_of, steps
from audio_edition.model import PRODUCER_NOTE


def facts_of_blocks(document: Document, manifest: Manifest) -> Facts:
    """Return what the text of a document's chapters has of each kind."""
    facts: Facts = {kind: [] for kind in KINDS}
    for chapter in document.chapters:
        said = Said(chapter)
        for step in steps(chapter.blocks):
            for kind, fact in _of_block(step, said, manifest):
                # Books of DAISY have one class for both.
                is_one = kind == "producer's notes" and not document.html5
                facts["descriptions" if is_one else kind].append(fact)
            if step.kind == "leaf":
                for kind, fact in _of_text(step, said, chapter, manifest):
                    facts[kind].append(fact)
    return facts


def _of_block(step: Step, said: Said, manifest: Manifest) -> Iterator[tuple[str, Fact]]:  # noqa: C901 - a case a block
    block = step.value
    match step.kind:
        case "list" if block["items"]:
            depth = sum(above.kind == "list" for above in step.above) + 1
            yield "lists", (depth, *(numbers(block) if block.get("ordered") else ["•"] * len(block["items"])))
        case "definition_list" if block["entries"]:
            terms = [term for entry in block["entries"] for term in entry["terms"]]
            yield "lists of terms", (len([term for term in terms if said.text(term)]), len(block["entries"]))
        case "table" if block["rows"]:
            yield "tables", tuple(tuple(_cell(cell, said) for cell in row["cells"]) for row in block["rows"])
        case "quote":
            yield "quotations", (sum(above.kind == "quote" for above in step.above) + 1,)
        case "code":
            yield "programs", (len(block["lines"]) or 1,)
        case "picture" if block.get("image") in manifest.images:
            cues = said.cues(block["text"])
            unspoken = block["text"].get("unspoken", {}).get("text", "")
            yield "pictures", (stem(block["image"]), unspaced(cues[0].text if cues else unspoken))
        case "figure":
            yield "figures", ()
        case "aside":
            yield ("producer's notes" if block.get("kind") == PRODUCER_NOTE else "boxes"), ()
        case "note":
            yield "notes", (said.first(step),)
        case "scene_break":
            yield "scene breaks", ()
        case "page_break":
            yield "page breaks", (one_spaced(block["label"]),)
        case "heading":
            yield "headings", (said.text(block["text"]),)
    if step.kind == "picture" and block.get("description"):
        yield "descriptions", ()


def _cell(cell: Mapping[str, Any], said: Said) -> Fact:
    text = said.within(cell)
    header = cell.get("header", "") if text else ""
    return (header, cell.get("columns", 1), cell.get("rows", 1), text)


def _of_text(step: Step, said: Said, chapter: Chapter, manifest: Manifest) -> Iterator[tuple[str, Fact]]:
    """Yield the links, note marks and pictures inside a text, by its spans."""
    unspoken = step.value.get("unspoken", {"text": ""})
    texts = [(cue.id, cue.text, cue.spans) for cue in said.cues(step.value)]
    texts = texts or [("", unspoken["text"], tuple(spans_of(unspoken)))]
    block = step.above[-1]
    if block.kind == "formula":
        return  # it is shown as it was written, its text is its name
    if block.kind == "picture" and step.field == "text" and block.value.get("image") in manifest.images:
        texts = texts[1:]  # the first is the picture's alternative text, which has no markup
    for name, text, spans in texts:
        for start, end, kind, value in spans:
            if kind == "note" and (note := manifest.notes.of(value, chapter)):
                yield "marks of notes", (name, note.first)
            elif kind == "page":
                yield "page breaks", (one_spaced(value),)
            elif kind == "image" and start < end and value in manifest.images and block.kind != "code":
                yield "pictures", (stem(value), unspaced(text[start:end]))
        yield from (("links", fact) for fact in _links(text, spans))


def _links(text: str, spans: Sequence[Span]) -> Iterator[Fact]:
    """Yield the links that lead out; one inside another does not count. `link_findings` checks where links inside the
    edition lead."""
    inside = 0
    for start, end, kind, value in spans:
        if kind == "link" and start >= inside and start < end:
            inside = end
            if leads_out(value):
                yield (canonical(value), unspaced(text[start:end]))


def links_out(manifest: Manifest) -> Callable[[str], bool]:
    """Return what tells whether an address is one that the edition's text leads to."""
    spans = (span for chapter in manifest.chapters for span in _all_spans(chapter))
    known = {canonical(value) for _, _, kind, value in spans if kind == "link" and leads_out(value)}
    return lambda address: canonical(address) in known


def _all_spans(chapter: Chapter) -> Iterator[Span]:
    for cue in chapter.cues:
        yield from cue.spans
    for step in steps(chapter.blocks):
        if step.kind == "leaf" and "unspoken" in step.value:
            yield from spans_of(step.value["unspoken"])
