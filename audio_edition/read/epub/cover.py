"""Finds the picture on a book's cover."""

from __future__ import annotations

from collections.abc import Mapping

from audio_edition.errors import ReadError
from audio_edition.model import Image
from audio_edition.read.epub.contents import parse_document
from audio_edition.read.epub.package import PAGES, Package, path_of
from audio_edition.read.markup import image_of
from audio_edition.read.markup.elements import name_of

_COVERS = frozenset({"cover", "cover-image", "coverpage", "doc-cover"})
_HREFS = ("src", "{http://www.w3.org/1999/xlink}href", "href")


def cover_of(package: Package, landmarks: Mapping[str, str]) -> Image | None:
    """Return the picture that the package names as cover, else the first one in its cover document; None if there is
    none, or in a format that not every player shows."""
    named = [path for path, kind in landmarks.items() if kind in _COVERS]
    for path in filter(None, (package.cover, *named)):
        path = _picture_in(package, path) if _is_page(package, path) else path
        data = package.archive.picture(path) if path else None
        if data and (image := image_of(data)):
            return image
    return None


def _is_page(package: Package, path: str) -> bool:
    return any(item.path == path and item.media_type in PAGES for item in package.spine) or path.endswith(
        (".html", ".xhtml", ".htm")
    )


def _picture_in(package: Package, path: str) -> str:
    """Return the path of the first picture in a document."""
    if path not in package.archive:
        return ""
    try:
        root = parse_document(package.archive.read(path), package.name, package.archive.entities)
    except ReadError:
        return ""
    for element in root.iter("{*}img", "{*}image"):
        reference = next((element.get(name) for name in _HREFS if element.get(name)), None)
        if reference and name_of(element):
            return path_of(reference, path)[0]
    return ""
