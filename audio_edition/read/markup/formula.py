"""Writes a MathML formula on one line as one types it: x², a/(b + c), √2; and extracts its source.

https://www.w3.org/TR/mathml-core/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from lxml import etree

from audio_edition.read.markup.elements import UNSEEN, name_of

RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
RAISED_FIGURES = re.compile(r"[+−-]?\d{1,4}", re.ASCII)

_LONGEST_SOURCE = 20_000
_MOST_ELEMENTS = 2_000
_MATHML = "http://www.w3.org/1998/Math/MathML"
_ELEMENTS_NAMES = """
    math menclose merror mfenced mfrac mi mlabeledtr mmultiscripts mn mo mover mpadded mphantom mprescripts mroot
    mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics
"""
_ELEMENTS = frozenset(_ELEMENTS_NAMES.split())
_ATTRIBUTES_NAMES = """
    accent accentunder alttext close columnalign columnspan depth dir display displaystyle fence form height largeop
    linethickness lspace mathvariant maxsize minsize movablelimits notation open rowspan rspace scriptlevel
    separator separators stretchy symmetric voffset width
"""
_ATTRIBUTES = frozenset(_ATTRIBUTES_NAMES.split())
_TEX = frozenset({"application/x-tex", "application/x-latex", "tex", "latex"})
_DEEPEST = 60
_SPACED = frozenset("=<>≤≥≠≈≡∈∉⊂⊆→⇒⇔+−±∓×÷·∧∨")
_FUNCTION = "\u2061"
"""The invisible operator for applying a function: sin x."""

_APPLIED = "\u2062\u2063\u2064"
"""Other invisible operators, such as that of a product."""


def formula_text(math: etree._Element) -> str:
    """Return the formula as text: its own description, unless that is TeX, else its signs in order."""
    said = math.get("alttext") or math.get("aria-label") or ""
    written = " ".join(_line(math, 0).replace(f"{_FUNCTION}(", "(").replace(_FUNCTION, " ").split())
    return " ".join(said.split()) if said and not (written and set(said) & set("\\{}^_")) else written


def tex_of(math: etree._Element) -> str:
    """Return the TeX that the formula was written in; empty if it is not recorded."""
    for note in islice(math.iter("{*}annotation"), _MOST_ELEMENTS):
        if note.get("encoding", "").lower() in _TEX and len(note.text or "") <= _LONGEST_SOURCE:
            return (note.text or "").strip()
    return ""


def mathml_of(math: etree._Element) -> str:
    """Return the formula's MathML without other markup; empty if it is too long or too deep."""
    try:
        copy = _copied(math, 0, [0])
    except _TooLargeError:
        return ""
    if copy is None:
        return ""
    etree.cleanup_namespaces(copy)
    source = etree.tostring(copy, encoding="unicode")
    return source if len(source) <= _LONGEST_SOURCE else ""


class _TooLargeError(Exception):
    """The formula is larger than any real one."""


def _copied(element: etree._Element, depth: int, count: list[int]) -> etree._Element | None:
    count[0] += 1
    if depth > _DEEPEST or count[0] > _MOST_ELEMENTS:
        raise _TooLargeError
    name = name_of(element)
    if name not in _ELEMENTS:
        return None
    copy = etree.Element(f"{{{_MATHML}}}{name}", nsmap={None: _MATHML})
    for key, value in element.attrib.items():
        if isinstance(key, str) and key.lower() in _ATTRIBUTES:
            copy.set(key.lower(), value)
    copy.text = element.text
    for each in element:
        part = _copied(each, depth + 1, count)
        if part is not None:
            part.tail = each.tail if each.tail and each.tail.strip() else None
            copy.append(part)
    return copy


def _line(element: etree._Element, depth: int) -> str:
    name = name_of(element)
    if name in UNSEEN or not name:
        return ""
    if depth > _DEEPEST:
        return "".join(element.itertext())
    parts = [_line(each, depth + 1) for each in element if name_of(each) and name_of(each) not in UNSEEN]
    shape = _SHAPES.get(name)
    if shape is not None and len(parts) == shape[0]:
        return shape[1](*parts)
    if name == "msqrt":
        return f"√{_grouped(''.join(parts))}"
    if name == "mo":
        sign = (element.text or "").strip()
        return f" {sign} " if sign in _SPACED and sign else sign.strip(_APPLIED)
    if name in ("mtr", "mlabeledtr"):
        return ", ".join(parts) + "; "
    text = element.text or ""
    return text + "".join(part + (each.tail or "") for part, each in zip(parts, _shown(element), strict=True))


def _shown(element: etree._Element) -> list[etree._Element]:
    return [each for each in element if name_of(each) and name_of(each) not in UNSEEN]


def _grouped(text: str) -> str:
    """Return the text in brackets, if it is more than one word or number."""
    text = text.strip()
    return text if text.isalnum() or len(text) == 1 else f"({text})"


def _raised(base: str, power: str) -> str:
    power = power.strip()
    return base.strip() + (power.translate(RAISED) if RAISED_FIGURES.fullmatch(power) else f"^{_grouped(power)}")


_SHAPES: dict[str, tuple[int, Callable[..., str]]] = {
    "mfrac": (2, lambda over, under: f"{_grouped(over)}/{_grouped(under)}"),
    "mroot": (2, lambda base, index: f"{_raised('', index)}√{_grouped(base)}"),
    "msub": (2, lambda base, below: f"{base.strip()}_{_grouped(below)}"),
    "msubsup": (3, lambda base, below, above: _raised(f"{base.strip()}_{_grouped(below)}", above)),
    "msup": (2, _raised),
    "munder": (2, lambda base, below: f"{base.strip()} {below.strip()} "),
    "munderover": (3, lambda base, below, above: f"{base.strip()} {below.strip()} … {above.strip()} "),
}
