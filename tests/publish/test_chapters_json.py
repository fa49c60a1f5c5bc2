"""chapters.json as podcast players read it: version, ascending times in seconds, titles."""

from __future__ import annotations

import json
from pathlib import Path

from audio_edition.formats import PACKAGES
from support.recordings import FRAME, of_lengths


def test_players_find_every_chapter(tmp_path: Path) -> None:
    """Times are the samples' own, to the millisecond; chapters touch (JSON Chapters 1.2)."""
    recording = of_lengths(tmp_path, [20, 33, 61], ["One", "“Zwei” & <drei>", "غرق"])
    assert PACKAGES["chapters"].write(recording, tmp_path, "edition").files == (Path("chapters.json"),)
    read = json.loads((tmp_path / "chapters.json").read_bytes())
    ends = [20 * FRAME / 44_100, 53 * FRAME / 44_100, 114 * FRAME / 44_100]
    assert read["version"] == "1.2.0"
    assert read["title"] == "The edition"
    assert [entry["startTime"] for entry in read["chapters"]] == [0, 0.522, 1.384]
    assert [entry["endTime"] for entry in read["chapters"]] == [round(end, 3) for end in ends]
    assert [entry["title"] for entry in read["chapters"]] == ["One", "“Zwei” & <drei>", "غرق"]
