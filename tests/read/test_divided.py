"""A document that holds several articles becomes an issue: where it is clear, or at the level that somebody names."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio_edition.cli import main
from audio_edition.model import Article, Heading, Issue, Note, every, leaves
from audio_edition.read import read
from support.archives import archive
from support.documents import book_entries, word
from support.open_documents import open_document
from support.pdfs import Tag, Text, pdf
from support.rich_text import rich_text, styled

TITLE = "St Anne's News"
STORIES = [
    ("The roof is mended", "By Ann Hill", "It no longer rains into the nave, since the slates are new."),
    ("Bell ringers wanted", "By Tom Lee", "There are six bells, and there are four people to ring them."),
    ("A walk to the mill", "By Joan Reed", "We met at the gate, and walked by the river as far as the mill."),
]
CHAPTERS = [(f"Chapter {number}", byline, text) for number, (_, byline, text) in enumerate(STORIES, start=1)]
Stories = list[tuple[str, str, str]]


def _html(stories: Stories, title: str = TITLE, heading: str = "h1") -> str:
    parts = (f"<{heading}>{head}</{heading}><p>{by}</p><p>{text}</p>" for head, by, text in stories)
    return (f"<h1>{title}</h1>" if title else "") + "".join(parts)


def _word(stories: Stories) -> bytes:
    def paragraph(text: str, style: str = "") -> str:
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'

    said = (paragraph(head, "Heading1") + paragraph(by) + paragraph(text) for head, by, text in stories)
    return word(paragraph(TITLE, "Title") + "".join(said))


def _open(stories: Stories) -> bytes:
    said = (
        f"<text:h text:outline-level='1'>{head}</text:h><text:p>{by}</text:p><text:p>{text}</text:p>"
        for head, by, text in stories
    )
    return open_document(f"<text:p text:style-name='Title'>{TITLE}</text:p>{''.join(said)}")


def _rich(stories: Stories) -> bytes:
    said = (rf"{styled(1, head)}\pard\plain {by}\par {text}\par " for head, by, text in stories)
    return rich_text(styled(3, TITLE) + "".join(said))


def _pdf(stories: Stories) -> bytes:
    texts, tags = [Text(60, 780, TITLE, 24, content=0)], [Tag("Title", [0])]
    for at, story in enumerate(stories):
        for part, (kind, text) in enumerate(zip(("H1", "P", "P"), story, strict=True)):
            number = 1 + 3 * at + part
            texts.append(Text(60, 740 - 40 * number, text, 10, content=number))
            tags.append(Tag(kind, [number]))
    return pdf(texts, tags=tags, language="en")


def _document(name: str, stories: Stories) -> bytes:
    if name == "a.html":
        return f"<!doctype html><title>{TITLE}</title><body>{_html(stories)}".encode()
    if name == "a.md":
        parts = (f"# {head}\n\n{by}\n\n{text}\n" for head, by, text in stories)
        return "\n".join([f"---\ntitle: {TITLE}\n---\n", *parts]).encode()
    makers = {"a.docx": _word, "a.odt": _open, "a.rtf": _rich, "a.pdf": _pdf}
    return makers[name](stories)


NAMES = ["a.docx", "a.odt", "a.rtf", "a.pdf", "a.html", "a.md"]


def _read(data: bytes, name: str, split: str = "auto") -> Issue:
    issue = read(data, name=name, language="en", split=split)
    lost = [finding.text for finding in issue.findings if finding.id == "text-unaccounted"]
    assert lost == []
    return issue


def _titles(issue: Issue) -> list[str]:
    return [article.title for article in issue.articles]


def _words(issue: Issue) -> str:
    told = [issue.title]
    for article in issue.articles:
        told += [article.title, article.byline, *(leaf.text for leaf in leaves(article.blocks))]
    return " ".join(told)


@pytest.mark.parametrize("name", NAMES)
def test_headings_with_bylines_under_them_are_articles(name: str) -> None:
    issue = _read(_document(name, STORIES), name)
    assert issue.title == TITLE
    assert [(each.title, each.byline, len(each.blocks)) for each in issue.articles] == [
        (title, byline, 1) for title, byline, _ in STORIES
    ]


@pytest.mark.parametrize("name", NAMES)
def test_chapters_stay_a_book(name: str) -> None:
    """Even with bylines: their headings say what they are."""
    assert len(_read(_document(name, CHAPTERS), name).articles) == 1


@pytest.mark.parametrize("name", NAMES)
def test_headings_alone_are_no_articles_unless_somebody_says_so(name: str) -> None:
    stories = [(title, text, text) for title, _, text in STORIES]
    data = _document(name, stories)
    assert len(_read(data, name).articles) == 1
    assert _titles(_read(data, name, "1")) == [title for title, _, _ in stories]


def test_a_book_of_stories_is_parted_only_if_somebody_says_so() -> None:
    pages = {str(at): _html([story], "") for at, story in enumerate(STORIES)}
    data = archive(book_entries(pages, title="Stories"))
    assert len(_read(data, "a.epub").articles) == 1
    assert len(_read(data, "a.epub", "1").articles) == 3


def test_none_keeps_a_document_whole() -> None:
    assert _titles(_read(_document("a.docx", STORIES), "a.docx", "none")) == [TITLE]


def test_a_document_without_a_title_is_its_articles() -> None:
    data = f"<!doctype html><body>{_html(STORIES, '')}".encode()
    issue = _read(data, "a.html")
    assert (issue.title, _titles(issue)) == ("", [title for title, _, _ in STORIES])


def test_a_page_that_names_its_own_writers_above_short_articles_is_divided() -> None:
    """Nothing on it is long enough to be the page's own text, and its headline has a byline as each article has."""
    data = f"<!doctype html><body><h1>{TITLE}</h1><p>By Eve Cox</p>{_html(STORIES, '')}".encode()
    assert _titles(_read(data, "a.html")) == [TITLE, *(title for title, _, _ in STORIES)]


def test_stories_that_a_page_announces_above_its_headline_are_not_its_own() -> None:
    text = " ".join(text for _, _, text in STORIES) + " " + STORIES[0][2]
    above = "".join(f"<h2>{head}</h2><p>{by}</p>" for head, by, _ in STORIES)
    page = f"<title>{TITLE}</title><body>{above}<h1>{TITLE}</h1><p>By Eve Cox</p><p>{text}</p><p>{text}</p>"
    (article,) = _read(f"<!doctype html>{page}".encode(), "a.html").articles
    assert (article.title, article.byline, len(article.blocks)) == (TITLE, "By Eve Cox", 2)


def test_what_stands_before_the_first_article_is_one_too() -> None:
    data = f"<!doctype html><body><h1>{TITLE}</h1><p>Spring.</p>{_html(STORIES, '', 'h2')}".encode()
    issue = _read(data, "a.html", "2")
    assert _titles(issue) == [TITLE, *(title for title, _, _ in STORIES)]
    assert issue.articles[0].byline == ""


MARKDOWN = """# St Anne's News

## Church

### The roof is mended

It rained into the nave.[^a]

#### How

With slate.

### Bell ringers wanted

There are six bells.

## Village

It is spring.

### A walk to the mill

We met at the gate.[^b]

### Notices

None.

[^a]: For two years.

[^b]: The lych gate.
"""


def test_higher_headings_name_the_sections() -> None:
    issue = _read(MARKDOWN.encode(), "a.md", "3")
    assert [(each.category, each.title) for each in issue.articles] == [
        ("Church", "The roof is mended"), ("Church", "Bell ringers wanted"), ("Village", "Village"),
        ("Village", "A walk to the mill"), ("Village", "Notices"),
    ]  # fmt: skip


def test_headings_inside_an_article_are_below_its_own() -> None:
    first = _read(MARKDOWN.encode(), "a.md", "3").articles[0]
    assert [(each.text.text, each.level) for each in every(first.blocks) if isinstance(each, Heading)] == [("How", 2)]


def test_notes_go_with_the_article_that_refers_to_them() -> None:
    def notes(article: Article) -> list[str]:
        found = [block for block in every(article.blocks) if isinstance(block, Note)]
        return [leaf.text for leaf in leaves(found)]

    issue = _read(MARKDOWN.encode(), "a.md", "3")
    assert {article.title: notes(article) for article in issue.articles if notes(article)} == {
        "The roof is mended": ["For two years."],
        "A walk to the mill": ["The lych gate."],
    }


@pytest.mark.parametrize("level", ["2", "3", "4"])
def test_nothing_is_lost_at_any_level(level: str) -> None:
    whole, parted = (_read(MARKDOWN.encode(), "a.md", each) for each in ("none", level))
    categories = {article.category for article in parted.articles}
    missing = set(_words(whole).split()) - set(" ".join([_words(parted), *categories]).split())
    assert missing == set()


def _script(tmp_path: Path, text: str, *options: str) -> Result:
    path = tmp_path / "news.md"
    path.write_text(text)
    return CliRunner().invoke(main, ["script", str(path), "--format", "table", *options])


def test_a_level_that_parts_nothing_is_told_with_those_that_do(tmp_path: Path) -> None:
    result = _script(tmp_path, MARKDOWN, "--split", "1")
    assert result.exit_code == 1
    assert "news.md: headings of level 1 do not divide the text into several articles" in result.stderr
    assert "2 of level 2, 4 of level 3, 1 of level 4" in result.stderr
    assert "--split 2" in result.stderr


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (MARKDOWN, "5"),
        (MARKDOWN, "4"),
        ("# News\n\n## One\n\nRain.\n\n## Two\n\nWind.\n", "3"),
        ("# News\n\nRain.\n\n## One\n\nWind.\n", "2"),
        ("# News\n\n## One\n\n### Empty\n\n### Two\n\nWind.\n", "3"),
    ],
)
def test_headings_of_other_levels_do_not_make_articles(tmp_path: Path, text: str, level: str) -> None:
    """Fewer than two headings of the named level have text under them."""
    result = _script(tmp_path, text, "--split", level)
    assert (result.exit_code, f"headings of level {level} do not divide" in result.stderr) == (1, True)


def test_a_document_without_headings_says_so(tmp_path: Path) -> None:
    result = _script(tmp_path, "# One\n\nThe rain fell.\n", "--split", "2")
    assert (result.exit_code, "below the title are: none" in result.stderr) == (1, True)


def test_a_level_is_a_number_or_a_word(tmp_path: Path) -> None:
    result = _script(tmp_path, MARKDOWN, "--split", "chapters")
    assert (result.exit_code, "from 1 to 6, auto or none" in result.stderr) == (2, True)


def test_the_pages_of_a_document_that_was_parted_can_be_chosen(tmp_path: Path) -> None:
    """An article begins on the page that the one before it ends on."""
    path = tmp_path / "news.html"
    marks = ['<div role="doc-pagebreak" aria-label="1"></div>', '<div role="doc-pagebreak" aria-label="2"></div>', ""]
    parts = (mark + _html([story], "", "h2") for mark, story in zip(marks, STORIES, strict=True))
    path.write_text(f"<!doctype html><title>{TITLE}</title><body><h1>{TITLE}</h1>{''.join(parts)}")
    said = CliRunner().invoke(main, ["script", str(path), "--split", "2", "--only-pages", "2", "--format", "text"])
    assert said.exit_code == 0, said.stderr
    assert [title in said.stdout for title, _, _ in STORIES] == [False, True, True]
