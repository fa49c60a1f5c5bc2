"""transcript.txt: every word, set so that a person can read it, and nothing lost of what stood in lists and tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.formats import PACKAGES
from audio_edition.formats.markup.places import places_of
from audio_edition.formats.plain_text import plain_text
from audio_edition.model import (
    Block,
    Cell,
    Chapter,
    HeaderScope,
    Heading,
    Item,
    List,
    ListStyle,
    Note,
    Paragraph,
    Passage,
    Pause,
    Row,
    Script,
    Span,
    Table,
    Text,
    Utterance,
)
from audio_edition.model.characters import one_line
from audio_edition.model.numerals import numeral
from support.cells import cell_of
from support.recordings import article, chapter, of_texts, passage
from support.structured import everything


def _lines(script: Script, chapters: Sequence[Chapter] = ()) -> list[str]:
    return list(plain_text(chapters or script.chapters, places_of(script)))


def _text(*blocks: Block[Passage]) -> str:
    return "\n".join(_lines(Script("T", (Chapter("c01", "T", blocks),))))


def test_plain_text_is_the_article_as_written(tmp_path: Path) -> None:
    """A paragraph a line, a blank line between, two before a heading; what is quoted is indented."""
    PACKAGES["transcript"].write(of_texts(tmp_path, article()), tmp_path, "edition")
    assert (tmp_path / "transcript.txt").read_bytes().decode() == (
        "Ferry “Gull” sinks & floats\n\nBy Jane Doe\n\nOSLO, Oct. 9 (Wire)\n\n"
        "It sank at 4 p.m. <today>. Then it rose again.\n\n\n"
        "The rescue\n\n« Tout va bien », a-t-on dit.\n\n    Nobody was hurt.\n\n\n"
        "After\n\n船が沈んだ。浮いた。\n"
    )


def test_all_kinds_of_blocks_can_be_told_apart() -> None:
    """Lists keep their numbers and depth, notes stand where they are read, figures have names, lines stay lines."""
    text = "\n".join(_lines(everything()))
    assert text.startswith("The harbour report\n\nBy Ann Holt and Bo Lind\n\n")
    assert "See the report[1] at once, or the gates below. Nobody had.\n\n[1] Printed in May. And in June.\n\n" in text
    assert "\n    Then sold out.\n" in text
    assert "It fell by 10^-9~~, not by 8~~, in H2O; 東京 (とうきょう) said so." in text
    assert "1 Quay Street\nLeith\n\n(…)\n\n* * *\n\n3. Count the boats.\n\n4. Count the gates:\n" in text
    assert "\n   - south.\n\n     Both.\n" in text
    assert "\n\n9. Go home.\n\nGate\nLock\n    What shuts.\nQuay\n    What stands.\n" in text
    assert "    We heard the bell.\n\n    Then it stopped.\n    — Rosa Leith, harbour master\n" in text
    assert "    The bell at sea,\n    the bell on land.\n" in text
    assert "    In short\n\n    Bring a coat.\n\n    for gate in gates:\n        shut(gate)\n" in text
    assert (
        "\n\n\nThe gates\n\nPicture: A chart of two bars.\nDescription: The north bar is taller.\n"
        "Caption: Gates in 2026.\n\nGates and boats.\n"
    ) in text


def test_every_word_stands_in_order() -> None:
    """Of each sentence, also those in cells, notes and captions, whatever is set around them."""
    text = "\n".join(_lines(everything()))
    for mark in ("~~", "^", "[1]", "[*]", " (とうきょう)"):
        text = text.replace(mark, "")
    text = " ".join(text.split())
    at = 0
    for utterance in everything().utterances:
        words = " ".join(utterance.text.split())
        assert words in text[at:], words
        at = text.index(words, at) + len(words)


# --- tables


def _cell(number: int, text: str, header: HeaderScope = "", **more: object) -> Cell[Passage]:
    place = f"c01-p{number:03}"
    said = passage(place, "header_cell" if header else "cell", text) if text else Passage(place, "cell")
    return cell_of(said, header, **more)


def _table(rows: list[list[str]]) -> Table[Passage]:
    head, *others = rows
    cells = iter(range(1, 1000))
    first = Row(tuple(_cell(next(cells), text, "column") for text in head), "head")
    bodies = (Row(tuple(_cell(next(cells), text, headers=((0, at),)) for at, text in enumerate(row))) for row in others)
    return Table((first, *bodies))


def test_a_table_that_fits_is_set_in_columns() -> None:
    """Each column begins at one place, empty cells leave room, and a line stands under the headers."""
    table = _table([["Port", "Ferries a day"], ["Oslo", "12"], ["", "none"], ["船", "3"]])
    assert _text(table) == (
        "Port  Ferries a day\n"
        "----  -------------\n"
        "Oslo  12\n"
        "      none\n"
        "船    3"
    )  # fmt: skip


@pytest.mark.parametrize("wide", ["word " * 20, "two lines"])
def test_a_table_that_does_not_fit_is_a_line_a_cell(wide: str) -> None:
    """With the header of its column before each cell: no cell is cut, and none is read across."""
    table = _table([["Port", "What it is"], ["Oslo", wide.strip()], ["Bergen", "old"]])
    if wide == "two lines":
        rows = table.rows
        broken = Utterance("c01-p004-s01", wide, wide, "cell", spans=(Span(3, 4, "break"),))
        cell = cell_of(Passage("c01-p004", "cell", (broken,)), headers=((0, 1),))
        table = Table((rows[0], Row((rows[1].cells[0], cell)), rows[2]))
    assert _text(table) == (
        "Port; What it is\n"
        "\n"
        "Port: Oslo\n"
        f"  What it is: {wide.strip().replace('two ', f'two{chr(10)}  ')}\n"
        "\n"
        "Port: Bergen\n"
        "  What it is: old"
    )  # fmt: skip


def test_a_cell_with_a_list_is_no_column() -> None:
    """The header stands above the list, whose items have their marks, and before a text with a list below it."""
    items = [
        Item((Paragraph(passage(place, "list_item", text)),))
        for place, text in (("c01-p004", "Museum"), ("c01-p005", "Café"))
    ]
    listed = Cell((List(tuple(items)),), headers=((0, 0),))
    below = Cell((Paragraph(passage("c01-p006", "cell", "By boat")), List(tuple(items))), headers=((0, 1),))
    table = Table((_table([["Has", "Is"]]).rows[0], Row((listed, below))))
    assert _text(table) == (
        "Has; Is\n"
        "\n"
        "Has:\n"
        "• Museum\n"
        "• Café\n"
        "  Is: By boat\n"
        "  • Museum\n"
        "  • Café"
    )  # fmt: skip


def test_what_the_sound_says_of_a_table_is_there_where_no_column_shows_it() -> None:
    """Cells that take several columns can not be set in columns: size and headers are written."""
    text = "\n".join(_lines(everything(), everything().chapters[1:]))
    assert (
        "Gates and boats.\n\nTable with 3 columns and 3 rows. Columns: North; South\n\n"
        "Gates\n  North: 212\n  South: 198[*]\n\nBoats\n  North, South: None yet\n\nEnd of table.\n\n"
        "[*] Two are shut.\n"
    ) in text


# --- lists and notes


@pytest.mark.parametrize(
    ("number", "style", "written"),
    [
        (1, "1", "1"),
        (27, "a", "aa"),
        (26, "A", "Z"),
        (4, "i", "iv"),
        (1999, "I", "MCMXCIX"),
        (0, "a", "0"),
        (-2, "I", "-2"),
    ],
)
def test_numbers_are_written_as_in_the_document(number: int, style: ListStyle, written: str) -> None:
    """Letters go on behind z, and what has no letter or Roman numeral is a figure."""
    assert numeral(number, style) == written


def test_a_list_counts_as_its_document_does() -> None:
    """Backwards, in letters, and from a number in between."""
    items = tuple(Item((Paragraph(passage(f"c01-p{n:03}", "list_item", f"Item {n}.")),)) for n in (1, 2, 3))
    assert _text(List(items, ordered=True, start=3, reversed=True)) == "3. Item 1.\n2. Item 2.\n1. Item 3."
    assert _text(List(items, ordered=True, style="a")) == "a. Item 1.\nb. Item 2.\nc. Item 3."
    assert _text(List(items)) == "• Item 1.\n• Item 2.\n• Item 3."


def test_a_picture_in_a_list_is_still_called_one() -> None:
    """Its number is the mark; what else is announced stays."""
    said = Utterance("c01-p001-s01", "A gull.", "1. Picture: A gull.", "picture", announces="1. Picture:")
    item = Item((Paragraph(Passage("c01-p001", "picture", (said,))),))
    assert _text(List((item,), ordered=True)) == "1. Picture: A gull."


def test_a_mark_names_its_note_also_where_that_is_in_another_chapter() -> None:
    """Notes may be read at the end; each track carries its own part of the text."""
    marked = Utterance("c01-p001-s01", "It sank.", "It sank.", spans=(Span(7, 7, "note", "a"),))
    first = Chapter("c01", "One", (Paragraph(Passage("c01-p001", "body", (marked,))),))
    note = Note("a", "7", (Paragraph(passage("c02-p002", "note", "So they say.")),))
    second = Chapter("c02", "Notes", (Heading(passage("c02-p001", "heading", "Notes")), note))
    script = Script("T", (first, second))
    assert _lines(script, [first]) == ["It sank[7]."]
    assert _lines(script, [second]) == ["Notes", "", "[7] So they say."]


def test_lines_that_end_in_the_document_end_here() -> None:
    """An address is one passage, each line an utterance of its own with a pause of a line between."""
    lines = [Utterance(f"c01-p001-s{n:02}", text, text) for n, text in enumerate(("1 Quay Street", "Leith"), 1)]
    address = Passage("c01-p001", "body", (lines[0], Pause(350, "line"), lines[1], Pause(650, "paragraph")))
    assert _text(Paragraph(address)) == "1 Quay Street\nLeith"


@pytest.mark.parametrize(
    ("announces", "spoken", "written"),
    [
        ("2023:", "twenty twenty-three: forty pounds", "2023: £40"),
        ("图片：", "图片：£40", "图片：£40"),
        ("Price:", "Price: £40", "Price: £40"),
    ],
)
def test_a_space_stands_where_the_language_has_one(announces: str, spoken: str, written: str) -> None:
    """Between what is announced and the text, also where the announcement is said otherwise than it is written."""
    said = Utterance("c01-p001-s01", "£40", spoken, announces=announces)
    assert _text(Paragraph(Passage("c01-p001", "body", (said,)))) == written


def test_what_can_not_be_said_is_still_there() -> None:
    """And a passage without any words leaves no hole."""
    stars = Passage("c01-p002", "body", unspoken=Text("(…)"))
    empty = Passage("c01-p003", "picture")
    said = [Paragraph(passage(f"c01-p00{n}", "body", text)) for n, text in ((1, "One."), (4, "Two."))]
    assert _text(said[0], Paragraph(stars), Paragraph(empty), said[1]) == "One.\n\n(…)\n\nTwo."


@given(st.lists(st.text(st.characters(), min_size=1, max_size=30), min_size=1, max_size=4))
def test_any_text_stays_in_its_line(texts: list[str]) -> None:
    """Whatever its characters, a paragraph is one line."""
    lines = _lines(Script("T", (chapter(1, "T", texts),)))
    assert [line for line in lines if line] == ["T", *(line for text in texts if (line := one_line(text).rstrip()))]
