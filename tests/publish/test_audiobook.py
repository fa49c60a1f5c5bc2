"""The W3C Audiobook by the rules of its specification, packed and unpacked; and the times of Readium's guide."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from audio_edition.formats import write_packages
from audio_edition.model import RATE_HZ, Recording
from support.guides import guided_objects, guided_sentences
from support.recordings import article, of_texts, reopened, repeated
from support.structured import everything

REQUIRED = {"@context", "conformsTo", "name", "readingOrder"}
EXPECTED = {
    "abridged", "accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard",
    "accessibilitySummary", "author", "dateModified", "datePublished", "duration", "id", "inLanguage", "readBy",
    "readingProgression", "resources", "type",
}  # fmt: skip
"""What the specification asks for, without which its processors complain."""


def _made(recording: Recording, folder: Path) -> tuple[dict[str, Any], Path]:
    edition = folder / "edition"
    edition.mkdir()
    write_packages(recording, edition, "ferry", ["audiobook"])
    return json.loads((edition / "publication.json").read_text("utf-8")), edition


def _seconds(duration: str) -> float:
    found = re.fullmatch(r"PT(\d+\.\d{3})S", duration)
    assert found
    return float(found[1])


def _links(manifest: dict[str, Any]) -> list[dict[str, Any]]:
    listed = [*manifest["readingOrder"], *manifest["resources"], *manifest["links"]]
    return [*listed, *(other for link in listed for other in link.get("alternate", []))]


def faults(manifest: dict[str, Any], folder: Path) -> list[str]:
    """What a processor of W3C Audiobooks would complain of."""
    found = [
        f"{name} is missing" for name in sorted(REQUIRED | EXPECTED) if not manifest.get(name) and name != "abridged"
    ]
    found += ["the profile is another"] * (manifest["conformsTo"] != "https://www.w3.org/TR/audiobooks/")
    found += ["there is no cover"] * (not any(link.get("rel") == "cover" for link in manifest["resources"]))
    urls = [track["url"] for track in manifest["readingOrder"]]
    found += ["a track stands twice"] * (len(set(urls)) < len(urls))
    for track in manifest["readingOrder"]:
        path = folder / track["url"]
        if not path.is_file():
            found.append(f"{track['url']} is not there")
        elif abs(reopened(path).info.length - _seconds(track["duration"])) > 0.001:
            found.append(f"{track['url']} has another length")
        found += ["a track has no transcript"] * (
            not any(o["encodingFormat"] == "text/html" for o in track["alternate"])
        )
    if (
        abs(sum(_seconds(track["duration"]) for track in manifest["readingOrder"]) - _seconds(manifest["duration"]))
        > 1e-6
    ):
        found.append("durations do not add up")
    found += [f"{link['url']} is not there" for link in _links(manifest) if not _leads(link["url"], folder)]
    return found


def _leads(url: str, folder: Path) -> bool:
    name, _, fragment = url.partition("#")
    path = folder / name
    return path.is_file() and (not fragment or f'id="{fragment}"' in path.read_text("utf-8"))


def test_a_processor_would_not_complain(tmp_path: Path) -> None:
    """All that the specification asks for is there and true; every address leads somewhere."""
    manifest, edition = _made(of_texts(tmp_path, article()), tmp_path)
    assert faults(manifest, edition) == []
    assert manifest["readBy"][0]["name"].startswith("Synthetic voice: ")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda manifest: manifest.pop("readBy"), "readBy is missing"),
        (lambda manifest: manifest.update(duration="PT1.000S"), "durations do not add up"),
        (lambda manifest: manifest["resources"].pop(0), "there is no cover"),
        (lambda manifest: manifest["readingOrder"].append(manifest["readingOrder"][0]), "a track stands twice"),
        (lambda manifest: manifest["readingOrder"][0].update(url="tracks/x.mp3"), "tracks/x.mp3 is not there"),
        (lambda manifest: manifest["readingOrder"][0].update(duration="PT9.000S"), "has another length"),
        (lambda manifest: manifest["readingOrder"][0]["alternate"].pop(0), "a track has no transcript"),
        (lambda manifest: manifest["resources"][2].update(url="transcript.html#nowhere"), "#nowhere is not there"),
    ],
)
def test_a_broken_manifest_would_be_noticed(tmp_path: Path, change: Any, fault: str) -> None:
    """The broken twins of the test above."""
    manifest, edition = _made(of_texts(tmp_path, article()), tmp_path)
    change(manifest)
    assert any(fault in found for found in faults(manifest, edition))


def test_the_package_is_the_publication(tmp_path: Path) -> None:
    """The manifest stands at the top, everything it leads to is in, sound is stored as it is, and bytes repeat."""
    recording = of_texts(tmp_path, article())
    manifest, edition = _made(recording, tmp_path)
    with zipfile.ZipFile(edition / "ferry.lpf") as archive:
        packed = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        stored = {e.filename for e in archive.infolist() if e.compress_type == zipfile.ZIP_STORED}
    assert next(iter(packed)) == "publication.json"
    assert {link["url"].partition("#")[0] for link in _links(manifest)} | {"publication.json"} == set(packed)
    assert packed == {name: (edition / name).read_bytes() for name in packed}
    assert {name for name in packed if name.endswith((".mp3", ".png"))} == stored
    (tmp_path / "again").mkdir()
    assert (
        _made(recording, tmp_path / "again")[1].joinpath("ferry.lpf").read_bytes()
        == (edition / "ferry.lpf").read_bytes()
    )


class _Contents(HTMLParser):
    """The links of the nav that is marked as the contents."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.inside = self.inside or (tag == "nav" and given.get("role") == "doc-toc")
        if self.inside and tag == "a":
            self.links.append(str(given["href"]))

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "nav"


def test_the_contents_lead_to_every_track(tmp_path: Path) -> None:
    """In the order of the reading order, also where there are 300."""
    manifest, edition = _made(repeated(tmp_path, [f"Chapter {number}" for number in range(1, 301)]), tmp_path)
    parser = _Contents()
    parser.feed((edition / "contents.html").read_text("utf-8"))
    assert parser.links == [track["url"] for track in manifest["readingOrder"]]


def test_the_guide_says_when_each_sentence_sounds(tmp_path: Path) -> None:
    """A reading app shows the sentence of the transcript that its track is saying."""
    recording = of_texts(tmp_path, article())
    manifest, edition = _made(recording, tmp_path)
    guide = json.loads((edition / "guided-navigation.json").read_text("utf-8"))
    for guided, track, chapter in zip(guide["guided"], manifest["readingOrder"], recording.chapters, strict=True):
        children = guided_sentences(guided)
        assert [child["textref"] for child in children] == [
            f"transcript.html#{cue.utterance.id}" for cue in chapter.cues
        ]
        for child, cue in zip(children, chapter.cues, strict=True):
            sound, _, times = child["audioref"].partition("#t=")
            assert sound == track["url"]
            assert float(times.split(",")[0]) == pytest.approx(cue.start / RATE_HZ, abs=0.00051)


_SKIPPED_OR_LEFT = {"aside", "details", "footnote", "pagebreak", "list", "listItem", "table", "row", "cell", "figure"}


def test_the_guide_says_what_can_be_skipped_and_left(tmp_path: Path) -> None:
    """By Readium's roles: notes, boxes, descriptions, pages; lists, tables, figures; headings with their levels."""
    manifest, edition = _made(of_texts(tmp_path, everything()), tmp_path)
    guide = json.loads((edition / "guided-navigation.json").read_text("utf-8"))
    roles = Counter(role for each in guided_objects(guide) for role in each.get("role", []))
    assert {role: count for role, count in roles.items() if role in _SKIPPED_OR_LEFT} == {
        "footnote": 2, "aside": 1, "details": 1, "pagebreak": 1, "list": 3, "listItem": 5, "table": 1, "row": 3,
        "cell": 3, "figure": 1,
    }  # fmt: skip
    assert {role: count for role, count in roles.items() if role.startswith("heading") or role.endswith("header")} == {
        "heading1": 2, "heading2": 1, "columnheader": 2, "rowheader": 2,
    }  # fmt: skip
    assert roles["chapter"] == len(manifest["readingOrder"])
    assert all(each.keys() & {"audioref", "children"} for each in guided_objects(guide))
    assert all(each["children"] for each in guided_objects(guide) if "children" in each)


def test_a_right_to_left_language_is_said_to_be_one(tmp_path: Path) -> None:
    """For the names in the manifest and for the direction of reading."""
    script = article()
    manifest, _ = _made(of_texts(tmp_path, type(script)(script.title, script.chapters, "ar")), tmp_path)
    assert manifest["readingProgression"] == "rtl"
    assert manifest["@context"][2] == {"language": "ar", "direction": "rtl"}
