"""Markup: what a page shows is read, with its structure; what it hides, runs or loads is not."""

from __future__ import annotations

import lxml.html
import pytest
from read_golden import as_text

from audio_edition.model import Article, Issue
from audio_edition.read.markup import read_body, titled

CASES = {
    "white space collapses, and blocks part paragraphs": (
        "<p>One\n  <b>t</b>wo <i> three</i>.</p>loose<div>four</div> tail <br>line",
        "body: One two three.\nbody: loose\nbody: four\nbody: tail line",
    ),
    "headings open sections with their levels": (
        "<p>Lead.</p><h2>A <em>b</em></h2><p>c</p><h4 lang=fr>D</h4>",
        "body: Lead.\n\n## A b\nbody: c\n\n#### [fr] D",
    ),
    "subheadings of agencies are found": (
        "<p>Lead.</p><p>- Blood stains -</p><p>Text.</p>",
        "body: Lead.\n\n## Blood stains\nbody: Text.\n\nnote heading-marks: Left out: the dashes around subheadings."
        "\n    text: '--'",
    ),
    "lists count as the page does": (
        "<ul><li>a<li><p>b</p></ul><ol start=3><li>c<li value=7><p>d</p><p>e</p></ol><ol reversed><li>f<li>g</ol>",
        "list item: a\nlist item: b\nlist item: 3. c\nlist item: 7. d\nlist item: e\nlist item: 2. f\nlist item: 1. g",
    ),
    "quotations, captions and code are told apart": (
        "<blockquote><p>q</p><ul><li>i</ul></blockquote><figure><img alt='A cat'><figcaption>Cap</figcaption></figure>"
        "<pre>x = 1\ny = 2</pre><p><q>Yes</q></p>",
        "quote: q\nlist item: i\npicture: A cat\ncaption: Cap\ncode: x = 1 y = 2\nbody: “Yes”",
    ),
    "a picture among words comes behind them": (
        "<p>Look <img alt='A cat on a mat' src=x> here <img alt=''> and <img alt='🙂'>.</p>",
        "body: Look here and 🙂.\npicture: A cat on a mat",
    ),
    "languages are kept, those of phrases with their places": (
        "<p>He said <i lang=fr>c’est  la vie</i>, twice.</p><p lang=de>Guten Tag.</p><p lang=en-GB>Own.</p>"
        "<p><span lang=fr>Tout</span></p>",
        "body: He said c’est la vie, twice.\n    in fr: c’est la vie\nbody [de]: Guten Tag.\nbody: Own.\n"
        "body [fr]: Tout",
    ),
    "a table is read row by row": (
        "<table><caption>Towns</caption><tr><th>Town<th>People<tr><td>Ahe<td>5<tr><td><td>7"
        "<tr><td rowspan=2>Bo<td>8<tr><td>9</table>",
        "caption: Towns\ntable header: Town; People\n    cell at 0\n    cell at 6\n"
        "table row: Ahe; 5\n    cell at 0: Town\n    cell at 5: People\ntable row: 7\n    cell at 0: People\n"
        "table row: Bo; 8\n    cell at 0: Town\n    cell at 4: People\ntable row: 9\n    cell at 0: People",
    ),
    "headings in a cell part words": (
        "<table><tr><td><b>a</b><h4>b</h4>c<td>d</table>",
        "table row: a b c; d\n    cell at 0\n    cell at 7",
    ),
    "a table for looks is no table": (
        "<table role=presentation><tr><td>a<td>b</table><table><tr><td>c<tr><td>d</table>",
        "body: a\nbody: b\nbody: c\nbody: d",
    ),
    "notes follow what refers to them": (
        "<p>One<sup><a href='#n1'>1</a></sup> two.</p><p>Three<sup><a href='#n1'>1</a></sup>.</p>"
        "<section class=footnotes><h2>Notes</h2><ol><li id=n1><p>So it is. <a href='#r1'>↩</a></p></ol></section>",
        "body: One two.\nnote: So it is.\nbody: Three.\n\n"
        "note note-marks: Left out: the marks of notes, which follow the paragraphs that refer to them.\n"
        "    text: '1 1 Notes'",
    ),
    "notes of headings and tables follow them": (
        "<h2>Oil<a role=doc-noteref href='#n1'>1</a></h2><p>a</p><table><tr><th>b<sup><a href='#n2'>2</a></sup> c<th>d"
        "<tr><td>e<td>f</table><aside id=n1>One.</aside><aside id=n2>Two.</aside>",
        "## Oil\nnote: One.\nbody: a\ntable header: b c; d\n    cell at 0\n    cell at 5\ntable row: e; f\n"
        "    cell at 0: b c\n    cell at 3: d\nnote: Two.\n\n"
        "note note-marks: Left out: the marks of notes, which follow the paragraphs that refer to them.\n"
        "    text: '1 2'",
    ),
    "what is hidden or runs is not read": (
        "<p>a<script>x</script><!-- y --><span hidden>z</span><span style='color:red; DISPLAY: none'>w</span>b"
        "<template>t</template><button>Share</button></p><style>p{}</style><noscript>n</noscript>",
        "body: ab",
    ),
    "powers are no longer figures": (
        "<p>10<sup>3</sup> and 21<sup>st</sup> CO<sub>2</sub></p>",
        "body: 10³ and 21st CO2",
    ),
    "formulas are read as they are told": (
        "<p>So <math alttext='a squared'><mi>a</mi></math>.</p>"
        "<math display=block><mi>b</mi><mo>=</mo><mn>1</mn></math>",
        "body: So a squared.\nformula: b=1",
    ),
    "two ends of line part paragraphs": ("<p>a<br>b<br> <br>c</p>", "body: a b\nbody: c"),
    "what has no words is told": (
        "<p>a</p><img src=x><iframe src=y>old</iframe><video></video>",
        "body: a\n\nwarning picture-without-text: Pictures without alternative text, of which nothing can be said: 1. "
        "Give each an alternative text in the document, an empty one where it only decorates.\n\n"
        "warning played-without-text: Videos, recordings and embedded pages, which are not read: 2. "
        "Say in the article what they tell.",
    ),
}


def _read(markup: str) -> str:
    body = read_body(lxml.html.document_fromstring(f"<body>{markup}</body>"), "en")
    return as_text(Issue((Article("", body.sections, findings=body.findings),))).removeprefix("=== article\n").strip()


@pytest.mark.parametrize("name", CASES)
def test_markup_is_read_as_a_page_shows_it(name: str) -> None:
    """Each case is what it says."""
    markup, expected = CASES[name]
    assert _read(markup) == expected


def test_deep_nesting_is_read_without_end() -> None:
    """Neither the depth of elements nor of lists stops the reader."""
    root = element = lxml.html.Element("div")
    for _ in range(5000):
        element = lxml.html.etree.SubElement(element, "ul")
        element = lxml.html.etree.SubElement(element, "li")
    element.text = "deep"
    (section,) = read_body(root).sections
    assert [paragraph.text for paragraph in section.paragraphs] == ["deep"]


def test_notes_that_refer_to_each_other_end() -> None:
    """Each note is told once."""
    text = _read(
        "<p>a<sup><a href='#x'>1</a></sup></p><p id=x>b<sup><a href='#y'>2</a></sup></p>"
        "<p id=y>c<sup><a href='#x'>1</a></sup></p>"
    )
    assert sorted(text) == sorted(_read("<p>a</p>") + text.removeprefix("body: a"))
    assert text.count("note: b") == 1


@pytest.mark.parametrize(
    ("markup", "title", "expected"),
    [
        ("<h1>Rain</h1><p>It fell.</p>", "", ("Rain", "body: It fell.")),
        ("<h1>Rain</h1><p>It fell.</p>", "RAIN ", ("RAIN ", "body: It fell.")),
        ("<h1>Rain</h1><p>It fell.</p>", "Storm", ("Storm", "## Rain\nbody: It fell.")),
        ("<p>It fell.</p><h1>Rain</h1>", "", ("", "body: It fell.\n\n## Rain")),
    ],
)
def test_a_title_stands_in_one_place(markup: str, title: str, expected: tuple[str, str]) -> None:
    """A heading that is the title, or says it again, is no section."""
    found, sections = titled(read_body(lxml.html.document_fromstring(markup)).sections, title)
    assert (found, as_text(Issue((Article("", sections),))).removeprefix("=== article\n").strip()) == expected
