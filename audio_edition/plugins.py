"""Parts that other packages add: engines, readers, formats and rules for languages, found by their entry points."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from audio_edition.errors import AudioEditionError, MissingTool

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints


def plugins(kind: str) -> dict[str, EntryPoint]:
    """Return the entry points of the group `audio_edition.KINDs`, by name. Nothing is imported."""
    return {point.name: point for point in _entry_points(tuple(sys.path))(group=f"audio_edition.{kind}s")}


@functools.lru_cache(maxsize=2)
def _entry_points(path: tuple[str, ...]) -> Callable[..., EntryPoints]:
    """Return what selects from all entry points of the packages on this path, whose files are read once for all
    kinds."""
    from importlib.metadata import entry_points  # late: it brings the parser of e-mail

    return entry_points().select


def load_plugin(kind: str, point: EntryPoint, flaw: Callable[[Any], str], *, call: bool = False) -> Any:
    """Import what an entry point names, and return it; with `call`, return what calling it gives.

    `flaw` returns what is missing in it, or "". Raises MissingTool, which names the package, if it cannot be used.
    """
    try:
        part = point.load()
        if call:
            part = part()
        missing = flaw(part)
    except AudioEditionError:
        raise
    except Exception as error:  # a stranger's code can raise anything
        raise broken_plugin(kind, point, error) from error
    if missing:
        raise broken_plugin(kind, point, missing)
    return part


def broken_plugin(kind: str, point: EntryPoint, reason: Exception | str) -> MissingTool:
    """Return the error that names a plug-in, its package and what is wrong with it."""
    package = point.dist.name if point.dist else point.module
    if isinstance(reason, Exception):
        reason = f"{type(reason).__name__}: {reason}"
    return MissingTool(
        f"The {kind} {point.name} of the package {package} can't be used: {reason}.",
        f"Update the package {package}, or uninstall it and tell its makers.",
    )


def without(protocol: type, part: Any) -> str:
    """Return the first attribute or method of a protocol that an object does not have, as a sentence's end; "" if it
    has them all."""
    promised = [*protocol.__annotations__, *(name for name in vars(protocol) if not name.startswith("_"))]
    missing = next((name for name in promised if not hasattr(part, name)), "")
    return f"it has no {missing}" if missing else ""
