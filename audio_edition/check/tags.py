"""Check the MP3s and the M4B as mutagen and FFmpeg read them: tags, chapters, text and lengths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from mutagen.id3 import ID3
from mutagen.mp4 import MP4

from audio_edition import audio
from audio_edition.check.agreement import Entry, author_findings, in_ms, shown, track_findings
from audio_edition.check.disclosure import disclosure_findings
from audio_edition.check.manifest import Chapter, Manifest
from audio_edition.check.mp3_frames import Mp3
from audio_edition.check.reading import one_spaced
from audio_edition.check.running_text import running_text_findings
from audio_edition.check.source_type import in_id3, in_mp4, iptc_type, schema_type, source_type_findings
from audio_edition.model import RATE_HZ, Finding

AAC_SLACK_SAMPLES = 6144
"""An M4B counts the codec's delay, ends with a whole AAC frame, and its last chapter begins on a grid: three frames at
22,050 Hz."""
_MOST_NERO_CHAPTERS = _LONGEST_NERO_TITLE_BYTES = 255
_AUDIOBOOK = 2
_AGAIN = "Build the edition again."
_FREE_FORM = "----:com.apple.iTunes:"


def _text_findings(place: str, text: str, chapters: Sequence[Chapter], manifest: Manifest) -> Iterator[Finding]:
    """Whether a tag holds the text of these chapters; nothing where the edition is of sound."""
    if manifest.has_text:
        yield from running_text_findings(place, text, chapters, manifest)
    elif text:
        message = "It holds the text, but the edition was made with --text none."
        yield Finding("text-differs", "error", message, place, _AGAIN)


def mp3_findings(manifest: Manifest, name: str) -> Iterator[Finding]:
    """Yield findings on the MP3 that holds the whole edition."""
    path = manifest.folder / name
    tags = ID3(path)
    yield from _length_findings(path, name, manifest.length)
    yield from _about(name, _texts(tags), manifest.title)
    yield from _said_in_id3(manifest, name, tags, manifest.title)
    yield from author_findings(name, [str(tags.get("TPE1", ""))], manifest)
    yield from _text_findings(f"{name}: text", _lyrics(tags), manifest.chapters, manifest)
    yield from track_findings(f"{name}: ID3 chapters", id3_chapters(tags), manifest)
    yield from _contents_findings(name, tags)
    yield from _as_ffmpeg_lists(path, name, manifest, is_m4b=False)
    covers = tags.getall("APIC")
    yield from _cover_findings(name, [bytes(cover.data) for cover in covers])
    if covers and not one_spaced(covers[0].desc) and manifest.title:
        yield cover_undescribed(name)


def track_file_findings(manifest: Manifest, name: str, number: int) -> Iterator[Finding]:
    """Yield findings on the MP3 of a track; `number` is the track number, from 1."""
    path, track, count = manifest.folder / name, manifest.tracks[number - 1], len(manifest.tracks)
    tags = ID3(path)
    yield from _length_findings(path, name, track[-1].end - track[0].start)
    yield from _about(name, _texts(tags), manifest.title)
    yield from _said_in_id3(manifest, name, tags, None)
    yield from _text_findings(f"{name}: text", _lyrics(tags), track, manifest)
    counted = str(tags.get("TRCK", ""))
    if counted != f"{number}/{count}":
        yield _tag_wrong(name, f"TRCK says “{shown(counted)}”, and it is track {number} of {count}")


def m4b_findings(manifest: Manifest, name: str) -> Iterator[Finding]:
    """Yield findings on the M4B, with its chapters both as QuickTime's players and as Nero's list them."""
    path = manifest.folder / name
    file = MP4(path)
    tags: dict[str, Any] = dict(file.tags or {})
    length = round(file.info.length * RATE_HZ) if file.info else 0
    if abs(length - manifest.length) > AAC_SLACK_SAMPLES:
        yield _length_differs(name, length, manifest.length)
    yield from _said_in_mp4(manifest, name, tags)
    yield from author_findings(name, [_atom(tags, "\xa9ART")], manifest)
    yield from disclosure_findings(name, [_free_form(tags, "AI_DISCLOSURE")], manifest)
    yield from source_type_findings(name, [_free_form(tags, "digitalSourceType")], schema_type(manifest))
    yield from source_type_findings(f"{name}: XMP", in_mp4(path), iptc_type(manifest))
    yield from _text_findings(f"{name}: text", _atom(tags, "\xa9lyr"), manifest.chapters, manifest)
    yield from _as_ffmpeg_lists(path, name, manifest, is_m4b=True)
    yield from _nero_findings(file, name, manifest)
    yield from _cover_findings(name, [bytes(cover) for cover in tags.get("covr", [])])


def _said_in_mp4(manifest: Manifest, name: str, tags: dict[str, Any]) -> Iterator[Finding]:
    yield from _about(name, {"album": _atom(tags, "\xa9alb"), "artist": _atom(tags, "\xa9ART")}, manifest.title)
    if one_spaced(title := _atom(tags, "\xa9nam")) != one_spaced(manifest.title):
        yield _tag_wrong(name, f"its title is “{shown(title)}”")
    if tags.get("stik") != [_AUDIOBOOK]:
        yield _tag_wrong(name, "it is not marked as an audiobook (stik), so that players file it under music")
    if (language := _free_form(tags, "LANGUAGE")) != manifest.language:
        yield _tag_wrong(name, f"its language is “{shown(language)}”, and that of the edition {manifest.language}")


def _atom(tags: dict[str, Any], key: str) -> str:
    return "".join(str(value) for value in tags.get(key, [])[:1])


def _free_form(tags: dict[str, Any], key: str) -> str:
    return b" ".join(bytes(value) for value in tags.get(f"{_FREE_FORM}{key}", [])).decode("utf-8", "replace")


def _nero_findings(file: MP4, name: str, manifest: Manifest) -> Iterator[Finding]:
    """Yield findings on Nero's chapters. That list counts chapters, and the bytes of a title, in one byte; what goes
    beyond is left out."""
    nero = [Entry(_whole_title(chapter.title), chapter.start * 1000) for chapter in file.chapters or []]
    if len(nero) == _MOST_NERO_CHAPTERS < len(manifest.tracks):
        return
    yield from track_findings(f"{name}: Nero chapters", nero, manifest)


def _whole_title(title: str) -> str | None:
    """Return the title; None if it may have been cut."""
    return title if len(title.encode("utf-8", "replace")) < _LONGEST_NERO_TITLE_BYTES - 3 else None


def _as_ffmpeg_lists(path: Path, name: str, manifest: Manifest, *, is_m4b: bool) -> Iterator[Finding]:
    """Yield findings on the chapters that players built on FFmpeg show. In an MP3 they count times from the encoder's
    delay; in an M4B they cut a very long title."""
    listed = [
        Entry(_whole_title(chapter.title), chapter.start * 1000, chapter.end * 1000) if is_m4b else Entry(chapter.title)
        for chapter in audio.chapters(path)
    ]
    yield from track_findings(f"{name}: chapters that FFmpeg lists", listed, manifest)


# --- ID3


def id3_chapters(tags: ID3) -> list[Entry]:
    """Return the CHAP frames sorted by time."""
    chapters = sorted(tags.getall("CHAP"), key=lambda chapter: int(chapter.start_time))
    return [
        Entry(str(chapter.sub_frames.get("TIT2", "")), chapter.start_time, chapter.end_time) for chapter in chapters
    ]


def _contents_findings(name: str, tags: ID3) -> Iterator[Finding]:
    """Yield a finding unless the tables of contents name every chapter once, in order of time, under one at the top."""
    tables = {table.element_id: table for table in tags.getall("CTOC")}
    tops = [table for table in tables.values() if table.flags & 2]
    listed = [
        entry for top in tops for child in top.child_element_ids
        for entry in (tables[child].child_element_ids if child in tables else [child])
    ]  # fmt: skip
    chapters = sorted(tags.getall("CHAP"), key=lambda chapter: int(chapter.start_time))
    if len(tops) != 1 or listed != [chapter.element_id for chapter in chapters]:
        yield _tag_wrong(name, "its table of contents (CTOC) does not name every chapter once and in order")


def _texts(tags: ID3) -> dict[str, str]:
    return {"album": str(tags.get("TALB", "")), "artist": str(tags.get("TPE1", ""))}


def _lyrics(tags: ID3) -> str:
    return "".join(str(frame.text) for frame in tags.getall("USLT")[:1])


def _said_in_id3(manifest: Manifest, name: str, tags: ID3, title: str | None) -> Iterator[Finding]:
    if title is not None and one_spaced(str(tags.get("TIT2", ""))) != one_spaced(title):
        yield _tag_wrong(name, f"its title is “{shown(str(tags.get('TIT2', '')))}”")
    if not one_spaced(str(tags.get("TLAN", ""))):
        yield _tag_wrong(name, "it names no language (TLAN)")
    yield from disclosure_findings(name, [str(tags.get("TXXX:AI_DISCLOSURE", ""))], manifest)
    yield from source_type_findings(name, [str(tags.get("TXXX:digitalSourceType", ""))], schema_type(manifest))
    yield from source_type_findings(f"{name}: XMP", in_id3(tags), iptc_type(manifest))


def _about(name: str, texts: dict[str, str], album: str) -> Iterator[Finding]:
    if one_spaced(texts["album"]) != one_spaced(album):
        yield _tag_wrong(name, f"its album is “{shown(texts['album'])}”, and the edition is “{shown(album)}”")
    if not one_spaced(texts["artist"]):
        yield _tag_wrong(name, "it does not say who it is by")


# --- shared


def _length_findings(path: Path, name: str, length: int) -> Iterator[Finding]:
    with path.open("rb") as file:
        samples = Mp3(file).samples
    if samples != length:
        yield _length_differs(name, samples or 0, length)


def _length_differs(place: str, told: int, expected: int) -> Finding:
    message = f"It says that it plays {in_ms(told) / 1000:.3f} s, and the edition has {in_ms(expected) / 1000:.3f} s."
    return Finding("length-differs", "error", message, place, _AGAIN)


def _tag_wrong(place: str, what: str) -> Finding:
    return Finding("tag-wrong", "error", f"A tag is missing or wrong: {what}.", place, _AGAIN)


def _cover_findings(name: str, covers: Sequence[bytes]) -> Iterator[Finding]:
    if not any(cover.startswith((b"\x89PNG", b"\xff\xd8")) for cover in covers):
        yield Finding("cover-missing", "warning", "It holds no cover that is a PNG or JPEG.", name, _AGAIN)


def cover_undescribed(place: str) -> Finding:
    """Return the finding for a cover without a description."""
    return Finding(
        "cover-undescribed", "error", "The cover has no description for those who do not see it.", place, _AGAIN
    )
