"""Agencies' messages: what an editor must know is said, what nobody may hear is not, and nothing is said twice."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Finding, Issue, leaves
from audio_edition.read import read
from support.soundness import read_whole

G2 = "xmlns='http://iptc.org/std/nar/2006-10-01/'"


def nitf(head: str = "", body_head: str = "", content: str = "<p>Text.</p>", docdata: str = "") -> bytes:
    return (
        f"<nitf><head><docdata {docdata}>{head}</docdata></head><body><body.head><hedline><hl1>Goat</hl1></hedline>"
        f"{body_head}</body.head><body.content>{content}</body.content></body></nitf>"
    ).encode()


def g2(meta: str = "", content_meta: str = "", content: str = "<inlineData>Text.</inlineData>", guid: str = "a") -> str:
    return (
        f"<newsItem {G2} guid='{guid}'><itemMeta>{meta}</itemMeta><contentMeta><headline>Goat {guid}</headline>"
        f"{content_meta}</contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


KILLED_NITF = nitf(docdata="management-status='canceled'")


def message(items: str) -> str:
    return f"<newsMessage {G2}><itemSet>{items}</itemSet></newsMessage>"


def ninjs(**values: Any) -> bytes:
    return json.dumps({"uri": "x", "headline": "Goat", "body_html": "<p>Text.</p>", **values}).encode()


def newsml1(status: str, management: str = "") -> bytes:
    return (
        f"<NewsML><NewsItem><NewsManagement>{management}<Status FormalName='{status}'/></NewsManagement><NewsComponent>"
        "<NewsLines><HeadLine>Goat</HeadLine></NewsLines><ContentItem><DataContent><p>Text.</p></DataContent>"
        "</ContentItem></NewsComponent></NewsItem></NewsML>"
    ).encode()


def issue(data: bytes) -> Issue:
    return read(data, name="the test")


def said(data: bytes) -> list[str]:
    (article,) = issue(data).articles
    lines = [credit.text for credit in article.credits]
    return lines + [text.text for text in leaves(article.blocks)]


def findings(data: bytes) -> list[Finding]:
    found = issue(data)
    return [*found.findings, *(finding for article in found.articles for finding in article.findings)]


def ids(data: bytes) -> set[str]:
    return {finding.id for finding in findings(data)} - {"language-guessed"}


@pytest.mark.parametrize(
    "data",
    [
        KILLED_NITF,
        nitf(docdata="management-status='withheld'"),
        g2("<pubStatus qcode='stat:canceled'/>").encode(),
        g2("<pubStatus uri='http://cv.iptc.org/newscodes/pubstatusg2/withheld'/>").encode(),
        g2(content=f"<inlineXML>{KILLED_NITF.decode()}</inlineXML>").encode(),
        newsml1("Canceled"),
        newsml1("Usable", "<Instruction FormalName='Kill'/>"),
        ninjs(pubstatus="canceled"),
        ninjs(pubStatus="withheld"),
    ],
)
def test_a_killed_story_is_refused(data: bytes) -> None:
    """What its sender has taken back can't become an edition."""
    with pytest.raises(ReadError, match="“Goat") as caught:
        issue(data)
    assert caught.value.message.startswith("the test must not be published: its sender has marked “Goat")
    assert "sent it again" in caught.value.remedy


@pytest.mark.parametrize(
    "data",
    [
        message(g2() + g2("<pubStatus qcode='stat:canceled'/>", guid="b")),
        "<NewsML>" + (newsml1("Usable") + newsml1("Canceled")).decode().replace("<NewsML>", "").replace("</NewsML>", "")
        + "</NewsML>",
        f"[{ninjs().decode()}, {ninjs(pubstatus='canceled').decode()}]",
    ],
    ids=["newsml-g2", "newsml-1", "ninjs"],
)  # fmt: skip
def test_a_killed_story_among_others_is_left_out_and_named(data: str) -> None:
    """The rest of a message is read, and the editor told."""
    found = issue(data.encode())
    assert len(found.articles) == 1
    (finding,) = found.findings
    assert (finding.id, finding.level) == ("killed-story", "warning")
    assert "“Goat" in finding.message


@pytest.mark.parametrize(
    ("data", "until"),
    [
        (nitf("<date.release norm='20261122T060000+0100'/>", docdata="management-status='embargoed'"),
         "2026-11-22 06:00 UTC+01:00"),
        (g2("<embargoed>2026-11-22T19:00:00Z</embargoed>").encode(), "2026-11-22 19:00 UTC"),
        (g2("<embargoed/>").encode(), ""),
        (newsml1("Embargoed", "<StatusWillChange><DateAndTime>20261122T180000Z</DateAndTime></StatusWillChange>"),
         "2026-11-22 18:00 UTC"),
        (ninjs(embargoed="2026-11-22T12:00:00+01:00"), "2026-11-22 12:00 UTC+01:00"),
        (ninjs(embargoed="until the speech"), "until the speech"),
    ],
)  # fmt: skip
def test_an_embargo_is_told_with_its_time(data: bytes, until: str) -> None:
    """Nobody here knows what time it is, so it is told always."""
    (finding,) = [finding for finding in findings(data) if finding.id == "embargo"]
    assert finding.level == "warning"
    assert finding.message == (f"The story is under embargo until {until}." if until else "The story is under embargo.")
    assert finding.remedy


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (nitf("<ed-msg info='Map follows'/>"), "Map follows"),
        (nitf(body_head="<note noteclass='editorsnote'><body.content><p>New.</p></body.content></note>"), "New."),
        (nitf(content="<p>Text.</p><note type='npa'><body.content><p>Call.</p></body.content></note>"), "Call."),
        (g2("<edNote>Check names.</edNote>").encode(), "Check names."),
        (ninjs(ednote="Neu."), "Neu."),
        (ninjs(edNotes=[{"value": "Ny."}]), "Ny."),
    ],
)  # fmt: skip
def test_what_a_desk_says_to_desks_is_not_read_out(data: bytes, note: str) -> None:
    """Notes for editors are in a finding, whole, and not in the article."""
    (finding,) = [finding for finding in findings(data) if finding.id == "advice"]
    assert finding.text == note
    assert said(data) == ["Text."]


@pytest.mark.parametrize(
    ("content", "credits"),
    [
        ("<p>PARIS (AFP) - Text.</p>", ["PARIS (AFP) -"]),
        ("<p>By Jane Doe</p><p>PARIS (AFP) - Text.</p>", ["By Jane Doe", "PARIS (AFP) -"]),
        ("<p>PARIS-based goats.</p>", ["PARIS"]),
        ("<p>A summary.</p><p>Paris: Text.</p>", ["Paris:"]),
    ],
)
def test_a_dateline_or_byline_in_the_text_is_a_credit_and_said_once(content: str, credits: list[str]) -> None:  # noqa: A002
    """Metadata and text say the same; listeners hear it once, as it stands in the text."""
    data = nitf(body_head="<dateline>PARIS</dateline>", content=content)
    assert said(data)[: len(credits)] == credits
    assert " ".join(said(data)).casefold().count("paris") == 1 + ("based" in content)


def test_nitf_reads_its_own_metadata() -> None:
    """Paper, section, date, byline with its title, and the deck are where they belong."""
    data = (
        b"<nitf><head><docdata><date.issue norm='20261121T162500Z'/></docdata>"
        b"<pubdata name='The Courier' position.section='Region'/></head><body><body.head><hedline><hl1>Goat</hl1>"
        b"<hl2>Deck</hl2></hedline><byline>By <person>Jane Doe</person><byttl>Editor</byttl></byline></body.head>"
        b"<body.content><p>Text.</p></body.content><body.end><tagline>Write to us.</tagline></body.end></body></nitf>"
    )
    (article,) = issue(data).articles
    assert (article.published, article.source, article.category) == ("2026-11-21", "The Courier", "Region")
    assert said(data) == ["By Jane Doe", "Editor", "Deck", "Text.", "Write to us."]


def test_an_abstract_is_the_text_only_where_there_is_no_other() -> None:
    """A summary beside the story is not heard, and named if it is not in the story."""
    abstract = "<abstract><p>In short.</p></abstract>"
    assert said(nitf(body_head=abstract)) == ["Text."]
    assert ids(nitf(body_head=abstract)) == {"summary"}
    assert ids(nitf(body_head=abstract, content="<p>In short. And at length.</p>")) == set()
    assert said(nitf(body_head=abstract, content="")) == ["In short."]
    assert ids(nitf(body_head=abstract, content="")) == {"summary-only"}


def test_a_package_orders_its_items_and_names_their_sections() -> None:
    """The groups of a package are the sections of the paper; what no group has comes behind."""
    groups = (
        "<groupSet root='r'><group id='r'><groupRef idref='s'/><groupRef idref='t'/><groupRef idref='r'/></group>"
        "<group id='s'><title>Sport</title><itemRef residref='b'/><groupRef idref='u'/></group>"
        "<group id='t'><itemRef residref='a'/><itemRef residref='b'/></group>"
        "<group id='u'><itemRef residref='nowhere'/><groupRef idref='s'/></group></groupSet>"
    )
    package = f"<packageItem><contentMeta><headline>Morning</headline></contentMeta>{groups}</packageItem>"
    items = "".join(g2(guid=guid) for guid in "abc")
    found = issue(message(package + items).encode())
    assert found.title == "Morning"
    assert [(article.title, article.category) for article in found.articles] == [
        ("Goat b", "Sport"), ("Goat a", ""), ("Goat c", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("<inlineData contenttype='text/plain'>One.\n\nTwo.</inlineData>", ["One.", "Two."]),
        ("<inlineData contenttype='text/html'>&lt;p>One.&lt;p>Two.</inlineData>", ["One.", "Two."]),
        ("<inlineData contenttype='text/html' encoding='base64'>PHA+T25lLjwvcD4=</inlineData>", ["One."]),
        ("<inlineXML><body xmlns='http://www.w3.org/1999/xhtml'><p>One.</p></body></inlineXML>", ["One."]),
        ("<inlineData>Plain</inlineData><inlineXML><div><p>Rich</p></div></inlineXML>", ["Rich"]),
        ("<remoteContent href='http://x/'/><inlineData contenttype='text/plain'>Here.</inlineData>", ["Here."]),
    ],
)  # fmt: skip
def test_newsml_reads_the_content_that_says_most(content: str, lines: list[str]) -> None:
    """Of renditions of one text one is read: NITF, HTML, plain text, in this order."""
    assert said(g2(content=content).encode()) == lines


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<remoteContent href='http://x/'/>", "whose text is elsewhere"),
        ("<inlineXML><sports-content xmlns='s'>1-0</sports-content></inlineXML>", "no text that can be read"),
    ],
)
def test_items_without_text_are_named(content: str, why: str) -> None:
    """Nothing is fetched, and nothing passed over in silence."""
    (finding,) = issue(message(g2() + g2(content=content, guid="b")).encode()).findings
    assert finding.id == "item-without-text"
    assert why in finding.message
    with pytest.raises(ReadError, match="holds no text to read"):
        issue(g2(content=content).encode())


@pytest.mark.parametrize(
    ("values", "title", "lines"),
    [
        ({"headline": "", "headlines": [{"role": "seo", "value": "S"}, {"role": "main", "value": "M"}]}, "M",
         ["Text."]),
        ({"body_html": "", "body_text": "One.\n\nTwo."}, "Goat", ["One.", "Two."]),
        ({"body_html": "", "bodies": [{"contentType": "text/plain", "value": "P"}, {"contentType": "text/html",
          "value": "<p>H</p>"}]}, "Goat", ["H"]),
        ({"body_html": "", "bodies": [{"contentType": "application/nitf+xml", "value": nitf().decode()}]}, "Goat",
         ["Text."]),
        ({"byline": "By A B", "by": ""}, "Goat", ["By A B", "Text."]),
        ({"headline": "Cats &amp; <b>goats</b>"}, "Cats & goats", ["Text."]),
        ({"headline": None, "body_html": "<p>First of all. Then more.</p>"}, "First of all. Then more.", []),
        ({"headline": None, "body_html": "<p>First of all it was a goat. Then.</p>"}, "First of all it was a goat.",
         ["Then."]),
        ({"associations": {"p": {"type": "picture", "description_text": "A goat."}}}, "Goat", ["Text.", "A goat."]),
        ({"associations": [{"type": "graphic", "altText": "A", "description_text": "Text."}]}, "Goat", ["Text.", "A"]),
        ({"associations": [{"type": "picture", "pubstatus": "killed", "description_text": "No"}]}, "Goat", ["Text."]),
    ],
)  # fmt: skip
def test_ninjs_of_all_versions_is_read(values: dict[str, Any], title: str, lines: list[str]) -> None:
    """Headline, body, byline and captions are found under the names that each version has for them."""
    data = ninjs(**values)
    assert issue(data).articles[0].title == title
    assert said(data) == lines


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"uri": "x", "headline": "x", ', "line 1, column 31: this is not sound JSON"),
        ('{"uri": "x", "headline": "x"} x', "this is not sound JSON"),
        ('{"uri": "x", "pubstatus": "usable"}', "holds no text to read"),
        ('{"headline": ' + "[" * 100_000, "nested too deeply"),
        ('{"a": 1}', "is JSON, but neither ninjs nor a JSON Feed"),
        ("<report><p>x</p></report>", "is XML of a kind that is not known here: its first element is <report>"),
        ("<?xml version='1.0'?><article/>", "is XML of a kind that is not known here: its first element is <article>"),
        ("<nitf><body></nitf>", "is not sound XML: line 1, column"),
        (f"<newsItem {G2}/>", "holds no text to read"),
        (f"<newsMessage {G2}/>", "holds no text to read"),
        ("<NewsML/>", "holds no text to read"),
        ("<rss><channel/></rss>", "holds no text to read"),
    ],
)
def test_what_cannot_be_read_is_told_with_a_remedy(text: str, error: str) -> None:
    """One sentence names the document, the place and what to do."""
    with pytest.raises(ReadError, match=error) as caught:
        issue(text.encode())
    assert caught.value.message.startswith("the test")
    assert caught.value.remedy


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_xml_is_read_in_the_encoding_that_it_says(encoding: str) -> None:
    """A declaration or a byte order mark decides."""
    declared = encoding.removesuffix("-sig")
    data = f"<?xml version='1.0' encoding='{declared}'?><nitf><body><p>Été à Ahe</p></body></nitf>".encode(encoding)
    (article,) = issue(data).articles
    assert article.title == "Été à Ahe"


def test_a_text_is_read_without_any_parser() -> None:
    """Readers look at a document's beginning with nothing loaded: who reads plain text pays for no other format."""
    script = (
        "import sys; from audio_edition.read import read; read(b'Title\\n\\nThe text of it.', language='en');"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not {"lxml", "lxml.html", "numpy"} & set(done.stdout.split())


def test_a_face_of_letters_is_no_sheet_of_styles() -> None:
    """Some write `style` around each text."""
    record = (
        "<records><record><title><style face='bold'>Tides of the bay</style></title>"
        "<abstract><style>The tide comes in twice a day, and goes out as often.</style></abstract>"
        "<notes><style>Nobody has counted the gulls that follow it, so far.</style></notes></record></records>"
    )
    (article,) = read_whole(f"<?xml version='1.0'?>{record}".encode(), "tides.xml").articles
    assert article.title == "Tides of the bay"
    assert any("counted the gulls" in leaf.text for leaf in leaves(article.blocks))
