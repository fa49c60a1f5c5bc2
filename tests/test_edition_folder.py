"""edition.json comes from anywhere: what it says is checked before it is believed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.edition.folder import read_edition
from audio_edition.errors import EditionError
from audio_edition.model import Speech
from support.places import ROOT

HUM = Settings(speech=Speech(engine="tone"), formats=("mp3",))


@pytest.fixture(scope="module")
def hummed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of beeps."""
    return make_edition(make_script(ROOT / "seeds/harbour.txt", HUM), tmp_path_factory.mktemp("output"), HUM).folder


def _changed(hummed: Path, folder: Path, change: dict[str, Any]) -> Path:
    manifest = json.loads((hummed / "edition.json").read_text("utf-8"))
    (folder / "edition.json").write_text(json.dumps(manifest | change), "utf-8")
    return folder


def test_an_edition_is_read_back_as_it_was_made(hummed: Path) -> None:
    """Texts, spoken forms and times are those of the recording, whichever way the edition is named."""
    made = make_script(ROOT / "seeds/harbour.txt", HUM)
    edition = read_edition(hummed)
    assert edition == read_edition(hummed / "edition.json")
    said = [cue.utterance for chapter in edition.chapters for cue in chapter.cues]
    assert [(one.id, one.text, one.spoken) for one in said] == [
        (one.id, one.text, one.spoken) for one in made.utterances
    ]
    assert edition.sound.suffix == ".mp3"
    assert edition.sound.exists()
    assert edition.chapters[0].end == edition.chapters[1].start


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "other"}, "not an edition of a version"),
        ({"version": 99}, "not an edition of a version"),
        ({"version": 1}, "an earlier version of this program made the edition"),
        ({"chapters": "none"}, "“chapters” is missing or of the wrong kind"),
        ({"chapters": [{"id": "c01", "title": "One", "start": -1, "length": 5, "cues": []}]}, "out of range"),
        ({"chapters": [{"id": "c01", "title": "One", "start": 0, "length": 1e99, "cues": []}]}, "“length” is missing"),
        ({"chapters": [{"id": "c01", "title": "One", "start": 0, "length": 9**20, "cues": []}]}, "out of range"),
        ({"files": [{"path": "/etc/passwd", "format": "mp3"}]}, "outside its folder"),
        ({"files": [{"path": "../../secret.mp3", "format": "mp3"}]}, "outside its folder"),
        ({"files": [{"path": "C:\\secret.mp3", "format": "mp3"}]}, "outside its folder"),
        ({"title": None}, "“title” is missing"),
    ],
    ids=str,
)
def test_what_can_not_be_is_told(hummed: Path, tmp_path: Path, change: dict[str, Any], told: str) -> None:
    """A manifest that is wrong, or leads out of its folder, is an error that names the file and the place."""
    with pytest.raises(EditionError, match=r"edition\.json") as error:
        read_edition(_changed(hummed, tmp_path, change))
    assert told in str(error.value)


def test_an_edition_of_books_is_read_and_its_whole_sound_missed_where_needed(hummed: Path, tmp_path: Path) -> None:
    """Who needs a file with all sound is told how to have one; who takes a book does not need it."""
    files = json.loads((hummed / "edition.json").read_text("utf-8"))["files"]
    books = [file for file in files if file["format"] not in ("mp3", "m4b")]
    edition = read_edition(_changed(hummed, tmp_path, {"files": books}))
    assert len(edition.files) == len(books)
    with pytest.raises(EditionError, match="no file of the edition holds all of its sound") as error:
        edition.whole_sound()
    assert "--format mp3" in error.value.remedy


def test_times_that_fall_are_told(hummed: Path, tmp_path: Path) -> None:
    """Cues out of order would be cut out of the sound at wrong places."""
    manifest = json.loads((hummed / "edition.json").read_text("utf-8"))
    first, second, *_ = manifest["chapters"][0]["cues"]
    first["start"], second["start"] = second["start"], first["start"]
    first["end"], second["end"] = second["end"], first["end"]
    with pytest.raises(EditionError, match="do not rise"):
        read_edition(_changed(hummed, tmp_path, manifest))


def _no_cues(chapter: dict[str, Any]) -> None:
    del chapter["cues"][2]["passage"]


def _other_order(chapter: dict[str, Any]) -> None:
    chapter["blocks"][0], chapter["blocks"][1] = chapter["blocks"][1], chapter["blocks"][0]


def _lost_block(chapter: dict[str, Any]) -> None:
    chapter["blocks"].pop()


def _same_name(chapter: dict[str, Any]) -> None:
    chapter["blocks"].append(chapter["blocks"][0])


def _unknown_block(chapter: dict[str, Any]) -> None:
    chapter["blocks"][1]["type"] = "marquee"


def _deep_block(chapter: dict[str, Any]) -> None:
    for _ in range(200):
        chapter["blocks"] = [{"type": "quote", "blocks": chapter["blocks"]}]


def _span_beyond(chapter: dict[str, Any]) -> None:
    chapter["cues"][0]["spans"] = [[0, 9999, "strong"]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_no_cues, "“passage” is missing"),
        (_other_order, "in another order"),
        (_lost_block, "sentences that its blocks do not have"),
        (_same_name, "two texts with the same id"),
        (_unknown_block, "c01.blocks[1] has no “type”"),
        (_deep_block, "more than 40 blocks"),
        (_span_beyond, "lies outside its text"),
    ],
)
def test_a_text_that_is_no_tree_of_its_cues_is_told(
    hummed: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    """Blocks and cues are two views of one text: what is in one only, or twice, is an error with its place."""
    manifest = json.loads((hummed / "edition.json").read_text("utf-8"))
    change(manifest["chapters"][0])
    with pytest.raises(EditionError, match=re.escape(told)):
        read_edition(_changed(hummed, tmp_path, manifest))


def test_an_edition_of_an_earlier_version_is_refused_with_what_makes_it_anew(hummed: Path, tmp_path: Path) -> None:
    """Publishing or packing it would guess at its structure; its document is where it came from."""
    with pytest.raises(EditionError) as error:
        read_edition(_changed(hummed, tmp_path, {"version": 1}))
    assert error.value.remedy == "Build it again from its document: audio-edition build DOCUMENT"


@pytest.mark.parametrize("text", ["", "{", "[]", "[" * 100_000, "\xff"], ids=["empty", "cut", "list", "deep", "binary"])
def test_what_is_no_manifest_is_told(tmp_path: Path, text: str) -> None:
    """A file that is no edition's is an error in one sentence."""
    (tmp_path / "edition.json").write_text(text, "latin-1")
    with pytest.raises(EditionError, match=r"edition\.json"):
        read_edition(tmp_path)


def test_a_folder_without_an_edition_is_told(tmp_path: Path) -> None:
    """A folder with other things in it is named, with what to name instead."""
    with pytest.raises(EditionError, match="as build prints it"):
        read_edition(tmp_path)
