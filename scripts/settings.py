"""Write the tables of docs/settings.md from the declarations of the settings."""

from __future__ import annotations

from pathlib import Path

from audio_edition.config import documented

PAGE = Path(__file__).parents[1] / "docs/settings.md"
BEGIN, END = "<!-- tables: made by scripts/settings.py -->\n", "<!-- end of tables -->"


def page() -> str:
    """Return the page as it should be."""
    text = PAGE.read_text("utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    return before + BEGIN + documented() + END + after


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
