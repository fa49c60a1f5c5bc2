"""Reads text in a sender's own, unknown markup: its elements are read in document order.

Elements with HTML's names have HTML's meaning. Of the others, those within text are inline; a short one among
paragraphs that does not end a sentence is a subheading; the rest are paragraphs and containers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.model import Credit, Finding
from audio_edition.read.lines import speakable
from audio_edition.read.markup import body_of, read_body
from audio_edition.read.markup.elements import BLOCKS, HEADINGS, PICTURES, PLAYED, UNSEEN
from audio_edition.read.news import inner
from audio_edition.read.text.layout import ends_sentence
from audio_edition.read.tree import name_of, root_of, take_out, xml_tree

_INLINE_NAMES = """
    a abbr acronym b bdi bdo big br cite code del dfn em font i img ins kbd mark q rb rt ruby s samp small span strike
    strong sub sup time tt u var wbr
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_KEPT = (BLOCKS | PICTURES | PLAYED | frozenset(HEADINGS) | {"math", "picture", "script", "style", "svg"}) - {
    "body", "dir", "header", "html", "legend", "main", "menu", "search", "summary"
}  # fmt: skip
"""Elements with HTML's meaning in any XML; a title or source is not one."""

_OF_HTML = _KEPT | BLOCKS | UNSEEN | _INLINE
_HOLDS_TEXT = frozenset({"caption", "dd", "dt", "figcaption", "li", "p", "pre", "td", "th"}) | frozenset(HEADINGS)

_HEADING_NAMES = re.compile(
    r"head|^hed$|hedline|title|titel|titre|t[ií]tul|titol|tytu[lł]|rubri[kc]|overskrift|otsikko|intertit|zwischen|.berschrift|ueberschrift"
    r"|\bkop|kop\b|ladillo|заголов|nadpis|başlık|^hl?\d$"
)
_DATELINES = frozenset({"dat", "dateline", "datumszeile", "ort", "ortsmarke", "placeline", "spitzmarke"})
_BYLINES = frozenset({"author", "auteur", "autor", "autore", "byline", "forfatter", "författare", "signatur"})
_LONGEST_HEADING = 120
_LONGEST_CREDIT = 100
_FEWEST_WORDS = 5
_FEWEST_SIGNS = 20
"""Characters of prose in a script without spaces."""

_XHTML = "{http://www.w3.org/1999/xhtml}"
_MOST_PARTS = 20
_LONGEST_NAME = 40
_WORD = re.compile(r"[^\W\d_]+")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")
_LINE = re.compile(r"\n\s*")
_LONG_LINE = 80


def is_own(element: etree._Element) -> bool:
    """Return whether the element holds blocks with names unknown to HTML."""
    if str(element.tag).startswith(_XHTML):
        return False
    return any(_is_own_block(inside) for inside in element.iterdescendants(etree.Element))


def has_prose(element: etree._Element) -> bool:
    """Return whether the element holds a sentence; the other data that agencies send are numbers and names."""
    return any(is_prose(text) for text in element.itertext())


def is_prose(text: str) -> bool:
    """Return whether a text is long enough for a sentence, by words or characters."""
    words = _WORD.findall(text[:2000])
    return len(words) >= _FEWEST_WORDS or (not text.isascii() and sum(map(len, words)) >= _FEWEST_SIGNS)


def content_of(element: etree._Element, language: str, name: str) -> inner.Content:
    """Return the element's blocks, with a finding that its markup is unknown. Modifies the element."""
    names = dict.fromkeys(name_of(inside) for inside in element.iterdescendants(etree.Element) if _is_own_block(inside))
    unescape(element, name)
    seen = tuple(text for text in element.itertext() if text.strip())
    written = tuple(credits_of(element))
    body = read_body(as_html(element), language)
    return inner.Content(body.blocks, body.images, (_own_markup(list(names)), *body.findings), seen, written)


def put_in(element: etree._Element, name: str) -> None:
    """Replace an element's text by the XML that it holds, if it is XML and not HTML."""
    text = (element.text or "").strip()
    root = root_of(text.encode())[0]
    if len(element) or not text.startswith("<") or root in ("", "body", "html") or root.lower() in _KEPT | _INLINE:
        return
    try:
        held, _ = xml_tree(text.encode(), name)
    except ReadError:
        return
    element.text = None
    element.append(held)


def unescape(element: etree._Element, name: str) -> None:
    """Parse the HTML that elements hold as text; blank lines separate paragraphs."""
    for inside in list(element.iter(etree.Element)):
        text = inside.text or ""
        if len(inside) or not text.strip():
            continue
        if inner.has_markup(text):
            _hold(inside, body_of(text, name))
        elif name_of(inside).lower() not in _HOLDS_TEXT | _INLINE and len(paragraphs := _paragraphs(text)) > 1:
            inside.text = None
            for paragraph in paragraphs:
                etree.SubElement(inside, "p").text = paragraph


def credits_of(element: etree._Element) -> Iterator[Credit]:
    """Yield the dateline and bylines found by element names, and remove them."""
    is_behind_text = False
    gone: set[etree._Element] = set()
    for inside in list(element.iter(etree.Element)):
        name = name_of(inside).lower()
        text = brief(inside, _LONGEST_CREDIT) if inside is not element and inside not in gone else ""
        kind: Literal["dateline", "byline"] = "byline" if name in _BYLINES else "dateline"
        is_credit = name in _BYLINES or (name in _DATELINES and not is_behind_text)
        if is_credit and text and not (is_prose(text) and ends_sentence(text)):
            yield Credit(text, kind)
            gone.update(inside.iter())
            take_out(inside)
        else:
            is_behind_text = is_behind_text or is_prose(inside.text or "")


def brief(element: etree._Element, longest: int) -> str:
    """Return the text of an element on one line if it is short enough; else empty."""
    text = ""
    for part in element.itertext():
        text += f" {part}" if part.strip() else ""
        if len(text) > 2 * longest:
            return ""
    text = " ".join(text.split())
    return text if speakable(text) and len(text) <= longest else ""


def lines_in(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that hold a text, except those inside other texts."""
    stack = [element]
    while stack:
        inside = stack.pop()
        if _has_words(inside):
            yield inside
        else:
            stack += reversed(inside)


def is_of_html(element: etree._Element) -> bool:
    """Return whether an element's name is one whose HTML meaning is safe to assume."""
    return name_of(element).lower() in _KEPT | _INLINE


def as_html(element: etree._Element) -> etree._Element:
    """Return the element with all names in it replaced by HTML's."""
    inside = list(element.iter(etree.Element))
    mixed = {each for each in inside if _has_words(each)}
    headings = {each for each in inside if is_subheading(each)}
    for each in inside:
        around, name = each.getparent(), name_of(each).lower()
        name = "span" if name == "style" and "{" not in (each.text or "") else name  # a typeface, not a style sheet
        if each is element or around is None:
            each.tag = "div"
        elif around in mixed or around.tag in _HOLDS_TEXT or around.tag in _INLINE:
            each.tag = name if name in _INLINE else "span"
        elif name in _INLINE or name in _KEPT:
            each.tag = name
        elif each in headings:
            each.tag = "h2"
        else:
            each.tag = "p" if each in mixed or all(name_of(child).lower() in _INLINE for child in each) else "div"
    return element


def _has_words(element: etree._Element) -> bool:
    """Return whether an element has words of its own, outside its child elements."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def is_subheading(element: etree._Element) -> bool:
    """Return whether an element is short, does not end a sentence, and heads what follows, by its name or place."""
    name = name_of(element).lower()
    text, after = brief(element, _LONGEST_HEADING), element.getnext()
    if not text or ends_sentence(text) or after is None:
        return False
    if _HEADING_NAMES.search(name):
        return True
    before = element.getprevious()
    if before is None or name in (name_of(before).lower(), name_of(after).lower()):
        return False
    return all(any(map(is_prose, islice(each.itertext(), _MOST_PARTS))) for each in (before, after))


def _is_own_block(element: etree._Element) -> bool:
    """Return whether the element is not inline and has a name unknown to HTML."""
    name, around = name_of(element).lower(), element.getparent()
    if name in _OF_HTML or around is None:
        return False
    return name_of(around).lower() not in _HOLDS_TEXT | _INLINE and not (around.text or "").strip()


def _hold(element: etree._Element, body: etree._Element) -> None:
    """Move a body's contents into an element."""
    element.text = body.text
    element.extend(list(body))


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text: separated by blank lines, or each on a long line."""
    parts = _BLANK_LINE.split(text.strip())
    lines = _LINE.split(text.strip())
    return lines if len(parts) == 1 and all(len(line) >= _LONG_LINE for line in lines[:-1]) else parts


def _own_markup(names: list[str]) -> Finding:
    named = ", ".join(f"<{name[:_LONGEST_NAME]}>" for name in names[:3])
    message = f"The text is in its sender's own markup ({named}), which is unknown here: it was read in document order."
    return Finding("own-markup", "warning", message, remedy="Check the headings and paragraphs against the original.")
