"""Footnotes and endnotes: which note a mark refers to, and how Word writes the mark (ECMA-376 1, 17.11)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audio_edition.read.docx.names import OFF, all_in, child, name_of, said, whole
from audio_edition.read.docx.numbering import in_format
from audio_edition.read.docx.package import Package

_PARTS = {"w:footnoteReference": ("footnotes", "w:footnote"), "w:endnoteReference": ("endnotes", "w:endnote")}
_PROPERTIES = {"footnotes": "w:footnotePr", "endnotes": "w:endnotePr"}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


class Notes:
    """The notes of a document. `written` are those that are referred to, in the order of their marks, each with its
    mark in the text and whether the author chose that mark."""

    def __init__(self, package: Package) -> None:
        self._elements = dict(_notes(package))
        self._formats = {part: _format(package, part) for part, _ in _PARTS.values()}
        self._counts = {part: start for part, (_, start) in self._formats.items()}
        self.written: dict[etree._Element, tuple[etree._Element, bool]] = {}
        self._numbers: dict[etree._Element, int] = {}

    def elements(self) -> list[etree._Element]:
        """Return all notes."""
        return list(self._elements.values())

    def write_mark(self, part: etree._Element, out: etree._Element) -> etree._Element | None:
        """Write the mark of the note that an element refers to.

        Return the mark if the author chose their own: the rest of the run is written into it.
        """
        kind, _ = _PARTS[name_of(part)]
        note = self._elements.get((kind, said(part, "w:id")))
        if note is None:
            return None
        mark = etree.SubElement(out, "a", role="doc-noteref", href=f"#{self._id(note)}")
        own = said(part, "w:customMarkFollows") not in ("", *OFF)
        if note in self.written:
            mark.text = "".join(self.written[note][0].itertext())
        elif not own:
            mark.text = in_format(self._counts[kind], self._formats[kind][0])
            self._counts[kind] += 1
        self.written.setdefault(note, (mark, own))
        return mark if own else None

    def start(self, note: etree._Element, out: etree._Element) -> etree._Element:
        """Begin a note; return the element that takes its blocks."""
        return etree.SubElement(out, "aside", role="doc-footnote", id=self._id(note))

    def end(self, note: etree._Element, written: etree._Element) -> None:
        """Remove the author's own mark from the beginning of the note."""
        mark, own = self.written[note]
        label = "".join(mark.itertext()).strip()
        first = next((each for each in written.iter() if each.text and each.text.strip()), None)
        if own and label and first is not None and (first.text or "").strip().startswith(label):
            first.text = (first.text or "").strip().removeprefix(label)

    def _id(self, note: etree._Element) -> str:
        return f"note-{self._numbers.setdefault(note, len(self._numbers) + 1)}"


def _notes(package: Package) -> Iterator[tuple[tuple[str, str], etree._Element]]:
    for part, name in _PARTS.values():
        for note in all_in(package.part(part), name):
            if said(note, "w:type") not in _SEPARATORS:
                yield (part, said(note, "w:id")), note


def _format(package: Package, part: str) -> tuple[str, int]:
    """Return the number format of a part's notes, and their first number."""
    name = _PROPERTIES[part]
    section = next(
        (found for each in all_in(package.document, "w:sectPr") if (found := child(each, name)) is not None), None
    )
    settings = child(package.part("settings"), name)
    said_of = [each for each in (section, settings) if each is not None]
    form = next(filter(None, (said(child(each, "w:numFmt")) for each in said_of)), "")
    start = next((whole(said(found)) for each in said_of if (found := child(each, "w:numStart")) is not None), None)
    return form or ("lowerRoman" if part == "endnotes" else "decimal"), 1 if start is None else start
