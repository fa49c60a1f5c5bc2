"""What every reader promises of any bytes: a sound issue, or one clear sentence."""

from __future__ import annotations

from audio_edition.errors import ReadError
from audio_edition.model import Article, Issue, Paragraph
from audio_edition.read import read

NAME = "the document"


def read_or_refused(data: bytes, name: str = NAME) -> Issue | ReadError:
    """The issue in any bytes, or why there is none; both are looked at. Any other exception is the test's."""
    try:
        issue = read(data, name=name)
    except ReadError as trouble:
        refused = trouble
    else:
        _assert_sound_issue(issue)
        return issue
    assert refused.message.startswith(name), refused.message
    assert "\n" not in refused.message
    assert refused.remedy
    return refused


def _assert_sound_issue(issue: Issue) -> None:
    assert issue.articles
    for article in issue.articles:
        _assert_sound(article)


def _assert_sound(article: Article) -> None:
    _assert_line(article.title)
    assert article.sections[0].heading is None
    for section in article.sections:
        assert 1 <= section.level <= 6
        if section.heading is not None:
            _assert_line(section.heading)
        for paragraph in section.paragraphs:
            _assert_sound_paragraph(paragraph)
    for credit in article.credits:
        _assert_line(credit.text)


def _assert_sound_paragraph(paragraph: Paragraph) -> None:
    _assert_line(paragraph.text)
    end = 0
    for phrase in paragraph.phrases:
        assert end <= phrase.start < phrase.end <= len(paragraph.text)
        assert phrase.language
        end = phrase.end
    starts = [cell.start for cell in paragraph.cells]
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(paragraph.text) for start in starts)


def _assert_line(text: str) -> None:
    assert text
    assert text == " ".join(text.split())
