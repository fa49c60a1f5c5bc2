"""Cut a script after its first minute, to be heard before all of it is made."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace

from audio_edition.model import (
    Chapter,
    Finding,
    Note,
    Passage,
    Pause,
    Pauses,
    Picture,
    Script,
    Span,
    Text,
    Utterance,
    every,
    first_leaves,
    with_leaves,
)
from audio_edition.speak.cast import Cast
from audio_edition.speak.prefetch import Say, ahead

SECONDS = 60


def first_minute(script: Script, cast: Cast) -> Script:
    """Return the script up to the end of the sentence that is heard when `SECONDS` are over, called a preview; all of a
    shorter one. What is spoken to know that is spoken again for the recording, unless there is a cache."""
    with ahead(cast.narrator_of, script.utterances) as say:
        count, whole = _heard_in_time(script, say), len(script.utterances)
    message = f"This is a preview: the first {count} of {whole} sentences."
    heard = replace(script, chapters=tuple(_first(script.chapters, count)))
    return replace(
        _without_what_is_behind(heard),
        title=f"{script.title} (preview)",
        findings=(Finding("preview", "note", message, remedy="Build without --preview to hear all."), *script.findings),
    )


def _heard_in_time(script: Script, say: Say) -> int:
    """Return how many utterances it takes until the last of them ends after `SECONDS`."""
    seconds, count = 0.0, 0
    for part in (part for chapter in script.chapters for part in chapter.parts):
        if isinstance(part, Pause):
            seconds += part.milliseconds / 1000
        else:
            clip = say(part)
            seconds += clip.length / clip.rate_hz
            count += 1
            if seconds >= SECONDS:
                break
    return count


def _first(chapters: tuple[Chapter, ...], count: int) -> Iterator[Chapter]:
    """Yield the chapters as far as their first `count` utterances go."""
    for chapter in chapters:
        if count <= 0:
            return
        yield first_utterances(chapter, count)
        count -= len(chapter.utterances)


def first_utterances(chapter: Chapter, count: int) -> Chapter:
    """Return the chapter as far as its first `count` utterances go, with a pause of the end behind the last; all of a
    shorter one."""
    if count >= len(chapter.utterances):
        return chapter
    passages = chapter.passages
    before = 0
    while count > len(passages[before].utterances):
        count -= len(passages[before].utterances)
        before += 1
    last = passages[before]
    end = last.parts.index(last.utterances[count - 1]) + 1
    ended = replace(last, parts=(*last.parts[:end], Pause(Pauses().end, "end")))
    # What stands behind the last sentence in its row of a table.
    unsaid = (replace(passage, parts=(), unspoken=Text("")) for passage in passages[before + 1 :])
    heard = itertools.chain(passages[:before], [ended], unsaid)
    blocks = first_leaves(chapter.blocks, before + 1)
    return replace(chapter, blocks=tuple(with_leaves(block, lambda _: next(heard)) for block in blocks))


def _without_what_is_behind(script: Script) -> Script:
    """Return the script without marks of notes and links that lead behind its end, and without pictures from there."""
    blocks = [block for chapter in script.chapters for block in every(chapter.blocks)]
    notes = {block.id for block in blocks if isinstance(block, Note)}
    spans = [span for passage in script.passages() for span in passage.spans]
    anchors = {span.value for span in spans if span.kind == "anchor"}
    pictures = {block.image for block in blocks if isinstance(block, Picture)}
    pictures |= {span.value for span in spans if span.kind == "image"} | {script.metadata.cover}

    def leads(span: Span) -> bool:
        if span.kind == "note":
            return span.value in notes
        return span.kind != "link" or not span.value.startswith("#") or span.value[1:] in anchors

    chapters = (
        replace(
            chapter, blocks=tuple(with_leaves(block, lambda each: _with_spans(each, leads)) for block in chapter.blocks)
        )
        for chapter in script.chapters
    )
    images = tuple(image for image in script.images if image.name in pictures)
    return replace(script, chapters=tuple(chapters), images=images)


def _with_spans(passage: Passage, wanted: Callable[[Span], bool]) -> Passage:
    """Return the passage with those of its spans that are wanted."""
    parts = (
        replace(part, spans=tuple(filter(wanted, part.spans))) if isinstance(part, Utterance) else part
        for part in passage.parts
    )
    unspoken = replace(passage.unspoken, spans=tuple(filter(wanted, passage.unspoken.spans)))
    return replace(passage, parts=tuple(parts), unspoken=unspoken)
