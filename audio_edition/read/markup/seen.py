"""The texts of a document that a person could see, before any of it is changed: what the account is kept of."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audio_edition.read.markup.elements import is_seen, name_of
from audio_edition.read.markup.formula import formula_text
from audio_edition.read.markup.inline import visible

_NAMES = frozenset({"desc", "metadata", "title"})
"""Elements of a drawing that are told, and not drawn."""


def seen_texts(root: etree._Element) -> Iterator[str]:
    """Yield the text of each node that a browser displays, readings of ruby among them, in order. A formula is one
    text: what it says."""
    stack: list[tuple[etree._Element, Iterator[etree._Element]]] = [(root, iter(root))]
    if name_of(root) == "math":
        yield formula_text(root)
        return
    yield from _texts(root.text)
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            if stack:
                yield from _texts(element.tail)
            continue
        if name_of(child) == "math" and is_seen(child):
            yield formula_text(child)
        elif is_seen(child) and not (name_of(child) in _NAMES and name_of(element) != "body"):
            yield from _texts(child.text)
            stack.append((child, iter(child)))
            continue
        yield from _texts(child.tail)


def _texts(text: str | None) -> Iterator[str]:
    if text and (text := visible(text)).strip():
        yield text
