"""Make rules that say sums of money and measures in full, from a language's currencies, large numbers and units.

eSpeak NG says signs where they stand ("dollar forty") and units by their letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

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
_CENTS = re.compile(r"(.*\d)[.,](\d\d)")


def money(
    currencies: Table,
    magnitudes: Table,
    agreement: Agreement,
    *,
    of: Callable[[str, str], str] = "{} {}".format,
    cents: str = "",
) -> Rule:
    """Return a rule for "$40", "3,5 Md€", "R$ 2 bi". `of` joins "millions" and "euros"; `cents` has a place for the
    cents of "3,50 €", or is empty where the decimal is said."""
    signs = any_of(currencies)
    sizes = any_of(magnitudes)

    def in_words(match: re.Match[str]) -> str:
        return amount(match) + full_stop(match, match["sign"])

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
        replacing(
            rf"(?<!\w)(?<!\d{SPACE})(?P<sign>{signs}){SPACE}?(?P<figure>{FIGURE})(?:{SPACE}?(?P<size>{sizes})(?!\w))?",
            amount,
        ),
        replacing(
            rf"(?P<figure>{FIGURE}){SPACE}?(?:(?P<size>{sizes}){SPACE}?)?(?P<sign>{signs})(?![^\W_]){AT_END}",
            in_words,
        ),
    )


def measures(units: Table, agreement: Agreement) -> Rule:
    """Return a rule for what stands behind a figure: "120 km/h", "20 °C", "2 Mio."."""

    def in_words(match: re.Match[str]) -> str:
        unit = match["unit"]
        return f"{match['figure']} {_form(units[unit], agreement(match['figure']))}{full_stop(match, unit)}"

    pattern = rf"(?P<figure>{FIGURE}){SPACE}?(?P<unit>{any_of(units)})(?![\w²³/]){AT_END}"
    return replacing(pattern, in_words)


def _form(forms: Forms, number: int) -> str:
    return forms[min(number, len(forms) - 1)]
