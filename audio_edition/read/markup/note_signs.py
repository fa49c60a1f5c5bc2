"""The signs by which note marks, notes and backlinks differ from other links and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import classes_of, is_block, name_of, roles_of
from audio_edition.read.markup.pictures import is_in_picture

NOTE_ROLES = frozenset({"doc-endnote", "doc-footnote", "endnote", "footnote", "note", "rearnote"})
_MARK_ROLES = frozenset({"doc-noteref", "noteref"})
_COLLECTION_ROLES = frozenset({"doc-endnotes", "endnotes", "footnotes", "rearnotes"})
_BACK_ROLES = frozenset({"backlink", "doc-backlink", "referrer"})

_MARK_CLASS_NAMES = """
    fnanchor fnref footnote-anchor footnote-link footnote-ref footnote-reference footnote_link footnoteanchor
    footnoteref footnotereference msoendnotereference msofootnotereference mw-ref note-ref noteref sdendnoteanc
    sdfootnoteanc _idendnotelink _idfootnotelink
"""
_MARK_CLASSES = frozenset(_MARK_CLASS_NAMES.split())
_SUPERSCRIPT_CLASSES = frozenset({"fn", "footnote", "reference"})
_BACK_CLASS_NAMES = """
    cite-backlink fn-backref footnote-back footnote-back-link footnote-backlink footnote-backref footnote-number
    footnote-return footnotebacklink footnotebackref mw-cite-backlink return-footnote reversefootnote
    sdendnotesym sdfootnotesym _idendnoteanchor _idfootnoteanchor
"""
_BACK_CLASSES = frozenset(_BACK_CLASS_NAMES.split())
_NOTE_NAME = re.compile(
    r"""(?<![a-z])(?:(?:foot|end|side|rear|margin)[-_]?note(?:text|def|body|content|item)? | fn | ftnt? | edn | endn
      | cite[-_]?note | sd(?:foot|end)note | mso(?:foot|end)notetext | fu(?:ss|ß)note | voetnoot | fotnot | fodnote
      | przypis | notedebasdepage | id(?:foot|end)note
      | (?:note | nota | anm(?:erkung)?)(?=[-_:.]?\d|\s|$))(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
_NOTE_ID = re.compile(r"(?:.*[-_:.])?(?:n|en|nt|fn)[-_:.]?\d{1,4}[a-z]?", re.IGNORECASE)
_REFERRING = re.compile(r"ref|anch?or|anc(?![a-z])|back|call|return", re.IGNORECASE)
_COLLECTION_NAME = re.compile(
    r"""(?<![a-z])(?:(?:foot|end|side|rear)[-_]?notes(?:[-_]list)? | notes | references | reflist | bibliography
      | wp-block-footnotes | id(?:foot|end)notes | anmerkungen | fu(?:ss|ß)noten | notas | fn-group)(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
_INLINE_NOTES = frozenset({"footnote", "inline-footnote", "ltx_note", "marginnote", "sidenote"})
COMMENT = re.compile(r"cmnt\d+", re.IGNORECASE)
"""Google Docs' ids for comments."""

_HEADING_OF_NOTES = re.compile(
    r"""\W*(?:\d{1,2}\W+)?(?:
        (?:the\ )?(?:foot|end)?notes(?:\ (?:and|&)\ references)? | (?:general\ )?references | citations | bibliography
      | works\ cited | sources | anmerkungen | fu(?:ß|ss)noten | endnoten | einzelnachweise | quellen(?:angaben)?
      | literatur(?:verzeichnis)? | belege | notes\ (?:de\ bas\ de\ page|et\ références) | références
      | sources\ et\ notes
      | notas(?:\ (?:al|a)\ pie|\ de\ rodapé)? | referencias | referências | fuentes | fontes | note(?:\ al\ testo)?
      | riferimenti | bibliografia | bibliografía | bibliographie | noten | voetnoten | eindnoten | referenties
      | bronnen
      | noter | fotnoter | referenser | källor | fodnoter | sluttnoter | kilder | referanser | henvisninger | viitteet
      | lähteet | przypisy | poznámky | примечания | сноски | литература | источники | 注释 | 註釋 | 注釈 | 脚注 | 注
      | 参考文献 | 參考文獻 | 参考資料 | 각주 | 주석 | الهوامش | المراجع | מקורות | הערות\ שוליים
    )\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_WORD_OF_MARK = (
    r"(?:(?:lower|upper)[-\s])?(?:foot|end)?(?:note|alpha|roman|greek|nb|fn|n|anm|ref|nota|注|註|脚注)\.?\s?"
)
_MARK_TEXT = re.compile(
    rf"""[\[(\{{（［〔【]{{0,2}} \s? (?P<word>{_WORD_OF_MARK})?
    (?: \d{{1,4}}[a-z]? | [^\W\d_]{{1,2}} | [ivxlc]{{1,6}} | [*†‡§¶\#‖⁂✝⁑•]{{1,4}} | [⁰¹²³⁴-⁹]{{1,4}} | [①-⑳] )
    \s? [\])\}}）］〕】.:]{{0,2}}""",
    re.IGNORECASE | re.VERBOSE,
)
_REPEATED_MARK = re.compile(r"\[?\d{1,4}:\d{1,3}\]?")
"""markdown-it's mark of a note that was referred to before: [1:1]."""

_ARROWS = "↩↑↥⇧⬆⇑⤴⤣↖↰↵⏎▲△←⇐🔙"
_BACK_TEXT = re.compile(
    rf"""[\[(]?\s*(?: [{_ARROWS}«‹^\ufe0e\ufe0f]+ \s* (?:\d{{1,4}}|[a-z]{{1,2}})?
      | (?:\d{{1,4}}|[a-z]{{1,2}})? \s* [{_ARROWS}\ufe0e\ufe0f]+ )\s*[\])]?""",
    re.IGNORECASE | re.VERBOSE,
)
_WAY_BACK = re.compile(
    r"\W*(?:(?:go|jump|return|take me) )?(?:back|up|return|zurück|retour|volver|voltar|torna|terug|tillbaka|tilbage)\b"
    r"[^.!?]{0,30}\W*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"\s+(?!(?:jan|feb|mar|mär|apr|ma[iy]|jun|jul|aug|se[pt]|o[ck]t|nov|de[cz])[a-zä]*\b)(?=[^\W\d_])(?:(?-i:[A-ZÀ-ÞΑ-ΩА-Я])"
    r"|(?=[\u3040-\u9fff]))",
    re.IGNORECASE,
)
"""What follows a note's number, unlike a day's."""

_CROSS_REFERENCE = re.compile(
    r"\b(?:(?:foot|end)?notes?|fn|nn?|anm|anmerkung(?:en)?|fu(?:ß|ss)noten?|notas?|noot|noten?|see|siehe|voir|véase)"
    r"\.?\s*$",
    re.IGNORECASE,
)
_BRACKETS = "[](){}（）［］〔〕【】.:^ \t\r\n\u00a0\u200b"
_OPENING = ("[", "(", "{", "（", "［", "〔", "【")
_OPENED = re.compile(r"[\[(（［〔](?:[\s,;–-]|\d{1,4})*$")
_RAISED_DIGITS = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISING_CLASS = re.compile(r"(?<![a-z])(?:sup|super|superscript)(?![a-z])", re.IGNORECASE)
_RAISING_STYLE = re.compile(r"vertical-align\s*:\s*(?:super|top|text-top)", re.IGNORECASE)
_NEAR = 3
_MOST_STEPS = 60
_LONGEST = 60
_NEARBY = 20
"""Characters before a mark that show what it is."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link within the document, its text if that is short, and its target."""

    element: etree._Element
    text: str
    place: str


def links_in(root: etree._Element) -> Iterator[Link]:
    """Yield the links within the document, as far as can be told: those of feeds have the full address."""
    for element in root.iter("{*}a"):
        href = element.get("href", "").strip()
        place = unquote(href.partition("#")[2])
        if not place or len(href) > 1_000:
            continue
        text = short_text(element)
        is_local = href.startswith("#") or is_mark_text(text) or _BACK_TEXT.fullmatch(text)
        if is_local and not is_in_picture(element):
            yield Link(element, text, place)


def is_mark_text(text: str) -> bool:
    """Return whether the text may be a note mark: a number, a letter or a sign, in brackets or not."""
    found = _MARK_TEXT.fullmatch(text)
    return found is not None and not (found["word"] and not is_bracketed(text) and not found["word"].isascii())


def has_word(text: str) -> bool:
    """Return whether a mark contains a word, such as "note 1"."""
    found = _MARK_TEXT.fullmatch(text)
    return found is not None and bool(found["word"])


def label_of(text: str) -> str:
    """Return a mark without its brackets."""
    return text.strip(_BRACKETS) or text.strip()


def end_of_mark(text: str, label: str, *, is_item: bool) -> int:
    """Return the end of the mark at the beginning of a note's text; 0 if there is none. A list item's number is not
    written in its text."""
    start = text.find(label)
    end = start + len(label)
    if start < 0 or text[:start].strip("[( ") or not text[end:].strip(".:)] "):
        return 0
    is_closed = text[end] in ".:)]" or not label.isalnum()
    is_before_sentence = label.isdigit() and not is_item and _SENTENCE.match(text, end) is not None
    if not (is_closed or is_before_sentence):
        return 0
    return len(text) - len(text[end:].lstrip(".:)] "))


def is_told_mark(link: Link) -> bool:
    """Return whether the document declares the link a note mark."""
    element = link.element
    around = [element, *islice(_inline_around(element), 2)]
    if any(roles_of(each) & _MARK_ROLES for each in around) or element.get("data-footnote-ref") is not None:
        return True
    if not is_mark_text(link.text) and not _REPEATED_MARK.fullmatch(link.text):
        return False  # other programs call ordinary links references, too
    near = [*around, *islice(element.iterdescendants(etree.Element), 3)]
    return (
        element.get("data-type") == "noteref"
        or element.get("rel", "").lower() == "footnote"
        or any(classes_of(each) & _MARK_CLASSES for each in near)
        or any(classes_of(each) & _SUPERSCRIPT_CLASSES for each in around if name_of(each) == "sup")
        or "footnote" in classes_of(element)
    )


def is_wordy(element: etree._Element) -> bool:
    """Return whether a mark consists of words of the sentence, which the note comments on."""
    text = short_text(element)
    return not (is_mark_text(text) or _REPEATED_MARK.fullmatch(text)) and (
        sum(map(str.isalpha, text)) > 2 or (not text and speakable("".join(islice(element.itertext(), _MOST_STEPS))))
    )


def is_told_way_back(link: Link) -> bool:
    """Return whether the document declares the link a backlink, or it is an arrow."""
    element = link.element
    return (
        bool(roles_of(element) & _BACK_ROLES)
        or element.get("data-footnote-backref") is not None
        or element.get("rev", "").lower() == "footnote"
        or any(classes_of(each) & _BACK_CLASSES for each in [element, *islice(_inline_around(element), _NEAR)])
        or _BACK_TEXT.fullmatch(link.text) is not None
    )


def is_way_back(element: etree._Element, text: str) -> bool:
    """Return whether a link from a note to the place of its mark is only a backlink."""
    if not text:
        return (
            short_text(element) == ""
            and next((True for part in islice(element.itertext(), 9) if part.strip()), False) is False
        )
    return (
        is_mark_text(text)
        or not speakable(text)
        or _BACK_TEXT.fullmatch(text) is not None
        or (len(text) <= _LONGEST and _WAY_BACK.fullmatch(text) is not None)
    )


def holds_ways_back(element: etree._Element) -> bool:
    """Return whether the element is the place in a note for its backlinks."""
    return name_of(element) in ("span", "sup") and bool(classes_of(element) & _BACK_CLASSES)


def is_raised(link: Link) -> bool:
    """Return whether a link is superscript."""
    element = link.element
    near = [element, *islice(_inline_around(element), 2), *islice(element.iterdescendants(etree.Element), 4)]
    return bool(_RAISED_DIGITS.intersection(link.text)) or any(
        name_of(each) == "sup"
        or _RAISING_CLASS.search(each.get("class", ""))
        or _RAISING_STYLE.search(each.get("style", ""))
        for each in near
    )


def is_bracketed(text: str) -> bool:
    """Return whether a mark stands in brackets."""
    return text.startswith(_OPENING) and len(text) > 2


def is_in_brackets(text: str, before: str) -> bool:
    """Return whether a mark stands in brackets, possibly together with others."""
    return is_bracketed(text) or _OPENED.search(before) is not None


def is_cross_reference(before: str, link: Link) -> bool:
    """Return whether a link is part of a sentence about a note: "see note 3"."""
    return (_CROSS_REFERENCE.search(before) is not None or has_word(link.text)) and not (
        is_raised(link) or is_bracketed(link.text)
    )


def is_glued(before: str) -> bool:
    """Return whether a word ends directly before a mark."""
    return bool(before) and not before[-1].isspace()


def named_as_note(note: etree._Element, place: etree._Element, root: etree._Element) -> int:
    """Return how strongly the names of an element, its target and its ancestors suggest that it is a note."""
    inside = [place, *islice(note.iter("{*}a", "{*}span"), 2)]
    if roles_of(note) & NOTE_ROLES:
        return 4
    if any(_is_note_name(each) for each in [note, *inside]):
        return 3
    for around in islice(note.iterancestors(), _NEAR):
        if around is root:
            return 0
        if roles_of(around) & (NOTE_ROLES | _COLLECTION_ROLES) or around.get("data-footnotes") is not None:
            return 4
        if _is_note_name(around) or _COLLECTION_NAME.search(_names(around)):
            return 3
    return 0


def is_one_note(element: etree._Element) -> bool:
    """Return whether the element's name is that of a single note rather than of all."""
    return _is_note_name(element) and not _COLLECTION_NAME.search(_names(element))


def is_all_notes(element: etree._Element) -> bool:
    """Return whether the element's name is that of a notes section."""
    return bool(roles_of(element) & _COLLECTION_ROLES or _COLLECTION_NAME.search(_names(element)))


def is_heading_of_notes(text: str) -> bool:
    """Return whether a heading announces notes."""
    return _HEADING_OF_NOTES.fullmatch(text) is not None


def is_inline_note(element: etree._Element) -> bool:
    """Return whether the element, within a sentence, holds a note to it."""
    is_named = (
        bool(roles_of(element) & NOTE_ROLES or classes_of(element) & _INLINE_NOTES)
        or element.get("data-type") == "footnote"
        or ("tooltip" in (element.get("role") or "") and _NOTE_NAME.search(_names(element)) is not None)
    )
    return is_named and name_of(element) in ("span", "small", "i") and len(" ".join(_texts(element)).split()) > 2


def _is_note_name(element: etree._Element) -> bool:
    if roles_of(element) & NOTE_ROLES or element.get("data-type") == "footnote":
        return True
    names = f"{element.get('id', '')} {element.get('name', '')}"
    if _NOTE_NAME.search(f"{names} {element.get('class', '')}"):
        return True
    return any(_NOTE_ID.fullmatch(name) and not _REFERRING.search(name) for name in names.split())


def _names(element: etree._Element) -> str:
    return f"{element.get('id', '')} {element.get('name', '')} {element.get('class', '')}"


def _inline_around(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the inline ancestors, nearest first."""
    for each in element.iterancestors():
        if is_block(each):
            return
        yield each


def block_around(element: etree._Element) -> etree._Element:
    """Return the block that an element is or is in."""
    around = element
    while not (is_block(around) or is_line(around)):
        parent = around.getparent()
        if parent is None:
            return around
        around = parent
    return around


LINE = "audio-edition-line"
"""The class of paragraph lines that were wrapped in elements of their own."""


def is_line(element: etree._Element) -> bool:
    """Return whether the element is a line of a paragraph that may be a note."""
    return bool(element.get("class") == LINE)


def begins(element: etree._Element, block: etree._Element) -> bool:
    """Return whether nothing but other links stands before the element in its block."""
    return not any(map(speakable, islice(_texts_before(element, block, without_links=True), _MOST_STEPS)))


def text_before(element: etree._Element, block: etree._Element) -> str:
    """Return the nearest text before an element in its block."""
    text = ""
    for part in islice(_texts_before(element, block, without_links=False), 12):
        text = part + text
        if len(text.strip()) > _NEARBY:
            break
    return text[-_LONGEST:]


def _texts_before(element: etree._Element, block: etree._Element, *, without_links: bool) -> Iterator[str]:
    while element is not block:
        before = element.getprevious()
        if before is not None:
            yield before.tail or ""
            yield "".join(_texts(before, without_links=without_links))
            element = before
            continue
        parent = element.getparent()
        if parent is None:
            return
        yield parent.text or ""
        element = parent


def _texts(element: etree._Element, *, without_links: bool = False) -> Iterator[str]:
    """Yield the first texts in an element."""
    stack = [element]
    for _ in range(_MOST_STEPS):
        if not stack:
            return
        each = stack.pop()
        if without_links and name_of(each) == "a":
            yield each.tail or "" if each is not element else ""
            continue
        if name_of(each):
            yield each.text or ""
        stack += reversed(each)
        if each is not element and not len(each):
            yield each.tail or ""
    yield "?"


def begins_with(note: etree._Element, label: str) -> bool:
    """Return whether a note begins with its mark."""
    text = ""
    for part in islice(note.itertext(), 12):
        text += part
        if len(text.strip()) > _LONGEST:
            break
    opening = text.strip().lstrip(_BRACKETS + _ARROWS)
    return bool(label) and opening.startswith(label) and not opening[len(label) : len(label) + 1].isalnum()


def short_text(element: etree._Element) -> str:
    """Return the text of an element on one line; empty if it is long."""
    text = ""
    for number, part in enumerate(element.itertext()):
        text += part
        if number > _MOST_STEPS or len(text) > 2 * _LONGEST:
            return ""
    return " ".join(text.split())
