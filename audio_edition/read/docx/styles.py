"""The styles of a Word document: what role they give a paragraph or run, and how it looks."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from audio_edition.read.docx.names import OFF, all_in, child, is_on, said, whole
from audio_edition.read.docx.numbering import indent_of
from audio_edition.read.style_names import Kind, kind_named, level_named

_MOST_ANCESTORS = 20
_TOGGLES = ("w:b", "w:i", "w:vanish", "w:strike", "w:dstrike", "w:caps")
"""Properties that a style turns on and a second style on top of it turns off again (ECMA-376 1, 17.7.3)."""

_USUAL_SIZE = 20
"""Half points, unless stated otherwise (ECMA-376 1, 17.3.2.38)."""


@dataclass(frozen=True, slots=True)
class Style:
    """The role of paragraphs or runs in this style. `level` is a heading's, 0 for none; `numbering` holds its numPr;
    `on` are the toggles that it turns on, `size` is the letters' in half points."""

    name: str = ""
    kind: Kind = ""
    level: int = 0
    numbering: etree._Element | None = None
    language: etree._Element | None = None
    on: frozenset[str] = frozenset()
    underline: str = ""
    raised: str = ""
    size: int | None = None
    indent: int | None = None

    @property
    def is_heading(self) -> bool:
        return self.level > 0 or self.kind == "title"


class Styles:
    """The styles by id; what a style leaves open, the style that it is based on decides."""

    def __init__(self, root: etree._Element | None) -> None:
        found = list(all_in(root, "w:style"))
        self._elements = {said(style, "w:styleId"): style for style in found}
        self._known: dict[str, Style] = {}
        self._default_paragraph = next(
            (
                said(style, "w:styleId")
                for style in found
                if said(style, "w:type") == "paragraph" and said(style, "w:default") in ("1", "true", "on")
            ),
            "",
        )
        defaults = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr")
        self.default_language = child(defaults, "w:lang")
        self.default_size = whole(said(child(defaults, "w:sz"))) or _USUAL_SIZE

    def of(self, id: str) -> Style:  # noqa: A002 - the format's own word
        """Return the style with an id; a style that the document lacks is judged by its id."""
        if id not in self._known:
            self._known[id] = self._style(id)
        return self._known[id]

    def of_paragraph(self, properties: etree._Element | None) -> Style:
        """Return the style of a paragraph from its w:pPr."""
        return self.of(said(child(properties, "w:pStyle")) or self._default_paragraph)

    def of_run(self, properties: etree._Element | None) -> Style:
        """Return a run's character style from its w:rPr."""
        id = said(child(properties, "w:rStyle"))  # noqa: A001
        return self.of(id) if id else Style()

    def sets_off(self, id: str, part: str) -> bool:  # noqa: A002
        """Return whether a table style makes a part, such as "firstCol", bold."""
        conditions = (each for style in self._lineage(id) for each in style if said(each, "w:type") == part)
        return any(is_on(child(each, "w:rPr"), "w:b") for each in conditions)

    def _style(self, id: str) -> Style:  # noqa: A002
        lineage = self._lineage(id)
        names = [said(child(style, "w:name")) for style in lineage] if lineage else [id]
        level = next(filter(None, map(_outline_level, lineage)), None)
        heading = next(filter(None, map(level_named, (*names, id))), 0)
        looks = [look for style in lineage if (look := child(style, "w:rPr")) is not None]
        return Style(
            names[0],
            next(filter(None, map(kind_named, (*names, id))), ""),
            heading if level is None else level % 10,
            _first(lineage, "w:pPr", "w:numPr"),
            _first(lineage, "w:rPr", "w:lang"),
            frozenset(toggle for toggle in _TOGGLES if _is_toggled(looks, toggle)) or _by_name(names[0], lineage),
            said(_first(lineage, "w:rPr", "w:u")),
            said(_first(lineage, "w:rPr", "w:vertAlign")),
            whole(said(_first(lineage, "w:rPr", "w:sz"))),
            next((indent for style in lineage if (indent := indent_of(child(style, "w:pPr"))) is not None), None),
        )

    def _lineage(self, id: str) -> list[etree._Element]:  # noqa: A002
        found: list[etree._Element] = []
        style = self._elements.get(id)
        while style is not None and style not in found and len(found) < _MOST_ANCESTORS:
            found.append(style)
            style = self._elements.get(said(child(style, "w:basedOn")))
        return found


def has(properties: etree._Element | None, own: Style, style: Style, toggle: str) -> bool:
    """Return whether a run has a toggle such as "w:b": by its w:rPr, else by its own style and its paragraph's."""
    if properties is not None and child(properties, toggle) is not None:
        return is_on(properties, toggle)
    return (toggle in own.on) != (toggle in style.on)


def is_underlined(properties: etree._Element | None, own: Style) -> bool:
    """Return whether a run is underlined by its w:rPr or its own style."""
    mark = child(properties, "w:u") if properties is not None else None
    return (said(mark) if mark is not None else own.underline) not in ("", *OFF)


def outline_level(properties: etree._Element | None) -> int | None:
    """Return the level of a heading, 1 to 9; 10 if explicitly not a heading; None if unspecified."""
    level = whole(said(child(properties, "w:outlineLvl")))
    return None if level is None else min(level, 9) + 1


def _outline_level(style: etree._Element) -> int | None:
    return outline_level(child(style, "w:pPr"))


def _is_toggled(looks: list[etree._Element], toggle: str) -> bool:
    return next((is_on(look, toggle) for look in looks if child(look, toggle) is not None), False)


def _by_name(name: str, lineage: list[etree._Element]) -> frozenset[str]:
    """Return the toggles of built-in character styles that a document lacks."""
    known = {"Strong": "w:b", "Emphasis": "w:i"}
    return frozenset({known[name]}) if name in known and not lineage else frozenset()


def _first(lineage: list[etree._Element], *path: str) -> etree._Element | None:
    return next((found for style in lineage if (found := child(style, *path)) is not None), None)
