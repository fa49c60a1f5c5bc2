"""Lists what a person can see in a presentation: one plain pass over its parts, independent of the reader.

The account compares it with what was read. It includes hidden slides, the speaker's notes and comments.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.read.docx.formulas import on_one_line
from audio_edition.read.docx.names import all_in, child, name_of, said
from audio_edition.read.docx.package import Parts
from audio_edition.read.docx.seen import drawn_texts

_MOST_SLIDES = 2_000
_NO_TEXT = frozenset({"a:endParaRPr", "a:pPr", "a:rPr", "mc:Fallback"})


def slides_of(parts: Parts) -> list[etree._Element]:
    """Return the roots of the slides in their order. Raises ReadError if the presentation has no list of them."""
    root = parts.root(parts.main)
    if root is None:
        raise ReadError(
            f"{parts.archive.name} is a damaged presentation: it has no list of its slides.",
            "Open it in PowerPoint or LibreOffice, save it again, and give that file.",
        )
    ids = [said(each, "r:id") for each in all_in(root, "p:sldId")][:_MOST_SLIDES]
    return [slide for id_ in dict.fromkeys(ids) if (slide := parts.related_root(root, id_)) is not None]


def related(parts: Parts, slide: etree._Element, kind: str) -> list[etree._Element]:
    """Return the roots of the parts of a kind that a slide refers to, such as its notes."""
    found = parts.relations(parts.path(slide)).values()
    paths = dict.fromkeys(each.target for each in found if each.kind == kind and not each.external)
    return [root for path in paths if (root := parts.root(path)) is not None]


def seen_texts(parts: Parts) -> tuple[str, ...]:
    """Return the text of each paragraph of the slides, their drawings, notes and comments."""
    found: list[str] = []
    for slide in slides_of(parts):
        found += lines_of(slide)
        found += drawn_texts(parts, slide)
        for notes in related(parts, slide, "notesSlide"):
            for shape in bodies_of(notes):
                found += lines_of(shape)
        for comments in related(parts, slide, "comments"):
            found += comments_in(comments)
    return tuple(found)


def bodies_of(notes: etree._Element) -> list[etree._Element]:
    """Return the shapes with a speaker's notes, without the picture of the slide, its number and the margins."""
    return [shape for shape in all_in(notes, "p:sp") if placeholder_type(shape) == "body"]


def comments_in(comments: etree._Element) -> list[str]:
    """Return the words of the comments on a slide."""
    found = [" ".join((each.text or "").split()) for each in all_in(comments, "p:text")]
    return [*filter(None, found), *lines_of(comments)]


def lines_of(root: etree._Element) -> list[str]:
    """Return the text of each paragraph in a part of a slide."""
    return list(filter(None, (" ".join("".join(_pieces(line)).split()) for line in _paragraphs(root))))


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    for each in element:
        name = name_of(each)
        if name == "a:p":
            yield each
        elif name != "mc:Fallback":
            yield from _paragraphs(each)


def _pieces(element: etree._Element) -> Iterator[str]:
    for each in element:
        name = name_of(each)
        if name == "a:t":
            yield each.text or ""
        elif name in ("a:br", "a:tab"):
            yield " "
        elif name in ("m:oMath", "m:oMathPara"):
            yield f" {on_one_line(each)} "
        elif name not in _NO_TEXT:
            yield from _pieces(each)


def placeholder_type(shape: etree._Element) -> str:
    """Return the type of a placeholder, such as "title"; empty for another shape, "obj" for one without a type."""
    placeholder = child(shape, "p:nvSpPr", "p:nvPr", "p:ph")
    return "" if placeholder is None else placeholder.get("type", "obj")
