"""Recordings by the stitcher alone: nobody speaks ahead."""

from __future__ import annotations

from audio_edition.model import ChapterRecording, Clip, Script, Utterance
from audio_edition.record.stitch import Stitcher, plan_takes


def record(stitcher: Stitcher, script: Script) -> tuple[ChapterRecording, ...]:
    """Return the chapters of a script, whose tracks are in the stitcher's folder."""

    def say(utterance: Utterance) -> Clip:
        return stitcher.cast.narrator_of(utterance).speak(utterance)

    plans = plan_takes(script)
    return stitcher.chapters(plans, [stitcher.record_take(plan, say) for plan in plans])
