"""Reads NewsML-G2 or NewsML 1.2, IPTC's envelopes for news: each item with text is an article.

https://iptc.org/std/NewsML-G2/guidelines/ · https://iptc.org/std/NewsML/1.2/
"""

from __future__ import annotations

from dataclasses import replace

from audio_edition.read.document import Document, Reading
from audio_edition.read.tree import root_of, xml_tree

_SECOND_GENERATION = frozenset({"newsMessage", "newsItem", "packageItem"})


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is an XML document with a root element of either format."""
    return root_of(data)[0] in {"NewsML", *_SECOND_GENERATION}


def read(document: Document) -> Reading:
    """Return the articles of a message in the order of its packages, else in document order.

    Stories that must not be published are left out with a finding. Raises ReadError if there are no others.
    """
    from audio_edition.read.news import newsml_g1, newsml_g2

    root, findings = xml_tree(document.data, document.name)
    is_second = root_of(document.data)[0] in _SECOND_GENERATION
    reading = (newsml_g2.reading if is_second else newsml_g1.reading)(root, document.name)
    return replace(reading, issue=replace(reading.issue, findings=(*findings, *reading.issue.findings)))
