"""Read the SMIL of a talking book: each par with its text and sound. EPUB and DAISY share it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from audio_edition.check.reading import Container, UnreadableError, elements, local, target_of, xml_of

_CLOCK = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d\d(?:\.\d+)?)")
_COUNT = re.compile(r"(?:npt=)?(\d+(?:\.\d+)?)(h|min|s|ms)?")
_UNITS_MS = {"h": 3_600_000, "min": 60_000, "s": 1000, "ms": 1, None: 1000}


@dataclass(frozen=True, slots=True)
class Par:
    """A sentence and its sound: the document and the id of the text, the sound's file, its clip in milliseconds."""

    id: str
    document: str
    target: str
    sound: str
    begin_ms: float
    end_ms: float


def pars_of(container: Container, name: str) -> Iterator[Par]:
    """Yield the pars of a SMIL file in order. Raises UnreadableError if one is incomplete."""
    for par in elements(xml_of(container, name), "par"):
        children = {local(child): child for child in par}
        if not {"text", "audio"} <= set(children):
            raise UnreadableError(f"a par of {name} has no text or no sound")
        text, sound = children["text"], children["audio"]
        document, target = target_of(str(text.get("src", "")), name)
        source, _ = target_of(str(sound.get("src", "")), name)
        begin_ms = clock_ms(_either(sound, "clipBegin", "clip-begin"))
        end_ms = clock_ms(_either(sound, "clipEnd", "clip-end"))
        yield Par(str(text.get("id") or par.get("id") or ""), document, target, source, begin_ms, end_ms)


def _either(element: etree._Element, name: str, other: str) -> str:
    return str(element.get(name) or element.get(other) or "")


def clock_ms(text: str) -> float:
    """Return a clock value (SMIL 3.0, "Clock values"; SMIL 1.0, "npt") in milliseconds. Raises UnreadableError."""
    text = text.strip()
    if clock := _CLOCK.fullmatch(text):
        hours, minutes, seconds = clock.groups()
        return (int(hours or 0) * 60 + int(minutes)) * 60_000 + float(seconds) * 1000
    if count := _COUNT.fullmatch(text):
        return float(count[1]) * _UNITS_MS[count[2]]
    raise UnreadableError(f"{text[:30]!r} is no time")
