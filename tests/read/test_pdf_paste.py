"""Copy from a PDF: words that line ends part are whole, and a page's head and number are not read out."""

from __future__ import annotations

import textwrap

import pytest

from audio_edition.model import Article
from audio_edition.read import read
from support.places import ARTICLES
from support.read_accounting import as_lines, assert_accounted
from support.work import growth

WIDTH = 70
OPENING = "The ferry to the island stopped on Monday after a strong wind broke its"
CLOSING = "and nobody knows when it will sail again, said the master of the quay on"
STORY = (
    "The ferry to the island stopped on Monday after a strong wind broke its ramp, and nobody knows when it will sail "
    "again, said the master of the harbour, who has seen three such winds, and a worse one when he was young and the "
    "quay was made of wood and the council has asked two fishermen to carry the post, and both have said that they "
    "will do it for nothing but bread and the thanks of the town, so that whoever has flour to spare may bring it to "
    "the school, where the teacher weighs it and writes down what is whose, until the end of the week and perhaps "
    "beyond it, while the doctor goes about on foot, and asks whoever has a boat to say so before evening."
)


def article(text: str, language: str = "en") -> Article:
    found = read(text.encode(), name="the test", language=language).articles[0]
    assert_accounted(text, found)
    return found


def found_in(text: str) -> dict[str, str]:
    return {finding.id: finding.text for finding in article(text).findings}


def parted(before: str, after: str, more: str = "") -> str:
    """The paragraph that two lines of prose make, one ending in `before`, the other beginning with `after`."""
    text = f"Title\n\n{OPENING} {before}\n{after} {CLOSING}\nthe morning after. {more}\n"
    (paragraph,) = as_lines(article(text))
    return paragraph.removeprefix(OPENING).partition(CLOSING)[0].strip()


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("har-", "bour", "harbour"),
        ("is-", "land", "island"),
        ("Lon-", "don", "London"),
        ("HAR-", "BOUR", "HARBOUR"),
        ("har¬", "bour", "harbour"),
        ("har\u2010", "bour", "harbour"),
        ("ex-", "ample", "example"),
        ("ill-", "ness", "illness"),
        ("un-", "known", "unknown"),
        ("Hafen-", "behörde", "Hafenbehörde"),
        ("mer-", "ci", "merci"),
        ("transbor-", "dador", "transbordador"),
        ("мес-", "то", "место"),
        ("well-", "known", "well-known"),
        ("self-", "taught", "self-taught"),
        ("Paris-", "based", "Paris-based"),
        ("US-", "backed", "US-backed"),
        ("US-", "Präsident", "US-Präsident"),
        ("Saint-", "Denis", "Saint-Denis"),
        ("mother-in-", "law", "mother-in-law"),
        ("e-", "mail", "e-mail"),
        ("1990-", "1995", "1990-1995"),
        ("dit-", "elle", "dit-elle"),
        ("кто-", "нибудь", "кто-нибудь"),
        ("non\u2011", "stop", "non\u2011stop"),
        ("biało-", "-czerwony", "biało-czerwony"),
        ("fazê-", "-lo", "fazê-lo"),
        ("just-", "in-time", "just-in-time"),
        ("pre-", "and post-war", "pre- and post-war"),
        ("Ein-", "und Ausgang", "Ein- und Ausgang"),
    ],
)
def test_a_word_is_whole_behind_the_end_of_a_line(before: str, after: str, whole: str) -> None:
    """A hyphen of the typesetter goes, the word's own stays, and neither leaves a space."""
    assert parted(before, after) == whole


@pytest.mark.parametrize(
    ("more", "whole"),
    [
        ("The icebreaker came.", "icebreaker"),
        ("The ice-breaker came.", "ice-breaker"),
        ("Ice was no breaker.", "ice-breaker"),
    ],
)
def test_the_text_itself_says_how_a_word_is_written(more: str, whole: str) -> None:
    """Where the word, or its parts as words, stand elsewhere."""
    assert parted("ice-", "breaker", more) == whole


def test_the_editor_sees_which_words_were_made_whole() -> None:
    """The finding holds the hyphens, and names the words."""
    (finding,) = article(f"Title\n\n{OPENING} har-\nbour {CLOSING}\nthe next morning.\n").findings
    assert (finding.id, finding.level, finding.place, finding.text) == ("line-hyphens", "note", "line 3", "-")
    assert "“harbour”" in finding.message


def test_soft_hyphens_at_the_end_of_a_line_go_with_it() -> None:
    """Whether the copy is wrapped or not: they say that the word goes on."""
    assert as_lines(article("Title\n\nThe har\u00ad\nbour is quiet.\n")) == ["The harbour", "is quiet."]
    assert parted("har\u00ad", "bour") == "harbour"


def test_a_hyphen_in_copy_that_is_not_wrapped_stays() -> None:
    """There a line ends where its writer wanted."""
    assert as_lines(article("Title\n\nThe score was 3-\n\nnobody knows.\n")) == ["The score was 3-", "nobody knows."]


# --- pages


def pages(*between: str) -> str:
    """Pages of two lines each, with lines between them."""
    lines = textwrap.wrap(STORY, WIDTH)
    assert len(lines) > 2 * len(between)
    for number, furniture in enumerate(between):
        lines.insert(2 + 3 * number, furniture)
    return "The Island Ferry\n\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    "between",
    [
        ["12", "13", "14"],
        ["- 12 -", "- 13 -", "- 14 -"],
        ["Page 12 of 40", "Page 13 of 40", "Page 14 of 40"],
        ["Seite 12", "Seite 13", "Seite 14"],
        ["xii", "xiii", "xiv"],
        ["12\nTHE ISLAND FERRY", "WIND AND BREAD\n13", "14\nTHE ISLAND FERRY", "WIND AND BREAD\n15"],
        ["THE ISLAND FERRY 12", "THE ISLAND FERRY 13", "THE ISLAND FERRY 14"],
        ["The Island Ferry | 12", "Halvoy Weekly | 13", "The Island Ferry | 14", "Halvoy Weekly | 15"],
        ["\n12\n\nTHE ISLAND FERRY\n", "\n13\n\nTHE ISLAND FERRY\n", "\n14\n\nTHE ISLAND FERRY\n"],
        ["Halvoy Weekly, 3 March 2026", "Halvoy Weekly, 3 March 2026", "Halvoy Weekly, 3 March 2026"],
    ],
)
def test_what_a_page_has_at_its_head_and_foot_is_left_out(between: list[str]) -> None:
    """Numbers, running heads and both, amid a sentence; the finding quotes them, and the sentence goes on."""
    text = pages(*between)
    assert as_lines(article(text)) == [STORY]
    assert found_in(text) == {"page-heads": " ".join(" ".join(between).split())}


def test_all_is_read_where_all_is_asked_for() -> None:
    """--keep-all keeps what looks like the number of a page."""
    found = read(pages("12", "13").encode(), name="the test", language="en", keep_all=True).articles[0]
    assert " 12 " in as_lines(found)[0]
    assert found.findings == ()


def test_a_word_goes_on_behind_a_page() -> None:
    """Its hyphen is told from the one that the text has."""
    text = f"Title\n\n{OPENING} har-\n12\nbour {CLOSING}\nthe next morning.\n"
    assert as_lines(article(text)) == [f"{OPENING} harbour {CLOSING} the next morning."]


@pytest.mark.parametrize(
    ("line", "blank"), [("12", True), ("Chapter 12", True), ("THE ISLAND FERRY", True), ("1848", True), ("12", False)]
)
def test_a_line_between_sentences_may_be_a_chapter(line: str, blank: bool) -> None:
    """A number or the title again, alone between paragraphs that end, stays."""
    gap = "\n\n" if blank else "\n"
    text = f"The Island Ferry\n\n{OPENING}\nramp on Monday.{gap}{line}{gap}{OPENING}\nramp on Tuesday too.\n"
    assert line in as_lines(article(text))[1].removeprefix("## ")
    assert "page-heads" not in found_in(text)


@pytest.mark.parametrize(
    "line",
    [
        "the council and the fishermen agreed on Monday that they would not",
        "MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND",
        "Patch 5.4.1",
        "Version 2.0",
        "See the first page, line 5,",
    ],
)
def test_a_line_that_stands_there_often_may_be_of_the_text(line: str) -> None:
    """A sentence that is said twice, a version, a program: not everything that comes again is a head."""
    lines = [f"{OPENING}\n{line}\n{CLOSING}\nthe next morning.\n"] * 4
    text = "Title\n\n" + "\n".join(lines)
    assert "page-heads" not in found_in(text)


def test_lines_of_a_table_are_no_heads_of_pages() -> None:
    """Short lines that are alike, with numbers, are what tables and lists are made of."""
    rows = "\n".join(f"Room {number}\n{number}" for number in range(1, 9))
    text = f"Title\n\n{OPENING}\nramp on Monday.\n\n{rows}\n"
    assert "page-heads" not in found_in(text)


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("line", ["12", "Same line", "x-", "THE ISLAND FERRY"])
def test_many_pages_take_no_longer_than_their_lines(line: str) -> None:
    """Four times as many take some four times as long."""

    def pages(count: int) -> bytes:
        return ("The Island Ferry\n\n" + f"{OPENING}\n{line}\n" * count).encode()

    assert growth(pages, lambda data: read(data, name="the test", language="en"), 5_000, 20_000) < 10


CASE = ARTICLES / "pdf-paste" / "article.txt"


def test_a_page_that_was_copied() -> None:
    """All at once, as it comes."""
    found = article(CASE.read_text(encoding="utf-8"))
    assert as_lines(found) == [
        "The ferry to the island stopped on Monday after a strong wind broke its ramp, and nobody knows when it will "
        "sail again. Mara Holt, who runs the only shop, said that she had bread for three days and flour for ten, and "
        "that the harbour was quiet.",
        "The council has asked two fishermen to carry the post, and both have said that they will do it for nothing. "
        "The well-known skipper agreed.",
    ]
