"""Word documents: what Word shows is what is read, with its structure, and what is left out is told."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping

import pytest

from audio_edition.model import Article, Finding, List, Table, every, leaves
from audio_edition.read import read
from audio_edition.read.alternatives import alternative
from support.archives import archive
from support.documents import LINK, paragraph, word, word_entries
from support.sketch import headings, sketch, texts
from support.soundness import read_whole
from support.work import growth

GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWN = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
TITLE = paragraph("T", "Title")
BODY = "It rained on the quay, and on the boats, all day long."


def _article(body: str, parts: Mapping[str, str] | None = None, **entries: str | bytes) -> Article:
    """The article in a document: entries are named by their paths, with "__" for a slash and "_dot_" for a dot."""
    found = word_entries(body, parts)
    found |= {name.replace("__", "/").replace("_dot_", "."): data for name, data in entries.items()}
    return read_whole(archive(found), name="a.docx").articles[0]


def _with_relations(body: str, relations: str, files: Mapping[str, str | bytes]) -> Article:
    """The article in a document whose main part has more relations."""
    entries = word_entries(body)
    path = "word/_rels/document.xml.rels"
    entries[path] = str(entries[path]).replace("</Relationships>", f"{relations}</Relationships>")
    return read_whole(archive({**entries, **files}), name="a.docx").articles[0]


def _relation(name: str, kind: str, target: str, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{name}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'


def _runs(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _told(article: Article, id: str) -> str:  # noqa: A002
    return next(finding.text for finding in article.findings if finding.id == id)


def _finding(article: Article, id: str) -> Finding:  # noqa: A002
    return next(finding for finding in article.findings if finding.id == id)


# --- lists


NUMBERED = """
    <w:abstractNum w:abstractNumId="0">
      <w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>
    </w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""


def _level(depth: int, form: str, text: str, indent: int = 0, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
        f'<w:pPr><w:ind w:left="{indent}"/></w:pPr></w:lvl>'
    )


def _lists(*lists: str) -> str:
    found = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>' for at, levels in enumerate(lists)
    )
    return found + "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(len(lists))
    )


def _item(text: str, depth: int = 0, number: int = 1, more: str = "") -> str:
    return paragraph(text, "", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>{more}')


@pytest.mark.parametrize(
    ("form", "text", "start", "style", "numbers"),
    [
        ("decimal", "%1.", "1", "1", [1, 2]),
        ("decimal", "%1)", "9", "1", [9, 10]),
        ("lowerLetter", "(%1)", "26", "a", [26, 27]),
        ("upperLetter", "%1", "3", "A", [3, 4]),
        ("lowerRoman", "%1.", "1", "i", [1, 2]),
        ("upperRoman", "%1", "4", "I", [4, 5]),
        ("decimalZero", "%1", "0", "1", [0, 1]),
        ("upperRoman", "%1", "99999999", "I", [99999999, 100000000]),
    ],
)
def test_a_number_that_html_can_say_is_no_text(
    form: str, text: str, start: str, style: str, numbers: list[int]
) -> None:
    """It is the list's, of its kind and from its beginning."""
    article = _article(TITLE + _item("a") * 2, {"numbering": NUMBERED.format(start=start, format=form, text=text)})
    (block,) = article.blocks
    assert isinstance(block, List)
    assert (block.ordered, block.style, list(block.numbers())) == (True, style, numbers)
    assert texts(article) == ["a", "a"]


@pytest.mark.parametrize(
    ("form", "text", "start", "expected"),
    [
        ("decimal", "Rule %1:", "9", ["- Rule 9: a", "- Rule 10: a"]),
        ("decimal", "§ %1", "1", ["- § 1 a", "- § 2 a"]),
        ("lowerLetter", "%1)", "27", ["27. a", "- bb) a"]),
        ("russianLower", "%1)", "1", ["- а) a", "- б) a"]),
        ("bullet", "•", "1", ["- a", "- a"]),
        ("none", "", "1", ["- a", "- a"]),
        ("decimal", "–", "1", ["- – a", "- – a"]),
    ],
)
def test_a_mark_that_html_can_not_say_is_text(form: str, text: str, start: str, expected: list[str]) -> None:
    """As it is printed."""
    article = _article(TITLE + _item("a") * 2, {"numbering": NUMBERED.format(start=start, format=form, text=text)})
    assert sketch(article) == expected


def test_lists_are_nested_as_their_levels_are() -> None:
    """Numbers and dots, deeper by more than one level, and back."""
    levels = _level(0, "decimal", "%1.") + _level(1, "bullet", "•") + _level(2, "lowerRoman", "%3.")
    items = [_item(text, depth) for text, depth in (("a", 0), ("b", 1), ("c", 2), ("d", 1), ("e", 0), ("f", 2))]
    assert sketch(_article(TITLE + "".join(items), {"numbering": _lists(levels)})) == [
        "1. a", "   - b", "     1. c", "   - d", "2. e", "   1. f",
    ]  # fmt: skip


def test_lists_of_their_own_are_nested_by_their_indents() -> None:
    """As with Word's styles List Bullet, List Bullet 2: each is a list with one level."""
    lists = _lists(*(_level(0, "bullet", "•", indent) for indent in (360, 720, 1080)))
    items = [_item("a", 0, 1), _item("b", 0, 2), _item("c", 0, 3), _item("d", 0, 2), _item("e", 0, 1)]
    assert sketch(_article(TITLE + "".join(items), {"numbering": lists})) == [
        "- a", "  - b", "    - c", "  - d", "- e",
    ]  # fmt: skip


def test_dots_of_several_lists_in_a_row_are_one_list() -> None:
    """They look alike, and a listener should not hear of three lists of one item."""
    lists = _lists(_level(0, "bullet", "•", 360), _level(0, "bullet", "–", 360))
    article = _article(TITLE + _item("a", 0, 1) + _item("b", 0, 2) + _item("c", 0, 1), {"numbering": lists})
    assert len(article.blocks) == 1
    assert sketch(article) == ["- a", "- b", "- c"]


def test_a_list_goes_on_after_text_and_starts_anew_where_it_is_told_to() -> None:
    """Numbers count on between the paragraphs; a w:startOverride begins again."""
    restarted = (
        f'{_lists(_level(0, "decimal", "%1."))}<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = TITLE + _item("a") + _item("b") + paragraph("Between.") + _item("c") + _item("d", 0, 2)
    assert sketch(_article(body, {"numbering": restarted})) == ["1. a", "2. b", "Between.", "3. c", "1. d"]


def test_a_paragraph_set_in_between_items_is_of_the_item_above() -> None:
    """So is a picture between two steps; what stands at the margin is not."""
    set_in = paragraph("More of a.", "", '<w:ind w:left="720"/>')
    body = TITLE + _item("a") + set_in + _item("b") + paragraph("At the margin.") + _item("c")
    lists = _lists(_level(0, "decimal", "%1.", 720))
    assert sketch(_article(body, {"numbering": lists})) == [
        "1. a", "   More of a.", "2. b", "At the margin.", "3. c",
    ]  # fmt: skip
    picture = f"<w:p>{_picture('', 'A map')}</w:p>"
    assert sketch(_article(TITLE + _item("a") + picture + _item("b"), {"numbering": lists})) == [
        "1. a", "   ![A map]", "2. b",
    ]  # fmt: skip


def test_an_empty_item_is_not_read_and_counts() -> None:
    """The one after it keeps the number that Word gives it."""
    body = TITLE + _item("a") + _item("") + _item("c")
    assert sketch(_article(body, {"numbering": _lists(_level(0, "decimal", "%1."))})) == ["1. a", "3. c"]


def test_a_level_that_never_restarts_counts_on() -> None:
    """As w:lvlRestart says."""
    levels = _level(0, "decimal", "%1.") + _level(1, "decimal", "%2)", more='<w:lvlRestart w:val="0"/>')
    body = TITLE + _item("a") + _item("b", 1) + _item("c") + _item("d", 1)
    assert sketch(_article(body, {"numbering": _lists(levels)})) == ["1. a", "   1. b", "2. c", "   2. d"]


def test_headings_keep_their_numbers_as_text() -> None:
    """HTML has no numbers for headings."""
    levels = _level(0, "decimal", "%1") + _level(1, "decimal", "%1.%2")
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = (
        TITLE + paragraph("Tides", "Heading1", numbered.format(0)) + paragraph("Spring", "Heading2", numbered.format(1))
    )
    assert headings(_article(body + paragraph(BODY), {"numbering": _lists(levels)})) == ["1 Tides", "1.1 Spring"]


def test_dots_that_are_boxes_say_whether_they_are_checked() -> None:
    """A list of tasks, as other programs write it; boxes alone are only dots."""
    lists = _lists(_level(0, "bullet", "☐"), _level(0, "bullet", "☒"))
    article = _article(TITLE + _item("Bread", 0, 2) + _item("Milk", 0, 1), {"numbering": lists})
    assert texts(article) == ["checked: Bread", "not checked: Milk"]
    assert texts(_article(TITLE + _item("Bread"), {"numbering": _lists(_level(0, "bullet", "☐"))})) == ["Bread"]


# --- pictures and captions


def _picture(embed: str, alt: str = "", *, more: str = "", kind: str = "inline") -> str:
    described = f' descr="{alt}"' if alt else ""
    return (
        f'<w:r><w:drawing {_DRAWN}><wp:{kind}><wp:docPr id="1" name="Picture 1"{described}>{more}</wp:docPr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{embed}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:{kind}>'
        "</w:drawing></w:r>"
    )


_CAPTION = '<w:style w:type="paragraph" w:styleId="Caption"><w:name w:val="caption"/></w:style>'
_STYLES = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
)


def _pictured(body: str, **files: bytes) -> Article:
    relations = "".join(_relation(name, "image", f"media/{name}.gif") for name in files)
    paths = {f"word/media/{name}.gif": data for name, data in files.items()}
    return _with_relations(body, relations, paths)


def test_a_picture_comes_with_its_bytes() -> None:
    """Once, however often it is shown."""
    article = _pictured(TITLE + _runs(_picture("one", "A boat")) * 2 + paragraph(BODY), one=GIF)
    assert [(image.media_type, image.data) for image in article.images] == [("image/gif", GIF)]
    assert sketch(article) == ["![A boat]", "![A boat]", BODY]


@pytest.mark.parametrize("data", [b"no picture", b"<svg/>", b""])
def test_what_is_no_picture_is_not_handed_on(data: bytes) -> None:
    """Its alternative text is read."""
    article = _pictured(TITLE + _runs(_picture("one", "A boat")) + paragraph(BODY), one=data)
    assert article.images == ()
    assert sketch(article) == ["![A boat]", BODY]


def test_a_picture_elsewhere_is_never_fetched() -> None:
    """Only pictures that the document holds are shown."""
    relations = _relation("far", "image", "https://example.com/a.gif", external=True)
    article = _with_relations(TITLE + _runs(_picture("far", "A boat")) + paragraph(BODY), relations, {})
    assert article.images == ()
    assert sketch(article) == ["![A boat]", BODY]


def test_a_picture_that_decorates_is_not_told() -> None:
    """As its author said."""
    decorative = (
        '<a:extLst><a:ext><adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" '
        'val="1"/></a:ext></a:extLst>'
    )
    article = _article(TITLE + _runs(_picture("", "A line", more=decorative)) + paragraph(BODY))
    assert sketch(article) == [BODY]
    assert not article.findings


def test_pictures_of_older_words_are_read() -> None:
    """VML, with the picture's bytes and what is told of it."""
    pict = '<w:r><w:pict><v:shape alt="A boat"><v:imagedata r:id="one"/></v:shape></w:pict></w:r>'
    article = _pictured(TITLE + _runs(pict) + paragraph(BODY), one=GIF)
    assert [image.data for image in article.images] == [GIF]
    assert sketch(article) == ["![A boat]", BODY]


def test_a_floating_picture_follows_the_paragraph_it_floats_in() -> None:
    """Where one that stands in the line is read in it."""
    floating = _runs(_run("It rained "), _picture("", "A cloud", kind="anchor"), _run("all day."))
    assert sketch(_article(TITLE + floating)) == ["It rained all day.", "![A cloud]"]
    inline = _runs(_run("It rained "), _picture("", "a cloud"), _run(" all day."))
    assert sketch(_article(TITLE + inline)) == ["It rained «a cloud» all day."]


def _sequence(label: str, text: str) -> str:
    return _runs(
        _run(f"{label} "),
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r><w:instrText xml:space="preserve"> SEQ {label} \\* ARABIC </w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        _run("1"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        _run(text),
    )


_TABLE = "<w:tbl><w:tr>{}</w:tr><w:tr>{}</w:tr></w:tbl>".format(
    *("".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) for row in (("Boat", "Berth"), ("Tern", "Four")))
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (_runs(_picture("", "Boat")) + _sequence("Figure", ": A boat"),
         ["figure", "  ![Boat]", "  caption: Figure 1: A boat"]),
        (_sequence("Abbildung", ": Ein Boot") + _runs(_picture("", "Boot")),
         ["figure", "  ![Boot]", "  caption: Abbildung 1: Ein Boot"]),
        (_sequence("Table", ": Berths") + _TABLE, ["caption: Table 1: Berths", "| Boat | Berth", "| Tern | Four"]),
        (_TABLE + _sequence("Tabelle", ": Plätze"), ["caption: Tabelle 1: Plätze", "| Boat | Berth", "| Tern | Four"]),
        (_runs(_picture("", "Boat")) + _sequence("Table", ": Berths") + _TABLE,
         ["![Boat]", "caption: Table 1: Berths", "| Boat | Berth", "| Tern | Four"]),
        (_TABLE + _sequence("Figure", ": A boat") + _runs(_picture("", "Boat")),
         ["| Boat | Berth", "| Tern | Four", "figure", "  ![Boat]", "  caption: Figure 1: A boat"]),
        (_runs(_picture("", "Boat")) + paragraph("By hand", "Caption"),
         ["figure", "  ![Boat]", "  caption: By hand"]),
        (paragraph("By hand", "Caption") + paragraph(BODY), ["By hand", BODY]),
        (_runs(_picture("", "Boat")) + f"<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>"
         f"{paragraph('In a box', 'Caption')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
         ["figure", "  ![Boat]", "  caption: In a box"]),
    ],
)  # fmt: skip
def test_captions_join_what_they_stand_next_to(body: str, expected: list[str]) -> None:
    """By what they count, before what is nearest; alone they are text."""
    assert sketch(_article(TITLE + body, {"styles": _STYLES + _CAPTION})) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("A close up of a logo\n\nDescription automatically generated", "A close up of a logo"),
        ("A sign\n\nDescription automatically generated with medium confidence", "A sign"),
        ("A duck AI-generated content may be incorrect.", "A duck"),
        ("Description automatically generated", None),
        ("Ein Bild, das Text enthält.\n\nAutomatisch generierte Beschreibung", "Ein Bild, das Text enthält."),
        ("Ein Boot.\n\nKI-generierte Inhalte können fehlerhaft sein.", "Ein Boot."),
        ("Un bateau\n\nDescription générée automatiquement avec un niveau de confiance faible", "Un bateau"),
        ("Un bateau\n\nLe contenu généré par l’IA peut être incorrect.", "Un bateau"),
        ("Un barco\n\nDescripción generada automáticamente con confianza media", "Un barco"),
        ("Una barca\n\nDescrizione generata automaticamente", "Una barca"),
        ("Een boot\n\nAutomatisch gegenereerde beschrijving", "Een boot"),
        ("Een boot\n\nDoor AI gegenereerde inhoud is mogelijk onjuist.", "Een boot"),
        ("Um barco\n\nO conteúdo gerado por IA pode estar incorreto.", "Um barco"),
        ("En båt\n\nAutomatiskt genererad beskrivning", "En båt"),
        ("Vene\n\nKuvaus luotu automaattisesti", "Vene"),
        ("Łódź\n\nOpis wygenerowany automatycznie", "Łódź"),
        ("Лодка\n\nАвтоматически созданное описание", "Лодка"),
        ("ボート\n\n自動的に生成された説明", "ボート"),
        ("一艘船\n\n描述已自动生成", "一艘船"),
        ("A chart of how descriptions are generated by the automatic barrier of the old harbour",
         "A chart of how descriptions are generated by the automatic barrier of the old harbour"),
        ("Two lines\nof one author", "Two lines of one author"),
        ("  ", None),
    ],
)  # fmt: skip
def test_what_word_adds_to_alternative_texts_is_dropped(told: str, expected: str | None) -> None:
    """In its languages, and nothing that an author wrote."""
    assert alternative(told) == expected


# --- charts and SmartArt


def _cached(values: list[str], form: str = "") -> str:
    points = "".join(f'<c:pt idx="{at}"><c:v>{value}</c:v></c:pt>' for at, value in enumerate(values))
    return f"<c:formatCode>{form}</c:formatCode>{points}" if form else points


def _chart(title: str, categories: str, *series: tuple[str, str]) -> str:
    said = f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>" if title else ""
    rows = "".join(
        f"<c:ser><c:tx><c:strRef><c:strCache>{_cached([name])}</c:strCache></c:strRef></c:tx>{categories}"
        f"<c:val><c:numRef><c:numCache>{values}</c:numCache></c:numRef></c:val></c:ser>"
        for name, values in series
    )
    plot = f"<c:plotArea><c:barChart>{rows}</c:barChart></c:plotArea>"
    return f"<c:chartSpace {_DRAWN}><c:chart>{said}{plot}</c:chart></c:chartSpace>"


def _shape(kind: str, content: str, alt: str = "") -> str:
    described = f' descr="{alt}"' if alt else ""
    return (
        f'<w:r><w:drawing {_DRAWN}><wp:inline><wp:docPr id="1" name="Chart"{described}/><a:graphic>'
        f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/{kind}">{content}</a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def _charted(chart: str, alt: str = "") -> Article:
    body = TITLE + _runs(_shape("chart", '<c:chart r:id="one"/>', alt)) + paragraph(BODY)
    return _with_relations(body, _relation("one", "chart", "charts/one.xml"), {"word/charts/one.xml": chart})


_YEARS = f"<c:cat><c:strRef><c:strCache>{_cached(['2023', '2024'])}</c:strCache></c:strRef></c:cat>"


def test_a_chart_is_the_table_that_it_draws() -> None:
    """With its title, the names of its series, and its numbers without the dust of floating points."""
    chart = _chart("Boats", _YEARS, ("Gulls", _cached(["4", "0.30000000000000004"])), ("Terns", _cached(["1", "2"])))
    assert sketch(_charted(chart)) == [
        "caption: Boats", "| | ^Gulls | ^Terns", "| ^2023 | 4 | 1", "| ^2024 | 0.3 | 2", BODY,
    ]  # fmt: skip


def test_a_chart_with_an_alternative_text_has_both() -> None:
    """What its author says of it, and its numbers."""
    assert sketch(_charted(_chart("", _YEARS, ("Gulls", _cached(["4", "5"]))), "More gulls")) == [
        "![More gulls]", "| | ^Gulls", "| ^2023 | 4", "| ^2024 | 5", BODY,
    ]  # fmt: skip


def test_numbers_of_charts_are_shown_as_their_format_says() -> None:
    """Days and per cents."""
    days = f"<c:cat><c:numRef><c:numCache>{_cached(['45292'], 'dd/mm/yyyy')}</c:numCache></c:numRef></c:cat>"
    assert sketch(_charted(_chart("Rain", days, ("Share", _cached(["0.25"], "0%"))))) == [
        "caption: Rain", "| | ^Share", "| ^2024-01-01 | 25%", BODY,
    ]  # fmt: skip


def test_a_chart_of_too_many_values_is_told() -> None:
    """Its title is read; what it is divided into is quoted."""
    names = [f"Day {at} of rain" for at in range(150)]
    many = f"<c:cat><c:strRef><c:strCache>{_cached(names)}</c:strCache></c:strRef></c:cat>"
    article = _charted(_chart("Rain", many, ("mm", _cached(["1"] * 150))))
    assert sketch(article) == ["Rain", BODY]
    assert "Day 149 of rain" in _told(article, "charts-left-out")


def test_smart_art_is_the_list_that_it_draws() -> None:
    """One point below another, and the words on arrows."""
    points = "".join(
        f'<dgm:pt modelId="{at}"{kind}><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for at, kind, text in (
            (0, ' type="doc"', ""), (1, "", "Board"), (2, "", "Crew"), (3, "", "Cook"), (4, ' type="sibTrans"', "then"),
        )
    )  # fmt: skip
    links = "".join(
        f'<dgm:cxn modelId="{10 + at}" srcId="{above}" destId="{below}" srcOrd="{order}"/>'
        for at, (above, below, order) in enumerate([(0, 2, 1), (0, 1, 0), (2, 3, 0)])
    )
    data = f"<dgm:dataModel {_DRAWN}><dgm:ptLst>{points}</dgm:ptLst><dgm:cxnLst>{links}</dgm:cxnLst></dgm:dataModel>"
    body = TITLE + _runs(_shape("diagram", '<dgm:relIds r:dm="one"/>')) + paragraph(BODY)
    article = _with_relations(body, _relation("one", "diagramData", "diagrams/d.xml"), {"word/diagrams/d.xml": data})
    assert sketch(article) == ["- Board", "- Crew", "  - Cook", "- then", BODY]


# --- what is inline


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>open</w:t></w:r>', "open"),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>held</w:t></w:r></w:sdtContent></w:sdt>", "held"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>shown</w:t></w:r>', "shown"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a b / c"),
        ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>', "a b"),
        ("<w:r><w:t>har</w:t><w:softHyphen/><w:t>bour</w:t></w:r>", "harbour"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t></w:r>", "well-known"),
        ("<w:moveTo><w:r><w:t>new</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom>", "new"),
        ('<w:r><w:pict><v:shape><v:textpath string="Wave"/></v:shape></w:pict></w:r>', "Wave"),
        (_run("12 ") + _run("13", "<w:dstrike/>") + _run(" pounds"), "12 ~~13~~ pounds"),
        (_run("a") + _run("b", '<w:strike w:val="false"/>'), "ab"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase>"
         "</w:ruby></w:r>", "漢(kan)"),
        ("<w:unknown><w:r><w:t>wrapped</w:t></w:r></w:unknown>", "wrapped"),
        ("<w:r><w:unknown><w:t>kept</w:t><w:r><w:t>, too</w:t></w:r></w:unknown></w:r>", "kept, too"),
        ("<w:r><w:t>a</w:t><w:txbxContent><w:p><w:r><w:t>b</w:t></w:r></w:p></w:txbxContent></w:r>", "a|b"),
    ],
)  # fmt: skip
def test_word_is_read_as_it_shows_itself(runs: str, expected: str) -> None:
    """Fields by their results, controls by their content, changes as accepted, lines and readings."""
    assert sketch(_article(TITLE + f"<w:p>{runs}</w:p>")) == expected.split("|")


def _spans(article: Article) -> list[tuple[str, str]]:
    text = next(leaves(article.blocks))
    return [(span.kind, text.text[span.start : span.end]) for span in text.spans if span.kind != "language"]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (_run("a ") + _run("b", "<w:b/>") + _run(" ", "<w:b/>") + _run("c", "<w:b/>"), [("strong", "b c")]),
        (_run("a ") + _run("b", "<w:i/>"), [("emphasis", "b")]),
        (_run("a ") + _run("b", '<w:u w:val="single"/>'), [("emphasis", "b")]),
        (_run("a ") + _run("b", '<w:u w:val="none"/>'), []),
        (_run("x") + _run("2", '<w:vertAlign w:val="superscript"/>'), [("superscript", "2")]),
        (_run("H") + _run("2", '<w:vertAlign w:val="subscript"/>') + _run("O"), [("subscript", "2")]),
        (_run("a ") + _run("b", '<w:rStyle w:val="Strong"/>'), [("strong", "b")]),
        (_run("run ") + _run("make", '<w:rStyle w:val="VerbatimChar"/>'), [("code", "make")]),
    ],
)
def test_emphasis_is_what_differs_from_the_style(runs: str, expected: list[tuple[str, str]]) -> None:
    """By the run's own formatting or a style of runs."""
    styles = (
        _STYLES
        + '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="VerbatimChar"><w:name w:val="Verbatim Char"/></w:style>'
    )
    assert _spans(_article(TITLE + _runs(runs), {"styles": styles})) == expected


def test_a_style_that_is_bold_or_slanted_emphasises_nothing() -> None:
    """In it, what is upright is what stands out."""
    styles = (
        _STYLES + '<w:style w:type="paragraph" w:styleId="Intro"><w:name w:val="Intro"/>'
        "<w:rPr><w:b/><w:i/></w:rPr></w:style>"
    )
    plain = TITLE + paragraph("All of it.", "Intro")
    assert _spans(_article(plain, {"styles": styles})) == []
    upright = _run("Anna", '<w:i w:val="0"/>')
    mixed = TITLE + f'<w:p><w:pPr><w:pStyle w:val="Intro"/></w:pPr>{_run("On the ")}{upright}</w:p>'
    assert _spans(_article(mixed, {"styles": styles})) == [("emphasis", "Anna")]


def test_links_lead_where_the_document_led() -> None:
    """Addresses, mail, places of the document: by relations, anchors and fields."""

    def field(instruction: str, text: str) -> str:
        marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
        return f"{marks[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{marks[1]}{_run(text)}{marks[2]}"

    body = (
        _runs('<w:hyperlink r:id="link">', _run("tide"), "</w:hyperlink>")
        + _runs('<w:hyperlink w:anchor="There">', _run("there"), "</w:hyperlink>")
        + _runs(field(' HYPERLINK "mailto:a@example.com" ', "mail"))
        + _runs(field(' HYPERLINK \\l "There" ', "again"))
        + _runs(field(" REF There \\h ", "see"))
        + _runs('<w:hyperlink w:anchor="Nowhere">', _run("nowhere"), "</w:hyperlink>")
        + _runs('<w:bookmarkStart w:id="1" w:name="There"/>', _run("Here it is."))
    )
    article = _article(TITLE + body)
    spans = [[(span.kind, span.value) for span in block.text.of("link", "anchor")] for block in article.blocks]  # type: ignore[union-attr]
    anchor = spans[-1][0][1]
    assert spans == [
        [("link", LINK)], [("link", f"#{anchor}")], [("link", "mailto:a@example.com")], [("link", f"#{anchor}")],
        [("link", f"#{anchor}")], [], [("anchor", anchor)],
    ]  # fmt: skip


# --- notes


def _note(kind: str, id: int, text: str) -> str:  # noqa: A002
    return f'<w:{kind} w:id="{id}"><w:p>{_run(text)}</w:p></w:{kind}>'


def test_notes_have_the_marks_that_word_gives_them() -> None:
    """Footnotes and endnotes count apart; an author's own mark is not counted, and not read twice."""
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>'
    body = _runs(
        _run("High"), '<w:r><w:footnoteReference w:id="1"/></w:r>', _run(" and long"), own,
        _run(" and old"), '<w:r><w:footnoteReference w:id="3"/></w:r>', '<w:r><w:endnoteReference w:id="1"/></w:r>',
    )  # fmt: skip
    parts = {
        "footnotes": _note("footnote", 1, "One.") + _note("footnote", 2, "* Star.") + _note("footnote", 3, "Two."),
        "endnotes": _note("endnote", 1, "End."),
    }
    assert sketch(_article(TITLE + body, parts)) == [
        "High[^1] and long[^*] and old[^2][^i]", "[^1]: One.", "[^*]: Star.", "[^2]: Two.", "[^i]: End.",
    ]  # fmt: skip


def test_notes_are_numbered_as_the_document_says() -> None:
    """In its own format, from its own beginning."""
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="upperLetter"/><w:numStart w:val="3"/></w:footnotePr></w:sectPr>'
    body = _runs(_run("High"), '<w:r><w:footnoteReference w:id="1"/></w:r>') + section
    assert sketch(_article(TITLE + body, {"footnotes": _note("footnote", 1, "One.")})) == ["High[^C]", "[^C]: One."]


# --- tables


def _row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_tables_keep_their_heads_and_spans() -> None:
    """Header rows, cells over columns and rows, a row that was deleted."""
    rows = (
        _row(_cell("Boat"), _cell("Berth", '<w:gridSpan w:val="2"/>'), properties="<w:tblHeader/>"),
        _row(_cell("Tern", '<w:vMerge w:val="restart"/>'), _cell("4"), _cell("5")),
        _row(_cell("", "<w:vMerge/>"), _cell("6"), _cell("7")),
        _row(_cell("gone"), _cell("gone"), _cell("gone"), properties="<w:del/>"),
    )
    article = _article(TITLE + f"<w:tbl>{''.join(rows)}</w:tbl>")
    table = next(block for block in article.blocks if isinstance(block, Table))
    assert sketch(article) == ["| ^Boat | ^Berth", "| Tern | 4 | 5", "| 6 | 7"]
    assert (table.rows[0].cells[1].columns, table.rows[1].cells[0].rows, table.rows[0].part) == (2, 2, "head")


@pytest.mark.parametrize(
    ("style", "look", "bold", "expected"),
    [
        ("Grid", "firstColumn", False, ["| Tern | 4", "| Gull | 5"]),
        ("Grid", "firstColumn", True, ["| ^Tern | 4", "| ^Gull | 5"]),
        ("Striped", "firstColumn", False, ["| ^Tern | 4", "| ^Gull | 5"]),
        ("Striped", "noHBand", False, ["| Tern | 4", "| Gull | 5"]),
    ],
)
def test_a_first_column_heads_its_rows_where_it_looks_so(
    style: str, look: str, bold: bool, expected: list[str]
) -> None:
    """Word's default says that each table has one."""
    styles = (
        _STYLES + '<w:style w:type="table" w:styleId="Striped"><w:tblStylePr w:type="firstCol"><w:rPr><w:b/></w:rPr>'
        "</w:tblStylePr></w:style>"
    )
    mark = "<w:b/>" if bold else ""
    rows = "".join(
        f"<w:tr><w:tc><w:p>{_run(name, mark)}</w:p></w:tc>{_cell(berth)}</w:tr>"
        for name, berth in (("Tern", "4"), ("Gull", "5"))
    )
    properties = f'<w:tblPr><w:tblStyle w:val="{style}"/><w:tblLook w:{look}="1"/></w:tblPr>'
    assert sketch(_article(TITLE + f"<w:tbl>{properties}{rows}</w:tbl>", {"styles": styles})) == expected


def test_a_table_for_looks_is_no_table() -> None:
    """One row without heads, one column, columns of running text."""
    long = " ".join(["It rained on the quay."] * 20)
    column = f"<w:tc>{paragraph(long)}{paragraph('And on.')}</w:tc>"
    for rows in (
        _row(_cell("Left"), _cell("Right")),
        _row(_cell("Up")) + _row(_cell("Down")),
        _row(column, column) * 2,
    ):
        article = _article(TITLE + f"<w:tbl>{rows}</w:tbl>")
        assert not any(isinstance(block, Table) for block in every(article.blocks))


# --- forms


_BOX = (
    f'<w:sdt {_W14}><w:sdtPr><w14:checkbox><w14:checked w14:val="{{}}"/></w14:checkbox></w:sdtPr><w:sdtContent>'
    "<w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
)
_CHECKED, _EMPTY = _BOX.format(1, "☒"), _BOX.format(0, "☐")


def _legacy(data: str, instruction: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


_GULL, _TERN = '<w:listEntry w:val="Gull"/>', '<w:listEntry w:val="Tern"/>'
_FORM_BOX = '<w:checkBox><w:default w:val="{}"/></w:checkBox>'


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (_CHECKED + _run(" yes ") + _EMPTY + _run(" no"), "checked: yes; not checked: no"),
        (_run("Agree: ") + _CHECKED + _run(" yes ") + _EMPTY + _run(" no"), "Agree: checked: yes; not checked: no"),
        (_run("Yes ") + _CHECKED + _run(" No ") + _EMPTY, "Yes: checked; No: not checked"),
        (_run("I agree ") + _CHECKED, "I agree: checked"),
        (_CHECKED, "checked"),
        (_BOX.format(1, "X") + _run(" has a boat"), "checked has a boat"),
        (_legacy(_FORM_BOX.format(1), "FORMCHECKBOX") + _run(" has a boat"), "checked has a boat"),
        (_legacy('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>', "FORMCHECKBOX")
         + _run(" has a boat"), "not checked has a boat"),
        (_run("Name: ") + _legacy(f'<w:ddList><w:result w:val="1"/>{_GULL}{_TERN}</w:ddList>', "FORMDROPDOWN")
         + _run("."), "Name: Tern."),
        (_run("Name: ") + _legacy(f"<w:ddList>{_GULL}</w:ddList>", "FORMDROPDOWN"), "Name: Gull"),
    ],
)  # fmt: skip
def test_forms_say_what_is_filled_in(runs: str, expected: str) -> None:
    """Boxes of both kinds, before or behind what they are boxes of, and lists."""
    assert texts(_article(TITLE + _runs(runs))) == [expected]


def test_boxes_are_told_in_the_document_s_language() -> None:
    """A German form is not half English."""
    german = '<w:lang w:val="de-DE"/>'
    article = _article(TITLE + _runs(_CHECKED, _run(" hat ein Boot an der alten Mole liegen", german)))
    assert texts(article) == ["angekreuzt hat ein Boot an der alten Mole liegen"]


# --- drop caps


def _cap(letter: str, frame: str = 'w:dropCap="drop"', properties: str = "") -> str:
    return f"<w:p><w:pPr><w:framePr {frame}/></w:pPr>{_run(letter, properties)}</w:p>"


@pytest.mark.parametrize(
    "cap",
    [
        _cap("T"),
        _cap("T", 'w:dropCap="margin" w:lines="3"'),
        _cap("T", 'w:w="400"'),
        _cap("T", properties="<w:b/>"),
        _cap("T") + '<w:bookmarkStart w:id="1" w:name="x"/>',
        _cap("Th").replace("Th", "T"),
    ],
)
def test_a_drop_cap_is_of_its_word(cap: str) -> None:
    """In the story, in a table, in a text box."""
    body = cap + paragraph("he ferry stopped.")
    assert sketch(_article(TITLE + body)) == ["The ferry stopped."]
    assert texts(_article(TITLE + f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>")) == ["The ferry stopped."]
    box = f"<w:p><w:r><w:pict><v:textbox><w:txbxContent>{body}</w:txbxContent></v:textbox></w:pict></w:r></w:p>"
    assert texts(_article(TITLE + box)) == ["The ferry stopped."]


def test_a_framed_word_is_a_paragraph() -> None:
    """A frame alone makes no drop cap."""
    assert sketch(_article(TITLE + _cap("Note", 'w:w="400"') + paragraph("he said."))) == ["Note", "he said."]


# --- bold lines


def _line(text: str, properties: str = "<w:b/>") -> str:
    return _runs(_run(text, properties))


LARGE = '<w:b/><w:sz w:val="40"/>'
STORY = [paragraph(f"{BODY} {number}") for number in range(9)]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("<w:b/>", "<w:b/>"),
        ('<w:sz w:val="28"/>', '<w:sz w:val="28"/>'),
        ('<w:u w:val="single"/>', '<w:u w:val="single"/>'),
        ("<w:caps/>", "<w:caps/>"),
        ("<w:b/><w:i/>", "<w:b/><w:i/>"),
    ],
)
def test_lines_that_stand_out_are_headings_where_there_are_none(one: str, two: str) -> None:
    """Bold, larger, underlined or in capitals, with text below; the first, larger still, is the title."""
    body = _line("Village news", LARGE) + STORY[0] + _line("Cricket", one) + STORY[1] + STORY[2]
    article = _article(body + _line("Flower show", two) + STORY[3])
    assert article.title == "Village news"
    assert headings(article) == ["Cricket", "Flower show"]
    assert _spans(Article("", article.blocks[1:2])) == [] or one == "<w:b/><w:i/>"


def test_larger_lines_are_above_smaller_ones() -> None:
    """Two ranks are two levels."""
    body = _line("Sport", '<w:b/><w:sz w:val="32"/>') + _line("Cricket") + STORY[0] + _line("Chess") + STORY[1]
    article = _article(TITLE + body + _line("Events", '<w:b/><w:sz w:val="32"/>') + STORY[2])
    assert [line for line in sketch(article) if line.startswith("#")] == [
        "## Sport", "### Cricket", "### Chess", "## Events",
    ]  # fmt: skip


def test_lines_in_a_style_of_the_author_s_own_are_headings_too() -> None:
    """The style says how they look, not what they are."""
    styles = (
        _STYLES + '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    body = paragraph("Cricket", "Sub") + STORY[0] + paragraph("Chess", "Sub") + STORY[1]
    assert headings(_article(TITLE + body, {"styles": styles})) == ["Cricket", "Chess"]


@pytest.mark.parametrize(
    "body",
    [
        _line("They lost again.") + STORY[0] + _line("They won at last.") + STORY[1],
        _line("Who are you?") + STORY[0] + _line("And what do you do here?") + STORY[1] + _line("Why?") + STORY[2],
        _line("By Jane Doe") + STORY[0] + _line("By Ann Lee") + STORY[1],
        _line("Boat") + _line("Tern") + _line("Gull"),
        _line("A long line that goes on and on as no heading of any newsletter would ever do in print") + STORY[0]
        + _line("Another long line that goes on and on as no heading of any newsletter would ever do") + STORY[1],
        "".join(_line(f"{BODY} {number}") for number in range(5)),
        paragraph("Real", "Heading1") + _line("Cricket") + STORY[0] + _line("Chess") + STORY[1],
    ],
)  # fmt: skip
def test_what_only_stands_out_is_no_heading(body: str) -> None:
    """Sentences, an interview's questions, bylines, forms, long lines; and a document that has headings."""
    assert headings(_article(TITLE + STORY[8] + body)) in ([], ["Real"])


def test_a_line_that_may_be_a_heading_is_named() -> None:
    """One alone is not taken for one."""
    article = _article(TITLE + STORY[0] + _line("Cricket") + STORY[1])
    assert headings(article) == []
    assert "“Cricket”" in _finding(article, "bold-lines").message


# --- what is left out, and told


def test_contents_headers_and_hidden_text_are_quoted() -> None:
    """Whole, each in a finding of its own."""
    contents = '<w:fldSimple w:instr=" TOC "><w:r><w:t>Tides 2</w:t></w:r></w:fldSimple>'
    index = '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Winds 3</w:t></w:r></w:p>'
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{_run('Click here')}</w:sdtContent></w:sdt>"
    body = _runs(contents) + index + _runs(_run("Shown."), _run("secret ", "<w:vanish/>"), prompt)
    styles = _STYLES + '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    parts = {"styles": styles, "header": paragraph("The Harbour Board"), "footer": paragraph("Page 2")}
    article = _article(TITLE + body, parts)
    assert texts(article) == ["Shown."]
    assert {finding.id: finding.text for finding in article.findings} == {
        "contents-left-out": "Tides 2 Winds 3", "margins-left-out": "The Harbour Board Page 2",
        "hidden-left-out": "secret", "prompts-left-out": "Click here",
    }  # fmt: skip


def test_everything_is_read_where_it_is_asked_for() -> None:
    """Contents, headers and footers too."""
    contents = '<w:fldSimple w:instr=" TOC "><w:r><w:t>Tides 2</w:t></w:r></w:fldSimple>'
    data = word(TITLE + _runs(contents) + paragraph(BODY), {"header": paragraph("The Harbour Board")})
    article = read(data, name="a.docx", keep_all=True).articles[0]
    assert texts(article) == ["Tides 2", BODY, "The Harbour Board"]
    assert not article.findings


def test_comments_and_deletions_are_quoted() -> None:
    """Who worked on the text said more than the text."""
    body = _runs(_run("Kept. "), "<w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del>")
    comment = f'<w:comment w:id="0">{paragraph("Check this, Jo.")}</w:comment>'
    article = _article(TITLE + body, {"comments": comment})
    assert texts(article) == ["Kept."]
    assert _told(article, "tracked-changes") == "Gone."
    assert _told(article, "comments-left-out") == "Check this, Jo."


def test_what_nobody_can_read_is_named() -> None:
    """Symbols of unknown fonts, and documents in the document."""
    runs = '<w:p><w:r><w:t>x</w:t><w:sym w:font="Webdings" w:char="F001"/></w:r></w:p><w:altChunk/>'
    assert [finding.id for finding in _article(TITLE + runs).findings] == ["symbols-left-out", "embedded-left-out"]


_MESSAGE = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    b"<html><body><p>It rai=\r\nned.</p></body></html>\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.htm", b"<html><body><p>It rained.</p></body></html>", ["It rained.", BODY]),
        ("a.txt", b"It rained.", ["It rained.", BODY]),
        ("a.mht", _MESSAGE, ["It rained.", BODY]),
        ("a.docx", archive(word_entries(paragraph("It rained."))), [BODY]),
        ("a.rtf", b"{\\rtf1 It rained.}", [BODY]),
    ],
)
def test_documents_inside_a_document_are_read_where_they_are_text(name: str, data: bytes, expected: list[str]) -> None:
    """Pages and messages, as other programs put them there; what can't be read is told."""
    relations = _relation("one", "aFChunk", name)
    article = _with_relations(TITLE + '<w:altChunk r:id="one"/>' + paragraph(BODY), relations, {f"word/{name}": data})
    assert texts(article) == expected
    assert [finding.id for finding in article.findings] == ["embedded-left-out"]


# --- what a document says of itself


_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)


def _about(core: str, body: str = "", company: str = "", own: str = "") -> Article:
    entries = word_entries((body or TITLE) + paragraph(BODY))
    relations = "".join(
        _relation(kind, kind, f"docProps/{kind}.xml") for kind in ("extended-properties", "custom-properties")
    )
    entries["_rels/.rels"] = str(entries["_rels/.rels"]).replace("</Relationships>", f"{relations}</Relationships>")
    entries |= {
        "docProps/core.xml": _CORE.format(core),
        "docProps/extended-properties.xml": f"<Properties><Company>{company}</Company></Properties>",
        "docProps/custom-properties.xml": f"<Properties>{own}</Properties>",
    }
    return read_whole(archive(entries), name="a.docx").articles[0]


@pytest.mark.parametrize(
    "name",
    ["Windows User", "Windows-Benutzer", "python-docx", "Admin", "Microsoft Office User", "user", "HP", "Un-named",
     "Учетная запись Майкрософт", "i", "Online2PDF.com", ""],
)  # fmt: skip
def test_a_name_that_a_program_filled_in_is_nobody_s(name: str) -> None:
    """No byline names a computer."""
    article = _about(f"<dc:creator>{name}</dc:creator>")
    assert article.credits == ()
    assert article.metadata.creators == ()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Microsoft Word - ferry.docx", BODY[:54]), ("Document1", BODY[:54]), ("Dokument 2", BODY[:54]),
        ("Word Document", BODY[:54]), ("untitled", BODY[:54]), ("ferry.docx", BODY[:54]),
        ("Word of mouth", "Word of mouth"), ("Documents of the sea", "Documents of the sea"), ("Ferry", "Ferry"),
    ],
)  # fmt: skip
def test_a_title_that_a_program_filled_in_is_none(title: str, expected: str) -> None:
    """One that an author wrote is kept, even where it begins alike."""
    assert _about(f"<dc:title>{title}</dc:title>", paragraph("")).title == expected


def test_what_a_document_says_of_itself_is_carried_over() -> None:
    """Its properties, the company where that is one, and an author's own."""
    article = _about(
        "<dc:creator>Ann Lee; Bo Ray</dc:creator><dc:description>About_x000d_ rain.</dc:description>"
        "<cp:keywords>rain, boats; quay</cp:keywords><dc:subject>Weather</dc:subject>"
        "<dcterms:created>2026-03-04T05:06:07Z</dcterms:created>",
        company="Harbour Press",
        own='<property name="ISBN"><value>978-3-16-148410-0</value></property>'
        '<property name="Translator"><value>Cy Fox</value></property>',
    )
    assert article.published == "2026-03-04"
    assert article.source == "Harbour Press"
    assert [(creator.name, creator.role) for creator in article.metadata.creators] == [
        ("Ann Lee", "author"), ("Bo Ray", "author"), ("Cy Fox", "translator"),
    ]  # fmt: skip
    assert article.metadata.description == "About rain."
    assert article.metadata.subjects == ("rain", "boats", "quay", "Weather")
    assert article.metadata.identifiers == ("978-3-16-148410-0",)
    assert [credit.text for credit in article.credits] == ["Ann Lee", "Bo Ray"]


def test_a_template_s_birthday_is_not_the_article_s() -> None:
    """python-docx begins each document with one of 2013."""
    assert _about("<dcterms:created>2013-12-23T23:15:00Z</dcterms:created>").published == ""


def test_authors_in_the_text_go_before_those_of_the_properties() -> None:
    """Which tell who saved the document."""
    styles = _STYLES + '<w:style w:type="paragraph" w:styleId="Author"><w:name w:val="Author"/></w:style>'
    entries = word_entries(TITLE + paragraph("Ann Lee", "Author") + paragraph(BODY), {"styles": styles})
    entries["docProps/core.xml"] = _CORE.format("<dc:creator>A Clerk</dc:creator>")
    article = read_whole(archive(entries), name="a.docx").articles[0]
    assert [credit.text for credit in article.credits] == ["Ann Lee"]
    assert [creator.name for creator in article.metadata.creators] == ["Ann Lee"]
    assert texts(article) == [BODY]


def test_a_title_on_two_lines_is_one() -> None:
    """Two paragraphs in Word's style for titles, one after the other."""
    assert _article(paragraph("The ferry", "Title") + paragraph("is back", "Title") + paragraph(BODY)).title == (
        "The ferry is back"
    )


# --- other blocks


def test_quotations_code_and_definitions_are_blocks_of_their_own() -> None:
    """Paragraphs in a row are of one."""
    styles = _STYLES + "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
        for id, name in (  # noqa: A001
            ("Quote", "Quote"), ("SourceCode", "Source Code"), ("Term", "Definition Term"), ("Def", "Definition"),
        )
    )  # fmt: skip
    body = (
        paragraph("One.", "Quote") + paragraph("Two.", "Quote") + paragraph("if x:", "SourceCode")
        + paragraph("", "SourceCode") + paragraph("    stop", "SourceCode") + paragraph("Ebb", "Term")
        + paragraph("When it falls.", "Def")
    )  # fmt: skip
    assert sketch(_article(TITLE + body, {"styles": styles})) == [
        "> One.", "> Two.", "` if x:", "` ", "`     stop", "Ebb:", "  When it falls.",
    ]  # fmt: skip


def test_a_line_across_the_page_is_a_change_of_scene() -> None:
    """Drawn as the border of an empty paragraph, or as a shape."""
    border = '<w:p><w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr></w:p>'
    rule = '<w:p><w:r><w:pict><v:rect xmlns:o="urn:schemas-microsoft-com:office:office" o:hr="t"/></w:pict></w:r></w:p>'
    for line in (border, rule):
        assert sketch(_article(TITLE + paragraph(BODY) + line + paragraph("Later."))) == [BODY, "***", "Later."]


def test_an_empty_line_is_a_change_of_scene_where_paragraphs_have_none_between() -> None:
    """As in a novel; a letter with one after each paragraph has no scenes."""
    story = [paragraph(f"{BODY} {number}") for number in range(25)]
    blank = "<w:p/>"
    novel = _article(TITLE + "".join(story[:12]) + blank + "".join(story[12:]))
    assert [at for at, line in enumerate(sketch(novel)) if line == "***"] == [12]
    assert "***" not in sketch(_article(TITLE + blank.join(story)))
    assert "***" not in sketch(_article(TITLE + story[0] + blank + story[1]))
    assert "***" not in sketch(_article(TITLE + "".join(story) + blank + paragraph("Two", "Heading1") + story[0]))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "msup"),
        ("<m:rad><m:radPr><m:degHide/></m:radPr><m:deg/><m:e><m:r><m:t>2</m:t></m:r></m:e></m:rad>", "msqrt"),
        ("<m:d><m:e><m:r><m:t>a+b</m:t></m:r></m:e></m:d>", "mo"),
        ('<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub><m:r><m:t>i</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t>'
         "</m:r></m:sup><m:e><m:r><m:t>x</m:t></m:r></m:e></m:nary>", "msubsup"),
        ("<m:func><m:fName><m:r><m:t>sin</m:t></m:r></m:fName><m:e><m:r><m:t>x</m:t></m:r></m:e></m:func>", "mi>sin"),
        ("<m:m><m:mr><m:e><m:r><m:t>1</m:t></m:r></m:e><m:e><m:r><m:t>0</m:t></m:r></m:e></m:mr></m:m>", "mtr"),
    ],
)  # fmt: skip
def test_formulas_are_kept_as_mathml(formula: str, expected: str) -> None:
    """For those whose program can read it; their words are read."""
    article = _article(TITLE + f"<w:p>{_run('So ')}<m:oMath>{formula}</m:oMath></w:p>")
    (span,) = article.blocks[0].text.of("math")  # type: ignore[union-attr]
    assert f"<{expected}" in span.value


def test_an_unknown_formula_keeps_its_words() -> None:
    """What is not known wraps what it holds."""
    article = _article(TITLE + f"<w:p>{_run('So ')}<m:oMath><m:odd><m:r><m:t>x+1</m:t></m:r></m:odd></m:oMath></w:p>")
    assert texts(article) == ["So x + 1"]


def test_a_document_whose_parts_lie_elsewhere_is_read() -> None:
    """Parts are found by their relations, not by their names."""
    entries = word_entries(TITLE + paragraph(BODY))
    moved = {name.replace("word/document.xml", "word/main2.xml"): data for name, data in entries.items()}
    moved["word/_rels/main2.xml.rels"] = moved.pop("word/_rels/document.xml.rels")
    moved["_rels/.rels"] = str(moved["_rels/.rels"]).replace("document.xml", "main2.xml")
    assert read_whole(archive(moved), name="a.docx").articles[0].title == "T"


@pytest.mark.usefixtures("own_heap")
def test_a_paragraph_of_many_runs_takes_time_for_each() -> None:
    """Four times as many take about four times as long, not sixteen times."""

    def document(count: int) -> bytes:
        runs = "".join(_run(f"{at} ", "<w:b/>" if at % 2 else "") for at in range(count))
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as packed:
            for name, data in word_entries(TITLE + _runs(runs)).items():
                packed.writestr(name, data)
        return held.getvalue()

    assert growth(document, lambda data: read(data, name="a.docx"), 2_000, 8_000) < 10


def test_a_link_to_the_title_is_no_link() -> None:
    """The title is no block, so nothing can lead there."""
    titled = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:bookmarkStart w:name="Top"/><w:r><w:t>T</w:t></w:r></w:p>'
    article = _article(titled + _runs('<w:hyperlink w:anchor="Top">', _run("Back to the top"), "</w:hyperlink>"))
    assert _spans(article) == []


def test_what_is_told_of_a_text_box_is_not_read_beside_its_text() -> None:
    """The box says it itself, under whatever name a program wrote it."""
    for box in ("w:txbxContent", "wne:txbxContent"):
        inside = (
            f'<{box} xmlns:wne="http://schemas.microsoft.com/office/word/2006/wordml">{paragraph("Inside.")}</{box}>'
        )
        anchor = f'<wp:anchor><wp:docPr id="1" name="Box" descr="A box"/>{inside}</wp:anchor>'
        body = _runs(_run("It rained."), f"<w:r><w:drawing {_DRAWN}>{anchor}</w:drawing></w:r>")
        assert sketch(_article(TITLE + body)) == ["It rained.", "Inside."]


def test_all_bodies_of_a_document_are_read() -> None:
    """Some programs write several."""
    entries = word_entries(TITLE + paragraph("One."))
    several = str(entries["word/document.xml"]).replace("</w:body>", f"</w:body><w:body>{paragraph('Two.')}</w:body>")
    article = read_whole(archive({**entries, "word/document.xml": several}), name="a.docx").articles[0]
    assert texts(article) == ["One.", "Two."]


def test_a_document_that_begins_with_a_list_is_called_what_it_is() -> None:
    """Its first item is not said twice."""
    article = read_whole(word(_item("Bread") + _item("Milk")), name="folder/shopping.docx").articles[0]
    assert (article.title, texts(article)) == ("shopping", ["Bread", "Milk"])
    assert [finding.id for finding in article.findings] == ["no-headline"]


def test_what_a_title_has_no_place_for_is_quoted() -> None:
    """The reading of its characters, the source of its formula."""
    ruby = f"<w:r><w:ruby><w:rt>{_run('kan')}</w:rt><w:rubyBase>{_run('漢')}</w:rubyBase></w:ruby></w:r>"
    power = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    head = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>{}</w:p>'
    article = _article(head.format(f"{ruby}{_run(' of ')}<m:oMath>{power}</m:oMath>") + paragraph(BODY))
    assert article.title == "漢 of x²"
    assert _told(article, "readings-left-out") == "kan"
    assert _told(article, "formula-in-title") == "x 2"


def test_grouped_categories_of_a_newer_chart_are_read() -> None:
    """A tree map: each leaf with the branch that it is on."""
    lowest = '<cx:lvl><cx:pt idx="0">Leaf</cx:pt><cx:pt idx="1">Bud</cx:pt></cx:lvl>'
    levels = f'{lowest}<cx:lvl><cx:pt idx="0">Stem</cx:pt></cx:lvl>'
    chart = (
        '<cx:chartSpace xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex"><cx:chartData><cx:data>'
        f'<cx:strDim type="cat">{levels}</cx:strDim><cx:numDim type="size"><cx:lvl><cx:pt idx="0">4</cx:pt>'
        '<cx:pt idx="1">5</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart><cx:plotArea><cx:series>'
        "<cx:tx><cx:txData><cx:v>Size</cx:v></cx:txData></cx:tx></cx:series></cx:plotArea></cx:chart></cx:chartSpace>"
    )
    shape = '<cx:chart xmlns:cx="http://schemas.microsoft.com/office/drawing/2014/chartex" r:id="one"/>'
    body = TITLE + _runs(_shape("chartex", shape)) + paragraph(BODY)
    article = _with_relations(body, _relation("one", "chartEx", "charts/one.xml"), {"word/charts/one.xml": chart})
    assert sketch(article) == ["| | ^Size", "| ^Stem, Leaf | 4", "| ^Stem, Bud | 5", BODY]


def test_the_mark_of_a_note_in_a_title_is_no_digit_of_it() -> None:
    """The note is read; the title is not “T1”."""
    head = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>T</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    article = _article(head + paragraph(BODY), {"footnotes": _note("footnote", 1, "A note.")})
    assert article.title == "T"
    assert texts(article) == ["A note.", BODY]
