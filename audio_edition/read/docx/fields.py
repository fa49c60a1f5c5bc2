"""Interprets Word's fields: what their instructions say about the runs between their marks.

A field's runs may begin in one paragraph and end in another (ECMA-376 1, 17.16.18).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree

from audio_edition.read.docx.names import OFF, all_in, child, name_of, said, whole

_LONGEST_INSTRUCTION = 10_000
_MOST_OPEN = 50
"""Nesting depth of fields. Deeper ones are read as if they had no field around them."""

_CONTENTS = frozenset({"TOC", "TOA", "INDEX"})
_REFERENCES = frozenset({"REF", "PAGEREF", "NOTEREF"})
_ARGUMENT = re.compile(r'"((?:[^"\\]|\\.)*+)"|“([^”]*)”|(\S+)')


@dataclass(slots=True)
class Fields:
    """What the fields of a story say about its runs. A field that never ends is ignored.

    `unread` are runs of instructions, `contents` those of tables of contents and indexes; `links` are the addresses of
    linked runs; `boxes` tell whether a run's check box is checked; `chosen` is the selected entry of a list; `counters`
    name what a caption counts ("Figure").
    """

    unread: set[etree._Element] = field(default_factory=set)
    contents: set[etree._Element] = field(default_factory=set)
    links: dict[etree._Element, str] = field(default_factory=dict)
    boxes: dict[etree._Element, bool] = field(default_factory=dict)
    chosen: dict[etree._Element, str] = field(default_factory=dict)
    counters: dict[etree._Element, str] = field(default_factory=dict)

    def add(self, story: etree._Element) -> None:
        """Add the facts from another story's fields."""
        reader = _Reader(self)
        for element in all_in(story, "w:r", "w:fldChar", "w:instrText", "w:fldSimple"):
            reader.take(element)


@dataclass(slots=True)
class _Field:
    begin: etree._Element
    instruction: str = ""
    inside: list[etree._Element] = field(default_factory=list)
    result: list[etree._Element] = field(default_factory=list)
    has_result: bool = False

    def add(self, runs: Iterable[etree._Element]) -> None:
        (self.result if self.has_result else self.inside).extend(runs)


class _Reader:
    """Tracks the fields that are open at the current place of the story."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._open: list[_Field] = []
        self._too_deep = 0

    def take(self, element: etree._Element) -> None:
        name = name_of(element)
        if name == "w:r":
            if self._open and not any(name_of(each) == "w:fldChar" for each in element):
                self._open[-1].add([element])
        elif name == "w:instrText":
            if self._open and len(self._open[-1].instruction) < _LONGEST_INSTRUCTION:
                self._open[-1].instruction += element.text or ""
        elif name == "w:fldSimple":
            self._tell(said(element, "w:instr")[:_LONGEST_INSTRUCTION], list(all_in(element, "w:r")))
        else:
            self._mark(element, said(element, "w:fldCharType"))

    def _mark(self, element: etree._Element, kind: str) -> None:
        if kind == "begin" and len(self._open) < _MOST_OPEN:
            self._open.append(_Field(element))
        elif kind == "begin":
            self._too_deep += 1
        elif kind == "end" and self._too_deep:
            self._too_deep -= 1
        elif kind == "separate" and self._open:
            self._open[-1].has_result = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            self._fields.unread.update(ended.inside)
            self._tell(ended.instruction, ended.result)
            self._show_form(ended)
            if self._open:
                self._open[-1].add(ended.result)

    def _tell(self, instruction: str, result: list[etree._Element]) -> None:
        words = _words(instruction)
        kind = words[0].upper() if words else ""
        if kind in _CONTENTS:
            self._fields.contents.update(result)
        elif kind == "SEQ" and len(words) > 1:
            self._fields.counters.update(dict.fromkeys(result, words[1]))
        elif address := _address(kind, words[1:]):
            for run in result:
                self._fields.links.setdefault(run, address)

    def _show_form(self, ended: _Field) -> None:
        """Record what a legacy form field without runs shows (ECMA-376 1, 17.16.5.20-21)."""
        run, data = ended.begin.getparent(), child(ended.begin, "w:ffData")
        box, choices = child(data, "w:checkBox"), child(data, "w:ddList")
        if run is None:
            return
        if box is not None:
            state = child(box, "w:checked") if child(box, "w:checked") is not None else child(box, "w:default")
            self._fields.boxes[run] = state is not None and said(state) not in OFF
        elif choices is not None and not any((text.text or "").strip() for each in ended.result for text in each):
            entries = [said(entry) for entry in all_in(choices, "w:listEntry")]
            number = whole(said(child(choices, "w:result")) or said(child(choices, "w:default")) or "0") or 0
            self._fields.chosen[run] = entries[number] if number < len(entries) else ""


def _words(instruction: str) -> list[str]:
    found = _ARGUMENT.finditer(instruction)
    return [next(part for part in match.groups() if part is not None) for match in found]


def _address(kind: str, words: list[str]) -> str:
    """Return the target of a field: an address, or # and a bookmark (ECMA-376 1, 17.16.5.25)."""
    if kind in _REFERENCES:
        return f"#{words[0]}" if words and "\\h" in words else ""
    if kind != "HYPERLINK":
        return ""
    place = next((after for word, after in pairwise(words) if word == "\\l"), "")
    target = words[0].replace("\\\\", "\\") if words and not words[0].startswith("\\") else ""
    return target + (f"#{place}" if place else "")
