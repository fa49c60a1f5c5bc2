"""Removes the desk's copy from plain text, line by line: see `desk`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from audio_edition.model import Finding
from audio_edition.read.desk import Cut, LeftOut, cuts_in, findings_of, is_desk_line
from audio_edition.read.lines import Line
from audio_edition.read.text.layout import ends_sentence, has_room, paragraphs, wrap_width

Unit = list[Line]
"""Lines that form a paragraph."""


def without_desk_lines(lines: Sequence[Line]) -> tuple[list[Line], tuple[Finding, ...]]:
    """Return the lines for readers, with their original numbers, and findings that quote the rest."""
    units = _units(lines)
    texts = [" ".join(line.text for line in unit) for unit in units]
    cuts = cuts_in(texts)
    if not cuts:
        return list(lines), ()
    changed: dict[int, str] = {}
    for cut in cuts:
        changed.update(_changed(units[cut.at], cut, len(texts[cut.at])))
    told = [LeftOut(cut.kind, texts[cut.at][cut.start : cut.end].strip(), _number(units[cut.at], cut)) for cut in cuts]
    left = [line._replace(text=changed.get(line.number, line.text)) for line in lines]
    kept = [line for line in left if line.text or line.number not in changed]
    return kept, tuple(findings_of(told))


def _units(lines: Sequence[Line]) -> list[Unit]:
    """Return the paragraphs; a line that is the desk's own is one even between wrapped lines."""
    width = wrap_width(lines)
    units: list[Unit] = []
    for filled, group in groupby(lines, key=lambda line: line.text != ""):
        if not filled:
            continue
        block = list(group)
        starts = {part.number for part in paragraphs(block, width)}
        if width is not None:
            starts |= {after.number for line, after in pairwise(block) if _parts(line, after, width)}
        for line in block:
            if line.number in starts:
                units.append([])
            units[-1].append(line)
    return units


def _parts(line: Line, after: Line, width: int) -> bool:
    """Return whether two lines belong to different paragraphs because one of them is the desk's own."""
    is_open = has_room(line, after, width) or ends_sentence(line.text)
    return is_open and (is_desk_line(line.text) or is_desk_line(after.text))


def _changed(unit: Unit, cut: Cut, length: int) -> dict[int, str]:
    """Return the lines that remain of a paragraph after a cut: none, or those without the cut beginning or end."""
    if (cut.start, cut.end) == (0, length):
        return {line.number: "" for line in unit}
    if cut.start == 0:
        return {unit[0].number: unit[0].text[cut.end :].lstrip()}
    changed: dict[int, str] = {}
    at = 0
    for line in unit:
        if cut.start < at + len(line.text):
            changed[line.number] = line.text[: max(0, cut.start - at)].rstrip()
        at += len(line.text) + 1
    return changed


def _number(unit: Unit, cut: Cut) -> int:
    """Return the number of the line where a cut begins."""
    at = 0
    for line in unit:
        at += len(line.text) + 1
        if cut.start < at:
            return line.number
    return unit[-1].number
