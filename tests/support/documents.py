"""Word documents and e-books for tests, as small as they can be."""

from __future__ import annotations

from collections.abc import Mapping

from support.archives import archive

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
LINK = "https://example.com/tide"
"""Where the relation called `link` of every Word document leads."""

_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/></w:style>'
    for level in range(1, 7)
) + "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>' for name in ("Title", "Quote")
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def word_part(name: str, content: str) -> str:
    """A part of a Word document, such as "styles"."""
    return f"<w:{name} {_SPACES}>{content}</w:{name}>"


def word_entries(body: str, parts: Mapping[str, str] | None = None, prologue: str = "") -> dict[str, str | bytes]:
    """The entries of a Word document, to be changed and packed."""
    parts = {"styles": _STYLES, "numbering": _NUMBERING, **(parts or {})}
    relations = "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in parts)
    relations += f'<Relationship Id="link" Type="{_OFFICE}/hyperlink" Target="{LINK}" TargetMode="External"/>'
    main = f'<Relationship Id="main" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _RELATIONS.format(main),
        "word/document.xml": prologue + word_part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": _RELATIONS.format(relations),
        **{f"word/{name}.xml": word_part(name, content) for name, content in parts.items()},
    }


def word(body: str, parts: Mapping[str, str] | None = None, prologue: str = "") -> bytes:
    """A Word document with a body, and parts by their names."""
    return archive(word_entries(body, parts, prologue))


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """A paragraph in a style; `text` is XML already."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def book_entries(
    documents: Mapping[str, str],
    navigation: str = "",
    metadata: str = "",
    spine: str = "",
    prologue: str = "",
    title: str = "The book",
) -> dict[str, str | bytes]:
    """The entries of an EPUB 3: documents by their names, each the inside of a body; `navigation` is a list's items;
    the title is XML already."""
    items = "".join(f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"/>' for name in documents)
    references = spine or "".join(f'<itemref idref="{name}"/>' for name in documents)
    nav = '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "package.opf": f'{prologue}<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:language>en</dc:language>{metadata}</metadata>"
        f"<manifest>{items}{nav}</manifest><spine>{references}</spine></package>",
        "nav.xhtml": page(f'<nav epub:type="toc"><ol>{navigation}</ol></nav>'),
        **{f"{name}.xhtml": page(content) for name, content in documents.items()},
    }


def book(documents: Mapping[str, str], navigation: str = "", metadata: str = "", spine: str = "") -> bytes:
    """An EPUB 3 of these documents."""
    return archive(book_entries(documents, navigation, metadata, spine))


def page(content: str) -> str:
    """An XHTML document."""
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title>'
        f"</head><body>{content}</body></html>"
    )
