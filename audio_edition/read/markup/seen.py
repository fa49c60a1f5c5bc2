"""Lists the texts of a document that a person could see before any of it is changed, for the account."""

from __future__ import annotations

from collections.abc import Container, Iterator

from lxml import etree

from audio_edition.model.characters import without_unwanted
from audio_edition.read.markup.elements import CONTROLS, PICTURES, is_block, is_seen, name_of
from audio_edition.read.markup.formula import formula_text

_TOLD = frozenset({"desc", "metadata", "title"})
"""Elements of a drawing that are described rather than drawn."""

_REPLACED = PICTURES | {"math"}
"""Elements that a browser replaces with something else than their contents."""


def seen_texts(root: etree._Element) -> Iterator[str]:
    """Yield the text of each node that a browser displays, ruby readings included, in order. A formula is one text: its
    description."""
    return (text for text in _nodes(root) if text and not text.isspace())


def seen_text(element: etree._Element, without: Container[etree._Element] = ()) -> str:
    """Return the displayed text of an element on one line, without that of excluded elements."""
    return " ".join("".join(text or " " for text in _nodes(element, without)).split())


def _nodes(root: etree._Element, without: Container[etree._Element] = ()) -> Iterator[str]:
    """Yield the texts; an empty one at each boundary of a block, a line or the mark of a note, which is no part of the
    word that it touches."""
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
    return is_block(element) or name_of(element) in CONTROLS or "doc-noteref" in element.get("role", "")


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
