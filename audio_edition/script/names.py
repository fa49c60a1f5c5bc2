"""Tell names from other words with a capital, and bring the ways in which a text writes one name together."""

from __future__ import annotations

import re
from collections.abc import Collection

from audio_edition.script.tables import words

NO_NAMES = words(
    "A An The He She It They We You I His Her Their This That These Those There Then But And Or So If When Who What Il"
    " Elle Ils On Le La Les Un Une Er Sie Es Wir Ich Der Die Das Ein Eine El Él Ella Lo Los Las Una Lui Lei Ele Ela O"
    " Os As Um Uma Hij Zij Ze De Het Een Han Hon Hun Den Det De En Et Ett On Ona Mr Mrs Ms Dr"
)
"""Words with a capital that begin a sentence rather than a name."""

ARTICLES = words("The Le La Les L' Der Die Das El Los Las Il Lo O Os As De Het")
"""What may begin what somebody is called: THE CHAIR, Le Monde."""

_TITLES = "Mr|Mrs|Ms|Mx|Miss|Dr|Prof|Sir|Dame|M|Mme|Mlle|Herr|Frau|Sr|Sra|Dra|Dott|Sig"
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
NAME_WORD = rf"(?:(?i:{_TITLES})\.(?= )|{_CAPITAL}\.(?![^\W\d_]{{2}})|{_CAPITAL}[\w'’]*(?:-[\w'’]+)*)"
"""A word of a name; a full stop is part of it behind a title or an initial."""

NAME = rf"(?P<name>{NAME_WORD}(?: (?:(?:de|del|della|da|di|du|la|le|van|von|der|bin|al|el|of) )?{NAME_WORD}){{0,3}})"

_TITLE = re.compile(rf"(?<!\w)(?:(?:{_TITLES})\.? )+", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.? ?-?){2,4}")


def as_name(written: str) -> str:
    """Return a name without titles, in small letters but for the first of each word where all were capitals; empty for
    a word that is no name."""
    name = _without_title(written)
    return "" if name.split(" ")[0] in NO_NAMES - {"A"} else name


def as_label(written: str) -> str:
    """Return the same for what stands before a line, where an article may begin it ("THE CHAIR")."""
    name = _without_title(written)
    return name if name.split(" ")[0] in ARTICLES and " " in name else as_name(written)


def _without_title(written: str) -> str:
    name = written.rstrip(".")
    if " " in written and not _INITIALS.fullmatch(written):
        name = _TITLE.sub("", f"{written} ").strip().rstrip(".")
    if name.isupper() and len(name) > 3 and not _INITIALS.fullmatch(written):
        name = " ".join(word.capitalize() for word in name.split())
    return name


def full_names(names: Collection[str]) -> dict[str, str]:
    """Return the full name for a first name, a surname or initials, in small letters, that only one of the names
    has."""
    by_part: dict[str, set[str]] = {}
    for name in names:
        parts = name.split(" ")
        if len(parts) > 1 and not _INITIALS.fullmatch(name):
            initials = "".join(part[:1] for part in parts)
            for part in {parts[0], parts[-1], initials} - ARTICLES:
                by_part.setdefault(part.casefold(), set()).add(name)
    full = {part: next(iter(found)) for part, found in by_part.items() if len(found) == 1}
    return full | {
        name.casefold(): full[letters]
        for name in names
        if _INITIALS.fullmatch(name) and (letters := re.sub(r"[.\s-]", "", name).casefold()) in full
    }
