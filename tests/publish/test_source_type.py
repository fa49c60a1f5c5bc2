"""The digital source type: programs that know nothing of this one are told that a voice is synthetic, of which kind."""

from __future__ import annotations

import dataclasses
import json
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from mutagen.id3 import ID3
from mutagen.mp4 import MP4

from audio_edition.formats import PACKAGES
from audio_edition.formats.id3 import in_time_order
from audio_edition.model import PERSON, Recording, Voice
from support.recordings import article, of_texts, reopened

IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
KINDS = [
    (Voice("x", "Ann", "en", "espeak"), "algorithmicMedia"),
    (Voice("x", "Ann", "en", "kokoro", learned=True), "trainedAlgorithmicMedia"),
    (Voice("x", "Ann Holt", "en", PERSON), "digitalCapture"),
]


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    return of_texts(tmp_path, article())


def _by(recording: Recording, voice: Voice) -> Recording:
    return dataclasses.replace(recording, delivery=dataclasses.replace(recording.delivery, voice=voice))


def _said(packet: bytes) -> list[str]:
    """What an XMP packet says, by a parser of XML alone."""
    root = etree.fromstring(packet)
    return [str(found.text) for found in root.iter("{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType")]


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    while data:
        size, kind = struct.unpack(">I4s", data[:8])
        yield kind, data[8:size]
        data = data[size:]


@pytest.mark.parametrize(("voice", "kind"), KINDS)
def test_xmp_in_every_file_of_sound(recording: Recording, tmp_path: Path, voice: Voice, kind: str) -> None:
    """In an ID3 frame for programs, and in a box of MP4, both as XMP's own specification has it; and they repeat."""
    spoken = _by(recording, voice)
    for name in ("mp3", "tracks", "m4b"):
        PACKAGES[name].write(spoken, tmp_path, "story")
    for path in (tmp_path / "story.mp3", *(tmp_path / "tracks").glob("*.mp3")):
        (frame,) = ID3(path).getall("PRIV")
        assert (frame.owner, _said(frame.data)) == ("XMP", [f"{IPTC}{kind}"])
    boxes = list(_boxes((tmp_path / "story.m4b").read_bytes()))
    assert [name for name, _ in boxes] == [b"ftyp", b"moov", b"mdat", b"uuid"]
    assert boxes[-1][1].startswith(XMP_BOX)
    assert _said(boxes[-1][1][16:]) == [f"{IPTC}{kind}"]


@pytest.mark.parametrize(("voice", "kind"), KINDS)
def test_books_say_it_in_their_metadata(recording: Recording, tmp_path: Path, voice: Voice, kind: str) -> None:
    """EPUB under a prefix that it declares, and in schema.org's word; DAISY under one for producers' own."""
    spoken = _by(recording, voice)
    for name in ("epub", "daisy202", "daisy3", "tracks", "images", "transcript", "cover", "audiobook"):
        PACKAGES[name].write(spoken, tmp_path, "story")
    schema = f"https://schema.org/{kind[0].upper()}{kind[1:]}DigitalSource"
    package = etree.fromstring(_member(tmp_path / "story.epub", "EPUB/package.opf"))
    metas = {meta.get("property"): meta.text for meta in package.iter("{*}meta")}
    assert package.get("prefix") == "Iptc4xmpExt: http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    assert metas["Iptc4xmpExt:DigitalSourceType"] == f"{IPTC}{kind}"
    assert metas["schema:digitalSourceType"] == schema
    for book, member in (("story-daisy202.zip", "ncc.html"), ("story-daisy3.zip", "book.opf")):
        root = etree.fromstring(_member(tmp_path / book, member), etree.XMLParser(load_dtd=False, no_network=True))
        metas = {meta.get("name"): meta.get("content") for meta in root.iter("{*}meta")}
        assert metas["prod:digitalSourceType"] == f"{IPTC}{kind}"
    assert json.loads((tmp_path / "publication.json").read_bytes())["digitalSourceType"] == schema


def _member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as book:
        return book.read(name)


def test_players_are_not_disturbed(recording: Recording, tmp_path: Path) -> None:
    """With XMP in it, a file has the chapters, the length and the sound that it has without."""
    for name in ("mp3", "m4b"):
        PACKAGES[name].write(recording, tmp_path, "story")
    shutil.copyfile(tmp_path / "story.mp3", tmp_path / "bare.mp3")
    tags = ID3(tmp_path / "bare.mp3")
    tags.delall("PRIV")
    tags.save(v2_version=3, padding=lambda info: 0)
    data, size = (tmp_path / "bare.mp3").read_bytes(), ID3(tmp_path / "bare.mp3").size
    (tmp_path / "bare.mp3").write_bytes(in_time_order(data[:size]) + data[size:])
    whole = (tmp_path / "story.m4b").read_bytes()
    (tmp_path / "bare.m4b").write_bytes(whole[: whole.rindex(b"uuid") - 4])
    for suffix in ("mp3", "m4b"):
        with_xmp, without = tmp_path / f"story.{suffix}", tmp_path / f"bare.{suffix}"
        assert _decoded(with_xmp) == _decoded(without)
        assert _chapters(with_xmp) == _chapters(without) != []
    assert reopened(tmp_path / "story.mp3").info.length == reopened(tmp_path / "bare.mp3").info.length
    assert MP4(tmp_path / "story.m4b").tags == MP4(tmp_path / "bare.m4b").tags


def _decoded(path: Path) -> bytes:
    command = ["ffmpeg", "-v", "error", "-xerror", "-i", str(path), "-map", "0:a", "-f", "md5", "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _chapters(path: Path) -> object:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(path)]
    chapters: object = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["chapters"]
    return chapters
