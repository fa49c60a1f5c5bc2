"""The script as a document: its paragraphs and headings in order, each heading at a depth that skips none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audio_edition.model import Chapter, Role, Script, Utterance, joined
from audio_edition.publish.characters import one_line

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or a heading of `depth` 1 to 6; a paragraph's depth is 0."""

    utterances: tuple[Utterance, ...]
    depth: int

    @property
    def id(self) -> str:
        return self.utterances[0].paragraph_id

    @property
    def role(self) -> Role:
        return self.utterances[0].role

    @property
    def text(self) -> str:
        """As it was written, on one line."""
        return one_line(joined(self.utterances)).strip()


def begins_with_title(script: Script) -> bool:
    """Whether the edition's title is the first thing said. Else a page has to set it above what is said."""
    first = next((part for chapter in script.chapters for part in chapter.utterances), None)
    return first is not None and first.role == "title"


def outline(script: Script) -> Iterator[tuple[Chapter, tuple[Block, ...]]]:
    """Each chapter with its blocks. Depth 1 is the title of the edition, and only that."""
    above = [0]
    titled = begins_with_title(script)
    for chapter in script.chapters:
        blocks = []
        for utterances in chapter.paragraphs():
            if titled:
                titled = False
                depth = 1
            else:
                depth = _depth(utterances[0].role, chapter.level, above)
            blocks.append(Block(utterances, depth))
        yield chapter, tuple(blocks)


def _depth(role: Role, level: int, above: list[int]) -> int:
    """One deeper than the nearest heading above of a smaller level; `above` holds the levels of those, and is kept."""
    if role not in ("title", "heading"):
        return 0
    while above[-1] >= level > 0:
        above.pop()
    above.append(level)
    return min(len(above), _DEEPEST)


def plain_text(blocks: Iterable[Block]) -> Iterator[str]:
    """The lines of the text as it was written: a blank line between paragraphs, two before a heading.

    Lines come without their newline, every word in order and nothing besides.
    """
    first = True
    for block in blocks:
        if not block.text:
            continue
        if not first:
            yield ""
            if block.depth:
                yield ""
        yield block.text
        first = False
