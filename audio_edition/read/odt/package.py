"""The parts of an OpenDocument text: of its archive (.odt, .ott), or of its one file (.fodt)."""

from __future__ import annotations

import base64
import binascii
import posixpath
from urllib.parse import unquote

from lxml import etree

from audio_edition.errors import ReadError, in_brief
from audio_edition.model import Finding
from audio_edition.read.archive import Archive
from audio_edition.read.document import Document
from audio_edition.read.odt.names import all_in, child, said
from audio_edition.read.tree import document_tree, part_tree, with_data_apart

_MANIFEST = "META-INF/manifest.xml"
_DATA = "office:binary-data"


class Package:
    """The parts of a document. `content` holds its text, `styles` are the roots that hold styles, the nearest first."""

    def __init__(self, document: Document) -> None:
        self.name = document.name
        self._archive: Archive | None = None
        self._findings: tuple[Finding, ...] = ()
        self._data: list[bytes] = []
        if document.data.startswith(b"PK"):
            self._archive = Archive(document.data, document.name)
            self._refuse_encrypted(self._archive)
            self.content = self._part("content.xml")
            styles, meta = (self._part(path, is_needed=False) for path in ("styles.xml", "meta.xml"))
        else:
            data, self._data = with_data_apart(document.data, _DATA)
            self.content, self._findings = document_tree(data, document.name)
            styles = meta = self.content
        self.styles = [root for root in dict.fromkeys((self.content, styles)) if root is not None]
        self.meta = child(meta, "office:meta")

    @property
    def body(self) -> etree._Element:
        """The element of the text. Raises ReadError for a document of another kind."""
        found = child(self.content, "office:body", "office:text")
        if found is None:
            raise ReadError(
                f"{self.name} is an OpenDocument file without a text.",
                "Save what is to be read as a text document (.odt), and give that.",
            )
        return found

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings of the parts that were read."""
        return self._findings if self._archive is None else self._archive.entities.findings()

    def source(self, picture: etree._Element) -> str:
        """Return how a draw:image is named for `picture`; empty if the document does not hold it."""
        held = child(picture, _DATA)
        if held is not None and (held.text or "").isdecimal():
            return f"data-{held.text}"
        path = _path(said(picture, "xlink:href"))
        return path if self._archive is not None and path in self._archive else ""

    def picture(self, source: str) -> bytes | None:
        """Return the bytes of a picture; None if the document does not hold it."""
        if self._archive is not None:
            return self._archive.picture(source)
        number = source.removeprefix("data-")
        if not number.isdecimal() or int(number) >= len(self._data):
            return None
        try:
            return base64.b64decode(self._data[int(number)])
        except (binascii.Error, ValueError):
            return None

    def formula(self, draw: etree._Element) -> etree._Element | None:
        """Return the MathML of a draw:object; None if it is something else."""
        inline = next(all_in(draw, "math:math"), None)
        path = posixpath.join(_path(said(draw, "xlink:href")), "content.xml")
        if inline is not None or self._archive is None or path not in self._archive:
            return inline
        root = part_tree(self._archive.read(path), f"{self.name} ({in_brief(path)})", self._archive.entities)
        return next(all_in(root, "math:math"), None)

    def _part(self, path: str, *, is_needed: bool = True) -> etree._Element | None:
        archive = self._archive
        if archive is None or (path not in archive and not is_needed):
            return None
        return part_tree(archive.read(path), f"{self.name} ({path})", archive.entities)

    def _refuse_encrypted(self, archive: Archive) -> None:
        if _MANIFEST not in archive:
            return
        manifest = part_tree(archive.read(_MANIFEST), f"{self.name} ({_MANIFEST})", archive.entities)
        if next(all_in(manifest, "manifest:encryption-data"), None) is not None:
            raise ReadError(
                f"{self.name} is encrypted: it opens only with a password.",
                "Save it in LibreOffice without a password.",
            )


def _path(href: str) -> str:
    """Return the path in the archive that a reference leads to; empty if it leads out of it."""
    path = posixpath.normpath(unquote(href.strip())) if href.strip() and ":" not in href else ""
    return "" if path.startswith(("..", "/")) else path
