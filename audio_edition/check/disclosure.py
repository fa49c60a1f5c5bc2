"""Check that a package says that its voices are synthetic, and which they are."""

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
    """Yield a finding unless each text says that a voice is synthetic, and all together name every voice."""
    said = [one_spaced(text) for text in texts]
    unnamed = [voice for voice in manifest.voices if not any(one_spaced(voice) in text for text in said)]
    if not said or not all(_SYNTHETIC.search(text) for text in said):
        what = "It does not say that the voice is synthetic."
    elif unnamed:
        what = f"It does not name the voice {unnamed[0][:60]}."
    else:
        return
    yield Finding("disclosure-missing", "error", what, place, "Build the edition again; listeners have to be told.")
