"""A parish magazine in two columns becomes a newspaper whose articles, captions and notes a person would call right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import audio_edition
from audio_edition.model import Article, Aside, Figure, Issue, Note, Picture, every, leaves
from audio_edition.read import read
from support.magazine import converted, picture_of
from support.magazine_text import RUNNING_HEAD, STORIES, TITLE, Story

pytestmark = pytest.mark.tool("soffice", "apt-get install libreoffice-writer")
KINDS = ["untagged", "tagged"]


@pytest.fixture(scope="module")
def magazines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The magazine as PDFs with and without tags, and as a Word document, made once."""
    folder = tmp_path_factory.mktemp("magazine")
    found = {kind: converted(folder, "pdf", is_tagged=kind == "tagged") for kind in KINDS}
    return {**found, "word": converted(folder, "docx")}


def _issue(magazines: dict[str, bytes], kind: str) -> Issue:
    issue = read(magazines[kind], name="magazine.pdf", split="1")
    assert [finding.text for finding in issue.findings if finding.id == "text-unaccounted"] == []
    return issue


def _texts(article: Article, kind: type) -> list[str]:
    found = [block for block in every(article.blocks) if isinstance(block, kind)]
    return [leaf.text for block in found for leaf in leaves([block])]


def _captions(article: Article) -> list[str]:
    figures = [block for block in every(article.blocks) if isinstance(block, Figure)]
    return [leaf.text for figure in figures for leaf in leaves(figure.caption)]


def _marked(story: Story, mark: str) -> list[str]:
    return [text.removeprefix(mark) for text in story.paragraphs if text.startswith(mark)]


@pytest.mark.parametrize("kind", KINDS)
def test_its_stories_are_articles_with_their_bylines(magazines: dict[str, bytes], kind: str) -> None:
    issue = _issue(magazines, kind)
    assert issue.title == TITLE
    assert [article.title for article in issue.articles] == [story.title for story in STORIES]
    for article, story in zip(issue.articles, STORIES, strict=True):
        assert story.byline in (article.byline, next(leaves(article.blocks)).text)


@pytest.mark.parametrize("kind", KINDS)
def test_its_bylines_alone_say_that_it_holds_articles(magazines: dict[str, bytes], kind: str) -> None:
    assert len(read(magazines[kind], name="magazine.pdf").articles) == len(STORIES)


@pytest.mark.parametrize("kind", KINDS)
def test_captions_belong_to_pictures_and_notes_to_their_articles(magazines: dict[str, bytes], kind: str) -> None:
    for article, story in zip(_issue(magazines, kind).articles, STORIES, strict=True):
        assert _captions(article) == _marked(story, "! ")
        assert _texts(article, Note) == re.findall(r"\[([^]]+)\]", " ".join(story.paragraphs))


@pytest.mark.parametrize("kind", KINDS)
def test_every_paragraph_is_whole_and_in_its_place(magazines: dict[str, bytes], kind: str) -> None:
    for article, story in zip(_issue(magazines, kind).articles, STORIES, strict=True):
        running = [text for text in story.paragraphs if not text.startswith(("#", "- ", "! ", "$ "))]
        wanted = [re.sub(r"\[[^]]+\]", "", text) for text in running]
        said = [leaf.text for leaf in leaves(article.blocks)]
        assert [text for text in said if text in wanted] == wanted


def test_advertisements_stand_apart_and_head_nothing(magazines: dict[str, bytes]) -> None:
    """A box of an untagged page is an aside, line by line."""
    for article, story in zip(_issue(magazines, "untagged").articles, STORIES, strict=True):
        assert _texts(article, Aside) == [line for text in _marked(story, "$ ") for line in text.split(" / ")]


@pytest.mark.parametrize("kind", KINDS)
def test_running_heads_are_told_and_not_read(magazines: dict[str, bytes], kind: str) -> None:
    issue = _issue(magazines, kind)
    assert not [leaf for article in issue.articles for leaf in leaves(article.blocks) if RUNNING_HEAD in leaf.text]
    assert RUNNING_HEAD in next(finding.text for finding in issue.findings if finding.id == "page-heads")


def test_pictures_keep_their_alternative_texts(magazines: dict[str, bytes]) -> None:
    pictures = [_texts(article, Picture) for article in _issue(magazines, "tagged").articles]
    assert [texts[:1] for texts in pictures] == [[picture_of(number)] for number in range(len(STORIES))]


def test_it_says_the_same_as_the_word_document(magazines: dict[str, bytes], tmp_path: Path) -> None:
    """With tags, every utterance; without them, all but the alternative texts, which no page shows."""
    said = {}
    for kind, ending in (("word", "docx"), ("tagged", "pdf"), ("untagged", "pdf")):
        path = tmp_path / f"{kind}.{ending}"
        path.write_bytes(magazines[kind])
        script = audio_edition.write_script(path)
        said[kind] = [(each.role, each.text) for each in script.utterances if each.role != "announcement"]
    assert said["tagged"] == said["word"]
    shown = [(role, text) for role, text in said["word"] if role != "picture"]
    assert [(role, text) for role, text in said["untagged"] if role != "picture"] == shown
