"""OpenDocument texts: their structure, notes, languages, what is left out, and what is refused."""

from __future__ import annotations

import base64

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Article, List, Paragraph, Picture, every
from audio_edition.read import read
from support.archives import archive
from support.open_documents import flat_document, open_document, open_document_entries
from support.sketch import sketch
from support.soundness import read_whole

PIXEL = base64.b64encode(
    base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
).decode()
HEAD = "<text:h text:outline-level='1'>The quay</text:h>"


def _article(body: str, automatic: str = "", meta: str = "", margins: str = "") -> Article:
    return read_whole(open_document(body, automatic, meta, margins), name="a.odt").articles[0]


def _findings(article: Article) -> dict[str, str]:
    return {finding.id: finding.text for finding in article.findings}


def test_headings_are_chapters_below_the_title() -> None:
    """The title's style is the title, whatever the properties say; headings have their levels."""
    body = (
        "<text:p text:style-name='Title'>The quay</text:p><text:p>It opened.</text:p>"
        "<text:h text:outline-level='1'>Costs</text:h><text:p>Four pounds.</text:p>"
        "<text:h text:outline-level='2'>Tickets</text:h><text:p>On board.</text:p>"
    )
    article = _article(body, meta="<dc:title>An older text</dc:title>")
    assert article.title == "The quay"
    assert sketch(article) == ["It opened.", "## Costs", "Four pounds.", "### Tickets", "On board."]


def test_lists_keep_their_numbers() -> None:
    """Levels, letters, where a list starts and goes on, and numbers that HTML can't express."""
    body = HEAD + (
        "<text:list text:style-name='Numbers'><text:list-item><text:p>One</text:p>"
        "<text:list><text:list-item><text:p>Under</text:p>"
        "<text:list><text:list-item><text:p>Deep</text:p></text:list-item></text:list>"
        "</text:list-item></text:list></text:list-item>"
        "<text:list-item text:start-value='5'><text:p>Five</text:p></text:list-item></text:list>"
        "<text:p>Between.</text:p>"
        "<text:list text:style-name='Numbers' text:continue-numbering='true'><text:list-item><text:p>Six</text:p>"
        "</text:list-item></text:list>"
        "<text:list text:style-name='Dots'><text:list-item><text:p>Dot</text:p></text:list-item></text:list>"
    )
    article = _article(body)
    assert [" ".join(line.split()) for line in sketch(article)] == [
        "1. One", "1. Under", "- 1.a.1 Deep", "5. Five", "Between.", "6. Six", "- Dot",
    ]  # fmt: skip
    lists = [block for block in every(article.blocks) if isinstance(block, List)]
    assert [block.style for block in lists][:2] == ["1", "a"]


def test_numbers_that_are_written_out_are_said_once() -> None:
    """Beside those that are counted, or alone in numbered paragraphs and headings."""
    article = _article(
        "<text:p text:style-name='Title'>The quay</text:p>"
        "<text:h text:outline-level='1'><text:number>1.1</text:number>Costs</text:h><text:list "
        "text:style-name='Numbers'><text:list-item><text:number>1.</text:number><text:p>Oak</text:p></text:list-item>"
        "</text:list><text:numbered-paragraph text:level='1'><text:number>7.</text:number><text:p>Elm</text:p>"
        "</text:numbered-paragraph><text:p>End.</text:p>"
    )
    assert sketch(article)[-4:] == ["## 1.1 Costs", "1. Oak", "7. Elm", "End."]


def test_a_table_keeps_heads_and_spans() -> None:
    """Covered cells are part of the one that covers them; a title of the table is said."""
    body = HEAD + (
        "<table:table><table:table-column table:number-columns-repeated='2'/><table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>Ticket</text:p></table:table-cell>"
        "<table:table-cell><text:p>Price</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row><table:table-cell table:number-rows-spanned='2'><text:p>Adult</text:p></table:table-cell>"
        "<table:table-cell><text:p>£4</text:p></table:table-cell></table:table-row>"
        "<table:table-row><table:covered-table-cell/><table:table-cell><text:p>£3</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    assert sketch(_article(body)) == ["| ^Ticket | ^Price", "| Adult | £4", "| £3"]


def test_notes_stand_behind_what_refers_to_them() -> None:
    """Their marks are in the text; an endnote is a note too."""
    body = HEAD + (
        "<text:p>Old<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Built in 1871.</text:p></text:note-body></text:note> wood.</text:p><text:p>More.</text:p>"
    )
    assert sketch(_article(body)) == ["Old[^1] wood.", "[^1]: Built in 1871.", "More."]


def test_looks_links_and_breaks_are_kept() -> None:
    """Bold, struck, raised, a link, several spaces, a line's end, a language."""
    body = HEAD + (
        "<text:p>Now<text:s text:c='3'/>it <text:span text:style-name='Bold'>opens</text:span>, "
        "<text:span text:style-name='Struck'>late</text:span><text:line-break/>"
        "<text:a xlink:href='https://example.com/x'>here</text:a>: "
        "<text:span text:style-name='French'>au revoir</text:span>.</text:p>"
    )
    article = _article(body)
    assert sketch(article) == ["Now it opens, ~~late~~ / here: au revoir."]
    (block,) = article.blocks
    assert isinstance(block, Paragraph)
    text = block.text
    spans = {(span.kind, text.text[span.start : span.end], span.value) for span in text.spans}
    assert {
        ("strong", "opens", ""),
        ("link", "here", "https://example.com/x"),
        ("language", "au revoir", "fr-FR"),
    } <= spans


def test_pictures_have_their_alternative_texts() -> None:
    """A description, else a title; a caption in a text box goes with its picture; a decoration is silent."""
    frame = (
        "<text:p><draw:frame><draw:text-box><text:p text:style-name='Illustration'><draw:frame><draw:image "
        "xlink:href='Pictures/a.png'/><svg:title>x</svg:title><svg:desc>A gull on a bollard</svg:desc></draw:frame>"
        "</text:p><text:p text:style-name='Illustration'>Figure 1: The quay</text:p></draw:text-box></draw:frame>"
        "</text:p>"
        "<text:p><draw:frame loext:decorative='true'><draw:image xlink:href='Pictures/b.png'/></draw:frame></text:p>"
        "<text:p>It opened.</text:p>"
    )
    entries = open_document_entries(HEAD + frame) | {"Pictures/a.png": base64.b64decode(PIXEL)}
    article = read_whole(archive(entries), name="a.odt").articles[0]
    assert "A gull on a bollard" in sketch(article)[1]
    assert any("Figure 1: The quay" in line for line in sketch(article))
    assert len(article.images) == 1
    assert "picture-without-text" not in _findings(article)


def test_one_file_holds_its_pictures() -> None:
    """Of a .fodt, in base64."""
    body = HEAD + (
        f"<text:p><draw:frame><draw:image><office:binary-data>{PIXEL}</office:binary-data></draw:image>"
        "<svg:desc>A gull</svg:desc></draw:frame></text:p><text:p>It opened.</text:p>"
    )
    article = read_whole(flat_document(body), name="a.fodt").articles[0]
    assert [block.image != "" for block in article.blocks if isinstance(block, Picture)] == [True]
    assert article.title == "The quay"


def test_what_is_left_out_is_told() -> None:
    """Deleted and hidden text, comments, contents, margins: each in a finding that quotes it."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Jo</dc:creator>"
        "</office:change-info><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        + HEAD
        + "<text:table-of-content><text:index-body><text:p>Costs 2</text:p></text:index-body></text:table-of-content>"
        "<text:p>It<office:annotation><dc:creator>Jo</dc:creator><text:p>check this</text:p></office:annotation> opened"
        "<text:span text:style-name='Hidden'>secretly</text:span>.</text:p>"
        "<text:section text:display='none'><text:p>unseen</text:p></text:section>"
    )
    article = _article(body, margins="<style:header><text:p>Board of the harbour</text:p></style:header>")
    assert sketch(article) == ["It opened."]
    assert _findings(article) == {
        "tracked-changes": "gone", "contents-left-out": "Costs 2", "comments-left-out": "check this",
        "hidden-left-out": "secretly unseen", "margins-left-out": "Board of the harbour",
    } | {id_: text for id_, text in _findings(article).items() if id_.startswith("language")}  # fmt: skip


def test_bold_lines_head_a_text_without_headings() -> None:
    """Where nobody used styles, as in Word documents."""
    line = "<text:p><text:span text:style-name='Bold'>{}</text:span></text:p>"
    body = "".join(
        line.format(name) + "<text:p>It was a long and quiet day there.</text:p>" for name in ("Past", "Now")
    )
    lines = sketch(_article("<text:p>The quay opens again today</text:p>" + body))
    assert [line for line in lines if "##" in line] == ["## Past", "## Now"]


def test_metadata_are_of_people() -> None:
    """Authors, description, subjects and date; names that a program fills in are not somebody's."""
    meta = (
        "<meta:initial-creator>Mara Holt; Jo Ray</meta:initial-creator><dc:creator>User</dc:creator>"
        "<meta:creation-date>2026-11-02T10:00:00</meta:creation-date><meta:keyword>boats</meta:keyword>"
    )
    article = _article(HEAD + "<text:p>It opened.</text:p>", meta=meta)
    assert [who.name for who in article.metadata.creators] == ["Mara Holt", "Jo Ray"]
    assert (article.published, article.metadata.subjects) == ("2026-11-02", ("boats",))
    nobody = _article(
        HEAD + "<text:p>x y</text:p>", meta="<meta:initial-creator>LibreOffice.org</meta:initial-creator>"
    )
    assert not nobody.metadata.creators


def test_an_encrypted_text_is_refused() -> None:
    """With the way out."""
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{}</manifest:manifest>'
    )
    entries = open_document_entries(HEAD)
    entries["META-INF/manifest.xml"] = manifest.format(
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    )
    with pytest.raises(ReadError, match="opens only with a password"):
        read(archive(entries), name="a.odt")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<text:section>" * 300 + "<text:p>x</text:p>" + "</text:section>" * 300, "nested too deeply"),
        ("", "holds nothing to say"),
    ],
)
def test_a_trap_is_refused(body: str, said: str) -> None:
    """In one sentence."""
    for data in (open_document(body), flat_document(body)):
        with pytest.raises(ReadError, match=said):
            read(data, name="a.odt")


def test_repeated_cells_are_bounded() -> None:
    """A million columns take no more than a table may have; styles may be based on each other."""
    rounds = (
        "<style:style style:name='A' style:family='paragraph' style:parent-style-name='B'/>"
        "<style:style style:name='B' style:family='paragraph' style:parent-style-name='A'/>"
    )
    cells = "<table:table-cell table:number-columns-repeated='999999999'><text:p>x</text:p></table:table-cell>" * 2
    body = (
        HEAD
        + f"<text:p text:style-name='A'>y</text:p><table:table><table:table-row>{cells}</table:table-row></table:table>"
    )
    assert len("".join(sketch(_article(body, rounds)))) < 2_000


def test_text_beside_paragraphs_is_not_seen() -> None:
    """No program shows it, so that nobody misses it."""
    table = (
        "<table:table><table:table-row>0<table:table-cell>1<text:p>Oak</text:p></table:table-cell></table:table-row>"
    )
    listed = "<text:list>2<text:list-item>3<text:p>Elm</text:p></text:list-item></text:list>"
    body = f"<text:p>The quay</text:p><text:p>It opened.</text:p>{table}</table:table>{listed}"
    article = read_whole(flat_document(body), name="a.fodt").articles[0]
    assert "Elm" in " ".join(sketch(article))


def test_an_inner_list_behind_its_outer_one_goes_into_it() -> None:
    """As LibreOffice writes Word's lists."""
    item = "<text:list-item>{}</text:list-item>"
    inner = f"<text:list>{item.format('<text:p>Under</text:p>')}</text:list>"
    lists = "".join(f"<text:list>{item.format(each)}</text:list>" for each in ("<text:p>One</text:p>", inner))
    assert sketch(_article(HEAD + lists)) == ["- One", "  - Under"]
