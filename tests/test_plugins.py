"""Engines, readers, formats and language rules of other packages: found when installed, named when they are broken."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from audio_edition.cli import main
from audio_edition.errors import AudioEditionError, MissingTool, SpeakError
from audio_edition.formats import chosen
from audio_edition.read import read
from audio_edition.script.normalisation import _plugin_rule, spoken_form
from audio_edition.speak import default_engine, engines_here, open_engine
from support.places import ROOT

Install = Callable[[str, str], None]
PARTS = {
    "engine": "knocking = harbour_extras.knocking:Knocking",
    "reader": "logbook = harbour_extras.logbook",
    "format": "srt = harbour_extras.srt",
    "language": "nl = harbour_extras.dutch:said",
}
LOGBOOK = "LOGBOOK\nGannet\n08:30 Left Whitby.\n11:05 Fog for twelve miles.\n"


def _files() -> dict[str, str]:
    """The files that docs/extend.md shows, by their paths."""
    text = (ROOT / "docs/extend.md").read_text("utf-8")
    shown = re.findall(
        r"`(pyproject\.toml|harbour_extras/\w+\.py)`(?:(?!```)[\s\S])*?```(?:ini|python)\n([\s\S]*?)```", text
    )
    return dict(shown)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which pip installed the package of docs/extend.md, built as a wheel."""
    source, site = tmp_path_factory.mktemp("harbour-extras"), tmp_path_factory.mktemp("site")
    for name, text in _files().items():
        path = source / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    wheel = [*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", str(source / "dist"), str(source)]
    subprocess.run(wheel, check=True, capture_output=True)
    (built,) = (source / "dist").glob("*.whl")
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(site), str(built)], check=True)
    return site


def _run(installed: Path, *words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(installed), str(ROOT)])
    command = [sys.executable, "-m", "audio_edition", *words]
    return subprocess.run(
        command, cwd=folder, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )


def test_the_package_in_the_documents_adds_one_of_each(installed: Path, tmp_path: Path) -> None:
    """Built, installed and used: its engine speaks its reader's document into its format, and the edition is sound."""
    (tmp_path / "voyage.log").write_text(LOGBOOK, "utf-8")
    listed = _run(installed, "voices", "--engine", "knocking", folder=tmp_path)
    assert "CC0-1.0" in listed.stdout
    assert "Licence of the engine knocking: MIT." in listed.stderr
    done = _run(installed, "build", "voyage.log", "--engine", "knocking", "--format", "mp3,srt", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "output").iterdir()
    subtitles = (folder / f"{folder.name}.srt").read_text("utf-8")
    assert re.search(r"^1\n00:00:00,\d{3} --> 00:00:0\d,\d{3}\nThe log of Gannet\n", subtitles)
    assert "08:30 Left Whitby." in subtitles
    edition = json.loads((folder / "edition.json").read_text("utf-8"))
    assert (edition["voice"]["engine"], edition["voice"]["learned"], edition["voice"]["rate_wpm"]) == (
        "knocking", False, 175,
    )  # fmt: skip
    assert edition["chapters"][0]["cues"][0]["words"]
    assert _run(installed, "check", str(folder), folder=tmp_path).returncode == 0
    assert _run(installed, "pack", str(folder), "--format", "srt", folder=tmp_path).returncode == 0
    (tmp_path / "log.txt").write_text("De Jan van Gent\n\nHet logboek ligt open op blz. 12 van de map.\n", "utf-8")
    assert "bladzijde 12" in _run(installed, "script", "log.txt", "--language", "nl", folder=tmp_path).stdout


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Puts the package of docs/extend.md on the path with one of its parts, whose source may be another."""

    def put(kind: str, source: str) -> None:
        package = tmp_path / "harbour_extras"
        package.mkdir()
        module = PARTS[kind].split(" = ")[1].partition(":")[0].rpartition(".")[2]
        (package / "__init__.py").touch()
        (package / f"{module}.py").write_text(source, "utf-8")
        metadata = tmp_path / "harbour_extras-1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: harbour-extras\nVersion: 1.0\n")
        (metadata / "entry_points.txt").write_text(f"[audio_edition.{kind}s]\n{PARTS[kind]}\n")
        monkeypatch.syspath_prepend(tmp_path)

    _plugin_rule.cache_clear()
    for name in [name for name in sys.modules if name.startswith("harbour_extras")]:
        monkeypatch.delitem(sys.modules, name)
    return put


def _source(kind: str) -> str:
    module = PARTS[kind].split(" = ")[1].partition(":")[0].replace(".", "/")
    return _files()[f"{module}.py"]


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
    install("engine", break_it(_source("engine")))
    with pytest.raises(MissingTool, match=r"engine knocking of the package harbour-extras") as caught:
        open_engine("knocking")
    assert message in caught.value.message
    with contextlib.closing(open_engine("tone")) as engine:
        assert engine.voices()
    assert "knocking" in CliRunner().invoke(main, ["voices"]).stderr


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda source: source.replace("def recognises", "def knows"), "it has no recognises"),
        (lambda source: source.replace("data.startswith", "data.begins_with"), "AttributeError"),
        (lambda source: source.replace("_, ship, *lines", "_, ship"), "ValueError: too many values to unpack"),
    ],
)
def test_a_broken_reader_is_named_with_its_package(
    install: Install, break_it: Callable[[str], str], message: str
) -> None:
    """Whether it fails when it is loaded, asked or reading, the message says whose it is."""
    install("reader", break_it(_source("reader")))
    with pytest.raises(MissingTool, match=r"reader logbook of the package harbour-extras") as caught:
        read(LOGBOOK.encode(), name="voyage.log")
    assert message in caught.value.message


def test_a_reader_that_loses_words_is_told(install: Install) -> None:
    """The account is kept for readers of other packages too."""
    install("reader", _source("reader").replace("for entry in entries)", "for entry in entries[1:])"))
    (lost,) = read(LOGBOOK.encode(), name="voyage.log").findings
    assert (lost.id, lost.text) == ("text-unaccounted", "08:30 Left Whitby")


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda source: source.replace("codecs = ()", ""), "it has no codecs"),
        (lambda source: source.replace("RATE_HZ\n    seconds", "None\n    seconds"), "TypeError"),
        (lambda source: source.replace("(path,)", '(Path("other.srt"),)'), "it did not write other.srt"),
    ],
)
def test_a_broken_format_is_named_with_its_package(
    install: Install, tmp_path: Path, break_it: Callable[[str], str], message: str
) -> None:
    """Nothing is left of the edition that it was to be in."""
    install("format", break_it(_source("format")))
    (tmp_path / "a.txt").write_text("Ferry leaves\n\nThe ferry left on Monday.\n")
    words = ["build", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out"), "--engine", "tone", "--format", "mp3,srt"]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 1
    assert "format srt of the package harbour-extras" in result.stderr
    assert message in result.stderr
    assert not list((tmp_path / "out").glob("*"))


def test_a_format_of_another_package_is_made_only_when_named(install: Install) -> None:
    """What is made by default does not change with what is installed."""
    install("format", _source("format"))
    assert "srt" not in chosen(())
    assert chosen(["srt"]) == ("srt",)
    assert chosen(["page", "srt"])[-1] == "page"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("said = 5", "it is not a function"),
        ("def said(text):\n    return text.missing\n", "AttributeError"),
        ("def said(text):\n    return None\n", "it gave NoneType, not text"),
    ],
)
def test_a_broken_rule_is_named_with_its_package(install: Install, source: str, message: str) -> None:
    """The languages of others are as they were."""
    install("language", source)
    with pytest.raises(AudioEditionError, match=r"language nl of the package harbour-extras") as caught:
        spoken_form("Zie blz. 3.", "body", "nl-BE")
    assert message in caught.value.message
    assert spoken_form("See p. 3.", "body", "en")


def test_an_engine_that_is_not_installed_is_named_with_the_nearest(install: Install) -> None:
    """What other packages add counts among the names."""
    install("engine", _source("engine"))
    assert "knocking" in engines_here()
    with pytest.raises(SpeakError, match=r"no engine “knokcing”. Did you mean knocking\?"):
        open_engine("knokcing")


def test_nobody_takes_the_name_of_an_engine_of_ours(install: Install, tmp_path: Path) -> None:
    """`tone` is ours, whatever is installed."""
    install("engine", _source("engine"))
    points = tmp_path / "harbour_extras-1.0.dist-info" / "entry_points.txt"
    points.write_text("[audio_edition.engines]\ntone = harbour_extras.knocking:Knocking\n")
    with contextlib.closing(open_engine("tone")) as engine:
        assert engine.name == "tone"


def test_engines_of_other_systems_are_not_offered() -> None:
    """The engines that are listed can be tried here, the system's own among them."""
    assert default_engine() in engines_here()
    assert len({"nsss", "sapi5"} & set(engines_here())) <= 1
