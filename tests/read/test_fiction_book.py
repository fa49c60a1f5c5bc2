"""FictionBooks: chapters, notes at their marks, verse, pictures, what the book says of itself."""

from __future__ import annotations

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Article
from audio_edition.read import read
from support.sketch import sketch
from support.soundness import read_or_refused, read_whole

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
INFO = (
    "<author><first-name>Mara</first-name><last-name>Holt</last-name></author><book-title>The quay</book-title>"
    "<annotation><p>A book of boats.</p></annotation><lang>en</lang><date value='2026-11-02'>2026</date>"
    "<sequence name='Harbours' number='2'/>"
)  # fmt: skip
SECTION = "<section><title><p>Old wood</p></title>{}</section>"


def book(body: str, notes: str = "", encoding: str = "utf-8") -> bytes:
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" '
        f'xmlns:l="http://www.w3.org/1999/xlink"><description><title-info>{INFO}</title-info></description>'
        f"<body><title><p>Mara Holt</p><p>The quay</p></title>{body}</body>"
        + (f"<body name='notes'><title><p>Notes</p></title>{notes}</body>" if notes else "")
        + f"<binary id='a.png' content-type='image/png'>{PIXEL}</binary></FictionBook>"
    )
    return text.encode(encoding)


def _article(body: str, notes: str = "", encoding: str = "utf-8") -> Article:
    return read_whole(book(body, notes, encoding), name="a.fb2").articles[0]


def test_sections_are_chapters_at_their_depth() -> None:
    """Below the book's title; subtitles head what follows, and stars part scenes."""
    body = SECTION.format(
        "<section><title><p>Oak</p></title><p>It grew.</p><subtitle>* * *</subtitle><p>It fell.</p>"
        "<subtitle>Later</subtitle><p>It lay.</p></section>"
    )
    assert sketch(_article(body)) == ["## Old wood", "### Oak", "It grew.", "***", "It fell.", "#### Later", "It lay."]


def test_notes_follow_their_marks() -> None:
    """The number of a note is not read twice."""
    body = SECTION.format("<p>Old<a l:href='#n1' type='note'>[1]</a> wood.</p><p>More.</p>")
    notes = "<section id='n1'><title><p>1</p></title><p>Built in 1871.</p></section>"
    assert sketch(_article(body, notes))[1:4] == ["Old[^1] wood.", "[^1]: Built in 1871.", "More."]


def test_verse_quotations_and_pictures_are_structure() -> None:
    """Lines of a poem, who is quoted, an alternative text, a table."""
    body = SECTION.format(
        "<epigraph><p>All is well.</p><text-author>J. Ray</text-author></epigraph>"
        "<poem><stanza><v>One line</v><v>and another</v></stanza></poem><p><image l:href='#a.png' alt='A gull'/></p>"
        "<p>It <strong>grew</strong>, <emphasis>slowly</emphasis>.</p><empty-line/><p>Then not.</p>"
        "<table><tr><th>Tree</th><th>Age</th></tr><tr><td>Oak</td><td>90</td></tr></table>"
    )
    article = _article(body)
    lines = " ".join(sketch(article))
    for said in ("All is well.", "J. Ray", "One line", "A gull", "^Tree", "Oak"):
        assert said in lines
    assert len(article.images) == 1


def test_a_book_in_a_russian_code_page_is_read() -> None:
    """As most older ones are; what the book says of itself comes along."""
    article = _article(SECTION.format("<p>Старое дерево.</p>"), encoding="windows-1251")
    assert "Старое дерево." in sketch(article)
    assert (article.title, article.language, article.published) == ("The quay", "en", "2026-11-02")
    assert [who.name for who in article.metadata.creators] == ["Mara Holt"]
    assert (article.metadata.series, article.metadata.series_position) == ("Harbours", "2")
    assert article.metadata.description == "A book of boats."


def test_a_trap_is_refused() -> None:
    """Too deep, without a text, cut off anywhere."""
    with pytest.raises(ReadError, match="nested too deeply"):
        read(book("<section>" * 400 + "<p>x</p>" + "</section>" * 400), name="a.fb2")
    with pytest.raises(ReadError, match="without a text"):
        read(b"<FictionBook><description/></FictionBook>", name="a.fb2")
    whole = book(SECTION.format("<p>x</p>"))
    for end in range(100, len(whole), 150):
        read_or_refused(whole[:end], "a.fb2")


def test_deep_sections_keep_their_words() -> None:
    """As far as a document may nest."""
    article = _article("<section>" * 200 + "<p>It grew.</p>" + "</section>" * 200)
    assert "It grew." in " ".join(sketch(article))


def test_text_between_elements_is_read() -> None:
    """Damaged books have words where only elements should stand; each is in its place."""
    body = (
        "loose<section>above<title>in<p>Old wood</p></title>below<poem>verse<stanza>line<v>One</v>end</stanza></poem>"
        "</section>"
    )
    lines = sketch(_article(body))
    said = " ".join(" ".join(lines).replace("#", "").split())
    assert said == "loose above in / Old wood below / verse / line / One / end"


def test_typed_lists_are_lists_again() -> None:
    """Inner items repeat the marks above them; one number alone may begin a sentence."""
    paragraphs = ("1. One", "1. • Under", "2. Two", "Between.", "3. Alone", "It ends.", "• Dot")
    body = SECTION.format("".join(f"<p>{text}</p>" for text in paragraphs))
    article = _article(body)
    assert sketch(article)[1:] == ["1. One", "   - Under", "2. Two", "Between.", "3. Alone", "It ends.", "- Dot"]
    assert next(each.text for each in article.findings if each.id == "list-marks") == "1. 1. • 2. •"
