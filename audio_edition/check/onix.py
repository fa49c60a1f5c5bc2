"""Check the ONIX of an edition: it claims of the EPUB what the EPUB claims of itself, which is checked there."""

from __future__ import annotations

from collections.abc import Iterator

from audio_edition.check.epub import claim_untrue, properties_of
from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import FilesOfFolder, elements, within, xml_of
from audio_edition.model import Finding

_NAME = "onix.xml"
_MEANINGS = {
    "11": "tableOfContents", "13": "readingOrder", "14": "alternativeText", "17": "MathML", "19": "pageBreakMarkers",
    "20": "synchronizedAudioText", "29": "structuralNavigation", "30": "ARIA", "36": "displayTransformability",
    "41": "pageNavigation", "53": "describedMath",
}  # fmt: skip
"""What codes of list 196 claim, in the words of the EPUB's metadata."""
_WAYS = {"51": "auditory", "52": "textual"}
_NO_CLAIM = "00"


def onix_findings(manifest: Manifest, epub: str, there: list[str]) -> Iterator[Finding]:
    """Yield a claim that the EPUB does not make, and one that it makes and ONIX does not."""
    root = xml_of(FilesOfFolder("", manifest.folder, there), _NAME)
    codes = {
        within(elements(feature, "ProductFormFeatureValue")[0])
        for feature in elements(root, "ProductFormFeature")
        if within(elements(feature, "ProductFormFeatureType")[0]) == "09"
    } - {_NO_CLAIM}
    told = properties_of(manifest, epub)
    claimed, ways = set(told.get("accessibilityFeature", [])), set(told.get("accessModeSufficient", []))
    for code, name in (_MEANINGS | _WAYS).items():
        holds = name in claimed if code in _MEANINGS else name in ways
        # Pages of a printed book (19) and sound for every sentence (20) are less than the EPUB's words claim.
        if (code in codes and not holds) or (holds and code not in codes and code not in ("19", "20")):
            yield claim_untrue(_NAME, f"list 196, code {code} ({name})", "yes" if code in codes else "nothing")
    for code in sorted(codes - (_MEANINGS | _WAYS).keys()):
        yield claim_untrue(_NAME, "list 196", code)
