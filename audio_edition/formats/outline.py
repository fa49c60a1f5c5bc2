"""The headings of a script as a document has them: each at a depth that skips none."""

from __future__ import annotations

from collections.abc import Iterator

from audio_edition.model import Chapter, Heading, Passage, Script

_DEEPEST = 6


def heading(chapter: Chapter) -> Passage | None:
    """Return the heading with which a chapter begins; None where it begins without one."""
    match chapter.blocks:
        case (Heading(text), *_):
            return text
        case _:
            return None


def begins_with_title(script: Script) -> bool:
    """Return whether the edition's title is the first thing said. Else a page has to set it above what is said."""
    first = next((passage for passage in script.passages() if passage.utterances), None)
    return first is not None and first.role == "title"


def depths(script: Script) -> Iterator[int]:
    """Yield how deep the heading of each chapter is, 1 to 6, or 0 where it has none. Depth 1 is the title of the
    edition, and only that; the others are one deeper than the nearest heading above of a smaller level."""
    above = [0]
    titled = begins_with_title(script)
    for number, chapter in enumerate(script.chapters):
        if heading(chapter) is None:
            yield 0
        elif titled and number == 0:
            yield 1
        else:
            while above[-1] >= chapter.level > 0:
                above.pop()
            above.append(chapter.level)
            yield min(len(above), _DEEPEST)
