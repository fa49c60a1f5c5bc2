"""Splits chapter titles into their number, however it is written, and their words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile

_WORDS = {
    "chapter": """chapter chap ch kapitel kap chapitre capítulo capitulo cap capitolo hoofdstuk kapittel kapitola
        rozdział rozdzial глава гл розділ bab bölüm luku fejezet capitol capítol κεφάλαιο kafli poglavlje peatükk
        الفصل فصل פרק अध्याय""",
    "part": "part teil partie parte deel del część czesc часть частина dio osa الجزء",
    "book": "book buch livre libro livro boek bok książka книга",
    "volume": "volume vol band tome tomo bind tom том",
    "section": "section abschnitt sección sezione seção",
    "act": "act akt acte acto atto",
    "scene": "scene szene scène escena scena",
    "letter": "letter brief lettre carta lettera",
    "lesson": "lesson lektion leçon lección lezione unit",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}

_ONES = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen
    |first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth
    |eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
        siebzehn achtzehn neunzehn zwanzig
    |erstes zweites drittes viertes fünftes sechstes siebtes achtes neuntes zehntes elftes zwölftes
        dreizehntes vierzehntes fünfzehntes sechzehntes siebzehntes achtzehntes neunzehntes zwanzigstes
    |erster zweiter dritter vierter fünfter sechster siebter achter neunter zehnter
    |un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize
    |premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième
        douzième
    |première seconde
    |uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince
    |primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo
    |primera segunda tercera cuarta quinta sexta séptima octava novena décima
    |uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici
    |primo secondo terzo quarto quinto sesto settimo ottavo nono decimo
    |um dois três quatro cinco seis sete oito nove dez onze doze treze
    |primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo
    |een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien
    |eerste tweede derde vierde vijfde zesde zevende achtste negende tiende
    |ett två tre fyra fem sex sju åtta nio tio elva tolv
    |en to tre fire fem seks syv otte ni ti elleve tolv
    |első második harmadik negyedik ötödik
    |pierwszy drugi trzeci czwarty piąty szósty
    |первая вторая третья четвёртая пятая шестая седьмая восьмая девятая десятая
    |الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر
"""
_NUMBERS = {word: number for words in _ONES.split("|") for number, word in enumerate(words.split(), start=1)}
_TENS = {
    word: 10 * ten
    for ten, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_ROMAN = re.compile(r"(?=[ivxlc])(c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_PARTS = {"i": 1, "iv": 4, "v": 5, "ix": 9, "x": 10, "xl": 40, "l": 50, "xc": 90, "c": 100}
_CHINESE = {character: number for number, character in enumerate("一二三四五六七八九", start=1)} | {"〇": 0, "零": 0}
_CJK_CHAPTER = re.compile(r"\s*(?:第|제)\s*([\d一二三四五六七八九十百〇零]{1,7})\s*[章回節节部話话巻卷篇장부화편]")
_TOKEN = re.compile(r"[^\W_]+")
_LONGEST = 300
FEWEST_SPACED = 4
"""Letters of a letter-spaced word: "P R O L O G U E"."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title in its parts: the `kind` of its number ("chapter", "part"), if stated, the number, and its other words.
    `end` is where the phrase with the number ends in the text."""

    kind: str
    number: int | None
    words: tuple[str, ...]
    end: int = 0

    @property
    def is_number(self) -> bool:
        """Whether there is a number and nothing else."""
        return self.number is not None and not self.words


def title_of(text: str, deeper: int = 1) -> Title:
    """Return the title in its parts: "CHAPTER ONE", "1. The Rock", "II", "Erstes Kapitel", "II. Chapter Two"."""
    text = text[:_LONGEST]
    if cjk := _CJK_CHAPTER.match(text):
        return Title("chapter", _chinese(cjk[1]), _words(text[cjk.end() :]), cjk.end())
    tokens = list(_TOKEN.finditer(text))[:6]
    kind = _KINDS.get(tokens[0][0].casefold(), "") if tokens else ""
    before = bool(kind) + (bool(kind) and len(tokens) > 1 and tokens[1][0].casefold() == "the")  # "Book the First"
    number, used = _number(tokens[before:], text)
    used += before
    if number is not None and not kind and len(tokens) > used and tokens[used][0].casefold() in _KINDS:
        kind, used = _KINDS[tokens[used][0].casefold()], used + 1  # "Erstes Kapitel", "First Part"
    if number is None:
        return Title("", None, _words(text))
    end = tokens[used - 1].end()
    again = title_of(text[end:].lstrip(" .:–—-"), 0) if deeper else None
    if again is not None and again.kind and again.number == number and kind in ("", again.kind):  # "II. Chapter Two"
        return replace(again, end=end)
    if not kind and len(tokens) > used and not _parts(text[end : tokens[used].start()], tokens[0][0]):
        return Title("", None, _words(text))  # "Two men in a boat"
    return Title(kind, number, _words(text[end:]), end)


def _words(text: str) -> tuple[str, ...]:
    words = [word.casefold() for word in _TOKEN.findall(text)]
    is_spaced_out = len(words) >= FEWEST_SPACED and all(len(word) == 1 for word in words)
    return ("".join(words),) if is_spaced_out else tuple(words)


def _parts(between: str, number: str) -> bool:
    """Return whether the text after a bare number separates it from a title."""
    return number.isdigit() or bool(between.strip())


def _number(tokens: list[re.Match[str]], text: str) -> tuple[int | None, int]:
    """Return the number at the beginning of the tokens, and how many of them it takes."""
    if not tokens:
        return None, 0
    written = tokens[0][0]
    word = written.casefold()
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return int(word), 1
    if word in _TENS:
        ones = _NUMBERS.get(tokens[1][0].casefold(), 10) if len(tokens) > 1 else 10
        joined = len(tokens) > 1 and text[tokens[0].end() : tokens[1].start()] in ("-", " ", "‐", "‑")
        return (_TENS[word] + ones, 2) if joined and ones < 10 else (_TENS[word], 1)
    if word in _NUMBERS:
        return _NUMBERS[word], 1
    roman = _ROMAN.fullmatch(word)
    if roman and (written.isupper() or len(tokens) == 1):
        return sum(map(_roman, roman.groups())), 1
    return None, 0


def _roman(part: str) -> int:
    return _ROMAN_PARTS[part] if part in _ROMAN_PARTS else sum(_ROMAN_PARTS[letter] for letter in part)


def _chinese(written: str) -> int:
    if written.isdigit() and written.isascii():
        return int(written)
    total, last = 0, 0
    for character in written:
        if character in "十百":
            total, last = total + (last or 1) * {"十": 10, "百": 100}[character], 0
        else:
            last = 10 * last + _CHINESE.get(character, 0)
    return total + last


def agree(one: Title, other: Title) -> bool:
    """Return whether the titles' numbers are compatible."""
    if one.number is not None and other.number is not None and one.number != other.number:
        return False
    return not (one.kind and other.kind and one.kind != other.kind)


def is_same(one: Title, other: Title) -> bool:
    """Return whether the titles are equal; one may lack the number."""
    if one.words != other.words or not agree(one, other):
        return False
    return bool(one.words) or (one.number is not None and one.number == other.number)


def begins(one: Title, other: Title) -> bool:
    """Return whether one title begins with the other."""
    shared = list(takewhile(lambda pair: pair[0] == pair[1], zip(one.words, other.words, strict=False)))
    shorter = min(len(one.words), len(other.words))
    return agree(one, other) and 0 < shorter == len(shared) and sum(len(word) for word, _ in shared) >= 4
