"""The process in which a PDF is opened: its bytes come on stdin, facts go out as lines of JSON on stdout.

Run as: python -P -m audio_edition.pdf.child FIRST structured|plain LANGUAGE, FIRST drawn END for pictures of pages
as far as END, or FIRST cut PARTS for pictures of parts of pages, a list in JSON. A damaged or hostile file can crash it
or take too much: limits of memory and time end it, and the parent goes on with the next page.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import fields
from typing import TYPE_CHECKING, Any, BinaryIO

from audio_edition.pdf.facts import Box

if TYPE_CHECKING:
    from audio_edition.pdf.pages import OpenedPages

MEMORY_BYTES = 1_000_000_000
SECONDS_TO_OPEN = 10
SECONDS_A_PAGE = 4
SECONDS_TO_DRAW, SECONDS_TO_DRAW_ALL = 10, 60
SECONDS_TO_RECOGNISE = 60
MOST_PAGES = 5_000


def main(first: int, what: str, said: str) -> None:
    """Tell the facts about a document, or give pictures of its pages."""
    facts = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit_memory()
    _limit_seconds(SECONDS_TO_OPEN)
    data = sys.stdin.buffer.read()

    from audio_edition.pdf.pages import OpenedPages, Refused

    try:
        pages = OpenedPages(data)
    except Refused as trouble:
        _tell(facts, {"refused": str(trouble)})
        return
    if what == "drawn":
        _draw(facts, pages, range(first, min(pages.count, int(said))))
    elif what == "cut":
        _cut_out(facts, pages, json.loads(said)[first:])
    else:
        _read(facts, data, pages, first, what == "structured", said)
    _tell(facts, {"end": True})


def _draw(facts: BinaryIO, pages: OpenedPages, numbers: range) -> None:
    for number in numbers:
        if time.process_time() > SECONDS_TO_DRAW_ALL:
            return
        _limit_seconds(SECONDS_TO_DRAW)
        _tell(facts, {"picture": pages.drawn(number)})


def _cut_out(facts: BinaryIO, pages: OpenedPages, parts: list[list[float]]) -> None:
    for number, *edges in parts:
        if time.process_time() > SECONDS_TO_DRAW_ALL:
            return
        _limit_seconds(SECONDS_TO_DRAW)
        _tell(facts, {"picture": pages.cut_out(int(number), Box(*edges))})


def _read(facts: BinaryIO, data: bytes, pages: OpenedPages, first: int, is_structured: bool, language: str) -> None:
    """Tell the facts about the document, unless `first` is beyond its first page, then those about each page."""
    if first == 0:
        stated = _statements(data, pages, is_structured)
        language = language or stated.get("about", {}).get("language", "")
        _tell(facts, {"document": stated})
    for number in range(first, min(pages.count, MOST_PAGES)):
        _limit_seconds(SECONDS_A_PAGE)
        _tell(facts, {"page": pages.page(number, language, lambda: _limit_seconds(SECONDS_TO_RECOGNISE))})


def _statements(data: bytes, pages: Any, is_structured: bool) -> dict[str, Any]:
    from audio_edition.pdf.structure import statements_of

    found = statements_of(data, pages.count) if is_structured else None
    told = {each.name: getattr(found, each.name) for each in fields(found)} if found else {"troubles": ["structure"]}
    return {**told, "pages": pages.count, "labels": pages.labels(MOST_PAGES), "outline": pages.outline()}


def _tell(facts: BinaryIO, told: dict[str, Any]) -> None:
    facts.write(json.dumps(told, separators=(",", ":")).encode() + b"\n")
    facts.flush()


def _limit_memory() -> None:
    if sys.platform == "win32":  # there the parent's clock is the only limit
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_seconds(more: int) -> None:
    """End this process once it has taken so many seconds of a processor more."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + 1 + more
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
