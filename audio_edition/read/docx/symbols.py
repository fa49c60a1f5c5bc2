"""Characters of the fonts Symbol and Wingdings, which have no code points of their own in a Word document."""

from __future__ import annotations

_PRIVATE = 0xF000
_GREEK = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SYMBOL = {
    **{ord(latin): greek for latin, greek in _GREEK.items()},
    0x2D: "−", 0xA0: "€", 0xA3: "≤", 0xA5: "∞", 0xAC: "←", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×",
    0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xD6: "√",
    0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    0x4A: "☺", 0x6C: "●", 0x6E: "■", 0xA7: "▪", 0xA8: "☐", 0xDF: "←", 0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def symbol(font: str, code: str) -> str | None:
    """Return the character that a w:sym shows; empty if unknown."""
    try:
        number = int(code, 16) if len(code) <= 6 else 0
    except ValueError:
        return None
    known = _FONTS.get(font.casefold())
    if known and (character := known.get(number & 0xFF)):
        return character
    if _PRIVATE <= number <= _PRIVATE + 0xFF:
        number &= 0x7F if not known else 0
    return chr(number) if 0x20 < number < 0xD800 else None


def in_font(text: str, font: str) -> str:
    """Return a text with the characters that it shows in a font of signs, whose own characters are private ones."""
    if text.isascii() or not any(map(_is_private, text)):
        return text
    return "".join((symbol(font, f"{ord(each):X}") or "") if _is_private(each) else each for each in text)


def _is_private(character: str) -> bool:
    return _PRIVATE <= ord(character) <= _PRIVATE + 0xFF
