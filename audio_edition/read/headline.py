"""Makes a title from a document's first line if nothing else provides one."""

from __future__ import annotations

import re

_LONGEST_TITLE = 500
"""Characters. A longer line is not a headline, and its first sentence replaces it."""

_SHORTEST_TITLE = 40
"""Before this many characters, a full stop more likely ends an abbreviation than a sentence."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?= )|[。！？]")


def cut(text: str) -> tuple[str, str]:
    """Return the title in the document's first line, and the rest of the line if it is too long for a title."""
    if len(text) <= _LONGEST_TITLE:
        return text, ""
    sentence = _SENTENCE_END.search(text, _SHORTEST_TITLE, _LONGEST_TITLE)
    end = sentence.end() if sentence else text.rfind(" ", 1, _LONGEST_TITLE)
    end = end if end > 0 else _LONGEST_TITLE
    return text[:end], text[end:].strip()
