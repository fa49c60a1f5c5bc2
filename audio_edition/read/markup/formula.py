"""In: MathML. Out: the formula on a line, as it is typed where there is nothing but a keyboard: x², a/(b + c), √2.

https://www.w3.org/TR/mathml-core/
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from audio_edition.read.markup.elements import UNSEEN, name_of
from audio_edition.read.markup.walk import RAISED, RAISED_FIGURES

_DEEPEST = 60
_SPACED = frozenset("=<>≤≥≠≈≡∈∉⊂⊆→⇒⇔+−±∓×÷·∧∨")
_APPLIED = "\u2061\u2062\u2063\u2064"
"""Marks of what is meant and not written: a function applied, a product."""


def formula_text(math: etree._Element) -> str:
    """What the formula says: its own description, unless that is TeX, else its signs in order."""
    said = math.get("alttext") or math.get("aria-label") or ""
    written = " ".join(_line(math, 0).split())
    return " ".join(said.split()) if said and not (written and set(said) & set("\\{}^_")) else written


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
    """In brackets, if it is more than one word or number."""
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
    "munderover": (3, lambda base, below, above: f"{base.strip()} {below.strip()} … {above.strip()} "),
}
