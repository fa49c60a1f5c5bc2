"""Read each document of a folder, and tell what that took; run as: python -m support.reading FOLDER MOST_PACES.

What takes more paces ends the process. It imports little, for its memory is measured.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from audio_edition.errors import ReadError
from audio_edition.model import leaves
from audio_edition.read import read
from support.work import counted, pace_seconds

_STATUS = Path("/proc/self/status")


def _refuse_network(event: str, _arguments: object) -> None:
    if event in ("socket.connect", "socket.getaddrinfo"):
        sys.exit("the network was asked")


def _memory_mb() -> int:
    if _STATUS.exists():  # getrusage counts in what the process was forked from
        return int(_STATUS.read_text().partition("VmHWM:")[2].split()[0]) // 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024**2 if sys.platform == "darwin" else 1024)


def _outcome(path: Path) -> tuple[str, str, list[str], str, float, int]:
    refused, remedy, titles, text = "", "", [], ""
    with counted() as work:
        try:
            articles = read(path, name=path.name).articles
        except ReadError as error:
            refused, remedy = error.message, error.remedy
        else:
            titles = [article.title for article in articles]
    memory = _memory_mb()
    if titles:
        text = "\n".join(leaf.text for article in articles for leaf in leaves(article.blocks))
    return refused, remedy, titles, text, work.paces, memory


def _limit(paces: float) -> None:
    """End this process once it has taken so many paces more."""
    seconds = round(time.process_time() + paces * pace_seconds()) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))


if __name__ == "__main__":
    sys.addaudithook(_refuse_network)
    folder, most = sys.argv[1:]
    for path in sorted(Path(folder).iterdir()):
        _limit(float(most))
        sys.stdout.write(json.dumps([path.name, *_outcome(path)]) + "\n")
