"""What every reader promises of any bytes: a sound issue that has all their words, or one clear sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from audio_edition.errors import ReadError
from audio_edition.model import (
    DEEPEST,
    EMPTY_KINDS,
    Article,
    Block,
    Code,
    Figure,
    Issue,
    Note,
    Picture,
    Table,
    Text,
    every,
    is_language_tag,
    leaves,
)
from audio_edition.read import read

NAME = "the document"


def read_or_refused(data: bytes, name: str = NAME) -> Issue | ReadError:
    """The issue in any bytes, or why there is none; both are looked at. Any other exception is the test's."""
    try:
        issue = read(data, name=name)
    except ReadError as trouble:
        refused = trouble
    else:
        assert_sound(issue)
        return issue
    assert refused.message.startswith(name), refused.message
    assert "\n" not in refused.message
    assert refused.remedy
    return refused


def read_whole(source: Path | bytes, name: str = "", language: str = "") -> Issue:
    """The issue in a document, looked at as every test does that reads one."""
    issue = read(source, name=name, language=language)
    assert_sound(issue)
    return issue


def assert_sound(issue: Issue) -> None:
    """All words are in it, and it is built as the model says."""
    assert_accounted(issue)
    assert issue.articles
    for article in issue.articles:
        assert_sound_article(article)


def assert_accounted(issue: Issue) -> None:
    """No word of the document is lost without a finding that quotes it."""
    for finding in issue.findings:
        assert finding.id != "text-unaccounted", finding.text


def assert_sound_article(article: Article) -> None:
    assert_line(article.title)
    assert article.title
    for credit in article.credits:
        assert credit.text
        assert_line(credit.text)
    _assert_shallow(article.blocks, DEEPEST)
    lines_of_code = {id(line) for block in every(article.blocks) if isinstance(block, Code) for line in block.lines}
    for leaf in leaves(article.blocks):
        assert_sound_text(leaf, of_code=id(leaf) in lines_of_code)
    notes = [block.id for block in every(article.blocks) if isinstance(block, Note)]
    assert len(notes) == len(set(notes)), "two notes have one id"
    referred = {span.value for leaf in leaves(article.blocks) for span in leaf.of("note")}
    assert referred <= set(notes), "a mark of a note leads nowhere"
    _assert_sound_tables(article.blocks)
    _assert_images_are_held(article)


def assert_sound_text(text: Text, *, of_code: bool = False) -> None:
    """One line; its spans lie in it, in order, nested; the empty kinds are empty, and no other is."""
    assert_line(" ".join(text.text.split()) if of_code else text.text)
    assert text.text == text.text.rstrip()
    assert "\n" not in text.text
    assert not text.language or is_language_tag(text.language), text.language
    open_: list[int] = []
    before = (-1, 0)
    for span in text.spans:
        assert 0 <= span.start <= span.end <= len(text.text), (span, text)
        assert before <= (span.start, -span.end), f"spans are not in order: {text}"
        assert (span.start == span.end) == (span.kind in EMPTY_KINDS), (span, text)
        while open_ and open_[-1] <= span.start:
            open_.pop()
        assert not open_ or span.end <= open_[-1], f"spans cross: {text}"
        if span.end > span.start:
            open_.append(span.end)
        before = (span.start, -span.end)


def assert_line(text: str) -> None:
    assert text == " ".join(text.split()), repr(text)
    text.encode()


def _assert_shallow(nodes: Iterable[Any], deepest: int) -> None:
    """Blocks lie in blocks no deeper than the model allows. A list's items, a table's rows count with their block."""
    waiting = [(node, 1) for node in nodes]
    while waiting:
        node, depth = waiting.pop()
        assert depth <= deepest, "deeper than the model allows"
        for name in (field.name for field in dataclasses.fields(node)):
            value = getattr(node, name)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, tuple) or not hasattr(part, "__dataclass_fields__") or isinstance(part, Text):
                    continue
                is_block = type(part).__name__ not in ("Item", "Definition", "Row", "Cell")
                waiting.append((part, depth + is_block))


def _assert_sound_tables(blocks: Iterable[Block[Text]]) -> None:
    for block in every(blocks):
        if isinstance(block, Table):
            assert block.rows
            for row in block.rows:
                for cell in row.cells:
                    assert cell.columns >= 1
                    assert cell.rows >= 1
                    heads = [block.rows[at].cells[place] for at, place in cell.headers]
                    assert all(head.header for head in heads), "a cell is headed by one that heads nothing"
                    assert not any(head is cell for head in heads), "a cell heads itself"
        elif isinstance(block, Figure):
            assert block.blocks or block.caption


def _assert_images_are_held(article: Article) -> None:
    held = {image.name for image in article.images}
    assert len(held) == len(article.images), "a picture is held twice"
    named = {block.image for block in every(article.blocks) if isinstance(block, Picture)}
    named |= {span.value for leaf in leaves(article.blocks) for span in leaf.of("image")}
    assert named - {""} <= held, "a picture that the article does not hold"
    assert all(image.data and image.media_type.startswith("image/") for image in article.images)
