"""Open recordings: files and folders of them become tapes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from audio_edition import audio
from audio_edition.atomic import sha256_of
from audio_edition.edition.issue import Documents
from audio_edition.errors import NarrationError, StitchError
from audio_edition.model import PERSON, Settings, Tape, Voice
from audio_edition.narration.heard import LONGEST_HOURS, too_long, unplayable

_MOST_TAPES = 1000


def tapes_of(documents: Documents, settings: Settings) -> tuple[Tape, ...]:
    """Return the recordings that a list of documents and the caller name, in order of their names within a folder.

    Raises NarrationError for what is no recording, cannot be played, or is the same as another.
    """
    paths = [path for recording in (*documents.recordings, *settings.recordings) for path in _files(recording)]
    if len(paths) > _MOST_TAPES:
        raise NarrationError(f"{len(paths)} recordings were named.", f"Name at most {_MOST_TAPES}.")
    language = settings.speech.language or documents.language
    folder = documents.listed_in.parent if documents.listed_in else Path()
    for name in documents.narrators:
        if name not in {path.name for path in paths}:
            raise NarrationError(
                f"{name}: no recording has this name, for which a narrator is named.", "Mend the list."
            )
    tapes: dict[str, Tape] = {}
    for path in paths:
        narrator = documents.narrators.get(path.name, settings.narrator or documents.narrator)
        tape = _tape(path, narrator, language)
        if tape.sha256 in tapes:
            other = tapes[tape.sha256].path
            raise NarrationError(f"{path}: this is the same recording as {other}.", "Name it once.")
        of = tuple(article for article, recording in documents.recorded.items() if folder / recording == path)
        tapes[tape.sha256] = replace(tape, documents=of)
    return tuple(tapes.values())


def _files(recording: Path) -> Iterator[Path]:
    if recording.is_dir():
        found = sorted(path for path in recording.iterdir() if path.suffix.lower() in audio.SOUND_FILES)
        found = [path for path in found if path.is_file() and not path.name.startswith(".")]
        if not found:
            raise NarrationError(f"{recording}: no recording is in this folder.", _KINDS)
        yield from found
    elif not recording.is_file():
        raise NarrationError(f"{recording}: there is no such recording.", "Check its name.")
    elif recording.suffix.lower() not in audio.SOUND_FILES:
        raise NarrationError(f"{recording}: this is not a kind of file that recordings come in.", _KINDS)
    else:
        yield recording


_KINDS = "Name WAV, MP3, M4A, FLAC or Opus files."


def _tape(path: Path, narrator: str, language: str) -> Tape:
    try:
        sha256 = sha256_of(path)
        seconds = audio.seconds_told(path)
    except OSError as error:
        raise NarrationError(f"{path}: this can't be read ({error.strerror or error}).", "Check the file.") from error
    except StitchError as error:
        raise unplayable(path) from error
    if seconds > 3600 * LONGEST_HOURS:
        raise too_long(path)
    return Tape(path, sha256, Voice(narrator, narrator, language, PERSON))
