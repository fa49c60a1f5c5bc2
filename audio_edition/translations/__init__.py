"""What the program itself says to those who hear and read an edition, in each language.

A language is one file here, such as `fr.toml`, which only this module reads. A file has a table for each part of the
program; a language may lack a table, but no word of one. docs/translating.md tells how to add one.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal

from audio_edition.translations.locales import plural_category

Table = Literal["document", "script", "page", "edition", "site", "pack", "desk"]

_ALIASES = {"cmn": "zh", "no": "nb"}
_FALLBACK = "en"
_TRADITIONAL_CHINESE = frozenset({"hant", "tw", "hk", "mo"})


@dataclass(frozen=True, slots=True)
class Words:
    """One table of a language. `language` is the BCP 47 tag of its words."""

    language: str
    by_name: Mapping[str, Any]

    def __getitem__(self, name: str) -> str:
        """Return a word or sentence, with its fields in braces."""
        entry: str = self.by_name[name]
        return entry

    def each(self, name: str) -> tuple[str, ...]:
        """Return the texts of an entry that is a list."""
        return tuple(self.by_name[name])

    def of_all(self, name: str, count: int) -> str:
        """Return what is said of one, or of several, where the number itself is not said."""
        one, several = self.each(name)
        return one if count == 1 else several

    def counted(self, name: str, number: int, **fields: object) -> str:
        """Return the form that goes with a number, by CLDR's plural categories, with its fields filled in."""
        forms: Mapping[str, str] = self.by_name[name]
        form = forms.get(plural_category(number, self.language), forms["other"])
        return form.format(number=number, **fields)


def known_words(table: Table, tag: str) -> Words | None:
    """Return a table in the language of a BCP 47 tag, or None if that language has no such table."""
    primary, *others = tag.replace("_", "-").lower().split("-")
    language = _ALIASES.get(primary, primary)
    found = _catalogue(language).get(table)
    if found is None:
        return None
    simplified = language == "zh" and _TRADITIONAL_CHINESE & set(others)
    return Words("zh-Hans" if simplified else language, found)


def words_for(table: Table, tag: str) -> Words:
    """Return a table in the language of a BCP 47 tag, or the English one if that language has no such table."""
    return known_words(table, tag) or Words(_FALLBACK, _catalogue(_FALLBACK)[table])


@functools.cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a file, by their codes."""
    names = (file.name for file in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@functools.cache
def _catalogue(language: str) -> Mapping[str, Mapping[str, Any]]:
    if language not in languages():
        return {}
    return tomllib.loads((files(__name__) / f"{language}.toml").read_text("utf-8"))
