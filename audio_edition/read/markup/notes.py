"""Notes and the marks that refer to them, whatever program wrote them.

EPUB and DPUB-ARIA name both (https://www.w3.org/TR/dpub-aria-1.1/#doc-noteref). Elsewhere a note is found by what
speaks for it: names, a way back, its number. A mark and its way back look alike; the note is what begins with one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import classes_of, heading_level, is_block, name_of, roles_of
from audio_edition.read.markup.walk import walk

_MARK_ROLES = frozenset({"doc-noteref", "noteref"})
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "footnote", "endnote", "rearnote", "note", "annotation"})
_ALL_NOTES_ROLES = frozenset({"doc-endnotes", "endnotes", "footnotes", "rearnotes", "notes"})
_BACK_ROLES = frozenset({"doc-backlink", "backlink", "referrer"})
_PAGE_ROLES = frozenset({"doc-pagebreak", "pagebreak"})
_MARK_CLASSES_NAMES = """
    fn fnanchor fnref footnote-anchor footnote-link footnote-ref footnote-reference footnote_link footnoteanchor
    footnoteref footnotereference note-ref noteref reference sdendnoteanc sdfootnoteanc _idendnotelink
    _idfootnotelink
"""
_MARK_CLASSES = frozenset(_MARK_CLASSES_NAMES.split())
_BACK_CLASSES_NAMES = """
    cite-backlink fn-backref footnote-back footnote-backlink footnote-backref footnote-number footnote-return
    footnotebackref mw-cite-backlink reversefootnote sdendnotesym sdfootnotesym _idendnoteanchor _idfootnoteanchor
"""
_BACK_CLASSES = frozenset(_BACK_CLASSES_NAMES.split())
_NOTE_NAME = re.compile(
    r"""(?:^|[^a-z])(?:
        (?:foot|end|side|rear|margin)[-_]?notes? | notes? | fn | ftn | edn | en | n | cite[-_]?note | sd(?:foot|end)note
      | mso(?:foot|end)notetext | fu(?:ss|ß)noten? | anm(?:erkung(?:en)?)? | notas? | voetnoot | fotnot | fodnote
      | przypis
      | notes?de(?:bas)?depage | idfootnotes? | idendnotes?
    )(?![a-z])""",
    re.IGNORECASE | re.VERBOSE,
)
_REFERRING_NAME = re.compile(
    r"ref|anchor|anc(?![a-z])|back|link|call|source|src|return|appel|text(?![a-z])", re.IGNORECASE
)
_MARK_TEXT = re.compile(
    r"""[\[({（［〔【]? \s?
    (?:(?:lower-|upper-)?(?:foot|end|alpha|roman|greek)?\s?(?:note|nb|fn|n|anm|ref|nota|alpha|roman|greek|注|註|脚注)\.?\s?)?
    (?: \d{1,4}[a-z]? | [^\W\d_]{1,2} | [ivxlc]{1,6} | [*†‡§¶\#‖⁂✝⁑•]{1,4} | [⁰¹²³⁴-⁹]{1,4} | [①-⑳] )
    \s? [\])}）］〕】.:]{0,2}""",
    re.IGNORECASE | re.VERBOSE,
)
_BACK_TEXT = re.compile(
    r"""[\[(]?\s*(?: [↩↑↥⇧⬆⇑⤴⤣↖↰⏎↵▲△^←⇐«‹\ufe0e\ufe0f]+ \s* (?:\d{1,4}|[a-z]{1,2})?
      | (?:\d{1,4}|[a-z]{1,2})? \s* [↩↑↥⇧⬆⇑⤴⤣↖↰⏎↵▲△←⇐\ufe0e\ufe0f]+ )\s*[\])]?""",
    re.IGNORECASE | re.VERBOSE,
)
_WAY_BACK_LENGTH = 40
_HOLDERS = frozenset({"aside", "blockquote", "dd", "div", "dt", "li", "p", "section", "table", "td", "tr"})
_BRACKETS = "[](){}（）［］〔〕【】.,:;^ \t\r\n\u00a0\u200b"
_WRAPPERS = frozenset({"b", "em", "i", "small", "span", "strong", "sup", "u", "font"})
_NEAR = 3
_MOST_STEPS = 60
_ENOUGH = 4


@dataclass(frozen=True, slots=True, eq=False)
class FoundNote:
    """A note: the elements that hold it, and its mark."""

    parts: tuple[etree._Element, ...]
    label: str


class Notes:
    """The notes of a document by the marks that refer to them; what leads from them back, and other marks in them."""

    def __init__(self, root: etree._Element) -> None:
        self._by_mark: dict[etree._Element, FoundNote] = {}
        self.parts: dict[etree._Element, FoundNote] = {}
        """The elements that hold notes."""
        self.marks_in_notes: set[etree._Element] = set()
        """What leads back from a note, or repeats its mark."""
        self.wrappers: set[etree._Element] = set()
        """Elements around marks that hold nothing else but brackets."""
        links = list(_links(root))
        if not links:
            return
        finder = _Finder(root, links)
        self._by_mark = _read_once(root, finder.found())
        for note in dict.fromkeys(self._by_mark.values()):
            self.parts |= dict.fromkeys(note.parts, note)
        self.marks_in_notes = finder.marks_in_notes(self._by_mark)
        silent = [*self._by_mark, *self.marks_in_notes]
        self.wrappers = set(_wrappers(silent, {*silent}))

    def of(self, mark: etree._Element) -> FoundNote | None:
        """Return the note that the element refers to; None where it is no mark."""
        return self._by_mark.get(mark)


@dataclass(frozen=True, slots=True)
class _Link:
    element: etree._Element
    text: str
    place: str


class _Finder:
    """Finds which links are marks."""

    def __init__(self, root: etree._Element, links: list[_Link]) -> None:
        self._root = root
        self._links = links
        self._order: dict[etree._Element, int] = {}
        self._places: dict[str, list[etree._Element]] = defaultdict(list)
        wanted = {link.place for link in links}
        for at, element in enumerate(root.iter(etree.Element)):
            self._order[element] = at
            for place in dict.fromkeys((element.get("id"), element.get("name"))):
                if place in wanted:
                    self._places[place].append(element)
        self._targets = {each for places in self._places.values() for each in places}
        self._hosts: dict[etree._Element, list[_Link]] = defaultdict(list)
        for link in links:
            self._hosts[_block_around(link.element)].append(link)

    def found(self) -> dict[etree._Element, FoundNote]:
        """Return the note of each link that is a mark."""
        judged: dict[etree._Element, tuple[int, tuple[etree._Element, ...]]] = {}
        for link in self._links:
            parts = self._parts(link)
            weight = self._weight(link, parts) if parts else 0
            if parts and weight >= _ENOUGH:
                judged[link.element] = (weight, parts)
        return self._one_way(judged)

    def _one_way(
        self, judged: dict[etree._Element, tuple[int, tuple[etree._Element, ...]]]
    ) -> dict[etree._Element, FoundNote]:
        """Return the notes of the marks. Of two blocks that each seem a note of the other, the likelier is one."""
        notes: dict[tuple[etree._Element, ...], FoundNote] = {}
        taken: dict[etree._Element, FoundNote] = {}
        texts = {link.element: link.text for link in self._links}
        hosts: set[tuple[etree._Element, etree._Element]] = set()
        found = {}
        for mark, (_, parts) in sorted(judged.items(), key=lambda item: (-item[1][0], self._order[item[0]])):
            host = _block_around(mark)
            if (parts[0], host) in hosts:
                continue
            note = notes.get(parts) or FoundNote(parts, _label(texts[mark]))
            if any(taken.get(part, note) is not note for part in parts):
                note = next(taken[part] for part in parts if part in taken)
                if mark in {each for part in note.parts for each in part.iter(etree.Element)}:
                    continue
            notes[parts] = note
            taken |= dict.fromkeys(parts, note)
            hosts.add((host, parts[0]))
            found[mark] = note
        return dict(sorted(found.items(), key=lambda item: self._order[item[0]]))

    def _parts(self, link: _Link) -> tuple[etree._Element, ...]:
        """Return the elements of the note that a link may refer to: none where its place is amid other text."""
        around = {link.element, *link.element.iterancestors()}
        host = _block_around(link.element)
        for target in self._places[link.place]:
            if target in around or _block_around(target) is host or roles_of(target) & _PAGE_ROLES:
                continue
            parts = self._held(target)
            if parts and not any(part in around or part is self._root or _has_heading(part) for part in parts):
                return parts
        return ()

    def _held(self, target: etree._Element) -> tuple[etree._Element, ...]:
        """Return what a note holds that begins at a place."""
        block = _block_around(target)
        for around in [target, *islice(target.iterancestors(), _NEAR)]:
            if roles_of(around) & _NOTE_ROLES:
                return (around,)
            if around is block:
                break
        if block is self._root or name_of(block) not in _HOLDERS:
            return ()
        if target is not block and not _begins(target, block):
            return ()
        if target is not block and _has_blocks(block) and not speakable("".join(target.itertext())):
            parent = target.getparent()
            after = _next_block(target)
            if (
                parent is block
                and name_of(block) == "div"
                and after is not None
                and not _NOTE_NAME.search(_names(block))
            ):
                block = after
        return self._whole(block)

    def _whole(self, block: etree._Element) -> tuple[etree._Element, ...]:
        """Return the note that begins with a block: what is around it and is one note, or what follows its number."""
        parent = block.getparent()
        while parent is not None and parent is not self._root and _begins(block, parent):
            is_item = name_of(parent) in ("li", "dd")
            if not is_item and not (_is_one_note(parent) and self._count_targets(parent) <= 2):
                break
            block, parent = parent, parent.getparent()
        if name_of(block) in ("td", "th") and parent is not None and name_of(parent) == "tr":
            return (parent,)
        if name_of(block) == "dt":
            return (block, *_definitions(block))
        if self._is_number_alone(block):
            following = _next_block(block)
            if following is not None and following not in self._targets and not heading_level(following):
                return (block, following)
        return (block,)

    def _count_targets(self, element: etree._Element) -> int:
        return sum(each in self._targets and _block_around(each) is not element for each in element.iter(etree.Element))

    def _is_number_alone(self, block: etree._Element) -> bool:
        text = _short_text(block)
        return bool(text) and bool(_MARK_TEXT.fullmatch(text) or _BACK_TEXT.fullmatch(text))

    def _weight(self, link: _Link, parts: tuple[etree._Element, ...]) -> int:
        """Return how much speaks for the link being a mark, and what it leads to a note."""
        element, note = link.element, parts[0]
        if _is_back(link):
            return 0
        is_told = _is_told_mark(element)
        if not (is_told or _MARK_TEXT.fullmatch(link.text)):
            return 0
        names = _note_names(note, self._root)
        ways_back = [each for part in parts for each in self._ways_back(part, element)]
        if not (is_told or names or ways_back):
            return 0
        weight = 4 * is_told + names + _is_raised(element) + _is_bracketed(link.text)
        weight += 3 * bool(ways_back) + 3 * any(_is_back(each) for each in ways_back)
        weight += 1 if self._order[note] > self._order[element] else -2
        weight += 2 * _begins_with(note, _label(link.text))
        if not is_told and _begins(element, _block_around(element)):
            weight -= 4
        return weight

    def _ways_back(self, part: etree._Element, mark: etree._Element) -> list[_Link]:
        """Return the links in a part of a note that lead to where the mark is."""
        host = _block_around(mark)
        inside = [each for each in part.iter(etree.Element) if each in self._hosts]
        links = [link for block in inside for link in self._hosts[block]]
        return [link for link in links if any(_block_around(each) is host for each in self._places[link.place])]

    def marks_in_notes(self, found: dict[etree._Element, FoundNote]) -> set[etree._Element]:
        """Return the links in notes that lead back to their marks, and what repeats the mark at their beginning."""
        hosts: dict[FoundNote, set[etree._Element]] = defaultdict(set)
        for mark, note in found.items():
            hosts[note].add(_block_around(mark))
        silent = set()
        for note, blocks in hosts.items():
            links = [
                link for part in note.parts for each in part.iter(etree.Element) for link in self._hosts.get(each, ())
            ]
            for link in dict.fromkeys(links):
                if link.element in found:
                    continue
                leads_back = any(_block_around(each) in blocks for each in self._places[link.place])
                if _is_back(link) or (leads_back and _is_way_back(link)):
                    silent.add(link.element)
            silent |= set(_repeated(note))
        return silent


def _links(root: etree._Element) -> Iterator[_Link]:
    """Yield the links to places of the same document that are short."""
    for element in root.iter("{*}a"):
        href = element.get("href", "")
        place = unquote(href.partition("#")[2])
        if not place or len(href) > 1_000:
            continue
        text = _short_text(element)
        if href.startswith("#") or _MARK_TEXT.fullmatch(text) or _BACK_TEXT.fullmatch(text):
            yield _Link(element, text, place)


def _read_once(root: etree._Element, found: dict[etree._Element, FoundNote]) -> dict[etree._Element, FoundNote]:
    """Return the marks whose notes are reached from the text: what refers only to itself is read where it stands."""
    if not found:
        return {}
    holders = {part: note for note in found.values() for part in note.parts}
    within: list[FoundNote] = []
    marks: dict[FoundNote | None, list[etree._Element]] = defaultdict(list)
    for event in walk(root, ""):
        if event.kind == "start":
            if event.element in holders and event.element is not root:
                within.append(holders[event.element])
            if event.element in found:
                marks[within[-1] if within else None].append(event.element)
        elif event.kind == "end" and event.element in holders and event.element is not root:
            within.pop()
    reached: dict[etree._Element, FoundNote] = {}
    waiting: list[FoundNote | None] = [None]
    known: set[FoundNote | None] = {None}
    while waiting:
        for mark in marks[waiting.pop()]:
            reached[mark] = found[mark]
            if found[mark] not in known:
                known.add(found[mark])
                waiting.append(found[mark])
    hidden = {note for note in holders.values() if note not in known and note in set(found.values())}
    return {mark: note for mark, note in found.items() if mark in reached and note not in hidden}


def _is_told_mark(element: etree._Element) -> bool:
    """Return whether the document itself says that the link is a mark."""
    around = [element, *islice(element.iterancestors(), 1)]
    around += [each for each in element if name_of(each) in _WRAPPERS]
    return (
        bool(roles_of(element) & _MARK_ROLES)
        or element.get("data-footnote-ref") is not None
        or element.get("rel", "").lower() == "footnote"
        or any(classes_of(each) & _MARK_CLASSES for each in around if not is_block(each))
    )


def _is_back(link: _Link) -> bool:
    """Return whether the document itself says that the link leads back from a note, or an arrow does."""
    element = link.element
    around = [element, *islice(element.iterancestors(), _NEAR)]
    return (
        bool(roles_of(element) & _BACK_ROLES)
        or element.get("data-footnote-backref") is not None
        or element.get("rev", "").lower() == "footnote"
        or any(classes_of(each) & _BACK_CLASSES for each in around if not is_block(each))
        or (_BACK_TEXT.fullmatch(link.text) is not None)
    )


def _is_way_back(link: _Link) -> bool:
    return len(link.text) <= _WAY_BACK_LENGTH and (
        not link.text or _MARK_TEXT.fullmatch(link.text) is not None or not speakable(link.text)
    )


def _is_raised(element: etree._Element) -> bool:
    around = [element, *islice(element.iterancestors(), 2), *islice(element.iterdescendants(etree.Element), 4)]
    return any(name_of(each) == "sup" or "super" in each.get("style", "") for each in around if not is_block(each))


def _is_bracketed(text: str) -> bool:
    return text[:1] in ("[", "(", "［", "（") and len(text) > 2


def _note_names(note: etree._Element, root: etree._Element) -> int:
    """Return how much the names of an element and those around it say that it is a note."""
    for near, each in enumerate([note, *islice(note.iterancestors(), _NEAR)]):
        if each is root:
            break
        if roles_of(each) & (_NOTE_ROLES | _ALL_NOTES_ROLES):
            return 4
        if _NOTE_NAME.search(f"{each.get('id', '')} {each.get('class', '')}"):
            return 2
        if near == 0 and any(_NOTE_NAME.search(_names(inner)) for inner in islice(note.iter("{*}a", "{*}span"), 2)):
            return 2
    return 0


def _names(element: etree._Element) -> str:
    return f"{element.get('id', '')} {element.get('name', '')} {element.get('class', '')}"


def _is_one_note(element: etree._Element) -> bool:
    """Return whether the element's name is that of one note."""
    if name_of(element) not in _HOLDERS:
        return False
    names = _names(element)
    return bool(_NOTE_NAME.search(names)) and not re.search(r"notes(?![a-z])", names, re.IGNORECASE)


def _block_around(element: etree._Element) -> etree._Element:
    """Return the block that an element is, or stands in."""
    around = element
    while not is_block(around):
        parent = around.getparent()
        if parent is None:
            return around
        around = parent
    return around


def _begins(element: etree._Element, block: etree._Element) -> bool:
    """Return whether no words stand before the element in a block, but those of links."""
    return not any(map(speakable, islice(_text_before(element, block), _MOST_STEPS)))


def _text_before(element: etree._Element, block: etree._Element) -> Iterator[str]:
    while element is not block:
        before = element.getprevious()
        if before is None:
            parent = element.getparent()
            if parent is None:
                return
            yield parent.text or ""
            element = parent
            continue
        yield before.tail or ""
        if name_of(before) != "a" and not any(name_of(each) == "a" for each in islice(before.iter(), _MOST_STEPS)):
            yield _short_text(before) or "?"[: bool(before.text or len(before))]
        elif name_of(before) != "a":
            yield "".join(
                text
                for each in islice(before.iter(etree.Element), _MOST_STEPS)
                if name_of(each) != "a"
                for text in ((each.text or "") if not _in_link(each, before) else "",)
            )
        element = before


def _in_link(element: etree._Element, top: etree._Element) -> bool:
    for each in element.iterancestors():
        if name_of(each) == "a":
            return True
        if each is top:
            return False
    return False


def _begins_with(note: etree._Element, label: str) -> bool:
    """Return whether a note begins with its mark."""
    text = ""
    for part in islice(note.itertext(), 12):
        text += part
        if len(text.strip()) > 12:
            break
    opening = text.strip().lstrip(_BRACKETS + "↩↑←")
    return bool(label) and opening.startswith(label) and not opening[len(label) :][:1].isalnum()


def _has_heading(part: etree._Element) -> bool:
    return not roles_of(part) & _NOTE_ROLES and any(heading_level(each) for each in part.iter(etree.Element))


def _has_blocks(element: etree._Element) -> bool:
    return any(is_block(each) for each in element)


def _next_block(element: etree._Element) -> etree._Element | None:
    after = element.getnext()
    if (element.tail or "").strip() or after is None or not is_block(after):
        return None
    return after


def _definitions(term: etree._Element) -> Iterator[etree._Element]:
    for each in term.itersiblings():
        if name_of(each) != "dd":
            return
        yield each


def _label(text: str) -> str:
    """Return a mark without what is around it."""
    return text.strip(_BRACKETS) or text.strip()


def _repeated(note: FoundNote) -> Iterator[etree._Element]:
    """Yield the element at a note's beginning that only repeats its mark."""
    for each in islice(note.parts[0].iterdescendants(etree.Element), 8):
        text = _short_text(each)
        if text and not is_block(each) and _label(text) == note.label and _begins(each, note.parts[0]):
            yield each
            return


def _wrappers(marks: Iterable[etree._Element], silent: set[etree._Element]) -> Iterator[etree._Element]:
    """Yield the elements around marks that hold nothing else but brackets."""
    for mark in marks:
        for around in islice(mark.iterancestors(), 4):
            if name_of(around) not in _WRAPPERS or not _holds_only(around, silent):
                break
            yield around


def _holds_only(element: etree._Element, silent: set[etree._Element]) -> bool:
    stack = [element]
    for _ in range(_MOST_STEPS):
        if not stack:
            return True
        each = stack.pop()
        if (each.text or "").strip(_BRACKETS):
            return False
        for child in each:
            if (child.tail or "").strip(_BRACKETS):
                return False
            if child not in silent:
                stack.append(child)
    return not stack


def _short_text(element: etree._Element) -> str:
    """Return the text of an element; nothing where it is long."""
    text = ""
    for number, part in enumerate(element.itertext()):
        text += part
        if number > _MOST_STEPS or len(text) > 4 * _WAY_BACK_LENGTH:
            return ""
    return " ".join(text.split())
