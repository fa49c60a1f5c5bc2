"""Encoding is the cost: each chapter goes through an encoder once, however many packages are made of it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import Speech
from support.editions import EVERYTHING

TEXT = b"Three parts\n\nIt rained.\n\n- One -\n\nIt poured.\n\n- Two -\n\nIt stopped."


def _encoders(formats: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How often an encoder was started for each codec while an edition in these formats was made."""
    started: list[list[str]] = []

    class Counted(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, command: Any, *arguments: Any, **options: Any) -> None:
            started.append([str(word) for word in command])
            super().__init__(command, *arguments, **options)

    monkeypatch.setattr("audio_edition.audio.ffmpeg.subprocess.Popen", Counted)
    settings = Settings(Speech(engine="tone"), formats=formats)
    make_edition(make_script(TEXT, settings, "article"), folder, settings)
    return {codec: sum(command.count(codec) for command in started) for codec in ("libmp3lame", "-aac_coder")}


def test_every_package_is_made_of_one_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three chapters: three times LAME, three times AAC, in all formats together; and in MP3 alone as often."""
    every = _encoders(EVERYTHING, tmp_path / "every", monkeypatch)
    assert (every["libmp3lame"], every["-aac_coder"]) == (3, 3)
    alone = _encoders(("mp3",), tmp_path / "alone", monkeypatch)
    assert (alone["libmp3lame"], alone["-aac_coder"]) == (3, 0)
