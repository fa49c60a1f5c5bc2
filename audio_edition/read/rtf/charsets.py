"""The code pages and languages of RTF, by the numbers that Windows gives them."""

from __future__ import annotations

import codecs
import locale

_OF_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
_OF_PAGES = {708: "iso8859_6", 10000: "mac_roman", 10007: "mac_cyrillic", 65001: "utf-8"}
_OF_HEADS = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
SYMBOLS = 2
"""The charset of fonts of signs."""


def codec_of_charset(charset: int, document: str) -> str:
    """Return the codec for a font's charset; the document's for one that says nothing."""
    return _OF_CHARSETS.get(charset, document)


def codec_of_page(page: int) -> str:
    """Return the codec of a code page; that of Windows' western one if it is unknown."""
    name = _OF_PAGES.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


def codec_of_head(word: str) -> str:
    """Return the codec for the control word that opens a document; empty for another word."""
    return _OF_HEADS.get(word, "")


def language_of(number: int) -> str:
    """Return the BCP 47 tag of a language by its number (LCID); empty for none."""
    return locale.windows_locale.get(number, "").replace("_", "-")
