"""Siblings of the known cases: the same trouble as other programs and sites write it, in other languages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Article, SceneBreak
from audio_edition.read import converters, read
from support.documents import book, paragraph, word
from support.sketch import headings, sketch, texts
from support.soundness import read_whole

LAMP = "The lighthouse at Brannoch has been dark since the first week of October, when salt water got into its cable."
KEYS = "Iris Calder, who keeps the keys, climbs the stairs every evening to look at the lamp that does not turn."
BOARD = "The board of lights has promised an engineer before the winter, and the fishermen have heard such promises."
STORY = [LAMP, KEYS, BOARD]
TURM = (
    "Der Leuchtturm von Brannoch ist seit der ersten Oktoberwoche dunkel, weil Salzwasser in das Kabel gedrungen ist."
)
AMT = "Das Seezeichenamt hat einen Techniker vor dem Winter versprochen, und die Fischer kennen solche Versprechen."
PHARE = "Le phare de Brannoch est éteint depuis la première semaine d’octobre, quand l’eau salée a gagné le câble."
FARO = "El faro de Brannoch está apagado desde la primera semana de octubre, cuando el agua entró en el cable."
TITLE = "The dark lighthouse"


def paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(content: str, title: str = TITLE, head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{content}</body></html>".encode()


def of_page(content: str, title: str = TITLE, head: str = "") -> Article:
    (article,) = read_whole(page(content, title, head), "page.html").articles
    return article


def of_article(content: str) -> Article:
    return of_page(f"<article><h1>{TITLE}</h1>{content}</article>")


def of(data: bytes | str, name: str) -> Article:
    (article,) = read_whole(data.encode() if isinstance(data, str) else data, name).articles
    return article


def told(article: Article) -> str:
    return "\n".join(finding.text for finding in article.findings)


def behind(text: str, word: str, mark: str) -> str:
    assert word in text
    return text.replace(word, word + mark, 1)


STORY_ON_PAGE = paragraphs(STORY)

# --- K1, K2: notes

NOTED = [behind(LAMP, "October", "[^1]"), "[^1]: It was a Tuesday.", KEYS]


def test_a_note_that_a_button_shows_in_the_sentence_follows_its_paragraph() -> None:
    """Its number, which only a program makes a link, is the mark."""
    mark = (
        '<sup class="mf-note"><a href="javascript:void(0)" role="button" aria-describedby="mfn-1">1</a></sup>'
        '<span id="mfn-1" role="tooltip" class="mf-footnote__note">It was a Tuesday.</span>'
    )
    assert sketch(of_article(paragraphs([behind(LAMP, "October", mark), KEYS]))) == NOTED


@pytest.mark.parametrize(
    "notes",
    ["<hr><p><sup>1</sup> It was a Tuesday.</p>", "<h3>Notes</h3><ol><li>It was a Tuesday.</li></ol>"],
)
def test_notes_without_links_follow_their_paragraphs(notes: str) -> None:
    """Raised numbers that count from one, and below the text a paragraph or an item for each."""
    article = of_article(paragraphs([behind(LAMP, "October", "<sup>1</sup>"), KEYS]) + notes)
    assert [line for line in sketch(article) if line != "***"] == NOTED


def test_raised_numbers_that_are_no_marks_stay() -> None:
    """Squares and cubes count from nothing, and a paragraph that begins with a raised number is no note to them."""
    article = of_article(paragraphs([f"{LAMP} It has 5 m<sup>2</sup> and x<sup>3</sup>.", KEYS, "<sup>3</sup> He."]))
    assert sketch(article) == [f"{LAMP} It has 5 m2 and x3.", KEYS, "3 He."]


def test_a_note_whose_place_is_its_definition_takes_the_term_with_it() -> None:
    """So a chapter of notes is left empty, and is none."""
    notes = (
        '<h1>Notes</h1><dl><dt><span>[</span><a href="a.xhtml#back1">←1</a><span>]</span></dt>'
        '<dd id="note1"><p>It was a Tuesday.</p></dd></dl>'
    )
    text = paragraphs([behind(LAMP, "October", '<sup><a id="back1" href="n.xhtml#note1">1</a></sup>'), KEYS])
    article = of(book({"a": f"<h1>One</h1>{text}", "n": notes}, '<li><a href="a.xhtml">One</a></li>'), "book.epub")
    assert sketch(article) == ["## One", *NOTED]


def test_numbers_of_paragraphs_are_not_read() -> None:
    """Journals number them in the margin."""
    numbered = [f'<span class="paranumber">{number}</span>{text}' for number, text in enumerate(STORY, 1)]
    article = of_article(paragraphs(numbered))
    assert sketch(article) == STORY
    assert "1 2 3" in told(article)


# --- K3: Google Docs

DOCS_TEXT = f'<h2 id="h.1"><span>Since October</span></h2><p class="c0"><span>{LAMP}</span></p><p>{KEYS}</p>'


def test_a_document_that_google_published_has_its_own_title() -> None:
    """What stands around it is told."""
    article = of_page(
        '<div id="publish-banner"><div>Published using Google Docs</div><a href="#">Report abuse</a></div>'
        f'<div id="contents"><div class="c5 doc-content"><p class="c2 title"><span>{TITLE}</span></p>{DOCS_TEXT}</div>'
        '</div><div id="footer">Updated automatically every 5 minutes</div>',
        title="lamp - Google Docs",
    )
    assert article.title == TITLE
    assert sketch(article) == ["## Since October", LAMP, KEYS]
    assert "Report abuse" in told(article)


@pytest.mark.parametrize("classes", ["c7 doc-content", "c12"])
def test_heads_and_feet_of_google_docs_are_told(classes: str) -> None:
    """The title stands behind the head."""
    body = (
        f"<div><p>Draft 3</p></div><p class='c3 title'><span>{TITLE}</span></p>{DOCS_TEXT}<div><p>Lights desk</p></div>"
    )
    data = f"<html><head></head><body class='{classes}'>{body}</body></html>"
    article = of(data, "export.html")
    assert article.title == TITLE
    assert sketch(article) == ["## Since October", LAMP, KEYS]
    assert "Draft 3" in told(article)
    assert "Lights desk" in told(article)


def test_the_contents_and_the_tabs_of_google_docs_are_told() -> None:
    """A tab that nobody named has no title of its own."""
    contents = (
        '<p><span><a href="#h.1">Since October</a></span><span>&nbsp;1</span></p><p><a href="#h.2">Keys</a> 2</p>'
    )
    article = of(
        f"<html><body class='c1 doc-content'><p class='c1 title'>Tab 1</p><p class='title'>{TITLE}</p>{contents}"
        f"{DOCS_TEXT}<h2 id='h.2'>Keys</h2><p>{BOARD}</p></body></html>",
        "export.html",
    )
    assert article.title == TITLE
    assert sketch(article) == ["## Since October", LAMP, KEYS, "## Keys", BOARD]
    assert "Since October 1 Keys 2" in told(article)


# --- K4: sections that names of furniture stand on


@pytest.mark.parametrize(
    ("names", "heading"),
    [('class="author-box-history"', "Who built it"), ('class="author-info"', "Those who wrote of it")],
)
def test_a_section_of_some_length_is_read_whatever_its_class(names: str, heading: str) -> None:
    """With a heading of its own and running text."""
    article = of_article(f"{STORY_ON_PAGE}<div {names}><h2>{heading}</h2>{STORY_ON_PAGE}</div>")
    assert sketch(article) == [*STORY, f"## {heading}", *STORY]


@pytest.mark.parametrize("name", ["tags", "comments", "newsletter"])
def test_a_short_section_without_links_is_read_whatever_its_class(name: str) -> None:
    """Nothing in it can be pressed."""
    article = of_article(f"{STORY_ON_PAGE}<section class='{name}'><h2>What it means</h2><p>A warning.</p></section>")
    assert sketch(article) == [*STORY, "## What it means", "A warning."]


def test_a_teaser_without_links_is_the_standfirst() -> None:
    """As TYPO3 calls it."""
    article = of_page(
        f"<div class='news-single'><h1>Der Turm</h1><div class='teaser-text'><p>Niemand macht Licht.</p></div>"
        f"<div class='news-text-wrap'>{paragraphs([TURM, AMT])}</div></div>",
        title="Der Turm",
    )
    assert sketch(article) == ["Niemand macht Licht.", TURM, AMT]


# --- K5, K6: letters at a word


def test_first_letters_in_blocks_of_their_own_belong_to_their_words() -> None:
    """As pictures or written, whatever they are said to show; they are no chapter's number."""
    chapter = (
        '<h1>One</h1><div class="figleft"><img src="i.jpg" alt="I"/></div><p>t was dark.</p>'
        '<div class="dropimage"><img src="t.jpg" alt="Illustrated capital T"/></div><p>HE boats were lost.</p>'
        '<div class="dc">H</div><p>e rowed home.</p>'
    )
    article = of(book({"a": chapter}, '<li><a href="a.xhtml">One</a></li>'), "book.epub")
    assert headings(article) == ["One"]
    assert texts(article)[1:] == ["It was dark.", "THE boats were lost.", "He rowed home."]


@pytest.mark.parametrize(
    ("written", "said"), [("<span class=dropcap>N</span>\n<span>obody knew.</span>", "Nobody knew."),
                          ("<span class=dropcap>A</span>\n<span>boat came.</span>", "A boat came.")],
)  # fmt: skip
def test_the_end_of_a_line_parts_no_first_letter_from_its_word(written: str, said: str) -> None:
    """But a word of one letter is one."""
    assert texts(of_article(f"{STORY_ON_PAGE}<p>{written}</p>"))[-1] == said


# --- K7, K8: chapters


def entries(*titles: str) -> str:
    return "".join(f'<li><a href="{name}.xhtml">{title}</a></li>' for name, title in zip("abcd", titles, strict=False))


def test_a_title_whose_letters_stand_apart_is_said_once_and_as_a_word() -> None:
    """P R O L O G U E would be spelled."""
    article = of(book({"a": f"<h2>P R O L O G U E</h2>{STORY_ON_PAGE}"}, entries("Prologue")), "book.epub")
    assert headings(article) == ["Prologue"]
    assert "P R O L O G U E" in told(article)


@pytest.mark.parametrize("titles", [("Chapter One", "Chapter Two"), ("The Rock", "The Lamp")])
@pytest.mark.parametrize("bold", ["<strong>{}</strong>", '<span style="font-weight:bold">{}</span>'])
def test_bold_lines_are_all_chapters_of_a_book_whose_contents_name_none(titles: tuple[str, str], bold: str) -> None:
    """At one level, and without the label that covers all."""
    chapters = [f"<p style='text-align:center'>{bold.format(title)}</p>{STORY_ON_PAGE}" for title in titles]
    article = of(book({"a": "".join(chapters)}, entries("Start")), "book.epub")
    assert [line for line in sketch(article) if line.startswith("#")] == [f"## {title}" for title in titles]


def test_bold_lines_are_the_headings_of_markdown_without_any() -> None:
    """As programs that write Markdown like them."""
    article = of(
        f"# {TITLE}\n\n{LAMP}\n\n**What the keeper says**\n\n{KEYS}\n\n**What comes next**\n\n{BOARD}\n", "a.md"
    )
    assert sketch(article) == [LAMP, "## What the keeper says", KEYS, "## What comes next", BOARD]


def test_a_line_that_stands_out_more_is_no_part_over_the_first_heading() -> None:
    """One is bold, the next is underlined too: both are chapters."""

    def line(text: str, look: str) -> str:
        return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>"

    body = line("Der Turm", '<w:b/><w:sz w:val="36"/>') + paragraph(TURM) + line("Was die Fischer sagen", "<w:b/>")
    body += paragraph(AMT) + line("Wie es weitergeht", '<w:b/><w:u w:val="single"/>') + paragraph(TURM)
    article = of(word(body), "a.docx")
    assert sketch(article) == [TURM, "## Was die Fischer sagen", AMT, "## Wie es weitergeht", TURM]


# --- K10, K12: struck words, scenes


@pytest.mark.parametrize("name", ["strikethrough", "line-through", "text-decoration-line-through"])
def test_words_that_a_class_strikes_are_struck(name: str) -> None:
    """As style sheets of many sites call it."""
    article = of_article(f"{STORY_ON_PAGE}<p>The fare is <span class='{name}'>£9</span> £7.</p>")
    assert sketch(article)[-1] == "The fare is ~~£9~~ £7."


@pytest.mark.parametrize("mark", ["-x-", "-oOo-", "~ x ~"])
def test_letters_between_dashes_part_scenes_on_pages(mark: str) -> None:
    """As in plain text."""
    article = of_article(f"<p>{LAMP}</p><center>{mark}</center><p>{KEYS}</p>")
    assert [isinstance(block, SceneBreak) for block in article.blocks] == [False, True, False]


# --- K20: Markdown


def test_tabs_and_tasks_and_properties_of_markdown() -> None:
    """A label is parted from its text; a task in another state is one; properties keep their lines."""
    article = of(
        "# T\n\nTags: coast\nCreated: March 5, 2024\n\n- [/] half\n- [>] moved\n\n"
        '<Tabs>\n<TabItem value="a" label="Apple">A fruit.</TabItem>\n</Tabs>\n',
        "a.md",
    )
    assert sketch(article) == ["Tags: coast / Created: March 5, 2024", "- ☐ half", "- ☐ moved", "Apple: A fruit."]


def test_marks_of_myst_are_told() -> None:
    """The names of places, and comments; a percent sign elsewhere begins a sentence."""
    article = of("# T\n\n(harbour)=\n## The harbour\n\n% ask Jo\n\nSee {ref}`it <harbour>`.\n", "a.md")
    assert sketch(article) == ["## The harbour", "See it."]
    assert "ask Jo" in told(article)
    assert sketch(of("# T\n\nTen\n\n% of boats are red.\n", "a.md")) == ["Ten", "% of boats are red."]


def test_examples_of_pandoc_are_numbered_through() -> None:
    """And what refers to one says its number."""
    article = of("# T\n\n(@) First.\n(@good) Second.\n\nAs (@good) shows.\n\n(@) Third.\n", "a.md")
    assert sketch(article) == ["1. First.", "2. Second.", "As (2) shows.", "3. Third."]


def test_questions_to_a_program_for_notes_are_told() -> None:
    """Their answers are not in the document."""
    article = of('# T\n\nText.\n\n```dataview\nTABLE day FROM "x"\n```\n', "a.md")
    assert sketch(article) == ["Text."]
    assert 'TABLE day FROM "x"' in told(article)


# --- K22: boilerplate


def test_the_header_of_a_news_page_is_no_part_of_the_text() -> None:
    """The subtitle heads nothing; tools, dates and times to read are told, though no class names them."""
    article = of_page(
        f"<article><header><h1>El faro</h1><h2>Nadie lo enciende</h2></header><div><time datetime='2024-03-05'>"
        "05 mar 2024 - 10:00 CET</time><ul><li>Compartir en Whatsapp</li><li>Facebook</li><li>Copiar enlace</li></ul>"
        f"</div><div>{paragraphs([FARO, FARO])}</div><h3>Archivado En</h3><ul><li><a href='/f'>Faros</a></li></ul>"
        "</article>",
        title="El faro",
    )
    assert sketch(article) == ["Nadie lo enciende", FARO, FARO]
    assert "Compartir en Whatsapp Facebook Copiar enlace" in told(article)
    assert "Faros" in told(article)


def test_credits_below_a_long_standfirst_are_told() -> None:
    """It is as long as a paragraph, and the text begins behind them."""
    article = of_page(
        "<article><header><h1>Le phare</h1><p>Depuis octobre la lampe du phare ne tourne plus du tout.</p>"
        "<p>Publié le 05 mars 2024 à 10h00, modifié le 05 mars 2024 à 11h00</p><span>Temps de lecture 2 min.</span>"
        f"<ul><li>Offrir l’article</li><li>Partager</li></ul></header>{paragraphs([PHARE, PHARE])}</article>",
        title="Le phare",
    )
    assert sketch(article) == ["Depuis octobre la lampe du phare ne tourne plus du tout.", PHARE, PHARE]
    assert "Temps de lecture 2 min." in told(article)


@pytest.mark.parametrize("line", ["12 March 1911", "At 10:30 on Monday.", "Published in 1911.", "10:30 Uhr"])
def test_a_time_that_opens_a_text_is_read(line: str) -> None:
    """It says nothing of when the page appeared."""
    assert sketch(of_article(f"<p>{line}</p>{STORY_ON_PAGE}")) == [line, *STORY]


def test_a_heading_over_text_stays_one_though_credits_follow() -> None:
    """They stand behind its first paragraph."""
    article = of_article(f"<h2>The keys</h2><p>{KEYS}</p><p>Posted 10:30, 5 March 2024</p>{STORY_ON_PAGE}")
    assert sketch(article) == ["## The keys", KEYS, *STORY]


def test_lists_of_words_that_may_be_tools_are_read() -> None:
    """Where none can be pressed."""
    assert sketch(of_article(f"{STORY_ON_PAGE}<ul><li>Print</li><li>Save</li></ul>")) == [*STORY, "- Print", "- Save"]


def test_a_list_of_networks_in_an_article_is_read() -> None:
    """Where none of them is a way to hand the article on."""
    article = of_article(f"{STORY_ON_PAGE}<p>The board is on:</p><ul><li>Facebook</li><li>Telegram</li></ul>")
    assert sketch(article)[-3:] == ["The board is on:", "- Facebook", "- Telegram"]


@pytest.mark.parametrize(
    ("furniture", "words"),
    [
        ('<section data-area="related_articles"><h3>Mehr zum Thema</h3><article><a href="/x"><h2>Sturm</h2>'
         "</a><p>Er war stark, sagen die Leute.</p></article></section>", "Sturm"),
        ('<a href="#skip">skip past newsletter promotion</a><aside aria-label="newsletter promotion"><p>Sign'
         " up to Coast Notes</p><p>Newsletters may contain information about charities and online ads.</p></aside>"
         "<p id=skip>after newsletter promotion</p>", "Sign up to Coast Notes"),
        ('<div data-component="links-block"><ul><li><a href="/s">Storm broke the cable</a></li></ul></div>',
         "Storm broke the cable"),
        ("<p class=status>Article réservé aux abonnés</p>", "Article réservé aux abonnés"),
        ("<amp-ad><div placeholder>Loading ad</div></amp-ad>", "Loading ad"),
        ('<div class="kg-card kg-cta-card"><div>Become a member to read every issue.</div></div>', "Become a member"),
        ('<p><em>If you enjoyed this story, please clap and </em><a href="/f">follow me</a> soon.</p>', "clap"),
        ('<div data-component="topic-list"><a href="/c">Coast</a></div>', "Coast"),
        ("<figure><div role=button>Press enter or click to view image in full size</div><img alt=''></figure>",
         "view image in full size"),
    ],
)  # fmt: skip
def test_furniture_amid_a_text_is_told(furniture: str, words: str) -> None:
    """As Spiegel, Guardian, AMP, Ghost, Medium and BBC put it there."""
    article = of_article(f"{STORY_ON_PAGE}{furniture}{STORY_ON_PAGE}")
    assert [text for text in texts(article) if text] == [*STORY, *STORY]
    assert words in told(article)


def test_a_box_of_wikipedia_that_asks_for_sources_is_told() -> None:
    """It is a table, and none of the article's."""
    box = '<table class="box-More_citations plainlinks metadata ambox"><tr><td>It needs citations.</td></tr></table>'
    article = of_article(f"{box}{STORY_ON_PAGE}")
    assert sketch(article) == STORY
    assert "It needs citations." in told(article)


def test_the_line_over_a_letter_that_leads_to_its_page_is_told() -> None:
    """Though it is as long as a sentence."""
    article = of_article(
        "<p>Wird diese E-Mail nicht richtig angezeigt? <a href='x'>Im Browser ansehen</a></p>" + paragraphs([TURM, AMT])
    )
    assert sketch(article) == [TURM, AMT]


def test_a_headline_behind_the_name_of_the_site_is_the_title() -> None:
    """As Blogger has it in the window's title."""
    article = of_page(f"<div class=post><h3>{TITLE}</h3>{STORY_ON_PAGE}</div>", title=f"Lights: {TITLE}")
    assert article.title == TITLE
    assert sketch(article) == STORY


@pytest.mark.parametrize(
    ("alt", "said"),
    [
        ("DSC_0042", []), ("IMG-20240305", []), ("placeholder", []), ("No photo description available.", []),
        ("Ein Turm&#10;&#10;Automatisch generierte Beschreibung", ["Ein Turm"]), ("Route 66", ["Route 66"]),
    ],
)  # fmt: skip
def test_what_programs_say_of_pictures_is_not_read(alt: str, said: list[str]) -> None:
    """Cameras, sites and Word fill in alternative texts, too."""
    article = of_article(f'{STORY_ON_PAGE}<p><img src="x/a.jpg" alt="{alt}"></p>')
    assert texts(article) == [*STORY, *said]


# --- K23: pages of a PDF

LINES = (
    "The lighthouse at Brannoch has been dark\nsince the first week of October, when\nsalt water got into its cable."
)
MORE = "Iris Calder, who keeps the keys, climbs\nthe stairs every evening to look at the\nlamp that does not turn."


@pytest.mark.parametrize(
    "heads",
    [("\n- 7 -\n\n", "\n- 8 -\n\n"), ("\nPage 2 of 9\n\n", "\nPage 3 of 9\n\n"),
     ("\nSeite 2 von 9\n\n", "\nSeite 3 von 9\n\n"),
     (f"\f12   {TITLE.upper()}\n", f"\f{TITLE.upper()}   13\n")],
)  # fmt: skip
def test_numbers_of_pages_between_paragraphs_are_told(heads: tuple[str, str]) -> None:
    """Between dashes, with how many there are, or beside the title."""
    article = of(f"{TITLE}\n\n{LINES}\n{heads[0]}{MORE}\n{heads[1]}{LINES}\n", "a.txt")
    assert sketch(article) == [LAMP, KEYS, LAMP]
    assert heads[0].strip().split()[0] in told(article)


# --- K24, K29: other files, files with faults


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        ('<?xml version="1.0"?><article xmlns="http://docbook.org/ns/docbook"><title>Lamp</title></article>', "a.xml",
         "DocBook"),
        ("From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nMIME-Version: 1.0\r\n"
         'Content-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n', "a.mhtml", "complete web page"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_called_what_it_is(
    data: str, name: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what to give instead, where pandoc is not installed."""
    monkeypatch.setattr(converters, "pandoc", lambda: "")
    with pytest.raises(ReadError) as refused:
        read(data.encode(), name=name)
    assert says in f"{refused.value.message} {refused.value.remedy}"


@pytest.mark.parametrize("before", ["", "\ufeff\n "])
def test_a_feed_with_faults_that_programs_make_is_read(before: str) -> None:
    """A bare “&”, and a blank line in front; a finding says so."""
    feed = (
        f'{before}<?xml version="1.0"?><rss version="2.0"><channel><title>Sea & Sky</title><item><title>Lamp & key'
        f"</title><description>{LAMP}</description></item></channel></rss>"
    )
    issue = read_whole(feed.encode(), "feed.rss")
    assert issue.articles[0].title == "Lamp & key"
    assert texts(issue.articles[0]) == [LAMP]
    assert "xml-mended" in {finding.id for finding in issue.findings}


def test_keys_of_a_message_are_not_its_headline() -> None:
    """Where a line below them is."""
    article = of(
        '<?xml version="1.0"?><Message><Header><Slug>LIGHT</Slug><Priority>4</Priority></Header><Content>'
        f"<Head>The lamp is out</Head><Text><Para>{LAMP}</Para><Para>{KEYS}</Para></Text></Content></Message>",
        "a.xml",
    )
    assert article.title == "The lamp is out"
    assert sketch(article) == [LAMP, KEYS]


# --- K26: contents


@pytest.mark.parametrize(
    "over", ["<p>In diesem Artikel</p>", "<h2>Inhaltsverzeichnis</h2>", "<h2>Table des matières</h2>"]
)
def test_contents_of_a_page_are_told(over: str) -> None:
    """A list of links to the headings below, in their words; other lists of links are read."""
    contents = '<ol><li><a href="#a">1. The keys</a></li><li><a href="#b">The board</a></li></ol>'
    others = '<ul><li><a href="#a">How the keys were lost</a></li><li><a href="#b">And found</a></li></ul>'
    article = of_article(
        f'{over}{contents}<h2 id="a">The keys</h2><p>{LAMP}</p><p>{KEYS}</p>{others}'
        f'<h2 id="b">The board</h2><p>{BOARD}</p>'
    )
    assert sketch(article) == [
        "## The keys", LAMP, KEYS, "- How the keys were lost", "- And found", "## The board", BOARD,
    ]  # fmt: skip
    assert "1. The keys The board" in told(article)


ROWS = "".join(
    f"<tr><td>{number}</td><td><a href='{name}.xhtml'>{title}</a></td><td>9</td></tr>"
    for number, name, title in (("I", "a", "Le rocher"), ("II", "b", "La lampe"))
)


@pytest.mark.parametrize(
    "listed",
    [
        f"<h2>Table des matières</h2><table>{ROWS}</table>",
        "<h2>List of Illustrations</h2><p><a href='a.xhtml'>The rock</a> 3</p><p><a href='b.xhtml'>A lamp</a> 9</p>",
    ],
)
def test_lists_of_chapters_and_of_pictures_in_a_book_are_told(listed: str) -> None:
    """In rows of a table, or under a name that says so."""
    chapters = {name: f"<h1>{title}</h1><p>{PHARE}</p>" for name, title in (("a", "Le rocher"), ("b", "La lampe"))}
    article = of(book({"t": listed, **chapters}, entries("Le rocher", "La lampe")), "book.epub")
    assert sketch(article) == ["## Le rocher", PHARE, "## La lampe", PHARE]
    assert "9" in told(article)


def test_all_that_is_told_is_read_when_all_is_kept() -> None:
    """Tools, contents and subtitles too."""
    data = page(
        f"<article><h1>{TITLE}</h1><ul><li>Copy link</li><li>Facebook</li></ul><ul><li><a href='#a'>Keys</a></li><li>"
        f"<a href='#b'>Board</a></li></ul><h2 id=a>Keys</h2>{STORY_ON_PAGE}<h2 id=b>Board</h2><p>{BOARD}</p></article>"
    )
    (article,) = read(data, name=str(PurePath("a.html")), keep_all=True).articles
    assert {"Copy link", "Facebook", "Keys", "Board"} <= set(texts(article))
