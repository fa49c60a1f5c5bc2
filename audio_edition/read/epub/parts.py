"""Decides which documents of a book are its text, and which are covers, title pages, contents or indexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from lxml import etree

from audio_edition.read.contents_names import CALLED_CONTENTS
from audio_edition.read.epub.contents import Entry
from audio_edition.read.epub.lines import Line, lines_of
from audio_edition.read.epub.package import Item
from audio_edition.read.epub.titles import title_of
from audio_edition.read.lines import letters_of
from audio_edition.read.markup.elements import roles_of

_UNREAD_PARTS = """
    bastard-title cover cover-image coverpage doc-cover doc-index doc-pagelist doc-toc halftitlepage index landmarks
    list-of-illustrations list-of-tables loa loi lot lov page-list title-page titlepage toc
"""
_UNREAD = frozenset(_UNREAD_PARTS.split())
"""Parts that present the book rather than tell it: https://www.w3.org/TR/epub-ssv-11/, and EPUB 2's guide."""

_OF_CONTENTS = frozenset({"doc-pagelist", "doc-toc", "landmarks", "page-list", "toc"})
_COVERS = frozenset({"bastard-title", "cover", "cover-image", "coverpage", "doc-cover", "halftitlepage", "title-page",
                     "titlepage"})  # fmt: skip
_COVER_FILE = re.compile(r"(?:cover|title[-_]?page|half[-_]?title)\b", re.IGNORECASE)
_FEW_WORDS = 40
"""A document called cover or title page with more words than this is something else."""

_INDEXES = frozenset({"index", "register", "sachregister", "stichwortverzeichnis", "índice alfabético", "индекс"})
_PICTURE_LISTS_NAMES = """
    list of illustrations|illustrations|list of figures|list of maps|list of plates|list of tables
    |abbildungsverzeichnis|verzeichnis der abbildungen|tabellenverzeichnis|table des illustrations
    |liste des illustrations|table des figures|lista de ilustraciones|índice de ilustraciones|índice de figuras
    |lista de ilustrações|elenco delle illustrazioni|indice delle illustrazioni|lijst van afbeeldingen
"""
_PICTURE_LISTS = frozenset(" ".join(name.split()) for name in _PICTURE_LISTS_NAMES.replace("\n", " ").split("|"))
_PAGE_AT_END = re.compile(r"[\s.·…•_–—-]*(?:\d{1,4}|(?<=[\s.·…])[ivxl]{1,7})\s*$")
_NUMBERS_AT_END = re.compile(r"[,\s]\d{1,4}(?:[–—-]\d{1,4})?[.\s]*$")
_MOSTLY, _ALL_BUT_SOME = 0.6, 0.85
_LEAST_LINES = 3
_MOST_LINES = 2_000
_COPYRIGHT = re.compile(r"©|copyright|all rights reserved|\bISBN\b|alle rechte|tous droits", re.IGNORECASE)
_PRINTINGS = re.compile(r"(?<![\d.,-])\d{1,2}(?:[ \t\u00a0]+\d{1,2}){4,29}(?![\d.,-]?\d)")
_LONGEST_IMPRINT = 12_000


def reason_to_leave_out(part: etree._Element, item: Item, landmark: str, contents: Sequence[Entry]) -> str:
    """Return why a document is not read, in words for a finding; empty for one that is read."""
    kinds = _kinds(part, landmark) & _UNREAD
    is_called_cover = bool(_COVER_FILE.match(item.path.rpartition("/")[2]))
    lines = lines_of(part)[: _MOST_LINES + 1]
    words = sum(len(line.text.split()) for line in lines)
    if kinds & _OF_CONTENTS:  # a wrong reference must not cost a chapter
        return "contents" if 2 * _linked_words(part) >= words or _lists_the_book(lines, contents) else ""
    if kinds - _COVERS or _is_index(lines) or _lists_pictures(lines):
        return "index or list of pictures"
    if (kinds or is_called_cover) and words <= _FEW_WORDS:
        return "cover or title page"
    return "contents" if _lists_the_book(lines, contents) else ""


def _kinds(part: etree._Element, landmark: str) -> set[str]:
    """Return the document's declared kinds: in the landmarks, on its body, or on the body's only section."""
    (body,) = part
    kinds = {landmark} | roles_of(body)
    children = list(body)
    return kinds | roles_of(children[0]) if len(children) == 1 else kinds


def _linked_words(part: etree._Element) -> int:
    return sum(len("".join(link.itertext()).split()) for link in part.iter("{*}a"))


def _lists_the_book(lines: Sequence[Line], contents: Sequence[Entry]) -> bool:
    """Return whether the lines of a document are a table of contents, with or without page numbers."""
    if not lines or len(lines) > _MOST_LINES:
        return False
    is_called_so = _folded(lines[0].text) in CALLED_CONTENTS
    known = {letters_of(entry.title) for entry in contents} - {""}
    listed = [line for line in lines[is_called_so:] if not _is_bare_number(line, known)]
    if len(listed) < (_LEAST_LINES - is_called_so):
        return False
    same = sum(_is_known(line, known) for line in listed)
    linked = sum(_is_link(line) for line in listed)
    least = _MOSTLY if is_called_so else _ALL_BUT_SOME
    return max(same, linked if is_called_so or not known else 0) >= least * len(listed)


def _is_index(lines: Sequence[Line]) -> bool:
    """Return whether a document is called an index and its lines end with page numbers."""
    if len(lines) < _LEAST_LINES or _folded(lines[0].text) not in _INDEXES:
        return False
    numbered = sum(_NUMBERS_AT_END.search(line.text) is not None for line in lines[1:])
    return numbered >= _MOSTLY * (len(lines) - 1)


def _is_bare_number(line: Line, known: set[str]) -> bool:
    """Return whether a line is a chapter or page number beside a title, rather than a title."""
    return title_of(line.text).is_number and not _is_link(line) and not _is_known(line, known)


def _lists_pictures(lines: Sequence[Line]) -> bool:
    """Return whether a document is called a list of pictures and its lines are links or end with page numbers."""
    if len(lines) < _LEAST_LINES or _folded(lines[0].text) not in _PICTURE_LISTS:
        return False
    listed = sum(_is_link(line) or _NUMBERS_AT_END.search(line.text) is not None for line in lines[1:])
    return listed >= _MOSTLY * (len(lines) - 1)


def _is_known(line: Line, known: set[str]) -> bool:
    text = letters_of(_PAGE_AT_END.sub("", line.text))
    return bool(text) and (text in known or letters_of(line.text) in known)


def _is_link(line: Line) -> bool:
    linked = sum(len("".join(link.itertext())) for link in line.element.iter("{*}a"))
    return 2 * linked > len(line.text)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .:")


def printings(part: etree._Element) -> Iterator[str]:
    """Remove the printing numbers from an imprint, "10 9 8 7 6 5 4 3 2 1", and yield them."""
    text = "".join(part.itertext())
    if len(text) > _LONGEST_IMPRINT or not _COPYRIGHT.search(text):
        return
    for element in part.iter(etree.Element):
        for where in ("text", "tail"):
            written = getattr(element, where) or ""
            for found in list(_PRINTINGS.finditer(written))[::-1]:
                if _counts_printings([int(number) for number in found[0].split()]):
                    yield found[0]
                    written = written[: found.start()].rstrip(" ") + written[found.end() :]
                    setattr(element, where, written)


def _counts_printings(numbers: Iterable[int]) -> bool:
    """Return whether numbers go in steps of one or two, as printings and their years do, two exceptions aside."""
    steps = [abs(one - other) for one, other in pairwise(numbers)]
    return sum(step in (1, 2) for step in steps) >= len(steps) - 2
