"""Script: an Article or an Issue becomes chapters of utterances, each with a stable id and its form as it is said, and
the silence between them. A script can be written as JSON, edited and read back; show.py renders it for people."""

from __future__ import annotations

from audio_edition.script.announcements import Announcements
from audio_edition.script.choices import Choices
from audio_edition.script.exchange import is_script, script_from_json, script_to_json
from audio_edition.script.wording import unspeakable
from audio_edition.script.write import write_issue_script, write_script

__all__ = [
    "Announcements",
    "Choices",
    "is_script",
    "script_from_json",
    "script_to_json",
    "unspeakable",
    "write_issue_script",
    "write_script",
]
