"""Messages of Outlook: read as e-mails are, whatever form their text has; damaged ones are refused in a sentence."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.errors import ReadError
from audio_edition.read import read
from audio_edition.read.mail.outlook_rtf import unpacked
from support.outlook import Entries, attachment, compound_file, message, packed_rtf, text_property
from support.sketch import sketch
from support.soundness import read_or_refused, read_whole

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
PAGE = (
    "<html><body><h1>The ferry stops</h1><p>It stopped on Monday after a strong wind broke its ramp, and nobody knows "
    "when it sails.</p><ol><li>Oak<li>Elm</ol></body></html>"
)
HEAD = (
    text_property("0037", "FW: Ferry"),
    text_property("0042", "Ann Holt"),
    text_property("5D01", "ann@example.org"),
    text_property("0E04", "jo@example.org"),
)
SENT = {"00390040": struct.pack("<Q", 133_541_100_000_000_000)}
LINES = [
    "It stopped on Monday after a strong wind broke its ramp, and nobody knows when it sails.", "1. Oak", "2. Elm",
]  # fmt: skip


def _html(page: str = PAGE) -> tuple[str, bytes]:
    return "__substg1.0_10130102", page.encode()


def _msg(*entries: tuple[str, bytes | Entries]) -> bytes:
    return compound_file(message(*HEAD, *entries, fixed=SENT))


def test_the_page_in_it_is_read() -> None:
    """Its subject is the headline; who wrote it, and when, is told."""
    article = read_whole(_msg(_html(), text_property("1000", "It stopped. <https://example.org>")), "a.msg").articles[0]
    assert (article.title, article.byline, article.published) == ("Ferry", "Ann Holt", "2024-03-05")
    assert sketch(article) == ["## The ferry stops", *LINES]
    assert "Ann Holt <ann@example.org>" in next(each.text for each in article.findings if each.id == "mail-head")


RTF = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fcharset204 Arial;}}"
    rb"{\*\htmltag18 <html>}{\*\htmltag50 <body>}{\*\htmltag128 <h1>}\htmlrtf \b \htmlrtf0 Caf\'e9 \u8211?"
    rb" {\f1 \'cc\'e8\'f0}{\*\htmltag84 &amp;}\htmlrtf &\htmlrtf0  co{\*\htmltag136 </h1>}\htmlrtf \par \htmlrtf0"
    rb"{\*\htmltag64 <p>}It opened.{\*\mhtmltag64 <p>no</p>}{\*\htmltag72 </p>}}"
)


def test_the_page_inside_formatted_text_is_read() -> None:
    """In its code pages, without what stands there for programs that show no HTML."""
    article = read_whole(_msg(("__substg1.0_10090102", packed_rtf(RTF))), "a.msg").articles[0]
    assert sketch(article) == ["## Café – Мир& co", "It opened."]


def test_formatted_and_plain_texts_are_read() -> None:
    """Formatted text keeps its looks; wide and narrow letters are read in their code page."""
    rich = rb"{\rtf1\ansi It {\b opened} on Monday.\par Then it rained.}"
    article = read_whole(_msg(("__substg1.0_10090102", packed_rtf(rich))), "a.msg").articles[0]
    assert sketch(article) == ["It opened on Monday.", "Then it rained."]
    narrow = ("__substg1.0_1000001E", "Ужин в семь.".encode("cp1251"))
    entries = message(*HEAD, narrow, fixed={**SENT, "3FFD0003": struct.pack("<I", 1251)})
    assert sketch(read_whole(compound_file(entries), "a.msg").articles[0]) == ["Ужин в семь."]


def test_compressed_text_is_unpacked() -> None:
    """References repeat bytes that stand before, the beginning that every text shares too."""
    packed = b"\x03\x00\x0a\x00rcpg125B2\x0a\xf3 hel\x09\x00\x20bw\x05\xb0ld}\x0a\x80\x0f\xa0"
    data = struct.pack("<IIII", len(packed) + 12, 43, 0x75465A4C, 0xA7C7C5F1) + packed
    assert unpacked(data) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked(packed_rtf(RTF)) == RTF
    assert unpacked(data[:20]) == b"{\\rtf1\\ansi\\"


def test_what_is_attached_is_told_shown_or_read() -> None:
    """Files are named, pictures that the page shows are kept, messages follow."""
    page = PAGE.replace("</body>", "<p><img src='cid:a@b' alt='A gull on a bollard'></p></body>")
    inner = message(text_property("0037", "Costs"), text_property("1000", "They rise."), head_bytes=24)
    data = _msg(
        _html(page),
        attachment(0, text_property("3707", "tide table.pdf"), ("__substg1.0_37010102", b"%PDF-WordDocument")),
        attachment(
            1, text_property("3712", "a@b"), text_property("370E", "image/png"), ("__substg1.0_37010102", PIXEL)
        ),
        attachment(2, ("__substg1.0_3701000D", inner)),
    )
    article = read_whole(data, "a.msg").articles[0]
    assert [image.media_type for image in article.images] == ["image/png"]
    assert next(each.text for each in article.findings if each.id == "attachments") == "tide table.pdf"
    assert sketch(article)[-2:] == ["## Costs", "They rise."]


def test_a_message_with_an_old_word_document_is_a_message() -> None:
    """What is attached does not decide."""
    word = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(600)
    data = _msg(_html(), attachment(0, text_property("3707", "a.doc"), ("__substg1.0_37010102", word)))
    assert read_whole(data, "mail").articles[0].title == "Ferry"


def test_signed_ones_are_read_and_encrypted_ones_refused() -> None:
    """A signed one holds its text as MIME."""
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nIt opened.\r\n--b--\r\n"
    mime = b'Content-Type: multipart/signed; boundary="b"\r\n\r\n' + part
    kind = text_property("001A", "IPM.Note.SMIME.MultipartSigned")
    signed = _msg(kind, attachment(0, text_property("3707", "smime.p7m"), ("__substg1.0_37010102", mime)))
    assert sketch(read_whole(signed, "a.msg").articles[0]) == ["It opened."]
    with pytest.raises(ReadError, match="encrypted"):
        read(_msg(text_property("001A", "IPM.Note.SMIME")), name="a.msg")


def test_hostile_ones_are_refused() -> None:
    """Messages in messages without end, attachments without number, more bytes than the file has: one sentence each."""
    deep = message(text_property("1000", "x"), head_bytes=24)
    for _ in range(12):
        deep = message(text_property("1000", "x"), attachment(0, ("__substg1.0_3701000D", deep)), head_bytes=24)
    many = [attachment(number) for number in range(1_001)]
    for data, reason in (
        (_msg(attachment(0, ("__substg1.0_3701000D", deep))), "nested messages"),
        (_msg(_html(), *many), "attachments"),
        (_msg(_html())[:3000], "Outlook"),
    ):
        with pytest.raises(ReadError, match=reason) as refused:
            read(data, name="a.msg")
        assert refused.value.remedy


def test_streams_that_share_their_bytes_are_refused() -> None:
    """Each of many pictures may claim the same megabytes."""
    large = PIXEL + bytes(3_000_000)
    page = PAGE + "".join(f"<img src='cid:{number}'>" for number in range(60))
    pictures = [
        attachment(
            number, text_property("3712", str(number)), text_property("370E", "image/png"),
            ("__substg1.0_37010102", large if not number else PIXEL),
        )
        for number in range(60)
    ]  # fmt: skip
    data = bytearray(_msg(_html(page), *pictures))
    name = "__substg1.0_37010102".encode("utf-16-le")
    places = [at for at in range(0, len(data), 128) if data.startswith(name, at)]
    first = next(at for at in places if int.from_bytes(data[at + 120 : at + 124], "little") == len(large))
    for at in places:
        data[at + 116 : at + 128] = data[first + 116 : first + 128]
    with pytest.raises(ReadError, match="100 MB"):
        read(bytes(data), name="a.msg")


SOUND = _msg(_html(), attachment(0, text_property("3707", "a.pdf")), ("__substg1.0_10090102", packed_rtf(RTF)))


@given(st.lists(st.tuples(st.integers(0, len(SOUND) - 1), st.binary(max_size=6)), max_size=8), st.integers(0, 40))
def test_damaged_ones_are_read_or_refused(changes: list[tuple[int, bytes]], cut: int) -> None:
    """Whatever bytes are changed, wherever it is cut off."""
    data = bytearray(SOUND)
    for at, new in changes:
        data[at : at + len(new)] = new
    read_or_refused(bytes(data[: len(data) - cut * 100]), "a.msg")
