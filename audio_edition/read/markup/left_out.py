"""Collects what is not read of a document, and the findings that quote it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator

from lxml import etree

from audio_edition.model import Finding
from audio_edition.read.lines import speakable
from audio_edition.read.markup.seen import seen_text

MESSAGES = {
    "note-marks": "repeated note marks, and links back from notes",
    "notes-heading": "headings of notes sections, whose notes are read where they are referred to",
    "comments-left-out": "editors' comments",
    "heading-marks": "the dashes around subheadings",
    "page-numbers": "words around page numbers, which are kept as marks",
    "line-numbers": "line numbers",
    "scene-marks": "ornaments between scenes",
    "hidden-text": "what the document hides from screen readers",
    "form-controls": "buttons and fields of forms",
    "tooltips": "pop-up copies of notes, which are read from below the text",
    "editors-marks": "marks of editors, such as requests for citations",
    "drawn-text": "words inside drawings that are described",
}
WORDLESS = {
    "picture-without-text": (
        "Pictures without alternative text, which cannot be described: {}.",
        "Give each an alternative text in the document, an empty one if it is only decoration.",
    ),
    "played-without-text": (
        "Videos, recordings and embedded pages, which are not read: {}.",
        "Put what they say into the article.",
    ),
}


class LeftOut:
    """Unread texts by reason, and counts of unread things without text."""

    def __init__(self) -> None:
        self._texts: dict[str, list[str]] = {}
        self._wordless: Counter[str] = Counter()

    def add(self, reason: str, text: str) -> None:
        """Record an unread text."""
        text = " ".join(text.split())
        if text:
            self._texts.setdefault(reason, []).append(text)

    def add_element(self, reason: str, element: etree._Element, without: Container[etree._Element] = ()) -> None:
        """Record the visible text of an unread element, if it has words."""
        text = seen_text(element, without)
        if speakable(text):
            self.add(reason, text)

    def count(self, reason: str) -> None:
        """Record an unread thing without words."""
        self._wordless[reason] += 1

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each reason."""
        for reason, message in MESSAGES.items():
            if texts := self._texts.get(reason):
                yield Finding(reason, "note", f"Left out: {message}.", text=" ".join(texts))
        for reason, count in sorted(self._wordless.items()):
            message, remedy = WORDLESS[reason]
            yield Finding(reason, "warning", message.format(count), remedy=remedy)
