"""In: what a JSON text held. Out: the Script that it means, or what is unsound in it: where, what, and what to do.

Tables say which keys an object has, of which type, and which it must have. Later stages rely on what is checked here.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import difflib
import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, get_args

from audio_edition.model import (
    BLOCKS,
    DEEPEST,
    EMPTY_KINDS,
    Block,
    Cell,
    Chapter,
    Creator,
    CreatorRole,
    Definition,
    Finding,
    HeaderScope,
    Image,
    Item,
    Level,
    ListStyle,
    Metadata,
    Passage,
    Pause,
    Picture,
    Pronunciation,
    Role,
    Row,
    RowPart,
    Script,
    Span,
    SpanKind,
    Text,
    Utterance,
    every,
    is_language_tag,
)
from audio_edition.model.mathml import is_sound_mathml
from audio_edition.script import ipa

FORMAT = "audio-edition script"
VERSION = 2
LONGEST_PAUSE_MS = 60_000
LONGEST_UTTERANCE = 2_000
"""Characters of an edited sentence."""

_CHAPTER_ID = re.compile(r"c\d{2,6}", re.ASCII)
_PASSAGE_ID = re.compile(r"c\d{2,6}-p\d{3,8}", re.ASCII)
_UTTERANCE_ID = re.compile(r"c\d{2,6}-p\d{3,8}-s\d{2,8}", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_TYPE_NAMES = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}

Keys = dict[str, tuple[type, bool]]
SCRIPT_KEYS: Keys = {
    "format": (str, True), "version": (int, True), "title": (str, True), "language": (str, False),
    "published": (str, False), "source": (str, False), "byline": (str, False), "dateline": (str, False),
    "metadata": (dict, False), "chapters": (list, True), "findings": (list, False), "images": (list, False),
}  # fmt: skip
METADATA_KEYS: Keys = {
    "creators": (list, False), "subtitle": (str, False), "description": (str, False), "subjects": (list, False),
    "series": (str, False), "series_position": (str, False), "rights": (str, False), "identifiers": (list, False),
    "cover": (str, False),
}  # fmt: skip
CREATOR_KEYS: Keys = {"name": (str, True), "role": (str, False)}
CHAPTER_KEYS: Keys = {
    "id": (str, True), "title": (str, True), "level": (int, False), "continues": (bool, False), "track": (str, False),
    "blocks": (list, True),
}  # fmt: skip
PASSAGE_KEYS: Keys = {
    "id": (str, True), "role": (str, False), "language": (str, False), "unspoken": (str, False), "spans": (list, False),
    "parts": (list, True),
}  # fmt: skip
UTTERANCE_KEYS: Keys = {
    "id": (str, True), "text": (str, True), "spoken": (str, False), "pronunciations": (list, False),
    "announces": (str, False), "concludes": (str, False), "language": (str, False), "spans": (list, False),
    "space_before": (bool, False),
}  # fmt: skip
PRONUNCIATION_KEYS: Keys = {"said": (str, True), "ipa": (str, True), "start": (int, False)}
PAUSE_KEYS: Keys = {"pause_ms": (int, True), "reason": (str, False)}
FINDING_KEYS: Keys = {
    "id": (str, True), "level": (str, True), "message": (str, True), "place": (str, False), "remedy": (str, False),
    "text": (str, False),
}  # fmt: skip
IMAGE_KEYS: Keys = {
    "name": (str, True), "media_type": (str, True), "width": (int, False), "height": (int, False), "data": (str, True),
}  # fmt: skip
"""Keys of each object: type, and whether it must be there."""

_LEAVES = frozenset({"text", "attribution"})
_LISTS_OF: dict[str, type] = {"items": Item, "entries": Definition, "rows": Row, "cells": Cell}
_NAMES_OF: dict[str, Any] = {"style": ListStyle, "header": HeaderScope, "part": RowPart}
_TYPES_OF: dict[str, type] = {
    "level": int, "start": int, "value": int, "columns": int, "ordered": bool, "reversed": bool,
}  # fmt: skip
"""What the fields of blocks hold, by their names; the others hold a text."""

_MOST_CELLS_SPANNED = 1_000
_LINK = re.compile(r"(?:https?://|mailto:|tel:|#)\S{1,4000}", re.IGNORECASE)
_IMAGE_NAME = re.compile(r"[0-9a-z]{1,64}\.(?:jpg|png|gif|webp)")
IMAGE_TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp"}


class Unsound(Exception):  # noqa: N818 - becomes a ScriptError once the file's name is known
    """What is wrong in a script, as a sentence that begins with its place, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def sound_script(value: Any) -> Script:
    """The script that parsed JSON means."""
    values = _object(value, "the script", SCRIPT_KEYS)
    if values["format"] != FORMAT or values["version"] != VERSION:
        raise Unsound(
            f'it is "{_short(values["format"])}" version {values["version"]}, not "{FORMAT}" version {VERSION}.',
            "Make it anew from its document: audio-edition script DOCUMENT --format json.",
        )
    chapters = tuple(_chapter(chapter, f"chapters[{at}]") for at, chapter in enumerate(values["chapters"]))
    if not chapters:
        raise Unsound("chapters: the script has no chapter.", "Give it at least one, with an utterance in it.")
    if chapters[0].continues:
        raise Unsound("chapters[0].continues: there is no chapter before the first.", "Write false there.")
    _no_id_twice([chapter.id for chapter in chapters])
    _no_id_twice([passage.id for chapter in chapters for passage in chapter.passages])
    _no_id_twice([utterance.id for chapter in chapters for utterance in chapter.utterances])
    images = tuple(_image(item, f"images[{at}]") for at, item in enumerate(values.get("images", [])))
    metadata = _metadata(values.get("metadata", {}), "metadata")
    _no_picture_missing(chapters, metadata, images)
    return Script(
        title=values["title"],
        chapters=chapters,
        language=_language(values.get("language", "en"), "language"),
        published=_date(values.get("published", ""), "published"),
        source=values.get("source", ""),
        byline=values.get("byline", ""),
        dateline=values.get("dateline", ""),
        metadata=metadata,
        images=images,
        findings=tuple(_finding(item, f"findings[{at}]") for at, item in enumerate(values.get("findings", []))),
    )


def _chapter(value: Any, place: str) -> Chapter:
    values = _object(value, place, CHAPTER_KEYS)
    _matches(values["id"], _CHAPTER_ID, f"{place}.id", "Chapter ids are like c02.")
    _not_blank(values["title"], f"{place}.title")
    chapter = Chapter(
        values["id"],
        values["title"],
        _blocks(values["blocks"], f"{place}.blocks", 1),
        _level(values.get("level", 1), f"{place}.level"),
        values.get("continues", False),
        values.get("track", ""),
    )
    if not chapter.utterances:
        raise Unsound(f"{place} ({chapter.id}): the chapter has no utterance.", "Remove the chapter, or give it one.")
    for passage in chapter.passages:
        if not passage.id.startswith(chapter.id + "-"):
            raise Unsound(
                f"{passage.id} stands in chapter {chapter.id}.",
                f"Its id must begin with {chapter.id}-, like all there.",
            )
    return chapter


# --- the tree


def _blocks(values: list[Any], place: str, depth: int) -> tuple[Block[Passage], ...]:
    if depth > DEEPEST:
        raise Unsound(f"{place}: blocks stand in blocks more than {DEEPEST} deep.", "Write it with fewer levels.")
    return tuple(_block(value, f"{place}[{at}]", depth) for at, value in enumerate(values))


def _block(value: Any, place: str, depth: int) -> Block[Passage]:
    _is_of_type(value, dict, place)
    name = value.get("block", "")
    _is_of_type(name, str, f"{place}.block")
    node = BLOCKS[_one_of(name, BLOCKS, f"{place}.block")]
    block: Block[Passage] = _node(node, {key: item for key, item in value.items() if key != "block"}, place, depth)
    return block


def _node(node: type, value: Any, place: str, depth: int) -> Any:
    """A block, or a part of one, with each field of the kind that its name says."""
    _is_of_type(value, dict, place)
    names = [field.name for field in fields(node)]
    made = {}
    for key, item in value.items():
        if key not in names:
            raise Unsound(f'{place}: there is no key "{_short(key)}" here.', _nearest(key, names))
        made[key] = _field(node, key, item, f"{place}.{key}", depth)
    try:
        return node(**made)
    except TypeError as error:
        missing = next(name for name in names if name not in made)
        raise Unsound(f'{place}: the key "{missing}" is missing.', f'Add "{missing}".') from error


def _field(node: type, key: str, item: Any, place: str, depth: int) -> Any:
    if node is Cell and key in ("columns", "rows"):
        return _count(item, place)
    if key in _LEAVES:
        return None if item is None and key == "attribution" else _passage(item, place)
    if key in ("lines", "terms"):
        return tuple(_passage(each, at) for each, at in _listed(item, place))
    if key in ("blocks", "caption", "description"):
        _is_of_type(item, list, place)
        return _blocks(item, place, depth + 1)
    if key in _LISTS_OF:
        return tuple(_node(_LISTS_OF[key], each, at, depth) for each, at in _listed(item, place))
    if key == "headers":
        return tuple(_header(each, at) for each, at in _listed(item, place))
    if key in _NAMES_OF:
        _is_of_type(item, str, place)
        return _one_of(item, get_args(_NAMES_OF[key]), place)
    _is_of_type(item, _TYPES_OF.get(key, str), place)
    _steers_nothing(item, place)
    if key == "mathml" and item and not is_sound_mathml(item):
        raise Unsound(f"{place}: this is no MathML.", "Take it out, or write the formula's MathML.")
    return _level(item, place) if key == "level" else item


def _listed(value: Any, place: str) -> list[tuple[Any, str]]:
    _is_of_type(value, list, place)
    return [(each, f"{place}[{at}]") for at, each in enumerate(value)]


def _header(value: Any, place: str) -> tuple[int, int]:
    if not (isinstance(value, list) and len(value) == 2 and all(type(each) is int and each >= 0 for each in value)):
        raise Unsound(f"{place}: this names no cell.", "Write the row and the place in it, both from 0: [0, 2].")
    return value[0], value[1]


def _count(value: Any, place: str) -> int:
    _is_of_type(value, int, place)
    if not 1 <= value <= _MOST_CELLS_SPANNED:
        raise Unsound(f"{place}: a cell can't take {value}.", f"Write a number from 1 to {_MOST_CELLS_SPANNED}.")
    return int(value)


def _level(value: int, place: str) -> int:
    if not 1 <= value <= 6:
        raise Unsound(f"{place}: {value} is no level of a heading.", "Levels go from 1 to 6.")
    return value


def _passage(value: Any, place: str) -> Passage:
    values = _object(value, place, PASSAGE_KEYS)
    _matches(values["id"], _PASSAGE_ID, f"{place}.id", "Passage ids are like c02-p003.")
    role = _one_of(values.get("role", "body"), get_args(Role), f"{place}.role")
    language = _language(values["language"], f"{place}.language") if values.get("language") else ""
    parts = tuple(_part(part, role, at) for part, at in _listed(values["parts"], f"{place}.parts"))
    unspoken = values.get("unspoken", "")
    passage = Passage(
        values["id"], role, parts, language, Text(unspoken, _spans(values.get("spans", []), unspoken, place))
    )
    for utterance in passage.utterances:
        if not utterance.id.startswith(passage.id + "-"):
            raise Unsound(
                f"{utterance.id} stands in passage {passage.id}.",
                f"Its id must begin with {passage.id}-, like all there.",
            )
    return passage


def _part(value: Any, role: Role, place: str) -> Utterance | Pause:
    if isinstance(value, dict) and "pause_ms" in value:
        return _pause(value, place)
    return _utterance(value, role, place)


def _pause(value: Any, place: str) -> Pause:
    values = _object(value, place, PAUSE_KEYS)
    milliseconds = values["pause_ms"]
    if not 0 <= milliseconds <= LONGEST_PAUSE_MS:
        raise Unsound(
            f"{place}.pause_ms: a pause of {milliseconds} ms is not possible.",
            f"Pauses are whole milliseconds, from 0 to {LONGEST_PAUSE_MS}.",
        )
    return Pause(milliseconds, values.get("reason", ""))


def _utterance(value: Any, role: Role, place: str) -> Utterance:
    values = _object(value, place, UTTERANCE_KEYS)
    _matches(values["id"], _UTTERANCE_ID, f"{place}.id", "Utterance ids are like c02-p003-s01.")
    place = f"{place} ({values['id']})"
    text, spoken = values["text"], values.get("spoken", values["text"])
    for key, words in (("text", text), ("spoken", spoken)):
        _not_blank(words, f"{place}.{key}")
        if len(words) > LONGEST_UTTERANCE:
            raise Unsound(
                f"{place}.{key}: {len(words)} characters are too many for one sentence.",
                f"Cut it into utterances of at most {LONGEST_UTTERANCE}.",
            )
    return Utterance(
        id=values["id"],
        text=text,
        spoken=spoken,
        role=role,
        language=_language(values["language"], f"{place}.language") if values.get("language") else "",
        space_before=values.get("space_before", True),
        pronunciations=_pronunciations(values.get("pronunciations", []), spoken, f"{place}.pronunciations"),
        spans=_spans(values.get("spans", []), text, place),
        announces=values.get("announces", ""),
        concludes=values.get("concludes", ""),
    )


def _spans(values: list[Any], text: str, place: str) -> tuple[Span, ...]:
    """What is said of the characters of a text; spans nest, as elements do."""
    spans: list[Span] = []
    around: list[Span] = []
    for value, at in _listed(values, f"{place}.spans"):
        span = _span(value, len(text), at)
        while around and around[-1].end <= span.start:
            around.pop()
        if (spans and span.start < spans[-1].start) or (around and span.end > around[-1].end):
            raise Unsound(f"{at}: this span crosses another, or stands before it.", "Write spans in order, nested.")
        spans.append(span)
        if span.end > span.start:
            around.append(span)
    return tuple(spans)


def _span(value: Any, length: int, place: str) -> Span:
    if not (
        isinstance(value, list)
        and len(value) in (3, 4)
        and [type(each) for each in value] == [int, int, str, str][: len(value)]
    ):
        raise Unsound(f"{place}: this is no span.", 'Write start, end, kind and value, such as [0, 4, "emphasis"].')
    start, end, kind = value[:3]
    said = value[3] if len(value) == 4 else ""
    _one_of(kind, get_args(SpanKind), place)
    if not 0 <= start <= end <= length or (start == end) != (kind in EMPTY_KINDS):
        raise Unsound(f"{place}: {start} to {end} are no characters of the text.", "Count them from 0.")
    _steers_nothing(said, place)
    if kind == "link" and not _LINK.fullmatch(said):
        raise Unsound(f'{place}: "{_short(said)}" is no link.', "Links begin with http:, https:, mailto:, tel: or #.")
    if kind == "math" and said and not is_sound_mathml(said):
        raise Unsound(f"{place}: this is no MathML.", "Take it out, or write the formula's MathML.")
    if kind == "language":
        _language(said, place)
    return Span(start, end, kind, said)


def _pronunciations(values: list[Any], spoken: str, place: str) -> tuple[Pronunciation, ...]:
    """The pronunciations, each found in `spoken` behind the one before it."""
    found: list[Pronunciation] = []
    for at, value in enumerate(values):
        done = found[-1].end if found else 0
        found.append(_pronunciation(value, spoken, done, f"{place}[{at}]"))
    return tuple(found)


def _pronunciation(value: Any, spoken: str, done: int, place: str) -> Pronunciation:
    values = _object(value, place, PRONUNCIATION_KEYS)
    words, sounds = values["said"], values["ipa"]
    _not_blank(words, f"{place}.said")
    _not_blank(sounds, f"{place}.ipa")
    start = values.get("start", spoken.find(words, done))
    if start < done or not spoken.startswith(words, start):
        raise Unsound(
            f"{place}: “{_short(words)}” does not stand in what is spoken there.",
            "Write the words as they stand in “spoken”, and pronunciations in their order.",
        )
    if len(sounds) > ipa.LONGEST:
        raise Unsound(f"{place}.ipa: {len(sounds)} characters are too many.", f"Write at most {ipa.LONGEST}.")
    if odd := ipa.stranger(sounds):
        raise Unsound(f"{place}.ipa: “{_short(odd)}” is no IPA.", "Copy the IPA from a dictionary, or remove the line.")
    return Pronunciation(start, start + len(words), sounds)


def _metadata(value: Any, place: str) -> Metadata:
    values = _object(value, place, METADATA_KEYS)
    for key in ("subjects", "identifiers"):
        for each, at in _listed(values.get(key, []), f"{place}.{key}"):
            _is_of_type(each, str, at)
            _steers_nothing(each, at)
    creators = tuple(_creator(each, at) for each, at in _listed(values.get("creators", []), f"{place}.creators"))
    lists = {key: tuple(values.get(key, ())) for key in ("subjects", "identifiers")}
    return Metadata(**{**values, **lists, "creators": creators})


def _creator(value: Any, place: str) -> Creator:
    values = _object(value, place, CREATOR_KEYS)
    return Creator(values["name"], _one_of(values.get("role", "author"), get_args(CreatorRole), f"{place}.role"))


def _image(value: Any, place: str) -> Image:
    values = _object(value, place, IMAGE_KEYS)
    _matches(values["name"], _IMAGE_NAME, f"{place}.name", "Names are like 3f9a0c.png.")
    if values["media_type"] != IMAGE_TYPES[values["name"].rpartition(".")[2]]:
        raise Unsound(f"{place}.media_type: it is not that of {values['name']}.", "Write image/png for a .png.")
    try:
        data = base64.b64decode(values["data"], validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unsound(f"{place}.data: this is no Base64.", "Make the script anew from its document.") from error
    return Image(values["name"], values["media_type"], data, values.get("width", 0), values.get("height", 0))


def _no_picture_missing(chapters: Iterable[Chapter], metadata: Metadata, images: Iterable[Image]) -> None:
    names = {image.name for image in images}
    used = {block.image for chapter in chapters for block in every(chapter.blocks) if isinstance(block, Picture)}
    used |= {
        span.value for chapter in chapters for utterance in chapter.utterances for span in utterance.spans
        if span.kind == "image"
    }  # fmt: skip
    if missing := sorted((used | {metadata.cover}) - names - {""}):
        raise Unsound(f'images: there is no "{_short(missing[0])}".', "Put the picture back, or take its name out.")


def _finding(value: Any, place: str) -> Finding:
    values = _object(value, place, FINDING_KEYS)
    return Finding(**{**values, "level": _one_of(values["level"], get_args(Level), f"{place}.level")})


def _object(value: Any, place: str, keys: Keys) -> dict[str, Any]:
    """The value, if it is an object with no key unknown, none missing, and each of its type."""
    _is_of_type(value, dict, place)
    inside = "" if place == "the script" else f"{place}."
    for key, item in value.items():
        if key not in keys:
            raise Unsound(f'{place}: there is no key "{_short(key)}" here.', _nearest(key, keys))
        _is_of_type(item, keys[key][0], f"{inside}{key}")
        if keys is not FINDING_KEYS:
            _steers_nothing(item, f"{inside}{key}")
    for key, (_, required) in keys.items():
        if required and key not in value:
            raise Unsound(f'{place}: the key "{key}" is missing.', f'Add "{key}": {_TYPE_NAMES[keys[key][0]]}.')
    return dict(value)


def _is_of_type(value: Any, wanted: type, place: str) -> None:
    if type(value) is not wanted:
        found = _TYPE_NAMES.get(type(value), "nothing" if value is None else "a fraction")
        raise Unsound(
            f"{place}: here stands {found}, not {_TYPE_NAMES[wanted]}.", f"Write {_TYPE_NAMES[wanted]} there."
        )


def _one_of(value: str, names: Iterable[str], place: str) -> Any:
    if value not in names:
        raise Unsound(f'{place}: "{_short(value)}" is not known.', _nearest(value, names))
    return value


def _nearest(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name[:40], list(names), n=1)
    return f'Did you mean "{near[0]}"?' if near else f"Known are: {', '.join(names)}."


def _matches(value: str, pattern: re.Pattern[str], place: str, remedy: str) -> None:
    if not pattern.fullmatch(value):
        raise Unsound(f'{place}: "{_short(value)}" is no id.', remedy)


def _language(value: str, place: str) -> str:
    if not is_language_tag(value):
        raise Unsound(f'{place}: "{_short(value)}" is no language tag.', "Language tags are like en, fr or pt-BR.")
    return value


def _steers_nothing(value: Any, place: str) -> None:
    """No control character may reach an engine, a tag or a page. (Findings may quote them.)"""
    if isinstance(value, str) and (found := _CONTROL.search(value)):
        raise Unsound(f"{place}: it holds the control character U+{ord(found[0]):04X}.", "Take it out.")


def _date(value: str, place: str) -> str:
    try:
        return value and datetime.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise Unsound(f'{place}: "{_short(value)}" is no date.', "Dates are like 2026-11-22.") from error


def _not_blank(value: str, place: str) -> None:
    if not value.strip():
        raise Unsound(f"{place}: this is empty.", "Write what is to be said, or remove the whole line.")


def _no_id_twice(ids: list[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise Unsound(f"the id {name} stands twice.", "Give one of the two another number.")
        seen.add(name)


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
