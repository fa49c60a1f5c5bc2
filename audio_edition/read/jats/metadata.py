"""What a scholarly article says of itself: `front/article-meta` and `front/journal-meta`."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from audio_edition.model import Creator, CreatorRole, Metadata
from audio_edition.read.about import About
from audio_edition.read.markup.elements import XML_LANG
from audio_edition.read.tree import each
from audio_edition.read.xml.rewrite import line_in

_ROLES: dict[str, CreatorRole] = {"author": "author", "editor": "editor", "translator": "translator"}
_DATES = ("epub", "electronic", "pub", "ppub", "print", "collection", "")


def about_of(article: etree._Element) -> About:
    """Return the metadata of an article."""
    meta = next(each(article, "front/article-meta"), None)
    if meta is None:
        return About(language=article.get(XML_LANG, ""))
    identifiers = (f"doi:{line_in(found)}" for found in each(meta, "article-id") if found.get("pub-id-type") == "doi")
    return About(
        title=_title(meta),
        published=_date(meta),
        language=article.get(XML_LANG, ""),
        source=_first(
            article, "front/journal-meta/journal-title-group/journal-title", "front/journal-meta/journal-title"
        ),
        category=_first(meta, "article-categories/subj-group/subject"),
        metadata=Metadata(
            creators=tuple(_creators(meta)),
            subtitle=_first(meta, "title-group/subtitle"),
            subjects=tuple(line_in(word) for word in each(meta, "kwd-group/kwd")),
            rights=_first(meta, "permissions/copyright-statement", "copyright-statement"),
            identifiers=tuple(identifiers),
        ),
    )


def _title(meta: etree._Element) -> str:
    """Return the title without the marks of notes to it."""
    title = next(each(meta, "title-group/article-title"), None)
    if title is None:
        return ""
    marks = {mark for name in ("xref", "fn") for mark in title.iter(f"{{*}}{name}")}
    pieces = [title.text or ""]
    for part in title.iterdescendants():
        if not any(around in marks for around in (part, *part.iterancestors())):
            pieces.append(part.text or "")
        pieces.append(part.tail or "")
    return " ".join("".join(pieces).split())


def _creators(meta: etree._Element) -> Iterator[Creator]:
    for person in meta.iter("{*}contrib"):
        role = _ROLES.get(person.get("contrib-type", "author"))
        name = next(each(person, "name"), None)
        said = line_in(next(each(person, "string-name"), None)) or line_in(next(each(person, "collab"), None))
        if name is not None:
            said = f"{_first(name, 'given-names')} {_first(name, 'surname')}".strip()
        if role and said:
            yield Creator(said, role)


def _date(meta: etree._Element) -> str:
    dates = list(each(meta, "pub-date"))
    for kind in _DATES:
        for date in dates:
            if kind in ("", date.get("pub-type", ""), date.get("date-type", ""), date.get("publication-format", "")):
                parts = [_first(date, part) for part in ("year", "month", "day")]
                if all(part.isdigit() for part in parts):
                    return f"{int(parts[0]):04d}-{int(parts[1]):02d}-{int(parts[2]):02d}"
    return ""


def _first(element: etree._Element, *paths: str) -> str:
    return next(filter(None, (line_in(found) for path in paths for found in each(element, path))), "")
