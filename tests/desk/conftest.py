"""A desk of one issue with three articles, and its maker at it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audio_edition.desk.app import OpenDesk
from support.desk import Visitor, running
from support.papers import NAME, paper


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return paper(tmp_path / "courier")


@pytest.fixture
def issue(folder: Path) -> Path:
    """The folder of the issue."""
    return folder / NAME


@pytest.fixture
def opened(folder: Path) -> Iterator[OpenDesk]:
    with running(folder) as desk:
        yield desk


@pytest.fixture
def maker(opened: OpenDesk) -> Visitor:
    return Visitor.let_in(opened)
