"""DAISY books as documents: DTBook, DAISY 3 and DAISY 2.02, with their pages, notes and levels."""

from __future__ import annotations

import pytest

from audio_edition.errors import ReadError
from audio_edition.read import read
from support.archives import archive
from support.sketch import sketch
from support.soundness import read_or_refused, read_whole

BODY = (
    "<frontmatter><doctitle>The quay</doctitle><docauthor>Mara Holt</docauthor><covertitle>The quay</covertitle>"
    "</frontmatter><bodymatter><level1><pagenum page='normal' id='p7'>7</pagenum><h1>Old wood</h1>"
    "<p><sent>It <em>grew</em><noteref idref='#n1'>1</noteref>.</sent> <sent>Slowly.</sent></p>"
    "<level2><h2>Oak</h2><list type='ol' start='3'><li>Three</li><li>Four</li></list>"
    "<imggroup><img src='a.png' alt='A gull'/><caption>The gull</caption></imggroup>"
    "<table><tr><th>Tree</th><th>Age</th></tr><tr><td>Oak</td><td>90</td></tr></table>"
    "<poem><linegroup><line>One line</line><line>and another</line></linegroup></poem>"
    "<sidebar render='optional'><hd>Box</hd><p>Inside.</p></sidebar>"
    "<prodnote render='optional'>A map of the harbour.</prodnote></level2></level1>"
    "<note id='n1'><p>Since 1871.</p></note></bodymatter>"
)  # fmt: skip
SPACE = ' xmlns="http://www.daisy.org/z3986/2005/dtbook/"'
OPF = (
    '<package xmlns="http://openebook.org/namespaces/oeb-package/1.0/" unique-identifier="uid"><metadata><dc-metadata '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:Title>The quay</dc:Title><dc:Creator>Mara Holt</dc:Creator>'
    "<dc:Language>en</dc:Language><dc:Publisher>Harbour Press</dc:Publisher></dc-metadata></metadata>"
    '<manifest>{}</manifest><spine><itemref idref="s"/></spine></package>'
)  # fmt: skip
ITEM = '<item id="t" href="text.xml" media-type="application/x-dtbook+xml"/>'
NCC = (
    '<html><head><title>The quay</title><meta name="dc:creator" content="Mara Holt"/>'
    '<meta name="dc:language" content="en"/></head><body><h1 class="title"><a href="a.smil#x">The quay</a></h1>'
    '<h1><a href="b.smil#x">Old wood</a></h1></body></html>'
)  # fmt: skip
SMIL = '<smil><body><seq><par><text src="text.html#{}"/><audio src="a.mp3"/></par></seq></body></smil>'
TEXT = (
    '<html><body><h1 id="t"><a href="a.smil#x">The quay</a></h1><span class="page-normal" id="p"><a href="a.smil#y">7'
    '</a></span><h1 id="u"><a href="b.smil#x">Old wood</a></h1><p>It grew<span class="noteref" bodyref="text.html#n">'
    '1</span>.</p><div class="notebody" id="n"><p>Since 1871.</p></div></body></html>'
)  # fmt: skip


def dtbook(body: str = BODY, space: str = SPACE) -> bytes:
    return f'<?xml version="1.0"?><dtbook{space} version="2005-3" xml:lang="en"><book>{body}</book></dtbook>'.encode()


@pytest.mark.parametrize("space", [SPACE, ""], ids=["namespace", "none"])
def test_a_dtbook_keeps_its_structure(space: str) -> None:
    """Levels, page numbers, notes at their marks, numbers of lists, captions, verse, boxes and descriptions."""
    article = read_whole(dtbook(space=space), name="a.xml").articles[0]
    assert (article.title, article.byline, article.language) == ("The quay", "Mara Holt", "en")
    lines = sketch(article)
    assert lines[:7] == [
        "{7}",
        "## Old wood",
        "It grew[^1]. Slowly.",
        "[^1]: Since 1871.",
        "### Oak",
        "3. Three",
        "4. Four",
    ]
    rest = " ".join(lines[7:])
    for said in (
        "A gull",
        "The gull",
        "^Tree",
        "| Oak | 90",
        "One line / and another",
        "Inside.",
        "A map of the harbour.",
    ):
        assert said in rest, rest


def test_older_headings_and_parts_of_items_are_read() -> None:
    """Of the first edition of the standard; and each part of an item for itself."""
    body = "<level depth='1'><levelhd depth='1'>Wood</levelhd><list><li><lic>Oak</lic><lic>90</lic></li></list></level>"
    article = read_whole(dtbook(f"<doctitle>The quay</doctitle>{body}"), name="a.xml").articles[0]
    assert sketch(article) == ["## Wood", "- Oak 90"]


def test_a_daisy_3_book_is_read_by_its_package() -> None:
    """Its text with what the package says of it; the recording is not read."""
    data = archive({"book/speechgen.opf": OPF.format(ITEM), "book/text.xml": dtbook(), "book/a.mp3": b"x"})
    article = read_whole(data, name="a.zip").articles[0]
    assert (article.title, article.source) == ("The quay", "Harbour Press")
    assert "## Old wood" in sketch(article)


def test_a_daisy_2_book_is_read_by_its_contents() -> None:
    """The texts that its SMIL files name, in their order, with pages and notes."""
    files = {"ncc.html": NCC, "a.smil": SMIL.format("t"), "b.smil": SMIL.format("u"), "text.html": TEXT}
    article = read_whole(archive(dict(files)), name="a.zip").articles[0]
    assert (article.title, article.language) == ("The quay", "en")
    assert sketch(article) == ["{7}", "## Old wood", "It grew[^1].", "[^1]: Since 1871."]


@pytest.mark.parametrize(
    "files",
    [
        {"ncc.html": NCC, "a.smil": SMIL.format("t").replace("text.html", "ncc.html")},
        {"a.opf": OPF.format('<item id="s" href="a.smil" media-type="application/smil"/>')},
    ],
    ids=["daisy-2", "daisy-3"],
)
def test_a_recording_alone_is_refused(files: dict[str, str]) -> None:
    """It has nothing to read."""
    with pytest.raises(ReadError, match="only a recording"):
        read(archive(dict(files)), name="a.zip")


def test_a_trap_is_refused_or_read() -> None:
    """Too deep, a package that leads out of the book or lacks its text, a text cut off."""
    with pytest.raises(ReadError, match="nested too deeply"):
        read(dtbook("<level>" * 400 + "<p>x</p>" + "</level>" * 400), name="a.xml")
    outside = ITEM.replace("text.xml", "../../etc/passwd")
    for item in (ITEM, outside):
        with pytest.raises(ReadError, match="lacks a part"):
            read(archive({"a.opf": OPF.format(item)}), name="a.zip")
    whole = dtbook()
    for end in range(50, len(whole), 140):
        read_or_refused(whole[:end], "a.xml")


def test_deep_levels_keep_their_words() -> None:
    """As far as a document may nest."""
    data = dtbook("<level>" * 200 + "<p>It fell.</p><p>It grew.</p>" + "</level>" * 200)
    article = read_whole(data, name="a.xml").articles[0]
    assert "It grew." in " ".join((article.title, *sketch(article)))


def test_text_between_items_is_read() -> None:
    """Damaged books have words in a list beside its items."""
    body = "<bodymatter><level1><h1>Oak</h1><list>loose<li>One</li>behind</list></level1></bodymatter>"
    said = " ".join(sketch(read_whole(dtbook(body)).articles[0]))
    assert all(word in said for word in ("loose", "One", "behind"))


def test_a_page_inside_the_title_is_kept() -> None:
    """The title is said once, and its page begins below it."""
    for place in ("<p>The <pagenum>7</pagenum>quay</p>", "<h1>The <pagenum>7</pagenum>quay</h1>"):
        data = dtbook(f"<frontmatter/><bodymatter><level1>{place}<p>It grew.</p></level1></bodymatter>")
        assert sketch(read_whole(data).articles[0]) == ["{7}", "It grew."]
