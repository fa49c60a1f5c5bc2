"""Documents that can't be had are refused with what is wrong and what to do."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import Paragraph, Text
from audio_edition.read import LIMIT_BYTES, read


def refusal(source: Path | bytes, name: str = "") -> ReadError:
    with pytest.raises(ReadError) as caught:
        read(source, name=name)
    assert caught.value.message.count(".") <= 1 + caught.value.message.count(".txt")
    assert caught.value.remedy.endswith(".")
    return caught.value


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere is said to."""
    path = tmp_path / "no.txt"
    assert refusal(path).message == f"{path} can't be read: there is no such file."


def test_a_folder_is_no_document(tmp_path: Path) -> None:
    """A folder is called one."""
    assert refusal(tmp_path, "here").message == "here can't be read: it is a folder."


def test_a_path_through_a_file_is_named(tmp_path: Path) -> None:
    """A file in the middle of a path is said to be no folder."""
    (tmp_path / "a.txt").touch()
    assert "not a folder" in refusal(tmp_path / "a.txt" / "b", "x").message


def test_a_file_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is said so. The refusal is played, since root may read everything."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert refusal(tmp_path / "a", "a").message == "a can't be read: you have no permission to read it."


def test_a_failing_disk_is_said_in_the_systems_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program has no words for is passed on."""

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    assert refusal(tmp_path / "a", "a").message == "a can't be read: Input/output error."


def test_a_path_that_cannot_be_is_refused() -> None:
    """Even a path that the system can't take is a clear error."""
    assert "null" in refusal(Path("a\0b"), "odd").message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "standard input is empty."),
        (b" \r\n\t\n", "standard input holds nothing but white space."),
        (b"\xef\xbb\xbf", "standard input holds nothing but white space."),
        ("* * *\n\n?!\n…".encode(), "standard input holds nothing to say: it has no letter or digit."),
    ],
)
def test_a_document_with_nothing_to_say_is_refused(data: bytes, message: str) -> None:
    """An empty edition is never made."""
    assert refusal(data, "standard input").message == message


def test_the_limit_is_the_largest_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of just the limit is read, one byte more is refused, from a file as from bytes."""
    monkeypatch.setattr(sys.modules["audio_edition.sources.files"], "LIMIT_BYTES", 2_000_000)
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 2_000_000)
    assert read(path).articles[0].title.startswith("aaa")
    path.write_bytes(b"a" * 2_000_001)
    assert refusal(path, "a.txt").message == "a.txt is larger than 2 MB, too large for an article."
    assert "larger than 2 MB" in refusal(b"a" * 2_000_001).message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero here")
def test_an_endless_device_is_refused() -> None:
    """Never more than the limit is read, even where there is no end."""
    assert LIMIT_BYTES == 50_000_000
    assert refusal(Path("/dev/zero")).message == "/dev/zero is larger than 50 MB, too large for an article."


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    """A named pipe, as a shell's <(command) makes one, is a document."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"Headline\n\nText.\n",))
    writer.start()
    article = read(pipe).articles[0]
    writer.join()
    assert article.title == "Headline"
    assert article.blocks == (Paragraph(Text("Text.")),)


def test_bytes_without_a_name_still_give_a_sentence() -> None:
    """An error reads well where nobody named the source."""
    assert refusal(b"").message == "the document is empty."
