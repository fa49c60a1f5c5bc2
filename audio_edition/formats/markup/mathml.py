"""MathML of a document, cleaned: elements and attributes of presentation alone, and nothing that could run or load."""

from __future__ import annotations

import functools

from lxml import etree
from markupsafe import Markup

from audio_edition.formats.markup.elements import element, empty
from audio_edition.model.characters import one_line

NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_LONGEST = 100_000
_DEEPEST = 60
_WORDS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_WITH_PARTS = {
    "math": None, "mrow": None, "mstyle": None, "merror": None, "mpadded": None, "mphantom": None, "msqrt": None,
    "menclose": None, "mtable": None, "mtr": None, "mlabeledtr": None, "mtd": None, "mfrac": 2, "mroot": 2, "msub": 2,
    "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3, "mfenced": None, "mmultiscripts": None,
}  # fmt: skip
"""How many parts an element has; None for any number."""

_EMPTY = frozenset({"mspace", "mprescripts", "none"})
_ATTRIBUTES = frozenset({
    "accent", "accentunder", "align", "bevelled", "close", "columnalign", "columnspan", "denomalign", "displaystyle",
    "fence", "form", "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits",
    "notation", "numalign", "open", "rowalign", "rowspan", "rspace", "scriptlevel", "separator", "separators",
    "stretchy", "symmetric", "width", "height", "depth", "voffset",
})  # fmt: skip


@functools.lru_cache(maxsize=256)
def cleaned(mathml: str, words: str, *, block: bool = False) -> Markup | None:
    """Return the formula as MathML whose alternative is its words; None if it is not sound MathML.

    Notes that programs keep for themselves are left out, and of `semantics` all but what is shown.
    """
    if not mathml.strip() or len(mathml) > _LONGEST:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(mathml.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if _name(root) != "math":
        return None
    try:
        parts = [_written(part, 1) for part in root]
    except _NotMathMLError:
        return None
    display = {"display": "block"} if block else {}
    return element("math", {"xmlns": NAMESPACE, **display, "alttext": words}, *parts)


class _NotMathMLError(ValueError):
    """An element is not MathML, or has the wrong parts."""


def _name(node: etree._Element) -> str:
    if not isinstance(node.tag, str):
        raise _NotMathMLError
    name = etree.QName(node)
    return name.localname if name.namespace in (None, NAMESPACE) else ""


def _written(node: etree._Element, depth: int) -> Markup:
    name = _name(node)
    if depth > _DEEPEST:
        raise _NotMathMLError
    attributes = {key: one_line(value)[:100] for key, value in sorted(node.attrib.items()) if str(key) in _ATTRIBUTES}
    if name == "semantics":
        return _written(node[0], depth + 1) if len(node) else Markup("")
    if name == "maction":
        return _written(node[0], depth + 1) if len(node) else Markup("")
    if name in _WORDS:
        return element(name, attributes, one_line("".join(node.itertext())).strip())
    if name in _EMPTY:
        return empty(name, attributes)
    if name not in _WITH_PARTS or _WITH_PARTS[name] not in (None, len(node)):
        raise _NotMathMLError
    return element(name, attributes, *(_written(part, depth + 1) for part in node))
