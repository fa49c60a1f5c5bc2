"""Hostile documents: each is refused in one sentence, or read, within bounded work and 300 MB; none reaches out."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audio_edition.errors import ReadError
from audio_edition.read import READERS, Document, epub, read
from audio_edition.read import archive as archives
from audio_edition.read.archive import Archive
from support.archives import archive
from support.documents import book, book_entries, page, paragraph, word, word_entries
from support.kindle import kindle
from support.limits import Outcome, needs_limits, outcome_of, outcomes_of
from support.open_documents import flat_document, open_document, open_document_entries
from support.presentations import presentation
from support.rich_text import rich_text, styled

LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
XXE = '<!DOCTYPE x [<!ENTITY a11 SYSTEM "file:///etc/passwd">'
CHAPTER = '<li><a href="a.xhtml">One</a></li>'


def _with(entries: dict[str, str | bytes], **changed: str | bytes) -> bytes:
    return archive({**entries, **changed})


def _bomb(entries: dict[str, str | bytes], name: str, megabytes: int) -> bytes:
    return archive({**entries, name: b" " * (megabytes * 1_000_000)})


def _overlapping() -> bytes:
    """Many entries that all have the same bytes, as in a bomb without nesting."""
    data = bytearray(archive({"[Content_Types].xml": "x", "a": "a" * 100, "b": "b" * 100}))
    offsets = [at for at in range(len(data)) if data[at : at + 4] == b"PK\x01\x02"]
    data[offsets[2] + 42 : offsets[2] + 46] = data[offsets[1] + 42 : offsets[1] + 46]
    return bytes(data)


def _many_entries() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        zipped.writestr("[Content_Types].xml", "")
        for number in range(12_000):
            zipped.writestr(f"{number}", "")
    return target.getvalue()


def _encrypted() -> bytes:
    data = bytearray(archive(word_entries(paragraph("x"))))
    for at in range(len(data) - 4):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
        elif data[at : at + 4] == b"PK\x03\x04":
            data[at + 6] |= 1
    return bytes(data)


def _lying_size() -> bytes:
    """An entry that says it has ten bytes, and has 30 MB."""
    data = bytearray(archive({**word_entries(""), "word/document.xml": b" " * 30_000_000}))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


WORD, BOOK = word_entries(paragraph("x")), book_entries({"a": "<p>x</p>"}, CHAPTER)
NESTED = archive({"in.zip": archive({"in.zip": b" " * 10_000_000})})
LOCKED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:e="http://www.w3.org/2001/04/xmlenc#">'
    '<e:EncryptedData><e:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes256-cbc"/>'
    '<e:CipherData><e:CipherReference URI="a.xhtml"/></e:CipherData></e:EncryptedData></encryption>'
)
ALIASES = "---\na: &a [x,x]\n" + "".join(f"b{n}: &b{n} [*a,*a]\n" for n in range(50)) + "---\n# T\n"

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "bomb.docx": (lambda: _bomb(WORD, "word/document.xml", 100), "larger than 16 MB"),
    "bomb.epub": (lambda: _bomb(BOOK, "a.xhtml", 100), "larger than 16 MB"),
    "spaces.docx": (lambda: _bomb(WORD, "word/document.xml", 15), "times as large as it is packed"),
    "lying-size.docx": (_lying_size, "damaged"),
    "overlapping.docx": (_overlapping, "share bytes"),
    "many-entries.docx": (_many_entries, "more than 10000 entries"),
    "slip.epub": (lambda: _with(BOOK, **{"../../etc/cron.d/x": "x"}), "lies outside"),
    "absolute.docx": (lambda: _with(WORD, **{"/etc/passwd": "x"}), "lies outside"),
    "drive.docx": (lambda: _with(WORD, **{"C:x": "x"}), "lies outside"),
    "encrypted.docx": (_encrypted, "needs a password"),
    "locked.epub": (lambda: _with(BOOK, **{"META-INF/encryption.xml": LOCKED}), "locked (DRM)"),
    "password.docx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
        "opens with a password",
    ),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old Word document"),
    "truncated.docx": (lambda: word(paragraph("x" * 5000))[:700], "damaged archive"),
    "truncated.epub": (lambda: book({"a": "<p>x</p>"})[:-300], "damaged archive"),
    "laughs.docx": (lambda: word(paragraph("&a11;"), prologue=LAUGHS + "]>"), "nothing to say"),
    "xxe.docx": (lambda: word(paragraph("&a11;"), prologue=XXE + "]>"), "nothing to say"),
    "boundaries.eml": (
        lambda: (
            b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
            + b"--b\n\nx\n" * 100_000
        ),
        "more than 1000 parts",
    ),
    "declarations.nitf": (
        lambda: b"<!DOCTYPE nitf [" + b"<!--" * 100_000 + b"]><nitf><body><p>x</p></body></nitf>",
        "of an unknown kind",
    ),
    "many-entities.docx": (
        lambda: word(paragraph("&a;" * 2000), prologue='<!DOCTYPE x [<!ENTITY a "b">]>'),
        "entities of its own more than 1,000 times",
    ),
    "deep.docx": (lambda: word("<w:sdt><w:sdtContent>" * 2500 + "</w:sdtContent></w:sdt>" * 2500), "nested too deeply"),
    "deep.epub": (lambda: book({"a": "<div>" * 26_000 + "x" + "</div>" * 26_000}), "nests its elements"),
    "deep-html.md": (lambda: b"# T\n\n" + b"<div>" * 26_000 + b"x", "nests its elements"),
    "deep-quotes.md": (lambda: b"# T\n\n" + b">" * 5000 + b"x", "deeper than 10 levels"),
    "deep-lists.md": (
        lambda: b"# T\n\n" + "".join(" " * 2 * n + "- a\n" for n in range(300)).encode(),
        "deeper than 10 levels",
    ),
    "yaml-aliases.md": (lambda: ALIASES.encode(), "refers to another part"),
    "yaml-depth.md": (lambda: b"---\na: " + b"[" * 30_000 + b"\n---\n# T\n", "deeper than 20"),
    "yaml-large.md": (lambda: b"---\n" + b"a: b\n" * 20_000 + b"---\n# T\n", "64000 characters"),
    "toml-depth.md": (lambda: b"+++\na = " + b"[" * 30_000 + b"\n+++\n# T\n", "can't be understood"),
    "brackets.md": (lambda: b"# T\n\n" + b"[" * 900_000, "lines and marks"),
    "lines.md": (lambda: b"# T\n\n" + b"- a\n" * 200_000, "lines and marks"),
    "endless.md": (lambda: b"# T\n\n" + b"a " * 2_000_000, "longer than 1000000"),
    "workbook.docx": (
        lambda: _with(WORD, **{"_rels/.rels": WORD["_rels/.rels"].replace("word/document", "xl/workbook")}),  # type: ignore[arg-type]
        "Excel workbook",
    ),
    "tags.epub": (lambda: book({"a": "".join(f"<p>{n}</p>" for n in range(500_000))}), "tags more than 800000"),
    "nothing.docx": (lambda: word(""), "nothing to say"),
    "nothing.epub": (lambda: book({"a": "<p/>"}), "nothing to say"),
    "no-spine.epub": (lambda: archive({**book_entries({}, "")}), "no reading order"),
    "missing-part.epub": (
        lambda: archive({name: data for name, data in BOOK.items() if name != "a.xhtml"}),
        "lacks a part",
    ),
    "bomb.odt": (lambda: _bomb(open_document_entries("x"), "content.xml", 100), "larger than 16 MB"),
    "deep.odt": (lambda: open_document("<text:section>" * 2000 + "x" + "</text:section>" * 2000), "nested too deeply"),
    "many-tags.fodt": (lambda: flat_document("<text:p>x</text:p>" * 500_000), "more than any book"),
    "bomb.pptx": (lambda: _with(_entries_of(presentation("")), **{"ppt/slides/0.xml": b" " * 100_000_000}), "16 MB"),
    "deep.rtf": (lambda: b"{\\rtf1" + b"{\\b " * 200_000 + b"x", "nests its groups"),
    "runs.rtf": (lambda: b"{\\rtf1 " + b"\\b x\\b0 y" * 300_000 + b"}", "more than 400,000"),
    "pairs.mobi": (lambda: kindle(b"a" + b"\x80\x0f" * 2_500_000, compression=2), "larger than 20 MB"),
    "text.zip": (lambda: archive({"a.txt": b" " * 15_000_000}), "times as large as it is packed"),
    "photos.zip": (lambda: NESTED, "a ZIP archive"),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    documents = {name: make() for name, (make, _) in REFUSED.items()}
    return outcomes_of(documents, tmp_path_factory.mktemp("refused"))


@pytest.mark.slow
@needs_limits
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_a_trap_or_broken_is_refused(name: str, refused: dict[str, Outcome]) -> None:
    """In one sentence that names the document and what is wrong, with a remedy, and within the limits."""
    outcome = refused[name]
    assert outcome.refused.startswith(name)
    assert REFUSED[name][1] in outcome.refused
    assert len(outcome.refused) < 500
    assert outcome.remedy
    assert outcome.is_within_limits, outcome


def _entries_of(data: bytes) -> dict[str, str | bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


READ: dict[str, Callable[[], bytes]] = {
    "laughs.docx": lambda: word(paragraph("x &a11; &a9;"), prologue=LAUGHS + "]>"),
    "laughs.epub": lambda: archive(book_entries({"a": "<p>x</p>"}, "", "<x>&a11;</x>", prologue=LAUGHS + "]>")),
    "laughs-page.epub": lambda: _with(BOOK, **{"a.xhtml": f"{LAUGHS}]><html><body><p>x &a11;</p></body></html>"}),
    "laughs.nitf": lambda: f"{LAUGHS}]><nitf><body><p>x &a11;</p></body></nitf>".encode(),
    "laughs.html": lambda: f"{LAUGHS}]><html><body><p>x &a11;</p></body></html>".encode(),
    "xxe.docx": lambda: word(paragraph("x &a11;"), prologue=XXE + "]>"),
    "xxe.epub": lambda: archive(book_entries({"a": "<p>x</p>"}, "", "<x>&a11;</x>", prologue=XXE + "]>")),
    "comments.html": lambda: b"<html><body><p>x" + b"<!--" * 200_000,
    "references.xml": lambda: b"<story><p>The ferry is late, and nobody minds.</p>"
    + b"<![CDATA[<!--]]>" * 90_000
    + b"</story>",
    "quotes.eml": lambda: b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n\nx\n\n" + b"On a, b wrote:\n" * 50_000,
    "desk.txt": lambda: b"x\n\n" + b"(Reporting by A " * 40_000 + b"\n\n" + b"NNNN\n\n" * 40_000,
    "deep.epub": lambda: book({"a": "<div>" * 6000 + "x" + "</div>" * 6000}),
    "deep-html.md": lambda: b"# T\n\n" + b"<div>" * 6000 + b"x",
    "nested-bomb.docx": lambda: _with(WORD, **{"word/embeddings/a.zip": NESTED}),
    "numbers.docx": lambda: word(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>'
        '<w:tc><w:tcPr><w:vMerge w:val="continue"/></w:tcPr></w:tc></w:tr></w:tbl>'
        + paragraph("y", "", '<w:outlineLvl w:val="99999999999999"/><w:numPr><w:numId w:val="1"/></w:numPr>')
        + paragraph("z", "", '<w:numPr><w:ilvl w:val="-1"/><w:numId w:val="٣"/></w:numPr>')
    ),
    "based-on-itself.docx": lambda: word(
        paragraph("x", "A"),
        {
            "styles": '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
            '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        },
    ),
    "large.docx": lambda: word("".join(paragraph(f"Line {n} of a long text.") for n in range(80_000))),
    "one-paragraph.docx": lambda: word(
        "<w:p>" + "".join(f"<w:r><w:t>{n} </w:t></w:r>" for n in range(100_000)) + "</w:p>"
    ),
    "large.epub": lambda: book(
        {f"a{n}": "<p>" + f"One more line, {n}. " * 5_000 + "</p>" for n in range(100)},
        "".join(f'<li><a href="a{n}.xhtml">Chapter {n}</a></li>' for n in range(100)),
    ),
    "many-notes.epub": lambda: book(
        {"a": "<p>" + "".join(f'x<a epub:type="noteref" href="b.xhtml#n{n}">{n}</a>' for n in range(20_000)) + "</p>",
         "b": "".join(f'<aside epub:type="footnote" id="n{n}">note</aside>' for n in range(20_000))}
    ),
    "scripts.md": lambda: b"# T\n\n<script>x</script> [a](javascript:alert(1)) <img src=file:///etc/passwd alt=b>\n",
    "stars.md": lambda: b"# T\n\n" + b"*a **a " * 26_000,
    "links.md": lambda: b"# T\n\n" + b"![[a](" * 39_000,
    "items.md": lambda: b"# T\n\n" + b"- a\n" * 79_000,
    "rows.md": lambda: b"# T\n\n|a|b|\n|-|-|\n" + b"|a|b|\n" * 19_000,
    "ticks.md": lambda: b"# T\n\n" + b" ".join(b"`" * n for n in range(1, 390)),
    "nested.epub": lambda: book({"a": "<div>" * 3000 + "x" + "</div>" * 3000}),
    "large.rtf": lambda: rich_text("".join(styled(0, f"Line {n} of a long text.") for n in range(20_000))),
    "large.fodt": lambda: flat_document("".join(f"<text:p>Line {n} of a long text.</text:p>" for n in range(60_000))),
    "optional.rtf": lambda: b"{\\rtf1 x" + b"{\\*\\x y}" * 200_000 + b"}",
    "cells.odt": lambda: open_document(
        "<text:p>x</text:p><table:table>"
        + "<table:table-row><table:table-cell table:number-columns-repeated='99999'/></table:table-row>" * 300
        + "</table:table>"
    ),
    "nested.md": lambda: b"# T\n\n" + b"<div>" * 3000 + b"x",
    "html.md": lambda: b"# T\n\n" + b"<b " * 79_000,
    "entities.md": lambda: b"# T\n\n" + b"&a" * 79_000,
}  # fmt: skip


@pytest.mark.slow
@needs_limits
@pytest.mark.parametrize("name", READ)
def test_what_is_only_odd_or_large_is_read(name: str, tmp_path: Path) -> None:
    """Within the limits, and it becomes an article."""
    outcome = outcome_of(READ[name](), tmp_path, name)
    assert not outcome.refused
    assert outcome.titles
    assert "root:" not in outcome.text
    assert outcome.is_within_limits, outcome


@pytest.mark.parametrize(
    ("data", "name", "title"),
    [
        (word(paragraph("Rain", "Title")), "rain.epub", "Rain"),
        (book({"a": "<p>It rained.</p>"}), "book.docx", "The book"),
        (book({"a": "<p>It rained.</p>"}), "book", "The book"),
        (b"# Rain\n\nIt fell on **all**.\n", "rain.txt", "Rain"),
        (b"Rain\n\nIt fell on all.\n", "rain.docx", "Rain"),
    ],
    ids=["docx.epub", "epub.docx", "epub", "markdown.txt", "text.docx"],
)
def test_a_document_is_known_by_its_content(data: bytes, name: str, title: str) -> None:
    """A wrong ending does not matter."""
    assert read(data, name=name).articles[0].title == title


def test_plain_text_loads_no_reader_of_other_documents(tmp_path: Path) -> None:
    """A wire text is read without the libraries for documents, whatever readers look at it. (What finds plug-ins brings
    zipfile.)"""
    import subprocess
    import sys

    (tmp_path / "a.txt").write_text("Rain\n\n- It fell and was wet with what would be the end of this.\n")
    script = (
        "import sys; from pathlib import Path; from audio_edition.read import read; "
        "read(Path('a.txt')); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert not set(done.stdout.split()) & {"lxml", "markdown_it", "tomllib", "yaml"}


def test_an_archive_that_holds_a_name_twice_is_refused() -> None:
    """Readers that took the one or the other would read different books."""
    data = archive({"aaaa": "x", "aaab": "y"}).replace(b"aaab", b"aaaa")
    with pytest.raises(ReadError, match="twice"):
        Archive(data, "the test")


def test_a_whole_archive_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part may be small, and all of them too much."""
    monkeypatch.setattr(archives, "LARGEST_TOTAL_BYTES", 2_500)
    with pytest.raises(ReadError, match="makes its text larger"):
        epub.read(Document(book({f"a{n}": page("x" * 900) for n in range(3)}), "the test"))


def test_readers_are_asked_in_order_and_plain_text_last() -> None:
    """Every reader of a known kind says no to what it is not."""
    for reader in READERS[:-1]:
        assert not reader.recognises(b"Rain\n\nIt fell.\n", "a.txt")
        assert not reader.recognises(b"", "a.txt")
    assert READERS[-1].recognises(b"", "")
