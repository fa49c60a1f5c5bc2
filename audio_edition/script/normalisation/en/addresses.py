"""Say web addresses as their site in an English text, and hashtags as words.

Nobody can follow an address by ear beyond the site ("bbc.co.uk"); the transcript keeps all of it. Of its path only a
single plain word is said ("gov.uk/tax"). E-mail addresses and handles are read right and stay.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"(?<![\w@./])(?:(?:https?|ftp)://(?:www\d?\.)?|www\d?\.)(?P<site>[\w\-]++(?:\.[\w\-]++)*)"
    r"(?P<rest>[/:?#][^\s<>\"“”»]*)?",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w@./\-])(?P<site>(?:[a-z0-9\-]{1,63}+\.){1,5}+[a-z]{2,6})(?P<rest>/[^\s<>\"“”»]*)", re.IGNORECASE
)
_PATH = re.compile(r"/([^\W\d_]{2,20})/?")
_TAIL = re.compile(r"[.,:;!?)\]}'’*_…]*$")
_HASHTAG = re.compile(r"(?<![\w&#/])#(?=_*[^\W\d_]|\d+[^\W\d_])")


def as_sites(text: str) -> str:
    """Return the text with addresses as sites, and "hashtag" for its sign."""
    if "#" in text:
        text = _HASHTAG.sub("hashtag ", text)
    return _BARE.sub(_site, _ADDRESS.sub(_site, text)) if "." in text else text


def _site(match: re.Match[str]) -> str:
    rest = match["rest"] or ""
    tail = _TAIL.search(rest[-50:])
    punctuation = tail[0] if tail else ""
    path = _PATH.fullmatch(rest.removesuffix(punctuation))
    return match["site"] + (f" slash {path[1]}" if path else "") + punctuation
