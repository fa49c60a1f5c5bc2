"""Documents read in a process of its own, with what each of them took."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

SECONDS = 20
"""Of the processor. A novel of 80,000 paragraphs takes 12 to become a tree on a slow machine; a trap takes minutes."""

MEMORY_MB = 300

_SCRIPT = """
import json, resource, sys, time
from pathlib import Path
STATUS = Path("/proc/self/status")
def memory_mb():
    if STATUS.exists():  # getrusage counts in what the process was forked from
        return int(STATUS.read_text().partition("VmHWM:")[2].split()[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
from audio_edition.errors import ReadError
from audio_edition.read import read
outcomes = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    start, refused, remedy, titles = time.process_time(), "", "", []
    try:
        titles = [article.title for article in read(path, name=path.name).articles]
    except ReadError as error:
        refused, remedy = error.message, error.remedy
    outcomes[path.name] = [refused, remedy, titles, time.process_time() - start, memory_mb()]
print(json.dumps(outcomes))
"""


class Outcome(NamedTuple):
    """Why a document was refused, if it was, with the remedy; the titles that were read; seconds of the processor; and
    the most megabytes of memory so far."""

    refused: str
    remedy: str
    titles: list[str]
    seconds: float
    memory_mb: int

    @property
    def is_within_limits(self) -> bool:
        return self.seconds < SECONDS and self.memory_mb < MEMORY_MB


def outcomes_of(documents: Mapping[str, bytes], folder: Path) -> dict[str, Outcome]:
    """What becomes of documents, by their names. A traceback is an error of the test; so is a process that has to be
    ended, because one of them takes a minute."""
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    longest = 60 + SECONDS * len(documents)
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (longest, longest)),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {name: Outcome(*outcome) for name, outcome in json.loads(done.stdout).items()}
