"""No character is lost, doubled or moved, whatever the document."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audio_edition.errors import ReadError
from audio_edition.model import Article, leaves
from audio_edition.read import read
from support.places import BESIDE, ROOT
from support.read_accounting import assert_accounted
from support.soundness import assert_sound, assert_sound_article
from support.work import growth

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
REAL = sorted((BESIDE / "seeds").glob("*.txt"))

PIECES = [
    "\n", "\n\n", "\r\n", "\r", "\v", "\x85", "\u2028", " ", "\t", "    ", "\u00a0", "\0", "\x1f", "\xad", "\ufeff",
    "\ufffd", "\u200d", "- ", " -", "--", "–", "—", "* * *", "-30-", '"', "”", "...", ". ", "LONDON (Reuters) - ",
    "Baghuz (Syria) (AFP)", "PARIS, March 3, 2019 (QNS) –", "(ANSA) - Rome - ", "By Jane Doe", "- Heading -",
    "- item", "The square was full by noon and nobody left", "A short line.",
    "word", "é", "سلام", "日本語。", "👩‍🚀", "1848", "x" * 501,
]  # fmt: skip
ARTICLES = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=40).map("".join)


def _headings(article: Article) -> list[str]:
    return [heading.text.text for heading, _ in article.sections() if heading]


def read_or_none(text: str) -> Article | None:
    try:
        return read(text.encode(), name="the test").articles[0]
    except ReadError:
        return None


@given(ARTICLES)
@example("Title\n\nLONDON (Reuters) - Text.\n\n- Heading -\n\n* * *\n\nMore.")
def test_every_character_is_read_once_and_in_order_or_found(text: str) -> None:
    """For any text, the article and the findings' text together are the text."""
    article = read_or_none(text)
    if article is None:
        return
    assert_accounted(text.removeprefix("\ufeff"), article)


@given(ARTICLES)
def test_only_what_cannot_be_said_is_refused(text: str) -> None:
    """A text is refused when it has nothing to say, or too many control characters, and for nothing else."""
    if read_or_none(text) is None:
        controls = sum(character < " " or character == "\x7f" for character in text)
        assert controls > 0 or not any(character.isalnum() for character in text)


@given(ARTICLES)
def test_an_article_is_made_of_whole_lines(text: str) -> None:
    """Titles, headings and paragraphs are not empty, stand on one line, and have single spaces."""
    article = read_or_none(text)
    if article is None:
        return
    assert_sound_article(article)
    assert all(leaf.text for leaf in leaves(article.blocks))


@given(st.binary(max_size=200))
def test_any_bytes_become_an_article_or_a_clear_error(data: bytes) -> None:
    """No bytes make the reader fail in another way than by ReadError."""
    try:
        issue = read(data, name="the test")
        refused, title = None, issue.articles[0].title
        assert_sound(issue)
    except ReadError as error:
        refused, title = error, ""
    assert title or (refused and refused.message.startswith("the test ") and refused.remedy)


@pytest.mark.parametrize("path", SEEDS + REAL, ids=lambda path: path.name)
def test_whole_articles_are_accounted_for(path: Path) -> None:
    """Each article at hand is in the values character by character."""
    assert_accounted(path.read_text(encoding="utf-8"), read(path).articles[0])


@pytest.mark.parametrize(
    ("name", "credited", "source", "headings"),
    [
        ("harbour", 1, "QNS", ["Sandbags and trombones", "A vote in the gymnasium"]),
        ("brief", 2, "Tidewire", []),
        ("summit", 1, "Corvane", ["Who pays?", "Football, and other diplomacy"]),
        ("traps", 2, "Fernwick", ["Water and CO2", "Football, and other business"]),
    ],
)
def test_the_seeds_have_the_anatomy_of_wire_copy(
    name: str,
    credited: int,
    source: str,
    headings: list[str],
) -> None:
    """The four articles that come with the program show its readers what it understands."""
    article = read(ROOT / "seeds" / f"{name}.txt").articles[0]
    assert (len(article.credits), article.source) == (credited, source)
    assert _headings(article) == headings
    assert {finding.id for finding in article.findings} <= {"heading-marks", "desk-marks"}


@pytest.mark.skipif(not REAL, reason="the real wire article is not beside this checkout (../shared/seeds)")
def test_the_real_article() -> None:
    """The article this program was made for has its headline, dateline, agency and two subheadings."""
    article = read(REAL[0]).articles[0]
    assert article.title.startswith("Toiling up")
    assert article.title.endswith("'caliphate'")
    assert [(credit.kind, credit.text) for credit in article.credits] == [("dateline", "Baghuz (Syria) (AFP)")]
    assert (article.source, article.published, article.language) == ("AFP", "", "en")
    assert _headings(article) == ["Blood stains", "Pushchairs abandoned"]
    assert [len(blocks) for _, blocks in article.sections()] == [10, 11, 11]
    assert [(finding.id, finding.text) for finding in article.findings] == [("heading-marks", "----")]


@pytest.mark.usefixtures("own_heap")
@pytest.mark.parametrize("piece", ["- ", "(", "A ", '"', "“", "word. ", "A (", "Ab/", "A\n", "- a -\n", "\ufeffa "])
@pytest.mark.parametrize("opening", ["", "Title\n\nLONDON ("], ids=repr)
def test_half_a_megabyte_of_anything_is_read_at_once(opening: str, piece: str) -> None:
    """Time grows with the length and nothing else: four times as much of one mark takes some four times as long."""
    titles: list[str] = []

    def text(size: int) -> str:
        return opening + piece * (size // len(piece.encode())) + " end"

    def reading(text: str) -> None:
        article = read_or_none(text)
        titles.append(article.title if article else "")

    assert growth(text, reading, 125_000, 500_000) < 10
    assert all(len(title) <= 500 for title in titles)
