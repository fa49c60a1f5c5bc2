"""Random documents of known words, written in each format, and what must be read from any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any, Literal

from hypothesis import strategies as st

from audio_edition.model import Block, Heading, Item, List, Paragraph, Quote, Table, Text
from support.cells import text_in
from support.documents import LINK, book, paragraph, word

WORDS = "lamp rope tide gull barrel A&B x<y anchor “salt” l’eau 50% fog quay Ægir 北 bell".split()  # noqa: SIM905
MARKS = ["", "", "", "b", "i", "a"]


@dataclass(frozen=True)
class Words:
    """Words, each with the inline element that it is in, if any."""

    words: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)


Kind = Literal["heading", "paragraph", "quote", "list", "numbered", "table"]


@dataclass(frozen=True)
class Part:
    """A heading with its level; a paragraph or quotation; a list's items, each perhaps with a list of the other kind
    inside; or a table's rows, the first of headers."""

    kind: Kind
    rows: tuple[tuple[Words, ...], ...]
    level: int = 0
    inner: dict[int, Part] = field(default_factory=dict)


_WORDS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(MARKS)), min_size=1, max_size=7).map(
    lambda words: Words(tuple(words))
)
_ONE = _WORDS.map(lambda words: ((words,),))
_ITEMS = st.lists(_WORDS.map(lambda words: (words,)), min_size=1, max_size=4).map(tuple)
_TABLE = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.tuples(*[_WORDS] * columns), min_size=2, max_size=4).map(tuple)
)
_HEADING = st.builds(Part, st.just("heading"), _ONE, st.sampled_from([2, 2, 3, 4]))


def _list(kind: Kind, other: Kind) -> st.SearchStrategy[Part]:
    inner = st.dictionaries(st.integers(0, 3), st.builds(Part, st.just(other), _ITEMS), max_size=2)
    return st.builds(
        lambda rows, lists: Part(kind, rows, inner={at: part for at, part in lists.items() if at < len(rows)}),
        _ITEMS,
        inner,
    )


_PART = st.one_of(
    _HEADING,
    st.builds(Part, st.sampled_from(["paragraph", "quote"]), _ONE),
    _list("list", "numbered"),
    _list("numbered", "list"),
    st.builds(Part, st.just("table"), _TABLE),
)


def _ranked(parts: list[Part]) -> list[Part]:
    """The first heading is of level 2, none skips a level, is bold or has the words of another. No paragraph is bold as
    a whole, which is what headings look like. A list is not followed by another, nor a quotation: Markdown and Word
    would make one of them."""
    found: list[Part] = []
    for number, part in enumerate(parts):
        if found and (kinds := {part.kind, found[-1].kind}) and (kinds <= {"list", "numbered"} or kinds == {"quote"}):
            found.append(Part("paragraph", ((Words((("between", ""),)),),)))
        if part.kind == "heading":
            above = next((before.level for before in reversed(found) if before.level), 1)
            named = Words((*_not_bold(part.rows[0][0]).words, ("of", ""), (f"{chr(ord('a') + number)}holm", "")))
            part = Part("heading", ((named,),), min(part.level, above + 1))
        if part.kind == "table":
            part = Part("table", (tuple(map(_not_bold, part.rows[0])), *part.rows[1:]))
        if part.kind == "paragraph" and all(mark == "b" for _, mark in part.rows[0][0].words):
            part = Part("paragraph", ((_not_bold(part.rows[0][0]),),))
        found.append(part)
    return found


def _not_bold(words: Words) -> Words:
    """Headings and heads of columns are bold as such."""
    return Words(tuple((word_, mark.replace("b", "i")) for word_, mark in words.words))


DOCUMENTS = st.lists(_PART, min_size=1, max_size=12).map(_ranked)

Shape = tuple[Any, ...]
"""A block as tuples: what it is, and what is in it."""


def expected(parts: Iterable[Part]) -> list[Shape]:
    return [_expected(part) for part in parts]


def _expected(part: Part) -> Shape:
    first = part.rows[0][0].words
    match part.kind:
        case "heading":
            return ("heading", part.level, first)
        case "paragraph":
            return ("paragraph", first)
        case "quote":
            return ("quote", [("paragraph", first)])
        case "table":
            heads, *rows = [[cell.words for cell in row] for row in part.rows]
            return ("table", [[("column", head, ()) for head in heads], *(_row(heads, row) for row in rows)])
        case "list" | "numbered":
            items = [
                [("paragraph", row[0].words), *([_expected(part.inner[at])] if at in part.inner else [])]
                for at, row in enumerate(part.rows)
            ]
            return (part.kind, 1, items)


def _row(heads: list[Any], row: list[Any]) -> list[Shape]:
    return [("", cell, (head,)) for head, cell in zip(heads, row, strict=True)]


def shapes(blocks: Iterable[Block[Text]]) -> list[Shape]:
    """The same of an article's blocks."""
    return [_shape(block) for block in blocks]


def _shape(block: Block[Text]) -> Shape:
    match block:
        case Heading():
            return ("heading", block.level, marked(block.text))
        case Paragraph():
            return ("paragraph", marked(block.text))
        case Quote():
            return ("quote", shapes(block.blocks))
        case List():
            return ("numbered" if block.ordered else "list", block.start, [_item(item) for item in block.items])
        case Table():
            return ("table", [list(_cells(block, at)) for at in range(len(block.rows))])
        case _:
            return (block,)


def _item(item: Item[Text]) -> list[Shape]:
    return shapes(item.blocks)


def _cells(table: Table[Text], at: int) -> Iterator[Shape]:
    for cell in table.rows[at].cells:
        heads = tuple(marked(text_in(table.rows[row].cells[place])) for row, place in cell.headers)
        yield (cell.header, marked(text_in(cell)), heads)


_MARK_OF = {"strong": "b", "emphasis": "i", "link": "a", "language": "l"}


def marked(text: Text) -> tuple[tuple[str, str], ...]:
    """The words of a text, each with the mark that is over it."""
    found, start = [], 0
    for word_ in text.text.split(" "):
        end = start + len(word_)
        over = [span for span in text.spans if span.kind in _MARK_OF and span.start <= start and span.end >= end]
        found.append((word_, "".join(_MARK_OF[span.kind] for span in over)))
        assert all(span.value == LINK for span in over if span.kind == "link")
        start = end + 1
    return tuple(found)


# --- Markdown

_MARKDOWN = {"b": "**{}**", "i": "*{}*", "a": f"[{{}}]({LINK})"}


def as_markdown(parts: Iterable[Part]) -> bytes:
    return ("# The title\n\n" + "\n\n".join(map(_markdown, parts)) + "\n").encode()


def _markdown(part: Part) -> str:
    rows = [[_inline(cell, _MARKDOWN) for cell in row] for row in part.rows]
    if part.kind == "table":
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])
    if part.kind in ("list", "numbered"):
        return "\n".join(_markdown_items(part, [row[0] for row in rows]))
    return {"heading": "#" * part.level + " ", "quote": "> "}.get(part.kind, "") + rows[0][0]


def _markdown_items(part: Part, texts: list[str]) -> Iterator[str]:
    for at, text in enumerate(texts):
        mark = f"{at + 1}. " if part.kind == "numbered" else "- "
        yield mark + text
        if at in part.inner:
            yield from (" " * len(mark) + line for line in _markdown(part.inner[at]).splitlines())


# --- XHTML, in an EPUB

_TAGS = {"b": "<b>{}</b>", "i": "<em>{}</em>", "a": f'<a href="{LINK}">{{}}</a>'}


def as_book(parts: list[Part]) -> bytes:
    """A document for each heading of level 2, and the contents of those."""
    documents: dict[str, str] = {}
    entries, name = [], "front"
    for number, part in enumerate(parts):
        if part.kind == "heading" and part.level == 2:
            name = f"c{number}"
            entries.append(f'<li><a href="{name}.xhtml">{escape(part.rows[0][0].text)}</a></li>')
        documents[name] = documents.get(name, "") + _xhtml(part)
    return book(documents, "".join(entries))


def _xhtml(part: Part) -> str:
    rows = [[_inline(cell, _TAGS) for cell in row] for row in part.rows]
    if part.kind == "table":
        head, *others = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
        body = "".join(f"<tr>{row}</tr>" for row in others)
        return f"<table><thead><tr>{head.replace('td>', 'th>')}</tr></thead><tbody>{body}</tbody></table>"
    if part.kind in ("list", "numbered"):
        tag = "ul" if part.kind == "list" else "ol"
        items = (
            f"<li>{row[0]}{_xhtml(part.inner[at]) if at in part.inner else ''}</li>" for at, row in enumerate(rows)
        )
        return f"<{tag}>{''.join(items)}</{tag}>"
    tag = {"heading": f"h{part.level}", "paragraph": "p"}.get(part.kind, "blockquote")
    return f"<{tag}>{rows[0][0]}</{tag}>"


def _inline(cell: Words, forms: dict[str, str]) -> str:
    return " ".join(forms.get(mark, "{}").format(escape(word_)) for word_, mark in cell.words)


# --- Word

_BULLET = '<w:numFmt w:val="bullet"/>'
_DECIMAL = '<w:start w:val="1"/><w:numFmt w:val="decimal"/>'
_DEFINITION = (
    f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{_BULLET}</w:lvl>'
    f'<w:lvl w:ilvl="1">{_DECIMAL}<w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{_DECIMAL}<w:lvlText w:val="%1."/></w:lvl>'
    f'<w:lvl w:ilvl="1">{_BULLET}</w:lvl></w:abstractNum>'
)


def as_word(parts: list[Part]) -> bytes:
    """Each list has a number of its own, which restarts the count."""
    numbers = "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{int(part.kind == "numbered")}"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for at, part in enumerate(parts)
    )
    body = paragraph("The title", "Title") + "".join(_word(part, at + 1) for at, part in enumerate(parts))
    return word(body, {"numbering": _DEFINITION + numbers})


def _word(part: Part, number: int) -> str:
    if part.kind == "table":
        return "<w:tbl>" + "".join(
            "<w:tr>" + "<w:trPr><w:tblHeader/></w:trPr>" * (at == 0)
            + "".join(f"<w:tc>{_word_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
            for at, row in enumerate(part.rows)
        ) + "</w:tbl>"  # fmt: skip
    if part.kind in ("list", "numbered"):
        return "".join(_word_items(part, number, 0))
    style = {"heading": f"Heading{part.level - 1}", "quote": "Quote"}.get(part.kind, "")
    return _word_paragraph(part.rows[0][0], style)


def _word_items(part: Part, number: int, level: int) -> Iterator[str]:
    for at, row in enumerate(part.rows):
        numbering = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        yield _word_paragraph(row[0], "", numbering)
        if at in part.inner:
            yield from _word_items(part.inner[at], number, level + 1)


def _word_paragraph(cell: Words, style: str = "", properties: str = "") -> str:
    runs = []
    for at, (text, mark) in enumerate(cell.words):
        look = f"<w:rPr><w:{mark}/></w:rPr>" if mark in ("b", "i") else ""
        run = f'<w:r>{look}<w:t xml:space="preserve">{" " * bool(at)}{escape(text)}</w:t></w:r>'
        runs.append(f'<w:hyperlink r:id="link">{run}</w:hyperlink>' if mark == "a" else run)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'
