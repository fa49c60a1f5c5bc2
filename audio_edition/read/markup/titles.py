"""Takes an article's title from its blocks, so that it is said only once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from audio_edition.model import Block, Heading, PageBreak, SceneBreak, Text
from audio_edition.read.lines import folded
from audio_edition.read.markup.inline import plain


def titled(blocks: Sequence[Block[Text]], title: str = "") -> tuple[str, tuple[Block[Text], ...]]:
    """Return the title, and the blocks under it, with headings at level 2 or deeper.

    A heading that repeats the title before any text is removed. If no title is known, a heading before all text becomes
    it.
    """
    before: list[Block[Text]] = list(takewhile(lambda block: isinstance(block, PageBreak), blocks))
    rest = list(blocks[len(before) :])
    if rest and isinstance(first := rest[0], Heading) and (not title or folded(plain(first.text)) == folded(title)):
        title = title or plain(first.text)
        before += pages_in(first.text)
        del rest[0]
        while rest and isinstance(rest[0], SceneBreak):  # the line under it
            del rest[0]
    return title, tuple(
        replace(block, level=max(2, block.level)) if isinstance(block, Heading) else block for block in [*before, *rest]
    )


def pages_in(text: Text) -> list[Block[Text]]:
    """Return the page breaks inside a text that is taken out of the blocks: they stay."""
    return [PageBreak(span.value) for span in text.of("page")]
