"""Siblings of the known cases: the same trouble as other programs and sites write it, in other languages."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from documents import book
from sketch import headings, sketch, texts
from soundness import read_whole

from audio_edition.model import Article, SceneBreak

LAMP = "The lighthouse at Brannoch has been dark since the first week of October, when salt water got into its cable."
KEYS = "Iris Calder, who keeps the keys, climbs the stairs every evening to look at the lamp that does not turn."
BOARD = "The board of lights has promised an engineer before the winter, and the fishermen have heard such promises."
STORY = [LAMP, KEYS, BOARD]
TURM = (
    "Der Leuchtturm von Brannoch ist seit der ersten Oktoberwoche dunkel, weil Salzwasser in das Kabel gedrungen ist."
)
AMT = "Das Seezeichenamt hat einen Techniker vor dem Winter versprochen, und die Fischer kennen solche Versprechen."
PHARE = "Le phare de Brannoch est éteint depuis la première semaine d’octobre, quand l’eau salée a gagné le câble."
FARO = "El faro de Brannoch está apagado desde la primera semana de octubre, cuando el agua entró en el cable."
TITLE = "The dark lighthouse"


def paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(content: str, title: str = TITLE, head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{content}</body></html>".encode()


def of_page(content: str, title: str = TITLE, head: str = "") -> Article:
    (article,) = read_whole(page(content, title, head), "page.html").articles
    return article


def of_article(content: str) -> Article:
    return of_page(f"<article><h1>{TITLE}</h1>{content}</article>")


def of(data: bytes | str, name: str) -> Article:
    (article,) = read_whole(data.encode() if isinstance(data, str) else data, name).articles
    return article


def told(article: Article) -> str:
    return "\n".join(finding.text for finding in article.findings)


def behind(text: str, word: str, mark: str) -> str:
    assert word in text
    return text.replace(word, word + mark, 1)


STORY_ON_PAGE = paragraphs(STORY)

# --- K5, K6: letters at a word


def test_first_letters_in_blocks_of_their_own_belong_to_their_words() -> None:
    """As pictures or written, whatever they are said to show; they are no chapter's number."""
    chapter = (
        '<h1>One</h1><div class="figleft"><img src="i.jpg" alt="I"/></div><p>t was dark.</p>'
        '<div class="dropimage"><img src="t.jpg" alt="Illustrated capital T"/></div><p>HE boats were lost.</p>'
        '<div class="dc">H</div><p>e rowed home.</p>'
    )
    article = of(book({"a": chapter}, '<li><a href="a.xhtml">One</a></li>'), "book.epub")
    assert headings(article) == ["One"]
    assert texts(article)[1:] == ["It was dark.", "THE boats were lost.", "He rowed home."]


@pytest.mark.parametrize(
    ("written", "said"), [("<span class=dropcap>N</span>\n<span>obody knew.</span>", "Nobody knew."),
                          ("<span class=dropcap>A</span>\n<span>boat came.</span>", "A boat came.")],
)  # fmt: skip
def test_the_end_of_a_line_parts_no_first_letter_from_its_word(written: str, said: str) -> None:
    """But a word of one letter is one."""
    assert texts(of_article(f"{STORY_ON_PAGE}<p>{written}</p>"))[-1] == said


# --- K10, K12: struck words, scenes


@pytest.mark.parametrize("name", ["strikethrough", "line-through", "text-decoration-line-through"])
def test_words_that_a_class_strikes_are_struck(name: str) -> None:
    """As style sheets of many sites call it."""
    article = of_article(f"{STORY_ON_PAGE}<p>The fare is <span class='{name}'>£9</span> £7.</p>")
    assert sketch(article)[-1] == "The fare is ~~£9~~ £7."


@pytest.mark.parametrize("mark", ["-x-", "-oOo-", "~ x ~"])
def test_letters_between_dashes_part_scenes_on_pages(mark: str) -> None:
    """As in plain text."""
    article = of_article(f"<p>{LAMP}</p><center>{mark}</center><p>{KEYS}</p>")
    assert [isinstance(block, SceneBreak) for block in article.blocks] == [False, True, False]
