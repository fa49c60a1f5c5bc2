"""ID3v2.3 tags: what the edition is, its chapters and its text (ID3v2 Chapter Frame Addendum 1.0).

Version 2.3 in UTF-16, because FFmpeg and Apple's players lose long chapter titles of 2.4.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence

from mutagen import id3

from audio_edition.audio import MP3_KBITS
from audio_edition.formats import xmp
from audio_edition.formats.about import About, about, artist
from audio_edition.formats.clock import milliseconds
from audio_edition.formats.cover import SIDE, alternative, embedded
from audio_edition.formats.disclosure import digital_source_type, disclosure, narrator, program
from audio_edition.formats.language import iso_639_2
from audio_edition.formats.markup.places import Places, places_of
from audio_edition.formats.plain_text import plain_text
from audio_edition.formats.track_list import Track, track_list
from audio_edition.model import ChapterRecording, Recording
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for

_UTF_16 = id3.Encoding.UTF16
_USE_THE_TIMES = 0xFFFFFFFF
"""As a byte offset: there is none."""
_TOP_LEVEL, _ORDERED = id3.CTOCFlags.TOP_LEVEL, id3.CTOCFlags.ORDERED
_MOST_CHILDREN = 255
_HEADER_BYTES = 10
_LONGEST_DESCRIPTION = 64
"""Characters of a picture's description (ID3v2.3, 4.15)."""
_TRACK_COVER_SIDE = 600
"""Pixels. A newspaper has hundreds of tracks, and each carries the cover."""
_OF_RIGHTS = re.compile(r"^\W*(?:copyright|©|\(c\))*\W*", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\d{4}\s")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)-(\d\d))?")


def edition_tag(recording: Recording) -> bytes:
    """Return the tag of the whole edition, with its chapters."""
    tracks = track_list(recording)
    return _bytes(
        [
            *_about(recording, recording.script.title, recording.length),
            *_text(recording, recording.chapters, places_of(recording.script)),
            _cover(recording, SIDE),
            *_chapters(tracks),
            *_contents(len(tracks), words_for("script", recording.script.language)["contents"]),
        ]
    )


def track_tags(recording: Recording) -> Iterator[bytes]:
    """Yield the tag of each track's own file, in order."""
    tracks, cover = track_list(recording), _cover(recording, _TRACK_COVER_SIDE)
    places = places_of(recording.script)
    for number, track in enumerate(tracks, start=1):
        yield _bytes(
            [
                *_about(recording, track.title, track.length),
                *_text(recording, track.chapters, places),
                cover,
                id3.TRCK(encoding=_UTF_16, text=[f"{number}/{len(tracks)}"]),
            ]
        )


def delivered_tag(recording: Recording, number: int, length: int, kbits: int) -> bytes:
    """Return the tag of a track that is mastered anew, which lasts `length` samples; `number` counts from 1."""
    tracks = track_list(recording)
    counted = id3.TRCK(encoding=_UTF_16, text=[f"{number}/{len(tracks)}"])
    return _bytes([*_about(recording, tracks[number - 1].title, length, kbits), counted])


def _about(recording: Recording, title: str, length: int, kbits: int = MP3_KBITS) -> Iterator[id3.Frame]:
    """What a player lists, and that the voice is synthetic."""
    script, voices = recording.script, recording.voices
    yield from _texts(
        TIT2=title,
        TIT3=about(script).subtitle,
        TPE1=artist(recording),
        TPE2=artist(recording),
        TCOM=narrator(voices, script.language),
        TALB=script.title,
        TPUB=script.source,
        TCON="Speech",
        TLAN=iso_639_2(script.language),
        TLEN=str(milliseconds(length)),
        TENC=program(),
        TSSE=f"{program()}, LAME, {kbits} kb/s",
        **_date(script.published),
    )
    yield from _of_the_work(about(script))
    told, language = disclosure(voices, script.language, script.wording), words_for("edition", script.language).language
    yield id3.COMM(encoding=_UTF_16, lang=iso_639_2(language), desc="", text=[told])
    yield id3.TXXX(encoding=_UTF_16, desc="AI_DISCLOSURE", text=[told])
    yield id3.TXXX(encoding=_UTF_16, desc="digitalSourceType", text=[digital_source_type(voices)])
    yield id3.PRIV(owner=xmp.ID3_OWNER, data=xmp.packet(voices))


def _of_the_work(work: About) -> Iterator[id3.Frame]:
    """What the document says of the work. ID3v2.3 has frames for who took part and for rights that begin with a year
    (4.2.1); the other names are those that libraries of audiobooks read."""
    if work.others:
        people = [[creator.role, creator.name] for creator in work.others]
        yield id3.IPLS(encoding=_UTF_16, people=people)
    rights = _OF_RIGHTS.sub("", work.rights)
    if _YEAR_FIRST.match(rights):
        yield from _texts(TCOP=rights)
    own = {
        "RIGHTS": work.rights,
        "DESCRIPTION": work.description,
        "SUBJECT": "; ".join(work.subjects),
        "SERIES": work.series,
        "SERIES-PART": work.series_position if work.series else "",
        "ISBN": work.isbn,
        "IDENTIFIER": "; ".join(work.identifiers),
        "TRANSLATOR": ", ".join(work.named("translator")),
    }
    for name, text in own.items():
        if text:
            yield id3.TXXX(encoding=_UTF_16, desc=name, text=[text])


def _texts(**frames: str) -> Iterator[id3.Frame]:
    for name, text in frames.items():
        if line := one_line(text).strip():
            yield id3.Frames[name](encoding=_UTF_16, text=[line])


def _date(published: str) -> dict[str, str]:
    """Return the year, and day and month as DDMM (ID3v2.3, 4.2.1)."""
    found = _DATE.match(published)
    if not found:
        return {}
    year, month, day = found.groups()
    return {"TYER": year, "TDAT": f"{day}{month}"} if day else {"TYER": year}


def _text(recording: Recording, chapters: Iterable[ChapterRecording], places: Places) -> Iterator[id3.Frame]:
    """Yield the text of chapters, where books hold it."""
    if recording.book_text == "none":
        return
    script = recording.script
    lines = plain_text((recorded.chapter for recorded in chapters), places)
    yield id3.USLT(encoding=_UTF_16, lang=iso_639_2(script.language), desc="", text="\n".join(lines))


def _cover(recording: Recording, side: int) -> id3.Frame:
    cover, front = embedded(recording, side), id3.PictureType.COVER_FRONT
    description = alternative(recording.script)[:_LONGEST_DESCRIPTION]
    return id3.APIC(encoding=_UTF_16, mime=cover.media_type, type=front, desc=description, data=cover.data)


# --- chapters


def _chapter_id(index: int) -> str:
    return f"chp{index:03}"


def _chapters(tracks: Sequence[Track]) -> Iterator[id3.Frame]:
    for index, track in enumerate(tracks):
        yield id3.CHAP(
            element_id=_chapter_id(index),
            start_time=milliseconds(track.start),
            end_time=milliseconds(track.end),
            start_offset=_USE_THE_TIMES,
            end_offset=_USE_THE_TIMES,
            sub_frames=list(_texts(TIT2=track.title)),
        )


def _contents(count: int, title: str) -> Iterator[id3.Frame]:
    """The table of contents. It counts its children in one byte, so that many chapters need a level of parts."""
    ids = [_chapter_id(index) for index in range(count)]
    if count <= _MOST_CHILDREN:
        yield _table("toc", _TOP_LEVEL | _ORDERED, ids, title)
        return
    starts = range(0, count, _MOST_CHILDREN)
    parts = [f"toc{number:03}" for number in range(len(starts))]
    yield _table("toc", _TOP_LEVEL | _ORDERED, parts, title)
    for part, start in zip(parts, starts, strict=True):
        children = ids[start : start + _MOST_CHILDREN]
        yield _table(part, _ORDERED, children, f"{start + 1}–{start + len(children)}")


def _table(element_id: str, flags: int, children: Sequence[str], title: str) -> id3.Frame:
    return id3.CTOC(
        element_id=element_id, flags=flags, child_element_ids=list(children), sub_frames=list(_texts(TIT2=title))
    )


# --- bytes


def _bytes(frames: Iterable[id3.Frame]) -> bytes:
    tags = id3.ID3()
    for frame in frames:
        tags.add(frame)
    file = io.BytesIO()
    tags.save(file, v1=0, v2_version=3, padding=lambda info: 0)
    return in_time_order(file.getvalue())


def in_time_order(tag: bytes) -> bytes:
    """The same tag with its chapters in order of time, after the tables of contents, after all else.

    mutagen sorts frames by size, and FFmpeg lists chapters as it finds them (quodlibet/mutagen#506).
    """
    frames: list[bytes] = []
    start = _HEADER_BYTES
    while start < len(tag):
        end = start + _HEADER_BYTES + int.from_bytes(tag[start + 4 : start + 8])
        frames.append(tag[start:end])
        start = end
    frames.sort(key=_place)
    return tag[:_HEADER_BYTES] + b"".join(frames)


def _place(frame: bytes) -> tuple[int, bytes]:
    element_id, _, fields = frame[_HEADER_BYTES:].partition(b"\0")
    if frame.startswith(b"CTOC"):
        return 1, element_id
    if frame.startswith(b"CHAP"):
        return 2, fields[:4]
    return 0, b""
