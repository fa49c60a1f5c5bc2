"""What books say about their own accessibility, in the schema.org vocabulary: only what is true.

EPUB Accessibility 1.1, 3; W3C Audiobooks, 4.4. No conformance is claimed here: that takes a person who checked it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audio_edition.formats.disclosure import narrated
from audio_edition.formats.images import images_shown
from audio_edition.formats.markup import Body
from audio_edition.model import Passage, Picture, Recording, Script, every
from audio_edition.translations import Words, words_for

HAZARDS = ("none",)
FEATURES = ("synchronizedAudioText", "tableOfContents", "structuralNavigation", "readingOrder")


def every_sentence_sounds(recording: Recording) -> bool:
    """Whether each sentence of the text has its time in the sound, in the order in which they are read."""
    cues = [cue for chapter in recording.chapters for cue in chapter.cues]
    said = tuple(cue.utterance.id for cue in cues if cue.end > cue.start)
    return said == tuple(utterance.id for utterance in recording.script.utterances)


def sufficient_modes(recording: Recording) -> list[tuple[str, ...]]:
    """Return the ways in which the whole content can be taken in; listening alone is one only if everything is
    heard."""
    alone = [("auditory",)] if every_sentence_sounds(recording) else []
    return [("textual",), *alone, ("textual", "auditory")]


def book_features(script: Script, written: Sequence[Body]) -> Iterator[str]:
    """Yield the features of a book that shows the pictures, formulas and pages of the document."""
    yield from FEATURES
    yield "displayTransformability"
    pictures = list(_pictures(script))
    if pictures and all(picture.text.text for picture in pictures):
        yield "alternativeText"
    if any(picture.description for picture in pictures):
        yield "longDescription"
    if any(body.has_mathml for body in written):
        yield from ("MathML", "describedMath")
    if any(body.pages for body in written):
        yield from ("pageBreakMarkers", "pageNavigation")


def _pictures(script: Script) -> Iterator[Picture[Passage]]:
    held = {image.name for image in script.images}
    blocks = (block for chapter in script.chapters for block in every(chapter.blocks))
    return (block for block in blocks if isinstance(block, Picture) and block.image in held)


def summary(recording: Recording) -> str:
    """Return what the other entries do not say."""
    script = recording.script
    told = narrated(recording.voices, script.language, wholly=every_sentence_sounds(recording))
    return f"{told} {_of_images(script, words_for('edition', script.language))}"


def _of_images(script: Script, words: Words) -> str:
    if not images_shown(script):
        return words["no_images"]
    unnamed = sum(not picture.text.text for picture in _pictures(script))
    return words.counted("undescribed", unnamed) if unnamed else words["described"]
