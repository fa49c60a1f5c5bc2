"""What was understood of each article: title, headings, and what was left out or needs a look.

A document is read once, and anew when its time or size on the disk changes.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from audio_edition.desk.folder import IssueFolder, is_edited
from audio_edition.edition.issue import is_address
from audio_edition.errors import AudioEditionError, DeskError
from audio_edition.model import Article, Finding, Heading, Issue, Settings
from audio_edition.read import read

_MOST_REMEMBERED = 2000


@dataclass(frozen=True, slots=True)
class Understood:
    """An article of an issue. `name` is as edition.toml has it; of a document that cannot be read, `error` says why."""

    name: str
    issue: Issue | None = None
    error: str = ""
    remedy: str = ""

    @property
    def title(self) -> str:
        """What to call it: its headline, or its file's name."""
        return self.articles[0].title if self.articles else PurePosixPath(self.name).name

    @property
    def articles(self) -> tuple[Article, ...]:
        return self.issue.articles if self.issue else ()

    @property
    def language(self) -> str:
        return self.articles[0].language if self.articles else ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what an editor should know, the most serious first."""
        found = (self.issue.findings if self.issue else ()) + tuple(
            finding for article in self.articles for finding in article.findings
        )
        return tuple(sorted(found, key=lambda finding: ("error", "warning", "note").index(finding.level)))

    @property
    def to_look_at(self) -> int:
        """Return how many findings are more than notes."""
        return sum(finding.level != "note" for finding in self.findings)

    @property
    def headings(self) -> list[str]:
        return [block.text.text for article in self.articles for block in article.blocks if isinstance(block, Heading)]

    @property
    def words(self) -> int:
        """Return about how many words there are to be said."""
        from audio_edition.model.blocks import leaves

        return sum(len(leaf.text.split()) for article in self.articles for leaf in leaves(article.blocks))

    @property
    def is_edited(self) -> bool:
        return is_edited(self.name)

    @property
    def is_address(self) -> bool:
        return is_address(self.name)

    @property
    def can_be_edited(self) -> bool:
        return len(self.articles) == 1 and not self.is_address


_reading = threading.Lock()
"""Of pages that are asked for at once, one reads the articles for all."""


def understood(issue: IssueFolder, name: str, settings: Settings) -> Understood:
    """Return what was understood of an article. An address is not fetched to find out."""
    if is_address(name):
        return Understood(name)
    try:
        path = issue.document(name)
        facts, language = path.stat(), settings.speech.language
        if not path.is_file():  # a pipe would hold the page up
            raise DeskError(f"{name} is not a file.", "Put the document itself there.")
        with _reading:
            read_once = _read(path, facts.st_mtime_ns, facts.st_size, language, settings.keep_all, settings.split)
        return replace(read_once, name=name)
    except AudioEditionError as error:
        return Understood(name, error=error.message, remedy=error.remedy)
    except OSError as error:
        return Understood(name, error=f"{name} can't be read ({error.strerror}).", remedy="Look whether it is there.")


def of_issue(issue: IssueFolder, settings: Settings) -> Iterator[Understood]:
    """Yield what was understood of each article of an issue, in order."""
    for name in issue.contents().articles:
        yield understood(issue, name, settings)


def file_name(url: str, title: str = "") -> str:
    """Return a name for the document at an address."""
    parts = urlsplit(url)
    last = PurePosixPath(parts.path).name
    return title or last or parts.hostname or "page"


def ending_for(data: bytes, name: str) -> str:
    """Return the name with an ending, where it has none: of a web page if it looks like one, else of text."""
    if PurePosixPath(name).suffix:
        return name
    start = data[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return f"{name}.html"
    return f"{name}.xml" if start.startswith(b"<?xml") else f"{name}.txt"


@functools.lru_cache(maxsize=_MOST_REMEMBERED)
def _read(path: Path, modified_ns: int, size: int, language: str, keep_all: bool, split: str) -> Understood:
    """Read a document. Its time and size are there so that another version of it is read anew."""
    try:
        return Understood(path.name, read(path, name=path.name, language=language, keep_all=keep_all, split=split))
    except AudioEditionError as error:
        return Understood(path.name, error=error.message, remedy=error.remedy)
