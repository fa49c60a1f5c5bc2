"""Say signs in English words: "~50" as "about 50", "#1" as "number 1". Marks of footnotes go.

Engines say "tilde", "hash", or nothing at all where a sign matters ("<100"). "&", "+5", "×", "§" are read right.
"""

from __future__ import annotations

import re

_AMOUNT = r"(?=[ \u00a0]?[$£€¥₹]?\d)"
_TERM = r"(?<=\d)"
_EQUALS = r"(?=\d[\d.,]*(?: ?(?:[-+x×÷−–]|minus) ?\d[\d.,]*){0,6} ?=)"
SIGNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        # Sums, as far as the sign of equality.
        (rf"{_TERM} ?[-−–] ?{_EQUALS}", " minus "),
        (rf"{_TERM} ?[x×] ?{_EQUALS}", " times "),
        (r"(?<=\d)\^(?=[-−]?\d)", " to the power of "),
        (r"(?<=\d)[ \u00a0]mmHg(?!\w)", " millimetres of mercury"),
        (r"(?<=\d)[ \u00a0]?[μµ]s(?!\w)", " microseconds"),
        (r"(?<=\bper )yr\b(?:\.(?=[ ,;] ?[a-z]))?", "year"),
        (rf"(?<![\w~=/])[~≈∼]{_AMOUNT}[ \u00a0]?", "about "),
        (rf"(?<![\w<>=-])>{_AMOUNT}[ \u00a0]?", "more than "),
        (rf"(?<![\w<>=-])<{_AMOUNT}[ \u00a0]?", "less than "),
        (rf"(?<![\w<>=-])(?:≥|>=){_AMOUNT}[ \u00a0]?", "at least "),
        (rf"(?<![\w<>=-])(?:≤|<=){_AMOUNT}[ \u00a0]?", "at most "),
        (r"(?<![\w#&])#(?=\d+(?!\w))", "number "),
        (r"(?<=\d)\+(?=[ \u00a0][a-z]|[;,.!?)\"”’]|$)", " plus"),
        (r"(?<![\w*])A\*(?=s?(?![\w*]))", "A star"),
        (r"(?<![\w.,$£€¥₹])\.(?=\d+(?!\w|[.,:]\d))", "point "),
        (r"(?<=[^\W\d_]{3})[¹²³⁴⁵⁶⁷⁸⁹]+(?!\w)|(?<=[\w.,;:!?”\"’)])[†‡]+", ""),
        (r"(?<=[\w.,;:!?”\"’)])\[(?:\d{1,3}|[a-z]|note \d{1,3}|citation needed)\]", ""),
        (r"(?<![\w*])\*{1,2}(?=\S[^*]{0,200}[^\s*]\*{1,2}(?![\w*]))", ""),
        (r"(?<=[\w.,;:!?”\"’)])\*{1,2}(?![\w*])", ""),
        (r"(?<![\w_])__?(?=[^\W_][^_]{0,200}[^\s_]__?(?!\w))", ""),
        (r"(?<=[^\W_])__?(?!\w)|(?<=[.,!?])_(?!\w)", ""),
        (r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))", ","),
        (r"(?:(?<=\b\d)|(?<=\b\d\d)|(?<=\b\d\d\d)) (?=(?:\d{3} ){0,3}000(?!\d))", ","),
    )
)
_ANY_SIGN = re.compile(r"[\d~≈∼<>^≥≤#+*¹²³⁴⁵⁶⁷⁸⁹†‡\[_]")
"""Most sentences hold nothing that could be one."""


def as_words(text: str) -> str:
    """Return the text with its signs in words."""
    for pattern, said in SIGNS if _ANY_SIGN.search(text) else ():
        text = pattern.sub(said, text)
    return text
