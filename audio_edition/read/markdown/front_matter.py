"""In: a Markdown document. Out: what its front matter says, YAML or TOML, and the text below it.

YAML is taken as plain texts, lists and mappings: nothing in it becomes an object, and `no` is Norwegian, not false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from audio_edition.errors import ReadError
from audio_edition.read.about import About
from audio_edition.read.lines import in_brief
from audio_edition.read.markdown.signs import has_front_matter

LARGEST_CHARACTERS = 64_000
_DEEPEST = 20
_ENDS = {"---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE), "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE)}
_MEND = "Write it as lines such as `title: The ferry is back`; put quotation marks around a text that holds a colon."


def split(text: str, name: str) -> tuple[About, str]:
    """What the front matter says, and the text below it.

    Raises ReadError where it can't be understood: a document with a wrong title or language is worse than none.
    """
    if not has_front_matter(text):
        return About(), text
    fence = text[:3]
    start = text.index("\n") + 1
    end = _ENDS[fence].search(text, start)
    if end is None:
        return About(), text
    written = text[start : end.start()]
    if len(written) > LARGEST_CHARACTERS:
        raise ReadError(f"{name} has front matter of more than {LARGEST_CHARACTERS} characters.", _MEND)
    found = _yaml(written, name) if fence == "---" else _toml(written, name)
    if not isinstance(found, dict):
        return About(), text
    return _about({str(key).casefold(): value for key, value in found.items()}), text[end.end() :]


def _yaml(written: str, name: str) -> Any:
    import yaml

    try:
        _refuse_traps(yaml.parse(written, Loader=yaml.BaseLoader), name)
        return yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506 - the loader that makes nothing but texts
    except yaml.YAMLError as trouble:
        mark = getattr(trouble, "problem_mark", None)
        place = f" on line {mark.line + 2}" if mark is not None else ""
        reason = getattr(trouble, "problem", None) or "it is not YAML"
        raise ReadError(
            f"{name} has front matter that can't be understood{place}: {in_brief(reason)}.", _MEND
        ) from trouble


def _refuse_traps(events: Iterator[Any], name: str) -> None:
    """References multiply, and depth has no end: a title needs neither."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if kind == "AliasEvent" or depth > _DEEPEST:
            what = "refers to another part of it" if kind == "AliasEvent" else f"is deeper than {_DEEPEST} levels"
            line = event.start_mark.line + 2
            raise ReadError(f"{name} has front matter that {what} on line {line}.", _MEND)


def _toml(written: str, name: str) -> Any:
    import tomllib

    try:
        return tomllib.loads(written)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as trouble:
        reason = in_brief(str(trouble))
        raise ReadError(f"{name} has front matter that can't be understood: {reason}.", _MEND) from trouble


def _about(facts: Mapping[str, Any]) -> About:
    def first(*names: str) -> str:
        return next((text for name in names for text in _texts(facts.get(name))), "")

    authors = next((found for name in ("author", "authors", "byline") if (found := tuple(_texts(facts.get(name))))), ())
    return About(
        first("title", "headline"),
        authors,
        first("date", "published", "pubdate", "created"),
        first("lang", "language", "locale"),
        first("source", "publisher", "publication", "agency"),
        first("section", "category", "categories"),
    )


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value: itself, those of a list, or what a mapping calls the name."""
    if isinstance(value, list):
        for each in value[:20]:
            yield from _texts(each) if not isinstance(each, list) else ()
    elif isinstance(value, dict):
        yield from _texts(value.get("name")) if not isinstance(value.get("name"), dict) else ()
    elif value is not None and str(value).strip():
        yield str(value).strip()
