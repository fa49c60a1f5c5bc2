"""What books say about their own accessibility, in the schema.org vocabulary: only what is true.

EPUB Accessibility 1.1, 3; W3C Audiobooks, 4.4. No conformance is claimed here: that takes a person who checked it.
What is claimed follows W3C's package metadata authoring guide of 2026.
"""

from __future__ import annotations

from collections.abc import Iterator

from audio_edition.formats.disclosure import disclosure, narrated
from audio_edition.formats.images import images_shown
from audio_edition.formats.markup.mathml import cleaned
from audio_edition.model import Formula, Note, PageBreak, Passage, Picture, Recording, Script, Span, every
from audio_edition.translations import Words, words_for

HAZARDS = ("none",)
OF_SOUND = ("tableOfContents", "structuralNavigation", "readingOrder")
"""The features of a book of headings and sound."""
FEATURES = ("synchronizedAudioText", *OF_SOUND)


def every_sentence_sounds(recording: Recording) -> bool:
    """Whether each sentence of the text has its time in the sound, in the order in which they are read."""
    cues = [cue for chapter in recording.chapters for cue in chapter.cues]
    said = tuple(cue.utterance.id for cue in cues if cue.end > cue.start)
    return said == tuple(utterance.id for utterance in recording.script.utterances)


def access_modes(recording: Recording) -> list[str]:
    """Return the senses that the content of a book needs: text; sight too, if there are pictures. The narration is no
    content of its own (package metadata authoring guide, "synchronized text and audio"). A book of sound is heard."""
    if recording.book_text == "none":
        return ["auditory"]
    return ["textual", *(["visual"] if images_shown(recording.script) else [])]


def sufficient_modes(recording: Recording) -> list[tuple[str, ...]]:
    """Return the ways in which the whole content can be taken in. Text or sound is one by itself only if no picture is
    without words, and sound only if everything is heard. A book of sound has no other way."""
    if recording.book_text == "none":
        return [("auditory",)]
    text = [("textual",)] if in_words(recording) else []
    sound = [("auditory",)] if in_words(recording) and every_sentence_sounds(recording) else []
    both = [("textual", "visual")] if images_shown(recording.script) else []
    return [*text, *sound, *both] or [("textual",)]


def in_words(recording: Recording) -> bool:
    """Return whether no picture lacks words."""
    return all(picture.text.text for picture in _pictures(recording.script))


def book_features(recording: Recording) -> Iterator[str]:
    """Yield the features of a book: one with text shows the pictures and formulas of the document; pages both have."""
    yield from OF_SOUND if recording.book_text == "none" else _features_of_text(recording.script)
    if has_pages(recording.script):
        yield from ("pageBreakMarkers", "pageNavigation")


def _features_of_text(script: Script) -> Iterator[str]:
    yield from FEATURES
    yield from ("displayTransformability", "ARIA")
    pictures = list(_pictures(script))
    if pictures and all(picture.text.text for picture in pictures):
        yield "alternativeText"
    if any(picture.description for picture in pictures):
        yield "longDescription"
    if any(cleaned(mathml, "x", block=False) for mathml in _formulas(script)):
        yield from ("MathML", "describedMath")
    if any(span.kind == "ruby" and span.value.strip() for span in _spans(script)):
        yield "rubyAnnotations"


def has_pages(script: Script) -> bool:
    """Return whether a printed page begins somewhere."""
    is_block = any(isinstance(block, PageBreak) for chapter in script.chapters for block in every(chapter.blocks))
    return is_block or any(span.kind == "page" for span in _spans(script))


def _spans(script: Script) -> Iterator[Span]:
    return (span for passage in script.passages() for span in passage.spans)


def _formulas(script: Script) -> Iterator[str]:
    """Yield the formulas of a script that have MathML."""
    blocks = (block for chapter in script.chapters for block in every(chapter.blocks))
    yield from (block.mathml for block in blocks if isinstance(block, Formula) and len(block.text.utterances) == 1)
    yield from (span.value for span in _spans(script) if span.kind == "math")


def _pictures(script: Script) -> Iterator[Picture[Passage]]:
    held = {image.name for image in script.images}
    blocks = (block for chapter in script.chapters for block in every(chapter.blocks))
    return (block for block in blocks if isinstance(block, Picture) and block.image in held)


def summary(recording: Recording) -> str:
    """Return what the other entries do not say."""
    script = recording.script
    words = words_for("edition", script.language)
    if recording.book_text == "none":
        told = [words["of_sound"], disclosure(recording.voices, script.language)]
    else:
        told = [narrated(recording.voices, script.language, wholly=every_sentence_sounds(recording))]
        told.append(_of_images(script, words))
    if any(isinstance(block, Note | PageBreak) for chapter in script.chapters for block in every(chapter.blocks)):
        told.append(words["skippable"])
    return " ".join(told)


def _of_images(script: Script, words: Words) -> str:
    if not images_shown(script):
        return words["no_images"]
    unnamed = sum(not picture.text.text for picture in _pictures(script))
    return words.counted("undescribed", unnamed) if unnamed else words["described"]
