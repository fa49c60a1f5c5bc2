"""PowerPoint presentations: titles, lists, tables, notes, the order of reading, and what is left out."""

from __future__ import annotations

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Article
from audio_edition.read import read
from support.presentations import presentation, shape
from support.sketch import sketch
from support.soundness import read_or_refused, read_whole

WIDE = " gridSpan='2'"
FIRST = shape("The quay", "ctrTitle") + shape("A report", "subTitle")


def _article(*slides: str, notes: dict[int, str] | None = None) -> Article:
    return read_whole(presentation(FIRST, *slides, notes=notes), name="a.pptx").articles[0]


def test_titles_are_headings_and_points_are_lists() -> None:
    """The first slide names the talk; the number of each slide is kept as a page."""
    numbered = (
        "<a:p><a:pPr><a:buAutoNum type='arabicPeriod' startAt='3'/></a:pPr><a:r><a:t>Three</a:t></a:r></a:p>\n"
        "<a:p><a:pPr lvl='1'/><a:r><a:t>Under</a:t></a:r></a:p>"
    )
    article = _article(shape("Costs", "title") + shape("Oak\nElm", "body") + shape(numbered, "body", index=2))
    assert article.title == "The quay"
    assert sketch(article) == [
        "{1}", "A report", "{2}", "## Costs", "- Oak", "- Elm", "3. Three", "   - Under",
    ]  # fmt: skip


def test_shapes_are_read_from_the_top_and_the_left() -> None:
    """Whatever lies above what; a title comes first."""
    slide = (
        shape("below", at=(0, 5_000_000)) + shape("right", at=(4_000_000, 1_010_000)) + shape("left", at=(0, 1_000_000))
        + shape("Costs", "title", at=(0, 6_000_000))
    )  # fmt: skip
    assert sketch(_article(slide))[3:] == ["## Costs", "left", "right", "below"]


def test_tables_pictures_and_looks_are_kept() -> None:
    """A first row that is a head, merged cells, alternative texts, decorations, a language."""
    cell = "<a:tc{}><a:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:tc>"
    table = (
        "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow='1'/>"
        f"<a:tr>{cell.format('', 'Tree')}{cell.format('', 'Age')}</a:tr>"
        f"<a:tr>{cell.format(WIDE, 'All')}<a:tc hMerge='1'><a:txBody/></a:tc></a:tr></a:tbl></a:graphicData>"
        "</a:graphic></p:graphicFrame>"
    )
    picture = (
        "<p:pic><p:nvPicPr><p:cNvPr id='1' name='x' descr='A gull'/></p:nvPicPr><p:blipFill><a:blip r:embed='pic'/>"
        "</p:blipFill></p:pic><p:pic><p:nvPicPr><p:cNvPr id='2' name='y'><a:extLst><a:ext><adec:decorative val='1'/>"
        "</a:ext></a:extLst></p:cNvPr></p:nvPicPr></p:pic>"
    )
    text = shape("<a:p><a:r><a:rPr lang='fr-FR' b='1'/><a:t>au revoir</a:t></a:r><a:r><a:t> then</a:t></a:r></a:p>")
    article = _article(shape("Costs", "title") + table + picture + text)
    lines = " ".join(sketch(article))
    for said in ("^Tree | ^Age", "| All", "A gull", "au revoir then"):
        assert said in lines, lines
    assert not any(finding.id == "picture-without-text" for finding in article.findings)


def test_what_is_told_of_drawings_is_read() -> None:
    """Of shapes without a text, arrows between shapes, and a group as a whole; not beside the text in it."""
    told = "<p:{0}><p:{1}><p:cNvPr id='1' name='x' descr='{2}'/></p:{1}>{3}</p:{0}>"
    picture = "<p:pic><p:nvPicPr><p:cNvPr id='2' name='Picture 2'/></p:nvPicPr></p:pic>"
    slide = (
        told.format("sp", "nvSpPr", "A cross", "") + told.format("cxnSp", "nvCxnSpPr", "An arrow", "")
        + told.format("grpSp", "nvGrpSpPr", "A map", picture * 2)
        + told.format("grpSp", "nvGrpSpPr", "A box of text", shape("In the box"))
    )  # fmt: skip
    article = _article(shape("Costs", "title") + slide)
    assert sketch(article)[4:] == ["![A cross]", "![An arrow]", "![A map]", "In the box"]
    assert not any(finding.id == "picture-without-text" for finding in article.findings)


def test_notes_follow_their_slide_and_margins_are_told() -> None:
    """What the speaker says is read; numbers, dates and feet of slides, hidden slides and comments are not."""
    notes = {1: shape("Say it slowly.", "body") + shape("2", "sldNum")}
    slide = shape("Costs", "title") + shape("Oak", "body") + shape("Harbour board", "ftr")
    article = _article(slide, "hidden:" + shape("Secret", "title"), notes=notes)
    lines = sketch(article)
    assert "Say it slowly." in " ".join(lines)
    assert not any("Secret" in line or "Harbour board" in line for line in lines)
    found = {finding.id: finding.text for finding in article.findings}
    assert found["hidden-left-out"] == "Secret"
    assert found["margins-left-out"] == "Harbour board"


def test_a_trap_is_refused() -> None:
    """Nothing on it, no list of slides, groups without end, cut off."""
    with pytest.raises(ReadError, match="nothing to say"):
        read(presentation(""), name="a.pptx")
    deep = "<p:grpSp>" * 300 + shape("x") + "</p:grpSp>" * 300
    with pytest.raises(ReadError, match="nested too deeply"):
        read(presentation(deep), name="a.pptx")
    whole = presentation(FIRST)
    for end in range(20, len(whole), 300):
        read_or_refused(whole[:end], "a.pptx")


def test_a_part_that_is_missing_costs_only_itself() -> None:
    """A slide that is listed and not there."""
    data = presentation(FIRST, shape("Costs", "title")).replace(b"ppt/slides/1.xml", b"ppt/slides/9.xml")
    assert read_whole(data, name="a.pptx").articles[0].title == "The quay"


def test_numbers_go_on_behind_what_is_below_and_a_damaged_slide_keeps_its_words() -> None:
    """PowerPoint restarts a numbering at the next paragraph of its own level without a number."""
    number = "<a:p><a:pPr><a:buAutoNum type='arabicPeriod'/></a:pPr><a:r><a:t>{}</a:t></a:r></a:p>"
    below = "<a:p><a:pPr lvl='1'><a:buNone/></a:pPr><a:r><a:t>Below</a:t></a:r></a:p>"
    points = f"{number.format('One')}\n{below}\n{number.format('Two')}"
    assert sketch(_article(shape(points)))[-3:] == ["1. One", "Below", "2. Two"]
    damaged = presentation(FIRST, f'<p:sld xmlns:p="x" xmlns:a="y">{shape("Costs", "title")}</p:sld>')
    read_or_refused(damaged, "a.pptx")
