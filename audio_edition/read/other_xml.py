"""XML of a kind that is not known here: press releases and many agencies have formats of their own."""

from __future__ import annotations

from audio_edition.read.decode import opening
from audio_edition.read.document import Document, Reading
from audio_edition.read.tree import root_of, xml_tree

_NO_TEXTS = frozenset({"html", "ncx", "plist", "schema", "smil", "stylesheet", "svg"})
_LONGEST_END = 200


def recognises(data: bytes, name: str) -> bool:
    """Return whether it is XML, if of no kind that another reader knows."""
    root, _ = root_of(data)
    if not root or root.lower() in _NO_TEXTS:
        return False
    return opening(data, 5) == "<?xml" or data[-_LONGEST_END:].rstrip(b" \t\r\n\0").endswith(f"{root}>".encode())


def read(document: Document) -> Reading:
    """Return the articles that the XML seems to hold. Raises ReadError where it holds no sentence."""
    from audio_edition.read import xml_stories

    root, findings = xml_tree(document.data, document.name)
    return xml_stories.reading(root, document.name, findings)
