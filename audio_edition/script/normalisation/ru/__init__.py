"""Say in full what eSpeak NG's Russian voice reads badly.

It says years and days as plain numbers ("в две тысячи девятнадцать году", "5-й" as "пять и кратко"), Roman numerals in
English, "25 процент", "3,5 млн" by its letters, and nothing at all for a minus, "€" or "₽". Ranges, scores, "10:30",
"№" and most initials it reads well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.amounts import measures, money
from audio_edition.script.normalisation.digits import dates, minus, together
from audio_edition.script.normalisation.letters import initialisms
from audio_edition.script.normalisation.roman_numerals import NOT_AN_INITIAL, NUMERAL, SEVERAL_LETTERS, value
from audio_edition.script.normalisation.ru.grammar import agreement, feminine, ordinal
from audio_edition.script.normalisation.rules import CAPITAL, FIGURE, SPACE, Rule, in_order, replacing
from audio_edition.script.tables import row, words

MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
_RUBLE, _DOLLAR, _EURO = ("рубль", "рубля", "рублей"), ("доллар", "доллара", "долларов"), ("евро",)
CURRENCIES = {
    "руб.": _RUBLE, "₽": _RUBLE, "RUB": _RUBLE, "$": _DOLLAR, "долл.": _DOLLAR, "USD": _DOLLAR, "US$": _DOLLAR,
    "€": _EURO, "EUR": _EURO, "£": ("фунт", "фунта", "фунтов"), "¥": ("юань", "юаня", "юаней"),
}  # fmt: skip
MAGNITUDES = {
    "тыс.": ("тысяча", "тысячи", "тысяч"), "млн": ("миллион", "миллиона", "миллионов"),
    "млн.": ("миллион", "миллиона", "миллионов"), "млрд": ("миллиард", "миллиарда", "миллиардов"),
    "млрд.": ("миллиард", "миллиарда", "миллиардов"), "трлн": ("триллион", "триллиона", "триллионов"),
}  # fmt: skip
UNITS = {
    "км/ч": ("километр в час", "километра в час", "километров в час"),
    "м/с": ("метр в секунду", "метра в секунду", "метров в секунду"),
    **dict.fromkeys(("°C", "°С", "° C", "° С"), ("градус Цельсия", "градуса Цельсия", "градусов Цельсия")),
    **dict.fromkeys(("м²", "м2", "кв. м"), ("квадратный метр", "квадратных метра", "квадратных метров")),
    **dict.fromkeys(("км²", "км2", "кв. км"), ("квадратный километр", "квадратных километра", "квадратных километров")),
    **dict.fromkeys(("м³", "м3", "куб. м"), ("кубический метр", "кубических метра", "кубических метров")),
    "км": ("километр", "километра", "километров"), "м": ("метр", "метра", "метров"),
    "см": ("сантиметр", "сантиметра", "сантиметров"), "мм": ("миллиметр", "миллиметра", "миллиметров"),
    "кг": ("килограмм", "килограмма", "килограммов"), "т": ("тонна", "тонны", "тонн"),
    "л": ("литр", "литра", "литров"), "га": ("гектар", "гектара", "гектаров"),
    "кВт": ("киловатт", "киловатта", "киловатт"), "МВт": ("мегаватт", "мегаватта", "мегаватт"),
    "ГВт": ("гигаватт", "гигаватта", "гигаватт"), "чел.": ("человек", "человека", "человек"),
    "ч": ("час", "часа", "часов"), "ч.": ("час", "часа", "часов"), "мин": ("минута", "минуты", "минут"),
    "мин.": ("минута", "минуты", "минут"), "сек.": ("секунда", "секунды", "секунд"),
    "%": ("процент", "процента", "процентов"), "коп.": ("копейка", "копейки", "копеек"), **MAGNITUDES,
}  # fmt: skip
ANYWHERE = {
    "т. е.": "то есть", "и т. д.": "и так далее", "и т. п.": "и тому подобное", "и др.": "и другие", "т. к.": "так как",
    "в т. ч.": "в том числе", "до н. э.": "до нашей эры", "н. э.": "нашей эры", "см.": "смотри",
    "напр.": "например", "чел.": "человек",
    "г-н": "господин", "г-жа": "госпожа", "гг.": "годы",
}  # fmt: skip
BEFORE_NAME = {
    "проф.": "профессор", "акад.": "академик", "ген.": "генерал", "им.": "имени", "ул.": "улица", "в г.": "в городе",
    "из г.": "из города", "г.": "город", "на ул.": "на улице", "по ул.": "по улице", "пр.": "проспект",
}  # fmt: skip
BEFORE_FIGURE = {"стр.": "страница", "рис.": "рисунок", "п.": "пункт", "ст.": "статья", "тел.": "телефон", "д.": "дом"}
_GRAMS = ("грамм", "грамма", "граммов")
"""Apart from UNITS: "5 г." are years."""
LETTER_NAMES = dict(
    pair.split(":")
    for pair in row(
        "А:а Б:бэ В:вэ Г:гэ Д:дэ Е:е Ё:ё Ж:жэ З:зэ И:и К:ка Л:эл М:эм Н:эн О:о П:пэ Р:эр С:эс Т:тэ У:у Ф:эф Х:ха "
        "Ц:цэ Ч:че "
        "Ш:ша Щ:ща Э:э Ю:ю Я:я"
    )
)
SPELLED = words("ГИБДД ЦСКА ОБСЕ ОДКБ ЕАЭС")
WORDS = words("МИД ВОЗ ВУЗ ЦИК ШОС ВИЧ ГЭС РИА ЮАР РАН ТЭЦ МИР БАМ ЖЭК")
CENTURIES = {"век": "ый", "века": "ого", "веку": "ому", "веком": "ым", "веке": "ом"}
_MEN = {
    "Александр": "", "Вильгельм": "", "Генрих": "", "Георг": "", "Иван": "", "Карл": "", "Людовик": "", "Наполеон": "",
    "Николай": "й", "Пётр": "", "Павел": "", "Филипп": "", "Фридрих": "", "Эдуард": "", "Бенедикт": "", "Пий": "й",
    "Лев": "",
}  # fmt: skip
_OBLIQUE = {"Пётр": "Петр", "Павел": "Павл", "Лев": "Льв"}
_WOMEN = ("Екатерин", "Елизавет", "Изабелл", "Маргарит")
_MASCULINE = {"а": "ого", "я": "ого", "у": "ому", "ю": "ому", "ом": "ым", "ем": "ым", "ём": "ым", "е": "ом"}
_FEMININE = {"а": "ая", "ы": "ой", "е": "ой", "у": "ую", "ой": "ой"}
REIGNING = (
    dict.fromkeys([*_MEN, "Петр", "Иоанн Павел", "Фелипе", "Хуан Карлос"], "ый")
    | {
        _OBLIQUE.get(name, name).removesuffix(soft) + ending: case
        for name, soft in _MEN.items()
        for ending, case in _MASCULINE.items()
        if (ending in "яюем") == bool(soft) or ending in ("е", "ем")
    }
    | {name + ending: case for name in _WOMEN for ending, case in _FEMININE.items()}
    | {"Иоанна Павла": "ого", "Иоанну Павлу": "ому", "Иоанном Павлом": "ым", "Иоанне Павле": "ом"}
)
"""The ending of the ordinal behind a ruler's name in each case."""
_SUFFIXES = {
    "я": "ая",
    "го": "ого",
    "му": "ому",
    "м": "ом",
    "х": "ых",
    "ю": "ую",
    "ми": "ыми",
    "ого": "ого",
    "ом": "ом",
}
_MONTH = MONTHS.replace(" ", "|")


def _year(match: re.Match[str]) -> str:
    """В 2019 году, к 2019 году, 2019 года, 5 марта 2019 г."""
    before, noun = (match["before"] or "").strip().lower(), match["noun"]
    if noun == "г.":
        noun = {"в": "году", "во": "году", "к": "году", "на": "год"}.get(before, "года" if before else "год")
    ending = {"год": "ый", "года": "ого", "году": "ому" if before in ("к", "ко", "по") else "ом", "годом": "ым"}[noun]
    return f"{match['before'] or ''}{ordinal(int(match['year']), ending)} {noun}"


def _day(match: re.Match[str]) -> str:
    before = match["before"].strip().lower()
    ending = {"к": "ому", "ко": "ому", "на": "ое", "по": "ое", "за": "ое"}.get(before, "ого")
    return f"{match['before']}{ordinal(int(match['day']), ending)} {match['month']}"


def _of_month(day: str) -> str:
    return ordinal(int(day), "ого") if int(day) <= 31 else day


def _with_suffix(match: re.Match[str]) -> str:
    """1-й, 5-й армии, 5-е место, 90-е годы, 21-го."""
    number, suffix = int(match["number"]), match["suffix"]
    if suffix in ("й", "ый", "ой"):
        ending = "ой" if re.match(r"\s[а-яё]+[ыие]\b", match.string[match.end() : match.end() + 40]) else "ый"
    elif suffix == "е":
        is_decade = number >= 20 and number % 10 == 0
        ending = "ые" if is_decade and not re.match(r"\s(?:место|число)", match.string[match.end() :][:8]) else "ое"
    else:
        ending = _SUFFIXES[suffix]
    return ordinal(number, ending)


def _decimal(match: re.Match[str]) -> str:
    whole, tenths = int(match["whole"]), match["part"]
    part = int(tenths)
    is_one = part % 10 == 1 and part != 11
    name = ("десят", "сот")[len(tenths) - 1] + ("ая" if is_one else "ых")
    one_whole = whole % 10 == 1 and whole % 100 != 11
    return f"{feminine(whole)} {'целая' if one_whole else 'целых'} {feminine(part)} {name}"


def _initials(match: re.Match[str]) -> str:
    return " ".join(LETTER_NAMES[letter] for letter in match[0] if letter in LETTER_NAMES) + " "


def _spelled(letters: str) -> str:
    return "-".join(LETTER_NAMES[letter] for letter in letters)


DAYS_AND_YEARS: Rule = in_order(
    dates(MONTHS, "{day} {month} {year} года"),
    replacing(rf"(?<=\d{SPACE}года){SPACE}(?:г\.|года)", ""),
    replacing(
        rf"(?<![\w.,–-])(?<!\b[СсКк]{SPACE})(\d\d?)[-–](\d\d?){SPACE}(?=(?:{_MONTH})\b)",
        lambda match: f"с {_of_month(match[1])} по {match[2]} ",
    ),
    replacing(
        rf"\b([Сс]){SPACE}(1\d{{3}}|20\d\d){SPACE}(?=по{SPACE}(?:1\d{{3}}|20\d\d){SPACE}год)",
        lambda match: f"{match[1]} {ordinal(int(match[2]), 'ого')} ",
    ),
    replacing(rf"(\b[Вв]{SPACE}\d{{2,4}}(?:-х|[-–]\d{{4}})){SPACE}гг\.", r"\1 годах"),
    replacing(rf"(?<=\d-х){SPACE}гг\.", " годов"),
    replacing(
        rf"(?<![\w.,])(\d\d?)(?={SPACE}(?:и|или){SPACE}\d\d?{SPACE}(?:{_MONTH})\b)", lambda match: _of_month(match[1])
    ),
    replacing(
        rf"\b([Сс]о?){SPACE}(\d\d?){SPACE}(?=по{SPACE}\d\d?{SPACE}(?:{_MONTH})\b)",
        lambda match: f"{match[1]} {_of_month(match[2])} ",
    ),
    replacing(
        rf"(?P<before>\b(?:[Кк]о?|[Нн]а|[Пп]о|[Зз]а){SPACE}|)(?<![\w.,–-])(?P<day>[12]?\d|3[01]){SPACE}(?P<month>{_MONTH})\b",
        _day,
    ),
    replacing(
        rf"(?P<before>\b(?:[Вв]о?|[Кк]о?|[Пп]о|[Нн]а|[Сс]|[Дд]о|[Оо]т|[Пп]осле|{_MONTH}){SPACE}|)"
        rf"(?<![\w.,–-])(?P<year>1\d{{3}}|20\d\d){SPACE}(?P<noun>годом|году|года|год|г\.)(?!\w)",
        _year,
    ),
)
ORDINALS: Rule = in_order(
    replacing(
        rf"(?<!\w)(?P<before>[Вв]о?{SPACE}|)(?P<numeral>{NUMERAL}){SPACE}в\.",
        lambda match: (
            f"{match['before']}{ordinal(value(match['numeral']), 'ом')} веке"
            if match["before"]
            else f"{ordinal(value(match['numeral']), 'ого')} века"
        ),
    ),
    replacing(
        r"(?<![\w.,–-])(?P<number>[1-3]?\d{1,3})-(?P<suffix>ыми|ого|ый|ой|ом|го|му|ми|[йяемхю])(?!\w)", _with_suffix
    ),
    replacing(
        rf"(?<!\w)({NUMERAL}){SPACE}({'|'.join(CENTURIES)})(?!\w)",
        lambda match: f"{ordinal(value(match[1]), CENTURIES[match[2]])} {match[2]}",
    ),
    replacing(
        rf"(?<!\w)({'|'.join(sorted(REIGNING))}){SPACE}({NUMERAL}){NOT_AN_INITIAL}",
        lambda match: f"{match[1]} {ordinal(value(match[2]), REIGNING[match[1]])}",
    ),
    replacing(
        rf"(?<!\w)({NUMERAL}){SPACE}([Мм]иров(?:ая|ой|ую))(?!\w)",
        lambda match: f"{ordinal(value(match[1]), match[2][-2:]).capitalize()} {match[2]}",
    ),
    replacing(rf"(?<![\w.-])({SEVERAL_LETTERS})(?![\w-])", lambda match: str(value(match[1]))),
)
FIGURES: Rule = in_order(
    money(CURRENCIES, MAGNITUDES, agreement),
    measures(UNITS, agreement),
    replacing(rf"({FIGURE}){SPACE}г(?![\w.])", lambda match: f"{match[1]} {_GRAMS[agreement(match[1])]}"),
    minus("минус"),
    replacing(r"(?<![\w.,:])(?P<whole>\d{1,9}),(?P<part>\d\d?)(?!\w|[.,]\d)", _decimal),
)
RULE: Rule = in_order(
    addresses("точка", "собака", "хештег"),
    together,
    DAYS_AND_YEARS,
    ORDINALS,
    FIGURES,
    abbreviations(ANYWHERE, BEFORE_NAME, BEFORE_FIGURE),
    replacing(rf"(?<![\w.])(?:[А-ЯЁ]\.{SPACE}?){{1,3}}(?={CAPITAL}[а-яё])", _initials),
    replacing(rf"(?<=\w{SPACE})&(?={SPACE}\w)", "и"),
    initialisms(
        frozenset(), {letters: letters.capitalize() for letters in WORDS} | {word: _spelled(word) for word in SPELLED}
    ),
)
