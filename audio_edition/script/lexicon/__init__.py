"""Lexicons (W3C PLS 1.0, or plain lines `word = said as`): how their words are said in an article.

files.py finds and reads them, entries.py and soundness.py say what is wrong with them, matching.py finds their words in
a text, and application.py puts what is said in their place.
"""

from __future__ import annotations

from audio_edition.script.lexicon.application import Spoken, said_with
from audio_edition.script.lexicon.entries import Entry, Fault, Lexicon
from audio_edition.script.lexicon.files import NEWS, beside, lexicon_in, load_lexicon, read_lexicon
from audio_edition.script.lexicon.matching import Matcher, applies_to
from audio_edition.script.lexicon.validation import lexicon_findings

__all__ = [
    "NEWS",
    "Entry",
    "Fault",
    "Lexicon",
    "Matcher",
    "Spoken",
    "applies_to",
    "beside",
    "lexicon_findings",
    "lexicon_in",
    "load_lexicon",
    "read_lexicon",
    "said_with",
]
