"""A sketch of an article: its blocks as a person would jot them down, to state in a test what is right.

`## Heading`, `- item`, `1. item`, `> quotation`, `| cell | ^header cell`, `[^1]` at the mark and `[^1]: …` at the note,
` / ` where a line breaks, `~~struck~~`, `++inserted++`, `base(reading)`, `«alternative text»` of a picture in a line,
`***` for a change of scene, `{12}` where a page begins. What is inside a block is indented.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from audio_edition.model import (
    Article,
    Aside,
    Block,
    Cell,
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
    Text,
    Verse,
    every,
    leaves,
)

_AROUND = {"struck": ("~~", "~~"), "inserted": ("++", "++"), "image": ("«", "»")}


def sketch(article: Article) -> list[str]:
    """The lines of a sketch of the article."""
    return sketch_of(article.blocks)


def sketch_of(blocks: Iterable[Block[Text]]) -> list[str]:
    blocks = tuple(blocks)
    labels = {block.id: _bare(block.label) for block in every(blocks) if isinstance(block, Note)}
    return [line for block in blocks for line in _block(block, labels)]


def texts(article: Article) -> list[str]:
    """The bare texts of an article in the order in which they are read."""
    return [leaf.text for leaf in leaves(article.blocks)]


def headings(article: Article) -> list[str]:
    """What the chapters of an article are called."""
    return [block.text.text for block in article.blocks if isinstance(block, Heading)]


def _bare(label: str) -> str:
    return label.strip("[]().^ ")


def _block(block: Block[Text], labels: dict[str, str]) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {_line(block.text, labels)}"
        case Paragraph():
            yield _line(block.text, labels)
        case Picture():
            yield f"![{_line(block.text, labels)}]"
            yield from _indented("    ", block.description, labels)
        case Code() | Verse():
            mark = "` " if isinstance(block, Code) else "/ "
            yield from (mark + _line(line, labels) for line in block.lines)
        case Formula():
            yield f"$ {_line(block.text, labels)} $"
        case SceneBreak():
            yield "***"
        case PageBreak():
            yield f"{{{block.label}}}"
        case _:
            yield from _holder(block, labels)


def _holder(block: Block[Text], labels: dict[str, str]) -> Iterator[str]:
    match block:
        case List():
            yield from _items(block, labels)
        case DefinitionList():
            for entry in block.entries:
                yield from (f"{_line(term, labels)}:" for term in entry.terms)
                yield from _indented("  ", entry.blocks, labels)
        case Table():
            yield from _hanging("caption: ", block.caption, labels)
            yield from (" ".join(_cell(cell, labels) for cell in row.cells) for row in block.rows)
        case Figure():
            yield "figure"
            yield from _indented("  ", block.blocks, labels)
            yield from _hanging("  caption: ", block.caption, labels)
        case Quote():
            yield from _indented("> ", block.blocks, labels)
            if block.attribution is not None:
                yield f"> — {_line(block.attribution, labels)}"
        case Aside():
            yield f"aside {block.kind}".rstrip()
            yield from _indented("  ", block.blocks, labels)
        case Note():
            yield from _hanging(f"[^{_bare(block.label)}]: ", block.blocks, labels)


def _items(block: List[Text], labels: dict[str, str]) -> Iterator[str]:
    for number, item in zip(block.numbers(), block.items, strict=True):
        yield from _hanging(f"{number}. " if block.ordered else "- ", item.blocks, labels)


def _cell(cell: Cell[Text], labels: dict[str, str]) -> str:
    match cell.blocks:
        case (Paragraph(text),):
            written = _line(text, labels)
        case blocks:
            lines = "; ".join(line for block in blocks for line in _block(block, labels))
            written = f"{{{lines}}}" if lines else ""
    return f"| {'^' * bool(cell.header)}{written}".rstrip()


def _indented(indent: str, blocks: Iterable[Block[Text]], labels: dict[str, str]) -> Iterator[str]:
    return (indent + line for block in blocks for line in _block(block, labels))


def _hanging(mark: str, blocks: Iterable[Block[Text]], labels: dict[str, str]) -> Iterator[str]:
    """The blocks behind a mark, the lines after the first indented."""
    for at, line in enumerate(_indented("", blocks, labels)):
        yield (mark if at == 0 else " " * len(mark)) + line


def _line(text: Text, labels: dict[str, str]) -> str:
    """The text with what its spans say between its characters."""
    marks: list[tuple[int, int, str]] = []
    for order, span in enumerate(text.spans):
        if span.kind == "note":
            marks.append((span.start, order, f"[^{labels[span.value]}]"))
        elif span.kind == "page":
            marks.append((span.start, order, f"{{{span.value}}}"))
        elif span.kind == "ruby":
            marks.append((span.end, -order, f"({span.value})"))
        elif span.kind == "break":
            marks.append((span.start, order, " /"))
        elif span.kind in _AROUND:
            before, after = _AROUND[span.kind]
            marks += [(span.start, order, before), (span.end, -order, after)]
    written = text.text
    for at, _, mark in sorted(marks, reverse=True):
        written = written[:at] + mark + written[at:]
    return written
