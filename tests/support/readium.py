"""What Readium's parser (r2-shared-js), which Thorium plays books with, finds in a book."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_READ = """
const parser = require("r2-shared-js/dist/es6-es2015/src/parser/publication-parser");
const { getAllMediaOverlays } = require("r2-shared-js/dist/es6-es2015/src/parser/epub");
const globals = require("r2-shared-js/dist/es6-es2015/src/init-globals");
globals.initGlobalConverters_GENERIC();
globals.initGlobalConverters_SHARED();
console.log = console.error;
parser.PublicationParsePromise(process.argv[1])
  .then(book => getAllMediaOverlays(book))
  .then(overlays => process.stdout.write(JSON.stringify(overlays)));
"""

Heard = tuple[str, int, int]
"""The id of a sentence's element, and the milliseconds of its file from and to which it sounds."""


def overlays_of(book: Path) -> list[dict[str, Any]]:
    """What Readium reads of a book's synchronisation: a tree for each document."""
    program = shutil.which("r2-shared-js-cli")
    assert program is not None
    modules = next(parent for parent in Path(program).absolute().parents if parent.name == "node_modules")
    run = subprocess.run(
        ["node", "-e", _READ, str(book)],
        capture_output=True, check=True, text=True, env=os.environ | {"NODE_PATH": str(modules)},
    )  # fmt: skip
    return json.loads(run.stdout)  # type: ignore[no-any-return]


def heard_in(node: dict[str, Any]) -> Iterator[Heard]:
    if "Audio" in node:
        begin, end = (round(node[f"AudioClip{name}"] * 1000) for name in ("Begin", "End"))
        yield node["Text"].partition("#")[2], begin, end
    for child in node.get("Children", []):
        yield from heard_in(child)


def roles_in(node: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What Readium can skip or leave: its role, and the id of the element."""
    for role in node.get("Role", []):
        if role not in ("section", "chapter", "toc"):
            yield role, node.get("Text", "").partition("#")[2]
    for child in node.get("Children", []):
        yield from roles_in(child)
