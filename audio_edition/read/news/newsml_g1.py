"""Reads the articles of a message in NewsML 1.2.

https://iptc.org/std/NewsML/1.2/
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audio_edition.model import Article, Issue
from audio_edition.read.document import Reading
from audio_edition.read.markup.elements import language_of
from audio_edition.read.news import inner, nitf, story
from audio_edition.read.tree import each, first_of, text_of
from audio_edition.read.xml import own_markup


def reading(root: etree._Element, name: str) -> Reading:
    """Return the articles of a message. Raises ReadError."""
    items = (read for item in each(root, "NewsItem") for read in _items(item, name))
    return story.reading_of(items, name, Issue((), published=story.day_of(first_of(root, "NewsEnvelope/DateAndTime"))))


def _items(item: etree._Element, name: str) -> Iterator[story.Item]:
    """Yield the texts of a news item; an item without text yields one without a story."""
    status = _status(item)
    title = next((text_of(line) for line in item.iter("{*}HeadLine")), "")
    if story.is_unusable(status):
        yield story.Item(title, status, None)
        return
    for data in item.iter("{*}DataContent"):
        own_markup.put_in(data, name)
    texts = list(_texts(item))
    if not texts:
        yield story.Item(title, status, None, _what(item))
    for data in texts:
        yield _item_from_data(data, _around(item, data, status), status, name)


def _status(item: etree._Element) -> str:
    """Return the item's status, or the instruction to withdraw it."""
    said = [_formal(part) for part in each(item, "NewsManagement/Instruction")]
    said += [_formal(part) for part in each(item, "NewsManagement/Status")]
    return next(filter(story.is_unusable, said), said[-1] if said else "")


def _texts(item: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents that are text; of equivalent ones, the one in the richest form."""
    told: set[etree._Element] = set()
    texts = [data for data in item.iter("{*}DataContent") if _is_text(data)]
    for data in texts:
        same = next(
            (part for part in data.iterancestors("{*}NewsComponent") if part.get("EquivalentsList") == "yes"), None
        )
        if same is None:
            yield data
        elif same not in told:
            told.add(same)
            yield min((other for other in texts if same in other.iterancestors("{*}NewsComponent")), key=_form)


def _is_text(data: etree._Element) -> bool:
    """Return whether the content is text to read: neither a caption nor empty.

    What agencies call complex data may be a text in their own markup, or not be text at all.
    """
    parts = list(data.iterancestors("{*}ContentItem", "{*}NewsComponent"))
    if _nearest(parts, "Role").casefold() == "caption" or not text_of(data):
        return False
    medium = (_nearest(parts, "MediaType") or "text").casefold()
    is_known = _form(data) in (_NITF, _HTML)
    return medium == "text" or (medium == "complexdata" and (is_known or own_markup.has_prose(data)))


_NITF, _HTML, _OWN, _PLAIN = range(4)


def _form(data: etree._Element) -> int:
    """Return the content's form; lower values are richer."""
    if _nitf(data) is not None:
        return _NITF
    if len(data):
        return _OWN if own_markup.is_own(data) else _HTML
    return _PLAIN


def _nitf(data: etree._Element) -> etree._Element | None:
    return next(data.iter("{*}nitf"), None)


def _around(item: etree._Element, data: etree._Element, status: str) -> Article:
    """Return the metadata of the components around a text, the nearest first."""
    components = list(data.iterancestors("{*}NewsComponent"))
    lines = next(
        (lines for part in components for lines in each(part, "NewsLines") if first_of(lines, "HeadLine")), item
    )
    management = next(each(item, "NewsManagement"), item)
    until = first_of(management, "StatusWillChange/DateAndTime")
    is_correction = "correction" in (_formal(part).casefold() for part in each(management, "Instruction"))
    return Article(
        first_of(lines, "HeadLine"),
        (),
        (*story.bylines(map(text_of, each(lines, "ByLine"))), *story.datelines(map(text_of, each(lines, "DateLine")))),
        story.day_of(first_of(management, "ThisRevisionCreated"), first_of(management, "FirstCreated")),
        _nearest(components, "DescriptiveMetadata/Language") or next(filter(None, map(language_of, components)), ""),
        _nearest(components, "AdministrativeMetadata/Provider/Party") or first_of(lines, "CreditLine"),
        _category(components),
        findings=story.warnings_of(
            status, [until] if status.casefold() == "embargoed" else [], _advice(lines), [""] if is_correction else []
        ),
    )


def _item_from_data(data: etree._Element, around: Article, status: str, name: str) -> story.Item:
    found, lines = _nitf(data), _subheadlines(data)
    if found is not None:
        status = nitf.status_of(found) if story.is_unusable(nitf.status_of(found)) else status
        return story.Item(around.title, status, None if story.is_unusable(status) else nitf.story_of(found, around))
    told = _content(data, around.language, name)
    heads = (around.title, *lines, *(credit.text for credit in around.credits))
    article = story.told_once(inner.into(around, told))
    return story.Item(
        around.title, status, story.Story(story.standfirst(article, lines), story.with_heads(heads, told.seen))
    )


def _content(data: etree._Element, language: str, name: str) -> inner.Content:
    form = _form(data)
    if form == _PLAIN:
        encoding = next((part.get("FormalName", "") for part in data.iterancestors("{*}Encoding")), "")
        return inner.of_either(inner.decoded(data.text or "", encoding), name, language)
    return own_markup.content_of(data, language, name) if form == _OWN else inner.of_element(data, language)


def _subheadlines(data: etree._Element) -> list[str]:
    return [
        text_of(line) for part in data.iterancestors("{*}NewsComponent") for line in each(part, "NewsLines/SubHeadLine")
    ]


def _category(components: list[etree._Element]) -> str:
    for component in components:
        for known in each(component, "DescriptiveMetadata/Property"):
            if known.get("FormalName", "").casefold() in ("category", "section"):
                return str(known.get("Value", ""))
    return ""


def _advice(lines: etree._Element) -> Iterator[str]:
    for line in each(lines, "NewsLine"):
        if any("advisory" in _formal(kind).casefold() for kind in each(line, "NewsLineType")):
            yield from map(text_of, each(line, "NewsLineText"))


def _nearest(components: list[etree._Element], path: str) -> str:
    return next((_formal(found) for part in components for found in each(part, path) if _formal(found)), "")


def _what(item: etree._Element) -> str:
    medium = next(map(_formal, item.iter("{*}MediaType")), "").casefold()
    return f"which is a {medium}" if medium not in ("", "text") else "which holds no text that can be read"


def _formal(element: etree._Element) -> str:
    return str(element.get("FormalName", "")).strip()
