"""Broken twins: for each finding, what breaks a good edition by one thing so that it, and no other, is found."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen.id3 import ID3, PRIV, TIT3, USLT
from mutagen.mp4 import MP4

from audio_edition import audio
from audio_edition.formats.id3 import in_time_order
from audio_edition.model import RATE_HZ
from support.liblouis import INSTALLED

Break = Callable[[Path], object]
_XMP_BOX = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
Samples = np.ndarray[Any, np.dtype[np.int16]]


@dataclass(frozen=True)
class Twin:
    """What breaks a copy of the edition, and what else is found then, because one thing is told in several places."""

    breaks: Break
    also: tuple[str, ...] = ()
    sealed: bool = True
    """Whether edition.json is told of the change, so that only the packages' own readers can notice."""
    of: str = "issue"
    """The good edition that is broken: of several articles, or of one alone."""


# --- tools to break with


def manifest_of(folder: Path) -> Any:
    return json.loads((folder / "edition.json").read_text("utf-8"))


def write_manifest(folder: Path, manifest: Any) -> None:
    (folder / "edition.json").write_text(json.dumps(manifest, ensure_ascii=False), "utf-8")


def seal(folder: Path) -> None:
    """Tell edition.json of every file as it is now."""
    manifest = manifest_of(folder)
    for file in manifest["files"]:
        path = folder / file["path"]
        if path.is_file():
            data = path.read_bytes()
            file["size"], file["sha256"] = len(data), hashlib.sha256(data).hexdigest()
    write_manifest(folder, manifest)


def the(folder: Path, suffix: str) -> Path:
    (found,) = (path for path in folder.iterdir() if path.name.endswith(suffix))
    return found


def in_manifest(change: Callable[[Any], object]) -> Break:
    def breaks(folder: Path) -> None:
        manifest = manifest_of(folder)
        change(manifest)
        write_manifest(folder, manifest)

    return breaks


def unlisted(suffix: str) -> Break:
    """Neither in the folder nor in edition.json."""

    def breaks(folder: Path) -> None:
        path, manifest = the(folder, suffix), manifest_of(folder)
        manifest["files"] = [file for file in manifest["files"] if file["path"] != path.name]
        path.unlink()
        write_manifest(folder, manifest)

    return breaks


def with_a_bit_flipped(suffix: str) -> Break:
    """In the middle of a file."""

    def breaks(folder: Path) -> None:
        data = bytearray(the(folder, suffix).read_bytes())
        data[len(data) // 2] ^= 1
        the(folder, suffix).write_bytes(data)

    return breaks


def in_text(name: str, pattern: str, replacement: str) -> Break:
    """In a file of the folder; in the archive too, where it is packed as well."""

    def breaks(folder: Path) -> None:
        path = folder / name
        path.write_bytes(_changed(path.read_bytes(), pattern, replacement))
        with zipfile.ZipFile(the(folder, ".lpf")) as packed:
            is_packed = name in packed.namelist()
        if is_packed:
            _in_archive(the(folder, ".lpf"), {name: lambda data: _changed(data, pattern, replacement)})

    return breaks


def in_braille(pattern: str, replacement: str) -> Break:
    """In the BRF, every time."""

    def breaks(folder: Path) -> None:
        _skip_without_liblouis()
        text = the(folder, ".brf").read_bytes().decode("ascii")
        changed = re.sub(pattern, replacement, text)
        assert changed != text, pattern
        the(folder, ".brf").write_bytes(changed.encode())

    return breaks


def in_pef(pattern: str, replacement: str) -> Break:
    """In the PEF, once."""

    def breaks(folder: Path) -> None:
        _skip_without_liblouis()
        the(folder, ".pef").write_bytes(_changed(the(folder, ".pef").read_bytes(), pattern, replacement))

    return breaks


def in_ebraille(member: str, pattern: str, replacement: str) -> Break:
    """In a file of the eBraille, once."""

    def breaks(folder: Path) -> None:
        _skip_without_liblouis()
        in_member(".ebrl", member, pattern, replacement)(folder)

    return breaks


def _skip_without_liblouis() -> None:
    if not INSTALLED:
        pytest.skip("liblouis is not installed: apt install liblouis20 liblouis-data")


def in_member(suffix: str, member: str, pattern: str, replacement: str) -> Break:
    """In a file of an archive."""
    return lambda folder: _in_archive(the(folder, suffix), {member: lambda data: _changed(data, pattern, replacement)})


def _changed(data: bytes, pattern: str, replacement: str) -> bytes:
    text = data.decode()
    changed = re.sub(pattern, replacement, text, count=1, flags=re.DOTALL)
    assert changed != text, pattern
    return changed.encode()


def _in_archive(path: Path, changes: dict[str, Callable[[bytes], bytes | None]], more: Iterable[str] = ()) -> None:
    """The archive with some of its files changed, or left out where a change gives None, and with more of them."""
    copy = path.with_suffix(".copy")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        assert set(changes) <= set(old.namelist())
        for entry in old.infolist():
            data: bytes | None = old.read(entry)
            if entry.filename in changes:
                data = changes[entry.filename](old.read(entry))
            if data is not None:
                new.writestr(entry, data)
        for name in more:
            new.writestr(name, b"more")
    copy.replace(path)


def without_member(suffix: str, member: str) -> Break:
    return lambda folder: _in_archive(the(folder, suffix), {member: lambda data: None})


def without_bytes(suffix: str, ending: str) -> Break:
    """A picture of the text in an archive is none."""

    def breaks(folder: Path) -> None:
        with zipfile.ZipFile(the(folder, suffix)) as archive:
            (picture,) = (name for name in archive.namelist() if "images/" in name and name.endswith(ending))
        _in_archive(the(folder, suffix), {picture: lambda data: b"no picture"})

    return breaks


def with_member(suffix: str, member: str) -> Break:
    return lambda folder: _in_archive(the(folder, suffix), {}, [member])


def with_mimetype_packed(folder: Path) -> None:
    path = the(folder, ".epub")
    copy = path.with_suffix(".copy")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    copy.replace(path)


def in_id3(change: Callable[[ID3], object], suffix: str = ".mp3") -> Break:
    def breaks(folder: Path) -> None:
        path = the(folder, suffix)
        tags = ID3(path)
        change(tags)
        tags.save(path, v2_version=3, padding=lambda info: 0)
        _put_in_order(path)

    return breaks


def _put_in_order(path: Path) -> None:
    """mutagen sorts chapters by their size, and players list them as they stand."""
    data = path.read_bytes()
    size = ID3(path).size
    path.write_bytes(in_time_order(data[:size]) + data[size:])


def in_mp4(change: Callable[[MP4], object]) -> Break:
    def breaks(folder: Path) -> None:
        file = MP4(the(folder, ".m4b"))
        change(file)
        file.save()

    return breaks


def in_bytes(path: Path, old: bytes, new: bytes) -> None:
    """As many others in their place, once."""
    data = path.read_bytes()
    assert data.count(old) == 1
    assert len(old) == len(new)
    path.write_bytes(data.replace(old, new))


def in_sound(change: Callable[[Samples, list[Any]], Samples]) -> Break:
    """The MP3 alone, its sound decoded, changed (with its cues at hand), and encoded again under the same tag."""

    def breaks(folder: Path) -> None:
        only(folder, "mp3")
        path = the(folder, ".mp3")
        cues = [cue for chapter in manifest_of(folder)["chapters"] for cue in chapter["cues"]]
        samples = change(np.frombuffer(audio.decoded(path).pcm, "<i2").copy(), cues)
        encoded = path.with_name("new.mp3")
        command = [audio.ffmpeg_path(), "-v", "error", "-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1", "-i", "pipe:0"]
        coded = ["-c:a", "libmp3lame", "-b:a", "64k", "-id3v2_version", "0", str(encoded)]
        subprocess.run([*command, *coded], input=samples.astype("<i2").tobytes(), check=True)
        ID3(path).save(encoded, v2_version=3, padding=lambda info: 0)
        encoded.replace(path)
        _put_in_order(path)

    return breaks


def delivered(change: Callable[[Samples], Samples], *coding: str) -> Break:
    """The first file for a library, its sound decoded, changed, and encoded again: at 64 kb/s, or as told."""

    def breaks(folder: Path) -> None:
        path = sorted((folder / "nnels").iterdir())[0]
        samples = change(np.frombuffer(audio.decoded(path).pcm, "<i2").copy()).astype("<i2")
        command = [audio.ffmpeg_path(), "-v", "error", "-y", "-f", "s16le", "-ar", str(RATE_HZ), "-ac", "1"]
        coded = ["-i", "pipe:0", "-c:a", "libmp3lame", *(coding or ("-b:a", "64k")), str(path)]
        subprocess.run([*command, *coded], input=samples.tobytes(), check=True)

    return breaks


def with_gain(decibels: float) -> Callable[[Samples], Samples]:
    return lambda samples: (samples * 10 ** (decibels / 20)).clip(-32768, 32767)


def _with_a_click(samples: Samples) -> Samples:
    """In the middle of the sound, so short that the level stays."""
    loudest = int(np.abs(samples.astype(int)).argmax())
    samples[loudest : loudest + 20] = 32000
    return samples


def _with_hiss(samples: Samples) -> Samples:
    """At -55 dB RMS, with peaks that count as sound."""
    hiss = np.random.default_rng(1).uniform(-1, 1, len(samples)) * 32768 * 10 ** (-50.3 / 20)
    return (samples + np.convolve(hiss, np.ones(4) / 2, mode="same")).clip(-32768, 32767)


def _renumbered(folder: Path) -> None:
    """The second of two files as a third."""
    manifest = manifest_of(folder)
    (second,) = (file for file in manifest["files"] if file["path"].startswith("nnels/002-"))
    name = second["path"].replace("/002-", "/003-")
    (folder / second["path"]).rename(folder / name)
    second["path"] = name
    write_manifest(folder, manifest)


def for_another(profile: str) -> Break:
    """The edition says that it was made for another recipient."""
    return in_manifest(lambda manifest: manifest["settings"].update(profile=profile))


def only(folder: Path, name: str) -> None:
    """The edition as if nothing but this format had been made."""
    manifest = manifest_of(folder)
    for file in manifest["files"]:
        if file["format"] != name:
            (folder / file["path"]).unlink()
    manifest["files"] = [file for file in manifest["files"] if file["format"] == name]
    manifest["settings"]["formats"] = [name]
    write_manifest(folder, manifest)


def _silenced(samples: Samples, cues: list[Any]) -> Samples:
    samples[cues[2]["start"] : cues[2]["end"]] = 0
    return samples


def _cut(samples: Samples, cues: list[Any]) -> Samples:
    samples[cues[2]["start"] : cues[2]["start"] + RATE_HZ // 4] = 0
    return samples


def _noisy(samples: Samples, cues: list[Any]) -> Samples:
    middle = (cues[1]["end"] + cues[2]["start"]) // 2
    samples[middle - 400 : middle + 400] = 4000 * np.sin(np.arange(800) / 10)
    return samples


def _clipped(samples: Samples, cues: list[Any]) -> Samples:
    middle = (cues[2]["start"] + cues[2]["end"]) // 2
    samples[middle : middle + 400] = np.sign(np.sin(np.arange(400) / 20)) * 32767
    return samples


def _other_bit(folder: Path) -> None:
    """The same length, other frames: a bit of one is another."""
    path = sorted((folder / "tracks").iterdir())[1]
    data = bytearray(path.read_bytes())
    data[-40 * 209 + 100] ^= 1
    path.write_bytes(data)
    name = path.relative_to(folder).as_posix()
    _in_archive(the(folder, ".lpf"), {name: lambda _: bytes(data)})


def _other_chapter(folder: Path) -> None:
    """A book alone, a chapter of which has the sound of another."""
    only(folder, "epub")
    with zipfile.ZipFile(the(folder, ".epub")) as book:
        other = book.read("EPUB/c02.mp3")
    _in_archive(the(folder, ".epub"), {"EPUB/c01.mp3": lambda data: other})


def _fewer_frames(folder: Path) -> None:
    """A track whose Info frame tells of one frame less."""
    path = sorted((folder / "tracks").iterdir())[1]
    data = bytearray(path.read_bytes())
    at = data.index(b"Info") + 8
    data[at : at + 4] = (int.from_bytes(data[at : at + 4]) - 1).to_bytes(4)
    path.write_bytes(data)
    name = path.relative_to(folder).as_posix()
    _in_archive(the(folder, ".lpf"), {name: lambda _: bytes(data)})


def _shuffled_chapters(tags: ID3) -> None:
    chapter = tags.getall("CHAP")[1]
    chapter.start_time += 500


def _buried(manifest: Any) -> None:
    chapter = manifest["chapters"][0]
    for _ in range(60):
        chapter["blocks"] = [{"type": "quote", "blocks": chapter["blocks"]}]


def _without_pictures(manifest: Any) -> None:
    manifest["files"] = [file for file in manifest["files"] if file["format"] != "images"]


def _no_picture(folder: Path) -> None:
    (picture,) = (folder / "images").iterdir()
    picture.write_bytes(b"GIF89a")


def _first_cue(manifest: Any) -> Any:
    return manifest["chapters"][0]["cues"][0]


_VOUCHED = (
    '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'
    '<meta property="a11y:certifiedBy">Nobody knows whom</meta></metadata>'
)

TWINS: dict[str, list[Twin]] = {
    "profile-missing": [Twin(for_another("daisy-player"), of="delivered")],
    "profile-coding": [
        Twin(delivered(with_gain(0), "-b:a", "128k"), of="delivered"),
        Twin(delivered(with_gain(3.01), "-b:a", "96k", "-ac", "2"), of="delivered"),
    ],
    "profile-level": [Twin(delivered(with_gain(-5)), of="delivered")],
    "profile-peak": [Twin(delivered(_with_a_click), of="delivered")],
    "profile-noise": [Twin(delivered(_with_hiss), ("profile-silence",), of="delivered")],
    "profile-silence": [
        Twin(delivered(lambda samples: samples[RATE_HZ // 2 :]), of="delivered"),
        Twin(delivered(lambda samples: samples[:-RATE_HZ]), of="delivered"),
    ],
    "profile-length": [Twin(for_another("alexa"), ("profile-coding", "profile-level"), of="delivered")],
    "profile-name": [Twin(_renumbered, of="delivered")],
    "profile-voice": [
        Twin(
            for_another("acx"), ("profile-coding", "profile-level", "profile-peak", "profile-silence"), of="delivered"
        ),
    ],
    "edition-unreadable": [
        Twin(lambda folder: (folder / "edition.json").unlink(), sealed=False),
        Twin(lambda folder: (folder / "edition.json").write_text("{"), sealed=False),
    ],
    "edition-unsound": [
        Twin(in_manifest(lambda manifest: manifest.pop("title"))),
        Twin(in_manifest(lambda manifest: manifest.update(version=3))),
        Twin(in_manifest(lambda manifest: manifest["chapters"][0]["blocks"].pop())),
        Twin(in_manifest(lambda manifest: manifest["chapters"][0]["blocks"].reverse())),
        Twin(in_manifest(lambda manifest: manifest["chapters"][0]["blocks"][0].update(type="marquee"))),
        Twin(in_manifest(lambda manifest: _first_cue(manifest).update(spans=[[0, 999, "strong"]]))),
        Twin(in_manifest(_buried)),
        Twin(in_manifest(lambda manifest: manifest.update(length=manifest["length"] + 1152))),
        Twin(in_manifest(lambda manifest: _first_cue(manifest).update(start=1 << 40))),
        Twin(in_manifest(lambda manifest: manifest["chapters"][0].update({"continues": True}))),
        Twin(in_manifest(lambda manifest: manifest["chapters"][1].update({"continues": True, "track": "Else"}))),
        Twin(in_manifest(lambda manifest: _first_cue(manifest)["words"][0].reverse())),
        Twin(in_manifest(lambda manifest: _first_cue(manifest).update(id=manifest["chapters"][1]["cues"][0]["id"]))),
        Twin(in_manifest(lambda manifest: manifest["files"][0].update(sha256="f" * 63)), sealed=False),
    ],
    "edition-outdated": [Twin(in_manifest(lambda manifest: manifest.update(version=1)))],
    "file-missing": [Twin(lambda folder: (folder / "cover.png").unlink(), ("link-broken",))],
    "file-changed": [
        Twin(lambda folder: (folder / "chapters.json").write_text("{}"), ("file-unreadable",), sealed=False),
        Twin(in_manifest(lambda manifest: manifest["files"][-1].update(sha256="0" * 64)), sealed=False),
    ],
    "file-strange": [Twin(lambda folder: (folder / "notes.txt").write_text("mine"))],
    "file-unreadable": [
        Twin(in_member("-daisy3.zip", "text.xml", "</bodymatter>", "")),
        Twin(in_member("-daisy3.zip", "book.opf", "x-dtbook", "x-book")),
        Twin(lambda folder: the(folder, ".epub").write_bytes(the(folder, ".epub").read_bytes()[:5000])),
        Twin(lambda folder: (folder / "chapters.json").write_text("[")),
        Twin(lambda folder: (folder / "transcript.vtt").write_text("WEBVTT\n\nc01-p001-s01\n1 --> 2\nHello\n")),
        Twin(in_member("-daisy202.zip", "content.html", "</p>", "")),
        Twin(in_member(".epub", "EPUB/c01.smil", "<smil", '<!DOCTYPE smil [<!ENTITY a "b">]><smil')),
    ],
    "name-unsafe": [
        Twin(with_member(".lpf", "../evil.html"), ("entry-unlisted",)),
        Twin(
            in_manifest(lambda manifest: manifest["files"][0].update(path="../x")),
            ("file-strange", "file-unreadable", "link-broken"),
        ),
    ],
    "format-missing": [Twin(in_manifest(lambda manifest: manifest["settings"]["formats"].append("punched-cards")))],
    "sentences-differ": [
        Twin(in_member("-daisy3.zip", "s001.smil", r'<par id="m-c01-p002-s01">.*?</par>', ""), ("figures-wrong",)),
        Twin(in_text("transcript.vtt", r"\nc01-p002-s01\n", "\nc01-p002-s99\n")),
        Twin(
            in_member("-daisy202.zip", "s001.smil", r'<par endsync="last" id="par-c01-p002-s01">.*?</par>', ""),
            ("figures-wrong", "link-broken"),
        ),
    ],
    "text-differs": [
        Twin(in_member(".epub", "EPUB/c01.xhtml", "</section>", "<p>Nobody had.</p></section>"), of="sound"),
        Twin(in_member(".epub", "EPUB/c02.xhtml", "The gates</span></h1>", "The doors</span></h1>"), of="sound"),
        Twin(in_id3(lambda tags: tags.add(USLT(lang="eng", text="Nobody had."))), of="sound"),
        Twin(in_braille("NOBODY", "SOMEBODY")),
        Twin(in_pef("⠝⠕⠃⠕⠙⠽", "⠎⠕⠍⠑⠃⠕⠙⠽")),
        Twin(in_ebraille("ebraille/c01.xhtml", "⠝⠕⠃⠕⠙⠽", "⠎⠕⠍⠑⠃⠕⠙⠽"), of="alone"),
        Twin(in_ebraille("ebraille/c01.xhtml", '(id="c01-p003-s01">)[^<]*', r"\1"), of="alone"),
        Twin(in_member("-daisy3.zip", "text.xml", "Nobody", "Somebody")),
        Twin(in_member("-daisy3.zip", "text.xml", "</level1>", "<p>More.</p></level1>")),
        Twin(in_text("transcript.txt", "Nobody", "Somebody")),
        Twin(in_text("transcript.vtt", "Nobody", "Somebody")),
        Twin(in_text("transcript.html", ">Nobody", ">Somebody")),
        Twin(in_member(".epub", "EPUB/c04.xhtml", "Nobody", "Somebody")),
        Twin(in_member("-daisy202.zip", "content.html", "Nobody", "Somebody")),
        Twin(in_id3(lambda tags: setattr(tags.getall("USLT")[0], "text", "Nothing"))),
        Twin(in_mp4(lambda file: file.update({"\xa9lyr": "Nothing"}))),
        Twin(in_member(".epub", "EPUB/c03.xhtml", "</section>", "<p>More.</p></section>")),
        Twin(in_text("transcript.txt", "3\\. Count", "5. Count"), of="rich"),
        Twin(in_text("transcript.txt", "  North: 212\n", ""), of="rich"),
        Twin(in_text("transcript.txt", "~~, not by 8~~", ", not by 8"), of="rich"),
        Twin(in_text("transcript.txt", "\\(…\\)", ""), of="rich"),
        Twin(in_text("transcript.vtt", "Picture: ", ""), of="rich"),
        Twin(in_member(".epub", "EPUB/c01.xhtml", "\\(…\\)", ""), of="rich"),
    ],
    "language-differs": [
        Twin(in_text("transcript.html", '(<html[^>]*) lang="en"', r'\1 lang="de"')),
        Twin(in_member(".epub", "EPUB/c05.xhtml", ' xml:lang="fr" lang="fr"', "")),
        Twin(in_member("-daisy202.zip", "content.html", ' xml:lang="fr" lang="fr"', "")),
        Twin(in_text("contents.html", '(<html[^>]*) lang="en"', r"\1")),
    ],
    "time-differs": [
        Twin(in_text("transcript.vtt", r"00:00:00\.100", "00:00:00.102")),
        Twin(in_text("guided-navigation.json", r"#t=0\.100", "#t=0.300")),
        Twin(in_text("index.html", r'(\["c01-p001-s01", ?)0\.1\b', r"\g<1>0.3")),
        Twin(
            in_member(".epub", "EPUB/c01.smil", 'clipBegin="00:00:00.100"', 'clipBegin="00:00:00.300"'),
            ("figures-wrong",),
        ),
        Twin(
            in_member(".epub", "EPUB/nav.smil", r'(to-c02"/><audio [^>]*clipBegin="00:00:00\.)1', r"\g<1>2"),
            ("figures-wrong",),
            of="alone",
        ),
        Twin(
            in_member(
                ".epub",
                "EPUB/nav.smil",
                'par id="par-to-c02"><text src="nav.xhtml#to-c02"',
                'par id="par-to-c02"><text src="nav.xhtml#to-c09"',
            ),
            of="alone",
        ),
        Twin(in_member("-daisy202.zip", "s001.smil", r"npt=0\.100s", "npt=0.300s")),
    ],
    "chapters-differ": [
        Twin(in_member("-daisy3.zip", "book.ncx", "<text>Contents<", "<text>Content<")),
        Twin(in_text("chapters.json", '"title": "Contents"', '"title": "Content"')),
        Twin(in_text("chapters.json", '"title": "The ferry is late"', '"title": "Town"')),
        Twin(in_text("index.html", r'("id":"c02","title":)"[^"]*"', r'\1"Else"')),
        Twin(in_text("playlist.m3u8", r"(#EXTINF:\d+,)Contents", r"\1Content")),
        Twin(in_manifest(lambda manifest: manifest["chapters"][0].update(track="Else"))),
        Twin(in_member(".epub", "EPUB/nav.xhtml", ">Contents<", ">Content<")),
        Twin(in_member("-daisy202.zip", "ncc.html", ">Contents<", ">Content<")),
        Twin(in_text("publication.json", '"name": "Contents"', '"name": "Content"')),
        Twin(in_text("contents.html", ">Contents<", ">Content<")),
        Twin(in_text("guided-navigation.json", 'transcript.html#c01"', 'transcript.html#c02"')),
        Twin(in_id3(lambda tags: tags.delall("CHAP:chp001")), ("tag-wrong",)),
    ],
    "chapter-time-differs": [
        Twin(in_text("chapters.json", '"startTime": [1-9][0-9.]*', '"startTime": 5')),
        Twin(in_id3(_shuffled_chapters)),
        Twin(in_text("index.html", r'("id":"c02","title":"[^"]*","start":)[0-9.]+', r"\g<1>0.5")),
        Twin(in_text("contents.html", r"#t=\d+", "#t=7")),
    ],
    "levels-differ": [
        Twin(
            in_member(
                "-daisy3.zip",
                "book.ncx",
                r'(</navLabel>\s*<content src="s003.smil[^>]*>)(.*?)</navPoint>',
                r"\1</navPoint>\2",
            ),
            ("figures-wrong",),
        ),
        Twin(in_member("-daisy202.zip", "ncc.html", "<h3( [^>]*>.*?)</h3>", r"<h2\1</h2>")),
        Twin(in_text("transcript.html", "<h3( [^>]*>.*?)</h3>", r"<h4\1</h4>")),
        Twin(in_ebraille("ebraille/c02.xhtml", "<h2( [^>]*>.*?)</h2>", r"<h3\1</h3>"), of="alone"),
        Twin(
            in_member(
                ".epub", "EPUB/nav.xhtml", "(<nav[^>]*>.*?<h1.*?</h1>)(.*)</nav>", r"\1<ol><li>\2</li></ol></nav>"
            )
        ),
    ],
    "tag-wrong": [
        Twin(in_id3(lambda tags: tags.delall("TLAN"))),
        Twin(in_id3(lambda tags: tags.delall("CTOC"))),
        Twin(in_id3(lambda tags: tags.delall("TPE1"))),
        Twin(in_mp4(lambda file: file.update({"stik": [1]}))),
        Twin(in_mp4(lambda file: file.update({"\xa9alb": "Else"}))),
    ],
    "credentials-broken": [
        Twin(in_id3(lambda tags: tags.add(TIT3(text=["a subtitle"]))), also=("credentials-signer",), of="signed"),
        Twin(with_a_bit_flipped(".epub.c2pa"), also=("credentials-signer",), of="signed"),
    ],
    "credentials-differ": [
        Twin(
            in_manifest(lambda value: value["voice"].update(learned=True)),
            also=("credentials-signer", "source-type-differs"),
            of="signed",
        ),
    ],
    "credentials-missing": [
        Twin(in_id3(lambda tags: tags.delall("GEOB")), also=("credentials-signer",), of="signed"),
        Twin(unlisted("-daisy202.zip.c2pa"), also=("credentials-signer",), of="signed"),
    ],
    "credentials-signer": [Twin(lambda folder: None, of="signed")],
    "disclosure-missing": [
        Twin(
            in_member(
                "-daisy3.zip", "book.opf", 'name="dtb:narrator" content="[^"]*"', 'name="dtb:narrator" content="Ada"'
            )
        ),
        Twin(in_id3(lambda tags: tags.delall("TXXX:AI_DISCLOSURE"))),
        Twin(in_mp4(lambda file: file.pop("----:com.apple.iTunes:AI_DISCLOSURE"))),
        Twin(
            in_member(
                ".epub",
                "EPUB/package.opf",
                'property="media:narrator">Synthetic voice',
                'property="media:narrator">Person',
            )
        ),
        Twin(
            in_member(
                "-daisy202.zip", "ncc.html", 'name="ncc:narrator" content="[^"]*"', 'name="ncc:narrator" content="Ada"'
            )
        ),
        Twin(in_text("publication.json", '"name": "Synthetic voice: English', '"name": "Mary')),
        Twin(in_text("transcript.vtt", "Spoken by[^\n]*", "Spoken.")),
        Twin(in_text("transcript.html", "Spoken by[^<]*", "Spoken.")),
    ],
    "source-type-differs": [
        Twin(in_id3(lambda tags: tags.delall("TXXX:digitalSourceType"))),
        Twin(in_id3(lambda tags: tags.delall("PRIV"))),
        Twin(in_id3(lambda tags: tags.add(PRIV(owner="XMP", data=tags.getall("PRIV")[0].data + b" ")))),
        Twin(in_mp4(lambda file: file.update({"----:com.apple.iTunes:digitalSourceType": [b"human"]}))),
        Twin(lambda folder: in_bytes(the(folder, ".m4b"), b"type/algorithmicMedia", b"type/digitalCapture  ")),
        Twin(lambda folder: in_bytes(the(folder, ".m4b"), _XMP_BOX, bytes(16))),
        Twin(in_member(".epub", "EPUB/package.opf", "org/AlgorithmicMedia", "org/TrainedAlgorithmicMedia")),
        Twin(in_member(".epub", "EPUB/package.opf", '<meta property="Iptc4xmpExt:[^<]*</meta>', "")),
        Twin(in_member("-daisy202.zip", "ncc.html", "digitalsourcetype/algorithmicMedia", "")),
        Twin(in_member("-daisy3.zip", "book.opf", "digitalsourcetype/algorithmicMedia", "")),
        Twin(in_text("publication.json", "AlgorithmicMediaDigitalSource", "DigitalCaptureDigitalSource")),
    ],
    "braille-unsound": [
        Twin(in_braille("\r\n\r\n", "\r\n")),
        Twin(in_braille("\r\n", "\n")),
        Twin(in_braille(r"\f\Z", "")),
        Twin(in_braille("4\r\n", "4   4                                     4\r\n")),
        Twin(in_braille("#A\r\n\f", "#B\r\n\f")),
        Twin(in_braille(r"[.,]4|4\r\n", "'\\\\X1F6A2'\r\n")),
        Twin(in_braille("4", "`")),
        Twin(in_pef('version="2008-1"', 'version="2008"')),
        Twin(in_pef("application/x-pef", "application/pef")),
        Twin(in_pef("<dc:identifier>[^<]*</dc:identifier>", "")),
        Twin(in_pef("<dc:date>[^<]*", "<dc:date>22 November")),
        Twin(in_pef('cols="40"', 'cols="30"')),
        Twin(in_pef('rowgap="0" ', "")),
        Twin(in_pef("<page>(.*?)</page>", r"<page><page>\1</page></page>")),
        Twin(in_pef("</section>", "<page></page></section>")),
        Twin(in_pef("<row></row>", "")),
        Twin(in_pef("<row></row>", "<row>more</row>")),
        Twin(in_pef("<row></row>", f"<row>{'⠿' * 41}</row>")),
    ],
    "ebraille-unsound": [
        Twin(in_ebraille("mimetype", "epub", "ebrl")),
        Twin(in_ebraille("META-INF/container.xml", "package.opf", "./package.opf")),
        *(
            Twin(in_ebraille("package.opf", pattern, replacement))
            for pattern, replacement in (
                ("eBraille 1.0", "eBraille"),
                ("-Brai<", "<"),
                ('<meta property="a11y:producer">[^<]*</meta>', ""),
                ('"a11y:brailleCellType">6', '"a11y:brailleCellType">8'),
                ('"a11y:brailleSystem">UEB grade2', '"a11y:brailleSystem">UEB'),
                ('"a11y:completeTranscription">true', '"a11y:completeTranscription">yes'),
                ('"a11y:tactileGraphics">none', '"a11y:tactileGraphics">false'),
                ('"dcterms:dateCopyrighted">[^<]*', '"dcterms:dateCopyrighted">now'),
                ("(<dc:date>[^<]*</dc:date>)", r"\1\1"),
                ("</metadata>", '<meta name="cover" content="x"/></metadata>'),
                ('(id="style" )', r'\1fallback="nav" '),
                ('<item id="style"[^>]*>', ""),
                ("</manifest>", '<item id="x" href="x.xhtml" media-type="application/xhtml+xml"/></manifest>'),
            )
        ),
        Twin(
            in_ebraille("package.opf", "<spine>", '<spine><itemref idref="nav"/>'),
            ("chapters-differ",),
        ),
        Twin(in_ebraille("index.html", 'rel="publication"', 'rel="alternate"')),
        Twin(in_ebraille("index.html", 'role="doc-toc"', 'role="navigation"')),
        Twin(in_ebraille("index.html", 'href="ebraille/c02.xhtml"', 'href="ebraille/c01.xhtml"')),
        Twin(in_ebraille("index.html", "</title>", " x</title>")),
        Twin(in_ebraille("ebraille/c02.xhtml", "</section>", "<p>more</p></section>")),
        Twin(in_ebraille("ebraille/c02.xhtml", "</section>", "<p>\u28ff</p></section>")),
        Twin(in_ebraille("ebraille/c02.xhtml", "</section>", "<p>⠄⠳⠭⠂⠋⠖⠁⠆⠄</p></section>")),
        Twin(in_ebraille("ebraille/c02.xhtml", "</section>", '<p aria-label="more">⠁</p></section>')),
        Twin(in_ebraille("ebraille/c02.xhtml", "</section>", "<form/></section>")),
        Twin(in_ebraille("ebraille/c02.xhtml", "</section>", '<p lang="fr">⠁</p></section>')),
        Twin(in_ebraille("ebraille/style.css", "text-align: center", "font-weight: bold")),
        Twin(in_ebraille("ebraille/style.css", "1lh 3ch", "10px 30px")),
        Twin(in_ebraille("ebraille/style.css", "text-align: center", "-epub-hyphens: none")),
    ],
    "cover-missing": [
        Twin(in_id3(lambda tags: tags.delall("APIC"))),
        Twin(in_mp4(lambda file: file.pop("covr"))),
    ],
    "cover-undescribed": [
        Twin(in_member(".epub", "EPUB/nav.xhtml", 'alt="[^"]*"', 'alt=""')),
        Twin(in_id3(lambda tags: setattr(tags.getall("APIC")[0], "desc", ""))),
        Twin(in_text("publication.json", '("rel": "cover",\\s+"name": )"[^"]*"', r'\1""')),
    ],
    "link-broken": [
        Twin(
            in_member("-daisy202.zip", "s002.smil", r'src="ncc.html#ncc-c02-p001-s01"', 'src="ncc.html#ncc-c02-n1"'),
            of="sound",
        ),
        Twin(in_member("-daisy3.zip", "text.xml", "s001.smil#m-c01-p001-s01", "s001.smil#m-c09-p001-s01")),
        Twin(in_member("-daisy3.zip", "book.ncx", "s002.smil#m-c02", "s002.smil#m-c03")),
        Twin(in_text("transcript.html", "</main>", '<a href="#nowhere">Look</a></main>')),
        Twin(in_text("contents.html", 'href="transcript.html"', 'href="transcripts.html"')),
        Twin(in_text("index.html", r'"sound": ?"[^"]*"', '"sound": "else.mp3"')),
        Twin(in_member(".epub", "EPUB/nav.xhtml", 'href="c02.xhtml"', 'href="c03.xhtml"')),
        Twin(in_member("-daisy202.zip", "master.smil", 'src="s002.smil"', 'src="s003.smil"')),
        Twin(in_member("-daisy202.zip", "content.html", "s001.smil#c01-p001-s01", "s001.smil#c09-p001-s01")),
        Twin(in_text("playlist.m3u8", r"\ntracks/001[^\n]*\n", "\ntracks/else.mp3\n")),
        Twin(without_member(".lpf", "cover.png")),
        Twin(
            in_text("guided-navigation.json", "transcript.html#c01-p001-s01", "transcript.html#c01-p001-s09"),
            ("sentences-differ",),
        ),
    ],
    "entry-unlisted": [
        Twin(with_member("-daisy3.zip", "extra.txt")),
        Twin(with_member(".epub", "EPUB/extra.txt")),
        Twin(with_member(".lpf", "extra.txt")),
    ],
    "package-unsound": [
        Twin(with_mimetype_packed),
        Twin(in_member("-daisy202.zip", "ncc.html", ' class="title"', "")),
    ],
    "copies-differ": [
        Twin(lambda folder: _in_archive(the(folder, ".lpf"), {"cover.png": lambda data: data + b"\0"})),
    ],
    "figures-wrong": [
        Twin(in_member("-daisy3.zip", "book.opf", 'totalTime" content="00', 'totalTime" content="01')),
        Twin(
            in_member("-daisy3.zip", "book.ncx", 'totalPageCount" content="3', 'totalPageCount" content="4'), of="rich"
        ),
        Twin(in_member("-daisy3.zip", "s002.smil", 'totalElapsedTime" content="00', 'totalElapsedTime" content="01')),
        Twin(in_member("-daisy202.zip", "ncc.html", 'tocItems" content="', 'tocItems" content="1')),
        Twin(in_member("-daisy202.zip", "ncc.html", 'pageNormal" content="2', 'pageNormal" content="3'), of="rich"),
        Twin(in_member("-daisy202.zip", "ncc.html", 'totalTime" content="00', 'totalTime" content="01')),
        Twin(in_member("-daisy202.zip", "s002.smil", 'totalElapsedTime" content="00', 'totalElapsedTime" content="01')),
        Twin(in_member(".epub", "EPUB/package.opf", r'(media:duration">)\d\d:', r"\g<1>09:")),
        Twin(in_text("publication.json", r'"duration": "PT\d', '"duration": "PT9')),
    ],
    "claim-missing": [
        Twin(in_member(".epub", "EPUB/package.opf", '<link rel="dcterms:conformsTo"[^>]*>', ""), of="sound"),
        Twin(in_member("-daisy3.zip", "book.opf", "<dc:Date>[^<]*</dc:Date>", "")),
        Twin(in_member(".epub", "EPUB/package.opf", '<meta property="schema:accessibilityHazard">[^<]*</meta>', "")),
        Twin(in_text("publication.json", '"accessMode": ', '"mode": ')),
        Twin(in_member("-daisy202.zip", "ncc.html", '<meta name="dc:date"[^>]*>', "")),
    ],
    "claim-untrue": [
        Twin(in_member(".epub", "EPUB/package.opf", '(accessMode">)auditory', r"\1textual"), of="sound"),
        Twin(in_member(".epub", "EPUB/package.opf", '(Sufficient">)auditory', r"\1textual,auditory"), of="sound"),
        Twin(in_member(".epub", "EPUB/package.opf", '(Feature">)readingOrder', r"\1synchronizedAudioText"), of="sound"),
        Twin(in_member("-daisy202.zip", "ncc.html", "audioNcc", "audioFullText"), of="sound"),
        Twin(in_member("-daisy3.zip", "book.opf", "audioNCX", "audioFullText"), of="sound"),
        Twin(
            in_member(
                ".epub",
                "EPUB/package.opf",
                "</metadata>",
                '<link rel="dcterms:conformsTo" href="http://example.org/navigable-audio-only-epub3-guidelines"/></metadata>',
            )
        ),
        Twin(in_text("onix.xml", "<ProductFormFeatureValue>51<", "<ProductFormFeatureValue>24<")),
        Twin(in_text("onix.xml", "<ProductFormFeatureValue>36<", "<ProductFormFeatureValue>53<")),
        Twin(in_member("-daisy3.zip", "book.opf", "audioFullText", "audioNCX")),
        Twin(in_member("-daisy3.zip", "book.ncx", 'dtb:uid" content="urn', 'dtb:uid" content="own')),
        Twin(in_member(".epub", "EPUB/package.opf", ">synchronizedAudioText<", ">signLanguage<")),
        Twin(in_member(".epub", "EPUB/package.opf", "<dc:language>en<", "<dc:language>de<")),
        Twin(
            in_member(
                ".epub",
                "EPUB/package.opf",
                'accessMode">textual</meta>',
                'accessMode">textual</meta><meta property="schema:accessMode">auditory</meta>',
            )
        ),
        Twin(
            in_member(
                ".epub",
                "EPUB/package.opf",
                '(<meta property="schema:accessModeSufficient">)auditory<',
                r"\1textual,auditory<",
            )
        ),
        Twin(in_member(".epub", "EPUB/package.opf", 'Sufficient">textual,visual<', 'Sufficient">textual<'), of="rich"),
        Twin(in_member("-daisy202.zip", "ncc.html", "audioFullText", "audioNcc")),
        Twin(in_text("publication.json", '"inLanguage": "en"', '"inLanguage": "de"')),
        Twin(in_member(".epub", "EPUB/package.opf", "</metadata>", _VOUCHED)),
        Twin(in_manifest(lambda manifest: manifest.update(certifier="Somebody else"))),
    ],
    "certifier-missing": [
        Twin(
            in_member(
                ".epub",
                "EPUB/package.opf",
                "</metadata>",
                '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta></metadata>',
            )
        ),
    ],
    "external-reference": [
        Twin(in_text("transcript.html", "</main>", '<img src="https://example.com/spy.png" alt="A"></main>')),
        Twin(in_text("contents.html", "</main>", '<iframe title="A"></iframe></main>')),
        Twin(in_text("contents.html", "</style>", "@import 'a.css';</style>")),
        Twin(in_member(".epub", "EPUB/style.css", "body", "p { background: url(http://example.com/a.png); } body")),
        Twin(
            in_member(".epub", "EPUB/c01.xhtml", "</section>", '<a href="//example.com"></a></section>'),
            ("structure-differs",),
        ),
        Twin(
            in_text("transcript.html", "https://courier.example/report", "https://spy.example/report"),
            ("structure-differs",),
            of="rich",
        ),
    ],
    "structure-differs": [
        Twin(in_text("transcript.html", 'class="producer-note"', 'class="box"')),
        Twin(in_member("-daisy3.zip", "text.xml", ' scope="row"', ""), of="rich"),
        Twin(in_member("-daisy3.zip", "text.xml", r"9\. <sent", "8. <sent"), of="rich"),
        Twin(in_member("-daisy3.zip", "text.xml", 'idref="#c02-n1"', 'idref="#c01-n1"'), of="rich"),
        Twin(in_member("-daisy3.zip", "text.xml", "<sidebar(.*?)</sidebar>", r"<div\1</div>"), of="rich"),
        Twin(in_text("transcript.html", '<ol start="3">', "<ol>"), of="rich"),
        Twin(in_text("index.html", ' value="9"', ""), of="rich"),
        Twin(in_member(".epub", "EPUB/c01.xhtml", "<li(.*)</li>", r"<li\1</li><li></li>"), of="rich"),
        Twin(in_text("transcript.html", '<th([^>]*) scope="col">(.*?)</th>', r"<td\1>\2</td>"), of="rich"),
        Twin(in_member(".epub", "EPUB/c02.xhtml", ' colspan="2"', ""), of="rich"),
        Twin(in_member(".epub", "EPUB/c02.xhtml", 'id="c02-p011-s01"', 'headers="x" id="c02-p011-s01"'), of="rich"),
        Twin(in_text("transcript.html", "<figure>(.*?)</figure>", r"<div>\1</div>"), of="rich"),
        Twin(in_text("transcript.html", "<aside([^>]*)>(.*?)</aside>", r"<div>\2</div>"), of="rich"),
        Twin(
            in_member(".epub", "EPUB/c01.xhtml", "<blockquote>(.*?)</blockquote>", r"<div>\1</div>"),
            ("announcement-lost",),
            of="rich",
        ),
        Twin(in_text("transcript.html", '<a href="https://courier[^>]*>(.*?)</a>', r"\1"), of="rich"),
        Twin(in_text("transcript.html", 'href="#c01-n1"', 'href="#c01-p006"'), of="rich"),
        Twin(in_text("transcript.html", "<hr/?>", ""), of="rich"),
        Twin(in_member("-daisy202.zip", "content.html", ' scope="row"', ""), of="rich"),
        Twin(in_member("-daisy202.zip", "content.html", "#c02-n1", "#c01-n1"), of="rich"),
        Twin(in_member("-daisy202.zip", "content.html", '<img src="[^"]*" alt=""[^>]*>', ""), of="rich"),
        Twin(in_member("-daisy202.zip", "content.html", 'class="sidebar"', 'class="box"'), of="rich"),
    ],
    "skipping-differs": [
        Twin(in_member(".epub", "EPUB/c05.smil", 'epub:type="aside"', 'epub:type="figure"')),
        Twin(in_member("-daisy202.zip", "s005.smil", "prodnote-on", "sidebar-on")),
        Twin(in_member("-daisy3.zip", "s005.smil", 'customTest="prodnote"', 'customTest="sidebar"')),
        Twin(in_text("index.html", '"producer_notes":', '"producers_notes":')),
        Twin(in_text("guided-navigation.json", '"footnote"', '"aside"'), of="rich"),
        Twin(in_text("guided-navigation.json", '"row"', '"cell"'), of="rich"),
        Twin(in_member("-daisy202.zip", "s002.smil", ' system-required="footnote-on"', ""), of="sound"),
        Twin(in_member("-daisy3.zip", "s002.smil", ' customTest="note"', ""), of="sound"),
        Twin(in_member("-daisy3.zip", "s001.smil", ' customTest="note"', ""), of="rich"),
        Twin(in_member("-daisy3.zip", "s002.smil", ' end="DTBuserEscape;', ' end="'), of="rich"),
        Twin(in_member("-daisy3.zip", "s001.smil", 'class="list"', 'class="items"'), of="rich"),
        Twin(in_text("index.html", r'"notes":\[\[\d+,\d+\],', '"notes":['), of="rich"),
        Twin(in_text("index.html", r'"left":\[\[(\d+),(\d+)', r'"left":[[0,\2'), of="rich"),
        Twin(in_member("-daisy202.zip", "s001.smil", ' system-required="footnote-on"', ""), of="rich"),
        Twin(in_member("-daisy202.zip", "s002.smil", "pagenumber-on", "prodnote-on"), of="rich"),
        Twin(
            in_member("-daisy202.zip", "ncc.html", 'class="sidebar"', 'class="optional-prodnote"'),
            ("figures-wrong",),
            of="rich",
        ),
        Twin(in_member(".epub", "EPUB/c01.smil", 'epub:type="footnote"', 'epub:type="endnote"'), of="rich"),
        Twin(in_member(".epub", "EPUB/c02.smil", ' epub:type="table-cell"', ""), of="rich"),
        Twin(in_member(".epub", "EPUB/c02.smil", "<seq id=[^>]*description[^>]*>(.*?)</seq>", r"\1"), of="rich"),
        Twin(in_member(".epub", "EPUB/c02.smil", '(textref="c02.xhtml#c02-)t1-2"', r'\1t1-1"'), of="rich"),
        Twin(in_member(".epub", "EPUB/c01.smil", "(</seq>)\\s*(<par .*?</par>)", r"\2\1"), of="rich"),
    ],
    "pages-differ": [
        Twin(
            in_member("-daisy3.zip", "book.ncx", "<text>12</text>", "<text>14</text>"), ("figures-wrong",), of="sound"
        ),
        Twin(in_member("-daisy3.zip", "book.ncx", "<text>12<", "<text>11<"), of="rich"),
        Twin(in_member("-daisy3.zip", "book.ncx", "s002.smil#m-c02-p017-s01", "s002.smil#m-c02-p016-s01"), of="rich"),
        Twin(in_member(".epub", "EPUB/nav.xhtml", "<li><a [^>]*>12</a></li>", ""), of="rich"),
        Twin(in_member(".epub", "EPUB/nav.xhtml", 'href="[^"]*">13<', 'href="c02.xhtml#c02-p001">13<'), of="rich"),
        Twin(in_member("-daisy202.zip", "ncc.html", 'c02-p016-s01">12', 'c02-p015-s01">12'), of="rich"),
    ],
    "announcement-lost": [
        Twin(in_text("transcript.html", '<span class="label">Note 1: ?</span>', ""), of="rich"),
        Twin(in_member(".epub", "EPUB/c01.xhtml", '<span class="label">Note 1: ?</span>', ""), of="rich"),
        Twin(
            in_member("-daisy202.zip", "content.html", '<span class="label"><a[^>]*>Caption: ?</a> ?</span>', ""),
            of="rich",
        ),
    ],
    "picture-missing": [
        Twin(in_manifest(_without_pictures), ("file-strange", "format-missing", "link-broken"), of="rich")
    ],
    "picture-unsound": [
        Twin(_no_picture, ("copies-differ",), of="rich"),
        Twin(without_bytes(".epub", "png"), of="rich"),
    ],
    "author-missing": [
        Twin(in_member("-daisy3.zip", "book.opf", ">Bo Lind<", ">Bo Ray<"), of="rich"),
        Twin(in_id3(lambda tags: tags.getall("TPE1")[0].text.__setitem__(0, "Ann Holt")), of="rich"),
        Twin(in_mp4(lambda file: file.update({"\xa9ART": "Ann Holt"})), of="rich"),
        Twin(in_member(".epub", "EPUB/package.opf", ">Bo Lind<", ">Bo Ray<"), of="rich"),
        Twin(in_member("-daisy202.zip", "ncc.html", 'content="Bo Lind"', 'content="Bo Ray"'), of="rich"),
        Twin(in_text("publication.json", "Bo Lind", "Bo Ray"), of="rich"),
    ],
    "script-in-page": [
        Twin(in_text("transcript.html", "</main>", "<script>alert(1)</script></main>")),
        Twin(in_text("transcript.html", "<h1", '<h1 onclick="alert(1)"')),
        Twin(
            in_text("contents.html", "</main>", '<a href="JavaScript:alert(1)">Look</a></main>'),
            ("external-reference",),
        ),
        Twin(
            in_member(".epub", "EPUB/c01.xhtml", "</section>", "<script>alert(1)</script></section>"),
            ("claim-untrue", "text-differs"),
        ),
    ],
    "policy-missing": [
        Twin(in_text("transcript.html", "default-src 'none'", "default-src *")),
        Twin(in_text("contents.html", '<meta http-equiv="Content-Security-Policy"[^>]*>', "")),
    ],
    "length-differs": [
        Twin(_fewer_frames),
        Twin(in_text("playlist.m3u8", r"#EXTINF:\d+,Contents", "#EXTINF:99,Contents")),
        Twin(in_text("index.html", r'"total": ?[0-9.]+', '"total": 9.5')),
        Twin(in_sound(lambda samples, cues: samples[:-2000])),
    ],
    "sound-differs": [Twin(_other_bit)],
    "cue-silent": [
        Twin(in_sound(_silenced)),
    ],
    "cue-cut": [Twin(in_sound(_cut))],
    "pause-not-silent": [Twin(in_sound(_noisy)), Twin(_other_chapter, ("cue-cut", "length-differs"))],
    "loudness-off": [Twin(in_sound(lambda samples, cues: samples // 2))],
    "peak-high": [Twin(in_sound(_clipped))],
}
