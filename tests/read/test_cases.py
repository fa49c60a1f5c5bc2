"""Cases: each folder of tests/articles holds a document, `article` and its ending, and what is read from it. A document
that is an archive lies there unpacked, as a folder.

UPDATE_GOLDEN=1 writes expected.txt anew, for a person to read before it is kept.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audio_edition.read import read
from support.archives import packed
from support.places import ARTICLES
from support.read_golden import as_text
from support.soundness import assert_sound

DOCUMENTS = sorted(ARTICLES.glob("*/article.*"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.parent.name)
def test_a_document_is_read_as_a_person_would(document: Path) -> None:
    """The articles and their findings are those that were looked at and kept, and no word is lost."""
    issue = read(packed(document) if document.is_dir() else document, name=document.name)
    found = as_text(issue)
    golden = document.with_name("expected.txt")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(found, encoding="utf-8", newline="\n")
    assert_sound(issue)
    assert found == golden.read_text(encoding="utf-8")


def test_there_are_cases() -> None:
    """An empty folder must not pass for success."""
    assert len(DOCUMENTS) >= 15
