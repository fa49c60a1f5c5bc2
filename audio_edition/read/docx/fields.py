"""In: a story of a Word document. Out: which of its runs are a field's instruction, or a table of contents it made.

A field's runs may begin in one paragraph and end in another (ECMA-376 1, 17.16.18).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from audio_edition.read.docx.names import all_in, name_of, said

_LONGEST_INSTRUCTION = 10_000
_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})


def unread_runs(story: etree._Element) -> frozenset[etree._Element]:
    """The runs that a reader does not see, and those of contents. A field that never ends hides nothing."""
    fields = _Fields()
    for element in all_in(story, "w:r", "w:fldChar", "w:instrText", "w:fldSimple"):
        name = name_of(element)
        if name == "w:r":
            fields.run(element)
        elif name == "w:instrText":
            fields.instruct(element.text or "")
        elif name == "w:fldChar":
            fields.mark(said(element, "w:fldCharType"))
        elif is_contents(said(element, "w:instr")):
            fields.unread.update(all_in(element, "w:r"))
    return frozenset(fields.unread)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    inside: list[etree._Element] = field(default_factory=list)
    result: list[etree._Element] = field(default_factory=list)
    has_result: bool = False

    def add(self, runs: Iterable[etree._Element]) -> None:
        (self.result if self.has_result else self.inside).extend(runs)


class _Fields:
    """The fields that are open at a place of the story."""

    def __init__(self) -> None:
        self.unread: set[etree._Element] = set()
        self._open: list[_Field] = []

    def run(self, run: etree._Element) -> None:
        if self._open and next(all_in(run, "w:fldChar"), None) is None:
            self._open[-1].add([run])

    def instruct(self, text: str) -> None:
        if self._open and len(self._open[-1].instruction) < _LONGEST_INSTRUCTION:
            self._open[-1].instruction += text

    def mark(self, kind: str) -> None:
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            self._end(self._open.pop())

    def _end(self, ended: _Field) -> None:
        self.unread.update(ended.inside)
        if is_contents(ended.instruction):
            self.unread.update(ended.result)
        elif self._open:
            self._open[-1].add(ended.result)


def is_contents(instruction: str) -> bool:
    """Whether a field makes contents or an index: lists of what stands elsewhere, with its pages."""
    return (instruction.split() or [""])[0].upper() in _CONTENTS
