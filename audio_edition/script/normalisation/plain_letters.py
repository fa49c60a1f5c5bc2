"""Write letters and figures that Unicode has for their looks as the plain ones that engines know, in any language.

eSpeak NG says "letter two one seven three" for Ⅳ, reads bold letters by their numbers, and nothing for ①.
"""

from __future__ import annotations

import re
import unicodedata

from audio_edition.script.normalisation.roman_numerals import value

# Bold, italic and other mathematical letters, letters and figures in full width, in circles and brackets, ligatures.
_STYLED = re.compile(
    "[\U0001d400-\U0001d7ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\ufb00-\ufb06\u2113\u2126\u212a\u212b]+"
)
_ENCLOSED = re.compile("[\u2460-\u249b\u24ea\u24f5-\u24fe\u2776-\u2793\U0001f130-\U0001f149]")
_UNIT = re.compile("[\u3380-\u33df]")
_ROMAN = re.compile("[\u2160-\u217f]+")
_NAME_BEFORE = re.compile(r"[A-ZÀ-ÞА-ЯЁ][^\W\d_]+[ \u00a0]$")
_KNOWN_ROMAN = re.compile("[IVXLC]+")
_BETWEEN = re.compile("(?<=[A-Za-z\u00c0-\u024f\u0370-\u052f])\u200b+(?=[A-Za-z\u00c0-\u024f\u0370-\u052f])")
_SMALL_CAPITALS = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz", strict=True))
_IN_SMALL_CAPITALS = re.compile(
    rf"(?<![^\W\d_])[A-Z]?(?=\w*[ᴀᴄᴅᴇꜰᴊᴋᴍᴏᴘꜱᴛᴜᴠᴡᴢ])[{''.join(_SMALL_CAPITALS)}]{{2,}}(?![^\W\d_])"
)
"""A word of them: some alone are letters of the phonetic alphabet."""
_EASTERN = re.compile("[٠-٩۰-۹]+")
_LATIN = re.compile("[A-Za-zÀ-ÿ]")
_ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
_MICRO = re.compile(r"(?<=\d)([ \u00a0]?)μ(?=[glmsALFVW](?![^\W\d_]))")
_DEGREES = str.maketrans({"℃": "°C", "℉": "°F"})
_POWERS = str.maketrans("23", "²³")


def as_plain(text: str) -> str:
    """Return the text in plain letters and figures; a place where a long word may be broken goes."""
    text = _BETWEEN.sub("", text.translate(_DEGREES))
    text = _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = _UNIT.sub(lambda match: unicodedata.normalize("NFKC", match[0]).translate(_POWERS), text)
    text = _IN_SMALL_CAPITALS.sub(lambda match: "".join(_SMALL_CAPITALS.get(sign, sign) for sign in match[0]), text)
    if _LATIN.search(text) and not _ARABIC.search(text):
        text = _EASTERN.sub(_each, text)
    text = _MICRO.sub(r"\1µ", text)
    return _ROMAN.sub(_numeral, _ENCLOSED.sub(_enclosed, text))


def _each(figures: re.Match[str]) -> str:
    return "".join(str(int(figure)) for figure in figures[0])


def _enclosed(match: re.Match[str]) -> str:
    """Return the letter or figure in a circle, apart from what stands beside it."""
    found = match[0]
    number = unicodedata.numeric(found, None)
    plain = str(int(number)) if number is not None else unicodedata.normalize("NFKC", found).strip("()")
    text, (start, end) = match.string, match.span()
    before = " " * (text[start - 1 : start].isalnum() and start > 0)
    return before + plain + " " * text[end : end + 1].isalnum()


def _numeral(match: re.Match[str]) -> str:
    """Return letters behind a name or a heading ("Act Ⅳ"), on which the language's rules decide, else the number."""
    letters = unicodedata.normalize("NFKC", match[0]).upper()
    if _KNOWN_ROMAN.fullmatch(letters) is None or _NAME_BEFORE.search(match.string[: match.start()][-40:]):
        return letters
    return str(value(letters))
