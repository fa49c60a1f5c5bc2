"""What e-books and Markdown say of themselves, and how what they hold is counted and named."""

from __future__ import annotations

import pytest
from documents import book
from read_golden import as_text

from audio_edition.errors import ReadError
from audio_edition.model import Article
from audio_edition.read import read


def _article(data: bytes, name: str) -> Article:
    return read(data, name=name).articles[0]


def _shown(data: bytes, name: str) -> str:
    return as_text(read(data, name=name)).removeprefix("=== article\n")


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("---\ntitle: Rain\ndate: 2026-11-22T06:00:00Z\nlang: no\n---\n",
         "title: Rain\npublished: 2026-11-22\nlanguage: no\n"),
        ("---\ntitle: 1984\nauthor: Jane Doe\n---\n", "title: 1984\nlanguage: en\nbyline: Jane Doe\n"),
        ("---\ntitle: 'Rain: more'\ndate: 2026-02\n...\n", "title: Rain: more\nlanguage: en\n"),
        ("---\nheadline: Rain\nauthors: [{name: A. B.}, C. D.]\nlanguage: de_AT\n---\n",
         "title: Rain\nlanguage: de-AT\nbyline: A. B.\nbyline: C. D.\n"),
        ("---\ntitle: Rain\ndate: 22 November 2026\nsource: The Courier\nsection: Weather\n---\n",
         "title: Rain\npublished: 2026-11-22\nlanguage: en\nsource: The Courier\ncategory: Weather\n"),
        ("+++\ntitle = 'Rain'\ndate = 2026-11-22\n+++\n", "title: Rain\npublished: 2026-11-22\nlanguage: en\n"),
        ("\ufeff---\r\ntitle: Rain\r\nlang: not a language\r\n---\r\n", "title: Rain\nlanguage: en\n"),
    ],
)  # fmt: skip
def test_front_matter_is_taken_as_written(front_matter: str, expected: str) -> None:
    """Names in use for the same thing are known, and no value turns into something else."""
    assert _shown(f"{front_matter}\nIt fell.\n".encode(), "a") == expected + "\nbody: It fell.\n"


@pytest.mark.parametrize(
    ("front_matter", "message"),
    [
        ("---\ntitle: Rain: more\n---\n", "on line 2: mapping values are not allowed here"),
        ("---\ntitle: [Rain\n---\n", "on line"),
        ("---\ntitle: !!python/object/apply:os.system ['x']\nb: *a\n---\n", "refers to another part of it on line 3"),
        ("+++\ntitle = Rain\n+++\n", "can't be understood"),
    ],
)
def test_front_matter_that_is_wrong_is_named(front_matter: str, message: str) -> None:
    """A document with a wrong title or language is worse than none."""
    with pytest.raises(ReadError, match="front matter") as refused:
        read(f"{front_matter}\nIt fell.\n".encode(), name="a.md")
    assert message in refused.value.message


def test_rules_at_the_beginning_are_no_front_matter() -> None:
    """A thematic break is one, and a row of dashes in wire copy is a separator."""
    assert _article(b"---\n\nRain\n\n---\n\nIt fell.\n", "a.md").title == "Rain"
    assert [finding.id for finding in _article(b"---\nRain\n---\nIt fell.\n", "a.txt").findings] == ["separator"]


@pytest.mark.parametrize(
    ("body", "title", "findings"),
    [
        ("Rain\n\nIt fell.", "Rain", []),
        ("It rained. " * 60, "It rained. It rained. It rained. It rained.", ["long-title"]),
        ("Weather\n\n# Rain\n\nIt fell.", "Rain", []),
        ("![A cloud](a.png)\n\n## Rain\n\nIt fell.", "A cloud", []),
        ("***\n\n## Rain\n\nIt fell.", "Rain", []),
    ],
)
def test_a_document_without_a_title_gets_one(body: str, title: str, findings: list[str]) -> None:
    """Its first words, or its only top heading; told where they had to be cut."""
    article = _article(body.encode(), "a.md")
    assert article.title == title
    assert [finding.id for finding in article.findings] == findings


def test_headings_beside_the_title_are_above_those_below_them() -> None:
    """A document may have a title, and headings of the first level that are its chapters."""
    article = _article(b"---\ntitle: Rain\n---\n# One\n\na\n\n## Two\n\nb\n\n# Three\n\nc\n", "a.md")
    assert [(section.heading, section.level) for section in article.sections[1:]] == [
        ("One", 2),
        ("Two", 3),
        ("Three", 2),
    ]


@pytest.mark.parametrize(
    ("contents", "document", "expected"),
    [
        ("1. Rain", "<h2>1</h2><h2>Rain</h2><p>a</p>", ["2 1. Rain"]),
        ("Rain", "<h1>Chapter one</h1><h2>Rain</h2><p>a</p>", ["2 Chapter one. Rain"]),
        ("Rain", "<h3>RAIN</h3><p>a</p><h4>Hail</h4><p>b</p>", ["2 RAIN", "3 Hail"]),
        ("Rain", "<p>a</p>", ["2 Rain"]),
        ("Rain", "<h2>Snow</h2><p>a</p>", ["2 Rain", "3 Snow"]),
        ("Rain", "<figure><img alt='x' src='y'/></figure><h2>Rain</h2><p>a</p>", ["2 Rain"]),
    ],
)
def test_a_chapter_is_called_what_the_contents_call_it(contents: str, document: str, expected: list[str]) -> None:
    """And its own heading is read once, where both say the same."""
    article = _article(book({"a": document}, f'<li><a href="a.xhtml">{contents}</a></li>'), "a.epub")
    assert [f"{section.level} {section.heading}" for section in article.sections[1:]] == expected


def test_a_wrong_reference_costs_no_chapter() -> None:
    """A document that is called contents and is none is read; so is one called cover that has a text."""
    text = "<p>" + "It rained on the quay and on the boats. " * 8 + "</p>"
    entries = '<li><a href="cover.xhtml">One</a></li><li><a href="b.xhtml">Two</a></li>'
    article = _article(book({"cover": text, "b": f'<div epub:type="toc">{text}</div>'}, entries), "a.epub")
    assert [len(section.paragraphs) for section in article.sections] == [0, 1, 1]
    assert not article.findings


def test_what_is_not_in_the_reading_order_is_for_its_notes() -> None:
    """An auxiliary document gives its notes, and nothing else."""
    documents = {
        "a": '<p>Rain<a epub:type="noteref" href="b.xhtml#n">1</a> fell.</p>',
        "b": '<p>Aside.</p><aside epub:type="footnote" id="n"><p>Much.</p></aside>',
    }
    spine = '<itemref idref="a"/><itemref idref="b" linear="no"/>'
    shown = _shown(book(documents, "", "", spine), "a.epub")
    assert "body: Rain fell.\nnote: Much.\n" in shown
    assert "Aside" not in shown
    assert "parts-left-out" not in shown
    documents["a"] = "<p>Rain fell.</p>"
    assert "text: 'Aside. Much.'" in _shown(book(documents, "", "", spine), "a.epub")


def test_a_date_that_is_none_is_told() -> None:
    """It may not be lost without a word."""
    (finding,) = _article(b"---\ntitle: Rain\ndate: 2026-02-30\n---\nIt fell.\n", "a.md").findings
    assert (finding.id, "2026-02-30" in finding.message) == ("date-not-understood", True)


def test_a_book_without_contents_has_the_chapters_of_its_headings() -> None:
    """The highest heading that it uses is a chapter."""
    article = _article(book({"a": "<h3>One</h3><p>a</p><h4>Two</h4><p>b</p>", "b": "<h3>Three</h3><p>c</p>"}), "a.epub")
    assert [(each.heading, each.level) for each in article.sections[1:]] == [("One", 2), ("Two", 3), ("Three", 2)]
