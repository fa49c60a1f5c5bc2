"""Check the decoded sound: silent or cut sentences, noise in pauses, levels, and packages that differ in sound.

Only the stretch between two times is in memory at once.
"""

from __future__ import annotations

import math
import shutil
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from audio_edition import audio
from audio_edition.check import daisy, daisy3, epub
from audio_edition.check.manifest import Chapter, Cue, Manifest
from audio_edition.check.mp3_frames import FRAME_SAMPLES, fingerprints
from audio_edition.check.reading import UNREADABLE, Container
from audio_edition.check.tags import AAC_SLACK_SAMPLES
from audio_edition.model import RATE_HZ, Clip, Finding

SPOKEN_DBFS = -40.0
"""A sentence is louder than this somewhere."""
EDGE_DBFS = -55.0
"""And louder than this within its first and its last EDGE_MS."""
EDGE_MS = 150
SILENT_DBFS = -50.0
"""A pause is softer than this, but for SMEAR_MS at both ends, into which codecs spread a sound."""
SMEAR_MS = 30
ROOM_DBFS = -26.0
"""And where a person reads, than this: the room is heard in it, and a breath; a word is louder, or else the room is
noisy."""
STEADY_DB = 6.0
"""By so little the frames of a noisy room differ in their peaks; of a word, they differ by more."""
_FRAME_MS, _FEWEST_FRAMES = 40, 4
OFF_GRID_MS = 24
"""By so much a chapter of an M4B may begin beside its place: half an AAC frame at 22,050 Hz."""
LOUDNESS_SLACK_LU = 2.0
PEAK_DBTP = -1.0
_LONGEST_PIECE_SAMPLES = 60 * RATE_HZ
_AGAIN = "Build the edition again with --no-cache."
_LISTEN = "Listen to it; if it is so, build the edition again with --no-cache."


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the edition, in samples: a sentence, or the pause before one (or behind the last), which is of a
    person's recording where one reads beside it."""

    start: int
    end: int
    cue: Cue
    is_pause: bool
    is_recorded: bool = False


def _stretches(chapters: Sequence[Chapter]) -> Iterator[_Stretch]:
    """Yield the sentences and pauses of consecutive chapters, in order."""
    at, cues = chapters[0].start, [cue for chapter in chapters for cue in chapter.cues]
    was_read = False
    for cue in cues:
        yield _Stretch(at, cue.start, cue, True, cue.is_read or was_read)
        yield _Stretch(cue.start, cue.end, cue, False)
        at, was_read = cue.end, cue.is_read
    yield _Stretch(at, chapters[-1].end, cues[-1], True, was_read)


@dataclass(slots=True)
class _Heard:
    """The loudest sample of a stretch, within it and at its two edges, in dBFS; of a recorded pause, those of each of
    its frames."""

    whole: float = -math.inf
    frames: list[float] = field(default_factory=list)
    head: float = -math.inf
    tail: float = -math.inf
    samples: int = 0


def listening_findings(manifest: Manifest, name: str, chapters: Sequence[Chapter]) -> Iterator[Finding]:
    """Yield findings on the sound of a file that holds these consecutive chapters."""
    yield from _listened(manifest.folder / name, name, chapters, manifest.volume)


def book_listening_findings(
    manifest: Manifest, name: str, sounds: Iterator[tuple[Container, str]]
) -> Iterator[Finding]:
    """Yield findings on the sound of a book that has a file for each chapter."""
    for (files, sound), chapter in zip(sounds, manifest.chapters, strict=False):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            path = Path(folder, "chapter.mp3")
            with files.open(sound) as packed, path.open("wb") as copy:
                shutil.copyfileobj(packed, copy)
            yield from _listened(path, f"{name}/{sound}", [chapter], manifest.volume)


def _listened(path: Path, name: str, chapters: Sequence[Chapter], volume: float) -> Iterator[Finding]:
    """Yield a finding where there is no speech though a cue says so, where a pause is not silent, and where the end is
    missing."""
    is_m4b = path.suffix == ".m4b"
    off_grid_ms = OFF_GRID_MS if is_m4b else 0
    quieter_db = 20 * math.log10(volume)
    stretches, start = list(_stretches(chapters)), chapters[0].start
    length = chapters[-1].end - start
    ends = [end - start for stretch in stretches for end in _pieces(stretch)]
    # A second more, to know whether there is more.
    excerpts = audio.excerpts(path, RATE_HZ, [*ends, length + RATE_HZ])
    samples, recorded = 0, list[tuple[_Stretch, _Heard]]()
    with closing(excerpts):  # type: ignore[type-var]
        for stretch in stretches:
            heard = _heard(stretch, excerpts, SMEAR_MS + off_grid_ms)
            samples += heard.samples
            if stretch.is_pause and stretch.is_recorded:
                recorded.append((stretch, heard))
            else:
                yield from _judged(name, stretch, heard, quieter_db)
        samples += sum(clip.length for clip in excerpts)
    yield from _judged_rooms(name, recorded)
    if abs(samples - length) > (AAC_SLACK_SAMPLES if is_m4b else 0):
        message = f"It plays {samples / RATE_HZ:.3f} s, and the edition has {length / RATE_HZ:.3f} s."
        yield Finding("length-differs", "error", message, name, _AGAIN)


def _pieces(stretch: _Stretch) -> Iterator[int]:
    """Yield the ends of the pieces that a stretch is cut into, so that none is long."""
    yield from range(stretch.start + _LONGEST_PIECE_SAMPLES, stretch.end, _LONGEST_PIECE_SAMPLES)
    yield stretch.end


def _heard(stretch: _Stretch, excerpts: Iterator[Clip], smear_ms: int) -> _Heard:
    """Return what is heard in a stretch; of a pause, without its edges."""
    heard, at, length = _Heard(), 0, stretch.end - stretch.start
    edge = _samples(smear_ms) if stretch.is_pause else 0
    head = _samples(EDGE_MS)
    for _ in _pieces(stretch):
        clip = next(excerpts)
        heard.whole = max(heard.whole, _loudest(clip, edge - at, length - edge - at))
        if stretch.is_recorded:
            heard.frames += _frames(clip, edge - at, length - edge - at)
        heard.head = max(heard.head, _loudest(clip, 0, head - at))
        heard.tail = max(heard.tail, _loudest(clip, length - head - at, clip.length))
        at += clip.length
    heard.samples = at
    return heard


def _frames(clip: Clip, start: int, end: int) -> list[float]:
    size = _samples(_FRAME_MS)
    places = range(max(start, 0), min(end, clip.length) - size + 1, size)
    return [audio.peak_dbfs(clip, place, place + size) for place in places]


def _judged_rooms(name: str, recorded: Sequence[tuple[_Stretch, _Heard]]) -> Iterator[Finding]:
    """Yield a finding for each pause of a recording in which more sounds than its room."""
    rooms = [max(heard.frames) for _, heard in recorded if _is_steady(heard)]
    room_dbfs = statistics.median(rooms) if rooms else -math.inf
    for stretch, heard in recorded:
        if heard.whole > max(ROOM_DBFS, room_dbfs + STEADY_DB):
            yield _not_silent(name, stretch, heard)


def _is_steady(heard: _Heard) -> bool:
    return len(heard.frames) >= _FEWEST_FRAMES and max(heard.frames) - min(heard.frames) <= STEADY_DB


def _not_silent(name: str, stretch: _Stretch, heard: _Heard) -> Finding:
    message = f"A pause beside this sentence is not silent (a sample of {heard.whole:.0f} dBFS)."
    return Finding("pause-not-silent", "error", message, f"{name}: {stretch.cue.id}", _LISTEN, stretch.cue.text)


def _loudest(clip: Clip, start: int, end: int) -> float:
    start, end = max(start, 0), min(end, clip.length)
    return audio.peak_dbfs(clip, start, end) if start < end else -math.inf


def _samples(milliseconds: int) -> int:
    return audio.samples_in(milliseconds, RATE_HZ)


def _judged(name: str, stretch: _Stretch, heard: _Heard, quieter_db: float) -> Iterator[Finding]:
    place, text = f"{name}: {stretch.cue.id}", stretch.cue.text
    if stretch.is_pause:
        if heard.whole > SILENT_DBFS:
            yield _not_silent(name, stretch, heard)
    elif stretch.end == stretch.start:
        yield Finding("cue-silent", "error", "The sentence lasts no time at all.", place, _AGAIN, text)
    elif heard.whole < SPOKEN_DBFS + quieter_db:
        yield Finding("cue-silent", "error", "There is silence where this sentence should be.", place, _LISTEN, text)
    elif min(heard.head, heard.tail) < EDGE_DBFS + quieter_db:
        what = "begins" if heard.head < heard.tail else "ends"
        message = f"There is silence where this sentence {what}, so that its time is wrong or a part of it is missing."
        yield Finding("cue-cut", "error", message, place, _LISTEN, text)


# --- levels


def level_findings(manifest: Manifest, name: str) -> Iterator[Finding]:
    """Yield a finding if a file is not as loud as the edition says it should be, or clips."""
    levels = audio.levels(manifest.folder / name)
    wanted = manifest.target_lufs + 20 * math.log10(manifest.volume)
    if abs(levels.lufs - wanted) > LOUDNESS_SLACK_LU:
        message = f"Its loudness is {levels.lufs:.1f} LUFS, and {wanted:.1f} was meant."
        yield Finding("loudness-off", "warning", message, name, "Listen to it; another voice may come nearer.")
    if levels.peak_dbtp > PEAK_DBTP:
        message = f"Its true peak is {levels.peak_dbtp:.1f} dBTP; above {PEAK_DBTP:g} some players distort."
        yield Finding("peak-high", "warning", message, name, "Build the edition with a lower --volume.")


# --- the same sound in all packages


def same_sound_findings(manifest: Manifest) -> Iterator[Finding]:
    """Yield a finding for each chapter or track whose MP3 frames differ between packages. The same frames sound the
    same, so that one listening serves for all."""
    chapters = [chapter.length // FRAME_SAMPLES for chapter in manifest.chapters]
    whole = [prints for name in manifest.of_format("mp3") for prints in _of_file(manifest.folder / name, chapters)]
    if not whole:
        return
    expected = dict(zip((chapter.id for chapter in manifest.chapters), whole, strict=True))
    for place, found in _chapter_prints(manifest):
        for chapter, print_ in found.items():
            if print_ != expected[chapter]:
                yield Finding(
                    "sound-differs", "error", "The sound of this chapter is not that of the MP3 of the whole edition.",
                    f"{place}: {chapter}", _AGAIN,
                )  # fmt: skip


def _of_file(path: Path, counts: Sequence[int]) -> list[str]:
    with path.open("rb") as file:
        return fingerprints(file, counts)


def _chapter_prints(manifest: Manifest) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each package with the fingerprints of its chapters, by their ids. Files that cannot be read are named by
    other checks."""
    tracks = [name for name in manifest.of_format("tracks") if name.endswith(".mp3")]
    for name, track in zip(sorted(tracks), manifest.tracks, strict=False):
        try:
            prints = _of_file(manifest.folder / name, [chapter.length // FRAME_SAMPLES for chapter in track])
        except UNREADABLE:
            continue
        yield name, dict(zip((chapter.id for chapter in track), prints, strict=True))
    for name in manifest.of_format("epub"):
        yield from _of_book(name, epub.sounds(manifest.folder / name, name, len(manifest.chapters)), manifest)
    for format_ in ("daisy202", "daisy-folder"):
        if names := manifest.of_format(format_):
            yield from _of_book(names[0], daisy.sounds(manifest.folder, names), manifest)
    for name in manifest.of_format("daisy3"):
        yield from _of_book(name, daisy3.sounds(manifest.folder / name, name), manifest)


def _of_book(
    place: str, sounds: Iterator[tuple[Container, str]], manifest: Manifest
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the place of a book with the fingerprints of its chapters, each a file of its own."""
    found = {}
    try:
        for (files, name), chapter in zip(sounds, manifest.chapters, strict=False):
            with files.open(name) as file:
                (found[chapter.id],) = fingerprints(file, [chapter.length // FRAME_SAMPLES])
    except UNREADABLE:
        pass
    yield place, found
