"""Take out what would steer an engine instead of being read, in any language.

eSpeak NG and Piper take `[[...]]` for phonemes, control characters for commands, and read rows of asterisks one by one.
"""

from __future__ import annotations

import re

from audio_edition.script.normalisation.plain_letters import as_plain

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\u200b]+")
# Soft hyphen, marks of writing direction, word joiner, byte order mark. Not the joiners: Persian and Hindi need them.
_WITHOUT_SOUND = re.compile("[\u00ad\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+")
_PHONEMES = re.compile(r"\[{2,}|\]{2,}")
_ORNAMENT = re.compile(r"([*=_~#+|^•·])(?: ?\1){2,}")
_BULLET = re.compile(r"^[*•·‣▪◦] (?=\S)")
_LEADER = re.compile(r"\.{4,}|(?:\. ){3,}\.?")


def without_phonemes(text: str) -> str:
    """Return the text without the brackets in which engines take phonemes."""
    return _PHONEMES.sub(lambda brackets: brackets[0][0], text)


def harmless(text: str) -> str:
    """Return the text as plain words and punctuation."""
    text = as_plain(text)
    text = _WITHOUT_SOUND.sub("", _CONTROL.sub(" ", text))
    text = without_phonemes(text)
    return _LEADER.sub("... ", _BULLET.sub("", _ORNAMENT.sub(" ", text).lstrip(" ")))
