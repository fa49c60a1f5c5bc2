"""A script's tree as markup: escaped by construction, links that lead somewhere or are none, sentences as elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from audio_edition.formats.markup import DAISY, EPUB, HTML, Dialect, bodies
from audio_edition.model import (
    Aside,
    Block,
    Chapter,
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
    Passage,
    Picture,
    Quote,
    Role,
    Row,
    RowPart,
    Script,
    Span,
    SpanKind,
    Table,
    Text,
    Utterance,
    Verse,
)
from support.cells import cell_of
from support.recordings import passage
from support.structured import chart, everything
from support.work import counted, growth

DIALECTS = {"HTML": HTML, "EPUB": EPUB, "DAISY": DAISY}
XHTML = "http://www.w3.org/1999/xhtml"


def written(*blocks: Block[Passage], dialect: Dialect = HTML, **more: object) -> str:
    """The markup of a chapter of these blocks."""
    script = Script("The title", (Chapter("c01", "The title", blocks),), **more)  # type: ignore[arg-type]
    return str(next(iter(bodies(script, dialect))).markup)


def text(*texts: str, place: int = 1, role: Role = "body", spans: Iterable[Span] = ()) -> Passage:
    """A passage whose first sentence has the spans."""
    made = passage(f"c01-p{place:03}", role, *texts)
    first = replace(made.utterances[0], spans=tuple(spans))
    return replace(made, parts=(first, *made.parts[1:]))


def announced(before: str, words: str, behind: str = "", role: Role = "body", place: int = 1) -> Passage:
    made = passage(f"c01-p{place:03}", role, words)
    spoken = " ".join(part for part in (before, words, behind) if part)
    said = replace(made.utterances[0], announces=before, concludes=behind, spoken=spoken)
    return replace(made, parts=(said, *made.parts[1:]))


def parsed(markup: str) -> etree._Element:
    return etree.fromstring(f'<body xmlns="{XHTML}" xmlns:epub="http://www.idpf.org/2007/ops">{markup}</body>')


# --- every sentence, in every dialect


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_each_sentence_is_an_element_in_reading_order(dialect: Dialect) -> None:
    """By its id, once; and all ids are different, and every link inside leads to one of them."""
    script = everything()
    dialect = replace(dialect, one_document=True)
    whole = parsed("".join(f'<div id="{body.chapter.id}">{body.markup}</div>' for body in bodies(script, dialect)))
    ids = [element.get("id") for element in whole.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    said = [utterance.id for utterance in script.utterances]
    assert [name for name in ids if name in set(said)] == said
    inside = [link.get("href", "")[1:] for link in whole.iter(f"{{{XHTML}}}a") if link.get("href", "").startswith("#")]
    assert inside
    assert set(inside) <= set(ids)
    for name in ("headers", "aria-labelledby", "aria-details"):
        named = {each for element in whole.iter() for each in element.get(name, "").split()}
        assert named <= set(ids)


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_each_element_holds_its_sentence(dialect: Dialect) -> None:
    """The text as it was written, with the words of pictures, and without what the sound adds."""
    script = everything()
    for body in bodies(script, dialect):
        elements = {element.get("id"): element for element in parsed(body.markup).iter()}
        for utterance in body.chapter.utterances:
            assert _text(elements[utterance.id]) in (utterance.text, _without_readings(utterance))


def _text(element: etree._Element) -> str:
    name = etree.QName(element).localname
    if element.get("class") in ("label", "noteref") or name == "rt" or "page" in str(element.get("id")):
        return ""
    if name == "img":
        return str(element.get("alt", ""))
    if element.get("role") == "math":
        return str(element.get("aria-label", ""))
    return (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)


def _without_readings(utterance: Utterance) -> str:
    """The text as dialects without ruby have it: the reading in brackets behind it."""
    readings = [span for span in utterance.spans if span.kind == "ruby"]
    return utterance.text if not readings else re.sub("東京", "東京 (とうきょう)", utterance.text)


_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_ANY_SPAN = st.sampled_from(
    ["language", "link", "emphasis", "struck", "ruby", "image", "math", "note", "page", "anchor", "code"]
)


@given(_ANY_TEXT, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), _ANY_SPAN, _ANY_TEXT), max_size=6))
def test_any_spans_over_any_text_are_sound_markup(words: str, spans: list[tuple[int, int, SpanKind, str]]) -> None:
    """Crossing, doubled or without sense, as a script from anywhere may have them: XML all the same, no word lost."""
    made = sorted(
        (
            Span(min(start, len(words)), min(max(start, end), len(words)), kind, value)
            for start, end, kind, value in spans
        ),
        key=lambda span: (span.start, -span.end),
    )
    for dialect in DIALECTS.values():
        body = parsed(written(Paragraph(text(words, spans=made)), dialect=dialect))
        shown = "".join(body.itertext())
        assert [mark for mark in words if mark.isalnum() and mark not in shown] == []


# --- links


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("https://courier.example/a?b=1&c=2#d", "https://courier.example/a?b=1&amp;c=2#d"),
        ("HTTP://courier.example", "http://courier.example"),
        ("https://courier.example/a b|c^d`{e}[f]\\g", "https://courier.example/a%20b%7Cc%5Ed%60%7Be%7D%5Bf%5D%5Cg"),
        ("https://courier.example/100%", "https://courier.example/100%25"),
        ("https://courier.example/a%20b", "https://courier.example/a%20b"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("mailto:ann@courier.example?subject=So late", "mailto:ann@courier.example?subject=So%20late"),
        ("tel:+1 555 0100", "tel:+1%20555%200100"),
    ],
)
def test_links_lead_where_the_document_led(address: str, href: str) -> None:
    """Written as a valid URL."""
    markup = written(Paragraph(text("See this.", spans=[Span(4, 8, "link", address)])))
    assert f'See <a href="{href}" rel="noopener noreferrer">this</a>.' in markup


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x", "file:///etc/passwd", "//courier.example", "/path", "https:", "https://", "http://a b/", "https://:80",
        "https://courier.example:99999/", "http://[::1", "https://-x/", "https://a..b/", "mailto:", "mailto:nobody",
        "tel:",
        "tel:javascript", "#nowhere", "#", "", "https://courier.example/" + 100_000 * "a", "blob:https://x/y",
    ],
)  # fmt: skip
def test_all_other_addresses_are_no_links(address: str) -> None:
    """Their text is there, and leads nowhere."""
    markup = written(Paragraph(text("See this.", spans=[Span(4, 8, "link", address)])))
    assert ">See this.</span>" in markup


def test_links_inside_lead_to_the_sentence_that_bears_the_name() -> None:
    """In the same chapter first, then in the next; in books with the file; a chapter by its id."""
    target = Paragraph(text("Here.", place=2, spans=[Span(0, 0, "anchor", "here")]))
    links = [Span(0, 2, "link", "#here"), Span(3, 6, "link", "#c03"), Span(7, 10, "link", "#there")]
    first = Paragraph(text("To and fro.", spans=links))
    second = Paragraph(passage("c02-p001", "body", "No."))
    there = passage("c02-p002", "body", "There.")
    there = replace(there, parts=(replace(there.utterances[0], spans=(Span(0, 0, "anchor", "there"),)),))
    chapters = (
        Chapter("c01", "One", (first, target)),
        Chapter("c02", "Two", (second, Paragraph(there))),
        Chapter("c03", "Three", (Heading(passage("c03-p001", "heading", "Three")),)),
    )
    script = Script("The title", chapters)
    hrefs = {
        name: re.findall(r'href="([^"]+)"', "".join(body.markup for body in bodies(script, dialect)))
        for name, dialect in DIALECTS.items()
    }
    assert hrefs["HTML"] == ["#c01-p002-s01", "#c03", "#c02-p002-s01"]
    assert hrefs["EPUB"] == ["#c01-p002-s01", "c03.xhtml#c03", "c02.xhtml#c02-p002-s01"]
    sounds = {"c01": "s001.smil", "c02": "s002.smil", "c03": "s003.smil"}
    sounding = "".join(body.markup for body in bodies(script, replace(DAISY, sound=sounds)))
    assert re.findall(r'<a href="(s\d+\.smil#[^"]+)">(?:To|and|fro)</a>', sounding) == [
        "s001.smil#c01-p002-s01", "s003.smil#c03-p001-s01", "s002.smil#c02-p002-s01",
    ]  # fmt: skip


def test_a_link_holds_no_other_link() -> None:
    """The mark of a note stands behind the link that it is in, and a link in a link is text."""
    spans = [Span(0, 8, "link", "https://a.example"), Span(4, 4, "note", "n"), Span(4, 8, "link", "https://b.example")]
    note = Note("n", "1", (Paragraph(text("Note.", place=2, role="note")),))
    markup = written(Paragraph(text("See this.", spans=spans)), note)
    assert re.search(r'<a href="https://a.example" rel="[^"]+">See this</a><a id="c01-p001-s01-m1"', markup)
    assert "b.example" not in markup


# --- notes


def test_notes_refer_to_each_other_without_end() -> None:
    """Two notes with marks of one another, one that marks itself, a mark without a note, and two of one name."""

    def note(name: str, to: str, place: int) -> Note[Passage]:
        mark = [Span(2, 2, "note", to)]
        return Note(name, name, (Paragraph(text("So.", place=place, role="note", spans=mark)),))

    first = Paragraph(text("See.", spans=[Span(3, 3, "note", "a"), Span(3, 3, "note", "none")]))
    markup = written(first, note("a", "b", 2), note("b", "a", 3), note("c", "c", 4), note("a", "a", 5))
    body = parsed(markup)
    ids = [element.get("id") for element in body.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {link.get("href", "")[1:] for link in body.iter(f"{{{XHTML}}}a")} <= set(ids)
    assert markup.count('role="doc-footnote"') == 4
    assert "none" not in markup


def test_a_note_shows_its_mark_once() -> None:
    """As the sound announces it, or, where it announces nothing, as the document marks it."""
    said = written(Note("n", "1", (Paragraph(announced("Note 1:", "So.", "End of note.", "note")),)))
    assert '<span class="label">Note 1: </span>So.</span>' in said
    assert "End of note" not in said
    unsaid = written(Note("n", "1", (Paragraph(text("So.", role="note")),)))
    assert '<span class="label">1 </span><span id="c01-p001-s01">So.</span>' in unsaid
    assert "End of note." in written(
        Note("n", "1", (Paragraph(announced("Note 1:", "So.", "End of note.", "note")),)), dialect=DAISY
    )


# --- what the sound adds


@pytest.mark.parametrize(
    ("block", "is_shown"),
    [
        (Paragraph(announced("By", "Jane", role="byline")), True),
        (Picture(announced("Picture:", "A boat.", role="picture")), True),
        (Aside((Paragraph(announced("Tip:", "Row.")),)), True),
        (Picture(announced("Picture:", "A boat.", role="picture"), chart().name), False),
        (List((Item((Paragraph(announced("3.", "Row.")),)),), ordered=True, start=3), False),
        (Quote((Paragraph(announced("Quote:", "Row.", "End of quote.")),)), False),
        (Code((announced("Code:", "row()", "End of code.", "code"),)), False),
        (Formula(announced("Formula:", "x", role="formula")), False),
        (Table((Row((cell_of(announced("Table with 1 column and 1 row.", "Row", "End of table."),),)),)), False),
        (Figure((Paragraph(text("Row.", place=2)),), (Paragraph(announced("Caption:", "A boat.")),)), False),
        (List((Item((Picture(announced("1. Picture:", "A boat.", role="picture")),)),), ordered=True), True),
        (Quote((Picture(announced("Quote: Picture:", "A boat.", role="picture")),)), True),
    ],
)  # fmt: skip
def test_what_the_sound_adds_is_shown_or_told_by_the_element(block: Block[Passage], is_shown: bool) -> None:
    """Never only heard: a label is seen unless the role of what is around the text says the same."""
    assert ('class="label"' in written(block, images=(chart(),))) is is_shown


def test_a_label_is_apart_from_the_text_as_it_is_said() -> None:
    """With a space where the sound has one: Chinese has none."""
    chinese = passage("c01-p001", "byline", "张三")
    said = replace(chinese.utterances[0], announces="作者：", spoken="作者：张三")
    markup = written(Paragraph(replace(chinese, parts=(said,))))
    assert '<span class="label">作者：</span>张三' in markup


# --- blocks


def test_a_cell_is_the_sentence_that_is_all_of_it() -> None:
    """Its id is on the cell; two sentences have elements in it; an empty cell is one, also where headers should be."""
    cells = (
        cell_of(text("One.")),
        cell_of(text("Two.", "Three.", place=2)),
        cell_of(Passage("c01-p003", "header_cell"), "column"),
    )
    markup = written(Table((Row(cells),)))
    assert '<td id="c01-p001-s01">One.</td>' in markup
    assert '<td id="c01-p002"><span id="c01-p002-s01">Two.</span> <span id="c01-p002-s02">Three.</span></td>' in markup
    assert '<td id="c01-p003"></td>' in markup
    assert "<th" not in markup


def test_the_parts_of_a_table_stand_where_html_allows_them() -> None:
    """A head amid the body and a foot above its end are rows like others."""
    parts: tuple[RowPart, ...] = ("head", "body", "head", "foot", "body", "foot")
    rows = tuple(Row((cell_of(text(f"{at}", place=at)),), part) for at, part in enumerate(parts, start=1))
    markup = written(Table(rows))
    assert re.findall(r"<(thead|tbody|tfoot)>", markup) == ["thead", "tbody", "tfoot"]
    assert [len(re.findall("<tr>", part)) for part in re.split("<(?:thead|tbody|tfoot)>", markup)[1:]] == [1, 4, 1]
    assert re.findall(r"<(thead|tbody|tfoot)>", written(Table(rows), dialect=DAISY)) == ["thead", "tbody"]


def test_a_picture_of_several_sentences_shows_those_behind_the_first() -> None:
    """Each can be pointed at, and none is said twice."""
    picture = Picture(text("A map.", "It is old.", role="picture"), chart().name)
    markup = written(picture, images=(chart(),))
    assert 'alt="A map."' in markup
    assert '<p class="alternative" id="c01-p001"><span id="c01-p001-s02">It is old.</span></p>' in markup


def test_only_pictures_of_the_document_are_shown() -> None:
    """A name that is none of its images, or that would lead out of the folder, is no file."""
    for name in ("../../secret.png", "nothere.png", "0123456789abcdef.png"):
        image = replace(chart(), name=name) if name.startswith("..") else chart()
        assert "<img" not in written(Picture(text("A map.", role="picture"), name), images=(image,))


@pytest.mark.parametrize(
    "mathml",
    [
        "", "x", "<math>", "<svg xmlns='http://www.w3.org/2000/svg'/>", "<math><script>alert(1)</script></math>",
        "<math><mtext><img src='x' onerror='alert(1)'/></mtext><mfrac><mi>a</mi></mfrac></math>",
        "<math><annotation-xml encoding='text/html'><p>x</p></annotation-xml></math>",
        "<!DOCTYPE math [<!ENTITY x 'y'>]><math><mi>&x;</mi><foo/></math>",
        "<math>" + 100 * "<mrow>" + "<mi>x</mi>" + 100 * "</mrow>" + "</math>",
        "<math>" + 30_000 * "<mi>x</mi>" + "</math>",
        "<math><mglyph src='http://x/y.png'/></math>", "<math><mi xmlns='http://www.w3.org/1999/xhtml'>x</mi></math>",
    ],
)  # fmt: skip
def test_what_is_no_formula_is_words(mathml: str) -> None:
    """Anything but sound presentation MathML of a bounded size: the words stand there, with the role of a formula."""
    markup = written(Formula(text("x over y", role="formula"), mathml))
    assert 'role="math" aria-label="x over y">x over y</span>' in markup


def test_a_formula_keeps_its_presentation_alone() -> None:
    """Attributes that could run or load are left out, and so is what programs keep beside it."""
    mathml = (
        '<m:math xmlns:m="http://www.w3.org/1998/Math/MathML" onclick="x()"><m:semantics><m:mrow href="javascript:x()" '
        'style="x"><m:mi mathvariant="bold">x</m:mi><!-- c --><m:mspace width="1em"/><m:mtext>&lt;b></m:mtext></m:mrow>'
        '<m:annotation encoding="TeX">x</m:annotation></m:semantics></m:math>'
    )
    markup = written(Formula(text("x", role="formula"), mathml))
    assert (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block" alttext="x"><mrow>'
        '<mi mathvariant="bold">x</mi>'
        '<mspace width="1em"/><mtext>&lt;b&gt;</mtext></mrow></math>'
    ) in markup


def test_a_definition_without_a_term_is_one_more_of_the_term_above() -> None:
    """A list of definitions has a term first, whatever it was read from."""

    def said(place: int) -> tuple[Block[Passage], ...]:
        return (Paragraph(text(f"{place}", place=place, role="definition")),)

    entries = (Definition((), said(1)), Definition((text("T", place=2),), said(3)), Definition((), said(4)))
    assert re.findall("<(d[td])", written(DefinitionList(entries))) == ["dt", "dd", "dt", "dd", "dd"]


def test_numbers_of_a_list_are_those_of_the_document() -> None:
    """Start, direction, kind and single values; XHTML 1.0 can't count down, so each item has its number there."""
    items = tuple(Item((Paragraph(text(f"{at}", place=at)),)) for at in (1, 2, 3))
    down = List(items, ordered=True, start=3, reversed=True, style="i")
    assert '<ol start="3" reversed="reversed" type="i">' in written(down)
    assert re.findall(r'value="(\d)"', written(down, dialect=DAISY)) == ["3", "2", "1"]
    assert "<ul>" in written(List(items))
    single = List((items[0], replace(items[1], value=7)), ordered=True)
    assert re.findall(r'<(ol|li)[^>]*?(?: value="(\d)")?>', written(single)) == [("ol", ""), ("li", ""), ("li", "7")]


def test_lines_end_where_the_document_ended_them() -> None:
    """Of verse, of an address in sentences, and of a break within one."""
    verse = Verse((text("The sea", role="verse"), text("is calm.", place=2, role="verse")))
    assert "The sea</span><br/>\n<span" in written(verse)
    assert "1 Quay <br/>Leith" in written(Paragraph(text("1 Quay Leith", spans=[Span(6, 7, "break")])))


def test_a_text_that_is_not_said_is_shown() -> None:
    """Without the id of a sentence, with its links; and it can be led to."""
    unsaid = Passage("c01-p001", "body", unspoken=Text("* * *", (Span(0, 0, "anchor", "stars"),)))
    link = Paragraph(text("See above.", place=2, spans=[Span(4, 9, "link", "#stars")]))
    markup = written(Paragraph(unsaid), link)
    assert '<span id="c01-p001-s00">* * *</span>' in markup
    assert 'href="#c01-p001-s00"' in markup
    bracket = written(Code((Passage("c01-p001", "code", unspoken=Text("  }")),)))
    assert "<code>  }</code>" in bracket


def test_headings_in_blocks_are_one_deeper() -> None:
    """Than that of their chapter, never deeper than 6; a book of files begins each with 1."""
    box = Aside((Heading(text("In brief", place=2)),))
    chapters = [
        Chapter("c01", "T", (Heading(passage("c01-p001", "title", "T")),)),
        Chapter("c02", "A", (Heading(passage("c02-p001", "heading", "A")), box), 2),
    ]
    script = Script("T", tuple(chapters))
    assert [re.findall(r"<h(\d)", body.markup) for body in bodies(script, HTML)] == [["1"], ["2", "3"]]
    assert [re.findall(r"<h(\d)", body.markup) for body in bodies(script, EPUB)] == [["1"], ["1", "2"]]


def test_pages_are_told_apart_from_the_text() -> None:
    """On pages by a role and their label; each has a place of its own, also where labels are the same."""
    inline = Paragraph(text("Over it.", spans=[Span(4, 4, "page", "2"), Span(5, 5, "page", "2")]))
    (body,) = bodies(Script("T", (Chapter("c01", "T", (PageBreak("1"), PageBreak("2"), inline)),)), HTML)
    assert [page.label for page in body.pages] == ["1", "2", "2", "2"]
    assert [page.sentence for page in body.pages] == ["c01-p001-s01"] * 4
    assert len({page.id for page in body.pages}) == 4
    assert all(f'id="{page.id}"' in body.markup for page in body.pages)


# --- too much


def test_large_tables_take_no_long_time(own_heap: None) -> None:
    """Four times the rows, with headers of columns and rows, take some four times as long."""
    head = Row(tuple(cell_of(text(f"h{at}", place=at), "column") for at in range(3)), "head")
    rows = [
        Row(
            (
                cell_of(text("n", place=9), "row"),
                *(cell_of(text("v", place=9), headers=((0, at), (number, 0))) for at in (1, 2)),
            )
        )
        for number in range(1, 10_000)
    ]

    def write(table: Table[Passage]) -> None:
        assert written(table).count("<tr>") == len(table.rows)

    assert growth(lambda count: Table((head, *rows[: count - 1])), write, 2_500, 10_000) < 10


def test_hostile_spans_take_no_long_time(own_heap: None) -> None:
    """As many as a script could have, in one another and beside one another."""
    words = "x" * 5_000
    nested = [Span(at, 5_000, "emphasis") for at in range(2_000)]
    marks = [Span(at, at, "note", "n") for at in range(5_000)]
    spans = sorted([*nested, *marks], key=lambda span: (span.start, -span.end))
    with counted() as work:
        markup = written(Paragraph(text(words, spans=spans)))
    assert work.paces < 200
    assert "".join(parsed(markup).itertext()).count("x") == 5_000
    assert markup.count("<em>") <= 20
