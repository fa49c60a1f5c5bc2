"""transcript.html: the text as an accessible page that stands alone, each sentence with the id of its cue."""

from __future__ import annotations

from collections.abc import Iterator

from audio_edition.formats.disclosure import disclosure, program
from audio_edition.formats.images import images_shown
from audio_edition.formats.language import direction
from audio_edition.formats.markup import HTML, bodies
from audio_edition.formats.outline import begins_with_title
from audio_edition.formats.pages import template
from audio_edition.model import Recording, Script
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for

_DESCRIPTION_LENGTH = 200


def html(recording: Recording) -> Iterator[str]:
    """Yield the page, in parts."""
    script = recording.script
    return template("transcript.html").generate(
        title=one_line(script.title),
        titled=begins_with_title(script),
        language=script.language or "und",
        description=description(script),
        bodies=bodies(script, HTML),
        has_pictures=bool(images_shown(script)),
        direction=direction,
        disclosure=disclosure(recording.voices, script.language, script.wording),
        words=words_for("edition", script.language),
        program=program(),
    )


def description(script: Script) -> str:
    """Return how the text begins, for search engines: in the page's language, as a sentence of ours would not be."""
    body = (utterance.text for utterance in script.utterances if utterance.role == "body")
    text = one_line(next(body, script.title))
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return f"{text[:_DESCRIPTION_LENGTH].rpartition(' ')[0] or text[:_DESCRIPTION_LENGTH]}…"
