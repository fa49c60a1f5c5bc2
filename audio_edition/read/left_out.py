"""Collects what is not read of a document of a word processor, and reports it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audio_edition.errors import in_brief
from audio_edition.model import Finding

_MOST_NAMED = 5


@dataclass(slots=True)
class LeftOut:
    """What was skipped: counts, and the words themselves."""

    changes: int = 0
    deleted: list[str] = field(default_factory=list)
    symbols: int = 0
    embedded: int = 0
    embedded_layout: int = 0
    hidden: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    comments: Sequence[str] = ()
    margins: Sequence[str] = ()
    may_be_headings: Sequence[str] = ()

    def end_paragraph(self) -> None:
        """Separate the words of a paragraph from those of the next."""
        for words in (self.contents, self.hidden):
            if words and not words[-1].isspace():
                words.append(" ")

    def findings(self) -> Iterator[Finding]:
        """Yield a finding for each kind of skipped content, which quotes it whole."""
        if self.changes:
            yield Finding(
                "tracked-changes",
                "warning",
                f"The document has tracked changes ({self.changes}): it is read with all of them accepted.",
                remedy="Accept or reject them in the program that wrote it.",
                text=" ".join("".join(self.deleted).split()),
            )
        if self.comments:
            message = f"Left out: editors' comments: {len(self.comments)}."
            yield Finding("comments-left-out", "note", message, text=" ".join(self.comments))
        if self.symbols:
            message = f"Left out: font symbols without a matching character: {self.symbols}."
            yield Finding("symbols-left-out", "warning", message, remedy="Write in words what they mean.")
        for count, message in (
            (self.embedded, "Documents inside the document were left out"),
            (self.embedded_layout, "Of documents inside the document only the text was read"),
        ):
            if count:
                remedy = "Put what they hold into the document itself."
                yield Finding("embedded-left-out", "warning", f"{message}: {count}.", remedy=remedy)
        for id, words, message in (  # noqa: A001
            ("contents-left-out", self.contents, "Left out: the table of contents, or an index."),
            ("hidden-left-out", self.hidden, "Left out: text that the document hides."),
            ("prompts-left-out", self.prompts, "Left out: prompts of a form that nobody has filled in."),
            ("charts-left-out", self.charts, "Left out: what charts with many values are divided into."),
            ("margins-left-out", [" ".join(self.margins)], "Left out: headers and footers of the pages."),
        ):
            if text := " ".join("".join(words).split()):
                yield Finding(id, "note", message, text=text)
        if self.may_be_headings:
            named = ", ".join(f"“{in_brief(line)}”" for line in self.may_be_headings[:_MOST_NAMED])
            more = ", …" if len(self.may_be_headings) > _MOST_NAMED else ""
            yield Finding(
                "bold-lines",
                "note",
                f"Lines that look like headings were read as text: {named}{more}.",
                remedy="If they are headings, give them heading styles.",
            )
