"""Blocks as JSON: what is written is read back the same, and what is wrong is told with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import (
    DEEPEST,
    Aside,
    Block,
    Cell,
    Code,
    Definition,
    DefinitionList,
    Figure,
    Formula,
    Heading,
    Item,
    List,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Row,
    SceneBreak,
    Span,
    Table,
    Verse,
)
from audio_edition.model.blocks_json import BlocksError, block_to_json, blocks_from_json, spans_from_json, spans_to_json

LEAVES = st.text("abc", max_size=3)


def _inside(blocks: st.SearchStrategy[Block[str]]) -> st.SearchStrategy[Block[str]]:
    several = st.lists(blocks, max_size=3).map(tuple)
    items = st.builds(Item, several, st.none() | st.integers(-5, 5))
    cells = st.builds(Cell, several, st.sampled_from(["", "column", "row"]), st.integers(1, 3), st.integers(1, 3))
    rows = st.builds(Row, st.lists(cells, max_size=3).map(tuple), st.sampled_from(["head", "body", "foot"]))
    return st.one_of(
        st.builds(List, st.lists(items, max_size=3).map(tuple), st.booleans(), st.integers(-9, 9), st.booleans()),
        st.builds(
            DefinitionList,
            st.lists(st.builds(Definition, st.lists(LEAVES, max_size=2).map(tuple), several), max_size=2).map(tuple),
        ),
        st.builds(Table, st.lists(rows, max_size=3).map(tuple), several),
        st.builds(Picture, LEAVES, LEAVES, several),
        st.builds(Figure, several, several),
        st.builds(Quote, several, st.none() | LEAVES),
        st.builds(Aside, several, LEAVES),
        st.builds(Note, LEAVES, LEAVES, several),
    )


BLOCKS: st.SearchStrategy[Block[str]] = st.recursive(
    st.one_of(
        st.builds(Heading, LEAVES, st.integers(1, 6)),
        st.builds(Paragraph, LEAVES),
        st.builds(Code, st.lists(LEAVES, max_size=3).map(tuple), LEAVES),
        st.builds(Formula, LEAVES, LEAVES, LEAVES),
        st.builds(Verse, st.lists(LEAVES, max_size=3).map(tuple)),
        st.just(SceneBreak()),
        st.builds(PageBreak, LEAVES),
    ),
    _inside,
    max_leaves=12,
)


def _leaf(value: Any, place: str) -> str:
    assert isinstance(value, str)
    return value


@given(st.lists(BLOCKS, max_size=4).map(tuple))
def test_blocks_come_back_as_they_were(blocks: tuple[Block[str], ...]) -> None:
    """Of every kind, in every nesting, through a file."""
    written = json.dumps([block_to_json(block, str) for block in blocks])
    assert blocks_from_json(json.loads(written), _leaf) == blocks


def test_what_is_as_usual_is_not_written() -> None:
    """A paragraph is a line that a person can read and change."""
    assert block_to_json(Paragraph("x"), str) == {"type": "paragraph", "text": "x"}
    assert block_to_json(List((Item((Paragraph("x"),)),)), str) == {
        "type": "list",
        "items": [{"blocks": [{"type": "paragraph", "text": "x"}]}],
    }


@pytest.mark.parametrize(
    ("value", "place", "what"),
    [
        ({}, "", "is not a list"),
        (["x"], "[0]", "has no “type”"),
        ([{"type": ["list"]}], "[0]", "has no “type”"),
        ([{"type": "item", "blocks": []}], "[0]", "has no “type”"),
        ([{"type": "paragraph"}], "[0].text", "is missing"),
        ([{"type": "paragraph", "text": "x", "size": 4}], "[0].size", "is not known here"),
        ([{"type": "heading", "text": "x", "level": 7}], "[0].level", "is not a whole number from 1 to 6"),
        ([{"type": "heading", "text": "x", "level": True}], "[0].level", "is not a whole number from 1 to 6"),
        ([{"type": "list", "items": [{"blocks": [{}]}]}], "[0].items[0].blocks[0]", "has no “type”"),
        ([{"type": "list", "items": [5]}], "[0].items[0]", "is not an object"),
        ([{"type": "list", "items": [], "ordered": 1}], "[0].ordered", "is of the wrong kind"),
        ([{"type": "list", "items": [], "style": "x"}], "[0].style", "is none of '1', 'a'"),
        (
            [{"type": "table", "rows": [{"cells": [{"headers": [[0]]}]}]}],
            "[0].rows[0].cells[0].headers",
            "pairs of row and cell",
        ),
        (
            [{"type": "table", "rows": [{"cells": [{"columns": 10**9}]}]}],
            "[0].rows[0].cells[0].columns",
            "is not a whole number from 1 to 1000",
        ),
    ],
    ids=str,
)
def test_what_is_wrong_is_told_with_its_place(value: Any, place: str, what: str) -> None:
    """A file that a person edited, or that comes from anywhere."""
    with pytest.raises(BlocksError) as error:
        blocks_from_json(value, _leaf)
    assert error.value.place == place
    assert what in error.value.what


def test_no_depth_is_too_deep_to_be_told() -> None:
    """As deep as the model allows is read; deeper is refused, however deep."""

    def nested(depth: int) -> list[Any]:
        value: list[Any] = [{"type": "paragraph", "text": "x"}]
        for _ in range(depth - 1):
            value = [{"type": "quote", "blocks": value}]
        return value

    assert blocks_from_json(nested(DEEPEST), _leaf)
    for depth in (DEEPEST + 1, 2000):
        with pytest.raises(BlocksError, match=f"more than {DEEPEST} blocks"):
            blocks_from_json(nested(depth), _leaf)


def test_spans_come_back_as_they_were() -> None:
    """Those around others first, marks of places among them."""
    spans = (
        Span(0, 9, "link", "https://a.example"),
        Span(0, 3, "strong"),
        Span(3, 3, "note", "n1"),
        Span(4, 9, "struck"),
    )
    assert spans_from_json(spans_to_json(spans), 9) == spans


@pytest.mark.parametrize(
    ("value", "what"),
    [
        ([[0, 4, "strong"], [2, 6, "emphasis"]], "crosses the end of another span"),
        ([[3, 4, "strong"], [0, 2, "emphasis"]], "is not in the order"),
        ([[0, 2, "strong"], [0, 4, "emphasis"]], "is not in the order"),
        ([[0, 10, "strong"]], "lies outside its text"),
        ([[-1, 2, "strong"]], "lies outside its text"),
        ([[0, 2, "loud"]], "is of no kind"),
        ([[0, 2, "link", 5]], "is of no kind"),
        ([[0, 2, "note", "n1"]], "marks a place only"),
        ([[0, 2]], "is not a list of start"),
        ([5], "is not a list of start"),
        (None, "is not a list"),
    ],
    ids=str,
)
def test_spans_that_can_not_be_are_told(value: Any, what: str) -> None:
    """Markup of them could not be written."""
    with pytest.raises(BlocksError, match=what):
        spans_from_json(value, 9)
