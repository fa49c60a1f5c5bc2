"""Turns written documents into audio editions that blind and print-disabled people can use.

The library behind the `audio-edition` command. It never prints and never exits; what goes wrong is an
`AudioEditionError` with a `message` and a `remedy`. docs/python.md shows how to use it.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audio_edition._api import batch, build, check, pack, publish_site, read, write_script
    from audio_edition.batch.local import Report
    from audio_edition.check import Checked
    from audio_edition.config import Settings, load_settings
    from audio_edition.edition.build import Edition
    from audio_edition.errors import (
        AudioEditionError,
        ClusterError,
        EditionError,
        MissingTool,
        NarrationError,
        ProofError,
        PublishError,
        ReadError,
        ScriptError,
        SettingsError,
        SiteError,
        SpeakError,
        StitchError,
    )
    from audio_edition.formats import Format
    from audio_edition.model import (
        Article,
        Finding,
        Issue,
        Package,
        Pauses,
        Recording,
        Script,
        Speech,
        Utterance,
        Voice,
    )
    from audio_edition.read import Reader
    from audio_edition.speak import Engine

__version__ = "0.2.0"

_HOMES = {
    "_api": ("batch", "build", "check", "pack", "publish_site", "read", "write_script"),
    "batch.local": ("Report",),
    "check": ("Checked",),
    "config": ("Settings", "load_settings"),
    "edition.build": ("Edition",),
    "errors": (
        "AudioEditionError", "ClusterError", "EditionError", "MissingTool", "NarrationError", "ProofError",
        "PublishError", "ReadError",
        "ScriptError", "SettingsError", "SiteError", "SpeakError", "StitchError",
    ),
    "formats": ("Format",),
    "model": (
        "Article", "Finding", "Issue", "Package", "Pauses", "Recording", "Script", "Speech", "Utterance", "Voice",
    ),
    "read": ("Reader",),
    "speak": ("Engine",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Article", "AudioEditionError", "Checked", "ClusterError", "Edition", "EditionError", "Engine", "Finding", "Format",
    "Issue", "MissingTool", "NarrationError", "Package", "Pauses", "ProofError", "PublishError", "ReadError", "Reader",
    "Recording", "Report", "Script", "ScriptError", "Settings", "SettingsError", "SiteError", "SpeakError", "Speech",
    "StitchError", "Utterance", "Voice", "__version__", "batch", "build", "check", "load_settings", "pack",
    "publish_site", "read", "write_script",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `audio-edition --help` needs none of them."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


class _Door(ModuleType):
    """This package. Some public functions are called like the folder that they live in (`read`, `check`); importing
    the folder must not put it in the function's place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOME_OF and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Door
