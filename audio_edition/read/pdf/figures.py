"""Moves figures of a tagged PDF to where they are on the page: to their caption, or after the text above them.

Programs write a figure's tag where its frame is anchored, which may be far from where a reader sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from audio_edition.pdf.facts import Box

_NEAR = 40.0
"""Points between a picture and its caption."""


class Placed(NamedTuple):
    """An element, and its box on a page."""

    element: etree._Element
    page: int
    box: Box


def source_of(page: int, box: Box) -> str:
    """Return the address of a part of a page in the tree of the text."""
    return f"pdf-page:{page}:{' '.join(f'{edge:.1f}' for edge in box)}"


def part_at(source: str) -> tuple[int, Box] | None:
    """Return the page and the box at an address; None if it is another's."""
    kind, _, place = source.partition(":")
    page, _, edges = place.partition(":")
    return (int(page), Box(*map(float, edges.split()))) if kind == "pdf-page" else None


def place_figures(figures: Sequence[Placed], texts: Sequence[Placed]) -> None:
    """Move each figure to its caption. One without a caption goes after the text above it, if it comes before that."""
    captions = [text for text in texts if text.element.tag == "figcaption"]
    for figure in figures:
        caption = _caption_of(figure, captions)
        if caption is not None:
            captions.remove(caption)
            _join(figure.element, caption.element)
        elif (above := _text_above(figure, texts)) is not None and _comes_before(figure.element, above.element):
            above.element.addnext(figure.element)


def box_of(said: str) -> Box | None:
    """Return the box that an element's facts give as four numbers; None if they give none."""
    edges = [float(edge) for edge in said.split()]
    if len(edges) != 4:
        return None
    return Box(min(edges[0], edges[2]), min(edges[1], edges[3]), max(edges[0], edges[2]), max(edges[1], edges[3]))


def _caption_of(figure: Placed, captions: Sequence[Placed]) -> Placed | None:
    """Return the nearest caption right below or above a figure that has none in itself."""
    if any(each.tag == "figcaption" for each in figure.element):
        return None
    near = [(gap, each) for each in captions if (gap := _gap(figure, each)) < _NEAR and _is_free(each.element)]
    return min(near, key=lambda each: each[0])[1] if near else None


def _is_free(caption: etree._Element) -> bool:
    parent = caption.getparent()
    return parent is not None and parent.tag not in ("figure", "table")


def _gap(one: Placed, other: Placed) -> float:
    """Return the points between two boxes, one below the other; infinity if they are not so."""
    overlap = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    if one.page != other.page or overlap <= 0:
        return float("inf")
    return max(0.0, one.box.bottom - other.box.top, other.box.bottom - one.box.top)


def _join(figure: etree._Element, caption: etree._Element) -> None:
    """Put the figure where its caption stands, with the caption in it."""
    caption.addprevious(figure)
    figure.append(caption)


def _text_above(figure: Placed, texts: Sequence[Placed]) -> Placed | None:
    above = [each for each in texts if each.box.bottom > figure.box.top - 4 and _gap(figure, each) < float("inf")]
    return min(above, key=lambda each: each.box.bottom) if above else None


def _comes_before(figure: etree._Element, text: etree._Element) -> bool:
    """Return whether a figure comes before a text in the document, and is not inside it."""
    root = figure.getroottree().getroot()
    order = {element: at for at, element in enumerate(root.iter())}
    return order[figure] < order[text] and figure not in text.iterancestors()
