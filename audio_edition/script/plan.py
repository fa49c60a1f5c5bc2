"""An Article becomes chapters of drafts: its tree, each text with its role, what is said around it, the pause behind.

The first chapter is headline, credits and lead; every heading that is not inside another block opens another.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from audio_edition.model import (
    Article,
    Aside,
    Block,
    Cell,
    Code,
    Definition,
    DefinitionList,
    Figure,
    Finding,
    Formula,
    Heading,
    Item,
    List,
    Note,
    PageBreak,
    Paragraph,
    Pause,
    Pauses,
    Picture,
    Quote,
    Role,
    Row,
    SceneBreak,
    Span,
    Table,
    Text,
    Verse,
    in_order,
    leaves,
)
from audio_edition.model.numerals import numeral
from audio_edition.script.quotation import is_between_marks, is_quotation
from audio_edition.script.speakable import is_speakable
from audio_edition.script.wording import Around, Wording, wording

UNSAID_LANGUAGE = "en"
"""What an article is taken to be in that does not say it."""

LONGEST_TITLE = 60
"""Characters of a chapter title that is made of the first words."""

_LONGEST_HEADER = 200
"""Characters. What is longer names no column, and would be said before each of its cells."""

_MOST_HEADERS = 5
_SILENT_IN_PLACE: frozenset[Role] = frozenset({"cell", "header_cell", "code"})
"""Where marks alone are nothing to tell an editor of: a dash in a table, a bracket in a program."""

_BEHIND_AGENCY = re.compile(r"(?<=[)/])\.? ?[-‐‑‒–—―−_]+\Z")
_NAMED = re.compile(r"[-–—― ]*(?P<name>[^\W\d_][^,;:(\n–—]{1,60}?) ?(?:[,;:(\n–—]|$)")
_SENTENCE_ENDS = frozenset(".!?…:。！？：।؟")
_AFTER_SENTENCE = " \"'”’»)"
_LINE_SPACE = re.compile(r"[ \t\n\r\f\v]+")


class Voiced(NamedTuple):
    """Characters of a text that somebody says, and whose they are; `opening` is where a label before them begins."""

    start: int
    end: int
    name: str
    opening: int


@dataclass(slots=True)
class Draft:
    """A text on its way to a passage. `announces` and `concludes` are said before and behind it and not written;
    `header` is what a cell's column is called, as written: it is said behind what is announced of the table, and before
    `announces_within`, which is of the list or the like that the cell begins with. `pause` follows the text. `quoted`
    is who is named below a quotation, `voices` what of the text somebody says."""

    text: Text
    role: Role
    pause: Pause
    language: str = ""
    announces: str = ""
    header: str = ""
    announces_within: str = ""
    concludes: str = ""
    quoted: str = ""
    voices: tuple[Voiced, ...] = ()

    @property
    def speakable(self) -> bool:
        return is_speakable(self.text.text)


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """A chapter's title, level and blocks; `begins` says what begins with it, and `number` which article of an issue;
    the others are as in Chapter. `drafts` are the leaves of `blocks` in reading order."""

    title: str
    level: int
    blocks: list[Block[Draft]] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    begins: Literal["part", "article", "section"] = "part"
    number: int = 0
    continues: bool = False
    track: str = ""
    voice: str = ""
    document: str = ""

    @property
    def spoken(self) -> list[Draft]:
        """The drafts that can be said."""
        return [draft for draft in self.drafts if draft.speakable]


def named(attribution: str) -> str:
    """Return the name in the line below a quotation: what stands before the first comma, bracket or dash."""
    found = _NAMED.match(attribution)
    return found["name"].rstrip(". ") if found else ""


def chapter_id(chapter: int) -> str:
    return f"c{chapter:02d}"


def passage_id(chapter: int, passage: int) -> str:
    return f"{chapter_id(chapter)}-p{passage:03d}"


def plan_article(article: Article, pauses: Pauses, language: str = "") -> tuple[list[ChapterPlan], list[Finding]]:
    """Return the chapters that have something to say, and findings for texts that have not.

    `language` is what texts without one of their own are in, where that is not the script's.
    """
    planner = _Planner(article, pauses, language)
    for block in article.blocks:
        planner.take(block)
    chapters = (_titled(chapter) for chapter in planner.chapters if chapter.spoken)
    return [replace(each, voice=article.voice, document=article.document) for each in chapters], planner.findings


def _titled(chapter: ChapterPlan) -> ChapterPlan:
    """Return the chapter; named by its first words if the article has no title."""
    if is_speakable(chapter.title):
        return chapter
    return replace(chapter, title=textwrap.shorten(chapter.spoken[0].text.text, LONGEST_TITLE, placeholder="…"))


class _Planner:
    """Plans the chapters of one article, block by block."""

    def __init__(self, article: Article, pauses: Pauses, language: str) -> None:
        self.chapters = [ChapterPlan(article.title, 1, begins="article")]
        self.findings: list[Finding] = []
        self._pauses = pauses
        self._language = language
        self._words_language = language or article.language or UNSAID_LANGUAGE
        self._list_depth, self._table_depth = 0, 0
        self._open(article)

    @property
    def _drafts(self) -> list[Draft]:
        return self.chapters[-1].drafts

    def _open(self, article: Article) -> None:
        """The headline and the credits."""
        blocks = self.chapters[-1].blocks
        title = self._draft(Text(article.title), "title")
        if title.speakable:
            self._drafts.append(title)
            blocks.append(Heading(title, 1))
        for credit in article.credits:
            shown = _BEHIND_AGENCY.sub("", credit.text) if credit.kind == "dateline" else credit.text
            if dash := credit.text[len(shown) :].strip():
                message = "The dash behind the dateline is not shown, since no text follows it on its line."
                self.findings.append(Finding("dateline-dash", "note", message, text=dash))
            draft = self._leaf(Text(shown, credit.links, credit.language), credit.kind)
            if draft is None:
                continue
            blocks.append(Paragraph(draft))
            words = wording(draft.language or self._words_language)
            if credit.kind == "byline" and words and not credit.text.casefold().startswith(words.by.casefold()):
                draft.announces = words.by

    def take(self, block: Block[Text]) -> None:
        """The next block of the article. A heading opens a chapter, if it can be said."""
        if not isinstance(block, Heading):
            self.chapters[-1].blocks.extend(self._blocks([block], "body"))
            return
        pages = self._pages_before()
        text = replace(block.text, spans=in_order((*pages, *block.text.spans)))
        draft = self._draft(text, "heading")
        if draft.speakable:
            begins = "part" if self.chapters[-1].spoken else self.chapters.pop().begins
            self.chapters.append(
                ChapterPlan(draft.text.text, block.level, [Heading(draft, block.level)], [draft], begins)
            )

    def _pages_before(self) -> Iterator[Span]:
        """Yield the pages that begin where the chapter so far ends, as marks in what comes next."""
        blocks, labels = self.chapters[-1].blocks, list[str]()
        while blocks:
            match blocks[-1]:
                case PageBreak(label, None):
                    labels.insert(0, label)
                    blocks.pop()
                case _:
                    break
        return (Span(0, 0, "page", label) for label in labels)

    def _draft(self, text: Text, role: Role) -> Draft:
        """Return the text as a draft; what can't be said becomes a finding."""
        text = text if role == "code" else _on_one_line(text)
        draft = Draft(text, role, self._pause_after(role), text.language or self._language)
        if text.text.strip() and not draft.speakable and role not in _SILENT_IN_PLACE:
            place = passage_id(len(self.chapters), len(self._drafts) + 1)
            self.findings.append(_nothing_to_say(text.text, place))
        return draft

    def _leaf(self, text: Text, role: Role) -> Draft | None:
        """Return the text as the next draft of the chapter; none where there is no text, but in a table or a
        program."""
        if not _on_one_line(text) and role not in _SILENT_IN_PLACE:
            return None
        draft = self._draft(text, role)
        self._drafts.append(draft)
        return draft

    def _leaves(self, texts: Iterable[Text], role: Role) -> tuple[Draft, ...]:
        drafts = (self._leaf(text, role) for text in texts)
        return tuple(draft for draft in drafts if draft is not None)

    def _blocks(self, blocks: Iterable[Block[Text]], role: Role) -> tuple[Block[Draft], ...]:
        """Return the blocks as drafts; `role` is what paragraphs are."""
        planned = (self._block(block, role) for block in blocks)
        return tuple(block for block in planned if block is not None)

    def _block(self, block: Block[Text], role: Role) -> Block[Draft] | None:  # noqa: C901 - a case a block
        match block:
            case Heading(text, level):  # inside another block it opens no chapter
                draft = self._leaf(text, "heading")
                return None if draft is None else Heading(draft, level)
            case Paragraph(text):
                is_quote = role == "body" and is_quotation(text.text)
                draft = self._leaf(text, "quote" if is_quote else role)
                return None if draft is None else Paragraph(draft)
            case List():
                return self._list(block)
            case DefinitionList(entries):
                return DefinitionList(tuple(map(self._definition, entries)))
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case Figure(inner, caption):
                return Figure(self._blocks(inner, role), self._caption(caption))
            case Quote():
                return self._quote(block)
            case Code():
                return self._code(block)
            case Formula(text):
                return self._formula(block)
            case Verse(lines):
                start = len(self._drafts)
                verse = Verse(self._leaves(lines, "verse"))
                self._end(start, "paragraph")
                return verse
            case Aside(inner, kind):
                return Aside(self._box(inner, kind, role), kind)
            case Note():
                return self._note(block)
            case SceneBreak():
                self._end(0, "scene break")
                return SceneBreak()
            case PageBreak(label, text):
                return PageBreak(label, None if text is None else self._page(text))

    def _list(self, block: List[Text]) -> List[Draft]:
        start, items = len(self._drafts), []
        self._list_depth += 1
        for item, number in zip(block.items, block.numbers(), strict=False):
            first = len(self._drafts)
            items.append(Item(self._blocks(item.blocks, "list_item"), item.value))
            if block.ordered and (draft := self._first_spoken(first)):
                draft.announces = f"{numeral(number, block.style)}. {draft.announces}"
        self._list_depth -= 1
        if self._table_depth or self._list_depth:
            self._surround(start, lambda words: words.nested_list if self._list_depth else words.list)
        else:
            self._end(start, "paragraph")
        return List(tuple(items), block.ordered, block.start, block.reversed, block.style)

    def _definition(self, entry: Definition[Text]) -> Definition[Draft]:
        terms = self._leaves(entry.terms, "term")
        start = len(self._drafts)
        blocks = self._blocks(entry.blocks, "definition")
        self._end(start, "paragraph")
        return Definition(terms, blocks)

    def _table(self, table: Table[Text]) -> Table[Draft]:
        start = len(self._drafts)
        caption = self._blocks(table.caption, "caption")
        below_caption = len(self._drafts)
        lists, self._list_depth = self._list_depth, 0
        self._table_depth += 1
        rows = tuple(self._row(row, table) for row in table.rows)
        self._list_depth = lists
        self._table_depth -= 1
        if table.rows and any(cell.header == "column" for cell in table.rows[0].cells):
            self._announce(below_caption, lambda words: words.headers)
        self._announce(start, lambda words: words.size(table.columns, len(table.rows)))
        self._conclude(start, lambda words: words.end_of_table)
        self._end(start, "paragraph")
        return Table(rows, caption)

    def _row(self, row: Row[Text], table: Table[Text]) -> Row[Draft]:
        start, cells = len(self._drafts), []
        for cell in row.cells:
            first = len(self._drafts)
            blocks = self._blocks(cell.blocks, "header_cell" if cell.header else "cell")
            if draft := self._first_spoken(first):
                draft.header = "" if row.part == "head" else _column_of(cell, table)
                draft.announces, draft.announces_within = "", draft.announces
            cells.append(Cell(blocks, cell.header, cell.columns, cell.rows, cell.headers))
        self._end(start, "row")
        return Row(tuple(cells), row.part)

    def _picture(self, picture: Picture[Text]) -> Picture[Draft] | None:
        start = len(self._drafts)
        draft = self._leaf(picture.text, "picture")
        if draft is None:
            return None
        self._announce(start, lambda words: words.picture)
        start = len(self._drafts)
        described = self._blocks(picture.description, "description")
        self._surround(start, lambda words: words.description)
        return Picture(draft, picture.image, described)

    def _caption(self, blocks: Iterable[Block[Text]]) -> tuple[Block[Draft], ...]:
        start = len(self._drafts)
        planned = self._blocks(blocks, "caption")
        self._announce(start, lambda words: words.caption)
        return planned

    def _quote(self, quote: Quote[Text]) -> Quote[Draft]:
        start = len(self._drafts)
        blocks = self._blocks(quote.blocks, "quote")
        said = [draft.text.text for draft in self._drafts[start:] if draft.speakable]
        if said and not is_between_marks(said[0], said[-1]):
            self._surround(start, lambda words: words.quote)
        who = None if quote.attribution is None else self._leaf(quote.attribution, "attribution")
        if quote.attribution is not None:
            for draft in self._drafts[start:]:
                draft.quoted = "" if draft is who else named(quote.attribution.text)
        return Quote(blocks, who)

    def _code(self, code: Code[Text]) -> Code[Draft]:
        start = len(self._drafts)
        lines = self._leaves(code.lines, "code")
        self._surround(start, lambda words: words.code)
        self._end(start, "paragraph")
        return Code(lines, code.language)

    def _formula(self, formula: Formula[Text]) -> Formula[Draft] | None:
        start = len(self._drafts)
        draft = self._leaf(formula.text, "formula")
        self._announce(start, lambda words: words.formula)
        return None if draft is None else Formula(draft, formula.mathml, formula.tex)

    def _page(self, label: Text) -> Draft | None:
        start = len(self._drafts)
        draft = self._leaf(label, "page")
        self._announce(start, lambda words: words.page)
        return draft

    def _box(self, inner: Sequence[Block[Text]], kind: str, role: Role) -> tuple[Block[Draft], ...]:
        """Return the blocks of a box. Its kind, which its look tells a reader, is said where no title says it."""
        start = len(self._drafts)
        blocks = self._blocks(inner, role)
        draft = self._first_spoken(start)
        if draft and not _is_titled(inner):
            self._announce(start, lambda words: _label_for(draft.text.text, words.box(kind)))
        return blocks

    def _note(self, note: Note[Text]) -> Note[Draft]:
        start = len(self._drafts)
        blocks = self._blocks(note.blocks, "note")
        label = note.label if note.label.isalnum() else ""
        self._announce(start, lambda words: words.numbered_note.format(label=label) if label else words.note[0])
        self._conclude(start, lambda words: words.note[1])
        return Note(note.id, note.label, blocks)

    # --- what is said around, and the silence behind

    def _surround(self, start: int, around: Callable[[Wording], Around]) -> None:
        """Say something before the first and behind the last of the drafts from `start` on."""
        self._announce(start, lambda words: around(words)[0])
        self._conclude(start, lambda words: around(words)[1])

    def _announce(self, start: int, said: Callable[[Wording], str]) -> None:
        """Say something before what was planned from `start` on; what is inside has its announcements already."""
        draft = self._first_spoken(start)
        if draft and (words := wording(draft.language or self._words_language)):
            draft.announces = said(words) + draft.announces

    def _conclude(self, start: int, said: Callable[[Wording], str]) -> None:
        draft = self._last_spoken(start)
        if draft and (words := wording(draft.language or self._words_language)):
            draft.concludes = f"{draft.concludes} {said(words)}".strip()

    def _end(self, start: int, reason: Literal["paragraph", "row", "scene break"]) -> None:
        """Set the pause behind what was planned from `start` on."""
        if draft := self._last_spoken(start):
            lengths = {
                "paragraph": self._pauses.paragraph, "row": self._pauses.item, "scene break": self._pauses.scene_break,
            }  # fmt: skip
            draft.pause = Pause(lengths[reason], reason)

    def _first_spoken(self, start: int) -> Draft | None:
        return next((draft for draft in self._drafts[start:] if draft.speakable), None)

    def _last_spoken(self, start: int) -> Draft | None:
        drafts = self._drafts
        return next((drafts[at] for at in range(len(drafts) - 1, start - 1, -1) if drafts[at].speakable), None)

    def _pause_after(self, role: Role) -> Pause:
        pauses = self._pauses
        match role:
            case "title":
                return Pause(pauses.after_title, "after title")
            case "dateline" | "byline":
                return Pause(pauses.after_credit, f"after {role}")
            case "heading":
                return Pause(pauses.after_heading, "after heading")
            case "list_item":
                return Pause(pauses.item, "list item")
            case "cell" | "header_cell":
                return Pause(pauses.sentence, "cell")
            case "code" | "verse" | "term":
                return Pause(pauses.line, "line")
            case _:
                return Pause(pauses.paragraph, "paragraph")


def _is_titled(blocks: Sequence[Block[Text]]) -> bool:
    """Return whether a box begins with a title: a heading, or a few words that are no sentence, before something."""
    first = blocks[0] if len(blocks) > 1 else None
    if isinstance(first, Paragraph):
        return (
            len(first.text.text) <= LONGEST_TITLE and first.text.text.rstrip(_AFTER_SENTENCE)[-1:] not in _SENTENCE_ENDS
        )
    return isinstance(first, Heading)


def _label_for(text: str, label: str) -> str:
    """Return a label ("Warning: "); empty for a text that begins with it itself, in any case and before any mark."""
    name = re.escape(label.rstrip(" :："))
    return "" if re.match(rf"{name}\s?[:：.!–—-]", text, re.IGNORECASE) else label


def _column_of(cell: Cell[Text], table: Table[Text]) -> str:
    """Return what the cell's column is called, as written."""
    headers = (table.rows[row].cells[place] for row, place in cell.headers[:_MOST_HEADERS])
    texts = (" ".join(text.text for text in leaves(header.blocks)) for header in headers if header.header == "column")
    return ", ".join(text for text in texts if text and len(text) <= _LONGEST_HEADER)


def _on_one_line(text: Text) -> Text:
    """Return the text on one line; where its white space has to change, places in it no longer hold."""
    line = one_line(text.text)
    return text if line == text.text else Text(line, language=text.language)


def one_line(text: str) -> str:
    return _LINE_SPACE.sub(" ", text).strip(" ")


def _nothing_to_say(text: str, place: str) -> Finding:
    return Finding(
        id="nothing-to-say",
        level="warning" if any(unicodedata.category(character) in ("So", "Sc") for character in text) else "note",
        message="A paragraph has no letter or digit that could be spoken, so it is not read out.",
        place=place,
        text=text,
    )
