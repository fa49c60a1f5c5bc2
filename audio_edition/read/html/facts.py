"""In: the tree of a page. Out: what it tells machines of its article: JSON-LD, Open Graph, Dublin Core, microdata.

https://schema.org/Article, https://ogp.me/#type_article, https://html.spec.whatwg.org/multipage/microdata.html
"""

from __future__ import annotations

import datetime
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from audio_edition.read.markup.elements import language_of, name_of
from audio_edition.read.markup.inline import words_of

_KINDS = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
    "ReviewNewsArticle", "LiveBlogPosting", "Article", "BlogPosting", "TechArticle", "ScholarlyArticle",
    "SatiricalArticle", "AdvertiserContentArticle", "Report", "SocialMediaPosting", "MedicalWebPage", "WebPage",
)  # fmt: skip
"""What JSON-LD calls an article; the first of these that a page has."""

_NAMES = {
    "title": "og:title itemprop:headline dc.title dcterms.title citation_title parsely-title twitter:title",
    "authors": "author itemprop:author article:author dc.creator dcterms.creator citation_author parsely-author byl",
    "published": """article:published_time og:published_time itemprop:datepublished datepublished dc.date.issued
        dcterms.issued dcterms.created dc.date dcterms.date citation_publication_date citation_date parsely-pub-date
        sailthru.date publication_date publish_date publishdate publish-date pubdate date.created date""",
    "source": "og:site_name itemprop:publisher dc.publisher dcterms.publisher citation_journal_title application-name",
    "category": "article:section og:article:section itemprop:articlesection parsely-section section",
    "language": "content-language dc.language dcterms.language language itemprop:inlanguage og:locale",
}
"""What meta elements and microdata call each fact, the surest first."""

_LONGEST_JSON = 2_000_000
_MOST_NODES = 20_000
_LONGEST = 500
_MOST_AUTHORS = 12
_DAY = re.compile(r"\s*(\d{4})([-/.]?)(\d\d)\2(\d\d)(?!\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is not told is empty. `published` is an ISO 8601 date, `text` the article without its markup."""

    title: str = ""
    authors: str = ""
    published: str = ""
    language: str = ""
    source: str = ""
    category: str = ""
    text: str = ""
    is_live: bool = False
    is_free: bool = True


def facts_of(root: etree._Element) -> Facts:
    """What the page tells of the article that it is about."""
    article = _article_of(root)
    meta = _meta_of(root)
    said = {fact: [each for name in names.split() for each in meta[name]] for fact, names in _NAMES.items()}
    languages = [language_of(root) or "", _text(article.get("inLanguage")), *said["language"]]
    return Facts(
        title=_text(article.get("headline")) or next(iter(said["title"]), "") or _window_title(root),
        authors=", ".join(_authors(article.get("author")) or _authors(said["authors"])),
        published=next(filter(None, map(day_of, (_text(article.get("datePublished")), *said["published"]))), ""),
        language=next(filter(None, map(_language, languages)), ""),
        source=next(iter(_authors(article.get("publisher")) or said["source"]), ""),
        category=_text(article.get("articleSection")) or next(iter(said["category"]), ""),
        text=_text(article.get("articleBody"), _LONGEST_JSON),
        is_live="LiveBlogPosting" in _kinds(article),
        is_free=str(article.get("isAccessibleForFree", "")).lower().rpartition("/")[2] != "false",
    )


def day_of(text: str) -> str:
    """The date that a time of ISO 8601 begins with, if it is in the calendar; empty otherwise."""
    if found := _DAY.match(text):
        year, _, month, day = found.groups()
        try:
            return datetime.date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            return ""
    return ""


def _article_of(root: etree._Element) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {}
    for script in root.iter("script"):
        if "ld+json" in script.get("type", ""):
            for node in _nodes(script.text or ""):
                for kind in _kinds(node):
                    found.setdefault(kind, node)
    return next((found[kind] for kind in _KINDS if kind in found), {})


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    """All objects in a piece of JSON-LD, in order."""
    try:
        waiting = [json.loads(text[:_LONGEST_JSON], strict=False)]
    except (ValueError, RecursionError):  # a page's own mistake
        return
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += reversed(list(value.values()))
        elif isinstance(value, list):
            waiting += reversed(value)


def _kinds(node: dict[str, Any]) -> list[str]:
    said = node.get("@type", "")
    return [kind.rpartition("/")[2] for kind in (said if isinstance(said, list) else [said]) if isinstance(kind, str)]


def _meta_of(root: etree._Element) -> defaultdict[str, list[str]]:
    """What meta elements and microdata say, by their names in small letters."""
    meta: defaultdict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta"):
        names = f"{element.get('name', '')} {element.get('property', '')} {element.get('http-equiv', '')}"
        for name in names.lower().split():
            meta[name].append(_text(element.get("content")))
    for element in root.iter(etree.Element):
        for name in element.get("itemprop", "").lower().split():
            if f"itemprop:{name}" in _MICRODATA:
                meta[f"itemprop:{name}"].append(_microdata(element))
    return defaultdict(list, {name: [each for each in said if each] for name, said in meta.items()})


_MICRODATA = frozenset(name for names in _NAMES.values() for name in names.split() if name.startswith("itemprop:"))


def _microdata(element: etree._Element) -> str:
    said = element.get("content") or element.get("datetime")
    if said is None and element.get("itemscope") is not None:
        part = next((each for each in element.iter(etree.Element) if "name" in each.get("itemprop", "").split()), None)
        return "" if part is None else _microdata(part)
    return _text(words_of(element, "").text if said is None else said)


def _authors(said: Any) -> list[str]:
    """Names, each once: JSON-LD has a name, an object with one, or a list of those."""
    names: list[str] = []
    for each in said if isinstance(said, list) else [said]:
        name = _text(each.get("name") if isinstance(each, dict) else each)
        if name and name not in names and not _ADDRESS.search(name):
            names.append(name)
    return names[:_MOST_AUTHORS]


def _window_title(root: etree._Element) -> str:
    """The title of the browser's window, without the name of the site behind it."""
    title = next((_text(each.text) for each in root.iter("title") if name_of(each.getparent()) == "head"), "")
    headline, bar, _ = title.rpartition(" | ")
    if bar:
        return headline
    parts = re.split(r" [•·»—–-] ", title)
    return parts[0] if len(parts) > 1 and len(parts[0]) > 2 * len(parts[-1]) else title


def _language(said: str) -> str:
    said = said.split(",")[0].strip().replace("_", "-")
    return said if _LANGUAGE.fullmatch(said) else ""


def _text(said: Any, longest: int = _LONGEST) -> str:
    """A string on one line; of several, the first."""
    if isinstance(said, list):
        said = next(iter(said), "")
    return " ".join(html.unescape(said).split())[:longest] if isinstance(said, str) else ""
