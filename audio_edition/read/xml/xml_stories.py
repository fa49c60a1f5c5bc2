"""Extracts stories from XML of an unknown kind: its sentences, and elements named like a title, a date or a summary.

Anything else, such as a number or a key, is left out, and a finding quotes it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from lxml import etree

from audio_edition.errors import ReadError, in_brief
from audio_edition.model import Article, Finding, Issue, Paragraph, Text
from audio_edition.read.document import Reading
from audio_edition.read.lines import speakable
from audio_edition.read.markup import read_body
from audio_edition.read.markup.elements import is_language, language_of
from audio_edition.read.news import inner
from audio_edition.read.news.story import Item, Story, day_of, reading_of, told_once, with_heads, with_summary
from audio_edition.read.tree import name_of, take_out
from audio_edition.read.xml import own_markup

_STORIES = re.compile(
    r"article|artikel|art[ií]culo|articolo|entry|item|story|news|release|dispatch|document|^doc$|post$|meldung|beitrag"
    r"|notice"
)
_TITLES = (
    re.compile(r"(?:main|article|news|story)?[-_.]?(?:headline|hl1|hed|schlagzeile|rubrik|overskrift|otsikko)"),
    re.compile(r"(?:main|article|news|doc|story)?[-_.]?(?:title|titel|titre|t[ií]tulo|titolo|tytu[lł])"),
    re.compile(r"head|header|heading|subject|ueberschrift|überschrift|kop|name"),
)
"""Names of a story's title; the first that is present counts."""

_DATES = (
    re.compile(r"publi|releas|issued|erschein|veröffentlich"),
    re.compile(r"date|datum|dato|data|fecha|päivä|created|time|updated|modified"),
)
_LANGUAGES = frozenset({"idioma", "kieli", "lang", "langue", "language", "lingua", "sprache", "språk"})
_SUMMARIES = frozenset({"abstract", "description", "resumen", "résumé", "sommario", "summary", "zusammenfassung"})
_ABOUT = re.compile(
    r"copyright|rights|disclaimer|usage|terms|legal|keyword|^tags?$|categor|comment|instruction|contact|ednote"
    r"|editor.{0,3}note|metadata|administra"
)
_SOURCES = frozenset({"agency", "company", "organisation", "organization", "provider", "publisher", "quelle", "source"})
_LONGEST_TITLE = 300
_LONGEST_NAME = 100
_LONGEST_TOKEN = 500
"""Characters without a space: anything longer is a picture or other data, not text."""

_FEWEST_STORIES = 2
_FEWEST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{2,}")


def reading(root: etree._Element, name: str, findings: tuple[Finding, ...]) -> Reading:
    """Return the stories that a document seems to hold. Raises ReadError if it holds no sentence."""
    called = in_brief(name_of(root))
    _without_long_tokens(root)
    own_markup.unescape(root, name)
    if not own_markup.has_prose(root):
        raise ReadError(
            f"{name} is XML of an unknown kind: its first element is <{called}>, and it has no sentence.",
            "Save the article as plain text, HTML or NITF.",
        )
    message = f"The document is XML of an unknown kind, <{called}>: what seems to be its text is read."
    unknown = Finding("unknown-xml", "warning", message, remedy="Check that all of it is there and in order.")
    stories, language = _stories(root), _language(root)
    if stories == [root]:
        return reading_of([_item(root, language)], name, Issue((), findings=(*findings, unknown)))
    for story in stories:
        take_out(story)
    title, beside = _taken_title(root), _texts(root)
    around = Issue((), title, language=language, findings=(*findings, unknown, *_left_out(beside)))
    issue = reading_of([_item(story, language) for story in stories], name, around)
    return replace(issue, seen=(title, *beside, *issue.seen))


def _without_long_tokens(root: etree._Element) -> None:
    """Empty the elements that hold encoded data, such as a picture."""
    for element in root.iter("*"):
        if any(len(token) > _LONGEST_TOKEN for token in (element.text or "").split()):
            element.text = None


def _stories(root: etree._Element) -> list[etree._Element]:
    """Return the elements that are stories, each with a title: several of one name, else the document itself."""
    for element in root.iter("*"):
        names = Counter(child.tag for child in element if _STORIES.search(name_of(child).lower()))
        for tag, count in names.items():
            found = [child for child in element if child.tag == tag] if count >= _FEWEST_STORIES else []
            if found and all(own_markup.has_prose(story) and _title(story) is not None for story in found):
                return found
    return [root]


def _item(story: etree._Element, language: str) -> Item:
    """Return an element as a story. Modifies the element."""
    published, source, spoken = _day(story), _source(story), _language(story) or language
    title = _taken_title(story)
    written = tuple(own_markup.credits_of(story))
    summary = [" ".join(text.split()) for element in _taken(story, _is_summary) for text in _texts(element)]
    heads = (title, *(credit.text for credit in written), *summary)
    seen = with_heads(heads, _texts(story))
    left_out = [text for element in _taken(story, _is_about) for text in _texts(element)]
    left_out += [text for element in _taken(story, _data(story).__contains__) for text in _texts(element)]
    article = Article(title, credits=written, published=published, language=spoken, source=source)
    body = read_body(own_markup.as_html(story), spoken)
    article = inner.into(article, inner.Content(body.blocks, body.images, (*body.findings, *_left_out(left_out))))
    article = with_summary(article, [Paragraph(Text(text)) for text in summary])
    return Item(title, "", Story(told_once(article), seen))


def _texts(element: etree._Element) -> list[str]:
    return [text for text in element.itertext() if text.strip()]


def _left_out(texts: list[str]) -> tuple[Finding, ...]:
    if not texts:
        return ()
    message = "Left out: data in the document other than its texts, such as numbers and keys."
    return (Finding("xml-data", "note", message, text=" ".join(" ".join(texts).split())),)


def _taken(root: etree._Element, is_meant: Callable[[etree._Element], bool]) -> Iterator[etree._Element]:
    """Remove the elements that match, and yield them."""
    for element in list(root.iter("*")):
        if element is not root and is_meant(element) and root in element.iterancestors():
            take_out(element)
            yield element


# --- metadata of a story


def _title(story: etree._Element) -> etree._Element | None:
    """Return the element that holds the story's title."""
    for names in _TITLES:
        called = [each for each in story.iter("*") if names.fullmatch(name_of(each).lower())]
        for element in sorted(called, key=lambda each: len(each) > 0):  # a "header" may hold keys; a "head" is a line
            if own_markup.brief(element, _LONGEST_TITLE):
                return element
    return None


def _taken_title(story: etree._Element) -> str:
    element = _title(story)
    if element is None or element is story:
        return ""
    take_out(element)
    return own_markup.brief(element, _LONGEST_TITLE)


def _day(story: etree._Element) -> str:
    """Return the publication date, or else the first date named."""
    for names in _DATES:
        said = [element.text for element in story.iter("*") if names.search(name_of(element).lower())]
        said += [value for element in story.iter("*") for key, value in element.items() if names.search(key.lower())]
        if day := day_of(*said):
            return day
    return ""


def _language(story: etree._Element) -> str:
    """Return the first language stated in the element, as an attribute or a text."""
    said = (language_of(element) for element in story.iter("*") if own_markup.has_prose(element))
    named = (element.text or "" for element in story.iter("*") if name_of(element).lower() in _LANGUAGES)
    return next(filter(None, said), "") or next(filter(is_language, map(str.strip, named)), "")


def _source(story: etree._Element) -> str:
    named = (element for element in story.iter("*") if name_of(element).lower() in _SOURCES)
    return next(filter(speakable, (own_markup.brief(element, _LONGEST_NAME) for element in named)), "")


# --- text and data


def _is_summary(element: etree._Element) -> bool:
    return name_of(element).lower() in _SUMMARIES


def _is_about(element: etree._Element) -> bool:
    return _ABOUT.search(name_of(element).lower()) is not None


def _data(story: etree._Element) -> set[etree._Element]:
    """Return the elements that hold no sentence, are not among sentences, and have no name that says otherwise."""
    lines = list(own_markup.lines_in(story))
    prose = [line for line in lines if own_markup.is_prose(" ".join(_texts(line)))]
    names = {name_of(line) for line in prose}
    around = {each for line in prose for each in line.iterancestors()} - {story, *story.iterancestors()}
    return {
        line
        for line in lines
        if name_of(line) not in names
        and not own_markup.is_of_html(line)
        and not own_markup.is_subheading(line)
        and not (_has_words(line) and any(each in around for each in line.iterancestors()))
    }


def _has_words(line: etree._Element) -> bool:
    return len(_WORD.findall(" ".join(_texts(line))[:_LONGEST_NAME])) >= _FEWEST_WORDS
