"""Reads XML of unknown kinds: press releases and many agencies have formats of their own."""

from __future__ import annotations

from audio_edition.read.decode import opening
from audio_edition.read.document import Document, Reading
from audio_edition.read.tree import root_of, xml_tree

_NO_TEXTS = frozenset({"html", "ncx", "plist", "schema", "smil", "stylesheet", "svg"})
_OF_HTML_NAMES = """
    a article aside b blockquote body br center code details div em figure font footer h1 h2 h3 h4 h5 h6 header hr i img
    kbd main nav ol p picture pre section small span strong sub summary sup table u ul
"""
_OF_HTML = frozenset(_OF_HTML_NAMES.split())
"""Elements that open an HTML fragment, or a text in Markdown."""

_LONGEST_END = 200


def recognises(data: bytes, name: str) -> bool:
    """Return whether this is XML that no other reader or known kind claims."""
    root, _ = root_of(data)
    if not root or root.lower() in _NO_TEXTS:
        return False
    is_closed = data[-_LONGEST_END:].rstrip(b" \t\r\n\0").endswith(f"{root}>".encode())
    return opening(data, 5) == "<?xml" or (is_closed and root not in _OF_HTML)


def read(document: Document) -> Reading:
    """Return the articles that the XML seems to hold. Raises ReadError if it holds no sentence."""
    from audio_edition.read.xml import xml_stories

    root, findings = xml_tree(document.data, document.name)
    return xml_stories.reading(root, document.name, findings)
