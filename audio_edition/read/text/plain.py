"""Builds blocks from lines of plain text: paragraphs, headings, lists, scene breaks.

Marks that only show where things begin are left out, each with a finding; every other character is in a block.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audio_edition.model import Block, Finding, Heading, Level, Paragraph, SceneBreak, Span, Text
from audio_edition.read.lines import Line, place_of, speakable, split_lines
from audio_edition.read.text.headings import HeadingLines, headings_in
from audio_edition.read.text.hyphens import with_whole_words
from audio_edition.read.text.items import Listing, listings
from audio_edition.read.text.layout import ends_sentence, paragraphs, wrap_width
from audio_edition.read.text.marks import heading_of, is_row, is_scene_mark
from audio_edition.read.text.pages import without_page_heads

_MOST_PLACES = 10
_WIDE_GAP = 3
"""Blank lines that separate scenes, where paragraphs are separated by one or none."""

_USUAL_GAPS = 2
"""Usual gaps required for each wide one."""


@dataclass(frozen=True, slots=True)
class Plain:
    """The blocks, and the marks that are left out of them."""

    blocks: tuple[Block[Text], ...]
    dashes: tuple[Line, ...]
    underlines: tuple[Line, ...]
    bullets: tuple[Line, ...]
    rules: tuple[Line, ...]


Part = Line | HeadingLines


def parts_of(lines: Sequence[Line]) -> Iterator[Part]:
    """Yield the paragraphs and headings in lines; headings between dashes are still paragraphs."""
    width, headings = wrap_width(lines), headings_in(lines)
    index = 0
    while index < len(lines):
        if index in headings:
            yield headings[index]
            index += headings[index].lines
            continue
        end = next((at for at in range(index, len(lines)) if at in headings), len(lines))
        yield from paragraphs(lines[index:end], width)
        index = end


def mended(lines: Sequence[Line], title: str = "", *, keep_all: bool = False) -> tuple[list[Line], tuple[Finding, ...]]:
    """Return the lines without page layout, words rejoined and running heads removed, and the findings; with
    `keep_all`, heads stay."""
    width = wrap_width(lines)
    left, heads = without_page_heads(lines, title, None if keep_all else width)
    whole, hyphens = with_whole_words(left, width)
    return whole, (*_page_heads(heads), *_line_hyphens(hyphens))


def _page_heads(lines: Sequence[Line]) -> Iterator[Finding]:
    if lines:
        message = f"Left out: apparent page numbers and running heads, on {len(lines)} line{'s' * (len(lines) > 1)}."
        yield Finding(
            "page-heads",
            "note",
            message,
            place_of([line.number for line in lines]),
            text=" ".join(line.text for line in lines),
        )


def _line_hyphens(words: Sequence[tuple[Line, str]]) -> Iterator[Finding]:
    if words:
        named = ", ".join(f"“{word}”" for _, word in words[:_MOST_PLACES])
        more = f" and {len(words) - _MOST_PLACES} more" if len(words) > _MOST_PLACES else ""
        lines = [line for line, _ in words]
        message = f"Left out: hyphens that seem to split words only at line ends: {named}{more}."
        yield Finding(
            "line-hyphens",
            "note",
            message,
            place_of([line.number for line in lines]),
            text="".join(line.text for line in lines),
        )


def plain_of(parts: Sequence[Part]) -> Plain:
    """Return the blocks made from paragraphs and headings, and the marks that were left out."""
    lines = [part if isinstance(part, Line) and _tells(part) else None for part in parts]
    lists = dict(listings(lines))
    return Plain(
        tuple(_blocks(parts, lines, lists)),
        tuple(line._replace(text=dashed[1]) for line in lines if line and (dashed := heading_of(line.text))),
        tuple(mark for part in parts if isinstance(part, HeadingLines) for mark in part.marks),
        tuple(mark for found in lists.values() for mark in found.marks),
        tuple(
            part for part, line in zip(parts, lines, strict=True) if not line and isinstance(part, Line) and part.text
        ),
    )


def read_plain(text: str) -> tuple[tuple[Block[Text], ...], tuple[Finding, ...]]:
    """Return the blocks of a text without a headline, and the findings."""
    lines, findings = mended(split_lines(text))
    found = plain_of(list(parts_of(lines)))
    return found.blocks, (*findings, *findings_of(found))


def findings_of(found: Plain, more_rules: Sequence[Line] = ()) -> Iterator[Finding]:
    """Yield findings for the marks left out, and for further rules that preceded the text."""
    yield from _left_out("heading-marks", "dashes around {} subheading", found.dashes)
    yield from _left_out("heading-marks", "marks under or over subheadings on {} line", found.underlines)
    yield from _left_out("list-marks", "marks in front of {} list item", found.bullets)
    yield from _left_out("separator", "marks that stand alone on {} line", (*more_rules, *found.rules))


def _tells(line: Line) -> bool:
    return speakable(line.text) and not is_scene_mark(line.text)


def _blocks(parts: Sequence[Part], lines: Sequence[Line | None], lists: Mapping[int, Listing]) -> Iterator[Block[Text]]:
    """Yield the blocks with scene breaks; `lines` are the parts that are read."""
    scenes = _scenes(parts, lines)
    at = 0
    while at < len(parts):
        part, line = parts[at], lines[at]
        if at in scenes:
            yield SceneBreak()
        if found := lists.get(at):
            yield found.block
        elif isinstance(part, HeadingLines):
            yield Heading(Text(part.line.text), part.level)
        elif line:
            dashed = heading_of(line.text)
            yield (
                Heading(Text(dashed[0]))
                if dashed
                else Paragraph(Text(line.text, tuple(Span(at, at + 1, "break") for at in line.breaks)))
            )
        at = found.end if found else at + 1


def _scenes(parts: Sequence[Part], lines: Sequence[Line | None]) -> set[int]:
    """Return the indexes of the paragraphs before which the scene changes."""
    scenes: set[int] = set()
    wide = _wide_gaps([line for line in lines if line])
    last: Line | None = None
    mark: Line | None = None
    for at, (part, line) in enumerate(zip(parts, lines, strict=True)):
        if isinstance(part, HeadingLines):
            last = mark = None
        elif line is None:
            mark = mark or (part if is_scene_mark(part.text) else None)
        else:
            is_heading = heading_of(line.text) is not None
            is_parted = line in wide or (mark is not None and not _is_underline(mark, line))
            if is_parted and last and not last.in_columns and not is_heading:
                scenes.add(at)
            last, mark = (None if is_heading else line), None
    return scenes


def _is_underline(mark: Line, after: Line) -> bool:
    """Return whether a row of dashes belongs to the line above it, or to a table."""
    return after.in_columns or (is_row(mark.text) and not mark.blanks and after.blanks > 0)


def _wide_gaps(lines: Sequence[Line]) -> set[Line]:
    """Return the paragraphs with so many blank lines above that another scene begins."""
    wide = {
        line
        for before, line in pairwise(lines)
        if line.blanks >= _WIDE_GAP and ends_sentence(before.text) and not (before.in_columns or line.in_columns)
    }
    usual = sum(line.blanks <= 1 for line in lines)
    return wide if usual >= _USUAL_GAPS * len(wide) else set()


def _left_out(id: str, what: str, lines: Sequence[Line]) -> list[Finding]:  # noqa: A002 - a finding's own word
    """Return one finding for all marks of a kind: an article can have many."""
    if not lines:
        return []
    message = f"Left out: the {what.format(len(lines))}{'s' * (len(lines) > 1)}."
    # A separator says nothing; a paragraph of emoji or currency signs may have.
    signs = any(unicodedata.category(character) in ("So", "Sc") for line in lines for character in line.text)
    level: Level = "warning" if signs else "note"
    return [
        Finding(
            id, level, message, place_of([line.number for line in lines]), text=_together(line.text for line in lines)
        )
    ]


def _together(texts: Iterable[str]) -> str:
    """Return consecutive marks as one, with spaces between."""
    together = ""
    for text in texts:
        mark = text.replace(" ", "")
        together += (" " if together[-1:].isalnum() and mark[:1].isalnum() else "") + mark
    return together
