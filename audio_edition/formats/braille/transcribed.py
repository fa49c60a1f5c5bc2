"""A script in braille: the same tree, with cells for its texts, so that every format that shows text can show braille.

Spans are at the cells of their characters. What print shows without characters is written out: item numbers, note
marks, raised figures, readings, the edges of struck-out text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, pairwise

from audio_edition.formats.about import title_of
from audio_edition.formats.braille.transcription import Transcriber
from audio_edition.formats.plain_lines import is_spaced
from audio_edition.model import (
    Block,
    Chapter,
    Formula,
    Item,
    List,
    Note,
    PageBreak,
    Paragraph,
    Passage,
    Picture,
    Role,
    Script,
    Span,
    Text,
    Utterance,
    is_language_tag,
)
from audio_edition.model.blocks import with_blocks, with_leaves
from audio_edition.model.characters import one_line
from audio_edition.model.numerals import numeral
from audio_edition.model.text import in_order

_SCRIPT = "Brai"
_SHOWN_BY_ITS_PLACE: frozenset[Role] = frozenset({"quote", "list_item", "code", "note"})
"""Roles that an indent or a mark already shows, so that they need no announcement."""
_ENDS_VISIBLY: frozenset[Role] = frozenset({"cell", "header_cell"})
"""Roles whose end the end of a line shows: those of a table."""
_CUT = frozenset({"language", "ruby", "struck", "break", "superscript", "subscript"})
"""Kinds of spans at whose edges a text is cut, so that no contraction goes over them."""
_WRITTEN = frozenset({"ruby", "image", "math"})
"""Kinds of spans that become cells, or whose characters say everything."""
_RAISED = str.maketrans("0123456789+-−–=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾")


def in_braille(script: Script, transcriber: Transcriber) -> Script:
    """Return a script in braille. Its pictures are left out, as nobody can feel them; their alternative texts stay.
    Raises MissingTool, PublishError."""
    writer = _Writer(transcriber)
    return replace(
        script,
        title=transcriber.cells(title_of(script.title, script.language)),
        language=braille_tag(script.language),
        chapters=tuple(writer.chapter(chapter) for chapter in script.chapters),
        images=(),
    )


def braille_tag(language: str) -> str:
    """Return the language tag of what is written in braille: en-GB becomes en-Brai-GB (BCP 47; ISO 15924)."""
    primary, *others = language.split("-")
    end = next((at for at, part in enumerate(others) if not (len(part) == 3 and part.isalpha())), len(others))
    behind = [part for part in others[end:] if not (len(part) == 4 and part.isalpha())]
    return "-".join((primary, *others[:end], _SCRIPT, *behind))


@dataclass(slots=True)
class _Writer:
    """Writes blocks in braille. `marks` numbers the marks of items that do not begin with a text."""

    transcriber: Transcriber
    marks: Iterator[int] = field(default_factory=lambda: count(1))

    def chapter(self, chapter: Chapter) -> Chapter:
        written = tuple(with_leaves(block, self._passage) for block in chapter.blocks)
        return replace(
            chapter, title=self.transcriber.cells(chapter.title), blocks=with_blocks(written, self._with_marks)
        )

    # --- marks

    def _with_marks(self, block: Block[Passage]) -> Iterator[Block[Passage]]:
        """Yield a block with the characters that it has besides its texts, in braille."""
        match block:
            case List() if block.ordered:
                numbers = zip(block.items, block.numbers(), strict=False)
                items = (self._numbered(item, f"{numeral(number, block.style)}. ") for item, number in numbers)
                yield replace(block, items=tuple(items))
            case Note():
                yield replace(block, label=self.transcriber.cells(f"[{one_line(block.label).strip() or '*'}]"))
            case PageBreak():
                yield replace(block, label=self.transcriber.cells(block.label).strip())
            case Formula():
                yield replace(block, mathml="", tex="")
            case _:
                yield block

    def _numbered(self, item: Item[Passage], number: str) -> Item[Passage]:
        mark = self.transcriber.cells(number)
        match item.blocks:
            case (Paragraph() | Picture() as first, *others):
                return replace(item, blocks=(replace(first, text=_behind(mark, first.text)), *others))
            case others:
                alone = Passage(f"mark-{next(self.marks)}", "list_item", unspoken=Text(mark.strip()))
                return replace(item, blocks=(Paragraph(alone), *others))

    # --- texts

    def _passage(self, passage: Passage) -> Passage:
        language = passage.language
        parts = (self._utterance(part, language) if isinstance(part, Utterance) else part for part in passage.parts)
        unspoken = passage.unspoken
        cells, spans = self._text(unspoken.text, unspoken.spans, unspoken.language or language)
        return replace(
            passage,
            parts=tuple(parts),
            language=_tag(language),
            unspoken=Text(cells, spans, _tag(unspoken.language)),
        )

    def _utterance(self, utterance: Utterance, around: str) -> Utterance:
        language = utterance.language or around
        cells, spans = self._text(utterance.text, utterance.spans, language)
        if utterance.role == "code":
            inside = _indent(utterance.text) - _indent(cells)
            cells, spans = " " * inside + cells, tuple(span.moved(inside) for span in spans)
        is_shown = utterance.role in _SHOWN_BY_ITS_PLACE
        before = "" if is_shown else self.transcriber.cells(utterance.announces)
        behind = "" if is_shown or utterance.role in _ENDS_VISIBLY else self.transcriber.cells(utterance.concludes)
        return replace(
            utterance,
            text=cells,
            spoken=before + " " * (bool(before) and is_spaced(utterance)) + cells,
            language=_tag(utterance.language),
            pronunciations=(),
            spans=spans,
            announces=before,
            concludes=behind,
        )

    def _text(self, text: str, spans: Sequence[Span], language: str) -> tuple[str, tuple[Span, ...]]:
        """Return a text and its spans in braille."""
        ends, starts, written = dict[int, int](), dict[int, int](), ""
        edges = {edge for span in spans for edge in (span.start, span.end)}
        cuts = sorted({0, len(text), *(edge for span in spans if span.kind in _CUT for edge in (span.start, span.end))})
        for start, end in pairwise((*cuts, cuts[-1])):
            ends[start], written = len(written), written + "".join(self._marks(spans, start, language))
            starts[start] = len(written)
            inner = sorted(edge for edge in edges if start < edge < end)
            part, places = self._part(text, start, end, inner, spans, language)
            starts |= (placed := {edge: len(written) + place for edge, place in zip(inner, places, strict=True)})
            ends |= placed
            written += part
        return written, in_order(self._moved(spans, starts, ends))

    def _part(
        self, text: str, start: int, end: int, edges: Sequence[int], spans: Sequence[Span], language: str
    ) -> tuple[str, list[int]]:
        """Return the cells of part of a text, and the place in them of each edge inside it."""
        if any(span.kind == "break" and (span.start, span.end) == (start, end) for span in spans):
            return " ", [0 for _ in edges]
        part, inner = _raised(text, start, end, spans), [edge - start for edge in edges]
        return self.transcriber.placed(part, inner, _language(spans, start, language))

    def _marks(self, spans: Sequence[Span], at: int, language: str) -> Iterator[str]:
        """Yield the cells of what print shows at a place of a text: a reading, or the edge of struck-out text."""
        for span in spans:
            if span.kind == "ruby" and span.end == at and span.value:
                own = _language(spans, span.start, language)
                yield " " + self.transcriber.cells(f"({one_line(span.value)})", own)
            elif span.kind == "struck" and at in (span.start, span.end):
                yield self.transcriber.cells("~~")

    def _moved(self, spans: Iterable[Span], starts: dict[int, int], ends: dict[int, int]) -> Iterator[Span]:
        """Yield the spans that remain, at their cells."""
        for span in spans:
            start = ends[span.start] if span.start == span.end else starts[span.start]
            if span.kind not in _WRITTEN:
                yield Span(start, max(start, ends[span.end]), span.kind, self._value(span))

    def _value(self, span: Span) -> str:
        if span.kind == "language":
            return _tag(span.value)
        return self.transcriber.cells(span.value).strip() if span.kind == "page" else span.value


def _behind(mark: str, passage: Passage) -> Passage:
    """Return a passage with a mark before its first text."""
    if not passage.utterances:
        text = passage.unspoken
        moved = tuple(span.moved(len(mark)) for span in text.spans)
        return replace(passage, unspoken=replace(text, text=mark + text.text, spans=moved))
    first = passage.utterances[0]
    if first.announces:
        marked = replace(first, announces=mark + first.announces, spoken=mark + first.spoken)
    else:
        spans = tuple(span.moved(len(mark)) for span in first.spans)
        marked = replace(first, text=mark + first.text, spoken=mark + first.spoken, spans=spans)
    return replace(passage, parts=tuple(marked if part is first else part for part in passage.parts))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _tag(language: str) -> str:
    return braille_tag(language) if is_language_tag(language) else ""


def _raised(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """Return part of a text, with raised figures as Unicode's superscript characters."""
    part = one_line(text[start:end])
    is_raised = any(span.kind == "superscript" and span.start <= start and end <= span.end for span in spans)
    return part.translate(_RAISED) if is_raised and start else part


def _language(spans: Sequence[Span], at: int, otherwise: str) -> str:
    inside = [span.value for span in spans if span.kind == "language" and span.start <= at < span.end]
    return inside[-1] if inside else otherwise
