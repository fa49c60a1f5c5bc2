"""Makes quotations of the lines that plain messages mark with “>”."""

from __future__ import annotations

from itertools import groupby

from audio_edition.model import Block, Paragraph, Quote, Text
from audio_edition.model.characters import without_unwanted
from audio_edition.read.lines import speakable

_DEEPEST = 5
_MOST = 200
"""Quotations: each costs a pass over the text."""

_PLACE = "A quotation stands here, of number"


def quotations_in(text: str) -> tuple[str, dict[str, Quote[Text]]]:
    """Return a text with a paragraph in place of each run of quoted lines, and the quotations by those paragraphs."""
    if "\n>" not in f"\n{text}" or _PLACE in text:
        return text, {}
    lines: list[str] = []
    quotations: dict[str, Quote[Text]] = {}
    for is_quoted, run in groupby(text.split("\n"), lambda line: line.startswith(">")):
        written = [*run]
        blocks = _blocks([line[1:] for line in written], 1) if is_quoted else ()
        if blocks:
            place = f"{_PLACE} {len(quotations) + 1}."
            quotations[place] = Quote(blocks)
            lines += ["", place, ""]
        elif not is_quoted:
            lines += written
    return ("\n".join(lines), quotations) if len(quotations) <= _MOST else (text, {})


def _blocks(lines: list[str], depth: int) -> tuple[Block[Text], ...]:
    """Return the paragraphs of quoted lines, which blank ones part, and the quotations in them."""
    blocks: list[Block[Text]] = []
    for kind, run in groupby(lines, _kind_of):
        written = [line.strip() for line in run]
        if kind == "quoted" and depth < _DEEPEST:
            blocks += [Quote(inner)] if (inner := _blocks([line[1:] for line in written], depth + 1)) else []
        elif kind != "blank":
            said = without_unwanted(" ".join(line.lstrip("> ") for line in written))
            blocks += [Paragraph(Text(" ".join(said.split())))] if speakable(said) else []
    return tuple(blocks)


def _kind_of(line: str) -> str:
    said = line.strip()
    return "blank" if not said else "quoted" if said.startswith(">") else "text"
