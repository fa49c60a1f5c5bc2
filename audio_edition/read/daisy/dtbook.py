"""Converts a DTBook document to a tree of HTML elements (ANSI/NISO Z39.86-2005, 4; namespace and none)."""

from __future__ import annotations

import re

from lxml import etree

from audio_edition.read.lines import folded
from audio_edition.read.tree import name_of
from audio_edition.read.xml.rewrite import Rewriter, kept, line_in, put_loose_texts_into_paragraphs, texts_of

_NAMES = {
    "acronym": "span", "abbr": "span", "address": "address", "author": "p", "blockquote": "blockquote",
    "bridgehead": "p", "byline": "p", "caption": "figcaption", "cite": "cite", "code": "code", "covertitle": "",
    "dateline": "p", "dd": "dd", "dfn": "dfn", "div": "div", "dl": "dl", "docauthor": "p", "doctitle": "h1",
    "dt": "dt", "em": "em", "epigraph": "blockquote", "head": "", "imggroup": "figure", "kbd": "kbd", "li": "li",
    "link": "", "p": "p", "poem": "div", "q": "q", "samp": "samp", "strong": "strong", "sub": "sub", "sup": "sup",
    "table": "table", "tbody": "tbody", "td": "td", "tfoot": "tfoot", "th": "th", "thead": "thead", "tr": "tr",
}  # fmt: skip
_LEVEL = re.compile(r"level([1-6])?")
_HEADING = re.compile(r"h([1-6])")
_UNSEEN = frozenset({"head"})
_LOWEST = 6


def write_dtbook(dtbook: etree._Element, out: etree._Element) -> None:
    """Write the book of a document to the end of an element."""
    put_loose_texts_into_paragraphs(dtbook, ("dtbook", "list"))
    writer = _Writer({name: element for element in dtbook.iter() if (name := element.get("id"))})
    writer.contents(dtbook, out)


def seen_in(dtbook: etree._Element) -> list[str]:
    """Return the texts of a document, without a title of the cover that the document's own says."""
    titles = {folded(line_in(title)) for title in dtbook.iter("{*}doctitle")}
    covers = [cover for cover in dtbook.iter("{*}covertitle") if folded(line_in(cover)) not in titles]
    return [*texts_of(dtbook, unseen=_UNSEEN | {"covertitle"}), *texts_of(*covers)]


class _Writer(Rewriter):
    """Writes one document."""

    def __init__(self, by_id: dict[str, etree._Element]) -> None:
        super().__init__(_NAMES)
        self._by_id = by_id
        self._level = 0
        self.rules = {
            "a": self._link,
            "annoref": self._reference,
            "annotation": self._note,
            "br": self._break,
            "covertitle": self._cover_title,
            "hd": self._heading,
            "levelhd": self._heading,
            "lic": self._part_of_item,
            "img": self._image,
            "line": self._line,
            "linegroup": self._lines,
            "linenum": self._line_number,
            "list": self._list,
            "note": self._note,
            "noteref": self._reference,
            "pagenum": self._page,
            "poem": self._poem,
            "prodnote": self._description,
            "sidebar": self._sidebar,
        }
        for level in range(1, _LOWEST + 1):
            self.rules[f"h{level}"] = self._heading
            self.rules[f"level{level}"] = self._part
        self.rules["level"] = self._part
        self.rules["table"] = self._table

    def _part(self, part: etree._Element, out: etree._Element) -> None:
        before = self._level
        found = _LEVEL.fullmatch(name_of(part))
        self._level = int(found[1]) if found and found[1] else before + 1
        self.put("div", part, out)
        self._level = before

    def _heading(self, heading: etree._Element, out: etree._Element) -> None:
        found = _HEADING.fullmatch(name_of(heading))
        around = heading.getparent()
        is_of_part = found is None and around is not None and name_of(around) in ("list", "poem", "sidebar")
        level = int(found[1]) if found else max(1, self._level)
        self.put("p" if is_of_part else f"h{min(level + 1, _LOWEST)}", heading, out)

    def _cover_title(self, title: etree._Element, out: etree._Element) -> None:
        """Write the title of the cover, unless the document's own says the same."""
        root = title.getroottree().getroot()
        if folded(line_in(title)) not in {folded(line_in(each)) for each in root.iter("{*}doctitle")}:
            self.put("p", title, out)

    def _page(self, page: etree._Element, out: etree._Element) -> None:
        written = etree.SubElement(out, "span", kept(page), role="doc-pagebreak")
        written.text = line_in(page)
        written.set("aria-label", line_in(page))

    def _note(self, note: etree._Element, out: etree._Element) -> None:
        self.put("aside", note, out, role="doc-footnote")

    def _reference(self, reference: etree._Element, out: etree._Element) -> None:
        name = (reference.get("idref") or "").removeprefix("#")
        written = self.put("a", reference, out)
        if name in self._by_id:
            written.set("role", "doc-noteref")
            written.set("href", f"#{name}")

    def _link(self, link: etree._Element, out: etree._Element) -> None:
        written = self.put("a", link, out)
        href = link.get("href", "")
        if ".smil" not in href.lower():
            written.set("href", href)

    def _break(self, mark: etree._Element, out: etree._Element) -> None:
        etree.SubElement(out, "br")

    def _image(self, image: etree._Element, out: etree._Element) -> None:
        written = etree.SubElement(out, "img", kept(image), src=image.get("src", ""))
        if (told := image.get("alt")) is not None:
            written.set("alt", told)

    def _description(self, note: etree._Element, out: etree._Element) -> None:
        """Write what a producer of the book says of a picture, or instead of something that can't be heard."""
        is_inline = out.tag in ("p", "li", "span", "td", "th", "em", "strong")
        self.put("span" if is_inline else "div", note, out)

    def _sidebar(self, box: etree._Element, out: etree._Element) -> None:
        self.put("aside", box, out, **{"class": "sidebar"})

    def _list(self, listed: etree._Element, out: etree._Element) -> None:
        is_numbered = listed.get("type") == "ol"
        written = etree.SubElement(out, "ol" if is_numbered else "ul", kept(listed))
        if is_numbered and (style := listed.get("enum", "")) in ("a", "A", "i", "I"):
            written.set("type", style)
        for part in listed:
            if name_of(part) == "li":
                self.put("li", part, written)
            elif name_of(part) == "hd":
                heading = etree.Element("p")
                self.contents(part, heading)
                written.addprevious(heading)
            elif name_of(part):
                self.write(part, etree.SubElement(written, "li") if not len(written) else written[-1])

    def _part_of_item(self, part: etree._Element, out: etree._Element) -> None:
        """Write a part of an item, such as a title of the contents or its page: each is apart from the next."""
        self.put("span", part, out)
        etree.SubElement(out, "span").text = " "

    def _table(self, table: etree._Element, out: etree._Element) -> None:
        written = self.put("table", table, out)
        for caption in written.iter("figcaption"):
            caption.tag = "caption"
        for mark in [part for part in written if part.get("role") == "doc-pagebreak"]:
            written.addprevious(mark)

    def _poem(self, poem: etree._Element, out: etree._Element) -> None:
        self.put("div", poem, out, **{"class": "poem"})

    def _lines(self, lines: etree._Element, out: etree._Element) -> None:
        self.put("div", lines, out, **{"class": "stanza"})

    def _line(self, line: etree._Element, out: etree._Element) -> None:
        """Write a line of verse; lines behind each other are parted."""
        if any(name_of(before) == "line" for before in line.itersiblings(preceding=True)):
            etree.SubElement(out, "br")
        self.put("span", line, out)

    def _line_number(self, number: etree._Element, out: etree._Element) -> None:
        etree.SubElement(out, "span", {"class": "linenum"}).text = line_in(number)
