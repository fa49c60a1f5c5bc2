"""Check boxes: what a listener hears instead of a square with or without a cross."""

from __future__ import annotations

from lxml import etree

from audio_edition.read.docx.names import OFF, all_in, child, said
from audio_edition.translations import words_for

_ENDS = ",;.:!?…"


class CheckBoxes:
    """The elements that tell of check boxes, each with whether that is checked.

    Their words are written once the document's language is known.
    """

    def __init__(self) -> None:
        self._written: dict[etree._Element, bool] = {}
        self._dots: set[etree._Element] = set()

    def write(self, out: etree._Element, checked: bool, *, first: bool = False) -> None:
        """Write a box at the end of what a paragraph holds so far, or before it, as the dot of an item."""
        box = etree.Element("span")
        box.text = "☐"
        if first:
            out.insert(0, box)
        else:
            out.append(box)
        self._written[box] = checked
        if first:
            self._dots.add(box)

    def say_all(self, language: str) -> None:
        """Write the words of all boxes, with the marks that part them from what they are boxes of."""
        words = words_for("document", language)
        paragraphs: dict[etree._Element, None] = {}
        for box, checked in self._written.items():
            box.text = words["checked" if checked else "not_checked"]
            around = next((each for each in box.iterancestors() if each.tag not in _INLINE), None)
            if around is not None:
                paragraphs[around] = None
        for paragraph in paragraphs:
            self._part(paragraph)

    def _part(self, paragraph: etree._Element) -> None:
        texts = [each for each in paragraph.iter() if each.text and (each.text.strip() or each in self._written)]
        places = [at for at, each in enumerate(texts) if each in self._written]
        labels_first = places[0] > 0 and places[-1] == len(texts) - 1
        for number, at in enumerate(places):
            before = texts[at - 1] if at else None
            if before is not None and before not in self._written:
                mark = ":" if labels_first else ";" if number else ""
                _end(before, mark)
            texts[at].text = f"{' ' if at else ''}{texts[at].text}"
            if labels_first:
                _end(texts[at], ";" if number < len(places) - 1 else "")
            elif at < len(texts) - 1:
                after = texts[at + 1]
                names = after not in self._written and (len(places) > 1 or texts[at] in self._dots)
                _end(texts[at], ":" if names else "")
                if after.text and not after.text[0].isspace():
                    texts[at].text = f"{texts[at].text} "


_INLINE = frozenset({"a", "code", "em", "s", "span", "strong", "sub", "sup"})


def _end(element: etree._Element, mark: str) -> None:
    """End an element's text with a mark, unless one stands there."""
    text = (element.text or "").rstrip()
    if mark and text and text[-1] not in _ENDS:
        element.text = text + mark


def controls_in(story: etree._Element) -> tuple[dict[etree._Element, bool], set[etree._Element]]:
    """Return the first run of each check box of a content control with its state, and their other runs."""
    boxes: dict[etree._Element, bool] = {}
    others: set[etree._Element] = set()
    for control in all_in(story, "w:sdt"):
        box = child(control, "w:sdtPr", "w14:checkbox")
        if box is None:
            continue
        runs = list(all_in(control, "w:r"))
        checked = child(box, "w14:checked")
        if runs:
            boxes[runs[0]] = checked is not None and said(checked, "w14:val") not in OFF
            others.update(runs[1:])
    return boxes, others
