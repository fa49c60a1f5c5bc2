"""Reads the articles of a message, package or item in NewsML-G2.

https://iptc.org/std/NewsML-G2/guidelines/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from audio_edition.model import Article, Finding, Issue, Paragraph, Text
from audio_edition.read.document import Reading
from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import language_of
from audio_edition.read.news import inner, nitf, story
from audio_edition.read.tree import each, first_of, name_of, take_out, text_of
from audio_edition.read.xml import own_markup

_CORRECTIONS = {"correction", "correct"}
_PAGES = ("html", "body", "div", "article", "section")
_WIDEST = re.compile(r"(?:medtop:|subj:)?(?:[01]\d000000)")


def reading(root: etree._Element, name: str) -> Reading:
    """Return the articles of a message, of a package with its items, or of one item. Raises ReadError."""
    items = [root] if name_of(root) == "newsItem" else list(root.iter("{*}newsItem"))
    packages = [root] if name_of(root) == "packageItem" else list(root.iter("{*}packageItem"))
    ordered, categories = _in_order(items, packages)
    read = (_item(item, categories.get(item.get("guid", ""), ""), name) for item in ordered)
    title = next(filter(speakable, (_headline(package) for package in packages)), "")
    return story.reading_of(read, name, Issue((), title, story.day_of(first_of(root, "header/sent"))))


# --- packages


def _in_order(
    items: list[etree._Element], packages: list[etree._Element]
) -> tuple[list[etree._Element], dict[str, str]]:
    """Return the items in the packages' order, then the others, and the title of the group of each."""
    by_name = {item.get("guid", ""): item for item in items}
    listed: dict[str, str] = {}
    for package in packages:
        for guid, group in _references(package):
            listed.setdefault(guid, group)
    first = [by_name[guid] for guid in listed if guid in by_name]
    seen = set(first)
    return [*first, *(item for item in items if item not in seen)], listed


def _references(package: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield the items of a package in order, each with the title of the group that it is in."""
    groups = {group.get("id", ""): group for group in each(package, "groupSet/group")}
    top = next((one.get("root", "") for one in each(package, "groupSet")), "")
    waiting, seen = [(groups.get(top, next(iter(groups.values()), package)), "")], set()
    while waiting:
        element, title = waiting.pop()
        if name_of(element) == "itemRef":
            yield element.get("residref", ""), title
        group = groups.get(element.get("idref", "")) if name_of(element) == "groupRef" else element
        if group is None or group in seen:
            continue
        seen.add(group)
        title = first_of(group, "title", "name") or title
        waiting += [(child, title) for child in group.iterchildren("{*}itemRef", "{*}groupRef", reversed=True)]


# --- items


def _item(item: etree._Element, category: str, name: str) -> story.Item:
    status = next(map(_code, each(item, "itemMeta/pubStatus")), "")
    content = _content(item, name)
    if content is not None and name_of(content) == "nitf" and story.is_unusable(nitf.status_of(content)):
        status = nitf.status_of(content)
    if story.is_unusable(status):
        return story.Item(_headline(item), status, None)
    if content is None:
        return story.Item(_headline(item), status, None, _what(item))
    around = _around(item, category, status, _language(item, content))
    if name_of(content) == "nitf":
        return story.Item(around.title, status, nitf.story_of(content, around))
    told, summary = _content_of(content, around, name), _summary(item)
    heads = (around.title, *(credit.text for credit in around.credits), *summary)
    article = story.with_summary(inner.into(around, told), [Paragraph(Text(text)) for text in summary])
    return story.Item(around.title, status, story.Story(story.told_once(article), story.with_heads(heads, told.seen)))


def _around(item: etree._Element, category: str, status: str, language: str) -> Article:
    """Return the item's metadata about its text."""
    signals = [_code(signal).rpartition(":")[2].casefold() for signal in each(item, "itemMeta/signal")]
    findings = story.warnings_of(
        status,
        map(text_of, each(item, "itemMeta/embargoed")),
        map(text_of, each(item, "itemMeta/edNote")),
        [""] if set(signals) & _CORRECTIONS else [],
    )
    return Article(
        _headline(item),
        (),
        (*story.bylines(_writers(item)), *story.datelines(map(text_of, each(item, "contentMeta/dateline")))),
        story.day_of(first_of(item, "itemMeta/versionCreated"), first_of(item, "itemMeta/firstCreated")),
        language,
        _source(item),
        category or _category(item),
        findings=findings,
    )


def _headline(item: etree._Element) -> str:
    lines = sorted(each(item, "contentMeta/headline"), key=_rank)
    return next(filter(speakable, map(text_of, (*lines, *each(item, "itemMeta/title")))), "")


def _rank(element: etree._Element) -> int:
    said = element.get("rank", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _writers(item: etree._Element) -> list[str]:
    """Return the writers' bylines as written, else their names; a bare literal is an id for computers."""
    written = [text_of(by) for by in each(item, "contentMeta/by")]
    names = [first_of(creator, "name") for creator in each(item, "contentMeta/creator")]
    return written or [name for name in names if " " in name.strip()]


def _source(item: etree._Element) -> str:
    named = [first_of(provider, "name") or _code(provider) for provider in each(item, "itemMeta/provider")]
    credited = [text_of(line) for line in each(item, "contentMeta/creditline")]
    return next((name.rpartition(":")[2] for name in (*named, *credited) if speakable(name)), "")


def _category(item: etree._Element) -> str:
    """Return the first subject called a category, or among IPTC's broadest, or that is a concept."""
    subjects = [(first_of(subject, "name"), _code(subject), subject.get("type", "")) for subject in
                each(item, "contentMeta/subject")]  # fmt: skip
    named = [subject for subject in subjects if len(subject[0]) > 2]
    called = [name for name, _, kind in named if "category" in kind]
    widest = [name for name, code, _ in named if _WIDEST.fullmatch(code)]
    things = [name for name, _, kind in named if kind in ("", "cpnat:abstract")]
    return next(iter((*called, *widest, *things)), "")


def _summary(item: etree._Element) -> list[str]:
    said = [text for text in each(item, "contentMeta/description") if "caption" not in text.get("role", "")]
    return [text_of(text) for text in said[:1]]


def _language(item: etree._Element, content: etree._Element) -> str:
    said = next((language.get("tag", "") for language in each(item, "contentMeta/language")), "")
    around = (content, *content.iterancestors())
    return said or next(filter(None, map(language_of, around)), "")


# --- content


def _content(item: etree._Element, name: str) -> etree._Element | None:
    """Return the element that holds the text in the richest form."""
    held = list(each(item, "contentSet/inlineXML"))
    for data in each(item, "contentSet/inlineData"):
        own_markup.put_in(data, name)
        held += [data] if len(data) else []
    found = [child for one in held for child in one if _form(child) is not None]
    found += [data for data in each(item, "contentSet/inlineData") if not len(data) and _form(data) is not None]
    return min(found, key=lambda content: _form(content) or 0, default=None)


_NITF, _HTML, _OWN, _PLAIN = range(4)


def _form(content: etree._Element) -> int | None:
    """Return the content's form; None if it is not text."""
    name, said = name_of(content), content.get("contenttype", "text/plain")
    if name == "inlineData":
        return _HTML if "html" in said else _PLAIN if said.startswith("text/") else None
    if name == "nitf":
        return _NITF
    if name in _PAGES and not own_markup.is_own(content):
        return _HTML
    return _OWN if own_markup.has_prose(content) else None


def _content_of(content: etree._Element, around: Article, name: str) -> inner.Content:
    form = _form(content)
    if form == _OWN:
        return own_markup.content_of(content, around.language, name)
    if name_of(content) != "inlineData":
        return _page_content(content, around)
    text = inner.decoded("".join(content.itertext()), content.get("encoding", ""))
    return (inner.html if form == _HTML else inner.of_either)(text, name, around.language)


def _page_content(content: etree._Element, around: Article) -> inner.Content:
    body = next(each(content, "body"), content)
    headers = [header for header in body.iter("{*}header") if _repeats(header, around.title)]
    left_out = [text_of(header) for header in headers]
    for header in headers:
        take_out(header)
    told = inner.of_element(body, around.language)
    findings = (*told.findings, *map(_header_left_out, left_out))
    return replace(told, findings=findings, seen=(*left_out, *told.seen))


def _repeats(header: etree._Element, title: str) -> bool:
    """Return whether the header repeats the headline among the item's dates and subjects."""
    headings = header.iter("{*}h1", "{*}h2")
    return header.getparent() is not None and any(text_of(heading) == title for heading in headings)


def _header_left_out(text: str) -> Finding:
    return Finding("item-header", "note", "The header of the item's page is not read out.", text=text)


def _what(item: etree._Element) -> str:
    """Return a phrase for an item without readable text."""
    kind = next(map(_code, each(item, "itemMeta/itemClass")), "").rpartition(":")[2]
    if kind not in ("", "text"):
        return f"which is a {kind}"
    if next(each(item, "contentSet/remoteContent"), None) is not None:
        return "whose text is elsewhere: nothing is fetched"
    return "which holds no text that can be read"


def _code(element: etree._Element) -> str:
    return element.get("qcode") or element.get("uri") or element.get("literal") or ""
