"""A wire article: a headline, credits, and paragraphs under subheadings between dashes, all in plain text.

Marks that only show where things begin are left out, each in a finding; every other character is in the article. It
never says which language it is in.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from audio_edition.errors import ReadError
from audio_edition.model import Article, Finding, Issue, Paragraph, Section
from audio_edition.read.clean import clean
from audio_edition.read.credits import Dateline, dateline_of, is_byline
from audio_edition.read.decode import decode
from audio_edition.read.headline import cut
from audio_edition.read.layout import ends_sentence, paragraphs, wrap_width
from audio_edition.read.lines import Line, speakable, split_lines
from audio_edition.read.marks import heading_of, is_desk_mark

_MOST_TITLE_LINES = 4
_MOST_PLACES = 10


def recognises(data: bytes, name: str) -> bool:
    """Any document may be plain text; what is none is refused when it is decoded."""
    return True


def read(data: bytes, name: str) -> Issue:
    """The article in a wire file, with the findings of its decoding in front of its own."""
    text, decoding = decode(data, name)
    text, cleaning = clean(text)
    if not text or text.isspace():
        raise ReadError(f"{name} holds nothing but white space.", "Check that the article was saved into it.")
    article = _article(text, name)
    return Issue((replace(article, findings=decoding + cleaning + article.findings),))


def _article(text: str, name: str) -> Article:
    lines = split_lines(text)
    start = next((index for index, line in enumerate(lines) if speakable(line.text)), None)
    if start is None:
        raise ReadError(
            f"{name} holds nothing to say: lines 1 to {len(lines)} have no letter or digit.",
            "Check that it is the text of an article.",
        )
    headline, after = _headline(lines, start)
    title, overlong = cut(headline.text)
    # The rest of an overlong first line is body, and no credit follows body.
    body = after if overlong else after + _credit_lines(lines[after:])
    credited = [line for line in lines[after:body] if speakable(line.text)]
    found = [Line(headline.number, overlong)] if overlong else []
    found += paragraphs(lines[body:])
    if not overlong and found:
        credited, found = _with_opening_dateline(credited, found)
    found, desk_marks = _without_desk_marks(found)
    sections, headings = _sections(line for line in found if speakable(line.text))
    rules = [line for line in (*lines[:start], *lines[after:body], *found) if line.text and not speakable(line.text)]
    dateline = next(filter(None, (dateline_of(line.text) for line in credited)), Dateline())
    return Article(
        title,
        sections,
        tuple(Paragraph(line.text, "byline" if is_byline(line.text) else "dateline") for line in credited),
        dateline.published,
        language="",
        source=dateline.agency,
        findings=(
            *_doubts(headline, overlong),
            *_left_out("heading-marks", "dashes around {} subheading", headings),
            *_left_out("separator", "marks that stand alone on {} line", rules),
            *_left_out("desk-marks", "desk's sign-off on {} line", desk_marks),
        ),
    )


def _headline(lines: Sequence[Line], start: int) -> tuple[Line, int]:
    """The headline, and where the lines after it begin. It may be wrapped where the article is."""
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
    """How many lines stand before the body: credits, blanks and rules."""
    for index, line in enumerate(lines):
        if not speakable(line.text) or is_byline(line.text):
            continue
        dateline = dateline_of(line.text)
        if dateline is None or dateline.rest:
            return index
    return len(lines)


def _with_opening_dateline(credited: list[Line], body: list[Line]) -> tuple[list[Line], list[Line]]:
    """The credits and the body, with a dateline that opens the first paragraph among the credits."""
    first = body[0]
    dateline = dateline_of(first.text)
    if dateline is None:
        return credited, body
    return [*credited, first._replace(text=dateline.text)], [first._replace(text=dateline.rest), *body[1:]]


def _without_desk_marks(found: list[Line]) -> tuple[list[Line], list[Line]]:
    """The body without the lines with which a desk signs off, and those."""
    end = len(found)
    while end > 1 and (is_desk_mark(found[end - 1].text) or not speakable(found[end - 1].text)):
        end -= 1
    signed_off = [line for line in found[end:] if speakable(line.text)]
    return [line for line in found if line not in signed_off], signed_off


def _sections(found: Iterable[Line]) -> tuple[tuple[Section, ...], list[Line]]:
    """The sections, the lead first, and the marks that stood around their headings."""
    sections: list[tuple[str | None, list[Paragraph]]] = [(None, [])]
    marks = []
    for line in found:
        if heading := heading_of(line.text):
            sections.append((heading[0], []))
            marks.append(line._replace(text=heading[1]))
        else:
            sections[-1][1].append(Paragraph(line.text))
    return tuple(Section(heading, tuple(texts)) for heading, texts in sections), marks


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


def _left_out(id: str, what: str, lines: Sequence[Line]) -> list[Finding]:  # noqa: A002 - a finding's own word
    """One finding for all marks of a kind: an article can have many."""
    if not lines:
        return []
    message = f"Left out: the {what.format(len(lines))}{'s' * (len(lines) > 1)}."
    # A separator is nothing to say; a paragraph of emoji or currency signs may have been.
    signs = any(unicodedata.category(character) in ("So", "Sc") for line in lines for character in line.text)
    return [
        Finding(
            id,
            "warning" if signs else "note",
            message,
            _place(lines),
            text="".join(line.text for line in lines).replace(" ", ""),
        )
    ]


def _place(lines: Sequence[Line]) -> str:
    numbers = [str(line.number) for line in lines]
    if len(numbers) > _MOST_PLACES:
        numbers[_MOST_PLACES:] = [f"{len(numbers) - _MOST_PLACES} more"]
    return f"line {numbers[0]}" if len(numbers) == 1 else f"lines {', '.join(numbers[:-1])} and {numbers[-1]}"
