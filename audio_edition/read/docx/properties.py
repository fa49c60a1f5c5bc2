"""In: a Word document's core properties (ECMA-376 2, 11) and its text. Out: what the document says of itself.

Programs fill in what nobody wrote: "python-docx" as the author, the file's name as the title.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from audio_edition.read.about import About
from audio_edition.read.docx.body import Text
from audio_edition.read.markup import Body

_NOBODY = frozenset({"admin", "administrator", "apache poi", "microsoft office user", "owner", "python-docx", "user"})
_NO_TITLE = re.compile(
    r"(?:microsoft )?word\b|(?:document|dokument|untitled)\W?\d*$|.*\.(?:docx?|odt|rtf|txt)$", re.IGNORECASE
)


def about_of(core: etree._Element | None, language: str) -> About:
    """What the properties say of a document whose text is in a language, or in none that it names."""
    facts = {each.tag.rpartition("}")[2]: (each.text or "").strip() for each in (core if core is not None else ())}
    title = facts.get("title", "")
    writers = [who.strip() for who in facts.get("creator", "").split(";")]
    return About(
        "" if _NO_TITLE.match(title) else title,
        tuple(who for who in writers if who and who.casefold() not in _NOBODY),
        facts.get("created", "") or facts.get("modified", ""),
        language or facts.get("language", ""),
        category=facts.get("category", ""),
    )


def entitled(about: About, text: Text, body: Body) -> About:
    """The title in the text goes before that of the properties, which many a document keeps from the one it was."""
    lead, *others = body.sections
    headed = bool(others) and not lead.paragraphs
    title = text.title or ("" if headed else about.title)
    return replace(about, title=title)
