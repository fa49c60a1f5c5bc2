"""Markdown in the flavours that are in use: what a page of each would show is read, and what it hides is quoted."""

from __future__ import annotations

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Article, Aside, Code, Creator, Formula, Heading, Picture, Table, every, leaves
from audio_edition.read import read
from support.read_golden import as_text
from support.sketch import sketch, texts
from support.soundness import read_whole


def _article(text: str, name: str = "a.md") -> Article:
    return read_whole(text.encode(), name).articles[0]


def _lines(text: str) -> list[str]:
    """The sketch of a text below a title."""
    return sketch(_article(f"# The quay\n\nIt opens at dawn.\n\n{text}\n"))[1:]


def _told(text: str) -> str:
    return "\n".join(finding.text for finding in _article(f"# The quay\n\nIt opens at dawn.\n\n{text}\n").findings)


# --- boxes

BOXES = {
    "github": "> [!WARNING]\n> Stay off the *quay*.\n>\n> It is wet.",
    "github-beta": "> **Warning**\n> Stay off the *quay*.\n>\n> It is wet.",
    "obsidian": "> [!warning]\n> Stay off the *quay*.\n> \n> It is wet.",
    "docusaurus": ":::warning\n\nStay off the *quay*.\n\nIt is wet.\n\n:::",
    "docusaurus-indented": "  :::warning\n  Stay off the *quay*.\n\n  It is wet.\n  :::",
    "pandoc": "::: {.warning}\nStay off the *quay*.\n\nIt is wet.\n:::",
    "pandoc-long": "::::: warning ::::::\nStay off the *quay*.\n\nIt is wet.\n::::::::::::::::::",
    "quarto": "::: {.callout-warning appearance=simple}\nStay off the *quay*.\n\nIt is wet.\n:::",
    "myst-colons": ":::{warning}\n:class: big\nStay off the *quay*.\n\nIt is wet.\n:::",
    "myst-fence": "```{warning}\n:name: w1\n\nStay off the *quay*.\n\nIt is wet.\n```",
    "mkdocs": "!!! warning\n    Stay off the *quay*.\n\n    It is wet.",
    "mkdocs-empty-title": '!!! warning ""\n\n    Stay off the *quay*.\n\n    It is wet.',
    "hugo": "{{% notice warning %}}\nStay off the *quay*.\n\nIt is wet.\n{{% /notice %}}",
    "hugo-alert": '{{< alert type="warning" >}}\nStay off the *quay*.\n\nIt is wet.\n{{< /alert >}}',
    "hugo-name": "{{< warning >}}\nStay off the *quay*.\n\nIt is wet.\n{{< /warning >}}",
    "gitbook": '{% hint style="warning" %}\nStay off the *quay*.\n\nIt is wet.\n{% endhint %}',
    "mdx": '<Callout type="warning">\n\nStay off the *quay*.\n\nIt is wet.\n\n</Callout>',
    "mdx-name": "<Warning>\n\nStay off the *quay*.\n\nIt is wet.\n\n</Warning>",
    "html": '<aside class="warning">\n\nStay off the *quay*.\n\nIt is wet.\n\n</aside>',
}


@pytest.mark.parametrize("flavour", BOXES)
def test_a_box_is_an_aside_of_its_kind(flavour: str) -> None:
    """However it is written."""
    assert _lines(BOXES[flavour]) == ["aside warning", "  Stay off the quay.", "  It is wet."]


@pytest.mark.parametrize(
    "written",
    [
        "> [!tip] Mind *the* gap\n> Wait.", "> [!tip]- Mind *the* gap\n> Wait.", ":::tip Mind *the* gap\nWait.\n:::",
        ":::tip[Mind *the* gap]\nWait.\n:::", '::: {.callout-tip title="Mind *the* gap"}\nWait.\n:::',
        "```{tip} Mind *the* gap\nWait.\n```", '!!! tip "Mind *the* gap"\n    Wait.',
        ":::{admonition} Mind *the* gap\n:class: tip\nWait.\n:::",
        '{{< callout type="tip" title="Mind *the* gap" >}}\nWait.\n{{< /callout >}}',
    ],
)  # fmt: skip
def test_the_title_of_a_box_is_its_first_paragraph(written: str) -> None:
    """With what is marked in it."""
    assert _lines(written) == ["aside tip", "  Mind the gap", "  Wait."]
    asides = [block for block in _article(f"# T\n\nText.\n\n{written}\n").blocks if isinstance(block, Aside)]
    (leaf, *_) = leaves(asides)
    assert [span.kind for span in leaf.spans] == ["emphasis"]


def test_boxes_hold_lists_and_boxes() -> None:
    """Of the same kind, and of others."""
    written = "::: note\nOne.\n\n::: warning\n- two\n:::\n\nThree.\n:::\n\n> [!note]\n> Four.\n> > [!tip]\n> > Five.\n"
    assert _lines(written) == [
        "aside note", "  One.", "  aside warning", "    - two", "  Three.", "aside note", "  Four.", "  aside tip",
        "    Five.",
    ]  # fmt: skip


def test_what_is_folded_is_read_with_its_title() -> None:
    """As a page shows it when it is opened."""
    for written in ('??? note "Open me"\n    Hidden.', '{{< details "Open me" >}}\nHidden.\n{{< /details >}}',
                    "<details><summary>Open me</summary>\n\nHidden.\n\n</details>",
                    "::: details Open me\nHidden.\n:::"):  # fmt: skip
        assert [line.strip() for line in _lines(written) if "aside" not in line] == ["Open me", "Hidden."], written


def test_parts_that_are_no_boxes_are_text() -> None:
    """Columns, tabs and parts with a class."""
    written = ':::{.center}\nOne.\n:::\n\n=== "Mac"\n\n    Two.\n\n=== "Linux"\n\n    Three.\n\nFour.'
    assert _lines(written) == ["One.", "Mac", "Two.", "Linux", "Three.", "Four."]


@pytest.mark.parametrize(
    "text", ["::: so it began", "!!! Really !!!", "{{< that >}} is how", "[!NOTE] alone", "> [no] box"]
)
def test_what_only_looks_like_a_box_is_text(text: str) -> None:
    """An opening without an end, or marks amid words."""
    assert not any(isinstance(block, Aside) for block in every(_article(f"# T\n\nText.\n\n{text}\n").blocks))


# --- marks within a line


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("==Bread== is dear.", "Bread is dear."),
        ("It is 2 == 2, and a == b too.", "It is 2 == 2, and a == b too."),
        ("See [[Whitby Harbour|the harbour]].", "See the harbour."),
        ("See [[Whitby Harbour]] and [[Tides#Spring]].", "See Whitby Harbour and Tides: Spring."),
        ("See ref [[1]](https://example.org/) here.", "See ref [1] here."),
        ("It is %%do we know?%% true.", "It is true."),
        ("It rose 5 %% and 6 %%.", "It rose 5 %% and 6 %%."),
        ("It is <!-- do we know? --> true.", "It is true."),
        ("It is {>>do we know?<<} true.", "It is true."),
        ("It is {/* do we know? */} true.", "It is true."),
        ("It is {++very ++}true.", "It is ++very++ true."),
        ("He paid {--ten--}{++nine++} pounds.", "He paid ~~ten~~++nine++ pounds."),
        ("He paid {~~ten~>nine~~} pounds.", "He paid ~~ten~~++nine++ pounds."),
        ("He paid ~~ten~~ nine.", "He paid ~~ten~~ nine."),
        ("Water is H~2~O, 10^6^ of it.", "Water is H2O, 106 of it."),
        ("It costs $5 and $6, or US$7/US$8.", "It costs $5 and $6, or US$7/US$8."),
        ("A smile :smile: here, at 10:30:45.", "A smile «smile» here, at 10:30:45."),
        ("A *[small]{.smallcaps}* word.", "A small word."),
        ("[A boat](boat.png){width=50%} sails.", "A boat sails."),
        ("Go [there](a.md){.btn #x} now.", "Go there now."),
        ("Go [there]({{< ref \"a.md\" >}}) now.", "Go there now."),
        ("Go [there]({% link a.md %}) now.", "Go there now."),
        ("Go [there]({{ site.url }}/a) now.", "Go there now."),
        ("The {ref}`harbour <h>` is {term}`closed`.", "The harbour is closed."),
        ("Read `a <b> c` and <name> of <T>.", "Read a <b> c and <name> of <T>."),
        ("Line one\\\nline two  \nline three", "Line one / line two / line three"),
        ("The end. ^block1", "The end."),
        ("The end. #sea/news #boat", "The end."),
        ("We are #1 and love #bread so.", "We are #1 and love #bread so."),
        ("Known since long [@holt2020, p. 3].", "Known since long ."),
        ("Write to [me@example.org].", "Write to [me@example.org]."),
        ("A word{: .big} here.", "A word here."),
    ],
)  # fmt: skip
def test_marks_within_a_line_are_what_a_page_shows(written: str, shown: str) -> None:
    """Of Obsidian, CriticMarkup, Pandoc, MyST, Hugo, Jekyll and kramdown; what only looks like one stays."""
    lines = [line.replace("«A boat»", "A boat") for line in _lines(written)]
    assert " ".join(lines) == shown or lines[0] == shown


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("It is %%do we know?%% true.", "do we know?"),
        ("%%\nA long one.\n\nIn two parts.\n%%\n\nAfter.", "A long one. In two parts."),
        ("Text. <!-- hidden\nremark --> More.", "hidden remark"),
        ("{::comment}\nhidden remark\n{:/comment}\n\nAfter.", "hidden remark"),
        ("{% comment %}\nhidden remark\n{% endcomment %}\n\nAfter.", "hidden remark"),
        ("[//]: # (hidden remark)\n\nAfter.", "hidden remark"),
        ("{{< youtube abc123 >}}\n\nAfter.", "youtube abc123"),
        ("![[Other note#Part]]\n\nAfter.", "Other note#Part"),
        ("[TOC]\n\nAfter.", "[TOC]"),
        ("[[_TOC_]]\n\nAfter.", "[[_TOC_]]"),
        ("* Contents\n{:toc}\n\nAfter.", "* Contents"),
        ("import Tabs from '@theme/Tabs';\n\nAfter.", "import Tabs"),
        ("export const a = {\n  title: 'x',\n};\n\nAfter.", "title: 'x'"),
        ("\\newpage\n\nAfter.", "\\newpage"),
        ("*[HTML]: Hyper Text\n\nAfter.", "HTML: Hyper Text"),
        ("[nobody]: https://example.org \"Not used\"\n\nAfter.", "Not used"),
        ("As said [see @doe99, pp. 3-5; @roe00].", "see @doe99"),
        ("```{=latex}\n\\vspace{1em}\n```\n\nAfter.", "\\vspace{1em}"),
        ("```{toctree}\nharbour\n```\n\nAfter.", "harbour"),
        ("--8<-- \"other.md\"\n\nAfter.", "other.md"),
        ("The end. #sea/news", "#sea/news"),
    ],
)  # fmt: skip
def test_what_is_not_shown_is_quoted(written: str, told: str) -> None:
    """Nothing that is left out goes untold, and none of it is read."""
    assert told in _told(written)
    article = _article(f"# The quay\n\nIt opens at dawn.\n\n{written}\n")
    assert told not in " ".join(texts(article))
    if "After." in written:
        assert texts(article)[-1] == "After."


def test_code_is_read_as_it_is() -> None:
    """No mark is one in it; a language is known however it is written."""
    written = (
        "```python\n==a== [[b]] :c: %%d%% $e$\n```\n\n`==a== {{< b >}}`\n\n```{r plot, echo=FALSE}\nx\n```\n\n"
        "{% highlight ruby %}\ny\n{% endhighlight %}"
    )
    article = _article(f"# T\n\nText.\n\n{written}\n")
    assert texts(article)[1:] == ["==a== [[b]] :c: %%d%% $e$", "==a== {{< b >}}", "x", "y"]
    assert [block.language for block in article.blocks if isinstance(block, Code)] == ["python", "r", "ruby"]


# --- tasks, definitions, tables, verse, headings, notes


def test_tasks_say_whether_they_are_done() -> None:
    """By the sign that a page shows."""
    assert _lines("- [ ] Buy flour\n- [x] Ask\n  1. [X] both\n- [-] Row\n- [a] no task") == [
        "- ☐ Buy flour", "- ☑ Ask", "  1. ☑ both", "- ☒ Row", "- [a] no task",
    ]  # fmt: skip


def test_definitions_and_lines_of_verse() -> None:
    """Of Pandoc and PHP Markdown Extra."""
    verse = "| The tide goes out\n| and in again\n|\n| and stops\n| at night"
    assert _lines(f"Bow\n: The front.\n: Of a ship.\n\n{verse}") == [
        "Bow:", "  The front.", "  Of a ship.", "/ The tide goes out", "/ and in again", "/ and stops", "/ at night",
    ]  # fmt: skip


def test_tables_have_captions() -> None:
    """Below or above them, as Pandoc has them."""
    table = "| Boat | Fee |\n|------|----:|\n| Gull | £4 |\n"
    expected = ["caption: What boats pay", "| ^Boat | ^Fee", "| Gull | £4"]
    assert _lines(f"{table}\n: What boats pay") == expected
    assert _lines(f"Table: What boats pay\n\n{table}") == expected


DRAWN = {
    "simple": "  Boat        Fee\n---------- ------\n  Gull         £4\n  The Tern    £12",
    "indented": "      Boat     Fee\n---------- -------\n  Gull          £4\n  The Tern     £12",
    "framed": "----------------\n  Boat     Fee\n------- --------\n  Gull       £4\n\n"
    "  The       £12\n  Tern\n----------------",
    "grid": "+------+-----+\n| Boat | Fee |\n+======+=====+\n| Gull | £4  |\n+------+-----+\n"
    "| The  | £12 |\n| Tern |     |\n+------+-----+",
}


@pytest.mark.parametrize("kind", DRAWN)
def test_tables_may_be_drawn(kind: str) -> None:
    """As Pandoc has them; a row may take several lines."""
    assert _lines(DRAWN[kind]) == ["| ^Boat | ^Fee", "| Gull | £4", "| The Tern | £12"]


@pytest.mark.parametrize("text", ["The quay\n--------", "- - -", "a -- b\n\nc", "+ one\n+ two", "One\n--- two"])
def test_lines_and_dashes_are_no_tables(text: str) -> None:
    """They head, part and list."""
    assert not any(isinstance(block, Table) for block in _article(f"# T\n\nText.\n\n{text}\n").blocks)


def test_headings_have_no_attributes_and_are_found_by_links() -> None:
    """By their names, or by their words as GitHub finds them."""
    written = (
        "## The north quay {#north .big}\n\nSee [south](#the-south-quay).\n\n## The south quay\n\nSee [north](#north)."
    )
    article = _article(f"# T\n\nText.\n\n{written}\n")
    assert [block.text.text for block in article.blocks if isinstance(block, Heading)] == [
        "The north quay",
        "The south quay",
    ]
    links = {span.value[1:] for leaf in leaves(article.blocks) for span in leaf.of("link")}
    anchors = {span.value: leaf.text for leaf in leaves(article.blocks) for span in leaf.of("anchor")}
    assert {anchors[link] for link in links} == {"The north quay", "The south quay"}


def test_notes_stand_where_they_are_referred_to() -> None:
    """Once, whether they were written there or below."""
    notes = "[^a]: The note.\n\n    Its end.\n\n[^b]: Unused."
    assert _lines(f"One[^a] and two.^[Inline *note*.]\n\nThree[^a].\n\n{notes}") == [
        "One[^1] and two.[^2]", "[^1]: The note.", "      Its end.", "[^2]: Inline note.", "Three[^1].", "aside",
        "  Unused.",
    ]  # fmt: skip


def test_addresses_in_the_text_are_links() -> None:
    """Without what follows them."""
    article = _article("# T\n\nSee https://example.org/a_(b), or (https://example.com/). `https://example.net/`\n")
    assert [span.value for leaf in leaves(article.blocks) for span in leaf.of("link")] == [
        "https://example.org/a_(b)", "https://example.com/",
    ]  # fmt: skip


# --- formulas


@pytest.mark.parametrize(
    "written",
    ["$$\na^2\n$$", "$$a^2$$", "\\[\na^2\n\\]", "```math\na^2\n```", "```{math}\na^2\n```"],
)  # fmt: skip
def test_a_formula_on_its_own_lines_is_one(written: str) -> None:
    """In whatever marks; it keeps its TeX."""
    found = [block for block in every(_article(f"# T\n\nText.\n\n{written}\n").blocks) if isinstance(block, Formula)]
    assert [block.tex for block in found] == ["a^2"]


@pytest.mark.parametrize("written", ["$a^2$", "\\(a^2\\)", "$`a^2`$", "{math}`a^2`"])
def test_a_formula_in_a_line_is_one(written: str) -> None:
    """And nothing around it is."""
    article = _article(f"# T\n\nSo {written} it is, \\[sic\\] and \\(not one\\).\n")
    (leaf,) = leaves(article.blocks)
    assert leaf.text == "So a^2 it is, [sic] and (not one)."
    assert [leaf.text[span.start : span.end] for span in leaf.of("math")] == ["a^2"]


# --- pictures


@pytest.mark.parametrize(
    "written",
    [
        '{{< figure src="a.jpg" alt="A boat" caption="The boat" >}}',
        '{{<figure src="a.jpg" alt="A boat" caption="The boat">}}',
        '{% include figure.html src="a.jpg" alt="A boat" caption="The boat" %}',
        "```{figure} a.jpg\n:alt: A boat\n\nThe boat\n```", ":::{figure} a.jpg\n:alt: A boat\n\nThe boat\n:::",
        '<figure><img src="a.jpg" alt="A boat"><figcaption>The boat</figcaption></figure>',
    ],
)  # fmt: skip
def test_pictures_have_captions(written: str) -> None:
    """As shortcodes, directives and HTML give them."""
    assert [line.strip() for line in _lines(written)] == ["figure", "![A boat]", "caption: The boat"]


def test_embedded_pictures_are_pictures() -> None:
    """Obsidian says only what they are called, and how large they are."""
    article = _article("# T\n\nText.\n\n![[map.png|A map|300]]\n\n![[map.png|300]]\n\n![](map.png)\n")
    assert [block.text.text for block in article.blocks if isinstance(block, Picture) and block.text.text] == ["A map"]
    (finding,) = [finding for finding in article.findings if finding.id == "picture-without-text"]
    assert ": 2." in finding.message


# --- front matter


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("---\ntitle: Rain\ndate: 2026-11-22T06:00:00Z\nlang: no\n---\n",
         "title: Rain\npublished: 2026-11-22\nlanguage: no\n"),
        ("---\ntitle: 'Rain: more'\ndate: 2026-02\n...\n", "title: Rain: more\nlanguage: en\n"),
        ("---\ntitle: Rain\ndate: 22 November 2026\nsource: The Courier\nsection: Weather\n---\n",
         "title: Rain\npublished: 2026-11-22\nlanguage: en\nsource: The Courier\ncategory: Weather\n"),
        ("+++\ntitle = 'Rain'\ndate = 2026-11-22\n+++\n", "title: Rain\npublished: 2026-11-22\nlanguage: en\n"),
        ("\ufeff---\r\ntitle: Rain\r\nlang: not a language\r\n---\r\n", "title: Rain\nlanguage: en\n"),
        ('{\n  "title": "Rain",\n  "lang": "no"\n}\n', "title: Rain\nlanguage: no\n"),
        (';;;\n"title": "Rain",\n"lang": "no"\n;;;\n', "title: Rain\nlanguage: no\n"),
    ],
)  # fmt: skip
def test_front_matter_is_taken_as_written(front_matter: str, expected: str) -> None:
    """Names in use for the same thing are known, and no value turns into something else."""
    issue = read_whole(f"{front_matter}\nIt fell.\n".encode(), "a.md")
    assert as_text(issue).removeprefix("=== article\n").startswith(expected + "\nparagraph: It fell.\n")


@pytest.mark.parametrize(
    "front_matter",
    [
        "---\nheadline: Rain\nauthors: [{name: A. B.}, C. D.]\neditor: E. F.\nkeywords: sea, rain\n---\n",
        "---\ntitle: Rain\nauthor:\n- name: {given: A., family: B.}\n- C. D.\neditor: E. F.\ntags: [sea, rain]\n---\n",
        "---\ntitle: Rain\nauthor: {literal: A. B.}\nbyline: x\ntags:\n- sea\n- rain\n---\n",
        "% Rain\n% A. B.; C. D.\n% 2026-11-22\n",
        "% Rain\n% A. B.\n  C. D.\n",
        "Title: Rain\nAuthor: A. B.\nKeywords: sea, rain\nBase Header Level: 2\n",
    ],
)
def test_who_wrote_it_is_told_in_many_ways(front_matter: str) -> None:
    """In YAML as Quarto and others have it, in Pandoc's title block, in MultiMarkdown's metadata."""
    article = _article(f"{front_matter}\nIt fell.\n")
    assert (article.title, texts(article)) == ("Rain", ["It fell."])
    creators = article.metadata.creators
    assert creators[0] == Creator("A. B.", "author")
    if "C. D." in front_matter:
        assert creators[1] == Creator("C. D.", "author")
    if "E. F." in front_matter:
        assert creators[-1] == Creator("E. F.", "editor")
    assert article.metadata.subjects == (("sea", "rain") if "sea" in front_matter else ())


@pytest.mark.parametrize(
    ("front_matter", "message"),
    [
        ("---\ntitle: Rain: more\n---\n", "on line 2."),
        ("---\ntitle: [Rain\n---\n", "on line"),
        ("---\ntitle: !!python/object/apply:os.system ['x']\nb: *a\n---\n", "refers to another part of it on line 3"),
        ("+++\ntitle = Rain\n+++\n", "can't be understood"),
    ],
)
def test_front_matter_that_is_wrong_is_named(front_matter: str, message: str) -> None:
    """A document with a wrong title or language is worse than none."""
    with pytest.raises(ReadError, match="front matter") as refused:
        read(f"{front_matter}\nIt fell.\n".encode(), name="a.md")
    assert message in refused.value.message


@pytest.mark.parametrize(
    "text", ["---\n\nRain\n\n---\n\nIt fell.\n", "Note: it rained.\n\nIt fell.\n", "100% of it.\n\nIt fell.\n"]
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    """A rule, a line with a colon, a percentage."""
    assert "It fell." in texts(_article(text))
    assert _article(text).title in ("Rain", "Note: it rained.", "100% of it.")


# --- raw HTML, and the whole of it


def test_html_is_read_as_html() -> None:
    """Tags that no page has, and that nothing closes, are words that someone wrote."""
    assert _lines('<p lang="fr">On dit : <em>bon</em>.</p>\n\n<D>\n\n<x-note>Kept.</x-note>\n\nNo </c> here.') == [
        "On dit : bon.", "<D>", "Kept.", "No </c> here.",
    ]  # fmt: skip


def test_components_hold_markdown() -> None:
    """In MDX nothing parts their tags from the text in them, and indents mean nothing."""
    written = (
        "import { Steps } from 'x';\n\n<Steps>\n1. Row `out`.\n\n    :::tip\n    Early.\n    :::\n\n"
        "2. Row <Spoiler>back</Spoiler>.\n</Steps>\n\n"
        '<Card\n  title="Fees"\n  icon={x > 1}\n>\n      Four *pounds*.\n</Card>\n\n'
        '<Video id="v" />\n\n<Image src="a.jpg" alt="A boat" />\n\nA <Badge text="New" /> boat.'
    )
    assert _lines(written) == [
        "1. Row out.", "   aside tip", "     Early.", "2. Row back.", "Fees", "Four pounds.", "![A boat]",
        "A New boat.",
    ]  # fmt: skip
    assert '<Video id="v" />' in _told(written)


@pytest.mark.parametrize("name", ["style", "script", "title", "textarea", "iframe"])
def test_a_tag_without_an_end_hides_nothing(name: str) -> None:
    """Who writes of `<style>` without marking it as code means the word."""
    assert _lines(f"Put it into <{name}> there.\n\nThen go on.") == [f"Put it into <{name}> there.", "Then go on."]


@pytest.mark.parametrize("hidden", ["<!-- x y -->", "<?php x y ?>", "<![CDATA[ x y ]]>", "<!DOCTYPE x y>", "<!-- x y"])
def test_what_html_does_not_show_is_quoted(hidden: str) -> None:
    """Comments, instructions, declarations; also where they have no end."""
    assert _lines(hidden) == []
    assert "x y" in _told(hidden)


def test_a_document_that_begins_with_html_is_markdown_by_its_name() -> None:
    """As many do that were written for GitHub."""
    article = _article('<!-- licence -->\n<h1 align="center">The quay</h1>\n\nIt opens **early**.\n')
    assert (article.title, texts(article)) == ("The quay", ["It opens early."])
    assert any("licence" in finding.text for finding in article.findings)
