"""Documents as people have them, on which programs like this one fail. The cases are numbered as they were collected;
what is right stands in each test. Each stands for its kind: the same trouble with other words, ids and programs.
"""

from __future__ import annotations

import dataclasses
import itertools
from pathlib import Path

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import make_script
from audio_edition.errors import ReadError
from audio_edition.model import Article, Finding, Issue, List, Pause, SceneBreak, Table, Utterance, every
from audio_edition.read import read
from support.places import ARTICLES
from support.sketch import headings, sketch, texts
from support.soundness import read_or_refused, read_whole

KNOWN = ARTICLES / "known"

FERRY = (
    "The ferry to the island stopped on Monday after a strong wind broke its ramp, and nobody knows when it will "
    "sail again."
)
SHOP = "Mara Holt, who runs the only shop, said that she had bread for three days and flour for ten."
COUNCIL = "The council has asked two fishermen to carry the post, and both have said that they will do it for nothing."
STORY = [FERRY, SHOP, COUNCIL]
HARBOUR = (
    "The harbour lies on the north coast, where the river meets the sea, and about nine hundred people live beside it "
    "all year."
)
WALL = "Its wall was raised again after the great storm, at the cost of the town."
MARKET = "The market is on Friday."


def issue_of(name: str) -> Issue:
    return read_whole(KNOWN / name, name)


def article_of(name: str) -> Article:
    (article,) = issue_of(name).articles
    return article


def findings_of(name: str) -> list[Finding]:
    issue = issue_of(name)
    return [*issue.findings, *(finding for article in issue.articles for finding in article.findings)]


def told_of(name: str) -> str:
    """What the findings quote: that which is left out."""
    return "\n".join(finding.text for finding in findings_of(name))


@pytest.mark.parametrize("path", sorted(KNOWN.iterdir()), ids=lambda path: path.name)
def test_no_word_of_a_case_is_lost(path: Path) -> None:
    """Each is read with all its words, or refused in one sentence with a remedy."""
    read_or_refused(path.read_bytes(), path.name)


# --- K1, K2: notes. The paragraph that refers to one stays, whatever the way back looks like.

NOTED = [f"{HARBOUR}[^1]", "[^1]: From the town book.", f"{WALL}[^2]", "[^2]: From the log.", MARKET]
BEFORE_THE_STOP = [
    f"{HARBOUR[:-1]}[^1].", "[^1]: From the town book.", f"{WALL[:-1]}[^2].", "[^2]: From the log.", MARKET,
]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "27-wiki-notes-d-blog.html", "27-wiki-notes-e-parid.html", "28-note-backlinks-supback.html",
        "28-note-backlinks-gutenberg.html",
    ],
)  # fmt: skip
def test_notes_follow_their_paragraphs(name: str) -> None:
    """Whether the way back is superscript, leads to the paragraph itself, or stands in brackets."""
    assert [line for line in sketch(article_of(name)) if line != "***"] == NOTED


@pytest.mark.parametrize("name", ["27-wiki-notes-g.epub", "27-wiki-notes-h.epub", "28-note-backlinks-two-files.epub"])
def test_notes_of_books_follow_their_paragraphs(name: str) -> None:
    """Also where they stand in a document of their own, whose heading is then no chapter."""
    article = article_of(name)
    assert headings(article) == ["One"]
    assert [line for line in sketch(article) if not line.startswith(("#", "***"))] == NOTED


@pytest.mark.parametrize(
    "name",
    ["28-note-backlinks-word.html", "28-note-backlinks-libreoffice.html", "28-note-backlinks-wordpress.html"],
)
def test_notes_of_word_and_its_like_follow_their_paragraphs(name: str) -> None:
    """Their marks stand before the full stop."""
    assert [line for line in sketch(article_of(name)) if line != "***"] == BEFORE_THE_STOP


def test_notes_that_calibre_makes_follow_their_paragraphs() -> None:
    """Its list of definitions under a heading of its own is neither a list nor a chapter."""
    article = article_of("28-note-backlinks-calibre.epub")
    assert headings(article) == ["One"]
    assert sketch(article)[1:] == [f"{HARBOUR}[^1]", "[^1]: From the town book.", MARKET]


def test_notes_that_indesign_makes_follow_their_paragraphs() -> None:
    """The mark stands in spans in spans."""
    assert sketch(article_of("28-note-backlinks-indesign.epub"))[1:] == [
        f"{HARBOUR}[^1]", "[^1]: From the town book.", MARKET,
    ]  # fmt: skip


def test_notes_of_wikipedia_follow_their_paragraphs() -> None:
    """A note that is used twice takes no paragraph with it, and is read once; the section that is left empty is no
    chapter; requests for citations are no text."""
    article = article_of("27-wiki-notes-a.html")
    assert headings(article) == ["Trade"]
    lines = sketch(article)
    assert lines[0] == f"{HARBOUR}[^1] It was built by monks.[^2]"
    assert f"{WALL}[^3] Nobody was hurt when it fell." in lines
    assert (
        "Herring was sold here for four hundred years, most of it to the towns inland.[^3] Salt came by sea." in lines
    )
    assert "Wool followed, and then coal, and in the end visitors who came for the air.[^4][^5][^6]" in lines
    notes = [line for line in lines if line.startswith("[^")]
    assert notes == [f"[^{number}]: Source number {number}, a book." for number in range(1, 7)]
    assert lines[-1] == MARKET


@pytest.mark.parametrize(
    "name", ["27-wiki-notes-b-github.html", "27-wiki-notes-c-plain.html", "27-wiki-notes-i.epub", "27-wiki-notes-f.md"]
)
def test_a_note_that_is_used_twice_is_read_once(name: str) -> None:
    """After the paragraph that uses it first; both paragraphs stay, and the ways back are silent."""
    wall = WALL if not name.endswith("md") else "Its wall was raised again after the great storm."
    lines = [line for line in sketch(article_of(name)) if line not in ("## One", "# One", "***")]
    assert lines == [f"{HARBOUR}[^1]", "[^1]: From the town book.", f"{wall}[^1]", MARKET]


def test_the_notes_of_a_newsletter_follow_their_paragraphs() -> None:
    """Substack: marks that are bare links, the standfirst, and what asks to subscribe and to share."""
    article = article_of("20-substack-a.html")
    assert article.title == "Ferry stops after storm"
    assert "Mara Holt" in article.byline
    assert article.published == "2024-03-05"
    assert headings(article) == ["What the shop has"]
    marked = FERRY.replace("ramp,", "ramp[^1],")
    assert sketch(article) == [
        "A week on an island", marked, "[^1]: Built in 1987.", SHOP, COUNCIL,
        "## What the shop has", *STORY, "figure", "  caption: The ramp on Monday. Photo: M. Holt", "> We have flour.",
    ]  # fmt: skip
    assert "Share The Small Letter" in told_of("20-substack-a.html")


def test_notes_and_pages_of_a_book() -> None:
    """Marks are silent, pages are marked, each note is read where it is referred to, and no empty chapter is left."""
    article = article_of("12-notes-a.epub")
    assert headings(article) == ["One"]
    assert sketch(article)[1:] == [
        "The keeper rowed[^1] to the {12}rock in the dark.",
        "[^1]: In a small boat.",
        "He lit the lamp.[^2] Then he slept.{13} All was well.",
        "[^2]: An oil lamp.",
        "The Board paid him[^3] ten pounds.* And a coat.",
        "[^3]: Not in money.",
        "* In silver.",
    ]


def test_notes_of_word_documents() -> None:
    """Footnotes and endnotes stand after their paragraph; comments are left out and quoted."""
    article = article_of("08-notes-comments-a.docx")
    lines = sketch(article)
    assert lines[0].startswith("The wall is nine metres high[^")
    assert [line.partition(": ")[2] for line in lines[1:3]] == ["Measured at low tide.", "From the log of 1901."]
    assert lines[3] == "It was built of granite."
    assert "Please check this figure, Jo." in told_of("08-notes-comments-a.docx")


# --- K3: Google Docs


def test_a_page_from_google_docs() -> None:
    """Its title, its note, its nested list; the comments of its editors are left out and quoted."""
    article = article_of("17-googledocs-a.html")
    assert article.title == "Ferry stops after storm"
    assert headings(article) == ["What happened"]
    assert [line for line in sketch(article) if line != "***"][1:] == [
        f"{FERRY}[^1]", "[^1]: It was built in 1987.", SHOP, "- bread", "  - rye", "- flour", "See the notice.",
    ]  # fmt: skip
    assert "Jo, can we check the day?" in told_of("17-googledocs-a.html")
    links = [span.value for block in article.blocks for span in getattr(getattr(block, "text", None), "spans", ())]
    assert "https://example.org/" in links


# --- K4, K28: sections and lists that were taken for furniture


def test_a_section_with_a_heading_is_never_left_out_by_its_id() -> None:
    """Whatever the id resembles."""
    article = article_of("37-section-ids-a.html")
    assert headings(article) == [
        "Social life on the island", "Related work", "Sharing the bread", "Comments of the council",
    ]  # fmt: skip
    assert len(texts(article)) == 3 + 4 + 2 + 2 + 2


@pytest.mark.parametrize(("name", "heading"), [("b", "Related work"), ("c", "Social")])
def test_a_heading_is_never_left_out_by_its_id(name: str, heading: str) -> None:
    """The heading and what is under it stay."""
    article = article_of(f"37-section-ids-{name}.html")
    assert sketch(article) == [*STORY, f"## {heading}", *STORY]


def test_sections_with_headings_that_furniture_has_too_are_read() -> None:
    """“Share”, “related” and “about the author” may be what an article is about."""
    article = article_of("33-share-heading-a.html")
    assert headings(article) == ["What we share with others", "Related work", "About the author"]
    assert len(texts(article)) == 3 + 1 + 2 + 3 + 1 + 3 + 1 + 4


WORKS = ["Repair of the north wall, to be done by June", "A new lamp for the rock, paid by the parish"]
LINK_LISTS = {
    "a": ["## Work on the quay", "- The ramp is on order.", "- In progress:", *(f"  - {work}" for work in WORKS)],
    "b": [
        "These are the boats that may carry post:", "- The Gull, of Whitby", "- The Tern, of Hull",
        "- The Skua, of Blyth",
    ],
    "c": [
        "The five best walks here:", "1. Along the quay at dawn", "2. Up to the old lamp",
        "The council’s own notice on the ramp",
    ],
    "d": ["## What the council wants", *(f"- {work}" for work in WORKS)],
    "e": ["- Done:", *(f"  - {work}" for work in WORKS), "- Not begun:", "  - A bus"],
    "f": [f"- {work}" for work in WORKS],
}  # fmt: skip


@pytest.mark.parametrize("name", LINK_LISTS)
def test_a_list_of_links_amid_an_article_is_read(name: str) -> None:
    """Nested or not, under a heading or not, however long the links are."""
    assert sketch(article_of(f"56-link-lists-{name}.html")) == [*STORY, *LINK_LISTS[name], *STORY]


def test_a_table_of_links_amid_an_article_is_read() -> None:
    """So is one whose rows are links."""
    said = texts(article_of("56-link-lists-g.html"))
    assert said == [*STORY, "Plans:", "Repair of the north wall", "A new lamp for the rock", *STORY]


# --- K5, K6: letters and pictures at a word


def test_a_drop_cap_of_word_belongs_to_its_word() -> None:
    """The frame with the first letter is no paragraph."""
    assert texts(article_of("31-word-dropcap-a.docx")) == ["The ferry to the island stopped on Monday.", SHOP]


def test_drop_caps_of_books_belong_to_their_words() -> None:
    """In spans, in small letters, or as a picture."""
    assert texts(article_of("11-dropcaps-a.epub"))[1:] == [
        "THE STORM came in the night. It was loud.",
        "“Nobody slept,” said Ann.",
        "A boat was lost.",
        "The gale blew on.",
        "WILLIAM HOLT went home.",
        "I was alone.",
        "He had refused to go.",
    ]


def test_readings_and_pictures_of_characters() -> None:
    """Ruby keeps its reading, and a picture of a character stands for it."""
    lines = sketch(article_of("13-ruby-a.epub"))[1:]
    assert [line.replace("«", "").replace("»", "") for line in lines] == [
        "神聖文字(ヒエログリフ)を読む。",
        "武蔵(たけぞう)は歩いた。",
        "喰(く)い殺された。",
        "彼は憂鬱（ゆううつ）な気分だった。",
    ]


# --- K7, K8: chapters


def test_a_chapter_is_called_once_by_what_the_contents_and_its_page_say() -> None:
    """Five documents are five chapters, and no title is said twice."""
    article = article_of("40-toc-labels-a.epub")
    assert len(headings(article)) == 5
    for words in ("Rock", "Lamp", "Keeper", "Home at Last", "Acknowledgements"):
        assert sum(words in text for text in texts(article)) == 1, words
    assert headings(article)[0] == "Chapter 1: The Rock"
    assert [text for text in texts(article) if text not in headings(article)] == [
        "It stands in the sea.", "It is bright.", "He is old.", "He rows home.", "Thanks to Jo.",
    ]  # fmt: skip


def test_front_and_back_matter_of_a_book() -> None:
    """The imprint's numbers are told and not read; what a label and a heading call is one chapter."""
    article = article_of("15-frontmatter-a.epub")
    assert sum("Also by" in heading for heading in headings(article)) == 1
    assert "For Jo, who rowed." in texts(article)
    assert not any("10 9 8 7" in text for text in texts(article))
    told = told_of("15-frontmatter-a.epub")
    assert "10 9 8 7 6 5 4 3 2 1" in told
    assert "boats, 12, 14–16" in told


def test_bold_lines_are_the_chapters_of_a_book_without_headings() -> None:
    """Where the contents have one label for all of it."""
    article = article_of("14-chapters-b.epub")
    assert article.title == "The Small Book"
    assert headings(article) == ["CHAPTER ONE", "CHAPTER TWO"]
    assert [text for text in texts(article) if text not in headings(article)] == [
        "It stands in the sea. Nobody goes there.", "The lamp is bright. It turns.",
    ]  # fmt: skip


def test_bold_lines_are_the_headings_of_a_word_document_without_styles() -> None:
    """The largest is the title."""
    article = article_of("07-bold-headings-a.docx")
    assert article.title == "Village news"
    assert headings(article) == ["Cricket", "Flower show", "Dates"]
    assert len(texts(article)) == 3 + 4


def test_bold_lines_between_breaks_are_headings_of_a_blog() -> None:
    """Blogger parts its paragraphs by two breaks."""
    article = article_of("50-other-files-l.html")
    assert article.title == "Ferry stops"
    assert "What comes next" in texts(article)
    assert "The council has asked two fishermen to carry the post." in texts(article)
    assert "It will be free." in texts(article)


def test_a_contents_page_in_the_spine_is_left_out() -> None:
    """The parts stay, and so do the chapters under them; what a drawing says is told or read."""
    article = article_of("53-parts-toc-a.epub")
    assert headings(article) == ["Part One", "Chapter 1", "Chapter 2", "Part Two", "Chapter 3"]
    levels = [line.split(" ")[0] for line in sketch(article) if line.startswith("#")]
    assert levels == ["##", "###", "###", "##", "###"]
    assert "Chapter 2 ..... 9" in told_of("53-parts-toc-a.epub")
    everything = " ".join(texts(article)) + told_of("53-parts-toc-a.epub")
    assert "Map of the bay" in everything


# --- K10, K11, K12: struck words, lines, scenes


def test_struck_words_and_lines_of_a_page() -> None:
    """A price that is struck is marked, and an address keeps its lines."""
    assert sketch(article_of("19-strike-br-a.html"))[3:] == [
        "The fare is ~~£4~~ £6 this week.",
        "Holt & Son / 12 Quay Street / Whitby / Open Monday",
    ]


def test_struck_words_and_lines_of_markdown() -> None:
    """Two spaces or a backslash at the end of a line are a break."""
    said = sketch(article_of("19-strike-br-b.md"))
    assert said[3] == "The fare is ~~£4~~ £6 this week."
    lines = [line.removeprefix("/ ") for text in said[4:] for line in text.split(" / ")]
    assert lines == ["The sea is wide", "and I am small", "the gulls have cried", "above us all"]


def test_runs_of_word() -> None:
    """Breaks, hyphens, symbols, small capitals, hidden and struck words, readings."""
    article = article_of("06-runs-a.docx")
    assert sketch(article)[:2] == [
        "12 Quay Street / Whitby / Open Monday",
        "The well‑known harbour is at 12 °C today → go in.".replace("‑", texts(article)[1][8]),
    ]
    assert sketch(article)[2].endswith("Visible end. ~~Struck words.~~")
    assert "東京(とうきょう) is Tokyo." in sketch(article)
    assert "This is hidden text." not in " ".join(texts(article))
    assert "This is hidden text." in told_of("06-runs-a.docx")


def test_verse_lists_and_changes_of_a_book() -> None:
    """Lines of verse stay lines; lists keep their numbers; what is struck and inserted is marked."""
    article = article_of("16-html-bits-a.epub")
    lines = sketch(article)
    poem = [line.removeprefix("/ ") for text in lines[1:5] for line in text.split(" / ")]
    assert poem[:4] == ["The sea is wide", "and I am small", "the gulls have cried", "above us all"]
    assert [line.lstrip("> /") for line in lines if "Row, row" in line or "till the light" in line] != []
    lists = [block for block in every(article.blocks) if isinstance(block, List)]
    assert [list(each.numbers()) for each in lists if each.ordered][:3] == [[5, 9], [1, 2], [2, 1]]
    assert lists[1].style == "A"
    assert any(line.startswith("His price was ~~ten~~ ~~eleven~~ ++twelve++ pounds; the RNLI paid.") for line in lines)
    assert "Not shown." not in " ".join(texts(article))


@pytest.mark.parametrize(
    ("name", "count"), [("41-scene-breaks-a.epub", 5), ("41-scene-breaks-b.txt", 2), ("41-scene-breaks-c.md", 2)]
)
def test_a_change_of_scene_is_one(name: str, count: int) -> None:
    """Stars, a rule, an empty paragraph, a wide space, an ornament; never two in a row, never at an end."""
    article = article_of(name)
    breaks = [isinstance(block, SceneBreak) for block in article.blocks]
    assert sum(breaks) == count
    assert not breaks[0]
    assert not breaks[-1]
    assert not any(one and other for one, other in itertools.pairwise(breaks))


# --- K19: what a book says of itself


def test_what_a_book_says_of_itself_is_carried_over() -> None:
    """All who made it, as what; publisher, description, subject, series, date, cover."""
    issue = issue_of("48-book-meta-a.epub")
    (article,) = issue.articles
    said = article.metadata
    assert [(creator.name, creator.role) for creator in said.creators] == [
        ("Ann Example", "author"), ("Bob Second", "author"), ("Tina Translator", "contributor"),
    ]  # fmt: skip
    assert (said.description, said.subjects) == ("A keeper and his lamp.", ("Fiction / Sea",))
    assert (said.series, said.series_position) == ("Harbour Tales", "2")
    assert "Quay Press" in (article.source, issue.source)
    assert "1998-05-01" in (article.published, issue.published)
    assert said.cover in [image.name for image in article.images]
    assert said.cover


# --- K20: flavours of Markdown


def test_marks_of_markdown_are_not_read_aloud() -> None:
    """Callouts, highlights, links between notes, comments, tasks, shortcodes, containers, formulas and emoji."""
    article = article_of("24-markdown-a.md")
    said = " ".join(texts(article))
    for mark in ("[!", "==", "[[", "]]", "%%", "hidden comment", "^block1", "[ ]", "[x]", "{{", "youtube", ":::", "$a",
                 "$$", ":smile:", "import Tabs", "#ferry/news", "~2~", "^2^"):  # fmt: skip
        assert mark not in said, mark
    for kept in ("The ramp is broken.", "Mind the gap", "Stay off the quay.", "the harbour", "Tide table", "Bread",
                 "Buy flour", "Ask the fishermen", "The boat", "Heading here", "Row at dawn.", "costs $5 and $6",
                 "Take a coat.", "A small note.", "Term", "Its meaning.", "£4"):  # fmt: skip
        assert kept in said, kept
    assert "H2O" in said


# --- K21: what Word leaves in its documents


def test_boxes_and_word_art_are_read_once() -> None:
    """In both ways in which a document holds them."""
    assert texts(article_of("01-textboxes-a.docx")) == [
        "The quay opens at dawn. It closes at dusk.",
        "Box note: boats must wear lights.",
        "Old box: no anchoring by the wall.",
        "WordArt: Summer Fair",
        "The end of the notice.",
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    """Moves once, insertions, no deletions, joined paragraphs; and a warning says so."""
    article = article_of("02-tracked-a.docx")
    assert texts(article) == [
        "The fee is twelve pounds.",
        "A middle paragraph.",
        "The moved sentence stands once.",
        "First half of a joined sentence ends here.",
        "Boat", "Berth", "Tern", "Four",
        "After the table.",
    ]  # fmt: skip
    assert "tracked-changes" in {finding.id for finding in article.findings}


def test_fields_and_controls_are_read() -> None:
    """Content controls, fields, old form fields, boxes that are ticked; a prompt that nobody answered is told."""
    said = texts(article_of("03-fields-a.docx"))
    assert said[:2] == [
        "The captain is Mara Holt. Due on 3 May 2024. See section two and the tide page or Whitby town; custom words.",
        "A block control holds this paragraph.",
    ]
    assert said[-1].endswith("has a boat. Name: Tern.")
    assert said[-1].removeprefix("Form:").strip() != "has a boat. Name: Tern."
    assert "Choose an item." not in " ".join(said)


def test_texts_of_drawings_are_read() -> None:
    """SmartArt, the title of a chart; Word's own words on a picture are not; the header is told."""
    article = article_of("09-smartart-a.docx")
    said = texts(article)
    for words in ("Step one: cast off", "Step two: row", "Boats by year", "A boat on a beach", "A close up of a logo"):
        assert any(words in text for text in said), words
    assert not any("automatically generated" in text for text in said)
    assert "Harbour Board confidential" in told_of("09-smartart-a.docx")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("30-word-meta-a.docx", "Ferry stops"), ("30-word-meta-b.docx", "Ferry stops"),
        ("30-word-meta-c.docx", "Ferry stops"), ("29-word-html-a.html", "Ferry stops after storm"),
    ],
)  # fmt: skip
def test_what_templates_say_is_not_said(name: str, title: str) -> None:
    """No “Windows User” wrote it, and it is not called after a file or a template."""
    article = article_of(name)
    assert article.title == title
    assert article.credits == ()


def test_a_page_that_word_saved() -> None:
    """Its title has a class, its list has signs that Word put there."""
    article = article_of("29-word-html-a.html")
    assert sketch(article) == [
        FERRY, "- Bread for three days", "- Flour for ten", "## What the shop has", SHOP, COUNCIL,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["04-toc-numbered-a.docx", "04-toc-numbered-b.docx"])
def test_the_contents_of_a_word_document_are_told(name: str) -> None:
    """They are not read, since they are made of the headings."""
    article = article_of(name)
    assert [heading.split(" ", 1)[-1] if heading[0].isdigit() else heading for heading in headings(article)] == [
        "Tides", "Spring", "Winds", "Annex on fish",
    ]  # fmt: skip
    assert "Contents" in told_of(name)
    lists = [block for block in every(article.blocks) if isinstance(block, List)]
    assert any(block.ordered and block.style == "a" for block in lists)


def test_formulas_of_word_keep_their_words() -> None:
    """None is lost."""
    said = texts(article_of("05-equations-a.docx"))
    assert said[0].startswith("The area is A")
    assert said[-1] == "Water is H2O and the field is 5 m2, the 4th of June, 106 cells."


def test_tables_of_word() -> None:
    """Header rows, cells over columns, empty cells, tables for layout, tables in tables."""
    article = article_of("10-tables-a.docx")
    tables = [block for block in article.blocks if isinstance(block, Table)]
    assert sketch(dataclasses.replace(article, blocks=(tables[0],))) == [
        "| ^Boat | ^2023 | ^2024", "| Dinghy | £40 | £45", "| All boats pay at the office", "| Yacht | | –",
    ]  # fmt: skip
    assert tables[0].rows[2].cells[0].columns == 3
    said = texts(article)
    assert said.index("Layout below.") < said.index("Nested below.") < said.index("End.")
    for words in ("And it was loud.", "Outer cell", "Inner one", "Inner two"):
        assert any(words in text for text in said), words


def test_documents_inside_a_document_are_told() -> None:
    """They are not read; a caption is."""
    assert any("Figure 1: The ramp" in text for text in texts(article_of("45-altchunk-a.docx")))
    assert "embedded-left-out" in {finding.id for finding in findings_of("45-altchunk-a.docx")}


# --- K22: boilerplate


def test_a_newsletter_by_mail() -> None:
    """The tables are its layout; what is about the mail itself is told."""
    article = article_of("22-htmlmail-a.html")
    assert article.title == "Ferry stops after storm"
    assert [text for text in texts(article) if text not in ("The Small Letter", "Read more")] == [
        *STORY, "Bread", SHOP, COUNCIL,
    ]  # fmt: skip
    told = told_of("22-htmlmail-a.html")
    for words in ("View this email in your browser", "You are receiving this email", "Unsubscribe", "1 Quay Street"):
        assert words in told, words


def test_galleries_and_other_stories_are_told() -> None:
    """Captions of other pictures amid an article, and stories that are recommended behind it."""
    article = article_of("34-gallery-a.html")
    assert sketch(article) == [*STORY, *STORY]
    told = told_of("34-gallery-a.html")
    assert "town number 9" in told
    assert "Other story 8 of the day" in told


def test_what_feeds_add_to_each_entry_is_told() -> None:
    """Where it appeared first, and the link to continue."""
    (story,) = issue_of("36-rss-a.xml").articles
    assert story.title == "Ferry stops & bread lasts"
    assert sketch(story) == [*STORY, "### Bread", *STORY] or sketch(story) == [*STORY, "## Bread", *STORY]
    assert "appeared first on" in told_of("36-rss-a.xml")
    (short,) = issue_of("36-rss-b.xml").articles
    assert texts(short) == [FERRY, SHOP]
    assert "Continue reading" in told_of("36-rss-b.xml")


def test_captions_of_the_bbc() -> None:
    """The picture, its source told, and its caption once; links to other stories and what asks to follow are told."""
    article = article_of("44-bbc-captions-a.html")
    assert sketch(article) == ["figure", "  ![A broken ramp]", "  caption: The ramp on Monday", *STORY, *STORY]
    assert "Ann Holt" in article.byline
    told = told_of("44-bbc-captions-a.html")
    for words in ("Image source", "Getty Images", "Image caption", "Storm hits the coast", "Follow BBC North"):
        assert words in told, words


def test_captions_of_the_guardian() -> None:
    """The standfirst is read; newsletters and invitations are told."""
    article = article_of("44-bbc-captions-b.html")
    assert texts(article)[0] == "Shop has bread for three days"
    assert [text for text in texts(article) if text in STORY] == [*STORY, *STORY]
    assert any(text.startswith("The ramp.") for text in texts(article))
    told = told_of("44-bbc-captions-b.html")
    for words in ("Sign up to First Thing", "Do you have an opinion"):
        assert words in told, words


def test_alternative_texts_that_are_file_names_are_none() -> None:
    """A picture that is called IMG_2847.jpg has no text; one that loads later is read once."""
    article = article_of("46-web-math-b-noscript.html")
    said = texts(article)
    assert said.count("The broken ramp") == 1
    assert not {"IMG_2847.jpg", "image", "https://example.org/e.png"} & set(said)
    assert "picture-without-text" in {finding.id for finding in article.findings}


def test_formulas_of_pages_are_read_once() -> None:
    """KaTeX, Wikipedia and MathJax hold each twice."""
    (said,) = [text for text in texts(article_of("46-web-math-a.html")) if text.startswith("They say")]
    assert said.count("holds") == 1
    assert said.count("m") - said.count("sum") <= 2


def test_questions_that_unfold_are_read() -> None:
    """What is folded away can be seen by whoever asks for it."""
    article = article_of("21-details-a.html")
    assert texts(article)[1:] == [
        "When will it sail?", "Nobody knows, but the ramp is being mended.", "Is there bread?",
        "For three days, says the shop.", "Fare", "£6", "Seats", "40",
    ]  # fmt: skip


# --- K23: text that was copied from pages


def test_words_that_were_cut_at_the_ends_of_lines_are_whole() -> None:
    """And the head of a page amid a sentence is told."""
    article = article_of("43-pdf-paste-a.txt")
    said = " ".join(texts(article))
    assert "that the harbour was quiet." in said
    assert "The well-known skipper agreed." in said
    assert "THE ISLAND FERRY" not in said
    assert "THE ISLAND FERRY" in told_of("43-pdf-paste-a.txt")


def test_a_line_for_each_paragraph() -> None:
    """What comes from a program that does not wrap lines."""
    assert texts(article_of("43-pdf-paste-b.txt")) == [FERRY, SHOP, "What comes next", COUNCIL]


def test_text_from_a_notepad() -> None:
    """Bullets and numbers are lists, tabs begin paragraphs."""
    said = texts(article_of("43-pdf-paste-c-notepad.txt"))
    assert said[0] == "The ferry stopped on Monday."
    assert said[-1] == "Another indented paragraph that tells of the shop and its bread."


def test_invisible_characters_part_no_word() -> None:
    """A space without width is none."""
    said = " ".join(texts(article_of("42-typography-a.epub")))
    assert "was relit by" in said.replace("\u200b", "")
    assert "lamp" in said


# --- K24: files that are none of a reader's


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("50-other-files-f.doc", ".docx"),
        ("50-other-files-b.vtt", "subtitle"), ("50-other-files-c.srt", "subtitle"),
        ("50-other-files-e.mobi", "again"),
        ("50-other-files-h.webarchive", ""),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_refused_with_what_to_give(name: str, says: str) -> None:
    """One sentence says what it is, another what to do."""
    with pytest.raises(ReadError) as caught:
        read(KNOWN / name, name=name)
    assert says.casefold() in f"{caught.value.message} {caught.value.remedy}".casefold()


# --- K9: e-mails


def test_a_mail_of_plain_text_is_read() -> None:
    """Its subject is the headline, its sender the writer; the signature with the telephone number is told."""
    article = article_of("23-eml-b.eml")
    assert (article.title, article.byline, article.published) == ("Ferry news", "Ann", "2024-03-05")
    assert texts(article) == [
        "Dear Jo,",
        "The ferry stopped on Monday. We have bread for three days.",
        "Best wishes,",
        "Ann",
    ]
    assert "Tel. 01234 567890" in told_of("23-eml-b.eml")


def test_a_newsletter_of_two_parts_is_read_once() -> None:
    """As the page that it holds; what the list says of itself is told."""
    article = article_of("23-eml-a.eml")
    assert (article.title, article.source) == ("Ferry stops – bread for three days", "The Small Letter")
    assert sketch(article) == [FERRY, "Mara Holt, who runs the only shop, said that she had bread for three days."]
    assert "Unsubscribe" in told_of("23-eml-a.eml")


def test_a_mail_of_a_page_alone_speaks_no_tags() -> None:
    """8bit, without a plain text beside it."""
    article = article_of("23-eml-c.eml")
    assert article.title == "Ferry stops"
    assert sketch(article) == [FERRY]


# --- K13: what agencies send for other desks


WIRES = {
    "38-wire-afpfr.txt": ["ah-jr/ad/mk"],
    "38-wire-ansa.txt": [">ANSA-FOCUS/", "(ANSA).", "RED-ROS", "05-MAR-24 11:45 NNNN"],
    "38-wire-dpa.txt": [
        "dpa-Notizblock",
        "nicht zur Veröffentlichung",
        "dpa-Kontakte",
        "+49 40 0000 0000",
        "dpa jo yyn",
    ],
    "38-wire-efe.txt": ["EFE", "ah/jr/ad"],
    "38-wire-reuters.txt": ["UPDATE 2-", "(Adds quotes", "(Reporting by Ann Holt"],
    "38-wire-xinhua.txt": ["Source: Xinhua", "Editor: huaxia", "2024-03-05 18:12:30", "Enditem"],
}


@pytest.mark.parametrize("name", WIRES)
def test_what_is_for_other_desks_is_told_and_not_read(name: str) -> None:
    """Notes, contacts and sign-offs, as each agency has them."""
    article, told = article_of(name), told_of(name).split("\n")
    read_out = [article.title, *texts(article)]
    for words in WIRES[name]:
        assert any(words in line for line in told), words
        assert not any(line.endswith(words) or line.startswith(words) for line in read_out), words
    assert not any("@" in line for line in read_out)


@pytest.mark.parametrize(
    ("name", "dateline"),
    [
        ("38-wire-afpfr.txt", "Whitby (Royaume-Uni), 5 mars 2024 (AFP) -"),
        ("38-wire-ansa.txt", "(ANSA) - ROMA, 05 MAR -"),
        ("38-wire-dpa.txt", "Husum (dpa) -"),
        ("38-wire-reuters.txt", "WHITBY, March 5 (Reuters) -"),
        ("38-wire-xinhua.txt", "LONDON, March 5 (Xinhua) --"),
    ],
)
def test_datelines_of_agencies_are_taken(name: str, dateline: str) -> None:
    """Also in small letters, with months of other languages, and below what the desk wrote."""
    assert [credit.text for credit in article_of(name).credits if credit.kind == "dateline"] == [dateline]


# --- K29: what agencies send


def test_newsml_1_with_nitf_in_components_in_components() -> None:
    """Its text is found, however deep, and the dateline with the agency between slashes."""
    article = article_of("57-agency-xml-nested-components.xml")
    assert article.title == "Council keeps the harbour ferry"
    assert article.dateline.startswith("HALVOY, March 1.")
    assert article.source == "QNS"
    assert texts(article) == [
        "The council will keep the ferry for another year.", "Nine members voted for it, and eight against.",
    ]  # fmt: skip


def test_newsml_g2_with_markup_of_an_agencys_own() -> None:
    """Its elements are read in order, and a finding says that nobody knows them."""
    article = article_of("57-agency-xml-g2-vendor-body.xml")
    assert article.title == "Färjan blir kvar"
    assert texts(article)[-4:] == [
        "Kommunen behåller färjan ett år till.", "Nio ledamöter röstade för, åtta emot.", "Dyrare biljetter",
        "En enkel resa kostar från maj 42 kronor.",
    ]  # fmt: skip
    assert headings(article) == ["Dyrare biljetter"]
    assert any("own" in finding.message for finding in findings_of("57-agency-xml-g2-vendor-body.xml"))


def test_xml_of_a_senders_own_with_html_in_it() -> None:
    """It is read in a general way, with a finding."""
    article = article_of("57-agency-xml-vendor-escaped-html.xml")
    assert (article.title, article.published) == ("Ferry contract signed", "2026-03-01")
    assert sketch(article) == [
        "The harbour and the ferry company signed on Monday.",
        "The contract is worth 4 million kroner and runs for ten years.",
        "## What changes",
        "Two more crossings a day, from May.",
    ]
    assert findings_of("57-agency-xml-vendor-escaped-html.xml")


def test_a_feed_that_does_not_say_its_encoding() -> None:
    """It is taken for Windows-1252, and a finding says so."""
    (article,) = issue_of("57-agency-xml-latin-1-undeclared.rss").articles
    assert texts(article) == ["O conselho vota: nove membros a favor, oito contra a interrupção."]
    assert "encoding" in {finding.id for finding in findings_of("57-agency-xml-latin-1-undeclared.rss")}


# --- what is heard


def heard(name: str) -> list[Utterance | Pause]:
    """Every sentence and every silence of a case, in order."""
    script = make_script(KNOWN / name, Settings())
    return [part for chapter in script.chapters for part in chapter.parts]


def spoken(name: str) -> list[str]:
    return [part.spoken for part in heard(name) if isinstance(part, Utterance)]


def silence_behind(name: str, text: str) -> int:
    """How many milliseconds of silence follow a sentence."""
    parts = heard(name)
    at = next(at for at, part in enumerate(parts) if isinstance(part, Utterance) and part.text == text)
    return sum(part.milliseconds for part in parts[at + 1 : at + 2] if isinstance(part, Pause))


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("41-scene-breaks-a.epub", "She closed the door and did not look back."),
        ("41-scene-breaks-a.epub", "The morning was grey."),
        ("41-scene-breaks-a.epub", "At noon it rained."),
        ("41-scene-breaks-a.epub", "Later still, he came."),
        ("41-scene-breaks-b.txt", "The morning was grey."),
        ("41-scene-breaks-c.md", "The morning was grey."),
    ],
)
def test_a_change_of_scene_is_heard(name: str, before: str) -> None:
    """A second and a half, where paragraphs have two thirds of one."""
    assert silence_behind(name, before) == 1500


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("19-strike-br-a.html", "12 Quay Street"), ("19-strike-br-b.md", "The sea is wide"),
        ("06-runs-a.docx", "12 Quay Street"), ("16-html-bits-a.epub", "the gulls have cried"),
    ],
)  # fmt: skip
def test_the_end_of_a_line_is_heard(name: str, before: str) -> None:
    """An address or a poem is not said in one breath."""
    assert 250 < silence_behind(name, before) < 650


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("19-strike-br-a.html", "4 pounds, struck out, 6 pounds this week"),
        ("19-strike-br-b.md", "4 pounds, struck out, 6 pounds this week"),
        ("06-runs-a.docx", "Struck words, struck out"),
        ("16-html-bits-a.epub", "ten, struck out, eleven, struck out, twelve pounds"),
    ],
)
def test_struck_words_are_said_to_be(name: str, words: str) -> None:
    """Nobody takes a price for valid that the document has struck."""
    assert any(words in said for said in spoken(name))


def test_readings_are_what_is_said() -> None:
    """A word with ruby is said as its reading."""
    said = " ".join(spoken("13-ruby-a.epub"))
    for reading in ("ヒエログリフを読む", "たけぞうは歩いた", "くい殺された"):
        assert reading in said
    assert "とうきょう is Tokyo" in " ".join(spoken("06-runs-a.docx"))


def test_boxes_that_are_ticked_are_said_to_be() -> None:
    """No sign's name is said."""
    said = " ".join(spoken("03-fields-a.docx"))
    assert "ballot" not in said
    assert "checked: yes; not checked: no" in said
    assert "checked has a boat" in said


@pytest.mark.parametrize("name", ["40-toc-labels-a.epub", "14-chapters-b.epub", "12-notes-a.epub"])
def test_no_chapter_is_called_twice_and_none_is_empty(name: str) -> None:
    """Each heading is heard once, and something follows it."""
    script = make_script(KNOWN / name, Settings())
    titles = [chapter.title for chapter in script.chapters]
    assert len(set(titles)) == len(titles)
    assert all(len(chapter.utterances) > 1 for chapter in script.chapters[1:])


def test_what_is_around_a_list_and_a_table_is_heard() -> None:
    """The number of an item, the size and the heads of a table."""
    assert any(said.startswith("1. ") for said in spoken("56-link-lists-c.html"))
    said = " ".join(spoken("10-tables-a.docx"))
    assert "Boat: Dinghy" in said


def test_words_of_a_picture_in_a_line_are_words_of_their_own() -> None:
    """A letter belongs to its word, two birds do not."""
    (article,) = read_whole(
        b"<!doctype html><title>Quay</title><article><h1>Quay</h1><p>Gulls<img src=a.png alt='Two birds'>sit. "
        b"<img src=b.png alt=T>hey (<img src=c.png alt='three more'>) sleep."
    ).articles
    assert texts(article) == ["Gulls Two birds sit. They (three more) sleep."]


@pytest.mark.parametrize("player", ["vjs-control-bar", "jwplayer-wrap", "plyr__controls", "mejs-captions-selector"])
def test_what_a_player_says_of_itself_is_told(player: str) -> None:
    """Its qualities, captions and excuses are none of the article."""
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    says = "<div>High</div><div>Captions will look like this</div><div>Sorry, this video is not available.</div>"
    page = f"<!doctype html><title>Ferry</title><article><h1>Ferry</h1>{story}<div class='{player}'>{says}</div>{story}"
    (article,) = read_whole(page.encode()).articles
    assert texts(article) == [*STORY, *STORY]
    assert "Captions will look like this" in "\n".join(finding.text for finding in article.findings)
