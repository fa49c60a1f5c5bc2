"""Applies a book's style sheets, in which many programs alone say what is bold, italic, struck or raised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.read.epub.package import Item, Package, path_of
from audio_edition.read.html.class_styles import put_styles, styles_in
from audio_edition.read.markup.elements import name_of

_CLASS = re.compile(r"(?:[a-z][a-z0-9]{0,10})?\.([\w-]{1,60})")
_MOST_SHEETS = 200


class StyleSheets:
    """The style sheets of a book, each read once."""

    def __init__(self, package: Package) -> None:
        self._archive = package.archive
        self._known: dict[str, Mapping[str, str]] = {}

    def apply(self, root: etree._Element, item: Item) -> None:
        """Write what a document's style sheets say of its elements into them."""
        said: dict[str, str] = {}
        for styles in self._of(root, item.path):
            said |= styles
        put_styles(root, said)

    def _of(self, root: etree._Element, document: str) -> Iterator[Mapping[str, str]]:
        for element in root.iter("{*}style", "{*}link"):
            if name_of(element) == "style":
                yield styles_in(["".join(map(str, element.itertext()))], _CLASS)
                continue
            path, _ = path_of(element.get("href", ""), document)
            if path.lower().endswith(".css"):
                yield self._read(path)

    def _read(self, path: str) -> Mapping[str, str]:
        """Return the styles of a sheet; none if it is missing or damaged, which costs no word."""
        if path not in self._known and len(self._known) < _MOST_SHEETS:
            try:
                sheet = self._archive.read(path).decode("utf-8", "replace")
            except ReadError:
                sheet = ""
            self._known[path] = styles_in([sheet], _CLASS)
        return self._known.get(path, {})
