"""Write the tables of docs/findings.md and docs/check.md from the kinds of findings."""

from __future__ import annotations

from pathlib import Path

from audio_edition.model.finding_kinds import OF_DOCUMENTS, OF_EDITIONS, table_of

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {DOCS / "findings.md": OF_DOCUMENTS, DOCS / "check.md": OF_EDITIONS}
BEGIN, END = "<!-- table: made by scripts/findings.py -->\n", "<!-- end of table -->"


def page(path: Path) -> str:
    """Return one of the pages as it should be."""
    text = path.read_text("utf-8")
    before, after = text.partition(BEGIN)[0], text.partition(END)[2]
    return f"{before}{BEGIN}\n{table_of(PAGES[path])}\n{END}{after}"


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(page(path), "utf-8")
