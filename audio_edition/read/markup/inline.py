"""Inline text: what is written, on one line, and spans over its characters that say what they are.

White space collapses as on a page (https://www.w3.org/TR/css-text-3/#white-space-rules).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from audio_edition.model import EMPTY_KINDS, Span, SpanKind, Text, in_order
from audio_edition.read.clean import without_unwanted
from audio_edition.read.lines import speakable

_INVISIBLE = re.compile("(?<![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])\u200b|\u2060")
"""Places where a line may or may not end. Languages that part no words with spaces part them with the first."""

_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_RAISED_FIGURES = re.compile(r"[+−-]?\d{1,4}", re.ASCII)
_AFTER_MARKS = frozenset(".,;:!?)]»”’…")
"""What follows a word without a space, though one stands before the mark of a note between them."""

_SPACES = re.compile(r"\s+")


def visible(text: str) -> str:
    """Return the text without the characters that nobody sees."""
    return _INVISIBLE.sub("", without_unwanted(text))


@dataclass(slots=True)
class _Open:
    """A span that has begun: at its first character, which may be still to come. It goes on through several texts."""

    kind: SpanKind
    value: str
    start: int | None = None
    around: str | None = None
    """Of a language: the one that is in force around it, None for the text's own."""


@dataclass(slots=True)
class _Ruby:
    """Ruby that has begun: bases that still wait for a reading, and where the next one begins."""

    first: int
    start: int
    level: int
    bases: list[tuple[int, int]]


class Line:
    """Inline text while it is gathered. `own` is what the document's own language is called inside others; `anchors`
    are the names by which links find the next characters."""

    def __init__(self, own: str = "", anchors: list[str] | None = None, is_verbatim: bool = False) -> None:
        self._own = own
        self._anchors = [] if anchors is None else anchors
        self._is_verbatim = is_verbatim
        self._open: list[_Open] = []
        self._rubies: list[_Ruby] = []
        self._reset()

    def _reset(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self._space = False
        self._broken = False
        self._is_marked = False
        self._spans: list[Span] = []
        self._languages: list[tuple[Span, str | None]] = []
        self._counts: Counter[str | None] = Counter()

    @property
    def length(self) -> int:
        """The number of characters so far."""
        return self._length

    @property
    def is_empty(self) -> bool:
        """Whether neither characters nor marks were gathered."""
        return not (self._length or self._spans)

    @property
    def language(self) -> str | None:
        """The language of the innermost element that is in another than the text."""
        return next((each.value for each in reversed(self._open) if each.kind == "language"), None)

    @property
    def next_place(self) -> int:
        """Where the next character will stand."""
        return self._length + (self._space and self._length > 0)

    @property
    def has_ruby(self) -> bool:
        """Whether a base has begun whose reading may follow."""
        return bool(self._rubies)

    @property
    def is_at_break(self) -> bool:
        """Whether a line has ended, and the next has not begun."""
        return self._broken

    def write(self, text: str) -> None:
        """Add text."""
        text = visible(text)
        if self._is_verbatim:
            self._put(text)
            return
        first, *others = _SPACES.split(text)
        if first:
            if self._is_marked and first[0] in _AFTER_MARKS and not self._broken:
                self._space = False
            self._put(first)
        for word in others:
            self.space()
            if word:
                self._put(word)

    def space(self) -> None:
        """Part words."""
        self._space = self._length > 0 or self._space

    def end_line(self) -> None:
        """End a line."""
        if self._length:
            self._space = self._broken = True

    def open(self, kind: SpanKind, value: str = "") -> None:
        """Begin a span, which ends when `close` is called for the last one that was begun."""
        around = self.language if kind == "language" else None
        self._open.append(_Open(kind, value, around=around))

    def close(self) -> None:
        """End the span that was begun last."""
        opened = self._open.pop()
        self._close(opened)

    def mark(self, kind: SpanKind, value: str) -> None:
        """Add a span without characters."""
        self._spans.append(Span(self._length, self._length, kind, value))
        self._is_marked = kind == "note" and self._space

    def open_ruby(self) -> None:
        """Begin a base whose reading follows."""
        self._rubies.append(_Ruby(self.next_place, self.next_place, len(self._open), []))

    def close_ruby(self) -> None:
        """End what `open_ruby` began."""
        self._rubies.pop()

    def base(self, start: int) -> None:
        """Note that a base, of several that are followed by their readings, began at a character and ends here."""
        if self._rubies and self._length > start:
            self._rubies[-1].bases.append((start, self._length))

    def read_as(self, reading: str, is_of_all: bool = False) -> bool:
        """Give the base that stands before this place a reading; return whether there is one."""
        if not self._rubies or not reading:
            return not reading
        ruby = self._rubies[-1]
        if ruby.bases and not is_of_all:
            start, end = ruby.bases.pop(0)
        else:
            start, end = ruby.first if is_of_all else ruby.start, self._length
        inner = (each.start for each in self._open[ruby.level :] if each.start is not None)
        start = max([start, *inner])
        if start >= end:
            return False
        self._spans.append(Span(start, end, "ruby", reading))
        if not ruby.bases and not is_of_all:
            ruby.start = self._length
        return True

    def drop_opening(self) -> bool:
        """Take back an opening bracket that was written last; return whether there was one."""
        if self._last not in ("[", "(") or any(each.start == self._length - 1 for each in self._open):
            return False
        self._parts[-1] = self._parts[-1][:-1]
        if not self._parts[-1]:
            self._parts.pop()
        self._length -= 1
        self._last = self._parts[-1][-1] if self._parts else ""
        if self._last.isspace() and not self._is_verbatim:
            self._parts.pop()
            self._length -= 1
            self._space = True
            self._last = self._parts[-1][-1] if self._parts else ""
        self._spans = [_within(span, self._length) for span in self._spans]
        return True

    def take(self, language: str = "") -> Text:
        """Return what was gathered, in the language that is in force around it, and begin anew. Spans that are open go
        on in the next text."""
        for opened in reversed(self._open):
            self._close(opened)
        text = "".join(self._parts)
        main, spans = self._by_language(language)
        for ruby in self._rubies:
            ruby.first, ruby.start, ruby.bases = 0, 0, []
        self._reset()
        return Text(text, _sound(spans, text), main)

    def _put(self, text: str) -> None:
        """Add characters, with the space that waits before them."""
        if not text:
            return
        if self._space and not self._is_verbatim and self._length:
            if self._broken:
                self._spans.append(Span(self._length, self._length + 1, "break"))
            self._parts.append(" ")
            self._length += 1
        self._space = self._broken = self._is_marked = False
        for name in self._anchors:
            self._spans.append(Span(self._length, self._length, "anchor", name))
        self._anchors.clear()
        for opened in self._open:
            if opened.start is None:
                opened.start = self._length
        self._parts.append(text)
        self._length += len(text)
        self._last = text[-1]
        if speakable(text):
            self._counts[self.language] += len(text)

    def _close(self, opened: _Open) -> None:
        start, opened.start = opened.start, None
        if start is None or start >= self._length:
            return
        span = Span(start, self._length, opened.kind, opened.value)
        if opened.kind == "language":
            self._languages.append((span, opened.around))
        else:
            self._spans.append(span)

    def _by_language(self, language: str) -> tuple[str, list[Span]]:
        """Return the language of the text, and all spans, those of other languages among them."""
        main: str | None = None
        if self._counts and None not in self._counts:
            main = max(self._counts, key=lambda each: self._counts[each])
        spans = list(self._spans)
        for span, around in self._languages:
            is_of_text = span.value == (language if main is None else main)
            is_all = around is None or span.end - span.start == self._length
            if span.value in self._counts and not (is_of_text and is_all):
                spans.append(span if span.value else replace(span, value=self._own))
        return (language if main is None else main), spans


def as_words(text: str, language: str = "") -> Text:
    """Return a string as it is read: on one line, without what nobody sees."""
    line = Line()
    line.write(text)
    return line.take(language)


def plain(text: Text) -> str:
    """Return the text without its spans, for what is only a string: the figures of 10³ stay raised."""
    written, end = "", 0
    for span in text.of("superscript"):
        if span.start >= end and _RAISED_FIGURES.fullmatch(text.text[span.start : span.end]):
            written += text.text[end : span.start] + text.text[span.start : span.end].translate(_RAISED)
            end = span.end
    return written + text.text[end:]


def lines_of(text: Text) -> list[Text]:
    """Return the lines of a text, which end where it has breaks."""
    lines, start = [], 0
    for span in text.of("break"):
        lines.append(text.part(start, span.start))
        start = span.end
    lines.append(text.part(start))
    return [replace(line, spans=tuple(span for span in line.spans if span.kind != "break")) for line in lines]


def _within(span: Span, length: int) -> Span:
    return replace(span, start=min(span.start, length), end=min(span.end, length))


def _sound(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Return the spans in order, each only once, without those that have lost their characters, and nested."""
    empty, others = [], []
    for span in dict.fromkeys(_within(span, len(text)) for span in spans):
        if span.kind in EMPTY_KINDS:
            empty.append(span)
            continue
        start = span.start + (span.kind == "ruby" and text[span.start : span.start + 1] == " ")
        if start < span.end:
            others.append(replace(span, start=start))
    # What ends last was begun first.
    return _nested(in_order([*reversed(others), *empty]))


def _nested(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the spans with those cut short that cross the edge of another: a reading of part of an element may."""
    kept: list[Span] = []
    around: list[Span] = []
    for span in spans:
        while around and around[-1].end <= span.start and span.kind not in EMPTY_KINDS:
            around.pop()
        if around and span.end > around[-1].end and span.kind not in EMPTY_KINDS:
            span = replace(span, end=around[-1].end)
        kept.append(span)
        if span.kind not in EMPTY_KINDS:
            around.append(span)
    return tuple(kept)
