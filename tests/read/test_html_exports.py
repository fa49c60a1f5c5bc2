"""Pages that word processors write are read as what they mean, and not as what their classes are called."""

from __future__ import annotations

import pytest

from audio_edition.model import (
    Article,
    Block,
    Heading,
    Item,
    List,
    Note,
    Paragraph,
    Quote,
    Text,
    every,
    leaves,
)
from audio_edition.read import html
from audio_edition.read.account import accounted
from audio_edition.read.document import Document
from support.sketch import sketch
from support.soundness import read_whole

STORY = (
    "The ferry did not leave the harbour on Friday morning, for the third day in a row, as the company said.",
    "Nobody on the island knows when it will sail again, and the shop has bread for only three more days.",
    "The council met on Saturday and asked two fishermen to carry the post until the ramp has been mended.",
)
WORD = "<html><head><meta name=Generator content='Microsoft Word 15'><title>{}</title></head><body lang=EN-GB>{}</body>"
DOCS = "<html><head><style type='text/css'>{}</style></head><body class='doc-content'>{}</body></html>"
GAP = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"


def _read(page: str, keep_all: bool = False) -> Article:
    issue = accounted(html.read(Document(page.encode(), "page.html", None, keep_all)))
    (article,) = issue.articles
    assert "text-unaccounted" not in {finding.id for finding in (*issue.findings, *article.findings)}
    return article


def _texts(article: Article) -> list[str]:
    return [leaf.text for leaf in leaves(article.blocks)]


def _outline(block: Block[Text]) -> object:
    """Return a block as nested lists and strings; a list begins with its number."""
    match block:
        case List(items):
            first = f"{block.style}{block.start}" if block.ordered else "-"
            return [first, *(_of_item(item) for item in items)]
        case Paragraph(text) | Heading(text):
            return text.text
    return str(block)


def _of_item(item: Item[Text]) -> object:
    parts = [_outline(block) for block in item.blocks]
    return parts[0] if len(parts) == 1 else parts


def _listed(paragraphs: str) -> object:
    """Return the one list of an article that Word wrote."""
    article = _read(WORD.format("", f"<p class=MsoNormal>{STORY[0]}</p>{paragraphs}<p class=MsoNormal>{STORY[1]}</p>"))
    (found,) = (block for block in article.blocks if isinstance(block, List))
    assert (_texts(article)[0], _texts(article)[-1]) == STORY[:2]
    return _outline(found)


def _item(mark: str, text: str, level: int, is_filtered: bool, name: str = "MsoListParagraph") -> str:
    """Return a paragraph as Word writes the items of its lists, in whole pages and in filtered ones."""
    if is_filtered:
        margin = f"margin-left:{36 * level}.0pt;text-indent:-18.0pt"
        return f"<p class={name} style='{margin}'>{mark}{GAP}{text}</p>"
    return (
        f"<p class={name} style='mso-list:l0 level{level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>"
        f"{mark}{GAP}</span><![endif]>{text}<o:p></o:p></p>"
    )


@pytest.mark.parametrize("is_filtered", [False, True])
@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ((("·", "Bread", 1), ("·", "Flour", 1)), ["-", "Bread", "Flour"]),
        ((("1.", "Bread", 1), ("2.", "Flour", 1)), ["11", "Bread", "Flour"]),
        ((("5)", "Bread", 1), ("6)", "Flour", 1)), ["15", "Bread", "Flour"]),
        ((("c.", "Bread", 1), ("d.", "Flour", 1)), ["a3", "Bread", "Flour"]),
        ((("iv.", "Bread", 1), ("v.", "Flour", 1)), ["i4", "Bread", "Flour"]),
        (
            (("1.", "Bread", 1), ("a.", "rye", 2), ("b.", "wheat", 2), ("§", "dark", 3), ("2.", "Flour", 1)),
            ["11", ["Bread", ["a1", "rye", ["wheat", ["-", "dark"]]]], "Flour"],
        ),
        ((("1.1", "Bread", 1), ("1.2", "Flour", 1)), ["-", "1.1 Bread", "1.2 Flour"]),
    ],
)
def test_words_list_paragraphs_are_lists(
    items: tuple[tuple[str, str, int], ...], expected: object, is_filtered: bool
) -> None:
    """Nested by their levels, numbered as they were; a mark that no list can write stays."""
    assert _listed("".join(_item(mark, text, level, is_filtered) for mark, text, level in items)) == expected


def test_words_list_styles_are_lists() -> None:
    """A paragraph without a mark amid them goes on with the item."""
    assert _listed(
        _item("·", "Bread", 1, True, "MsoListBullet")
        + _item("o", "rye", 1, True, "MsoListBullet2")
        + "<p class=MsoListContinue2>It is dark.</p>"
        + _item("·", "Flour", 1, True, "MsoListBullet")
    ) == ["-", ["Bread", ["-", ["rye", "It is dark."]]], "Flour"]


@pytest.mark.parametrize(
    ("title", "paragraph", "expected"),
    [
        ("Microsoft Word - ferry.docx", "<p class=MsoTitle>Ferry stays</p>", "Ferry stays"),
        ("Document1", "<p class=MsoTitle>Ferry <b>stays</b></p>", "Ferry stays"),
        ("Unbenannt", "<h1>Ferry stays</h1>", "Ferry stays"),
        ("Ferry stays", "", "Ferry stays"),
        ("Report on the ferry", "<p class=MsoTitle>Ferry stays</p>", "Ferry stays"),
    ],
)
def test_the_title_is_what_is_styled_as_one(title: str, paragraph: str, expected: str) -> None:
    """A file's name is none."""
    article = _read(WORD.format(title, paragraph + "".join(f"<p class=MsoNormal>{text}</p>" for text in STORY)))
    assert article.title == expected
    assert _texts(article) == list(STORY)


def test_comments_and_what_word_repeats_are_told_and_not_read() -> None:
    """Comments, their marks, contents, heads of pages; a quotation is one."""
    page = WORD.format(
        "Ferry stays",
        "<div><p class=MsoHeader>Draft 3</p></div><p class=MsoToc1><a href='#_Toc1'>Bread<span>....</span>2</a></p>"
        f"<p class=MsoNormal>{STORY[0]}<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1' "
        "name='_msoanchor_1'>[JH1]</a></span></p><p class=MsoNormal>&nbsp;</p><p class=MsoQuote>We have flour.</p>"
        f"<p class=MsoNormal>{STORY[1]}</p><div style='mso-element:comment-list'><div style='mso-element:comment'>"
        "<div id='_com_1' class=msocomtxt><p class=MsoCommentText>Check the day, Jo.</p></div></div></div>",
    )
    article = _read(page)
    assert _texts(article) == [STORY[0], "We have flour.", STORY[1]]
    assert isinstance(article.blocks[1], Quote)
    told = {finding.id: finding.text for finding in article.findings}
    assert told["comments-left-out"] == "[JH1] Check the day, Jo."
    assert {finding.text for finding in article.findings if finding.id == "page-furniture"} == {
        "Draft 3",
        "Bread .... 2",
    }
    assert "Check the day, Jo." in " ".join(_texts(_read(page, keep_all=True)))


def test_a_document_of_google_keeps_its_title_notes_and_lists() -> None:
    """A comment of an editor is told, and not read as a note."""
    article = _read(
        DOCS.format(
            ".c1{font-weight:700}",
            "<p class='c3 title' id='h.a'><span class=c1>Ferry stays</span></p><h1 id='h.1'><span>What happened</span>"
            f"</h1><p><span>{STORY[0]}</span><sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup><sup><a href='#cmnt1' "
            f"id='cmnt_ref1'>[a]</a></sup></p><p><span></span></p><p>{STORY[1]}</p>"
            "<ol class='c7 lst-kix_x-0 start' start=1><li>bread</li></ol><ol class='lst-kix_x-1 start' start=1>"
            "<li>rye</li><li>wheat</li></ol><ol class='lst-kix_x-0' start=2><li>flour</li></ol>"
            "<p>See <a href='https://www.google.com/url?q=https://example.org/a?b%3Dc&amp;sa=D'>the notice</a>.</p>"
            "<hr><div><p><a href='#ftnt_ref1' id='ftnt1'>[1]</a><span>&nbsp;Built in 1987.</span></p></div>"
            "<div class=c12><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>Jo, is this right?</span></p></div>",
        )
    )
    assert article.title == "Ferry stays"
    assert _texts(article) == [
        "What happened", STORY[0], "Built in 1987.", STORY[1], "bread", "rye", "wheat", "flour", "See the notice.",
    ]  # fmt: skip
    (items,) = (block for block in article.blocks if isinstance(block, List))
    assert _outline(items) == ["11", ["bread", ["11", "rye", "wheat"]], "flour"]
    assert [note.label for note in every(article.blocks) if isinstance(note, Note)] == ["1"]
    assert [span.value for leaf in leaves(article.blocks) for span in leaf.of("link")] == ["https://example.org/a?b=c"]
    assert {finding.id: finding.text for finding in article.findings}["comments-left-out"].endswith(
        "Jo, is this right?"
    )


def test_lists_of_google_have_the_letters_and_levels_that_it_shows() -> None:
    """A style numbers each level; a list right under another is one of its own."""
    article = _read(
        DOCS.format(
            '.lst-kix_x-0>li:before{content:"" counter(lst-ctn-kix_x-0,decimal) ". "}.lst-kix_x-1>li:before{content:"" '
            'counter(lst-ctn-kix_x-0,decimal) "." counter(lst-ctn-kix_x-1,lower-latin) ". "}',
            f"<p>{STORY[0]}</p><ol class='c7 lst-kix_x-0 start'><li>bread</li></ol><ol class='lst-kix_x-1 start'>"
            "<li>rye</li></ol><ul class='c7 lst-kix_y-0 start'><li>dogs</li></ul><ul class='c7 lst-kix_y-1 start'>"
            f"<li>small</li></ul><ul class='c7 lst-kix_y-0'><li>cats</li></ul><p>{STORY[1]}</p>",
        )
    )
    lists = [_outline(block) for block in article.blocks if isinstance(block, List)]
    assert lists == [["11", ["bread", ["a1", "rye"]]], ["-", ["dogs", ["-", "small"]], "cats"]]


@pytest.mark.parametrize("tag", ["p", "span"])
@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("font-weight:700", "strong"),
        ("font-style:italic", "emphasis"),
        ("text-decoration:line-through", "struck"),
        ("color:red;vertical-align:super", "superscript"),
        ("vertical-align: sub ;margin:0", "subscript"),
        ("font-weight:400;color:#000", ""),
    ],
)
def test_styles_of_numbered_classes_are_spans(tag: str, style: str, kind: str) -> None:
    """They say with a style sheet what elements say elsewhere."""
    article = _read(DOCS.format(f".c4,{tag}.c7{{{style}}}", f"<p>{STORY[0]}</p><p>Now <span class=c7>this</span>.</p>"))
    if tag == "span":
        found = {span.kind: leaf.text[span.start : span.end] for leaf in leaves(article.blocks) for span in leaf.spans}
        assert found == ({kind: "this"} if kind else {})
    assert _texts(article) == [STORY[0], "Now this."]


def test_classes_of_sites_are_not_looked_up() -> None:
    """A page that has its styles elsewhere is no word processor's."""
    page = DOCS.format(".c1{font-weight:700}", f"<link rel=stylesheet href=a.css><p>{STORY[0]} <i class=c1>x</i></p>")
    assert not any(span.kind == "strong" for leaf in leaves(_read(page).blocks) for span in leaf.spans)


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fc&data=1", "https://example.org/c"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2F&h=1", "https://example.org/"),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript:alert(1)"),
        ("https://www.google.com/search?q=https://example.org", "https://www.google.com/search?q=https://example.org"),
    ],
)  # fmt: skip
def test_links_lead_where_they_were_meant_to(href: str, expected: str) -> None:
    """And not through who counts them."""
    article = _read(f"<article><p>{STORY[0]}</p><p>See <a href='{href}'>this</a>, and google.com/url?q=x.</p>")
    assert [span.value for leaf in leaves(article.blocks) for span in leaf.of("link")] == [expected]


BREAD = f"<p>{STORY[0]}</p>{{}}Bread{{}}<p>{STORY[1]}</p>{{}}Flour{{}}<p>{STORY[2]}</p>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p><b>", "</b></p>"),
        ("<p><strong><span>", "</span></strong></p>"),
        ("<div><b>", "</b></div>"),
        ("<p style='font-weight:bold'>", "</p>"),
        ("<p><span style='font-weight: 700'>", "</span></p>"),
    ],
)
def test_lines_in_bold_are_headings_where_there_are_none(before: str, after: str) -> None:
    """Several that stand between paragraphs."""
    article = _read(f"<title>Ferry stays</title><article>{BREAD.format(before, after, before, after)}</article>")
    assert [block.text.text for block in article.blocks if isinstance(block, Heading)] == ["Bread", "Flour"]
    assert _texts(article) == [STORY[0], "Bread", STORY[1], "Flour", STORY[2]]
    assert not any(leaf.of("strong") and list(leaf.of("strong")) for leaf in leaves(article.blocks))


@pytest.mark.parametrize(
    "page",
    [
        f"<div>{STORY[0]}<br><br><b>Bread</b><br><br>{STORY[1]}<br><br><b>Flour</b><br><br>{STORY[2]}</div>",
        f"<p>{STORY[0]}</p><p><b>Bread</b><br>{STORY[1]}</p><p><strong>Flour</strong><br />{STORY[2]}</p>",
    ],
)
def test_lines_in_bold_between_breaks_are_headings_too(page: str) -> None:
    """As blogs and mails have them."""
    article = _read(f"<title>Ferry stays</title><h1>Ferry stays</h1>{page}")
    assert [block.text.text for block in article.blocks if isinstance(block, Heading)] == ["Bread", "Flour"]
    assert _texts(article) == [STORY[0], "Bread", STORY[1], "Flour", STORY[2]]


@pytest.mark.parametrize(
    "page",
    [
        BREAD.format("<p><b>", "</b></p>", "<p><b>", "</b></p>") + f"<h2>Post</h2><p>{STORY[0]}</p>",
        BREAD.format("<p><b>", ".</b></p>", "<p><b>", ".</b></p>"),
        BREAD.format("<p><b>", "</b> and more</p>", "<p><b>", "</b> too</p>"),
        BREAD.format("<ul><li><b>", "</b></li></ul>", "<ul><li><b>", "</b></li></ul>"),
        "".join(f"<p><b>Why is it {at}?</b></p><p>{text}</p>" for at, text in enumerate(STORY)),
        "".join(f"<p><b>{text}</b></p>" for text in STORY),
    ],
)
def test_other_lines_in_bold_are_text(page: str) -> None:
    """Where there are headings; sentences; questions; where all is bold."""
    article = _read(f"<title>Ferry stays</title>{page}")
    assert not [block for block in article.blocks if isinstance(block, Heading) and block.text.text != "Post"]


def test_one_line_in_bold_is_offered() -> None:
    """It may be a subheading, or a line that is said aloud."""
    article = _read(f"<title>Ferry stays</title><p>{STORY[0]}</p><p><b>Bread</b></p><p>{STORY[1]}</p>")
    (finding,) = article.findings
    assert (finding.id, finding.level) == ("bold-lines", "note")
    assert "“Bread”" in finding.message
    assert finding.remedy


def test_a_page_of_libreoffice_has_its_quotations_lists_and_title() -> None:
    """An inner list stands behind the outer one, numbers may be doubled, and the footer is a box."""
    content = (
        "<p align=center><font size=6>The ferry</font></p>"
        + "".join(f"<p class=western>{text}</p>" for text in STORY)
        + "<ol><li><p>One</p></ol><ul><ul><li><p>Under</p></ul></ul><ol start=2><li><p>Two</p></ol>"
        "<ol><li><p><span style='float:left'>7.</span>Seven<span class=odfLiEnd></span></p></ol>"
        "<p class=block-text>We waited.</p><div title=footer><p>1</p></div>"
    )
    head = "<head><meta name=generator content='LibreOffice 7.4'><title>The ferry</title></head>"
    issue = read_whole(f"<html>{head}<body lang=en>{content}</body>".encode(), name="a.html")
    assert issue.articles[0].title == "The ferry"
    assert sketch(issue.articles[0])[3:] == ["1. One", "   - Under", "2. Two", "7. Seven", "> We waited."]
