"""Every finding of the check, by broken twins: what is broken is found, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from audio_edition.check import check_edition
from audio_edition.check.report import as_text
from audio_edition.formats import PACKAGES
from audio_edition.model.finding_kinds import OF_EDITIONS
from support.editions import EVERYTHING
from support.twins import TWINS, Twin, only, seal

pytestmark = pytest.mark.slow

OF_PROGRAMS = {"epubcheck", "ace", "axe", "tool-missing", "tool-failed"}
EACH = [pytest.param(name, twin, id=f"{name}-{n}") for name, twins in TWINS.items() for n, twin in enumerate(twins, 1)]


@pytest.mark.parametrize("name", ["issue", "alone", "rich", "sound", "delivered"])
def test_nothing_is_found_in_the_good_twin(good: dict[str, Path], name: str) -> None:
    """Not even a note."""
    assert as_text([check_edition(good[name], programs=False)]) == f"{good[name]}: nothing is wrong."


@pytest.mark.parametrize(
    "name", [name for name in EVERYTHING if not (PACKAGES[name].needs or PACKAGES[name].needs_one)]
)
def test_nothing_is_found_in_a_good_part(good: dict[str, Path], tmp_path: Path, name: str) -> None:
    """An edition of which only one format was made is as sound as the whole."""
    folder = tmp_path / "part"
    shutil.copytree(good["rich" if name == "images" else "issue"], folder)
    only(folder, name)
    assert as_text([check_edition(folder, programs=False)]) == f"{folder}: nothing is wrong."


@pytest.mark.parametrize(("name", "twin"), EACH)
def test_what_is_broken_is_found(good: dict[str, Path], tmp_path: Path, name: str, twin: Twin) -> None:
    """The twin has this finding, and no other but those that say the same of another place."""
    folder = tmp_path / "twin"
    shutil.copytree(good[twin.of], folder)
    twin.breaks(folder)
    if twin.sealed:
        seal(folder)
    found = check_edition(folder, programs=False)
    assert {finding.id for finding in found.findings} == {name, *twin.also}, as_text([found])
    assert all(finding.message and finding.remedy for finding in found.findings)


def test_every_finding_has_a_broken_twin() -> None:
    """No kind without a test that meets it, and no test of what is no kind."""
    assert set(OF_EDITIONS) == set(TWINS) | OF_PROGRAMS
