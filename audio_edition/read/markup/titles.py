"""The title of an article, which stands in one place only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from audio_edition.model import Block, Finding, Heading, PageBreak, SceneBreak, Text
from audio_edition.read.markup.inline import plain


def titled(blocks: Sequence[Block[Text]], title: str = "") -> tuple[str, tuple[Block[Text], ...]]:
    """Return the title, and the blocks under it, whose headings have level 2 or more.

    A heading that says the title again, before any text, is taken out. Where no title is known, a heading that stands
    before all text is it.
    """
    before = list(takewhile(lambda block: isinstance(block, PageBreak), blocks))
    rest = list(blocks[len(before) :])
    if rest and isinstance(first := rest[0], Heading) and (not title or _folded(plain(first.text)) == _folded(title)):
        title = title or plain(first.text)
        del rest[0]
        while rest and isinstance(rest[0], SceneBreak):  # the line under it
            del rest[0]
    return title, tuple(
        replace(block, level=max(2, block.level)) if isinstance(block, Heading) else block for block in [*before, *rest]
    )


def title_findings(before: Sequence[Block[Text]], after: Sequence[Block[Text]]) -> tuple[Finding, ...]:
    """Return a note that quotes the readings over a heading which has become the title: a title has none."""
    kept = {id(block.text) for block in after if isinstance(block, Heading)}
    gone = [block for block in before if isinstance(block, Heading) and id(block.text) not in kept]
    readings = [span.value for heading in gone[:1] for span in heading.text.of("ruby")]
    if not readings:
        return ()
    message = "Left out: how characters of the title are read; it is said as it is written."
    return (Finding("title-readings", "note", message, remedy="Say it in the lexicon.", text=" ".join(readings)),)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
