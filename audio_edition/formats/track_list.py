"""An edition as players see it that know no levels: one track after the other. An article alone has a track for each
chapter; of an issue, each article is one, with all its chapters."""

from __future__ import annotations

from dataclasses import dataclass

from audio_edition.model import ChapterRecording, Recording


@dataclass(frozen=True, slots=True)
class Track:
    """Consecutive chapters under one title. Times are in samples from the start of the edition."""

    title: str
    chapters: tuple[ChapterRecording, ...]

    @property
    def start(self) -> int:
        return self.chapters[0].start

    @property
    def end(self) -> int:
        return self.chapters[-1].end

    @property
    def length(self) -> int:
        return self.end - self.start


def track_list(recording: Recording) -> list[Track]:
    """Return the tracks in order; together they are the whole edition."""
    together: list[list[ChapterRecording]] = []
    for recorded in recording.chapters:
        if together and recorded.chapter.continues:
            together[-1].append(recorded)
        else:
            together.append([recorded])
    return [Track(first[0].chapter.track or first[0].chapter.title, tuple(first)) for first in together]
