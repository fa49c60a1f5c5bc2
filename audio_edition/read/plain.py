"""In: lines of plain text. Out: sections of paragraphs.

Marks that only show where things begin are left out, each in a finding; every other character is in a section.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audio_edition.model import Finding, Paragraph, Section
from audio_edition.read.headings import Heading, headings_in
from audio_edition.read.layout import paragraphs, wrap_width
from audio_edition.read.lines import Line, speakable, split_lines
from audio_edition.read.marks import heading_of, is_desk_mark

_MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class Text:
    """What lines held. The first section has no heading; `rules` are lines of marks that stood between."""

    sections: tuple[Section, ...]
    dashes: tuple[Line, ...]
    underlines: tuple[Line, ...]
    desk_marks: tuple[Line, ...]
    rules: tuple[Line, ...]


Part = Line | Heading


def parts_of(lines: Sequence[Line]) -> Iterator[Part]:
    """The paragraphs and headings that lines are, but for headings between dashes, which are paragraphs yet."""
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


def sections_of(parts: Sequence[Part]) -> Text:
    """The sections of a text."""
    told, desk_marks = _without_desk_marks(parts)
    sections, dashes = _sections(told)
    underlines = [mark for part in told if isinstance(part, Heading) for mark in part.marks]
    rules = [part for part in told if isinstance(part, Line) and part.text and not speakable(part.text)]
    return Text(sections, tuple(dashes), tuple(underlines), tuple(desk_marks), tuple(rules))


def read_plain(text: str) -> tuple[tuple[Section, ...], tuple[Finding, ...]]:
    """The sections of a text that has no headline, and what was left out of it."""
    found = sections_of(list(parts_of(split_lines(text))))
    return found.sections, tuple(findings_of(found))


def findings_of(text: Text, more_rules: Sequence[Line] = ()) -> Iterator[Finding]:
    """What was left out, with further rules that stood in front."""
    yield from _left_out("heading-marks", "dashes around {} subheading", text.dashes)
    yield from _left_out("heading-marks", "marks under or over subheadings on {} line", text.underlines)
    yield from _left_out("separator", "marks that stand alone on {} line", (*more_rules, *text.rules))
    yield from _left_out("desk-marks", "desk's sign-off on {} line", text.desk_marks)


def _without_desk_marks(parts: Sequence[Part]) -> tuple[list[Part], list[Line]]:
    """The text without the lines with which a desk signs off, and those."""
    end = len(parts)
    while (
        end > 1 and isinstance(part := parts[end - 1], Line) and (is_desk_mark(part.text) or not speakable(part.text))
    ):
        end -= 1
    signed_off = [part for part in parts[end:] if isinstance(part, Line) and speakable(part.text)]
    return [part for part in parts if part not in signed_off], signed_off


def _sections(parts: Iterable[Part]) -> tuple[tuple[Section, ...], list[Line]]:
    """The sections, the lead first, and the dashes that stood around their headings."""
    sections: list[tuple[str | None, int, list[Paragraph]]] = [(None, 2, [])]
    marks: list[Line] = []
    for part in parts:
        if isinstance(part, Heading):
            sections.append((part.line.text, part.level, []))
        elif heading := heading_of(part.text):
            sections.append((heading[0], 2, []))
            marks.append(part._replace(text=heading[1]))
        elif speakable(part.text):
            sections[-1][2].append(Paragraph(part.text))
    return tuple(Section(heading, tuple(texts), level) for heading, level, texts in sections), marks


def _left_out(id: str, what: str, lines: Sequence[Line]) -> list[Finding]:  # noqa: A002 - a finding's own word
    """One finding for all marks of a kind: an article can have many."""
    if not lines:
        return []
    message = f"Left out: the {what.format(len(lines))}{'s' * (len(lines) > 1)}."
    # A separator is nothing to say; a paragraph of emoji or currency signs may have been.
    signs = any(unicodedata.category(character) in ("So", "Sc") for line in lines for character in line.text)
    return [
        Finding(
            id,
            "warning" if signs else "note",
            message,
            _place(lines),
            text="".join(line.text for line in lines).replace(" ", ""),
        )
    ]


def _place(lines: Sequence[Line]) -> str:
    numbers = [str(line.number) for line in lines]
    if len(numbers) > _MOST_PLACES:
        numbers[_MOST_PLACES:] = [f"{len(numbers) - _MOST_PLACES} more"]
    return f"line {numbers[0]}" if len(numbers) == 1 else f"lines {', '.join(numbers[:-1])} and {numbers[-1]}"
