"""What books say of themselves to people who choose by it: the schema.org accessibility vocabulary, only what is true.

EPUB Accessibility 1.1, 3; W3C Audiobooks, 4.4. No conformance is claimed here: that takes somebody who looked.
"""

from __future__ import annotations

from audio_edition.model import Recording
from audio_edition.publish.disclosure import by_voices

HAZARDS = ("none",)
FEATURES = ("synchronizedAudioText", "tableOfContents", "structuralNavigation", "readingOrder")


def every_sentence_sounds(recording: Recording) -> bool:
    """Whether each sentence of the text has its time in the sound, in the order in which they are read."""
    cues = [cue for chapter in recording.chapters for cue in chapter.cues]
    said = tuple(cue.utterance.id for cue in cues if cue.end > cue.start)
    return said == tuple(utterance.id for utterance in recording.script.utterances)


def sufficient_modes(recording: Recording) -> list[tuple[str, ...]]:
    """The ways in which the whole can be taken in; listening alone is one only where nothing is unheard."""
    alone = [("auditory",)] if every_sentence_sounds(recording) else []
    return [("textual",), *alone, ("textual", "auditory")]


def summary(recording: Recording) -> str:
    """What the other entries do not say."""
    narrated = "All text is narrated" if every_sentence_sounds(recording) else "Not all text is narrated"
    return (
        f"{narrated}, sentence by sentence, by {by_voices(recording.voices)}. "
        "There are no images but the cover, which shows title, publisher and date."
    )
