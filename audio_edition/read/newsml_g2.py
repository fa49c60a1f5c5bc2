"""In: an element of NewsML-G2. Out: its articles.

https://iptc.org/std/NewsML-G2/guidelines/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from audio_edition.model import Article, Finding, Issue, Paragraph
from audio_edition.read import inner, nitf
from audio_edition.read.lines import speakable
from audio_edition.read.markup import read_body
from audio_edition.read.markup.elements import language_of
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
    told_once,
    with_summary,
)
from audio_edition.read.tree import each, first_of, name_of, take_out, text_of

_CORRECTIONS = {"correction", "correct"}
_HTML = ("html", "body", "div", "article", "section")
_WIDEST = re.compile(r"(?:medtop:|subj:)?(?:[01]\d000000)")


def issue(root: etree._Element, name: str) -> Issue:
    """The articles of a message, of a package with its items, or of one item."""
    items = [root] if name_of(root) == "newsItem" else list(root.iter("{*}newsItem"))
    packages = [root] if name_of(root) == "packageItem" else list(root.iter("{*}packageItem"))
    ordered, categories = _in_order(items, packages)
    read = (_item(item, categories.get(item.get("guid", ""), ""), name) for item in ordered)
    title = next(filter(speakable, (_headline(package) for package in packages)), "")
    return issue_of(read, name, Issue((), title, day_of(first_of(root, "header/sent"))))


# --- packages


def _in_order(
    items: list[etree._Element], packages: list[etree._Element]
) -> tuple[list[etree._Element], dict[str, str]]:
    """The items as the packages list them, the others behind, and the title of the group that each is in."""
    by_name = {item.get("guid", ""): item for item in items}
    listed: dict[str, str] = {}
    for package in packages:
        for guid, group in _references(package):
            listed.setdefault(guid, group)
    first = [by_name[guid] for guid in listed if guid in by_name]
    seen = set(first)
    return [*first, *(item for item in items if item not in seen)], listed


def _references(package: etree._Element) -> Iterator[tuple[str, str]]:
    """The items of a package in order, each with the title of the group that it is in."""
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


def _item(item: etree._Element, category: str, name: str) -> Item:
    status = next(map(_code, each(item, "itemMeta/pubStatus")), "")
    content = _content(item)
    if content is not None and name_of(content) == "nitf" and is_unusable(nitf.status_of(content)):
        status = nitf.status_of(content)
    if is_unusable(status):
        return Item(_headline(item), status, None)
    if content is None:
        return Item(_headline(item), status, None, _what(item))
    around = _around(item, category, status, _language(item, content))
    if name_of(content) == "nitf":
        return Item(around.title, status, nitf.article_of(content, around))
    sections, findings = _told(content, around, name)
    article = replace(around, sections=sections, findings=around.findings + findings)
    return Item(around.title, status, told_once(with_summary(article, _summary(item))))


def _around(item: etree._Element, category: str, status: str, language: str) -> Article:
    """What the item says about its text."""
    embargoes = [text_of(until) for until in each(item, "itemMeta/embargoed")]
    signals = [_code(signal).rpartition(":")[2].casefold() for signal in each(item, "itemMeta/signal")]
    notes = [text_of(note) for note in each(item, "itemMeta/edNote")]
    findings = (
        *map(embargo, embargoes),
        *doubtful_status(status),
        *([correction("")] if set(signals) & _CORRECTIONS else []),
        *advice(notes),
    )
    return Article(
        _headline(item),
        (),
        (*bylines(_writers(item)), *datelines(map(text_of, each(item, "contentMeta/dateline")))),
        day_of(first_of(item, "itemMeta/versionCreated"), first_of(item, "itemMeta/firstCreated")),
        language,
        _source(item),
        category or _category(item),
        findings,
    )


def _headline(item: etree._Element) -> str:
    lines = sorted(each(item, "contentMeta/headline"), key=_rank)
    return next(filter(speakable, map(text_of, (*lines, *each(item, "itemMeta/title")))), "")


def _rank(element: etree._Element) -> int:
    said = element.get("rank", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _writers(item: etree._Element) -> list[str]:
    """As it is written, or else the names of those who wrote it: a word alone is what a computer knows them by."""
    written = [text_of(by) for by in each(item, "contentMeta/by")]
    names = [first_of(creator, "name") for creator in each(item, "contentMeta/creator")]
    return written or [name for name in names if " " in name.strip()]


def _source(item: etree._Element) -> str:
    named = [first_of(provider, "name") or _code(provider) for provider in each(item, "itemMeta/provider")]
    credited = [text_of(line) for line in each(item, "contentMeta/creditline")]
    return next((name.rpartition(":")[2] for name in (*named, *credited) if speakable(name)), "")


def _category(item: etree._Element) -> str:
    """The first subject that is called a category, or is one of the widest of IPTC's, or is a thing."""
    subjects = [(first_of(subject, "name"), _code(subject), subject.get("type", "")) for subject in
                each(item, "contentMeta/subject")]  # fmt: skip
    named = [subject for subject in subjects if len(subject[0]) > 2]
    called = [name for name, _, kind in named if "category" in kind]
    widest = [name for name, code, _ in named if _WIDEST.fullmatch(code)]
    things = [name for name, _, kind in named if kind in ("", "cpnat:abstract")]
    return next(iter((*called, *widest, *things)), "")


def _summary(item: etree._Element) -> tuple[Paragraph, ...]:
    said = [text for text in each(item, "contentMeta/description") if "caption" not in text.get("role", "")]
    texts = map(text_of, said[:1])
    return tuple(Paragraph(text) for text in texts)


def _language(item: etree._Element, content: etree._Element) -> str:
    said = next((language.get("tag", "") for language in each(item, "contentMeta/language")), "")
    around = (content, *content.iterancestors())
    return said or next(filter(None, map(language_of, around)), "")


# --- content


def _content(item: etree._Element) -> etree._Element | None:
    """The element that holds the text, in the form that says most about it."""
    found = [child for inline in each(item, "contentSet/inlineXML") for child in inline if _form(child) < _FORMS]
    found += [inline for inline in each(item, "contentSet/inlineData") if _form(inline) < _FORMS]
    return min(found, key=_form, default=None)


_FORMS = 3


def _form(content: etree._Element) -> int:
    """0 for NITF, 1 for HTML, 2 for plain text."""
    name, said = name_of(content), content.get("contenttype", "text/plain")
    if name == "nitf":
        return 0
    if name in _HTML or (name == "inlineData" and "html" in said):
        return 1
    return 2 if name == "inlineData" and said.startswith("text/") else _FORMS


def _told(content: etree._Element, around: Article, name: str) -> inner.Told:
    if name_of(content) != "inlineData":
        return _told_markup(content, around)
    text = inner.decoded("".join(content.itertext()), content.get("encoding", ""))
    return (inner.html if _form(content) == 1 else inner.of_either)(text, name, around.language)


def _told_markup(content: etree._Element, around: Article) -> inner.Told:
    body = next(each(content, "body"), content)
    headers = [header for header in body.iter("{*}header") if _repeats(header, around.title)]
    left_out = [text_of(header) for header in headers]
    for header in headers:
        take_out(header)
    told = read_body(body, around.language)
    return told.sections, (*told.findings, *map(_header_left_out, left_out))


def _repeats(header: etree._Element, title: str) -> bool:
    """Whether the header says the headline again, among the item's dates and subjects."""
    headings = header.iter("{*}h1", "{*}h2")
    return header.getparent() is not None and any(text_of(heading) == title for heading in headings)


def _header_left_out(text: str) -> Finding:
    return Finding("item-header", "note", "The header of the item's page is not read out.", text=text)


def _what(item: etree._Element) -> str:
    """What an item without text to read is."""
    kind = next(map(_code, each(item, "itemMeta/itemClass")), "").rpartition(":")[2]
    if kind not in ("", "text"):
        return f"which is a {kind}"
    if next(each(item, "contentSet/remoteContent"), None) is not None:
        return "whose text is elsewhere: nothing is fetched"
    return "which holds no text that can be read"


def _code(element: etree._Element) -> str:
    return element.get("qcode") or element.get("uri") or element.get("literal") or ""
