"""The whole edition as M4B, for audiobook apps: AAC, chapters, cover, tags, and the text.

Takes were encoded alone, at the rate of the voices. AAC has a grid of its own, of 1,024 samples: each take begins at
the grid place nearest to its start, at most 23 ms away (12 at 44,100 Hz) and within its leading silence, so that
nothing adds up.
"""

from __future__ import annotations

import io
import itertools
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm

from audio_edition.audio import AAC_FRAME_SAMPLES, ADTS_HEADER_BYTES, adts_frame_sizes, adts_rate_hz
from audio_edition.formats import xmp
from audio_edition.formats.about import About, about, artist
from audio_edition.formats.cover import embedded
from audio_edition.formats.disclosure import digital_source_type, disclosure, narrator, program
from audio_edition.formats.markup.places import places_of
from audio_edition.formats.mp4_index import ListedChapter, Sound, index_of, sound_head
from audio_edition.formats.plain_text import plain_text
from audio_edition.formats.track_list import track_list
from audio_edition.model import RATE_HZ, Package, Recording
from audio_edition.model.characters import one_line

_AUDIOBOOK = 2
_COVER_FORMATS = {"image/png": MP4Cover.FORMAT_PNG, "image/jpeg": MP4Cover.FORMAT_JPEG}
_FREE_FORM = "----:com.apple.iTunes:"
_LONGEST_DESCRIPTION = 255
"""Characters of the short one; `ldes` has all of it."""


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>.m4b`."""
    path = folder / f"{slug}.m4b"
    tracks = list(_joined(recording))
    frames = array("H", (size - ADTS_HEADER_BYTES for _, sizes in tracks for size in sizes))
    sound = Sound(frames, adts_rate_hz(tracks[0][0]), recording.length)
    chapters = [ListedChapter(one_line(track.title), track.start, track.end) for track in track_list(recording)]
    index = io.BytesIO(index_of(sound, chapters))
    _tag(index, recording)
    with path.open("wb") as file:
        file.write(index.getvalue())
        file.write(sound_head(sound, chapters))
        for track, sizes in tracks:
            file.write(_without_headers(track.read_bytes(), sizes))
        file.write(xmp.box(recording.voices))
    return Package("m4b", (path.relative_to(folder),))


def _joined(recording: Recording) -> Iterator[tuple[Path, array[int]]]:
    """The takes' tracks and the sizes of the frames to keep: as many as reach from a take's place on the grid to that
    of the next one; all of the last."""
    takes = [
        (chapter.start + take.start, take.tracks["aac"]) for chapter in recording.chapters for take in chapter.takes
    ]
    grid = AAC_FRAME_SAMPLES * RATE_HZ // adts_rate_hz(takes[0][1])
    places = [(start + grid // 2) // grid for start, _ in takes]
    for (start, end), (_, track) in zip(itertools.pairwise(places), takes[:-1], strict=True):
        yield track, adts_frame_sizes(track, end - start)
    yield takes[-1][1], adts_frame_sizes(takes[-1][1])


def _without_headers(track: bytes, sizes: Iterable[int]) -> bytes:
    return b"".join(
        track[end - size + ADTS_HEADER_BYTES : end]
        for size, end in zip(sizes, itertools.accumulate(sizes), strict=True)
    )


def _tag(index: BinaryIO, recording: Recording) -> None:
    """Write what audiobook apps list into the index; names of atoms as iTunes has them."""
    script, voices, work = recording.script, recording.voices, about(recording.script)
    told, by = disclosure(voices, script.language, script.wording), narrator(voices, script.language)
    cover = embedded(recording)
    text = "" if recording.book_text == "none" else "\n".join(plain_text(script.chapters, places_of(script)))
    file = MP4(index)
    file.update(
        {
            "\xa9nam": one_line(script.title),
            "\xa9ART": artist(recording),
            "aART": artist(recording),
            "\xa9wrt": by,
            "\xa9nrt": by,
            "\xa9alb": one_line(script.title),
            "\xa9gen": "Audiobook",
            **({"\xa9lyr": text} if text else {}),
            "\xa9too": program(),
            "\xa9cmt": told,
            "desc": (work.description or told)[:_LONGEST_DESCRIPTION],
            "stik": [_AUDIOBOOK],
            "covr": [MP4Cover(cover.data, _COVER_FORMATS[cover.media_type])],
            f"{_FREE_FORM}AI_DISCLOSURE": [MP4FreeForm(told.encode())],
            f"{_FREE_FORM}digitalSourceType": [MP4FreeForm(digital_source_type(voices).encode())],
            f"{_FREE_FORM}LANGUAGE": [MP4FreeForm(script.language.encode())],
        }
    )
    file.update(_of_the_work(script.published, one_line(script.source).strip(), work))
    file.save(index, padding=lambda _: 0)


def _of_the_work(published: str, publisher: str, work: About) -> dict[str, object]:
    """What the document says of the work, by the names that iTunes and libraries of audiobooks read."""
    atoms = {"\xa9day": published, "\xa9pub": publisher, "cprt": work.rights, "ldes": work.description}
    own = {
        "SUBTITLE": work.subtitle,
        "SUBJECT": "; ".join(work.subjects),
        "SERIES": work.series,
        "SERIES-PART": work.series_position if work.series else "",
        "ISBN": work.isbn,
        "IDENTIFIER": "; ".join(work.identifiers),
        "TRANSLATOR": ", ".join(work.named("translator")),
        "EDITOR": ", ".join(work.named("editor")),
        "ILLUSTRATOR": ", ".join(work.named("illustrator")),
        "CONTRIBUTOR": ", ".join(work.named("contributor")),
    }
    named: dict[str, object] = {name: text for name, text in atoms.items() if text}
    return named | {f"{_FREE_FORM}{name}": [MP4FreeForm(text.encode())] for name, text in own.items() if text}
