"""Say in full what eSpeak NG's Hindi voice leaves out or reads badly.

It says nothing for "₹", "€", "°" or a minus, reads "/" in English, drops the "to" of years, and stops after each full
stop of "डॉ." and initials. Figures in both scripts, lakhs and crores, ordinals such as "21वीं" and Latin words it
reads well.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.abbreviations import abbreviations
from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.digits import dates, minus
from audio_edition.script.normalisation.roman_numerals import SEVERAL_LETTERS, value
from audio_edition.script.normalisation.rules import SPACE, Rule, any_of, in_order, replacing

MONTHS = "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"
CURRENCIES = {
    "₹": "रुपये", "रु.": "रुपये", "रू.": "रुपये", "Rs.": "रुपये", "Rs": "रुपये", "$": "डॉलर", "US$": "डॉलर", "€": "यूरो",
    "£": "पाउंड", "¥": "युआन",
}  # fmt: skip
MAGNITUDES = "लाख करोड़|लाख|करोड़|करोड़|अरब|खरब|हज़ार|हजार|मिलियन|बिलियन|ट्रिलियन"
UNITS = {
    "किमी/घंटा": "किलोमीटर प्रति घंटा", "किमी/घंटे": "किलोमीटर प्रति घंटे", "किमी प्रति": "किलोमीटर प्रति",
    "km/h": "किलोमीटर प्रति घंटा",
    "कि.मी.": "किलोमीटर", "किमी": "किलोमीटर", "km": "किलोमीटर", "किग्रा": "किलोग्राम", "कि.ग्रा.": "किलोग्राम",
    "kg": "किलोग्राम",
    "वर्ग किमी": "वर्ग किलोमीटर", "वर्ग मी.": "वर्ग मीटर", "मी.": "मीटर", "m²": "वर्ग मीटर", "°C": "डिग्री सेल्सियस",
    "° C": "डिग्री सेल्सियस", "℃": "डिग्री सेल्सियस", "°": "डिग्री", "%": "प्रतिशत",
}  # fmt: skip
ANYWHERE = {
    "ई.पू.": "ईसा पूर्व",
    "ई. पू.": "ईसा पूर्व",
}
TITLES = {"डॉ.": "डॉक्टर", "प्रो.": "प्रोफ़ेसर", "पं.": "पंडित", "मो.": "मोहम्मद"}
BEFORE_FIGURE = {"नं.": "नंबर", "पृ.": "पृष्ठ"}
ORDINALS = {
    "1ला": "पहला",
    "1ली": "पहली",
    "2रा": "दूसरा",
    "2री": "दूसरी",
    "3रा": "तीसरा",
    "3री": "तीसरी",
    "4था": "चौथा",
    "4थी": "चौथी",
    "6ठा": "छठा",
}
LETTER_NAMES = "एच|एम|एन|एस|एल|एफ|एक्स|आर|आई|ए|बी|सी|डी|ई|जी|जे|के|ओ|पी|क्यू|टी|यू|वी|डब्ल्यू|वाई|ज़ेड"
"""The English letters as Hindi writes initials: एस. जयशंकर."""

_END = r"(?![\w\u0900-\u0963\u0966-\u097f])"
"""Python takes Hindi vowel signs for the end of a word."""
_FIGURE = r"(?<![\w.,])\d{1,3}(?:,\d{2,3})*(?:\.\d{1,9})?(?!\d)|(?<![\w.,])\d{4,15}(?:\.\d{1,9})?"
_SIGNS = any_of(CURRENCIES)


def _sum(match: re.Match[str]) -> str:
    return " ".join(filter(None, [match["figure"], match["size"], CURRENCIES[match["sign"]]]))


RULE: Rule = in_order(
    addresses("डॉट", "ऐट", "हैशटैग"),
    dates(MONTHS, "{day} {month} {year}"),
    replacing(
        rf"(?<![^\W\d_])(?P<sign>{_SIGNS}){SPACE}?(?P<figure>{_FIGURE})(?:{SPACE}(?P<size>{MAGNITUDES}){_END})?(?:{SPACE}रुपये{_END})?",
        _sum,
    ),
    replacing(rf"(?P<figure>{_FIGURE}){SPACE}?(?:(?P<size>{MAGNITUDES}){SPACE}?)?(?P<sign>{_SIGNS}){_END}", _sum),
    replacing(
        rf"(?P<figure>{_FIGURE}){SPACE}?(?P<unit>{any_of(UNITS)}){_END}(?![²/])",
        lambda match: f"{match['figure']} {UNITS[match['unit']]}",
    ),
    replacing(r"(?<![\w./-])([12१२]\d{3})[-–](\d{4}|\d{2})(?![\w/–-])", r"\1 से \2"),
    replacing(rf"(?<![\w.,:])(\d\d?)\.([0-5०-५]\d)(?={SPACE}बजे)", r"\1:\2"),
    minus("माइनस"),
    replacing(rf"(?<![\w.])(?:{any_of(ORDINALS)}){_END}", lambda match: ORDINALS[match[0]]),
    replacing(rf"(?<![\w.])({SEVERAL_LETTERS})(?!\w)", lambda match: str(value(match[1]))),
    replacing(rf"(?<![\w.])({any_of(TITLES)}){SPACE}?(?=\w)", lambda match: f"{TITLES[match[1]]} "),
    abbreviations(ANYWHERE, before_figure=BEFORE_FIGURE),
    replacing(
        rf"(?<![\w.])((?:(?:{LETTER_NAMES})\.{SPACE}?){{1,4}})(?=[^\W\d_])", lambda match: _without_stops(match[1])
    ),
    replacing(rf"(?<=\w{SPACE})&(?={SPACE}\w)", "और"),
)


def _without_stops(initials: str) -> str:
    return " ".join(re.split(rf"\.{SPACE}?", initials)).rstrip() + " "
