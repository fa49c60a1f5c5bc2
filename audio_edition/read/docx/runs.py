"""Converts the runs of a Word paragraph to inline HTML elements (ECMA-376 1, 17.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lxml import etree

from audio_edition.read.bold_lines import Look
from audio_edition.read.docx.drawings import BOXES, Drawing, drawing, older_drawing
from audio_edition.read.docx.fields import Fields
from audio_edition.read.docx.forms import CheckBoxes, controls_in
from audio_edition.read.docx.formulas import formula
from audio_edition.read.docx.languages import Languages
from audio_edition.read.docx.names import DELETED, MARKS, all_in, child, choice, is_on, last_in, name_of, said, whole
from audio_edition.read.docx.notes import Notes
from audio_edition.read.docx.package import Package
from audio_edition.read.docx.paragraphs import text_in
from audio_edition.read.docx.places import Places
from audio_edition.read.docx.styles import Style, Styles, has, is_underlined
from audio_edition.read.docx.symbols import symbol
from audio_edition.read.left_out import LeftOut

_SIGNS = {"w:tab": " ", "w:ptab": " ", "w:noBreakHyphen": "-"}
_CODE_SIGNS = {**_SIGNS, "w:tab": "    "}
_CONTENTS_GALLERY = "Table of Contents"


@dataclass(frozen=True, slots=True)
class _Around:
    """What the context of a run says about it."""

    style: Style
    address: str = ""


class Runs:
    """Writes the runs of a document. `boxes` and `after` collect what follows the paragraph that it is anchored in;
    `looks` counts the looks of the paragraph's letters."""

    def __init__(
        self, package: Package, styles: Styles, languages: Languages, notes: Notes, *, keep_all: bool = False
    ) -> None:
        self._package = package
        self._styles = styles
        self._languages = languages
        self._notes = notes
        self._keep_all = keep_all
        self.fields = Fields()
        self._boxes: dict[etree._Element, bool] = {}
        self._open: tuple[etree._Element, etree._Element, tuple[str, ...], etree._Element] | None = None
        self.left_out = LeftOut()
        self.check_boxes = CheckBoxes()
        self.anchored: list[etree._Element] = []
        self.looks: Counter[Look] = Counter()
        stories = (package.document, *notes.elements())
        for story in stories:
            self.fields.add(story)
            boxes, others = controls_in(story)
            self._boxes |= boxes
            self.fields.unread |= others
        self._boxes |= self.fields.boxes
        self.places = Places(package, stories, self.fields.links.values())

    def write(self, elements: Iterable[etree._Element], out: etree._Element, style: Style) -> None:
        """Write the elements of a paragraph in a style."""
        self._write(elements, out, _Around(style))
        self.left_out.end_paragraph()

    def _write(self, elements: Iterable[etree._Element], out: etree._Element, around: _Around) -> None:
        for element in elements:
            name = name_of(element)
            if name == "w:r":
                self._run(element, out, around)
            elif name in DELETED:
                self.delete(element)
            elif name in ("m:oMath", "m:oMathPara"):
                formula(element, out)
            elif name == "w:subDoc":
                self.left_out.embedded += 1
            elif name not in MARKS:
                self._write_wrapped(element, name, out, around)

    def _write_wrapped(self, element: etree._Element, name: str, out: etree._Element, around: _Around) -> None:
        """Write the contents of an element that is not itself a run."""
        if name == "w:sdt" and not self.shows(element):
            return
        if name == "mc:AlternateContent":
            element = choice(element)
        elif name == "w:hyperlink":
            around = replace(around, address=self.places.address(element) or around.address)
        self.left_out.changes += name in ("w:ins", "w:moveTo")
        self._write(element, out, around)

    def delete(self, element: etree._Element) -> None:
        """Record deleted text as left out."""
        self.left_out.changes += 1
        self.left_out.deleted += [each.text or "" for each in all_in(element, "w:delText", "w:t")]

    def shows(self, control: etree._Element) -> bool:
        """Return whether a content control holds text, rather than a placeholder prompt or the contents."""
        properties = child(control, "w:sdtPr")
        if is_on(properties, "w:showingPlcHdr") and child(properties, "w14:checkbox") is None:
            self.left_out.prompts.append(text_in(control))
            return False
        gallery = said(child(properties, "w:docPartObj", "w:docPartGallery"))
        if gallery == _CONTENTS_GALLERY and not self._keep_all:
            self.left_out.contents.append(text_in(control))
            return False
        return True

    def _run(self, run: etree._Element, out: etree._Element, around: _Around) -> None:
        if run in self._boxes:
            self.check_boxes.write(out, self._boxes[run])
            return
        if run in self.fields.chosen:
            etree.SubElement(out, "span").text = self.fields.chosen[run]
        if run in self.fields.unread:
            return
        if run in self.fields.contents and not self._keep_all:
            self.left_out.contents.append(text_in(run))
            return
        properties = child(run, "w:rPr")
        own = self._styles.of_run(properties)
        if has(properties, own, around.style, "w:vanish"):
            self.left_out.hidden.append(text_in(run))
            return
        address = around.address or self.places.resolved(self.fields.links.get(run, ""))
        self._parts(run, out, _run(properties, own, around, address, self._styles.default_size))

    def _parts(self, run: etree._Element, out: etree._Element, look: _Run) -> None:
        signs = _CODE_SIGNS if look.around.style.kind == "code" else _SIGNS
        noted = out  # the mark of a note, which takes the rest of the run
        for part in run:
            name = name_of(part)
            if name == "w:t":
                self._say(part.text or "", noted, look)
            elif name in signs:
                self._say(signs[name], noted, look)
            elif name in ("w:footnoteReference", "w:endnoteReference"):
                mark = self._notes.write_mark(part, out)
                noted = out if mark is None else mark
            elif name == "mc:AlternateContent":
                self._parts(choice(part), out, look)
            else:
                self._part(part, name, out, look)

    def _part(self, part: etree._Element, name: str, out: etree._Element, look: _Run) -> None:
        if name == "w:ruby":
            self._ruby(part, out, look)
        elif name in ("w:br", "w:cr"):
            is_line = said(part, "w:type") not in ("page", "column")
            written = etree.SubElement(self._within(out, look, blank=True), "br" if is_line else "span")
            written.text = None if is_line else " "
        elif name == "w:sym":
            self._symbol(part, out, look)
        elif name == "w:drawing":
            self._draw(drawing(part, self._package), out, look)
        elif name in ("w:pict", "w:object"):
            self._draw(older_drawing(part, self._package), out, look)
        elif name in BOXES:
            self.anchored.append(part)
        elif name in DELETED:
            self.delete(part)
        elif name == "w:r":
            self._run(part, out, look.around)
        elif len(part) and name not in MARKS:  # an extension: what it holds is read
            self._parts(part, out, look)

    def _say(self, text: str, out: etree._Element, look: _Run) -> None:
        if not text:
            return
        # One element per text: appending to a text would copy it each time.
        written = etree.SubElement(self._within(out, look, blank=text.isspace()), "span")
        written.text = text
        if language := self._languages.of(text, look.languages, look.right_to_left):
            written.set("lang", language)
        self.looks[look.look] += sum(map(str.isalnum, text))

    def _within(self, out: etree._Element, look: _Run, *, blank: bool = False) -> etree._Element:
        """Return the element that takes a run's text: the open one if it has the same properties."""
        outer, shell, tags, inner = self._open or (None, None, (), None)
        if inner is not None and outer is out and last_in(out) is shell and (tags == look.tags or blank):
            return inner
        self._open = None
        if not look.tags or blank:
            return out
        nested: list[etree._Element] = []
        for tag in look.tags:
            name, _, address = tag.partition(" ")
            nested.append(etree.SubElement(nested[-1] if nested else out, name))
            if address:
                nested[-1].set("href", address)
        self._open = (out, nested[0], look.tags, nested[-1])
        return nested[-1]

    def _ruby(self, part: etree._Element, out: etree._Element, look: _Run) -> None:
        base, reading = child(part, "w:rubyBase"), child(part, "w:rt")
        if base is None:
            return
        ruby = etree.SubElement(out, "ruby")
        self._write(base, ruby, look.around)
        text = "".join(each.text or "" for each in all_in(reading, "w:t"))
        if text.strip():
            etree.SubElement(ruby, "rt").text = text

    def _symbol(self, part: etree._Element, out: etree._Element, look: _Run) -> None:
        character = symbol(said(part, "w:font"), said(part, "w:char"))
        if character:
            self._say(character, out, look)
        else:
            self.left_out.symbols += 1

    def _draw(self, found: Drawing, out: etree._Element, look: _Run) -> None:
        place = self._within(out, look) if look.around.address else out
        place.extend(found.inline)
        self.anchored += [*found.after, *found.boxes]
        self.left_out.charts += found.left_out


@dataclass(frozen=True, slots=True)
class _Run:
    """The properties of a run: its languages, nearest first; its direction; and the elements it is written in, with a
    link's address."""

    around: _Around
    languages: tuple[etree._Element | None, ...]
    right_to_left: bool
    tags: tuple[str, ...]
    look: Look


def _run(properties: etree._Element | None, own: Style, around: _Around, address: str, usual_size: int) -> _Run:
    style = around.style
    languages = (child(properties, "w:lang"), own.language, style.language)
    bold, underlined = has(properties, own, style, "w:b"), is_underlined(properties, own) and not address
    size = whole(said(child(properties, "w:sz"))) or own.size or style.size or usual_size
    look = Look(bold, underlined, has(properties, own, style, "w:caps"), size)
    tags = [f"a {address}"] if address else []
    if bold and "w:b" not in style.on and not style.is_heading:
        tags.append("strong")
    italic = has(properties, own, style, "w:i") != ("w:i" in style.on)
    if italic or (underlined and not style.underline and not style.is_heading):
        tags.append("em")
    if any(has(properties, own, style, toggle) for toggle in ("w:strike", "w:dstrike")):
        tags.append("s")
    raised = said(child(properties, "w:vertAlign")) or own.raised
    if raised in _RAISED and raised != style.raised:
        tags.append(_RAISED[raised])
    if own.kind == "code" != style.kind:
        tags.append("code")
    return _Run(around, languages, is_on(properties, "w:rtl"), tuple(tags), look)


_RAISED = {"superscript": "sup", "subscript": "sub"}
