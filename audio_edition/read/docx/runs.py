"""In: the runs of a paragraph of a Word document. Out: the same as inline HTML elements (ECMA-376 1, 17.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from audio_edition.read.docx.fields import unread_runs
from audio_edition.read.docx.formulas import on_one_line
from audio_edition.read.docx.languages import Languages
from audio_edition.read.docx.names import all_in, child, is_on, name_of, said
from audio_edition.read.docx.package import Package
from audio_edition.read.docx.styles import Style, Styles
from audio_edition.read.docx.symbols import symbol

DELETED = frozenset({"w:del", "w:moveFrom"})
TRANSPARENT = frozenset(
    {"w:bdo", "w:customXml", "w:dir", "w:fldSimple", "w:hyperlink", "w:ins", "w:moveTo", "w:sdtContent", "w:smartTag"}
)
"""What only wraps its content."""

_SIGNS = {"w:tab": " ", "w:ptab": " ", "w:noBreakHyphen": "-"}
_NOTE_PARTS = {"w:footnoteReference": ("footnotes", "w:footnote"), "w:endnoteReference": ("endnotes", "w:endnote")}
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_CONTENTS_GALLERY = "Table of Contents"


@dataclass(slots=True)
class Seen:
    """What was passed on the way that is not in the text as it stands."""

    changes: int = 0
    deleted: list[str] = field(default_factory=list)
    symbols: int = 0
    embedded: int = 0


class Runs:
    """Writes the runs of a document. `boxes` gathers the text boxes that are anchored among them, and `notes` the notes
    that they refer to, with their numbers."""

    def __init__(self, package: Package, styles: Styles, languages: Languages) -> None:
        self._styles = styles
        self._languages = languages
        self._note_elements = dict(_notes(package))
        self._unread = set(unread_runs(package.document))
        for note in self._note_elements.values():
            self._unread |= unread_runs(note)
        self.seen = Seen()
        self.boxes: list[etree._Element] = []
        self.notes: dict[etree._Element, int] = {}

    def write(self, parent: etree._Element, out: etree._Element, style: Style) -> None:
        """All that is inside a paragraph in a style."""
        for element in parent:
            name = name_of(element)
            if name == "w:r":
                self._run(element, out, style)
            elif name in DELETED:
                self.delete(element)
            elif name in ("m:oMath", "m:oMathPara"):
                formula(element, out)
            elif name == "w:sdt" and is_shown_control(element):
                self.write(element, out, style)
            elif name == "mc:AlternateContent":
                self.write(choice(element), out, style)
            elif name in TRANSPARENT:
                self.seen.changes += name in ("w:ins", "w:moveTo")
                self.write(element, out, style)

    def delete(self, element: etree._Element) -> None:
        """What was deleted is not read, and can be told."""
        self.seen.changes += 1
        self.seen.deleted += [each.text or "" for each in all_in(element, "w:delText", "w:t")]

    def _run(self, run: etree._Element, out: etree._Element, style: Style) -> None:
        properties = child(run, "w:rPr")
        own = self._styles.of(said(child(properties, "w:rStyle"))) if properties is not None else Style()
        hidden = child(properties, "w:vanish")
        if run in self._unread or (is_on(properties, "w:vanish") if hidden is not None else own.hidden):
            return
        sayings = (child(properties, "w:lang"), own.language, style.language)
        raised = said(child(properties, "w:vertAlign")) == "superscript"
        self._parts(run, out, _Look(sayings, is_on(properties, "w:rtl"), "sup" if raised else "span"))

    def _parts(self, run: etree._Element, out: etree._Element, look: _Look) -> None:
        for part in run:
            name = name_of(part)
            if name == "w:t":
                self._say(part.text or "", out, look)
            elif name in _SIGNS:
                etree.SubElement(out, "span").text = _SIGNS[name]
            elif name in _NOTE_PARTS:
                out = self._note_mark(part, _NOTE_PARTS[name][0], out)
            elif name == "mc:AlternateContent":
                self._parts(choice(part), out, look)
            elif name == "w:ruby" and (base := child(part, "w:rubyBase")) is not None:
                self.write(base, out, Style(language=next(filter(_is_there, look.sayings), None)))
            else:
                self._shape(part, name, out)

    def _shape(self, part: etree._Element, name: str, out: etree._Element) -> None:
        if name in ("w:br", "w:cr"):
            etree.SubElement(out, "br")
        elif name == "w:sym":
            self._symbol(part, out)
        elif name == "w:drawing":
            self._drawing(part, out)
        elif name in ("w:pict", "w:object"):
            self._picture(part, out)

    def _say(self, text: str, out: etree._Element, look: _Look) -> None:
        # One element a text: text put behind text would be copied each time.
        said_in = self._languages.of(text, look.sayings, look.right_to_left)
        written = etree.SubElement(out, look.tag)
        written.text = text
        if said_in:
            written.set("lang", said_in)

    def _symbol(self, part: etree._Element, out: etree._Element) -> None:
        character = symbol(said(part, "w:font"), said(part, "w:char"))
        if character:
            etree.SubElement(out, "span").text = character
        else:
            self.seen.symbols += 1

    def _note_mark(self, part: etree._Element, kind: str, out: etree._Element) -> etree._Element:
        """Writes the mark; where the document has one of its own, what follows in the run is written into it."""
        note = self._note_elements.get((kind, said(part, "w:id")))
        if note is None:
            return out
        number = self.notes.setdefault(note, len(self.notes) + 1)
        mark = etree.SubElement(out, "a", role="doc-noteref", href=f"#note-{number}")
        if said(part, "w:customMarkFollows") in ("1", "true", "on"):
            return mark
        mark.text = str(number)
        return out

    def _drawing(self, drawing: etree._Element, out: etree._Element) -> None:
        boxes = _boxes(drawing)
        self.boxes += boxes
        properties = next(all_in(drawing, "wp:docPr"), None)
        if boxes or properties is None:
            return
        if any(said_of.get("val") in ("1", "true") for said_of in all_in(drawing, "adec:decorative")):
            return
        told = properties.get("descr") or properties.get("title")
        kind = next((data.get("uri", "") for data in all_in(drawing, "a:graphicData")), "").rpartition("/")[2]
        if told or kind in ("picture", "chart", "diagram"):
            picture(told, out)

    def _picture(self, pict: etree._Element, out: etree._Element) -> None:
        """A picture, or a box, in the markup of older Words."""
        self.boxes += _boxes(pict)
        for path in all_in(pict, "v:textpath"):
            etree.SubElement(out, "span").text = path.get("string", "")
        for data in all_in(pict, "v:imagedata"):
            picture(data.getparent().get("alt"), out)


@dataclass(frozen=True, slots=True)
class _Look:
    """What is said of a run's language, nearest first; how it runs; and the element that it is written as."""

    sayings: tuple[etree._Element | None, ...]
    right_to_left: bool
    tag: str


def _is_there(element: etree._Element | None) -> bool:
    return element is not None


def picture(told: str | None, out: etree._Element) -> None:
    """A picture by its alternative text; without one where none was written."""
    image = etree.SubElement(out, "img")
    if told and told.strip():
        image.set("alt", told)


def formula(element: etree._Element, out: etree._Element) -> None:
    """A formula, or formulas in a paragraph of their own."""
    line = on_one_line(element)
    if line:
        written = etree.SubElement(out, "math", alttext=line)
        if name_of(element) == "m:oMathPara":
            written.set("display", "block")


def choice(alternate: etree._Element) -> etree._Element:
    """The first of the forms that the same thing is written in."""
    return next((each for each in alternate if name_of(each) in ("mc:Choice", "mc:Fallback")), alternate)


def is_shown_control(control: etree._Element) -> bool:
    """Whether a content control holds text: not a prompt to write some, and not the contents."""
    properties = child(control, "w:sdtPr")
    if is_on(properties, "w:showingPlcHdr"):
        return False
    gallery = said(child(properties, "w:docPartObj", "w:docPartGallery"))
    return gallery != _CONTENTS_GALLERY


def _boxes(drawing: etree._Element) -> list[etree._Element]:
    """The text boxes, each once: older forms of the same left out, and those that are in another box."""
    found: list[etree._Element] = []
    for box in all_in(drawing, "w:txbxContent"):
        around = list(box.iterancestors())
        inner = around[: around.index(drawing)]
        if not any(name_of(each) in ("mc:Fallback", "w:txbxContent") for each in inner):
            found.append(box)
    return found


def _notes(package: Package) -> Iterator[tuple[tuple[str, str], etree._Element]]:
    for part, name in _NOTE_PARTS.values():
        root = package.part(part)
        for note in all_in(root, name) if root is not None else ():
            if said(note, "w:type") not in _SEPARATORS:
                yield (part, said(note, "w:id")), note
