"""Reads ninjs, IPTC's news in JSON, version 1, 2 or 3: one item or a list.

https://iptc.org/std/ninjs/userguide/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audio_edition.model import Article, Block, Figure, Finding, Paragraph, Picture, Text
from audio_edition.read.decode import opening
from audio_edition.read.document import Document, Reading
from audio_edition.read.json import Json, json_tree, many, objects, text_in
from audio_edition.read.news import inner, nitf, story
from audio_edition.read.tree import xml_tree

_OPENING_CHARACTERS = 50_000
_KEY = re.compile(
    r'(?<!\\)"(?:body_?[a-z0-9_]{1,20}|bodies|headlines?|version[cC]reated|pub[sS]tatus|representation[tT]ype)"\s*:'
)
_STARTS = re.compile(r"(?:\[\s*)?\{")
_HTML, _NITF, _PLAIN = range(3)
_WIDEST = re.compile(r"(?:\A|[:/])[01]\d000000\Z")
_WITHOUT_TEXT = ("audio", "graphic", "picture", "video")
_DRAWN = ("graphic", "picture")

Values = dict[str, Json]


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is JSON with names that only ninjs has; an edited script is recognised before."""
    text = opening(data, _OPENING_CHARACTERS)
    return _STARTS.match(text) is not None and _KEY.search(text) is not None


def read(document: Document) -> Reading:
    """Return the articles of all items in order.

    Stories that must not be published are left out with a finding. Raises ReadError if there are no others.
    """
    name = document.name
    return story.reading_of(
        (read for item in many(json_tree(document.data, name)) for read in _items(item, name)), name
    )


def _items(item: Values, name: str) -> Iterator[story.Item]:
    """Yield the item, or, if it has no text of its own, the items that it bundles."""
    inside = list(objects(item, "associations"))
    if story.is_unusable(_status(item)) or _body(item) or not any(map(_body, inside)):
        yield _item(item, inside, name)
    else:
        yield from (_item(other, [], name) for other in inside)


def _item(item: Values, inside: list[Values], name: str) -> story.Item:
    """Return the item's article, with the captions of its pictures after its text."""
    status, kind = _status(item), text_in(item, "type")
    title = inner.line(_headline(item), name)
    if story.is_unusable(status):
        return story.Item(title, status, None)
    if kind in _WITHOUT_TEXT and not _body(item):
        return story.Item(title, status, None, f"which is a {kind}")
    own, summary = _story(item, title, name), _summary(item, name)
    article = story.told_once(story.with_summary(own.article, [Paragraph(Text(text)) for text in summary]))
    pictures = [
        _picture(picture, name)
        for picture in inside
        if text_in(picture, "type") in _DRAWN and not story.is_unusable(_status(picture))
    ]
    seen = story.with_heads((*summary, *(text for picture in pictures for text in picture)), own.seen)
    article = _with_pictures(article, pictures)
    others = [inner.line(_headline(other), name) for other in inside if text_in(other, "type") not in _DRAWN]
    return story.Item(title, status, story.Story(replace(article, findings=article.findings + _left_out(others)), seen))


def _story(item: Values, title: str, name: str) -> story.Story:
    """Return the item's text with its metadata."""
    language = text_in(item, "language")
    around = Article(
        title,
        (),
        (
            *story.bylines([inner.line(text_in(item, "byline", "by"), name)]),
            *story.datelines([text_in(item, "dateline")]),
        ),
        story.day_of(text_in(item, "versioncreated", "versionCreated"), text_in(item, "firstcreated", "firstCreated")),
        language,
        _source(item),
        _category(item),
        findings=_known(item),
    )
    form, text = _body(item) or (_PLAIN, "")
    if form == _NITF:
        root, findings = xml_tree(text.encode(), name)
        return nitf.story_of(root, replace(around, findings=around.findings + findings))
    told = inner.html(text, name, language) if form == _HTML else inner.of_either(text, name, language)
    heads = (title, *(credit.text for credit in around.credits))
    return story.Story(inner.into(around, told), story.with_heads(heads, told.seen))


def _known(item: Values) -> tuple[Finding, ...]:
    """Return the findings for an editor."""
    until = text_in(item, "embargoed", "embargo")
    notes = [text_in(item, "ednote", "edNote"), *(text_in(note, "value") for note in objects(item, "edNotes"))]
    return story.warnings_of(_status(item), [until] if until else [], notes)


def _status(item: Values) -> str:
    return text_in(item, "pubstatus", "pubStatus")


def _headline(item: Values) -> str:
    """Return the main headline; the others are shorter or for search engines."""
    lines = sorted(objects(item, "headlines"), key=lambda line: text_in(line, "role") not in ("", "main", "headline"))
    values = [text_in(line, "value") for line in lines]
    return next(filter(None, (text_in(item, "headline"), *values, text_in(item, "title", "name"))), "")


def _body(item: Values) -> tuple[int, str] | None:
    """Return the text in the richest form; other bodies repeat it in other forms."""
    found = [(_form(key), text_in(item, key)) for key in item if key.startswith("body_") or key == "body"]
    bodies = sorted(objects(item, "bodies"), key=lambda body: text_in(body, "role") not in ("", "main"))
    found += [(_form(text_in(body, "contentType", "contenttype")), text_in(body, "value")) for body in bodies]
    usable = [(form, text) for form, text in found if text and form is not None]
    return min(usable, key=lambda one: one[0], default=None)


def _form(said: str) -> int | None:
    """Return the form's rank, HTML before NITF before plain text; None for other forms."""
    said = said.casefold()
    if "html" in said:
        return _HTML
    if "nitf" in said:
        return _NITF
    return _PLAIN if said in ("", "body", "body_text", "body_plain", "text") or "plain" in said else None


def _summary(item: Values, name: str) -> list[str]:
    """Return the item's summary of its text."""
    said = [text_in(text, "value") for text in objects(item, "descriptions") if text_in(text, "role") != "caption"]
    said += [text_in(item, "description_text", "description_html", "description")]
    return [inner.line(text, name) for text in said if text][:1]


def _source(item: Values) -> str:
    """Return the sender, or else the copyright holder."""
    named = [text_in(one, "name") for one in objects(item, "provider", "infosources", "infoSources")]
    return next(filter(None, (text_in(item, "provider", "source"), *named, text_in(item, "copyrightholder",
                                                                                  "copyrightHolder"))), "")  # fmt: skip


def _category(item: Values) -> str:
    """Return the first subject called a category or section, or among IPTC's broadest, or any."""
    subjects = [
        (text_in(one, "name"), text_in(one, "code", "uri"), " ".join(text_in(one, key) for key in ("rel", "scheme")))
        for one in objects(item, "subject", "subjects")
    ]
    called = [name for name, _, kind in subjects if "category" in kind or "section" in kind]
    widest = [name for name, code, _ in subjects if _WIDEST.search(code)]
    return next(filter(None, (*called, *widest, *(name for name, _, _ in subjects))), "")


def _picture(item: Values, name: str) -> tuple[str, str]:
    """Return the alternative text and the caption of a picture."""
    captions = [text_in(text, "value") for text in objects(item, "descriptions")]
    said = [text_in(item, "description_text", "description_html", "description"), *captions]
    described, caption = text_in(item, "altText", "alttext"), next(filter(None, said), "")
    return inner.line(described, name), inner.line(caption, name)


def _with_pictures(article: Article, pictures: list[tuple[str, str]]) -> Article:
    """Return the article with its pictures after its text, without those whose words are in it."""
    for described, caption in pictures:
        alone = (Picture(Text(described)),) if described and not story.says(article, described) else ()
        under = (Paragraph(Text(caption)),) if caption and not story.says(article, caption) else ()
        new: tuple[Block[Text], ...] = (Figure(alone, under),) if under else alone
        article = replace(article, blocks=article.blocks + new)
    return article


def _left_out(titles: list[str]) -> tuple[Finding, ...]:
    if not titles:
        return ()
    named = ", ".join(f"“{title}”" if title else "one without a name" for title in titles)
    message = f"Other material with the story is not read: {named}."
    return (Finding("item-without-text", "warning", message, remedy="Read it from a document of its own."),)
