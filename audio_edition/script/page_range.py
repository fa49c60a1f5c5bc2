"""Some pages of a document that has pages: those that `--only-pages` names by their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audio_edition.errors import ScriptError, in_brief
from audio_edition.model import Article, Block, Finding, PageBreak, Text, every, leaves

_AS_PRINTED = "Write the first and the last page as they are printed, such as 3-7 or iv-12, or one page."


def only_pages(articles: Sequence[Article], wanted: str) -> tuple[tuple[Article, ...], Finding]:
    """Return the articles with the blocks of which something stands on the wanted pages, and a finding. Their titles
    stay; an article without such a block is left out, unless it is the only one.

    Several articles follow each other on the same pages. Raises ScriptError if they have no pages, or not those.
    """
    labels = [label for article in articles for block in article.blocks for label in _begun_in(block)]
    if not labels:
        raise ScriptError("The document has no page numbers, so no pages of it can be chosen.", "Give all of it.")
    first, last = _range(wanted, labels)
    pages = set(range(first, last + 1))
    kept, before = list[Article](), 0
    for article in articles:
        blocks = tuple(block for block, own in _with_pages(article.blocks, before - 1) if own & pages)
        before += sum(len(_begun_in(block)) for block in article.blocks)
        if blocks or len(articles) == 1:
            kept.append(replace(article, blocks=blocks))
    message = f"Left out: {len(labels) - (last - first + 1)} of {len(labels)} pages, as --only-pages asks."
    return tuple(kept), Finding("pages-left-out", "note", message)


def _range(wanted: str, labels: Sequence[str]) -> tuple[int, int]:
    """Return the positions of the first and the last page. Labels may hold hyphens themselves."""
    if wanted in labels:
        return labels.index(wanted), labels.index(wanted)
    for place in (place for place, character in enumerate(wanted) if character in "-–"):
        first, last = wanted[:place].strip(), wanted[place + 1 :].strip()
        if first in labels and last in labels[labels.index(first) :]:
            return labels.index(first), labels.index(last, labels.index(first))
    message = f"The document has no pages “{in_brief(wanted)}”: they go from {labels[0]} to {labels[-1]}."
    raise ScriptError(message, _AS_PRINTED)


def _with_pages(blocks: Sequence[Block[Text]], current: int) -> Iterator[tuple[Block[Text], set[int]]]:
    """Yield each block with the positions of the pages that it is on. `current` is that of the page that the first one
    begins on, -1 for none: what stands before the first page is on none."""
    for block in blocks:
        begun = len(_begun_in(block))
        start = current + 1 if isinstance(block, PageBreak) else current
        yield block, set(range(start, current + begun + 1))
        current += begun


def _begun_in(block: Block[Text]) -> list[str]:
    """Return the labels of the pages that begin in a block."""
    breaks = [each.label for each in every([block]) if isinstance(each, PageBreak)]
    return breaks + [span.value for text in leaves([block]) for span in text.of("page")]
