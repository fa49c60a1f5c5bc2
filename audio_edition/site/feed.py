"""feed.xml: RSS 2.0 with iTunes and Podcasting 2.0 tags (podcast-namespace, docs/tags), the newest editions.

A description is HTML by custom, so text is escaped once for that and once more for XML.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from markupsafe import escape

from audio_edition.edition.folder import EditionFile
from audio_edition.formats.clock import whole_seconds
from audio_edition.formats.disclosure import program
from audio_edition.formats.pages import template
from audio_edition.site.catalogue_entry import CatalogueEntry, main_language
from audio_edition.site.inventory import Facts
from audio_edition.translations import words_for

NAME = "feed.xml"
MOST = 100
"""Editions in a feed: podcast apps fetch the whole again and again."""
_ENCLOSED = {"mp3": "audio/mpeg", "m4b": "audio/x-m4a"}
"""As Apple Podcasts names them."""
_TRANSCRIPTS = {"transcript.vtt": "text/vtt", "transcript.html": "text/html", "transcript.txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class _Alternate:
    """A file beside the enclosure; bits a second where it is sound."""

    file: EditionFile
    title: str
    bits_a_second: int

    @property
    def integrity(self) -> str:
        """The SHA-256 in the format of W3C Subresource Integrity."""
        return f"sha256-{base64.b64encode(bytes.fromhex(self.file.sha256)).decode()}"


def feed(facts: Facts, entries: Sequence[CatalogueEntry]) -> str:
    """Return the feed of a site's newest editions; `entries` are all of them, the newest first."""
    newest = entries[:MOST]
    return template("feed.xml", "audio_edition.site").render(
        facts=facts,
        entries=newest,
        language=main_language(entries),
        newest=next((_date(entry.published) for entry in newest if entry.published), ""),
        program=program(),
        date=_date,
        whole_seconds=whole_seconds,
        enclosed=lambda entry: _ENCLOSED[entry.sound.format],
        alternates=_alternates,
        transcripts=_TRANSCRIPTS,
        html=_html,
    )


def _alternates(entry: CatalogueEntry) -> list[_Alternate]:
    """Return the files that hold the whole edition, except the enclosure."""
    others = [(file, title) for file, title in entry.offered if file != entry.sound]
    return [_Alternate(file, title, _bits_a_second(entry, file)) for file, title in others]


def _bits_a_second(entry: CatalogueEntry, file: EditionFile) -> int:
    sounds = file.media_type.startswith("audio/") and entry.milliseconds
    return 8000 * file.size // entry.milliseconds if sounds else 0


def _html(entry: CatalogueEntry) -> str:
    """Return what an app shows below the title."""
    by = words_for("site", entry.language)["by"].format(author=entry.author) if entry.author else ""
    paragraphs = [entry.description, by, entry.disclosure]
    return "".join(f"<p>{escape(text)}</p>" for text in paragraphs if text)


def _date(published: str) -> str:
    """Return the start of a day in the format of RFC 2822."""
    return format_datetime(datetime.fromisoformat(published).replace(tzinfo=UTC))
