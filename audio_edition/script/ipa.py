"""Find what is no IPA in what somebody wrote as such, so that it can be named.

The letters and marks are those of the chart of 2020 (https://www.internationalphoneticassociation.org), and what
dictionaries add.
"""

from __future__ import annotations

import unicodedata

LONGEST = 100
"""Characters of the IPA of a word or name."""

_CONSONANTS = "pbtdʈɖcɟkɡgqɢʔmɱnɳɲŋɴʙrʀⱱɾɽɸβfvθðszʃʒʂʐçʝxɣχʁħʕhɦɬɮʋɹɻjɰlɭʎʟʍwɥʜʢʡɕʑɺɧɫɓɗʄɠʛʘǀǃǂǁ"
_VOWELS = "iyɨʉɯuɪʏʊeøɘɵɤoəɛœɜɞʌɔæɐaɶɑɒɚɝᵻᵿ"
_MODIFIERS = "ʰʱʲʷˠˤⁿˡˀᵊᵐᵑˈˌːˑ'.|‖‿ˑ˥˦˧˨˩↗↘ \u200d"
_MARKS = "".join(map(chr, range(0x0300, 0x0370)))
_SIGNS = frozenset(_CONSONANTS + _VOWELS + _MODIFIERS + _MARKS)


def stranger(ipa: str) -> str:
    """Return the first character that no IPA has; all of a text without any letter of it; or ""."""
    text = unicodedata.normalize("NFD", ipa).replace("c\u0327", "ç")
    odd = next((sign for sign in text if sign not in _SIGNS), "")
    return odd or ("" if any(sign in _CONSONANTS + _VOWELS for sign in text) else ipa)
