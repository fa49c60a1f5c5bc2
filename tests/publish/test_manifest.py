"""edition.json: what was built, each cue in samples, each file with its digest, and the same bytes every time."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from audio_edition.edition.write_json import JSON
from audio_edition.edition.write_json import write as write_manifest
from audio_edition.formats import write_packages
from audio_edition.model import (
    ChapterRecording,
    Cue,
    Delivery,
    Finding,
    Package,
    Recording,
    Script,
    Utterance,
    Word,
)
from support.recordings import FRAME, VOICE, article, of_texts, with_a_second_voice
from support.spoken import spoken_chapter
from support.structured import chart, everything

FORMATS = ("mp3", "tracks", "transcript", "chapters")
FACTS: dict[str, JSON] = {
    "settings": {"rate_wpm": 175, "formats": ["mp3"]},
    "versions": {"audio-edition": "0.1.0"},
    "loudness": -19.0,
}


def manifest_of(recording: Recording, folder: Path, *packages: Package) -> Any:
    return json.loads(write_manifest(recording, folder, packages, FACTS).read_bytes())


def test_the_head_says_what_was_built(tmp_path: Path) -> None:
    """Title, credits, length in samples and in seconds, voice and engine."""
    manifest = manifest_of(of_texts(tmp_path, article()), tmp_path)
    expected = {
        "format": "audio-edition",
        "version": 2,
        "title": "Ferry “Gull” sinks & floats",
        "language": "en",
        "published": "2026-10-09",
        "source": "The Wire",
        "byline": "By Jane Doe",
        "dateline": "OSLO, Oct. 9 (Wire)",
        "rate_hz": 44_100,
        "length": 3 * 20 * FRAME,
        "duration": 1.567,
        "engine_version": "eSpeak NG 1.52",
    }
    assert {name: manifest[name] for name in expected} == expected
    assert manifest["voice"] == {
        "engine": "espeak",
        "id": "espeak:en",
        "name": "English",
        "language": "en",
        "gender": "",
        "licence": "",
        "version": "",
        "learned": False,
        "rate_wpm": 175,
    }
    assert {name: manifest[name] for name in FACTS} == FACTS


def test_cues_and_words_count_from_the_start_of_the_edition(tmp_path: Path) -> None:
    """A chapter's start is in all of its times, once."""
    recording = of_texts(tmp_path, article())
    chapters = manifest_of(recording, tmp_path)["chapters"]
    for part, entry in zip(recording.chapters, chapters, strict=True):
        assert (entry["start"], entry["length"]) == (part.start, part.length)
        for cue, said in zip(part.cues, entry["cues"], strict=True):
            assert (said["start"], said["end"]) == (part.start + cue.start, part.start + cue.end)
            assert said["words"] == [[said["start"], said["end"], 0, len(cue.utterance.text)]]


def test_a_cue_leaves_out_what_is_as_usual(tmp_path: Path) -> None:
    """What is spoken as written, in the edition's language, after a space, is not said again."""
    chapters = manifest_of(of_texts(tmp_path, article()), tmp_path)["chapters"]
    cues = {cue["id"]: cue for chapter in chapters for cue in chapter["cues"]}
    assert set(cues["c02-p001-s01"]) == {"id", "passage", "role", "start", "end", "text", "words"}
    assert cues["c01-p003-s01"]["spoken"] == "Oslo, October 9"
    assert cues["c02-p002-s01"]["language"] == "fr"
    assert cues["c03-p002-s02"]["space_before"] is False


def test_the_text_is_a_tree_whose_leaves_the_cues_name(tmp_path: Path) -> None:
    """Each sentence names its passage, and each passage stands once in the blocks: where, says what it is."""
    chapters = manifest_of(of_texts(tmp_path, everything()), tmp_path)["chapters"]
    for chapter in chapters:
        passages = re.findall(r"'passage': '([^']+)'", str(chapter["blocks"]))
        assert len(set(passages)) == len(passages)
        assert {cue["passage"] for cue in chapter["cues"]} <= set(passages)
    (list_,) = (block for block in chapters[0]["blocks"] if block["type"] == "list")
    assert (list_["ordered"], list_["start"], [item.get("value") for item in list_["items"]]) == (
        True, 3, [None, None, 9],
    )  # fmt: skip
    paragraph, inner = list_["items"][1]["blocks"]
    assert (inner["type"], len(inner["items"])) == ("list", 2)
    (said,) = (cue for cue in chapters[0]["cues"] if cue["passage"] == paragraph["text"]["passage"])
    assert (said["text"], said["announces"], said["spoken"]) == ("Count the gates:", "4.", "4. Count the gates:")


def test_a_table_knows_its_headers_and_a_picture_its_file(tmp_path: Path) -> None:
    """What a screen reader asks for is there without looking at a word of the text."""
    manifest = manifest_of(of_texts(tmp_path, everything()), tmp_path)
    _, _, figure, _, table, *_ = manifest["chapters"][1]["blocks"]
    assert [row.get("part", "body") for row in table["rows"]] == ["head", "body", "body"]
    assert table["rows"][2]["cells"][1]["columns"] == 2
    assert table["rows"][1]["cells"][2]["headers"] == [[0, 2], [1, 0]]
    assert table["rows"][0]["cells"][0]["blocks"] == [
        {"type": "paragraph", "text": {"passage": "c02-p007", "role": "header_cell"}}
    ]
    assert figure["blocks"][0]["image"] == chart().name
    assert manifest["images"] == [{"name": chart().name, "type": "image/png", "width": 8, "height": 6}]


def test_links_and_notes_are_spans_of_the_sentence(tmp_path: Path) -> None:
    """A sentence stays one cue, with what its characters are beside it; words that cannot be said stand in the tree."""
    (chapter, _) = manifest_of(of_texts(tmp_path, everything()), tmp_path)["chapters"]
    (linked,) = (cue for cue in chapter["cues"] if cue["text"].startswith("See the report"))
    assert linked["spans"] == [
        [4, 14, "link", "https://courier.example/report?a=1&b=2"],
        [4, 7, "emphasis"],
        [14, 14, "note", "n1"],
        [27, 36, "link", "#gates"],
    ]
    unsaid = {block["text"]["passage"]: block["text"].get("unspoken") for block in chapter["blocks"] if "text" in block}
    assert unsaid["c01-p009"] == {"text": "(…)"}


def test_the_head_says_what_the_document_says_of_the_work(tmp_path: Path) -> None:
    """Everybody who made it, with what they did; nothing where the document says nothing."""
    metadata = manifest_of(of_texts(tmp_path, everything()), tmp_path)["metadata"]
    assert [(creator["name"], creator["role"]) for creator in metadata["creators"]] == [
        ("Ann Holt", "author"),
        ("Bo Lind", "author"),
        ("Cy Reed", "translator"),
        ("Di Falk", "illustrator"),
    ]
    assert metadata["identifiers"] == ["urn:isbn:9780306406157"]
    assert "cover" not in metadata
    assert "metadata" not in manifest_of(of_texts(tmp_path, article()), tmp_path)


def test_voices_beside_the_main_one_are_named_where_they_speak(tmp_path: Path) -> None:
    """A cue says who speaks where it is not the edition's voice; the head describes all of them."""
    manifest = manifest_of(with_a_second_voice(of_texts(tmp_path, article())), tmp_path)
    (other,) = manifest["other_voices"]
    assert (other["engine"], other["id"], other["name"]) == ("piper", "ann.onnx", "Ann & Co")
    assert (other["language"], other["gender"]) == ("en-gb", "female")
    cues = [cue for chapter in manifest["chapters"] for cue in chapter["cues"]]
    assert {cue["id"]: cue["voice"] for cue in cues if "voice" in cue} == {
        "c02-p003-s01": {"engine": "piper", "id": "ann.onnx"}
    }


def test_every_other_file_is_listed_with_its_digest(tmp_path: Path) -> None:
    """By path, with size, media type and the format that wrote it; the manifest itself is not among them."""
    edition = tmp_path / "edition"
    edition.mkdir()
    recording = of_texts(tmp_path, article())
    packages = write_packages(recording, edition, "ferry", FORMATS)
    (edition / "cover.png").write_bytes(b"not of any format")
    write_manifest(recording, edition, packages, FACTS)
    files = manifest_of(recording, edition, *packages)["files"]
    on_disk = {path.relative_to(edition).as_posix(): path for path in edition.rglob("*") if path.is_file()}
    assert [entry["path"] for entry in files] == sorted(on_disk.keys() - {"edition.json"})
    for entry in files:
        data = on_disk[entry["path"]].read_bytes()
        assert (entry["size"], entry["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    kinds = {entry["path"]: (entry["type"], entry["format"]) for entry in files}
    assert kinds == {
        "chapters.json": ("application/json+chapters", "chapters"),
        "cover.png": ("image/png", ""),
        "ferry.mp3": ("audio/mpeg", "mp3"),
        "playlist.m3u8": ("audio/mpegurl", "tracks"),
        "tracks/001-ferry-gull-sinks-floats.mp3": ("audio/mpeg", "tracks"),
        "tracks/002-the-rescue.mp3": ("audio/mpeg", "tracks"),
        "tracks/003-after.mp3": ("audio/mpeg", "tracks"),
        "transcript.html": ("text/html", "transcript"),
        "transcript.txt": ("text/plain", "transcript"),
        "transcript.vtt": ("text/vtt", "transcript"),
    }


def test_findings_are_kept(tmp_path: Path) -> None:
    """What an editor should know is known to who opens the edition later."""
    finding = Finding("script.currency", "warning", "“£” was not said.", "c01-p004-s01", text="£")
    recording = of_texts(tmp_path, dataclasses.replace(article(), findings=(finding,)))
    assert manifest_of(recording, tmp_path)["findings"] == [
        {
            "id": "script.currency",
            "level": "warning",
            "message": "“£” was not said.",
            "place": "c01-p004-s01",
            "text": "£",
        }
    ]


def test_a_cue_a_line(tmp_path: Path) -> None:
    """Two editions can be compared line by line: a changed sentence changes one."""
    recording = of_texts(tmp_path, article())
    lines = write_manifest(recording, tmp_path, [], FACTS).read_text("utf-8").split("\n")
    for utterance in recording.script.utterances:
        assert len([line for line in lines if line.startswith(f'{{"id":"{utterance.id}"')]) == 1


@pytest.mark.parametrize("text", ['"quoted"\n\\', "\x00\x1f", "船", "🚢", "half a pair \ud83d"])
def test_any_text_comes_back(tmp_path: Path, text: str) -> None:
    """Positions of words in it still hold, even where a character is none."""
    script = Script("T", (spoken_chapter([Utterance("c01-p001-s01", text, text)]),))
    (chapter,) = manifest_of(of_texts(tmp_path, script), tmp_path)["chapters"]
    assert chapter["cues"][0]["text"] == text.replace("\ud83d", "?")


def test_a_fact_that_is_no_number_is_refused(tmp_path: Path) -> None:
    """JSON has no NaN: a reader would reject the whole file."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        write_manifest(of_texts(tmp_path, article()), tmp_path, [], {"loudness": float("nan")})


def test_same_recording_same_bytes(tmp_path: Path) -> None:
    """Every file of the edition, whatever the folder it is built in."""
    recording = of_texts(tmp_path, article())
    contents = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        write_manifest(recording, folder, write_packages(recording, folder, "ferry", FORMATS), FACTS)
        contents.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert contents[0] == contents[1]
    assert len(contents[0]) == 10


def test_a_book_needs_no_memory(tmp_path: Path) -> None:
    """20,000 timed words are written in less than two megabytes."""
    words = tuple(Word(index, index + 1, index, index + 1) for index in range(20))
    said = Utterance("c01-p001-s01", "word " * 20, "word " * 20)
    chapter = spoken_chapter([said])
    cues = tuple(Cue(said, 0, 20, words) for _ in range(1000))
    recording = Recording(
        Script("T", (chapter,)), (ChapterRecording(chapter, 0, 1000 * FRAME, cues),), Delivery(VOICE), "1"
    )
    tracemalloc.start()
    path = write_manifest(recording, tmp_path, [], FACTS)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 400_000
    assert peak_bytes < 2_000_000
