"""Reads a page's metadata about its article: JSON-LD, Open Graph, Dublin Core, microdata.

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

from audio_edition.read.markup import plain, words_of
from audio_edition.read.markup.elements import language_of

_KINDS = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle",
    "ReviewNewsArticle", "LiveBlogPosting", "Article", "BlogPosting", "TechArticle", "ScholarlyArticle",
    "SatiricalArticle", "AdvertiserContentArticle", "Report", "SocialMediaPosting", "MedicalWebPage", "WebPage",
)  # fmt: skip
"""JSON-LD's types for articles; the first that a page has is used."""

_NAMES = {
    "title": "og:title itemprop:headline dc.title dcterms.title citation_title parsely-title twitter:title",
    "authors": "author itemprop:author article:author dc.creator dcterms.creator citation_author parsely-author byl",
    "published": """article:published_time og:published_time itemprop:datepublished datepublished dc.date.issued
        dcterms.issued dcterms.created dc.date dcterms.date citation_publication_date citation_date parsely-pub-date
        sailthru.date publication_date publish_date publishdate publish-date pubdate date.created date""",
    "source": "og:site_name itemprop:publisher dc.publisher dcterms.publisher citation_journal_title application-name",
    "category": "article:section og:article:section itemprop:articlesection parsely-section section",
    "description": "og:description description dc.description dcterms.description itemprop:description parsely-summary",
    "subjects": """article:tag itemprop:keywords news_keywords citation_keywords dc.subject dcterms.subject parsely-tags
        keywords""",
    "rights": "dc.rights dcterms.rights dcterms.license copyright rights itemprop:copyrightnotice",
    "identifiers": "citation_doi prism.doi dc.identifier dcterms.identifier citation_isbn itemprop:isbn",
    "pictures": "og:image og:image:url og:image:secure_url twitter:image twitter:image:src itemprop:image thumbnail",
    "language": "content-language dc.language dcterms.language language itemprop:inlanguage og:locale",
}
"""The names of each fact in meta elements and microdata, the most reliable first."""

_LONG_FACTS = frozenset({"description", "pictures", "rights", "subjects"})
_LONGEST_JSON = 2_000_000
_MOST_NODES = 20_000
_LONGEST = 500
_MOST_AUTHORS = 12
_MOST_SUBJECTS = 30
_LONGEST_TEXT = 2_000
_OF_PROGRAM = re.compile(r"Microsoft (?:Word|PowerPoint|Excel) - ")
_FILE_NAME = re.compile(
    r"""[^.]{1,120}\.(?:docx?|docm|dotx?|odt|rtf|pages|pdf|pptx?|xlsx?|txt|md|html?|indd)
    |(?:untitled|unbenannt|sans\ (?:nom|titre)|sin\ título|sem\ título|senza\ (?:nome|titolo))
    (?:[\ -]?document)?[\ -]?\d*
    |(?:document|dokument|documento|page|home|index|new\ page|no\ title)[\ -]?\d*""",
    re.IGNORECASE | re.VERBOSE,
)
"""Titles made by a program: they say where a document was, not what it says."""
_MOST_PICTURES = 5
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]{1,200}")
_DAY = re.compile(r"\s*(\d{4})([-/.]?)(\d\d)\2(\d\d)(?!\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_ISSUE = re.compile(r"[\s,:]*(?:#|n[o°ºr]\.?|issue|vol(?:ume)?\.?|ausgabe)\s?\d.*", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """A page's metadata; unknown facts are empty. `published` is an ISO 8601 date, `text` the article without its
    markup, `pictures` are the addresses of the pictures that represent it."""

    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    language: str = ""
    source: str = ""
    category: str = ""
    text: str = ""
    description: str = ""
    subjects: tuple[str, ...] = ()
    rights: str = ""
    identifiers: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    """Possible names of the site."""

    is_live: bool = False
    is_free: bool = True


def facts_of(root: etree._Element) -> Facts:
    """Return the page's metadata about its main article."""
    article = _article_of(root)
    meta = _meta_of(root)
    said = {fact: [each for name in names.split() for each in meta[name]] for fact, names in _NAMES.items()}
    said |= {fact: [each[:_LONGEST] for each in said[fact]] for fact in said if fact not in _LONG_FACTS}
    languages = [language_of(root) or "", _text(article.get("inLanguage")), *said["language"]]
    window = _window_title(root)
    title = _text(article.get("headline")) or next(iter(said["title"]), "") or _headline_of(window)
    return Facts(
        title=title,
        sites=tuple(each for each in _sites_in(window) if each != title),
        authors=tuple(_names(article.get("author")) or _names(said["authors"])),
        published=next(filter(None, map(day_of, (_text(article.get("datePublished")), *said["published"]))), ""),
        language=next(filter(None, map(_language, languages)), ""),
        source=next(iter(_names(article.get("publisher")) or said["source"]), ""),
        category=_text(article.get("articleSection")) or next(iter(said["category"]), ""),
        text=_text(article.get("articleBody"), _LONGEST_JSON),
        description=_text(article.get("description"), _LONGEST_TEXT) or next(iter(said["description"]), ""),
        subjects=tuple(_subjects(article.get("keywords")) or _subjects(said["subjects"])),
        rights=_rights(article, root) or next(iter(said["rights"]), ""),
        identifiers=tuple(dict.fromkeys(filter(None, map(_identifier, said["identifiers"])))),
        pictures=tuple(dict.fromkeys([*_addresses(article.get("image")), *said["pictures"]]))[:_MOST_PICTURES],
        is_live="LiveBlogPosting" in _kinds(article),
        is_free=str(article.get("isAccessibleForFree", "")).lower().rpartition("/")[2] != "false",
    )


def day_of(text: str) -> str:
    """Return the date at the beginning of an ISO 8601 time, if it exists; else empty."""
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
    """Yield all objects in a piece of JSON-LD, in order."""
    try:
        waiting = [json.loads(text[:_LONGEST_JSON], strict=False)]
    except (ValueError, RecursionError):  # a mistake of the page
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
    """Return the values of meta elements and microdata, by lower-case name."""
    meta: defaultdict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta"):
        names = f"{element.get('name', '')} {element.get('property', '')} {element.get('http-equiv', '')}"
        for name in names.lower().split():
            meta[name].append(_text(element.get("content"), _LONGEST_TEXT))
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
    return _text(plain(words_of(element)) if said is None else said)


def _names(said: Any) -> list[str]:
    """Return names without repetition: JSON-LD has a name, an object with one, or a list of those."""
    names: list[str] = []
    for each in said if isinstance(said, list) else [said]:
        name = _text(each.get("name") if isinstance(each, dict) else each)
        if name and name not in names and not _ADDRESS.search(name):
            names.append(name)
    return names[:_MOST_AUTHORS]


def _subjects(said: Any) -> list[str]:
    """Return subjects without repetition; a single text of several separates them with commas."""
    texts = said if isinstance(said, list) else [said]
    parts = [part for each in texts[:_MOST_SUBJECTS] for part in _text(each, _LONGEST_TEXT).split(",")]
    return [part for part in dict.fromkeys(part.strip() for part in parts) if part][:_MOST_SUBJECTS]


def _rights(article: dict[str, Any], root: etree._Element) -> str:
    """Return the copyright notice, else the holder and year, else the licence."""
    if notice := _text(article.get("copyrightNotice")):
        return notice
    if holder := next(iter(_names(article.get("copyrightHolder"))), ""):
        year = article.get("copyrightYear")
        return f"© {year} {holder}" if isinstance(year, int | str) and len(str(year)) == 4 else f"© {holder}"
    licences = (each.get("href") for each in root.iter("link") if (each.get("rel") or "").lower() == "license")
    return _text(article.get("license")) or _text(next(licences, None))


def _identifier(said: str) -> str:
    """Return an identifier that is globally unique: a DOI or an ISBN as a URN, or a URN."""
    if doi := _DOI.search(said):
        return f"doi:{doi[0]}"
    digits = re.sub(r"[\s-]", "", said.lower().removeprefix("urn:").removeprefix("isbn").lstrip(":"))
    if re.fullmatch(r"\d{9}[\dx]|97[89]\d{10}", digits):
        return f"urn:isbn:{digits.upper()}"
    return said if said.lower().startswith("urn:") else ""


def _addresses(said: Any) -> list[str]:
    each = (
        part.get("url") if isinstance(part, dict) else part for part in (said if isinstance(said, list) else [said])
    )
    return [part for part in each if isinstance(part, str)][:_MOST_PICTURES]


def _window_title(root: etree._Element) -> str:
    """Return the title of the browser window; empty if a program made it up."""
    titles = (
        _text(each.text) for each in root.iter("title") if (head := each.getparent()) is not None and head.tag == "head"
    )
    title = _OF_PROGRAM.sub("", next(titles, ""))
    return "" if _FILE_NAME.fullmatch(title) else title


def _headline_of(title: str) -> str:
    """Return a window title without the site's name at its end."""
    headline, bar, _ = title.rpartition(" | ")
    if bar:
        return headline
    parts = re.split(r" [•·»—–-] ", title)
    return parts[0] if len(parts) > 1 and len(parts[0]) > 2 * len(parts[-1]) else title


def _sites_in(title: str) -> tuple[str, ...]:
    """Return the parts of a window title that may name the site, or a numbered newsletter."""
    parts = [part.strip() for part in re.split(r" (?:[•·»—–|:-]) ", title)]
    numbered = _ISSUE.sub("", title)
    return tuple(dict.fromkeys([*(parts if len(parts) > 1 else []), *([numbered] if numbered != title else [])]))


def _language(said: str) -> str:
    said = said.split(",")[0].strip().replace("_", "-")
    return said if _LANGUAGE.fullmatch(said) else ""


def _text(said: Any, longest: int = _LONGEST) -> str:
    """Return a string on one line; the first if there are several."""
    if isinstance(said, list):
        said = next(iter(said), "")
    return " ".join(html.unescape(said).split())[:longest] if isinstance(said, str) else ""
