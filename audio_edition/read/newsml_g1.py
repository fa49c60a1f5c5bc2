"""In: an element of NewsML 1.2. Out: its articles.

https://iptc.org/std/NewsML/1.2/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from audio_edition.model import Article, Issue
from audio_edition.read import inner, nitf
from audio_edition.read.markup import read_body
from audio_edition.read.story import (
    Item,
    advice,
    bylines,
    correction,
    datelines,
    day_of,
    doubtful_status,
    embargo,
    is_unusable,
    issue_of,
    standfirst,
    told_once,
)
from audio_edition.read.tree import each, first_of, name_of, text_of


def issue(root: etree._Element, name: str) -> Issue:
    """The articles of a message."""
    items = (read for item in each(root, "NewsItem") for read in _items(item, name))
    return issue_of(items, name, Issue((), published=day_of(first_of(root, "NewsEnvelope/DateAndTime"))))


def _items(item: etree._Element, name: str) -> Iterator[Item]:
    """The texts of a news item; one without, where it has none."""
    status = _status(item)
    title = next((text_of(line) for line in item.iter("{*}HeadLine")), "")
    if is_unusable(status):
        yield Item(title, status, None)
        return
    texts = list(_texts(item))
    if not texts:
        yield Item(title, status, None, _what(item))
    for data in texts:
        yield _told(data, _around(item, data, status), status, name)


def _status(item: etree._Element) -> str:
    """The item's status, or the instruction to take it away."""
    said = [_formal(part) for part in each(item, "NewsManagement/Instruction")]
    said += [_formal(part) for part in each(item, "NewsManagement/Status")]
    return next(filter(is_unusable, said), said[-1] if said else "")


def _texts(item: etree._Element) -> Iterator[etree._Element]:
    """The contents that are text; of those that say the same, the one in the form that says most about it."""
    told: set[etree._Element] = set()
    texts = [data for data in item.iter("{*}DataContent") if _is_text(data)]
    for data in texts:
        same = next((part for part in data.iterancestors("{*}NewsComponent") if _are_equivalent(part)), None)
        if same is None:
            yield data
        elif same not in told:
            told.add(same)
            yield min((other for other in texts if same in other.iterancestors("{*}NewsComponent")), key=_form)


def _are_equivalent(component: etree._Element) -> bool:
    return bool(component.get("EquivalentsList") == "yes")


def _is_text(data: etree._Element) -> bool:
    """Whether the content is text to read: no caption, and nothing that is not there."""
    parts = list(data.iterancestors("{*}ContentItem", "{*}NewsComponent"))
    medium = _nearest(parts, "MediaType") or "text"
    return medium.casefold() == "text" and _nearest(parts, "Role").casefold() != "caption" and text_of(data) != ""


def _form(data: etree._Element) -> int:
    """0 for NITF, 1 for HTML, 2 for plain text."""
    return 0 if _nitf(data) is not None else 1 if len(data) else 2


def _nitf(data: etree._Element) -> etree._Element | None:
    return next((child for child in data if name_of(child) == "nitf"), None)


def _around(item: etree._Element, data: etree._Element, status: str) -> Article:
    """What the components around a text say about it, the nearest first."""
    components = list(data.iterancestors("{*}NewsComponent"))
    lines = next(
        (lines for part in components for lines in each(part, "NewsLines") if first_of(lines, "HeadLine")), item
    )
    management = next(each(item, "NewsManagement"), item)
    until = first_of(management, "StatusWillChange/DateAndTime")
    return Article(
        first_of(lines, "HeadLine"),
        (),
        (*bylines(map(text_of, each(lines, "ByLine"))), *datelines(map(text_of, each(lines, "DateLine")))),
        day_of(first_of(management, "ThisRevisionCreated"), first_of(management, "FirstCreated")),
        _nearest(components, "DescriptiveMetadata/Language"),
        _nearest(components, "AdministrativeMetadata/Provider/Party") or first_of(lines, "CreditLine"),
        _category(components),
        (
            *([embargo(until)] if status.casefold() == "embargoed" else []),
            *doubtful_status(status),
            *(
                [correction("")]
                if "correction" in (_formal(part).casefold() for part in each(management, "Instruction"))
                else []
            ),
            *advice(_advice(lines)),
        ),
    )


def _told(data: etree._Element, around: Article, status: str, name: str) -> Item:
    found = _nitf(data)
    if found is not None:
        status = nitf.status_of(found) if is_unusable(nitf.status_of(found)) else status
        return Item(around.title, status, None if is_unusable(status) else nitf.article_of(found, around))
    if len(data):
        body = read_body(data, around.language)
        sections, findings = body.sections, body.findings
    else:
        encoding = next((part.get("FormalName", "") for part in data.iterancestors("{*}Encoding")), "")
        sections, findings = inner.of_either(inner.decoded(data.text or "", encoding), name, around.language)
    article = told_once(replace(around, sections=sections, findings=around.findings + findings))
    return Item(around.title, status, standfirst(article, _subheadlines(data)))


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
