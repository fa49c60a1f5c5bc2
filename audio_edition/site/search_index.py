"""The search index: for each word the editions that hold it, in SHARDS small files, of which a word needs one.

An edition stands in it by its number, doubled, and one more where the word is in its title. What `search.js` shows of
an edition stands in `search/editions/`, a hundred to a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audio_edition.errors import SiteError
from audio_edition.site.catalogue_entry import CatalogueEntry
from audio_edition.site.pages import shown_in_search
from audio_edition.site.words import SHARDS, shard_of, words

SHOWN = 100
"""Editions in a file of what is shown."""
SHARD_NAMES = tuple(f"{number:02x}" for number in range(SHARDS))

_Shard = dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Indexed:
    """The words of an edition, parted by spaces: those of its title, and all others."""

    number: int
    title: str
    others: str


def indexed(number: int, title: str, texts: Iterable[str]) -> Indexed:
    """Return the words of an edition."""
    titled = words(title)
    others = set().union(*map(words, texts)) - titled
    return Indexed(number, " ".join(titled), " ".join(others))


def shards(folder: Path, gone: frozenset[int], come: Iterable[Indexed], anew: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the index files that change when editions leave and join, with their paths; with `anew`, all of them, for
    the joining editions only. Raises SiteError."""
    coming: dict[str, _Shard] = {name: {} for name in SHARD_NAMES} if anew or gone else {}
    for edition in come:
        for text, doubled in ((edition.title, 2 * edition.number + 1), (edition.others, 2 * edition.number)):
            for word in text.split():
                coming.setdefault(shard_of(word), {}).setdefault(word, []).append(doubled)
    for name, new in sorted(coming.items()):
        path = shard_path(name)
        old = {} if anew else _read(folder / path)
        yield path, _as_json(_merged(old, new, gone))


def shard_path(name: str) -> str:
    """Return the path of a shard."""
    return f"search/words/{name}.json"


def shown(entries: Iterable[CatalogueEntry], language: str) -> bytes:
    """Return a file of what is shown of editions in the site's language, by their numbers."""
    return _as_json({str(entry.number): shown_in_search(entry, language) for entry in entries})


def shown_path(number: int) -> str:
    """Return the path of the file with the search results of an edition."""
    return f"search/editions/{number // SHOWN}.json"


def _merged(old: _Shard, new: _Shard, gone: frozenset[int]) -> _Shard:
    merged = {}
    for word in sorted(old.keys() | new.keys()):
        kept = [doubled for doubled in old.get(word, ()) if doubled // 2 not in gone]
        if numbers := sorted(kept + new.get(word, [])):
            merged[word] = numbers
    return merged


def _read(path: Path) -> _Shard:
    try:
        shard: _Shard = json.loads(path.read_bytes())
    except ValueError as error:
        raise SiteError(
            f"{path} is damaged, and the search index can't be carried on.", "Delete it and publish again."
        ) from error
    return shard


def _as_json(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n".encode("utf-8", "replace")
