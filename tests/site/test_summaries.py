"""What site, feed and catalogue tell of an edition before it is opened."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.edition.issue import Source
from audio_edition.model import Speech
from audio_edition.site import SiteOptions, publish_site
from support.small_editions import BASE, small_edition

TONE = Settings(speech=Speech(engine="tone"), formats=("mp3",), title="The Courier", date="2026-11-22")
LEADS_OVER = b"""Harbour closed

The harbour is closed. A vote was held. In the order in which it happened:

- The mayor spoke.
- The band played.

The harbour master said on the radio:

> We are shut.

Then it rained.
"""


def _told(tmp_path: Path, edition: Path) -> str:
    site = publish_site(tmp_path / "site", [edition], options=SiteOptions(BASE)).site
    text = site.entries[0].description
    catalogue = json.loads((tmp_path / "site/opds.json").read_bytes())
    assert text in (tmp_path / "site/index.html").read_text("utf-8")
    assert text in (tmp_path / "site/feed.xml").read_text("utf-8")
    assert catalogue["publications"][0]["metadata"]["description"].startswith(text)
    return text


def test_a_summary_does_not_string_lead_ins_together(tmp_path: Path) -> None:
    """It ends before what leads over to a list or to somebody's words."""
    script = make_script(LEADS_OVER, TONE, "a.txt")
    assert _told(tmp_path, make_edition(script, tmp_path, TONE).folder) == "The harbour is closed. A vote was held."


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["He said:", "It rains. Truly.", "It snows."], "It rains. Truly. It snows."),
        (["A " + "long " * 30 + "sentence.", "Another " + "long " * 30 + "one."], "A " + "long " * 30 + "sentence."),
        (["Word " * 100 + "end."], ("Word " * 64).strip() + " …"),
        (["港は閉鎖された。", "雨が降った。"], "港は閉鎖された。 雨が降った。"),
        (["สวัสดีชาวโลก", "ท่าเรือปิด"], "สวัสดีชาวโลก ท่าเรือปิด"),
        (["“It is shut.”", "And (so they say.)"], "“It is shut.” And (so they say.)"),
        ([], ""),
    ],
)
def test_a_summary_ends_at_a_sentence(tmp_path: Path, texts: list[str], told: str) -> None:
    """In any writing; only a sentence that is too long alone is cut, and is seen to be."""
    assert _told(tmp_path, small_edition(tmp_path / "output", "Title", texts)) == told


def test_what_a_document_tells_of_itself_ends_at_a_sentence_too(tmp_path: Path) -> None:
    """Also where that is a text of many sentences."""
    edition = small_edition(tmp_path / "output", "Title")
    manifest = json.loads((edition / "edition.json").read_bytes())
    manifest["metadata"] = {"description": "About the sea. " * 40}
    (edition / "edition.json").write_text(json.dumps(manifest), "utf-8")
    assert _told(tmp_path, edition) == ("About the sea. " * 21).strip()


@pytest.mark.parametrize("announced", [True, False])
def test_a_newspaper_is_told_by_its_headlines(tmp_path: Path, announced: bool) -> None:
    """Of all sections, in order, without the names of sections, the contents and what announces them."""
    sources = [
        Source(b"Rain falls\n\nIt rained.\n\n- Later -\n\nIt stopped.\n", "a.txt"),
        Source(b"Match drawn\n\nNobody won.\n", "b.txt", "Sport"),
        Source(b"Boats race\n\nOne sank.\n", "c.txt", "Sport"),
    ]
    script = make_script(sources, replace(TONE, announcements=announced))
    assert _told(tmp_path, make_edition(script, tmp_path, TONE).folder) == "Rain falls; Match drawn; Boats race"


def test_only_whole_headlines_are_told(tmp_path: Path) -> None:
    """A newspaper of many articles is told by as many as there is room for."""
    sources = [Source(f"Headline of story {n} in full\n\nText.\n".encode(), f"{n}.txt") for n in range(30)]
    told = _told(tmp_path, make_edition(make_script(sources, TONE), tmp_path, TONE).folder)
    assert told.endswith(" in full …")
    assert len(told) <= 322
