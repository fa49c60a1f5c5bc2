"""Make a Script of what a JSON text held, or tell what is unsound in it: where, what, and what to do.

Tables say which keys an object has, of which type, and which it must have. Later stages rely on what is checked here.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, get_args

from audio_edition.model import (
    Block,
    Chapter,
    Creator,
    CreatorRole,
    Finding,
    Formula,
    Image,
    Level,
    Metadata,
    Passage,
    Pause,
    Picture,
    Pronunciation,
    Role,
    Script,
    Span,
    Text,
    Utterance,
    every,
    is_language_tag,
)
from audio_edition.model.blocks_json import BlocksError, blocks_from_json, spans_from_json
from audio_edition.model.mathml import is_sound_mathml
from audio_edition.model.settings import LONGEST_PAUSE_SECONDS
from audio_edition.script import ipa

FORMAT = "audio-edition script"
VERSION = 2
LONGEST_PAUSE_MS = 1000 * LONGEST_PAUSE_SECONDS
MOST_SILENCE_MS = 12 * 3_600_000
LONGEST_NAME = 200
LONGEST_UTTERANCE = 2_000
"""Characters of an edited sentence."""

_MAKE_ANEW = "Make it again from its document: audio-edition script DOCUMENT --format json."
_CHAPTER_ID = re.compile(r"c\d{2,6}", re.ASCII)
_PASSAGE_ID = re.compile(r"c\d{2,6}-p\d{3,8}", re.ASCII)
_UTTERANCE_ID = re.compile(r"c\d{2,6}-p\d{3,8}-s\d{2,8}", re.ASCII)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_TYPE_NAMES = {str: "a text", int: "a whole number", bool: "true or false", list: "a list", dict: "an object"}

T = TypeVar("T")
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
    "voice": (str, False), "blocks": (list, True),
}  # fmt: skip
PASSAGE_KEYS: Keys = {
    "id": (str, True), "role": (str, False), "language": (str, False), "unspoken": (str, False), "spans": (list, False),
    "parts": (list, True),
}  # fmt: skip
UTTERANCE_KEYS: Keys = {
    "id": (str, True), "text": (str, True), "spoken": (str, False), "pronunciations": (list, False),
    "announces": (str, False), "concludes": (str, False), "language": (str, False), "spans": (list, False),
    "space_before": (bool, False), "speaker": (str, False),
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
    """Return the script that parsed JSON means."""
    values = _object(value, "the script", SCRIPT_KEYS)
    if values["format"] != FORMAT or values["version"] != VERSION:
        raise Unsound(
            f'it is "{_short(values["format"])}" version {values["version"]}, not "{FORMAT}" version {VERSION}.',
            _MAKE_ANEW,
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
    _silent_for_a_while_only(chapters)
    for key in ("title", "source", "byline", "dateline"):
        if len(values.get(key, "")) > LONGEST_UTTERANCE:
            raise Unsound(f"{key}: {len(values[key])} characters are too many.", f"Write at most {LONGEST_UTTERANCE}.")
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
    for key in ("title", "track", "voice"):
        if len(values.get(key, "")) > LONGEST_UTTERANCE:
            raise Unsound(
                f"{place}.{key}: {len(values[key])} characters are too many.", f"Write at most {LONGEST_UTTERANCE}."
            )
    level = values.get("level", 1)
    if not 1 <= level <= 6:
        raise Unsound(f"{place}.level: {level} is not a heading level.", "Levels go from 1 to 6.")
    chapter = Chapter(
        values["id"],
        values["title"],
        _blocks(values["blocks"], f"{place}.blocks"),
        level,
        values.get("continues", False),
        values.get("track", ""),
        values.get("voice", ""),
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


def _blocks(values: list[Any], place: str) -> tuple[Block[Passage], ...]:
    blocks = _from_json(lambda: blocks_from_json(values, _passage, place))
    for block in every(blocks):
        texts = (getattr(block, name, "") for name in ("image", "language", "tex", "kind", "id", "label"))
        for text in texts:
            _steers_nothing(text, place)
        if isinstance(block, Formula) and block.mathml:
            _is_mathml(block.mathml, place)
    return blocks


def _from_json(read: Callable[[], T]) -> T:
    try:
        return read()
    except BlocksError as error:
        raise Unsound(f"{error.place}: it {error.what}.", _MAKE_ANEW) from error


def _listed(value: Any, place: str) -> list[tuple[Any, str]]:
    _is_of_type(value, list, place)
    return [(each, f"{place}[{at}]") for at, each in enumerate(value)]


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
        speaker=_name(values.get("speaker", ""), f"{place}.speaker"),
    )


def _name(value: str, place: str) -> str:
    if len(value) > LONGEST_NAME:
        raise Unsound(f"{place}: {len(value)} characters are too many for a name.", f"Write at most {LONGEST_NAME}.")
    return value.strip()


def _spans(values: list[Any], text: str, place: str) -> tuple[Span, ...]:
    """Return what is said of the characters of a text."""
    place = f"{place}.spans"
    spans = _from_json(lambda: spans_from_json(values, len(text), place))
    for span in spans:
        _steers_nothing(span.value, place)
        if span.kind == "link" and not _LINK.fullmatch(span.value):
            remedy = "Links begin with http:, https:, mailto:, tel: or #."
            raise Unsound(f'{place}: "{_short(span.value)}" is not a link.', remedy)
        if span.kind == "math" and span.value:
            _is_mathml(span.value, place)
        if span.kind == "language":
            _language(span.value, place)
    return spans


def _is_mathml(source: str, place: str) -> None:
    if not is_sound_mathml(source):
        raise Unsound(f"{place}: a formula holds what is no MathML.", "Take it out, or write the formula's MathML.")


def _pronunciations(values: list[Any], spoken: str, place: str) -> tuple[Pronunciation, ...]:
    """Return the pronunciations, each found in `spoken` behind the one before it."""
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
        raise Unsound(
            f"{place}.ipa: “{_short(odd)}” is not IPA.", "Copy the IPA from a dictionary, or remove the line."
        )
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
        raise Unsound(f"{place}.data: this is not Base64.", "Make the script again from its document.") from error
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
    """Return the value, if it is an object with no key unknown, none missing, and each of its type."""
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
        raise Unsound(f'{place}: "{_short(value)}" is not an id.', remedy)


def _language(value: str, place: str) -> str:
    if not is_language_tag(value):
        raise Unsound(f'{place}: "{_short(value)}" is not a language tag.', "Language tags are like en, fr or pt-BR.")
    return value


def _steers_nothing(value: Any, place: str) -> None:
    """No control character may reach an engine, a tag or a page. (Findings may quote them.)"""
    if isinstance(value, str) and (found := _CONTROL.search(value)):
        raise Unsound(f"{place}: it holds the control character U+{ord(found[0]):04X}.", "Take it out.")


def _date(value: str, place: str) -> str:
    try:
        return value and datetime.date.fromisoformat(value).isoformat()
    except ValueError as error:
        raise Unsound(f'{place}: "{_short(value)}" is not a date.', "Dates are like 2026-11-22.") from error


def _not_blank(value: str, place: str) -> None:
    if not value.strip():
        raise Unsound(f"{place}: this is empty.", "Write what is to be said, or remove the whole line.")


def _silent_for_a_while_only(chapters: Iterable[Chapter]) -> None:
    """Each pause is bounded; so is their sum, lest a script of nothing else is recorded for days."""
    silence_ms = 0
    for chapter in chapters:
        for passage in chapter.passages:
            silence_ms += sum(part.milliseconds for part in passage.parts if isinstance(part, Pause))
            if silence_ms > MOST_SILENCE_MS:
                raise Unsound(
                    f"{passage.id}: the pauses up to here last over {MOST_SILENCE_MS // 3_600_000} hours together.",
                    "Make pauses shorter, or take some out.",
                )


def _no_id_twice(ids: list[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise Unsound(f"the id {name} stands twice.", "Give one of the two another number.")
        seen.add(name)


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
