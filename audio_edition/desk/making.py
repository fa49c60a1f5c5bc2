"""What takes longer, while the desk goes on: editions are made and sticks written in a thread, by the same calls as
those of the command line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from audio_edition.cache import Cache
from audio_edition.check import Checked, check_edition
from audio_edition.desk.folder import IssueFolder
from audio_edition.desk.listening import Found, Heard, facts_of, found_in, narrated
from audio_edition.desk.saying import Said, read_said
from audio_edition.edition.build import make_edition
from audio_edition.edition.folder import manifest_of
from audio_edition.edition.jobs import jobs_for
from audio_edition.edition.kept import edition_key, kept_edition
from audio_edition.errors import AudioEditionError
from audio_edition.model import EDITION_JSON, Settings, StickProfile, Utterance
from audio_edition.stick import Step, WrittenStick, write_stick

Phase = Literal[
    "reading", "listening", "speaking", "packing", "checking", "writing", "reading_back", "done", "found", "written",
    "stopped", "failed",
]  # fmt: skip
AT_WORK: tuple[Phase, ...] = ("reading", "listening", "speaking", "packing", "checking", "writing", "reading_back")
_MOST_STICKS = 200
"""That are remembered; a list of files takes some kilobytes."""


@dataclass(frozen=True, slots=True)
class StickOrder:
    """What is to be written where: the folder of an edition, and a profile by its name."""

    edition: Path
    place: Path
    name: str
    profile: StickProfile
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an edition is: sentences `done` of `whole`, and the one just spoken; or seconds of recordings, and the
    file that is listened to; or bytes of a stick, and the file that is written.

    `folder` is the edition's place when it is there; `version` grows with each change.
    """

    issue: str
    phase: Phase = "reading"
    done: int = 0
    whole: int = 0
    sentence: str = ""
    folder: str = ""
    error: str = ""
    remedy: str = ""
    article: str = ""
    """Whose recording alone is listened to; no edition is made then."""
    stick: StickOrder | None = None
    """What is written onto a stick; no edition is made then."""
    version: int = 0

    @property
    def at_work(self) -> bool:
        return self.phase in AT_WORK


class StoppedError(AudioEditionError):
    """Somebody stopped it."""


class Maker:
    """Makes one edition at a time, and remembers what came of the last one of each issue."""

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._progress: dict[str, Progress] = {}
        self._checked: dict[tuple[Path, bytes], Checked] = {}
        self._found: dict[tuple[str, str], Found] = {}
        self._sticks: dict[str, list[WrittenStick]] = {}
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    def progress(self, issue: IssueFolder) -> Progress | None:
        """Return how far the edition of an issue is; None where none was asked for since the desk was opened."""
        with self._lock:
            return self._progress.get(issue.name)

    def start(self, issue: IssueFolder, settings: Settings) -> None:
        """Begin to make the edition of an issue, unless one is being made already."""
        self._begin(issue, lambda: self._make(issue, settings))

    def start_check(self, issue: IssueFolder, folder: Path) -> None:
        """Begin to check a finished edition."""
        self._begin(issue, lambda: self._check(issue, folder))

    def start_listening(self, issue: IssueFolder, settings: Settings, name: str) -> None:
        """Begin to find the sentences of an article in its recording."""
        self._begin(issue, lambda: self._find(issue, settings, name), name)

    def start_stick(self, issue: IssueFolder, order: StickOrder) -> None:
        """Begin to write a stick."""
        self._begin(issue, lambda: self._write(issue, order), stick=order)

    def sticks(self, issue: IssueFolder) -> list[WrittenStick]:
        """Return the sticks of an issue that were written since the desk was opened, the last one first."""
        return self._sticks.get(issue.name, [])

    def found(self, issue: IssueFolder, name: str) -> Found | None:
        """Return what was found last in the recording of an article; None where nobody listened since the desk was
        opened."""
        return self._found.get((issue.name, name))

    def stop(self) -> None:
        """Stop what is being made; nothing half-made stays."""
        self._stop.set()

    def close(self) -> None:
        """Stop what is being made, and wait until it is."""
        self.stop()
        if self._thread:
            self._thread.join()

    def checked(self, folder: Path) -> Checked | None:
        """Return what a check found in an edition as it is now; None where it was not checked yet."""
        try:
            return self._checked.get((folder, manifest_of(folder)))
        except AudioEditionError:
            return None

    def at_work_on(self) -> str:
        """Return the issue that is being made; "" for none."""
        with self._lock:
            return next((each.issue for each in self._progress.values() if each.at_work), "")

    def _begin(
        self, issue: IssueFolder, work: Callable[[], None], article: str = "", stick: StickOrder | None = None
    ) -> None:
        with self._lock:
            if any(each.at_work for each in self._progress.values()):
                return
            self._stop.clear()
            before = self._progress.get(issue.name)
            version = before.version + 1 if before else 1
            self._progress[issue.name] = Progress(
                issue.name, "writing" if stick else "reading", article=article, stick=stick, version=version
            )
            self._thread = threading.Thread(target=self._guarded, args=(issue, work), name="making", daemon=True)
            self._thread.start()

    def _guarded(self, issue: IssueFolder, work: Callable[[], None]) -> None:
        """Do the work; whatever stops it is told to who looks."""
        try:
            work()
        except StoppedError:
            self._tell(issue, phase="stopped")
        except AudioEditionError as error:
            self._tell(issue, phase="failed", error=error.message, remedy=error.remedy)
        except Exception as error:  # a fault of ours must not look like work that goes on for ever
            what = f"This could not be done ({type(error).__name__}: {error})."
            self._tell(issue, phase="failed", error=what)
            raise

    def _make(self, issue: IssueFolder, settings: Settings) -> None:
        said = read_said(issue, settings)
        made_from = made_from_of(said)
        kept = kept_edition(issue.editions, made_from)
        folder = kept or self._made(issue, said, made_from)
        self._check(issue, folder)

    def _made(self, issue: IssueFolder, said: Said, made_from: str) -> Path:
        def progress(done: int, whole: int, utterance: Utterance) -> None:
            if self._stop.is_set():
                raise StoppedError("")
            phase: Phase = "packing" if done == whole else "speaking"
            self._tell(issue, phase=phase, done=done, whole=whole, sentence=utterance.text)

        script, narration = narrated(said, self._cache, self._listening(issue))
        self._tell(issue, phase="speaking", done=0, whole=len(script.utterances))
        jobs = jobs_for(script, said.settings.speech)
        made = make_edition(
            script, issue.editions, said.settings, self._cache, progress, jobs=jobs, made_from=made_from,
            narration=narration,
        )  # fmt: skip
        return made.folder

    def _find(self, issue: IssueFolder, settings: Settings, name: str) -> None:
        said = read_said(issue, settings)
        found = found_in(issue, said, name, self._cache, self._listening(issue))
        self._found[issue.name, name] = found
        self._tell(issue, phase="found")

    def _listening(self, issue: IssueFolder) -> Heard:
        """Return what tells how much of the recordings was listened to, and stops it."""

        def heard(done: float, whole: float, file: str) -> None:
            if self._stop.is_set():
                raise StoppedError("")
            self._tell(issue, phase="listening", done=round(done), whole=round(whole), sentence=file)

        return heard

    def _write(self, issue: IssueFolder, order: StickOrder) -> None:
        def progress(step: Step, done: int, whole: int, path: str) -> None:
            if self._stop.is_set():
                raise StoppedError("")
            phase: Phase = "writing" if step == "writing" else "reading_back"
            self._tell(issue, phase=phase, done=done, whole=whole, sentence=path)

        written = write_stick(order.edition, order.place, order.profile, beside=order.beside, progress=progress)
        self._sticks[issue.name] = [written, *self.sticks(issue)][:_MOST_STICKS]
        self._tell(issue, phase="written")

    def _check(self, issue: IssueFolder, folder: Path) -> None:
        self._tell(issue, phase="checking", folder=folder.name)
        self._checked[folder, manifest_of(folder)] = check_edition(folder, programs=False)
        self._tell(issue, phase="done", folder=folder.name)

    def _tell(self, issue: IssueFolder, **changes: object) -> None:
        with self._lock:
            known = self._progress[issue.name]
            self._progress[issue.name] = replace(known, version=known.version + 1, **changes)  # type: ignore[arg-type]


def made_from_of(said: Said) -> str:
    """Return the name of all that an edition of this depends on, as `build` writes it into edition.json."""
    return edition_key(said.documents, said.lexicon_files, said.settings, "whole", *facts_of(said))


def editions(issue: IssueFolder) -> list[Path]:
    """Return the folders of an issue's editions, the one made last first."""
    manifests = [path for path in issue.editions.glob(f"[!.]*/{EDITION_JSON}") if not path.parent.is_symlink()]
    return [path.parent for path in sorted(manifests, key=lambda path: path.stat().st_mtime_ns, reverse=True)]
