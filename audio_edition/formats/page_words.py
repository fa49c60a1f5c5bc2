"""What the edition's page says besides the article: its words in ten languages, from one table."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

_FALLBACK = "en"
_TRADITIONAL_CHINESE = frozenset({"hant", "tw", "hk", "mo"})


@dataclass(frozen=True, slots=True)
class Words:
    """Words by their name in the table. `language` is their BCP 47 tag."""

    language: str
    by_name: Mapping[str, str]


def words_for(tag: str) -> Words:
    """The words for a page in this language; English where there are none."""
    primary, *others = tag.replace("_", "-").lower().split("-")
    language = "zh" if primary == "cmn" else primary
    if language not in table():
        return Words(_FALLBACK, table()[_FALLBACK])
    simplified = language == "zh" and _TRADITIONAL_CHINESE & set(others)
    return Words("zh-Hans" if simplified else language, table()[language])


@functools.cache
def table() -> Mapping[str, Mapping[str, str]]:
    """All words by language and name."""
    path = files("audio_edition.formats") / "templates" / "page" / "words.toml"
    return tomllib.loads(path.read_text("utf-8"))
