"""A small newspaper in a folder: one issue of three articles, two of them in no section."""

from __future__ import annotations

from pathlib import Path

SETTINGS = '[speech]\nengine = "tone"\n\n[edition]\nformats = ["mp3", "tracks", "page", "transcript"]\n'
"""Beeps, in the formats that the desk hands out."""
LIST = """# Ours since 1848
title = "The Courier"
date = 2026-11-30
language = "en"
articles = ["articles/ferry.txt", "articles/rain.txt"]

[[section]]
title = "Sport"
articles = ["articles/match.txt"]
"""
STORIES = {
    "ferry": "Last ferry leaves Halvøy\n\n\nThe last ferry left. Nobody waved.\n",
    "rain": "Rain falls on Brekkvik\n\n\nIt rained. It was wet.\n",
    "match": "Match is drawn\n\n\nNobody won. Nobody lost.\n",
}
NAME = "2026-11-30"


def paper(folder: Path) -> Path:
    """Write a folder with one issue of three articles, and return it."""
    issue = folder / NAME
    (issue / "articles").mkdir(parents=True)
    (folder / "audio-edition.toml").write_text(SETTINGS)
    (issue / "edition.toml").write_text(LIST)
    for name, story in STORIES.items():
        (issue / "articles" / f"{name}.txt").write_text(story)
    return folder
