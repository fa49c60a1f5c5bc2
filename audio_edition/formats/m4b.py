"""The whole edition as M4B, for audiobook apps: AAC, chapters, cover, tags, and the text.

Takes were encoded alone. AAC has a grid of its own, of 1,024 samples: each take begins at the grid place nearest to its
start, at most 12 ms away and within its leading silence, so that nothing adds up.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from mutagen import MutagenError
from mutagen.mp4 import MP4, MP4Cover, MP4FreeForm

from audio_edition.atomic import blocks_of
from audio_edition.audio import AAC_FRAME_SAMPLES, first_frames, mux_m4b
from audio_edition.errors import PublishError
from audio_edition.formats.about import About, about, artist
from audio_edition.formats.cover import embedded
from audio_edition.formats.disclosure import digital_source_type, disclosure, narrator, program
from audio_edition.formats.markup.places import places_of
from audio_edition.formats.plain_text import plain_text
from audio_edition.formats.track_list import track_list
from audio_edition.model import RATE_HZ, Package, Recording
from audio_edition.model.characters import one_line

_AUDIOBOOK = 2
_PADDING_SECONDS = 0.2
"""More than the codec adds at both ends."""
_COVER_FORMATS = {"image/png": MP4Cover.FORMAT_PNG, "image/jpeg": MP4Cover.FORMAT_JPEG}
_FREE_FORM = "----:com.apple.iTunes:"
_LONGEST_DESCRIPTION = 255
"""Characters of the short one; `ldes` has all of it."""


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>.m4b`."""
    path = folder / f"{slug}.m4b"
    chapters = ((track.start, track.end, one_line(track.title)) for track in track_list(recording))
    mux_m4b(_frames(recording), chapters, path)
    try:
        _check_whole(path, recording)
        _tag(path, recording)
    except MutagenError as error:
        if disk_error := _disk_error(error):
            raise disk_error from error
        raise PublishError(
            f"{path}: the M4B could not be written ({error}).", "Set IMAGEIO_FFMPEG_EXE to an FFmpeg that works."
        ) from error
    return Package("m4b", (path.relative_to(folder),))


def _frames(recording: Recording) -> Iterator[bytes]:
    """The takes' frames, of each as many as reach from its place on the grid to the next one's; all of the last."""
    takes = [
        (_nearest_frame(chapter.start + take.start), take) for chapter in recording.chapters for take in chapter.takes
    ]
    for (start, take), (end, _) in itertools.pairwise(takes):
        yield from first_frames(take.tracks["aac"], "aac", end - start)
    with takes[-1][1].tracks["aac"].open("rb") as track:
        yield from blocks_of(track)


def _nearest_frame(sample: int) -> int:
    return (sample + AAC_FRAME_SAMPLES // 2) // AAC_FRAME_SAMPLES


def _disk_error(error: BaseException | None) -> OSError | None:
    """What mutagen's error rests on, where that is the disk's."""
    while error:
        if isinstance(error, OSError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _check_whole(path: Path, recording: Recording) -> None:
    """FFmpeg may end well and have written something else."""
    info, wanted = MP4(path).info, recording.length / RATE_HZ
    seconds = info.length if info else 0.0
    if abs(seconds - wanted) > _PADDING_SECONDS:
        raise MutagenError(f"it lasts {seconds:.1f} instead of {wanted:.1f} seconds")


def _tag(path: Path, recording: Recording) -> None:
    """What audiobook apps list; names of atoms as iTunes has them."""
    script, voices, work = recording.script, recording.voices, about(recording.script)
    told, by = disclosure(voices, script.language), narrator(voices, script.language)
    text, cover = "\n".join(plain_text(script.chapters, places_of(script))), embedded(recording)
    file = MP4(path)
    file.update(
        {
            "\xa9nam": one_line(script.title),
            "\xa9ART": artist(recording),
            "aART": artist(recording),
            "\xa9wrt": by,
            "\xa9nrt": by,
            "\xa9alb": one_line(script.title),
            "\xa9gen": "Audiobook",
            "\xa9lyr": text,
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
    file.save()


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
