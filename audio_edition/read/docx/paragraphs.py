"""Paragraphs that do not stand for themselves: drop caps, those whose end was deleted, empty ones, horizontal rules."""

from __future__ import annotations

from lxml import etree

from audio_edition.read.docx.names import DELETED, MARKS, OFF, all_in, child, name_of, said


def is_part(paragraph: etree._Element) -> bool:
    """Return whether a paragraph is part of the next one."""
    properties = child(paragraph, "w:pPr")
    if properties is None:
        return False
    marks = child(properties, "w:rPr")
    is_deleted = marks is not None and any(name_of(each) in DELETED for each in marks)
    return (is_deleted or is_drop_cap(paragraph)) and next_paragraph(paragraph) is not None


def is_drop_cap(paragraph: etree._Element) -> bool:
    """Return whether a paragraph holds the first letters of the next one, or a single letter in a frame."""
    frame = child(paragraph, "w:pPr", "w:framePr")
    if frame is None:
        return False
    if said(frame, "w:dropCap") in ("drop", "margin"):
        return True
    text = "".join(each.text or "" for each in all_in(paragraph, "w:t")).strip(" \"'“‘«„")
    after = next((each.text for each in all_in(next_paragraph(paragraph), "w:t") if each.text), "")
    return len(text) == 1 and text.isupper() and after[:1].islower()


def next_paragraph(paragraph: etree._Element) -> etree._Element | None:
    """Return the paragraph right after another; None if something else stands there."""
    for sibling in paragraph.itersiblings():
        name = name_of(sibling)
        if name == "w:p":
            return sibling
        if name not in MARKS:
            return None
    return None


def is_rule(properties: etree._Element | None) -> bool:
    """Return whether an empty paragraph is a horizontal rule."""
    borders = child(properties, "w:pBdr")
    edges = [] if borders is None else [each for each in borders if said(each) not in ("", "nil", *OFF)]
    return 0 < len(edges) < 3 and all(name_of(each) in ("w:bottom", "w:top", "w:between") for each in edges)


def is_blank(written: etree._Element) -> bool:
    """Return whether an element has no content that a person would notice."""
    return not any(each.tag in ("img", "math") or (each.text and each.text.strip()) for each in written.iter())


def text_in(element: etree._Element) -> str:
    """Return the text of a part of a document in one piece, for quoting."""
    pieces = ((each.text or "") if name_of(each) in ("w:t", "m:t") else " " for each in all_in(element, *_PIECES))
    return "".join(pieces)


_PIECES = ("w:p", "w:t", "w:tab", "w:ptab", "w:br", "w:cr", "w:noBreakHyphen", "m:t")
