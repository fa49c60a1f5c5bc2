"""Engines of other packages: found by their entry point, and named when they are broken."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT

from audio_edition.cli import main
from audio_edition.errors import MissingTool, SpeakError
from audio_edition.speak import default_engine, engines_here, open_engine

Install = Callable[[str], None]


def _example() -> str:
    """The engine that docs/voices.md shows."""
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/voices.md").read_text("utf-8"), re.DOTALL)
    return str(example)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts a distribution on the path, as pip would: a module, its metadata, and the entry point of an engine."""

    def installed(source: str) -> None:
        (tmp_path / "knocking.py").write_text(source, "utf-8")
        metadata = tmp_path / "audio_edition_knocking-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: audio-edition-knocking\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text("[audio_edition.engines]\nknocking = knocking:Knocking\n")
        monkeypatch.syspath_prepend(tmp_path)

    monkeypatch.delitem(__import__("sys").modules, "knocking", raising=False)
    return installed


def test_the_engine_in_the_documents_works(install: Install, tmp_path: Path) -> None:
    """docs/voices.md shows an engine in some 30 lines; installed, it builds an edition, with the times of its words."""
    source = _example()
    assert len([line for line in source.splitlines() if line.strip()]) <= 32
    install(source)
    assert "knocking" in engines_here()
    words = ["build", str(ROOT / "seeds/brief.txt"), "-o", str(tmp_path / "out"), "--engine", "knocking"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    (manifest,) = (tmp_path / "out").glob("*/edition.json")
    edition = json.loads(manifest.read_text("utf-8"))
    assert (edition["voice"]["engine"], edition["voice"]["licence"]) == ("knocking", "CC0-1.0")
    assert edition["chapters"][0]["cues"][0]["words"]
    listed = CliRunner().invoke(main, ["voices", "--engine", "knocking"])
    assert "CC0-1.0" in listed.stdout
    assert "Licence of the engine knocking: MIT." in listed.stderr


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda source: "import nowhere\n" + source, "ModuleNotFoundError: No module named 'nowhere'"),
        (lambda source: "raise SystemError('no licence key')", "SystemError: no licence key"),
        (lambda source: "Knocking = 5", "'int' object is not callable"),
        (lambda source: "Knacking = 5", "has no attribute 'Knocking'"),
        (lambda source: source.replace("def phonemes", "def phones"), "it has no phonemes"),
        (lambda source: source.replace('licence = "MIT"', ""), "it has no licence"),
        (lambda source: source.replace("22_050", "8_000"), "its rate_hz is 8000"),
    ],
)
def test_a_broken_engine_is_named_with_its_package(
    install: Install, break_it: Callable[[str], str], message: str
) -> None:
    """It can't be used, says why and whose it is, and stands in nobody else's way."""
    install(break_it(_example()))
    with pytest.raises(MissingTool, match=r"engine knocking of the package audio-edition-knocking") as caught:
        open_engine("knocking")
    assert message in caught.value.message
    with contextlib.closing(open_engine("tone")) as engine:
        assert engine.voices()
    assert "knocking" in CliRunner().invoke(main, ["voices"]).stderr


def test_an_engine_that_is_not_installed_is_named_with_the_nearest(install: Install) -> None:
    """What other packages add counts among the names."""
    install(_example())
    with pytest.raises(SpeakError, match=r"no engine “knokcing”. Did you mean knocking\?"):
        open_engine("knokcing")


def test_nobody_takes_the_name_of_an_engine_of_ours(install: Install, tmp_path: Path) -> None:
    """`espeak` is eSpeak NG, whatever is installed."""
    install(_example())
    points = tmp_path / "audio_edition_knocking-1.0.dist-info" / "entry_points.txt"
    points.write_text("[audio_edition.engines]\ntone = knocking:Knocking\n")
    with contextlib.closing(open_engine("tone")) as engine:
        assert engine.name == "tone"


def test_engines_of_other_systems_are_not_offered() -> None:
    """The engines that are listed can be tried here, the system's own among them."""
    assert default_engine() in engines_here()
    assert len({"nsss", "sapi5"} & set(engines_here())) <= 1
