"""Converts formulas in Office's own markup (ECMA-376 1, 22.1) to MathML and to one line of text."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from audio_edition.read.docx.names import DELETED, MARKS, OFF, all_in, child, is_on, last_in, name_of, said

_BETWEEN = {"m:f": ("m:num", "/", "m:den"), "m:sSup": ("m:e", "^", "m:sup"), "m:sSub": ("m:e", "_", "m:sub")}
_PROPERTIES = frozenset({"m:ctrlPr", "m:dPr", "m:fPr", "m:naryPr", "m:rPr", "m:radPr", "m:sSupPr", "m:sSubPr", "w:rPr"})
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]|\s+|.", re.DOTALL)
_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
_ALIGNED = "&"
"""Where the lines of a formula are aligned; the mark is not shown."""

_DEEPEST = 40


def formula(element: etree._Element, out: etree._Element) -> None:
    """Write an m:oMath, or the formulas of an m:oMathPara on lines of their own."""
    line = on_one_line(element)
    if not line:
        return
    written = etree.SubElement(out, "math")
    if name_of(element) == "m:oMathPara":
        written.set("display", "block")
    row = _row(element, 0)
    if row is None:
        written.set("alttext", line)
    else:
        written.append(row)


def on_one_line(formula: etree._Element) -> str:
    """Return the formula as text, with marks for superscripts and subscripts."""
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


# --- MathML


def _row(element: etree._Element | None, depth: int) -> etree._Element | None:
    """Return the contents of an element as a row; None if nested too deeply. Unknown elements are transparent."""
    row = etree.Element("mrow")
    if element is None:
        return row
    if depth > _DEEPEST:
        return None
    for each in element:
        name = name_of(each)
        if name in ("m:r", "w:r"):
            _run(each, row)
            continue
        if not name or name.endswith("Pr") or name in _NOTHING:
            continue
        made = _SHAPES.get(name, _row)(each, depth + 1)
        if made is None:
            return None
        row.append(made)
    return row[0] if len(row) == 1 else row


_NOTHING = MARKS | DELETED


def _run(run: etree._Element, row: etree._Element) -> None:
    """Write the letters, numbers and signs of a run, or its words if it is text or a function's name."""
    words = "".join(text.text or "" for text in all_in(run, "m:t", "w:t"))
    properties = child(run, "m:rPr")
    if (is_on(properties, "m:nor") and words.strip()) or _WORDS.search(words):
        etree.SubElement(row, "mtext").text = words
    elif words.isalpha() and said(child(properties, "m:sty"), "m:val") == "p":
        etree.SubElement(row, "mi").text = words
    else:
        _tokens(words, row)


def _tokens(text: str, row: etree._Element) -> None:
    for found in _TOKEN.finditer(text):
        token = found[0]
        if not token.isspace() and token != _ALIGNED:
            name = "mn" if token[0].isdigit() else "mi" if token.isalpha() else "mo"
            etree.SubElement(row, name).text = token


def _element_of(name: str, *parts: etree._Element | None) -> etree._Element | None:
    made = etree.Element(name)
    for part in parts:
        if part is None:
            return None
        made.append(part)
    return made


def _parts(name: str, *children: str) -> Callable[[etree._Element, int], etree._Element | None]:
    """Return the function that builds the MathML element from the parts of an Office element."""
    return lambda element, depth: _element_of(name, *(_row(child(element, each), depth) for each in children))


def _sign(text: str) -> etree._Element:
    sign = etree.Element("mo")
    sign.text = text
    return sign


def _fraction(element: etree._Element, depth: int) -> etree._Element | None:
    made = _element_of("mfrac", _row(child(element, "m:num"), depth), _row(child(element, "m:den"), depth))
    if made is not None and said(child(element, "m:fPr", "m:type"), "m:val") == "noBar":
        made.set("linethickness", "0")
    return made


def _root(element: etree._Element, depth: int) -> etree._Element | None:
    hidden = child(element, "m:radPr", "m:degHide")
    base, index = _row(child(element, "m:e"), depth), _row(child(element, "m:deg"), depth)
    is_hidden = hidden is not None and said(hidden, "m:val") not in OFF
    is_square = is_hidden or (index is not None and not len(index) and not index.text)
    return _element_of("msqrt", base) if is_square else _element_of("mroot", base, index)


def _delimited(element: etree._Element, depth: int) -> etree._Element | None:
    properties = child(element, "m:dPr")
    opening, closing, between = (
        said(mark, "m:val") if (mark := child(properties, name)) is not None else usual
        for name, usual in (("m:begChr", "("), ("m:endChr", ")"), ("m:sepChr", "|"))
    )
    parts: list[etree._Element | None] = [_sign(opening)] if opening else []
    for number, each in enumerate(every for every in element if name_of(every) == "m:e"):
        parts += [_sign(between)] * bool(number)
        parts.append(_row(each, depth))
    return _element_of("mrow", *parts, *([_sign(closing)] if closing else ()))


def _large(element: etree._Element, depth: int) -> etree._Element | None:
    """Return a sum or an integral with its limits, if any, and its operand."""
    sign: etree._Element | None = _sign(said(child(element, "m:naryPr", "m:chr"), "m:val") or "∫")
    limits = [_row(child(element, name), depth) for name in ("m:sub", "m:sup")]
    beside = (said(child(element, "m:naryPr", "m:limLoc"), "m:val") or "subSup") == "subSup"
    has_low, has_high = (limit is None or bool(limit.text) or last_in(limit) is not None for limit in limits)
    if has_low and has_high:
        sign = _element_of("msubsup" if beside else "munderover", sign, *limits)
    elif has_low:
        sign = _element_of("msub" if beside else "munder", sign, limits[0])
    elif has_high:
        sign = _element_of("msup" if beside else "mover", sign, limits[1])
    return _element_of("mrow", sign, _row(child(element, "m:e"), depth))


def _function(element: etree._Element, depth: int) -> etree._Element | None:
    name = child(element, "m:fName")
    word = "".join(text.text or "" for text in all_in(name, "m:t"))
    said_name: etree._Element | None = _row(name, depth)
    if word.isalpha() and name is not None and not any(name_of(each) in _SHAPES for each in name):
        said_name = etree.Element("mi")
        said_name.text = word
    return _element_of("mrow", said_name, _sign("\u2061"), _row(child(element, "m:e"), depth))


def _accented(element: etree._Element, depth: int) -> etree._Element | None:
    sign = said(child(element, "m:accPr", "m:chr"), "m:val") or "\u0302"
    return _element_of("mover", _row(child(element, "m:e"), depth), _sign(sign))


def _barred(element: etree._Element, depth: int) -> etree._Element | None:
    above = said(child(element, "m:barPr", "m:pos"), "m:val") == "top"
    return _element_of("mover" if above else "munder", _row(child(element, "m:e"), depth), _sign("¯" if above else "_"))


def _braced(element: etree._Element, depth: int) -> etree._Element | None:
    properties = child(element, "m:groupChrPr")
    sign = _sign(said(child(properties, "m:chr"), "m:val") or "\u23df")
    above = said(child(properties, "m:pos"), "m:val") == "top"
    return _element_of("mover" if above else "munder", _row(child(element, "m:e"), depth), sign)


def _before(element: etree._Element, depth: int) -> etree._Element | None:
    base, low, high = (_row(child(element, name), depth) for name in ("m:e", "m:sub", "m:sup"))
    return _element_of("mmultiscripts", base, etree.Element("mprescripts"), low, high)


def _grid(element: etree._Element, depth: int) -> etree._Element | None:
    rows = [each for each in element if name_of(each) in ("m:mr", "m:e")]
    if len(rows) == 1 and name_of(rows[0]) == "m:e":
        return _row(rows[0], depth)
    made: list[etree._Element | None] = []
    for row in rows:
        cells = [each for each in row if name_of(each) == "m:e"] if name_of(row) == "m:mr" else [row]
        made.append(_element_of("mtr", *(_element_of("mtd", _row(cell, depth)) for cell in cells)))
    return _element_of("mtable", *made)


_SHAPES: dict[str, Callable[[etree._Element, int], etree._Element | None]] = {
    "m:f": _fraction,
    "m:sSup": _parts("msup", "m:e", "m:sup"),
    "m:sSub": _parts("msub", "m:e", "m:sub"),
    "m:sSubSup": _parts("msubsup", "m:e", "m:sub", "m:sup"),
    "m:limLow": _parts("munder", "m:e", "m:lim"),
    "m:limUpp": _parts("mover", "m:e", "m:lim"),
    "m:rad": _root,
    "m:d": _delimited,
    "m:nary": _large,
    "m:func": _function,
    "m:acc": _accented,
    "m:bar": _barred,
    "m:groupChr": _braced,
    "m:sPre": _before,
    "m:m": _grid,
    "m:eqArr": _grid,
}
