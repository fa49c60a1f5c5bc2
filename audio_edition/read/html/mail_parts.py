"""Finds in the page of an e-mail the message that is answered, the header of one sent on, and the signature.

Mail programs mark them with classes of their own, or only with a line of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from audio_edition.model.characters import without_unwanted
from audio_edition.read.html.reasons import Reason
from audio_edition.read.mail import notices, quoted
from audio_edition.read.markup import seen_texts
from audio_edition.read.markup.elements import PICTURES, classes_of, is_block, is_seen, name_of
from audio_edition.read.tree import take_out

OF_MAIL = re.compile(
    r"gmail_(?:quote|attr|signature)|moz-(?:cite-prefix|signature|forward)|yahoo_quoted|protonmail_quote|divRplyFwdMsg"
    r"|AppleMailSignature|Apple-interchange|AppleOriginalContents|appendonsend|zmail_extra|name=.quoted?-content"
    r"|border-top:\s?solid #(?:E1E1E1|B5C4DF)",
    re.IGNORECASE,
)
_SIGNATURES = frozenset({"gmail_signature", "moz-signature", "applemailsignature", "protonmail_signature_block"})
_HEADS = frozenset({"gmail_attr"})
_FORWARDS = frozenset({"moz-forward-container"})
_ANSWERED = frozenset({"gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote", "zmail_extra"})
_CELLS = frozenset({"td", "th"})
_LAST_LINES = 6
"""Lines at the end of a message, of which some may be its sender's notices."""

_Slot = tuple[etree._Element, bool]
"""The text in an element, or (True) the text behind it."""


@dataclass(slots=True)
class _Line:
    """A line as a browser shows it, and where its texts are in the tree."""

    text: str = ""
    slots: list[_Slot] = field(default_factory=list)

    def add(self, element: etree._Element, *, is_tail: bool) -> None:
        """Add the text in an element, or that behind it."""
        if text := element.tail if is_tail else element.text:
            self.text += text
            self.slots.append((element, is_tail))


def is_newsletter(body: etree._Element) -> bool:
    """Return whether a line of a message says how to leave its mailing list, or where to see it in a browser."""
    return any(notices.is_notice_of_list(line.text) for line in _lines(body))


def named_parts(body: etree._Element, is_sent_on: bool) -> Iterator[tuple[etree._Element, Reason]]:
    """Yield the parts that the classes of mail programs name."""
    for element in body.iter(etree.Element):
        names, id_ = classes_of(element), (element.get("id") or "").casefold()
        if names & _SIGNATURES or id_ in _SIGNATURES:
            yield element, "signature"
        elif names & _HEADS and _introduces(element):
            yield element, "mail-head"
        elif _is_quotation(element, names) and not (is_sent_on or _is_sent_on(element)):
            yield element, "answered"


def _is_quotation(element: etree._Element, names: set[str]) -> bool:
    if names & _ANSWERED or (element.tag == "div" and element.get("name") == "quote"):
        return True
    is_cited = element.tag == "blockquote" and element.get("type") == "cite"
    return is_cited and not any(classes_of(each) & _FORWARDS for each in element.iterancestors())


def _is_sent_on(element: etree._Element) -> bool:
    """Return whether a quotation is the message that was sent on, or the part of it below its header."""
    around = element.getparent()
    is_below = around is not None and bool(classes_of(element) & classes_of(around) & _ANSWERED)
    return _introduces(element) or (around is not None and is_below and _introduces(around))


def _introduces(element: etree._Element) -> bool:
    """Return whether an element begins with the line that stands above a message that was sent on."""
    return any(quoted.is_forwarded(" ".join(text.split())) for text in islice(seen_texts(element), 5))


def attributions(body: etree._Element) -> Iterator[tuple[Reason, str]]:
    """Remove the lines that say who wrote the quotation below, with a quotation that nothing else marks; and yield
    their texts."""
    lines = _lines(body)
    for at, line in enumerate(lines[:-1]):
        below = next(_quotations(lines[at + 1]), None)
        if below is None or next(_quotations(line), None) is below or not quoted.is_attribution(line.text):
            continue
        if below.get("type") == "cite" or quoted.is_dated(line.text):
            yield "answered", _taken([line])
            below.set("type", "cite")


def _quotations(line: _Line) -> Iterator[etree._Element]:
    """Yield the quotations around a line, the innermost first."""
    element, is_tail = line.slots[0]
    around = element.iterancestors("blockquote")
    yield from around if is_tail or element.tag != "blockquote" else (element, *around)


def take_lines(body: etree._Element, is_sent_on: bool) -> Iterator[tuple[Reason, str]]:
    """Remove what words alone mark: the message that is answered, headers, signature, notices; and yield their
    texts."""
    yield from _take_quoted(body, is_sent_on)
    lines = _lines(body)
    for line in (*lines[:2], *lines[2:][-_LAST_LINES:]):
        if notices.is_notice_of_office(line.text):
            yield "notices", _taken([line])
        elif notices.is_sent_from(line.text):
            yield "signature", _taken([line])
    at = next((at for at, line in reversed([*enumerate(lines)]) if line.text == "--"), 0)
    if at > 0 and len(lines) - at <= notices.MOST_OF_SIGNATURE:
        yield "signature", _cut(body, lines[at:])


def _take_quoted(body: etree._Element, is_sent_on: bool) -> Iterator[tuple[Reason, str]]:
    """Remove the header of the message that was sent on, whose text stays; or else the header with all below it."""
    lines = _lines(body)
    for head in quoted.heads_in([line.text for line in lines], is_sent_on=is_sent_on, needs_fields=False):
        if head.is_sent_on:
            yield "mail-head", _taken(lines[head.start : head.end])
        else:
            yield "answered", _cut(body, lines[head.start :])


def _lines(body: etree._Element) -> list[_Line]:
    """Return the lines of a page that have text; the cells of a row stand on one."""
    lines = [_Line()]
    walk = etree.iterwalk(body, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        name = name_of(element)
        if name in _CELLS:
            lines[-1].text += " "
        elif name == "br" or is_block(element):
            lines.append(_Line())
        if event != "start":
            if element is not body:
                lines[-1].add(element, is_tail=True)
        elif element is not body and not is_seen(element):
            walk.skip_subtree()
        elif name not in PICTURES:
            lines[-1].add(element, is_tail=False)
    for line in lines:
        line.text = " ".join(without_unwanted(line.text).split())
    return [line for line in lines if line.text]


def _taken(lines: list[_Line]) -> str:
    """Empty the lines, and return their text."""
    for element, is_tail in (slot for line in lines for slot in line.slots):
        if is_tail:
            element.tail = None
        else:
            element.text = None
    return " ".join(line.text for line in lines)


def _cut(body: etree._Element, lines: list[_Line]) -> str:
    """Remove everything from the first of the last lines on, with a rule right above it, and return the lines' text."""
    element, is_tail = lines[0].slots[0]
    if not is_tail:
        element.text = None
        del element[:]
    while element is not body:
        element.tail = None
        parent = element.getparent()
        if parent is None:
            break
        del parent[parent.index(element) + 1 :]
        element = parent
    for rule in [*body.iter("hr")][-1:]:
        if not "".join(rule.xpath("following::text()")).strip():
            take_out(rule)
    return " ".join(line.text for line in lines)
