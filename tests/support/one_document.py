"""One document in many formats: a title, headings, lists, a table, a note, looks, a language, a quotation, code."""

from __future__ import annotations

from pikepdf import Dictionary, Name, String

from support.archives import archive
from support.documents import book_entries, word
from support.open_documents import flat_document, open_document
from support.pdfs import Tag, Target, Text, pdf
from support.rich_text import item, rich_text, row, styled

LINK = "https://example.com/tide"  # where the relation called `link` of every Word document of the tests leads

HTML = (
    "<h1>The quay</h1><p>It <strong>opens</strong> in <em>May</em>, <s>or June</s>, with "
    f'<a href="{LINK}">a tide table</a>, they say: <span lang="fr-FR">au revoir</span>.</p>'
    '<h2>Costs</h2><p>Old<sup><a href="#fn1" role="doc-noteref">1</a></sup> wood.</p>'
    "<ol><li>One<ul><li>Under</li></ul></li><li>Two</li></ol><p>Between.</p><ol start=\"3\"><li>Three</li></ol>"
    "<h3>Fares</h3><table><thead><tr><th>Ticket</th><th>Price</th></tr></thead><tbody><tr><td>Adult</td><td>£4</td></tr>"
    "<tr><td>Child</td><td>£2</td></tr></tbody></table>"
    "<blockquote><p>We waited three years.</p></blockquote><p>It is 5 m<sup>2</sup>, first line<br>second line.</p>"
    '<aside id="fn1" role="doc-footnote"><p>Built in 1871.</p></aside>'
)  # fmt: skip


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _word_paragraph(runs: str, style: str = "", properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>'


def _numbered(text: str, level: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr>'
    return _word_paragraph(_run(text), properties=numbering)


def _word_row(*cells: str, head: bool = False) -> str:
    said = "".join(f"<w:tc>{_word_paragraph(_run(cell))}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' if head else ''}</w:trPr>{said}</w:tr>"


def as_word() -> bytes:
    body = (
        _word_paragraph(_run("The quay"), "Title")
        + _word_paragraph(
            _run("It ") + _run("opens", "<w:b/>") + _run(" in ") + _run("May", "<w:i/>") + _run(", ")
            + _run("or June", "<w:strike/>") + _run(", with ")
            + f'<w:hyperlink r:id="link">{_run("a tide table")}</w:hyperlink>' + _run(", they say: ")
            + _run("au revoir", '<w:lang w:val="fr-FR"/>') + _run(".")
        )
        + _word_paragraph(_run("Costs"), "Heading1")
        + _word_paragraph(_run("Old") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + _run(" wood."))
        + _numbered("One") + _numbered("Under", 1) + _numbered("Two") + _word_paragraph(_run("Between."))
        + _numbered("Three") + _word_paragraph(_run("Fares"), "Heading2")
        + f"<w:tbl>{_word_row('Ticket', 'Price', head=True)}{_word_row('Adult', '£4')}"
        + f"{_word_row('Child', '£2')}</w:tbl>"
        + _word_paragraph(_run("We waited three years."), "Quote")
        + _word_paragraph(
            _run("It is 5 m") + _run("2", '<w:vertAlign w:val="superscript"/>') + _run(", first line")
            + "<w:r><w:br/></w:r>" + _run("second line.")
        )
    )  # fmt: skip
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    notes = f'<w:footnote w:id="2">{_word_paragraph(_run("Built in 1871."))}</w:footnote>'
    return word(body, {"numbering": numbering, "footnotes": notes})


def _open_body() -> str:
    def span(style: str, text: str) -> str:
        return f"<text:span text:style-name='{style}'>{text}</text:span>"

    def cells(*said: str) -> str:
        each = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in said)
        return f"<table:table-row>{each}</table:table-row>"

    return (
        "<text:p text:style-name='Title'>The quay</text:p>"
        f"<text:p>It {span('Bold', 'opens')} in {span('Slanted', 'May')}, {span('Struck', 'or June')}, with "
        f"<text:a xlink:href='{LINK}'>a tide table</text:a>, they say: {span('French', 'au revoir')}.</text:p>"
        "<text:h text:outline-level='1'>Costs</text:h><text:p>Old<text:note text:note-class='footnote'>"
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>Built in 1871.</text:p></text:note-body>"
        "</text:note> wood.</text:p>"
        "<text:list text:style-name='Numbers'><text:list-item><text:p>One</text:p><text:list text:style-name='Dots'>"
        "<text:list-item><text:p>Under</text:p></text:list-item></text:list></text:list-item>"
        "<text:list-item><text:p>Two</text:p></text:list-item></text:list><text:p>Between.</text:p>"
        "<text:list text:style-name='Numbers' text:continue-numbering='true'><text:list-item><text:p>Three</text:p>"
        "</text:list-item></text:list><text:h text:outline-level='2'>Fares</text:h>"
        f"<table:table><table:table-header-rows>{cells('Ticket', 'Price')}</table:table-header-rows>"
        f"{cells('Adult', '£4')}{cells('Child', '£2')}</table:table>"
        "<text:p text:style-name='Quotations'>We waited three years.</text:p>"
        f"<text:p>It is 5 m{span('Raised', '2')}, first line<text:line-break/>second line.</text:p>"
    )


def as_rich_text() -> bytes:
    return rich_text(
        styled(3, "The quay")
        + r"\pard\plain It {\b opens} in {\i May}, {\strike or June}, with "
        rf'{{\field{{\*\fldinst HYPERLINK "{LINK}"}}{{\fldrslt {{\ul a tide table}}}}}}, they say: '
        r"{\lang1036 au revoir}.\par "
        + styled(1, "Costs")
        + r"\pard\plain Old{\super\chftn}{\footnote\pard\plain{\super\chftn} Built in 1871.} wood.\par "
        + item("One", "1.") + item("Under", r"\'b7", 1, of=2) + item("Two", "2.") + r"\pard\plain Between.\par "
        + item("Three", "3.") + styled(2, "Fares")
        + row("Ticket", "Price", head=True) + row("Adult", "£4") + row("Child", "£2")
        + styled(4, "We waited three years.")
        + r"\pard\plain It is 5 m{\super 2}, first line\line second line.\par "
    )  # fmt: skip


class _Drawn:
    """Lines of a page, each piece with a number of its own, as programs draw what they tag."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self._base = 790.0
        self._left = 60.0

    def line(self, *pieces: int | Tag | Target) -> list[int | Tag | Target]:
        """Return the pieces of a line, and begin the next one."""
        self._base, self._left = self._base - 20, 60.0
        return [*pieces]

    def __call__(self, text: str, font: str = "plain", size: float = 10, raised: float = 0) -> int:
        """Draw a piece and return its number."""
        self.texts.append(Text(self._left, self._base + raised, text, size, font, len(self.texts)))
        self._left += 3.8 * len(text)  # narrower than letters are: spaces are drawn
        return len(self.texts) - 1


def as_tagged_pdf() -> bytes:
    """Without what PDF has no way to say: struck words, and a line that ends where its writer wanted."""
    draw = _Drawn()
    french = {"Lang": String("fr-FR")}
    cell = {"A": Dictionary(O=Name.Table, Scope=Name.Column)}

    def block(kind: str, text: str) -> Tag:
        return Tag(kind, draw.line(draw(text)))

    def item(label: str, text: str, *inner: Tag) -> Tag:
        return Tag("LI", draw.line(Tag("Lbl", [draw(f"{label} ")]), Tag("LBody", [Tag("P", [draw(text)]), *inner])))

    tags = [
        block("Title", "The quay"),
        Tag("P", draw.line(
            draw("It "), draw("opens", "bold"), draw(" in "), draw("May", "italic"), draw(", or June, with "),
            Tag("Link", [draw("a tide table"), Target(LINK)]), draw(", they say: "),
            Tag("Span", [draw("au revoir")], 0, french), draw("."),
        )),
        block("H1", "Costs"),
        Tag("P", draw.line(
            draw("Old"), Tag("Reference", [draw("1", "plain", 6, 4)]),
            Tag("Note", [Tag("Lbl", [draw("1")]), Tag("P", [draw("Built in 1871.")])]), draw(" wood."),
        )),
        Tag("L", [item("1.", "One", Tag("L", [item("•", "Under")])), item("2.", "Two")]),
        block("P", "Between."),
        Tag("L", [item("3.", "Three")]),
        block("H2", "Fares"),
        Tag("Table", [
            Tag("TR", [block("TH", "Ticket")._replace(facts=cell), block("TH", "Price")._replace(facts=cell)]),
            Tag("TR", [block("TD", "Adult"), block("TD", "£4")]),
            Tag("TR", [block("TD", "Child"), block("TD", "£2")]),
        ]),
        Tag("BlockQuote", [block("P", "We waited three years.")]),
        Tag("P", draw.line(draw("It is 5 m"), draw("2", "plain", 6, 4), draw(", first line second line."))),
    ]  # fmt: skip
    return pdf(draw.texts, tags=tags, language="en")


DOCUMENTS: dict[str, bytes] = {
    "a.docx": as_word(),
    "a.odt": open_document(_open_body()),
    "a.fodt": flat_document(_open_body()),
    "a.rtf": as_rich_text(),
    "a.pdf": as_tagged_pdf(),
    "a.html": f'<!doctype html><html lang="en"><head><title>The quay</title></head><body>{HTML}</body></html>'.encode(),
    "a.epub": archive(book_entries({"a": HTML.replace("<br>", "<br/>")}, title="The quay")),
}
"""The same document by file names."""
