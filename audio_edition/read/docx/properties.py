"""Metadata from a Word document's properties: core, application and custom ones (ECMA-376 2, 11)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from audio_edition.model import Creator, Metadata
from audio_edition.read import properties
from audio_edition.read.about import About
from audio_edition.read.docx.package import Parts

_NO_DATES = ("2013-12-23T23:15:00", "1980-01-01T00:00", "1970-01-01", "1601-01-01")
"""The date of the template that python-docx starts from, and the first moments of several calendars."""

_ESCAPED = re.compile(r"_x(00[0-9A-Fa-f]{2})_")
"""A character that XML can't hold, as Office writes it (ECMA-376 1, 22.9.2.19)."""

_OWN_NAMES = {
    "source": ("publisher", "verlag", "éditeur", "editorial", "editore", "publication", "source"),
    "identifiers": ("isbn", "issn", "doi", "urn", "identifier"),
    "series": ("series", "reihe", "série", "serie"),
    "rights": ("copyright", "rights", "license", "licence"),
    "subtitle": ("subtitle", "untertitel", "sous-titre"),
    "translators": ("translator", "übersetzer", "traducteur", "traductor"),
    "editors": ("editor", "herausgeber"),
}


def about_of(package: Parts, language: str) -> About:
    """Return the metadata from the properties of a document, given the language of its text, if known."""
    core = dict(_facts(package.core))
    program = dict(_facts(package.part("extended-properties")))
    own = dict(_own_facts(package.part("custom-properties")))
    writers = (who for who in re.split(r"\s*[;\n]\s*", core.get("creator", "")) if properties.is_somebody(who))
    company, title = program.get("Company", ""), core.get("title", "")
    description = core.get("description", "")
    created = core.get("created", "")
    return About(
        title=properties.title_of(title),
        published="" if created.startswith(_NO_DATES) else created or core.get("modified", ""),
        language=language or core.get("language", ""),
        source=own.get("source", core.get("publisher", "")) or properties.company_of(company),
        category=core.get("category", ""),
        metadata=Metadata(
            creators=(
                *(Creator(who) for who in writers),
                *(Creator(who, "translator") for who in [own.get("translators", "")] if who),
                *(Creator(who, "editor") for who in [own.get("editors", "")] if who),
            ),
            subtitle=own.get("subtitle", ""),
            description=properties.description_of(description),
            subjects=(*re.split(r"\s*[,;]\s*", core.get("keywords", "")), core.get("subject", "")),
            series=own.get("series", ""),
            rights=own.get("rights", core.get("rights", "")),
            identifiers=tuple(filter(None, (own.get("identifiers", ""), core.get("identifier", "")))),
        ),
    )


def _facts(properties: etree._Element | None) -> Iterator[tuple[str, str]]:
    for each in properties if properties is not None else ():
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), each.text or "").strip()
        if isinstance(each.tag, str) and text and not text.startswith("<%"):
            yield each.tag.rpartition("}")[2], text


def _own_facts(properties: etree._Element | None) -> Iterator[tuple[str, str]]:
    """Yield the custom properties, under the names used here."""
    for each in properties if properties is not None else ():
        name = each.get("name", "").strip().casefold()
        value = "".join(map(str, each.itertext())).strip()
        for fact, names in _OWN_NAMES.items():
            if value and name in names:
                yield fact, value
