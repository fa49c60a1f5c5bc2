"""The shape of the house: data moves one way, the library is quiet, the public names are those promised."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import audio_edition

PACKAGE = Path(audio_edition.__file__).parent
STAGES = ("read", "script", "speak", "record", "formats")
BESIDE = {"narration", "proof", "site", "serve", "pack", "stick"}
"""What is done with articles and editions besides making them."""
SHARED = {"atomic", "audio", "cache", "errors", "model", "pdf", "plugins", "processes", "sources", "translations"}
DOORS = {"__init__", "__main__", "_api", "cli", "desk"}
"""What users come in by: they may ask everybody, and nobody asks them."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def _room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """The rooms of the package that a module imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("audio_edition"):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("audio_edition.")]
        else:
            continue
        found |= {name.split(".")[1] for name in names} - {"__version__"}
    return found


def _offenders(allowed: Callable[[str, set[str]], bool]) -> list[str]:
    """The modules whose imports a rule, which is given their room, does not allow."""
    return [path.relative_to(PACKAGE).as_posix() for path in MODULES if not allowed(_room(path), _imports(path))]


def test_a_stage_imports_no_other_stage() -> None:
    """Each stage knows the values, the errors, the shared services and itself; those know no stage."""

    def allowed(room: str, imports: set[str]) -> bool:
        return imports <= SHARED | {room} if room in STAGES else imports <= SHARED or room not in SHARED

    assert _offenders(allowed) == []


def test_the_library_neither_prints_nor_exits() -> None:
    """Only the command line talks to the user, and only it ends the process."""
    loud = [
        (path.relative_to(PACKAGE).as_posix(), ast.unparse(node.func))
        for path in MODULES
        if _room(path) != "cli"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]
    assert [call for call in loud if call[1] in ("print", "sys.exit", "exit", "input")] == []


def test_nobody_but_the_doors_asks_those_beside_the_edition() -> None:
    """Narration, proof, site, serve and pack may ask any stage; no stage knows of them, nor they of each other or of
    the doors. Only serve shows the site's page for what is not there."""

    def allowed(room: str, imports: set[str]) -> bool:
        own = {room, "site"} if room == "serve" else {room}
        return room in DOORS or not imports & (DOORS | BESIDE) - own

    assert _offenders(allowed) == []


def test_the_check_is_a_stranger() -> None:
    """The check knows values, errors and sound, and nothing of those who write; only the doors ask for it."""

    def allowed(room: str, imports: set[str]) -> bool:
        return imports <= {"audio", "check", "errors", "model"} if room == "check" else "check" not in imports

    assert _offenders(lambda room, imports: room in DOORS or allowed(room, imports)) == []


def test_only_the_audio_room_starts_ffmpeg() -> None:
    """FFmpeg is started in audio/; the only other processes are the engines', those of others' checkers,
    the one that opens PDFs, and the converters of old and rare documents."""
    starting = {path.relative_to(PACKAGE).as_posix() for path in MODULES if "subprocess" in path.read_text("utf-8")}
    others = {"speak/pyttsx3_engine.py", "check/tools.py", "pdf/confined.py", "read/converters.py"}
    assert starting == {"audio/ffmpeg.py", "audio/probe.py", *others}


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
