"""What a feed's program writes behind each text is not read out; the text is, to its last word."""

from __future__ import annotations

from html import escape

import pytest

from audio_edition.model import Article, leaves
from audio_edition.read import read
from support.soundness import read_whole

TEXT = "<p>The ferry stopped on Monday.</p><p>Nobody knows when it will sail again.</p>"
SAID = ["The ferry stopped on Monday.", "Nobody knows when it will sail again."]


def feed(text: str, title: str = "Ferry stops", source: str = "The Small Letter") -> bytes:
    content = f"<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>{escape(text)}</c:encoded>"
    item = f"<item><title>{escape(title)}</title>{content}</item>"
    channel = f"<title>{escape(source)}</title><language>en</language>{item}"
    return f"<rss version='2.0'><channel>{channel}</channel></rss>".encode()


def article(text: str) -> Article:
    """The only article, nothing of which is lost."""
    (found,) = read_whole(feed(text), "the test").articles
    return found


def lines(found: Article) -> list[str]:
    return [text.text for text in leaves(found.blocks)]


def linked(words: str) -> str:
    """Words with a link for each in brackets."""
    return words.replace("[", "<a href='https://example.org/1'>").replace("]", "</a>")


@pytest.mark.parametrize(
    "tail",
    [
        "The post [Ferry stops] appeared first on [The Small Letter].",
        "The post [Ferry stops] first appeared on [The Small Letter].",
        "Der Beitrag [Ferry stops] erschien zuerst auf [The Small Letter].",
        "L’article [Ferry stops] est apparu en premier sur [The Small Letter].",
        "La entrada [Ferry stops] se publicó primero en [The Small Letter].",
        "L'articolo [Ferry stops] proviene da [The Small Letter].",
        "O post [Ferry stops] apareceu primeiro em [The Small Letter].",
        "Het bericht [Ferry stops] verscheen eerst op [The Small Letter].",
        "Inlägget [Ferry stops] dök först upp på [The Small Letter].",
        "Indlægget [Ferry stops] blev først udgivet på [The Small Letter].",
        "Innlegget [Ferry stops] dukket først opp på [The Small Letter].",
        "Artikkeli [Ferry stops] julkaistiin ensimmäisen kerran [The Small Letter].",
        "Artykuł [Ferry stops] pochodzi z serwisu [The Small Letter].",
        "Příspěvek [Ferry stops] pochází z [The Small Letter]",
        "Сообщение [Ferry stops] появились сначала на [The Small Letter].",
        "[Ferry stops] yazısı ilk önce [The Small Letter] üzerinde ortaya çıktı.",
        "投稿 [Ferry stops] は [The Small Letter] に最初に表示されました。",
        "[Ferry stops]最先出现在[The Small Letter]。",
        "Ang post na [Ferry stops] ay unang lumitaw sa [The Small Letter].",
        "[Ferry stops] was originally published in [The Small Letter] on Medium, where people are continuing the "
        "conversation by highlighting and responding to this story.",
        "The post Ferry stops appeared first on The Small Letter.",
        "Thanks for reading The Small Letter! Subscribe for free to receive new posts and support my work.",
        "The Small Letter is a reader-supported publication. To receive new posts and support my work, consider "
        "becoming a free or paid subscriber.",
        "[Subscribe now]",
        "[Share The Small Letter]",
        "[Leave a comment]",
        "This post is for paying subscribers only",
        "submitted by [/u/jo] to [r/ferries] [link] [comments]",
        "Share this:",
    ],
)
def test_what_a_program_signs_with_is_left_out_and_quoted(tail: str) -> None:
    """WordPress in its languages, Medium, Substack, Ghost, Reddit; a rule in front of it goes too."""
    for markup in (f"<p>{linked(tail)}</p>", f"<hr><div>{linked(tail)}</div>"):
        found = article(TEXT + markup)
        assert lines(found) == SAID
        assert {finding.id: finding.text for finding in found.findings} == {
            "feed-tail": tail.replace("[", "").replace("]", "")
        }


@pytest.mark.parametrize(
    "tail",
    [
        "Continue reading…",
        "Read more",
        "Read more »",
        "Continue reading Ferry stops →",
        "Continue reading “Ferry stops”",
        "Continue reading on The Small Letter »",
        "Read the rest of this entry »",
        "Weiterlesen",
        "Weiterlesen „Ferry stops“",
        "Lire la suite",
        "Seguir leyendo",
        "Leer más…",
        "Leggi tutto",
        "Ler mais",
        "Lees verder",
        "Läs mer",
        "Læs mere",
        "Les mer",
        "Lue lisää",
        "Czytaj dalej",
        "Читать далее",
        "Devamını oku",
        "続きを読む",
        "阅读全文",
        "더 보기",
        "اقرأ المزيد",
        "More",
    ],
)
def test_that_more_is_elsewhere_is_told_to_the_editor_alone(tail: str) -> None:
    """As a paragraph of its own or behind the last sentence; what was cut is cut, and that is a warning."""
    link = f"<a href='https://example.org/1'>{tail}</a>"
    for markup in (f"{TEXT}<p>{link}</p>", f"{TEXT[:-4]} {link}</p>", f"{TEXT[:-4]} ({link})</p>"):
        found = article(markup)
        assert lines(found) == SAID
        assert {finding.id for finding in found.findings} == {"feed-tail", "text-goes-on"}


@pytest.mark.parametrize(
    "last",
    [
        "<p>She said that nobody should read more than that into it.</p>",
        "<p>The Small Letter said that the Ferry stops at noon.</p>",
        "<p>The story first appeared in a book that her mother read to her.</p>",
        "<p>To read more was all that he wanted from life.</p>",
        "<p><a href='https://example.org/2'>Read more about the harbour master’s brother</a></p>",
        "<p>He asked her to share the bread with him. She did.</p>",
        "<ul><li>Facebook pages of the council</li><li>Bread</li></ul>",
    ],
)
def test_what_only_looks_like_it_is_read(last: str) -> None:
    """In doubt it is the writer's."""
    found = article(TEXT + last)
    assert len(lines(found)) > len(SAID)
    assert found.findings == ()


def test_what_stands_amid_a_text_is_read() -> None:
    """Only the end of a text is a program's."""
    found = article(f"<p>Read more</p>{TEXT}")
    assert lines(found) == ["Read more", *SAID]


def test_buttons_may_follow_each_other() -> None:
    """Whatever their number, up to some."""
    buttons = "".join(f"<p><a href='https://example.org/{name}'>{name}</a></p>" for name in ("Share", "Subscribe now"))
    shared = "<h3>Share this:</h3><ul><li>Click to share on X</li><li>Facebook</li></ul>"
    assert lines(article(TEXT + buttons + shared)) == SAID


def test_a_summary_that_leads_elsewhere_is_a_summary() -> None:
    """Two paragraphs are a text, but not where they end in “continue reading”."""
    text = escape(f"{TEXT[:-4]} <a href='/1'>Continue reading...</a></p><p><img src='x' alt=''></p>")
    data = f"<rss><channel><item><title>Ferry stops</title><description>{text}</description></item></channel></rss>"
    (found,) = read_whole(data.encode(), "the test").articles
    assert lines(found) == SAID
    assert {finding.id for finding in found.findings} == {"feed-tail", "summary-only"}


def test_all_is_read_where_all_is_asked_for() -> None:
    """--keep-all keeps what looks like a program's."""
    tail = "The post Ferry stops appeared first on The Small Letter."
    (found,) = read(feed(f"{TEXT}<p>{tail}</p>"), name="the test", keep_all=True).articles
    assert lines(found) == [*SAID, tail]
