"""Characters that a text can't hold, or that nobody sees or hears in it."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_A_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")

_SEPARATORS = "\x1c-\x1f"
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer: they part words with spaces that have no width, and with no others."""

_UNJOINED = "A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff"
"""Latin, Greek and Cyrillic: joiners there only say which letters are drawn together."""

UNWANTED = re.compile(
    f"[\0-\x08\x0e-\x1b{_SEPARATORS}\x7f-\x84\x86-\x9f\xad\u2060\ufeff{_NONCHARACTERS}]"
    f"|(?<![{_UNSPACED}])\u200b|(?<=[{_UNJOINED}])[\u200c\u200d](?=[{_UNJOINED}])"
)


def one_line(text: str) -> str:
    """The text as every format can carry it: no control characters, which cut lines, cues, tags and XML in two.

    A space stands for each of them and for each line separator, and U+FFFD for what is no character. None is added or
    taken away, so positions in the text still hold.
    """
    return _NOT_A_CHARACTER.sub("\ufffd", _CONTROL.sub(" ", text))


def without_unwanted(text: str) -> str:
    """Return the text without invisible characters. A separator ends a word; any other stands inside or next to one."""
    return UNWANTED.sub(lambda found: " " if found[0].isspace() else "", text)
