"""Opens a PDF in a process of its own, within limits, and takes the facts that it tells.

A page that ends the process is lost, and said to be; the process is started again for the pages after it.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import starmap
from pathlib import Path
from typing import IO, Any

import audio_edition
from audio_edition.errors import ReadError
from audio_edition.pdf.facts import Box, Entry, Field, Link, Node, Page, Span, Statements, Style

MOST_LOST = 3
"""Pages that may end the process. With more, the document is meant to."""

_MOST_BYTES = 400_000_000
"""Of facts: some ten thousand pages of a novel."""

_MOST_CUT_OUT = 400
"""Pictures. Their list is an argument of the process."""

_MOST_BYTES_CUT_OUT = 40_000_000
_SECONDS = 120
"""Without a word from the process. Its own limit, by its processor's time, is far lower; this one is for systems that
have none, and for a process that waits."""

_DAMAGED = "Get it again, or open it in another program, print it to a new PDF, and give that file."
_REFUSALS = {
    "locked": (
        "{} opens only with a password.",
        "Open it with its password, save or print it as a PDF without one, and give that file.",
    ),
    "damaged": ("{} is a PDF that is damaged: it can't be opened.", _DAMAGED),
    "greedy": (
        "{} is a PDF that takes too much memory or time to open.",
        "Open it in another program, print it to a new PDF, and give that file.",
    ),
}


@dataclass(slots=True)
class Opened:
    """What was told of a document. Pages are kept as they were told, for all of them take much memory; `lost` are the
    numbers of those that could not be read, counted from 0."""

    statements: Statements
    told: list[bytes] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)

    def pages(self) -> Iterator[Page]:
        """Yield the pages that could be read, in order."""
        for line in self.told:
            yield _page(json.loads(line)["page"])

    def pictures(self) -> Iterator[Page]:
        """Yield the pages that are pictures."""
        return (_page(json.loads(line)["page"]) for line in self.told if b'"is_picture":true' in line)


def opened(data: bytes, name: str) -> Opened:
    """Return the facts about a document. Raises ReadError."""
    found = _Opening(data, name)
    while not found.is_done:
        found.go_on()
    return Opened(found.statements, found.told, found.lost)


class _Opening:
    """Takes the facts from one process after the other, until all pages are told or lost."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        self._next = 0
        self._bytes = 0
        self._is_structured = True
        self._is_stated = False
        self.is_done = False
        self.statements = Statements(0)
        self.told: list[bytes] = []
        self.lost: list[int] = []

    def go_on(self) -> None:
        """Start a process for the pages that are not known yet, and take what it tells."""
        what = "structured" if self._is_structured else "plain"
        for line in _child_lines(self._data, self._next, what, self.statements.about.get("language", "")):
            self._take(line)
        if not self.is_done:
            self._process_ended()

    def _process_ended(self) -> None:
        if self._is_stated:
            self._lose_page()
        elif self._is_structured:  # once more without what is most likely to have ended it
            self._is_structured = False
        else:
            raise self._refusal("greedy")

    def _lose_page(self) -> None:
        self.lost.append(self._next)
        self._next += 1
        if len(self.lost) > MOST_LOST:
            raise self._refusal("greedy")
        self.is_done = self._next >= self.statements.pages

    def _take(self, line: bytes) -> None:
        self._bytes += len(line)
        if self._bytes > _MOST_BYTES:
            raise ReadError(f"{self._name} has more text than can be read at once.", "Split it into its parts.")
        if line.startswith(b'{"page":'):
            if line.startswith(b'{"page":null'):
                self.lost.append(self._next)
            else:
                self.told.append(line)
            self._next += 1
            return
        told = json.loads(line)
        if "refused" in told:
            raise self._refusal(told["refused"])
        if "document" in told:
            self.statements, self._is_stated = _statements(told["document"]), True
        self.is_done = "end" in told

    def _refusal(self, reason: str) -> ReadError:
        message, remedy = _REFUSALS[reason]
        return ReadError(message.format(self._name), remedy)


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture of a page as JPEG, its size in pixels. `corners` are where the points 0 0, 1000 0 and 0 1000 of
    the page's content are in it."""

    page: int
    width: int
    height: int
    corners: tuple[tuple[int, int], ...]
    jpeg: bytes = field(repr=False)

    def place_of(self, box: Box) -> Box:
        """Return where a box of the page's content is, in percents of the picture's width and height from its left and
        its top; `bottom` is the lower edge."""
        (x, y), (right_x, right_y), (up_x, up_y) = self.corners
        across, down = [], []
        for left, bottom in ((box.left, box.bottom), (box.right, box.top)):
            across.append(x + ((right_x - x) * left + (up_x - x) * bottom) / 1000)
            down.append(y + ((right_y - y) * left + (up_y - y) * bottom) / 1000)
        return Box(
            _percent(min(across), self.width),
            _percent(max(down), self.height),
            _percent(max(across), self.width),
            _percent(min(down), self.height),
        )


def _percent(place: float, size: int) -> float:
    return round(min(100.0, max(0.0, 100 * place / size)), 2)


def pictures_of(data: bytes, count: int) -> Iterator[Picture]:
    """Yield pictures of the first pages; a page that can't be drawn within the limits has none."""
    return (_picture(told) for _, told in _drawn(data, "drawn", str(count), count))


def cut_out(data: bytes, parts: Sequence[tuple[int, Box]]) -> dict[tuple[int, Box], bytes]:
    """Return pictures, PNG or JPEG, of parts of pages, each the page's number and a box of its content. What can't be
    drawn within the limits has none, nor has what comes after so many parts or bytes."""
    parts = parts[:_MOST_CUT_OUT]
    wanted = json.dumps([(page, *box) for page, box in parts], separators=(",", ":"))
    found: dict[tuple[int, Box], bytes] = {}
    left = _MOST_BYTES_CUT_OUT
    for at, told in _drawn(data, "cut", wanted, len(parts)) if parts else ():
        picture = base64.b64decode(told["data"])
        left -= len(picture)
        if left < 0:
            break
        if picture:
            found[parts[at]] = picture
    return found


def _drawn(data: bytes, what: str, said: str, count: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield what was drawn of so many things, with its place among them. One that ends the process is passed over."""
    following, lost = 0, 0
    while following < count and lost <= MOST_LOST:
        for line in _child_lines(data, following, what, said):
            told = json.loads(line)
            if "picture" not in told:
                return
            if told["picture"] is not None:
                yield following, told["picture"]
            following += 1
        lost += 1
        following += 1


def _picture(told: dict[str, Any]) -> Picture:
    corners = tuple((corner[0], corner[1]) for corner in told["corners"])
    return Picture(told["number"], told["width"], told["height"], corners, base64.b64decode(told["jpeg"]))


def _child_lines(data: bytes, first: int, what: str, said: str) -> Iterator[bytes]:
    """Yield the lines that the child process writes about a document."""
    with _process(first, what, said) as process:
        threading.Thread(target=_give, args=(process, data), daemon=True).start()
        yield from _lines(process)


@contextlib.contextmanager
def _process(first: int, what: str, said: str) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the process that tells of the pages from `first` on; it has ended when this ends."""
    command = [sys.executable, "-P", "-m", "audio_edition.pdf.child", str(first), what, said]
    own = str(Path(audio_edition.__file__).parent.parent)
    paths = os.pathsep.join(filter(None, (own, os.environ.get("PYTHONPATH"))))
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, "OMP_THREAD_LIMIT": "1"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _give(process: subprocess.Popen[bytes], data: bytes) -> None:
    pipe: IO[bytes] | None = process.stdin
    if pipe is None:
        return
    with contextlib.suppress(OSError):  # it ended before it had taken all
        pipe.write(data)
    with contextlib.suppress(OSError):
        pipe.close()


def _lines(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """Yield whole lines that a process writes; end it when it is silent for too long."""
    output = process.stdout
    while output is not None:
        watch = threading.Timer(_SECONDS, process.kill)
        watch.start()
        line = output.readline(_MOST_BYTES)
        watch.cancel()
        if not line.endswith(b"\n"):
            return
        yield line


def _page(told: dict[str, Any]) -> Page:
    return Page(
        told["number"],
        told["width"],
        told["height"],
        tuple(starmap(Span, told["spans"])),
        tuple(Style(*style) for style in told["styles"]),
        tuple(Box(*box) for box in told["images"]),
        tuple(Box(*box) for box in told["rules"]),
        told["is_cut"],
        told["is_picture"],
        told.get("sure"),
        tuple(told.get("doubtful", ())),
        tuple(Box(*box) for box in told["frames"]),
        tuple(told["image_contents"]),
        tuple(Link(Box(*box), address) for box, address in told["links"]),
        tuple(Box(*box) for box in told["drawings"]),
        tuple(Box(*box) for box in told["dots"]),
    )


def _statements(told: dict[str, Any]) -> Statements:
    return Statements(
        told["pages"],
        tuple(told["labels"]),
        told.get("about", {}),
        tuple(told.get("authors", ())),
        tuple(Entry(*entry) for entry in told["outline"]),
        tuple(Node(*node) if node[-1] else Node(*node[:-1]) for node in told.get("nodes", ())),
        tuple(Field(*each) for each in told.get("fields", ())),
        tuple(told.get("troubles", ())),
        told.get("may_be_copied", True),
    )
