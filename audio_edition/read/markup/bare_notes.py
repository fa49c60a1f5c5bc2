"""Finds notes without links: a raised number after a word, and below the text a paragraph that begins with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml import etree

from audio_edition.read.markup.elements import heading_level, is_block, name_of, whole_number
from audio_edition.read.markup.note_signs import (
    begins,
    block_around,
    is_glued,
    is_heading_of_notes,
    label_of,
    short_text,
    text_before,
)

_LABEL = re.compile(r"[\[(]?\s?(?:\d{1,3}|[*†‡§]{1,3})\s?[\])]?")
_UNIT = re.compile(r"(?:^|[^\w])[^\W\d_]{1,2}$")
"""Units that a raised number squares: "m", "km", "x"."""

_MOST_RAISED = 3_000
_BLOCKS = frozenset({"div", "li", "p"})


class BareNote(NamedTuple):
    """The marks that refer to a note, the block that holds it, and the part of that which repeats the mark."""

    marks: tuple[etree._Element, ...]
    block: etree._Element
    repeated: tuple[etree._Element, ...]


def bare_notes(root: etree._Element) -> Iterator[BareNote]:
    """Yield the notes of a text if all its raised numbers count from 1 and each has its note, in order, below the last
    of them. Numbers raised for other reasons do not."""
    marks, notes = _marks_and_notes(root)
    numbers = [label for label in marks if label.isdigit()]
    if not marks or numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        return
    if list(notes) == list(marks):
        for label, each in notes.items():
            yield BareNote(tuple(marks[label]), block_around(each), (each,))
    elif not notes and len(numbers) == len(marks):
        items = _listed(root, len(marks), [mark for each in marks.values() for mark in each])
        for label, item in zip(marks, items, strict=False):
            yield BareNote(tuple(marks[label]), item, ())


def _marks_and_notes(root: etree._Element) -> tuple[dict[str, list[etree._Element]], dict[str, etree._Element]]:
    """Return the raised numbers after words, and the numbers that begin paragraphs below them, by number; empty if they
    are not so arranged."""
    marks: dict[str, list[etree._Element]] = {}
    notes: dict[str, etree._Element] = {}
    for each in islice(root.iter("{*}sup"), _MOST_RAISED):
        if not _is_label(each):
            continue
        block, label = block_around(each), label_of(short_text(each))
        if begins(each, block):
            is_note = label in marks and label not in notes and name_of(block) in _BLOCKS and block is not root
            notes[label] = each
        else:
            before = text_before(each, block)
            is_note = is_glued(before) and not notes
            if is_note and not _UNIT.search(before):
                marks.setdefault(label, []).append(each)
        if not is_note:
            return {}, {}
    return marks, notes


def _is_label(element: etree._Element) -> bool:
    if next(element.iter("{*}a"), None) is not None or any(name_of(each) == "a" for each in element.iterancestors()):
        return False
    return _LABEL.fullmatch(short_text(element)) is not None


def _listed(root: etree._Element, count: int, marks: list[etree._Element]) -> list[etree._Element]:
    """Return the items of the list under a notes heading, if there are as many as marks and all marks are above."""
    above = set(marks)
    is_of_notes = False
    for element in root.iter(etree.Element):
        above.discard(element)
        if heading_level(element):
            is_of_notes = is_heading_of_notes(short_text(element))
        elif name_of(element) == "ol" and is_of_notes and not above:
            items = [each for each in element if name_of(each) == "li"]
            return items if len(items) == count and whole_number(element.get("start")) in (None, 1) else []
        elif is_block(element) and short_text(element):
            is_of_notes = is_of_notes and name_of(element) in ("div", "section")
    return []
