"""Bad input gives one clear sentence, or a correct edition: never a traceback, never half a folder."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio_edition import audio
from audio_edition.cli import main
from audio_edition.speak import pyttsx3_engine

BODY = "\n\nThe ferry left at noon.\n"


def _build(document: Path | bytes, output: Path, *options: str) -> Result:
    words = ["-" if isinstance(document, bytes) else str(document), "-o", str(output), "--engine", "tone", *options]
    return CliRunner().invoke(main, ["build", *words], input=document if isinstance(document, bytes) else None)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"", "standard input is empty"),
        (b" \n\t\r\n  ", "nothing but white space"),
        (b"%PDF-1.7\n1 0 obj", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (bytes(range(256)) * 40, "standard input"),
        (b"A headline with a \x81 byte\n\nText.", "standard input"),
        ("… — ***\n\n?!\n".encode(), "standard input"),
        (b'{"format": "audio-edition script", "version": 1}', "standard input"),
        (b'{"format": "audio-edition script", ', "standard input"),
    ],
    ids=["empty", "blank", "pdf", "png", "binary", "undecodable", "unspeakable", "poor script", "broken script"],
)
def test_what_cannot_be_read_is_named(document: bytes, message: str, tmp_path: Path) -> None:
    """The message names the document and what is wrong with it, and no folder is made."""
    result = _build(document, tmp_path / "output")
    assert result.exit_code == 1, result.exception
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr
    assert not list(tmp_path.glob("output/*"))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "no such file"),
        (lambda path: path.mkdir(), "it is a folder"),
    ],
    ids=["missing", "folder"],
)
def test_a_path_that_is_no_article_is_named(make: Callable[[Path], None], message: str, tmp_path: Path) -> None:
    """The path is in the message, with what to do."""
    path = tmp_path / "article.txt"
    make(path)
    result = _build(path, tmp_path / "output")
    assert result.exit_code == 1
    assert f"{path} can't be read: " in result.stderr
    assert message in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("A headline only", "a-headline-only"),
        ("../../etc/passwd", "etc-passwd"),
        ("Con", "con-1"),
        ("“Quotes”, 'quotes' and \"quotes\" / slashes \\ here", "quotes-quotes-and-quotes-slashes-here"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("-- Dashes --", "dashes"),
        ("مرحبا بالعالم", None),
        ("你好世界", None),
        ("Long " * 100, None),
        ("x" * 20_000, None),
        ("NUL\x00 and \x1b[31mred\x1b[0m", None),
        ("[[h@l'oU]] and <speak><break time='9s'/></speak>", None),
    ],
    ids=lambda value: (value or "any")[:20].encode("ascii", "replace").decode().replace("\x00", "").replace("\x1b", ""),
)
def test_an_odd_headline_makes_a_correct_edition(headline: str, slug: str | None, tmp_path: Path) -> None:
    """Whatever the headline holds: one folder with a plain name in the output, all files in it, all text inside."""
    result = _build((headline + BODY).encode(), tmp_path / "output")
    assert result.exit_code == 0, result.stderr
    (folder,) = (tmp_path / "output").iterdir()
    assert folder.name.isascii()
    assert len(folder.name) <= 64
    if slug and not slug.endswith("-1"):
        assert folder.name == slug
    assert folder.name != "con"
    manifest = json.loads((folder / "edition.json").read_text("utf-8"))
    said = "".join(cue["text"] for chapter in manifest["chapters"] for cue in chapter["cues"])
    assert "The ferry left at noon." in said
    assert list(tmp_path.iterdir()) == [tmp_path / "output"]
    assert "\x1b" not in result.stderr


def test_a_headline_alone_is_an_edition(tmp_path: Path) -> None:
    """An article without a body has one chapter with one sentence."""
    assert _build(b"Only a headline", tmp_path).exit_code == 0
    manifest = json.loads((tmp_path / "only-a-headline" / "edition.json").read_text("utf-8"))
    assert [len(chapter["cues"]) for chapter in manifest["chapters"]] == [1]


@pytest.mark.slow
def test_one_line_of_a_megabyte_is_read_to_its_end(tmp_path: Path) -> None:
    """A line of 1 MB becomes sentences, all of them, in a script made in one go."""
    text = "A line\n\n" + "One more boat came home in the rain today. " * 24_000
    result = CliRunner().invoke(main, ["script", "-", "--format", "text"], input=text.encode())
    assert result.exit_code == 0
    assert result.stdout.count("One more boat") == 24_000


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--voice", "humm"], "no voice “humm”. Did you mean hum"),
        (["--engine", "espeak", "--language", "tlh"], "no voice for the language “tlh”"),
        (["--engine", "espeek"], "no engine “espeek”. Did you mean espeak?"),
        (["--config", "none.toml"], "none.toml: the settings can't be read"),
    ],
    ids=["voice", "language", "engine", "config"],
)
def test_what_is_not_there_suggests_the_nearest(options: list[str], message: str, tmp_path: Path) -> None:
    """Unknown names get the nearest known one; nothing is left in the output folder."""
    result = _build(b"Ferry leaves" + BODY.encode(), tmp_path / "output", *options)
    assert result.exit_code == 1
    assert " ".join(message.split()) in " ".join(result.stderr.split())
    assert not list(tmp_path.glob("output/*"))


def test_an_output_that_is_a_file_stays_as_it_is(tmp_path: Path) -> None:
    """The file is named and not touched."""
    (tmp_path / "file").write_text("precious")
    result = _build(b"Ferry leaves" + BODY.encode(), tmp_path / "file")
    assert result.exit_code == 1
    assert "this is a file" in result.stderr
    assert (tmp_path / "file").read_text() == "precious"


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission (or on a read-only disk) gives its name and a remedy."""

    def refused(*arguments: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied", str(tmp_path))

    monkeypatch.setattr(tempfile, "mkstemp", refused)
    result = _build(b"Ferry leaves" + BODY.encode(), tmp_path, "--no-cache")
    assert result.exit_code == 1
    assert f"{tmp_path}: the folder for editions can't be written (Permission denied)" in result.stderr


def test_a_missing_ffmpeg_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The path that was tried and the way to mend it are in the message."""
    audio.ffmpeg_path.cache_clear()
    audio.ffmpeg_version.cache_clear()
    monkeypatch.setenv("IMAGEIO_FFMPEG_EXE", str(tmp_path / "no-ffmpeg"))
    try:
        result = _build(b"Ferry leaves" + BODY.encode(), tmp_path / "output")
    finally:
        audio.ffmpeg_path.cache_clear()
        audio.ffmpeg_version.cache_clear()
    assert result.exit_code == 1
    assert "no-ffmpeg" in result.stderr
    assert "IMAGEIO_FFMPEG_EXE" in result.stderr
    assert not list(tmp_path.glob("output/*"))


def test_a_missing_espeak_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where eSpeak NG's wheel is gone, the message says what to install."""
    hide = "import sys; sys.modules['espeakng_loader'] = None; "
    monkeypatch.setattr(pyttsx3_engine, "_START", hide + pyttsx3_engine._START)
    result = _build(b"Ferry leaves" + BODY.encode(), tmp_path / "output", "--engine", "espeak")
    assert result.exit_code == 1
    assert "The engine espeak can't start here" in result.stderr
    assert "pip install --force-reinstall pyttsx3 espeakng-loader" in result.stderr
