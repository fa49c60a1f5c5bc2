"""Entities of a document's own are treated in one way in every format, and told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.model import Finding
from audio_edition.read.entities import MOST, Entities
from support.archives import archive
from support.documents import book_entries, page, paragraph, word
from support.sketch import texts
from support.soundness import read_or_refused, read_whole

DECLARED = (
    '<!ENTITY boat "ferry"><!ENTITY two "&boat; and &boat;"><!ENTITY said \'“it&#8217;s &amp; &eacute;”\'>'
    '<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY bold "<b>bold</b>"><!ENTITY lt2 "&#60;b>">'
    '<!ENTITY loop "&loop;">'
    f'<!ENTITY long "{"x" * 1001}"><!ENTITY a "{"y" * 300}"><!ENTITY much "&a;&a;&a;&a;"><!ENTITY % p "q">'
)
SUBSET = f"[<!-- ]> it's --> {DECLARED} <!ENTITY gt2 ']>'> ]>"


def _nitf(text: str, before: str) -> bytes:
    return f"{before}<nitf><body><body.content><p>{text}</p></body.content></body></nitf>".encode()


def _feed(text: str, before: str) -> bytes:
    item = f"<item><title>A</title><description>{text}</description></item>"
    return f'{before}<rss version="2.0"><channel><title>C</title>{item}</channel></rss>'.encode()


def _book(text: str, before: str) -> bytes:
    entries = book_entries({"a": ""}, '<li><a href="a.xhtml">One</a></li>')
    return archive({**entries, "a.xhtml": before + page(f"<p>{text}</p>")})


def _broken_book(text: str, before: str) -> bytes:
    entries = book_entries({"a": ""}, '<li><a href="a.xhtml">One</a></li>')
    return archive({**entries, "a.xhtml": before + page(f"<p>{text}<br></p>")})


FORMATS: dict[str, Callable[[str, str], bytes]] = {
    "a.docx": lambda text, before: word(paragraph("A", "Heading1") + paragraph(text), prologue=before),
    "a.epub": _book,
    "broken.epub": _broken_book,
    "a.nitf": _nitf,
    "a.rss": _feed,
    "a.xml": lambda text, before: f"{before}<story><title>A</title><p>{text}</p></story>".encode(),
    "a.html": lambda text, before: f"{before}<html><body><h1>A</h1><p>{text}</p></body></html>".encode(),
    "latin.nitf": lambda text, before: (
        _nitf(text, f'<?xml version="1.0" encoding="iso-8859-1"?>{before}').decode().encode("latin-1", "replace")
    ),
}
REST = "is late today, and nobody on the quay minds it very much"


def _read(name: str, text: str, subset: str = SUBSET) -> tuple[str, list[Finding]]:
    root = {"docx": "w:document", "epub": "html", "nitf": "nitf", "rss": "rss", "xml": "story", "html": "html"}
    data = FORMATS[name](f"{text} {REST}.", f"<!DOCTYPE {root[name.rpartition('.')[2]]} {subset}" if subset else "")
    issue = read_whole(data, name)
    findings = [*issue.findings, *(finding for article in issue.articles for finding in article.findings)]
    told = [finding for finding in findings if finding.id.startswith("entities")]
    article = issue.articles[0]
    return " ".join([article.title, *texts(article)]), told


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    ("written", "said"),
    [("The &boat;", "The ferry"), ("The &two;", "The ferry and ferry"), ("It &boat;s", "It ferrys")],
)
def test_a_short_text_is_put_in_and_told(name: str, written: str, said: str) -> None:
    """Also where it refers to another."""
    text, (finding,) = _read(name, written)
    assert f"{said} {REST}." in text
    assert (finding.id, finding.level) == ("entities", "note")
    assert "]" not in text


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "latin.nitf"])
def test_letters_in_it_are_as_they_are_meant(name: str) -> None:
    """Names of characters, numbers, quotation marks."""
    text, _ = _read(name, "&said;")
    assert f"“it’s & é” {REST}." in text


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("entity", ["file", "bold", "lt2", "loop", "long", "much"])
def test_any_other_is_left_out_and_told(name: str, entity: str) -> None:
    """What would have to be loaded, has markup in it, refers to itself or grows long; the text around it is read."""
    text, (finding,) = _read(name, f"The &{entity}; ferry")
    assert f"The ferry {REST}." in text
    assert (finding.id, finding.level, finding.text) == ("entities-left-out", "warning", f"&{entity};")
    assert f"&{entity};" in finding.message
    assert finding.remedy


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("a.html", "broken.epub")])
@pytest.mark.parametrize("subset", [SUBSET, ""])
def test_one_that_nothing_declares_is_left_out_of_xml(name: str, subset: str) -> None:
    """Whether or not something else is declared."""
    text, (finding,) = _read(name, "The &nobody; ferry", subset)
    assert f"The ferry {REST}." in text
    assert finding.text == "&nobody;"


def test_one_that_nothing_declares_is_text_on_a_page() -> None:
    """As browsers show it."""
    assert _read("a.html", "AT&T; and R&D;", "") == (f"A AT&T; and R&D; {REST}.", [])


def test_what_xml_takes_as_written_stays() -> None:
    """In CDATA a name is no reference."""
    text, told = _read("a.xml", "The <![CDATA[&boat; &x;]]> <!-- &y; --> &#38;boat;")
    assert text == f"A The &boat; &x; &boat; {REST}."
    assert told == []


_PIECES = [
    "&boat;",
    "&two;",
    "&nobody;",
    "&amp;",
    "&",
    ";",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "]",
    "]>",
    '"',
    "'",
    "ferry ",
    "<p>",
]


@given(
    st.lists(st.sampled_from(_PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from([*_PIECES, "<!ENTITY boat ", '"ferry">', "[", ">"]), max_size=12).map("".join),
    st.sampled_from(sorted(FORMATS)),
)
def test_no_declaration_makes_a_reader_fail(text: str, subset: str, name: str) -> None:
    """Whatever is in it: a sound article, or a refusal with its remedy."""
    if name != "latin.nitf":
        read_or_refused(FORMATS[name](text, f"<!DOCTYPE x [{subset}]>"), name)


def test_the_count_is_bounded() -> None:
    """More references than any document has are a trap."""
    entities = Entities()
    text = '<!DOCTYPE x [<!ENTITY a "b">]><x>' + "&a;" * MOST
    assert entities.resolved(text, "a", is_xml=True).endswith("b" * MOST)
    refused = read_or_refused(FORMATS["a.nitf"]("&a;" * (MOST + 1), '<!DOCTYPE nitf [<!ENTITY a "b">]>'), "a.nitf")
    assert "1,000 times" in str(refused)
