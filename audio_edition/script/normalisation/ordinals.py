"""Make a rule that says the numerals of rulers as a place in a row behind an article: "Karl XII" as "Karl den
tolfte". eSpeak NG spells them in Dutch, Swedish and Danish."""

from __future__ import annotations

import re

from audio_edition.script.normalisation.roman_numerals import NOT_AN_INITIAL, NUMERAL, value
from audio_edition.script.normalisation.rules import SPACE, Rule, replacing


def reigning(names: str, article: str, ordinals: tuple[str, ...]) -> Rule:
    """Return the rule for names (alternatives of a pattern); a number beyond `ordinals`, which begin with the first,
    stays."""

    def in_words(match: re.Match[str]) -> str:
        number = value(match["numeral"])
        return f"{match['name']} {article} {ordinals[number - 1]}" if number <= len(ordinals) else match[0]

    return replacing(
        rf"(?<![\w-])(?P<name>(?:{names})s?){SPACE}(?P<numeral>{NUMERAL})(?![\w'’]){NOT_AN_INITIAL}", in_words
    )
