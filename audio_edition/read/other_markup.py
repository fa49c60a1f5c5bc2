"""Reads DocBook, LaTeX, Org, reStructuredText, Textile, MediaWiki, Typst, OPML and notebooks by pandoc, an extra.

pandoc runs in its sandbox: it loads and includes nothing. Where it is missing, the documents are refused.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from audio_edition.model import Creator, Metadata
from audio_edition.read.about import About
from audio_edition.read.decode import opening
from audio_edition.read.document import Document, Reading
from audio_edition.read.kinds import kind_of, kind_of_text, kind_of_xml
from audio_edition.read.tree import root_of

_OPENING_CHARACTERS = 20_000
_SECONDS = 60
_MEMORY_BYTES = 1_500_000_000
_MEMORY = "-M700M"


def recognises(data: bytes, name: str) -> bool:
    """Return whether the document is one that pandoc reads, and pandoc is there."""
    if not _format_of(data, name):
        return False
    from audio_edition.read.converters import pandoc

    return bool(pandoc())


def read(document: Document) -> Reading:
    """Return the document's article. Raises ReadError if pandoc does not understand it."""
    from audio_edition.read.converted import reading_of  # here: plain text needs none of it
    from audio_edition.read.converters import converted
    from audio_edition.read.markup import seen_texts, tree_of
    from audio_edition.read.pictures import pictures_of

    page = tree_of(_as_page(document), document.name)
    body = page if (inner := page.find("body")) is None else inner
    metas = [(each.get("name", ""), each.get("content", "")) for each in page.iter("meta")]
    titles = ["".join(map(str, each.itertext())) for each in body.iter("h1") if "title" in each.get("class", "")]
    about = About(
        title=" ".join(titles[:1]),
        published=next((content for name, content in metas if name == "dcterms.date"), ""),
        language=page.get("lang", ""),
        metadata=Metadata(creators=tuple(Creator(content) for name, content in metas if name == "author")),
    )
    findings = [converted("pandoc", "page numbers and languages of single words")]
    return reading_of(body, about, list(seen_texts(body)), document.name, findings, pictures_of(document))


def _format_of(data: bytes, name: str) -> str:
    """Return pandoc's name for the format of a document; empty if it is none of these."""
    if kind_of(data, name) is not None:
        return ""
    kind = kind_of_xml(*root_of(data)) or kind_of_text(opening(data, _OPENING_CHARACTERS), name)
    return "" if kind is None else kind.pandoc


def _as_page(document: Document) -> str:
    from audio_edition.read.converters import pandoc, run

    with tempfile.TemporaryDirectory(prefix="audio-edition-", ignore_cleanup_errors=True) as folder:
        source = Path(folder) / "document"
        source.write_bytes(document.data)
        command = [
            pandoc(), "+RTS", _MEMORY, "-RTS", "--sandbox", "-f", _format_of(document.data, document.name), "-t",
            "html5", "--standalone", "--wrap=none", "--mathml", "--metadata=pagetitle: ", str(source),
        ]  # fmt: skip
        return run(command, Path(folder), _SECONDS, _MEMORY_BYTES, document.name).decode(errors="replace")
