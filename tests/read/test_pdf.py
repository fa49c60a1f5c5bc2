"""PDFs: what a page shows is what is read, in the order of its tags, or of the eye."""

from __future__ import annotations

import importlib.util
import io
import os
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from audio_edition.errors import ReadError
from audio_edition.model import (
    Article,
    Aside,
    Figure,
    Heading,
    List,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Table,
    Verse,
    every,
    leaves,
)
from audio_edition.pdf import confined
from audio_edition.read import read
from support.pdfs import Tag, Text, column, in_form, pdf, saved, scanned, with_link, with_paths, with_picture
from support.soundness import read_whole

BODY = [
    "It rained on the quay, and on the boats, all day long, so that nobody",
    "went out who had not to. The ferry came late, and left late, and the few",
    "who had waited for it were wet before they had found a seat.",
]
SECOND = [
    "The harbour master said that the rain would go on for another week at",
    "least, and that the pumps were old. A new one has been asked for since",
    "the spring, and the council will talk of it in December.",
]


def _article(data: bytes, name: str = "a.pdf") -> Article:
    return read_whole(data, name=name).articles[0]


def _texts(article: Article) -> list[str]:
    return [leaf.text for leaf in leaves(article.blocks)]


def _headings(article: Article) -> list[tuple[int, str]]:
    return [(block.level, block.text.text) for block in every(article.blocks) if isinstance(block, Heading)]


def _told(article: Article, id: str) -> str:  # noqa: A002
    return next(finding.text for finding in article.findings if finding.id == id)


def _headed() -> list[Text]:
    return [Text(60, 780, "The Harbour Courier", 20, "bold")]


def _paragraph(lines: list[str]) -> str:
    return " ".join(lines)


# --- what a PDF is


def test_what_stands_before_the_mark_does_not_hide_a_pdf() -> None:
    data = pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720)])
    assert _article(b"HTTP/1.1 200 OK\r\n" * 20 + data).title == "The Tide"


def test_a_text_about_pdfs_is_text() -> None:
    text = "The mark of a PDF\n\nA file that begins with %PDF-1.7 is a PDF, says the specification.\n"
    assert read(text.encode(), name="a.txt").articles[0].title == "The mark of a PDF"


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (pdf([Text(60, 700, "Secret", 24)], encryption=pikepdf.Encryption(owner="b", user="a")), "password", "without"),
        (pdf([Text(60, 700, "Half", 24)])[:500], "damaged", "Get it again"),
        (b"%PDF-1.7\n1 0 obj", "damaged", "Get it again"),
        (pdf([]), "without text: it holds pictures", "recognised"),
    ],
    ids=["password", "cut off", "begun", "no text"],
)
def test_what_can_not_be_read_is_refused_with_a_remedy(data: bytes, message: str, remedy: str) -> None:
    with pytest.raises(ReadError, match=message) as refused:
        read(data, name="a.pdf")
    assert refused.value.message.startswith("a.pdf")
    assert remedy in refused.value.remedy


def test_a_document_that_forbids_copying_is_read_and_says_so() -> None:
    """Accessibility is the purpose of an audio edition."""
    forbidden = pikepdf.Permissions(accessibility=False, extract=False)
    locked = pikepdf.Encryption(owner="b", user="", R=4, allow=forbidden)
    article = _article(pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720)], encryption=locked))
    assert article.title == "The Tide"
    assert "copying-forbidden" in {finding.id for finding in article.findings}


def test_metadata_and_language_are_the_documents() -> None:
    about = {
        "Title": "Of Tides",
        "Author": "Ada Quay; Bo Pier",
        "Keywords": "tides, moon",
        "CreationDate": "D:20261105",
    }
    article = _article(pdf([Text(60, 760, "Of Tides", 24), *column(BODY, top=720)], about=about, language="en-GB"))
    assert (article.title, article.language, article.published) == ("Of Tides", "en-GB", "2026-11-05")
    assert [creator.name for creator in article.metadata.creators] == ["Ada Quay", "Bo Pier"]
    assert article.metadata.subjects == ("tides", "moon")


@pytest.mark.parametrize("title", ["letter.docx", "Microsoft Word - letter", "untitled", "tide.indd"])
def test_what_programs_call_a_document_is_no_title(title: str) -> None:
    article = _article(pdf([Text(60, 760, "Of Tides", 24), *column(BODY, top=720)], about={"Title": title}))
    assert article.title == "Of Tides"


# --- pages without tags


def test_lines_become_paragraphs() -> None:
    lines = [*column(BODY, top=720), *column(SECOND, top=672)]
    article = _article(pdf([Text(60, 760, "The Tide", 24), *lines]))
    assert _texts(article) == [_paragraph(BODY), _paragraph(SECOND)]


def test_an_indent_begins_a_paragraph() -> None:
    first, *rest = column(SECOND, top=684)
    article = _article(pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720), first._replace(left=72), *rest]))
    assert _texts(article) == [_paragraph(BODY), _paragraph(SECOND)]


def test_a_large_or_bold_line_above_text_is_a_heading() -> None:
    parts = [
        Text(60, 780, "The Tide", 24),
        Text(60, 740, "Rain", 14, "bold"), *column(BODY, top=720),
        Text(60, 660, "The pumps", 10, "bold"), *column(SECOND, top=640),
    ]  # fmt: skip
    article = _article(pdf(parts))
    assert article.title == "The Tide"
    assert _headings(article) == [(2, "Rain"), (3, "The pumps")]


@pytest.mark.parametrize(
    "line",
    [
        Text(60, 680, "It has never been as wet as in this year, and nobody knows why.", 10, "bold"),
        Text(60, 680, "Fig. 3: The quay", 14),
        Text(60, 680, "* * *", 14),
    ],
    ids=["a sentence", "a caption", "marks"],
)
def test_a_line_that_only_stands_out_is_no_heading(line: Text) -> None:
    """In doubt it is text."""
    article = _article(pdf([Text(60, 780, "The Tide", 24), *column(BODY, top=740), line, *column(SECOND, top=640)]))
    assert _headings(article) == []


def test_the_outline_says_what_a_heading_is() -> None:
    document = pdf([Text(60, 780, "The Tide", 24), Text(60, 740, "Of rain"), *column(BODY, top=720)])
    with pikepdf.open(io.BytesIO(document)) as opened, opened.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Of rain", 0))
        outline._save()
        document = saved(opened)
    assert _headings(_article(document)) == [(2, "Of rain")]


NARROW = [
    "It rained on the quay all",
    "day long, and on the boats,",
    "so that nobody went out",
    "who had not to. The ferry",
    "came late and left late,",
    "and those who had waited",
    "for it all day were wet be-",
    "fore they had found a dry",
]
NEXT = [
    "seat. The harbour master",
    "said that the rain would",
    "go on for another week at",
    "least, and that the pumps",
    "were old, as the council",
    "has known since the spring",
    "of last year and will talk",
    "of again in the new year.",
]
READ = (
    "It rained on the quay all day long, and on the boats, so that nobody went out who had not to. The ferry came late "
    "and left late, and those who had waited for it all day were wet before they had found a dry seat. The harbour "
    "master said that the rain would go on for another week at least, and that the pumps were old, as the council has "
    "known since the spring of last year and will talk of again in the new year."
)


@pytest.mark.parametrize("is_drawn_by_rows", [False, True], ids=["as read", "row by row"])
def test_columns_are_read_one_after_the_other(is_drawn_by_rows: bool) -> None:
    """However they are drawn; a sentence goes on in the next one, and a word at a line's end is whole."""
    left, right = column(NARROW, top=720), column(NEXT, left=200, top=720)
    lines = [line for row in zip(left, right, strict=True) for line in row] if is_drawn_by_rows else [*left, *right]
    article = _article(pdf([Text(60, 760, "The Tide comes to the harbour", 24), *lines]))
    assert _texts(article) == [READ]


def test_a_headline_heads_the_columns_below_it() -> None:
    """Two stories, one below the other: each is read to its end."""
    upper = [*column(NARROW[:4], top=720), *column(NARROW[4:], left=200, top=720)]
    lower = [*column(NEXT[:4], top=600), *column(NEXT[4:], left=200, top=600)]
    lines = sorted([Text(60, 640, "Pumps", 18, "bold"), *upper, *lower], key=lambda line: -line.base)
    article = _article(pdf([Text(60, 760, "The Tide", 24), *lines]))
    assert _headings(article) == [(2, "Pumps")]
    assert " ".join(_texts(article)).startswith("It rained on the quay")
    assert " ".join(_texts(article)).index("found a") < " ".join(_texts(article)).index("Pumps")


def test_a_hyphen_of_the_words_own_stays() -> None:
    lines = [
        "The skippers of the harbour are well-",
        "known. A well-known one spoke for",
        "all of them on the quay today.",
    ]
    article = _article(pdf([Text(60, 760, "The Tide", 24), *column(lines, top=720)]))
    assert _texts(article)[0].startswith("The skippers of the harbour are well-known. A well-known one")


def test_a_hyphen_in_the_name_of_a_file_or_an_option_stays() -> None:
    """Where the word is whole elsewhere in such a name, and in any option."""
    lines = [
        "Set it in audio-edition.toml or in audio-",
        "edition.toml of its folder, with --base-",
        "url and an address for all of them.",
    ]
    article = _article(pdf([Text(60, 760, "The Tide", 24), *column(lines, top=720)]))
    wanted = "Set it in audio-edition.toml or in audio-edition.toml of its folder, with --base-url and an address"
    assert _texts(article)[0].startswith(wanted)


def test_a_drop_cap_begins_its_word() -> None:
    first = [Text(60, 700, "I", 30), Text(72, 716, "t rained on the quay, and on the boats, all day long, so that"),
             Text(72, 704, "nobody went out who had not to, and those were wet before"),
             Text(60, 692, "they had found a seat.")]  # fmt: skip
    article = _article(pdf([Text(60, 780, "The Tide and the town", 24), *first]))
    assert _texts(article)[0].startswith("It rained on the quay")


def test_a_drop_cap_that_is_drawn_first_begins_its_word() -> None:
    """Before the headline, as boxes beside the text are; the lines beside it are its paragraph's."""
    cap = Text(60, 676, "T", 40, "serif")
    lines = [
        "he rain came down on the quay, and on the boats, all",
        "day long, so that nobody went out who had not to.",
    ]
    text = [*column(lines, left=88, top=700), *column(SECOND, top=664)]
    assert next(iter(_texts(_article(pdf([cap, *_headed(), *text]))))).startswith("The rain came down on the quay, and")
    assert f"boats, all {lines[1]}" in " ".join(_texts(_article(pdf([cap, *_headed(), *text]))))


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    """The page break stands within it."""
    pages = [[Text(60, 780, "The Tide", 24), *column(NARROW, top=720)], column(NEXT, top=760)]
    article = _article(pdf(*pages))
    assert _texts(article) == [READ]
    (paragraph,) = (block for block in article.blocks if isinstance(block, Paragraph))
    assert [span.value for span in paragraph.text.of("page")] == ["2"]


def _page(number: int, head: str = "The Courier") -> list[Text]:
    words = ["harbour", "quay", "ferry", "tide", "storm", "rope", "net"]
    told = [
        f"The {words[number]} was wet, {words[number]} by {words[number]}, and line {at} says so." for at in range(9)
    ]
    return [Text(60, 800, head, 8), *column(told, top=740), Text(290, 40, str(number + 4), 8)]


def test_running_heads_and_page_numbers_are_not_read() -> None:
    """They are told in a finding, and the printed numbers are those of the pages."""
    article = _article(pdf(*(_page(number) for number in range(6))))
    said = " ".join(_texts(article))
    assert "Courier" not in said
    assert _told(article, "page-heads").count("The Courier") == 6
    labels = [block.label for block in every(article.blocks) if isinstance(block, PageBreak)]
    assert labels == ["4", "5", "6", "7", "8", "9"]


def test_a_line_that_no_other_page_repeats_is_read() -> None:
    heads = ["Alpha comes first", "Beta is next", "Gamma then", "Delta", "Epsilon too", "Zeta ends it"]
    article = _article(pdf(*(_page(number, heads[number]) for number in range(6))))
    assert "Gamma then" in " ".join([article.title, *_texts(article)])


def test_page_labels_are_the_documents() -> None:
    article = _article(pdf(*(_page(number) for number in range(4)), labels=[(0, "r"), (2, "D")]))
    assert [block.label for block in every(article.blocks) if isinstance(block, PageBreak)] == ["i", "ii", "1", "2"]


def test_bullets_and_numbers_make_lists() -> None:
    items = column(["\u2022 A rope", "\u2022 A net that has been mended", "\u2022 A lamp"], top=660)
    article = _article(pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720), *items]))
    (found,) = (block for block in article.blocks if isinstance(block, List))
    assert [leaf.text for leaf in leaves([found])] == ["A rope", "A net that has been mended", "A lamp"]


def _row(base: float, *cells: str, font: str = "plain") -> list[Text]:
    return [Text(60 + 120 * at, base, cell, 10, font) for at, cell in enumerate(cells) if cell]


def test_marks_that_are_drawn_last_stand_before_their_items() -> None:
    """Some programs draw the text of a page first, and the bullets and numbers of its lists after it."""
    items = [Text(80, 700, "Apologies"), Text(80, 688, "Planning"), Text(100, 676, "A porch in Mill Lane")]
    marks = [Text(60, 700, "1."), Text(60, 688, "2."), Text(80, 676, "a.")]
    article = _article(pdf([*_headed(), *items, *marks]))
    assert _texts(article)[-3:] == ["1. Apologies", "2. Planning", "a. A porch in Mill Lane"]
    outer = [block for block in article.blocks if isinstance(block, List)]
    assert [len(block.items) for block in outer] == [2]


def test_a_number_in_the_middle_of_a_cell_is_no_mark() -> None:
    """It stands beside a line of text that goes on from the one above."""
    lines = [*column(BODY, left=80, top=700), Text(60, 688, "2.")]
    assert _paragraph(BODY) in _texts(_article(pdf([*_headed(), *lines])))


def test_prices_at_the_right_belong_to_what_they_are_for() -> None:
    """Whatever was drawn first; what is said of a dish in slanted type goes with it."""
    dishes = [
        Text(60, 700, "Soup of the day"),
        Text(60, 686, "with bread from the mill", font="italic"),
        Text(60, 660, "Smoked mackerel from the harbour"),
        Text(60, 646, "beetroot and rye", font="italic"),
    ]
    prices = [Text(500, 700, "£5.50"), Text(500, 660, "£7.20")]
    assert _table(_article(pdf([*_headed(), *dishes, *prices]))) == [
        ["Soup of the day with bread from the mill", "£5.50"],
        ["Smoked mackerel from the harbour beetroot and rye", "£7.20"],
    ]


def test_times_at_the_left_belong_to_what_happens_then() -> None:
    happens = ["Opening by the mayor, on the main stage", "Boat race, from the slipway to the old pier"]
    times = [Text(60, 700, "10.00"), Text(60, 680, "10.30")]
    texts = [Text(140, 700, happens[0]), Text(140, 680, happens[1]), Text(140, 668, "and back again")]
    assert _table(_article(pdf([*_headed(), *times, *texts]))) == [
        ["10.00", happens[0]],
        ["10.30", f"{happens[1]} and back again"],
    ]


def test_a_label_in_bold_begins_a_paragraph() -> None:
    lines = [("Present:", " A. Berg, J. Harper, M. Osei, P. Lund, R. Shaw"), ("Apologies:", " T. Green, who is away")]
    texts = [
        Text(left, 700 - 12 * at, said, font=font)
        for at, line in enumerate(lines)
        for left, said, font in zip((60, 116), line, ("bold", "plain"), strict=True)
    ]
    said = ["".join(line) for line in lines]
    assert [text for text in _texts(_article(pdf([*_headed(), *texts]))) if ":" in text] == said


def test_a_line_to_be_filled_in_is_no_entry_of_contents() -> None:
    texts = [Text(60, 600, "Signature: .............................. Date: ...............")]
    assert any("Signature" in text for text in _texts(_article(pdf([*_headed(), *texts]))))


def test_a_pull_quote_is_no_heading() -> None:
    quote = Text(60, 640, "“Nobody in the room believed it”", 15, "italic")
    lines = [*column(BODY, top=700), quote, *column(SECOND, top=600)]
    assert quote.text not in [said for _, said in _headings(_article(pdf([*_headed(), *lines])))]


def test_text_that_begins_below_does_not_go_on_from_another_column() -> None:
    """A date at the right of a letter, and the address below it at the left."""
    texts = [Text(400, 700, "3 December 2026"), Text(60, 660, "Mrs A. Berg"), Text(60, 648, "Northhaven")]
    assert "3 December 2026" in _texts(_article(pdf([*_headed(), *texts, *column(BODY, top=600)])))


def test_short_texts_in_columns_are_a_table_that_is_read_by_rows() -> None:
    """Also where it is drawn by columns; the rest of a cell belongs to its row."""
    rows = [
        *_row(660, "Day", "High water", "Height", font="bold"),
        *_row(645, "Monday", "6:12", "3.1 m"),
        *_row(630, "Tuesday", "7:01", "3.4 m at"),
        *_row(618, "", "", "the pier"),
        *_row(603, "Friday", "9:48"),
    ]
    drawn = sorted(rows, key=lambda cell: cell.left)
    article = _article(pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720), *drawn, *column(SECOND, top=560)]))
    (table,) = (block for block in article.blocks if isinstance(block, Table))
    said = [[" ".join(leaf.text for leaf in leaves(cell.blocks)) for cell in row.cells] for row in table.rows]
    assert said[:2] == [["Day", "High water", "Height"], ["Monday", "6:12", "3.1 m"]]
    assert said[2:] == [["Tuesday", "7:01", "3.4 m at the pier"], ["Friday", "9:48", ""]]
    assert [cell.header for cell in table.rows[0].cells] == ["column"] * 3
    assert _texts(article)[-1] == _paragraph(SECOND)


def _table(article: Article) -> list[list[str]]:
    table = next(block for block in every(article.blocks) if isinstance(block, Table))
    return [[" ".join(leaf.text for leaf in leaves(cell.blocks)) for cell in row.cells] for row in table.rows]


def test_the_labels_of_a_chart_are_no_cells_of_the_table_beside_it() -> None:
    rows = [("Iowa", "1.35", "1.38"), ("Ohio", "1.40", "1.49"), ("Texas", "1.41", "1.43"), ("Utah", "1.48", "1.55")]
    texts = [Text(60, 760, "Prices", 20, "bold"), *column(BODY, top=720)]
    texts += [each for at, row in enumerate(rows) for each in _row(600 - 14 * at, *row)]
    texts += [Text(480, 600 - 14 * at, label, 8) for at, label in enumerate(("2.60", "2.40", "2.20", "2.00"))]
    curve = "490 560 m " + " ".join(f"{490 + 4 * at} {560 + at % 5} l" for at in range(1, 20))
    article = _article(with_paths(pdf(texts), "470 540 100 80 re", curve))
    assert _table(article) == [list(row) for row in rows]
    assert [_texts(replace(article, blocks=(block,))) for block in article.blocks if isinstance(block, Aside)] == [
        ["2.60", "2.40", "2.20", "2.00"]
    ]


def test_figures_under_figures_begin_a_row() -> None:
    """A total has no first cell; it is not the rest of the figure above it."""
    rows = [("Bread", "4.00", "5.00"), ("Milk", "2.00", "1.00"), ("Eggs", "3.00", "2.00")]
    texts = [Text(60, 760, "Prices", 20, "bold"), *column(BODY, top=720)]
    texts += [each for at, row in enumerate(rows) for each in _row(600 - 14 * at, *row)]
    texts += _row(558, "", "9.00", "8.00")
    assert _table(_article(pdf(texts)))[2:] == [["Eggs", "3.00", "2.00"], ["", "9.00", "8.00"]]


def test_a_box_stands_apart_line_by_line_and_heads_nothing() -> None:
    texts = [Text(60, 760, "The Tide", 24), *column(BODY, top=720)]
    texts += [Text(130, 640, "J. MARLOW & SONS", 12, "bold"), Text(150, 622, "Roofs and gates", 10, "bold")]
    article = _article(with_paths(pdf([*texts, *column(SECOND, top=580)]), "60 610 260 50 re"))
    assert [_texts(replace(article, blocks=(block,))) for block in article.blocks if isinstance(block, Aside)] == [
        ["J. MARLOW & SONS", "Roofs and gates"]
    ]
    assert _headings(article) == []


def test_a_frame_around_all_of_a_page_is_no_box() -> None:
    texts = [Text(60, 760, "The Tide", 24), *column(BODY, top=720)]
    article = _article(with_paths(pdf(texts), "40 40 515 760 re"))
    assert [block for block in article.blocks if isinstance(block, Aside)] == []


def test_columns_of_text_are_no_table() -> None:
    three = [*column(NARROW, top=720), *column(NEXT, left=200, top=720), *column(NARROW, left=340, top=720)]
    article = _article(pdf([Text(60, 760, "The Tide comes to the harbour", 24), *three]))
    assert not any(isinstance(block, Table) for block in article.blocks)


def test_a_note_at_the_foot_belongs_to_its_mark() -> None:
    body = column(BODY, top=720)
    mark, note = Text(328, 700, "1", 6), [Text(60, 83, "1", 5), Text(64, 80, "By the harbour\u2019s own log.", 8)]
    article = _article(pdf([Text(60, 760, "The Tide", 24), *body, mark, *note]))
    (found,) = (block for block in every(article.blocks) if isinstance(block, Note))
    assert (found.label, [leaf.text for leaf in leaves([found])]) == ("1", ["By the harbour’s own log."])


def test_text_that_is_turned_is_told_not_read() -> None:
    document = pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720)])
    with pikepdf.open(io.BytesIO(document)) as opened:
        page = opened.pages[0]
        turned = opened.make_stream(b"BT /plain 6 Tf 0 1 -1 0 580 300 Tm (Photo: A. Quay) Tj ET")
        page.Contents = pikepdf.Array([page.Contents, turned])
        document = saved(opened)
    article = _article(document)
    assert _told(article, "turned-text") == "Photo: A. Quay"
    assert "Photo" not in " ".join(_texts(article))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_any(turn: int) -> None:
    article = _article(pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720)], turn=turn))
    assert _texts(article) == [_paragraph(BODY)]


# --- tagged pages


def _tagged(*parts: tuple[Text, str], language: str = "en") -> bytes:
    texts = [text._replace(content=at) for at, (text, _) in enumerate(parts)]
    return pdf(
        texts, tags=[Tag("Document", [Tag(kind, [at]) for at, (_, kind) in enumerate(parts)])], language=language
    )


def test_tags_say_what_is_a_heading_and_what_comes_first() -> None:
    """Whatever it looks like, and wherever it stands."""
    texts = [
        Text(60, 100, "The Tide", content=0),
        Text(60, 700, "Rain", content=1),
        Text(60, 400, "It rained all day.", content=2),
        Text(60, 760, "LARGE BUT PLAIN", 30, "bold", content=3),
    ]  # fmt: skip
    tags = [Tag("H1", [0]), Tag("P", [2]), Tag("H2", [1]), Tag("P", [3])]
    article = _article(pdf(texts, tags=tags))
    assert article.title == "The Tide"
    assert _headings(article) == [(2, "Rain")]
    assert _texts(article) == ["It rained all day.", "Rain", "LARGE BUT PLAIN"]


def test_a_tagged_paragraph_goes_on_over_the_end_of_a_page() -> None:
    pages = [
        [Text(60, 700, "It rained on the quay, and on the", content=0)],
        [Text(60, 700, "boats, all day long.", content=0)],
    ]
    document = pdf(*pages, tags=[Tag("P", [0])])
    with pikepdf.open(io.BytesIO(document)) as opened:
        element = opened.Root.StructTreeRoot.K[0]
        second = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=opened.pages[1].obj, MCID=0)
        element.K = pikepdf.Array([0, second])
        document = saved(opened)
    article = _article(document)
    assert article.title == "It rained on the quay, and on the boats, all day long."


def test_lists_tables_and_figures_are_what_their_tags_say() -> None:
    texts = [Text(60, 760 - 14 * at, said, content=at) for at, said in enumerate(
        ["The Tide", "1.", "Rope", "2.", "Net", "Day", "Height", "Monday", "3 m", "It is over."])]  # fmt: skip
    items = [Tag("LI", [Tag("Lbl", [1]), Tag("LBody", [2])]), Tag("LI", [Tag("Lbl", [3]), Tag("LBody", [4])])]
    rows = [Tag("TR", [Tag("TH", [5]), Tag("TH", [6])]), Tag("TR", [Tag("TD", [7]), Tag("TD", [8])])]
    figure = Tag("Figure", [], facts={"Alt": pikepdf.String("A boat at the quay")})
    article = _article(pdf(texts, tags=[Tag("H1", [0]), Tag("L", items), Tag("Table", rows), figure, Tag("P", [9])]))
    found = next(block for block in article.blocks if isinstance(block, List))
    assert (found.ordered, list(found.numbers()), [leaf.text for leaf in leaves([found])]) == (
        True,
        [1, 2],
        ["Rope", "Net"],
    )
    table = next(block for block in article.blocks if isinstance(block, Table))
    assert [[cell.header for cell in row.cells] for row in table.rows] == [["column", "column"], ["", ""]]
    assert any("A boat at the quay" in leaf.text for leaf in leaves(article.blocks))
    assert any(isinstance(block, Picture | Figure) for block in every(article.blocks))


def test_a_note_is_read_where_its_mark_stands() -> None:
    texts = [
        Text(60, 760, "It rained all day", content=0),
        Text(140, 763, "1", 6, content=1),
        Text(146, 760, ", says the log.", content=2),
        Text(60, 80, "1", 6, content=3),
        Text(70, 80, "Of the harbour.", content=4),
        Text(60, 740, "It stopped at night.", content=5),
    ]
    tags = [Tag("P", [0, Tag("Reference", [1]), 2]), Tag("P", [5]), Tag("Note", [Tag("Lbl", [3]), Tag("P", [4])])]
    article = _article(pdf([Text(60, 800, "Head", 8, content=-2), *texts], tags=tags))
    (note,) = (block for block in every(article.blocks) if isinstance(block, Note))
    assert (note.label, [leaf.text for leaf in leaves([note])]) == ("1", ["Of the harbour."])


def test_furniture_and_contents_that_tags_name_are_told_not_read() -> None:
    texts = [Text(60, 800, "The Courier, page 7", 8, content=-2), Text(60, 760, "Rain ..... 7", content=0), *(
        text._replace(content=1) for text in column(BODY, top=720))]  # fmt: skip
    article = _article(pdf(texts, tags=[Tag("TOC", [Tag("TOCI", [0])]), Tag("P", [1])]))
    assert _texts(article) == [] or "Courier" not in " ".join(_texts(article))
    assert _told(article, "page-heads") == "The Courier, page 7"
    assert _told(article, "contents-left-out") == "Rain ..... 7"


def test_the_language_of_a_part_is_its_tags() -> None:
    texts = [
        Text(60, 760, "The Tide", content=0),
        Text(60, 740, "Il pleut depuis trois jours.", content=1),
        Text(60, 720, "So it was.", content=2),
    ]
    tags = [Tag("H1", [0]), Tag("P", [1], facts={"Lang": pikepdf.String("fr")}), Tag("P", [2])]
    article = _article(pdf(texts, tags=tags, language="en"))
    assert next(leaf.language for leaf in leaves(article.blocks)) == "fr"


def test_replacing_text_is_read_instead() -> None:
    texts = [
        Text(60, 760, "The Tide", content=0),
        Text(60, 740, "hx o", content=1),
        Text(60, 720, "So it was for days.", content=2),
    ]
    tags = [
        Tag("H1", [0]),
        Tag("P", [Tag("Span", [1], facts={"ActualText": pikepdf.String("hello there")})]),
        Tag("P", [2]),
    ]
    assert _texts(_article(pdf(texts, tags=tags)))[0] == "hello there"


@pytest.mark.parametrize(
    ("before", "width", "behind"), [("Ask ", 19.5, " Smith of the quay."), ("(", 3.3, ") of the quay.")]
)
def test_what_an_abbreviation_stands_for_is_read_instead(before: str, width: float, behind: str) -> None:
    """Its tag gives it (`E`); the spaces around it stay."""
    parts = [(0.0, before), (width, "Dr"), (width + 10.6, behind)]
    texts = [Text(60 + left, 740, part, content=at) for at, (left, part) in enumerate(parts)]
    span = Tag("Span", [1], facts={"E": pikepdf.String("Doctor")})
    heading = Text(60, 770, "The Harbour", content=3)
    article = _article(pdf([heading, *texts], tags=[Tag("H1", [3]), Tag("P", [0, span, 2])]))
    assert _texts(article)[0] == f"{before}Doctor{behind}"
    assert _told(article, "replaced-text") == "Dr"


def test_what_a_form_draws_is_read_where_its_tag_stands() -> None:
    """A form XObject numbers its marked content for itself; another form comes before it on the page."""
    texts = [Text(60, 720, "Then the ferry left the quay.", content=0), Text(60, 700, "The Ferry", content=1)]
    article = _article(in_form(pdf(texts, tags=[Tag("H1", [1]), Tag("P", [0])])))
    assert (article.title, _texts(article)) == ("The Ferry", ["Then the ferry left the quay."])
    assert "untagged-text" not in {finding.id for finding in article.findings}


def test_what_no_tag_names_follows_its_page_and_is_told() -> None:
    texts = [
        Text(60, 760, "The Tide", content=0),
        *(text._replace(content=1) for text in column([*BODY, *SECOND], top=720)),
        Text(60, 500, "Nobody tagged this line."),
    ]
    article = _article(pdf(texts, tags=[Tag("H1", [0]), Tag("P", [1])]))
    assert _texts(article)[-1] == "Nobody tagged this line."
    assert "untagged-text" in {finding.id for finding in article.findings}


def test_tags_that_name_little_are_not_trusted() -> None:
    texts = [Text(60, 780, "The Tide", 24, content=0), *column(BODY, top=720), *column(SECOND, top=670)]
    article = _article(pdf(texts, tags=[Tag("P", [0])]))
    assert (article.title, _texts(article)) == ("The Tide", [_paragraph(BODY), _paragraph(SECOND)])


BOX = (60, 560, 260, 660)
RED, BLUE = 0xD02020, 0x2020D0


def _colours(article: Article) -> list[object]:
    """The colour in the middle of each picture."""
    pictures = [Image.open(io.BytesIO(image.data)).convert("RGB") for image in article.images]
    return [picture.getpixel((picture.width // 2, picture.height // 2)) for picture in pictures]


def test_a_picture_with_a_caption_is_shown_with_it() -> None:
    texts = [Text(60, 760, "The Tide", 24), *column(BODY, top=720), Text(60, 545, "The quay in the rain.", 8, "italic")]
    article = _article(with_picture(pdf([*texts, *column(SECOND, top=500)]), BOX, RED))
    figure = next(block for block in every(article.blocks) if isinstance(block, Figure))
    assert [leaf.text for leaf in leaves(figure.caption)] == ["The quay in the rain."]
    assert _colours(article) == [(0xD0, 0x20, 0x20)]
    assert [block.image for block in every(article.blocks) if isinstance(block, Picture)] == [article.images[0].name]


def test_a_picture_that_nothing_tells_of_is_a_decoration() -> None:
    article = _article(with_picture(pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720)]), BOX, RED))
    assert article.images == ()


@pytest.mark.parametrize(("alternative", "colours"), [("A wet quay", [(0x20, 0x20, 0xD0)]), ("", [])])
def test_a_tagged_figure_is_shown_with_its_alternative_text(alternative: str, colours: list[object]) -> None:
    """An empty one says that it is a decoration."""
    texts = [Text(60, 760, "The Tide", 24, content=0), Text(60, 720, BODY[0], content=1)]
    tags = [Tag("H1", [0]), Tag("Figure", [2], 0, {"Alt": pikepdf.String(alternative)}), Tag("P", [1])]
    article = _article(with_picture(pdf(texts, tags=tags, language="en"), BOX, BLUE, content=2))
    pictures = [leaf.text for block in every(article.blocks) if isinstance(block, Picture) for leaf in leaves([block])]
    assert (_colours(article), pictures) == (colours, [alternative] if alternative else [])


def test_only_so_many_pictures_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "_MOST_CUT_OUT", 1)
    texts = [Text(60, 760, "The Tide", 24, content=0), Text(60, 720, BODY[0], content=1)]
    box = {"A": pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=pikepdf.Array([60, 560, 160, 660]))}
    figures = [Tag("Figure", [], 0, {"Alt": pikepdf.String(f"Number {at}"), **box}) for at in (1, 2)]
    figures[1].facts["A"] = pikepdf.Dictionary(O=pikepdf.Name.Layout, BBox=pikepdf.Array([160, 560, 260, 660]))
    data = pdf(texts, tags=[Tag("H1", [0]), *figures, Tag("P", [1])], language="en")
    assert len(_article(with_picture(data, BOX, RED)).images) == 1


@pytest.mark.parametrize("turn", [0, 90])
@pytest.mark.parametrize(("address", "links"), [("https://example.com/tide", 1), ("javascript:alert(1)", 0)])
def test_an_untagged_link_leads_where_its_annotation_does(address: str, links: int, turn: int) -> None:
    texts = [
        Text(60, 760, "The Tide", 24),
        Text(60, 720, "Read "),
        Text(84, 720, "the table"),
        Text(127, 720, "today."),
    ]
    article = _article(with_link(pdf(texts, turn=turn), (84, 716, 124, 730), address))
    found = [
        (leaf.text[span.start : span.end], span.value) for leaf in leaves(article.blocks) for span in leaf.of("link")
    ]
    assert found == [("the table", address)] * links


def test_keep_all_leaves_nothing_out() -> None:
    """Neither running heads and page numbers, nor contents, nor what is turned."""
    contents = [Text(60, 700, "The rain . . . . . . . . . 2"), Text(60, 686, "The ferry . . . . . . . . 3")]
    data = pdf(*([*_page(number), *contents] for number in range(1, 5)))
    article = read(data, name="a.pdf", keep_all=True).articles[0]
    said = [article.title, *_texts(article)]
    assert sum("The Courier" in text for text in said) == 4
    assert said.count("The ferry") == 4
    assert {"1", "2", "3", "4"} <= {word for text in said for word in text.split()}
    assert {finding.id for finding in article.findings} & {"page-heads", "contents-left-out", "turned-text"} == set()


def test_keep_all_keeps_what_tags_call_furniture_and_contents() -> None:
    texts = [
        Text(60, 800, "Running head", content=-2), Text(60, 760, "The Tide", 24, content=0),
        Text(60, 720, "Chapter one 3", content=1), Text(60, 690, BODY[0], content=2),
    ]  # fmt: skip
    tags = [Tag("H1", [0]), Tag("TOC", [Tag("TOCI", [1])]), Tag("P", [2])]
    issue = read(pdf(texts, tags=tags, language="en"), name="a.pdf", keep_all=True)
    assert {"Running head", "Chapter one 3", BODY[0]} <= set(_texts(issue.articles[0]))


def test_a_filled_in_field_is_read_with_its_name() -> None:
    document = pdf([Text(60, 760, "Entry form", 24), *column(BODY, top=720)])
    with pikepdf.open(io.BytesIO(document)) as opened:
        field = opened.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T=pikepdf.String("boat"),
            TU=pikepdf.String("Name of the boat"), V=pikepdf.String("Sea Otter"), Rect=[60, 600, 200, 620],
            P=opened.pages[0].obj))  # fmt: skip
        opened.pages[0].Annots = pikepdf.Array([field])
        opened.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
        document = saved(opened)
    assert _texts(_article(document))[-1] == "Name of the boat: Sea Otter"


# --- scans


def _needs_tesseract() -> None:
    if importlib.util.find_spec("tesserocr") is None:
        reason = 'tesserocr is not installed; install it with: pip install -e ".[ocr]"'
        (pytest.fail if os.environ.get("AUDIO_EDITION_REQUIRE_TOOLS") == "1" else pytest.skip)(reason)


@pytest.mark.slow
def test_the_words_of_a_scan_are_recognised_and_said_to_be() -> None:
    _needs_tesseract()
    left, right = column(NARROW, top=720, size=11, step=14), column(NEXT, left=220, top=720, size=11, step=14)
    article = _article(scanned(pdf([Text(60, 760, "The Tide comes to the harbour", 24), *left, *right])))
    assert article.title == "The Tide comes to the harbour"
    assert _texts(article) == [READ]
    (found,) = (finding for finding in article.findings if finding.id == "recognised-text")
    assert "of 1 page," in found.message


@pytest.mark.slow
def test_a_picture_among_pages_of_text_is_read_or_named() -> None:
    _needs_tesseract()
    document = pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720)])
    picture = scanned(pdf(column(SECOND, top=700, size=12, step=15)))
    with pikepdf.open(io.BytesIO(document)) as opened, pikepdf.open(io.BytesIO(picture)) as other:
        opened.pages.extend(other.pages)
        document = saved(opened)
    assert _texts(_article(document)) == [_paragraph(BODY), _paragraph(SECOND)]


def test_a_scan_with_a_layer_of_text_is_read_by_that() -> None:
    """Text without ink over a picture, as programs that recognise words write it."""
    document = pdf([Text(60, 760, "The Tide", 24), *column(BODY, top=720)])
    with pikepdf.open(io.BytesIO(document)) as opened:
        content = opened.pages[0].Contents.read_bytes()
        opened.pages[0].Contents = opened.make_stream(b"3 Tr\n" + content)
        document = saved(opened)
    article = _article(document)
    assert (article.title, _texts(article)) == ("The Tide", [_paragraph(BODY)])


def test_text_without_ink_beside_text_is_not_read() -> None:
    texts = [Text(60, 760, "The Tide", 24), *column(BODY, top=720)]
    document = pdf(texts)
    with pikepdf.open(io.BytesIO(document)) as opened:
        content = opened.pages[0].Contents.read_bytes()
        opened.pages[0].Contents = opened.make_stream(content + b"\nBT 3 Tr /plain 10 Tf 60 500 Td (buy now) Tj ET")
        document = saved(opened)
    assert "buy now" not in " ".join(_texts(_article(document)))


# --- lines that their author broke


POEM = [
    "The nets are dry upon the wall,",
    "The boats are drawn above the tide,",
    "I hear the grey gulls wheel and call",
    "Where once the herring drifters plied.",
]


def _verses(article: Article) -> list[list[str]]:
    return [[line.text for line in block.lines] for block in every(article.blocks) if isinstance(block, Verse)]


def test_verse_keeps_its_lines() -> None:
    """Also a second stanza, and a line that was too long and hangs below its beginning."""
    second = ["No lamp is lit, no rope is thrown,", "No voice comes in across the quiet bay;"]
    hung = [Text(80, 604, "and the sea goes over sand and stone")]
    texts = [*column(BODY, top=740), *column(POEM, top=690), *column(second, top=628), *hung]
    texts += column(["And takes another year away."], top=592)
    assert _verses(_article(pdf([*_headed(), *texts]))) == [
        POEM,
        [second[0], f"{second[1]} and the sea goes over sand and stone", "And takes another year away."],
    ]


def test_an_address_is_read_line_by_line() -> None:
    address = ["Mrs A. Berg", "14 Mill Lane", "Northhaven", "NH3 4TT"]
    said = _texts(_article(pdf([*_headed(), *column(address, top=720), *column(BODY, top=640)])))
    assert said[:4] == address


def test_short_lines_of_text_are_no_verse() -> None:
    """Beside a picture, say: each is as long as the next word allows."""
    assert _verses(_article(pdf([*_headed(), *column(NARROW, top=720), *column(BODY, top=600)]))) == []


def test_capitals_that_begin_the_lines_of_a_column_make_no_verse() -> None:
    names = [
        "Dora Ashcroft, Peter Hollins and",
        "Anna Bergmann, all of them from",
        "Northhaven, and Lord Carmichael",
        "Of Inverness were there.",
    ]
    both = [*column(names, top=720), *column(names, left=300, top=720)]
    assert _verses(_article(pdf([*_headed(), *both]))) == []


def test_labels_of_a_form_stand_for_themselves() -> None:
    lines = ["I have read the rules of the allotments and agree to keep to them.", "Signed:", "Date:"]
    assert _texts(_article(pdf([*_headed(), *column(BODY, top=740), *column(lines, top=690)])))[-3:] == lines


def test_dishes_that_stand_apart_are_read_one_by_one() -> None:
    dishes = ["Leek and potato soup £6.50", "Smoked mackerel, oat biscuits £7.95", "Nut roast, red cabbage £13.95"]
    article = _article(pdf([*_headed(), *column(dishes, left=200, top=700, step=24)]))
    assert _texts(article)[-3:] == dishes


def test_a_label_that_others_have_too_is_no_heading() -> None:
    """Who is to act, below each item of minutes."""
    items = [
        Text(60, 740, "Playground", 13, "bold"), *column(BODY, top=720), Text(60, 670, "Action: AB", 10, "bold"),
        Text(60, 640, "Footpaths", 13, "bold"), *column(SECOND, top=620), Text(60, 570, "Action: Clerk", 10, "bold"),
        *column(BODY, top=540),
    ]  # fmt: skip
    assert [text for _, text in _headings(_article(pdf([*_headed(), *items])))] == ["Playground", "Footpaths"]


def test_the_initial_of_a_name_is_no_letter_of_a_list() -> None:
    signed = [*column(BODY, top=720), Text(60, 660, "P. Carter"), Text(60, 630, "Head of Planning")]
    article = _article(pdf([*_headed(), *signed]))
    assert not any(isinstance(block, List) for block in article.blocks)


def test_lettered_items_are_a_list() -> None:
    items = column(["A. Apologies and absences", "B. Business of the quay"], top=660, step=20)
    article = _article(pdf([*_headed(), *column(BODY, top=720), *items]))
    assert [len(block.items) for block in article.blocks if isinstance(block, List)] == [2]


def test_dots_lead_from_a_thing_to_its_price() -> None:
    prices = ["Main hall ................ £12.00", "Committee room ........... £6.00"]
    article = _article(pdf([*_headed(), *column(BODY, top=720), *column(prices, top=660), *column(SECOND, top=600)]))
    assert _table(article) == [["Main hall", "£12.00"], ["Committee room", "£6.00"]]


def test_a_list_of_contents_without_dots_is_left_out() -> None:
    rows = [("From the editor", "2"), ("Letters", "3"), ("The old mill", "8")]
    contents = [Text(60, 740, "In this issue", 14), Text(60, 720, "Contents", 14)]
    contents += [text for at, (name, number) in enumerate(rows) for text in _row(690 - 16 * at, name, number)]
    article = _article(pdf([*_headed(), *contents], column(BODY)))
    assert "Letters" not in " ".join(_texts(article))
    assert "The old mill 8" in _told(article, "contents-left-out")


def test_long_texts_below_bold_heads_are_a_table() -> None:
    """Minutes with a column for who is to act."""
    rows = [
        *_row(700, "Item", "Discussion", font="bold"), Text(500, 700, "Action", font="bold"),
        *_row(684, "1", "The swings had been inspected. Two chains need to"), Text(500, 684, "AB"),
        *_row(672, "", "be replaced before the spring, said the clerk."),
        *_row(656, "2", "Path 14 was overgrown, and its owner was silent."), Text(500, 656, "Clerk"),
    ]  # fmt: skip
    assert _table(_article(pdf([*_headed(), *column(BODY, top=760), *rows]))) == [
        ["Item", "Discussion", "Action"],
        ["1", "The swings had been inspected. Two chains need to be replaced before the spring, said the clerk.", "AB"],
        ["2", "Path 14 was overgrown, and its owner was silent.", "Clerk"],
    ]


def test_a_dash_in_a_timetable_is_a_cell() -> None:
    rows = [
        text
        for at, cells in enumerate([("Quay", "0705", "1205"), ("Mill", "–", "1212"), ("Pier", "0720", "1220")])
        for text in _row(700 - 16 * at, *cells)
    ]
    assert _table(_article(pdf([*_headed(), *column(BODY, top=760), *rows])))[1] == ["Mill", "–", "1212"]


def test_bullets_that_are_drawn_as_curves_make_a_list() -> None:
    items = column(["Stout shoes or boots", "Something warm"], left=76, top=660, step=14)
    dots = [f"66 {base} 3 3 re f" for base in (662, 648)]
    article = _article(with_paths(pdf([*_headed(), *column(BODY, top=720), *items]), *dots))
    (found,) = (block for block in article.blocks if isinstance(block, List))
    assert [leaf.text for leaf in leaves([found])] == ["Stout shoes or boots", "Something warm"]


def test_marks_for_a_question_are_read_behind_it() -> None:
    """Whenever they were drawn: programs draw what floats at the right first."""
    marks = [Text(500, 700, "[2 marks]"), Text(500, 640, "[4 marks]")]
    asked = [Text(60, 700, "(a) Name two landforms."), Text(60, 640, "(b) Explain how one of them is made.")]
    said = _texts(_article(pdf([*_headed(), *marks, *asked])))
    assert said[-2:] == ["(a) Name two landforms. [2 marks]", "(b) Explain how one of them is made. [4 marks]"]


def test_a_folded_sheet_is_read_from_its_cover() -> None:
    """Outside: the flap, the back, the cover. Then the inside, then the rest of the outside."""
    flap, back = (
        column(NEXT[:4], left=30, top=500),
        column(["The mill, Mill Lane", "Northhaven", "Tel 960321"], left=310, top=500),
    )
    cover = [
        Text(590, 500, "The Mill", 28, "bold"),
        Text(590, 460, "A visitor's guide", 14),
        Text(590, 440, "2026", 12),
    ]
    inside = [text for left in (30, 310, 590) for text in column(NARROW[:4], left=left, top=500)]
    article = _article(pdf([*flap, *back, *cover], inside, size=(842, 595)))
    said = " ".join([article.title, *_texts(article)])
    places = [said.index(each) for each in ("The Mill", "A visitor's guide", "It rained", "seat. The", "Tel 960321")]
    assert places == sorted(places)


def test_a_word_in_two_types_is_one_word() -> None:
    """Behind a space, too: what is set in another type is another piece of the page."""
    texts = [
        Text(60, 700, "The council spoke of "),
        Text(150, 700, "har", font="bold"),
        Text(165.6, 700, "bours today."),
    ]
    assert "of harbours today." in " ".join(_texts(_article(pdf([*_headed(), *texts, *column(BODY, top=640)]))))


@pytest.mark.parametrize("is_tagged", [False, True], ids=["without tags", "with tags"])
def test_an_abbreviation_is_read_as_the_page_spells_it_out(is_tagged: bool) -> None:
    """In the properties of marked content (ISO 32000-1, 14.9.5); what is drawn is told in a finding."""
    texts = [
        Text(60, 700, "It was said by", content=0),
        Text(126, 700, "Dr", content=1),
        Text(140, 700, "Berg.", content=2),
    ]
    tags = [Tag("P", [0, 1, 2])] if is_tagged else []
    with pikepdf.open(io.BytesIO(pdf(texts, tags=tags))) as document:
        drawn = document.pages[0].Contents.read_bytes().replace(b"<</MCID 1>>", b"<</MCID 1 /E (Doctor)>>")
        document.pages[0].Contents = document.make_stream(drawn)
        article = _article(saved(document))
    assert "It was said by Doctor Berg." in [article.title, *_texts(article)]
    assert _told(article, "replaced-text") == "Dr"


def test_notes_that_stand_far_behind_their_numbers_are_notes() -> None:
    """As LibreOffice sets them: the first one's number is not the page's."""
    text = [Text(60, 740, "The wall was built in the year of the storm,", 12), Text(285, 744, "1", 7)]
    text += [Text(60, 724, "and it has stood ever since, says the mayor,", 12), Text(295, 728, "2", 7)]
    text += [
        Text(60, 708, "although the sea has taken much of the beach.", 12),
        *column(BODY, top=680, size=12, step=16),
    ]
    notes = [Text(60, 70, "1", 9), Text(77, 70, "The parish book has another year.", 9)]
    notes += [Text(60, 59, "2", 9), Text(77, 59, "He wrote it.", 9)]
    article = _article(pdf([*_headed(), *text, *notes]))
    said = [
        " ".join(leaf.text for leaf in leaves(block.blocks))
        for block in every(article.blocks)
        if isinstance(block, Note)
    ]
    assert said == ["The parish book has another year.", "He wrote it."]
