"""ISSUE.TXT on a stick: for people and for the next run, the list of what was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from audio_edition import atomic
from audio_edition.edition.folder import FinishedEdition
from audio_edition.errors import SettingsError
from audio_edition.model import StickProfile
from audio_edition.model.characters import one_line
from audio_edition.stick.layout import StickFile
from audio_edition.stick.names import names_of

MARK = "ISSUE.TXT"
_FIRST_LINE = "audio-edition stick 1"
_LISTED = re.compile(r"([^\t]{1,200})\t[0-9a-f]{64}\t.*")
_PROFILE = re.compile(r"Holds ([a-z0-9, ]{1,80}) under (short|long) names\.")
_LIMIT_BYTES = 5_000_000


def lines_of_mark(edition: FinishedEdition, profile: StickProfile, files: Sequence[StickFile]) -> Iterator[str]:
    """Yield the lines of the mark: the issue, its profile, and each file with its SHA-256 and its title."""
    yield _FIRST_LINE
    yield ", ".join(filter(None, (one_line(edition.title), edition.published)))
    yield f"Holds {', '.join(profile.holds)} under {profile.names} names."
    yield ""
    yield from (f"{each.path}\t{each.sha256}\t{each.title}" for each in files)
    yield ""


def earlier_files(place: Path) -> list[Path]:
    """Return the files of an earlier issue: those that the mark lists, that have a name which its profile gives, and
    that no link leads to. None where there is no mark of ours."""
    lines = _lines(place)
    if not lines or lines[0] != _FIRST_LINE:
        return []
    names = names_of(_profile(lines[2] if len(lines) > 2 else ""))
    listed = (match[1] for match in map(_LISTED.fullmatch, lines) if match)
    paths = (place / path for path in dict.fromkeys(listed) if names.fullmatch(path))
    return [path for path in paths if _is_plain(place, path)]


def is_marked(place: Path) -> bool:
    """Return whether an issue was written there before."""
    return _lines(place)[:1] == [_FIRST_LINE]


def _profile(line: str) -> StickProfile:
    """Return what the mark says of names and kinds of files; of a mark that says nothing, the first profile there
    was."""
    if match := _PROFILE.fullmatch(line):
        try:
            return StickProfile(holds=tuple(match[1].split(", ")), names=match[2])
        except SettingsError:
            pass
    return StickProfile()


def _lines(place: Path) -> list[str]:
    try:
        with atomic.regular_file(place / MARK) as file:
            return file.read(_LIMIT_BYTES).decode("utf-8-sig", "replace").splitlines()
    except OSError:
        return []


def _is_plain(place: Path, path: Path) -> bool:
    """Return whether a path is a file in `place` that no link leads to."""
    return path.is_file() and not path.is_symlink() and (path.parent == place or not path.parent.is_symlink())
