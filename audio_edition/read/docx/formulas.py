"""In: a formula of Office's own markup (ECMA-376 1, 22.1). Out: the same on one line, as people type it."""

from __future__ import annotations

from lxml import etree

from audio_edition.read.docx.names import child, name_of, said

_BETWEEN = {"m:f": ("m:num", "/", "m:den"), "m:sSup": ("m:e", "^", "m:sup"), "m:sSub": ("m:e", "_", "m:sub")}
_PROPERTIES = frozenset({"m:ctrlPr", "m:dPr", "m:fPr", "m:naryPr", "m:rPr", "m:radPr", "m:sSupPr", "m:sSubPr", "w:rPr"})


def on_one_line(formula: etree._Element) -> str:
    """The formula's text, with marks where it is written above or below."""
    return " ".join(_written(formula).split())


def _written(element: etree._Element) -> str:
    name = name_of(element)
    if name in _PROPERTIES:
        return ""
    if name in ("m:t", "w:t"):
        return element.text or ""
    if name in _BETWEEN:
        above, sign, below = _BETWEEN[name]
        return _grouped(child(element, above)) + sign + _grouped(child(element, below))
    if name == "m:rad":
        return "√" + _grouped(child(element, "m:e"))
    if name == "m:d":
        return f"({_all(element)})"
    if name == "m:nary":
        return f" {said(child(element, 'm:naryPr', 'm:chr'), 'm:val') or '∫'} {_all(element)}"
    return _all(element)


def _all(element: etree._Element) -> str:
    return "".join(map(_written, element))


def _grouped(element: etree._Element | None) -> str:
    text = _all(element).strip() if element is not None else ""
    return text if len(text) < 2 or text.isalnum() else f"({text})"
