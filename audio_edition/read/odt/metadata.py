"""What an OpenDocument text says of itself (OpenDocument 1.3, part 3, 4.3)."""

from __future__ import annotations

import re

from lxml import etree

from audio_edition.model import Creator, Metadata
from audio_edition.read.about import About
from audio_edition.read.odt.names import name_of, said
from audio_edition.read.properties import description_of, is_somebody, title_of


def about_of(meta: etree._Element | None, language: str) -> About:
    """Return the metadata of a document, given the language of its text, if known."""
    facts: dict[str, list[str]] = {}
    for each in meta if meta is not None else ():
        if text := "".join(map(str, each.itertext())).strip():
            facts.setdefault(name_of(each), []).append(text)
    own = {
        said(each, "meta:name").strip().casefold(): "".join(map(str, each.itertext())).strip()
        for each in (meta if meta is not None else ())
        if name_of(each) == "meta:user-defined"
    }

    def first(*names: str) -> str:
        return next((facts[name][0] for name in names if name in facts), "")

    writers = re.split(r"\s*[;\n]\s*", first("meta:initial-creator", "dc:creator"))
    return About(
        title=title_of(first("dc:title")),
        published=first("meta:creation-date", "dc:date"),
        language=language or first("dc:language"),
        source=own.get("publisher", ""),
        metadata=Metadata(
            creators=tuple(map(Creator, filter(is_somebody, writers))),
            description=description_of(first("dc:description")),
            subjects=(*facts.get("meta:keyword", ()), *facts.get("dc:subject", ())),
            rights=own.get("rights", own.get("copyright", "")),
        ),
    )
