"""Writes the elements of another vocabulary as HTML elements, by a table of names and by rules for single ones."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection, Mapping
from itertools import islice

from lxml import etree

from audio_edition.read.converted import say
from audio_edition.read.markup.elements import XML_LANG
from audio_edition.read.markup.formula import formula_text
from audio_edition.read.tree import name_of

Rule = Callable[[etree._Element, etree._Element], None]
"""Writes an element of the document into an element of the tree."""

_HOLDS_BLOCKS = frozenset(
    {
        "aside", "blockquote", "body", "div", "dl", "figure", "ol", "section", "table", "tbody", "tfoot", "thead", "tr",
        "ul",
    }
)  # fmt: skip
"""Elements between whose children white space means nothing."""

_DEEPEST = 120
"""Levels that are kept; deeper elements are written by their text."""

_KEPT = ("id", "colspan", "rowspan", "scope", "headers", "start")
_MOST_PIECES = 200_000


class Rewriter:
    """Writes elements by their names. `names` are the HTML elements that stand for them, empty for one that is left
    out; `rules` write the others; an element without either is written by its contents."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self.rules: dict[str, Rule] = {}
        self._depth = 0

    def contents(self, element: etree._Element, out: etree._Element) -> None:
        """Write all that an element holds."""
        if self._depth >= _DEEPEST:
            say(" ".join(map(str, element.itertext())), out)
            return
        self._depth += 1
        _say(element.text, out)
        for each in element:
            if isinstance(each.tag, str):
                self.write(each, out)
            _say(each.tail, out)
        self._depth -= 1

    def write(self, element: etree._Element, out: etree._Element) -> None:
        """Write an element."""
        name = name_of(element)
        if name in self.rules:
            self.rules[name](element, out)
        elif name == "math":
            formula = copy.deepcopy(element)
            formula.tail = None
            out.append(formula)
        elif name in self._names:
            if self._names[name]:
                self.put(self._names[name], element, out)
        else:
            self._transparently(element, out)

    def put(self, tag: str, element: etree._Element, out: etree._Element, **attributes: str) -> etree._Element:
        """Write an element as an HTML element with its contents; return that."""
        written = etree.SubElement(out, tag, kept(element) | attributes)
        self.contents(element, written)
        return written

    def _transparently(self, element: etree._Element, out: etree._Element) -> None:
        own = kept(element)
        if own:
            out = etree.SubElement(out, "div" if out.tag in _HOLDS_BLOCKS else "span", own)
        self.contents(element, out)


def put_loose_texts_into_paragraphs(root: etree._Element, names: Collection[str]) -> None:
    """Put each text that stands directly in an element of these names, which should hold elements only, into a
    paragraph: damaged documents have such texts, and no word may be lost."""
    for element in [each for each in root.iter() if name_of(each) in names]:
        texts = [element.text, *(each.tail for each in element)]
        for at, text in reversed([*enumerate(texts)]):
            if text and text.strip():
                paragraph = element.makeelement(etree.QName(etree.QName(element).namespace, "p"))
                paragraph.text = text
                element.insert(at, paragraph)
        element.text = None
        for each in element:
            each.tail = None


def kept(element: etree._Element) -> dict[str, str]:
    """Return the attributes of an element that mean the same in HTML."""
    found = {name: value for name in _KEPT if (value := element.get(name))}
    if language := element.get(XML_LANG):
        found["lang"] = language
    return found


def texts_of(*elements: etree._Element | None, unseen: frozenset[str] = frozenset()) -> list[str]:
    """Return the texts of elements, as the document has them, for the account; without those of unseen elements."""
    found: list[str] = []
    for element in elements:
        if element is None:
            continue
        hidden = {each for name in unseen for each in element.iter(f"{{*}}{name}")}
        for text in islice(_nodes(element, hidden), _MOST_PIECES):
            found.append(text)
    return found


def line_in(element: etree._Element | None) -> str:
    """Return the text of an element on one line; empty if there is none."""
    return "" if element is None else " ".join(" ".join(map(str, element.itertext())).split())


def _nodes(element: etree._Element, hidden: set[etree._Element]) -> list[str]:
    found: list[str] = []
    stack: list[etree._Element | str] = [element]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            found.append(each)
            continue
        tail = each.tail if each is not element else None
        if tail and tail.strip():
            stack.append(tail)
        if name_of(each) == "math":
            found.append(formula_text(each))
        elif isinstance(each.tag, str) and each not in hidden:
            stack.extend(reversed(each))
            if each.text and each.text.strip():
                found.append(each.text)
    return found


def _say(text: str | None, out: etree._Element) -> None:
    if text and not (out.tag in _HOLDS_BLOCKS and text.isspace()):
        say(text, out)
