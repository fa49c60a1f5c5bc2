"""The documents are true: commands, options, formats, findings and files that they name are there."""

from __future__ import annotations

import re
import shlex
import tomllib

import click
import pytest
from click.testing import CliRunner
from conftest import ROOT

from audio_edition import config, speak
from audio_edition import formats as publish
from audio_edition.cli import main
from audio_edition.model import Pauses

EXAMPLE = config.example()
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
ALL_TEXT = "\n".join(path.read_text("utf-8") for path in DOCUMENTS)


def _code(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", ALL_TEXT, re.DOTALL)


COMMANDS = sorted(
    {
        line.split("  #")[0].strip()
        for block in _code("sh")
        for line in block.splitlines()
        if line.startswith("audio-edition ")
    }
)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_that_is_shown_is_understood(line: str) -> None:
    """Each `audio-edition ...` line of the documents is one the program takes, options and all."""
    words = shlex.split(re.split(r" [<>] ", line)[0])[1:]
    command = main.commands[words[0]]
    context = click.Context(command)
    command.make_parser(context).parse_args(words[1:])


@pytest.mark.parametrize("command", main.commands)
def test_every_command_is_in_the_readme(command: str) -> None:
    """A command that nobody tells of does not exist for users."""
    assert f"audio-edition {command}" in README


def test_every_pause_format_and_engine_is_documented() -> None:
    """What can be chosen is written down, and what is written down can be chosen."""
    settings = tomllib.loads(re.sub(r"^# (?=[a-z-]+ = )", "", EXAMPLE, flags=re.MULTILINE))
    assert {name.replace("-", "_") for name in settings["pauses"]} == set(Pauses.__slots__)
    assert tuple(settings["edition"]["formats"]) == publish.chosen(())
    assert set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/voices.md").read_text("utf-8"), re.MULTILINE)) == set(
        speak.ENGINES
    )
    config.overlaid(config.Settings(), settings)
    assert config.overlaid(config.Settings(), tomllib.loads(EXAMPLE)) == config.Settings()
    for block in _code("toml"):
        config.overlaid(config.Settings(), tomllib.loads(block))


def test_help_names_every_format_and_pause() -> None:
    """The help of build lists what its options take."""
    shown = " ".join(CliRunner().invoke(main, ["build", "--help"]).output.split())
    for name in [*publish.PACKAGES, *(place.replace("_", "-") for place in Pauses.__slots__), *speak.ENGINES]:
        assert name in shown


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: object) -> None:
    """No link of a document to a file of the project is dead."""
    from pathlib import Path

    assert isinstance(path, Path)
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target


PYTHON_EXAMPLES = re.findall(r"```python\n(.*?)```", (ROOT / "docs/python.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", PYTHON_EXAMPLES)
def test_every_python_example_runs(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each example of docs/python.md works as it stands, from the checkout's folder."""
    (ROOT.cwd() / "seeds").symlink_to(ROOT / "seeds")
    exec(compile(example, "docs/python.md", "exec"), {})  # noqa: S102 - our own document
    assert capsys.readouterr().out


def test_every_dependency_has_its_reason() -> None:
    """docs/why.md names each package that the program needs."""
    why = (ROOT / "docs/why.md").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["neural"]]:
        assert re.match(r"[\w-]+", requirement)[0] in why  # type: ignore[index]


def test_every_dependency_has_its_licence() -> None:
    """docs/licences.md has a row for each package that the program and its extras ask for."""
    rows = re.findall(
        r"^\| ([\w, -]+?)(?: \(.*\))? \| .+ \|$", (ROOT / "docs/licences.md").read_text("utf-8"), re.MULTILINE
    )
    listed = {name for row in rows for name in row.split(", ")}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *extras["neural"], *extras["proof"]]
    assert {re.split(r"[^\w-]", requirement)[0] for requirement in asked} - listed == set()


def test_every_promise_has_its_test() -> None:
    """Each line of the table in docs/reliability.md names tests that are there."""
    lines = (ROOT / "docs/reliability.md").read_text("utf-8").splitlines()
    promises = [line for line in lines if re.match(r"\| (?!promise )", line)]
    assert promises
    for promise in promises:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", promise.split(" | ")[-1])
        assert named, promise
        for file, name in named:
            assert re.search(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), (file, name)


def test_every_finding_is_documented() -> None:
    """A finding's id leads to its explanation in docs/findings.md; those of the check are in docs/check.md."""
    used = set()
    for path in set((ROOT / "audio_edition").rglob("*.py")) - set((ROOT / "audio_edition/check").rglob("*.py")):
        used |= set(re.findall(r"Finding\(\s*(?:id=)?\"([a-z-]+)\"", path.read_text("utf-8")))
    documented = re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs/findings.md").read_text("utf-8"), re.MULTILINE)
    assert used
    assert used <= set(documented)
    assert len(documented) == len(set(documented))
