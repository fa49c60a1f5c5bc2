"""Markup: what a page shows is read, with its structure; what it hides, runs or loads is not."""

from __future__ import annotations

import lxml.html
import pytest
from lxml import etree
from read_golden import as_text

from audio_edition.errors import ReadError
from audio_edition.model import Article, Issue
from audio_edition.read.markup import read_body, titled, tree_of
from audio_edition.read.markup.parse import MOST_CHARACTERS, MOST_TAGS

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
        "quote: q\nlist item: i\npicture: A cat\ncaption: Cap\ncode: x = 1\ncode: y = 2\nbody: “Yes”",
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
        "body: So a squared.\nformula: b = 1",
    ),
    "formulas of TeX are read from their signs": (
        "<p>So <span class=katex><span class=katex-mathml><math><semantics><mrow><msup><mi>x</mi>"
        "<mn>2</mn></msup><mo>=</mo>"
        "<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac><msqrt><mn>2</mn></msqrt></mrow>"
        "<annotation encoding='application/x-tex'>x^2</annotation></semantics></math></span>"
        "<span class=katex-html aria-hidden=true>x2</span></span> holds.</p>"
        "<p><span style='display:none' class='mwe-math-mathml-inline mwe-math-mathml-a11y'><math "
        "alttext='{\\displaystyle y_1}'>"
        "<msub><mi>y</mi><mn>1</mn></msub></math></span><img aria-hidden=true alt='{y_1}'></p>"
        "<p><mjx-container><mjx-math aria-hidden=true>z</mjx-math><mjx-assistive-mml><math><mi>z</mi></math>"
        "</mjx-assistive-mml></mjx-container><script type='math/tex'>z</script></p><table><tr><td>1<td>"
        "<math><mi>w</mi><annotation>w</annotation></math></table>",
        "body: So x² = (a + 1)/b√2 holds.\nbody: y_1\nbody: z\ntable row: 1; w\n    cell at 0\n    cell at 3",
    ),
    "terms are followed by what they mean": (
        "<dl><dt>Bora<dd>A cold wind.<dd><p>From the north.<dt lang=it>Scirocco<dd>A warm one.</dl>",
        "list item: Bora\nlist item: A cold wind.\nlist item: From the north.\nlist item [it]: Scirocco\n"
        "list item: A warm one.",
    ),
    "abbreviations, ruby and details are read as they stand": (
        "<p>The <abbr title='World Health Organization'>WHO</abbr> in <ruby>東<rp>(</rp><rt>とう</rt>"
        "<rp>)</rp>京<rt>きょう</rt>"
        "</ruby>.</p><details><summary>More</summary>Hidden until opened.</details>end",
        "body: The WHO in 東京.\nbody: More\nbody: Hidden until opened.\nbody: end",
    ),
    "lists count in letters too": (
        "<ol type=a><li>x<li>y</ol><ol type=I start=4><li>z</ol><ol type=disc><li>w</ol><ol type=A><li value=30>v</ol>",
        "list item: a. x\nlist item: b. y\nlist item: IV. z\nlist item: w\nlist item: 30. v",
    ),
    "each picture of a figure comes before its caption": (
        "<figure><img alt='A boat'><img alt='A net'><amp-img alt='A pier'></amp-img><figcaption>The "
        "harbour</figcaption></figure>"
        "<figure><img alt='The old mill'><figcaption>The old mill in 1920. Photo: A. Roe</figcaption></figure>",
        "picture: A boat\npicture: A net\npicture: A pier\ncaption: The harbour\ncaption: The old "
        "mill in 1920. Photo: A. Roe",
    ),
    "drawings are read by their descriptions": (
        "<p>See</p><svg role=img><title>Rain by month</title><desc>Most in May.</desc><text>May</text></svg>"
        "<div role=img aria-label='A map of the coast'><span>x</span></div><p><a href=x><svg><title>"
        "Facebook</title></svg></a>"
        "ok <span role=img aria-label='smiling face'>🙂</span></p><svg><path d=''/></svg>"
        "<table><tr><th><svg><title>Up</title><text>t</text></svg><th>b<tr><td>1<td>2</table>",
        "body: See\npicture: Rain by month Most in May.\npicture: A map of the coast\nbody: ok 🙂\n"
        "table header: Up; b\n    cell at 0\n    cell at 4\ntable row: 1; 2\n    cell at 0: Up\n    cell at 3: b",
    ),
    "headings by role have their level": (
        "<div role=heading aria-level=3>A</div><p>b</p><p role=heading>C</p><p role=heading aria-level=x>D</p><p>e",
        "### A\nbody: b\n\n## C\n\n## D\nbody: e",
    ),
    "columns are called by all headers over them, rows by their own": (
        "<table><tr><th rowspan=2><th colspan=2>People<th rowspan=2>Area<tr><th>Men<th>Women"
        "<tr><th scope=row>Ahe<td>1<td>2<td>3<tr><th colspan=4>North<tr><th scope=row>Bo<td>4<td>5<td>6"
        "<tr><th>Town<th>a<th>b<th>c<tr><td>Cu<td>7<td>8<td>9</table>",
        "table header: People; Area\n    cell at 0\n    cell at 8\ntable header: Men; Women\n    "
        "cell at 0\n    cell at 5\n"
        "table row: Ahe; 1; 2; 3\n    cell at 0\n    cell at 5: People, Men\n    cell at 8: People, "
        "Women\n    cell at 11: Area\n"
        "table row: North\n    cell at 0\ntable row: Bo; 4; 5; 6\n    cell at 0\n    cell at 4: People, Men\n"
        "    cell at 7: People, Women\n    cell at 10: Area\ntable header: Town; a; b; c\n    cell "
        "at 0\n    cell at 6\n"
        "    cell at 9\n    cell at 12\ntable row: Cu; 7; 8; 9\n    cell at 0: Town\n    cell at 4: "
        "a\n    cell at 7: b\n"
        "    cell at 10: c",
    ),
    "an empty corner is no row, and cells may name their headers": (
        "<table><tr><td><th id=a>A<th id=b>B<tr><td>x<td headers=b>1<td headers='a z'>2</table>",
        "table header: A; B\n    cell at 0\n    cell at 3\ntable row: x; 1; 2\n    cell at 0\n    "
        "cell at 3: B\n    cell at 6: A",
    ),
    "the title of a table is no column's name": (
        "<table><tr><th colspan=2>Results<tr><th>Town<th>Votes<tr><td>Ahe<td>5</table>",
        "table header: Results\n    cell at 0\ntable header: Town; Votes\n    cell at 0\n    cell at 6\n"
        "table row: Ahe; 5\n    cell at 0: Town\n    cell at 5: Votes",
    ),
    "a table in a table is read where it stands": (
        "<table><tr><th>Day<th>Trains<tr><td>Monday<td><table><tr><td>8:00<td>9:00</table></table>"
        "<table><tr><td>left<td><table><tr><td>a<td>1<tr><td>b<td>2</table></table>",
        "table header: Day; Trains\n    cell at 0\n    cell at 5\ntable row: Monday; 8:00 9:00\n    cell at 0: Day\n"
        "    cell at 8: Trains\nbody: left\ntable row: a; 1\n    cell at 0\n    cell at 3\ntable "
        "row: b; 2\n    cell at 0\n"
        "    cell at 3",
    ),
    "notes of WordPress, Wikipedia, Pandoc and Word are known": (
        "<p>One<sup data-fn=u class=fn><a href='#u' id='u-link'>1</a></sup>.</p>"
        "<p>Two<sup id='cite_ref-2' class=reference><a href='#cite_note-2'><span>[</span>note "
        "2<span>]</span></a></sup>.</p>"
        "<p>Three<a href='#fn3' id='fnref3' role='doc-noteref'><sup>3</sup></a>.</p>"
        "<p>Four<a href='#_ftn4' name='_ftnref4'><sup>[4]</sup></a>.</p>"
        "<ol class='wp-block-footnotes'><li id=u>Of WordPress. <a href='#u-link'>↩︎</a></ol>"
        "<ol class=references><li id='cite_note-2'><span class='mw-cite-backlink'>^ <a href='#x'>"
        "<sup>a</sup></a></span> Of it.</ol>"
        "<section class=footnotes role='doc-endnotes'><ol><li id='fn3'><p>Of Pandoc.<a "
        "href='#fnref3' role='doc-backlink'>↩︎</a>"
        "</ol></section><div id='ftn4'><p><a href='#_ftnref4' name='_ftn4'>[4]</a> Of Word.</div>",
        "body: One.\nnote: Of WordPress.\nbody: Two.\nnote: Of it.\nbody: Three.\nnote: Of Pandoc.\n"
        "body: Four.\nnote: Of Word.\n\n"
        "note note-marks: Left out: the marks of notes, which follow the paragraphs that refer to them.\n"
        "    text: '1 [note 2] 3 [4]'",
    ),
    "notes of notes follow them": (
        "<p>a<sup><a href='#n1'>1</a></sup></p><p id=n1>b<sup><a href='#n2'>2</a></sup> b</p><p id=n2>c</p>",
        "body: a\nnote: b b\nnote: c\n\n"
        "note note-marks: Left out: the marks of notes, which follow the paragraphs that refer to "
        "them.\n    text: '1 2'",
    ),
    "code keeps its lines": (
        "<pre>if x:\n    <b>y</b> = 1\n\n\nend</pre><p>a <code>b\nc</code></p>",
        "code: if x:\ncode: y = 1\ncode: end\nbody: a b c",
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


def test_a_tree_has_all_that_a_page_shows() -> None:
    """Neither what stands behind the end, nor control characters, nor names with colons stop the parser or are lost."""
    root = tree_of("<html lang=fr><p>a&#1;\x02b<o:p>c</o:p></body></html><p xml:lang=de onclick=x>d</p>\0e", "it")
    assert etree.tostring(root, encoding="unicode") == (
        '<html lang="fr"><body><p>ab<span>c</span></p><p xml:lang="de">d</p>e</body></html>'
    )


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<title>a</title><main>b", "<html><head><title>a</title></head><body><main>b</main></body></html>"),
        ("<head><base><main>b</head><body>c", "<html><head><base/></head><body><main>b</main>c</body></html>"),
        ("a<p>b", "<html><body>a<p>b</p></body></html>"),
        ("<picture><source><img></picture>b", "<html><body><picture><source/><img/></picture>b</body></html>"),
        ("a<wbr>b", "<html><body>a<wbr/>b</body></html>"),
        ("<!-- nothing -->", "<html/>"),
    ],
)  # fmt: skip
def test_a_tree_is_that_of_a_browser(markup: str, expected: str) -> None:
    """Where the parser, older than these elements, would make another."""
    assert etree.tostring(tree_of(markup, "it"), encoding="unicode") == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 5_001,
        "<p>" * (MOST_TAGS + 1),
        "a" * (MOST_CHARACTERS + 1),
        "<p id=a class=b lang=c title=d>" * 150_000,
    ],
    ids=["deep", "tags", "long", "attributes"],
)
def test_a_trap_is_refused(markup: str) -> None:
    """What no page has is an error that names the document."""
    with pytest.raises(ReadError, match=r"^it (has|nests)"):
        tree_of(markup, "it")


def test_what_is_written_into_a_page_for_looks_does_not_count() -> None:
    """Pictures and styles in the page itself may be larger than any article."""
    markup = (
        f"<style>{'a' * MOST_CHARACTERS}</style><img alt=x src='data:image/png;base64,{'A' * MOST_CHARACTERS}'><p>a"
    )
    assert len(etree.tostring(tree_of(markup, "it"))) < 200


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
