"""OpenDocument texts for tests, as small as they can be: archives and single files."""

from __future__ import annotations

from support.archives import archive

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "office": f"{_OASIS}office:1.0", "text": f"{_OASIS}text:1.0", "table": f"{_OASIS}table:1.0",
        "style": f"{_OASIS}style:1.0", "fo": f"{_OASIS}xsl-fo-compatible:1.0", "draw": f"{_OASIS}drawing:1.0",
        "svg": f"{_OASIS}svg-compatible:1.0", "meta": f"{_OASIS}meta:1.0", "manifest": f"{_OASIS}manifest:1.0",
        "xlink": "http://www.w3.org/1999/xlink", "dc": "http://purl.org/dc/elements/1.1/",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)  # fmt: skip
_TYPE = "application/vnd.oasis.opendocument.text"
STYLES = (
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="Quotations" style:family="paragraph"/>'
    '<style:style style:name="Preformatted_20_Text" style:display-name="Preformatted Text" style:family="paragraph"/>'
    '<style:style style:name="Illustration" style:family="paragraph" style:parent-style-name="Caption"/>'
    '<style:style style:name="Caption" style:family="paragraph"/>'
    '<text:list-style style:name="Numbers">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="3"/></text:list-style>'
    '<text:list-style style:name="Dots"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    '<text:list-level-style-bullet text:level="2" text:bullet-char="–"/></text:list-style>'
    '<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Slanted" style:family="text">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="Struck" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Raised" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="French" style:family="text">'
    '<style:text-properties fo:language="fr" fo:country="FR"/></style:style>'
    '<style:style style:name="Hidden" style:family="text"><style:text-properties text:display="none"/></style:style>'
)


def _root(name: str, content: str) -> str:
    return f'<office:{name} {_SPACES} office:version="1.3">{content}</office:{name}>'


def open_document_entries(body: str, automatic: str = "", meta: str = "", margins: str = "") -> dict[str, str | bytes]:
    """The entries of an OpenDocument text, to be changed and packed; all parts are XML already."""
    return {
        "mimetype": _TYPE,
        "META-INF/manifest.xml": f"<manifest:manifest {_SPACES}/>",
        "content.xml": _root(
            "document-content",
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body>",
        ),
        "styles.xml": _root(
            "document-styles",
            f"<office:styles>{STYLES}</office:styles>"
            '<office:master-styles><style:master-page style:name="x">'
            f"{margins}</style:master-page></office:master-styles>",
        ),
        "meta.xml": _root("document-meta", f"<office:meta>{meta}</office:meta>"),
    }


def open_document(body: str, automatic: str = "", meta: str = "", margins: str = "") -> bytes:
    """An OpenDocument text in an archive."""
    return archive(open_document_entries(body, automatic, meta, margins))


def flat_document(body: str, automatic: str = "", meta: str = "") -> bytes:
    """An OpenDocument text in one file."""
    content = (
        f"<office:meta>{meta}</office:meta><office:styles>{STYLES}</office:styles>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>{_root("document", content)}'.replace(
        "office:version", f'office:mimetype="{_TYPE}" office:version', 1
    ).encode()
