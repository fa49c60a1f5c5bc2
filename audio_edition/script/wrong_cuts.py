"""Tell whether a sentence goes on where sentencex ends it.

To listeners a wrong cut (the voice falls, then pauses: "Ms. | Clinton") is worse than a missed one: in doubt
no cut. The tables name what the library gets wrong, not what it already knows.
"""

from __future__ import annotations

import re

from audio_edition.script.tables import words

BEFORE_NAME = {
    "en": words("Ms Mx Amb Ste Ft Atty approx Est est Messrs Insp"),
    "fr": words("M MM Mme Mmes Mlle Mlles Mgr Me Dr Pr Prof St Ste Cie Cdt Col Gal Gén Cap Lt Sgt Mr Mrs"),
    "de": words("Hrn Frl Dipl Hl Abg Bd"),
    "es": words("Cnel D Dña Fr Mons Arz Pdte Sr Sra Srta Dr Dra"),
    "it": words("S Don sig Sig dott Dott prof Prof avv on"),
    "nl": words("mevr Mevr ds burg Sint mw dhr"),
    "pl": words("dr mgr inż św al gen p tzw ul prof"),
    "pt": words("Profa Av Cel Cap D St Sta Sr Sra Dr Dra"),
    "ru": words("им ген св проф акад ул"),
    "sv": words("bl t.ex dr prof"),
}
"""Abbreviations that a name follows."""

BEFORE_NUMBER = {
    "en": words("No Nos Vol vol Figs Fig ch Ch par para approx Rte Apt est p pp no nos"),
    "fr": words("n no art p pp vol chap fig"),
    "de": words("Nr S Bd Art Abs ca"),
    "es": words("núm pág págs art n vol cap"),
    "it": words("n nr pag pagg p art vol"),
    "nl": words("nr blz art"),
    "pl": words("nr s art poz"),
    "pt": words("n pág págs art vol"),
    "sv": words("kl nr s ca"),
}
"""Abbreviations that a number follows."""

BEFORE_ANYTHING = {
    "en": words("Mon Tue Tues Wed Thu Thur Thurs Fri Sat"),
    "fr": words("J.-C apr av c.-à-d"),
    "sv": words("t.ex"),
    "pl": words("tzw"),
}
"""Abbreviations that seldom end a sentence, whatever follows."""

ORDINAL_FULL_STOP = words("bs cs da de et fi hr hu is lv nb nn no pl sk sl sr tr")
"""Languages that write "8. Klasse" for "8th class"."""

_GOES_ON = re.compile(r"""[,;:.!?)\]}…]|-(?=\w)|["'’”»›](?:[\s,.;:]|$)""")
_LIST_MARKER = re.compile(r"\(?(?:\d{1,3}|[^\W\d_])[.)]")
_QUESTION_OR_CRY = re.compile(r"""[?!…]["'”’»]$""")
_SAID = re.compile(
    r"(?:[A-Z][\w'’.-]* ){1,4}(?:said|says|asked|asks|added|adds|told|cried|shouted|wondered|replied|wrote|tweeted)\b"
)


def is_wrong_cut(before: str, after: str, language: str) -> bool:
    """Return whether the sentence that ends with `before` goes on with `after`."""
    before = before.rstrip()
    if _GOES_ON.match(after) or _LIST_MARKER.fullmatch(before):
        return True
    if after[:1].islower() and (_QUESTION_OR_CRY.search(before) or before[-2:-1].isdigit()):
        return True
    if language == "en" and _QUESTION_OR_CRY.search(before):
        return _SAID.match(after) is not None
    return before.endswith(".") and _ends_with_abbreviation(before, after, language)


def _ends_with_abbreviation(before: str, after: str, language: str) -> bool:
    word = before[:-1].rpartition(" ")[2].lstrip("\"'“‘«„([")
    return (
        word in BEFORE_ANYTHING.get(language, ())
        or (word in BEFORE_NAME.get(language, ()) and after[:1].isalpha())
        or (word in BEFORE_NUMBER.get(language, ()) and after[:1].isdigit())
        or (language in ORDINAL_FULL_STOP and word.isdecimal() and len(word) <= 2)
        # An initial: "S. Pietro". English is left to the library, which knows "Plan B. Then".
        or (language != "en" and len(word) == 1 and word.isupper() and after[:1].isupper())
    )
