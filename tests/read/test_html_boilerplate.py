"""What of a page is left out, and what only looks like that: names are half of the evidence, content is the other."""

from __future__ import annotations

import re

import pytest

from audio_edition.model import Article, Heading, leaves
from audio_edition.read import html
from audio_edition.read.account import accounted
from audio_edition.read.document import Document

STORY = (
    "The ferry did not leave the harbour on Friday morning, for the third day in a row, as the company said.",
    "Nobody on the island knows when it will sail again, and the shop has bread for only three more days.",
    "The council met on Saturday and asked two fishermen to carry the post until the ramp has been mended.",
)
BODY = "".join(f"<p>{text}</p>" for text in STORY)
FLEET = "The fleet of the north has nine boats, and each of them has two nets and a crew of four."
PLANS = (
    "Repair of the north wall, to be done by June",
    "A new lamp for the rock, paid by the parish",
    "The old ferry, which nobody wants to buy",
)
LINKS = tuple(f"<a href='https://example.org/{at}'>{plan}</a>" for at, plan in enumerate(PLANS))
ITEMS = "".join(f"<li>{link}</li>" for link in LINKS)
NAMES = (
    "comentarios-del-alcalde", "how-we-share", "ads-of-the-past", "menu-of-the-day", "navigation-on-the-north-sea",
    "login-design", "sponsors-of-the-fair", "popular", "tags", "widget", "related-work", "pagination",
    "newsletter-history", "sidebar-notes", "cookie-recipes", "footer", "modal-verbs", "toc", "teaser", "comments",
    "social", "promotion", "masthead", "breadcrumb-and-bread", "feedback-loops", "donation-of-blood",
)  # fmt: skip
"""Names that boilerplate has, and slugs of headings that have its words in them."""


def _read(page: str) -> Article:
    (article,) = (issue := accounted(html.read(Document(page.encode(), "page.html")))).articles
    assert "text-unaccounted" not in {finding.id for finding in (*issue.findings, *article.findings)}
    return article


def _texts(article: Article) -> list[str]:
    return [leaf.text for leaf in leaves(article.blocks)]


def _amid(markup: str) -> Article:
    """Return an article with something amid it, which is read whole."""
    article = _read(f"<html lang=en><title>Ferry stays</title><article><h1>Ferry stays</h1>{BODY}{markup}{BODY}")
    texts = _texts(article)
    assert texts[:3] == list(STORY)
    assert texts[-3:] == list(STORY)
    return article


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tag", ["section", "div"])
def test_a_section_is_never_left_out_by_its_id(name: str, tag: str) -> None:
    """Neither with running text under its heading, nor with a short list; nor by its class, if it reads like the
    rest."""
    for markup in (
        f"<{tag} id='{name}'><h2>The fleet</h2><p>{FLEET}</p></{tag}>",
        f"<{tag} class='{name}'><h2>The fleet</h2><p>{FLEET}</p><p>{FLEET}</p></{tag}>",
        f"<{tag} id='{name}'><h2>The fleet</h2><ul><li>{FLEET}</li></ul></{tag}>",
    ):
        article = _amid(markup)
        assert "The fleet" in {block.text.text for block in article.blocks if isinstance(block, Heading)}
        assert FLEET in _texts(article)
    article = _amid(f"<{tag} id='{name}'><h2>The fleet</h2><ul><li>bread</li><li>flour</li></ul></{tag}>")
    assert _texts(article)[3:6] == ["The fleet", "bread", "flour"]


@pytest.mark.parametrize("name", NAMES)
def test_names_say_nothing_of_headings_lines_code_and_cells(name: str) -> None:
    """A highlighter calls a comment "comment"."""
    article = _amid(
        f"<h2 id='{name}'>The fleet</h2><p id='{name}' class='{name}'>Short line.</p>"
        f"<pre><code><span class='hljs-{name} {name}'># note</span> x = 1</code></pre>"
        f"<table><tr><th id='{name}'>Boat<th>Crew<tr><td class='{name}'>Gull<td>4</table>"
        f"<blockquote class='{name}'>Quoted words.</blockquote>"
    )
    assert _texts(article)[3:-3] == [
        "The fleet", "Short line.", "# note x = 1", "Boat", "Crew", "Gull", "4", "Quoted words.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "markup",
    [
        f"<ul>{ITEMS}</ul>",
        f"<ol>{ITEMS}</ol>",
        f"<p>These are the plans:</p><ul>{ITEMS}</ul>",
        f"<ul><li>Done:<ul>{ITEMS}</ul></li><li>Not begun:<ul><li>A bus</li></ul></li></ul>",
        f"<dl><dt>Plans</dt>{''.join(f'<dd>{link}</dd>' for link in LINKS)}</dl>",
        f"<div><ul>{ITEMS}</ul></div>",
        f"<section id=links><h2>What the council wants</h2><ul>{ITEMS}</ul></section>",
        f"<h2>Further reading</h2><ul>{ITEMS}</ul>",
        f"<aside><h3>Sources</h3><ul>{ITEMS}</ul></aside>",
        "".join(f"<p>{link}</p>" for link in LINKS),
        "".join(f"<div>{link}</div>" for link in LINKS),
        f"<p>{'<br>'.join(LINKS)}</p>",
        f"<table>{''.join(f'<tr><td>{link}' for link in LINKS)}</table>",
        f"<table>{''.join(f'<tr><td>{link}<td>May' for link in LINKS)}</table>",
        f"<blockquote><ul>{ITEMS}</ul></blockquote>",
        "".join(f"<h3>{link}</h3><p>{FLEET}</p>" for link in LINKS),
    ],
)
def test_links_are_read_amid_an_article(markup: str) -> None:
    """However they are listed; and what stands over them is."""
    read = " ".join(_texts(_amid(markup)))
    assert all(plan in read for plan in PLANS)
    said = re.sub("<[^>]*>", " ", markup)
    assert set(said.split()) <= set(read.split())


@pytest.mark.parametrize("where", ["{0}{1}", "{1}{0}", "{1}<h2>Sources</h2>{0}"])
def test_links_are_read_before_and_behind_an_article(where: str) -> None:
    """A list at either end may be its summary, or its sources."""
    page = where.format(f"<ul>{ITEMS}</ul>", BODY)
    assert set(PLANS) <= set(_texts(_read(f"<title>Ferry stays</title><article><h1>Ferry stays</h1>{page}")))


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        (f"<h2>Related stories</h2><ul>{ITEMS}</ul>", PLANS),
        (f"<p><strong>Read also:</strong></p><ul>{ITEMS}</ul>", PLANS),
        (f"<div><h3>Mehr zum Thema</h3><ul>{ITEMS}</ul></div>", PLANS),
        (f"<aside><p>À lire aussi</p><p>{LINKS[0]}</p></aside>", PLANS[:1]),
        (f"<p>Lea también: {LINKS[0]}</p>", PLANS[:1]),
        (f"<div>関連記事<ul>{ITEMS}</ul></div>", PLANS),
        (f"<div class='related-posts'><ul>{ITEMS}</ul></div>", PLANS),
        (
            f"<h2>More stories</h2>{''.join(f'<div><h3>{link}</h3><p>{FLEET}</p></div>' for link in LINKS)}",
            (*PLANS, FLEET, "More stories"),
        ),
        ("<p>Advertisement</p>", ("Advertisement",)),
        ("<div class=ad-slot>Buy a boat</div>", ("Buy a boat",)),
        ("<div class=share><a href='https://facebook.com/x'>Facebook</a> <a href='https://x.com'>X</a></div>", ("X",)),
        ("<p><a class='btn btn-primary' href='/s'>Send it to a friend</a></p>", ("Send it to a friend",)),
        (
            "<div class='newsletter-signup'><h3>Our morning letter</h3><p>Get the news each morning in your inbox, "
            "free of charge, before all others.</p><form><input type=email><button>Go</button></form></div>",
            ("Our morning letter", "before all others", "Go"),
        ),
        ("<aside><h4>Sign up to First Light</h4><p>Our newsletter tells what happens.</p></aside>", ("First Light",)),
        ("<div id=toc class=toc><p>Contents</p><a href='#a'>First part</a></div>", ("Contents", "First part")),
        ("<div id=toc><h2>Contents</h2><ul><li><a href='#a'>First part</a></ul></div>", ("First part",)),
        (
            f"<ul>{''.join(f'<li>{at} / 7 A boat, number {at}</li>' for at in range(1, 8))}</ul>",
            ("1 / 7", "A boat, number 7"),
        ),
        ("<p>Follow The Courier on <a href='https://x.com/c'>X</a>.</p>", ("Follow The Courier",)),
        ("<p><em>What do you think? Let us know in the comments below.</em></p>", ("What do you think?",)),
        ("<p>View this letter <a href='#'>in your browser</a></p><p><a href=#>Unsubscribe</a></p>", ("Unsubscribe",)),
    ],
)
def test_what_leads_away_is_left_out_and_told(markup: str, said: tuple[str, ...]) -> None:
    """Its words are quoted by a finding that names the reason."""
    article = _amid(markup)
    read = " ".join(_texts(article))
    told = {finding.message: finding.text for finding in article.findings if finding.id == "page-furniture"}
    for words in said:
        assert words not in read
        assert any(words in text for text in told.values())
    assert all(message.startswith("Left out: ") for message in told)


def test_a_heading_goes_with_what_stood_under_it() -> None:
    """A chapter of nothing is none."""
    pictures = "".join(f"<li><h3>{at}/9 A boat</h3><p>{FLEET}</p></li>" for at in range(1, 10))
    article = _amid(f"<div class=gallery><h2>Business in pictures</h2><ul>{pictures}</ul></div>")
    assert _texts(article) == [*STORY, *STORY]


@pytest.mark.parametrize(
    "paragraph",
    [
        "Related work has shown that boats need ramps, as <a href='https://e.example'>Holt</a> wrote in 1999.",
        "Watch the tide, says the <a href='https://e.example'>harbour office</a>, before you sail with a small boat.",
        "See also the old town, which has <a href='https://e.example'>a fine wall</a> and three gates open all day.",
        "Subscribe is what they all say, and nobody reads the letters that come by e-mail in the end.",
        "“More!” she said.",
        "More?",
        "Next.",
        "What do you think? the captain asked in an e-mail to all who had sailed with him.",
        "Follow the road on foot to <a href='https://e.example'>the harbour</a>, and turn left at the church.",
        "Sign up for the race at the harbour office, where you pay 5 pounds.",
    ],
)
def test_prose_that_begins_like_a_call_is_read(paragraph: str) -> None:
    """What is no label is a sentence."""
    assert re.sub("<[^>]*>", "", paragraph) in _texts(_amid(f"<p>{paragraph}</p>"))


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        (
            "<div id=comments><h3>2 comments</h3><ol class=commentlist><li class=comment><p>I was there, and it was "
            "worse than what you have written here.</p></li><li class=comment><p>So was I.</p></li></ol></div>",
            "I was there",
        ),
        ("<div class=author-box><h4>Mara Holt</h4><p>Mara Holt lives on the island with a dog.</p></div>", "a dog"),
        ("<footer>Imprint</footer>", "Imprint"),
        ("<p>You are receiving this because you asked. <a href='#'>Unsubscribe</a></p>", "because you asked"),
        ("<p>Sie können den <a href='#'>Newsletter abbestellen</a></p>", "Sie können den"),
    ],
)
def test_what_stands_behind_an_article_is_left_out_and_told(behind: str, said: str) -> None:
    article = _read(f"<title>Ferry stays</title><article><h1>Ferry stays</h1>{BODY}{behind}</article>")
    assert _texts(article) == list(STORY)
    assert any(said in finding.text for finding in article.findings)


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("<i><b>Image source, </b>A. Holt</i><figcaption><b>Image caption, </b>The ramp</figcaption>", "The ramp"),
        ("<b>Image copyright</b><i>Holt</i><figcaption><b>Image caption</b> The ramp</figcaption>", "The ramp"),
        ("<p><b>Bildquelle, </b>dpa</p><figcaption><b>Bildunterschrift, </b>Die Rampe</figcaption>", "Die Rampe"),
        ("<figcaption>The image source is a caption too</figcaption>", "The image source is a caption too"),
    ],
)  # fmt: skip
def test_labels_in_figures_are_told_and_not_read(caption: str, expected: str) -> None:
    """Nor is whose the picture is, where a label says so."""
    article = _amid(f"<figure><img src=a.jpg alt='A ramp'>{caption}</figure>")
    assert _texts(article)[3:-3] == ["A ramp", expected]


def test_the_sign_of_the_site_is_not_read() -> None:
    """A letter begins with it; a picture over the headline is read."""
    page = "<title>The Small Letter #12</title><article><p><img src=a.png alt='{}'></p><h1>Ferry stays</h1>{}"
    assert _texts(_read(page.format("The Small Letter", BODY))) == list(STORY)
    assert _texts(_read(page.format("A broken ramp", BODY))) == ["A broken ramp", *STORY]


def _drawing(*sizes: str) -> str:
    boards = "".join(f"<div id=g-boats-{at} class=g-artboard><p>{text}</p></div>" for at, text in enumerate(sizes))
    return f"<figure><div class=ai2html>{boards}</div><figcaption>Boats of the bay, by year.</figcaption></figure>"


def test_a_drawing_in_several_sizes_is_read_once() -> None:
    """The size with the most words, as ai2html writes it for wide windows; the others are told."""
    article = _amid(_drawing("Boats 17 18 19", "Boats by year 17 18 19", "Boats 17 19"))
    assert [text for text in _texts(article) if "Boats 1" in text or "17" in text] == ["Boats by year 17 18 19"]
    assert "Boats 17 18 19 Boats 17 19" in " ".join(finding.text for finding in article.findings)


def test_drawings_beside_each_other_that_differ_are_all_read() -> None:
    """Two that say different things are no sizes of one."""
    article = _amid(_drawing("Boats of the north 17 18", "Crews of the south 12 40"))
    assert [text for text in _texts(article) if "1" in text] == ["Boats of the north 17 18", "Crews of the south 12 40"]


@pytest.mark.parametrize(
    "line",
    [
        "<p><a href='#r'>Jump to recipe</a> <a href='/print'>Print</a></p>",
        "<a href='#r'>Jump to recipe</a>",
        "<div><a href='#rezept'>Zum Rezept</a> <button>Rezept drucken</button></div>",
    ],
)
def test_ways_to_a_part_of_the_page_are_told_and_not_read(line: str) -> None:
    """A page of recipes has them above the story."""
    article = _read(f"<article><h1>Seed cake</h1>{line}{BODY}</article>")
    assert [leaf.text for leaf in leaves(article.blocks)] == list(STORY)
    assert "page-furniture" in {finding.id for finding in article.findings}


def test_entries_of_a_page_keep_their_times() -> None:
    """A live blog that no metadata calls one. The first time is no date of the page."""
    entries = "".join(
        f"<div class=post><time datetime=2026-05-04T1{hour}:05Z>1{hour}:05</time><p>{text}</p></div>"
        for hour, text in enumerate(STORY)
    )
    article = _read(f"<main><h1>Storm live</h1><div>{entries}</div></main>")
    said = [leaf.text for leaf in leaves(article.blocks)]
    assert [text for text in said if text not in STORY] == ["10:05", "11:05", "12:05"]


def test_where_a_network_keeps_a_picture_is_not_read() -> None:
    """Its address stands at the end of a quoted post."""
    post = "<blockquote class=twitter-tweet><p>No sailing today. <a href='https://t.co/x'>pic.twitter.com/aBc1</a></p></blockquote>"
    article = _read(f"<article><h1>Storm</h1>{BODY}{post}</article>")
    assert [leaf.text.strip() for leaf in leaves(article.blocks)] == [*STORY, "No sailing today."]
    assert "pic.twitter.com/aBc1" in " ".join(finding.text for finding in article.findings)
