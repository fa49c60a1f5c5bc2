"""Files that are not read: each is called what it is, and what to give in its place is told."""

from __future__ import annotations

import io
import zipfile

import pytest

from audio_edition.errors import ReadError
from audio_edition.read import converters, read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


def _ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + bytes(100)


def _zip(*names: str, mimetype: str = "") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "<p>x</p>")
    return target.getvalue()


def _office(kind: str) -> bytes:
    return _zip(mimetype=f"application/vnd.oasis.opendocument.{kind}")


KINDS: dict[str, tuple[bytes, str, str]] = {
    "notes.doc": (_ole("WordDocument"), "old Word document", ".docx"),
    "notes-without-streams.doc": (OLE, "old Word document", ".docx"),
    "fees.xls": (_ole("Workbook"), "Excel", "web page"),
    "talk.ppt": (_ole("PowerPoint Document"), "PowerPoint", "document"),
    "mail.msg": (_ole("__nameid_version1.0"), "Outlook", "HTML"),
    "locked.docx": (_ole("EncryptedPackage"), "password", "without a password"),
    "fees.xlsx": (_zip("[Content_Types].xml", "xl/workbook.xml"), "Excel", "web page"),
    "fees.ods": (_office("spreadsheet"), "OpenDocument spreadsheet", "web page"),
    "talk.odp": (_office("presentation"), "OpenDocument presentation", "document"),
    "notes.pages": (_zip("Index/Document.iwa", "preview.jpg"), "Pages", "Export"),
    "talk.key": (_zip("Index/Document.iwa"), "Keynote", "document"),
    "fees.fods": (
        b'<office:document xmlns:office="x" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>',
        "OpenDocument spreadsheet", "web page",
    ),
    "old.wpd": (b"\xffWPC" + bytes(60), "WordPerfect", ".docx"),
    "book.kfx": (b"\xeaDRMION\xee" + bytes(90), "locked", "publisher"),
    "book.lit": (b"ITOLITLS" + bytes(90), "Microsoft Reader", "EPUB"),
    "notion.zip": (_zip("Ferry.md", "Boats.md", "x.csv"), "2 documents", "“Ferry.md”, “Boats.md”"),
    "pages.cbz": (_zip("1.jpg", "2.jpg"), "pictures", "OCR"),
    "stuff.zip": (_zip("a.bin"), "ZIP archive", "npack"),
    "broken.zip": (b"PK\x03\x04" + bytes(60), "damaged", "again"),
    "film.vtt": (b"WEBVTT - x\n\n00:01.000 --> 00:04.000\nHello\n", "subtitles", "transcript"),
    "film.srt": (b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:04,000\r\nHello\r\n", "subtitles", "transcript"),
    "film.ass": (b"[Script Info]\nTitle: x\n", "subtitles", "transcript"),
    "film.ttml": (b'<tt xmlns="http://www.w3.org/ns/ttml"><body/></tt>', "subtitles", "transcript"),
    "song.lrc": (b"[ti:The boat]\n[00:12.00]Row, row\n[00:17.20]Gently\n", "subtitles", "transcript"),
    "tides.csv": (b"Port,Tide\nHalvoy,06:14\n", "table (CSV)", "pandoc"),
    "paper.pdf": (b"%PDF-1.7\n", "PDF that is damaged", "again"),
    "paper.ps": (b"%!PS-Adobe-3.0\n", "PostScript", "made from"),
    "paper.djvu": (b"AT&TFORM\0\0\0\0DJVU", "DjVu", "OCR"),
    "paper.ipynb": (b'{"cells": [{"cell_type": "markdown"}], "nbformat": 4}', "notebook", "pandoc"),
    "outline.opml": (b"<opml><body/></opml>", "OPML", "pandoc"),
    "page.wiki": (b"== Ferry ==\n\nIt stopped.\n", "MediaWiki", "pandoc"),
    "paper.tex": (b"% a paper\n\\documentclass{article}\n", "LaTeX", "pandoc"),
    "paper.rst": (b"Ferry\n=====\n\n.. note:: Take a coat.\n", "reStructuredText", "pandoc"),
    "paper.adoc": (b"= Ferry\n\nNOTE: Take a coat, see https://example.org[it].\n", "AsciiDoc", "Asciidoctor"),
    "paper.org": (b"* Ferry\n\nIt stopped.\n", "Org mode", "pandoc"),
    "paper.gdoc": (b'{"url": "https://docs.google.com/x", "doc_id": "1"}', "Google Docs", "Download"),
    "photo.heic": (b"\0\0\0\x18ftypheic" + bytes(40), "picture", "OCR"),
    "photo.webp": (b"RIFF\x10\0\0\0WEBPVP8 ", "picture", "OCR"),
    "scan.tif": (b"II*\0" + bytes(40), "picture", "OCR"),
    "talk.wav": (b"RIFF\x10\0\0\0WAVEfmt ", "WAV", "text"),
    "talk.m4a": (b"\0\0\0\x18ftypM4A " + bytes(40), "M4A", "text"),
    "talk.mp3": (b"ID3\x04\0\0" + bytes(40), "MP3", "text"),
    "film.mp4": (b"\0\0\0\x18ftypisom" + bytes(40), "video", "text"),
    "film.mkv": (b"\x1a\x45\xdf\xa3" + bytes(40), "video", "text"),
    "notes.txt.gz": (b"\x1f\x8b\x08" + bytes(40), "compressed", "npack"),
    "notes.rar": (b"Rar!\x1a\x07\x01" + bytes(40), "compressed", "npack"),
    "notes.tar": (b"notes.txt".ljust(257, b"\0") + b"ustar\0" + bytes(249), "TAR", "npack"),
    "page.webarchive": (b"bplist00" + bytes(90), "web archive", "web page"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_converters(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine with neither LibreOffice nor pandoc."""
    monkeypatch.setattr(converters, "office", lambda: "")
    monkeypatch.setattr(converters, "pandoc", lambda: "")


@pytest.mark.parametrize("name", KINDS)
def test_a_file_that_is_not_read_is_called_what_it_is(name: str) -> None:
    """By its content, in one sentence that names it; another says what to give instead."""
    data, what, remedy = KINDS[name]
    with pytest.raises(ReadError) as caught:
        read(data, name=name)
    assert caught.value.message.startswith(f"{name} ")
    assert what in caught.value.message
    assert remedy in caught.value.remedy
    assert caught.value.message.endswith(".")
    assert caught.value.remedy.endswith(".")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "RIFF raff on the quay\n\nIt rained."), ("a.txt", "BM wins\n\nIt rained."),
        ("a.txt", "WEBVTTs explained\n\nIt rained."), ("a.txt", "10:00:01, the boat left\n\nIt rained."),
        ("a.rst", "The quay\n\nIt rained all day."), ("a.adoc", "The quay\n\nIt rained all day."),
        ("a.org", "The quay\n\nIt rained all day."),
        ("a.md", "<svg viewBox='0 0 9 9'></svg>\n\n# The quay\n\nIt rained."),
        ("a.md", "# The quay\n\nIt rained. \\documentclass is TeX's."),
        ("a.xml", "<?xml version='1.0'?><document><title>The quay</title><p>It rained on the quay.</p></document>"),
    ],
)  # fmt: skip
def test_text_that_begins_like_another_kind_is_read(name: str, text: str) -> None:
    """A headline may begin with any words, and a text without marks is one, whatever it is called."""
    assert read(text.encode(), name=name).articles
