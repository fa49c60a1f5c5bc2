"""Lists the lines of a document: its headings and paragraphs in order, and which of them look like titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import classes_of, heading_level, is_block, is_shown, name_of, roles_of
from audio_edition.read.markup.kinds import is_drop_cap

_TITLE_CLASS = re.compile(
    r"""(?:^|[^a-z])(?:
        (?:sub|half|chap(?:ter)?|ch|sect(?:ion)?|part|book|story|article|prologue|epilogue|fm|bm|front|back)?[-_]?
        (?:title|titre|titel|titulo|título|titolo|head(?:ing|line)?|header|number|num|no|ordinal|label|opener)s?
      | chap(?:ter|no|num)?s? | kapitel | chapitre | capitulo | capitolo | hoofdstuk | tit | ttl | ct | cn | cst | pt
      | pn | fmt | bmt | h[1-6] | (?:ü|ue)berschrift | cent(?:er|re)(?:ed|d)? | text-?center
    )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
_TITLE_ROLES = frozenset(
    {"bridgehead", "doc-subtitle", "fulltitle", "halftitle", "label", "ordinal", "subtitle", "title"}
)
_SUBTITLE = re.compile(
    r"(?:^|[^a-z])(?:sub[-_]?(?:title|head(?:ing)?)|cst|untertitel|sous-?titre)(?![a-z])", re.IGNORECASE
)
_CENTRED = re.compile(
    r"text-align\s*:\s*center|font-weight\s*:\s*(?:bold|[6-9]00)|font-size\s*:\s*(?:x*-?large|1\.[2-9]|[2-9])"
)
_BOLD = frozenset({"b", "big", "strong"})
_APART = frozenset(
    {"aside", "blockquote", "dl", "fieldset", "figure", "form", "nav", "ol", "pre", "table", "ul", "details"}
)
"""Elements in which a heading is never a chapter's."""

_LONGEST = 140
_MOST_WORDS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A heading, of `level` 1 to 6, or a paragraph, of level 0. `is_title` tells whether it looks like a title,
    `is_apart` whether it is in a list, a table or another place that cannot hold a chapter's title."""

    element: etree._Element
    text: str
    level: int
    is_title: bool
    is_apart: bool
    is_subtitle: bool = False


def lines_of(part: etree._Element) -> list[Line]:
    """Return the lines of a document that have words or alternative texts."""
    return [line for line in _lines(part) if speakable(line.text)]


def _lines(part: etree._Element) -> Iterator[Line]:
    holders = _with_blocks(part)
    apart = 0
    walk = etree.iterwalk(part, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            continue
        if event == "end":
            apart -= name_of(element) in _APART
            continue
        apart += name_of(element) in _APART
        if not is_shown(element):
            walk.skip_subtree()
        elif level := heading_level(element):
            yield Line(element, said(element), level, True, apart > 0, _is_subtitle(element))
            walk.skip_subtree()
        elif element in holders:
            if (element.text or "").strip():
                yield Line(element, element.text or "", 0, False, True)
        elif is_block(element) or element is part:
            text = "" if is_drop_cap(element) else said(element)
            yield Line(element, text, 0, _is_title(element, text), apart > 0, _is_subtitle(element))
            walk.skip_subtree()


def _with_blocks(part: etree._Element) -> set[etree._Element]:
    """Return the elements that contain blocks."""
    holders: set[etree._Element] = set()
    for element in part.iter(etree.Element):
        if element is not part and is_block(element):
            around = element.getparent()
            while around is not None and around not in holders:
                holders.add(around)
                around = around.getparent() if around is not part else None
    return holders


def said(element: etree._Element) -> str:
    """Return an element's text on one line, with alternative texts of pictures and without note marks."""
    text = ""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        if event == "end":
            text += (each.tail or "") if each is not element else ""
        elif not isinstance(each.tag, str) or not is_shown(each) or (each is not element and _is_mark(each)):
            walk.skip_subtree()
        else:
            name = name_of(each)
            text += f" {each.get('alt', '')} " if name == "img" else " " if name == "br" else ""
            text += each.text or ""
        if len(text) > 20 * _LONGEST:
            break
    return " ".join(text.split())


def _is_mark(element: etree._Element) -> bool:
    if roles_of(element) & {"noteref", "doc-noteref", "pagebreak", "doc-pagebreak"}:
        return True
    return name_of(element) == "sup" and next(element.iter("{*}a"), None) is not None


def _is_title(element: etree._Element, text: str) -> bool:
    """Return whether a paragraph is styled as a title."""
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or text.endswith((",", ";")):
        return False
    if text.endswith(".") and len(text.split()) > 6:
        return False
    around = element.getparent()
    is_one_of_many = around is None or next(islice(around, 3, None), None) is not None
    boxes = [element] if around is None or is_one_of_many else [element, around]
    return (
        any(map(_is_named_title, (element, *element.iterchildren(etree.Element))))
        or _is_bold(element, text)
        or any(each.get("align") == "center" or name_of(each) == "center" for each in boxes)
    )


def _is_named_title(element: etree._Element) -> bool:
    return bool(
        _TITLE_CLASS.search(" ".join(classes_of(element)))
        or _TITLE_ROLES & roles_of(element)
        or _CENTRED.search(element.get("style", ""))
    )


def _is_subtitle(element: etree._Element) -> bool:
    return bool(_SUBTITLE.search(" ".join(classes_of(element))) or {"subtitle", "doc-subtitle"} & roles_of(element))


def _is_bold(element: etree._Element, text: str) -> bool:
    """Return whether all of a paragraph is bold."""
    bold = [each for each in element.iter(etree.Element) if name_of(each) in _BOLD]
    outer = [each for each in bold if not any(name_of(around) in _BOLD for around in each.iterancestors())]
    return bool(outer) and " ".join(" ".join(said(each) for each in outer).split()) == text
