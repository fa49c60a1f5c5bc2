"""Sentences with what is in them: links, notes' marks, languages, emphasis, formulas, small pictures.

What the sound adds to a sentence ("By", "Note 1:", "3.") is shown before or behind it as a quiet label, unless the
element that it stands in tells it: see `Shown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from audio_edition.formats.language import direction
from audio_edition.formats.markup.addresses import leading_out
from audio_edition.formats.markup.dialects import Dialect
from audio_edition.formats.markup.elements import BREAK, Attributes, closing, element, empty, opening
from audio_edition.formats.markup.mathml import cleaned
from audio_edition.formats.markup.places import Place, Places, mark_id, unsaid_id
from audio_edition.formats.markup.structures import Mark, Page, Structure, StructureKind, kind_of_page
from audio_edition.model import Image, Passage, Pause, Script, Span, Utterance, is_language_tag
from audio_edition.model.characters import one_line

_DEEPEST = 20
"""Spans inside spans; of deeper ones the text alone is written."""

_ELEMENTS = {
    "emphasis": "em", "strong": "strong", "code": "code", "struck": "del", "inserted": "ins", "superscript": "sup",
    "subscript": "sub",
}  # fmt: skip
_NOT_IN_PRE = frozenset({"superscript", "subscript", "image"})
"""What XHTML 1.0 does not allow in `pre`."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Whether what the sound says before and behind a text is to be seen with it.

    The rule: what an element's role tells (the number of a list's item, that this is a table, a heading of a column, a
    quotation, a program, a picture, a caption, a formula, where a note ends) is not written again; all else is.
    """

    before: bool = True
    behind: bool = True


SHOWN: Final = Shown()
TOLD: Final = Shown(False, False)
END_TOLD: Final = Shown(True, False)


class Inline:
    """Writes the sentences of a chapter, given its number. `pages`, `structures` and `marks` are those so
    far; see Body."""

    def __init__(
        self, script: Script, number: int, dialect: Dialect, places: Places, pictures: Mapping[str, Image]
    ) -> None:
        self.chapter = script.chapters[number]
        self.pages: list[Page] = []
        self.structures: list[Structure] = []
        self.marks: list[Mark] = []
        self._number = number
        self.script = script
        self._dialect = dialect
        self._places = places
        self._pictures = pictures
        self._said = [utterance.id for utterance in self.chapter.utterances]
        self._places_said = {name: place for place, name in enumerate(self._said)}
        self._next = 0

    # --- passages and sentences

    def container(self, passage: Passage) -> Attributes:
        """Return the attributes of the element around a passage: its id, and its language if it is all in one."""
        return {"id": passage.id, **self.language(self._own(passage), self.script.language)}

    def sentences(self, passage: Passage, shown: Shown = SHOWN, *, in_lines: bool = False) -> Markup:
        """Return the sentences of a passage, each in an element with its id; breaks stand where its lines end.

        `in_lines` is for passages without a container of their own: each sentence tells its language.
        """
        around = self.script.language if in_lines else self._own(passage)
        if not passage.utterances:
            return self._unspoken(passage)
        parts: list[Markup] = []
        first, last = passage.utterances[0], passage.utterances[-1]
        line_ends = False
        for part in passage.parts:
            if isinstance(part, Pause):
                line_ends = part.reason == "line"
                continue
            self._passed(part)
            if part is not first:
                parts.append(escape(" " if part.space_before else "") + (BREAK if line_ends else ""))
            attributes = {"id": part.id, **self.language(part.language or self.script.language, around)}
            seen = Shown(shown.before and part is first, shown.behind and part is last)
            parts.append(element("span", attributes, self.inside(part, seen)))
            line_ends = False
        return Markup().join(parts)

    def alone(self, passage: Passage, shown: Shown = SHOWN) -> tuple[Attributes, Markup]:
        """Return the attributes of an element that is a passage, and its content: the id is that of the sentence if
        there is but one."""
        if len(passage.utterances) == 1:
            (utterance,) = passage.utterances
            return self.target(utterance), self.inside(utterance, shown)
        return self.container(passage), self.sentences(passage, shown)

    def target(self, utterance: Utterance) -> Attributes:
        """Return the attributes of an element that is a sentence by itself."""
        self._passed(utterance)
        own = utterance.language or self.script.language
        return {"id": utterance.id, **self.language(own, self.script.language)}

    def _passed(self, utterance: Utterance) -> None:
        """Note how far the chapter is written: the next page begins behind this sentence."""
        self._next = self._places_said[utterance.id] + 1

    def inside(self, utterance: Utterance, shown: Shown) -> Markup:
        """Return what stands in the element of a sentence. The spaces around its text are those of the labels."""
        text = self.text(utterance.text, utterance.spans, utterance)
        if shown.before and utterance.announces:
            space = " " if _is_spaced(utterance) else ""
            text = self._label(utterance, one_line(utterance.announces) + space) + text
        if shown.behind and utterance.concludes:
            text += self._label(utterance, f" {one_line(utterance.concludes)}")
        return text

    def _unspoken(self, passage: Passage) -> Markup:
        content = self.text(passage.unspoken.text, passage.unspoken.spans, passage)
        is_named = any(passage.unspoken.of("anchor"))
        return element("span", {"id": unsaid_id(passage)}, content) if is_named else content

    def _label(self, utterance: Utterance, words: str) -> Markup:
        return element("span", {"class": "label"}, self.sounding(utterance, words))

    def _own(self, passage: Passage) -> str:
        """Return the language of a passage if all of it is in one, else that of the script."""
        if not passage.utterances:
            return passage.unspoken.language or passage.language or self.script.language
        languages = {utterance.language or self.script.language for utterance in passage.utterances}
        return languages.pop() if len(languages) == 1 else self.script.language

    def language(self, own: str, around: str) -> Attributes:
        """Return the attributes that tell a language, where it is not that of what is around."""
        if own == around or not is_language_tag(own):
            return {}
        xml = {"xml:lang": own} if self._dialect.xml else {}
        return {**xml, "lang": own, "dir": direction(own)}

    def structure(self, kind: StructureKind, said: Iterable[Passage], place: str, at: int | None = None) -> Attributes:
        """Return the id of the element of a structure that holds these texts, and note it, before what was noted from
        `at` on; nothing where nothing of it is said, or the format names none."""
        sentences = [utterance.id for passage in said for utterance in passage.utterances]
        if not sentences or not self._dialect.named:
            return {}
        structure = Structure(kind, place, sentences[0], sentences[-1])
        self.structures.insert(len(self.structures) if at is None else at, structure)
        return {"id": place}

    # --- text with spans

    def text(self, text: str, spans: Sequence[Span], owner: Utterance | Passage) -> Markup:
        """Return a text with its spans as elements."""
        if owner.role == "code" and not self._dialect.html5:
            spans = [span for span in spans if span.kind not in _NOT_IN_PRE]
        return _Run(self, one_line(text), spans, owner).written()

    def sounding(self, owner: Utterance | Passage, content: str) -> Markup:
        """Return content as a link to its sound, in formats that want that."""
        sound = self._dialect.sound.get(self.chapter.id)
        if sound is None or isinstance(owner, Passage):
            return escape(content)
        return element("a", {"href": f"{sound}#{owner.id}"}, content)

    def link(self, address: str) -> Attributes | None:
        """Return the attributes of a link to where the document's link led; None where that is nowhere."""
        if address.startswith("#"):
            place = self._places.anchor(address[1:], self._number)
            return {"href": self.to(place)} if place else None
        out = leading_out(address)
        return {"href": out, "rel": self._dialect.rel or None} if out else None

    def to(self, place: Place) -> str:
        """Return the address of a place of the script: its sound, in formats whose sentences are links to theirs."""
        chapter = self.script.chapters[place.chapter].id
        if chapter in self._dialect.sound:
            return f"{self._dialect.sound[chapter]}#{place.sentence}"
        if self._dialect.one_document or place.chapter == self._number:
            return f"#{place.id}"
        return f"{chapter}.xhtml#{place.id}"

    def mark(self, note: str, owner: str, count: int) -> Markup:
        """Return the mark of a note, as a link to it."""
        place = self._places.note(note, self._number)
        if place is None:
            return Markup()
        attributes: Attributes = {"id": mark_id(owner, count), "class": "noteref"}
        if owner in self._places_said:
            self.marks.append(Mark(mark_id(owner, count), owner, place.id, place.chapter))
        label, way = one_line(place.label).strip() or "*", self.to(place)
        if not self._dialect.html5:
            # As DAISY 2.02 has it; `bodyref` is an attribute of its own.
            return element(
                "span",
                {**attributes, "bodyref": f"{self._dialect.document}#{place.id}"},
                element("a", {"href": way}, label),
            )
        types = "noteref" if self._dialect.types else None
        return element("a", {**attributes, "epub:type": types, "role": "doc-noteref", "href": way}, label)

    def page(self, label: str, place: str, name: str = "span", within: str = "") -> Markup:
        """Return where a page begins, `within` a sentence or before the next. Books tell its label by an attribute,
        which those who read on do not meet in the text; pages may not name this element, and show it."""
        label = one_line(label).strip()
        self.pages.append(Page(label, place, within or self._said[min(self._next, len(self._said) - 1)]))
        shown = Markup() if self._dialect.types else escape(label)
        return self._page(label, {"id": place}, name, shown)

    def spoken_page(self, label: str, said: Utterance) -> Markup:
        """Return where a page begins whose label is said, and therefore shown."""
        label = one_line(label).strip()
        self.pages.append(Page(label, said.id, said.id))
        return self._page(label, self.target(said), "div", self.inside(said, TOLD))

    def _page(self, label: str, attributes: Attributes, name: str, shown: Markup) -> Markup:
        if not self._dialect.html5:
            return element("span", {**attributes, "class": f"page-{kind_of_page(label)}"}, shown)
        types = {"epub:type": "pagebreak", "aria-label": label} if self._dialect.types else {}
        return element(name, {**attributes, "role": "doc-pagebreak", **types}, shown)

    def picture(self, name: str, words: str, attributes: Attributes) -> Markup | None:
        """Return a picture; None where the document does not hold it."""
        image = self._pictures.get(name)
        if image is None:
            return None
        size = {"width": str(image.width), "height": str(image.height)} if image.width and image.height else {}
        source = f"{self._dialect.pictures}{self._dialect.renamed.get(image.name, image.name)}"
        return empty("img", {**attributes, "src": source, "alt": one_line(words), **size})

    def formula(self, mathml: str, words: str, *, block: bool = False) -> Markup | None:
        """Return a formula as MathML; None where there is none, or the format has none."""
        return cleaned(mathml, one_line(words), block=block) if self._dialect.html5 else None

    @property
    def knows_ruby(self) -> bool:
        return self._dialect.html5


class _Run:
    """The text of one sentence while it becomes markup."""

    def __init__(self, inline: Inline, text: str, spans: Sequence[Span], owner: Utterance | Passage) -> None:
        self._inline = inline
        self._text = text
        self._spans = spans
        self._owner = owner
        self._name = unsaid_id(owner) if isinstance(owner, Passage) else owner.id
        self._parts: list[Markup] = []
        self._open: list[tuple[int, Markup, bool]] = []
        self._at = 0
        self._behind_link: list[Markup] = []
        self._marks = 0
        self._pages = 0

    def written(self) -> Markup:
        for span in self._spans:
            self._close(span.start)
            if span.start == span.end:
                self._mark_place(span)
            elif span.start >= self._at:
                self._write(span.start)
                self._begin(span)
        self._close(len(self._text))
        self._write(len(self._text))
        return Markup().join(self._parts)

    def _write(self, end: int) -> None:
        if end > self._at:
            text = self._text[self._at : end]
            in_link = any(is_link for _, _, is_link in self._open)
            self._parts.append(escape(text) if in_link else self._inline.sounding(self._owner, text))
            self._at = end

    def _close(self, place: int) -> None:
        """Close the elements that end at or before a position, with the text up to there."""
        while self._open and self._open[-1][0] <= place:
            end, closing_tag, is_link = self._open[-1]
            self._write(end)
            self._open.pop()
            self._parts.append(closing_tag)
            if is_link:
                self._parts += self._behind_link
                self._behind_link.clear()
        if not self._open:
            self._write(min(place, len(self._text)))

    def _mark_place(self, span: Span) -> None:
        self._write(span.start)
        match span.kind:
            case "note":
                self._marks += 1
                mark = self._inline.mark(span.value, self._name, self._marks)
                # A link may hold no other link: the mark stands behind it.
                in_link = any(is_link for _, _, is_link in self._open)
                (self._behind_link if in_link else self._parts).append(mark)
            case "page":
                self._pages += 1
                within = self._owner.id if isinstance(self._owner, Utterance) else ""
                self._parts.append(self._inline.page(span.value, f"{self._name}-page{self._pages}", within=within))

    def _begin(self, span: Span) -> None:
        if span.kind in ("break", "image", "math"):
            self._write_whole(span)
            return
        tags = self._tags(span)
        if tags and len(self._open) < _DEEPEST:
            end = min(span.end, self._open[-1][0]) if self._open else span.end
            self._parts.append(tags[0])
            self._open.append((end, tags[1], span.kind == "link"))

    def _write_whole(self, span: Span) -> None:
        """Write what replaces the characters of a span."""
        words = self._text[span.start : span.end]
        if span.kind == "break":
            self._parts.append(escape(words) + BREAK)
        elif span.kind == "image" and (image := self._inline.picture(span.value, words, {})):
            self._parts.append(self._inline.sounding(self._owner, image))
        elif span.kind == "math" and (formula := self._inline.formula(span.value, words)):
            self._parts.append(formula)
        else:
            return
        self._at = span.end

    def _tags(self, span: Span) -> tuple[Markup, Markup] | None:
        attributes: Attributes | None = {}
        name = _ELEMENTS.get(span.kind, "span")
        if span.kind == "link":
            name, in_link = "a", any(is_link for _, _, is_link in self._open)
            attributes = None if in_link else self._inline.link(span.value)
        elif span.kind == "language":
            attributes = self._inline.language(span.value, "") or None
        elif span.kind == "ruby":
            return self._ruby(span.value)
        return (opening(name, attributes), closing(name)) if attributes is not None else None

    def _ruby(self, reading: str) -> tuple[Markup, Markup] | None:
        reading = one_line(reading).strip()
        if not reading:
            return None
        if not self._inline.knows_ruby:
            return Markup(), Markup(" ({})").format(reading)
        return opening("ruby", {}), element("rt", {}, reading) + closing("ruby")


def _is_spaced(utterance: Utterance) -> bool:
    """Whether a space is between what is announced and the text."""
    return (
        not utterance.spoken.startswith(utterance.announces) or utterance.spoken[len(utterance.announces) :][:1] == " "
    )
