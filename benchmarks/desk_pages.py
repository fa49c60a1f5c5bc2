"""What the desk's pages take of an issue as large as a newspaper's: processor seconds of the desk, and seconds that its
maker waits.

    python benchmarks/desk_pages.py [--articles 60] [--sentences 3000] [--engine espeak]

Each step is a request as a browser sends it, to a desk in a process of its own: the page of articles, the first page of
what is said, the words at risk that come behind it, the page again, the page after an article was edited, a word kept
in the lexicon, a sentence heard. Linux only: processor time is read from /proc.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

from lxml import html

_ISSUE = "2026-11-30"
_AT = f"/issues/{_ISSUE}"
_PARAGRAPH_SENTENCES = 5
_TEXT = (
    "the council of Brekkvik met on Tuesday to talk about a ferry from Halvøy which has been late for most of this "
    "winter season and costs 4.5 million kroner per year said Dr. Ingrid Aas while EU rules from 2024 forbid it"
)
_WORDS = re.findall(r"\S+", _TEXT)


def write_issue(folder: Path, articles: int, sentences: int, engine: str) -> None:
    """Write an issue of articles of the same length, the same each time."""
    chance = random.Random(1)
    place = folder / _ISSUE / "articles"
    place.mkdir(parents=True)
    (folder / "audio-edition.toml").write_text(f'[speech]\nengine = "{engine}"\n')
    names = []
    for number in range(articles):
        paragraphs = [
            " ".join(_sentence(chance) for _ in range(_PARAGRAPH_SENTENCES))
            for _ in range(sentences // articles // _PARAGRAPH_SENTENCES)
        ]
        (place / f"a{number:03}.txt").write_text(f"Story number {number}\n\n\n" + "\n\n".join(paragraphs) + "\n")
        names.append(f'"articles/a{number:03}.txt"')
    text = f'title = "The Courier"\ndate = {_ISSUE}\nlanguage = "en"\narticles = [{", ".join(names)}]\n'
    (folder / _ISSUE / "edition.toml").write_text(text)


def _sentence(chance: random.Random) -> str:
    words = " ".join(chance.sample(_WORDS, chance.randint(8, 18)))
    return f"{words[0].upper()}{words[1:]}."


@contextmanager
def started(folder: Path) -> Iterator[tuple[subprocess.Popen[str], OpenerDirector, str]]:
    """Yield a desk, who may come in, and the desk's address."""
    command = [sys.executable, "-m", "audio_edition", "desk", str(folder), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            visitor = build_opener(HTTPCookieProcessor())
            visitor.open(address).read()
            yield process, visitor, address.partition("/?")[0]
        finally:
            process.terminate()


def processor_seconds(pid: int) -> float:
    """Return what a process has worked, with all its threads and children that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--sentences", type=int, default=3000)
    parser.add_argument("--engine", default="espeak")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_issue(folder, chosen.articles, chosen.sentences, chosen.engine)
        with started(folder) as (process, visitor, base):
            measure(folder, process.pid, visitor, base)


def measure(folder: Path, pid: int, visitor: OpenerDirector, base: str) -> None:
    """Print what each step takes."""

    def get(path: str) -> str:
        return str(visitor.open(base + path).read().decode("utf-8", "replace"))

    def post(path: str, **fields: str) -> str:
        request = Request(base + path, urlencode(fields).encode(), {"Origin": base})  # noqa: S310 - our own desk
        return str(visitor.open(request).read().decode("utf-8", "replace"))

    token = str(html.fromstring(get("/")).cssselect("input[name=token]")[0].get("value"))

    def edit() -> str:
        (folder / _ISSUE / "articles/a001.txt").write_text("Story number 1\n\n\nThe last ferry left. Nobody waved.\n")
        return get(f"{_AT}/said")

    def keep() -> str:
        fields = {"sentence": "c04-p002-s01", "written": "ferry", "say": "boat", "do": "issue", "was": ""}
        return post(f"{_AT}/keep", token=token, at="w1", **fields)

    sentence = "c04-p002-s01"
    steps: dict[str, Callable[[], str]] = {
        "articles, first": lambda: get(_AT),
        "what is said, first": lambda: get(f"{_AT}/said"),
        "words at risk, behind it": lambda: get(f"{_AT}/risks"),
        "what is said, again": lambda: get(f"{_AT}/said"),
        "an article changed, what is said": edit,
        "a word kept, what is said": keep,
        "a sentence heard": lambda: get(f"{_AT}/sound/{sentence}"),
        "another sentence heard": lambda: get(f"{_AT}/sound/c04-p002-s02"),
    }
    print(f"{'':36}{'processor':>10}{'passed':>10}")
    for name, step in steps.items():
        before, began = processor_seconds(pid), time.perf_counter()
        step()
        passed, worked = time.perf_counter() - began, processor_seconds(pid) - before
        print(f"{name:36}{worked:8.2f} s{passed:8.2f} s")


if __name__ == "__main__":
    main()
