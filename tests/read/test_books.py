"""E-books: their chapters, what is left out, what they say of themselves, their notes, links, pages and pictures."""

from __future__ import annotations

import base64
import io

import pytest
from PIL import Image

from audio_edition.model import Article, Creator, every, leaves
from audio_edition.read import read
from support.archives import archive
from support.documents import book, book_entries, page
from support.sketch import headings, sketch, texts
from support.soundness import read_whole

SEA = "<p>It stands in the sea, and nobody goes there.</p>"


def _article(data: bytes) -> Article:
    return read_whole(data, "a.epub").articles[0]


def _of(documents: dict[str, str], contents: str = "", metadata: str = "", spine: str = "") -> Article:
    return _article(book(documents, contents, metadata, spine))


def _told(article: Article) -> str:
    return "\n".join(finding.text for finding in article.findings)


# --- K7: the contents' label, the number and the title on the page are said once


@pytest.mark.parametrize(
    ("label", "opening", "heading"),
    [
        ("Chapter 1: The Rock", "<h1>1</h1><h2>The Rock</h2>", "Chapter 1: The Rock"),
        ("Chapter 1: The Rock", "<h1>Chapter 1: The Rock</h1>", "Chapter 1: The Rock"),
        ("1. The Rock", "<h1>CHAPTER ONE</h1><h2>The Rock</h2>", "CHAPTER ONE. The Rock"),
        ("The Rock", "<h1>Chapter I</h1><h2>The Rock</h2>", "Chapter I. The Rock"),
        ("The Rock", "<h2>The <i>Rock</i></h2>", "The Rock"),
        ("THE ROCK", "<h2>The Rock!</h2>", "The Rock!"),
        ("Chapter One", "<h1>I</h1>", "Chapter One"),
        ("Chapter One", "<h1>The Rock</h1>", "Chapter One. The Rock"),
        ("Chapter 1 – The Rock", "<h1>The Rock</h1>", "Chapter 1 – The Rock"),
        ("The Rock", "<h1>Chapter One</h1>", "Chapter One. The Rock"),
        ("Chapter 1", '<p class="cn">ONE</p><p class="ct">The Rock</p>', "Chapter 1. The Rock"),
        ("1 The Rock", '<p style="text-align: center"><b>1</b></p><p><strong>The Rock</strong></p>', "1. The Rock"),
        ("The Rock", "<p><b>The Rock</b></p>", "The Rock"),
        ("The Rock", '<p class="center">Chapter the First</p><p class="center">The Rock</p>',
         "Chapter the First. The Rock"),
        ("The Rock", '<hgroup><h1>The Rock</h1><p class="subtitle">In which nobody lands</p></hgroup>',
         "The Rock. In which nobody lands"),
        ("Chapter 1: The Rock", "<header><p>Chapter 1</p><h1>The Rock</h1></header>", "Chapter 1: The Rock"),
        ("Acknowledgements", "<h1>Acknowledgements and thanks</h1>", "Acknowledgements and thanks"),
        ("Kapitel 3. Der Fels", "<h1>Drittes Kapitel</h1><h2>Der Fels</h2>", "Drittes Kapitel. Der Fels"),
        ("III. Le rocher", "<h1>Chapitre trois</h1><h2>Le rocher</h2>", "Chapitre trois. Le rocher"),
        ("第一章 岩", "<h1>第1章</h1><h2>岩</h2>", "第1章. 岩"),
        ("Глава 2. Скала", "<h1>ГЛАВА ВТОРАЯ</h1><h2>Скала</h2>", "ГЛАВА ВТОРАЯ. Скала"),
        ("Twenty-One", "<h1>21</h1>", "21"),
        ("Epilogue", "<h1>EPILOGUE</h1>", "EPILOGUE"),
        ("Chapter 1: The Rock", '<h1><img src="t.svg" alt="Chapter 1: The Rock"/></h1>', "Chapter 1: The Rock"),
        ("I Was There", "<h1>I Was There</h1>", "I Was There"),
        ("1984", "<h1>1984</h1>", "1984"),
        ("Two men in a boat", "<h1>Two Men in a Boat</h1>", "Two Men in a Boat"),
        ("The Rock", "", "The Rock"),
    ],
)  # fmt: skip
def test_a_chapter_is_called_once(label: str, opening: str, heading: str) -> None:
    """What the contents call it and what opens its page become one heading, whichever of them says more."""
    article = _of({"a": opening + SEA, "b": f"<h1>The Lamp</h1>{SEA}"},
                  f'<li><a href="a.xhtml">{label}</a></li><li><a href="b.xhtml">The Lamp</a></li>')  # fmt: skip
    assert headings(article) == [heading, "The Lamp"]
    assert len(texts(article)) == 4


def test_headings_inside_a_chapter_are_below_it() -> None:
    """A first heading that has others beside it is none of the chapter's title."""
    inside = f"<h2>The tower</h2>{SEA}<h2>The stair</h2>{SEA}"
    article = _of({"a": inside, "b": f"<h1>II</h1>{inside}"},
                  '<li><a href="a.xhtml">The Rock</a></li><li><a href="b.xhtml">2. The Lamp</a></li>')  # fmt: skip
    assert [line for line in sketch(article) if line.startswith("#")] == [
        "## The Rock", "### The tower", "### The stair", "## II. The Lamp", "### The tower", "### The stair",
    ]  # fmt: skip


def test_parts_stay_above_their_chapters() -> None:
    """Though they have no text; also where the contents give a part no place of its own."""
    documents = {"p": "<h1>Part One</h1>", "a": f"<h2>Chapter 1</h2>{SEA}", "b": f"<h2>Chapter 2</h2>{SEA}"}
    nav = (
        '<li><a href="p.xhtml">Part One</a><ol><li><a href="a.xhtml">Chapter 1</a></li></ol></li>'
        '<li><span>Part Two</span><ol><li><a href="b.xhtml">Chapter 2</a></li></ol></li>'
    )
    article = _of(documents, nav)
    assert [line for line in sketch(article) if line.startswith("#")] == [
        "## Part One", "### Chapter 1", "## Part Two", "### Chapter 2",
    ]  # fmt: skip


def test_a_part_and_its_first_chapter_may_open_the_same_page() -> None:
    """Each is said once."""
    nav = ('<li><a href="a.xhtml">Part I: Water</a><ol><li><a href="a.xhtml">1. The Rock</a></li></ol></li>'
           '<li><a href="b.xhtml">2. The Lamp</a></li>')  # fmt: skip
    article = _of({"a": f"<h1>Part One</h1><h1>Water</h1><h2>1</h2><h3>The Rock</h3>{SEA}", "b": SEA}, nav)
    assert headings(article) == ["Part One: Water", "1. The Rock", "2. The Lamp"]


def test_chapters_of_one_file_begin_at_their_places() -> None:
    """Wherever the anchor stands: on the heading, before it, in it, at the end of the paragraph above."""
    inside = (
        f'<h2 id="one">The Rock</h2>{SEA}<a id="two"/><h2>The Lamp</h2>{SEA}<h2><a id="three"/>The Keeper</h2>{SEA}'
        f'<p>He went home.<a id="four"/></p><h2>Home</h2>{SEA}<section id="five"><h2>Last</h2>{SEA}</section>'
    )
    titles = ("The Rock", "The Lamp", "The Keeper", "Home", "Last")
    nav = "".join(
        f'<li><a href="a.xhtml#{place}">{number}. {title}</a></li>'
        for number, (place, title) in enumerate(zip(("one", "two", "three", "four", "five"), titles, strict=True), 1)
    )
    article = _of({"a": inside}, nav)
    assert headings(article) == [f"{number}. {title}" for number, title in enumerate(titles, 1)]
    assert [len(blocks) for _, blocks in article.sections()] == [0, 1, 1, 2, 1, 1]


def test_a_chapter_goes_on_in_the_next_file() -> None:
    """Files that the contents do not name belong to the chapter before."""
    article = _of({"a": f"<h1>One</h1>{SEA}", "a2": SEA, "b": f"<h1>Two</h1>{SEA}"},
                  '<li><a href="a.xhtml">One</a></li><li><a href="b.xhtml">Two</a></li>')  # fmt: skip
    assert [len(blocks) for _, blocks in article.sections()] == [0, 2, 1]


def test_a_half_title_that_is_left_out_is_no_level() -> None:
    """Chapters below it are not ranked under what stood before it."""
    nav = (
        '<li><a href="d.xhtml">Dedication</a></li><li><a href="h.xhtml">The book</a><ol>'
        '<li><a href="a.xhtml">One</a></li><li><a href="b.xhtml">Two</a></li></ol></li>'
    )
    documents = {
        "d": "<p>For Jo.</p>",
        "h": '<section epub:type="halftitlepage"><h1>The book</h1></section>',
        "a": f"<h2>One</h2>{SEA}",
        "b": f"<h2>Two</h2>{SEA}",
    }
    lines = [line for line in sketch(_of(documents, nav)) if line.startswith("#")]
    assert lines == ["## Dedication", "## One", "## Two"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ('<p class="calibre1"><b class="calibre2">CHAPTER ONE</b></p>', "<p><b>CHAPTER TWO</b></p>",
         ["CHAPTER ONE", "CHAPTER TWO"]),
        ("<h2>1</h2><h3>The Rock</h3>", "<h2>2</h2><h3>The Lamp</h3>", ["1. The Rock", "2. The Lamp"]),
        ('<p class="chapter-number">1</p><p class="chapter-title">The Rock</p>',
         '<p class="chapter-number">2</p><p class="chapter-title">The Lamp</p>', ["1. The Rock", "2. The Lamp"]),
        ('<div align="center">KAPITEL I</div>', '<div align="center">KAPITEL II</div>', ["KAPITEL I", "KAPITEL II"]),
        ("<p><strong>Prologue</strong></p>", "<p><strong>The Rock</strong></p>", ["Prologue", "The Rock"]),
        ("<h3>One</h3>", "<h3>Two</h3>", ["One", "Two"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("contents", ["", '<li><a href="a.xhtml">Start</a></li>'])
def test_books_without_useful_contents_have_the_chapters_of_their_pages(
    first: str, second: str, expected: list[str], contents: str
) -> None:
    """Headings, and what is set as one."""
    article = _of({"a": first + SEA, "b": second + SEA}, contents)
    assert headings(article) == expected
    assert {line.split(" ")[0] for line in sketch(article) if line.startswith("#")} == {"##"}


def test_bold_lines_amid_a_file_are_chapters_where_they_say_so() -> None:
    """And not where they only stress something."""
    inside = (
        f"<h1>The book</h1><p><b>CHAPTER I</b></p>{SEA}<p><b>Mind the step!</b></p>{SEA}<p><b>CHAPTER II</b></p>{SEA}"
    )
    article = _of({"a": inside})
    assert headings(article) == ["CHAPTER I", "CHAPTER II"]
    assert "Mind the step!" in texts(article)


def test_a_short_first_line_is_no_title() -> None:
    """Only if it is set as one, and text follows."""
    article = _of({"a": f"<p>Rain.</p>{SEA}", "b": "<p><b>For Jo, who rowed.</b></p>"},
                  '<li><a href="a.xhtml">One</a></li><li><a href="b.xhtml">Dedication</a></li>')  # fmt: skip
    assert headings(article) == ["One", "Dedication"]
    assert "Rain." in texts(article)
    assert "For Jo, who rowed." in texts(article)


def test_labels_without_a_text_are_no_chapters() -> None:
    """What the contents name and nothing stands under is not said."""
    article = _of({"a": f"<h1>One</h1>{SEA}", "b": "<p> </p>"},
                  '<li><a href="a.xhtml">One</a></li><li><a href="b.xhtml">Blank</a></li>')  # fmt: skip
    assert headings(article) == ["One"]


def test_a_title_keeps_its_notes_readings_and_languages() -> None:
    """They move into the heading with it."""
    opening = (
        '<h1>1</h1><h2 lang="fr">Le rocher<a epub:type="noteref" href="#n">*</a></h2><p>So it stood for years.</p>'
        '<aside epub:type="footnote" id="n"><p>The rock.</p></aside>'
    )
    article = _of(
        {"a": opening, "b": SEA}, '<li><a href="a.xhtml">1. Le rocher</a></li><li><a href="b.xhtml">2</a></li>'
    )
    assert sketch(article)[:2] == ["## 1. Le rocher[^*]", "[^*]: The rock."]
    heading = next(leaves(article.blocks))
    assert [span.kind for span in heading.spans if span.value == "fr"] == ["language"]


# --- K26: what shows the book and does not tell it

CONTENTS = {
    "links": '<h1>Contents</h1><p><a href="a.xhtml">One</a></p><p><a href="b.xhtml">Two ..... 9</a></p>',
    "lines": "<p><b>CONTENTS</b></p><p>One ..... 3</p><p>Two  9</p>",
    "list": '<h2>Table of Contents</h2><ul><li><a href="a.xhtml">1</a></li><li><a href="b.xhtml">2</a></li></ul>',
    "german": '<h1>Inhalt</h1><div>One <a href="a.xhtml">3</a></div><div>Two <a href="b.xhtml">9</a></div>',
    "table": '<table><tr><td><a href="a.xhtml">One</a></td></tr><tr><td><a href="b.xhtml">Two</a></td></tr>'
    '<tr><td><a href="c.xhtml">Three</a></td></tr></table>',
}


@pytest.mark.parametrize("kind", CONTENTS)
def test_a_page_of_contents_is_left_out_and_quoted(kind: str) -> None:
    """By its lines, which are those of the book's contents, whatever it is called."""
    documents = {
        "toc": CONTENTS[kind],
        "a": f"<h1>One</h1>{SEA}",
        "b": f"<h1>Two</h1>{SEA}",
        "c": f"<h1>Three</h1>{SEA}",
    }
    nav = "".join(
        f'<li><a href="{at}.xhtml">{title}</a></li>' for at, title in zip("abc", ("One", "Two", "Three"), strict=True)
    )
    article = _of(documents, nav)
    assert headings(article) == ["One", "Two", "Three"]
    (finding,) = [finding for finding in article.findings if finding.id == "parts-left-out"]
    assert "contents" in finding.message
    assert "toc.xhtml" in finding.message
    assert ("Two" in finding.text) or kind == "list"


@pytest.mark.parametrize(
    "text",
    [
        "<h1>Contents</h1>" + SEA * 4,
        "<h1>Contents of the chest</h1><ul><li>Rope</li><li>Oil</li><li>Bread</li></ul>",
        '<p>See <a href="a.xhtml">One</a>.</p>' + SEA,
    ],
)
def test_what_only_looks_like_contents_is_read(text: str) -> None:
    """A chapter may be called so."""
    article = _of({"a": f"<h1>One</h1>{SEA}", "x": text, "b": f"<h1>Two</h1>{SEA}"},
                  '<li><a href="a.xhtml">One</a></li><li><a href="b.xhtml">Two</a></li>')  # fmt: skip
    assert not [finding for finding in article.findings if finding.id == "parts-left-out"]


def test_all_is_read_where_all_is_asked_for() -> None:
    """Covers, contents and printings too."""
    documents = {
        "cover": "<p>The book by Ann</p>",
        "toc": CONTENTS["links"],
        "copy": "<p>© 2024 Ann. 10 9 8 7 6 5 4 3 2 1</p>",
        "a": f"<h1>One</h1>{SEA}",
        "b": f"<h1>Two</h1>{SEA}",
    }
    data = book(documents, '<li><a href="a.xhtml">One</a></li><li><a href="b.xhtml">Two</a></li>')
    (article,) = read(data, name="a.epub", keep_all=True).articles
    assert "The book by Ann" in texts(article)
    assert "Two ..... 9" in texts(article)
    assert "© 2024 Ann. 10 9 8 7 6 5 4 3 2 1" in texts(article)
    left = read_whole(data, "a.epub").articles[0]
    assert texts(left) == ["© 2024 Ann.", "One", "It stands in the sea, and nobody goes there.", "Two", texts(left)[2]]
    for words in ("The book by Ann", "Two ..... 9", "10 9 8 7 6 5 4 3 2 1"):
        assert words in _told(left)


@pytest.mark.parametrize("numbers", ["10 9 8 7 6 5 4 3 2 1", "1 3 5 7 9 10 8 6 4 2", "24 25 26 27 28 10 9 8 7 6 5 4"])
def test_the_numbers_of_printings_are_left_out(numbers: str) -> None:
    """Of an imprint; elsewhere numbers in a row are what someone wrote."""
    article = _of({"copy": f"<p>© 2024 Ann. ISBN 978-0-306-40615-7. {numbers}</p>", "a": f"<p>Count: {numbers}!</p>"})
    assert texts(article) == ["© 2024 Ann. ISBN 978-0-306-40615-7.", f"Count: {numbers}!"]
    assert numbers in _told(article)


def test_an_index_is_left_out() -> None:
    """By its type, or by its name and the numbers of pages."""
    entries = "<h1>Index</h1><p>boats, 12, 14–16</p><p>lamps, 3</p><p>oil, 9</p>"
    article = _of({"a": SEA, "x": entries, "y": '<section epub:type="index"><p>gulls, 1</p></section>'})
    assert len(texts(article)) == 1
    assert "boats, 12, 14–16" in _told(article)
    assert "gulls, 1" in _told(article)


def test_what_is_beside_the_reading_order_is_quoted_but_for_its_notes() -> None:
    """Notes are read where they are referred to; a glossary that links lead to is not."""
    documents = {
        "a": '<p>Rain<a epub:type="noteref" href="b.xhtml#n">1</a> fell on the <a href="b.xhtml#g">quay</a>.</p>',
        "b": '<p>Aside.</p><aside epub:type="footnote" id="n"><p>Much.</p></aside>'
        '<dl><dt id="g">Quay</dt><dd>A wall.</dd></dl>',
    }
    spine = '<itemref idref="a"/><itemref idref="b" linear="no"/>'
    article = _of(documents, "", "", spine)
    assert sketch(article) == ["Rain[^1] fell on the quay.", "[^1]: Much."]
    assert "Aside. Quay A wall." in _told(article)


def test_a_wrong_reference_costs_no_chapter() -> None:
    """A document that is called contents and is none is read; so is one called cover that has a text."""
    text = "<p>" + "It rained on the quay and on the boats. " * 8 + "</p>"
    entries = '<li><a href="cover.xhtml">One</a></li><li><a href="b.xhtml">Two</a></li>'
    article = _of({"cover": text, "b": f'<div epub:type="toc">{text}</div>'}, entries)
    assert [len(blocks) for _, blocks in article.sections()] == [0, 1, 1]
    assert not article.findings


# --- K19: what a book says of itself


def test_who_made_the_book_is_known_as_what() -> None:
    """By refinements, attributes and names of roles, in the order in which the book names them; programs made none."""
    metadata = """
        <dc:creator id="two">Bob Second</dc:creator><dc:creator id="one">Ann First</dc:creator>
        <dc:creator xmlns:opf="http://www.idpf.org/2007/opf" opf:role="ill">Ivo Ink</dc:creator>
        <dc:contributor id="t">Tina Word</dc:contributor><dc:contributor>Jo Help</dc:contributor>
        <dc:contributor id="n">Nick Voice</dc:contributor><dc:contributor id="e">Ed Pen</dc:contributor>
        <dc:contributor>calibre (7.1.0) [https://calibre-ebook.com]</dc:contributor>
        <meta refines="#one" property="display-seq">1</meta><meta refines="#two" property="display-seq">2</meta>
        <meta refines="#t" property="role" scheme="marc:relators">trl</meta>
        <meta refines="#n" property="role">http://id.loc.gov/vocabulary/relators/nrt</meta>
        <meta refines="#e" property="role">EDT</meta><meta property="media:narrator">Nora Tone</meta>
    """
    article = _of({"a": SEA}, "", metadata)
    assert set(article.metadata.creators) == {
        Creator("Ann First", "author"), Creator("Bob Second", "author"), Creator("Ivo Ink", "illustrator"),
        Creator("Tina Word", "translator"), Creator("Jo Help", "contributor"), Creator("Nick Voice", "narrator"),
        Creator("Ed Pen", "editor"), Creator("Nora Tone", "narrator"),
    }  # fmt: skip
    authors = [creator.name for creator in article.metadata.creators if creator.role == "author"]
    assert authors == ["Ann First", "Bob Second"]
    assert [credit.text for credit in article.credits] == authors


def test_a_book_says_what_it_is() -> None:
    """Titles by their kinds, a description without its markup, subjects, series, rights, identifiers."""
    metadata = """
        <dc:title id="s">A tale of light</dc:title><meta refines="#s" property="title-type">subtitle</meta>
        <dc:description>&lt;p&gt;A &lt;b&gt;keeper&lt;/b&gt; &amp;amp; his lamp.&lt;/p&gt;
        &lt;p&gt;More.&lt;/p&gt;</dc:description>
        <dc:subject>Fiction / Sea</dc:subject><dc:subject>Lamps</dc:subject><dc:rights>© Ann</dc:rights>
        <meta property="belongs-to-collection" id="c">Harbour Tales</meta>
        <meta refines="#c" property="collection-type">series</meta><meta refines="#c" property="group-position">2</meta>
        <dc:identifier>urn:isbn:978-0-306-40615-7</dc:identifier>
        <dc:identifier xmlns:opf="http://www.idpf.org/2007/opf" opf:scheme="calibre">x1</dc:identifier>
        <dc:date>0101-01-01T00:00:00+00:00</dc:date><dc:date>2011-05-02</dc:date><dc:publisher>Quay Press</dc:publisher>
    """
    article = _of({"a": SEA}, "", metadata)
    said = article.metadata
    assert (article.title, said.subtitle) == ("The book", "A tale of light")
    assert (said.description, said.subjects) == ("A keeper & his lamp. More.", ("Fiction / Sea", "Lamps"))
    assert (said.series, said.series_position, said.rights) == ("Harbour Tales", "2", "© Ann")
    assert said.identifiers == ("urn:isbn:9780306406157",)
    assert (article.published, article.source) == ("2011-05-02", "Quay Press")


def test_calibre_names_series_in_its_own_way() -> None:
    """As `meta` with a name."""
    metadata = '<meta name="calibre:series" content="Tales"/><meta name="calibre:series_index" content="3.0"/>'
    said = _of({"a": SEA}, "", metadata).metadata
    assert (said.series, said.series_position) == ("Tales", "3")


@pytest.mark.parametrize(
    ("said", "language"),
    [("und", ""), ("zxx", ""), ("de_AT", "de-AT"), ("ger", "de"), ("ENG-gb", "en-gb"), ("English", "en"), ("ja", "ja")],
)
def test_the_language_is_told_as_a_tag(said: str, language: str) -> None:
    """Older codes and names are known; `und` tells nothing, so it is looked at."""
    text = "<p>" + "Der Leuchtturm steht auf dem Felsen, und niemand geht dorthin. " * 3 + "</p>"
    entries = book_entries({"a": text})
    package = str(entries["package.opf"]).replace("<dc:language>en<", f"<dc:language>{said}<")
    article = _article(archive({**entries, "package.opf": package}))
    assert article.language == (language or "de")
    assert ("language-guessed" in {finding.id for finding in article.findings}) == (not language)


# --- pictures, links, pages


def _png(colour: str = "red") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (3, 2), colour).save(target, "PNG")
    return target.getvalue()


def _with_files(
    documents: dict[str, str], files: dict[str, bytes], items: str, metadata: str = "", nav: str = ""
) -> Article:
    entries = book_entries(documents, nav, metadata)
    package = str(entries["package.opf"]).replace("</manifest>", f"{items}</manifest>")
    return _article(archive({**entries, **files, "package.opf": package}))


@pytest.mark.parametrize(
    ("items", "metadata", "document"),
    [
        ('<item id="c" href="art/c%20o.png" media-type="image/png" properties="cover-image"/>', "", ""),
        ('<item id="c" href="art/c%20o.png" media-type="image/png"/>', '<meta name="cover" content="c"/>', ""),
        ('<item id="c" href="art/c%20o.png" media-type="image/png"/>', '<meta name="cover" content="art/c o.png"/>',
         ""),
        ("", "", '<img src="art/c%20o.png" alt=""/>'),
        ("", "", '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
         '<image x:href="art/c o.png"/></svg>'),
    ],
)  # fmt: skip
def test_the_cover_comes_along(items: str, metadata: str, document: str) -> None:
    """However the book names it."""
    landmark = '</ol></nav><nav epub:type="landmarks"><ol><li><a epub:type="cover" href="cover.xhtml">Cover</a></li>'
    article = _with_files({"cover": document, "a": SEA}, {"art/c o.png": _png()}, items, metadata, landmark)
    (image,) = article.images
    assert article.metadata.cover == image.name
    assert image.data == _png()


def test_pictures_of_the_book_come_along() -> None:
    """By their paths in it, from folders beside and above; what it does not hold, and what is no picture, does not."""
    pictures = (
        '<p><img src="../art/a.png" alt="A boat"/></p><p><img src="../art/none.png" alt="Gone"/></p>'
        '<p><img src="../art/b.png" alt="Broken"/></p><p><img src="https://example.org/c.png" alt="Far"/></p>'
        f'<p><img src="data:image/png;base64,{base64.b64encode(_png("blue")).decode()}" alt="Inside"/></p>'
    )
    entries = book_entries({})
    package = str(entries["package.opf"]).replace(
        "</manifest>", '<item id="x" href="text/x.xhtml" media-type="application/xhtml+xml"/></manifest>'
    )
    package = package.replace("<spine>", '<spine><itemref idref="x"/>')
    files: dict[str, str | bytes] = {"text/x.xhtml": page(pictures), "art/a.png": _png(), "art/b.png": b"no picture"}
    article = _article(archive({**entries, **files, "package.opf": package}))
    assert texts(article) == ["A boat", "Gone", "Broken", "Far", "Inside"]
    assert [image.data for image in article.images] == [_png(), _png("blue")]


def test_links_lead_to_the_same_places() -> None:
    """In other documents of the book, and on the web; what leads to nothing is words."""
    text = (
        '<p>See <a href="b.xhtml#here">there</a>, <a href="b.xhtml">two</a>, '
        '<a href="https://example.org/">the web</a>, '
        '<a href="c.xhtml">nothing</a> and <a href="#no">nowhere</a>.</p>'
    )
    article = _of({"a": text, "b": f'<p>First.</p><p id="here">{"Second."}</p>'})
    first = next(leaves(article.blocks))
    links = {first.text[span.start : span.end]: span.value for span in first.of("link")}
    assert set(links) == {"there", "two", "the web"}
    assert links["the web"] == "https://example.org/"
    anchors = {span.value: leaf.text for leaf in leaves(article.blocks) for span in leaf.of("anchor")}
    assert anchors[links["there"][1:]] == "Second."
    assert anchors[links["two"][1:]] == "First."


@pytest.mark.parametrize(
    "mark",
    [
        '<span epub:type="pagebreak" id="p12" title="12"/>', '<span role="doc-pagebreak" aria-label="12" id="p12"/>',
        '<a id="p12"/>', '<span id="p12"></span>', '<span epub:type="pagebreak" id="p12"/>',
    ],
)  # fmt: skip
def test_pages_are_marked_where_they_begin(mark: str) -> None:
    """By the marks themselves, or by the list of pages."""
    pages = '</ol></nav><nav epub:type="page-list"><ol><li><a href="a.xhtml#p12">12</a></li>'
    article = _of({"a": f"<p>The keeper rowed to {mark}the rock.</p>"}, pages)
    (leaf,) = leaves(article.blocks)
    assert leaf.text == "The keeper rowed to the rock."
    assert [span.value for span in leaf.of("page")] == ["12"]


def test_formulas_for_programs_with_and_without_mathml_are_read_once() -> None:
    """`epub:switch` holds both."""
    switch = (
        '<p>So <epub:switch><epub:case required-namespace="http://www.w3.org/1998/Math/MathML">'
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></epub:case>'
        "<epub:default>an unknown</epub:default></epub:switch> is.</p>"
    )
    assert texts(_of({"a": switch})) == ["So x is."]


def test_a_page_that_is_a_picture_is_read_by_the_text_that_stands_for_it() -> None:
    """The spine may name a picture with a fallback."""
    entries = book_entries({"a": SEA})
    package = str(entries["package.opf"]).replace(
        "</manifest>", '<item id="p" href="p.jpg" media-type="image/jpeg" fallback="a"/></manifest>'
    )
    package = package.replace('<itemref idref="a"/>', '<itemref idref="p"/>')
    assert len(texts(_article(archive({**entries, "package.opf": package})))) == 1


# --- notes in other documents


def test_notes_at_the_end_of_the_book_follow_their_paragraphs() -> None:
    """And leave no chapter behind, though the contents name one."""
    documents = {
        "a": '<h1>One</h1><p>It rained.<a id="r1" href="n.xhtml#n1"><sup>1</sup></a></p>',
        "b": '<h1>Two</h1><p>It snowed.<a id="r2" href="n.xhtml#n2"><sup>2</sup></a></p>',
        "n": '<h1>Notes</h1><p><a id="n1" href="a.xhtml#r1"><sup>1</sup></a> Much.</p>'
        '<p><a id="n2" href="b.xhtml#r2"><sup>2</sup></a> Little.</p>',
    }
    nav = "".join(
        f'<li><a href="{at}.xhtml">{title}</a></li>' for at, title in (("a", "One"), ("b", "Two"), ("n", "Notes"))
    )
    assert sketch(_of(documents, nav)) == [
        "## One", "It rained.[^1]", "[^1]: Much.", "## Two", "It snowed.[^2]", "[^2]: Little.",
    ]  # fmt: skip


def test_blocks_of_every_document_are_in_the_book() -> None:
    """In the order of the spine."""
    documents = {f"d{number}": f"<p>Number {number}.</p>" for number in range(5)}
    assert texts(_of(documents)) == [f"Number {number}." for number in range(5)]
    assert len(list(every(_of(documents).blocks))) == 5


def test_style_sheets_say_what_is_bold_or_struck() -> None:
    """Many programs say it only there; a sheet that is missing costs nothing."""
    head = "<head><link rel='stylesheet' href='a.css'/><link rel='stylesheet' href='gone.css'/></head>"
    entries = book_entries({"a": f"<p>It <span class='b7'>opens</span>, <span class='s'>or not</span>.</p>{SEA}"})
    entries["a.xhtml"] = str(entries["a.xhtml"]).replace("<body", f"{head}<body", 1)
    entries["a.css"] = ".b7 { font-weight: bold }\nspan.s, .t { text-decoration: line-through; }"
    (text, *_) = leaves(_article(archive(entries)).blocks)
    assert [(span.kind, text.text[span.start : span.end]) for span in text.spans] == [
        ("strong", "opens"), ("struck", "or not"),
    ]  # fmt: skip


def test_one_heading_with_the_books_title_is_above_its_chapters() -> None:
    article = _of({"a": f"<h1>The book</h1>{SEA}<h2>The Rock</h2>{SEA}<h2>The Sea</h2>{SEA}"})
    assert [heading for heading in sketch(article) if heading.startswith("#")] == ["## The Rock", "## The Sea"]
