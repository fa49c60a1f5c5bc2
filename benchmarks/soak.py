"""Many short articles through `audio-edition batch`, one in a hundred of them hostile: is any lost, does memory grow,
how many come out of a core in an hour?

    python benchmarks/soak.py [--articles 2000] [--hostile 0.01] [--longest 600] [--format mp3,transcript]
    python benchmarks/soak.py --dask

The articles are always the same. With --dask they go through a scheduler and two workers on this machine, one of which
is killed when half of them are done, and another started in its place. Exit 1 if anything is lost. Linux only: memory
is read from /proc (proportional set size).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from audio_edition.edition.folder import read_edition, whole_file
from audio_edition.errors import EditionError

_SAMPLE_SECONDS = 0.5
_ROWS = 12
_PEOPLE = "Marta Jonas Amina Pavel Lucia Tomas Ingrid Samuel Nadia Viktor Dr. Hale Mrs. Okafor"
_THINGS = (
    "bridge council river doctor village teacher harbour festival court library farmer garden tram bakery lighthouse"
)
_DEEDS = "opened closed crossed questioned repaired visited counted described defended photographed forgot painted"
_WHEN = "on Monday|on 12 May 2024|at 10:30|before the rain came|for the third time this year|in 1987|at dawn"
_FACTS = "{n} people came|it cost ${n}m|{n} % were against it|the road is {n} km long|nobody counted them"


# --- articles


def article(number: int, longest: int) -> tuple[str, bytes]:
    """The name and bytes of a sound article of a quarter to all of `longest` words, in one of four formats."""
    chance = random.Random(number)
    headline = f"The {chance.choice(_THINGS.split())} that {chance.choice(_PEOPLE.split())} {_deed(chance)}"
    paragraphs, count, most = [], 0, chance.randint(longest // 4, longest)
    while count < most:
        paragraphs.append(" ".join(_sentence(chance) for _ in range(chance.randint(1, 4))))
        count += len(paragraphs[-1].split())
    ending, written = list(_FORMATS.items())[number % len(_FORMATS)]
    return f"{number:05}-article.{ending}", written(headline, paragraphs).encode()


def _deed(chance: random.Random) -> str:
    return chance.choice(_DEEDS.split())


def _sentence(chance: random.Random) -> str:
    person, thing, other = (chance.choice(words.split()) for words in (_PEOPLE, _THINGS, _THINGS))
    fact = chance.choice(_FACTS.split("|")).format(n=chance.randint(2, 9_000))
    said = f"{person} {_deed(chance)} the {thing} beside the {other} {chance.choice(_WHEN.split('|'))}"
    return chance.choice(
        [f"{said}, and {fact}.", f"“{said},” said {chance.choice(_PEOPLE.split())}.", f"{said}: {fact}."]
    )


def _as_text(headline: str, paragraphs: Sequence[str]) -> str:
    return "\n\n".join([headline, "Harbour Town (Nowhere)", *paragraphs]) + "\n"


def _as_markdown(headline: str, paragraphs: Sequence[str]) -> str:
    middle = len(paragraphs) // 2
    return "\n\n".join([f"# {headline}", *paragraphs[:middle], "## What came then", *paragraphs[middle:]]) + "\n"


def _as_html(headline: str, paragraphs: Sequence[str]) -> str:
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang=en><title>{escape(headline)}</title><nav><a href=/>Home</a></nav>\n"
        f"<article><h1>{escape(headline)}</h1>\n{body}</article><footer>Imprint</footer></html>\n"
    )


def _as_nitf(headline: str, paragraphs: Sequence[str]) -> str:
    body = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in paragraphs)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<nitf><head/><body><body.head><hedline>'
        f"<hl1>{escape(headline)}</hl1></hedline></body.head><body.content>\n{body}</body.content></body></nitf>\n"
    )


_FORMATS = {"txt": _as_text, "md": _as_markdown, "html": _as_html, "xml": _as_nitf}


def hostile(number: int, turn: int) -> tuple[str, bytes]:
    """The name and bytes of a document that is none, or wants to do harm; `turn` says which of them."""
    name, made = list(_HOSTILE.items())[turn % len(_HOSTILE)]
    ending = "docx" if name == "zip-bomb" else "xml" if "xml" in name else "html" if name == "deep" else "txt"
    return f"{number:05}-hostile-{name}.{ending}", made()


def _zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b" " * 100_000_000)
    return packed.getvalue()


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    return f"<!DOCTYPE nitf [{entities}]><nitf><body><body.content><p>&l9;</p></body.content></body></nitf>".encode()


def _engine_killer() -> bytes:
    """What engines failure over: markup of theirs, control characters, marks without letters, numbers without end."""
    strange = (
        "[[_^_]] <speak><break time='9999s'/></speak> {{{ \u0301\u0302\u0303 \u202e\u2066 %n%s%x \ufffd \U000e0001 "
    )
    return f"Speak this\n\n{strange * 20}\n\n{'9' * 3_000} {'ß' * 500} {'!?' * 1_000}\n".encode()


_HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "binary": lambda: random.Random(7).randbytes(20_000),
    "damaged-xml": lambda: _as_nitf("Cut off", ["It ends in the middle."] * 20).encode()[:300],
    "endless": lambda: b"Endless\n\n" + b"abcdefghij" * 500,
    "zip-bomb": _zip_bomb,
    "deep": lambda: b"<html><body>" + b"<div>" * 100_000 + b"Down here.",
    "laughing-xml": _laughs,
    "engine-killer": _engine_killer,
    "no-words": lambda: "… — ***\n\n?!\n".encode(),
    "wrong-letters": lambda: b"A headline with a \x81 byte\n\nText \xff\xfe and more.\n",
}


# --- the run


@dataclass(frozen=True)
class Sample:
    """Memory at a moment, in MB: of the parent, of the largest process that works for it, of all together."""

    seconds: float
    reports: int
    parent: float
    largest: float
    together: float


class Watch:
    """Takes samples of processes and all that they start, until it is told to stop."""

    def __init__(self, parent: int, others: Callable[[], Sequence[int]]) -> None:
        self.samples: list[Sample] = []
        self.reports = 0
        self._parent, self._others = parent, others
        self._started = time.monotonic()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def stop(self) -> float:
        """Seconds since the start."""
        seconds = time.monotonic() - self._started
        self._over.set()
        self._thread.join()
        return seconds

    def _watch(self) -> None:
        while not self._over.wait(_SAMPLE_SECONDS):
            workers = [pid for root in (self._parent, *self._others()) for pid in family(root)]
            sizes = {pid: megabytes(pid) for pid in dict.fromkeys(workers)}
            parent = sizes.pop(self._parent, 0.0)
            moment = time.monotonic() - self._started
            self.samples.append(
                Sample(moment, self.reports, parent, max(sizes.values(), default=0.0), parent + sum(sizes.values()))
            )


def family(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found += [one for child in (task / "children").read_text().split() for one in family(int(child))]
    return found


def megabytes(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


class Cluster:
    """A scheduler and workers of one thread each on this machine, as somebody would start them."""

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        self._file = folder / "scheduler.json"
        self._log = (folder / "dask.log").open("wb")
        self._all = [self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")]
        while not self._file.exists():
            time.sleep(0.1)
        self._workers = [self._worker() for _ in range(workers)]
        self.address: str = json.loads(self._file.read_text())["address"]

    def roots(self) -> list[int]:
        return [process.pid for process in self._all if process.poll() is None]

    def lose_one(self) -> None:
        """Kill a worker with all that it started, as a machine falls; another takes its place."""
        lost = self._workers.pop(0)
        for pid in family(lost.pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._workers.append(self._worker())

    def stop(self) -> None:
        for process in reversed(self._all):
            process.terminate()
        for process in self._all:
            process.wait()

    def _worker(self) -> subprocess.Popen[bytes]:
        started = self._start("worker", "--nthreads", "1", "--no-dashboard", "--local-directory", str(self._folder))
        self._all.append(started)
        return started

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(self._file)]
        return subprocess.Popen(command, stdout=self._log, stderr=self._log)


def write_articles(folder: Path, count: int, share: float, longest: int) -> int:
    """The articles, the hostile ones among them; returns how many those are."""
    many = max(1, round(count * share))
    for number in range(count):
        # Dealt out evenly, so that they come at all times.
        turn = number * many // count
        is_hostile = turn != (number + 1) * many // count
        name, data = hostile(number, turn) if is_hostile else article(number, longest)
        (folder / name).write_bytes(data)
    return many


def run(folder: Path, report: Path, words: Sequence[str], cluster: Cluster | None, half: int) -> tuple[float, Watch]:
    """The batch, to its end: how many seconds it took, and its memory."""
    command = [sys.executable, "-m", "audio_edition", "batch", str(folder / "articles"), "-o", str(folder / "editions")]
    command += [*words, "--quiet", *(["--dask", cluster.address] if cluster else [])]
    surroundings = os.environ | {"AUDIO_EDITION_CACHE": str(folder / "cache")}
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as process,
        report.open("w") as kept,
    ):
        watch = Watch(process.pid, cluster.roots if cluster else lambda: ())
        for line in process.stdout or ():
            kept.write(line)
            watch.reports += 1
            if cluster and watch.reports == half:
                cluster.lose_one()
        return watch.stop(), watch


# --- what came of it


def losses(folder: Path, reports: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What is lost, left over, or not as it should be."""
    seen = Counter(Path(report["source"]).name for report in reports)
    for path in sorted((folder / "articles").iterdir()):
        if seen.pop(path.name, 0) != 1:
            yield f"{path.name} has not one report"
    yield from (f"{name} is no article of ours" for name in seen)
    for report in reports:
        name = Path(report["source"]).name
        if report["status"] == "failed":
            if "-hostile-" not in name:
                yield f"{name} failed: {report['error']}"
            if not (report["error"] and report["remedy"]):
                yield f"{name} failed without a clear error"
        elif trouble := _trouble(Path(report["edition"])):
            yield trouble
    made = {Path(report["edition"]).name for report in reports if report["edition"]}
    yield from (f"{path.name} was left behind" for path in (folder / "editions").iterdir() if path.name not in made)


def _trouble(place: Path) -> str:
    """Why an edition is not whole; empty if it is."""
    try:
        edition = read_edition(place)
        for file in edition.files:
            whole_file(place, file)
    except EditionError as error:
        return str(error)
    return ""


def table(samples: Sequence[Sample]) -> Iterator[str]:
    yield "minutes  reports  parent MB  largest worker MB  all MB"
    for row in range(min(_ROWS, len(samples))):
        part = samples[row * len(samples) // _ROWS : (row + 1) * len(samples) // _ROWS] or [samples[row]]
        most = [max(getattr(one, name) for one in part) for name in ("parent", "largest", "together")]
        yield f"{part[-1].seconds / 60:7.1f}{part[-1].reports:9}{most[0]:11.0f}{most[1]:19.0f}{most[2]:8.0f}"


def plot(samples: Sequence[Sample], place: Path) -> None:
    """Memory over time as an SVG of three lines, each of which has its name at its end."""
    wide, high, left, low = 720, 360, 60, 320
    last = max(one.seconds for one in samples)
    most = max(one.together for one in samples) * 1.1
    lines = []
    for name, words, colour, dashes in (
        ("parent", "parent", "#0b5394", ""),
        ("largest", "largest worker", "#a61c00", "8 3"),
        ("together", "all together", "#38761d", "2 3"),
    ):
        points = [
            (left + one.seconds / last * (wide - left - 130), low - getattr(one, name) / most * (low - 20))
            for one in samples
        ]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-dasharray="{dashes}"/>')
        lines.append(
            f'<text x="{wide - 124}" y="{points[-2 if len(points) > 1 else -1][1]:.0f}" fill="{colour}">{words}</text>'
        )
    for step in range(5):
        y = low - step / 4 * (low - 20)
        lines.append(f'<text x="{left - 8}" y="{y + 4:.0f}" text-anchor="end">{most * step / 4:.0f}</text>')
        lines.append(f'<path d="M{left} {y:.0f}H{wide - 130}" stroke="#ccc"/>')
    lines.append(f'<text x="{left}" y="{low + 24}">0 min</text>')
    lines.append(f'<text x="{wide - 130}" y="{low + 24}" text-anchor="end">{last / 60:.1f} min</text>')
    place.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" font-family="sans-serif" '
        f'font-size="13"><title>Memory in MB while {samples[-1].reports} articles were made</title>'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(lines)}</svg>\n'
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=2_000)
    options.add_argument("--hostile", type=float, default=0.01, help="share of them")
    options.add_argument("--longest", type=int, default=600, help="words of the longest article")
    options.add_argument("--dask", action="store_true")
    options.add_argument("--plot", type=Path, default=Path("soak.svg"))
    options.add_argument("--report", type=Path, default=Path("report.jsonl"))
    options.add_argument("--format", default="", help="packages; all of them if it is not given")
    chosen = options.parse_args()
    words = ["--format", chosen.format] if chosen.format else []
    with tempfile.TemporaryDirectory(prefix="soak-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        (folder / "articles").mkdir()
        many = write_articles(folder / "articles", chosen.articles, chosen.hostile, chosen.longest)
        cluster = Cluster(folder, 2) if chosen.dask else None
        if cluster:
            stack.callback(cluster.stop)
        seconds, watch = run(folder, chosen.report, words, cluster, chosen.articles // 2)
        reports = [json.loads(line) for line in chosen.report.read_text().splitlines()]
        lost = list(losses(folder, reports))
    cores = 2 if cluster else len(os.sched_getaffinity(0))
    count, plays = Counter(report["status"] for report in reports), sum(report["plays_seconds"] for report in reports)
    print(
        f"{chosen.articles} articles, {many} of them hostile, in {seconds / 60:.1f} min on {cores} cores: {dict(count)}"
    )
    print(f"{count['made'] / seconds * 3600 / cores:.0f} articles an hour and core, "
          f"{plays / seconds / cores:.1f} hours of audio an hour and core")  # fmt: skip
    print("\n".join(table(watch.samples)))
    plot(watch.samples, chosen.plot)
    print("\n".join(lost) or "Nothing is lost.")
    raise SystemExit(bool(lost))


if __name__ == "__main__":
    main()
