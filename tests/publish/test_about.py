"""What a document says of the work is in every package: all who made it, and what it belongs to."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from mutagen.mp4 import MP4

from audio_edition.formats import PACKAGES
from audio_edition.formats.about import about, artist
from audio_edition.model import Creator, Metadata, Recording, Script
from support.recordings import article, of_texts, reopened, repeated
from support.structured import everything

AUTHORS = "Ann Holt, Bo Lind"


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    return of_texts(tmp_path, everything())


def test_the_mp3_names_all_who_made_the_work(recording: Recording, tmp_path: Path) -> None:
    """Authors as artist, the voice as who reads, the others with what they did."""
    PACKAGES["mp3"].write(recording, tmp_path, "book")
    tag = reopened(tmp_path / "book.mp3").tags
    names = ("TPE1", "TPE2", "TCOM", "TIT3", "TPUB", "TCOP")
    assert {name: str(tag[name]) for name in names} == {
        "TPE1": AUTHORS,
        "TPE2": AUTHORS,
        "TCOM": "Synthetic voice: English (espeak)",
        "TIT3": "What the year brought",
        "TPUB": "The Courier",
        "TCOP": "2026 The Courier",
    }
    assert tag["TIPL"].people == [["translator", "Cy Reed"], ["illustrator", "Di Falk"]]
    own = {frame.desc: str(frame) for frame in tag.getall("TXXX")}
    assert (
        own.items()
        >= {
            "DESCRIPTION": "Ferries, gates and people.",
            "SUBJECT": "Harbours; Ferries",
            "SERIES": "Reports",
            "SERIES-PART": "3",
            "ISBN": "9780306406157",
            "IDENTIFIER": "urn:isbn:9780306406157",
            "TRANSLATOR": "Cy Reed",
            "RIGHTS": "© 2026 The Courier",
        }.items()
    )


def test_the_m4b_names_all_who_made_the_work(recording: Recording, tmp_path: Path) -> None:
    """As audiobook apps ask for them: the narrator is no composer of theirs."""
    PACKAGES["m4b"].write(recording, tmp_path, "book")
    tags: Any = MP4(tmp_path / "book.m4b").tags
    names = ("\xa9ART", "aART", "\xa9wrt", "\xa9pub", "cprt", "desc", "ldes")
    assert {name: tags[name] for name in names} == {
        "\xa9ART": [AUTHORS],
        "aART": [AUTHORS],
        "\xa9wrt": ["Synthetic voice: English (espeak)"],
        "\xa9pub": ["The Courier"],
        "cprt": ["© 2026 The Courier"],
        "desc": ["Ferries, gates and people."],
        "ldes": ["Ferries, gates and people."],
    }
    prefix = "----:com.apple.iTunes:"
    own = {name.removeprefix(prefix): bytes(tags[name][0]).decode() for name in tags if name.startswith(prefix)}
    assert (
        own.items()
        >= {
            "SUBTITLE": "What the year brought",
            "SERIES": "Reports",
            "SERIES-PART": "3",
            "ISBN": "9780306406157",
            "TRANSLATOR": "Cy Reed",
            "ILLUSTRATOR": "Di Falk",
        }.items()
    )


def test_the_audiobook_names_all_who_made_the_work(recording: Recording, tmp_path: Path) -> None:
    """By the words of the W3C's manifest, and schema.org's beyond them."""
    for name in ("tracks", "images", "transcript", "cover", "audiobook"):
        PACKAGES[name].write(recording, tmp_path, "book")
    manifest = json.loads((tmp_path / "publication.json").read_bytes())
    assert manifest["author"] == ["Ann Holt", "Bo Lind"]
    assert manifest["translator"] == ["Cy Reed"]
    assert manifest["illustrator"] == ["Di Falk"]
    assert manifest["keywords"] == ["Harbours", "Ferries"]
    assert manifest["isPartOf"] == {"type": "CreativeWorkSeries", "name": "Reports"}
    assert manifest["isbn"] == "9780306406157"


def test_what_is_not_known_is_not_said(tmp_path: Path) -> None:
    """Of a wire story without metadata nothing is claimed, and its byline names the writer."""
    recording = of_texts(tmp_path, article())
    PACKAGES["mp3"].write(recording, tmp_path, "story")
    tag = reopened(tmp_path / "story.mp3").tags
    assert str(tag["TPE1"]) == "Jane Doe"
    assert not {"TIPL", "TCOP", "TIT3"} & set(tag)
    assert {frame.desc for frame in tag.getall("TXXX")} == {"AI_DISCLOSURE", "digitalSourceType"}


def test_who_once_read_it_is_not_who_reads_it(tmp_path: Path) -> None:
    """A book's own narrator is nobody that this edition has."""
    metadata = Metadata((Creator("Al Ray", "narrator"), Creator("Ann Holt"), Creator(" ", "editor")))
    work = about(replace(article(), metadata=metadata))
    assert (work.authors, work.others) == (("Ann Holt",), ())


@pytest.mark.parametrize(
    ("byline", "source", "expected"),
    [
        ("By Jane Doe", "The Wire", "Jane Doe"),
        ("", "The Wire", "The Wire"),
        ("", "", "Synthetic voice: English"),
    ],
)
def test_somebody_is_always_named(tmp_path: Path, byline: str, source: str, expected: str) -> None:
    """The byline, where the document names no author; else the publisher, else the voice."""
    recording = repeated(tmp_path, ["One"])
    script = replace(recording.script, byline=byline, source=source)
    assert artist(replace(recording, script=script)) == expected


@pytest.mark.parametrize(
    ("identifier", "isbn"),
    [
        ("urn:isbn:9780306406157", "9780306406157"),
        ("ISBN 978-0-306-40615-7", "9780306406157"),
        ("0-306-40615-x", "030640615X"),
        ("urn:uuid:12345678-1234-1234-1234-123456789012", ""),
        ("https://doi.example/10.1000/182", ""),
        ("123456789", ""),
    ],
)
def test_an_isbn_is_known_however_it_is_written(identifier: str, isbn: str) -> None:
    """Libraries look books up by its figures."""
    assert about(Script("T", (), metadata=Metadata(identifiers=("other", identifier)))).isbn == isbn
