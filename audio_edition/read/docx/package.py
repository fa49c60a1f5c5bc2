"""In: a Word document's archive. Out: its parts by what they are (ECMA-376 2: Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.read.archive import Archive
from audio_edition.read.lines import in_brief
from audio_edition.read.tree import part_tree

_OTHERS = {"xl": "an Excel workbook", "ppt": "a PowerPoint presentation", "visio": "a Visio drawing"}
_SAVE_AS_WORD = "Open it in the program that made it, save the article as .docx, and give that file."


@dataclass(frozen=True, slots=True)
class Package:
    """The main document and where the parts lie that it refers to, by the last word of their relation's type."""

    archive: Archive
    document: etree._Element
    parts: dict[str, str]

    def part(self, kind: str) -> etree._Element | None:
        """The root of a part such as "styles"; none where the document has none."""
        path = self.parts.get(kind)
        return _root(self.archive, path) if path and path in self.archive else None


def open_package(archive: Archive) -> Package:
    """The package of a Word document; another kind of document is named."""
    roots = _targets(archive, "_rels/.rels", "")
    main = roots.get("officeDocument", "word/document.xml")
    kind = _OTHERS.get(main.partition("/")[0])
    if kind or main not in archive:
        raise ReadError(f"{archive.name} is {kind or 'an archive'}, not a Word document.", _SAVE_AS_WORD)
    folder, _, file = main.rpartition("/")
    parts = _targets(archive, f"{folder}/_rels/{file}.rels".lstrip("/"), folder)
    core = roots.get("core-properties", "docProps/core.xml")
    return Package(archive, _root(archive, main), {**parts, "core-properties": core})


def _root(archive: Archive, path: str) -> etree._Element:
    return part_tree(archive.read(path), f"{archive.name} ({in_brief(path)})")


def _targets(archive: Archive, path: str, folder: str) -> dict[str, str]:
    """Where the first part of each kind lies; never outside the archive."""
    found: dict[str, str] = {}
    if path in archive:
        for relation in _root(archive, path).iter("{*}Relationship"):
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(relation.get("Target", ""))))
                found.setdefault(relation.get("Type", "").rpartition("/")[2], target.lstrip("/"))
    return found
