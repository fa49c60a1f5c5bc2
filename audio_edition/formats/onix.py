"""Format onix: `onix.xml`, what ONIX 3.0 says of the EPUB for shops and libraries: its form, and its accessibility.

A fragment, `DescriptiveDetail`, to be put into the record of the product. Codes are those of lists 79, 143, 150, 175
and 196.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from audio_edition.formats import accessibility
from audio_edition.formats.about import about
from audio_edition.formats.pages import template
from audio_edition.model import Package, Recording

_NAME = Path("onix.xml")
_OF_FEATURES = {
    "tableOfContents": "11", "readingOrder": "13", "alternativeText": "14", "MathML": "17",
    "structuralNavigation": "29", "ARIA": "30", "displayTransformability": "36", "pageNavigation": "41",
    "describedMath": "53",
}  # fmt: skip
"""The codes of list 196 that follow from features."""


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `onix.xml`."""
    text = template("onix.xml").render(
        codes=sorted(_codes(recording)),
        summary=accessibility.summary(recording),
        is_sound=recording.book_text == "none",
    )
    (folder / _NAME).write_text(text, "utf-8", "replace", newline="\n")
    return Package("onix", (_NAME,))


def _codes(recording: Recording) -> Iterator[str]:
    features = set(accessibility.book_features(recording))
    yield from (code for feature, code in _OF_FEATURES.items() if feature in features)
    if "pageBreakMarkers" in features and about(recording.script).identifiers:
        yield "19"
    if accessibility.every_sentence_sounds(recording) and "synchronizedAudioText" in features:
        yield "20"
    ways = accessibility.sufficient_modes(recording)
    yield from (code for way, code in {("auditory",): "51", ("textual",): "52"}.items() if way in ways)
