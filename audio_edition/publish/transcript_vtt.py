"""transcript.vtt: a WebVTT cue for each sentence and heading, timed from the start of the edition."""

from __future__ import annotations

from collections.abc import Iterator

from audio_edition.model import Recording
from audio_edition.publish.characters import one_line
from audio_edition.publish.clock import milliseconds, timestamp
from audio_edition.publish.disclosure import disclosure


def vtt(recording: Recording) -> Iterator[str]:
    """The file, a cue at a time (WebVTT 4.1). No STYLE or REGION: FFmpeg 5 reads no cue of a file with one."""
    yield f"WEBVTT\n\nNOTE {escaped(recording.script.title)}\n\nNOTE {escaped(disclosure(recording.voices))}\n"
    for chapter in recording.chapters:
        for cue in chapter.cues:
            start = milliseconds(chapter.start + cue.start)
            end = max(milliseconds(chapter.start + cue.end), start + 1)
            text = escaped(cue.utterance.text)
            yield f"\n{cue.utterance.id}\n{timestamp(start)} --> {timestamp(end)}\n{text}\n"


def escaped(text: str) -> str:
    """The text on one line as cue text (WebVTT 4.2.2): it can't end the cue, nor begin a tag or a time line."""
    return one_line(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
