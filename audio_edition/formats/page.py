"""Format page: `index.html`, the text of the edition as a page that plays it. It needs no other page and no server.

In: the recording, and what the other formats wrote, which the page plays and lists. Script and style stand in the page,
and its policy (CSP 3) lets only those two run, by their hashes: nothing of an article can become either.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

from audio_edition.errors import PublishError
from audio_edition.formats.about import artist
from audio_edition.formats.accessibility import has_pages
from audio_edition.formats.clips import edition_identifier
from audio_edition.formats.clock import clock, milliseconds, seconds
from audio_edition.formats.contents import contents
from audio_edition.formats.cover import NAME as COVER
from audio_edition.formats.disclosure import narrators, program
from audio_edition.formats.language import direction
from audio_edition.formats.markup import HTML, bodies
from audio_edition.formats.outline import begins_with_title
from audio_edition.formats.page_files import file_list
from audio_edition.formats.page_parts import player_script, policy, style
from audio_edition.formats.pages import template
from audio_edition.formats.passing_over import left, skipped
from audio_edition.formats.statement import statement
from audio_edition.formats.transcript_html import description
from audio_edition.model import ChapterRecording, Cue, Heading, Package, Recording, every
from audio_edition.model.characters import one_line
from audio_edition.translations import Words, words_for
from audio_edition.translations.locales import date_in_words, decimal_in_words, length_in_words

_NAME = Path("index.html")
_SPEEDS_TENTHS = range(5, 31)
_WORDS_FOR_SCRIPT = (
    "playing", "paused", "ended", "sound_off", "sound_on", "of", "chapter", "failed", "no_device", "no_page",
)  # fmt: skip
_KEYS = (
    (("K",), "play_pause"),
    (("J",), "back"),
    (("L",), "forward"),
    (("S",), "next_sentence"),
    (("Shift+S",), "previous_sentence"),
    (("H",), "next_heading"),
    (("Shift+H",), "previous_heading"),
    (("+",), "faster"),
    (("-",), "slower"),
    (("M",), "mute"),
    (("T",), "say_time"),
    (("G",), "place"),
    (("E",), "leave"),
    (("?",), "keys"),
)
_TEXT_KEYS = ((("Enter",), "play_here"), (("↑", "↓"), "other_sentence"), (("Esc",), "to_player"))


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `index.html`. What it plays and lists lies in the folder already."""
    page = template("page/index.html").generate(**_facts(recording, folder, slug))
    with (folder / _NAME).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(page)
    return Package("page", (_NAME,))


def _facts(recording: Recording, folder: Path, slug: str) -> dict[str, Any]:
    script, words = recording.script, words_for("page", recording.script.language)
    of_edition = words_for("edition", script.language)
    language = script.language or "und"
    same = words.language == language.partition("-")[0].lower()
    sound = _sound(folder, slug)
    edition = _edition(recording, words, sound, cover=(folder / COVER).exists())
    return {
        "title": one_line(script.title),
        "titled": begins_with_title(script),
        "language": language,
        "words_language": "" if same else words.language,
        "words": words,
        "direction": direction,
        "description": description(script),
        "source": one_line(script.source).strip(),
        "published": script.published,
        "day": date_in_words(script.published, language),
        "length": clock(milliseconds(recording.length)),
        "length_in_words": length_in_words(milliseconds(recording.length), words.language),
        "sound": sound,
        "speeds": _speeds(words),
        "chapters": contents(script),
        "starts": {chapter.chapter.id: clock(milliseconds(chapter.start)) for chapter in recording.chapters},
        "bodies": bodies(script, HTML),
        "files": file_list(folder, slug, words),
        "narrators": narrators(recording.voices, script.language),
        "made": of_edition["made"],
        "program": program(),
        "has_pages": has_pages(script),
        "claims": statement(recording, words),
        "keys": [(keys, name) for keys, name in _KEYS if name != "leave" or edition["left"]],
        "text_keys": _TEXT_KEYS,
        "edition": edition,
        "style": style(),
        "player": player_script(),
        "policy": policy(),
    }


def _sound(folder: Path, slug: str) -> str:
    """Return the name of the file that the page plays. Raises PublishError if there is none."""
    for name in (f"{slug}.mp3", f"{slug}.m4b"):
        if (folder / name).exists():
            return name
    raise PublishError(f"{folder}: the page has no sound to play.", "Make the format mp3 or m4b with it.")


def _speeds(words: Words) -> list[tuple[str, str]]:
    numbers = [f"{tenths / 10:.1f}" for tenths in _SPEEDS_TENTHS]
    return [(number, f"{decimal_in_words(number, words.language)}×") for number in numbers]


# --- what the script of the page is told


def _edition(recording: Recording, words: Words, sound: str, *, cover: bool) -> dict[str, Any]:
    """Times are seconds from the start of the sound, to the millisecond."""
    script = recording.script
    return {
        "id": edition_identifier(script),
        "title": one_line(script.title),
        "artist": artist(recording),
        "sound": sound,
        "cover": COVER if cover else "",
        "total": seconds(recording.length),
        "words": {"language": words.language, **{name: words[name] for name in _WORDS_FOR_SCRIPT}},
        "chapters": [
            {"id": chapter.chapter.id, "title": one_line(chapter.chapter.title), "start": seconds(chapter.start)}
            for chapter in recording.chapters
        ],
        "stops": _stops(recording),
        "skipped": skipped(recording),
        "left": left(recording),
        "cues": [_cue(cue, chapter) for chapter in recording.chapters for cue in chapter.cues],
    }


def _stops(recording: Recording) -> list[int]:
    """Return the indices of the cues that begin a heading or a chapter."""
    heads = set()
    for chapter in recording.script.chapters:
        headings = (block.text.utterances for block in every(chapter.blocks) if isinstance(block, Heading))
        heads |= {said[0].id for said in (chapter.utterances, *headings) if said}
    cues = (cue for chapter in recording.chapters for cue in chapter.cues)
    return [place for place, cue in enumerate(cues) if cue.utterance.id in heads]


def _cue(cue: Cue, chapter: ChapterRecording) -> list[Any]:
    """Return id, start and end; with word marks also a row of numbers, four for each word: start and end in
    milliseconds from the cue's start, and the first character and the one after the last, as JavaScript counts them."""
    start, end = chapter.start + cue.start, chapter.start + cue.end
    entry = [cue.utterance.id, seconds(start), seconds(end)]
    if cue.words:
        places = _utf16_places(one_line(cue.utterance.text))
        entry.append(
            [
                number
                for word in cue.words
                for number in (
                    milliseconds(chapter.start + word.start) - milliseconds(start),
                    milliseconds(chapter.start + word.end) - milliseconds(start),
                    places[word.text_start],
                    places[word.text_end],
                )
            ]
        )
    return entry


def _utf16_places(text: str) -> list[int]:
    """Return the offset of each character, and of the end, in UTF-16 code units."""
    return list(itertools.accumulate((1 + (character > "\uffff") for character in text), initial=0))
