"""Writes words as HTML elements: their text in spans, with emphasis, raised letters, links, notes, page breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from lxml import etree

from audio_edition.pdf.facts import SOFT_HYPHEN, Box, Link, Page, Span, Style
from audio_edition.read.pdf.hyphens import Hyphens
from audio_edition.read.pdf.lines import Line, is_lowered, is_raised, is_smaller, upturned

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HYPHENS = ("-", "‐")
_RAISED, _LOWERED = frozenset({"sup"}), frozenset({"sub"})
_WEIGHTS = {
    (False, False): frozenset[str](), (True, False): frozenset({"strong"}), (False, True): frozenset({"em"}),
    (True, True): frozenset({"strong", "em"}),
}  # fmt: skip

Notes = Mapping[tuple[int, str], str]
"""The ids of notes, by their page and mark."""


class Piece(NamedTuple):
    """Text with one look. `note` is the id of the note that it refers to, `href` where it links to, `language` its own;
    `pages` are the labels of pages that begin before it; `alt` is the alternative text of a picture that stands for it,
    None for none."""

    text: str
    look: frozenset[str] = frozenset()
    note: str = ""
    href: str = ""
    language: str = ""
    pages: tuple[str, ...] = ()
    alt: str | None = None


def clean(text: str) -> str:
    """Return text as it is read: ligatures as letters, without characters that no document can hold."""
    return _UNWRITABLE.sub("", text.translate(_LIGATURES))


def break_before(label: str) -> etree._Element:
    """Return the mark of a page that begins."""
    return etree.Element("span", {"role": "doc-pagebreak", "aria-label": clean(label)})


class Pieces:
    """Turns lines into pieces. `label` returns the label of a page, empty for no mark."""

    def __init__(self, hyphens: Hyphens, label: Callable[[int], str]) -> None:
        self._hyphens = hyphens
        self._label = label
        self._links: dict[int, Sequence[Link]] = {}

    def link(self, page: Page) -> None:
        """Take note of where the parts of a page lead to."""
        if page.links:
            self._links[page.number] = page.links

    def of(self, lines: Sequence[Line], notes: Notes, base: Style) -> list[Piece]:
        """Return the text of lines; what looks as the `base` style does is plain."""
        found: list[Piece] = []
        page = lines[0].page
        for number, line in enumerate(lines):
            pieces = self._of_line(line, notes, base)
            if line.page != page and (label := self._label(line.page)):
                pieces[0] = pieces[0]._replace(pages=(label,))
            page = line.page
            if number == 0:
                found = pieces
            else:
                self.join_line(found, pieces)
        return found

    def _of_line(self, line: Line, notes: Notes, base: Style) -> list[Piece]:
        """Return the words of a line, those of one look together."""
        plain: dict[int, frozenset[str] | None] = {}
        found: list[Piece] = []
        parts: list[str] = []
        has_links = line.page in self._links
        for at, span in enumerate(line.spans):
            if span.style not in plain:
                plain[span.style] = _look_of(line.styles[span.style], line, base)
            look = plain[span.style]
            text = clean(span.text)
            note = href = ""
            if look is None:
                look, note = self._placed(span, text, line, notes, base)
            if has_links and not note:
                href = self._address_of(span, line.page)
            if at and span.is_spaced:
                text = f" {text}"
            last = found[-1] if found else None
            if last is not None and not note and last[1:4] == (look, note, href):
                parts.append(text)
                continue
            if last is not None and len(parts) > 1:
                found[-1] = last._replace(text="".join(parts))
            parts = [text]
            found.append(Piece(text, look, note, href))
        if len(parts) > 1:
            found[-1] = found[-1]._replace(text="".join(parts))
        return found

    def _placed(self, span: Span, text: str, line: Line, notes: Notes, base: Style) -> tuple[frozenset[str], str]:
        """Return the look of a word in smaller type, which may be raised or lowered, and the note that it refers to."""
        if is_raised(span, line):
            return _RAISED, notes.get((line.page, text.strip(".,;()[]")), "")
        if is_lowered(span, line):
            return _LOWERED, ""
        return _weight_of(line.styles[span.style], base), ""

    def _address_of(self, span: Span, page: int) -> str:
        """Return where a word leads to: the link annotation that its middle lies in."""
        links = self._links.get(page)
        if not links:
            return ""
        box = upturned(Box(span.left, span.bottom, span.right, span.top), span.turn)
        across, down = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        return next((link.address for link in links if _is_in(link.box, across, down)), "")

    def join_line(self, found: list[Piece], line: list[Piece]) -> None:
        """Add the pieces of a line behind others: with a space, or as the rest of a word that its line's end parted."""
        last, first = found[-1], line[0]
        if last.text.endswith(SOFT_HYPHEN):
            found.extend(line)
            return
        if last.text.endswith(_HYPHENS) and len(last.text) > 1 and last.text[-2].isalpha() and first.text[:1].isalnum():
            (before, space, word), (after, _, rest) = last.text.rpartition(" "), first.text.partition(" ")
            found[-1] = last._replace(text=f"{before}{space}{self._hyphens.joined(word, after)}")
            if first.pages:
                found.append(Piece("", pages=first.pages))
            found.extend([first._replace(text=f" {rest}", pages=()), *line[1:]] if rest else line[1:])
            return
        is_dense = _UNSPACED.match(first.text[:1]) and _UNSPACED.match(last.text[-1:])
        found.append(first if is_dense else first._replace(text=f" {first.text}"))
        found.extend(line[1:])


def _look_of(style: Style, line: Line, base: Style) -> frozenset[str] | None:
    """Return the look of a line's words in a style; None if it depends on where they stand."""
    return None if is_smaller(style, line) else _weight_of(style, base)


def _weight_of(style: Style, base: Style) -> frozenset[str]:
    is_bolder, is_slanted = style.bold and not base.bold, style.italic and not base.italic
    return _WEIGHTS[is_bolder, is_slanted]


def _is_in(box: Box, across: float, down: float) -> bool:
    return box.left <= across <= box.right and box.bottom <= down <= box.top


def write(pieces: Iterable[Piece], out: etree._Element) -> None:
    """Write pieces into an element: no text outside a child, for text behind elements is slow to change."""
    for (look, note, href, language, pages, alt), same in groupby(pieces, key=lambda piece: piece[1:]):
        for label in pages:
            out.append(break_before(label))
        if alt is not None:
            etree.SubElement(out, "img", alt=alt)
        text = "".join(piece.text for piece in same).replace(SOFT_HYPHEN, "")
        if text:
            inner = _inner(out, look, note, href)
            inner.text = text
            if language:
                inner.set("lang", language)


def _inner(out: etree._Element, look: frozenset[str], note: str, href: str) -> etree._Element:
    """Return a new element for text of a look."""
    inner = out
    for name in sorted(look):
        inner = etree.SubElement(inner, name)
    if note:
        return etree.SubElement(inner, "a", role="doc-noteref", href=f"#{note}")
    if href:
        return etree.SubElement(inner, "a", href=href)
    return etree.SubElement(inner, "span") if inner is out else inner


def plainly(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces without the emphasis that all of them share."""
    shared = frozenset({"em", "strong"}).intersection(*(piece.look for piece in pieces if piece.text.strip()))
    return [piece._replace(look=piece.look - shared) for piece in pieces] if shared else list(pieces)


def text_of(pieces: Iterable[Piece]) -> str:
    """Return the text of pieces."""
    return "".join(piece.text for piece in pieces)
