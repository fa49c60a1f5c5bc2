"""Inline text: a string on one line, and spans over its characters that say what they are.

Positions count characters (code points). What has no character of its own (the mark of a note, a page break) is an
empty span at its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

SpanKind = Literal[
    "language", "link", "emphasis", "strong", "code", "struck", "inserted", "superscript", "subscript",
    "ruby", "break", "image", "math", "note", "page", "anchor",
]  # fmt: skip

EMPTY_KINDS = frozenset({"note", "page", "anchor"})
"""Kinds whose spans are empty: they mark a place."""

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class Span:
    """The characters `start` to `end` of a text, and what they are.

    `value` depends on the kind: language, a BCP 47 tag; link, an address (http, https, mailto, tel) or `#` and an
    anchor of the document; ruby, the reading; image, the name of one of the article's images, empty where the document
    does not hold the picture (the characters are its alternative text); math, MathML or empty (the characters are its
    words); note, the id of a Note; page, the page's label; anchor, a name that links lead to. A break covers the space
    that stands where a line ends. The others have no value.
    """

    start: int
    end: int
    kind: SpanKind
    value: str = ""

    def moved(self, by: int) -> Span:
        """Return the span at characters further on."""
        return replace(self, start=self.start + by, end=self.end + by)


@dataclass(frozen=True, slots=True)
class Text:
    """Text as written, on one line, in a language (BCP 47; empty for that of what is around it).

    Spans are sorted by start, longest first, and none crosses another's edge: they nest, as elements do. Only the lines
    of Code may begin with white space.
    """

    text: str
    spans: tuple[Span, ...] = ()
    language: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.spans)

    def part(self, start: int, end: int | None = None) -> Text:
        """Return the characters `start` to `end` with what is said of them.

        An empty span at `end` is part of what ends there, not of what begins there; one at the very start of the text
        stays with it.
        """
        end = len(self.text) if end is None else end
        return Text(self.text[start:end], tuple(_clipped(self.spans, start, end)), self.language)

    def of(self, *kinds: SpanKind) -> Iterator[Span]:
        """Yield the spans of some kinds, in order."""
        return (span for span in self.spans if span.kind in kinds)

    @staticmethod
    def joined(texts: Iterable[Text], between: str = " ") -> Text:
        """Return the texts as one, in the language of the first; what is in another becomes a span."""
        written, spans, language = "", [], None
        for text in texts:
            language = text.language if language is None else language
            written += between if written else ""
            if text.language != language and text.text:
                spans.append(Span(len(written), len(written) + len(text.text), "language", text.language))
            spans += (span.moved(len(written)) for span in text.spans)
            written += text.text
        return Text(written, in_order(spans), language or "")


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted by start, those around others first."""
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end)))


def _clipped(spans: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    for span in spans:
        if span.start == span.end:
            if start < span.start <= end or (span.start == start == 0):
                yield span.moved(-start)
        elif span.start < end and span.end > start:
            yield replace(span, start=max(0, span.start - start), end=min(span.end, end) - start)


def is_language_tag(text: str) -> bool:
    """Return whether the text looks like a BCP 47 tag."""
    return _LANGUAGE_TAG.fullmatch(text) is not None
