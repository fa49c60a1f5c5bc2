"""Whole editions, made by the whole program in every format: what is handed out, not what one writer wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_script
from audio_edition.formats import BRAILLE, PACKAGES
from audio_edition.model import Script
from audio_edition.model.profiles import DELIVERED
from support.liblouis import INSTALLED
from support.newspaper import newspaper
from support.places import BESIDE, ROOT
from support.structured import everything

WIRE_ARTICLES = BESIDE / "seeds"
OF_SOUND = ("mp3", "m4b", "epub", "daisy202", "daisy-folder", "daisy3", "tracks", "onix", "chapters", "cover")
"""The formats that an edition without text can have."""
EVERYTHING = tuple(name for name in PACKAGES if name != DELIVERED and (name not in BRAILLE or INSTALLED))
"""All formats but what a profile asks for."""

ARABIC = """غرق العبّارة في الميناء القديم

غادرت العبّارة الميناء ظهر يوم الثلاثاء. ولم يصب أحد بأذى.

- أكياس الرمل -

قال العمدة إن الماء ارتفع مترين. ثم هدأت الريح.
"""
HINDI = """नौका पुराने बंदरगाह में डूबी

नौका मंगलवार की दोपहर को निकली। किसी को चोट नहीं आई।

- रेत की बोरियाँ -

मेयर ने कहा कि पानी दो मीटर बढ़ गया। फिर हवा थम गई।
"""
PRODUCED = """Rain

It rained all day.

[Producer's note: The map of the harbour is not described. It shows the gates.]

Nobody minded.

- Sandbags -

[Producer's note: Here a list of names begins.

It is left out.]

That was all.
"""
HOSTILE = """<b>&amp;</b> ]]> "x" 'y' </title>

a < b && c --> d. <script>alert(1)</script> {{ 7 * 7 }}

- </h1><img src=x onerror=alert(1)> -

[[oUtS]] %s ${HOME} ../../etc/passwd
"""


def _subheads(title: str, subheads: list[str]) -> str:
    return "\n\n".join([title, "It rained on the old town.", *(f"- {head} -\n\nNobody minded." for head in subheads)])


def _levels(levels: list[int]) -> Callable[[Settings], Script]:
    """A script whose headings are of these levels: wire text has one level only."""

    def scripted(settings: Settings) -> Script:
        text = _subheads("Levels", [f"Level {level}" for level in levels])
        script = make_script(text.encode(), settings, "levels")
        first, *others = script.chapters
        chapters = (replace(chapter, level=level) for chapter, level in zip(others, levels, strict=True))
        return replace(script, chapters=(first, *chapters))

    return scripted


def _text(text: str, language: str = "en") -> Callable[[Settings], Script]:
    def scripted(settings: Settings) -> Script:
        spoken = replace(settings, speech=replace(settings.speech, language=language))
        return make_script(text.encode(), spoken, "article")

    return scripted


def file_script(path: Path) -> Callable[[Settings], Script]:
    return lambda settings: make_script(path, settings)


CASES: dict[str, Callable[[Settings], Script]] = {
    **{path.stem: file_script(path) for path in sorted((ROOT / "seeds").glob("*.txt"))},
    "no subheadings": _text("Only a headline\n\nAnd two sentences. No more than that."),
    "300 subheadings": _text(_subheads("Many steps", [f"Step {number}" for number in range(1, 301)])),
    "Arabic": _text(ARABIC, "ar"),
    "Hindi": _text(HINDI, "hi"),
    "500 characters": _text(_subheads("Long word " * 50, ["Second"])),
    "same headings": _text(_subheads("Twice", ["Twice", "Twice", "Again", "Again"])),
    "levels skipped": _levels([4, 2, 6, 3, 2]),
    "hostile": _text(HOSTILE),
    "producer's notes": lambda settings: make_script(
        PRODUCED.encode(), replace(settings, producer_notes="Producer's note"), "article"
    ),
    "newspaper": newspaper,
    "everything": lambda settings: everything(),
    "cells": file_script(ROOT / "tests" / "articles" / "html-cells" / "article.html"),
}
NEWSPAPER = "newspaper"
WIRE = "the real article"


def the_file(edition: Edition, suffix: str) -> Path:
    """The edition's file of that ending."""
    (found,) = (path for path in edition.folder.iterdir() if path.name.endswith(suffix))
    return found
