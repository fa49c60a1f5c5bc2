"""MathML as a document holds it: which of it may stand in a page (https://www.w3.org/TR/mathml-core/)."""

from __future__ import annotations

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

LONGEST = 100_000
"""Characters of a formula that is kept."""

_ELEMENT_NAMES = """
    math maction menclose merror mfenced mfrac mglyph mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom
    mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none
    semantics
"""
ELEMENTS = frozenset(_ELEMENT_NAMES.split())
"""Those that show something; annotations and what they may hold are left out."""

_ATTRIBUTE_NAMES = """
    accent accentunder alttext close columnalign columnspan depth dir display displaystyle fence form height
    linethickness lspace mathvariant maxsize minsize movablelimits notation open rowspan rspace scriptlevel separator
    separators stretchy symmetric voffset width
"""
ATTRIBUTES = frozenset(_ATTRIBUTE_NAMES.split())
"""None of them leads anywhere, styles or runs anything."""


def is_sound_mathml(source: str) -> bool:
    """Return whether the source is one `math` element with nothing in it but ELEMENTS and ATTRIBUTES."""
    from lxml import etree  # late: few documents have formulas

    if len(source) > LONGEST:
        return False
    try:
        root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        return False
    if root.tag != f"{{{NAMESPACE}}}math" or root.getroottree().docinfo.doctype:
        return False
    return all(
        isinstance(each.tag, str)
        and each.tag.startswith(f"{{{NAMESPACE}}}")
        and each.tag.rpartition("}")[2] in ELEMENTS
        and set(each.attrib) <= ATTRIBUTES
        for each in root.iter()
    )
