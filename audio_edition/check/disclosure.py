"""Check that a package says which voices are synthetic and who reads, by their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import one_spaced
from audio_edition.model import Finding

_SYNTHETIC = re.compile(
    "synthetic|synthetisch|synthèse|sint[eé]tic|синтетическ|синтезированн|اصطناعي|कृत्रिम|合成语音", re.IGNORECASE
)
"""The word for it in the languages in which editions say so."""


def disclosure_findings(place: str, texts: Sequence[str], manifest: Manifest) -> Iterator[Finding]:
    """Yield a finding unless each text says that a voice is synthetic, or names a person who reads; and all together
    name every voice, and say of those that are synthetic that they are."""
    said = [one_spaced(text) for text in texts]
    unnamed = [voice for voice in manifest.voices if not any(one_spaced(voice) in text for text in said)]
    told = [text for text in said if _SYNTHETIC.search(text)]
    others = [text for text in said if text not in told]
    of_persons = all(any(one_spaced(person) in text for person in manifest.persons) for text in others)
    if not said or not of_persons or (manifest.has_synthetic_voice and not told):
        what = "It does not say that the voice is synthetic."
    elif unnamed:
        what = f"It does not name the voice {unnamed[0][:60]}."
    else:
        return
    yield Finding("disclosure-missing", "error", what, place, "Build the edition again; listeners have to be told.")
