"""Text that every format can carry: no control characters, which cut lines, cues, tags and XML in two."""

from __future__ import annotations

import re

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_A_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")


def one_line(text: str) -> str:
    """The text with a space for each control character and line separator, and U+FFFD for what is no character.

    No character is added or taken away, so positions in the text still hold.
    """
    return _NOT_A_CHARACTER.sub("\ufffd", _CONTROL.sub(" ", text))
