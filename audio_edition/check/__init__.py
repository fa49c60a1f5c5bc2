"""Check a finished edition as a stranger would, from its files alone.

None of the code that writes packages is used here: each format is read by an independent library or parser and compared
with edition.json. The folder is untrusted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mutagen import MutagenError

from audio_edition.check import (
    braille,
    credentials,
    daisy,
    daisy3,
    ebraille,
    epub,
    files,
    onix,
    pictures,
    player,
    publication,
    sound,
    tags,
    texts,
    titles,
    tools,
)
from audio_edition.check.manifest import NAME, Manifest, read_manifest
from audio_edition.check.profile import profile_findings
from audio_edition.check.reading import UNREADABLE, one_spaced
from audio_edition.errors import SettingsError, StitchError
from audio_edition.model import Finding
from audio_edition.model.profiles import PROFILES

_MOST_OF_A_KIND = 20
_LEVELS = ("error", "warning", "note")
_REFUSALS = (*UNREADABLE, MutagenError, StitchError)


@dataclass(frozen=True, slots=True)
class Checked:
    """An edition and its findings, the most serious first."""

    folder: Path
    title: str
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is an error."""
        return all(finding.level != "error" for finding in self.findings)


def check_edition(path: Path, *, programs: bool = True, profile: str = "") -> Checked:
    """Check everything in an edition's folder and return the findings; `programs` also runs EPUBCheck, Ace and axe-core
    where they are installed. Its files are measured against the profile for which they were made, and one that is
    named.

    Raises SettingsError for a profile that is not known.
    """
    if profile and profile not in PROFILES:
        raise SettingsError(f"There is no profile {profile[:40]!r}.", f"Name one of: {', '.join(PROFILES)}.")
    folder = path.parent if path.name == NAME else path
    manifest, found = read_manifest(folder)
    if manifest is None:
        return Checked(folder, "", tuple(found))
    there = files.readable(manifest)
    looks: list[tools.Look] = [("", partial(files.file_findings, manifest))]
    looks.append(("", partial(pictures.image_findings, manifest, there)))
    looks.append(("", partial(credentials.credentials_findings, manifest, there)))
    for kind in (_of_sound, _of_parts, _of_books, _of_texts):
        looks += kind(manifest, there)
    looks += [("", partial(sound.same_sound_findings, manifest))]
    asked = [name for name in dict.fromkeys((manifest.profile, profile)) if name in PROFILES]
    looks += [("", partial(profile_findings, manifest, name, there)) for name in asked]
    looks += tools.looks(manifest, there) if programs else []
    kept = _Kept()
    for place, look in looks:
        for finding in _guarded(place, look):
            kept.add(finding)
    return Checked(folder, manifest.title, kept.sorted())


def profile_findings_of(folder: Path, profile: str) -> tuple[Finding, ...]:
    """Return in what the files of an edition do not conform to a profile."""
    manifest, found = read_manifest(folder)
    return tuple(found if manifest is None else profile_findings(manifest, profile, files.readable(manifest)))


def _of_sound(manifest: Manifest, there: list[str]) -> Iterator[tools.Look]:
    """Yield a check for the tags of each sound file, and one for the sound of each that holds the whole edition."""
    kinds = {"mp3": tags.mp3_findings, "m4b": tags.m4b_findings}
    for format_, look in kinds.items():
        for name in _there(manifest, format_, there):
            yield name, partial(look, manifest, name)
            yield name, partial(sound.listening_findings, manifest, name, manifest.chapters)
            yield name, partial(sound.level_findings, manifest, name)
    tracks = sorted(name for name in manifest.of_format("tracks") if name.endswith(".mp3"))
    for number, name in enumerate(tracks[: len(manifest.tracks)], start=1):
        if name in there:
            yield name, partial(tags.track_file_findings, manifest, name, number)
    if tracks:
        yield texts.PLAYLIST, partial(texts.playlist_findings, manifest, there)


def _of_parts(manifest: Manifest, there: list[str]) -> Iterator[tools.Look]:
    """Yield a check for the sound of the tracks or of a book, if no file holds the whole edition."""
    if _there(manifest, "mp3", there) or _there(manifest, "m4b", there):
        return
    tracks = sorted(name for name in _there(manifest, "tracks", there) if name.endswith(".mp3"))
    for name, track in zip(tracks, manifest.tracks, strict=False):
        yield name, partial(sound.listening_findings, manifest, name, track)
    for name in _there(manifest, "epub", there)[: not tracks]:
        chapters = epub.sounds(manifest.folder / name, name, len(manifest.chapters))
        yield name, partial(sound.book_listening_findings, manifest, name, chapters)
        return
    for format_ in ("daisy202", "daisy-folder"):
        if (names := _there(manifest, format_, there)) and not tracks:
            sections = daisy.sounds(manifest.folder, names)
            yield names[0], partial(sound.book_listening_findings, manifest, names[0], sections)
            return
    for name in _there(manifest, "daisy3", there)[: not tracks]:
        parts = daisy3.sounds(manifest.folder / name, name)
        yield name, partial(sound.book_listening_findings, manifest, name, parts)


def _of_books(manifest: Manifest, there: list[str]) -> Iterator[tools.Look]:
    """Yield a check for each book that synchronises text and sound."""
    for name in _there(manifest, "epub", there):
        yield name, partial(epub.epub_findings, manifest, name)
    for format_ in ("daisy202", "daisy-folder"):
        if names := _there(manifest, format_, there):
            yield names[0], partial(daisy.daisy_findings, manifest, names)
    for name in _there(manifest, "daisy3", there):
        yield name, partial(daisy3.daisy3_findings, manifest, name)
    for name in _there(manifest, "epub", there):
        if _there(manifest, "onix", there):
            yield "onix.xml", partial(onix.onix_findings, manifest, name, there)
    if names := _there(manifest, "audiobook", there):
        yield publication.MANIFEST, partial(publication.publication_findings, manifest, names, there)


def _of_texts(manifest: Manifest, there: list[str]) -> Iterator[tools.Look]:
    """Yield a check for each text, page and list."""
    if manifest.of_format("transcript"):
        yield "transcript", partial(texts.transcript_findings, manifest, there)
    for name in _there(manifest, "braille", there):
        yield name, partial(braille.braille_findings, manifest, name, there)
    for name in _there(manifest, "pef", there):
        yield name, partial(braille.pef_findings, manifest, name, there)
    for name in _there(manifest, "ebraille", there):
        yield name, partial(ebraille.ebraille_findings, manifest, name)
    if manifest.of_format("chapters"):
        yield texts.CHAPTERS, partial(texts.chapters_file_findings, manifest, there)
    if player.PAGE in _there(manifest, "page", there):
        yield player.PAGE, partial(player.player_findings, manifest, there)
    yield "", partial(texts.page_findings, manifest, there)
    yield "", partial(titles.title_findings, manifest, there)


def _there(manifest: Manifest, format_: str, there: list[str]) -> list[str]:
    return [name for name in manifest.of_format(format_) if name in there]


def _guarded(place: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield the findings of a check; a file that cannot be read becomes a finding too."""
    try:
        yield from look()
    except _REFUSALS as error:
        reason = one_spaced(str(getattr(error, "strerror", None) or error)).rstrip(".") or type(error).__name__
        yield files.unreadable(place, reason[:200])


class _Kept:
    """Collects findings, at most so many of each kind; the rest are counted."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, finding: Finding) -> None:
        kind = (finding.id, finding.level)
        self._counts[kind] += 1
        if self._counts[kind] <= _MOST_OF_A_KIND:
            self._findings.append(finding)

    def sorted(self) -> tuple[Finding, ...]:
        """Return the findings by level, the most serious first, in the order found; a kind's surplus becomes one
        finding."""
        more = [
            Finding(kind, level, f"And {count - _MOST_OF_A_KIND:,} more of this kind.")  # type: ignore[arg-type]
            for (kind, level), count in self._counts.items() if count > _MOST_OF_A_KIND
        ]  # fmt: skip
        return tuple(sorted([*self._findings, *more], key=lambda finding: _LEVELS.index(finding.level)))
