"""Cases: each folder of tests/articles holds a document and the article it is.

UPDATE_GOLDEN=1 writes article.json anew, for a person to read before it is kept.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from audio_edition.read import read

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "articles").glob("*/article.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_document_is_read_as_a_person_would(case: Path) -> None:
    """The article and its findings are those that were looked at and kept."""
    article = asdict(read(case / "article.txt", name="article.txt"))
    golden = case / "article.json"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(json.dumps(article, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n")
    assert json.loads(json.dumps(article)) == json.loads(golden.read_text(encoding="utf-8"))


def test_there_are_cases() -> None:
    """An empty folder must not pass for success."""
    assert len(CASES) >= 15
