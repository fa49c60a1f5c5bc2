"""What MkDocs does besides: the changelog becomes a page, and links to files outside `docs/` become plain text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).resolve().parents[1]
_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]*\)")


def on_files(files: Files, config: Any) -> Files:
    """Add CHANGELOG.md, whose links lead into `docs/`, as a page of the site."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8").replace("](docs/", "](")
    files.append(File.generated(config, "changes.md", content=text))
    return files


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Return the page without links to what is not on the site, such as source files; their words stay."""
    return _OUTSIDE.sub(r"\1", markdown)
