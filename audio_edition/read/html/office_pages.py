"""Converts the pages that LibreOffice and OpenOffice write: quotations, heads of columns and list numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from audio_edition.read.html.reasons import Reason
from audio_edition.read.markup.elements import classes_of
from audio_edition.read.tree import take_out

WRITTEN_BY = re.compile(r"LibreOffice|OpenOffice")
_QUOTES = frozenset(
    {"block-text", "block_20_text", "intense-quote", "intense_20_quote", "quotations", "quote", "western-quote"}
)
_HEADS_OF_COLUMNS = frozenset({"table-heading", "table_20_heading"})
_AROUND = frozenset({"footer", "header"})
_LABEL = re.compile(r"float\s*:\s*left", re.IGNORECASE)
_NUMBER = re.compile(r"(\d{1,6})\W*$")


def name_by_classes(body: etree._Element) -> None:
    """Make quotations and heads of columns of paragraphs in the styles for them."""
    for paragraph in body.iter("p"):
        names, around = classes_of(paragraph), paragraph.getparent()
        if names & _QUOTES:
            paragraph.tag = "blockquote"
        elif names & _HEADS_OF_COLUMNS and around is not None and around.tag == "td" and len(around) == 1:
            around.tag = "th"


def page_parts(body: etree._Element) -> Iterator[tuple[etree._Element, Reason]]:
    """Yield the page's header and footer."""
    for each in body.iter("div"):
        if (each.get("title") or "").casefold() in _AROUND:
            yield each, "around"


def list_labels(body: etree._Element) -> Iterator[str]:
    """Remove the numbers and bullets that are text beside the list's own, number the items by them, and yield them."""
    for end in [each for each in body.iter("span") if "odfliend" in classes_of(each)]:
        paragraph = end.getparent()
        item = None if paragraph is None else paragraph.getparent()
        if paragraph is None or item is None or item.tag != "li" or not len(paragraph):
            continue
        label = paragraph[0]
        text = "".join(label.itertext()).strip()
        if label.tag == "span" and _LABEL.search(label.get("style") or "") and not (paragraph.text or "").strip():
            take_out(label)
            if number := _NUMBER.search(text):
                item.set("value", number[1])
            if text:
                yield text
