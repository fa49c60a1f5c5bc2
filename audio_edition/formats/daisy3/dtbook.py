"""The text of a DAISY 3 book as DTBook 2005-3, made of the XHTML that DAISY 2.02 has: its vocabulary is near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from audio_edition.formats.markup import Body

TEXT = "text.xml"
_NAMESPACE = "http://www.daisy.org/z3986/2005/dtbook/"
_DOCTYPE = (
    '<!DOCTYPE dtbook PUBLIC "-//NISO//DTD dtbook 2005-3//EN" "http://www.daisy.org/z3986/2005/dtbook-2005-3.dtd">'
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | {"p", "ul", "ol", "dl", "div", "table", "blockquote", "pre", "hr", "img"}
_RENAMED = {
    "notebody": ("note", {}),
    "sidebar": ("sidebar", {"render": "optional"}),
    "optional-prodnote": ("prodnote", {"render": "optional"}),
}
"""What a div of a class becomes."""
_IN_A_GROUP = frozenset({"picture", "optional-prodnote", "caption"})
_KEPT = frozenset({
    "id", "class", "dir", "src", "alt", "width", "height", "href", "start", "scope", "headers", "colspan", "rowspan",
})  # fmt: skip
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ELEMENTS = frozenset({
    "p", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tr", "th", "td", "blockquote", "br", "em", "strong",
    "sup", "sub", "code", "span", "a", "img", "li",
})  # fmt: skip
"""What both have under the same name."""


def dtbook(bodies: Sequence[Body], sounds: Mapping[str, str], facts: Mapping[str, str]) -> bytes:
    """Return the text as a file. `sounds` is what plays an element, by its id."""
    root = etree.Element("dtbook", {"version": "2005-3", _LANGUAGE: facts["language"]})
    head = etree.SubElement(root, "head")
    for name, content in (("dtb:uid", "uid"), ("dc:Title", "title"), ("dtb:generator", "generator")):
        etree.SubElement(head, "meta", {"name": name, "content": facts[content]})
    book = etree.SubElement(root, "book")
    etree.SubElement(etree.SubElement(book, "frontmatter"), "doctitle").text = facts["title"]
    _add_levels(etree.SubElement(book, "bodymatter"), bodies, sounds)
    written = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype=_DOCTYPE)
    return written.replace(b"<dtbook ", f'<dtbook xmlns="{_NAMESPACE}" '.encode(), 1) + b"\n"


def _add_levels(bodymatter: etree._Element, bodies: Sequence[Body], sounds: Mapping[str, str]) -> None:
    """Add a level for each chapter, inside that of the nearest one above it. A chapter without a heading stands beside
    the one before."""
    inside = [bodymatter]
    for body in bodies:
        depth = body.depth or max(len(inside) - 1, 1)
        del inside[depth:]
        level = etree.SubElement(inside[-1], f"level{len(inside)}", {"id": body.chapter.id})
        _Writer(sounds, body.depth).fill(level, _parsed(body))
        if all(child.tag in _HEADINGS for child in level):
            etree.SubElement(level, "p")
        inside.append(level)


def _parsed(body: Body) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(f"<body>{body.markup}</body>".encode("utf-8", "replace"), parser)


class _Writer:
    """Writes the elements of a chapter whose heading has a depth."""

    def __init__(self, sounds: Mapping[str, str], depth: int) -> None:
        self._sounds = sounds
        self._depth = depth

    def fill(self, target: etree._Element, source: etree._Element) -> None:
        """Write what an element holds into another."""
        target.text = source.text
        for child in source:
            written = self._element(child, target)
            written.tail = child.tail
            target.append(written)

    def _element(self, source: etree._Element, parent: etree._Element) -> etree._Element:
        name, kind = str(source.tag), str(source.get("class", ""))
        match name:
            case "ul" | "ol":
                return self._list(source)
            case "hr":
                return etree.Element("p", {"class": "scene-break"})
            case "pre":
                return self._program(source)
            case "div":
                return self._block(source, kind)
            case "del" | "ins":
                return self._filled("span", source, {"class": "struck" if name == "del" else "inserted"})
            case "span":
                return self._span(source, kind)
            case "a" if ":" in str(source.get("href")):
                return self._filled("a", source, {"external": "true"})
            case _ if name in _HEADINGS:
                kind = self._heading(source, parent)
                return self._filled(kind, source, {"class": "heading"} if kind == "p" else {})
            case _:
                return self._filled(name if name in _ELEMENTS else "span", source)

    def _span(self, source: etree._Element, kind: str) -> etree._Element:
        """Return the mark of a note, the number of a page, a sentence, or a stretch of one."""
        if kind == "noteref":
            return self._mark_of_a_note(source)
        if kind.startswith("page-"):
            return self._page(source, kind)
        return self._filled("sent" if source.get("id") in self._sounds else "span", source)

    def _filled(self, name: str, source: etree._Element, more: Mapping[str, str] | None = None) -> etree._Element:
        target = etree.Element(name, self._attributes(source) | dict(more or {}))
        self.fill(target, source)
        return target

    def _attributes(self, source: etree._Element) -> dict[str, str]:
        attributes = {str(name): str(value) for name, value in source.attrib.items() if name in _KEPT}
        if language := source.get(_LANGUAGE):
            attributes[_LANGUAGE] = str(language)
        if sound := self._sounds.get(attributes.get("id", "")):
            attributes["smilref"] = sound
        return attributes

    def _heading(self, source: etree._Element, parent: etree._Element) -> str:
        """Return what a heading becomes: that of the level, a bridgehead, the head of a box, or a paragraph."""
        place = str(parent.tag)
        if place.startswith("level") and self._depth and source.getprevious() is None:
            return f"h{place[-1]}"
        return {"sidebar": "hd", "div": "bridgehead"}.get(place, "bridgehead" if place.startswith("level") else "p")

    def _list(self, source: etree._Element) -> etree._Element:
        """Return a list. Where it counts as DTBook can't, the numbers are written."""
        written = source.tag == "ol" and any(item.get("value") for item in source)
        attributes = {name: value for name, value in self._attributes(source).items() if name != "start"}
        if source.tag == "ol" and not written:
            attributes |= {name: str(source.get(name)) for name in ("start",) if source.get(name)}
            attributes["enum"] = str(source.get("type", "1"))
        kind = "pl" if written else str(source.tag)
        target = etree.Element("list", attributes | {"type": kind})
        self.fill(target, source)
        if written:
            _number(target, source)
        return target

    def _program(self, source: etree._Element) -> etree._Element:
        target = etree.Element("p", {"class": "program"})
        (code,) = source
        written = self._filled("code", code, {_SPACE: "preserve"})
        target.append(written)
        return target

    def _block(self, source: etree._Element, kind: str) -> etree._Element:
        """Return a note, a box, a description, a figure, or a division; a paragraph where it holds text alone."""
        if kind in _RENAMED:
            name, more = _RENAMED[kind]
            return self._filled(name, source, more)
        grouped = [each.tag == "div" and str(each.get("class")) in _IN_A_GROUP for each in source]
        if kind == "figure" and grouped and all(grouped):
            return self._group(source)
        if any(child.tag in _BLOCKS or str(child.get("class")).startswith("page-") for child in source):
            target = etree.Element("div", self._attributes(source))
            self._fill_with_blocks(target, source)
            return target
        return self._filled("p", source)

    def _fill_with_blocks(self, target: etree._Element, source: etree._Element) -> None:
        """Write what an element holds into one that holds blocks alone: text among them becomes a paragraph."""
        loose: etree._Element | None = None
        for child in source:
            is_block = child.tag in _BLOCKS or str(child.get("class")).startswith("page-")
            if is_block:
                loose = None
            elif loose is None:
                loose = etree.SubElement(target, "p")
            holder = target if loose is None else loose
            written = self._element(child, holder)
            written.tail = None if is_block else child.tail
            holder.append(written)

    def _group(self, source: etree._Element) -> etree._Element:
        """Return pictures with their descriptions and caption."""
        target = etree.Element("imggroup", self._attributes(source))
        for part in source:
            match str(part.get("class")):
                case "picture":
                    target.extend(self._element(image, target) for image in part)
                case "caption":
                    target.append(self._filled("caption", part))
                case _:
                    target.append(self._element(part, target))
        return target

    def _mark_of_a_note(self, source: etree._Element) -> etree._Element:
        address = str(source.get("bodyref")).partition("#")[2]
        attributes = {name: value for name, value in self._attributes(source).items() if name != "class"}
        target = etree.Element("noteref", attributes | {"idref": f"#{address}"})
        target.text = "".join(source.itertext())
        return target

    def _page(self, source: etree._Element, kind: str) -> etree._Element:
        attributes = {name: value for name, value in self._attributes(source).items() if name != "class"}
        target = etree.Element("pagenum", attributes | {"page": kind.removeprefix("page-")})
        target.text = "".join(source.itertext())
        return target


def _number(target: etree._Element, source: etree._Element) -> None:
    """Write the numbers of a list before its items."""
    number = int(source.get("start", 1))
    for item, original in zip(target, source, strict=True):
        number = int(original.get("value", number))
        item.text = f"{number}. {(item.text or '').lstrip()}"
        number += 1
