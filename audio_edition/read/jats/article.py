"""Converts a scholarly article (JATS 1.3) to a tree of HTML elements: abstracts, body, back matter but references."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.model import Finding
from audio_edition.read.about import About
from audio_edition.read.document import Document
from audio_edition.read.docx.names import last_in
from audio_edition.read.jats.metadata import about_of
from audio_edition.read.lines import speakable
from audio_edition.read.tree import document_tree, each, name_of, take_out
from audio_edition.read.xml.rewrite import Rewriter, kept, line_in, put_loose_texts_into_paragraphs, texts_of

_NAMES = {
    "attrib": "cite", "bold": "strong", "code": "pre", "def-list": "dl", "def": "dd", "disp-quote": "blockquote",
    "italic": "em", "monospace": "code", "p": "p", "preformat": "pre", "speech": "p", "strike": "s", "sub": "sub",
    "sup": "sup", "tbody": "tbody", "td": "td", "term": "dt", "tfoot": "tfoot", "th": "th", "thead": "thead",
    "tr": "tr", "underline": "em",
    **dict.fromkeys(("kwd-group", "notes-type", "object-id", "permissions", "processing-meta", "sec-meta"), ""),
}  # fmt: skip
_HREF = "{http://www.w3.org/1999/xlink}href"
_LISTS = {"alpha-lower": "a", "alpha-upper": "A", "order": "1", "roman-lower": "i", "roman-upper": "I"}
_CITED = frozenset({"bibr", "bibl"})
_ABSTRACTS = frozenset({"abstract", "trans-abstract"})
_LEFT_OUT = frozenset({"ref-list", "sub-article", "response"})
_UNSEEN = frozenset({"object-id", "permissions", "processing-meta", "sec-meta"})
_OF_ELEMENTS = frozenset({"fig", "list", "table-wrap"})
_FORMS = ("math", "tex-math", "table", "textual-form", "graphic", "inline-graphic")
_TEX = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", re.DOTALL)
_NUMBER = "number"
_CLOSING = frozenset(",.;:)")
_LOWEST = 6


@dataclass(frozen=True, slots=True)
class ScholarlyArticle:
    """An article as a tree, with what it says of itself and all its texts."""

    root: etree._Element
    about: About
    seen: list[str]
    findings: tuple[Finding, ...]


def scholarly_article(document: Document) -> ScholarlyArticle:
    """Return the article. Raises ReadError."""
    root, findings = document_tree(document.data, document.name)
    body = next(each(root, "body"), None)
    abstracts = [found for found in each(root, "front/article-meta/abstract") if _is_read(found)]
    if body is None and not abstracts:
        raise ReadError(f"{document.name} is a scholarly article without its text.", "Get the article's full text.")
    _choose_forms(root)
    _number_items(root)
    back = next(each(root, "back"), None)
    parts = [*abstracts, *(part for part in (body, back) if part is not None)]
    others = [found for name in ("sub-article", "response") for found in each(root, name)]
    meta = next(each(root, "front/article-meta"), ())
    unread = [found for found in meta if name_of(found) in _ABSTRACTS and found not in abstracts]
    told = [*texts_of(*unread, unseen=_UNSEEN)] if not document.keep_all else []
    parts[len(abstracts) : len(abstracts)] = unread if document.keep_all else []
    seen = [*texts_of(*parts, *others, unseen=_UNSEEN), *told]  # before anything is moved
    put_loose_texts_into_paragraphs(root, _OF_ELEMENTS)
    by_id = {name: element for element in root.iter() if (name := element.get("id"))}
    marked = {name for mark in root.iter("{*}xref") for name in mark.get("rid", "").split()[:1]}
    writer = _Writer(by_id, marked, document.keep_all)
    written = etree.Element("body")
    for part in [*parts, *others]:
        writer.write(part, written)
    if told:
        message = "Left out: abstracts in other languages, highlights, and abstracts that are pictures or films."
        findings = (*findings, Finding("abstracts-left-out", "note", message, text=" ".join(told)))
    return ScholarlyArticle(written, about_of(root), seen, (*findings, *writer.findings()))


class _Writer(Rewriter):
    """Writes one article."""

    def __init__(self, by_id: dict[str, etree._Element], marked: set[str], keep_all: bool) -> None:
        super().__init__(_NAMES)
        self._by_id = by_id
        self._marked = marked
        self._level = 1
        self._cited: list[str] = []
        self._references: list[str] = []
        self.rules = {
            "abstract": self._section,
            "trans-abstract": self._section,
            "ack": self._section,
            "app": self._section,
            "boxed-text": self._box,
            "break": self._break,
            "caption": self._caption,
            "col": self._nothing,
            "colgroup": self._nothing,
            "def-item": self._definition,
            "disp-formula": self._formula,
            "ext-link": self._link,
            "fig": self._figure,
            "fn": self._note,
            "graphic": self._picture,
            "inline-graphic": self._picture,
            "label": self._label,
            "list": self._list,
            "sec": self._section,
            "table": self._table,
            "table-wrap": self._table_wrap,
            "tex-math": self._tex,
            "title": self._title,
            "uri": self._link,
            "verse-group": self._verse,
            "verse-line": self._line,
            "xref": self._reference,
        }
        if not keep_all:
            self.rules |= dict.fromkeys(_LEFT_OUT, self._leave_out)

    def findings(self) -> list[Finding]:
        """Return the findings for what is not read."""
        found = []
        if self._references:
            message = "Left out: the list of references, and reviews or answers that stand with the article."
            found.append(Finding("references-left-out", "note", message, text=" ".join(self._references)))
        if self._cited:
            message = f"Left out: marks of references to literature: {len(self._cited)}."
            found.append(Finding("citations-left-out", "note", message, text=" ".join(self._cited)))
        return found

    # --- sections

    def _section(self, section: etree._Element, out: etree._Element) -> None:
        self._level += 1
        self.put("div", section, out)
        self._level -= 1

    def _title(self, title: etree._Element, out: etree._Element) -> None:
        around = title.getparent()
        name = "" if around is None else name_of(around)
        if name in ("caption", "list", "def-list", "boxed-text", "verse-group", "fn-group", "disp-quote"):
            self.put("p", title, out)
            return
        heading = self.put(f"h{min(max(2, self._level), _LOWEST)}", title, out)
        label = None if around is None else next(each(around, "label"), None)
        if label is not None:
            heading.insert(0, _span(f"{line_in(label)} "))

    def _label(self, label: etree._Element, out: etree._Element) -> None:
        """Write a label, unless a title, a caption or a note takes it."""
        around = label.getparent()
        if around is None or name_of(around) in ("fn", "fig", "table-wrap", "list-item"):
            return
        if next(each(around, "title"), None) is None:
            self.put("p", label, out)

    def _box(self, box: etree._Element, out: etree._Element) -> None:
        self.put("aside", box, out, **{"class": "sidebar"})

    def _leave_out(self, element: etree._Element, out: etree._Element) -> None:
        self._references += texts_of(element, unseen=_UNSEEN)

    def _nothing(self, element: etree._Element, out: etree._Element) -> None:
        """Leave out an element that shows nothing."""

    # --- figures and tables

    def _figure(self, figure: etree._Element, out: etree._Element) -> None:
        written = etree.SubElement(out, "figure", kept(figure))
        told = _alternative_text(figure)
        for picture in figure.iter("{*}graphic"):
            self._put_picture(picture, written, told)
            told = ""
        for part in figure:
            if name_of(part) not in ("graphic", "alternatives", "alt-text", "long-desc", "label", "caption", ""):
                self.write(part, written)
        if next(each(figure, "alt-text"), None) is not None and (
            more := line_in(next(each(figure, "long-desc"), None))
        ):
            etree.SubElement(written, "p").text = more
        self._write_caption(figure, etree.SubElement(written, "figcaption"))

    def _write_caption(self, around: etree._Element, out: etree._Element) -> None:
        """Write the label, the title and the text of what has a caption."""
        label, caption = next(each(around, "label"), None), next(each(around, "caption"), None)
        if label is not None:
            etree.SubElement(out, "p").text = _ended(line_in(label))
        if caption is not None:
            self.contents(caption, out)

    def _caption(self, caption: etree._Element, out: etree._Element) -> None:
        self.put("div", caption, out)

    def _picture(self, picture: etree._Element, out: etree._Element) -> None:
        self._put_picture(picture, out, _alternative_text(picture))

    def _put_picture(self, picture: etree._Element, out: etree._Element, told: str) -> None:
        written = etree.SubElement(out, "img", src=picture.get(_HREF, ""))
        if told := _alternative_text(picture) or told:
            written.set("alt", told)

    def _table_wrap(self, wrap: etree._Element, out: etree._Element) -> None:
        tables = list(wrap.iter("{*}table"))
        before = len(out)
        for part in wrap:
            if name_of(part) not in ("label", "caption", ""):
                self.write(part, out)
        written = next((part for part in out[before:] if part.tag == "table"), None)
        caption = etree.Element("caption" if written is not None and tables else "div")
        self._write_caption(wrap, caption)
        if not line_in(caption):
            return
        if written is not None:
            written.insert(0, caption)
        else:
            out.insert(before, caption)

    def _table(self, table: etree._Element, out: etree._Element) -> None:
        self.put("table", table, out)

    # --- lists and verse

    def _list(self, listed: etree._Element, out: etree._Element) -> None:
        kind = _LISTS.get(listed.get("list-type", ""), "")
        written = etree.SubElement(out, "ol" if kind else "ul", kept(listed))
        if kind not in ("", "1"):
            written.set("type", kind)
        for part in listed:
            if name_of(part) == "list-item":
                self._item(part, written, is_numbered=bool(kind))
            elif name_of(part) == "title":
                title = etree.Element("p")
                self.contents(part, title)
                written.addprevious(title)
            elif name_of(part):
                self.write(part, written[-1] if len(written) else etree.SubElement(written, "li"))

    def _item(self, item: etree._Element, out: etree._Element, *, is_numbered: bool) -> None:
        written = etree.SubElement(out, "li", kept(item))
        label = line_in(next(each(item, "label"), None))
        if item.get(_NUMBER) is not None:
            written.set("value", item.get(_NUMBER, ""))
        elif speakable(label) and not is_numbered:
            etree.SubElement(written, "span").text = f"{label} "
        self.contents(item, written)

    def _definition(self, item: etree._Element, out: etree._Element) -> None:
        self.contents(item, out)

    def _verse(self, verse: etree._Element, out: etree._Element) -> None:
        self.put("div", verse, out, **{"class": "stanza"})

    def _line(self, line: etree._Element, out: etree._Element) -> None:
        if any(name_of(before) == "verse-line" for before in line.itersiblings(preceding=True)):
            etree.SubElement(out, "br")
        self.put("span", line, out)

    # --- inside text

    def _break(self, mark: etree._Element, out: etree._Element) -> None:
        etree.SubElement(out, "br")

    def _link(self, link: etree._Element, out: etree._Element) -> None:
        self.put("a", link, out, href=link.get(_HREF) or line_in(link))

    def _reference(self, reference: etree._Element, out: etree._Element) -> None:
        """Write the mark of a note, or a reference to a place in the article; one to literature is not read."""
        target = self._by_id.get("".join(reference.get("rid", "").split()[:1]))
        text = line_in(reference)
        is_mark = not any(map(str.isalpha, text))
        if reference.get("ref-type") in _CITED and is_mark:
            self._cited.append(text)
            before = last_in(out)
            if before is not None and (reference.tail or "")[:1] in _CLOSING:
                before.text = (before.text or "").rstrip()
        elif target is not None and name_of(target) == "fn":
            self.put("a", reference, out, role="doc-noteref", href=f"#{target.get('id')}")
        elif target is not None:
            self.put("a", reference, out, href=f"#{target.get('id')}")
        else:
            self.contents(reference, out)

    def _note(self, note: etree._Element, out: etree._Element) -> None:
        """Write a note; one amid a text is read behind its paragraph."""
        if out.tag in ("p", "span", "td", "th", "em", "strong", "figcaption", "caption", "li"):
            name = note.get("id") or f"note-{len(self._by_id) + 1}"
            self._by_id.setdefault(name, note)
            mark = etree.SubElement(out, "a", role="doc-noteref", href=f"#{name}")
            mark.text = line_in(next(each(note, "label"), None)) or "*"
            root = out.getroottree().getroot()
            self.put("aside", note, root, role="doc-footnote", id=name)
        else:
            written = self.put("aside", note, out, role="doc-footnote")
            if note.get("id") not in self._marked and (label := line_in(next(each(note, "label"), None))):
                first = written.find("p")
                (written if first is None else first).insert(0, _span(f"{label} "))

    # --- formulas

    def _formula(self, formula: etree._Element, out: etree._Element) -> None:
        written = self.put("div" if out.tag in ("div", "body") else "span", formula, out)
        for math in written.iter("{*}math"):
            math.set("display", "block")

    def _tex(self, source: etree._Element, out: etree._Element) -> None:
        etree.SubElement(out, "math", alttext=line_in(source))


def _choose_forms(root: etree._Element) -> None:
    """Leave one of the forms of the same thing: MathML, TeX without its surroundings, a table, a picture."""
    for forms in list(root.iter("{*}alternatives")):
        chosen = next((found for name in _FORMS if (found := next(each(forms, name), None)) is not None), None)
        for form in list(forms):
            if form is not chosen:
                take_out(form)
    for source in root.iter("{*}tex-math"):
        text = line_in(source)
        if written := _TEX.search(text):
            text = written[1]
        source.text = text.strip().strip("$").strip()
        for inside in list(source):
            source.remove(inside)


def _number_items(root: etree._Element) -> None:
    """Give items of numbered lists their numbers instead of labels."""
    for item in root.iter("{*}list-item"):
        around, label = item.getparent(), next(each(item, "label"), None)
        number = line_in(label).strip(".()[] ")
        if around is not None and label is not None and around.get("list-type", "") in _LISTS and number.isdecimal():
            item.set(_NUMBER, number[:6])
            take_out(label)


def _span(text: str) -> etree._Element:
    span = etree.Element("span")
    span.text = text
    return span


def _is_read(abstract: etree._Element) -> bool:
    """Return whether an abstract is one in words, of the article's own: not a picture, a list of highlights or a
    video."""
    return abstract.get("abstract-type", "") not in ("graphical", "teaser", "video", "web-summary")


def _alternative_text(element: etree._Element) -> str:
    """Return the description of a picture."""
    return next(
        filter(None, (line_in(found) for name in ("alt-text", "long-desc") for found in each(element, name))), ""
    )


def _ended(label: str) -> str:
    return label if not label or label[-1] in ".:" else f"{label}."
