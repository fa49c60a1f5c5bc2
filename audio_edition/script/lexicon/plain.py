"""Read plain lexicons, as volunteers write them.

A line is `word = said as`, `word = /IPA/` or `word = said as, /IPA/`. `#` begins a comment; `[fr]` on a line of its own
says of which language the lines below it are.
"""

from __future__ import annotations

import re

from audio_edition.model import is_language_tag
from audio_edition.script.lexicon.entries import Draft, Entry, Lexicon, short

LONGEST_LINE = 1000
"""Characters."""

_COMMENT = re.compile(r"(?:^|\s)#.*", re.DOTALL)
_STRAY_SLASH = re.compile(r"(?:^|[\s,])/")
_LINE_END = re.compile(r"\r\n|[\n\r]")
_WRITE = "Write it as: word = said as"


def read_plain(text: str, name: str) -> Lexicon:
    """Return the lexicon that a text holds."""
    draft, language = Draft(), ""
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if len(line) > LONGEST_LINE:
            draft.error(number, f"this line is longer than {LONGEST_LINE} characters.", "Give each word its own line.")
            continue
        said = _COMMENT.sub("", line).strip()
        if said.startswith("[") and said.endswith("]"):
            language = said[1:-1].strip()
            if not is_language_tag(language):
                draft.error(number, f"“{short(language)}” is not a language tag.", "Write [fr], [en-GB] or the like.")
                language = ""
        elif said:
            _add(draft, number, said, language)
    return draft.finished(name)


def _add(draft: Draft, number: int, line: str, language: str) -> None:
    written, equals, right = (part.strip() for part in line.partition("="))
    if not equals:
        draft.error(number, f"“{short(line)}” has no equals sign.", f"{_WRITE}.")
        return
    said, ipa = _parted(right)
    if _STRAY_SLASH.search(said):
        draft.error(number, f"“{short(right)}” has a slash too many or too few.", f"{_WRITE}, /IPA/.")
    elif right.endswith("/") and not ipa:
        draft.error(number, f"“{short(written)}”: there is nothing between the slashes.", f"{_WRITE}, /IPA/.")
    else:
        draft.add(Entry(written, said, ipa, language, number))


def _parted(right: str) -> tuple[str, str]:
    """Return what is said in letters, and the IPA between slashes behind it."""
    if not right.endswith("/") or "/" not in right[:-1]:
        return right, ""
    said, _, ipa = right[:-1].rpartition("/")
    return said.strip().removesuffix(",").strip(), ipa.strip()
