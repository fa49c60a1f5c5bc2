"""Say amounts of money in English: "$3.5bn" as "3.5 billion dollars".

Engines put the currency first and spell what follows: "dollar three point five B N". The singular stands where the
amount describes what follows: "a 40 dollar fee".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from audio_edition.script.normalisation.en.magnitudes import MAGNITUDES, SHORT_MAGNITUDE
from audio_edition.script.normalisation.en.numbers import NUMBER, START, UP_TO
from audio_edition.script.tables import words


class Currency(NamedTuple):
    """Names for one unit, for several, and for one and several hundredths (empty where nobody counts them)."""

    one: str
    many: str
    hundredth: str = ""
    hundredths: str = ""


_DOLLAR = Currency("dollar", "dollars", "cent", "cents")
_EURO = Currency("euro", "euros", "cent", "cents")
_POUND = Currency("pound", "pounds", "penny", "pence")
_YEN, _RUPEE, _RUBLE = Currency("yen", "yen"), Currency("rupee", "rupees"), Currency("rouble", "roubles")
_YUAN, _WON, _SHEKEL = Currency("yuan", "yuan"), Currency("won", "won"), Currency("shekel", "shekels")
_LIRA, _NAIRA, _FRANC = Currency("lira", "lira"), Currency("naira", "naira"), Currency("Swiss franc", "Swiss francs")


def _dollar_of(country: str) -> Currency:
    return Currency(f"{country} dollar", f"{country} dollars", "cent", "cents")


SIGNS = {
    "$": _DOLLAR, "US$": _dollar_of("US"), "$US": _dollar_of("US"), "C$": _dollar_of("Canadian"),
    "CA$": _dollar_of("Canadian"), "A$": _dollar_of("Australian"), "AU$": _dollar_of("Australian"),
    "NZ$": _dollar_of("New Zealand"), "HK$": _dollar_of("Hong Kong"), "S$": _dollar_of("Singapore"),
    "NT$": _dollar_of("Taiwan"), "R$": Currency("real", "reais"), "£": _POUND, "€": _EURO, "¥": _YEN, "₹": _RUPEE,
    "₽": _RUBLE, "₩": _WON, "₪": _SHEKEL, "₺": _LIRA, "₴": Currency("hryvnia", "hryvnias"), "₦": _NAIRA,
    "₱": Currency("peso", "pesos"), "฿": Currency("baht", "baht"), "₫": Currency("dong", "dong"),
}  # fmt: skip
"""What stands right before the number."""

CODES = {
    "USD": _dollar_of("US"), "CAD": _dollar_of("Canadian"), "AUD": _dollar_of("Australian"), "EUR": _EURO,
    "NZD": _dollar_of("New Zealand"), "HKD": _dollar_of("Hong Kong"), "SGD": _dollar_of("Singapore"), "GBP": _POUND,
    "JPY": _YEN, "CNY": _YUAN, "RMB": _YUAN, "INR": _RUPEE, "Rs": _RUPEE,
    "PKR": Currency("Pakistani rupee", "Pakistani rupees"), "LKR": Currency("Sri Lankan rupee", "Sri Lankan rupees"),
    "CHF": _FRANC, "SFr": _FRANC, "RUB": _RUBLE, "ZAR": Currency("rand", "rand"), "NGN": _NAIRA, "KRW": _WON,
    "ILS": _SHEKEL, "NIS": _SHEKEL, "UAH": SIGNS["₴"], "BRL": SIGNS["R$"],
    "Ksh": Currency("Kenyan shilling", "Kenyan shillings"), "KSh": Currency("Kenyan shilling", "Kenyan shillings"),
    "Tk": Currency("taka", "taka"), "Dh": Currency("dirham", "dirhams"), "Dhs": Currency("dirham", "dirhams"),
    "AED": Currency("dirham", "dirhams"), "SAR": Currency("riyal", "riyals"), "PLN": Currency("zloty", "zlotys"),
    "SEK": Currency("Swedish krona", "Swedish kronor"), "NOK": Currency("Norwegian krone", "Norwegian kroner"),
    "DKK": Currency("Danish krone", "Danish kroner"),
}  # fmt: skip
"""What stands before or behind it, with or without a space."""

DESCRIBED = words("bill bills note notes banknote banknotes coin coins fine fines ticket tickets")
"""Words behind an amount that it describes, whatever stands before."""

NOT_DESCRIBED = words(
    "a an and are as at between but by can for from had has have if in into is it nor of off on or out over paid"
    " per than that the to under up was were when which who will with worth would"
)
"""Words behind an amount that it does not describe."""

_SIGN = "|".join(sorted(map(re.escape, SIGNS), key=len, reverse=True))
_CODE = "|".join(sorted(CODES, key=len, reverse=True))
_LONG_MAGNITUDE = r"hundred|thousand|million|billion|trillion|lakh crore|lakhs?|crores?"
_MAGNITUDE = rf"(?:[ \u00a0-]?(?P<%s>(?:{_LONG_MAGNITUDE})\b|(?:{SHORT_MAGNITUDE})(?!\w)))?"
_AMOUNT = rf"(?:{NUMBER}|\.\d++)"
_BEFORE = re.compile(
    rf"(?<![\w$£€.])(?P<minus>[-−–]?)(?:(?P<sign>{_SIGN})[ \u00a0]?|(?P<code>{_CODE})\.?[ \u00a0]?)"
    rf"(?P<minus_behind>[-−]?)"
    rf"(?P<low>{_AMOUNT}){_MAGNITUDE % 'low_magnitude'}"
    rf"(?:{UP_TO}(?:(?P=sign)|(?P=code)\.?[ \u00a0]?)?(?P<high>{_AMOUNT}){_MAGNITUDE % 'high_magnitude'})?"
    r"(?![^\W_]|[.,]\d)(?P<again>[ -](?:dollars?|euros?|pounds?|rupees?)\b)?"
)
_BEHIND = re.compile(
    rf"{START}(?P<low>{NUMBER}){_MAGNITUDE % 'low_magnitude'}[ \u00a0]?(?:"
    rf"(?P<code>USD|CAD|AUD|EUR|GBP|JPY|CNY|INR|CHF|RUB)|(?P<sign>[€£]))(?![\w€£$])(?!\d)"
)
_PENCE = re.compile(
    rf"{START}(?P<low>\d{{1,3}}(?:\.\d)?)(?:{UP_TO}(?P<high>\d{{1,3}}))?(?P<unit>p|c|¢)(?![\w]|[.,]\d|[.]\w)"
)
_SCREENS = words("240 360 480 720")
_ARTICLE = re.compile(
    r"(?<![\w])[Aa]n? (?:(?:\w+(?:-\w+)+,?|\w+,|new|record|further|extra|additional|total|single|proposed|planned"
    r"|recent|separate|initial|annual|massive|huge|mere|second|third|fresh|possible|alleged|estimated"
    r"|reported|whopping) ){0,2}$"
)
_DETERMINER = re.compile(r"(?<![\w])(?:the|The|his|her|its|their|our|my|your|this|that|each|every|[^\W\d_]+['’]s) $")
_DESCRIBED = re.compile(r" ([a-z]+)|-(?!an?\b)[a-z]")


def as_money(text: str) -> str:
    """Return the text with its amounts in words and figures."""
    text = _BEHIND.sub(_money, _BEFORE.sub(_money, text))
    return _PENCE.sub(_pence, text)


def describes(match: re.Match[str]) -> bool:
    """Return whether the amount or measure modifies the next word ("a $40 fee") and is therefore singular."""
    before = match.string[max(0, match.start() - 40) : match.start()]
    if _ARTICLE.search(before):
        return True
    behind = _DESCRIBED.match(match.string, match.end())
    if behind is None:
        return False
    if behind[1] is None:
        return True
    if behind[1] in DESCRIBED:
        return True
    return _DETERMINER.search(before) is not None and behind[1] not in NOT_DESCRIBED and not behind[1].endswith("ed")


def _money(match: re.Match[str]) -> str:
    groups = match.groupdict()
    currency = SIGNS[groups["sign"]] if groups["sign"] else CODES[groups["code"]]
    low_magnitude = MAGNITUDES.get(match["low_magnitude"] or "", match["low_magnitude"] or "")
    high_magnitude = MAGNITUDES.get(groups.get("high_magnitude") or "", groups.get("high_magnitude") or "")
    minus = "minus " * bool(groups.get("minus") or groups.get("minus_behind"))
    singular = describes(match)
    if not groups.get("high"):
        return minus + _spoken_amount(match["low"], low_magnitude, currency, singular)
    if not (low_magnitude or high_magnitude) and re.search(r"\.\d\d$", match["low"]):
        return " to ".join(_spoken_amount(groups[each], "", currency, singular) for each in ("low", "high"))
    low = f"{match['low']} {low_magnitude}".rstrip()
    return f"{minus}{low} to {_spoken_amount(groups['high'], high_magnitude, currency, singular)}"


def _spoken_amount(amount: str, magnitude: str, currency: Currency, singular: bool) -> str:
    if amount.startswith("."):
        amount = f"0{amount}"
    whole, _, part = amount.partition(".")
    if not magnitude and len(part) == 2 and currency.hundredth:
        return _with_hundredths(whole, int(part), currency, singular)
    one = singular or (amount == "1" and not magnitude)
    return " ".join(filter(None, (amount, magnitude, currency.one if one else currency.many)))


def _with_hundredths(whole: str, part: int, currency: Currency, singular: bool) -> str:
    small = f"{part} {currency.hundredth if part == 1 or singular else currency.hundredths}"
    if whole == "0":
        return small
    large = f"{whole} {currency.one if whole == '1' or singular else currency.many}"
    if part == 0:
        return large
    return f"{large} {part}" if part >= 10 else f"{large} {small}"


def _pence(match: re.Match[str]) -> str:
    if match["low"] in _SCREENS:
        return match[0]
    singular, plural = ("penny", "pence") if match["unit"] == "p" else ("cent", "cents")
    low = f"{match['low']} to {match['high']}" if match["high"] else match["low"]
    one = match["unit"] != "p" and describes(match)
    return f"{low} {singular if low == '1' or one else plural}"
