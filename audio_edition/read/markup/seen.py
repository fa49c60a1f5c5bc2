"""The texts of a document that a person could see, before any of it is changed: what the account is kept of."""

from __future__ import annotations

from collections.abc import Container, Iterator

from lxml import etree

from audio_edition.model.characters import without_unwanted
from audio_edition.read.markup.elements import CONTROLS, PICTURES, is_block, is_seen, name_of
from audio_edition.read.markup.formula import formula_text

_TOLD = frozenset({"desc", "metadata", "title"})
"""Elements of a drawing that are told, and not drawn."""

_REPLACED = PICTURES | {"math"}
"""Elements in whose place a browser shows something else than what is in them."""


def seen_texts(root: etree._Element) -> Iterator[str]:
    """Yield the text of each node that a browser displays, readings of ruby among them, in order. A formula is one
    text: what it says."""
    return (text for text in _nodes(root) if text and not text.isspace())


def seen_text(element: etree._Element, without: Container[etree._Element] = ()) -> str:
    """Return what a browser displays of an element, without what is inside some others, on one line."""
    return " ".join("".join(text or " " for text in _nodes(element, without)).split())


def _nodes(root: etree._Element, without: Container[etree._Element] = ()) -> Iterator[str]:
    """Yield the texts; an empty one where a block begins or ends."""
    stack = [(root, iter(_shown(root)))]
    yield from _texts_of(root)
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if _is_apart(element):
                yield ""
            if stack:
                yield from _text(element.tail)
        elif is_seen(child) and name_of(child) not in _TOLD and child not in without:
            if _is_apart(child) or name_of(child) == "br":
                yield ""
            yield from _texts_of(child)
            stack.append((child, iter(_shown(child))))
        else:
            yield from _text(child.tail)


def _is_apart(element: etree._Element) -> bool:
    return is_block(element) or name_of(element) in CONTROLS


def _texts_of(element: etree._Element) -> Iterator[str]:
    name = name_of(element)
    if name == "math":
        return _text(formula_text(element))
    return _text(None if name in _REPLACED else element.text)


def _shown(element: etree._Element) -> etree._Element | tuple[()]:
    return () if name_of(element) in _REPLACED else element


def _text(text: str | None) -> Iterator[str]:
    if text and (text := without_unwanted(text)):
        yield text
