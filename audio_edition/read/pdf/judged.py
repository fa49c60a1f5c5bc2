"""Records what each part of a page was taken for, and where it is, so that an editor can compare it with the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from audio_edition.pdf.facts import Box, Span
from audio_edition.read.pdf.lines import Line, around, upturned
from audio_edition.read.pdf.writing import clean

Kind = Literal[
    "heading", "text", "list item", "table", "caption", "note", "box", "quotation", "code", "picture",
    "running head", "contents", "turned text",
]  # fmt: skip

NOT_READ: frozenset[Kind] = frozenset({"running head", "contents", "turned text"})


@dataclass(slots=True)
class Part:
    """A part of a page. `page` counts from 0; the box is in the coordinates of the page's content. A heading has the
    element that was made from it, as its level is decided last."""

    page: int
    kind: Kind
    box: Box
    text: str
    element: etree._Element | None = None

    @property
    def level(self) -> int:
        """The level of a heading; 0 for other parts."""
        tag = str(self.element.tag) if self.element is not None else ""
        return int(tag[1]) if tag[:1] == "h" and tag[1:].isdecimal() else 0


@dataclass(slots=True)
class Judged:
    """The parts of all pages, in the order in which they were read."""

    parts: list[Part] = field(default_factory=list)

    def lines(self, kind: Kind, lines: Sequence[Line], element: etree._Element | None = None) -> None:
        """Record lines as a part of each page that they are on."""
        for page in dict.fromkeys(line.page for line in lines):
            own = [line for line in lines if line.page == page]
            box = upturned(around(own), own[0].spans[0].turn)
            self.parts.append(Part(page, kind, box, clean(" ".join(map(_text_of, own))), element))

    def spans(self, kind: Kind, page: int, spans: Sequence[Span]) -> None:
        """Record words of a page, which may be rotated differently, as parts."""
        for turn in sorted({span.turn for span in spans}):
            own = [span for span in spans if span.turn == turn]
            box = Box(
                min(span.left for span in own),
                min(span.bottom for span in own),
                max(span.right for span in own),
                max(span.top for span in own),
            )
            self.parts.append(Part(page, kind, upturned(box, turn), clean(" ".join(span.text for span in own))))


def _text_of(line: Line) -> str:
    return " ".join(each.text for each in line.boxed or line.cells or (line,))
