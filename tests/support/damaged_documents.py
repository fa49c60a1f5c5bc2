"""Good documents with damage in them, and bytes that only begin like a document, as strategies of Hypothesis."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from hypothesis import strategies as st

from support.archives import archive
from support.kindle import kindle
from support.one_document import DOCUMENTS
from support.places import ARTICLES
from support.presentations import presentation, shape
from support.small_documents import (
    DAISY_2,
    DAISY_3,
    DTBOOK,
    FICTION_BOOK,
    JATS,
    MAGAZINE,
    MAIL,
    PACKED_PAGE,
    WEB_PAGE,
)

TRAPS = [
    "", " ", "\n", "\n\n", "\0", "&", "&nbsp;", "&x;", "<", ">", "</", "/>", '"', "'", "]]>", "<!--", "<![CDATA[", "<?",
    "<p>", "</p>", "<b>", "</div>", "<table>", "<tr><td>", "<li>", "<ol start=-1>", "<a href='#a'>", "<sup>1</sup>",
    "<w:p>", "</w:p>", "<w:r>", "<w:tbl>", "</w:tc>", "<w:t>", "<w:br/>", '<w:fldChar w:fldCharType="begin"/>',
    '<w:fldChar w:fldCharType="end"/>', '<w:footnoteReference w:id="1"/>', "<w:txbxContent>", "-1", "0", "1", "7",
    "99999999999", "%9", "٣", "...", "../", "#", "%00", "%", ":", "---\n", "+++\n", "> ", "- ", "1. ", "# ", "```\n",
    "<dl><dt>a<dd>", "<figure>", "<figcaption>", "<ruby>a<rt>b", "<s>", "<ins>", "<br>", "<hr>", "<p id=n>", "<pre>",
    "<sup><a href=#n>1</a></sup>", "<img alt=x. src='data:image/png;base64,x'>", "<math><mi>x", "<aside>", "<caption>",
    "<th scope=row>", "<td rowspan=9 colspan=9>", "<ol reversed type=a>", "<li value=7>", "<cite>", "<details>", "<h3>",
    "<span lang=fr>", "<a id=n>", "<a href='https://example.com/x'>", "</ul>", "</table>", "</a>", "</blockquote>",
    "> [!NOTE]\n", "~~", "==", "$x$", "$$\nx\n$$\n", ":::tip\n", "* * *\n", "[[x|y]]", "{{< x >}}", "- [x] ", "  \n",
    "|", "|-|-|\n", "[^1]", "[^1]: ", "^[", "](", "![", "**", "\t", "\\", "é", "عربي", "\u2028", "\u200f", "😀", "\x85",
]  # fmt: skip
PLACES = st.floats(0, 1, exclude_max=True)
EDITS = st.tuples(st.sampled_from(["cut", "insert", "double", "move"]), PLACES, PLACES, st.sampled_from(TRAPS))


def _edited(data: bytes, edits: list[tuple[str, float, float, str]]) -> bytes:
    """The text with pieces cut out, put in, doubled and moved, preferably at its tags and lines."""
    for kind, first, second, trap in edits:
        start, end = sorted((int(first * len(data)), int(second * len(data))))
        end = min(end, start + 200)
        start = max(data.rfind(b"<", 0, start + 1), data.rfind(b"\n", 0, start + 1), 0)
        piece = data[start:end]
        if kind == "cut":
            data = data[:start] + data[end:]
        elif kind == "insert":
            data = data[:end] + trap.encode() + data[end:]
        elif kind == "double":
            data = data[:end] + piece + data[end:]
        else:
            data = data[:start] + data[end : end + 100] + piece + data[end + 100 :]
    return data


def _entries(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@st.composite
def _archives(draw: st.DrawFn, ending: str) -> bytes:
    """An archive of a case with some of its entries changed, left out or renamed, or its own bytes changed."""
    entries = _entries(draw(st.sampled_from(sorted(ARTICLES.glob(f"*/article.{ending}")))))
    for name in draw(st.lists(st.sampled_from(sorted(entries)), max_size=3)):
        if name in entries:
            change = draw(st.sampled_from(["edit"] * 8 + ["drop", "rename"]))
            data = entries.pop(name)
            if change == "edit":
                entries[name] = _edited(data, draw(st.lists(EDITS, min_size=1, max_size=6)))
            elif change == "rename":
                entries[draw(st.sampled_from(["x", "word/x.xml", "../x", "mimetype", name.upper()]))] = data
    packed = archive(entries)
    if draw(st.integers(0, 7)) == 0:
        at = int(draw(PLACES) * len(packed))
        packed = packed[:at] + draw(st.binary(max_size=8)) + packed[at + draw(st.integers(0, 8)) :]
    return packed


@st.composite
def _markdown(draw: st.DrawFn) -> bytes:
    document = draw(st.sampled_from(sorted(ARTICLES.glob("*/article.md"))))
    return _edited(document.read_bytes(), draw(st.lists(EDITS, max_size=12)))


@st.composite
def _pages(draw: st.DrawFn) -> bytes:
    document = draw(st.sampled_from(sorted([*ARTICLES.glob("*/article.html"), *ARTICLES.glob("known/*.html")])))
    return _edited(document.read_bytes(), draw(st.lists(EDITS, min_size=1, max_size=12)))


WORDS = ["the ferry ", "comes late, ", "and nobody minds ", "very much. "]
MARKS = st.lists(st.sampled_from(TRAPS) | st.sampled_from(WORDS) | st.text(max_size=9), max_size=40).map("".join)
ARTICLE = "<!doctype html><title>Tide</title><article><h1>Tide</h1><p>" + "".join(WORDS) * 9


@st.composite
def _texts(draw: st.DrawFn, document: bytes) -> bytes:
    """A document in one file with pieces of it changed."""
    return _edited(document, draw(st.lists(EDITS, min_size=1, max_size=12)))


@st.composite
def _packed(draw: st.DrawFn, document: bytes) -> bytes:
    """An archive with one of its entries changed."""
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        entries = {name: packed.read(name) for name in packed.namelist()}
    name = draw(st.sampled_from(sorted(entries)))
    entries[name] = _edited(entries[name], draw(st.lists(EDITS, min_size=1, max_size=8)))
    return archive(dict(entries))


@st.composite
def _bytes(draw: st.DrawFn, document: bytes) -> bytes:
    """A document of bytes with some of them changed, or cut off."""
    for _ in range(draw(st.integers(1, 5))):
        at = int(draw(PLACES) * len(document))
        document = document[:at] + draw(st.binary(max_size=6)) + document[at + draw(st.integers(0, 6)) :]
    return document


STRATEGIES: dict[str, st.SearchStrategy[bytes]] = {
    "docx": _archives("docx"),
    "epub": _archives("epub"),
    "md": _markdown(),
    "html": _pages(),
    "marks.md": MARKS.map(str.encode),
    "marks.html": MARKS.map(lambda marks: (ARTICLE + marks).encode()),
    "bytes.docx": st.binary(max_size=300).map(lambda data: b"PK\x03\x04[Content_Types].xml" + data),
    "bytes.epub": st.binary(max_size=300).map(lambda data: b"PK\x03\x04META-INF/container.xml" + data),
    "odt": _packed(DOCUMENTS["a.odt"]),
    "fodt": _texts(DOCUMENTS["a.fodt"]),
    "rtf": _texts(DOCUMENTS["a.rtf"]),
    "bytes.rtf": _bytes(DOCUMENTS["a.rtf"]),
    "mobi": _bytes(kindle(b"<h1>The quay</h1><p>It <b>opens</b>.</p>" * 9, {100: b"Mara Holt", 503: b"The quay"})),
    "packed.mobi": _bytes(kindle(b"a\x80\x0fb\xe3\x03xyz" * 40, {503: b"The quay"}, compression=2)),
    "pptx": _packed(presentation(shape("The quay", "ctrTitle"), shape("Costs", "title") + shape("Oak\nElm", "body"))),
    "fb2": _texts(FICTION_BOOK),
    "dtbook.xml": _texts(DTBOOK),
    "daisy-3.zip": _packed(DAISY_3),
    "daisy-2.zip": _packed(DAISY_2),
    "jats.xml": _texts(JATS),
    "mhtml": _texts(WEB_PAGE),
    "eml": _texts(MAIL),
    "packed.zip": _packed(PACKED_PAGE),
    "magazine.html": _texts(MAGAZINE),
    "ole.doc": st.binary(max_size=300).map(lambda data: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + data),
}  # fmt: skip
