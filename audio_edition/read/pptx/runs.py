"""Converts the runs of a paragraph on a slide to inline HTML elements (ECMA-376 1, 21.1.2)."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from audio_edition.read.converted import say
from audio_edition.read.docx.formulas import formula
from audio_edition.read.docx.names import OFF, child, choice, last_in, name_of, said
from audio_edition.read.docx.package import Parts
from audio_edition.read.markup.elements import is_language

_USUAL = "en-US"
"""What PowerPoint writes where nobody chose a language: it says nothing."""

_FORMULAS = frozenset({"a14:m", "mc:AlternateContent"})


class Runs:
    """Writes the runs of a presentation."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._letters: Counter[str] = Counter()

    def main_language(self) -> str:
        """Return the language of most of the text; empty if that is not stated."""
        return max(sorted(self._letters), key=lambda tag: self._letters[tag], default="")

    def write(self, paragraph: etree._Element, out: etree._Element, *, is_heading: bool = False) -> None:
        """Write the contents of a paragraph."""
        for part in paragraph:
            name = name_of(part)
            if name in ("a:r", "a:fld"):
                self._run(part, out, is_heading=is_heading)
            elif name == "a:br":
                etree.SubElement(out, "br")
            elif name in _FORMULAS:
                self._formula(choice(part) if name == "mc:AlternateContent" else part, out)

    def _formula(self, around: etree._Element, out: etree._Element) -> None:
        for each in around:
            if name_of(each) in ("m:oMath", "m:oMathPara"):
                formula(each, out)
            elif name_of(each) == "a14:m":
                self._formula(each, out)

    def _run(self, run: etree._Element, out: etree._Element, *, is_heading: bool) -> None:
        text = "".join(each.text or "" for each in run if name_of(each) == "a:t")
        if not text:
            return
        properties = child(run, "a:rPr")
        for tag, address in _tags(properties, self._link(properties), is_heading=is_heading and not text.isspace()):
            last = last_in(out)
            is_same = last is not None and last.tag == tag and last.get("href", "") == address
            out = last if is_same and last is not None else etree.SubElement(out, tag)
            if address:
                out.set("href", address)
        written = say(text, out)
        tag = "" if properties is None else properties.get("lang", "")
        tag = tag if tag != _USUAL and is_language(tag) else ""
        self._letters[tag] += sum(map(str.isalpha, text))
        if tag and written is not None:
            written.set("lang", tag)

    def _link(self, properties: etree._Element | None) -> str:
        """Return where a run's link leads out of the presentation; empty if it does not."""
        link = child(properties, "a:hlinkClick")
        relation = None if link is None else self._parts.related(link, said(link, "r:id"))
        return relation.target if relation is not None and relation.external else ""


def _tags(properties: etree._Element | None, address: str, *, is_heading: bool) -> list[tuple[str, str]]:
    tags = [("a", address)] if address else []
    if properties is None:
        return tags
    if properties.get("b", "0") not in OFF and not is_heading:
        tags.append(("strong", ""))
    if properties.get("i", "0") not in OFF:
        tags.append(("em", ""))
    if properties.get("strike", "noStrike") != "noStrike":
        tags.append(("s", ""))
    baseline = properties.get("baseline", "0")
    if baseline.strip("-").rstrip("%").isdecimal() and baseline.strip("-0%"):
        tags.append(("sub" if baseline.startswith("-") else "sup", ""))
    return tags
