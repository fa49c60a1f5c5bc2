"""What a blind person hears who walks through an edition's page with Orca."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from audio_edition.config import Settings
from audio_edition.edition import Edition, make_edition, make_script
from audio_edition.model import Speech

from .screen_reader import INSTALL, NEEDED, ScreenReader, reading

pytestmark = [pytest.mark.tool(name, INSTALL) for name in NEEDED]

DOCUMENT = """<!DOCTYPE html><html lang="en"><title>Harbour news</title><article><h1>Harbour news</h1>
<p>The ferry left <a href="https://example.org/ferry">on time</a> in the morning, as it does on each and every day.</p>
<h2>Boats</h2>
<table><caption>Seats</caption><tr><th>Boat<th>Seats</tr><tr><th scope="row">Gull<td>20</tr>
<tr><th scope="row">Tern<td>31</tr></table>
<ol start="3"><li>Bread<ul><li>brown<li>white</ul><li>Milk</ol>
<blockquote><p>It rained all the day long, and nobody minded.</p></blockquote></article></html>"""


@pytest.fixture(scope="module")
def orca(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ScreenReader]:
    folder = tmp_path_factory.mktemp("orca")
    (folder / "news.html").write_text(DOCUMENT, encoding="utf-8")
    settings = Settings(Speech(engine="tone"), formats=("page",), date="2026-11-30")
    edition: Edition = make_edition(make_script(folder / "news.html", settings), folder, settings)
    with reading(folder, (edition.folder / "index.html").as_uri()) as reader:
        assert reader.wait_for("frame")
        assert any("Skip to the text" in reader.press("ctrl+Home") for _ in range(5))
        yield reader


@pytest.fixture
def walk(orca: ScreenReader) -> Callable[..., list[str]]:
    """Presses keys from the top of the page on, and gives what is said to each."""

    def pressed(*keys: str) -> list[str]:
        orca.press("ctrl+Home")
        return [orca.press(key) for key in keys]

    return pressed


def test_a_table_is_walked_cell_by_cell_with_its_headers(walk: Callable[..., list[str]]) -> None:
    """By Orca's keys for tables: its size, the header of each column and row, and the place."""
    table, right, down, left = walk("t", "alt+shift+Right", "alt+shift+Down", "alt+shift+Left")
    assert "table with 3 rows 2 columns" in table
    assert "Boat column header" in table
    assert "Seats column header" in right
    assert "20" in down
    assert "Row 2, column 2" in down
    assert "Gull row header" in left


def test_a_list_in_a_list_is_told_with_its_number_and_level(walk: Callable[..., list[str]]) -> None:
    """The outer list counts from three, as the document does."""
    first, inner, _, last = walk("l", "Down", "Down", "Down")
    assert "List with 2 items" in first
    assert "3." in first
    assert "Bread" in first
    assert "Nesting level 1" in inner
    assert "brown" in inner
    assert "4." in last
    assert "Milk" in last


def test_headings_links_and_quotations_are_told_as_such(walk: Callable[..., list[str]]) -> None:
    """By the keys that lead from one to the next."""
    title, chapter, quotation = walk("h", "h", "q")
    assert "Harbour news heading level 1" in title
    assert "Boats heading level 2" in chapter
    assert "It rained all the day long" in quotation
    assert any("on time link" in said for said in walk(*["k"] * 4))
