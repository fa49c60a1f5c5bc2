"""Write a Script as JSON with one line for each utterance and pause, made to be edited by hand; and read it back.

The tree of blocks stands as it is in the script (model/blocks.py). Pictures are at the end, in Base64.

An edited script is somebody's typing: what is wrong in it is told in one sentence with its place (soundness.py).
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, NoReturn

from audio_edition.errors import ScriptError
from audio_edition.model import (
    Chapter,
    Finding,
    Image,
    Metadata,
    Passage,
    Pause,
    Script,
    Text,
    Utterance,
)
from audio_edition.model.blocks_json import block_to_json, spans_to_json
from audio_edition.script.validation import FORMAT, VERSION, Unsound, sound_script

LIMIT_BYTES = 100_000_000
"""Bytes of the largest script that is read: some hundred hours of speech, with pictures."""

_LONGEST_NUMBER = 12
_SIGN = re.compile(r'"audio-edition script"|(?<!\\)"(?:chapters|parts|pause_ms|spoken|unspoken)"\s*:')
"""What stands in the beginning of a script, and no news or feeds in JSON have: those are for readers."""

_UNPRINTABLE = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def is_script(text: str) -> bool:
    """Return whether a text, or its beginning, is a script, or what became of one under somebody's hands."""
    return text.lstrip()[:1] in ("{", "[") and _SIGN.search(text) is not None


def script_to_json(script: Script) -> str:
    """Return the script as JSON, each utterance and pause on a line of its own."""
    values = {
        "format": FORMAT, "version": VERSION, "title": script.title, "language": script.language,
        "published": script.published, "source": script.source, "byline": script.byline, "dateline": script.dateline,
    }  # fmt: skip
    if script.metadata != Metadata():
        values["metadata"] = _metadata(script.metadata)
    values["chapters"] = [_chapter(chapter) for chapter in script.chapters]
    values["findings"] = [_finding(finding) for finding in script.findings]
    if script.images:
        values["images"] = [_image(image) for image in script.images]
    return "".join(_laid_out(values, 0)) + "\n"


def script_from_json(text: str, name: str) -> Script:
    """Return the script that a JSON text holds; `name` is what messages call the file."""
    if len(text) > LIMIT_BYTES or len(text.encode("utf-8", "surrogatepass")) > LIMIT_BYTES:
        raise ScriptError(
            f"{name} is larger than {LIMIT_BYTES // 1_000_000} MB, which no script is.",
            "Cut it into several scripts.",
        )
    try:
        return sound_script(_parsed(text.removeprefix("\ufeff")))
    except json.JSONDecodeError as error:
        raise ScriptError(
            f"{name}, line {error.lineno}, column {error.colno}: this is not JSON: {error.msg}.",
            "Look there for a missing comma, quotation mark or bracket.",
        ) from error
    except RecursionError as error:
        raise ScriptError(
            f"{name} has brackets nested too deeply to be a script.", "Write the script again with --format json."
        ) from error
    except Unsound as error:
        raise ScriptError(f"{name}: {error.what}", error.remedy) from error


def _laid_out(value: Any, indent: int) -> Iterator[str]:
    """Yield the value with each utterance and pause on a line; what holds one thing of many lines begins on its
    line."""
    margin = " " * (indent + 2)
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for number, each in enumerate(value):
            yield f"{',' if number else '['}\n{margin}"
            yield from _laid_out(each, indent + 2)
        yield f"\n{' ' * indent}]"
    elif isinstance(value, dict) and (long := [key for key in value if _has_lines(value[key])]):
        is_flat = len(long) == 1 and indent > 0
        for number, (key, each) in enumerate(value.items()):
            separator = ", " if is_flat else f",\n{margin}"
            yield separator if number else "{" if is_flat else f"{{\n{margin}"
            yield f"{_json(key)}: "
            yield from _laid_out(each, indent if is_flat else indent + 2)
        yield "}" if is_flat else f"\n{' ' * indent}}}"
    else:
        yield _json(value)


def _has_lines(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_lines, value.values()))
    return isinstance(value, list) and any(isinstance(each, dict) and "said" not in each for each in value)


def _chapter(chapter: Chapter) -> dict[str, Any]:
    values: dict[str, Any] = {"id": chapter.id, "title": chapter.title, "level": chapter.level}
    values |= {"continues": True} if chapter.continues else {}
    values |= {"track": chapter.track} if chapter.track else {}
    values |= {"voice": chapter.voice} if chapter.voice else {}
    return values | {"blocks": [block_to_json(block, _passage) for block in chapter.blocks]}


def _passage(passage: Passage) -> dict[str, Any]:
    values: dict[str, Any] = {"id": passage.id, "role": passage.role}
    values |= {"language": passage.language} if passage.language else {}
    if passage.unspoken:
        values |= {"unspoken": passage.unspoken.text} | _spans(passage.unspoken)
    return values | {"parts": [_part(part) for part in passage.parts]}


def _spans(text: Text | Utterance) -> dict[str, Any]:
    return {"spans": spans_to_json(text.spans)} if text.spans else {}


def _part(part: Utterance | Pause) -> dict[str, Any]:
    if isinstance(part, Pause):
        return {"pause_ms": part.milliseconds, "reason": part.reason}
    values: dict[str, Any] = {"id": part.id, "text": part.text}
    if part.spoken != part.text:
        values["spoken"] = part.spoken
    if part.pronunciations:
        values["pronunciations"] = list(_pronunciations(part))
    values |= {"announces": part.announces} if part.announces else {}
    values |= {"concludes": part.concludes} if part.concludes else {}
    values |= {"language": part.language} if part.language else {}
    values |= {"speaker": part.speaker} if part.speaker else {}
    values |= _spans(part)
    return values if part.space_before else {**values, "space_before": False}


def _metadata(metadata: Metadata) -> dict[str, Any]:
    values = {field.name: getattr(metadata, field.name) for field in fields(metadata)}
    values["creators"] = [{"name": creator.name, "role": creator.role} for creator in metadata.creators]
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items() if value}


def _image(image: Image) -> dict[str, Any]:
    data = base64.b64encode(image.data).decode()
    return {
        "name": image.name, "media_type": image.media_type, "width": image.width, "height": image.height, "data": data,
    }  # fmt: skip


def _pronunciations(utterance: Utterance) -> Iterator[dict[str, Any]]:
    """Yield each by the words it is for; by their place too, where the same words stand before it without."""
    done = 0
    for part in utterance.pronunciations:
        words = utterance.spoken[part.start : part.end]
        values: dict[str, Any] = {"said": words, "ipa": part.ipa}
        if utterance.spoken.find(words, done) != part.start:
            values["start"] = part.start
        yield values
        done = part.end


def _finding(finding: Finding) -> dict[str, str]:
    values = {
        "id": finding.id, "level": finding.level, "message": finding.message,
        "place": finding.place, "remedy": finding.remedy, "text": finding.text,
    }  # fmt: skip
    return {key: value for key, value in values.items() if value or key in ("id", "level", "message")}


def _json(value: Any) -> str:
    # What a terminal would obey, and what no file can hold, is written by its number.
    return _UNPRINTABLE.sub(lambda one: f"\\u{ord(one[0]):04x}", json.dumps(value, ensure_ascii=False))


def _parsed(text: str) -> Any:
    return json.loads(
        text,
        object_pairs_hook=_object,
        parse_constant=_refuse_number,
        parse_int=_whole_number,
        parse_float=_fraction,
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise Unsound(f'the key "{key}" stands twice in one object.', "Remove one of the two.")
        values[key] = value
    return values


def _whole_number(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        _refuse_number(digits)
    return int(digits)


def _fraction(digits: str) -> float:
    value = float(digits)
    if abs(value) >= 10**_LONGEST_NUMBER:
        _refuse_number(digits)
    return value


def _refuse_number(digits: str) -> NoReturn:
    raise Unsound(f"the number {digits[:20]} is out of range.", "Pauses are whole milliseconds, from 0 to 60000.")
