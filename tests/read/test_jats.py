"""Scholarly articles (JATS): sections, figures, tables, formulas, notes; references to literature are told."""

from __future__ import annotations

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Article
from audio_edition.read import converters, read
from support.sketch import sketch
from support.soundness import read_or_refused, read_whole

FRONT = (
    "<front><journal-meta><journal-title-group><journal-title>Harbour Studies</journal-title></journal-title-group>"
    "</journal-meta><article-meta><article-id pub-id-type='doi'>10.1/x</article-id><title-group><article-title>Wood in "
    "quays</article-title></title-group><contrib-group><contrib contrib-type='author'><name><surname>Holt</surname>"
    "<given-names>Mara</given-names></name></contrib></contrib-group><pub-date pub-type='epub'><day>2</day><month>11"
    "</month><year>2026</year></pub-date><abstract><p>Oak lasts.</p></abstract><kwd-group><kwd>oak</kwd></kwd-group>"
    "</article-meta></front>"
)  # fmt: skip
BACK = (
    "<back><ack><title>Thanks</title><p>To all.</p></ack>"
    "<ref-list><ref><label>3</label>Ray 2020</ref></ref-list></back>"
)
SPACES = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def jats(body: str, back: str = BACK, front: str = FRONT) -> bytes:
    return (
        '<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) v1.2//EN" "x.dtd">'
        f'<article {SPACES} xml:lang="en">'
        f"{front}<body>{body}</body>{back}</article>"
    ).encode()


def _article(body: str) -> Article:
    return read_whole(jats(body), name="a.xml").articles[0]


def test_sections_and_notes_are_structure() -> None:
    """With their numbers; a note follows its mark; what is thanked is read, references are told."""
    article = _article(
        "<sec><label>1</label><title>Oak</title><p>It lasts <xref ref-type='bibr' rid='r3'>[3]</xref>, as "
        "<xref ref-type='bibr' rid='r4'>Ray (2020)</xref> says<xref ref-type='fn' rid='f1'>a</xref>.</p>"
        "<sec><title>Old</title><p>Older.<fn id='f2'><label>*</label><p>Much.</p></fn></p></sec></sec>"
        "<fn-group><fn id='f1'><label>a</label><p>Often.</p></fn></fn-group>"
    )
    assert sketch(article) == [
        "Oak lasts.", "## 1 Oak", "It lasts, as Ray (2020) says[^a].", "[^a]: Often.", "### Old", "Older.[^*]",
        "[^*]: Much.", "## Thanks", "To all.",
    ]  # fmt: skip
    found = {finding.id: finding.text for finding in article.findings}
    assert found["references-left-out"] == "3 Ray 2020"
    assert found["citations-left-out"] == "[3]"


def test_figures_tables_and_lists_are_structure() -> None:
    """Labels are in captions, alternative texts are read, a list keeps its numbers."""
    lines = " ".join(
        sketch(
            _article(
                "<sec><title>Oak</title><fig id='g1'><label>Figure 1</label><caption><title>A gull.</title>"
                "<p>On oak.</p></caption><alt-text>A grey gull</alt-text><graphic xlink:href='a.png'/></fig>"
                "<table-wrap><label>Table 1</label><caption><p>Ages</p></caption><table><thead><tr><th>Tree</th><th>Age"
                "</th></tr></thead><tbody><tr><td>Oak</td><td>90</td></tr></tbody></table></table-wrap>"
                "<list list-type='order'><list-item><label>4.</label><p>Four</p></list-item></list>"
                "<disp-quote><p>All is well.</p><attrib>J. Ray</attrib></disp-quote>"
                "<verse-group><verse-line>One line</verse-line><verse-line>and another</verse-line></verse-group></sec>"
            )
        )
    )
    for said in (
        "A grey gull",
        "Figure 1.",
        "On oak.",
        "Table 1",
        "^Tree",
        "Oak | 90",
        "4. Four",
        "All is well.",
        "and another",
    ):
        assert said in lines, lines


def test_a_formula_is_read_once() -> None:
    """Though it is given as MathML, as TeX and as a picture."""
    forms = (
        "<alternatives><tex-math>\\documentclass{x}\\begin{document}$$x^2$$\\end{document}</tex-math>"
        "<mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math>"
        "<graphic xlink:href='a'/></alternatives>"
    )
    article = _article(f"<sec><title>Oak</title><p>It is <inline-formula>{forms}</inline-formula> here.</p></sec>")
    assert "It is x² here." in sketch(article)


def test_metadata_are_the_articles() -> None:
    """Title, authors, date, journal, DOI."""
    article = _article("<p>It lasts.</p>")
    assert (article.title, article.published, article.source) == ("Wood in quays", "2026-11-02", "Harbour Studies")
    assert [who.name for who in article.metadata.creators] == ["Mara Holt"]
    assert article.metadata.identifiers == ("doi:10.1/x",)


def test_reviews_are_told_and_not_read() -> None:
    """They are other people's."""
    review = "<sub-article><body><p>Please add elm.</p></body></sub-article>"
    article = read_whole(jats("<p>It lasts.</p>", BACK + review), name="a.xml").articles[0]
    assert "Please add elm." not in " ".join(sketch(article))
    assert any("Please add elm." in finding.text for finding in article.findings)


def test_other_abstracts_are_told_or_read_if_all_is() -> None:
    """Highlights, and those in other languages."""
    others = (
        "<abstract abstract-type='teaser'><p>Oak wins.</p></abstract><trans-abstract xml:lang='de'><p>Eiche.</p>"
        "</trans-abstract></article-meta>"
    )
    data = jats("<p>It lasts.</p>", BACK).replace(b"</article-meta>", others.encode())
    article = read_whole(data, name="a.xml").articles[0]
    assert next(each.text for each in article.findings if each.id == "abstracts-left-out") == "Oak wins. Eiche."
    assert {"Oak wins.", "Eiche."} <= {*sketch(read(data, name="a.xml", keep_all=True).articles[0])}


def test_what_is_no_jats_article_is_not_taken_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """DocBook's root is called article too, and needs pandoc; an abstract alone has no text; a trap is refused."""
    monkeypatch.setattr(converters, "pandoc", lambda: "")
    with pytest.raises(ReadError, match="DocBook"):
        read(b'<article xmlns="http://docbook.org/ns/docbook"><title>x</title></article>', name="a.xml")
    with pytest.raises(ReadError, match="without its text"):
        read(b"<article><front><article-meta/></front></article>", name="a.xml")
    with pytest.raises(ReadError, match="nested too deeply"):
        read(jats("<sec>" * 400 + "<p>x</p>" + "</sec>" * 400), name="a.xml")
    whole = jats("<sec><title>Oak</title><p>It lasts.</p></sec>")
    for end in range(150, len(whole), 140):
        read_or_refused(whole[:end], "a.xml")


def test_text_between_elements_is_read() -> None:
    """Damaged articles have words where only elements should stand."""
    article = _article(
        "<sec><title>Oak</title><list>loose<list-item><p>One</p></list-item>behind</list>"
        "<fig>beside<caption><p>A gull</p></caption></fig><table-wrap>above<table><tr><td>Oak</td></tr></table>"
        "</table-wrap></sec>"
    )
    said = " ".join(sketch(article))
    assert all(word in said for word in ("loose", "One", "behind", "beside", "A gull", "above"))


def test_a_note_without_a_mark_keeps_its_label() -> None:
    """At its place; a reference may have spaces around the name that it refers to."""
    notes = "".join(
        f"<fn id='{at}'><label>{at[1]}</label><p>{said}</p></fn>" for at, said in (("fa", "Often."), ("fb", "Never."))
    )
    said = sketch(_article(f"<p>It lasts<xref ref-type='fn' rid=' fa '>a</xref>.</p><fn-group>{notes}</fn-group>"))
    assert said[:3] == ["Oak lasts.", "It lasts[^a].", "[^a]: Often."]
    assert any("b Never." in line for line in said)
