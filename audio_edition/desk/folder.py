"""The folder of a desk: issues, each a folder of plain files that `audio-edition build ISSUE/edition.toml` makes too.

    FOLDER/
      audio-edition.toml    settings of all issues, where there are some
      lexicon.txt           how words are said, in all issues
      2026-11-30/           an issue
        edition.toml        its title, date, sections and articles
        lexicon.txt         how words are said in it
        articles/           the documents as they came, and edited texts
        recordings/         of people who read
        editions/           what was made

A folder that has an edition.toml itself is one issue.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import re
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from audio_edition import atomic
from audio_edition.config import FILE_NAME, load_settings
from audio_edition.desk.contents import Contents, Section, read_contents, written
from audio_edition.errors import DeskError, ReadError
from audio_edition.formats.slug import slug
from audio_edition.model import Settings
from audio_edition.sources.files import LIMIT_BYTES

LIST = "edition.toml"
LEXICON = "lexicon.txt"
ARTICLES, EDITIONS, RECORDINGS = "articles", "editions", "recordings"
EDITED = ".edited"
"""Behind the name of a document, and before `.md` or `.txt`: its edited text."""
_UPLOAD = ".audio-edition-upload"
"""The ending of the name of a folder into which a recording is uploaded."""
LIMIT_RECORDING_BYTES = 1_000_000_000
_LIMIT_LIST_BYTES = 1_000_000
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")
_LONGEST_NAME = 60
_MOST_OF_A_NAME = 1000


class ConflictError(DeskError):
    """What a form was made from was changed since, in another window or program. `now` is the text that is there; of a
    lexicon, `said` is how the words are said by now."""

    def __init__(self, now: str, said: str = "") -> None:
        super().__init__("This was changed in another window, or by another program.", "Compare the two.")
        self.now = now
        self.said = said


def digest(text: str) -> str:
    """Return a name for what a form was made from."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


@dataclass(frozen=True)
class IssueFolder:
    """One issue. Changes are made under the lock of its desk, each to a whole file."""

    path: Path
    lock: threading.RLock = field(repr=False)

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def list_path(self) -> Path:
        return self.path / LIST

    @property
    def lexicon(self) -> Path:
        return self.path / LEXICON

    @property
    def editions(self) -> Path:
        return self.path / EDITIONS

    def list_text(self) -> str:
        """Return edition.toml as it stands. Raises DeskError."""
        return text_of(self.list_path)

    def contents(self) -> Contents:
        """Return what the issue lists. Raises DeskError, SettingsError."""
        return read_contents(self.list_text())

    def change(self, seen: str, changed: Callable[[Contents], Contents]) -> Contents:
        """Change what the issue lists, if it still is what a form was made from. Raises ConflictError."""
        with self.lock:
            text = self.list_text()
            if digest(text) != seen:
                raise ConflictError(text)
            contents = changed(read_contents(text))
            write_text(self.list_path, written(contents, text))
        return contents

    def add(self, changed: Callable[[Contents], Contents]) -> Contents:
        """Change what the issue lists in a way that nothing else can be lost by, such as one more article."""
        with self.lock:
            return self.change(digest(self.list_text()), changed)

    def document(self, name: str) -> Path:
        """Return the file of an article. Raises DeskError for a name that leads out of the issue."""
        path = self.path / name
        if not name or "\0" in name or not _is_inside(path, self.path):
            raise DeskError(f"“{name[:60]}” is outside the folder of the issue.", "Put the document into that folder.")
        return path

    def put(self, name: str, blocks: Iterable[bytes]) -> str:
        """Write a document into `articles/` under a safe name like its own; return that name as edition.toml has it.
        Raises DeskError for one that is too large."""
        message = f"{name[:60]} is larger than {LIMIT_BYTES // 1_000_000} MB, too large for an article."
        with self.lock:
            place = self.free_place(ARTICLES, name)
            with atomic.handed_out_file(place) as file:
                _write(file, blocks, LIMIT_BYTES, ReadError(message, "Split it into its articles."))
        return f"{ARTICLES}/{place.name}"

    def put_recording(self, name: str, blocks: Iterable[bytes], check: Callable[[Path], None]) -> str:
        """Write a recording into `recordings/`, as `put` writes a document. If `check` raises an error, the recording
        is not kept."""
        message = f"{name[:60]} is larger than {LIMIT_RECORDING_BYTES // 1_000_000} MB."
        too_large = ReadError(message, "Save it as MP3 or FLAC, or split it into its articles.")
        with self.lock:
            place = self.free_place(RECORDINGS, name)
        with tempfile.TemporaryDirectory(
            dir=place.parent, prefix=".", suffix=_UPLOAD, ignore_cleanup_errors=True
        ) as folder:
            new = Path(folder, place.name)
            with atomic.handed_out_file(new) as file:
                _write(file, blocks, LIMIT_RECORDING_BYTES, too_large)
            check(new)
            with self.lock:
                place = self.free_place(RECORDINGS, name)
                new.replace(place)
        return f"{RECORDINGS}/{place.name}"

    def edited_text(self, name: str) -> str:
        """Return what is in the text of an article; "" where there is no such file yet."""
        path = self.document(name)
        return text_of(path, LIMIT_BYTES) if path.is_file() else ""

    def write_text(self, name: str, text: str) -> None:
        """Replace the text of an article."""
        self._make(ARTICLES)
        write_text(self.document(name), text)

    def set_aside(self) -> list[str]:
        """Return the documents in `articles/` that the issue does not list, neither themselves nor as edited."""
        listed = set(self.contents().articles)
        listed |= {original(name) for name in listed}
        there = sorted(path.name for path in (self.path / ARTICLES).glob("[!.]*") if path.is_file())
        names = (f"{ARTICLES}/{name}" for name in there if name not in _NOT_DOCUMENTS)
        return [name for name in names if name not in listed and not (is_edited(name) and original(name) in listed)]

    def free_place(self, folder: str, name: str) -> Path:
        """Return a path that is still free, in a folder of the issue, with a safe name like the one given."""
        self._make(folder)
        safe = safe_name(name)
        stem, ending = PurePosixPath(safe).stem, PurePosixPath(safe).suffix
        for number in range(1, _MOST_OF_A_NAME):
            place = self.path / folder / (f"{stem}-{number}{ending}" if number > 1 else safe)
            if not place.exists() and not place.is_symlink():
                return place
        raise DeskError(f"There are too many files called {safe}.", "Give this one another name.")

    def _make(self, name: str) -> None:
        folder = self.path / name
        folder.mkdir(exist_ok=True)
        if not _is_inside(folder, self.path):
            raise DeskError(f"{folder} leads out of the issue.", "Remove the link, and make a folder in its place.")


_NOT_DOCUMENTS = {LEXICON, "lexicon.pls"}


@dataclass(frozen=True)
class Paper:
    """The folder of a desk, with all its issues."""

    folder: Path
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    @property
    def is_one_issue(self) -> bool:
        return (self.folder / LIST).is_file()

    @property
    def lexicon(self) -> Path:
        return self.folder / LEXICON

    @property
    def site(self) -> Path:
        """The site to which its editions are published, if no other folder is named."""
        return self.folder / "site"

    def issues(self) -> list[IssueFolder]:
        """Return the issues, the newest name first."""
        if self.is_one_issue:
            return [IssueFolder(self.folder, self.lock)]
        there = [path.parent for path in self.folder.glob(f"[!.]*/{LIST}")]
        names = sorted((path.name for path in there if not path.is_symlink()), reverse=True)
        return [IssueFolder(self.folder / name, self.lock) for name in names]

    def issue(self, name: str) -> IssueFolder:
        """Return the issue of that name. Raises DeskError if there is no such issue."""
        for issue in self.issues():
            if issue.name == name:
                return issue
        raise DeskError("There is no such issue here.", "Go back to the list of issues.")

    def new_issue(self, title: str, date: str, like: str = "") -> IssueFolder:
        """Make an issue without articles; `like` names one whose sections, publisher and language it takes over.

        Raises DeskError, SettingsError.
        """
        if self.is_one_issue:
            raise DeskError("This folder is one issue.", "Open the folder above it, to have several.")
        old = self.issue(like).contents() if like else Contents()
        sections = (Section(""), *(Section(each.title, voice=each.voice) for each in old.sections[1:]))
        begun = replace(old, sections=sections, voices={}, recordings={}, readers={})
        contents = begun.with_facts(title or old.title, old.publisher, old.language, date)
        with self.lock:
            path = self._free_folder(date or slug(title, _LONGEST_NAME))
            path.mkdir()
            write_text(path / LIST, written(contents))
        return IssueFolder(path, self.lock)

    def settings(self) -> Settings:
        """Return the settings of all issues, with the lexicon for all of them. Raises SettingsError."""
        path = self.folder / FILE_NAME
        settings = load_settings(path) if path.is_file() else Settings()
        if self.is_one_issue or not self.lexicon.is_file() or self.lexicon in settings.speech.lexicons:
            return settings
        return replace(settings, speech=replace(settings.speech, lexicons=(*settings.speech.lexicons, self.lexicon)))

    def name_lexicon(self) -> None:
        """Write an audio-edition.toml that names the lexicon of all issues, unless there is one already: the command
        line uses that lexicon then, too."""
        path = self.folder / FILE_NAME
        if not self.is_one_issue and not path.exists():
            write_text(path, f'[speech]\nlexicon = "{LEXICON}"\n')

    def _free_folder(self, name: str) -> Path:
        for number in range(1, _MOST_OF_A_NAME):
            path = self.folder / (f"{name}-{number}" if number > 1 else name)
            if not path.exists() and not path.is_symlink():
                return path
        raise DeskError(f"There are too many issues called {name}.", "Give this one another name.")


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Paper]:
    """Yield the folder of a desk, made if it is not there, and keep other desks out of it. Raises DeskError."""
    with contextlib.ExitStack() as held:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            only = held.enter_context(atomic.only_run(folder))
        except OSError as error:
            message = f"{error.filename or folder}: the desk's folder can't be written ({error.strerror or error})."
            raise DeskError(message, "Name a folder of your own.") from error
        if not only:
            raise DeskError(f"{folder} is open in another desk.", "Use that one, or close it first.")
        paper = Paper(folder.resolve())
        for issue in paper.issues():
            for left in issue.path.glob(f"{RECORDINGS}/.*{_UPLOAD}"):  # by a desk that was killed
                shutil.rmtree(left, ignore_errors=True)
        yield paper


def today() -> str:
    """Return the date of today, where the desk is."""
    return datetime.date.today().isoformat()  # noqa: DTZ011 - the maker's own calendar


def safe_name(name: str) -> str:
    """Return a file name that every system takes: what stands before the ending in a-z, 0-9 and hyphens."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = last.rpartition(".")
    suffix = f".{ending.lower()}" if dot and stem and _ENDING.fullmatch(f".{ending}") else ""
    return slug((stem if suffix else last).replace(EDITED, "-edited"), _LONGEST_NAME) + suffix


def is_edited(name: str) -> bool:
    """Return whether a document is the edited text of another."""
    return PurePosixPath(name).stem.endswith(EDITED)


def original(name: str) -> str:
    """Return the document that an edited text was made from; any other document itself."""
    return str(PurePosixPath(name).with_suffix("")).removesuffix(EDITED) if is_edited(name) else name


def text_of(path: Path, limit_bytes: int = _LIMIT_LIST_BYTES) -> str:
    """Return the text of a file that the desk writes. Raises DeskError."""
    try:
        with atomic.regular_file(path) as file:
            data = file.read(limit_bytes + 1)
        if len(data) > limit_bytes:
            raise DeskError(f"{path.name} is larger than {limit_bytes // 1_000_000} MB.", "Look at it in an editor.")
        return data.decode("utf-8-sig")
    except OSError as error:
        raise DeskError(f"{path.name} can't be read ({error.strerror}).", "Look whether it is there.") from error
    except UnicodeError as error:
        raise DeskError(f"{path.name} is not text in UTF-8.", "Save it as plain text in UTF-8.") from error


def write_text(path: Path, text: str) -> None:
    """Write a text file whole or not at all. Raises DeskError for a disk that is full or can't be written."""
    try:
        with atomic.handed_out_file(path) as file:
            file.write(text.encode("utf-8", "replace"))
    except OSError as error:
        message = f"{path.name} could not be written ({error.strerror or error}). What was there before is as it was."
        raise DeskError(message, "Make room on the disk, or see whether the folder may be written.") from error


def _write(file: BinaryIO, blocks: Iterable[bytes], limit_bytes: int, too_large: ReadError) -> None:
    size = 0
    for block in blocks:
        size += len(block)
        if size > limit_bytes:
            raise too_large
        file.write(block)


def _is_inside(path: Path, folder: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError):
        return False
