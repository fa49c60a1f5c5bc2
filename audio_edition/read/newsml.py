"""In: NewsML-G2 or NewsML 1.2, IPTC's envelopes for news. Out: an article for each item with text.

https://iptc.org/std/NewsML-G2/guidelines/ · https://iptc.org/std/NewsML/1.2/
"""

from __future__ import annotations

from audio_edition.model import Issue
from audio_edition.read.tree import root_of, xml_tree

_SECOND_GENERATION = frozenset({"newsMessage", "newsItem", "packageItem"})


def recognises(data: bytes, name: str) -> bool:
    """An XML document whose first element is one of theirs."""
    return root_of(data)[0] in {"NewsML", *_SECOND_GENERATION}


def read(data: bytes, name: str) -> Issue:
    """The articles of a message in the order of its packages, else as they stand in it. Stories that must not be
    published are left out with a finding; ReadError where there is nothing else."""
    from audio_edition.read import newsml_g1, newsml_g2

    root = xml_tree(data, name)
    if root_of(data)[0] in _SECOND_GENERATION:
        return newsml_g2.issue(root, name)
    return newsml_g1.issue(root, name)
