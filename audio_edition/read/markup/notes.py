"""Finds notes and the marks that refer to them, whatever program wrote them.

EPUB and DPUB-ARIA name both (https://www.w3.org/TR/dpub-aria-1.1/#doc-noteref). Elsewhere the evidence is weighed:
names, a backlink, a number. A mark and its backlink look alike; the note is the one that begins with such a link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from audio_edition.read.lines import speakable
from audio_edition.read.markup.bare_notes import bare_notes
from audio_edition.read.markup.elements import heading_level, is_block, name_of, roles_of
from audio_edition.read.markup.note_lines import with_lines_apart
from audio_edition.read.markup.note_signs import (
    COMMENT,
    NOTE_ROLES,
    Link,
    begins,
    begins_with,
    block_around,
    holds_ways_back,
    is_all_notes,
    is_cross_reference,
    is_glued,
    is_heading_of_notes,
    is_in_brackets,
    is_inline_note,
    is_line,
    is_mark_text,
    is_one_note,
    is_raised,
    is_told_mark,
    is_told_way_back,
    is_way_back,
    is_wordy,
    label_of,
    links_in,
    named_as_note,
    short_text,
    text_before,
)
from audio_edition.read.markup.pictures import is_in_picture
from audio_edition.read.markup.walk import walk

_PAGE_ROLES = frozenset({"doc-pagebreak", "pagebreak"})
_HOLDERS = frozenset(
    {"article", "aside", "blockquote", "dd", "div", "dt", "li", "p", "section", "table", "td", "th", "tr"}
)
_ITEMS = frozenset({"dd", "dt", "li", "td", "th", "tr"})
_WRAPPERS = frozenset({"b", "em", "font", "i", "small", "span", "strong", "sup", "u"})
_BRACKETS = "[](){}（）［］〔〕【】.,:;^–- \t\r\n\u00a0\u200b"
_NEAR = 3
_MOST_STEPS = 60
_MOST_PARTS = 50
_MOST_SAME = 4
"""Elements with the same id that are examined: a mark may share its note's id."""

_ENOUGH = 4
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True, eq=False)
class FoundNote:
    """A note: the elements that hold it. A comment is an editor's and is not read. `label` is the mark of a note that
    stands within the text."""

    parts: tuple[etree._Element, ...]
    is_comment: bool = False
    label: str = ""


class Notes:
    """The notes of a document by their marks, and the links back from them."""

    def __init__(self, root: etree._Element) -> None:
        self.parts: dict[etree._Element, FoundNote] = {}
        """The elements that hold notes."""
        self.ways_back: frozenset[etree._Element] = frozenset()
        """What leads back from a note, or repeats its mark."""
        self.wrappers: frozenset[etree._Element] = frozenset()
        """Elements around marks that hold nothing else but brackets."""
        self.wordy: frozenset[etree._Element] = frozenset()
        """Marks that are words of the sentence."""
        links = list(links_in(root))
        finder = _Finder(root, links) if links else None
        found = {} if finder is None else finder.found()
        held = {*found, *(part for note in found.values() for part in note.parts)}
        inline = {each: list(_marks_of_inline(each)) for each in _inline_notes(root) if each not in held}
        for element, marks in inline.items():
            found[element] = FoundNote((element,), label=label_of(short_text(marks[0])) if marks else "")
        bare = [] if found else list(bare_notes(root))
        for each in bare:
            note = FoundNote((each.block,), label=label_of(short_text(each.marks[0])))
            found |= dict.fromkeys(each.marks, note)
        self._by_mark = _reached(root, found)
        for note in dict.fromkeys(self._by_mark.values()):
            self.parts |= dict.fromkeys(note.parts, note)
        ways_back = {mark for element, marks in inline.items() if element in self.parts for mark in marks}
        ways_back |= {mark for each in bare for mark in each.repeated}
        if finder is not None:
            ways_back |= set(finder.ways_back(self._by_mark))
        self.ways_back = frozenset(ways_back)
        self.wordy = frozenset(
            mark for mark, note in self._by_mark.items() if mark not in note.parts and is_wordy(mark)
        )
        self.wrappers = frozenset(_wrappers({*self._by_mark, *ways_back} - self.wordy))

    def of(self, mark: etree._Element) -> FoundNote | None:
        """Return the note that the element refers to; None if it is not a mark."""
        return self._by_mark.get(mark)

    def all(self) -> tuple[FoundNote, ...]:
        """Return the notes in the order of their first marks."""
        return tuple(dict.fromkeys(self._by_mark.values()))


class _Finder:
    """Decides which links are note marks."""

    def __init__(self, root: etree._Element, links: list[Link]) -> None:
        with_lines_apart(root, links)
        self._root = root
        self._links = links
        self._order: dict[etree._Element, int] = {}
        self._places: dict[str, list[etree._Element]] = defaultdict(list)
        self._under_heading: set[etree._Element] = set()
        self._look_at_places({link.place for link in links})
        self._targets = {each for places in self._places.values() for each in places}
        self._in_block: dict[etree._Element, list[Link]] = defaultdict(list)
        for link in links:
            self._in_block[block_around(link.element)].append(link)
        self._holding_blocks: dict[etree._Element, bool] = {}
        self._notes_at: dict[etree._Element, tuple[etree._Element, ...]] = {}
        self._led_back: dict[etree._Element, dict[etree._Element, bool]] = {}

    def _look_at_places(self, wanted: set[str]) -> None:
        is_of_notes = False
        for at, element in enumerate(self._root.iter(etree.Element)):
            self._order[element] = at
            if heading_level(element):
                is_of_notes = is_heading_of_notes(short_text(element))
            for place in dict.fromkeys((element.get("id"), element.get("name"))):
                if place in wanted and len(self._places[place]) < _MOST_SAME:
                    self._places[place].append(element)
                    if is_of_notes:
                        self._under_heading.add(element)

    def found(self) -> dict[etree._Element, FoundNote]:
        """Return the note of each link that is a mark."""
        judged: list[tuple[int, Link, tuple[etree._Element, ...]]] = []
        for link in self._links:
            if not is_told_way_back(link) and (is_mark_text(link.text) or is_told_mark(link)):
                target, parts = self._note_of(link)
                if target is not None and (weight := self._weight(link, target, parts)) >= _ENOUGH:
                    judged.append((weight, link, parts))
        judged.sort(key=lambda each: (-each[0], self._order[each[1].element]))
        return self._with_all_parts(self._one_way(judged))

    def _one_way(
        self, judged: Iterable[tuple[int, Link, tuple[etree._Element, ...]]]
    ) -> dict[etree._Element, FoundNote]:
        """Return the notes of the marks. If two blocks each seem a note of the other, the likelier one is kept."""
        notes: dict[etree._Element, FoundNote] = {}
        ways: set[tuple[etree._Element, etree._Element]] = set()
        found = {}
        for _, link, parts in judged:
            host = block_around(link.element)
            note = notes.get(parts[0])
            if note is None:
                free = tuple(part for part in parts if part not in notes)
                note = FoundNote(free, COMMENT.fullmatch(link.place) is not None)
            if (parts[0], host) in ways or any(part in link.element.iterancestors() for part in note.parts):
                continue
            notes |= dict.fromkeys(note.parts, note)
            ways.add((host, parts[0]))
            found[link.element] = note
        return dict(sorted(found.items(), key=lambda item: self._order[item[0]]))

    def _note_of(self, link: Link) -> tuple[etree._Element | None, tuple[etree._Element, ...]]:
        """Return a link's target, and the elements of the note there: empty if the target is within a text."""
        around = {link.element, *link.element.iterancestors()}
        host = block_around(link.element)
        for target in self._places[link.place]:
            is_elsewhere = target not in around and block_around(target) is not host
            if not is_elsewhere or roles_of(target) & _PAGE_ROLES or is_in_picture(target):
                continue
            parts = self._note_at(target)
            if parts and not any(part in around for part in parts):
                return target, parts
        return None, ()

    def _note_at(self, target: etree._Element) -> tuple[etree._Element, ...]:
        """Return the elements of the note at a target; empty if there can be none."""
        if target not in self._notes_at:
            parts = self._held(target)
            is_none = any(part is self._root or _has_heading(part) for part in parts)
            self._notes_at[target] = () if is_none else parts
        return self._notes_at[target]

    def _held(self, target: etree._Element) -> tuple[etree._Element, ...]:
        """Return the contents of the note that begins at a target."""
        block = block_around(target)
        if is_inline_note(target):
            return (target,)
        for around in [target, *islice(target.iterancestors(), _NEAR)]:
            if roles_of(around) & NOTE_ROLES:
                return (around,)
            if around is block:
                break
        is_among_blocks = target is not block and self._has_blocks(block)
        if is_among_blocks and (self._others_in(block, target) or not begins(target, block)):
            return self._before_block(target, block)
        if block is self._root or not (is_line(block) or name_of(block) in _HOLDERS) or not begins(target, block):
            return ()
        return self._whole(block)

    def _has_blocks(self, element: etree._Element) -> bool:
        if element not in self._holding_blocks:
            self._holding_blocks[element] = any(is_block(each) for each in element)
        return self._holding_blocks[element]

    def _before_block(self, target: etree._Element, block: etree._Element) -> tuple[etree._Element, ...]:
        """Return the note whose target stands before its paragraph."""
        top = target
        while (parent := top.getparent()) is not None and parent is not block:
            top = parent
        after, before = _next_block(top), top.getprevious()
        stands_alone = not ((block.text if before is None else before.tail) or "").strip()
        if after is None or after in self._targets or not stands_alone or (before is not None and not is_block(before)):
            return ()
        return (top, after) if speakable(short_text(top)) else (after,)

    def _whole(self, block: etree._Element) -> tuple[etree._Element, ...]:
        """Return the whole note that begins with a block: the container of this one note, or what follows its
        number."""
        parent = block.getparent()
        while parent is not None and parent is not self._root and begins(block, parent):
            is_item = name_of(parent) in ("dd", "li")
            if not (is_item or (is_one_note(parent) and name_of(parent) in _HOLDERS)) or self._others_in(parent, block):
                break
            block, parent = parent, parent.getparent()
        if name_of(block) in ("td", "th") and parent is not None and name_of(parent) == "tr":
            return (parent,)
        if name_of(block) == "dt":
            return (block, *_definitions(block))
        before = block.getprevious() if name_of(block) == "dd" else None
        if before is not None and name_of(before) == "dt" and is_way_back(before, short_text(before)):
            return (before, *_definitions(before))
        text = short_text(block)
        if text and (is_mark_text(text) or not speakable(text)) and name_of(block) not in _ITEMS:
            after = _next_block(block)
            if after is not None and after not in self._targets and not heading_level(after):
                return (block, after)
        return (block,)

    def _others_in(self, element: etree._Element, inner: etree._Element) -> bool:
        """Return whether an element holds link targets outside an inner element."""
        inside = set(inner.iter(etree.Element))
        return any(each in self._targets and each not in inside for each in element.iterdescendants(etree.Element))

    def _weight(self, link: Link, target: etree._Element, parts: tuple[etree._Element, ...]) -> int:
        """Return the strength of the evidence that the link is a mark and its target a note."""
        element, note = link.element, parts[0]
        is_told = is_told_mark(link)
        names = max(named_as_note(note, target, self._root), 2 * (target in self._under_heading))
        host = block_around(element)
        is_told_back = self._blocks_led_to(parts).get(host)
        label = label_of(link.text)
        is_labelled = begins_with(note, label)
        is_numbered_apart = is_labelled and is_raised(link) and next(_repeated(parts[0], {label}), None) is not None
        if not (is_told or names or is_told_back is not None or is_numbered_apart):
            return 0
        before = text_before(element, host)
        weight = 4 * is_told + names + is_raised(link) + is_in_brackets(link.text, before) + is_glued(before)
        weight += 0 if is_told_back is None else 3 + 3 * is_told_back
        weight += (1 if self._order[note] > self._order[element] else -1) + 2 * is_labelled
        is_bare_word = label.isalpha() and not (is_raised(link) or is_in_brackets(link.text, before))
        if not is_told and (is_bare_word or begins(element, host) or is_cross_reference(before, link)):
            weight -= 6
        return weight

    def _blocks_led_to(self, parts: tuple[etree._Element, ...]) -> dict[etree._Element, bool]:
        """Return the blocks that links in a note lead to, each with whether a link is declared a backlink."""
        if parts[0] not in self._led_back:
            led_to: dict[etree._Element, bool] = {}
            for link in self._links_in(parts):
                for block in map(block_around, self._places[link.place]):
                    led_to[block] = led_to.get(block, False) or is_told_way_back(link)
            self._led_back[parts[0]] = led_to
        return self._led_back[parts[0]]

    def _links_in(self, parts: Iterable[etree._Element]) -> Iterator[Link]:
        for part in parts:
            around = block_around(part)
            if around is not part:
                inside = set(part.iter(etree.Element))
                yield from (link for link in self._in_block.get(around, ()) if link.element in inside)
            for each in part.iter(etree.Element):
                yield from self._in_block.get(each, ())

    def _with_all_parts(self, found: Mapping[etree._Element, FoundNote]) -> dict[etree._Element, FoundNote]:
        """Return the notes with their further paragraphs, in a notes section."""
        starts = {part for note in found.values() for part in note.parts}
        whole = {note: self._with_further(note, starts) for note in dict.fromkeys(found.values())}
        return {mark: whole[note] for mark, note in found.items()}

    def _with_further(self, note: FoundNote, starts: set[etree._Element]) -> FoundNote:
        last = note.parts[-1]
        if name_of(last) in _ITEMS or not is_block(last):
            return note
        is_among_notes = any(map(is_all_notes, islice(last.iterancestors(), 2)))
        if not is_among_notes and self._under_heading.isdisjoint(last.iter(etree.Element)):
            return note
        further: list[etree._Element] = []
        ends_at_note = False
        for each in islice(last.itersiblings(), _MOST_PARTS):
            ends_at_note = each in starts
            is_more = is_block(each) and not heading_level(each) and name_of(each) not in ("hr", "table")
            is_other = ends_at_note or _is_numbered(each) or not self._targets.isdisjoint(each.iter(etree.Element))
            if not is_more or is_other:
                break
            further.append(each)
        if not (is_among_notes or ends_at_note):  # under a heading, other content may follow the last note
            return note
        return FoundNote((*note.parts, *further), note.is_comment) if further else note

    def ways_back(self, found: Mapping[etree._Element, FoundNote]) -> Iterator[etree._Element]:
        """Yield the parts of notes that link back to their marks, or repeat a mark at their beginning."""
        hosts: dict[FoundNote, set[etree._Element]] = defaultdict(set)
        labels: dict[FoundNote, set[str]] = defaultdict(set)
        for mark, note in found.items():
            if mark not in note.parts:
                hosts[note].add(block_around(mark))
                labels[note].add(label_of(short_text(mark)))
        for note, blocks in hosts.items():
            for part in note.parts:
                yield from (each for each in part.iter("{*}span", "{*}sup") if holds_ways_back(each))
            for link in self._links_in(note.parts):
                leads_back = any(block_around(each) in blocks for each in self._places[link.place])
                if link.element not in found and (
                    is_told_way_back(link) or (leads_back and is_way_back(link.element, link.text))
                ):
                    yield link.element
            yield from _repeated(note.parts[0], labels[note])


def _reached(root: etree._Element, found: Mapping[etree._Element, FoundNote]) -> dict[etree._Element, FoundNote]:
    """Return the marks that are read when each note is read at its mark. Notes that only refer to each other are read
    where they stand."""
    marks = _marks_by_note(root, found) if found else {}
    reached: dict[etree._Element, FoundNote] = {}
    waiting: list[FoundNote | None] = [None]
    known: set[FoundNote | None] = {None}
    while waiting:
        for mark in marks.get(waiting.pop(), ()):
            reached[mark] = found[mark]
            if found[mark] not in known:
                known.add(found[mark])
                waiting.append(found[mark])
    return reached


def _marks_by_note(
    root: etree._Element, found: Mapping[etree._Element, FoundNote]
) -> dict[FoundNote | None, list[etree._Element]]:
    """Return the visible marks in each note, and outside all notes."""
    holders = {part: note for note in found.values() for part in note.parts if part is not root}
    within: list[FoundNote] = []
    walked: set[FoundNote] = set()
    marks: dict[FoundNote | None, list[etree._Element]] = defaultdict(list)
    for event in walk(root, ""):
        if event.kind == "start":
            if event.element in found:
                marks[within[-1] if within else None].append(event.element)
            if event.element in holders:
                within.append(holders[event.element])
                walked.add(within[-1])
        elif event.kind == "end" and event.element in holders:
            within.pop()
    for note in dict.fromkeys(holders.values()):
        if note not in walked:  # hidden until its mark is pressed
            marks[note] = [each for part in note.parts for each in part.iter(etree.Element) if each in found]
    return marks


def _inline_notes(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the notes within a sentence that no mark links to."""
    for element in root.iter("{*}span", "{*}small", "{*}i"):
        if is_inline_note(element) and not begins(element, block_around(element)) and not is_in_picture(element):
            yield element


def _marks_of_inline(note: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that show the number of a note within the text: at its beginning, or right before it if they
    open it."""
    before = note.getprevious()
    if before is not None and not (before.tail or "").strip() and is_mark_text(short_text(before)):
        pressed = [
            each for each in before.iter(etree.Element) if each.get("aria-describedby") or "button" in roles_of(each)
        ]
        yield from [before] if pressed else []
    yield from _marks_at_beginning(note)


def _marks_at_beginning(note: etree._Element) -> Iterator[etree._Element]:
    """Yield the elements that show a note's number at its beginning."""
    for each in islice(note.iterdescendants(etree.Element), 8):
        text = short_text(each)
        if text and not len(each) and is_mark_text(text) and _begins_but_for_marks(each, note):
            yield each


def _begins_but_for_marks(element: etree._Element, note: etree._Element) -> bool:
    before = text_before(element, note).split()
    return all(map(is_mark_text, before))


def _has_heading(part: etree._Element) -> bool:
    return not roles_of(part) & NOTE_ROLES and any(heading_level(each) for each in part.iter(etree.Element))


def _next_block(element: etree._Element) -> etree._Element | None:
    """Return the next block after an element, without text between them."""
    after = element.getnext()
    if (element.tail or "").strip() or after is None or not is_block(after):
        return None
    return after


def _definitions(term: etree._Element) -> Iterator[etree._Element]:
    for each in term.itersiblings():
        if name_of(each) != "dd":
            return
        yield each


def _is_numbered(block: etree._Element) -> bool:
    """Return whether a paragraph begins with a number of its own."""
    opening = ""
    for part in islice(block.itertext(), 6):
        opening += part
    opening = opening.strip()[:_LONGEST_LABEL]
    number, _, rest = opening.partition(" ")
    return bool(rest) and is_mark_text(number) and not number.isalpha()


def _repeated(first: etree._Element, labels: set[str]) -> Iterator[etree._Element]:
    """Yield the element at a note's beginning that only repeats its mark."""
    for each in islice(first.iterdescendants(etree.Element), 8):
        text = short_text(each)
        if text and not is_block(each) and label_of(text) in labels and begins(each, first):
            yield each
            return


def _wrappers(silent: set[etree._Element]) -> Iterator[etree._Element]:
    """Yield the elements around marks that otherwise hold only brackets."""
    for mark in silent:
        for around in islice(mark.iterancestors(), 4):
            if name_of(around) not in _WRAPPERS or not _holds_only(around, silent):
                break
            yield around


def _holds_only(element: etree._Element, silent: set[etree._Element]) -> bool:
    """Return whether an element holds only marks and what stands between them."""
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
