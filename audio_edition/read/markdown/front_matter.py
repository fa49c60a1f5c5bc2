"""Reads a Markdown document's front matter: YAML, TOML or JSON, Pandoc's title block, MultiMarkdown's metadata.

YAML is read as plain strings, lists and mappings only: nothing becomes an object, and `no` is Norwegian, not false.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from audio_edition.errors import ReadError, place_in
from audio_edition.model import Creator, CreatorRole, Metadata
from audio_edition.read.about import About
from audio_edition.read.markdown.signs import has_front_matter

LARGEST_CHARACTERS = 64_000
_DEEPEST = 20
_ENDS = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
    ";;;": re.compile(r"^;;;[ \t]*$", re.MULTILINE),
}
_JSON = re.compile(r"\{\s*\n?\s*\"[\w-]{1,60}\"\s*:")
_TITLE_BLOCK = re.compile(
    r"%[ \t]*(?P<title>[^\n]*(?:\n[ \t]+\S[^\n]*)*)\n"
    r"(?:%[ \t]*(?P<authors>[^\n]*(?:\n[ \t]+\S[^\n]*)*)\n)?(?:%[ \t]*(?P<date>[^\n]*)(?:\n|\Z))?"
)
_PAIR = re.compile(r"([A-Za-z][\w -]{0,40}):[ \t]*(.*)$")
_FIRST_PAIRS = frozenset({"author", "base header level", "css", "date", "format", "keywords", "language", "latex input",
                          "quotes language", "subtitle", "title"})  # fmt: skip
"""Names with which MultiMarkdown's metadata may begin."""

_MOST_PAIRS = 50
_MEND = "Write it as lines such as `title: The ferry is back`; put quotation marks around a text that holds a colon."
_ROLES: dict[CreatorRole, tuple[str, ...]] = {
    "author": ("author", "authors", "byline", "by", "creator"),
    "editor": ("editor", "editors"),
    "translator": ("translator", "translators", "translated-by"),
    "illustrator": ("illustrator", "illustrators"),
    "narrator": ("narrator", "narrators"),
    "contributor": ("contributor", "contributors"),
}


def split(text: str, name: str) -> tuple[About, str]:
    """Return the document's metadata and the text below.

    Raises ReadError if the metadata can't be parsed: a document with a wrong title or language is worse than none.
    """
    if has_front_matter(text) or text.startswith(";;;\n"):
        return _between_fences(text, name)
    if _JSON.match(text):
        return _in_braces(text)
    if text.startswith("%") and not text.startswith("%%"):
        return _title_block(text)
    return _pairs(text)


def _between_fences(text: str, name: str) -> tuple[About, str]:
    fence = text[:3]
    start = text.index("\n") + 1
    end = _ENDS[fence].search(text, start)
    if end is None:
        return About(), text
    written = text[start : end.start()]
    if len(written) > LARGEST_CHARACTERS:
        raise ReadError(f"{name} has front matter of more than {LARGEST_CHARACTERS} characters.", _MEND)
    found = {"---": _yaml, "+++": _toml, ";;;": _json}[fence](written, name)
    if not isinstance(found, dict):
        return About(), text
    return _about(found), text[end.end() :]


def _in_braces(text: str) -> tuple[About, str]:
    """Read Hugo's JSON before the text."""
    try:
        found, end = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode(text[:LARGEST_CHARACTERS])
    except (ValueError, RecursionError):
        return About(), text
    return (_about(found), text[end:]) if isinstance(found, dict) else (About(), text)


def _title_block(text: str) -> tuple[About, str]:
    """Read Pandoc's title block: up to three lines that begin with a percent sign."""
    found = _TITLE_BLOCK.match(text)
    if found is None:
        return About(), text
    authors = [author.strip() for author in re.split(r";|\n", found["authors"] or "")]
    said = {"title": " ".join(found["title"].split()), "author": authors, "date": found["date"] or ""}
    return _about(said), text[found.end() :]


def _pairs(text: str) -> tuple[About, str]:
    """Read MultiMarkdown's metadata: lines of a name, a colon and a value, up to an empty line."""
    head, _, rest = text.partition("\n\n")
    said: dict[str, str] = {}
    last = ""
    for line in head.split("\n")[: _MOST_PAIRS + 1]:
        pair = _PAIR.match(line)
        if pair:
            last = pair[1].lower()
            said[last] = pair[2].strip()
        elif last and line[:1] in " \t" and line.strip():
            said[last] += f" {line.strip()}"
        else:
            return About(), text
    if next(iter(said), "") not in _FIRST_PAIRS or len(said) > _MOST_PAIRS or "title" not in said:
        return About(), text
    return _about(said), rest


def _yaml(written: str, name: str) -> Any:
    import yaml

    try:
        _refuse_traps(yaml.parse(written, Loader=yaml.BaseLoader), name)
        return yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506 - the loader that makes nothing but texts
    except yaml.YAMLError as trouble:
        mark = getattr(trouble, "problem_mark", None)
        place = f" on line {mark.line + 2}" if mark is not None else ""
        raise ReadError(f"{name} has front matter that can't be understood{place}.", _MEND) from trouble


def _refuse_traps(events: Iterator[Any], name: str) -> None:
    """Raise ReadError for aliases, which can multiply, and deep nesting: metadata needs neither."""
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
        place = f" at {where}" if (where := place_in(trouble)) else ""
        raise ReadError(f"{name} has front matter that can't be understood{place}.", _MEND) from trouble


def _json(written: str, name: str) -> Any:
    try:
        return json.loads("{" + written.strip().removeprefix("{").removesuffix("}") + "}")
    except (ValueError, RecursionError) as trouble:
        place = f" at {where}" if (where := place_in(trouble)) else ""
        raise ReadError(f"{name} has front matter that can't be understood{place}.", _MEND) from trouble


def _about(found: Mapping[Any, Any]) -> About:
    facts = {str(key).casefold().replace("_", "-"): value for key, value in found.items()}

    def all_of(*names: str) -> tuple[str, ...]:
        return tuple(text for name in names for text in _texts(facts.get(name)))

    def first(*names: str) -> str:
        return next(iter(all_of(*names)), "")

    creators = [Creator(who, role) for role, names in _ROLES.items() for who in _first_known(facts, names)]
    subjects = [part.strip() for each in all_of("tags", "keywords", "subjects", "topics") for part in each.split(",")]
    metadata = Metadata(
        tuple(creators),
        subtitle=first("subtitle"),
        description=first("description", "summary", "abstract", "excerpt"),
        subjects=tuple(filter(None, subjects)),
        series=first("series"),
        series_position=first("series-index", "series-order", "series-position", "volume"),
        rights=first("rights", "license", "licence", "copyright"),
        identifiers=all_of("isbn", "identifier", "doi"),
    )
    return About(
        first("title", "headline"),
        first("date", "published", "pubdate", "created", "publishdate"),
        first("lang", "language", "locale"),
        first("source", "publisher", "publication", "agency"),
        first("section", "category", "categories"),
        metadata,
    )


def _first_known(facts: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts under the first of the names that has any."""
    return next((found for name in names if (found := tuple(_texts(facts.get(name))))), ())


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in a value: itself, those in a list, or a mapping's name or text."""
    if isinstance(value, list):
        for each in value[:20]:
            yield from _texts(each) if not isinstance(each, list) else ()
    elif isinstance(value, dict):
        named = next((value[key] for key in ("name", "literal", "text") if value.get(key)), None)
        if isinstance(named, dict) or (named is None and "family" in value):
            parts = named if isinstance(named, dict) else value
            named = parts.get("literal") or " ".join(str(parts[key]) for key in ("given", "family") if parts.get(key))
        yield from _texts(named) if not isinstance(named, dict | list) else ()
    elif value is not None and str(value).strip():
        yield str(value).strip()
