"""Tell by its marks whether a paragraph is one quotation from beginning to end.

In doubt it is none: a quotation is a whole sentence or more, between one pair of marks of any language, with no mark of
the pair inside.
"""

from __future__ import annotations

import re

_CLOSING = {
    '"': '"', "“": "”", "”": "”", "„": "“”", "‘": "’", "’": "’", "‚": "‘’", "«": "»", "»": "«»", "「": "」", "『": "』",
}  # fmt: skip
"""What closes a quotation, by what opens it."""

_SENTENCE_ENDS = ".!?…。！？؟।"
_APOSTROPHE = re.compile(r"(?<=\w)[’‘](?=\w)")


def is_quotation(text: str) -> bool:
    """Return whether the text is one whole quotation; a full stop may stand behind its last mark."""
    quoted = text.rstrip(_SENTENCE_ENDS)
    opening, closing = quoted[:1], quoted[-1:]
    if len(quoted) < 3 or closing not in _CLOSING.get(opening, ()):
        return False
    inner = _APOSTROPHE.sub("", quoted[1:-1])
    ends_sentence = quoted != text or inner.rstrip()[-1:] in _SENTENCE_ENDS
    return ends_sentence and opening not in inner and not set(_CLOSING[opening]) & set(inner)


def is_between_marks(first: str, last: str) -> bool:
    """Return whether a quotation of several paragraphs has its marks itself, at its beginning and at its end."""
    return first[:1] in _CLOSING and last.rstrip(_SENTENCE_ENDS)[-1:] in _CLOSING[first[:1]]
