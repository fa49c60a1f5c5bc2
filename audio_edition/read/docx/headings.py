"""The headings of a word processor's document: titles and headings by their styles, else lines that look like them."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from audio_edition.read.bold_lines import Line, Look, find_headings, line_of, title_by_size
from audio_edition.read.converted import bare_text
from audio_edition.read.docx.flow import Flow

_BELOW_TITLE = ("h2", "h3", "h4")


class Headings:
    """Collects titles, authors and lines while a document is written below `root`."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._titles: list[etree._Element] = []
        self._authors: list[etree._Element] = []
        self._lines: list[Line] = []
        self._largest = 0
        self.has_styles = False
        """Whether a style made any paragraph a heading below the title. If so, no look does."""

    @property
    def has_title(self) -> bool:
        return bool(self._titles)

    @property
    def guessed(self) -> bool:
        """Whether the headings below the title are recognised by their look only."""
        return not self.has_styles and any(each.tag in _BELOW_TITLE for each in self._root)

    @property
    def title(self) -> etree._Element | None:
        """The title by its style; where headings were guessed, the first of level 1."""
        first = next((each for each in self._root if each.tag == "h1"), None) if self.guessed else None
        return self._titles[0] if self._titles else first

    @property
    def authors(self) -> tuple[str, ...]:
        """The lines in a style for authors, above all headings."""
        return tuple(filter(None, map(bare_text, self._authors)))

    def put(self, written: etree._Element, level: int, flow: Flow, *, is_title: bool) -> None:
        """Put a heading into the flow; the second line of a title goes into the first."""
        written.tag = f"h{level}"
        if not is_title:
            self.has_styles = True
        elif (first := flow.last) is not None and first in self._titles:
            etree.SubElement(first, "span").text = " "
            first.extend(list(written))
            return
        else:
            self._titles.append(written)
        flow.block(written)

    def put_author(self, written: etree._Element) -> None:
        if not self.has_styles:
            self._authors.append(written)

    def note_line(self, written: etree._Element, flow: Flow, looks: Counter[Look] | None = None) -> None:
        """Remember a paragraph that may be a heading by its `looks`, or, without any, a block between such."""
        if flow.is_in(self._root) and not self.has_styles:
            self._lines.append(Line(written) if looks is None else line_of(written, looks))

    def note_size(self, half_points: int) -> None:
        """Remember the size of a heading's letters."""
        self._largest = max(self._largest, half_points)

    def find(self) -> list[str]:
        """Make headings of the lines that look so, if no style made any; return the texts of those that may be some.
        The opening line is the title if no style says so and it is as large as the largest heading, and larger than
        text."""
        if not self.has_styles:
            return find_headings(self._lines)
        if not self._titles and self._largest and (title := title_by_size(self._lines, self._largest)) is not None:
            self._titles.append(title)
        return []
