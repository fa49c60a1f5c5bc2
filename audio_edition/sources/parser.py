"""The XML parser for documents that nobody has checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree


def safe_parser(encoding: str | None = None) -> etree.XMLParser:
    """Return a parser for untrusted XML, which loads and expands nothing and keeps libxml2's limits. A given encoding
    overrides the XML's own."""
    from lxml import etree

    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
