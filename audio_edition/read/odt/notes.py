"""Footnotes and endnotes: their marks, and what they say (OpenDocument 1.3, part 3, 6.3)."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audio_edition.read.odt.names import child, said


class Notes:
    """The notes of a document in the order of their marks."""

    def __init__(self) -> None:
        self._notes: list[etree._Element] = []
        self._written = 0

    def mark(self, note: etree._Element, out: etree._Element) -> None:
        """Write the mark of a note, which is read later."""
        self._notes.append(note)
        mark = etree.SubElement(out, "a", role="doc-noteref", href=f"#note-{len(self._notes)}")
        citation = child(note, "text:note-citation")
        text = said(citation, "text:label") or ("" if citation is None else "".join(map(str, citation.itertext())))
        mark.text = text.strip() or str(len(self._notes))

    def waiting(self) -> Iterator[tuple[etree._Element, str]]:
        """Yield the bodies of the notes that are still to be written, each with its id; a note may refer to another."""
        while self._written < len(self._notes):
            self._written += 1
            body = child(self._notes[self._written - 1], "text:note-body")
            if body is not None:
                yield body, f"note-{self._written}"
