"""Say in full what eSpeak NG's Mandarin voice leaves out or reads badly.

It says nothing for figures in full width, signs of currencies, "℃" or a minus, "percent" and "slash" in English, and
large numbers without their ten thousands (10,000 as "ten thousand" in tens). Dates, decimals, small numbers and Latin
words it reads well. It knows no emoji.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.addresses import addresses
from audio_edition.script.normalisation.rules import Rule, any_of, in_order, replacing

CURRENCIES = {
    "US$": "美元", "$": "美元", "HK$": "港元", "€": "欧元", "£": "英镑", "￥": "元", "¥": "元", "NT$": "新台币",
}  # fmt: skip
UNITS = {
    "km/h": "公里每小时", "公里/小时": "公里每小时", "千米/小时": "千米每小时", "km": "公里", "kg": "公斤",
    "cm": "厘米", "mm": "毫米",
    "℃": "摄氏度", "°C": "摄氏度", "°": "度", "㎡": "平方米", "m²": "平方米", "km²": "平方公里", "㎞": "公里",
    "㎏": "公斤",
}  # fmt: skip
MEASURE_WORDS = (
    "个|位|人|家|天|年(?!级)|件|只|条|项|种|间|座|艘|辆|架|场|台|篇|张|份|倍|岁|周(?!年)|小时|分钟|名|次|万|亿|千"
)
"""Words before which two is 两; before 月, 日, 号, 级 and 楼 it is 二."""

_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | {ord(wide): narrow for wide, narrow in zip("％＄＋－．＠＃", "%$+-.@#", strict=True)}
_DIGITS = "〇一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_NUMBER = r"(?<![A-Za-z\d.,:/-])(?:\d{1,3}(?:,\d{3})+|\d{1,16})(?:\.\d{1,9})?(?![A-Za-z\d:/]|[.,-]\d|-[A-Za-z])"


def _one_by_one(figures: str) -> str:
    return "".join(_DIGITS[int(figure)] for figure in figures)


def cardinal(number: int) -> str:
    """Return a number below ten to the sixteenth in Chinese figures: 12345 as 一万二千三百四十五."""
    if number == 0:
        return "零"
    said, skipped = "", False
    for place in range(3, -1, -1):
        group = number // 10_000**place % 10_000
        if group:
            needs_zero = bool(said) and (skipped or group < 1000)
            said += (
                "零" * needs_zero + ("两" if group == 2 and place else _group(group, leading=not said)) + _GROUPS[place]
            )
        skipped = not group
    return said


def _group(number: int, *, leading: bool) -> str:
    """Up to four figures; ten to nineteen go without their one at the start."""
    said, zero = "", False
    for place in range(3, -1, -1):
        figure = number // 10**place % 10
        if figure:
            word = "两" if figure == 2 and place == 3 else _DIGITS[figure]
            said += "零" * (zero and bool(said)) + word + _PLACES[place]
            zero = False
        else:
            zero = True
    return said[1:] if leading and 10 <= number < 20 else said


def _in_words(figure: str) -> str:
    whole, _, part = figure.replace(",", "").partition(".")
    said = cardinal(int(whole))
    return f"{said}点{_one_by_one(part).replace('〇', '零')}" if part else said


def _large(match: re.Match[str]) -> str:
    figure = match[0]
    whole = figure.replace(",", "").partition(".")[0]
    if len(whole) < 3 or whole.startswith("0"):
        return figure
    return _in_words(figure)


def _percent(match: re.Match[str]) -> str:
    if match["start"]:
        return f"百分之{_in_words(match['start'])}至百分之{_in_words(match['end'])}"
    return f"百分之{_in_words(match['end'])}"


def _clock(match: re.Match[str]) -> str:
    hours, minutes = int(match[1]), int(match[2])
    return f"{hours}点" + (f"{'零' * (minutes < 10)}{minutes}分" if minutes else "")


RULE: Rule = in_order(
    lambda text: text.translate(_FULL_WIDTH),
    replacing(r"#([^#\s]{1,40})#", r"话题\1，"),
    addresses("点", "艾特", "话题"),
    replacing(
        r"(?<![A-Za-z\d./-])(?P<year>[12]\d{3})(?P<mark>[-/.])0?(?P<month>\d{1,2})(?P=mark)0?(?P<day>\d{1,2})(?![A-Za-z\d/-])",
        r"\g<year>年\g<month>月\g<day>日",
    ),
    replacing(
        r"(?<![\d.近约超逾达])([12]\d{3})年?[-–—～~至到]([12]\d{3})(?=年|赛季|财年)",
        lambda match: f"{_one_by_one(match[1])}至{_one_by_one(match[2])}",
    ),
    replacing(
        r"(?<![\d.近约超逾达])((?!1000年|\d{2}00年(?:前|后|来|历史))(?:1\d|20)\d\d)(?=年(?!级))",
        lambda match: _one_by_one(match[1]),
    ),
    replacing(
        r"(?:(?P<start>(?<![A-Za-z\d.,])\d[\d,.]{0,15})%?[-–—～~至](?=\d[\d,.]{0,15}%))?(?<![A-Za-z\d.,])(?P<end>\d[\d,.]{0,15})%",
        _percent,
    ),
    replacing(
        rf"(?<![A-Za-z币])({any_of(CURRENCIES)}) ?(\d[\d,]{{0,15}}(?:\.\d+)?)([万亿]*)",
        lambda match: f"{match[2]}{match[3]}{CURRENCIES[match[1]]}",
    ),
    replacing(rf"(?<=\d) ?({any_of(UNITS)})(?![A-Za-z²/])", lambda match: UNITS[match[1]]),
    replacing(r"(?<![\d:])([01]?\d|2[0-4])[:：]([0-5]\d)(?![\d:])", _clock),
    replacing(r"(?:(?<=以)|(?<=比分)|(?<=比分为))(\d{1,2})[-:：∶](\d{1,2})(?![\d:-])", r"\1比\2"),
    replacing(r"(?<![A-Za-z\d:：])(\d{1,2})[:：∶](\d)(?![\d:])", r"\1比\2"),
    replacing(r"(?<![\d/])([1-9])/([2-9]|10)(?![\d/])", r"\2分之\1"),
    replacing(r"(?<![A-Za-z\d.）)%年月日])[-−](?=\d)", "负"),
    replacing(rf"(?<![A-Za-z\d.-])(\d{{1,4}})[-–~～](\d{{1,4}})(?={MEASURE_WORDS}|元|米|公里)", r"\1至\2"),
    replacing(rf"(?<![\d.第A-Za-z-])2(?={MEASURE_WORDS})", "两"),
    replacing(
        r"(?:(?<=拨打)|(?<=电话)|(?<=热线)|(?<=致电)|(?<=号码))\d{3,12}(?!\d)",
        lambda match: _one_by_one(match[0]).replace("〇", "零"),
    ),
    replacing(_NUMBER, _large),
    replacing(r"(?<![A-Za-z\d])(?:WHO|IS|US)(?![A-Za-z\d])", lambda match: "-".join(match[0])),
)
