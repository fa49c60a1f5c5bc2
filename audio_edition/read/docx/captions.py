"""Joins captions to the pictures and tables next to them."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from audio_edition.read.docx.drawings import DRAWN
from audio_edition.read.docx.names import last_in

UNSEEN = "unseen"
"""The class of a table's hidden caption, written for people who can't see the table."""

_TABLE = ("tab", "tav", "табл", "таблиц", "πίνακ", "表", "표", "جدول", "טבל")
"""What Word calls a table's counter in its languages: Table, Tabelle, Tableau, Tabla, Tavola."""


def join_captions(captions: Mapping[etree._Element, str]) -> None:
    """Join caption paragraphs to what they describe. Each comes with its counter ("Figure"; empty for none)."""
    for caption, counts in captions.items():
        pictures = list(caption.iter("img"))
        if pictures and not _has_text(caption):
            continue
        if pictures:
            _set_apart(caption, pictures)
        unit = _unit(caption)
        before, after = unit.getprevious(), unit.getnext()
        if counts.casefold().startswith(_TABLE):
            order = [(after, "table"), (before, "table"), (before, "picture"), (after, "picture")]
        else:
            order = [(before, "picture"), (after, "picture"), (after, "table"), (before, "table")]
        thing = next((each for each, kind in order if each is not None and _kind(each) == kind), None)
        if thing is None:
            continue
        _join(caption, thing)
        if unit is not caption and last_in(unit) is None and (around := unit.getparent()) is not None:
            around.remove(unit)


def _unit(caption: etree._Element) -> etree._Element:
    """Return the caption, or the text box that holds nothing else."""
    around = caption.getparent()
    is_alone = caption.getprevious() is None and caption.getnext() is None
    return around if around is not None and around.tag == "div" and is_alone else caption


def _kind(element: etree._Element) -> str:
    if element.get("class") == DRAWN:
        return "picture"
    if element.tag == "table":
        has_caption = any(each.tag == "caption" and each.get("class") != UNSEEN for each in element)
        return "" if has_caption or element.get("role") == "presentation" else "table"
    if element.tag == "figure":
        return "" if any(each.tag == "figcaption" for each in element) else "picture"
    if element.tag == "p":
        return "picture" if next(element.iter("img"), None) is not None and not _has_text(element) else ""
    return ""


def _join(caption: etree._Element, thing: etree._Element) -> None:
    if thing.tag == "table" and thing.get("class") != DRAWN:
        for unseen in [each for each in thing if each.tag == "caption"]:
            thing.remove(unseen)
        caption.tag = "caption"
        thing.insert(0, caption)
        return
    if thing.get("class") == DRAWN:
        figure = etree.Element("figure")
        thing.addprevious(figure)
        figure.append(thing)
        thing = figure
    elif thing.tag == "p":
        thing.tag = "figure"
    caption.tag = "figcaption"
    thing.append(caption)


def _set_apart(caption: etree._Element, pictures: list[etree._Element]) -> None:
    """Move the pictures in a caption to a paragraph of their own before it."""
    figure = etree.Element("p")
    caption.addprevious(figure)
    figure.extend(pictures)


def _has_text(element: etree._Element) -> bool:
    return any(text.strip() for text in element.itertext())
