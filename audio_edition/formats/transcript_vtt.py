"""transcript.vtt: a WebVTT cue for each sentence and heading, timed from the start of the edition.

A cue is what is heard: with the words that the program adds, and without what nobody says, as the mark of a note.
"""

from __future__ import annotations

from collections.abc import Iterator

from audio_edition.formats.clock import milliseconds, timestamp
from audio_edition.formats.disclosure import disclosure
from audio_edition.model import Recording, Span, Utterance, is_language_tag
from audio_edition.model.characters import one_line


def vtt(recording: Recording) -> Iterator[str]:
    """Yield the file, one cue at a time (WebVTT 4.1). It has no STYLE or REGION: FFmpeg 5 reads no cue of a file with
    one."""
    script = recording.script
    told = disclosure(recording.voices, script.language, script.wording)
    yield f"WEBVTT\n\nNOTE {escaped(script.title)}\n\nNOTE {escaped(told)}\n"
    for chapter in recording.chapters:
        for cue in chapter.cues:
            start = milliseconds(chapter.start + cue.start)
            end = max(milliseconds(chapter.start + cue.end), start + 1)
            text = _payload(cue.utterance, script.language)
            yield f"\n{cue.utterance.id}\n{timestamp(start)} --> {timestamp(end)}\n{text}\n"


def _payload(utterance: Utterance, language: str) -> str:
    """Return the text of a cue; what is in another language than the edition says so (WebVTT 4.2.2, `lang`)."""
    said = (utterance.announces, _marked_up(utterance.text, utterance.spans), utterance.concludes)
    text = " ".join(part for part in map(escaped, said) if part)
    if utterance.language in ("", language) or not is_language_tag(utterance.language):
        return text
    return f"<lang {utterance.language}>{text}</lang>"


def _marked_up(text: str, spans: tuple[Span, ...]) -> str:
    """Return the text with readings, and with marks around what is struck, as in transcript.txt."""
    marks: list[tuple[int, str]] = []
    for span in spans:
        if span.kind == "struck":
            marks += [(span.start, "~~"), (span.end, "~~")]
        elif span.kind == "ruby" and span.value:
            marks.append((span.end, f" ({span.value})"))
    for at, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    return text


def escaped(text: str) -> str:
    """Return the text on one line as cue text (WebVTT 4.2.2), which cannot end the cue, or begin a tag or a time
    line."""
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
