"""Some pages of a document that has pages: those that `--only-pages` names by their labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audio_edition.errors import ScriptError, in_brief
from audio_edition.model import Article, Block, Finding, PageBreak, Text, every, leaves

_AS_PRINTED = "Write the first and the last page as they are printed, such as 3-7 or iv-12, or one page."


def only_pages(article: Article, wanted: str) -> Article:
    """Return the article with the blocks of which something stands on the wanted pages, with a finding. Its title
    stays.

    Raises ScriptError if it has no pages, or not those.
    """
    labels = [label for block in article.blocks for label in _begun_in(block)]
    if not labels:
        raise ScriptError("The document has no page numbers, so no pages of it can be chosen.", "Give all of it.")
    first, last = _range(wanted, labels)
    kept = tuple(block for block, pages in _with_pages(article.blocks) if pages & set(range(first, last + 1)))
    message = f"Left out: {len(labels) - (last - first + 1)} of {len(labels)} pages, as --only-pages asks."
    return replace(article, blocks=kept, findings=(*article.findings, Finding("pages-left-out", "note", message)))


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


def _with_pages(blocks: Sequence[Block[Text]]) -> Iterator[tuple[Block[Text], set[int]]]:
    """Yield each block with the positions of the pages that it is on; what stands before the first page is on none."""
    current = -1
    for block in blocks:
        begun = len(_begun_in(block))
        start = current + 1 if isinstance(block, PageBreak) else current
        yield block, set(range(start, current + begun + 1))
        current += begun


def _begun_in(block: Block[Text]) -> list[str]:
    """Return the labels of the pages that begin in a block."""
    breaks = [each.label for each in every([block]) if isinstance(each, PageBreak)]
    return breaks + [span.value for text in leaves([block]) for span in text.of("page")]
