"""Which chapter a recording is of, by the name of its file: `011_Hope_is_not_far.wav`, as Obi takes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from audio_edition.model import Chapter, Script

_NUMBER = re.compile(r"^[\W_]*\d*[\W_]*")
_FEWEST_LETTERS = 4


def chapters_named(stem: str, script: Script) -> Sequence[Chapter]:
    """Return the chapter whose title a file's name is, with the chapters below it; none where the name is not clear."""
    name = _letters(_NUMBER.sub("", stem)) or _letters(stem)
    chapters = script.chapters
    places = [
        place
        for place, chapter in enumerate(chapters)
        if len(name) >= _FEWEST_LETTERS and _letters(chapter.title) == name
    ]
    if len(places) != 1:
        return ()
    begin = end = places[0]
    while end + 1 < len(chapters) and chapters[end + 1].level > chapters[begin].level:
        end += 1
    return chapters[begin : end + 1]


def _letters(text: str) -> str:
    """Return the letters and figures of a name, without accents, as file systems change them."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if character.isalnum())
