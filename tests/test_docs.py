"""The documents are true: commands, options, formats, findings and files that they name are there."""

from __future__ import annotations

import ast
import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
import pytest
import yaml
from click.testing import CliRunner

from audio_edition import config, speak
from audio_edition import formats as publish
from audio_edition.cli import main
from audio_edition.model import Pauses
from audio_edition.model.finding_kinds import OF_DOCUMENTS, OF_EDITIONS
from support.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

EXAMPLE = config.example()
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
ALL_TEXT = "\n".join(path.read_text("utf-8") for path in DOCUMENTS)


def _code(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", ALL_TEXT, re.DOTALL)


def _shell_lines() -> list[str]:
    """Return each command that readers are told to type, on any system, without its remark."""
    blocks = "\n".join([*_code("sh"), *_code("bat")]).replace("\\\n", " ")
    lines = {part for line in blocks.splitlines() for part in re.split(r" && | \| ", line.split("  #")[0])}
    return sorted(line.strip() for line in lines if line.strip() and not line.startswith("#"))


_FOLDER_OF_PROGRAMS = r"[\w.-]+[/\\](?:bin|Scripts)[/\\]"
"""Where a virtual environment has its programs."""
_OURS = re.compile(rf"(?:{_FOLDER_OF_PROGRAMS})?audio-edition (?=\w)")
COMMANDS = sorted({_OURS.sub("", line) for line in _shell_lines() if _OURS.match(line)})
OTHERS = [line for line in _shell_lines() if not _OURS.match(line)]
_PROGRAMS = {"cd", "dask", "mkdir", "mpv", "npm", "pip", "py", "pytest", "python", "python3", "sudo"}


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_that_is_shown_is_understood(line: str) -> None:
    """Each `audio-edition ...` line of the documents is one the program takes, options and all."""
    words = shlex.split(re.split(r" [<>] ", line.replace("\\", "/"))[0])
    command = main.get_command(click.Context(main), words[0])
    assert command is not None
    context = click.Context(command)
    command.make_parser(context).parse_args(words[1:])


@pytest.mark.parametrize("line", OTHERS)
def test_every_other_line_that_is_shown_can_be_run(line: str) -> None:
    """It begins with a program that readers have; scripts of the project that it names are there, with its options."""
    words = [word for word in shlex.split(line.replace("\\", "/")) if not re.match("[A-Z_]+=", word)]
    assert words[0] in _PROGRAMS or (ROOT / words[0]).is_file() or re.match(_FOLDER_OF_PROGRAMS, words[0])
    scripts = [word for word in words if re.match(r"(?:benchmarks|scripts|tests|seeds)/", word)]
    assert [word for word in scripts if not (ROOT / word).exists()] == []
    if scripts and words[0].startswith("python"):
        source = (ROOT / scripts[0]).read_text("utf-8")
        assert [word for word in words if word.startswith("--") and f'"{word}"' not in source] == []


@pytest.mark.parametrize("command", main.list_commands(click.Context(main)))
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
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    """No link of a document to a file of the project is dead."""
    for target in re.findall(r"(?:\]\(|src=\"|href=\")(?!https?:)([^)#\"]+)", path.read_text("utf-8")):
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
    extras = project["optional-dependencies"]
    for requirement in [*project["dependencies"], *extras["docs"], *extras["neural"]]:
        assert re.match(r"[\w-]+", requirement)[0] in why  # type: ignore[index]


def test_every_dependency_has_its_licence() -> None:
    """docs/licences.md has a row for each package that the program and its extras bring."""
    rows = re.findall(
        r"^\| ([\w, -]+?)(?: \(.*\))? \| .+ \|$", (ROOT / "docs/licences.md").read_text("utf-8"), re.MULTILINE
    )
    listed = {name for row in rows for name in row.split(", ")}
    brought = set(_script("licences").installed("audio-edition", ["cluster", "docs", "neural", "proof"]))
    assert brought - listed == {"audio-edition"}


@pytest.mark.parametrize(
    ("licence", "is_compatible"),
    [
        ("MIT", True),
        ("MIT AND (GPL-2.0-only OR Apache-2.0)", True),
        ("MIT AND GPL-2.0-only", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_a_licence_that_does_not_go_with_ours_is_noticed(licence: str, is_compatible: bool) -> None:
    """One choice is enough, but every part must go with it; what is unknown does not."""
    assert _script("licences").is_compatible(licence) == is_compatible


def test_the_pythons_are_the_same_everywhere() -> None:
    """What pyproject.toml tells shops, and what the workflow tries, from the oldest that is allowed on."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    told = [name.rpartition(" :: ")[2] for name in project["classifiers"] if re.search(r":: 3\.\d+$", name)]
    workflow = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text("utf-8"))
    assert workflow["jobs"]["readme"]["strategy"]["matrix"]["python"] == told
    assert project["requires-python"] == f">={told[0]}"


@pytest.mark.parametrize("document", ["reliability", "library"])
def test_every_promise_has_its_test(document: str) -> None:
    """Each line of a table of promises or statements names tests that are there."""
    text = (ROOT / f"docs/{document}.md").read_text("utf-8")
    promises = [
        line
        for line in text.partition("## How it was checked")[2 * (document == "library")].splitlines()
        if re.match(r"\| (?!promise |statement )", line)
    ]
    assert promises
    for promise in promises:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", promise.split(" | ")[-1])
        assert named, promise
        for file, name in named:
            assert re.search(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), (file, name)


def _findings() -> Iterator[tuple[str, ast.expr | None]]:
    """The id and the level of every finding that the code writes with its id, as `Finding("id", "level", …)`."""
    for path in (ROOT / "audio_edition").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(ast.Name("Finding"), [ast.Constant(str(name)), level, *_]):
                    yield name, level
                case ast.Call(ast.Name("Finding"), [ast.Constant(str(name))]):
                    yield name, None


def test_every_finding_is_of_a_known_kind() -> None:
    """With a level that its kind has."""
    kinds = OF_DOCUMENTS | OF_EDITIONS
    found = list(_findings())
    assert len(found) > 100
    assert {name for name, _ in found} <= set(kinds)
    for name, level in found:
        match level:
            case ast.Constant(str(told)):
                assert told in (kinds[name].level, *kinds[name].other_levels), name


def test_every_kind_of_finding_is_written() -> None:
    """None is left of what the program no longer finds, and none is of both tables."""
    registry = ROOT / "audio_edition/model/finding_kinds.py"
    code = "".join(p.read_text("utf-8") for p in (ROOT / "audio_edition").rglob("*.py") if p != registry)
    assert [name for name in OF_DOCUMENTS | OF_EDITIONS if f'"{name}"' not in code] == []
    assert not OF_DOCUMENTS.keys() & OF_EDITIONS.keys()


@pytest.mark.parametrize("name", ["findings", "check"])
def test_the_tables_of_findings_are_those_of_their_kinds(name: str) -> None:
    """`python scripts/findings.py` writes them."""
    path = ROOT / f"docs/{name}.md"
    assert path.read_text("utf-8") == _script("findings").page(path)


def test_the_table_of_profiles_is_theirs() -> None:
    """`python scripts/profiles.py` writes it."""
    assert (ROOT / "docs/profiles.md").read_text("utf-8") == _script("profiles").page()


def _script(name: str) -> Any:
    """Return a module of the folder `scripts`, which is no package."""
    found = importlib.util.spec_from_file_location(name, ROOT / f"scripts/{name}.py")
    assert found
    assert found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def _texts_of_the_program() -> set[str]:
    """Return every string in the code, f-strings in the pieces between their fields."""
    trees = (ast.parse(path.read_text("utf-8")) for path in (ROOT / "audio_edition").rglob("*.py"))
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _quoted_messages(text: str) -> list[str]:
    """Return the messages that a page on troubleshooting quotes, but for those that systems give."""
    own = text.partition("## The document is not read")[2]
    return re.findall(r"^\| `([^`]+)` \|", own, re.MULTILINE)


def _pieces_nowhere(message: str, texts: set[str]) -> list[str]:
    """Return the pieces of a quoted message, which has … for names and numbers, that no string of the code holds."""
    pieces = (piece.strip() for piece in message.split("…"))
    return [piece for piece in pieces if re.search(r"\w", piece) and not any(piece in text for text in texts)]


def test_every_message_quoted_is_one_the_program_gives() -> None:
    """Who looks up a message in docs/troubleshooting.md finds it as it was shown."""
    texts = _texts_of_the_program()
    messages = _quoted_messages((ROOT / "docs/troubleshooting.md").read_text("utf-8"))
    assert len(messages) > 20
    assert {message: lost for message in messages if (lost := _pieces_nowhere(message, texts))} == {}


def test_a_message_that_was_reworded_would_be_noticed() -> None:
    """The twin: one word of a real message is another."""
    assert _pieces_nowhere("… holds nothing but white paper.", _texts_of_the_program())


def _documented_codes() -> set[int]:
    rows = re.findall(r"^\| (\d+) \|", (ROOT / "docs/exit-codes.md").read_text("utf-8"), re.MULTILINE)
    return {int(code) for code in rows}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version"], 0),
        (["build", "nothing.txt"], 1),
        (["check", "nothing"], 1),
        (["build", "--rate", "900", "a"], 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_codes_are_those_documented(words: list[str], code: int) -> None:
    """docs/exit-codes.md has each code with which the program ends."""
    assert CliRunner().invoke(main, words).exit_code == code
    assert code in _documented_codes()


def test_decisions_are_indexed_and_short() -> None:
    """docs/why.md begins with a list of its subjects, has no decision twice, and lines that fit a window."""
    text = (ROOT / "docs/why.md").read_text("utf-8")
    subjects = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert re.findall(r"^- \[(.+)\]\(#", text, re.MULTILINE) == subjects
    for names in (
        re.findall(r"^\*\*[\d-]+ · (.+?)\.\*\*", text, re.MULTILINE),
        re.findall(r"^- \*\*(.+?)\*\*:", text, re.M),
    ):
        assert len(names) == len(set(names)) > 10
    assert [line for line in text.splitlines() if len(line) > 130] == []
    assert [line for line in re.findall(r"^\*\*\d{4}-.*", text, re.MULTILINE) if f"\n\n{line}" not in text] == []


def test_the_readme_is_short() -> None:
    """What it is and a picture stand in the first screen; the rest leads on."""
    lines = README.splitlines()
    assert len(lines) <= 120
    assert any(line.startswith("![") for line in lines[:20])


def test_pictures_and_sounds_are_small_and_described() -> None:
    """Each picture of the documents has words, which say more than its name, and is quick to load."""
    for path in (ROOT / "docs/pictures").iterdir():
        assert path.stat().st_size < {".png": 150_000, ".mp3": 200_000}[path.suffix], path.name
    described = re.findall(r"!\[([^\]]*)\]\((?:docs/)?(?:pictures/)?([\w-]+\.(?:png|svg))\)", ALL_TEXT)
    assert {name for _, name in described} >= {path.name for path in (ROOT / "docs/pictures").glob("*.png")}
    assert [name for words, name in described if len(words) < 60] == []


def test_the_recording_is_what_the_program_makes_of_the_seed() -> None:
    """The sound to hear lasts 10 to 20 seconds and says in its tags what it is."""
    from mutagen.mp3 import MP3

    sound = MP3(ROOT / "docs/pictures/harbour.mp3")
    assert sound.info
    assert 10 <= sound.info.length <= 20
    assert sound.tags
    assert "synthetic voice" in str(sound.tags["COMM::eng"])


def test_every_word_of_the_design_is_in_the_glossary() -> None:
    """The words of the field that documents and messages use are explained."""
    glossary = (ROOT / "docs/glossary.md").read_text("utf-8").casefold()
    words = [
        "edition",
        "issue",
        "article",
        "block",
        "utterance",
        "cue",
        "track",
        "chapter",
        "narrator",
        "voice",
        "lexicon",
    ]
    words += ["text normalisation", "boilerplate", "media overlay", "skippable", "escapable", "page list"]
    assert [word for word in words if not re.search(rf"\*\*[^*]*\b{word}\b[^*]*\*\*", glossary)] == []


def test_the_drawing_of_the_rooms_is_that_of_the_code() -> None:
    """docs/rooms.svg and its table are as the imports are. After a move, run: python scripts/draw_rooms.py"""
    draw_rooms = _script("draw_rooms")

    for path, text in draw_rooms.written().items():
        assert path.read_text("utf-8") == text, "run: python scripts/draw_rooms.py"


def test_the_drawing_would_show_a_new_import(tmp_path: Path) -> None:
    """The twin: a room that imports another stands above it, with a line unless a longer way implies it."""
    draw_rooms = _script("draw_rooms")

    (tmp_path / "low.py").write_text("")
    (tmp_path / "middle.py").write_text("from rooms import low")
    (tmp_path / "high").mkdir()
    (tmp_path / "high/__init__.py").write_text("def late():\n    import rooms.low, rooms.middle.part")
    uses = draw_rooms.uses_of(draw_rooms.rooms_of(tmp_path), "rooms")
    assert draw_rooms.levels_of(uses) == {"low": 0, "middle": 1, "high": 2}
    assert draw_rooms.lines_of(uses) == [("high", "middle"), ("middle", "low")]
    drawing = draw_rooms.drawing_of(uses, dict.fromkeys(uses, 1))
    assert drawing.count("<path") == 2
    assert "high uses low, middle" in drawing


def test_rooms_in_a_circle_are_drawn_too() -> None:
    """Two rooms that use each other stand in one row, and what both use below."""
    draw_rooms = _script("draw_rooms")

    uses = {"a": frozenset({"b"}), "b": frozenset({"a", "c"}), "c": frozenset()}
    assert draw_rooms.levels_of(uses) == {"a": 1, "b": 1, "c": 0}
    assert set(draw_rooms.lines_of(uses)) == {("a", "b"), ("b", "a"), ("b", "c")}
    assert draw_rooms.drawing_of(uses, dict.fromkeys(uses, 1)).count("<path") == 3


@pytest.fixture(scope="module")
def documents_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents as a site, built as `scripts/docs` builds it."""
    pytest.importorskip("material", reason="MkDocs is not installed; install it with: pip install mkdocs-material")
    folder = tmp_path_factory.mktemp("docs") / "site"
    done = _built(ROOT, folder)
    assert done.returncode == 0, done.stderr
    return folder


def _built(project: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Build a project's documents into a folder, with an error where a link leads nowhere."""
    options = ["--strict", "-f", str(project / "mkdocs.yml"), "-d", str(folder)]
    command = [sys.executable, "-m", "mkdocs", "build", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("link", ["nowhere.md", "check.md#nothing"])
def test_a_dead_link_would_end_the_build(documents_site: Path, tmp_path: Path, link: str) -> None:
    """The twin: one link to a page or a heading that is not there."""
    for name in ("docs", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("mkdocs.yml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, tmp_path)
    with (tmp_path / "docs/index.md").open("a") as page:
        page.write(f"\n[dead]({link})\n")
    done = _built(tmp_path, tmp_path / "site")
    assert done.returncode == 1
    assert link in done.stderr


def test_the_site_is_built_without_a_warning_and_loads_nothing_from_elsewhere(documents_site: Path) -> None:
    """No link or anchor leads nowhere, no page is left out of the menu, and readers are told to no other host."""
    external_requests = _script("external_requests").external_requests

    assert list(external_requests(documents_site)) == []
    assert {path.stem for path in documents_site.glob("*.html")} >= {path.stem for path in (ROOT / "docs").glob("*.md")}


@pytest.mark.tool("chromium", "apt-get install chromium")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index", "talking-newspaper", "library", "profiles", "architecture"])
def test_axe_finds_no_barrier_in_the_documents(
    documents_site: Path, chromium: Browser, name: str, scheme: Literal["light", "dark"]
) -> None:
    """Who makes editions may be blind, too: axe-core finds nothing on the documents' own pages."""
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(color_scheme=scheme)
    page.goto((documents_site / f"{name}.html").as_uri())
    found = Axe().run(page).response["violations"]
    page.close()
    assert [(violation["id"], violation["nodes"][0]["html"][:150]) for violation in found] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<link rel="stylesheet" href="https://fonts.example/css">'),
        ("a.html", '<script src="//cdn.example/x.js"></script>'),
        ("a.html", '<img srcset="a.png 1x, https://cdn.example/b.png 2x">'),
        ("a.html", "<style>@import 'https://fonts.example/css';</style>"),
        ("a.html", '<p style="background: url(https://cdn.example/b.png)">'),
        ("a.css", "@font-face { src: url(//fonts.example/a.woff2) }"),
    ],
)
def test_what_is_loaded_from_elsewhere_would_be_noticed(tmp_path: Path, name: str, text: str) -> None:
    """The twins: fonts, scripts, pictures and styles of other hosts are found; links to follow are not meant."""
    external_requests = _script("external_requests").external_requests

    (tmp_path / name).write_text(text)
    (tmp_path / "b.html").write_text(
        '<a href="https://example.org/">there</a><link rel="canonical" href="https://a.example/">'
    )
    assert [path.name for path, _ in external_requests(tmp_path)] == [name]
