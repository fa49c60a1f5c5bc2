"""Headings in plain text: recognised where it is safe, and in doubt a paragraph; no character is lost."""

from __future__ import annotations

import pytest

from audio_edition.read import read
from support.read_accounting import as_lines, assert_accounted

OTHER = "It was wet, and nobody minded it very much."


def outline(text: str) -> list[str]:
    """The headings with a # for each level, and the other paragraphs."""
    article = read(text.encode(), name="the test", language="en").articles[0]
    assert_accounted(text, article)
    return as_lines(article)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Sand\n====\n\nText.", ["## Sand", "Text."]),
        ("Sand\n====\nText.", ["## Sand", "Text."]),
        ("A b\n---\n\nText.\n\nC d\n===\n\nText.\n\nE f\n---\n", ["## A b", "Text.", "### C d", "Text.", "## E f"]),
        ("Text.\n\n=====\nSand \n=====\n\nText.\n\nMud\n===\n", ["Text.", "## Sand", "Text.", "### Mud"]),
        ("What now?\n=========\n\nText.", ["## What now?", "Text."]),
        ("Text.\n-----\n\nMore.", ["Text.", "More."]),
        ("Text here\n---\n\nMore.", ["Text here", "More."]),
        ("Goat      Price\n----------------\nGerda         7", ["Goat Price", "Gerda 7"]),
        ("One\nTwo\n===\n\nText.", ["One", "Two", "Text."]),
        ("- a list\n--------\n\nText.", ["- a list", "Text."]),
    ],
)
def test_underlined_lines_are_headings(body: str, expected: list[str]) -> None:
    """A line of text with a row of marks of its length, alone above it; a new kind of mark is a deeper level."""
    assert outline(f"Title\n\n{body}") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("THE VOTE\n\nText.\n\nWHAT NEXT\n\nMore.", ["## THE VOTE", "Text.", "## WHAT NEXT", "More."]),
        ("THE VOTE\n\nText.", ["THE VOTE", "Text."]),
        ("“NO ENTRY”\n\nText.\n\n“NO EXIT”\n\nMore.", ["“NO ENTRY”", "Text.", "“NO EXIT”", "More."]),
        ("STOP!\n\nText.\n\nHELP!\n\nMore.", ["STOP!", "Text.", "HELP!", "More."]),
        ("ALL OF IT\n\nIS IN CAPITALS\n\nTHE WHOLE TEXT", ["ALL OF IT", "IS IN CAPITALS", "THE WHOLE TEXT"]),
        ("THE VOTE\nText.\n\nWHAT NEXT\nMore.", ["THE VOTE", "Text.", "WHAT NEXT", "More."]),
        ("قال NATO\n\nنص.\n\nقال USA\n\nنص.", ["قال NATO", "نص.", "قال USA", "نص."]),
    ],
)
def test_lines_of_capitals_are_headings_where_there_are_two(body: str, expected: list[str]) -> None:
    """One may be a sign, a name or a shout."""
    assert outline(f"Title\n\n{body}") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. One\n\nText.\n\n2. Two\n\nText.", ["## 1. One", "Text.", "## 2. Two", "Text."]),
        ("1 One\n\n1.1 Half\n\nText.\n\n2 Two\n\nText.", ["## 1 One", "### 1.1 Half", "Text.", "## 2 Two", "Text."]),
        ("1. One\n\n2. Two\n\n3. Three\n\nText.", ["One", "Two", "Three", "Text."]),
        ("1. One\n\nText.\n\n4. Four\n\nText.", ["1. One", "Text.", "4. Four", "Text."]),
        ("1. It rains.\n\nText.\n\n2. It pours.\n\nText.", ["1. It rains.", "Text.", "2. It pours.", "Text."]),
        ("12 Goats\n\nText.\n\n13 Cats\n\nText.", ["12 Goats", "Text.", "13 Cats", "Text."]),
        ("1. One\n\nText.", ["1. One", "Text."]),
    ],
)
def test_numbered_lines_are_headings_where_they_count_from_one(body: str, expected: list[str]) -> None:
    """With text between them; a list has none."""
    assert outline(f"Title\n\n{body}") == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"CHAPTER I.\n\n{OTHER}", ["## CHAPTER I.", OTHER]),
        (f"Chapter 2: The Goat\n\n{OTHER}", ["## Chapter 2: The Goat", OTHER]),
        (f"CHAPTER I.\nThe Goat\n\n{OTHER}", ["## CHAPTER I. The Goat", OTHER]),
        (f"CHAPTER I.\n\nTHE GOAT\n\n{OTHER}", ["## CHAPTER I. THE GOAT", OTHER]),
        (f"PART ONE\n\nChapter I\n\n{OTHER}", ["## PART ONE", "### Chapter I", OTHER]),
        (f"Kapitel 1\n\n{OTHER}", ["## Kapitel 1", OTHER]),
        (
            f"CONTENTS\n\nChapter I\n\nChapter II\n\nChapter I\n\n{OTHER}\n\nChapter II\n\n{OTHER}",
            ["CONTENTS", "Chapter I", "Chapter II", "## Chapter I", OTHER, "## Chapter II", OTHER],
        ),
        (f"Part of the harbour\n\n{OTHER}", ["Part of the harbour", OTHER]),
        (f"Chapter one of the story ended today.\n\n{OTHER}", ["Chapter one of the story ended today.", OTHER]),
        (f"Text before\nChapter 2\n\n{OTHER}", ["Text before", "Chapter 2", OTHER]),
    ],
)
def test_chapters_are_headings_and_their_contents_list_is_not(body: str, expected: list[str]) -> None:
    """A chapter's line stands behind a blank one and has text under it."""
    assert outline(f"Title\n\n{body}") == expected


def test_the_head_of_an_email_gives_title_author_and_date() -> None:
    """The subject is the headline; the rest of the head is in a finding, each character of it."""
    text = "From: Mara Quill <m@x.example>\nTo: d@x.org\nSubject: Goats\nDate: 21 Nov 2026 18:00\n\nText."
    article = read(text.encode()).articles[0]
    assert (article.title, article.byline, article.published) == ("Goats", "Mara Quill", "2026-11-21")
    (finding,) = [finding for finding in article.findings if finding.id == "mail-head"]
    kept = "".join("".join(part.split()) for part in (finding.text, article.title, article.byline, "Text."))
    assert sorted(kept) == sorted("".join(text.split()))


@pytest.mark.parametrize(
    "head", ["Subject: A matter of taste\n\n", "Note: this\nDate: 5\n\n", "To: be\nNot: to be\n\n"]
)
def test_lines_with_colons_are_no_email(head: str) -> None:
    """Only what has a subject and another field of an e-mail is one."""
    assert read(f"{head}Text.".encode()).articles[0].title == head.partition("\n")[0]


def test_project_gutenbergs_notices_are_left_out_and_kept_in_a_finding() -> None:
    """The book is read, not its licence; a title that the book does not repeat comes from the notice."""
    text = (
        "Notice.\n\nTitle: The Goat\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE GOAT ***\n\nOnce.\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK THE GOAT ***\n\nLicence."
    )
    article = read(text.encode()).articles[0]
    assert article.title == "The Goat"
    assert as_lines(article) == ["Once."]
    (finding,) = [finding for finding in article.findings if finding.id == "publishers-notice"]
    kept = "".join((finding.text + article.title + "Once.").split())
    assert sorted(kept) == sorted("".join(text.split()))


def test_behind_the_head_of_an_email_lines_keep_their_indents() -> None:
    """Paragraphs that are shown by an indent alone are paragraphs in an e-mail too."""
    one, two = "   The first paragraph goes over two lines of", "   The second paragraph goes over two of its"
    lines = [one, "the e-mail.", two, "lines."]
    article = read(("Subject: x\nFrom: A B <a@b.example>\n\n" + "\n".join(lines * 3)).encode()).articles[0]
    assert len(article.blocks) == 6
