"""Reads NITF, the News Industry Text Format of IPTC: one article.

https://iptc.org/std/NITF/3.6/documentation/nitf-documentation.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from audio_edition.model import Article
from audio_edition.read.document import Document, Reading
from audio_edition.read.lines import speakable
from audio_edition.read.news import inner, story
from audio_edition.read.tree import each, name_of, root_of, take_out, text_of, xml_tree

if TYPE_CHECKING:
    from lxml import etree

_AS_HTML = {
    "abstract": "div", "addressee": "div", "bibliography": "p", "block": "div", "body.content": "div",
    "body.end": "div", "bq": "blockquote", "byline": "p", "byttl": "p", "copyrite": "p", "credit": "footer",
    "datasource": "p", "dateline": "p", "delivery.point": "div", "distributor": "p", "fn": "aside", "hedline": "div",
    "hl1": "h1", "hl2": "h2", "media": "figure", "media-caption": "figcaption", "media-producer": "figcaption",
    "note": "div", "tagline": "p",
}  # fmt: skip
"""NITF's own blocks and their HTML equivalents; the other names are HTML's already."""

_UNSEEN = frozenset({"media-metadata", "media-object", "media-reference", "nitf-table-metadata"})
_NOTHING = Article("")
_NUMBERS_ONLY = re.compile(r"[\dTZ:+.-]*")


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is an XML document with the root element `nitf`."""
    return root_of(data)[0] == "nitf"


def read(document: Document) -> Reading:
    """Return the article of a NITF document. Raises ReadError if it must not be published."""
    root, findings = xml_tree(document.data, document.name)
    return story.reading_of([item_of(root, Article("", findings=findings))], document.name)


def item_of(root: etree._Element, around: Article = _NOTHING) -> story.Item:
    """Return the story in a `nitf` element, with its status. Modifies the element."""
    title, status = headline(root, around.title), status_of(root)
    return story.Item(title, status, None if story.is_unusable(status) else story_of(root, around))


def story_of(root: etree._Element, around: Article = _NOTHING) -> story.Story:
    """Return the story in a `nitf` element; metadata that it lacks comes from `around`. Modifies the element."""
    language, published, desk = language_of(root) or around.language, _published(root), list(_advice(root))
    status = status_of(root)
    embargoes = [_attribute(root, "head/docdata/date.release", "norm")] if status.casefold() == "embargoed" else []
    corrections = [element.get("info", "") for element in each(root, "head/docdata/correction")]
    lines, summary = [text_of(line) for line in _head(root, "hedline/hl2")], _head(root, "abstract")
    article = Article(
        headline(root, around.title),
        (),
        (*story.bylines(_bylines(root)), *story.datelines(_datelines(root))) or around.credits,
        published or around.published,
        language,
        around.source or _source(root),
        around.category or _category(root),
        findings=(*around.findings, *story.warnings_of(status, embargoes, desk, corrections)),
    )
    heads = [article.title, *lines, *(credit.text for credit in article.credits)]
    said = [inner.of_element(as_html(part), language) for part in summary]
    told = inner.of_element(as_html(_content(root)), language)
    article = story.with_summary(inner.into(article, told), [block for part in said for block in part.blocks])
    seen = story.with_heads((*heads, *desk, *(text for part in said for text in part.seen)), told.seen)
    return story.Story(story.standfirst(story.told_once(article), lines), seen)


def status_of(root: etree._Element) -> str:
    """Return the publication status: `usable`, `embargoed`, `canceled` and so on; empty if unstated."""
    return _attribute(root, "head/docdata", "management-status")


def headline(root: etree._Element, otherwise: str = "") -> str:
    """Return the headline, else `otherwise`, else the document's title."""
    lines = map(text_of, _head(root, "hedline/hl1"))
    titles = map(text_of, each(root, "head/title"))
    return next(filter(speakable, (*lines, otherwise, *titles)), "")


def language_of(root: etree._Element) -> str:
    """Return the language of the document, as far as it states one."""
    from audio_edition.read.markup.elements import language_of as said_by

    said = map(said_by, (root, *each(root, "body"), *each(root, "body/body.content")))
    return next(filter(None, said), "") or _metadata(root, "language", "lang")


def _published(root: etree._Element) -> str:
    return story.day_of(
        _attribute(root, "head/docdata/date.issue", "norm"),
        _attribute(root, "head/docdata/date.release", "norm"),
        _attribute(root, "head/pubdata", "date.publication"),
        _attribute(root, "body/body.head/dateline/story.date", "norm"),
    )


def _bylines(root: etree._Element) -> Iterator[str]:
    """Yield the writers' names, and their job titles apart."""
    for byline in _head(root, "byline"):
        titles = list(each(byline, "byttl"))
        said = [text_of(title) for title in titles]
        for title in titles:
            take_out(title)
        yield text_of(byline).rstrip(" ,")
        yield from said


def _datelines(root: etree._Element) -> Iterator[str]:
    """Yield the places, with dates that are written for people."""
    for dateline in _head(root, "dateline"):
        for date in list(each(dateline, "story.date")):
            if _NUMBERS_ONLY.fullmatch("".join(date.itertext()).strip()):
                take_out(date)
        yield text_of(dateline)


def _source(root: etree._Element) -> str:
    """Return the publication, or else the agency."""
    distributors = map(text_of, _head(root, "distributor"))
    owner = _attribute(root, "head/docdata/doc.copyright", "holder")
    return next(filter(speakable, (_attribute(root, "head/pubdata", "name"), *distributors, owner)), "")


def _category(root: etree._Element) -> str:
    """Return the publication's section, or else the first subject."""
    said = (
        _attribute(root, "head/pubdata", "position.section"),
        _metadata(root, "section", "category"),
        _attribute(root, "head/tobject/tobject.subject", "tobject.subject.type"),
    )
    return next(filter(speakable, said), "")


def _advice(root: etree._Element) -> Iterator[str]:
    """Yield the desk's notes to other desks, and remove them."""
    yield from (message.get("info", "") for message in each(root, "head/docdata/ed-msg"))
    in_head = set(_head(root, "note"))
    for note in list(root.iterfind(".//{*}note")):
        if note.get("type") == "npa" or (note in in_head and note.get("type") != "pa"):
            yield text_of(note)
            take_out(note)


def _content(root: etree._Element) -> etree._Element:
    """Return the element that holds the text to read, without the head: its notes to the public come first."""
    body = next(each(root, "body"), root)
    notes = _head(root, "note")
    for head in (*each(body, "head"), *each(body, "body.head")):
        take_out(head)
    for note in reversed(notes):
        body.insert(0, note)
    body.tag = "div"
    return body


def as_html(shown: etree._Element) -> etree._Element:
    """Return the element with NITF's names replaced by HTML's."""
    from lxml import etree

    for element in list(shown.iter(etree.Element)):
        name = name_of(element)
        if name == "media":
            _show_picture(element)
        elif name == "frac":
            _part_fraction(element)
        elif name == "lang" and (language := element.get("iso")):
            element.set("lang", language)
        if name in _UNSEEN:
            take_out(element)
        elif name in _AS_HTML:
            element.tag = _AS_HTML[name]
    return shown


def _show_picture(media: etree._Element) -> None:
    """Insert the HTML for the picture or recording that the element refers to."""
    from lxml import etree

    described = _attribute(media, "media-reference", "alternate-text")
    captioned = any(speakable(text_of(caption)) for caption in each(media, "media-caption"))
    if media.get("media-type") in ("audio", "video"):
        media.insert(0, etree.Element("audio"))
    elif described:
        media.insert(0, etree.Element("img", alt=described))
    elif not captioned and next(each(media, "media-reference"), None) is not None:
        media.insert(0, etree.Element("img"))


def _part_fraction(fraction: etree._Element) -> None:
    """Separate a fraction's digits: one and a half must not become 11/2, nor a half 12."""
    before, parent = fraction.getprevious(), fraction.getparent()
    if parent is None:
        return
    text = (parent.text if before is None else before.tail) or ""
    if text[-1:].isdigit():
        fraction.text = " " + (fraction.text or "")
    for denominator in each(fraction, "frac-den"):
        numerator = denominator.getprevious()
        if numerator is not None and name_of(numerator) == "frac-num" and not (numerator.tail or "").strip():
            denominator.text = "/" + (denominator.text or "")


def _head(root: etree._Element, path: str) -> list[etree._Element]:
    return list(each(root, f"body/body.head/{path}"))


def _attribute(root: etree._Element, path: str, attribute: str) -> str:
    """Return an attribute of the first element on the path that has it."""
    said = (element.get(attribute, "").strip() for element in each(root, path))
    return next(filter(None, said), "")


def _metadata(root: etree._Element, *names: str) -> str:
    said = (meta.get("content", "") for meta in each(root, "head/meta") if meta.get("name", "").casefold() in names)
    return next(map(str.strip, said), "")
