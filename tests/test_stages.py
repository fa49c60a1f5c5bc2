"""The shape of the house: data moves one way, the library is quiet, the public names are those promised."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import audio_edition

PACKAGE = Path(audio_edition.__file__).parent
STAGES = ("read", "script", "speak", "record", "formats")
BESIDE = {"proof", "site", "serve", "pack"}
"""What is done with articles and editions besides making them."""
SHARED = {"atomic", "audio", "cache", "errors", "model", "plugins", "processes", "sources"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def _imports(path: Path) -> set[str]:
    """The modules of the package that a module imports, by their first name."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("audio_edition"):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("audio_edition.")]
        else:
            continue
        found |= {name.split(".")[1] for name in names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_stage_imports_no_other_stage(path: Path) -> None:
    """Each stage knows the values, the errors, sound, the folders it works in, and itself."""
    stage = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if stage in STAGES:
        assert _imports(path) <= SHARED | {stage}
    elif stage in SHARED:
        assert _imports(path) <= SHARED


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_library_neither_prints_nor_exits(path: Path) -> None:
    """Only the command line talks to the user, and only it ends the process."""
    calls = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    }
    if path.relative_to(PACKAGE).parts[0] != "cli":
        assert not calls & {"print", "sys.exit", "exit", "input"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_command_line_asks_those_beside_the_edition(path: Path) -> None:
    """Proof, site, serve and pack may ask any stage; no stage knows of them, nor they of each other or the command
    line."""
    package = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if package not in ("cli", "__main__"):
        assert not _imports(path) & ({"cli", *BESIDE} - {package})


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_the_check_is_a_stranger(path: Path) -> None:
    """The check knows values, errors and sound, and nothing of those who write; only the command line asks for it."""
    package = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if package == "check":
        assert _imports(path) <= {"audio", "check", "errors", "model"}
    elif package != "cli":
        assert "check" not in _imports(path)


def test_only_the_audio_room_starts_ffmpeg() -> None:
    """FFmpeg is started in audio/; the only other processes are the engines' and those of others' checkers."""
    starting = {path.relative_to(PACKAGE).as_posix() for path in MODULES if "subprocess" in path.read_text("utf-8")}
    assert starting == {"audio/ffmpeg.py", "audio/probe.py", "speak/pyttsx3_engine.py", "check/tools.py"}


def test_the_public_names_are_sorted_and_there() -> None:
    """`from audio_edition import ...` gives what __all__ names, in order."""
    assert audio_edition.__all__ == sorted(audio_edition.__all__)
    assert all(hasattr(audio_edition, name) for name in audio_edition.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = audio_edition.nonsense


def test_help_imports_only_what_it_needs() -> None:
    """`--help` answers at once: no engine, codec, template or sentence library is loaded for it."""
    script = (
        "import sys; from audio_edition.cli import main; main(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert not loaded & {
        "pydub",
        "pyttsx3",
        "imageio_ffmpeg",
        "mutagen",
        "jinja2",
        "rich",
        "sentencex",
        "difflib",
        "PIL",
        "starlette",
        "uvicorn",
    }
    assert not loaded & {"dask", "distributed", "fsspec"}
    assert not loaded & {"faster_whisper", "numpy", "rapidfuzz", "simplemma", "whisper_normalizer"}
