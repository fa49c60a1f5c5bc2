"""Hostile documents and settings through the whole command line, in a process of its own whose memory, time and
temporary files are watched; run as: python -m support.whole_program FOLDER SECONDS EXAMPLES ENGINE.

Each makes an edition in which `check` finds no error, or ends with one message and its remedy; nothing is left behind.
A tone stands in for a voice where that is not the question: it takes a hundredth of the time.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from audio_edition.check import check_edition
from audio_edition.cli import main
from support.damaged_documents import STRATEGIES, TRAPS
from support.random_documents import DOCUMENTS, as_book, as_markdown, as_word
from support.work import counted

PACES_OF_ONE = 2_000
MEMORY_MB = 400
ADDRESSES_MB = 4000
_ODD = (
    "aA .,!?–—…“”‘’«»\"'&<>;:/\\%$#@*_-=+(){}[]|~`^0129½²٣عה北ไअ한é\u0301ß😀👩𝔘\U000e0041\U0010ffff"
    "\n\t\0\x01\x1f\x7f\x85\xa0\xad\u061c\u200b\u200d\u200f\u2028\u202e\u2066\ufeff\ufffe\ufffd\ud7ff"
)
_WORDS = st.sampled_from(["The ferry", "at 9.30", "<script>", "]]>", "../../x", "$(id)", "[[a]]", "&amp;", "…", "CON"])
_LINE = st.lists(_WORDS | st.text(_ODD, max_size=12), max_size=8).map(" ".join)
_PLAIN = st.lists(_LINE, max_size=12).map(lambda lines: "\n\n".join(lines).encode("utf-8"))
_PAGE = st.lists(_LINE | st.sampled_from(TRAPS), max_size=12).map(
    lambda parts: f"<html><title>{parts[:1]}</title><article><h1>Rain</h1><p>It rained.<p>{'<p>'.join(parts)}".encode()
)


class Case(NamedTuple):
    """A document by its name, what audio-edition.toml says, a lexicon, and options."""

    name: str
    document: bytes
    settings: str
    lexicon: bytes
    options: list[str]


def _documents() -> st.SearchStrategy[tuple[str, bytes]]:
    kinds = {
        "md": DOCUMENTS.map(as_markdown) | STRATEGIES["md"] | STRATEGIES["marks.md"],
        "epub": DOCUMENTS.map(as_book) | STRATEGIES["epub"],
        "docx": DOCUMENTS.map(as_word) | STRATEGIES["docx"],
        "txt": _PLAIN,
        "html": _PAGE | STRATEGIES["marks.html"],
    }
    return st.sampled_from(sorted(kinds)).flatmap(lambda kind: st.tuples(st.just(f"article.{kind}"), kinds[kind]))


def _setting(name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    # JSON's texts, numbers and lists are TOML's too, but for what is outside the first plane.
    return values.map(lambda value: f"{name} = {json.dumps(value, ensure_ascii=False).replace(chr(127), '')}")


_TEXT = st.text(_ODD, max_size=40) | st.text(max_size=300) | st.sampled_from(["../up", "/", "CON", ".", "x" * 5000])
_EDITION = st.lists(
    st.one_of(
        *(_setting(name, _TEXT) for name in ("title", "author", "publisher", "certifier", "ending")),
        _setting("opening", st.lists(_TEXT, max_size=3)),
        _setting("announcements", st.booleans()),
        _setting("keep-all", st.booleans()),
        _setting("notes", st.sampled_from(["after", "end"] * 4 + ["nowhere"])),
    ),
    max_size=4,
    unique_by=lambda line: line.partition(" = ")[0],
).map(lambda lines: "\n".join(["[edition]", *lines]))
_PAUSES = st.dictionaries(
    st.sampled_from(
        [
            "sentence",
            "paragraph",
            "before-heading",
            "after-title",
            "end",
            "item",
            "line",
            "scene-break",
            "after-heading",
            "after-credit",
            "nowhere",
        ]
    ),
    st.sampled_from([0, 0.001, 0.01, 0.1, 0.5, 0.5, 1, 2, 3, -1]),
    max_size=3,
).map(lambda pauses: "\n".join(["[pauses]", *(f"{name} = {seconds}" for name, seconds in pauses.items())]))
_LEXICON = st.lists(
    st.tuples(_TEXT, st.sampled_from([" = ", "=", ""]), _TEXT, st.sampled_from(["", ", /ˈfɛɹi/", "/x/", "[en]"])).map(
        "".join
    ),
    max_size=5,
).map(lambda lines: "\n".join(["ferry = fairy", *lines]).encode("utf-8", "replace"))
_OPTIONS = st.lists(
    st.one_of(
        st.sampled_from([["--language", "ar"], ["--language", "zz"], ["--language", "en\n"], ["--date", "2026-02-30"]]),
        st.sampled_from([["--rate", "450"], ["--rate", "80"], ["--volume", "0.05"], ["--preview"], ["--jobs", "2"]]),
        st.sampled_from(
            [["--format", "mp3,m4b,daisy-folder"], ["--format", "page"], ["--format", "nothing"], ["--keep-all"]]
        ),
        _TEXT.map(lambda text: [f"--title={text}"]),
    ),
    max_size=2,
).map(lambda options: [word for option in options for word in option])


def _case(document: tuple[str, bytes], edition: str, pauses: str, lexicon: bytes, options: list[str]) -> Case:
    name, data = document
    return Case(name, data, f"{edition}\n{pauses}\n", lexicon, options)


_CASES = st.builds(_case, _documents(), _EDITION, _PAUSES, _LEXICON, _OPTIONS)


def _tried(case: Case, engine: str) -> str:
    """What became of a case: made, refused, or misused. Anything else is an error of the test."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / case.name).write_bytes(case.document)
        (folder / "names.txt").write_bytes(case.lexicon)
        (folder / "settings.toml").write_text(case.settings, "utf-8", errors="replace")
        before = sorted(folder.iterdir())
        temporary = Path(tempfile.gettempdir())
        others = {path.name for path in temporary.iterdir()}
        command = ["build", str(folder / case.name), "-o", str(folder / "made"), "--no-cache", "--engine", engine]
        command += ["--config", str(folder / "settings.toml"), "--lexicon", str(folder / "names.txt"), *case.options]
        result = CliRunner().invoke(main, command)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        made = list((folder / "made").iterdir()) if (folder / "made").exists() else []
        assert {path.name for path in temporary.iterdir()} == others, "temporary files are left"
        assert sorted(path for path in folder.iterdir() if path.name != "made") == before, "it wrote elsewhere"
        if result.exit_code:
            assert not made, f"{made} of a build that failed"
            assert result.exit_code == 2 or len(result.stderr.strip().splitlines()) >= 2, result.stderr
        else:
            (edition,) = made
            findings = [one for one in check_edition(edition, programs=False).findings if one.level == "error"]
            assert not findings, findings[:3]
    return {0: "made", 1: "refused", 2: "misused"}[result.exit_code]


def _search(examples: int, start: int, engine: str, outcomes: list[str]) -> None:
    @seed(start)
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(_CASES)
    def search(case: Case) -> None:
        with counted() as work:
            outcomes.append(_tried(case, engine))
        assert work.paces < PACES_OF_ONE

    search()


def _megabytes() -> int:
    """The most that this process held, or one that it started. Its own ru_maxrss would count what started it."""
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return max(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def _left() -> list[str]:
    """The commands of processes that this one started. Python keeps one for as long as it runs, to clear up."""
    pids = " ".join(file.read_text() for file in Path("/proc/self/task").glob("*/children")).split()
    commands = [
        Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace") for pid in pids
    ]
    return [command for command in commands if "multiprocessing.resource_tracker" not in command]


def _run(seconds: float, examples: int, engine: str) -> None:
    outcomes: list[str] = []
    end, rounds = time.monotonic() + seconds, 0
    while not rounds or time.monotonic() < end:
        _search(examples, rounds, engine, outcomes)
        rounds += 1
    assert _megabytes() < MEMORY_MB, f"{_megabytes()} MB"
    assert _left() == []
    counts = {one: outcomes.count(one) for one in sorted(set(outcomes))}
    sys.stdout.write(json.dumps(counts | {"megabytes": _megabytes()}))


if __name__ == "__main__":
    at, seconds, examples, engine = sys.argv[1:]
    tempfile.tempdir = os.environ["TMPDIR"] = at
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES_MB << 20, ADDRESSES_MB << 20))
    try:
        _run(float(seconds), int(examples), engine)
    finally:
        shutil.rmtree(at, ignore_errors=True)
