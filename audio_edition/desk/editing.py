"""The text of an article, to be edited: Markdown that is read again as any document, and what it cannot hold.

The document itself stays as it came; its edited text stands beside it and in its place in the list.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audio_edition.desk.folder import EDITED
from audio_edition.model import Article, Text
from audio_edition.model.blocks import (
    Aside,
    Block,
    Code,
    DefinitionList,
    Figure,
    Formula,
    Heading,
    List,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    SceneBreak,
    Table,
    Verse,
    every,
)
from audio_edition.model.blocks import leaves as leaves_of
from audio_edition.model.text import Span

_FENCE = "---\n"
_SPECIAL = re.compile(
    r"[\\`*|^~]|<(?=[A-Za-z/!?])|(?<![^\W_])_|_(?![^\W_])|=(?==)|\$(?=[^$]*\$)|^(?:[#>]|[-+=](?=\s|$))"
    r"|\[(?=\^|[^\]]*\][(\[:])|&(?=#?\w{1,30};)"
)
_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")
_AS_ENTITY = {"[": "&#91;", "&": "&amp;"}
_MARKS = {"emphasis": "*", "strong": "**", "struck": "~~", "code": "`"}
_LINE_END = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class EditedText:
    """What a person edits: the headline, who wrote it, the language (BCP 47), and the text in Markdown."""

    headline: str
    byline: str = ""
    language: str = ""
    body: str = ""

    def as_file(self) -> str:
        """Return it as a file: YAML front matter, then the text."""
        facts = {"title": self.headline, "author": self.byline, "lang": self.language}
        said = "".join(
            f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in facts.items() if value.strip()
        )
        return f"{_FENCE}{said}{_FENCE}\n{self.body.strip() or f'# {self.headline}'}\n"


def name_of_edited(name: str) -> str:
    """Return the name of the edited text of a document; of an edited text its own."""
    return name if name.endswith(f"{EDITED}.md") else f"{name}{EDITED}.md"


def as_edited(article: Article) -> EditedText:
    """Return the text of an article, to be edited."""
    body = "\n\n".join(filter(None, _blocks((*_dateline(article), *article.blocks))))
    return EditedText(article.title, article.byline, article.language, body)


def from_form(headline: str, byline: str, language: str, body: str) -> EditedText:
    """Return what a person wrote, with line ends as files have them."""
    text = _LINE_END.sub("\n", body)
    return EditedText(" ".join(headline.split()), " ".join(byline.split()), language, text)


def not_kept(article: Article, again: Article) -> Counter[str]:
    """Return what the article has and its edited text has not: kinds of blocks, and words, with how many."""
    kinds = Counter(type(block).__name__ for block in every(article.blocks))
    kinds -= Counter(type(block).__name__ for block in every(again.blocks))
    missing = Counter({kind: number for kind, number in kinds.items() if kind in _TOLD})
    words = Counter(_words(article)) - Counter(_words(again))
    if words:
        missing["words"] = words.total()
    return missing


_TOLD = {"Picture", "Table", "Formula", "Note", "DefinitionList", "Verse", "Aside", "Code"}


def _words(article: Article) -> Iterator[str]:
    for leaf in leaves_of(article.blocks):
        yield from _WORD.findall(leaf.text)


def _dateline(article: Article) -> Iterator[Block[Text]]:
    if article.dateline:
        yield Paragraph(Text(article.dateline))


def _blocks(blocks: Iterable[Block[Text]]) -> Iterator[str]:
    for block in blocks:
        yield _block(block)


def _joined(blocks: Iterable[Block[Text]]) -> str:
    return "\n\n".join(filter(None, _blocks(blocks)))


def _block(block: Block[Text]) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * max(2, level)} {_inline(text)}"
        case Paragraph(text):
            return _inline(text)
        case List():
            return _list(block)
        case Quote(blocks, attribution):
            said = [_joined(blocks), f"— {_inline(attribution)}" if attribution else ""]
            return _before_lines("\n\n".join(filter(None, said)), "> ")
        case Code(lines, language):
            return "\n".join([f"```{language}", *(line.text for line in lines), "```"])
        case Verse(lines):
            return "\\\n".join(map(_inline, lines))
        case Formula(text, _, tex):
            return f"$${tex}$$" if tex else _inline(text)
        case Note(name, _, blocks):
            return f"[^{name}]: " + _joined(blocks).replace("\n", "\n    ")
        case SceneBreak():
            return "* * *"
        case _:
            return _other_block(block)


def _other_block(block: Block[Text]) -> str:
    """Return blocks that hold others, and those of which only the words are kept."""
    match block:
        case DefinitionList(entries):
            return "\n\n".join(
                "\n".join(map(_inline, entry.terms)) + "\n: " + _joined(entry.blocks).replace("\n", "\n    ")
                for entry in entries
            )
        case Table():
            return _table(block)
        case Figure(blocks, caption):
            return "\n\n".join(filter(None, (_joined(blocks), _joined(caption))))
        case Picture(text, _, description):
            return "\n\n".join(filter(None, (_inline(text), _joined(description))))
        case Aside(blocks):
            return _joined(blocks)
        case PageBreak():
            return ""
    raise AssertionError(f"{block} is no block")


def _list(block: List[Text]) -> str:
    numbers = (f"{number}." for number in block.numbers()) if block.ordered else iter(lambda: "-", "")
    lines = []
    for item, mark in zip(block.items, numbers, strict=False):
        indent = " " * (len(mark) + 1)
        lines.append(f"{mark} " + _joined(item.blocks).replace("\n", f"\n{indent}"))
    return "\n".join(lines)


def _table(table: Table[Text]) -> str:
    """Return a table of pipes; what its cells hold stands on one line each."""
    rows = [[" ".join(_joined(cell.blocks).split()) for cell in row.cells] for row in table.rows]
    width = max(map(len, rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    if not padded:
        return ""
    head, *body = [f"| {' | '.join(row)} |" for row in padded]
    lines = [head, f"|{'---|' * width}", *body]
    return "\n\n".join(filter(None, (_joined(table.caption), "\n".join(lines))))


def _before_lines(text: str, mark: str) -> str:
    return "\n".join(f"{mark}{line}".rstrip() for line in text.split("\n"))


def _inline(text: Text) -> str:
    """Return a text with its emphasis, links and marks of notes."""
    return _spanned(text.text, text.spans, 0, len(text.text))


def _spanned(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    pieces, at = [], start
    rest = [span for span in spans if start <= span.start and span.end <= end]
    while rest:
        span = rest.pop(0)
        if span.start < at:
            continue
        inside = [each for each in rest if each.end <= span.end]
        pieces += [_escaped(text[at : span.start], at_start=at == 0), _one_span(text, span, inside)]
        at = span.end
        rest = [each for each in rest if each not in inside]
    return "".join([*pieces, _escaped(text[at:end], at_start=at == 0)])


def _one_span(text: str, span: Span, inside: Sequence[Span]) -> str:
    if span.kind == "note":
        return f"[^{span.value}]"
    if span.kind == "break":
        return "\\\n"
    if span.start == span.end:
        return ""
    if span.kind == "code":
        return f"`{text[span.start : span.end]}`"
    within = _spanned(text, inside, span.start, span.end)
    if span.kind == "link" and not span.value.startswith("#"):
        return f"[{within}](<{span.value}>)"
    mark = _MARKS.get(span.kind, "")
    return f"{mark}{within}{mark}"


def _escaped(text: str, *, at_start: bool) -> str:
    """Return the text with a backslash before what Markdown would take for a mark."""

    def escape(found: re.Match[str]) -> str:
        if found[0] in "[&":  # a bracket behind a backslash is a formula
            return _AS_ENTITY[found[0]]
        return found[0] if found[0] in "#>-+" and not at_start else f"\\{found[0]}"

    escaped = _SPECIAL.sub(escape, text)
    return _NUMBER.sub(r"\1\\\2", escaped) if at_start else escaped
