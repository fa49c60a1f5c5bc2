"""Converts the runs of a paragraph to inline HTML elements (OpenDocument 1.3, part 3, 6)."""

from __future__ import annotations

import copy
from collections import Counter

from lxml import etree

from audio_edition.read.alternatives import alternative
from audio_edition.read.bold_lines import Look
from audio_edition.read.converted import say
from audio_edition.read.docx.forms import CheckBoxes
from audio_edition.read.docx.names import last_in
from audio_edition.read.docx.symbols import in_font
from audio_edition.read.left_out import LeftOut
from audio_edition.read.markup.elements import is_language
from audio_edition.read.odt.names import child, name_of, said, whole
from audio_edition.read.odt.notes import Notes
from audio_edition.read.odt.package import Package
from audio_edition.read.odt.styles import (
    Properties,
    Style,
    Styles,
    is_bold,
    is_hidden,
    is_italic,
    is_struck,
    is_underlined,
    look_of,
    raised,
)
from audio_edition.read.writing import Script, script_of

_MOST_SPACES = 100
_TAB = 4
_PLACES = frozenset({"text:bookmark", "text:bookmark-start", "text:reference-mark", "text:reference-mark-start"})
_SUFFIXES: dict[Script, str] = {"western": "", "asian": "-asian", "complex": "-complex"}
_UNREAD = frozenset(
    {
        "office:annotation-end", "office:event-listeners", "office:forms", "text:alphabetical-index-mark",
        "text:change", "text:change-end", "text:change-start", "text:label", "text:number",
        "text:reference-mark-end", "text:script", "text:sequence-decls", "text:soft-page-break", "text:toc-mark",
        "text:user-field-decls", "text:user-index-mark", "text:variable-decls",
    }
)  # fmt: skip
_SHAPES = frozenset(
    {
        "draw:caption", "draw:circle", "draw:connector", "draw:custom-shape", "draw:ellipse", "draw:line",
        "draw:measure", "draw:path", "draw:polygon", "draw:polyline", "draw:rect",
    }
)  # fmt: skip


class Runs:
    """Writes the runs of a document. `anchored` collects what follows the paragraph that it is anchored in: text boxes,
    and pictures outside of it; `looks` counts the looks of the paragraph's letters."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._package = package
        self._styles = styles
        self.notes = Notes()
        self.left_out = LeftOut()
        self.anchored: list[etree._Element] = []
        self.looks: Counter[Look] = Counter()
        self.check_boxes = CheckBoxes()
        self._letters: Counter[str] = Counter()

    def write(self, element: etree._Element, out: etree._Element, style: Style) -> None:
        """Write the contents of a paragraph in a style."""
        self._contents(element, out, style, style.properties)
        self.left_out.end_paragraph()

    def main_language(self) -> str:
        """Return the language of most of the text; empty if that is not stated."""
        return max(sorted(self._letters), key=lambda tag: self._letters[tag], default="")

    def _contents(self, element: etree._Element, out: etree._Element, style: Style, look: Properties) -> None:
        self._say(element.text, out, style, look)
        for each in element:
            if isinstance(each.tag, str):
                self._part(each, name_of(each), out, style, look)
            self._say(each.tail, out, style, look)

    def _part(self, part: etree._Element, name: str, out: etree._Element, style: Style, look: Properties) -> None:
        if name == "text:span":
            self._span(part, out, style, look)
        elif name == "text:a":
            self._contents(part, etree.SubElement(out, "a", href=_address(said(part, "xlink:href"))), style, look)
        elif name in ("text:s", "text:tab"):
            count = min(whole(said(part, "text:c")) or 1, _MOST_SPACES) if name == "text:s" else _TAB
            self._say(" " * count, out, style, look)
        elif name == "text:ruby":
            self._ruby(part, out, style, look)
        elif not self._is_left_out(part, name) and not self._mark(part, name, out):
            self._contents(part, out, style, look)

    def _mark(self, part: etree._Element, name: str, out: etree._Element) -> bool:
        """Write what has no text of its own in the paragraph; return whether the element is such."""
        if name in _UNREAD:
            return True
        if name == "text:line-break":
            etree.SubElement(out, "br")
        elif name == "text:note":
            self.notes.mark(part, out)
        elif name in _PLACES:
            etree.SubElement(out, "span", id=said(part, "text:name"))
        elif name.startswith("draw:"):
            self.draw(part, out)
        elif name == "field:fieldmark":
            self._field(part, out)
        elif name == "loext:content-control" and said(part, "loext:checkbox") == "true":
            self.check_boxes.write(out, said(part, "loext:checked") == "true")
        else:
            return False
        return True

    def _is_left_out(self, part: etree._Element, name: str) -> bool:
        """Record an element that is not read; return whether it is such."""
        if name == "office:annotation":
            self.left_out.comments = [*self.left_out.comments, text_in(part).strip()]
        elif name == "text:placeholder" or said(part, "loext:showing-place-holder") == "true":
            self.left_out.prompts.append(text_in(part))
        elif name in ("text:hidden-text", "text:conditional-text") and said(part, "text:is-hidden") == "true":
            self.left_out.hidden.append(text_in(part))
        else:
            return False
        return True

    def _field(self, mark: etree._Element, out: etree._Element) -> None:
        """Write a field of a form from Word: a check box, or the entry that was chosen from a list."""
        said_of = [(said(each, "field:name"), said(each, "field:value")) for each in mark]
        if said(mark, "field:type").endswith("FORMCHECKBOX"):
            self.check_boxes.write(out, ("Checkbox_Checked", "true") in said_of)
            return
        entries = [value for name, value in said_of if name == "Dropdown_ListEntry"]
        chosen = whole(next((value for name, value in said_of if name == "Dropdown_Selected"), ""))
        if chosen is not None and chosen < len(entries):
            say(entries[chosen], out)

    def _span(self, part: etree._Element, out: etree._Element, style: Style, look: Properties) -> None:
        own = self._styles.of("text", said(part, "text:style-name"))
        inner = {**look, **own.properties}
        if is_hidden(inner):
            self.left_out.hidden.append(text_in(part))
            return
        if own.kind == "code" != style.kind:
            out = etree.SubElement(out, "code")
        self._contents(part, out, style, inner)

    def _say(self, text: str | None, out: etree._Element, style: Style, look: Properties) -> None:
        if not text:
            return
        text = text if style.kind == "code" else text.replace("\n", " ")
        text = in_font(text.replace("\u2011", "-"), look.get("style:font-name", ""))
        written = say(text, self._within(out, text, style, look))
        if written is not None and (language := self._language(text, look)):
            written.set("lang", language)
        self.looks[look_of({**self._styles.default, **look})] += sum(map(str.isalnum, text))

    def _within(self, out: etree._Element, text: str, style: Style, look: Properties) -> etree._Element:
        """Return the element that takes a run's text, in the elements that its look stands for."""
        if text.isspace() or out.tag == "code":
            return out
        for tag in _tags(style, look, is_link=any(each.tag == "a" for each in (out, *out.iterancestors()))):
            last = last_in(out)
            out = last if last is not None and last.tag == tag else etree.SubElement(out, tag)
        return out

    def _language(self, text: str, look: Properties) -> str:
        """Return the BCP 47 tag of a text; empty if none says. English in the defaults says nothing, since programs put
        it there."""
        suffix = _SUFFIXES[script_of(text)]
        tag = _tag(look, suffix)
        if not tag and not suffix:
            tag = _tag(self._styles.default, suffix)
            tag = "" if tag.startswith("en") else tag
        tag = tag if is_language(tag) else ""
        self._letters[tag] += sum(map(str.isalpha, text))
        return tag

    def _ruby(self, part: etree._Element, out: etree._Element, style: Style, look: Properties) -> None:
        base, reading = child(part, "text:ruby-base"), child(part, "text:ruby-text")
        ruby = etree.SubElement(out, "ruby")
        if base is not None:
            self._contents(base, ruby, style, look)
        if reading is not None and (text := text_in(reading).strip()):
            etree.SubElement(ruby, "rt").text = text

    # --- drawings

    def draw(self, element: etree._Element, out: etree._Element) -> None:
        """Write a drawing: a picture or a formula into `out`, and what holds paragraphs behind its paragraph."""
        name = name_of(element)
        if name == "draw:frame":
            self._frame(element, out)
        elif name == "draw:a":
            link = etree.SubElement(out, "a", href=_address(said(element, "xlink:href")))
            for each in element:
                self.draw(each, link)
        elif name == "draw:g":
            for each in element:
                self.draw(each, out)
        elif name in _SHAPES and any(text.strip() for text in element.itertext()):
            self.anchored.append(element)

    def _frame(self, frame: etree._Element, out: etree._Element) -> None:
        for each in frame:
            name = name_of(each)
            if name == "draw:text-box":
                self.anchored.append(each)
                return
            if name == "draw:image":
                self._picture(frame, each, out)
                return
            if name in ("draw:object", "draw:object-ole") and self._object(each, out):
                return
            if name == "table:table":
                self.anchored.append(each)
                return

    def _picture(self, frame: etree._Element, image: etree._Element, out: etree._Element) -> None:
        written = etree.SubElement(out, "img", src=self._package.source(image))
        told = [
            " ".join(text_in(each).split())
            for each in (child(frame, "svg:desc"), child(frame, "svg:title"))
            if each is not None
        ]
        alt = next(filter(None, map(alternative, told)), None)
        if said(frame, "loext:decorative") == "true":
            alt = ""
        if alt is not None:
            written.set("alt", alt)

    def _object(self, draw: etree._Element, out: etree._Element) -> bool:
        """Write a formula; return whether the object is read. The picture of another one stands behind it."""
        formula = self._package.formula(draw)
        if formula is None:
            self.left_out.embedded += 1
            return False
        written = copy.deepcopy(formula)
        written.tail = None
        out.append(written)
        return True


def text_in(element: etree._Element) -> str:
    """Return the text of a part of a document in one piece, for quoting."""
    return "".join(texts_in(element))


def texts_in(element: etree._Element) -> list[str]:
    """Return the texts of a part of a document; a space stands between paragraphs."""
    texts = [element.text or ""]
    for each in element:
        name = name_of(each)
        if name in ("text:p", "text:h", "text:list-item", "text:tab", "text:line-break", "text:s"):
            texts.append(" ")
        if name not in ("dc:creator", "dc:date", "meta:creator-initials", "loext:sender-initials", ""):
            texts += texts_in(each)
        texts.append(each.tail or "")
    return texts


def _tags(style: Style, look: Properties, *, is_link: bool) -> list[str]:
    tags = []
    if is_bold(look) and not is_bold(style.of_named) and not style.is_heading:
        tags.append("strong")
    is_lined = is_underlined(look) and not is_underlined(style.of_named) and not style.is_heading and not is_link
    if is_italic(look) != is_italic(style.of_named) or is_lined:
        tags.append("em")
    if is_struck(look):
        tags.append("s")
    if (height := raised(look)) and height != raised(style.of_named):
        tags.append(height)
    return tags


def _tag(look: Properties, suffix: str) -> str:
    if said := look.get(f"style:rfc-language-tag{suffix}", ""):
        return said
    language, country = look.get(f"fo:language{suffix}", ""), look.get(f"fo:country{suffix}", "")
    if suffix:
        language, country = look.get(f"style:language{suffix}", ""), look.get(f"style:country{suffix}", "")
    if language in ("", "none", "zxx"):
        return ""
    return language if country in ("", "none") else f"{language}-{country}"


def _address(href: str) -> str:
    """Return where a link leads; LibreOffice names headings by their text, which no anchor has."""
    return "" if href.endswith("|outline") else href
