"""Decides what becomes of a hyphen at a line's end: the typesetter's goes, the word's own stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from audio_edition.read.language import language_seen_in
from audio_edition.read.text.hyphens import hyphen_between

_LONGEST = 40
_SAMPLE_WORDS = 500


class Hyphens:
    """Knows the words of a document that are whole, and those of its language, which may be unsaid."""

    def __init__(self, language: str) -> None:
        self._said = language.partition("-")[0].lower()
        self._known: Counter[str] = Counter()
        self._sample: list[str] = []

    def learn(self, words: Sequence[str]) -> None:
        """Take in whole words of the document."""
        self._known.update(word.casefold().strip(".,;:!?()[]\"'“”‘’«»") for word in words if len(word) <= _LONGEST)
        if len(self._sample) < _SAMPLE_WORDS:
            self._sample += words

    def joined(self, before: str, after: str) -> str:
        """Return two parts of a text, the first of which ends with a hyphen, with what belongs between them."""
        hyphen = hyphen_between(before, after, self._known, self._is_word)
        return f"{before} {after}" if hyphen is None else f"{before[:-1]}{hyphen}{after}"

    @cached_property
    def _language(self) -> str:
        return self._said or language_seen_in(" ".join(self._sample)) or "en"

    def _is_word(self, word: str) -> bool | None:
        """Return whether the language has a word; None if its words are not known."""
        import simplemma

        try:
            return bool(simplemma.is_known(word, lang=self._language))
        except ValueError:  # a language that simplemma does not know
            return None
