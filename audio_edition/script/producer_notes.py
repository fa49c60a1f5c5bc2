"""Turn producer's notes in brackets into blocks that can be skipped: `[Producer's note: the map is not described.]`.

They are read in their place, as they are written. The publication chooses the words with which they begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audio_edition.model import (
    PRODUCER_NOTE,
    Article,
    Aside,
    Block,
    Finding,
    Paragraph,
    Text,
    leaves,
    with_blocks,
)

_MOST_PARAGRAPHS = 20
"""The most paragraphs from a note's opening bracket to its closing one."""
_SHOWN = 80


def with_producer_notes(article: Article, words: str) -> Article:
    """Return the article with each note that begins with these words as an aside, if it has one or more paragraphs of
    its own. Notes that do not, or never end, get a finding."""
    if not words:
        return article
    notes = _Notes(words)
    blocks = tuple(notes.joined(with_blocks(article.blocks, notes.alone)))
    return replace(article, blocks=blocks, findings=(*article.findings, *notes.left(blocks)))


@dataclass(slots=True)
class _Notes:
    """Finds the notes that begin with certain words."""

    words: str
    _begins: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        begin = r"\s+".join(re.escape(word) for word in _plain(self.words).split())
        self._begins = re.compile(rf"\[\s*{begin}\s*[:：]", re.IGNORECASE)

    def alone(self, block: Block[Text]) -> tuple[Block[Text], ...]:
        """Return an aside for a paragraph that is nothing but a note; any other block as it is."""
        return (_aside([block]),) if self._begins_with(block) and _ends(block) else (block,)

    def joined(self, blocks: Sequence[Block[Text]]) -> Iterator[Block[Text]]:
        """Yield the blocks, with each run from the beginning to the end of a note as one aside."""
        at = 0
        while at < len(blocks):
            end = self._end(blocks, at)
            yield _aside(blocks[at : end + 1]) if end > at else blocks[at]
            at = max(end, at) + 1

    def _end(self, blocks: Sequence[Block[Text]], at: int) -> int:
        """Return the place of the block that ends the note beginning at `at`; -1 if no note does."""
        if not self._begins_with(blocks[at]):
            return -1
        for end, block in enumerate(blocks[at : at + _MOST_PARAGRAPHS], start=at):
            if not isinstance(block, Paragraph) or (end > at and self._begins_with(block)):
                return -1
            if _ends(block):
                return end
        return -1

    def _begins_with(self, block: Block[Text]) -> bool:
        return isinstance(block, Paragraph) and bool(self._begins.match(_plain(block.text.text).lstrip()))

    def left(self, blocks: Sequence[Block[Text]]) -> Iterator[Finding]:
        """Yield a finding for each note that did not become an aside."""
        others = with_blocks(blocks, lambda block: () if _is_note(block) else (block,))
        for text in leaves(others):
            if found := self._begins.search(_plain(text.text)):
                yield Finding(
                    "producer-note-inside", "warning",
                    "A producer's note is inside another text, or its bracket never closes, so it can't be skipped.",
                    remedy="Put it in a paragraph of its own, and close its bracket.",
                    text=text.text[found.start() : found.start() + _SHOWN],
                )  # fmt: skip


def _aside(blocks: Sequence[Block[Text]]) -> Aside[Text]:
    return Aside(tuple(blocks), PRODUCER_NOTE)


def _is_note(block: Block[Text]) -> bool:
    return isinstance(block, Aside) and block.kind == PRODUCER_NOTE


def _ends(block: Block[Text]) -> bool:
    return isinstance(block, Paragraph) and block.text.text.rstrip().rstrip(".").endswith("]")


def _plain(text: str) -> str:
    """Return a text with one kind of apostrophe."""
    return text.replace("’", "'").replace("ʼ", "'")
