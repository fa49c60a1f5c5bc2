"""What is deep, alone or unclosed, and what nobody sees within a word: read, or told."""

from __future__ import annotations

import pytest

from support.documents import book
from support.sketch import sketch, texts
from support.soundness import read_whole

TEXT = "The text of it."


def _deep(opening: str, closing: str, depth: int) -> str:
    return opening * depth + TEXT + closing * depth


@pytest.mark.parametrize("depth", [5_000, 20_000])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [("<div>", "</div>"), ("<span>", "</span>"), ("<ul><li>", ""), ("<blockquote>", ""), ("<b>", "</b>")],
)
def test_a_text_under_thousands_of_elements_is_read(opening: str, closing: str, depth: int) -> None:
    """On a page, in a feed, in Markdown and in a book; more is refused, see test_hostile_documents."""
    deep = _deep(opening, closing, depth // opening.count("<"))
    (article,) = read_whole(f"<!doctype html><title>Deep</title><h1>Deep</h1>{deep}".encode(), "a.html").articles
    assert texts(article) == [TEXT] or texts(article) == ["Deep", TEXT]
    item = f"<item><title>Deep</title><description><![CDATA[{deep}]]></description></item>"
    (article,) = read_whole(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode(), "a.rss").articles
    assert texts(article) == [TEXT]
    if opening == "<div>":
        (article,) = read_whole(f"# Deep\n\n{deep}\n".encode(), "a.md").articles
        assert texts(article) == [TEXT]
        (article,) = read_whole(book({"a": f"<h1>Deep</h1>{deep}"}), "a.epub").articles
        assert TEXT in texts(article)


@pytest.mark.parametrize(
    "page",
    [
        "<h1>One</h1><h2>Two</h2><h2>Three</h2>", "<main><h1>One</h1><h2>Two</h2><h2>Three</h2></main>",
        "<title>One</title><h1>One</h1><div><h2>Two</h2></div><section><h2>Three</h2></section>",
    ],
)  # fmt: skip
def test_a_page_of_headings_alone_is_read(page: str) -> None:
    """An agenda, or an article that is still to be written."""
    (article,) = read_whole(f"<!doctype html><html><body>{page}</body></html>".encode(), "a.html").articles
    said = [article.title, *(line.lstrip("# ") for line in sketch(article))]
    assert [line for line in said if line != "a"] == ["One", "Two", "Three"]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
@pytest.mark.parametrize("hidden", ["\u200b", "\u2060", "\u00ad", "\ufeff", "\u200c", "\u200d", "\u200b\u200b"])
def test_what_nobody_sees_parts_no_word(name: str, hidden: str) -> None:
    """Spaces without width, joiners, soft hyphens; in plain text and Markdown a finding has them."""
    title, text = f"A har{hidden}bour", f"The Auf{hidden}lage of the fer{hidden}ry is small."
    data = {
        "a.txt": f"{title}\n\n{text}\n",
        "a.md": f"# {title}\n\n{text}\n",
        "a.html": f"<h1>{title}</h1><p>{text}</p>",
    }
    (article,) = read_whole(data[name].encode(), name).articles
    assert (article.title, texts(article)) == ("A harbour", ["The Auflage of the ferry is small."])
    if name != "a.html":
        assert [finding.text for finding in article.findings if finding.id == "control-characters"] == [hidden * 3]


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
@pytest.mark.parametrize("text", ["می‌خواهم", "क्‍ष", "👨‍👩‍👧", "ต้นไม้​สวย", "ដើម​ឈើ", "سلام‌علیکم"])
def test_what_letters_are_spelt_with_stays(name: str, text: str) -> None:
    """Joiners in Persian, Hindi and emoji; spaces without width in Thai and Khmer."""
    data = f"Head\n\nOf it: {text} a\n" if name == "a.txt" else f"<h1>Head</h1><p>Of it: {text} a</p>"
    (article,) = read_whole(data.encode(), name).articles
    assert texts(article) == [f"Of it: {text} a"]


@pytest.mark.parametrize("mark", ["<D>", "</c>", "<D", "<1>", "<a.b>", "a < b", "<>", "</>", "<!-- open"])
def test_what_only_looks_like_a_tag_stays_in_markdown(mark: str) -> None:
    """In titles, paragraphs, lists and tables."""
    text = f"# A {mark} title\n\nA {mark} text.\n\n- A {mark} item\n"
    (article,) = read_whole(text.encode(), "a.md").articles
    assert article.title == f"A {mark} title"
    assert texts(article) == [f"A {mark} text.", f"A {mark} item"]


@pytest.mark.parametrize(
    "opening", ["<!-- ", "<script>", "<style>", "<title>", "<p ", "<![CDATA[ ", "<!x ", "<?x "]
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.html", "a.rss", "a.md"])
def test_what_follows_something_unclosed_is_told(opening: str, name: str) -> None:
    """No browser shows it; whoever wrote it should know. In Markdown some of it is text."""
    rest = f"{opening}what follows is lost"
    page = f"<h1>Head</h1><p>{TEXT}</p>{rest}"
    item = f"<item><title>Head</title><description><![CDATA[{page.replace(']]', '')}]]></description></item>"
    data = {
        "a.html": page,
        "a.rss": f'<rss version="2.0"><channel>{item}</channel></rss>',
        "a.md": f"# Head\n\n{TEXT}\n\n{rest}\n",
    }
    (article,) = read_whole(data[name].encode(), name).articles
    told = " ".join(finding.text for finding in article.findings)
    assert "what follows is lost" in f"{told} {' '.join(texts(article))}"


@pytest.mark.parametrize(
    "page", ["<script>a</script>", "<!-- a -->", "<!-->", "<!--->", "<style>a</style>", "a < b", "x &lt;!-- y"]
)
def test_what_is_closed_is_no_finding(page: str) -> None:
    """Nor is a sign that begins no tag."""
    (article,) = read_whole(f"<h1>Head</h1><p>{TEXT}</p><p>{page}".encode(), "a.html").articles
    assert not [finding for finding in article.findings if finding.id == "markup-unclosed"]


@pytest.mark.parametrize("after", ["hat", " and more"])
@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("a.md", "People[^a]{} came.\n\nMore of it.\n\n[^a]: The crew.\n"),
        ("a.md", "# The quay\n\nPeople[^a]{} came.\n\n[^a]: The crew.\n"),
        ("a.html", "<h1>People<sup><a href='#n' role=doc-noteref>1</a></sup>{} came.</h1><p>More of it.</p>"
         "<aside id=n role=doc-footnote><p>1 The crew.</p></aside>"),
    ],
)  # fmt: skip
def test_the_mark_of_a_note_is_told_or_read_wherever_it_stands(name: str, document: str, after: str) -> None:
    """In a title, and inside a word."""
    (article,) = read_whole(document.format(after).encode(), name).articles
    assert f"People{after}" in " ".join((article.title, *texts(article)))
    assert "The crew." in texts(article)
