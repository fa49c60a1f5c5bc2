"""Rich Text Format: characters, structure, notes, what is left out, and documents that are traps."""

from __future__ import annotations

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Article, Paragraph, Table
from audio_edition.read import read
from audio_edition.read.rtf import body as bodies
from support.rich_text import item, rich_text, row, styled
from support.sketch import sketch
from support.soundness import read_or_refused, read_whole

HEAD = styled(3, "The quay")


def _article(body: str, info: str = "", name: str = "a.rtf") -> Article:
    return read_whole(rich_text(HEAD + body, info), name=name).articles[0]


def _findings(article: Article) -> dict[str, str]:
    return {finding.id: finding.text for finding in article.findings}


def _spans(article: Article) -> set[tuple[str, str, str]]:
    text = next(block.text for block in article.blocks if isinstance(block, Paragraph))
    return {(span.kind, text.text[span.start : span.end], span.value) for span in text.spans}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (r"caf\'e9 \emdash  \ldblquote so\rdblquote ", "café — “so”"),
        (r"\u8364?5 \u-10179?\u-8704? ok", "€5 😀 ok"),
        (r"\uc2\u233\'c3\'a9t\'e9\uc1", "été"),
        (r"{\f2 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\f3 \'93\'fa\'96\'7b}", "日本"),
        (r"{\f1 \'61\'b0} wide", "α° wide"),
        (r"non\~breaking hyph\-en well\_known", "non breaking hyphen well-known"),
        (r"{\upr{old}{\*\ud new}}", "new"),
        (r"a{\*\unknown hidden {\b too}}b \{c\}", "ab {c}"),
        (r"one{\*\objdata 00ff}{\object{\result shown}}", "oneshown"),
        ("a\\\nb", "a"),
    ],
)  # fmt: skip
def test_characters_are_what_word_shows(written: str, said: str) -> None:
    """Code pages by font, Unicode with its stand-ins, signs, and groups for programs that know them."""
    assert sketch(_article(rf"\pard {written}\par "))[0] == said


def test_binary_data_do_not_end_the_text() -> None:
    """What follows \\bin is counted, whatever it holds; the text goes on behind it."""
    data = rich_text(HEAD + r"\pard Before {\pict\bin5 }{\}x}after.\par ")
    assert sketch(read(data, name="a.rtf").articles[0]) == ["Before after."]


def test_headings_lists_and_tables_are_structure() -> None:
    """By outline levels and styles; numbers as they are shown; cells by their edges."""
    body = (
        styled(1, "Costs") + item("One", "1.") + item("Under", "a)", 1) + item("Two", "2.") + styled(0, "Between.")
        + item("Three", "3.") + item("Dot", r"\'b7", of=2) + styled(2, "Fares")
        + row("Ticket", "Price", head=True) + row("Adult", "£4") + row("All day", edges=(4000,)) + styled(0, "After.")
    )  # fmt: skip
    article = _article(body)
    assert sketch(article) == [
        "## Costs", "1. One", "   1. Under", "2. Two", "Between.", "3. Three", "- Dot", "### Fares",
        "| ^Ticket | ^Price", "| Adult | £4", "| All day", "After.",
    ]  # fmt: skip
    table = next(block for block in article.blocks if isinstance(block, Table))
    assert table.rows[2].cells[0].columns == 2


def test_what_older_words_wrote_around_a_number_is_no_text() -> None:
    """The number as it is shown has it already."""
    written = r"\pard{\pntext 1.\tab}{\*\pn\pnlvlbody\pndec{\pntxtb (}{\pntxta .}}One\par{\pntext 2.\tab}Two\par "
    assert sketch(_article(written)) == ["1. One", "2. Two"]


def test_cells_merge_down_and_tables_nest() -> None:
    """A cell that goes on below is one cell; a table in a cell is a table of its own."""
    merged = (
        r"\trowd\clvmgf\cellx2000\cellx4000\pard\intbl Adult\cell £4\cell\row"
        r"\trowd\clvmrg\cellx2000\cellx4000\pard\intbl \cell £3\cell\row\pard "
    )
    nested = (
        r"\trowd\cellx4000\cellx8000\pard\intbl Out\cell\pard\intbl\itap2 In\nestcell two\nestcell"
        r"{\*\nesttableprops\trowd\cellx5000\cellx6000\nestrow}{\nonesttables\par}"
        r"\pard\intbl\itap1 end\cell\row\pard "
    )
    article = _article(row("Who", "What", head=True) + merged + r"After.\par " + nested)
    table = next(block for block in article.blocks if isinstance(block, Table))
    assert [[(cell.rows, cell.columns) for cell in each.cells] for each in table.rows] == [
        [(1, 1), (1, 1)], [(2, 1), (1, 1)], [(1, 1)],
    ]  # fmt: skip
    assert "In" in " ".join(sketch(article))


def test_notes_links_and_looks_are_kept() -> None:
    """A note's mark is counted, or is the author's own; a field is its result; a run's language is known."""
    body = (
        r"\pard Old{\super\chftn}{\footnote\pard\plain{\super\chftn} Built in 1871.} wood{\super *}"
        r"{\footnote {\super *} Or oak.}, {\b bold}, {\strike gone}, {\lang1036 au revoir}, "
        r'{\field{\*\fldinst HYPERLINK "https://example.com/x"}{\fldrslt {\ul here}}}.\par '
    )
    article = _article(body)
    assert sketch(article) == [
        "Old[^1] wood[^*], bold, ~~gone~~, au revoir, here.", "[^1]: Built in 1871.", "[^*]: Or oak.",
    ]  # fmt: skip
    assert {
        ("strong", "bold", ""), ("language", "au revoir", "fr-FR"), ("link", "here", "https://example.com/x"),
    } <= _spans(article)  # fmt: skip


def test_pictures_boxes_and_readings_are_read() -> None:
    """An alternative text, what stands in a text box, characters with their readings."""
    body = (
        r"\pard {\*\shppict{\pict{\*\picprop{\sp{\sn wzDescription}{\sv A gull}}}\pngblip 89504e47}}"
        r"{\nonshppict{\pict\wmetafile8 0100}}\par "
        r"\pard It{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard Box text.\par}}{\shprslt twice}}"
        r" opened.\par "
        r"\pard {\field{\*\fldinst { EQ \\* jc2 \\o\\ad(\\s\\up 11(とうきょう),東京)}}{\fldrslt }}\par "
    )
    picture, *others = sketch(_article(body))
    assert "A gull" in picture
    assert others == ["It opened.", "Box text.", "東京(とうきょう)"]


def test_what_is_left_out_is_told() -> None:
    """Hidden and deleted text, comments, contents, margins: each in a finding that quotes it."""
    body = (
        r"{\header\pard Harbour board\par}\pard It opened{\v secretly}{\deleted  late}{\*\atnid Jo}"
        r"{\*\annotation\pard check this}.\par "
        r"\pard{\field{\*\fldinst TOC}{\fldrslt Costs 2\par Fares 3}}\par "
    )
    article = _article(body)
    assert sketch(article) == ["It opened."]
    found = _findings(article)
    assert found["hidden-left-out"] == "secretly"
    assert found["tracked-changes"] == "late"
    assert found["comments-left-out"] == "check this"
    assert found["contents-left-out"] == "Costs 2 Fares 3"
    assert found["margins-left-out"] == "Harbour board"


def test_properties_are_of_people() -> None:
    """Authors, the date, keywords; the title in the text outweighs that of the properties."""
    info = r"{\title Older}{\author Mara Holt}{\creatim\yr2026\mo11\dy2}{\keywords boats, quay}"
    article = _article(r"\pard It opened.\par ", info)
    assert (article.title, article.published) == ("The quay", "2026-11-02")
    assert [who.name for who in article.metadata.creators] == ["Mara Holt"]
    assert article.metadata.subjects == ("boats", "quay")


def test_a_doc_that_is_rich_text_is_read() -> None:
    """Many files called .doc are RTF: their content decides."""
    assert sketch(_article(r"\pard It opened.\par ", name="a.doc")) == ["It opened."]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{\\rtf1" + b"{" * 2000 + b"x" + b"}" * 2000, "nests its groups"),
        (b"{\\rtf1 }", "nothing to say"),
    ],
    ids=["deep", "empty"],
)
def test_a_trap_is_refused(data: bytes, said: str) -> None:
    """In one sentence."""
    with pytest.raises(ReadError, match=said):
        read(data, name="a.rtf")


def test_paragraphs_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before they fill the memory."""
    monkeypatch.setattr(bodies, "_MOST_PIECES", 1_000)
    with pytest.raises(ReadError, match="more than 1,000 paragraphs"):
        read(rich_text(r"\par x" * 1_000), name="a.rtf")


@pytest.mark.parametrize("end", range(60, 1500, 97))
def test_a_document_that_was_cut_off_is_read_or_refused(end: int) -> None:
    """Wherever it ends."""
    data = rich_text(HEAD + styled(1, "Costs") + row("a", "b") + r"\pard Old{\footnote note {\b x}} end\par ")
    read_or_refused(data[:end], "a.rtf")


def test_a_document_without_styles_has_its_title_by_size_and_lists_by_typed_marks() -> None:
    """As pandoc writes it."""
    head = r"{\pard \qc \b \fs36 The quay\par}{\pard It opens in May.\par}{\pard \outlinelevel0 \b \fs36 Costs\par}"
    items = (
        r"{\pard \li360 \fi-360 1.\tx360\tab One\par}{\pard \li720 \fi-360 \endash \tx360\tab Under\par}"
        r"{\pard \li360 \fi-360 2.\tx360\tab Two\par}{\pard Between.\par}"
    )
    article = read_whole(rich_text(head + items), name="a.rtf").articles[0]
    assert article.title == "The quay"
    assert sketch(article) == ["It opens in May.", "## Costs", "1. One", "   - Under", "2. Two", "Between."]
    small = head.replace(r"\fs36 The quay", r"\fs24 3 May")
    assert read_whole(rich_text(small), name="a.rtf").articles[0].title == "Costs"
