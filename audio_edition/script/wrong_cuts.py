"""Tell whether a sentence goes on where sentencex ends it.

To listeners a wrong cut (the voice falls, then pauses: "Ms. | Clinton") is worse than a missed one: in doubt
no cut. A cut needs a space, but behind marks that are written without one (。).
"""

from __future__ import annotations

import re

from audio_edition.script.abbreviated import BEFORE_ANYTHING, BEFORE_NAME, BEFORE_NUMBER, CLOSING
from audio_edition.script.tables import words

ORDINAL_FULL_STOP = words("bs cs da de et fi hr hu is lv nb nn no pl sk sl sr tr")
"""Languages that write "8. Klasse" for "8th class"."""

_ROMAN_BEFORE_NAME = words("hu tr")
"""Of these, the ones in which a ruler's numeral stands before the name: "II. János"."""

_SLAVIC = words("bs cs hr mk pl ru sk sl sr uk")
"""Languages with words without a vowel, such as "krk"."""

_GOES_ON = re.compile(r"""[,;:.!?)\]}…]|-(?=\w)|["'’”»›](?:[\s,.;:]|$)""")
_LIST_MARKER = re.compile(r"\(?(?:\d{1,3}|[^\W\d_])[.)]")
_QUESTION_OR_CRY = re.compile(r"""[?!…]["'”’»]$""")
_SAID = re.compile(
    r"(?:[A-Z][\w'’.-]* ){1,4}(?:said|says|asked|asks|added|adds|told|cried|shouted|wondered|replied|wrote|tweeted)\b"
)
_FIGURE = re.compile(r"[(~<>≈±+−-]?[§№$€£¥₹]?\s?\d|[§№]|[IVXLC]{2,6}(?!\w)|[VX](?!\w|\.\s?[A-Z])")
_WITHOUT_VOWEL = re.compile(r"(?i:[bcdfghjklmnpqrstvwxzßçñłśżžčšřťďňğş]{2,5})")
_INITIAL = re.compile(r"(?:[A-Z]\.-)?([^\W\d_])")
_PAIR = re.compile(r"([A-Z])\1")
_ROMAN = re.compile(r"[IVX]{1,6}")
_OWN_SPELLING = re.compile(r"\S*[A-Z]|\S+[_./=(]\w|\w{1,3}\)|[a-z]+-[a-z]+ -")
_LONGEST_SHORT = 4
"""Letters of an English word that may be an abbreviation."""

_SHORTEST_PART = 2
"""Letters, more than which the first part of "cand.philol" tells what the whole is."""

_UNSPACED_END = frozenset("。！？｡．…।॥؟۔።៖។။།")
_CLOSING_MARKS = "\"'”’」』）)】》»"


def is_wrong_cut(before: str, after: str, language: str, opening: str = "") -> bool:
    """Return whether the sentence that ends with `before` goes on with `after`, each as it stands in the text, spaces
    and all. `opening` is how the sentence begins, where that is not how `before` does."""
    if not _has_room(before):
        return True
    opening = opening or before
    before = before.rstrip()
    if _GOES_ON.match(after) or _LIST_MARKER.fullmatch(before):
        return True
    if after[:1].islower() and (_QUESTION_OR_CRY.search(before) or before[-2:-1].isdigit()):
        return True
    if language == "en" and _QUESTION_OR_CRY.search(before):
        return _SAID.match(after) is not None
    if closes_list(before, after, language):
        return False
    if not before.endswith("."):
        return False
    return _goes_on_small(before, after, language, opening) or _ends_with_abbreviation(before, after, language)


def closes_list(before: str, after: str, language: str) -> bool:
    """Return whether a sentence ends with `before`, whose last word closes a list, and another begins with `after`."""
    last = "".join(before.rstrip()[:-1].split()[-2:]) if language == "ru" else _last_word(before.rstrip())
    closing = CLOSING.get(language, ())
    return after[:1].isupper() and any(last == word or last.endswith(f"и{word}") for word in closing)


def _has_room(before: str) -> bool:
    """Return whether a sentence may end here: behind a space, or behind a mark that is written without one."""
    return before[-1:].isspace() or before.rstrip(_CLOSING_MARKS)[-1:] in _UNSPACED_END


def _goes_on_small(before: str, after: str, language: str, opening: str) -> bool:
    """Return whether a word in small letters follows, in a text that begins its sentences with capitals; not "iPhone",
    "a)" or a word of code. English is left to the library, but behind short words."""
    is_small = after[:1].islower() and _OWN_SPELLING.match(after) is None
    is_open = language != "en" or len(_last_word(before)) <= _LONGEST_SHORT
    return is_small and is_open and not opening.lstrip("\"'“‘«„([¿¡ ")[:1].islower()


def _last_word(before: str) -> str:
    """Return the last word of a text without its full stop: behind a bracket or apostrophe, as of "l'art."."""
    spaced = before[:-1].split()
    return re.split(r"[\"'’“‘«„(\[/]", spaced[-1])[-1] if spaced else ""


def _ends_with_abbreviation(before: str, after: str, language: str) -> bool:
    word = _last_word(before)
    forms = {word, word[:1].lower() + word[1:], *word.rsplit(".-", 1)[1:]}
    forms |= {part for part in word.split(".")[:1] if len(part) > _SHORTEST_PART}
    earlier = before.split()[-2:-1]
    behind_figure = bool(earlier) and earlier[0][-1].isdigit()
    is_unit = behind_figure and len(word) == 1
    return (
        not forms.isdisjoint(BEFORE_ANYTHING.get(language, ()))
        or (not forms.isdisjoint(BEFORE_NAME.get(language, ())) and after[:1].isalpha() and not is_unit)
        or (_FIGURE.match(after) is not None and _stands_before_figure(forms, word, language, behind_figure))
        or (language in ORDINAL_FULL_STOP and _is_ordinal(word, earlier, language))
        # English is left to the library, which knows "Plan B. Then".
        or (language != "en" and _is_initial(word, after, behind_figure))
    )


def _is_initial(word: str, after: str, behind_figure: bool) -> bool:
    """Return whether a letter stands for a word: "S. Pietro", "J.-P. Holt", "a. C.", "EE. UU."; "5 m." is an amount."""
    if found := _INITIAL.fullmatch(word):
        small = found[1].islower()
        return (after[:1].isupper() or small) and not (small and behind_figure and after[1:2] != ".")
    return _PAIR.fullmatch(word) is not None and after[:1].isupper()


def _stands_before_figure(forms: set[str], word: str, language: str, behind_figure: bool) -> bool:
    if not forms.isdisjoint(BEFORE_NUMBER.get(language, ())):
        return True
    has_form = "." in word or (language not in _SLAVIC and _WITHOUT_VOWEL.fullmatch(word))
    return bool(has_form) and not word.isupper() and not behind_figure


def _is_ordinal(word: str, earlier: list[str], language: str) -> bool:
    """Return whether a figure with a full stop counts: "8. Klasse", "II. János". Behind a name a Roman numeral may end
    the sentence."""
    if word.isdecimal():
        return len(word) <= 2
    behind_name = bool(earlier) and earlier[0][:1].isupper()
    return _ROMAN.fullmatch(word) is not None and (language in _ROMAN_BEFORE_NAME or not behind_name)
