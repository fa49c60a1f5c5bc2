"""Reads wire copy in plain text: a headline, credits, and paragraphs under subheadings between dashes.

Marks that only show where things begin are left out, each with a finding; every other character is in the article. The
language is never stated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from audio_edition.errors import ReadError
from audio_edition.model import Article, Credit, Finding, Issue
from audio_edition.read.clean import clean
from audio_edition.read.credits import Dateline, dateline_of, is_byline
from audio_edition.read.decode import decode
from audio_edition.read.desk_lines import without_desk_lines
from audio_edition.read.document import Document, Reading
from audio_edition.read.headline import cut
from audio_edition.read.lines import LINE_ENDS, Line, speakable, split_lines, written_lines
from audio_edition.read.text.layout import ends_sentence, wrap_width
from audio_edition.read.text.marks import heading_of
from audio_edition.read.text.plain import Part, findings_of, mended, parts_of, plain_of
from audio_edition.read.text.preamble import without_preamble

_MOST_LINES = 250_000
"""A book of a million words has half of them."""

_MOST_TITLE_LINES = 4
_JSON = re.compile(r'\s*+(?:\[\s*+){0,9}\{\s*+(?:"(?:[^"\\]|\\.){0,100}+"\s*+:|\}\s*+\Z)')
_FIRST_TAG = re.compile(r"\s*+<([A-Za-z_][\w.:-]{0,60})(?:\s[^<>]{0,4000})?>")
_LONGEST_TAG = 200


def recognises(data: bytes, name: str) -> bool:
    """Return True: any document may be plain text; others are refused when it is decoded."""
    return True


def read(document: Document) -> Reading:
    """Return the article of a text, with the findings of its decoding first. Raises ReadError."""
    name = document.name
    text, decoding = decode(document.data, name)
    _refuse_other_formats(text, name)
    if sum(map(text.count, LINE_ENDS)) > _MOST_LINES:
        raise ReadError(f"{name} has more than {_MOST_LINES:,} lines, which no book has.", "Split it.")
    text, cleaning = clean(text)
    if not text or text.isspace():
        raise ReadError(f"{name} holds nothing but white space.", "Check that the article was saved into it.")
    around = without_preamble(text)
    article = _article(around.text, name, keep_all=document.keep_all)
    article = replace(
        article,
        credits=around.credits + article.credits,
        published=around.published or article.published,
        findings=decoding + cleaning + around.findings + article.findings,
    )
    return Reading(Issue((article,)), tuple(written_lines(text)))


def _refuse_other_formats(text: str, name: str) -> None:
    """Raise ReadError for JSON or XML that no reader takes: it would be read out as rubbish."""
    if _JSON.match(text):
        raise ReadError(
            f"{name} is JSON, but neither ninjs nor a JSON Feed nor a script of this program.",
            "Take the article's text out of it, and give that as plain text.",
        )
    root = _FIRST_TAG.match(text)
    if root and text[-_LONGEST_TAG:].rstrip().endswith(f"</{root[1]}>"):
        raise ReadError(
            f"{name} is XML of an unknown kind: its first element is <{root[1]}>.",
            "Save the article as plain text, HTML or NITF.",
        )


def _article(written: str, name: str, *, keep_all: bool) -> Article:
    lines, desk = (split_lines(written), ()) if keep_all else without_desk_lines(split_lines(written))
    start = next((index for index, line in enumerate(lines) if speakable(line.text)), None)
    if start is None:
        raise ReadError(
            f"{name} holds nothing to say: it has no letter or digit.",
            "Check that it is the text of an article.",
        )
    headline, after = _headline(lines, start)
    title, overlong = cut(headline.text)
    marks, (lines, mending) = lines[:start], mended(lines[after:], title, keep_all=keep_all)
    # The rest of an overlong first line is body, and credits never follow body.
    body = 0 if overlong else _credit_lines(lines)
    credited = [line for line in lines[:body] if speakable(line.text)]
    parts: list[Part] = [Line(headline.number, overlong)] if overlong else []
    parts += parts_of(lines[body:])
    if not overlong and parts:
        credited, parts = _with_opening_dateline(credited, parts)
    plain = plain_of(parts)
    rules = [line for line in (*marks, *lines[:body]) if line.text and not speakable(line.text)]
    dateline = next(filter(None, (dateline_of(line.text) for line in credited)), Dateline())
    return Article(
        title,
        plain.blocks,
        tuple(Credit(line.text, "byline" if is_byline(line.text) else "dateline") for line in credited),
        dateline.published,
        language="",
        source=dateline.agency,
        findings=(*_doubts(headline, overlong), *desk, *mending, *findings_of(plain, rules)),
    )


def _headline(lines: Sequence[Line], start: int) -> tuple[Line, int]:
    """Return the headline, and the index of the line after it. It may be wrapped if the article is."""
    block = list(takewhile(_may_be_headline, lines[start : start + _MOST_TITLE_LINES + 1]))
    count = len(block) or 1
    wrapped = 1 < count <= _MOST_TITLE_LINES and not ends_sentence(block[-1].text)
    if not wrapped or wrap_width(lines[start + count :]) is None:
        count = 1
    text = " ".join(line.text for line in lines[start : start + count])
    return Line(lines[start].number, text), start + count


def _may_be_headline(line: Line) -> bool:
    return speakable(line.text) and not (is_byline(line.text) or dateline_of(line.text) or heading_of(line.text))


def _credit_lines(lines: Sequence[Line]) -> int:
    """Return the number of lines before the body: credits, blanks and rules."""
    for index, line in enumerate(lines):
        if not speakable(line.text) or is_byline(line.text):
            continue
        dateline = dateline_of(line.text)
        if dateline is None or dateline.rest:
            return index
    return len(lines)


def _with_opening_dateline(credited: list[Line], body: list[Part]) -> tuple[list[Line], list[Part]]:
    """Return the credits and the body, with a dateline that opens the first paragraph moved to the credits."""
    first = body[0]
    dateline = dateline_of(first.text) if isinstance(first, Line) else None
    if dateline is None or not isinstance(first, Line):
        return credited, body
    return [*credited, first._replace(text=dateline.text)], [first._replace(text=dateline.rest, breaks=()), *body[1:]]


def _doubts(headline: Line, overlong: str) -> list[Finding]:
    place = f"line {headline.number}"
    remedy = "Put a headline on a line of its own above the article."
    if overlong:
        message = "The first line is too long for a headline, so its opening words became the title."
        return [Finding("long-title", "warning", message, place, remedy)]
    if is_byline(headline.text) or dateline_of(headline.text):
        message = "The document opens with a credit where its headline should be, and that became the title."
        return [Finding("no-headline", "warning", message, place, remedy)]
    return []
