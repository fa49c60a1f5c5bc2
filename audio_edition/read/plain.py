"""Plain text by its lines: paragraphs, headings, lists, changes of scene.

Marks that only show where things begin are left out, each in a finding; every other character is in a block.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audio_edition.model import Block, Finding, Heading, Paragraph, SceneBreak, Text
from audio_edition.read.headings import HeadingLines, headings_in
from audio_edition.read.layout import ends_sentence, paragraphs, wrap_width
from audio_edition.read.lines import Line, speakable, split_lines
from audio_edition.read.marks import heading_of, is_desk_mark, is_row, is_scene_mark

_MOST_PLACES = 10
_WIDE_GAP = 3
"""Blank lines that part scenes, where paragraphs are parted by one or none."""

_USUAL_GAPS = 2
"""So many of those must be there for each wide gap."""


@dataclass(frozen=True, slots=True)
class Plain:
    """What lines held, and the marks among them that have no words."""

    blocks: tuple[Block[Text], ...]
    dashes: tuple[Line, ...]
    underlines: tuple[Line, ...]
    desk_marks: tuple[Line, ...]
    rules: tuple[Line, ...]


Part = Line | HeadingLines


def parts_of(lines: Sequence[Line]) -> Iterator[Part]:
    """Yield the paragraphs and headings that lines are; headings between dashes are paragraphs yet."""
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


def plain_of(parts: Sequence[Part]) -> Plain:
    """Return the blocks that paragraphs and headings are, with the marks that were left out of them."""
    told, desk_marks = _without_desk_marks(parts)
    blocks, dashes, rules = _blocks(told)
    underlines = (mark for part in told if isinstance(part, HeadingLines) for mark in part.marks)
    return Plain(blocks, tuple(dashes), tuple(underlines), tuple(desk_marks), tuple(rules))


def read_plain(text: str) -> tuple[tuple[Block[Text], ...], tuple[Finding, ...]]:
    """Return the blocks of a text that has no headline, and what was left out of it."""
    found = plain_of(list(parts_of(split_lines(text))))
    return found.blocks, tuple(findings_of(found))


def findings_of(found: Plain, more_rules: Sequence[Line] = ()) -> Iterator[Finding]:
    """Yield what was left out, with further rules that stood in front."""
    yield from _left_out("heading-marks", "dashes around {} subheading", found.dashes)
    yield from _left_out("heading-marks", "marks under or over subheadings on {} line", found.underlines)
    yield from _left_out("separator", "marks that stand alone on {} line", (*more_rules, *found.rules))
    yield from _left_out("desk-marks", "desk's sign-off on {} line", found.desk_marks)


def _without_desk_marks(parts: Sequence[Part]) -> tuple[list[Part], list[Line]]:
    """Return the text without the lines with which a desk signs off, and those."""
    end = len(parts)
    while (
        end > 1 and isinstance(part := parts[end - 1], Line) and (is_desk_mark(part.text) or not speakable(part.text))
    ):
        end -= 1
    signed_off = [part for part in parts[end:] if isinstance(part, Line) and speakable(part.text)]
    return [part for part in parts if part not in signed_off], signed_off


def _blocks(parts: Sequence[Part]) -> tuple[tuple[Block[Text], ...], list[Line], list[Line]]:
    """Return the blocks, the dashes that stood around their headings, and the lines of marks between them."""
    blocks: list[Block[Text]] = []
    dashes, rules = list[Line](), list[Line]()
    wide = _wide_gaps(parts)
    last, mark = Line(0, ""), None
    for part in parts:
        if isinstance(part, Line) and (is_scene_mark(part.text) or not speakable(part.text)):
            rules += [part] if part.text else []
            mark = mark or (part if is_scene_mark(part.text) else None)
            continue
        line = part if isinstance(part, Line) else part.line
        dashed = heading_of(line.text) if isinstance(part, Line) else None
        if isinstance(part, HeadingLines):
            blocks.append(Heading(Text(line.text), part.level))
        elif dashed:
            blocks.append(Heading(Text(dashed[0])))
            dashes.append(line._replace(text=dashed[1]))
        else:
            is_parted = line in wide or (mark is not None and not _is_underline(mark, line))
            if is_parted and not last.in_columns and blocks and isinstance(blocks[-1], Paragraph):
                blocks.append(SceneBreak())
            blocks.append(Paragraph(Text(line.text)))
        last, mark = line, None
    return tuple(blocks), dashes, rules


def _is_underline(mark: Line, after: Line) -> bool:
    """Return whether a row of dashes belongs to the line above it, or to a table."""
    return after.in_columns or (is_row(mark.text) and not mark.blanks and after.blanks > 0)


def _wide_gaps(parts: Sequence[Part]) -> set[Line]:
    """Return the paragraphs above which so many lines are blank that another scene begins."""
    lines = [part for part in parts if isinstance(part, Line)]
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
    # A separator is nothing to say; a paragraph of emoji or currency signs may have been.
    signs = any(unicodedata.category(character) in ("So", "Sc") for line in lines for character in line.text)
    between = " " if any(speakable(line.text) for line in lines) else ""
    text = between.join(line.text.replace(" ", "") for line in lines)
    return [Finding(id, "warning" if signs else "note", message, place_of(lines), text=text)]


def place_of(lines: Sequence[Line]) -> str:
    """Return the numbers of lines as an editor reads them."""
    numbers = [str(line.number) for line in lines]
    if len(numbers) > _MOST_PLACES:
        numbers[_MOST_PLACES:] = [f"{len(numbers) - _MOST_PLACES} more"]
    return f"line {numbers[0]}" if len(numbers) == 1 else f"lines {', '.join(numbers[:-1])} and {numbers[-1]}"
