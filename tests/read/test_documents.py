"""What Word documents, e-books and Markdown say of themselves, and how what they hold is counted and named."""

from __future__ import annotations

import pytest
from documents import paragraph, word
from read_golden import as_text

from audio_edition.model import Article, Heading
from audio_edition.read import read


def _article(data: bytes, name: str) -> Article:
    return read(data, name=name).articles[0]


def _shown(data: bytes, name: str) -> str:
    return as_text(read(data, name=name)).removeprefix("=== article\n")


@pytest.mark.parametrize(
    ("body", "title", "findings"),
    [
        ("Rain\n\nIt fell.", "Rain", []),
        ("It rained. " * 60, "It rained. It rained. It rained. It rained.", ["long-title"]),
        ("Weather\n\n# Rain\n\nIt fell.", "Rain", []),
        ("![A cloud](a.png)\n\n## Rain\n\nIt fell.", "Rain", []),
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
    found = [(block.text.text, block.level) for block in article.blocks if isinstance(block, Heading)]
    assert found == [("One", 2), ("Two", 3), ("Three", 2)]


NUMBERED = """
    <w:abstractNum w:abstractNumId="0">
      <w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>
    </w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""


@pytest.mark.parametrize(
    ("form", "text", "start", "expected"),
    [
        ("decimal", "%1.", "1", ["1. a", "2. a"]),
        ("decimal", "Rule %1:", "9", ["Rule 9: a", "Rule 10: a"]),
        ("lowerLetter", "(%1)", "26", ["(z) a", "(aa) a"]),
        ("upperRoman", "%1", "4", ["IV a", "V a"]),
        ("decimalZero", "%1", "0", ["00 a", "01 a"]),
        ("bullet", "•", "1", ["a", "a"]),
        ("none", "", "1", ["a", "a"]),
        ("upperRoman", "%1", "99999999", ["99999999 a", "100000000 a"]),
    ],
)
def test_lists_of_word_keep_their_numbers(form: str, text: str, start: str, expected: list[str]) -> None:
    """As they are printed, whatever they are printed with."""
    item = paragraph("a", "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    numbering = NUMBERED.format(start=start, format=form, text=text)
    article = _article(word(paragraph("T", "Title") + item * 2, {"numbering": numbering}), "a.docx")
    assert [each.text for each in article.sections[0].paragraphs] == expected


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>open</w:t></w:r>', "open"),
        ('<w:fldSimple w:instr=" TOC "><w:r><w:t>x</w:t></w:r></w:fldSimple><w:r><w:t>y</w:t></w:r>', "y"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase>"
         "</w:ruby></w:r>", "漢"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt>"
         "<w:r><w:t>y</w:t></w:r>", "y"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>', "shown"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a b c"),
        ('<w:moveTo><w:r><w:t>new</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom>', "new"),
        ('<w:r><w:pict><v:shape><v:textpath string="Wave"/></v:shape></w:pict></w:r>', "Wave"),
    ],
)  # fmt: skip
def test_word_is_read_as_it_shows_itself(runs: str, expected: str) -> None:
    """Fields by their results, controls by their content, changes as accepted."""
    article = _article(word(paragraph("T", "Title") + f"<w:p>{runs}</w:p>"), "a.docx")
    assert [each.text for each in article.sections[0].paragraphs] == [expected]


def test_what_word_has_and_nobody_can_read_is_named() -> None:
    """Symbols of unknown fonts, and documents in the document."""
    runs = '<w:p><w:r><w:t>x</w:t><w:sym w:font="Webdings" w:char="F001"/></w:r></w:p><w:altChunk/>'
    found = [finding.id for finding in _article(word(paragraph("T", "Title") + runs), "a.docx").findings]
    assert found == ["symbols-left-out", "embedded-left-out"]


def test_a_date_that_is_none_is_told() -> None:
    """It may not be lost without a word."""
    (finding,) = _article(b"---\ntitle: Rain\ndate: 2026-02-30\n---\nIt fell.\n", "a.md").findings
    assert (finding.id, "2026-02-30" in finding.message) == ("date-not-understood", True)
