"""An issue as a text for people: what a case's golden file holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audio_edition.model import (
    Article,
    Aside,
    Block,
    Cell,
    Code,
    DefinitionList,
    Figure,
    Finding,
    Formula,
    Heading,
    Issue,
    List,
    Metadata,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    SceneBreak,
    Table,
    Text,
    Verse,
)
from support.cells import text_in

_IN = "  "


def as_text(issue: Issue) -> str:
    """All values that are not empty, a line each: each text with what it is, indented in what it stands in."""
    lines = [*_facts(issue, "title", "published", "language", "source"), *_findings(issue.findings)]
    for article in issue.articles:
        lines += ["", "=== article", *_article(article)]
    return "\n".join(lines).strip("\n") + "\n"


def _article(article: Article) -> Iterator[str]:
    yield from _facts(article, "title", "published", "language", "source", "category")
    for credit in article.credits:
        yield from _leaf(credit.kind, Text(credit.text, credit.links, credit.language))
    yield from _metadata(article.metadata)
    for image in article.images:
        size = f"{image.width}×{image.height}, {len(image.data)} bytes"
        yield f"image {image.name}: {image.media_type}, {size}"
    if article.blocks and not isinstance(article.blocks[0], Heading):
        yield ""
    yield from _blocks(article.blocks)
    yield from _findings(article.findings)


def _metadata(metadata: Metadata) -> Iterator[str]:
    for creator in metadata.creators:
        yield f"{creator.role}: {creator.name}"
    yield from _facts(
        metadata, "subtitle", "description", "subjects", "series", "series_position", "rights", "identifiers", "cover"
    )


def _blocks(blocks: Sequence[Block[Text]], indent: str = "") -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading) and not indent:
            yield ""
        yield from (f"{indent}{line}".rstrip() for line in _block(block))


def _block(block: Block[Text]) -> Iterator[str]:
    match block:
        case Heading():
            yield from _leaf("#" * block.level, block.text, "")
        case Paragraph():
            yield from _leaf("paragraph", block.text)
        case Picture():
            yield from _leaf("picture" + f" {block.image}" * bool(block.image), block.text)
            yield from _part("description", block.description)
        case Code() | Verse():
            yield f"code {block.language}".rstrip() if isinstance(block, Code) else "verse"
            for line in block.lines:
                yield from _within(_leaf("line", line))
        case Formula():
            yield from _leaf("formula", block.text)
            yield from _within(_facts(block, "mathml", "tex"))
        case SceneBreak():
            yield "scene break"
        case PageBreak():
            yield f"page {block.label}"
        case _:
            yield from _holder(block)


def _holder(block: Block[Text]) -> Iterator[str]:
    match block:
        case List():
            yield from _list(block)
        case DefinitionList():
            yield from _definitions(block)
        case Table():
            yield from _table(block)
        case Figure():
            yield "figure"
            yield from _blocks(block.blocks, _IN)
            yield from _part("caption", block.caption)
        case Quote():
            yield "quote"
            yield from _blocks(block.blocks, _IN)
            if block.attribution is not None:
                yield from _within(_leaf("attribution", block.attribution))
        case Aside():
            yield f"aside {block.kind}".rstrip()
            yield from _blocks(block.blocks, _IN)
        case Note():
            yield f"note {block.label} ({block.id})"
            yield from _blocks(block.blocks, _IN)


def _definitions(block: DefinitionList[Text]) -> Iterator[str]:
    yield "definitions"
    for entry in block.entries:
        for term in entry.terms:
            yield from _within(_leaf("term", term))
        yield from _blocks(entry.blocks, _IN * 2)


def _table(block: Table[Text]) -> Iterator[str]:
    yield f"table, {block.columns} columns"
    yield from _part("caption", block.caption)
    for number, row in enumerate(block.rows, start=1):
        yield f"{_IN}row {number}, {row.part}"
        for cell in row.cells:
            match cell.blocks:
                case (Paragraph(text),):
                    yield from _within(_within(_leaf(_cell(cell, block), text)))
                case ():
                    yield f"{_IN * 2}{_cell(cell, block)}:"
                case blocks:
                    yield f"{_IN * 2}{_cell(cell, block)}"
                    yield from _blocks(blocks, _IN * 3)


def _list(block: List[Text]) -> Iterator[str]:
    told = [f"from {block.start}"] * (block.start != 1) + ["reversed"] * block.reversed
    told += [f"style {block.style}"] * (block.style != "1")
    yield ", ".join(["numbered list" if block.ordered else "list", *told])
    for number, item in zip(block.numbers(), block.items, strict=True):
        yield f"{_IN}item {number}" if block.ordered else f"{_IN}item"
        yield from _blocks(item.blocks, _IN * 2)


def _cell(cell: Cell[Text], table: Table[Text]) -> str:
    kind = f"{cell.header} header" if cell.header else "cell"
    takes = [f"{cell.columns} columns"] * (cell.columns > 1) + [f"{cell.rows} rows"] * (cell.rows > 1)
    under = "; ".join(text_in(table.rows[row].cells[at]).text.replace("\n", " / ") for row, at in cell.headers)
    return ", ".join([kind, *takes]) + f" [{under}]" * bool(under)


def _part(name: str, blocks: Sequence[Block[Text]]) -> Iterator[str]:
    if blocks:
        yield f"{_IN}{name}"
        yield from _blocks(blocks, _IN * 2)


def _within(lines: Iterator[str]) -> Iterator[str]:
    return (f"{_IN}{line}" for line in lines)


def _leaf(kind: str, text: Text, colon: str = ":") -> Iterator[str]:
    language = f" [{text.language}]" if text.language else ""
    yield f"{kind}{language}{colon} {text.text}"
    for span in text.spans:
        said = f" “{text.text[span.start : span.end]}”" if span.end > span.start and span.kind != "break" else ""
        place = "" if said else f" at {span.start}"
        yield f"{_IN}- {span.kind}{said}{place}{f': {span.value}' if span.value else ''}"


def _findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    for finding in findings:
        yield from ("", f"{finding.level} {finding.id}: {finding.message} {finding.remedy}".rstrip())
        if finding.place:
            yield f"    place: {finding.place}"
        if finding.text:
            yield f"    text: {finding.text!r}"


def _facts(value: object, *names: str) -> Iterator[str]:
    for name in names:
        if fact := getattr(value, name):
            yield f"{name}: {'; '.join(fact) if isinstance(fact, tuple) else fact}"
