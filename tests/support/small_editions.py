"""Editions to publish, made in a moment: true manifests, transcripts and chapters; sound and books of a few bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from audio_edition.edition.write_json import write as write_manifest
from audio_edition.formats import slug, write_packages
from audio_edition.model import (
    ChapterRecording,
    Cue,
    Delivery,
    Package,
    Recording,
    Script,
    Utterance,
    Voice,
)
from support.spoken import spoken_chapter

VOICE = Voice("en-gb", "English (Great Britain)", "en-gb", "espeak")
SECOND = 44_100
BASE = "https://example.org/listen/"
HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\"'`${7*7}]]>--> \u2028\u202e javascript:x"
"""What must stay text wherever it comes."""


def small_edition(
    output: Path,
    title: str,
    texts: Sequence[str] = ("The ferry left the harbour at noon.", "Nobody was on board."),
    *,
    published: str = "2026-11-22",
    language: str = "en",
    byline: str = "By Jane Doe",
    source: str = "The Courier",
    formats: Sequence[str] = ("mp3", "m4b", "epub", "daisy202", "cover", "transcript", "chapters"),
) -> Path:
    """An edition of one chapter in which every sentence lasts ten seconds; returns its folder."""
    name = slug(title)
    folder = output / name
    folder.mkdir(parents=True)
    recording = _recording(title, texts, published, language, byline, source)
    packages = list(
        write_packages(
            recording, folder, name, [one for one in formats if one in ("transcript", "chapters")] or ["chapters"]
        )
    )
    files = {"mp3": f"{name}.mp3", "m4b": f"{name}.m4b", "epub": f"{name}.epub", "daisy202": f"{name}-daisy202.zip"}
    for format_name in [one for one in formats if one not in ("transcript", "chapters")]:
        path = Path(files.get(format_name, "cover.png"))
        (folder / path).write_text(f"{format_name} of {title}\n", "utf-8", "replace")
        packages.append(Package(format_name, (path,)))
    write_manifest(recording, folder, packages, {})
    return folder


def _recording(title: str, texts: Sequence[str], published: str, language: str, byline: str, source: str) -> Recording:
    said = [Utterance("c01-p001-s01", title, title, "title")]
    said += [Utterance(f"c01-p{number:03}-s01", text, text) for number, text in enumerate(texts, start=2)]
    cues = tuple(
        Cue(utterance, 10 * SECOND * place, 10 * SECOND * place + 9 * SECOND) for place, utterance in enumerate(said)
    )
    chapter = spoken_chapter(said, title=title)
    recorded = ChapterRecording(chapter, 0, 10 * SECOND * len(said), cues)
    script = Script(title, (chapter,), language, published, source, byline)
    return Recording(script, (recorded,), Delivery(VOICE), "1.0")


def put(edition: Path, path: str, content: bytes) -> None:
    """Write a file of an edition, or another in its place, so that its edition.json tells of it truly."""
    (edition / path).parent.mkdir(exist_ok=True)
    (edition / path).write_bytes(content)
    manifest = json.loads((edition / "edition.json").read_bytes())
    known = {file["path"]: file for file in manifest["files"]}
    entry = known.get(path, {"path": path, "type": "application/octet-stream", "format": ""})
    entry |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    manifest["files"] = list({**known, path: entry}.values())
    (edition / "edition.json").write_text(json.dumps(manifest), "utf-8")


def tree(folder: Path) -> dict[str, bytes]:
    """All that is in a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
