"""In: the styles of a Word document. Out: what a paragraph in a style is: a heading and its level, a quotation.

Programs write the names of Word's own styles in English or in their user's language (ECMA-376 1, 17.7.4).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from audio_edition.read.docx.names import all_in, child, is_on, said, whole

Kind = Literal["", "title", "quote", "caption", "code", "contents"]

_HEADING = (
    "heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|naslov|címsor|titlu|заголовок|"
    "επικεφαλίδα|başlık|عنوان|כותרת|标题|標題|見出し|제목|título|cabeçalho"
)
_NUMBERED_HEADING = re.compile(rf"(?:{_HEADING})[ _-]?([1-9])", re.IGNORECASE)
_KINDS: dict[Kind, str] = {
    "title": "title, titel, titre, título, titolo, tytuł, název, название, заголовок документа, 表題, 标题, 標題, 제목",
    "quote": "quote, intense quote, block text, quotations, zitat, intensives zitat, citation, citation intense, cita, "
    "cita destacada, citazione, citaat, citat, cytat, citát, цитата, citação, 引用, 引用文",
    "caption": "caption, beschriftung, légende, leyenda, epígrafe, didascalia, bijschrift, billedtekst, legenda, "
    "podpis, название объекта, 図表番号, 题注, image caption, table caption, figure",
    "code": "html preformatted, preformatted text, source code, html vorformatiert, code, macro",
    "contents": "toc heading, inhaltsverzeichnisüberschrift, en-tête de table des matières",
}
_BY_NAME: dict[str, Kind] = {name: kind for kind, names in _KINDS.items() for name in names.split(", ")}
_CONTENTS = re.compile(r"(?:toc|contents|verzeichnis|tm) ?\d", re.IGNORECASE)
_MOST_ANCESTORS = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What paragraphs or runs in it are. `level` is that of a heading, 0 for none; `numbering` holds its numPr."""

    name: str = ""
    kind: Kind = ""
    level: int = 0
    numbering: etree._Element | None = None
    language: etree._Element | None = None
    hidden: bool = False


class Styles:
    """The styles by their ids; what a style does not say, the one that it is based on does."""

    def __init__(self, root: etree._Element | None) -> None:
        found = list(all_in(root, "w:style")) if root is not None else []
        self._elements = {said(style, "w:styleId"): style for style in found}
        self._known: dict[str, Style] = {}
        self.default_paragraph = next(
            (
                said(style, "w:styleId")
                for style in found
                if said(style, "w:type") == "paragraph" and said(style, "w:default") in ("1", "true", "on")
            ),
            "",
        )
        self.default_language = child(root, "w:docDefaults", "w:rPrDefault", "w:rPr", "w:lang")

    def of(self, id: str) -> Style:  # noqa: A002 - the format's own word
        """The style of an id; one that the document lacks is known by its id."""
        if id not in self._known:
            self._known[id] = self._style(id)
        return self._known[id]

    def _style(self, id: str) -> Style:  # noqa: A002
        lineage = self._lineage(id)
        names = [said(child(style, "w:name")) for style in lineage] if lineage else [id]
        level = next(filter(None, map(_outline_level, lineage)), None)
        heading = next((int(match[1]) for name in (*names, id) if (match := _NUMBERED_HEADING.fullmatch(name))), 0)
        return Style(
            names[0],
            next(filter(None, (_kind(name) for name in (*names, id))), ""),
            heading if level is None else level % 10,
            _first(lineage, "w:pPr", "w:numPr"),
            _first(lineage, "w:rPr", "w:lang"),
            any(is_on(child(style, "w:rPr"), "w:vanish") for style in lineage[:1]),
        )

    def _lineage(self, id: str) -> list[etree._Element]:  # noqa: A002
        found: list[etree._Element] = []
        style = self._elements.get(id)
        while style is not None and style not in found and len(found) < _MOST_ANCESTORS:
            found.append(style)
            style = self._elements.get(said(child(style, "w:basedOn")))
        return found


def outline_level(properties: etree._Element | None) -> int | None:
    """The level of a heading, 1 to 9; 10 where it is said to be none; none where nothing is said."""
    level = whole(said(child(properties, "w:outlineLvl")))
    return None if level is None else min(level, 9) + 1


def _outline_level(style: etree._Element) -> int | None:
    return outline_level(child(style, "w:pPr"))


def _kind(name: str) -> Kind:
    return "contents" if _CONTENTS.fullmatch(name) else _BY_NAME.get(name.casefold(), "")


def _first(lineage: list[etree._Element], *path: str) -> etree._Element | None:
    return next((found for style in lineage if (found := child(style, *path)) is not None), None)
