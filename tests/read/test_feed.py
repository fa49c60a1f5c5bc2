"""Feeds: each entry an article, in the feed's order, with the text that it holds."""

from __future__ import annotations

import json
from html import escape

import pytest

from audio_edition.model import Article, leaves
from audio_edition.read import read

LONG = "The goat went over the bridge and came back again. " * 14


def rss(item: str, channel: str = "<title>The Courier</title><language>en</language>") -> Article:
    (article,) = read(f"<rss version='2.0'><channel>{channel}<item>{item}</item></channel></rss>".encode()).articles
    return article


def lines(article: Article) -> list[str]:
    return [text.text for text in leaves(article.blocks)]


def ids(article: Article) -> list[str]:
    return [finding.id for finding in article.findings]


@pytest.mark.parametrize(
    ("description", "expected", "found"),
    [
        ("Short.", ["Short."], ["summary-only"]),
        (LONG, [LONG.strip()], []),
        (LONG + "…", [LONG + "…"], ["summary-only"]),
        (LONG + " [&#8230;]", [LONG + "[…]"], ["summary-only"]),
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."], []),
        ("One.\n\nTwo <i>x</i>.", ["One.", "Two x."], []),
        ("", [], ["headline-only"]),
    ],
)
def test_a_description_is_a_summary_or_the_text(description: str, expected: list[str], found: list[str]) -> None:
    """Many feeds have the whole text as description; what is short, or ends in dots, is a summary, and that is said."""
    article = rss(f"<title>T</title><description>{escape(description)}</description>")
    assert lines(article) == expected
    assert ids(article) == found


def test_content_goes_before_the_description() -> None:
    """A description that is the content's beginning is not told of; another is, as what it is."""
    content = "<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>&lt;p&gt;One. Two.&lt;/p&gt;</c:encoded>"
    assert ids(rss(f"<title>T</title><description>One. [...]</description>{content}")) == []
    article = rss(f"<title>T</title><description>Other.</description>{content}")
    assert (lines(article), ids(article)) == (["One. Two."], ["summary"])
    assert article.findings[0].text == "Other."


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("jo@x.example (Jo Roe)", "Jo Roe"),
        ("jo@x.example", ""),
        ("Jo  Roe", "Jo Roe"),
    ],
)
def test_an_author_is_a_name(author: str, byline: str) -> None:
    """Addresses are not read out."""
    assert rss(f"<title>T</title><description>x</description><author>{author}</author>").byline == byline


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Sat, 21 Nov 2026 23:30:00 -0500", "2026-11-21"),
        ("21 Nov 2026 10:00 GMT", "2026-11-21"),
        ("2026-11-21T10:00:00Z", "2026-11-21"),
        ("20261121T100000+0100", "2026-11-21"),
        ("yesterday", ""),
        ("Sat, 99 Nov 2026 23:30:00 -0500", ""),
        ("", ""),
        ("9" * 5000, ""),
    ],
)
def test_dates_are_days_or_nothing(date: str, day: str) -> None:
    """A date that is none does no harm."""
    assert rss(f"<title>T</title><description>x</description><pubDate>{date}</pubDate>").published == day


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<![CDATA[A <b>B</b> &amp; C]]>", "A B & C"),
        ("A &amp;amp; B", "A & B"),
        ("A &amp; B", "A & B"),
        ("1 &lt; 2", "1 < 2"),
        ("L&amp;#8217;Onde", "L’Onde"),
        ("&eacute;t&eacute;", "été"),
    ],
)
def test_titles_of_rss_may_be_html(title: str, expected: str) -> None:
    """Nobody knows which they are, so what looks like HTML is."""
    assert rss(f"<title>{title}</title><description>x</description>").title == expected


def test_entries_keep_their_order_and_empty_ones_are_named() -> None:
    """The feed's order is the editor's."""
    items = "<item><title>B</title></item><item/><item><title>A</title></item>"
    issue = read(f"<rss version='0.92'><channel><title>F</title>{items}</channel></rss>".encode())
    assert [article.title for article in issue.articles] == ["B", "A"]
    assert [finding.id for finding in issue.findings] == ["item-without-text"]
    assert (issue.title, issue.source) == ("F", "F")


def test_an_entry_may_be_in_another_language() -> None:
    """Feed, entry and passage each say theirs."""
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr'><title>F</title><entry xml:lang='de'><title>T</title>"
        "<content type='html'>&lt;p lang='en'&gt;Goat&lt;/p&gt;&lt;p&gt;Ziege&lt;/p&gt;</content></entry>"
        "<entry><title>U</title><content type='html'>Mer</content></entry></feed>"
    )
    issue = read(feed.encode())
    assert [article.language for article in issue.articles] == ["de", "fr"]
    assert [text.language for text in leaves(issue.articles[0].blocks)] == ["en", ""]


@pytest.mark.parametrize("key", ["author", "authors"])
def test_json_feeds_of_both_versions_name_their_authors(key: str) -> None:
    """Version 1 has one author, version 1.1 a list; an entry without has the feed's."""
    author = {"name": "Ann"}
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "title": "F",
        key: author if key == "author" else [author],
        "items": [{"id": "1", "title": "T", "content_text": "x"}],
    }
    assert read(json.dumps(feed).encode()).articles[0].byline == "Ann"
