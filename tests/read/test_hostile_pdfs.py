"""PDFs that mean harm: an edition of what is sound, or one sentence, within limits."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from audio_edition.errors import ReadError
from audio_edition.model import leaves
from audio_edition.read import read
from support.limits import needs_limits
from support.pdfs import Tag, Text, circling_tags, column, deep_tags, doubling, inflating, pdf
from support.soundness import read_or_refused

SOUND = "The first page is sound."
_LINES = ["It rained on the quay, and on the boats,", "all day long, so that nobody went out", "who had not to."]
_COLUMNS = pdf([Text(60, 760, "The Tide", 24), *column(_LINES, top=700), *column(_LINES, left=300, top=700)])
_TAGGED = pdf(
    [Text(60, 760, "The Tide", content=0), Text(60, 740, "It rained.", content=1), Text(60, 720, "1", content=2)],
    tags=[Tag("H1", [0]), Tag("Table", [Tag("TR", [Tag("TH", [1]), Tag("TD", [2])])])],
    labels=[(0, "r")],
    language="en",
)


@needs_limits
@pytest.mark.slow
@pytest.mark.parametrize(
    "data", [inflating(2_000), doubling(30)], ids=["2 GB in one content", "a form that draws the next one twice"]
)
def test_a_page_that_takes_too_much_costs_that_page(data: bytes) -> None:
    """The others are read, and the finding names it."""
    article = read(data, name="a.pdf").articles[0]
    assert article.title == SOUND
    (lost,) = (finding for finding in article.findings if finding.id == "page-lost")
    assert lost.message.endswith(": 2.")


@pytest.mark.parametrize("data", [circling_tags(), deep_tags(3_000)], ids=["a circle", "3,000 deep"])
def test_tags_in_a_circle_or_very_deep_are_read_once(data: bytes) -> None:
    article = read(data, name="a.pdf").articles[0]
    said = " ".join([article.title, *(leaf.text for leaf in leaves(article.blocks))])
    assert said in ("Round and round it goes.", "Deep down lies a word.")


@needs_limits
@pytest.mark.slow
def test_a_very_deep_tree_of_tags_is_read() -> None:
    assert read(deep_tags(200_000), name="a.pdf").articles[0].title == "Deep down lies a word."


def test_bytes_behind_the_mark_make_no_other_error() -> None:
    for data in (
        b"%PDF-1.7",
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        b"%PDF-2.0\n%%EOF",
        b"%PDF-1.4\ntrailer<</Root 1 0 R>>",
    ):
        with pytest.raises(ReadError, match=r"a\.pdf is a PDF that is damaged"):
            read(data, name="a.pdf")


@st.composite
def _damaged(draw: st.DrawFn) -> bytes:
    """A sound PDF with pieces cut out, doubled and overwritten."""
    data = draw(st.sampled_from([_TAGGED, _COLUMNS, circling_tags()]))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        middle = draw(
            st.sampled_from([b"", data[start:end] * 2, b"/", b"<<", b">>", b"[", b"0 R", b"-1", b"99999999999"])
        )
        data = data[:start] + middle + data[end:]
    return data


@pytest.mark.slow
def test_no_damage_makes_the_reader_fail() -> None:
    """Whatever is changed: a sound article, or a refusal. AUDIO_EDITION_FUZZ_SECONDS=600 goes on for ten minutes."""
    end = time.monotonic() + float(os.environ.get("AUDIO_EDITION_FUZZ_SECONDS", "0"))
    rounds = 0
    while rounds == 0 or time.monotonic() < end:

        @seed(rounds)
        @settings(max_examples=10, suppress_health_check=list(HealthCheck))
        @given(_damaged())
        def search(data: bytes) -> None:
            read_or_refused(data, "a.pdf")

        run: Callable[[], None] = search
        run()
        rounds += 1


def test_nothing_beside_the_document_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module in the current folder that is called as one of ours is not imported by the process that opens PDFs."""
    for name in ("pikepdf.py", "pypdfium2.py", "json.py"):
        (tmp_path / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    assert read(pdf([Text(60, 700, SOUND), *column(["It is."], top=600)]), name="a.pdf").articles[0].title == SOUND
    assert not (tmp_path / "ran").exists()
    assert sys.path[0] != str(tmp_path)
