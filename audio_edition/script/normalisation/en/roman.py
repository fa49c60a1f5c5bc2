"""Say Roman numerals in English: "Charles III" as "Charles the third".

Engines say "roman three". After names of rulers and people they are places in a row, after other words numbers. "I" and
"V" are numerals only after words of the tables, "MIX" and "LV" (but in "Super Bowl LV") never.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.en.numbers import cardinal, ordinal
from audio_edition.script.normalisation.roman_numerals import NUMERAL, value
from audio_edition.script.tables import words

RULERS = words(
    "King Queen Prince Princess Pope Emperor Empress Tsar Tsarina Czar Kaiser Sultan Shah Emir Duke Earl Baron"
    " Count Lord Patriarch Catholicos Antipope Archduke Maharaja Pharaoh"
)
PEOPLE = words(
    "Abdullah Albert Alexander Alexandra Alfonso Andrew Anthony Antony Anne Arthur Augustus Baldwin Baudouin"
    " Benedict Boniface Boris Carl Catherine Charles Christian Christopher Clement Constantine Cyrus Daniel Darius"
    " David Dmitry Donald Edgar Edward Elizabeth Eric Felipe Ferdinand Francis Frank Franz Fred Frederick Fredrik"
    " George Gregory Gustaf Gustav Haakon Harald Harold Hassan Henry Hussein Innocent Isabella Ivan James Jean"
    " Joao João John Joseph Juan Julius Justin Karl Kenneth Kirill Leka Leo Leopold Louis Ludwig Lucius Malcolm"
    " Manuel Margaret Margrethe Maria Martin Mary Matthew Max Maximilian Mehmed Michael Mohammed Mohammad Mswati"
    " Murad Nerses Nicholas Nicolas Norodom Olaf Olav Oscar Otto Patrick Paul Pedro Peter Philip Philippe Pius"
    " Rama Rainier Ramesses Ramses Ramon Richard Robert Rudolf Samuel Selim Sergius Shenouda Sigismund Simeon"
    " Sixtus Stanislaw Stephen Suleiman Sylvester Tawadros Theodore Theophilos Thomas Thutmose Umberto Urban"
    " Victor Victoria Vittorio Walter Wilhelm Willem William Zog"
)
"""Words after which, and names behind which, a numeral is a place in a row."""

COUNTED = words(
    "Act Acts Annex Apollo Appendix Area Article Articles Book Bowl Cat Category Chapter Class Division Episode"
    " Exhibit Factor Figure Game Gemini Grade Group Heading Leg Level Lot Mark Olympiad Order Part Parts Phase"
    " Plate Polaris Psalm Question Race Rocky Round Saturn Scene Schedule Section Sections Series Stage Table"
    " Tablet Tier Title Type Unit Vatican Volume War Wars Wave WrestleMania"
)
"""Words behind which a numeral is a number, of one letter too; in small letters they count as well."""

WITH_ONE = words(
    "Act Annex Appendix Article Book Category Chapter Class Division Group Level Part Phase Psalm Scene Schedule"
    " Section Stage Title Type Vatican Volume War"
)
"""Of these, the ones behind which "I" is a number."""

_AFTER_WORD = re.compile(
    rf"(?<![\w'’\-])(?P<words>(?P<earlier>(?:[A-Z][^\W\d_]*\.? ){{0,3}})(?P<word>[^\W\d_]+(?:['’]s)?)[ \u00a0])"
    rf"(?P<numeral>{NUMERAL})(?=(?P<end>['’]s)?(?![\w'’\-./]|\.\w)|[.,;:!?)\"”]|['’-])(?!\.?[A-Z]\.|-[A-Z])"
)
_SMALL = re.compile(
    r"\b(?P<word>(?i:Act|Scene|Chapter|Part|Book|Volume|Section|Appendix|Article)s?[ \u00a0])"
    r"(?P<numeral>i{2,3}|iv|vi{1,3}|ix|xi{1,3}|xiv|xvi{0,3})(?![\w'’/-]|\.\w)"
)
_SCENE = re.compile(rf"(?<![\w.])[Ss]c\. ?(?=(?:[ivx]{{1,4}}|{NUMERAL}|\d{{1,2}})(?!\w))")
_LARGE = re.compile(r"(?<=Bowl )(?P<numeral>(?=[LX])(?:X[CL]|L?X{0,3})(?:IX|IV|V?I{0,3}))(?!\w)")
_PAIR = re.compile(
    rf"(?<![\w'’\-])(?P<word>[^\W\d_]+)[ \u00a0](?P<first>{NUMERAL})(?P<mark>[-–/]| and | or | to )"
    rf"(?P<second>{NUMERAL})(?![\w'’/-])"
)
_CENTURY = re.compile(rf"(?<![\w'’\-])(?P<numeral>{NUMERAL})(?=(?:th|st|nd|rd)?[ -]century\b)(?:th|st|nd|rd)?")
_HEADING = re.compile(rf"^(?P<numeral>{NUMERAL})(?=\.(?: |$)|:|$)")
_SURNAME = re.compile(r"\.? [A-Z][a-z]")
_INITIAL = re.compile(r"[IVX](?: |\.[A-Z ])")
_ALONE = re.compile(rf"(?<![\w'’.\-&/])(?P<numeral>{NUMERAL})(?![\w.&/]|['’-]\w)")
_DRIP = words("drip drips fluid fluids line lines antibiotics bag bags treatment therapy")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SAYS_I = re.compile(
    r" (?:am|was|have|had|think|thought|know|knew|will|would|can|could|did|do|said|saw|want|wanted|wrote|love"
    r"|like|got|never|always|should|must|played|asked|met|read|ran|made|took|gave|left)\b"
)


def as_numbers(text: str) -> str:
    """Return the text with its Roman numerals in words."""
    text = _SCENE.sub("scene ", text)
    text = _SMALL.sub(lambda match: match["word"] + cardinal(value(match["numeral"].upper())), text)
    text = _LARGE.sub(_number, _PAIR.sub(_pair, text))
    text = _CENTURY.sub(lambda match: ordinal(value(match["numeral"])), text)
    if _HEADING.match(text) and not _INITIAL.match(text):
        text = _HEADING.sub(_number, text)
    text = _AFTER_WORD.sub(_after_word, text)
    in_capitals = all(word.isupper() for word in _WORD.findall(text)[:40])
    return text if in_capitals else _ALONE.sub(_alone, text)


def _pair(match: re.Match[str]) -> str:
    if match["word"] in PEOPLE and match["mark"] == " and ":
        return f"{match['word']} the {ordinal(value(match['first']))} and {ordinal(value(match['second']))}"
    if match["word"].title() not in COUNTED:
        return match[0]
    mark = {"-": " to ", "–": " to ", "/": " and "}.get(match["mark"], match["mark"])
    return f"{match['word']} {cardinal(value(match['first']))}{mark}{cardinal(value(match['second']))}"


def _number(match: re.Match[str]) -> str:
    return cardinal(value(match["numeral"]))


def _after_word(match: re.Match[str]) -> str:
    before, word, number = match["words"], match["word"], value(match["numeral"])
    earlier = match["earlier"].split()
    counted = word.title() in COUNTED
    if number in (1, 5, 10) and not _is_single(match, earlier, counted=counted):
        return match[0]
    if counted:
        return before + cardinal(number)
    named = word.capitalize() in PEOPLE or (word[0].isupper() and not (PEOPLE | RULERS).isdisjoint(earlier))
    return f"{before}the {ordinal(number)}" if named else match[0]


def _is_single(match: re.Match[str], earlier: list[str], *, counted: bool) -> bool:
    """Return whether one letter is a numeral: "Chapter V", "Queen Elizabeth I", "World War I was", but no "I was"."""
    word, ruler = match["word"], not RULERS.isdisjoint(earlier)
    if counted and word[0].isupper():
        if match["numeral"] == "I" and word not in WITH_ONE:
            return False
        return match["numeral"] != "I" or word == "War" or not _SAYS_I.match(match.string, match.end())
    if _SURNAME.match(match.string, match.end()):
        return False
    if match["numeral"] == "I":
        return ruler and word in PEOPLE
    return ruler or (word in PEOPLE and word != "Malcolm")


def _alone(match: re.Match[str]) -> str:
    numeral = match["numeral"]
    if numeral in ("I", "V", "X"):
        return numeral
    behind = _WORD.search(match.string, match.end(), match.end() + 15)
    if numeral == "IV" and (
        match.string[max(0, match.start() - 3) : match.start()] in ("an ", "An ") or (behind and behind[0] in _DRIP)
    ):
        return "I-V"
    return cardinal(value(numeral))
