"""In: bytes or text of XML, XHTML or HTML. Out: a tree of elements. Nothing is loaded, no entity put in but HTML's own.

libxml2 bounds depth (256) and the length of a text (10 MB). What it would then leave out without a word is refused.
"""

from __future__ import annotations

import html.entities

import lxml.html
from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.read.lines import in_brief
from audio_edition.read.tree import put_in_place, safe_parser

_SAVE_AGAIN = "Save it again in the program that made it."
_DEPTH = "Excessive depth"


def parse_xml(data: bytes, where: str) -> etree._Element:
    """The root of an XML document. `where` names it in messages: the file, and the part of it."""
    try:
        root = etree.fromstring(data, safe_parser())
    except (etree.XMLSyntaxError, ValueError) as trouble:
        raise ReadError(f"{where} is not well-formed XML: {in_brief(str(trouble))}.", _SAVE_AGAIN) from trouble
    _put_in_entities(root, where)
    return root


def parse_page(data: bytes | str, where: str) -> etree._Element:
    """The root of an HTML page, which need not be well-formed; text of an XHTML one loses no word here either."""
    parser = lxml.html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as trouble:
        raise ReadError(f"{where} can't be read as a page: {in_brief(str(trouble))}.", _SAVE_AGAIN) from trouble
    for entry in parser.error_log:
        if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT or _DEPTH in entry.message:
            raise ReadError(
                f"{where} has more than 250 elements in each other, or a text without end, on line {entry.line}.",
                "Take out the markup that does not belong to the article.",
            )
    return root


def _put_in_entities(root: etree._Element, where: str) -> None:
    """HTML's own named characters in place of references to them: their DTD is never loaded."""
    for reference in list(root.iter(etree.Entity)):
        character = html.entities.html5.get(f"{reference.name};")
        if character is None:
            raise ReadError(
                f"{where} refers to “&{in_brief(reference.name)};” on line {reference.sourceline}, unknown to pages.",
                "Write the text itself in its place.",
            )
        put_in_place(reference, character)
