"""Finds lists in plain text where they are certain: numbers from one, bullets, dashes that do not open dialogue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio_edition.model import Block, Item, List, Paragraph, Text
from audio_edition.read.lines import Line
from audio_edition.read.text.layout import ends_sentence
from audio_edition.read.text.marks import heading_of

_DASHES = "-‐‑‒–—―−"
_BULLETS = "•·*‣◦▪●○■□►▶➢➤✓✔✗∙⁃"
_MARK = re.compile(rf"([{_DASHES}]|[{_BULLETS}]|\(?(\d{{1,2}})[.)]|\(?([a-z])\)) (?=\S)")
_MONTH_NAMES = """
    januar januari jänner februar februari märz marts mars april mai maj juni juli august augusti september oktober
    november december dezember desember januára februára marca apríla mája júna júla augusta septembra októbra novembra
    decembra ledna února března dubna května června července srpna září října listopadu prosince
"""
_MONTHS = frozenset(_MONTH_NAMES.split())
"""In languages that write 1. Mai: such lines are dates, not items."""

_FEWEST = 2
_DEEPEST = 6
_DIALOGUE = re.compile(r"[\"“”„«»?!…]|[^\W\d_] [-–—] ")


@dataclass(frozen=True, slots=True)
class Listing:
    """A list between two line indexes, and the marks of its items."""

    block: List[Text]
    end: int
    marks: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A paragraph in a list; `kind` is its mark's, empty if it continues an item, and `number` its number."""

    line: Line
    mark: str = ""
    kind: str = ""
    number: int = 0

    @property
    def text(self) -> str:
        return self.line.text[len(self.mark) + bool(self.mark) :]


def listings(lines: Sequence[Line | None]) -> Iterator[tuple[int, Listing]]:
    """Yield the certain lists, each with the index of its first line. None stands for a line that can be in no list."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line is None or not _MARK.match(line.text):
            at += 1
            continue
        entries = list(_entries(lines, at))
        before = lines[at - 1] if at else None
        block = _list(entries, before.text if before else "", 1) if entries else None
        if block:
            marks = tuple(entry.line._replace(text=entry.mark) for entry in entries if entry.mark)
            yield at, Listing(block, at + len(entries), marks)
        at += len(entries) or 1


def _entries(lines: Sequence[Line | None], start: int) -> Iterator[_Entry]:
    """Yield the lines from one index on that may belong to a list."""
    first: _Entry | None = None
    last: _Entry | None = None
    for at in range(start, len(lines)):
        line = lines[at]
        entry = _entry(line) if line else None
        if entry is None or not (_goes_on(entry, last) if not entry.kind else _belongs(entry, first)):
            return
        first = first or entry
        last = entry if entry.kind else last
        yield entry


def _belongs(entry: _Entry, first: _Entry | None) -> bool:
    """Return whether an item belongs to the list that began with the first, or to one nested in it."""
    return first is None or entry.kind == first.kind or entry.line.indent > first.line.indent + 1


def _goes_on(entry: _Entry, last: _Entry | None) -> bool:
    """Return whether a line continues the last item: right below it, at its text's indent."""
    if last is None or entry.line.blanks or entry.line.in_columns:
        return False
    return abs(entry.line.indent - last.line.indent - len(last.mark) - 1) <= 1


def _entry(line: Line) -> _Entry:
    found = None if heading_of(line.text) else _MARK.match(line.text)
    if found is None:
        return _Entry(line)
    mark = found[1]
    if found[2]:
        return _Entry(line, mark, mark.replace(found[2], "1"), int(found[2]))
    if found[3]:
        return _Entry(line, mark, mark.replace(found[3], "a"), ord(found[3]) - ord("a") + 1)
    return _Entry(line, mark, mark)


def _list(entries: Sequence[_Entry], before: str, depth: int) -> List[Text] | None:
    """Return the entries as a list, with further indented ones nested; None if it is not certain."""
    margin = entries[0].line.indent
    starts = [at for at, entry in enumerate(entries) if entry.kind and entry.line.indent <= margin + 1]
    firsts = [entries[at] for at in starts]
    if not starts or starts[0] or not _is_certain(firsts, before) or depth > _DEEPEST:
        return None
    items = []
    for start, end in zip(starts, [*starts[1:], len(entries)], strict=True):
        blocks = _blocks(entries[start:end], depth)
        if blocks is None:
            return None
        items.append(Item(blocks))
    return List(tuple(items), bool(firsts[0].number), style="a" if "a" in firsts[0].kind else "1")


def _is_certain(entries: Sequence[_Entry], before: str) -> bool:
    if len(entries) < _FEWEST or any(entry.kind != entries[0].kind for entry in entries):
        return False
    if entries[0].number:
        if any(_begins_with_month(entry.text) for entry in entries):
            return False
        return [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    if entries[0].kind not in _DASHES or not any(ends_sentence(entry.text) for entry in entries):
        return True
    return before.endswith(":") and not any(_DIALOGUE.search(entry.text) for entry in entries)


def _begins_with_month(text: str) -> bool:
    word = text.split(" ", 1)[0].casefold().strip(".,:;")
    return word in _MONTHS or word.endswith("kuuta")


def _blocks(entries: Sequence[_Entry], depth: int) -> tuple[Block[Text], ...] | None:
    """Return an item's text and its nested list; None if they are not certain."""
    inner = next((at for at, entry in enumerate(entries[1:], start=1) if entry.kind), len(entries))
    text = Text(" ".join(entry.text for entry in entries[:inner]))
    blocks: tuple[Block[Text], ...] = (Paragraph(text),)
    if inner == len(entries):
        return blocks
    deeper = _list(entries[inner:], ":", depth + 1)
    return (*blocks, deeper) if deeper else None
