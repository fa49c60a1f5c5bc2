"""Texts in a sender's own markup, and in XML of unknown kinds, are read in order, and the editor is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Article, Finding, Issue
from audio_edition.read import read
from support.read_accounting import as_lines
from support.soundness import read_whole
from support.work import growth

G2 = "xmlns='http://iptc.org/std/nar/2006-10-01/'"
COUNCIL = "The council keeps the ferry for one more year."
TICKET = "A ticket costs forty-two crowns from May on."


def issue(data: str) -> Issue:
    return read_whole(data.encode(), "the test")


def article(data: str) -> Article:
    (found,) = issue(data).articles
    return found


def ids(found: Issue) -> set[str]:
    findings: list[Finding] = [*found.findings, *(finding for one in found.articles for finding in one.findings)]
    return {finding.id for finding in findings} - {"language-guessed"}


def g2(body: str) -> str:
    meta = "<contentMeta><headline>Ferry stays</headline><language tag='en'/></contentMeta>"
    return f"<newsItem {G2} guid='x'>{meta}<contentSet>{body}</contentSet></newsItem>"


def g1(body: str, medium: str = "Text") -> str:
    lines = "<NewsLines><HeadLine>Ferry stays</HeadLine></NewsLines>"
    content = f"<ContentItem><MediaType FormalName='{medium}'/><DataContent>{body}</DataContent></ContentItem>"
    inner = f"<NewsComponent><NewsComponent>{content}</NewsComponent></NewsComponent>"
    return f"<NewsML><NewsItem><NewsComponent xml:lang='en'>{lines}{inner}</NewsComponent></NewsItem></NewsML>"


BODIES = [
    f"<BODY xmlns=''><RUBRIK>Ferry stays</RUBRIK><P>{COUNCIL}</P><MELLANRUBRIK>Dearer</MELLANRUBRIK><P>{TICKET}</P>"
    "</BODY>",
    f"<story xmlns='urn:x'><hed>Ferry stays</hed><para>{COUNCIL}</para><crosshead>Dearer</crosshead>"
    f"<para>{TICKET}</para></story>",
    f"<TEXT><ABSATZ>{COUNCIL}</ABSATZ><ZWT>Dearer</ZWT><ABSATZ>{TICKET}</ABSATZ></TEXT>",
    f"<block><block><line>{COUNCIL}</line></block><sub.title>Dearer</sub.title><line>{TICKET}</line></block>",
    f"<content><para>The council <b>keeps</b> the <x:org xmlns:x='urn:x'>ferry</x:org> for one more year.</para>"
    f"<intertitre>Dearer</intertitre><para>{TICKET}</para></content>",
    f"<txt><p>{COUNCIL}</p><kop>Dearer</kop><p>{TICKET}</p></txt>",
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("form", ["g2", "g2 data", "g1", "g1 complex", "g1 data"])
def test_a_body_in_a_senders_own_markup_is_read_in_order(form: str, body: str) -> None:
    """Paragraphs, and what looks like a subheading as one, in any element names; held as elements or as text."""
    held = f"<![CDATA[{body}]]>"
    data = {
        "g2": g2(f"<inlineXML contenttype='application/x-agency+xml'>{body}</inlineXML>"),
        "g2 data": g2(f"<inlineData contenttype='application/x-agency+xml'>{held}</inlineData>"),
        "g1": g1(body),
        "g1 complex": g1(body, "ComplexData"),
        "g1 data": g1(held),
    }[form]
    found = article(data)
    assert (found.title, as_lines(found)) == ("Ferry stays", [COUNCIL, "## Dearer", TICKET])
    assert [finding.id for finding in found.findings] == ["own-markup"]


@pytest.mark.parametrize(
    "content",
    [
        g2("<inlineXML><sports xmlns='s'><score>1-0</score><team>Ahe</team></sports></inlineXML>"),
        g1("<table><score>1-0</score></table>", "ComplexData"),
        g1("<jpeg>AAAA</jpeg>", "Photo"),
    ],
)
def test_content_without_a_sentence_is_no_text(content: str) -> None:
    """Scores and pictures are refused as before."""
    with pytest.raises(ReadError, match="holds no text to read"):
        read(content.encode(), name="the test")


@pytest.mark.parametrize("medium", ["Text", "ComplexData"])
@pytest.mark.parametrize("held", [False, True])
def test_nitf_is_found_however_deep(medium: str, held: bool) -> None:
    """In components of components, as an element or as text."""
    nitf = (
        "<nitf><body><body.head><hedline><hl1>Ferry stays</hl1></hedline></body.head>"
        f"<body.content><p>HALVOY, March 1. /QNS/. {COUNCIL}</p></body.content></body></nitf>"
    )
    found = article(g1(f"<![CDATA[{nitf}]]>" if held else nitf, medium))
    assert (found.title, found.dateline, as_lines(found)) == ("Ferry stays", "HALVOY, March 1. /QNS/.", [COUNCIL])
    assert (found.language, found.findings) == ("en", ())


# --- XML of unknown kinds


def test_a_press_release_is_read() -> None:
    """Its title, date, author, sentences and subheadings; numbers and keys are quoted and not read."""
    found = issue(
        f"<?xml version='1.0'?><release lang='en'><id>77</id><headline>Ferry stays</headline><byline>Jo Ray</byline>"
        f"<published>2026-03-01T09:00:00Z</published><text><para>{COUNCIL}</para><subhead>Dearer</subhead>"
        f"<para>{TICKET}</para><para>So it is.</para></text><copyright>All of it is ours and nobody else's.</copyright>"
        "<photo>" + "QUJD" * 400 + "</photo></release>"
    )
    (only,) = found.articles
    assert (only.title, only.byline, only.published, only.language) == ("Ferry stays", "Jo Ray", "2026-03-01", "en")
    assert as_lines(only) == [COUNCIL, "## Dearer", TICKET, "So it is."]
    assert ids(found) == {"unknown-xml", "xml-data"}
    (left_out,) = [finding for finding in only.findings if finding.id == "xml-data"]
    assert left_out.text == "All of it is ours and nobody else's. 77 2026-03-01T09:00:00Z"
    assert "<release>" in found.findings[0].message


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"&lt;p&gt;{COUNCIL}&lt;/p&gt;&lt;h2&gt;Dearer&lt;/h2&gt;&lt;p&gt;{TICKET}&lt;/p&gt;",
         [COUNCIL, "## Dearer", TICKET]),
        (f"<![CDATA[<p>{COUNCIL}</p><ul><li>one</li></ul>]]>", [COUNCIL, "one"]),
        (f"{COUNCIL}\n\n{TICKET}", [COUNCIL, TICKET]),
        (f"<p>{COUNCIL}</p><p>{TICKET}</p>", [COUNCIL, TICKET]),
        (f"<absatz>{COUNCIL}</absatz><zwischentitel>Dearer</zwischentitel><absatz>{TICKET}</absatz>",
         [COUNCIL, "## Dearer", TICKET]),
        (f"<div><head>Dearer</head><p>{TICKET}</p><lg><l>The sea is wide</l></lg></div>",
         ["## Dearer", TICKET, "The sea is wide"]),
    ],
)  # fmt: skip
def test_a_text_is_found_in_any_form(text: str, lines: list[str]) -> None:
    """HTML that is escaped or in CDATA, plain text, elements."""
    found = article(f"<doc><titel>Ferry stays</titel><inhalt>{text}</inhalt><nr>5</nr></doc>")
    assert (found.title, as_lines(found)) == ("Ferry stays", lines)


def test_several_stories_are_several_articles() -> None:
    """Elements of one name that each have a title; what is beside them is told of the issue."""
    stories = "".join(
        f"<article><title>{title}</title><body>{text}</body></article>"
        for title, text in [("A", COUNCIL), ("B", TICKET)]
    )
    found = issue(f"<export><name>Morning</name><count>2</count>{stories}</export>")
    assert (found.title, [one.title for one in found.articles]) == ("Morning", ["A", "B"])
    assert [as_lines(one) for one in found.articles] == [[COUNCIL], [TICKET]]
    assert found.findings[-1].text == "2"


def test_sections_of_a_book_are_chapters() -> None:
    """Titles of parts are headings, and the first is the book's."""
    parts = "".join(f"<section><title>{title}</title><para>{COUNCIL}</para></section>" for title in ("One", "Two"))
    found = article(f"<book xml:lang='en'><info><title>All</title></info>{parts}</book>")
    assert (found.title, as_lines(found)) == ("All", ["## One", COUNCIL, "## Two", COUNCIL])


@pytest.mark.parametrize(
    "data",
    [
        "<config><server port='80'>localhost</server></config>",
        "<?xml version='1.0'?><rates><usd>1.1</usd><nok>11.4</nok></rates>",
        "<x></x>",
    ],
)
def test_xml_without_a_sentence_is_refused_by_its_root(data: str) -> None:
    """The message says what it is and what is missing."""
    with pytest.raises(ReadError, match=r"its first element is <(config|rates|x)>, and it has no sentence") as caught:
        read(data.encode(), name="the test")
    assert caught.value.remedy


@pytest.mark.parametrize("encoding", ["iso-8859-1", "cp1252"])
@pytest.mark.parametrize("declaration", ["", "<?xml version='1.0'?>", "<?xml version='1.0' encoding='UTF-8'?>"])
def test_feeds_and_messages_in_undeclared_western_bytes_are_read(declaration: str, encoding: str) -> None:
    """As Windows-1252, with a warning."""
    feed = f"{declaration}<rss><channel><title>Notícias</title><item><title>Interrupção</title></item></channel></rss>"
    found = read(feed.encode(encoding), name="the test")
    assert (found.title, found.articles[0].title) == ("Notícias", "Interrupção")
    assert found.findings[0].id == "encoding"
    nitf = f"{declaration}<nitf><body><body.content><p>Été à Ahe, où il pleut.</p></body.content></body></nitf>"
    assert read(nitf.encode(encoding), name="the test").articles[0].title == "Été à Ahe, où il pleut."


def test_bytes_that_are_of_no_such_encoding_are_refused() -> None:
    """Russian bytes would be nonsense."""
    feed = "<rss><channel><title>Новости порта и парома</title><item><title>Паром</title></item></channel></rss>"
    with pytest.raises(ReadError, match="neither UTF-8 nor Windows-1252"):
        read(feed.encode("cp1251"), name="the test")


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize(
    ("written", "size"),
    [
        (lambda n: "<x>" + "<a><title>T</title>" * n + f"<p>{COUNCIL}</p>" + "</a>" * n + "</x>", 80),
        (lambda n: "<x>" + f"<item><title>T</title><p>{COUNCIL}</p></item>" * n + "</x>", 4_000),
        (lambda n: "<x>" + "<a>1</a>" * n + f"<p>{COUNCIL}</p></x>", 50_000),
        (lambda n: "<x>" + f"<dateline>{COUNCIL}</dateline>" * n + "</x>", 10_000),
        (lambda n: f"<x>{COUNCIL}" + "<a>word</a> word " * n + "</x>", 30_000),
        (lambda n: "<x>" + "<head>a b</head>" * n + f"<p>{COUNCIL}</p></x>", 30_000),
    ],
)
def test_large_documents_take_no_longer_than_their_elements(written: Callable[[int], str], size: int) -> None:
    """Nothing is looked at once for each other: four times as much takes some four times as long, not sixteen."""
    assert growth(written, lambda text: read(text.encode(), name="the test", language="en"), size // 4, size) < 10


# --- a headline again


@pytest.mark.parametrize("again", ["FERRY STAYS", "Ferry stays"])
def test_a_second_heading_like_the_title_is_a_chapter(again: str) -> None:
    """Only at the very beginning it says the title again."""
    body = f"<h2>{again}</h2><p>{COUNCIL}</p><h2>{again}</h2><p>{TICKET}</p>"
    found = article(g2(f"<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body>{body}</body></html></inlineXML>"))
    assert as_lines(found) == [COUNCIL, f"## {again}", TICKET]


def test_headings_that_differ_by_case_are_two_chapters() -> None:
    """None is another's repetition."""
    body = f"<p>{COUNCIL}</p><h2>Bread</h2><p>{TICKET}</p><h2>BREAD</h2><p>{TICKET}</p>"
    found = article(g2(f"<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><body>{body}</body></html></inlineXML>"))
    assert as_lines(found) == [COUNCIL, "## Bread", TICKET, "## BREAD", TICKET]
    plain = f"Ferry stays\n\n- Bread -\n\n{COUNCIL}\n\n- BREAD -\n\n{TICKET}\n\n- Ferry stays -\n\n{TICKET}\n"
    assert as_lines(read(plain.encode()).articles[0]) == [
        "## Bread", COUNCIL, "## BREAD", TICKET, "## Ferry stays", TICKET,
    ]  # fmt: skip
