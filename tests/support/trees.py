"""What a browser tells assistive technology of a document's structure, as facts that can be compared.

The facts come from Chromium's accessibility tree (CDP, Accessibility.getFullAXTree), and where that holds none (spans
of cells, targets of links, languages, readings) from the elements that its nodes stand for.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag

from support.header_cells import header_cells

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Facts = dict[str, list[Any]]

_NOT_TEXT = {"ListMarker", "DisclosureTriangle", "doc-noteref", "doc-backlink", "doc-pagebreak", "InlineTextBox"}
_FORMULAS = {"MathMLMath", "math"}
_LETTERS = 18
"""Of the text at the target of a link, as many as are compared."""
_CHANGES = {"deletion", "insertion", "emphasis", "strong", "subscript", "superscript", "code"}
_SET_APART = {"aside", "blockquote", "li", "td", "th", "figure", "dd"}


@dataclass(eq=False)
class Element:
    """An element or a text of a page."""

    name: str
    attributes: dict[str, str]
    text: str
    parent: Element | None
    children: list[Element] = field(default_factory=list)

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()

    def within(self) -> Iterator[Element]:
        """This element and all in it, in order."""
        yield self
        for child in self.children:
            yield from child.within()

    def around(self) -> Iterator[Element]:
        """The elements around this one, from the inside."""
        if self.parent:
            yield self.parent
            yield from self.parent.around()


@dataclass(eq=False)
class Node:
    """A node of the accessibility tree that is not ignored."""

    role: str
    name: str
    level: int
    url: str
    element: Element | None
    children: list[Node] = field(default_factory=list)

    def within(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.within()


@dataclass(eq=False)
class Tree:
    """A page: what is told of the element that matters, and all elements of the page in order."""

    root: Node
    elements: list[Element]


def tree_of(page: Any, selector: str) -> Tree:
    """The tree of an open page below the element that a selector finds."""
    session = page.context.new_cdp_session(page)
    by_id: dict[int, Element] = {}
    document = _element(session.send("DOM.getDocument", {"depth": -1})["root"], None, by_id)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    (wanted,) = page.evaluate("selector => [...document.querySelectorAll(selector)].map(found => found.id)", selector)
    session.detach()
    told = next(iter(_nodes(next(iter(nodes)), nodes, by_id)))
    root = next(node for node in told.within() if node.element and _is(node.element, selector, wanted))
    return Tree(root, list(document.within()))


def _is(element: Element, selector: str, identity: str) -> bool:
    return element.name == selector and element.attributes.get("id", "") == identity


def _element(node: dict[str, Any], parent: Element | None, by_id: dict[int, Element]) -> Element:
    pairs = node.get("attributes", [])
    attributes = dict(zip(pairs[::2], pairs[1::2], strict=True))
    made = Element(node["localName"] or node["nodeName"], attributes, node.get("nodeValue", ""), parent)
    made.children = [_element(child, made, by_id) for child in node.get("children", [])]
    by_id[node["backendNodeId"]] = made
    return made


def _nodes(identity: str, nodes: dict[str, Any], by_id: dict[int, Element]) -> list[Node]:
    """The node, or, where it is ignored, those that stand in its place."""
    node = nodes[identity]
    children = [made for child in node.get("childIds", []) if child in nodes for made in _nodes(child, nodes, by_id)]
    if node.get("ignored"):
        return children
    told = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
    name = str(node.get("name", {}).get("value", ""))
    element = by_id.get(node.get("backendDOMNodeId", -1))
    return [
        Node(node["role"]["value"], name, int(told.get("level") or 0), str(told.get("url") or ""), element, children)
    ]


# --- text


def text_of(node: Node, leave_out: Callable[[Node], bool] = lambda node: False) -> str:
    """What is told of a node as text: of a picture its name, of a formula its words; no labels, no marks of notes."""
    return " ".join("".join(_pieces(node, leave_out)).split())


def _pieces(node: Node, leave_out: Callable[[Node], bool]) -> Iterator[str]:
    if node.role in _NOT_TEXT or leave_out(node) or any(map(_is_added, _from(node))):
        return
    if node.role in _FORMULAS and node.element:
        yield node.element.attributes.get("alttext") or node.element.attributes.get("aria-label") or node.name
    elif node.role in ("StaticText", "image"):
        yield node.name
    elif node.role == "LineBreak":
        yield "\n"
    else:
        apart = node.role in (
            "paragraph",
            "listitem",
            "term",
            "definition",
            "row",
            "cell",
            "Figcaption",
            "sectionfooter",
        )
        yield " " if apart else ""
        for child in node.children:
            yield from _pieces(child, leave_out)
        yield " " if apart else ""


def _from(node: Node) -> list[Element]:
    """The element of a node, and of a text what it is in."""
    element = node.element
    if element is None:
        return []
    return [element, *([element.parent] if element.name == "#text" and element.parent else [])]


def _rows_of(table: Node) -> Iterator[Node]:
    """The rows of a table, without those of tables in its cells."""
    for child in table.children:
        if child.role == "row":
            yield child
        elif child.role != "table":
            yield from _rows_of(child)


def _is_added(element: Element) -> bool:
    return element.has_class("label") or element.name in ("rt", "rp", "summary")


# --- facts


def facts_of(trees: Sequence[Tree]) -> Facts:
    """The facts of a document in one page or in several: of each kind a list in the order in which they are read."""
    book = _Book(trees)
    kinds: dict[str, Callable[[Tree], Iterator[Any]]] = {
        "headings": book.headings,
        "lists": book.lists,
        "definitions": book.definitions,
        "tables": book.tables,
        "links": book.links,
        "images": book.images,
        "descriptions": book.descriptions,
        "figures": book.figures,
        "quotes": book.quotes,
        "programs": book.programs,
        "notes": book.notes,
        "changes": book.changes,
        "lines": book.lines,
        "formulas": book.formulas,
        "readings": book.readings,
        "languages": book.languages,
        "breaks": book.breaks,
    }
    return {kind: [fact for tree in trees for fact in facts(tree)] for kind, facts in kinds.items()}


class _Book:
    """Pages whose links lead to each other."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._order = [element for tree in trees for element in tree.elements]
        self._places = {id(element): place for place, element in enumerate(self._order)}
        self._named = {element.attributes["id"]: element for element in self._order if "id" in element.attributes}
        self._links_back = {id(link) for link in self._order if self._is_back_link(link)}
        self._note_bodies = {id(body) for body in map(self._note_of, self._order) if body}

    # --- notes: a link leads to something that leads back to it

    def _target(self, link: Element) -> Element | None:
        address, fragment = urldefrag(link.attributes.get("href", ""))
        is_here = ":" not in address and (not address or address.endswith((".xhtml", ".html")))
        return self._named.get(unquote(fragment)) if link.name == "a" and fragment and is_here else None

    def _note_of(self, link: Element) -> Element | None:
        """The note that a link is the mark of: it holds more than links."""
        body = self._target(link)
        if body is None or all(_is_of_link(each) for each in body.within() if each.name == "#text"):
            return None
        back = (self._target(each) for each in body.within())
        return body if any(each is link or each in link.around() for each in back if each) else None

    def _is_back_link(self, link: Element) -> bool:
        mark = self._target(link)
        marks = [each for each in mark.within() if each.name == "a"] if mark else []
        return any((body := self._note_of(each)) is not None and link in body.within() for each in marks)

    def _is_of_notes(self, node: Node) -> bool:
        return node.element is not None and id(node.element) in self._note_bodies

    def notes(self, tree: Tree) -> Iterator[Any]:
        """Mark, text, and the letters before the mark."""
        bodies = {id(node.element): node for node in tree.root.within() if node.element}
        said = ""
        for node in tree.root.within():
            if node.element and self._is_mark(node.element):
                body = self._note_of(node.element)
                assert body is not None
                yield _spaced(_plain(node)), text_of(bodies[id(body)], self._leads_back), said.rstrip()[-12:]
            elif node.role == "StaticText" and not any(map(self._is_mark, _around(node))):
                said += node.name

    def _is_mark(self, element: Element) -> bool:
        return element.name == "a" and self._note_of(element) is not None and id(element) not in self._links_back

    def _leads_back(self, node: Node) -> bool:
        return node.element is not None and id(node.element) in self._links_back

    # --- the others

    def headings(self, tree: Tree) -> Iterator[Any]:
        """Level and text. Levels are counted without those that a document skips; those set apart have none."""
        above = [0]
        for node in tree.root.within():
            if node.role == "heading" and node.element:
                if any(element.name in _SET_APART for element in node.element.around()):
                    yield None, text_of(node, self._is_mark_node)
                    continue
                while above[-1] >= node.level:
                    above.pop()
                above.append(node.level)
                yield len(above) - 1, text_of(node, self._is_mark_node)

    def _is_mark_node(self, node: Node) -> bool:
        return node.element is not None and self._is_mark(node.element)

    def lists(self, tree: Tree) -> Iterator[Any]:
        """The lists that are in no other."""
        yield from self._lists_in(tree.root)

    def _lists_in(self, node: Node) -> Iterator[Any]:
        for child in node.children:
            if child.role == "list":
                items = [self._item(item) for item in child.children if not self._is_of_notes(item)]
                if items:
                    yield items
            elif not self._is_of_notes(child):
                yield from self._lists_in(child)

    def _item(self, item: Node) -> Any:
        """Mark, text and the lists in it."""
        marker = next((child.name.strip() for child in item.children if child.role == "ListMarker"), "")

        def is_other(node: Node) -> bool:
            return node.role == "list" or self._is_of_notes(node) or self._is_mark_node(node)

        return marker, text_of(item, is_other), list(self._lists_in(item))

    def definitions(self, tree: Tree) -> Iterator[Any]:
        for node in tree.root.within():
            if node.role == "DescriptionList":
                yield [(each.role, text_of(each)) for each in node.within() if each.role in ("term", "definition")]

    def tables(self, tree: Tree) -> Iterator[Any]:
        """Caption, and of each row its cells: role, text, columns, rows and the texts of the cells that head it."""
        for node in tree.root.within():
            if node.role == "table" and node.element:
                caption = next((text_of(each) for each in node.within() if each.role == "caption"), "")
                rows = list(_rows_of(node))
                cells = {id(cell.element): self._cell_text(cell) for row in rows for cell in row.children}
                heads = header_cells(node.element)
                yield caption, [[self._cell(cell, heads, cells) for cell in row.children] for row in rows]

    def _cell_text(self, cell: Node) -> str:
        return text_of(cell, self._is_mark_node)

    def _cell(self, cell: Node, heads: dict[int, list[Element]], texts: dict[int, str]) -> Any:
        assert cell.element is not None
        spans = [int(cell.element.attributes.get(name, "1")) for name in ("colspan", "rowspan")]
        headers = sorted(texts[id(head)] for head in heads[id(cell.element)])
        return cell.role, texts[id(cell.element)], *spans, headers

    def links(self, tree: Tree) -> Iterator[Any]:
        """Text and address; of links inside the document the text to which they lead. A link over two sentences may be
        written as two."""
        found: list[tuple[str, str]] = []
        is_apart = True
        for node in tree.root.within():
            if node.role == "StaticText" and node.name.strip() and not any(e.name == "a" for e in _around(node)):
                is_apart = True
            if node.role != "link" or not (target := self._led_to(node)):
                continue
            if found and not is_apart and found[-1][1] == target:
                found[-1] = (f"{found[-1][0]} {text_of(node)}", target)
            else:
                found.append((text_of(node), target))
            is_apart = False
        yield from found

    def _led_to(self, link: Node) -> str:
        """Where a link leads; nowhere where it is of a note, or of a kind that no edition has."""
        element = link.element
        if element is None or self._is_mark(element) or id(element) in self._links_back:
            return ""
        target = self._target(element)
        if target is not None:
            return f"→ {self._text_from(target)}"
        return link.url if re.match(r"https?:|mailto:|tel:", link.url) else ""

    def _text_from(self, target: Element) -> str:
        """How the text begins at an element."""
        text = ""
        for element in self._order[self._places[id(target)] :]:
            if element.name == "#text" and not any(self._is_added(each) for each in element.around()):
                text += "".join(element.text.split())
                if len(text) >= _LETTERS:
                    break
        return text[:_LETTERS]

    def _is_added(self, element: Element) -> bool:
        return _is_added(element) or self._is_mark(element)

    def images(self, tree: Tree) -> Iterator[Any]:
        """Names. Where a picture is not held, its words stand in its place, and tell what they are."""
        names: list[str] = []
        for node in tree.root.within():
            element = node.element
            if node.role == "image":
                names.append(_spaced(node.name))
            elif node.role == "paragraph" and element and element.has_class("picture"):
                assert any(each.has_class("label") for each in element.within()), text_of(node)
                names.append(text_of(node))
            elif node.role == "paragraph" and element and element.has_class("alternative"):
                names[-1] += f" {text_of(node)}"
        yield from names

    def descriptions(self, tree: Tree) -> Iterator[Any]:
        """Of pictures that are described: name and description."""
        nodes = {id(node.element): node for node in tree.root.within() if node.element}
        for node in tree.root.within():
            if node.role == "image" and node.element:
                attributes = node.element.attributes
                name = attributes.get("aria-details") or attributes.get("aria-describedby")
                if name:
                    yield _spaced(node.name), text_of(nodes[id(self._named[name])])

    def figures(self, tree: Tree) -> Iterator[Any]:
        """Captions."""
        for node in tree.root.within():
            if node.role == "figure":
                yield next((text_of(each) for each in node.within() if each.role == "Figcaption"), "")

    def quotes(self, tree: Tree) -> Iterator[Any]:
        for node in tree.root.within():
            if node.role == "blockquote":
                yield [text_of(part) for part in node.children]

    def programs(self, tree: Tree) -> Iterator[Any]:
        """Lines, with their indents."""
        for node in tree.root.within():
            if node.role == "code" and node.element and node.element.parent and node.element.parent.name == "pre":
                yield "".join(each.name for each in node.within() if each.role in ("StaticText", "LineBreak")).split(
                    "\n"
                )

    def changes(self, tree: Tree) -> Iterator[Any]:
        """What is struck, inserted, stressed, raised, lowered, or of a program."""
        for node in tree.root.within():
            in_pre = node.element and any(each.name == "pre" for each in node.element.around())
            if node.role in _CHANGES and not in_pre and (text := text_of(node, self._is_mark_node)):
                yield node.role, text

    def lines(self, tree: Tree) -> Iterator[Any]:
        """Paragraphs of several lines."""
        for node in tree.root.within():
            if node.role == "paragraph" and any(each.role == "LineBreak" for each in node.within()):
                yield [_spaced(line) for line in "".join(_pieces(node, self._is_mark_node)).split("\n")]

    def formulas(self, tree: Tree) -> Iterator[Any]:
        for node in tree.root.within():
            if node.role in _FORMULAS:
                yield text_of(node)

    def readings(self, tree: Tree) -> Iterator[Any]:
        for node in tree.root.within():
            if node.element and node.element.name == "ruby" and node.role == "Ruby":
                rt = (each for each in node.element.within() if each.name == "rt")
                yield text_of(node), ["".join(text.text for text in each.within()) for each in rt]

    def languages(self, tree: Tree) -> Iterator[Any]:
        """What is in another language than what is around it."""
        root = tree.root.element
        for element in root.within() if root else ():
            outer = next((each.attributes["lang"] for each in element.around() if "lang" in each.attributes), "")
            if element.attributes.get("lang", outer) != outer:
                yield element.attributes["lang"], _spaced("".join(text.text for text in element.within()))

    def breaks(self, tree: Tree) -> Iterator[Any]:
        yield from (node.role for node in tree.root.within() if node.role == "separator")


def _around(node: Node) -> list[Element]:
    return list(node.element.around()) if node.element else []


def _is_of_link(text: Element) -> bool:
    return not text.text.strip() or any(element.name == "a" for element in text.around())


def _plain(node: Node) -> str:
    return "".join(each.name for each in node.within() if each.role == "StaticText")


def _spaced(text: str) -> str:
    return " ".join(text.split())


# --- comparison


def differences(source: Facts, ours: Facts, *, levels: bool = True) -> list[str]:
    """In what an edition's facts are others than its source's. A book of several documents has no common levels."""
    found: list[str] = []
    for kind, facts in source.items():
        others = ours[kind]
        if kind == "headings" and not levels:
            facts, others = [text for _, text in facts], [text for _, text in others]
        pairs = itertools.zip_longest(facts, others, fillvalue="nothing")
        found += (f"{kind}: {fact} in the source, {other} in the edition" for fact, other in pairs if fact != other)
    return found


def page_tree(browser: Browser, path: Path, selector: str) -> Tree:
    """The tree of a file."""
    page = browser.new_page()
    page.goto(path.as_uri())
    tree = tree_of(page, selector)
    page.close()
    return tree
