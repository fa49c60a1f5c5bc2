"""What is refused is said in words for people, and never in those of a library."""

from __future__ import annotations

import re
import struct
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from audio_edition.cli import main
from audio_edition.errors import ReadError
from support.documents import book, paragraph, word
from support.soundness import read_or_refused

WORD = word(paragraph("The ferry is late.") * 50)
OF_LIBRARIES = re.compile(
    r"xml[A-Z]|XML_|libxml|huge_tree|[Bb]ad (?:magic|CRC)|central directory|zip file|zlib|Errno|Traceback|codec|\bb'"
    r"|decode byte|Expecting|expected token|Opening and ending|EntityRef|PCDATA|StartTag|\w+Error|0x[0-9a-f]{2}|None"
    r"|stream error|invalid distance"
)


def _changed(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


_LOCAL = WORD.index(b"PK\x03\x04")
_CENTRAL = WORD.index(b"PK\x01\x02")
_MAIN = WORD.index(b"word/document.xml")

REFUSED: dict[str, bytes] = {
    "cut.docx": WORD[: len(WORD) // 2],
    "end.docx": WORD[:-30],
    "magic.docx": _changed(WORD, _CENTRAL, b"PK\x01\x03"),
    "header.docx": _changed(WORD, WORD.rindex(b"PK\x03\x04", 0, _MAIN), b"PK\x09\x09"),
    "bytes.docx": _changed(WORD, _MAIN + 40, bytes(40)),
    "method.docx": _changed(
        WORD, WORD.rindex(b"PK\x01\x02", 0, WORD.rindex(b"word/document.xml")) + 10, struct.pack("<H", 77)
    ),
    "no.epub": b"PK\x03\x04" + b"META-INF/container.xml" * 3,
    "cut.epub": book({"a": "<p>x</p>"})[:-200],
    "pair.nitf": b"<nitf><body></nitf>",
    "cut.nitf": b"<nitf><body><p>The ferry",
    "deep.nitf": b"<nitf><body>" + b"<block>" * 3000 + b"x" + b"</block>" * 3000 + b"</body></nitf>",
    "long.nitf": b"<nitf><body><p>" + b"a" * 10_500_000 + b"</p></body></nitf>",
    "long.rss": b'<rss a="' + b"a" * 10_500_000 + b'"><channel/></rss>',
    "ampersand.nitf": b"<nitf><body><p>Fish &#0; chips</p></body></nitf>",
    "attribute.nitf": b"<nitf a=b><body/></nitf>",
    "twice.nitf": b'<nitf a="1" a="2"><body/></nitf>',
    "behind.nitf": b"<nitf><body/></nitf><p>x</p>",
    "control.nitf": b"<nitf><body>\x01</body></nitf>",
    "encoding.nitf": b'<?xml version="1.0" encoding="klingon"?><nitf><body/></nitf>',
    "comment.nitf": b"<nitf><body><!-- x -- y </body></nitf>",
    "cdata.nitf": b"<nitf><body><![CDATA[ x </body></nitf>",
    "name.nitf": b"<nitf><body><1a/></body></nitf>",
    "unknown.xml": b"<zebra><n>1</n></zebra>",
    "a.json": b'{"uri": "x", "headline": }',
    "b.json": b'{"uri": "x", "headline": "x"',
    "toml.md": b"+++\ntitle = Rain\n+++\nx",
    "yaml.md": b"---\ntitle: [a\n---\nx",
    "json.md": b";;;\n{title}\n;;;\nx",
    "marks.txt": b"* * *\n\n?!\n",
}


@pytest.mark.parametrize("name", REFUSED)
def test_no_message_is_a_librarys(name: str) -> None:
    """One sentence that names the file and what is wrong, and one that says what to do."""
    refused = read_or_refused(REFUSED[name], name)
    if isinstance(refused, ReadError):
        assert not OF_LIBRARIES.search(str(refused)), str(refused)
        assert len(str(refused)) < 400
    else:
        assert name in ("json.md",)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("cut.docx", "as if it was not saved or sent whole"), ("deep.nitf", "nested too deeply"), ("long.nitf",
        "too long"),
        ("ampersand.nitf", "line 1, column 25: an “&”"), ("pair.nitf", "tags are not in pairs"), ("unknown.xml",
        "<zebra>"),
        ("cut.nitf", "ends too early"), ("behind.nitf", "behind its end"), ("marks.txt", "no letter and no digit"),
        ("toml.md", "line 1, column 9"), ("encoding.nitf", "an encoding"), ("method.docx", "packed in a way"),
    ],
)  # fmt: skip
def test_a_message_says_what_is_wrong(name: str, says: str) -> None:
    """As far as that can be told without knowing the format."""
    assert says in str(read_or_refused(REFUSED[name], name))


@pytest.mark.parametrize("command", ["build", "script", "proof"])
def test_a_file_that_begins_with_a_dash_gets_a_hint(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is taken for an option; others get none."""
    monkeypatch.chdir(tmp_path)
    assert "write ./-dash.md" in CliRunner().invoke(main, [command, "-dash.md"]).output
    Path("-notes").write_text("x", "utf-8")
    assert "write ./-notes" in CliRunner().invoke(main, [command, "-notes"]).output
    wrong = CliRunner().invoke(main, [command, "--nope", "a.md"])
    assert wrong.exit_code == 2
    assert "write ./" not in wrong.output
    assert sys.exc_info() == (None, None, None)
