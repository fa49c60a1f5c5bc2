"""Bytes come out as the text that was meant, or an error names the place."""

from __future__ import annotations

import codecs
import zipfile
from io import BytesIO

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Paragraph, Text
from audio_edition.read import read
from audio_edition.read.clean import clean
from audio_edition.read.decode import decode

TEXT = "Café – “naïve”\n\n€5 for Zoë…\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_is_read_without_a_finding(mark: bytes, encoding: str) -> None:
    """Unicode in any encoding that says what it is needs no guess."""
    assert decode(mark + TEXT.encode(encoding), "a") == (TEXT, ())


def test_windows_1252_is_read_and_said() -> None:
    """A document from an old Windows program is read, and the editor told from which line on to look."""
    text, findings = decode(("Plain\n\n" + TEXT).encode("cp1252"), "a")
    assert text == "Plain\n\n" + TEXT
    assert [(finding.id, finding.level, finding.place) for finding in findings] == [("encoding", "warning", "line 3")]


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_a_byte_that_no_encoding_has_is_named(byte: int) -> None:
    """Bytes that stand for nothing are refused with their offset and line."""
    with pytest.raises(ReadError, match="byte 11 on line 3 ") as caught:
        decode(b"One\r\nTwo\r\n\xe9" + bytes([byte]), "wire.txt")
    assert caught.value.message == (
        "wire.txt is neither UTF-8 nor Windows-1252 text: byte 11 on line 3 is not a character."
    )
    assert "UTF-8" in caught.value.remedy


def test_damaged_utf8_is_not_taken_for_windows_1252() -> None:
    """One odd byte in a UTF-8 document must not turn all its accented letters into nonsense."""
    before, after = TEXT.encode().split(b" for ")
    with pytest.raises(ReadError, match="is not UTF-8 text: byte 28 on line 3"):
        decode(before + b"\xe9 for " + after, "wire.txt")


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (codecs.BOM_UTF16_LE + "a\nb".encode("utf-16-le") + b"\x00\xd8", "UTF-16-LE text: byte 8 on line 2"),
        (codecs.BOM_UTF16_BE + "ab".encode("utf-16-be") + b"\x00", "UTF-16-BE text: byte 6 on line 1"),
        (codecs.BOM_UTF8 + b"ab\n\xe9 c", "UTF-8 text: byte 6 on line 2"),
        (codecs.BOM_UTF32_LE + b"\xff\xff\xff\xff", "UTF-32-LE text: byte 4 on line 1"),
    ],
)
def test_damage_after_a_byte_order_mark_is_named(data: bytes, place: str) -> None:
    """A byte order mark is a promise: what breaks it is refused with its place."""
    with pytest.raises(ReadError, match=place):
        decode(data, "a")


def zipped() -> bytes:
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("word/document.xml", "text")
    return archive.getvalue()


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%text", "is a PDF"),
        (zipped(), "is a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"ID3\x04\0\0", "is an MP3"),
        (b"\xff\xfb\x90\x64", "is an MP3"),
        (b"  <!DOCTYPE html><p>Text", "is a web page"),
        (codecs.BOM_UTF8 + b"<?xml version='1.0'?>", "is XML"),
        (b"{\\rtf1 Text}", "in RTF"),
        (bytes(range(256)), "is not text: 28 of its 256 bytes are control characters"),
        ("UTF-16 without its mark".encode("utf-16-le"), "is not text"),
        (codecs.BOM_UTF16_BE + ("\0" * 9 + "a").encode("utf-16-be"), "is not text: 9 of its 10 bytes"),
    ],
)
def test_what_is_no_plain_text_is_refused_by_its_name(data: bytes, what: str) -> None:
    """A document in another format is never read out as rubbish."""
    with pytest.raises(ReadError, match=what) as caught:
        decode(data, "thing.bin")
    assert caught.value.message.startswith("thing.bin is ")
    assert caught.value.remedy.endswith(".")


@pytest.mark.parametrize("opening", ["ID3 tags explained", "GIF wars", "PK wins", "%PDF is not", "RIFF raff", "BZh"])
def test_a_headline_that_looks_like_a_format_is_text(opening: str) -> None:
    """Words that formats begin with may begin a headline."""
    assert decode(opening.encode(), "a") == (opening, ())


def test_a_few_nuls_are_left_out_and_said() -> None:
    """A NUL in a text is damage, no reason to refuse the article."""
    article = read(b"A headline long enough\n\nThe te\0xt goes on and on, \0as texts do.\n", name="a").articles[0]
    assert article.blocks == (Paragraph(Text("The text goes on and on, as texts do.")),)
    [finding] = article.findings
    assert (finding.id, finding.level, finding.text, finding.place) == (
        "control-characters",
        "warning",
        "\0\0",
        "line 3",
    )
    assert finding.message == "2 invisible characters were left out (U+0000)."


def test_invisible_characters_go_and_joiners_stay() -> None:
    """What only confuses a voice goes; what spells Persian, Hindi and emoji, or turns lines, stays."""
    kept = "می‌خواهم क्‍ष 👩‍🚀 \u200e\u200f\u202a\u202c\u2066\u2069 \ue000 e\u0301"
    text, findings = clean(kept + "\u200b\u2060\xad\ufeff\ufffe\U0001ffff\ufdd0\x07\x9f\x1c!")
    assert text == kept + " !"
    assert [finding.text for finding in findings] == ["\u200b\u2060\xad\ufeff\ufffe\U0001ffff\ufdd0\x07\x9f\x1c"]


def test_many_kinds_of_control_are_not_all_named() -> None:
    """A message stays one sentence whatever was left out."""
    _, [finding] = clean("a" + "".join(map(chr, range(1, 9))) + "\x0e")
    assert finding.message == (
        "9 invisible characters were left out "
        "(U+0001, U+0002, U+0003, U+0004, U+0005, U+0006, U+0007, U+0008, and others)."
    )


def test_replacement_marks_stay_and_are_warned_of() -> None:
    """A letter lost before us can't be put back, so the editor is told where."""
    text, [finding] = clean("Title\n\nCaf\ufffd\n\nna\ufffdve")
    assert "\ufffd" in text
    assert (finding.id, finding.level, finding.place, finding.text) == (
        "replacement-characters",
        "warning",
        "line 3",
        "",
    )
    assert finding.message.startswith("2 replacement marks")


def test_composed_and_decomposed_letters_stay_as_written() -> None:
    """The reader changes no spelling, not even an invisible one."""
    assert read("Café and Cafe\u0301".encode()).articles[0].title == "Café and Cafe\u0301"


@pytest.mark.parametrize(
    ("encoding", "text"), [("cp1251", "Паром ушёл в полдень"), ("koi8-r", "Паром ушёл"), ("gbk", "渡轮中午离开了港口")]
)
def test_other_eight_bit_encodings_are_refused(encoding: str, text: str) -> None:
    """Russian or Chinese bytes are not read out as rows of accented letters."""
    with pytest.raises(ReadError, match="neither UTF-8 nor Windows-1252"):
        decode(f"{text}\n\n{text * 3}.\n".encode(encoding), "a")
