"""--keep-all reads everything: what looks like boilerplate is a judgement, and who asks for all gets all."""

from __future__ import annotations

from pathlib import Path

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Issue
from audio_edition.read import read
from support.archives import packed
from support.places import ARTICLES
from support.sketch import texts
from support.soundness import assert_sound

CASES = [*sorted(ARTICLES.glob("*/article.*")), *sorted((ARTICLES / "known").iterdir())]
BOILERPLATE = {"page-furniture", "parts-left-out", "feed-tail", "margins-left-out", "contents-left-out", "pull-quote"}
BOILERPLATE |= {
    "contacts",
    "desk-marks",
    "not-for-publication",
    "mail-answered",
    "mail-signature",
    "mail-notices",
}


def _all_of(document: Path) -> Issue:
    source = packed(document) if document.is_dir() else document
    return read(source, name=document.name, keep_all=True)


@pytest.mark.parametrize("document", CASES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_nothing_is_left_out_as_boilerplate(document: Path) -> None:
    """No finding says so, and the account of all words still holds."""
    try:
        issue = _all_of(document)
    except ReadError:
        return
    assert_sound(issue)
    found = {*issue.findings, *(finding for article in issue.articles for finding in article.findings)}
    assert not {finding.id for finding in found} & BOILERPLATE


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("34-gallery-a.html", "Something else entirely happened in town number 9, says the caption."),
        ("34-gallery-a.html", "Other story 8 of the day"),
        ("44-bbc-captions-b.html", "Sign up to First Thing"),
        ("36-rss-a.xml", "The post Ferry stops appeared first on The Small Letter."),
        ("53-parts-toc-a.epub", "Chapter 2 ..... 9"),
        ("38-wire-dpa.txt", "dpa-Kontakte"),
        ("38-wire-reuters.txt", "(Reporting by Ann Holt in Whitby and Jo Ray in London; Editing by Al Dee)"),
        ("23-eml-b.eml", "Tel. 01234 567890"),
        ("23-eml-a.eml", "Unsubscribe"),
        ("09-smartart-a.docx", "Harbour Board confidential"),
    ],
)
def test_what_was_left_out_is_read(name: str, words: str) -> None:
    """Galleries, other stories, newsletters, tails of feeds, contents, headers of pages."""
    said = [text for article in _all_of(ARTICLES / "known" / name).articles for text in texts(article)]
    assert any(words in text for text in said)
