"""In: a script and its cast. Out: the script of its first minute, to be heard before all of it is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from audio_edition.model import Chapter, Finding, Pause, Pauses, Script
from audio_edition.speak.cast import Cast, going_ahead

SECONDS = 60


def first_minute(script: Script, cast: Cast) -> Script:
    """The script up to the end of the sentence that is heard when `SECONDS` are over, called a preview; all of a
    shorter one. What is spoken to know that is spoken again for the recording, unless there is a cache."""
    with going_ahead(cast, script.utterances) as speaking:
        count, whole = _heard_in_time(script, speaking), len(script.utterances)
    message = f"This is a preview: the first {count} of {whole} sentences."
    return replace(
        script,
        title=f"{script.title} (preview)",
        chapters=tuple(_first(script.chapters, count)),
        findings=(Finding("preview", "note", message, remedy="Build without --preview to hear all."), *script.findings),
    )


def _heard_in_time(script: Script, cast: Cast) -> int:
    """How many utterances it takes until the last of them ends after `SECONDS`."""
    seconds, count = 0.0, 0
    for part in (part for chapter in script.chapters for part in chapter.parts):
        if isinstance(part, Pause):
            seconds += part.milliseconds / 1000
        else:
            clip = cast.narrator_of(part).speak(part)
            seconds += clip.length / clip.rate_hz
            count += 1
            if seconds >= SECONDS:
                break
    return count


def _first(chapters: tuple[Chapter, ...], count: int) -> Iterator[Chapter]:
    """The chapters as far as their first `count` utterances go."""
    for chapter in chapters:
        if count <= 0:
            return
        yield _cut(chapter, count)
        count -= len(chapter.utterances)


def _cut(chapter: Chapter, count: int) -> Chapter:
    if count >= len(chapter.utterances):
        return chapter
    end = chapter.parts.index(chapter.utterances[count - 1]) + 1
    return replace(chapter, parts=(*chapter.parts[:end], Pause(Pauses().end, "end")))
