"""Kindle books: text, notes by their places, pictures, metadata; locks and traps are refused."""

from __future__ import annotations

import base64

import pytest

from audio_edition.errors import ReadError
from audio_edition.read import read
from audio_edition.read.mobi.compression import palmdoc
from support.kindle import kindle
from support.sketch import sketch
from support.soundness import read_or_refused, read_whole

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
FACTS = {100: b"Mara Holt", 101: b"Harbour Press", 106: b"2026-11-02", 503: b"The quay", 524: b"en"}
TEXT = "<html><body><h1>The quay</h1><h2>Old wood</h2><p>It grew, café.</p><p>It fell.</p></body></html>".encode()


def test_a_book_is_read_with_what_it_says_of_itself() -> None:
    """Chapters by its headings; author, publisher, date, language."""
    article = read_whole(kindle(TEXT, FACTS), name="a.mobi").articles[0]
    assert sketch(article) == ["## Old wood", "It grew, café.", "It fell."]
    assert (article.title, article.byline, article.source) == ("The quay", "Mara Holt", "Harbour Press")
    assert (article.published, article.language) == ("2026-11-02", "en")


def test_packed_text_is_unpacked() -> None:
    """Bytes as they are, pairs that repeat what stood before, letters with a space in front."""
    assert palmdoc(b"\x03abc") == b"abc"
    assert palmdoc(b"ab\x80\x11") == b"abababab"[:2] + b"abab"
    assert palmdoc(b"a\xe2") == b"a b"
    assert palmdoc(b"\x80\x08\x80") == b""
    packed = TEXT.replace("é".encode(), b"\x02" + "é".encode())
    assert "café" in " ".join(sketch(read_whole(kindle(packed, FACTS, compression=2), name="a.mobi").articles[0]))


def test_links_lead_to_bytes_and_notes_follow_their_marks() -> None:
    """A note's place is the number of a byte."""
    before = b"<html><body><h1>The quay</h1><p>Old<sup><a filepos=0000000000>1</a></sup> wood.</p><p>More.</p>"
    note = b"<p><a filepos=0000000030>1</a> Built in 1871.</p></body></html>"
    text = before.replace(b"0000000000", b"%010d" % len(before)) + note
    assert sketch(read_whole(kindle(text, FACTS), name="a.azw").articles[0]) == [
        "Old[^1] wood.", "[^1]: Built in 1871.", "More.",
    ]  # fmt: skip


def test_pictures_come_along() -> None:
    """By their records."""
    text = TEXT.replace(b"<p>It fell", b'<p><img recindex="00001" alt="A gull"></p><p>It fell')
    article = read_whole(kindle(text, FACTS, pictures=(PIXEL,)), name="a.mobi").articles[0]
    assert [image.media_type for image in article.images] == ["image/png"]
    assert "A gull" in " ".join(sketch(article))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (kindle(TEXT, encryption=2), "locked"),
        (kindle(TEXT, compression=17480), "packed in a way"),
        (kindle(b""), "without a text"),
        (kindle(b"\0" * 100), "without a text"),
    ],
    ids=["locked", "codes", "empty", "zeros"],
)
def test_what_can_not_be_read_is_refused(data: bytes, said: str) -> None:
    """With a remedy."""
    with pytest.raises(ReadError, match=said) as refused:
        read(data, name="a.mobi")
    assert refused.value.remedy


def test_a_text_without_end_is_refused() -> None:
    """Pairs may make ten letters of two bytes, and records may be many."""
    with pytest.raises(ReadError, match="larger than 20 MB"):
        read(kindle(b"a" + b"\x80\x0f" * 2_500_000, compression=2), name="a.mobi")


def test_a_damaged_book_is_read_or_refused() -> None:
    """Cut off anywhere, or with any byte of its heads changed."""
    whole = kindle(TEXT, FACTS)
    for at in range(68, len(whole), 23):
        read_or_refused(whole[:at], "a.mobi")
        read_or_refused(whole[:at] + b"\xff" + whole[at + 1 :], "a.mobi")
