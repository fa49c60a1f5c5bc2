"""Decode the bytes of a page.

The charset is taken from, in this order: a byte order mark; the bytes themselves, if they are valid UTF-8; what the
page declares; and what most pages without UTF-8 use.
"""

from __future__ import annotations

import codecs
import contextlib
import re

from audio_edition.model import Finding

MARKS = {  # the longer one comes first: UTF-32's begins with UTF-16's
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF8: "utf-8",
}
_DECLARED = re.compile(
    rb"<(?:\?xml|meta)\s[^>]{0,300}?(?:encoding|charset)\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE
)
_DECLARED_WITHIN = 8192
"""Bytes. The standard looks at 1,024; pages have it later."""

_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
"""What browsers take for a declared charset, in Python's names: https://encoding.spec.whatwg.org/#names-and-labels"""

_KNOWN_NAMES = """
    big5hkscs cp437 cp850 cp852 cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258
    euc_jp gb18030 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13
    iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-cyrillic mac-roman
"""
_KNOWN = frozenset(_KNOWN_NAMES.split())
_ALIASES = {
    "windows-874": "cp874",
    "windows-31j": "cp932",
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "iso-8859-8-i": "iso8859-8",
    "x-mac-roman": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic",
    "ks_c_5601-1989": "cp949",
    "x-euc-jp": "euc_jp",
}
_FALLBACK = "cp1252"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def decoded(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return the text, and what had to be guessed. An invalid byte becomes U+FFFD."""
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    if mark:
        return data[len(mark) :].decode(MARKS[mark], "replace"), ()
    try:
        return data.decode(), ()
    except UnicodeDecodeError as trouble:
        if _is_damaged_utf8(data):
            return data.decode("utf-8", "replace"), ()
        declared = charset_of(_declared(data))
        findings = () if declared else (_guess(1 + data.count(b"\n", 0, trouble.start)),)
        return data.decode(declared or _FALLBACK, "replace"), findings


def storable(text: str) -> str:
    """Return the text with each lone surrogate, which JSON can hold and files cannot, replaced by U+FFFD."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def charset_of(label: str) -> str:
    """Return the Python codec that a browser uses for a charset's label, or of a code page of DOS, which old e-mails
    name; "" if the label is unknown or means UTF-8."""
    label = label.strip().lower()
    with contextlib.suppress(LookupError, ValueError):
        name = codecs.lookup(_ALIASES.get(label, label)).name
        name = _MEANT.get(name, name)
        return name if name in _KNOWN else ""
    return ""


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    return found[1].decode("ascii", "replace") if found else ""


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether there are more sound sequences than odd bytes, as no older charset has."""
    lenient = data.decode("utf-8", "surrogateescape")
    odd = len(re.findall("[\udc80-\udcff]", lenient))
    return len(re.findall("[^\0-\x7f]", lenient)) > 2 * odd


def _guess(line: int) -> Finding:
    return Finding(
        "encoding",
        "warning",
        "The page is not UTF-8 and does not say what it is in, so it was read as Windows-1252.",
        f"line {line}",
        "Check its accented letters and quotation marks; if any is wrong, save the page as UTF-8.",
    )
