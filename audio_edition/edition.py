"""The stages in order: read, script, speak, stitch, publish. The only module that knows all of them."""

from __future__ import annotations

import contextlib
import dataclasses
import errno
import itertools
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from audio_edition import audio, work
from audio_edition.config import Settings, date_of_build
from audio_edition.errors import PublishError
from audio_edition.model import RATE_HZ, ChapterRecording, Package, Pause, Recording, Script, Utterance
from audio_edition.publish import JSON, chosen, codecs_of, publish, write_manifest
from audio_edition.publish import slug as slug_of
from audio_edition.publish.manifest import NAME as MANIFEST_NAME
from audio_edition.read import decode, load, read_text
from audio_edition.script import is_script, script_from_json, write_script
from audio_edition.speak.cast import Cast, cast_for
from audio_edition.speak.loudness import TARGET_LUFS
from audio_edition.speak.preview import first_minute
from audio_edition.stitch import Stitcher

_MOVE_IT = "Move it away, or name another folder with -o."
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}

Progress = Callable[[int, int, Utterance], None]
"""Called with the number of utterances that are done, their whole number, and the one just done."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished edition: the folder to hand out, and what is in it."""

    folder: Path
    recording: Recording
    packages: tuple[Package, ...]
    replaced: bool
    """Whether an older edition was in its place."""

    @property
    def seconds(self) -> float:
        """How long it plays, to the millisecond."""
        return round(self.recording.length / RATE_HZ, 3)

    @property
    def open_first(self) -> Path:
        """The file to try first."""
        return self.folder / self.packages[0].files[0]


def make_script(document: Path | bytes, settings: Settings, name: str = "") -> Script:
    """What will be said for a document: an article, or a script that `script --format json` wrote and a person edited.

    `document` is a file, or the bytes of one that is called `name`. Raises ReadError, ScriptError.
    """
    name = name or (str(document) if isinstance(document, Path) else "the document")
    text, decoding = decode(load(document, name), name)
    language = settings.speech.language
    if is_script(text):
        script = script_from_json(text, name)
    else:
        script = write_script(read_text(text, decoding, name, language), settings.pauses)
    return dataclasses.replace(
        script,
        language=language or script.language,
        published=settings.date or script.published or date_of_build(),
        source=settings.publisher or script.source,
    )


def make_edition(
    script: Script,
    output: Path,
    settings: Settings,
    cache: work.Cache | None = None,
    progress: Progress = lambda done, whole, utterance: None,
    preview: bool = False,
) -> Edition:
    """Speak, stitch and publish a script, or its first minute, into a folder of `output` named after its title.

    The folder appears whole or not at all; an older edition of that name is replaced. Raises AudioEditionError.
    """
    formats = chosen(settings.formats)
    slug = slug_of(script.title) + "-preview" * preview
    place = output / slug
    with _clear_disk_errors(output), work.building_folder(output, slug) as building:
        _check_free_for_edition(place)
        new = building / "edition"
        new.mkdir()
        with cast_for(script, settings.speech, cache) as cast:
            heard = first_minute(script, cast) if preview else script
            stitcher = Stitcher(cast, building, codecs_of(formats), cache, _counted(heard, progress))
            recording = _recording(heard, cast, stitcher.record(heard))
        packages = publish(recording, new, slug, formats)
        write_manifest(recording, new, packages, _facts(recording, cast, settings, formats))
        replaced = work.move_into_place(new, place)
    if cache:
        cache.prune()
    return Edition(place, recording, packages, replaced)


def _recording(script: Script, cast: Cast, chapters: tuple[ChapterRecording, ...]) -> Recording:
    """The script as it was spoken, with the findings of its cast and the voices that are heard."""
    others = dict.fromkeys(cue.voice for chapter in chapters for cue in chapter.cues if cue.voice)
    script = dataclasses.replace(script, findings=(*script.findings, *cast.findings))
    return Recording(script, chapters, cast.main.delivery, cast.main.engine.version, tuple(others))


def _counted(script: Script, progress: Progress) -> Callable[[Utterance], None]:
    whole = len(script.utterances)
    done = itertools.count(1)
    return lambda utterance: progress(next(done), whole, utterance)


def _facts(recording: Recording, cast: Cast, settings: Settings, formats: Sequence[str]) -> dict[str, JSON]:
    """What edition.json says of how the edition was made, besides what is in it. No path, no clock: same bytes."""
    speech = settings.speech
    others = {narrator.voice: narrator for narrator in cast.others.values() if narrator.voice in recording.others}
    gains: dict[str, JSON] = {f"{voice.engine}:{voice.id}": narrator.gain_db for voice, narrator in others.items()}
    engines = {narrator.engine.name: narrator.engine.version for narrator in others.values()}
    return {
        "loudness": {
            "target_lufs": TARGET_LUFS,
            "gain_db": cast.main.gain_db,
            "limiter_dbtp": audio.PEAK_LIMIT_DBTP,
            **({"other_gains_db": gains} if gains else {}),
        },
        "settings": {
            "formats": list(formats),
            "pauses_ms": _pauses(recording.script),
            "rate_wpm": speech.rate_wpm,
            "volume": speech.volume,
        },
        "versions": {"audio-edition": version("audio-edition"), "ffmpeg": audio.ffmpeg_version(), **engines},
    }


def _pauses(script: Script) -> dict[str, JSON]:
    """The pauses of the script by their reason, all lengths that occur: an edited script has its own."""
    found: dict[str, set[int]] = {}
    for chapter in script.chapters:
        for part in chapter.parts:
            if isinstance(part, Pause):
                found.setdefault(part.reason, set()).add(part.milliseconds)
    return {reason: sorted(lengths) for reason, lengths in sorted(found.items())}


def _check_free_for_edition(place: Path) -> None:
    """An edition may be replaced; nothing else that has its name may, nor what somebody put into its folder."""
    if place.is_symlink() or (place.exists() and not (place / MANIFEST_NAME).is_file()):
        raise PublishError(
            f"{place}: something else has the edition's name, and only an edition is replaced.", _MOVE_IT
        )
    if strangers := _strangers(place):
        names = ", ".join(sorted(strangers)[:3])
        raise PublishError(f"{place}: the older edition's folder holds files that are not of it: {names}.", _MOVE_IT)


def _strangers(place: Path) -> set[str]:
    """Files in an edition's folder that its manifest does not name, but for those that file managers leave."""
    found = {
        path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file() and path.name not in _LITTER
    }
    if not found:
        return set()
    try:
        manifest = json.loads((place / MANIFEST_NAME).read_text("utf-8"))
        return found - {MANIFEST_NAME} - {file["path"] for file in manifest["files"]}
    except (ValueError, KeyError, TypeError):
        return found


@contextlib.contextmanager
def _clear_disk_errors(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = error.filename or output
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise PublishError(
            f"{place}: the edition could not be written ({error.strerror or error}).",
            "Make room on the disk, or name another folder with -o." if full else "Name another folder with -o.",
        ) from error
