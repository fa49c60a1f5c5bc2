"""In: ninjs, IPTC's news in JSON, of version 1, 2 or 3; one item or a list. Out: an article for each item with text.

https://iptc.org/std/ninjs/userguide/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from audio_edition.model import Article, Finding, Issue, Paragraph, ParagraphKind
from audio_edition.read import inner, nitf
from audio_edition.read.decode import opening
from audio_edition.read.json import Json, json_tree, many, objects, text_in
from audio_edition.read.story import (
    Item,
    advice,
    bylines,
    datelines,
    day_of,
    doubtful_status,
    embargo,
    is_unusable,
    issue_of,
    says,
    told_once,
    with_summary,
)
from audio_edition.read.tree import xml_tree

_OPENING_CHARACTERS = 50_000
_KEY = re.compile(
    r'(?<!\\)"(?:body_?[a-z0-9_]{1,20}|bodies|headlines?|version[cC]reated|pub[sS]tatus|representation[tT]ype)"\s*:'
)
_STARTS = re.compile(r"(?:\[\s*)?\{")
_HTML, _NITF, _PLAIN = range(3)
_WIDEST = re.compile(r"(?:\A|[:/])[01]\d000000\Z")
_WITHOUT_TEXT = ("audio", "graphic", "picture", "video")

Values = dict[str, Json]


def recognises(data: bytes, name: str) -> bool:
    """JSON with names that only ninjs has; an edited script is known before."""
    text = opening(data, _OPENING_CHARACTERS)
    return _STARTS.match(text) is not None and _KEY.search(text) is not None


def read(data: bytes, name: str) -> Issue:
    """The articles of all items in their order. Stories that must not be published are left out with a finding;
    ReadError where there is nothing else."""
    return issue_of((read for item in many(json_tree(data, name)) for read in _items(item, name)), name)


def _items(item: Values, name: str) -> Iterator[Item]:
    """The item, or, where it has no text of its own, the items that it puts together."""
    inside = list(objects(item, "associations"))
    if is_unusable(_status(item)) or _body(item) or not any(map(_body, inside)):
        yield _item(item, inside, name)
    else:
        yield from (_item(other, [], name) for other in inside)


def _item(item: Values, inside: list[Values], name: str) -> Item:
    """The item's article, with the captions of its pictures behind its text."""
    status, kind = _status(item), text_in(item, "type")
    title = inner.line(_headline(item), name)
    if is_unusable(status):
        return Item(title, status, None)
    if kind in _WITHOUT_TEXT and not _body(item):
        return Item(title, status, None, f"which is a {kind}")
    article = told_once(with_summary(_article(item, title, name), _summary(item, name)))
    return Item(title, status, _with_company(article, inside, name))


def _article(item: Values, title: str, name: str) -> Article:
    language = text_in(item, "language")
    around = Article(
        title,
        inner.NOTHING[0],
        (*bylines([inner.line(text_in(item, "byline", "by"), name)]), *datelines([text_in(item, "dateline")])),
        day_of(text_in(item, "versioncreated", "versionCreated"), text_in(item, "firstcreated", "firstCreated")),
        language,
        _source(item),
        _category(item),
        _known(item),
    )
    form, text = _body(item) or (_PLAIN, "")
    if form == _NITF:
        return nitf.article_of(xml_tree(text.encode(), name), around)
    sections, findings = inner.html(text, name, language) if form == _HTML else inner.of_either(text, name, language)
    return replace(around, sections=sections, findings=around.findings + findings)


def _known(item: Values) -> tuple[Finding, ...]:
    """What an editor must know."""
    until = text_in(item, "embargoed", "embargo")
    notes = [text_in(item, "ednote", "edNote"), *(text_in(note, "value") for note in objects(item, "edNotes"))]
    return (*([embargo(until)] if until else []), *doubtful_status(_status(item)), *advice(notes))


def _status(item: Values) -> str:
    return text_in(item, "pubstatus", "pubStatus")


def _headline(item: Values) -> str:
    """The main headline; other ones are shorter, or for search engines."""
    lines = sorted(objects(item, "headlines"), key=lambda line: text_in(line, "role") not in ("", "main", "headline"))
    values = [text_in(line, "value") for line in lines]
    return next(filter(None, (text_in(item, "headline"), *values, text_in(item, "title", "name"))), "")


def _body(item: Values) -> tuple[int, str] | None:
    """The text in the form that says most about it; other bodies hold the same in other forms."""
    found = [(_form(key), text_in(item, key)) for key in item if key.startswith("body_") or key == "body"]
    bodies = sorted(objects(item, "bodies"), key=lambda body: text_in(body, "role") not in ("", "main"))
    found += [(_form(text_in(body, "contentType", "contenttype")), text_in(body, "value")) for body in bodies]
    usable = [(form, text) for form, text in found if text and form is not None]
    return min(usable, key=lambda one: one[0], default=None)


def _form(said: str) -> int | None:
    """HTML before NITF before plain text; nothing for what is none of them."""
    said = said.casefold()
    if "html" in said:
        return _HTML
    if "nitf" in said:
        return _NITF
    return _PLAIN if said in ("", "body", "body_text", "body_plain", "text") or "plain" in said else None


def _summary(item: Values, name: str) -> tuple[Paragraph, ...]:
    """What the item says of its own text."""
    said = [text_in(text, "value") for text in objects(item, "descriptions") if text_in(text, "role") != "caption"]
    said += [text_in(item, "description_text", "description_html", "description")]
    texts = (inner.line(text, name) for text in said if text)
    return tuple(Paragraph(text) for text in texts)[:1]


def _source(item: Values) -> str:
    """Who sends it, or else whose it is."""
    named = [text_in(one, "name") for one in objects(item, "provider", "infosources", "infoSources")]
    return next(filter(None, (text_in(item, "provider", "source"), *named, text_in(item, "copyrightholder",
                                                                                  "copyrightHolder"))), "")  # fmt: skip


def _category(item: Values) -> str:
    """The first subject that is called a category or section, or is one of the widest of IPTC's, or any."""
    subjects = [
        (text_in(one, "name"), text_in(one, "code", "uri"), " ".join(text_in(one, key) for key in ("rel", "scheme")))
        for one in objects(item, "subject", "subjects")
    ]
    called = [name for name, _, kind in subjects if "category" in kind or "section" in kind]
    widest = [name for name, code, _ in subjects if _WIDEST.search(code)]
    return next(filter(None, (*called, *widest, *(name for name, _, _ in subjects))), "")


def _with_company(article: Article, inside: list[Values], name: str) -> Article:
    """The article with its pictures' captions behind its text, and a finding for what else comes with it."""
    *sections, last = article.sections
    pictures = [item for item in inside if text_in(item, "type") in ("picture", "graphic")]
    captions = [caption for item in pictures for caption in _caption(item, name)]
    new = tuple(caption for caption in captions if not says(article, caption.text))
    sections.append(replace(last, paragraphs=last.paragraphs + new))
    others = [inner.line(_headline(item), name) for item in inside if item not in pictures]
    article = replace(article, sections=tuple(sections))
    return replace(article, findings=article.findings + _left_out(others)) if others else article


def _caption(item: Values, name: str) -> Iterator[Paragraph]:
    """A picture by what is said of it; what must not be published is not there."""
    if is_unusable(_status(item)):
        return
    described = text_in(item, "altText", "alttext")
    captions = [text_in(text, "value") for text in objects(item, "descriptions")]
    said = [text_in(item, "description_text", "description_html", "description"), *captions]
    texts: list[tuple[ParagraphKind, str]] = [("picture", described), ("caption", next(filter(None, said), ""))]
    yield from (Paragraph(inner.line(text, name), kind) for kind, text in texts if text)


def _left_out(titles: list[str]) -> tuple[Finding, ...]:
    named = ", ".join(f"“{title}”" if title else "one without a name" for title in titles)
    message = f"What comes with the story is not read: {named}."
    return (Finding("item-without-text", "warning", message, remedy="Read it from a document of its own."),)
