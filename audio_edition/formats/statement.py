"""What an edition's page says of how it can be read: the claims of its metadata, in words.

W3C, Accessibility Metadata Display Guide 2.1. What is not known is said to be unknown, never denied.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audio_edition.formats import accessibility
from audio_edition.model import Recording
from audio_edition.model.characters import one_line
from audio_edition.translations import Words


@dataclass(frozen=True, slots=True)
class Claims:
    """A group of claims. The first groups are shown at once, the others on request (`is_more`)."""

    heading: str
    told: tuple[str, ...]
    is_more: bool = True


_NAVIGATION = {"tableOfContents": "by_contents", "structuralNavigation": "by_headings", "pageNavigation": "by_pages"}
_ADDITIONAL = {
    "pageBreakMarkers": "page_breaks", "longDescription": "long_descriptions", "MathML": "formulas", "ARIA": "roles",
    "rubyAnnotations": "ruby",
}  # fmt: skip


def statement(recording: Recording, words: Words) -> list[Claims]:
    """Return the claims in words, in the order in which they are shown."""
    features = set(accessibility.book_features(recording))
    certifier = one_line(recording.certifier).strip()
    conformance = words["conforms"].format(certifier=certifier) if certifier else words["no_information"]
    return [
        Claims(words["ways_of_reading"], tuple(_ways(recording, features, words)), is_more=False),
        Claims(words["conformance"], (conformance,), is_more=False),
        Claims(words["by"], tuple(words[word] for name, word in _NAVIGATION.items() if name in features)),
        Claims(words["hazards"], (words["no_hazards"],)),
        Claims(words["also"], tuple(words[word] for name, word in _ADDITIONAL.items() if name in features)),
        Claims(words["summary"], (accessibility.summary(recording),)),
    ]


def _ways(recording: Recording, features: set[str], words: Words) -> Iterator[str]:
    yield words["appearance"]
    in_text = ("textual",) in accessibility.sufficient_modes(recording)
    yield words["readable" if in_text else "partly_readable"]
    yield words["synchronised" if accessibility.every_sentence_sounds(recording) else "partly_synchronised"]
    if "alternativeText" in features:
        yield words["alternatives"]
