"""The parts of an Office document's archive, by their kind (ECMA-376 2: Open Packaging Conventions)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from audio_edition.errors import ReadError, in_brief
from audio_edition.read.archive import Archive
from audio_edition.read.tree import part_tree

_OTHERS = {
    "xl/workbook.xml": "an Excel workbook",
    "visio/document.xml": "a Visio drawing",
}
_SAVE_AS_WORD = "Open it in the program that made it, save the article as .docx, and give that file."
_MOST_RELATIONS = 50_000


@dataclass(frozen=True, slots=True)
class Relation:
    """A reference from a part: `kind` is the last word of the relation's type, `target` a path in the archive, or an
    external address."""

    kind: str
    target: str
    external: bool = False


class Parts:
    """The parts of an Office document. Each is parsed once and identified by its root. `main` is the path of the main
    part; `is_told` says that the package names it."""

    def __init__(self, archive: Archive, main: str) -> None:
        self.archive = archive
        self._roots: dict[str, etree._Element] = {}
        self._paths: dict[etree._Element, str] = {}
        self._relations: dict[str, dict[str, Relation]] = {}
        self._of_package = self.relations("")
        told = next((each.target for each in self._of_package.values() if each.kind == "officeDocument"), "")
        self.is_told = bool(told)
        self.main = told or main

    @property
    def core(self) -> etree._Element | None:
        """The root of the core properties; None if the document has none."""
        found = self.part("core-properties")
        return self.root("docProps/core.xml") if found is None else found

    def root(self, path: str) -> etree._Element | None:
        """Return the root of the part at a path; None if the archive has none."""
        if path not in self._roots:
            if path not in self.archive:
                return None
            root = part_tree(self.archive.read(path), f"{self.archive.name} ({in_brief(path)})", self.archive.entities)
            self._roots[path], self._paths[root] = root, path
        return self._roots[path]

    def part(self, kind: str) -> etree._Element | None:
        """Return the root of a part such as "styles"; None if the document has none."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> list[etree._Element]:
        """Return the roots of all parts of a kind that the main document refers to, each once."""
        found = (*self.relations(self.main).values(), *self._of_package.values())
        paths = dict.fromkeys(each.target for each in found if each.kind == kind and not each.external)
        return [root for path in paths if (root := self.root(path)) is not None]

    def path(self, root: etree._Element) -> str:
        """Return the path of the part with a root."""
        return self._paths[root]

    def related(self, element: etree._Element, id: str) -> Relation | None:  # noqa: A002 - the format's own word
        """Return the target of an element's relation id; None if its part has no such relation."""
        path = self._paths.get(element.getroottree().getroot())
        return self.relations(path).get(id) if path is not None and id else None

    def related_root(self, element: etree._Element, id: str) -> etree._Element | None:  # noqa: A002
        """Return the root of the part that an element's relation id refers to; None if there is none."""
        relation = self.related(element, id)
        return None if relation is None or relation.external else self.root(relation.target)

    def relations(self, path: str) -> dict[str, Relation]:
        """Return the relations of a part, or of the package, by id. Targets never leave the archive."""
        if path not in self._relations:
            folder, _, file = path.rpartition("/")
            root = self.root(posixpath.join(folder, f"_rels/{file}.rels"))
            found = list(root.iter("{*}Relationship"))[:_MOST_RELATIONS] if root is not None else []
            self._relations[path] = {each.get("Id", ""): _relation(each, folder) for each in found}
        return self._relations[path]


class Package(Parts):
    """The parts of a Word document."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive, "word/document.xml")
        kinds = (kind for path, kind in _OTHERS.items() if self._is_of(path))
        kind = next(kinds, "")
        document = None if kind else self.root(self.main)
        if document is None:
            raise ReadError(f"{archive.name} is {kind or 'an archive'}, not a Word document.", _SAVE_AS_WORD)
        self.document = document

    def _is_of(self, path: str) -> bool:
        return path == self.main or (not self.is_told and path in self.archive)


def _relation(element: etree._Element, folder: str) -> Relation:
    kind, target = element.get("Type", "").rpartition("/")[2], element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relation(kind, target, external=True)
    return Relation(kind, posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/"))
