"""Walks through what a page shows, in document order; without recursion, since documents may nest very deeply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from lxml import etree

from audio_edition.read.markup.elements import is_shown, language_of

Kind = Literal["start", "text", "end", "skip"]


class Event(NamedTuple):
    """The start or end of an element, a text, or an element that is not shown. `language` is a BCP 47 tag, empty for
    the document's own."""

    kind: Kind
    element: etree._Element
    text: str
    language: str


def walk(root: etree._Element, own: str, language: str = "") -> Iterator[Event]:
    """Yield the events of a root in `language`, in a document in its `own`."""
    languages = [_language_of(root, own, language)]
    stack = [(root, iter(root))]
    yield Event("start", root, "", languages[-1])
    yield Event("text", root, root.text or "", languages[-1])
    while stack:
        element, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield Event("end", element, "", languages.pop())
            left = element if stack else None
        elif is_shown(child):
            languages.append(_language_of(child, own, languages[-1]))
            stack.append((child, iter(child)))
            yield Event("start", child, "", languages[-1])
            yield Event("text", child, child.text or "", languages[-1])
            continue
        else:
            yield Event("skip", child, "", languages[-1])
            left = child
        if left is not None and left.tail:
            yield Event("text", stack[-1][0], left.tail, languages[-1])


def language_at(element: etree._Element, own: str) -> str:
    """Return the language that applies around an element; empty for the document's own."""
    said = next(filter(None, map(language_of, element.iterancestors())), None)
    return "" if said is None or _is_same(said, own) else said


def _language_of(element: etree._Element, own: str, around: str) -> str:
    """Return the element's language; empty for the document's own, of which en-GB is a variety in a document in en."""
    said = language_of(element)
    if said is None:
        return around
    return "" if _is_same(said, own) else said


def _is_same(one: str, other: str) -> bool:
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()
