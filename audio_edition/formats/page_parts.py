"""The script, style and policy that stand in every page, to the letter.

Apart from the page itself, as a site compares them with those of pages that others bring.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from importlib.resources import files


@functools.cache
def _part(name: str) -> str:
    return (files("audio_edition.formats") / "templates" / name).read_text("utf-8")


def player_script() -> str:
    """Return the script of every page."""
    return _part("playback.js") + _part("page/player.js")


@functools.cache
def style() -> str:
    """Return the style of every page."""
    return _part("design.css") + _part("page/style.css") + _part("text.css")


@functools.cache
def policy() -> str:
    """Return the Content-Security-Policy: only this script and style, and sound and pictures from the page's folder.

    `file:` is for browsers in which no two files share an origin.
    """
    beside = "'self' file:"
    rules = {
        "default-src": "'none'",
        "script-src": _hash(player_script()),
        "style-src": _hash(style()),
        "media-src": beside,
        "img-src": f"{beside} data:",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(part: str) -> str:
    digest = hashlib.sha256(part.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
