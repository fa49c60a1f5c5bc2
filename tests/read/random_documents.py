"""Random documents of known words, written in each format, and what must be read from any of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

from documents import book, paragraph, word
from hypothesis import strategies as st

from audio_edition.model import Article

WORDS = "lamp rope tide gull barrel A&B x<y anchor “salt” l’eau 50% fog quay Ægir 北 bell".split()  # noqa: SIM905
MARKS = ["", "", "", "b", "i", "a"]


@dataclass(frozen=True)
class Words:
    """Words, each with the inline element that it is in, if any."""

    words: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)


Kind = Literal["heading", "body", "quote", "list item", "numbered", "table"]


@dataclass(frozen=True)
class Block:
    """A heading with its level; a paragraph or quotation; a list's items; or a table's rows, the first of headers."""

    kind: Kind
    rows: tuple[tuple[Words, ...], ...]
    level: int = 0


_WORDS = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(MARKS)), min_size=1, max_size=7).map(
    lambda words: Words(tuple(words))
)
_ONE = _WORDS.map(lambda words: ((words,),))
_ITEMS = st.lists(_WORDS.map(lambda words: (words,)), min_size=1, max_size=4).map(tuple)
_TABLE = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.tuples(*[_WORDS] * columns), min_size=2, max_size=4).map(tuple)
)
_HEADING = st.builds(Block, st.just("heading"), _ONE, st.sampled_from([2, 2, 3, 4]))
_BLOCK = st.one_of(
    _HEADING,
    st.builds(Block, st.sampled_from(["body", "quote"]), _ONE),
    st.builds(Block, st.sampled_from(["list item", "numbered"]), _ITEMS),
    st.builds(Block, st.just("table"), _TABLE),
)


def _ranked(blocks: list[Block]) -> list[Block]:
    """The first heading is of level 2, and a list is not followed by another: Markdown would make one of them."""
    found: list[Block] = []
    for block in blocks:
        if found and block.kind in ("list item", "numbered") and found[-1].kind in ("list item", "numbered"):
            found.append(Block("body", ((Words((("between", ""),)),),)))
        if block.kind == "heading" and not any(before.kind == "heading" for before in found):
            block = Block("heading", block.rows, 2)
        found.append(block)
    return found


DOCUMENTS = st.lists(_BLOCK, min_size=1, max_size=12).map(_ranked)


def expected(blocks: Iterable[Block]) -> list[tuple[str, str]]:
    """Kind and text of each paragraph; a heading's kind is its level."""
    found: list[tuple[str, str]] = []
    for block in blocks:
        texts = ["; ".join(cell.text for cell in row) for row in block.rows]
        if block.kind == "heading":
            found.append((str(block.level), texts[0]))
        elif block.kind == "table":
            found += [("table header" if number == 0 else "table row", text) for number, text in enumerate(texts)]
        elif block.kind == "numbered":
            found += [("list item", f"{number}. {text}") for number, text in enumerate(texts, start=1)]
        else:
            found += [(block.kind, text) for text in texts]
    return found


def as_found(article: Article) -> list[tuple[str, str]]:
    """The same of an article."""
    found = []
    for section in article.sections:
        if section.heading is not None:
            found.append((str(section.level), section.heading))
        found += [(paragraph.kind, paragraph.text) for paragraph in section.paragraphs]
    return found


# --- Markdown

_MARKDOWN = {"b": "**{}**", "i": "*{}*", "a": "[{}](x.html)"}


def as_markdown(blocks: Iterable[Block]) -> bytes:
    return ("# The title\n\n" + "\n\n".join(map(_markdown, blocks)) + "\n").encode()


def _markdown(block: Block) -> str:
    rows = [[_inline(cell, _MARKDOWN) for cell in row] for row in block.rows]
    if block.kind == "table":
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([lines[0], "|---" * len(rows[0]) + "|", *lines[1:]])
    starts = {"heading": "#" * block.level + " ", "quote": "> ", "list item": "- ", "numbered": "{}. "}
    start = starts.get(block.kind, "")
    return "\n".join(start.format(at) + row[0] for at, row in enumerate(rows, start=1))


# --- XHTML, in an EPUB

_TAGS = {"b": "<b>{}</b>", "i": "<em>{}</em>", "a": '<a href="x.html">{}</a>'}


def as_book(blocks: list[Block]) -> bytes:
    """A document for each heading of level 2, and the contents of those."""
    documents: dict[str, str] = {}
    entries, name = [], "front"
    for number, block in enumerate(blocks):
        if block.kind == "heading" and block.level == 2:
            name = f"c{number}"
            entries.append(f'<li><a href="{name}.xhtml">{escape(block.rows[0][0].text)}</a></li>')
        documents[name] = documents.get(name, "") + _xhtml(block)
    return book(documents, "".join(entries))


def _xhtml(block: Block) -> str:
    rows = [[_inline(cell, _TAGS) for cell in row] for row in block.rows]
    if block.kind == "table":
        head, *others = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
        body = "".join(f"<tr>{row}</tr>" for row in others)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    if block.kind in ("list item", "numbered"):
        tag = "ul" if block.kind == "list item" else "ol"
        return f"<{tag}>" + "".join(f"<li>{row[0]}</li>" for row in rows) + f"</{tag}>"
    tag = {"heading": f"h{block.level}", "body": "p"}.get(block.kind, "blockquote")
    return f"<{tag}>{rows[0][0]}</{tag}>"


def _inline(cell: Words, forms: dict[str, str]) -> str:
    return " ".join(forms.get(mark, "{}").format(escape(word)) for word, mark in cell.words)


# --- Word

_DEFINITION = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def as_word(blocks: list[Block]) -> bytes:
    """Each numbered list has a number of its own, which restarts the count."""
    numbers = "".join(
        f'<w:num w:numId="{at + 2}"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for at in range(len(blocks))
    )
    body = paragraph("The title", "Title") + "".join(_word(block, at + 2) for at, block in enumerate(blocks))
    return word(body, {"numbering": _DEFINITION + numbers})


def _word(block: Block, number: int) -> str:
    if block.kind == "table":
        return "<w:tbl>" + "".join(
            "<w:tr>" + "<w:trPr><w:tblHeader/></w:trPr>" * (at == 0)
            + "".join(f"<w:tc>{_word_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
            for at, row in enumerate(block.rows)
        ) + "</w:tbl>"  # fmt: skip
    style = {"heading": f"Heading{block.level - 1}", "quote": "Quote"}.get(block.kind, "")
    list_id = {"list item": 1, "numbered": number}.get(block.kind)
    properties = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{list_id}"/></w:numPr>' if list_id else ""
    return "".join(_word_paragraph(row[0], style, properties) for row in block.rows)


def _word_paragraph(cell: Words, style: str = "", properties: str = "") -> str:
    runs = []
    for at, (text, mark) in enumerate(cell.words):
        look = f"<w:rPr><w:{mark}/></w:rPr>" if mark in ("b", "i") else ""
        run = f'<w:r>{look}<w:t xml:space="preserve">{" " * bool(at)}{escape(text)}</w:t></w:r>'
        runs.append(f'<w:hyperlink w:anchor="x">{run}</w:hyperlink>' if mark == "a" else run)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{"".join(runs)}</w:p>'
