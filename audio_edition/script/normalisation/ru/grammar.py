"""How Russian figures are said in words: ordinals in each case, and the noun's form behind a figure."""

from __future__ import annotations

from audio_edition.script.tables import row

_STEMS = row(
    "нулев перв втор трет четвёрт пят шест седьм восьм девят десят одиннадцат двенадцат тринадцат четырнадцат "
    "пятнадцат "
    "шестнадцат семнадцат восемнадцат девятнадцат"
)
_TENS_STEMS = row("двадцат тридцат сороков пятидесят шестидесят семидесят восьмидесят девяност")
_TENS = row("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
_HUNDREDS = ("", *row("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"))
_HUNDREDS_STEMS = ("", *row("сот двухсот трёхсот четырёхсот пятисот шестисот семисот восьмисот девятисот"))
_THOUSANDS = ("", "тысяча", "две тысячи", "три тысячи")
_THOUSANDS_STEMS = ("", *row("тысячн двухтысячн трёхтысячн"))
_STRESSED_ENDING = {"втор", "шест", "седьм", "восьм", "нулев", "сороков"}
_SOFT = {
    "ый": "ий", "ого": "ьего", "ому": "ьему", "ым": "ьим", "ом": "ьем", "ая": "ья", "ой": "ьей", "ую": "ью", "ое": "ье",
    "ые": "ьи", "ых": "ьих", "ыми": "ьими",
}  # fmt: skip
_FEMININE = row(
    "ноль одна две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
    "пятнадцать "
    "шестнадцать семнадцать восемнадцать девятнадцать"
)


def ordinal(number: int, ending: str) -> str:
    """Return an ordinal up to 3999 with a hard ending of its case: ordinal(2019, "ого"), ordinal(3, "ья") as
    "ая"."""
    leading: list[str] = []
    for size, cardinals, stems in ((1000, _THOUSANDS, _THOUSANDS_STEMS), (100, _HUNDREDS, _HUNDREDS_STEMS)):
        count, number = divmod(number, size)
        if count and not number:
            return " ".join([*leading, stems[count] + ending])
        leading += [cardinals[count]] * bool(count)
    if number >= 20:
        tens, number = divmod(number, 10)
        if not number:
            return " ".join([*leading, _with_ending(_TENS_STEMS[tens - 2], ending)])
        leading.append(_TENS[tens - 2])
    return " ".join([*leading, _with_ending(_STEMS[number], ending)])


def _with_ending(stem: str, ending: str) -> str:
    if stem == "трет":
        return stem + _SOFT[ending]
    if ending == "ый" and stem in _STRESSED_ENDING:
        return stem + "ой"
    return stem + ending


def feminine(number: int) -> str:
    """Return a cardinal as it counts feminine nouns, in figures where that makes no difference."""
    tens, ones = divmod(number, 10)
    if number < len(_FEMININE):
        return _FEMININE[number]
    if number < 100:
        return f"{_TENS[tens - 2]} {_FEMININE[ones]}" if ones else _TENS[tens - 2]
    return str(number)


def agreement(figure: str) -> int:
    """0 for 1 and 21, 1 for 2 to 4 and all decimals, 2 for the rest."""
    if "," in figure:
        return 1
    number = int("".join(filter(str.isdigit, figure)))
    if number % 100 in range(11, 15):
        return 2
    return {1: 0, 2: 1, 3: 1, 4: 1}.get(number % 10, 2)
