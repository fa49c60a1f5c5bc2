"""Make rules that say sums of money and measures in full, from a language's currencies, large numbers and units.

eSpeak NG says signs where they stand ("dollar forty") and units by their letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from audio_edition.script.normalisation.rules import (
    AT_END,
    FIGURE,
    SPACE,
    Agreement,
    Forms,
    Rule,
    any_of,
    full_stop,
    in_order,
    replacing,
)

Table = Mapping[str, Forms]
_NO_CENTS = r"(?:[.,][-–—]{1,2}(?!\w))?"
"""What Swiss, German and Dutch prices have in the place of cents: "12.–"."""
_SWISS_THOUSANDS = replacing(r"(?<=\d)['’](?=\d{3}(?!\d))", "")
_CENTS = re.compile(r"(.*\d)[.,](\d\d)")


def money(
    currencies: Table,
    magnitudes: Table,
    agreement: Agreement,
    *,
    of: Callable[[str, str], str] = "{} {}".format,
    cents: str = "",
    per: Mapping[str, str] = MappingProxyType({}),
) -> Rule:
    """Return a rule for "$40", "3,5 Md€", "R$ 2 bi". `of` joins "millions" and "euros"; `cents` has a place for the
    cents of "3,50 €", or is empty where the decimal is said; `per` has what stands behind a slash ("3 €/kg")."""
    signs = any_of(currencies)
    behind = rf"(?:/(?P<per>{any_of(per)})(?!\w))?" if per else "(?P<per>(?!))?"
    sizes = any_of(magnitudes)

    def in_words(match: re.Match[str]) -> str:
        said = f"{amount(match)} {per[match['per']]}" if match["per"] else amount(match)
        return said + full_stop(match, match["per"] or match["sign"])

    def amount(match: re.Match[str]) -> str:
        figure, size, forms = match["figure"], match["size"], currencies[match["sign"]]
        if size:
            return f"{figure} {of(_form(magnitudes[size], agreement(figure)), forms[-1])}"
        parts = _CENTS.fullmatch(figure)
        if parts and cents:
            currency = _form(forms, agreement(parts[1]))
            return f"{parts[1]} {currency}" + (cents.format(parts[2]) if parts[2] != "00" else "")
        return f"{figure} {_form(forms, agreement(figure))}"

    return in_order(
        _SWISS_THOUSANDS,
        replacing(
            rf"(?<!\w)(?<!\d{SPACE})(?P<sign>{signs}){SPACE}?(?P<figure>{FIGURE}){_NO_CENTS}"
            rf"(?:{SPACE}?(?P<size>{sizes})(?!\w))?",
            amount,
        ),
        replacing(
            rf"(?P<figure>{FIGURE}){_NO_CENTS}{SPACE}?(?:(?P<size>{sizes}){SPACE}?)?(?P<sign>{signs})(?![^\W_])"
            rf"{behind}{AT_END}",
            in_words,
        ),
    )


def measures(units: Table, agreement: Agreement) -> Rule:
    """Return a rule for what stands behind a figure: "120 km/h", "20 °C", "2 Mio."."""

    def in_words(match: re.Match[str]) -> str:
        figure, unit = match["figure"], match["unit"]
        # Half a litre, and one and a half litres.
        number = agreement(figure) if figure[-1].isdecimal() else agreement("2" if figure[:-1] else "1")
        return f"{figure} {_form(units[unit], number)}{full_stop(match, unit)}"

    pattern = rf"(?P<figure>{FIGURE}|(?<![\w.,])\d{{0,3}}[½⅓⅔¼¾]){SPACE}?(?P<unit>{any_of(units)})(?![\w²³/]){AT_END}"
    return replacing(pattern, in_words)


def _form(forms: Forms, number: int) -> str:
    return forms[min(number, len(forms) - 1)]
