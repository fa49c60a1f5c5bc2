"""In: an article's sections, and its title if that is known. Out: both, with the title in one place only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audio_edition.model import Section


def titled(sections: Sequence[Section], title: str = "") -> tuple[str, tuple[Section, ...]]:
    """The title and the sections under it, the first of them without a heading.

    A heading that says the title again, before any paragraph, is taken out. Where no title is known, a heading that
    stands before all paragraphs is it.
    """
    lead, *others = sections
    if others and not lead.paragraphs and (not title or _folded(others[0].heading or "") == _folded(title)):
        title = title or others[0].heading or ""
        lead = replace(others.pop(0), heading=None, level=2, language="")
    return title, (lead, *(replace(section, level=max(2, section.level)) for section in others))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
