"""ZIP archives: the one document inside is read; several are named."""

from __future__ import annotations

import base64

import pytest

from audio_edition.errors import ReadError
from audio_edition.read import read
from support.archives import archive
from support.documents import paragraph, word
from support.sketch import sketch
from support.soundness import read_whole

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
PAGE = (
    "<html><head><title>Ferry</title></head><body><h1>The ferry stops</h1><p>It stopped on Monday after a strong wind "
    "broke its ramp, and nobody knows when it will sail again, the harbour board said.</p>"
    '<p><img src="images/image1.png" alt="A gull"></p></body></html>'
)  # fmt: skip
BOOK = b"<FictionBook><body><section><p>Oak</p><p>It grew.</p><p>It fell.</p></section></body></FictionBook>"


def test_the_one_document_is_read_with_its_pictures() -> None:
    """As Google Docs exports a page, and as browsers save one, with frames in a folder beside it."""
    for frames in ({}, {"Ferry_files/ad.html": "<p>Buy!</p>"}):
        data = archive({"Ferry.html": PAGE, "images/image1.png": PIXEL, "__MACOSX/Ferry.html": "x", **frames})
        article = read_whole(data, name="ferry.zip").articles[0]
        assert article.title == "The ferry stops"
        assert [image.media_type for image in article.images] == ["image/png"]


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("book.fb2", BOOK, "It grew."),
        ("a/report.docx", word(paragraph("The quay", "Title") + paragraph("It opened.")), "It opened."),
    ],
)
def test_any_document_may_be_packed(name: str, data: bytes, line: str) -> None:
    """A FictionBook, as libraries keep them; a Word document, which is an archive itself."""
    assert line in sketch(read_whole(archive({name: data}), name="a.zip").articles[0])


def test_several_documents_are_named() -> None:
    """Which of them is meant is not guessed."""
    with pytest.raises(ReadError, match="2 documents") as refused:
        read(archive({"a.html": PAGE, "b.html": PAGE}), name="a.zip")
    assert "“a.html”, “b.html”" in refused.value.remedy


def test_an_archive_in_an_archive_is_refused() -> None:
    """Whatever it is called, and so is a document that is a bomb."""
    inner = archive({"a.html": PAGE})
    with pytest.raises(ReadError, match="holds another one"):
        read(archive({"a.html": inner}), name="a.zip")
    with pytest.raises(ReadError, match="times as large as it is packed"):
        read(archive({"a.html": b" " * 15_000_000}), name="a.zip")
