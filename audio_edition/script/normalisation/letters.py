"""Make a rule that has a language's initialisms spelled, or said as the word that they are.

eSpeak NG spells capitals of up to three letters in a sentence, reads longer ones as a word if it can, and reads all as
words in a clause of capitals only, such as "(AFP)". Full stops between letters, and none behind, make it spell.
"""

from __future__ import annotations

from collections.abc import Mapping

from audio_edition.script.normalisation.rules import Rule, any_of, replacing


def initialisms(spelled: frozenset[str], said: Mapping[str, str], between: str = ".") -> Rule:
    """Return a rule for initials to be spelled, and for those said otherwise; none in an address or beside a sign."""
    table = {letters: between.join(letters.upper()) for letters in spelled} | dict(said)
    return replacing(rf"(?<![\w.@#&/])(?:{any_of(table)})(?![\w@&]|\.\w)", lambda match: table[match[0]])


def dotted() -> Rule:
    """Return a rule that takes the last full stop of initials ("S.A. Holt"), behind which engines pause, but where the
    text ends."""
    return replacing(r"(?<![\w.])((?:[A-Z]\.){1,5}[A-Z])\.(?=\s|[,;:)])(?!\s[A-Z]\.)", r"\1")


def as_words(acronyms: frozenset[str]) -> dict[str, str]:
    """Acronyms as names: a word to eSpeak NG, which spells the same in capitals."""
    return {letters: letters.capitalize() for letters in acronyms}
