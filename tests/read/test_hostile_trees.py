"""Trees that no person writes: each is read whole and sound, or refused in one sentence; time grows with the size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Issue, Table, every, leaves
from support.documents import book, paragraph, word
from support.limits import needs_limits, outcome_of
from support.small_documents import DTBOOK, FICTION_BOOK, daisy_2
from support.soundness import read_or_refused
from support.work import growth

MARK = "a<sup><a href=#n>1</a></sup> "
PROSE = "<p>" + "The ferry is late, and nobody on the quay minds very much, since it comes when it comes. " * 3 + "</p>"


def page(content: str) -> bytes:
    """A web page whose article holds this amid its text."""
    return f"<!doctype html><html lang=en><title>T</title><article><h1>T</h1>{PROSE}{content}{PROSE}</article>".encode()


def _rows(count: int) -> str:
    rows = "".join(f"<tr><td>boat {n}<td>{n} pounds<td>berth {n}</tr>" for n in range(count))
    return f"<table><caption>Fares</caption><tr><th>Boat<th>Fare<th>Berth</tr>{rows}</table>"


def _nested(opening: str, closing: str, depth: int) -> str:
    return "".join(f"{opening}level {n} " for n in range(depth)) + closing * depth


def _notes(count: int) -> str:
    """Each note refers to the next, and the last to the first."""
    return '<p>Text<sup><a href="#n0" id="r">1</a></sup> goes on.</p>' + "".join(
        f'<p id="n{n}"><sup><a href="#n{(n + 1) % count}">{n + 1}</a></sup> Note {n}.</p>' for n in range(count)
    )


def _word_rows(count: int) -> str:
    rows = "".join(
        f"<w:tr><w:tc>{paragraph(f'boat {n}')}</w:tc><w:tc>{paragraph(f'{n}')}</w:tc></w:tr>" for n in range(count)
    )
    return f"<w:tbl>{rows}</w:tbl>"


def _word_nested(count: int) -> str:
    return "".join(
        paragraph(f"level {n}", "", f'<w:numPr><w:ilvl w:val="{n % 12}"/><w:numId w:val="1"/></w:numPr>')
        for n in range(count)
    )


TREES: dict[str, Callable[[int], bytes]] = {
    "rows.html": lambda n: page(_rows(n * 10)),
    "columns.html": lambda n: page("<table>" + ("<tr>" + "<td>x" * n) * 3 + "</table>"),
    "wide-cells.html": lambda n: page(f"<table><tr><th colspan={n}000 rowspan={n}000>a<td>b<tr><td>c" * n + "</table>"),
    "lists.html": lambda n: page(_nested("<ul><li>", "</ul>", n)),
    "numbered.html": lambda n: page(_nested("<ol start=-5 reversed><li value=99999999999999999999>", "</ol>", n)),
    "quotes.html": lambda n: page(_nested("<blockquote>", "</blockquote>", n)),
    "definitions.html": lambda n: page(_nested("<dl><dt>t<dd>", "</dl>", n)),
    "asides.html": lambda n: page(_nested("<aside><figure><figcaption>", "</figcaption></figure></aside>", n)),
    "tables-in-lists.html": lambda n: page(_nested("<ul><li><table><tr><td>", "</table></ul>", n // 2)),
    "tables-in-tables.html": lambda n: page(_nested("<table><tr><th>h<td>", "</table>", n // 2)),
    "inline.html": lambda n: page("<p>" + _nested("<b><a href=#x><s><span lang=fr>", "</span></s></a></b>", n // 2)),
    "ruby.html": lambda n: page("<p>" + "<ruby>北<rt>きた<rt><rp>(</rp><ruby><rt></ruby>x" * n),
    "figures.html": lambda n: page("<figure></figure><figure><figcaption></figure><figure><img></figure>" * n),
    "notes.html": lambda n: page(_notes(n * 10)),
    "notes-of-one.html": lambda n: page(f"<p>{MARK * n * 10}</p><p id=n><a href=#x>1</a> Note {MARK}</p>"),
    "same-ids.html": lambda n: page('<p id="a">x<a href="#a">y</a><sup><a href="#a">1</a></sup></p>' * n * 10),
    "anchors.html": lambda n: page(
        "".join(f"<h2 id=a{k}>H {k}</h2><p><a href=#a{n - k}>to</a></p>" for k in range(n * 5))
    ),
    "link.html": lambda n: page(f'<p><a href="https://example.com/?{"x" * n * 1000}">{"word " * n * 100}</a></p>'),
    "one-word.html": lambda n: page(f"<p>{'x' * n * 1000}</p>"),
    "breaks.html": lambda n: page("<p>" + "line<br>" * n * 10 + "<br>" * n),
    "rules.html": lambda n: page("<hr>" * n * 10 + "<p>x</p><hr><hr>"),
    "pages.html": lambda n: page('<span role=doc-pagebreak title="x"></span>' * n * 10),
    "pictures.html": lambda n: page('<img alt="A boat" src="data:image/png;base64,iVBORw0KGgo=">' * n * 10),
    "half-pictures.html": lambda n: page("<p>x<img alt=y src=../../etc/passwd><img alt=z src=file:///etc/passwd>" * n),
    "lists.epub": lambda n: book({"a": _nested("<ul><li>", "</li></ul>", n)}),
    "same-ids.epub": lambda n: book(
        dict.fromkeys("ab", '<p id="a">x<a href="b.xhtml#a">y</a><sup><a href="a.xhtml#a">1</a></sup></p>' * n * 5)
    ),
    "rows.docx": lambda n: word(_word_rows(n * 10)),
    "lists.docx": lambda n: word(_word_nested(n * 10)),
    "rows.md": lambda n: b"# T\n\n|a|b|\n|-|-|\n" + b"|a *x*|b|\n" * n * 10,
    "quotes.md": lambda n: b"# T\n\n" + b"".join(b"> " * (k % 9) + b"level\n\n" for k in range(n * 5)),
    "notes.md": lambda n: b"# T\n\n" + b"".join(b"x[^%d]\n\n[^%d]: y[^%d]\n\n" % (k, k, k + 1) for k in range(n)),
}


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("size", [1, 7, 60])
def test_odd_trees_are_read_whole_and_sound(name: str, size: int) -> None:
    """No word is lost, no block lies too deep, spans nest; or one sentence says what is wrong."""
    read_or_refused(TREES[name](size), name)


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("name", TREES)
def test_work_grows_with_the_size(name: str) -> None:
    """Four times as much of anything takes some four times the work of the processor, never sixteen times."""
    assert growth(TREES[name], lambda document: read_or_refused(document, name), 100, 400) < 10


LARGE: dict[str, Callable[[], bytes]] = {
    "10000-rows.html": lambda: page(_rows(10_000)),
    "1000-deep.html": lambda: page(_nested("<ul><li>", "</ul>", 1000)),
    "table-in-table-in-list.html": lambda: page("<ol><li>" + _rows(3).replace("boat 1", _rows(2)) + "</ol>"),
    "1000-notes.html": lambda: page(_notes(1000)),
    "long-link.html": lambda: page(f'<p>See <a href="https://example.com/{"x" * 100_000}">{"word " * 20_000}</a>.</p>'),
    "nothing-in-a-figure.html": lambda: page("<figure></figure>"),
    "10000-rows.docx": lambda: word(paragraph("T", "Title") + _word_rows(10_000)),
    "1000-deep.epub": lambda: book({"a": _nested("<ol><li>", "</li></ol>", 1000)}),
    "10000-rows.md": lambda: b"# T\n\n|a|b|\n|-|-|\n" + b"|boat|9|\n" * 10_000,
}


@pytest.mark.slow
@needs_limits
@pytest.mark.parametrize("name", LARGE)
def test_large_trees_are_read_within_limits(name: str, tmp_path: Path) -> None:
    """Of work, and 300 MB."""
    outcome = outcome_of(LARGE[name](), tmp_path, name)
    assert not outcome.refused
    assert outcome.is_within_limits, outcome


def test_a_table_in_a_table_in_a_list_keeps_its_texts() -> None:
    """However the inner one is written, its texts are in order."""
    issue = read_or_refused(LARGE["table-in-table-in-list.html"](), "page.html")
    assert isinstance(issue, Issue)
    (article,) = issue.articles
    assert any(isinstance(block, Table) for block in every(article.blocks))
    said = " ".join(leaf.text for leaf in leaves(article.blocks))
    places = [said.index(words) for words in ("boat 0", "boat 1", "1 pounds", "boat 2")]
    assert places == sorted(places)


def test_lists_that_are_too_deep_lose_no_level() -> None:
    """What is deeper than the model allows is written at its depth."""
    issue = read_or_refused(LARGE["1000-deep.html"](), "page.html")
    assert not isinstance(issue, ReadError)
    said = " ".join(leaf.text for leaf in leaves(issue.articles[0].blocks))
    assert all(f"level {number}" in said for number in range(1000))


@pytest.mark.parametrize(
    ("name", "document"),
    [
        (
            "a.html",
            b"<!doctype html>By Tom Lee s News<h1>The roof is mended</h1><p>By Ann Hill</p>St e it, as were "
            b"many others.<h1>Bell ringers wanted</h1><p>By Joan Reed</p><p>It happened in May; Joan Reed saw it.</p>",
        ),
        ("a.fb2", FICTION_BOOK.replace(b"</body><binary", b"<section id='n1'><title><p>1</p></title></section></body>"
                                                            b"<binary")),
        ("a.xml", DTBOOK.replace(b"<book>", b"beside <p>another</p> the book<book>")),
        ("a.zip", daisy_2("<p>The quay<span class='page-normal'>7</span>side<span class='page-normal'>7</span>"
                          "<span class='page-normal'>7</span></p>")),
    ],
)  # fmt: skip
def test_words_at_odd_places_are_read_or_told(name: str, document: bytes) -> None:
    """Beside what was left out, outside a book, around a page's mark; two notes of one name."""
    assert isinstance(read_or_refused(document, name), Issue)
