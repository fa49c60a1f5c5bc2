"""Where things are, and how a program of this package is started."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "tests" / "articles"
BESIDE = ROOT.parent / "shared"
"""Real articles, voices and validators that are not part of the project. A checkout may lack them."""


def environment() -> dict[str, str]:
    """In which `python -m support.sweep` finds this package, and all that the tests themselves find."""
    return os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), *filter(None, sys.path)])}


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file of a folder, by its path in it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
