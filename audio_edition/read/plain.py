"""In: lines of plain text. Out: sections of paragraphs.

Marks that only show where things begin are left out, each in a finding; every other character is in a section.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audio_edition.model import Finding, Paragraph, Section
from audio_edition.read.layout import paragraphs
from audio_edition.read.lines import Line, speakable, split_lines
from audio_edition.read.marks import heading_of, is_desk_mark

_MOST_PLACES = 10


@dataclass(frozen=True, slots=True)
class Text:
    """What lines held. The first section has no heading; `rules` are lines of marks that stood between."""

    sections: tuple[Section, ...]
    headings: tuple[Line, ...]
    desk_marks: tuple[Line, ...]
    rules: tuple[Line, ...]


def sections_of(found: Sequence[Line]) -> Text:
    """The sections of a text whose lines are paragraphs."""
    told, desk_marks = _without_desk_marks(found)
    sections, headings = _sections(line for line in told if speakable(line.text))
    rules = [line for line in told if line.text and not speakable(line.text)]
    return Text(sections, tuple(headings), tuple(desk_marks), tuple(rules))


def read_plain(text: str) -> tuple[tuple[Section, ...], tuple[Finding, ...]]:
    """The sections of a text that has no headline, and what was left out of it."""
    found = sections_of(list(paragraphs(split_lines(text))))
    return found.sections, tuple(findings_of(found))


def findings_of(text: Text, more_rules: Sequence[Line] = ()) -> Iterator[Finding]:
    """What was left out, with further rules that stood in front."""
    yield from _left_out("heading-marks", "dashes around {} subheading", text.headings)
    yield from _left_out("separator", "marks that stand alone on {} line", (*more_rules, *text.rules))
    yield from _left_out("desk-marks", "desk's sign-off on {} line", text.desk_marks)


def _without_desk_marks(found: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The body without the lines with which a desk signs off, and those."""
    end = len(found)
    while end > 1 and (is_desk_mark(found[end - 1].text) or not speakable(found[end - 1].text)):
        end -= 1
    signed_off = [line for line in found[end:] if speakable(line.text)]
    return [line for line in found if line not in signed_off], signed_off


def _sections(found: Iterable[Line]) -> tuple[tuple[Section, ...], list[Line]]:
    """The sections, the lead first, and the marks that stood around their headings."""
    sections: list[tuple[str | None, list[Paragraph]]] = [(None, [])]
    marks = []
    for line in found:
        if heading := heading_of(line.text):
            sections.append((heading[0], []))
            marks.append(line._replace(text=heading[1]))
        else:
            sections[-1][1].append(Paragraph(line.text))
    return tuple(Section(heading, tuple(texts)) for heading, texts in sections), marks


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
