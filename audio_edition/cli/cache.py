"""cache: the speech that is kept for later runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from audio_edition.cli.options import settings_file
from audio_edition.cli.output import as_json_text, give, size
from audio_edition.errors import SettingsError

if TYPE_CHECKING:
    from audio_edition.cache import Cache


@click.group()
def cache() -> None:
    """Look at the cache of what was spoken, or empty it.

    \b
    Examples:
      audio-edition cache info
      audio-edition cache clear
    """


@cache.command()
@settings_file
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def info(config: Path | None, as_json: bool) -> None:
    """Show where the cache is, what it holds, and what it may hold.

    \b
    Examples:
      audio-edition cache info
      audio-edition cache info --json
    """
    from audio_edition.config import load_settings

    kept = _cache(load_settings(config).cache_bytes)
    usage = kept.usage()
    facts = {"folder": str(kept.folder), "entries": usage.entries, "bytes": usage.bytes}
    facts["limit_bytes"] = kept.limit_bytes
    if as_json:
        give(as_json_text(facts))
    else:
        rows = [("Folder", str(kept.folder)), ("Entries", str(usage.entries))]
        rows += [("Size", size(usage.bytes)), ("Limit", size(kept.limit_bytes))]
        give("\n".join(f"{name}: {value}" for name, value in rows))


@cache.command()
def clear() -> None:
    """Remove all that the cache holds. Editions stay; the next build makes its sound anew.

    \b
    Examples:
      audio-edition cache clear
    """
    gone = _cache(0).clear()
    give(f"Removed: {gone.entries} entries, {size(gone.bytes)}")


def _cache(limit_bytes: int) -> Cache:
    from audio_edition.cache import default_cache

    if found := default_cache(limit_bytes):
        return found
    raise SettingsError("There is no folder for a cache here.", "Name one in AUDIO_EDITION_CACHE.")
