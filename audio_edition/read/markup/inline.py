"""Inline text: one line of characters, and spans that describe parts of it.

White space collapses as on a page (https://www.w3.org/TR/css-text-3/#white-space-rules).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from audio_edition.model import EMPTY_KINDS, Span, SpanKind, Text, in_order
from audio_edition.model.characters import without_unwanted
from audio_edition.read.lines import speakable

_AFTER_MARKS = frozenset(".,;:!?)]»”’…")
"""Punctuation that follows a word without a space, even if a space precedes the note mark between them."""

_BEFORE_WORDS = frozenset("([{“‘«„¿¡ ")
_COUNTED = frozenset({"note", "page"})
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_RAISED_FIGURES = re.compile(r"[+−-]?\d{1,4}", re.ASCII)
_EMPTY_BRACKETS = re.compile(r" ?[\[(（［〔][\s,;–-]*[\])）］〕]")
_AFTER_NUMBER = re.compile(r"[.:)\]]+\s+(?=\S)")


@dataclass(slots=True)
class _Open:
    """An open span: it begins at its first character, which may be still to come, and may continue through several
    texts."""

    kind: SpanKind
    value: str
    start: int | None = None
    around: str | None = None
    """For a language span: the language around it, None for the text's own."""


@dataclass(slots=True)
class _Ruby:
    """Open ruby: where its first base and its next one begin, and the bases that still lack a reading."""

    first: int
    start: int
    level: int
    bases: list[tuple[int, int]]


class Line:
    """Inline text being collected. `own` is the tag for the document's own language inside others; `anchors` are the
    ids that belong to the next characters."""

    def __init__(self, own: str = "", anchors: list[str] | None = None, is_verbatim: bool = False) -> None:
        self._own = own
        self._anchors = [] if anchors is None else anchors
        self._is_verbatim = is_verbatim
        self._open: list[_Open] = []
        self._rubies: list[_Ruby] = []
        self.language: str | None = None
        """The language of the innermost element that is in another than the text."""
        self._reset()

    def _reset(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._space = False
        self._broken = False
        self._is_marked = False
        self._spans: list[Span] = []
        self._languages: list[tuple[Span, str | None]] = []
        self._counts: Counter[str | None] = Counter()
        self._gaps: list[int] = []

    @property
    def length(self) -> int:
        """The number of characters so far."""
        return self._length

    @property
    def is_empty(self) -> bool:
        """Whether there are neither characters nor marks."""
        return not (self._length or self._spans)

    @property
    def next_place(self) -> int:
        """The position of the next character."""
        return self._length + (self._space and self._length > 0)

    @property
    def has_ruby(self) -> bool:
        """Whether a base is open whose reading may follow."""
        return bool(self._rubies)

    @property
    def is_at_break(self) -> bool:
        """Whether a line has ended and the next has not begun."""
        return self._broken

    def write(self, text: str) -> None:
        """Add text."""
        text = without_unwanted(text)
        if self._is_verbatim:
            self._put(text)
            return
        words = " ".join(text.split())
        if not words:
            self._space = self._space or bool(text and self._length)
            return
        if text[0].isspace():
            self.space()
        elif self._is_marked and words[0] in _AFTER_MARKS and not self._broken:
            self._space = False
        self._put(words)
        self._space = text[-1].isspace()

    def space(self) -> None:
        """Add a space between words."""
        self._space = self._length > 0

    def part_words(self) -> None:
        """Separate words that run together on the page, but not brackets and other punctuation next to them."""
        if self._parts and self._parts[-1][-1:] not in _BEFORE_WORDS:
            self.space()
            self._is_marked = self._space

    def end_line(self) -> None:
        """End a line."""
        if self._length:
            self._space = self._broken = True

    def open(self, kind: SpanKind, value: str = "") -> None:
        """Open a span; `close` closes the one opened last."""
        self._open.append(_Open(kind, value, around=self.language if kind == "language" else None))
        if kind == "language":
            self.language = value

    def close(self) -> None:
        """Close the span that was opened last."""
        opened = self._open.pop()
        self._close(opened)
        if opened.kind == "language":
            self.language = opened.around

    def mark(self, kind: SpanKind, value: str) -> None:
        """Add a span without characters: a note belongs to the text before it, any other mark to the text after it."""
        place = self._length if kind == "note" else self.next_place
        self._spans.append(Span(place, place, kind, value))
        if kind == "note":
            self.leave_gap()

    def leave_gap(self) -> None:
        """Record that something is left out here: brackets around it will go too."""
        self._gaps.append(self._length)
        self._is_marked = self._space

    def open_ruby(self) -> None:
        """Open a base whose reading follows."""
        self._rubies.append(_Ruby(self.next_place, self.next_place, len(self._open), []))

    def close_ruby(self) -> None:
        """Close what `open_ruby` opened."""
        self._rubies.pop()

    def base(self, start: int) -> None:
        """Record the extent of a base, one of several whose readings follow together."""
        if self._rubies and self._length > start:
            self._rubies[-1].bases.append((start, self._length))

    def read_as(self, reading: str, is_of_all: bool = False) -> bool:
        """Give the base before this place a reading; return whether there is a base."""
        if not self._rubies or not reading:
            return not reading
        ruby = self._rubies[-1]
        if ruby.bases and not is_of_all:
            start, end = ruby.bases.pop(0)
        else:
            start, end = ruby.first if is_of_all else ruby.start, self._length
        start = max([start, *(each.start for each in self._open[ruby.level :] if each.start is not None)])
        if start >= end:
            return False
        self._spans.append(Span(start, end, "ruby", reading))
        if not ruby.bases and not is_of_all:
            ruby.start = self._length
        return True

    def take(self, language: str = "") -> Text:
        """Return the collected text, in the language that applies around it, and start afresh. Open spans continue in
        the next text."""
        if self.is_empty:
            self._gaps.clear()
            return Text("", (), language)
        for opened in reversed(self._open):
            self._close(opened)
        text = "".join(self._parts)
        main, spans = self._by_language(language)
        if self._gaps and not self._is_verbatim:
            text, spans = _closed_up(text, spans, self._gaps)
        for ruby in self._rubies:
            ruby.first, ruby.start, ruby.bases = 0, 0, []
        self._reset()
        return Text(text, _sound(spans, text), main)

    def _put(self, text: str) -> None:
        """Add characters after any pending space."""
        if not text:
            return
        if self._space and not self._is_verbatim:
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
        """Return the language of the text, and all spans, including those of other languages."""
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
    """Return a string as it is read: on one line, without invisible characters."""
    line = Line()
    line.write(text)
    return line.take(language)


def plain(text: Text) -> str:
    """Return the text as a string without spans; raised digits as in 10³ stay raised."""
    written, end = "", 0
    for span in text.of("superscript"):
        if span.start >= end and _RAISED_FIGURES.fullmatch(text.text[span.start : span.end]):
            written += text.text[end : span.start] + text.text[span.start : span.end].translate(_RAISED)
            end = span.end
    return written + text.text[end:]


def with_readings(text: Text) -> str:
    """Return the text as a string, with readings after their bases."""
    written, end = "", 0
    for span in sorted(text.of("ruby"), key=lambda span: span.end):
        written += f"{text.text[end : span.end]} {span.value} "
        end = span.end
    return " ".join((written + text.text[end:]).split())


def pieces(text: Text, places: Iterable[tuple[int, int]]) -> Iterator[Text]:
    """Yield the parts of a text between ordered positions, stripped of white space."""
    waiting = deque(text.spans)
    around: list[Span] = []
    for start, end in places:
        part = text.text[start:end]
        start += len(part) - len(part.lstrip())
        end = max(start, end - (len(part) - len(part.rstrip())))
        around = [span for span in around if span.end > start]
        while waiting and waiting[0].start <= end:
            around.append(waiting.popleft())
        spans = [
            replace(span, start=max(0, min(span.start, end) - start), end=max(0, min(span.end, end) - start))
            for span in around
            if span.kind in EMPTY_KINDS or (span.start < end and span.end > start)
        ]
        around = [span for span in around if span.kind not in EMPTY_KINDS]
        yield Text(text.text[start:end], tuple(spans), text.language)


def lines_of(text: Text) -> list[Text]:
    """Return the lines of a text, split at its breaks."""
    breaks = list(text.of("break"))
    others = replace(text, spans=tuple(span for span in text.spans if span.kind != "break"))
    starts = [0, *(span.end for span in breaks)]
    return list(pieces(others, zip(starts, [*(span.start for span in breaks), len(text.text)], strict=True)))


def lines_joined(texts: Iterable[Text]) -> Text:
    """Return the texts joined as lines of one text."""
    kept = [text for text in texts if text.text]
    joined = Text.joined(kept)
    breaks, length = [], 0
    for text in kept[:-1]:
        length += len(text.text)
        breaks.append(Span(length, length + 1, "break"))
        length += 1
    return replace(joined, spans=in_order([*joined.spans, *breaks]))


def shortened(text: Text, length: int) -> Text:
    """Return the first characters of a text; spans that lose their characters move to its end."""
    if length == len(text.text):
        return text
    return Text(text.text[:length], _sound(text.spans, text.text[:length]), text.language)


def _closed_up(text: str, spans: Iterable[Span], gaps: Sequence[int]) -> tuple[str, list[Span]]:
    """Return the text without brackets around gaps, and without punctuation after a removed number."""
    cuts = [found.span() for found in _EMPTY_BRACKETS.finditer(text) if _is_between(gaps, *found.span())]
    if gaps[0] == 0 and (found := _AFTER_NUMBER.match(text)):
        cuts.insert(0, found.span())
    if cuts and cuts[0][0] == 0 and text[cuts[0][1] : cuts[0][1] + 1] == " ":
        cuts[0] = (0, cuts[0][1] + 1)
    if not cuts:
        return text, list(spans)
    starts = [start for start, _ in cuts]
    gone = list(accumulate((end - start for start, end in cuts), initial=0))

    def moved(place: int) -> int:
        at = bisect_left(starts, place)
        return place - gone[at] + (max(0, cuts[at - 1][1] - place) if at else 0)

    ends = [0, *(end for _, end in cuts)]
    kept = "".join(text[start:end] for start, end in zip(ends, [*starts, len(text)], strict=True))
    return kept, [replace(span, start=moved(span.start), end=moved(span.end)) for span in spans]


def _is_between(gaps: Sequence[int], start: int, end: int) -> bool:
    at = bisect_right(gaps, start)
    return at < len(gaps) and gaps[at] < end


def _sound(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Return the spans in order, without duplicates and empty ones, and properly nested. Marks of notes and pages stay
    however often they are written at one place: each was seen."""
    empty, others, known = [], [], set[Span]()
    for written in spans:
        span = replace(written, start=min(written.start, len(text)), end=min(written.end, len(text)))
        if span in known and span.kind not in _COUNTED:
            continue
        known.add(span)
        if span.kind in EMPTY_KINDS:
            empty.append(span)
            continue
        start = span.start + (span.kind == "ruby" and text[span.start : span.start + 1] == " ")
        if start < span.end:
            others.append(replace(span, start=start))
    # The span that ends last was opened first.
    return _nested(in_order([*reversed(others), *empty]))


def _nested(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the spans with those shortened that cross another's edge: readings may cover part of an element."""
    kept: list[Span] = []
    around: list[Span] = []
    for span in spans:
        if span.kind not in EMPTY_KINDS:
            while around and around[-1].end <= span.start:
                around.pop()
            if around and span.end > around[-1].end:
                span = replace(span, end=around[-1].end)
            around.append(span)
        kept.append(span)
    return in_order(kept)
