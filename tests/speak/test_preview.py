"""A preview is a whole edition of the beginning: a tree, with nothing in it that leads behind its end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from audio_edition.model import (
    Block,
    Chapter,
    Delivery,
    Item,
    List,
    Note,
    Paragraph,
    Passage,
    Pause,
    Row,
    Script,
    Span,
    Table,
    Utterance,
    every,
)
from audio_edition.speak.cast import Cast
from audio_edition.speak.narrator import Narrator
from audio_edition.speak.preview import SECONDS, first_minute, first_utterances
from audio_edition.speak.tone import ToneEngine
from support.cells import cell_of, text_in

CAST = Cast(Narrator(ToneEngine(), Delivery(ToneEngine().voices()[0])))


def _passage(number: int, *texts: str, spans: tuple[Span, ...] = ()) -> Passage:
    place = f"c01-p{number:03}"
    said = (Utterance(f"{place}-s{at:02}", text, text, spans=spans) for at, text in enumerate(texts, 1))
    return Passage(place, "body", tuple(part for one in said for part in (one, Pause(30_000, "sentence"))))


def test_it_ends_with_the_sentence_that_is_heard_when_a_minute_is_over() -> None:
    """The third, two pauses of half a minute on, in the middle of a paragraph; title and finding say what it is."""
    chapter = Chapter("c01", "One", (Paragraph(_passage(1, "One.")), Paragraph(_passage(2, "Two.", "Three.", "Four."))))
    heard = first_minute(Script("Bells", (chapter, replace(chapter, id="c02"))), CAST)
    assert [utterance.text for utterance in heard.utterances] == ["One.", "Two.", "Three."]
    assert heard.title == "Bells (preview)"
    assert heard.findings[0].message == "This is a preview: the first 3 of 8 sentences."
    last = heard.chapters[-1].parts[-1]
    assert isinstance(last, Pause)
    assert last.reason == "end"
    assert SECONDS == 60


def test_a_list_ends_with_the_item_that_is_heard() -> None:
    """Blocks behind the end are gone, those around it are closed."""
    inner = List((Item((Paragraph(_passage(2, "Two.")),)), Item((Paragraph(_passage(3, "Three.")),))))
    outer = List(
        (Item((Paragraph(_passage(1, "One.")), inner)), Item((Paragraph(_passage(4, "Four.")),))), ordered=True
    )
    cut = first_utterances(Chapter("c01", "One", (outer, Paragraph(_passage(5, "Five.")))), 2)
    (list_,) = cut.blocks
    assert isinstance(list_, List)
    assert list_.ordered
    (item,) = list_.items
    assert isinstance(item.blocks[1], List)
    assert len(item.blocks[1].items) == 1


def test_a_table_keeps_its_shape() -> None:
    """The row in which the end falls is whole, its other cells empty; nothing reaches below the last row."""
    cells = [_passage(number, f"Cell {number}") for number in range(1, 7)]
    first = Row(
        (cell_of(cells[0], "column", rows=3), cell_of(cells[1], "column"), cell_of(cells[2], headers=((2, 0),)))
    )
    second = Row((cell_of(cells[3], headers=((0, 1),)), cell_of(cells[4])))
    table = Table((first, second, Row((cell_of(cells[5], "column"),))))
    (cut,) = first_utterances(Chapter("c01", "One", (table,)), 4).blocks
    assert isinstance(cut, Table)
    assert [[text_in(cell).text for cell in row.cells] for row in cut.rows] == [
        ["Cell 1", "Cell 2", "Cell 3"],
        ["Cell 4", ""],
    ]
    assert [cell.rows for cell in cut.rows[0].cells] == [2, 1, 1]
    assert cut.rows[0].cells[2].headers == ()
    assert cut.rows[1].cells[0].headers == ((0, 1),)
    assert text_in(cut.rows[1].cells[1]).id == "c01-p005"


@pytest.mark.parametrize("kept", [False, True])
def test_nothing_leads_behind_the_end(kept: bool) -> None:
    """Marks of notes that are not heard, and links to places that are not there, are no marks and links."""
    spans = (Span(0, 3, "link", "#far"), Span(0, 3, "link", "https://a.example"), Span(3, 3, "note", "n1"))
    note = Note("n1", "1", (Paragraph(_passage(2, "Note.")),))
    far = Paragraph(_passage(9, "Far.", spans=(Span(0, 0, "anchor", "far"),)))
    others = [Paragraph(_passage(number, f"{number}.")) for number in range(3, 8)]
    order: list[Block[Passage]] = [note, far, *others] if kept else [*others, note, far]
    chapter = Chapter("c01", "One", (Paragraph(_passage(1, "One.", spans=spans)), *order))
    heard = first_minute(Script("Bells", (chapter,)), CAST)
    assert any(isinstance(block, Note) for block in every(heard.chapters[0].blocks)) is kept
    assert heard.utterances[0].spans == (spans if kept else spans[1:2])
