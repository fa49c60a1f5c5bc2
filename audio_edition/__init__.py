"""Turns a written article into an audio edition that blind and print-disabled people can use.

The library behind the `audio-edition` command; it never prints and never exits.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from audio_edition.config import Settings, load_settings
    from audio_edition.edition.build import Edition, make_edition, make_script
    from audio_edition.errors import AudioEditionError

__all__ = ["AudioEditionError", "Edition", "Settings", "load_settings", "make_edition", "make_script"]

_HOMES = {
    "AudioEditionError": "errors",
    "Edition": "edition.build",
    "Settings": "config",
    "load_settings": "config",
    "make_edition": "edition.build",
    "make_script": "edition.build",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: `audio-edition --help` needs none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
