"""Say in full what eSpeak NG's Arabic voice leaves out or reads badly.

It says nothing for "%" and "°", drops the decimal mark "٫", reads "/" in English, initials of agencies as sounds, and
"million" with a wrong vowel. Native figures, thousands, Latin words and marks of direction it takes well. How nouns
agree with figures is left to it: it says figures in one form only.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.digits import minus
from audio_edition.script.normalisation.roman_numerals import SEVERAL_LETTERS, value
from audio_edition.script.normalisation.rules import FIGURE, SPACE, Rule, any_of, in_order, replacing
from audio_edition.script.tables import row

CURRENCIES = {"$": "دولار", "US$": "دولار", "€": "يورو", "£": "جنيه", "₪": "شيكل"}
MAGNITUDES = "مليون|مليار|ملايين|مليارات|ألف|آلاف|تريليون"
UNITS = {
    "كم/س": "كيلومتر في الساعة", "كلم/س": "كيلومتر في الساعة", "كم/ساعة": "كيلومتر في الساعة", "كم": "كيلومتر",
    "كلم": "كيلومتر",
    "كم²": "كيلومتر مربع", "كلم²": "كيلومتر مربع", "م²": "متر مربع", "كغ": "كيلوغرام", "كلغ": "كيلوغرام",
    "كجم": "كيلوغرام",
    "°C": "درجة مئوية", "° C": "درجة مئوية", "°م": "درجة مئوية", "°": "درجة", "%": "في المِئَة", "٪": "في المِئَة",
    "ه‍": "هجرية", "هـ": "هجرية",
}  # fmt: skip
ANYWHERE = {"ق.م": "قبل الميلاد", "ق. م.": "قبل الميلاد", "ص.ب.": "صندوق بريد", "إلخ.": "إلى آخره"}
TITLES = {"د.": "الدكتور", "أ.د.": "الأستاذ الدكتور"}
LETTER_NAMES = dict(
    pair.split(":")
    for pair in row(
        "ا:أَلِف أ:أَلِف ب:باء ت:تاء ث:ثاء ج:جيم ح:حاء خ:خاء د:دال ذ:ذال ر:راء ز:زاي س:سين ش:شين ص:صاد ض:ضاد ط:طاء ظ:ظاء "
        "ع:عين غ:غين ف:فاء ق:قاف ك:كاف ل:لام م:ميم ن:نون ه:هاء و:واو ي:ياء"
    )
)
VOWELLED = {"مليون": "مِلْيُون", "مليار": "مِلْيار"}
"""Words of most sums of money that the voice gives wrong vowels; with vowel marks it reads them right."""

_LETTER = f"[{''.join(LETTER_NAMES)}]"
_SIGNS = any_of(CURRENCIES)


def _joined_thousands(text: str) -> str:
    """Native thousands marks and repeated points, which are read one group at a time."""
    text = re.sub(r"(?<=\d)\u066c(?=\d{3})", "", text)
    return re.sub(r"(?<![\w.,])\d{1,3}(?:\.\d{3}){2,}(?![\w.])", lambda figure: figure[0].replace(".", ""), text)


def _sum(match: re.Match[str]) -> str:
    return " ".join(filter(None, [match["figure"], match["size"], CURRENCIES[match["sign"]]]))


def _letters(match: re.Match[str]) -> str:
    return match["open"] + " ".join(LETTER_NAMES[letter] for letter in match["letters"] if letter in LETTER_NAMES)


RULE: Rule = in_order(
    addresses("دوت", "آت", "هاشتاغ"),
    _joined_thousands,
    replacing(r"(?<=\d)\u066b(?=\d)", "."),
    replacing(r"(?<![\w.,])(\d{1,9}),(\d{1,2}|\d{4,9})(?!\w|[.,]\d)", r"\1.\2"),
    replacing(r"(?<![\w/.])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/])", r"\1 \2 \3"),
    replacing(r"(?<![\w./-])([1-9]\d{3}|[١٢]\d{3})[-–](\d{4})(?![\w/–-])", r"\1 إلى \2"),
    replacing(rf"(?P<sign>{_SIGNS}){SPACE}?(?P<figure>{FIGURE})(?:{SPACE}(?P<size>{MAGNITUDES})(?!\w))?", _sum),
    replacing(rf"(?P<figure>{FIGURE}){SPACE}?(?:(?P<size>{MAGNITUDES}){SPACE}?)?(?P<sign>{_SIGNS})(?!\w)", _sum),
    replacing(
        rf"(?P<figure>{FIGURE}){SPACE}?(?P<unit>{any_of(UNITS)})(?![\w²/])",
        lambda match: f"{match['figure']} {UNITS[match['unit']]}",
    ),
    replacing(rf"(?<![\w.,])([12١٢]\d{{3}}){SPACE}?م(?!\w)", r"\1 ميلادية"),
    minus("ناقص"),
    replacing(rf"(?P<open>\()(?P<letters>(?![^)]*و){_LETTER}(?: {_LETTER}){{1,3}})(?=\))", _letters),
    abbreviations(ANYWHERE),
    replacing(rf"(?<![\w.])(أ\.د\.|د\.(?={SPACE})){SPACE}?(?=[^\W\d_]{{2}})", lambda match: f"{TITLES[match[1]]} "),
    replacing(rf"(?P<open>(?<![\w.]))(?P<letters>{_LETTER}(?:\.{_LETTER}){{1,3}})\.?(?!\w)", _letters),
    replacing(rf"(?<![\w.])({SEVERAL_LETTERS})(?!\w)", lambda match: str(value(match[1]))),
    replacing(rf"(?<!\w)(?:{any_of(VOWELLED)})(?!\w)", lambda match: VOWELLED[match[0]]),
)
