"""Reads a feed, RSS 0.9 to 2.0, Atom or JSON Feed: each entry is an article.

https://www.rssboard.org/rss-specification · https://web.resource.org/rss/1.0/spec · RFC 4287 ·
https://jsonfeed.org/version/1.1
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audio_edition.model import Article, Finding, Issue, leaves
from audio_edition.read.decode import opening
from audio_edition.read.document import Document, Reading
from audio_edition.read.json import Json, json_tree, many, objects, said, text_in
from audio_edition.read.news import inner
from audio_edition.read.news.story import (
    Item,
    Story,
    bylines,
    day_of,
    ends_early,
    has_text,
    person_of,
    reading_of,
    text_of_blocks,
    told_once,
    with_heads,
    with_summary,
)
from audio_edition.read.tree import each, name_of, root_of, text_of, xml_tree

if TYPE_CHECKING:
    from lxml import etree

_JSON_FEED = re.compile(r'(?<!\\)"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/')
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_MOST_AUTHORS = 10
_GOES_ON = Finding(
    "text-goes-on",
    "warning",
    "The text continues elsewhere, and nothing is fetched: only what the feed holds is read.",
    remedy="Get the page itself, and read that.",
)
_LONG_TEXT = 600
"""Characters from which a description is more than a summary, even in one paragraph."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as the feed has it. `text` is its content, `summary` its description; both may be HTML."""

    title: str = ""
    authors: Sequence[str] = ()
    dates: Sequence[str] = ()
    categories: Sequence[str] = ()
    language: str = ""
    source: str = ""
    text: inner.Content = inner.NOTHING
    summary: inner.Content = inner.NOTHING


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is XML with a feed's root element, or JSON that declares itself a JSON Feed."""
    root, attributes = root_of(data)
    if root == "rss" or (root == "feed" and "atom" in attributes.casefold()):
        return True
    if root == "RDF":
        return "purl.org/rss/" in attributes
    text = opening(data, 50_000)
    return text.startswith("{") and _JSON_FEED.search(text) is not None


def read(document: Document) -> Reading:
    """Return the entries with their full text.

    An entry with only a summary gets a finding; an empty one is left out with a finding. Raises ReadError.
    """
    data, name = document.data, document.name
    if opening(data, 1) == "{":
        feed, entries = _of_json(data, name)
    else:
        root, findings = xml_tree(data, name)
        feed, entries = _of_atom(root, name) if name_of(root) == "feed" else _of_rss(root, name)
        feed = replace(feed, findings=findings)
    items = (Item(entry.title, "", _story(entry, feed, keep_all=document.keep_all)) for entry in entries)
    return reading_of(items, name, feed)


def _story(entry: _Entry, feed: Issue, *, keep_all: bool) -> Story:
    article = Article(
        entry.title,
        (),
        bylines(map(person_of, entry.authors)),
        day_of(*entry.dates),
        entry.language or feed.language,
        entry.source or feed.source,
        next(filter(None, (" ".join(category.split()) for category in entry.categories)), ""),
    )
    heads = (article.title, *(credit.text for credit in article.credits))
    text, goes_on = _without_tail(entry.text, entry.title, feed.title, keep_all=keep_all)
    summary, is_cut = _without_tail(entry.summary, entry.title, feed.title, keep_all=keep_all)
    article = inner.into(article, text)
    if not has_text(article):
        article = _with_description(article, summary, is_cut=is_cut)
        return Story(told_once(article), with_heads(heads, (*text.seen, *summary.seen)))
    article = with_summary(article, summary.blocks)
    article = replace(article, findings=article.findings + ((_GOES_ON,) if goes_on else ()))
    return Story(told_once(article), with_heads((*heads, text_of_blocks(summary.blocks)), text.seen))


def _without_tail(told: inner.Content, title: str, source: str, *, keep_all: bool) -> tuple[inner.Content, bool]:
    """Return a text without the feed program's additions, and whether they say that the text continues elsewhere."""
    from audio_edition.read.feed.tails import without_tail  # here: its patterns take time, and few documents are feeds

    tail = without_tail(told.blocks, title, source)
    if keep_all or not tail.left_out:
        return told, tail.goes_on
    message = "Left out: what the feed's program seems to have added after the text."
    finding = Finding("feed-tail", "note", message, text=" ".join(tail.left_out))
    return replace(told, blocks=tail.blocks, findings=(*told.findings, finding)), tail.goes_on


def _with_description(article: Article, summary: inner.Content, *, is_cut: bool) -> Article:
    """Return an article with its description as the text if it has no other; many feeds put the text there."""
    text = text_of_blocks(summary.blocks)
    is_whole = len(list(leaves(summary.blocks))) > 1 or len(text) >= _LONG_TEXT
    described = inner.into(article, summary)
    if is_whole and not is_cut and not ends_early(text):
        return described
    return with_summary(replace(described, blocks=()), summary.blocks)


# --- RSS


def _of_rss(root: etree._Element, name: str) -> tuple[Issue, Iterator[_Entry]]:
    channel = next(each(root, "channel"), root)
    title = _line(channel, name, "title")
    language = _tag(_plain(channel, "language")) or _said_language(root)
    published = day_of(*(_plain(channel, key) for key in ("pubDate", "lastBuildDate", "date")))
    # RSS 1.0 puts entries beside the channel.
    entries = [*each(channel, "item"), *(each(root, "item") if channel is not root else ())]
    return Issue((), title, published, language, title), (_of_item(item, name, language) for item in entries)


def _of_item(item: etree._Element, name: str, language: str) -> _Entry:
    language = _tag(_plain(item, "language")) or _said_language(item) or language
    contents = [child for child in item if name_of(child) in ("encoded", "body") and child.prefix]
    return _Entry(
        _line(item, name, "title"),
        [*_texts(item, "creator"), *_texts(item, "author")][:_MOST_AUTHORS],
        (_plain(item, "pubDate"), _plain(item, "date")),
        [*_texts(item, "category"), *_texts(item, "subject")],
        language,
        _line(item, name, "source"),
        _first_text(contents, name, language),
        _first_text(list(each(item, "description")), name, language),
    )


# --- Atom


def _of_atom(root: etree._Element, name: str) -> tuple[Issue, Iterator[_Entry]]:
    title, language = _line(root, name, "title"), _said_language(root)
    authors = [_plain(author) for author in each(root, "author/name")]
    feed = Issue((), title, day_of(_plain(root, "updated"), _plain(root, "modified")), language, title)
    return feed, (_of_entry(entry, name, language, authors) for entry in each(root, "entry"))


def _of_entry(entry: etree._Element, name: str, language: str, authors: list[str]) -> _Entry:
    language = _said_language(entry) or language
    categories = [category.get("label") or category.get("term") or "" for category in each(entry, "category")]
    dates = [_plain(entry, key) for key in ("published", "issued", "updated", "modified", "created")]
    return _Entry(
        _line(entry, name, "title"),
        ([_plain(author) for author in each(entry, "author/name")] or authors)[:_MOST_AUTHORS],
        dates,
        categories,
        language,
        _line(entry, name, "source/title"),
        _first_text(list(each(entry, "content")), name, language),
        _first_text(list(each(entry, "summary")), name, language),
    )


# --- JSON Feed


def _of_json(data: bytes, name: str) -> tuple[Issue, Iterator[_Entry]]:
    feed = next(many(json_tree(data, name)), {})
    title, language = inner.line(text_in(feed, "title"), name), _tag(text_in(feed, "language"))
    authors = [text_in(author, "name") for author in objects(feed, "authors", "author")]
    entries = (_of_object(item, name, language, authors) for item in objects(feed, "items"))
    return Issue((), title, "", language, title), entries


def _of_object(item: dict[str, Json], name: str, language: str, authors: list[str]) -> _Entry:
    language = _tag(text_in(item, "language")) or language
    tags = item.get("tags")
    html, plain = text_in(item, "content_html"), text_in(item, "content_text")
    return _Entry(
        inner.line(text_in(item, "title"), name),
        ([text_in(author, "name") for author in objects(item, "authors", "author")] or authors)[:_MOST_AUTHORS],
        (text_in(item, "date_published"), text_in(item, "date_modified")),
        [said(tag) for tag in (tags if isinstance(tags, list) else ()) if isinstance(tag, str)],
        language,
        text=inner.html(html, name, language) if html else inner.plain(plain),
        summary=inner.plain(text_in(item, "summary")),
    )


# --- elements


def _first_text(elements: list[etree._Element], name: str, language: str) -> inner.Content:
    """Return the text of the first element that has any."""
    tellings = (_of_element(element, name, language) for element in elements)
    return next((told for told in tellings if told.blocks or told.findings), inner.NOTHING)


def _of_element(element: etree._Element, name: str, language: str) -> inner.Content:
    """Return the text of markup inside the element or escaped in it: Atom's xhtml and html."""
    if element.get("src"):
        finding = Finding("text-elsewhere", "warning", "The text of the entry is elsewhere, and nothing is fetched.",
                          remedy="Get the page itself, and read that.")  # fmt: skip
        return inner.Content(findings=(finding,))
    if len(element):
        return inner.of_element(element, language)
    text = element.text or ""
    return (inner.of_either if _is_plain(element) else inner.of_feed)(text, name, language)


def _line(element: etree._Element, name: str, path: str) -> str:
    """Return the text of the first element on the path, on one line; in feeds even that may be HTML."""
    found = next(each(element, path), None)
    if found is None:
        return ""
    if len(found):
        return text_of(found)
    return _plain(found) if _is_plain(found) else inner.line(found.text or "", name)


def _is_plain(element: etree._Element) -> bool:
    """Return whether Atom declares a text as plain, explicitly or by default (RFC 4287, 3.1.1)."""
    silent = "text" if "atom" in str(element.tag).casefold() else "html"
    return element.get("type", silent) in ("text", "text/plain")


def _plain(element: etree._Element, path: str = "") -> str:
    found = next(each(element, path), None) if path else element
    return "" if found is None else " ".join("".join(found.itertext()).split())


def _texts(element: etree._Element, path: str) -> list[str]:
    return [_plain(found) for found in each(element, path)]


def _said_language(element: etree._Element) -> str:
    return _tag(element.get("{http://www.w3.org/XML/1998/namespace}lang", ""))


def _tag(text: str) -> str:
    text = text.replace("_", "-")
    return text if _TAG.fullmatch(text) else ""
