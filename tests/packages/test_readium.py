"""Readium's parser, which Thorium plays books with, finds in the read-along books what they say: each sentence of the
text once, in order, with its sound from and to the millisecond.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from audio_edition.edition.build import Edition
from audio_edition.model import RATE_HZ
from support.editions import the_file
from support.readium import Heard, heard_in, overlays_of, roles_in

pytestmark = pytest.mark.tool("r2-shared-js-cli", "npm install --ignore-scripts r2-shared-js (as .ci/run does)")


def _is_at(found: Heard, sentence: str, start: int, end: int) -> bool:
    """Whether it is the sentence, from its first sample to its last and not beyond the next one's first."""
    name, begins, ends = found
    return name == sentence and abs(begins - start * 1000 / RATE_HZ) <= 1 and ends + 1 >= end * 1000 / RATE_HZ


@pytest.mark.parametrize("name", ["harbour", "newspaper", "everything", "hostile", "cells"])
def test_readium_finds_each_sentence_of_the_book_where_it_sounds(build: Callable[[str], Edition], name: str) -> None:
    """A tree for each chapter and one for the contents; what is heard follows without gap or overlap."""
    edition = build(name)
    overlays = {Path(tree["SmilPathInZip"]).stem: tree for tree in overlays_of(the_file(edition, ".epub"))}
    for chapter in edition.recording.chapters:
        heard = list(heard_in(overlays.pop(chapter.chapter.id)))
        assert len(heard) == len(chapter.cues)
        for found, cue in zip(heard, chapter.cues, strict=True):
            assert _is_at(found, cue.utterance.id, cue.start, cue.end), (found, cue)
        assert [end for _, _, end in heard[:-1]] == [begin for _, begin, _ in heard[1:]]
    assert [list(heard_in(tree)) != [] for tree in overlays.values()] in ([], [True])


def test_readium_finds_what_can_be_skipped_and_left(build: Callable[[str], Edition]) -> None:
    """Notes, boxes, spoken pages, tables with rows and cells, lists in lists; what Thorium skips by default is
    there."""
    trees = overlays_of(the_file(build("everything"), ".epub"))
    found = [role for tree in trees for role, _ in roles_in(tree)]
    assert Counter(found) == {
        "footnote": 2, "aside": 2, "list": 3, "list-item": 5, "figure": 1, "table": 1, "table-row": 3,
        "table-cell": 7, "pagebreak": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("format_", "roles"),
    [
        ("daisy202", {"note": 6, "sidebar": 2, "pagebreak": 1}),
        ("daisy3", {"note": 6, "sidebar": 1, "pagebreak": 3}),
    ],
)
def test_readium_finds_what_can_be_skipped_in_talking_books(
    build: Callable[[str], Edition], format_: str, roles: dict[str, int]
) -> None:
    """Notes, descriptions and alternative texts, which it calls notes, boxes and pages: of DAISY 2.02 each sentence
    that is skipped, of DAISY 3 each structure."""
    trees = overlays_of(the_file(build("everything"), f"-{format_}.zip"))
    assert Counter(role for tree in trees for role, _ in roles_in(tree)) == roles
    heard = [found for tree in trees for found in heard_in(tree)]
    assert len(heard) == len(build("everything").recording.script.utterances)


@pytest.mark.parametrize("name", ["harbour", "newspaper", "everything", "cells"])
def test_readium_finds_each_sentence_of_the_talking_book(build: Callable[[str], Edition], name: str) -> None:
    """It reads DAISY 2.02 as well: the sentences of all chapters, in order. (Titles with `<` it can't: it writes them
    into XML of its own as they are.)"""
    edition = build(name)
    heard = [found for tree in overlays_of(the_file(edition, "-daisy202.zip")) for found in heard_in(tree)]
    assert [found[0] for found in heard] == [cue.id for cue in edition.recording.script.utterances]


@pytest.mark.parametrize(
    ("pattern", "replacement"),
    [
        (rb'<par id="par-c01-p003-s01".*?</par>', b""),
        (rb'(<text src="c01.xhtml#)c01-p003-s01"', rb'\1c01-p004-s01"'),
        (rb'(<text src="c01.xhtml#c01-p003-s01"/>\s*<audio[^>]*clipBegin=")\d', rb"\g<1>9"),
    ],
)
def test_readium_would_notice(
    build: Callable[[str], Edition], tmp_path: Path, pattern: bytes, replacement: bytes
) -> None:
    """The broken twins: a sentence left out, another's text, another time."""
    edition = build("harbour")
    book = tmp_path / "book.epub"
    with zipfile.ZipFile(the_file(edition, ".epub")) as whole, zipfile.ZipFile(book, "w") as broken:
        for entry in whole.infolist():
            data = whole.read(entry)
            if entry.filename.endswith("c01.smil"):
                data, count = re.subn(pattern, replacement, data, count=1, flags=re.DOTALL)
                assert count == 1
            broken.writestr(entry, data)
    first = next(tree for tree in overlays_of(book) if tree["SmilPathInZip"].endswith("c01.smil"))
    heard, cues = list(heard_in(first)), edition.recording.chapters[0].cues
    is_whole = len(heard) == len(cues) and all(
        _is_at(found, cue.utterance.id, cue.start, cue.end) for found, cue in zip(heard, cues, strict=False)
    )
    assert not is_whole
