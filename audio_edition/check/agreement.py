"""Compare what a package says with edition.json.

Times of packages are in milliseconds from the edition's start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from audio_edition.check.manifest import Chapter, Cue, Manifest
from audio_edition.check.reading import one_spaced, unspaced
from audio_edition.model import RATE_HZ, Finding

NEAREST_MS = 1.01
"""Two roundings to the millisecond."""
_DEEPEST = 6
_AGAIN = "Build the edition again."
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a package gives it; None for what the package leaves out."""

    id: str
    text: str | None = None
    begin_ms: float | None = None
    end_ms: float | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A chapter or track as a package lists it. Of a chapter without heading, some packages have no title."""

    title: str | None
    start_ms: float | None = None
    end_ms: float | None = None


def in_ms(samples: int) -> float:
    return samples * 1000 / RATE_HZ


def shown(text: str) -> str:
    """Return the beginning of a text, long enough to recognise it."""
    text = one_spaced(text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


# --- sentences


def sentence_findings(
    place: str,
    told: Sequence[Sentence],
    cues: Sequence[Cue],
    ends: Sequence[int],
    text_of: Callable[[Cue], str] = lambda cue: cue.text,
) -> Iterator[Finding]:
    """Yield a finding where the sentences of a package are not those of the edition: their order, text and times.

    `ends` are the samples at which what follows each cue begins; `text_of` gives the text that the package should have
    for it.
    """
    if [sentence.id for sentence in told] != [cue.id for cue in cues]:
        yield _not_the_same(place, [sentence.id for sentence in told], [cue.id for cue in cues])
        return
    for sentence, cue, end in zip(told, cues, ends, strict=True):
        if sentence.text is not None and one_spaced(sentence.text) != one_spaced(text_of(cue)):
            yield Finding(
                "text-differs",
                "error",
                f"The sentence reads: {shown(sentence.text)}",
                f"{place}: {cue.id}",
                _AGAIN,
                cue.text,
            )
        if sentence.language is not None and sentence.language.lower() != cue.language.lower():
            yield Finding(
                "language-differs", "error",
                f"The sentence is marked as {sentence.language or 'no language'}, and it is {cue.language}.",
                f"{place}: {cue.id}", _AGAIN, cue.text,
            )  # fmt: skip
        yield from _times_differ(place, sentence, cue, end)


def _not_the_same(place: str, told: list[str], expected: list[str]) -> Finding:
    lacking = [name for name in expected if name not in set(told)]
    beyond = [name for name in told if name not in set(expected)]
    first = next(((one, other) for one, other in zip_longest(told, expected) if one != other), ("", ""))
    if lacking:
        what = f"{len(lacking)} of its {len(expected)} sentences are not there, the first of them {lacking[0]}"
    elif beyond:
        what = f"{len(beyond)} sentences are not of the edition, the first of them {beyond[0][:40]}"
    else:
        what = f"sentences are in another order, or twice: {first[0]} stands where {first[1]} should"
    return Finding("sentences-differ", "error", f"The sentences are not those of the edition: {what}.", place, _AGAIN)


def _times_differ(place: str, sentence: Sentence, cue: Cue, end: int) -> Iterator[Finding]:
    """Yield a finding if a sentence begins elsewhere than its cue, or ends before it or after the start of what
    follows."""
    if sentence.begin_ms is None or sentence.end_ms is None:
        return
    late_ms = sentence.begin_ms - in_ms(cue.start)
    if abs(late_ms) > NEAREST_MS:
        yield _time_differs(place, cue, "begins", late_ms)
    elif sentence.end_ms < in_ms(cue.end) - NEAREST_MS:
        yield _time_differs(place, cue, "ends", sentence.end_ms - in_ms(cue.end))
    elif sentence.end_ms > in_ms(end) + NEAREST_MS:
        yield _time_differs(place, cue, "ends", sentence.end_ms - in_ms(end))


def _time_differs(place: str, cue: Cue, what: str, late_ms: float) -> Finding:
    late = f"{abs(late_ms) / 1000:.3f} s {'late' if late_ms > 0 else 'early'}"
    return Finding("time-differs", "error", f"The sentence {what} {late}.", f"{place}: {cue.id}", _AGAIN, cue.text)


def ends_of(chapter: Chapter) -> list[int]:
    """Return, for each cue of a chapter, the start of the next one."""
    return [*(cue.start for cue in chapter.cues[1:]), chapter.end]


def all_ends(manifest: Manifest) -> list[int]:
    """Return the same for all cues of the edition."""
    return [end for chapter in manifest.chapters for end in ends_of(chapter)]


def author_findings(place: str, told: Sequence[str], manifest: Manifest) -> Iterator[Finding]:
    """Yield a finding if a package does not name every author of the document. `told` is what it says about who wrote
    it."""
    named = one_spaced(" ".join(told))
    for author in manifest.authors:
        if one_spaced(author) not in named:
            yield Finding("author-missing", "error", f"It does not name {shown(author)} as an author.", place, _AGAIN)


# --- chapters and tracks


def chapter_findings(place: str, told: Sequence[Entry], manifest: Manifest) -> Iterator[Finding]:
    """Yield a finding if a package does not list all chapters, at all levels, with their titles."""
    chapters = manifest.chapters
    if len(told) != len(chapters):
        yield _other_number(place, len(told), len(chapters), "chapters")
        return
    for entry, chapter in zip(told, chapters, strict=True):
        heard = "".join(cue.announces + cue.text + cue.concludes for cue in chapter.heading)
        written = "".join(cue.text for cue in chapter.heading)
        headings = {one_spaced(chapter.title), unspaced(written), unspaced(heard)}
        if entry.title is not None and not {one_spaced(entry.title), unspaced(entry.title)} & headings:
            yield _other_title(f"{place}: {chapter.id}", entry.title, chapter.title)
        yield from _other_time(f"{place}: {chapter.id}", entry, chapter.start, chapter.end)


def track_findings(
    place: str, told: Sequence[Entry], manifest: Manifest, nearest_ms: float = NEAREST_MS
) -> Iterator[Finding]:
    """Yield a finding if a package does not list all tracks with their titles."""
    tracks = manifest.tracks
    if len(told) != len(tracks):
        yield _other_number(place, len(told), len(tracks), "tracks")
        return
    for number, (entry, track) in enumerate(zip(told, tracks, strict=True), 1):
        title = track[0].track or track[0].title
        if entry.title is not None and one_spaced(entry.title) != one_spaced(title):
            yield _other_title(f"{place}: track {number}", entry.title, title)
        yield from _other_time(f"{place}: track {number}", entry, track[0].start, track[-1].end, nearest_ms)


def _other_number(place: str, told: int, expected: int, what: str) -> Finding:
    return Finding(
        "chapters-differ", "error", f"It lists {told} {what}, and the edition has {expected}.", place, _AGAIN
    )


def _other_title(place: str, told: str, expected: str) -> Finding:
    message = f"It is called “{shown(told)}” here, and “{shown(expected)}” in edition.json."
    return Finding("chapters-differ", "error", message, place, _AGAIN)


def _other_time(place: str, entry: Entry, start: int, end: int, nearest_ms: float = NEAREST_MS) -> Iterator[Finding]:
    for told, expected, what in ((entry.start_ms, start, "begins"), (entry.end_ms, end, "ends")):
        if told is not None and abs(told - in_ms(expected)) > nearest_ms:
            message = f"It {what} at {told / 1000:.3f} s here, and at {in_ms(expected) / 1000:.3f} s in the edition."
            yield Finding("chapter-time-differs", "error", message, place, _AGAIN)


def called_alike(told: dict[str, Sequence[Entry]]) -> Iterator[Finding]:
    """Yield a finding if the packages that list tracks give them different titles. `told` is by the place of each
    package."""
    for (place, entries), (other_place, others) in pairwise(told.items()):
        for number, (entry, other) in enumerate(zip(entries, others, strict=False), 1):
            if None not in (entry.title, other.title) and one_spaced(entry.title or "") != one_spaced(
                other.title or ""
            ):
                yield Finding(
                    "chapters-differ", "error",
                    f"It is called “{shown(other.title or '')}” here, and “{shown(entry.title or '')}” in {place}.",
                    f"{other_place}: track {number}", _AGAIN,
                )  # fmt: skip


# --- levels


def depths(manifest: Manifest) -> list[int]:
    """Return the heading level of each chapter: 1 for the title of the edition if that is said first; for any other,
    one more than the nearest heading above it of a lower level, at most 6; 0 for a chapter without heading."""
    above, found = [0], list[int]()
    for number, chapter in enumerate(manifest.chapters):
        if number == 0 and chapter.is_headed and chapter.cues[0].role == "title":
            found.append(1)
        elif chapter.is_headed:
            while above[-1] >= chapter.level > 0:
                above.pop()
            above.append(chapter.level)
            found.append(min(len(above), _DEEPEST))
        else:
            found.append(0)
    return found


def nested(headings: Sequence[int]) -> list[int]:
    """Return how deep each chapter stands in nested lists, with the title beside the headings under it."""
    above, found = list[int](), list[int]()
    for depth in (max(heading, 2) for heading in headings):
        while above and above[-1] >= depth:
            above.pop()
        above.append(depth)
        found.append(len(above))
    return found


def level_findings(place: str, told: Sequence[int], expected: Sequence[int], manifest: Manifest) -> Iterator[Finding]:
    """Yield a finding for each heading or entry at another level than in the edition. Their number is not judged."""
    if len(told) != len(expected):
        return
    for level, wanted, chapter in zip(told, expected, manifest.chapters, strict=True):
        if level != wanted:
            yield Finding(
                "levels-differ", "error", f"It stands at level {level}, and it is of level {wanted}.",
                f"{place}: {chapter.id}", _AGAIN, chapter.title,
            )  # fmt: skip
