"""The styles of an OpenDocument text: the role that they give a paragraph or run, and how it looks.

OpenDocument 1.3, part 3, 16.2 and 20. A style that a program made for direct formatting is an automatic one; its role
is that of the named style it is based on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from audio_edition.read.bold_lines import Look
from audio_edition.read.odt.names import child, name_of, prefixed, said, whole
from audio_edition.read.style_names import Kind, kind_named, level_named

_MOST_ANCESTORS = 20
_ENCODED = re.compile(r"_([0-9a-f]{2,4})_")
_SIZE = re.compile(r"(\d{1,4}(?:\.\d{1,6})?)pt")
_POINTS_OF_SIZE = 2
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_NONE = ("", "none")

Properties = Mapping[str, str]
"""Text properties (style:text-properties) by name with prefix."""


@dataclass(frozen=True, slots=True)
class Style:
    """The role and look of paragraphs or runs. `level` is a heading's, 0 for none; `properties` are those of the
    letters, `of_named` those without direct formatting; `rules` tells that an empty paragraph is drawn as a line."""

    name: str = ""
    kind: Kind = ""
    level: int = 0
    list_style: str = ""
    properties: Properties = field(default_factory=dict)
    of_named: Properties = field(default_factory=dict)
    rules: bool = False

    @property
    def is_heading(self) -> bool:
        return self.level > 0 or self.kind == "title"


class Styles:
    """The styles of a document by family and name; what a style leaves open, its parent decides."""

    def __init__(self, roots: list[etree._Element]) -> None:
        self._elements: dict[tuple[str, str], etree._Element] = {}
        self._automatic: set[etree._Element] = set()
        self.lists: dict[str, etree._Element] = {}
        self.outline: etree._Element | None = None
        self.default: dict[str, str] = {}
        self._known: dict[tuple[str, str], Style] = {}
        for root in roots:
            for part in ("office:automatic-styles", "office:styles"):
                self._add(child(root, part), is_automatic=part == "office:automatic-styles")

    def of(self, family: str, name: str) -> Style:
        """Return a style; a style that the document lacks is judged by its name."""
        if (family, name) not in self._known:
            self._known[family, name] = self._style(family, name)
        return self._known[family, name]

    def _add(self, styles: etree._Element | None, *, is_automatic: bool) -> None:
        for each in styles if styles is not None else ():
            kind = name_of(each)
            if kind == "style:style":
                self._elements.setdefault((said(each, "style:family"), said(each, "style:name")), each)
                if is_automatic:
                    self._automatic.add(each)
            elif kind == "text:list-style":
                self.lists.setdefault(said(each, "style:name"), each)
            elif kind == "text:outline-style":
                self.outline = each
            elif kind == "style:default-style" and said(each, "style:family") == "paragraph":
                self.default = _properties(each)

    def _style(self, family: str, name: str) -> Style:
        lineage = self._lineage(family, name)
        named = [each for each in lineage if each not in self._automatic]
        names = [said(each, "style:display-name") or _decoded(said(each, "style:name")) for each in named]
        names = names or [_decoded(name)]
        levels = (whole(said(each, "style:default-outline-level")) for each in lineage)
        rules = child(named[0], "style:paragraph-properties") if named else None
        return Style(
            names[0],
            next(filter(None, map(kind_named, names)), ""),
            next(filter(None, levels), 0) or next(filter(None, map(level_named, names)), 0),
            next(filter(None, (said(each, "style:list-style-name") for each in lineage)), ""),
            _merged(lineage),
            _merged(named),
            said(rules, "fo:border-bottom") not in _NONE or names[0].casefold() == "horizontal line",
        )

    def _lineage(self, family: str, name: str) -> list[etree._Element]:
        found: list[etree._Element] = []
        style = self._elements.get((family, name))
        while style is not None and style not in found and len(found) < _MOST_ANCESTORS:
            found.append(style)
            style = self._elements.get((family, said(style, "style:parent-style-name")))
        return found


def is_bold(properties: Properties) -> bool:
    """Return whether letters are bold."""
    return properties.get("fo:font-weight", "") in _BOLD


def is_italic(properties: Properties) -> bool:
    """Return whether letters are italic."""
    return properties.get("fo:font-style", "") in ("italic", "oblique")


def is_underlined(properties: Properties) -> bool:
    """Return whether letters are underlined."""
    return properties.get("style:text-underline-style", "") not in _NONE


def is_struck(properties: Properties) -> bool:
    """Return whether letters are struck out."""
    return any(properties.get(f"style:text-line-through-{each}", "") not in _NONE for each in ("style", "type"))


def is_hidden(properties: Properties) -> bool:
    """Return whether letters are not shown."""
    return properties.get("text:display", "") == "none"


def raised(properties: Properties) -> str:
    """Return "sup" for letters above the line, "sub" for those below it; else empty."""
    position = properties.get("style:text-position", "").partition(" ")[0]
    if position in ("", "0%"):
        return ""
    return "sub" if position == "sub" or position.startswith("-") else "sup"


def look_of(properties: Properties) -> Look:
    """Return the look of letters."""
    size = _SIZE.fullmatch(properties.get("fo:font-size", ""))
    return Look(
        is_bold(properties),
        is_underlined(properties),
        properties.get("fo:text-transform", "") == "uppercase",
        round(float(size[1]) * _POINTS_OF_SIZE) if size else 0,
    )


def _merged(lineage: list[etree._Element]) -> dict[str, str]:
    return {key: value for style in reversed(lineage) for key, value in _properties(style).items()}


def _properties(style: etree._Element) -> dict[str, str]:
    found = child(style, "style:text-properties")
    if found is None:
        return {}
    return {prefixed(str(key)): str(value) for key, value in found.attrib.items()}


def _decoded(name: str) -> str:
    """Return a style's name as people see it: "Heading_20_1" is "Heading 1"."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), name)
