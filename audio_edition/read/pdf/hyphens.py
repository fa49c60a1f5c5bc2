"""Decides what becomes of a hyphen at a line's end: the typesetter's goes, the word's own stays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from audio_edition.read.language import language_seen_in
from audio_edition.read.text.hyphens import hyphen_between, words_in

_LONGEST = 40
_SAMPLE_WORDS = 500
_OPTION = re.compile(r"(?:^|[\s(“\"'])--\w[\w-]{0,40}-\Z")
"""An option of a program, --base-url: its hyphens are its own."""


class Hyphens:
    """Knows the words of a document that are whole, and those of its language, which may be unsaid."""

    def __init__(self, language: str) -> None:
        self._said = language.partition("-")[0].lower()
        self._known: Counter[str] = Counter()
        self._sample: list[str] = []

    def learn(self, words: Sequence[str]) -> None:
        """Take in whole words of the document, and those inside names of files, options and addresses."""
        bare = [word.casefold().strip(".,;:!?()[]\"'“”‘’«»") for word in words if len(word) <= _LONGEST]
        self._known.update(bare)
        self._known.update(part for word in bare if not word.isalpha() for part in words_in(word) if part != word)
        if len(self._sample) < _SAMPLE_WORDS:
            self._sample += words

    def joined(self, before: str, after: str) -> str:
        """Return two parts of a text, the first of which ends with a hyphen, with what belongs between them."""
        if _OPTION.search(before):
            return f"{before}{after}"
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
