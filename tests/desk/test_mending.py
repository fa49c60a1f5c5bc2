"""Each finding on the page of the edition leads to the place in the desk where it is mended."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urldefrag

import pytest

from audio_edition.desk.folder import Paper
from audio_edition.desk.mending import WHERES, mend_of, where_mended
from audio_edition.desk.saying import Said, read_said
from audio_edition.model import Finding
from audio_edition.model.finding_kinds import OF_DOCUMENTS, OF_EDITIONS
from audio_edition.translations import words_for
from support.desk import Visitor
from support.papers import NAME

AT = f"/issues/{NAME}"
FERRY, RAIN = "articles/ferry.txt", "articles/rain.txt"
SECOND = bytes(96_000)
KINDS = [kind for kind in (*OF_DOCUMENTS, *OF_EDITIONS) if where_mended(kind)]


def _said(folder: Path) -> Said:
    paper = Paper(folder)
    return read_said(paper.issue(NAME), paper.settings())


def _is_there(maker: Visitor, address: str) -> bool:
    """Whether a page is at the address, and on it the place that it names."""
    path, fragment = urldefrag(address)
    answer = maker.get(path)
    return answer.status == 200 and (not fragment or bool(answer.page.xpath("//*[@id=$id]", id=fragment)))


def test_every_kind_of_finding_leads_to_a_place_that_is_there(maker: Visitor, folder: Path) -> None:
    """Those of an article, of a sentence and of files: each kind that has a place, and no two pages by one name."""
    said, seen = _said(folder), dict[str, bool]()
    for kind in KINDS:
        for place in ("Rain falls on Brekkvik, paragraph 1", "the-courier.mp3: c04-p002-s01"):
            found = mend_of(Finding(kind, "warning", "x", place, "", ""), said, AT)
            if found:
                seen.setdefault(found.address, _is_there(maker, found.address))
    assert {address for address, there in seen.items() if not there} == set()
    assert {f"{AT}/article?name={RAIN.replace('/', '%2F')}#edit", f"{AT}/sentence/c04-p002-s01"} <= {
        address.replace("articles/", "articles%2F") for address in seen
    }


@pytest.mark.parametrize(
    ("kind", "place", "text", "address"),
    [
        ("bold-lines", "Rain falls on Brekkvik", "", f"/article?name={RAIN}#edit"),
        ("paragraph-language", "Last ferry leaves Halvøy, paragraph 2", "", f"/article?name={FERRY}#edit"),
        ("untitled-issue", "", "", "#facts"),
        ("voice-language", "", "", "/read"),
        ("lexicon-fault", "lexicon.txt, line 3", "", "/said#lexicon"),
        ("cue-silent", "the-courier.mp3: c04-p002-s01", "It rained.", "/sentence/c04-p002-s01"),
        ("cue-cut", "the-courier.mp3: c09-p002-s01", "It rained.", "/sentence/c04-p002-s01"),
        ("narration-unread", "c03-p002-s01", "The last ferry left.", f"/record?name={FERRY}#r-c03-p002-s01"),
        ("narration-noise", "ferry.wav", "", f"/record?name={FERRY}"),
        ("cue-silent", "the-courier.mp3: c03-p002-s02", "Nobody waved.", f"/record?name={FERRY}#r-c03-p002-s02"),
        ("file-changed", "transcript.txt", "", "/make#again"),
        ("text-differs", "the-courier.epub: c03-p002-s02", "Nobody waved.", "/make#again"),
    ],
)
def test_a_finding_leads_to_where_it_is_mended(
    maker: Visitor, folder: Path, kind: str, place: str, text: str, address: str
) -> None:
    """To the article, the sentence, the recording of who reads it; also where the ids have moved on since."""
    maker.piece(f"{AT}/piece?name={FERRY}&rate=48000&at=0", SECOND)
    found = mend_of(Finding(kind, "warning", "x", place, "", text), _said(folder), AT)
    assert found is not None
    assert found.address.replace("%2F", "/") == AT + address
    assert _is_there(maker, found.address)


@pytest.mark.parametrize(
    ("kind", "place", "text"),
    [
        ("heading-marks", "Rain falls on Brekkvik", ""),  # nothing is to be done
        ("tool-missing", "", ""),  # not at the desk
        ("bold-lines", "An article that is gone", ""),
        ("cue-silent", "the-courier.mp3: c04-p002-s01", "A sentence that is gone."),
        ("of-a-plug-in", "somewhere", ""),
    ],
)
def test_what_has_no_place_has_no_link(folder: Path, kind: str, place: str, text: str) -> None:
    """A link that leads to another article, or another sentence, is worse than none."""
    assert mend_of(Finding(kind, "warning", "x", place, "", text), _said(folder), AT) is None


def test_the_links_are_on_the_page(maker: Visitor, issue: Path) -> None:
    """Of what was found while it was made, and of the check."""
    (issue / "articles/rain.txt").write_text(
        "Rain falls on Brekkvik\n\n\nIt rained.\n\n* * \N{PARTY POPPER} *\n\nIt was wet.\n"
    )
    maker.send(maker.get(f"{AT}/make"), "/start")
    maker.get(f"{AT}/events")
    with (issue / "editions/the-courier/transcript.txt").open("a") as file:
        file.write("and more")
    maker.post(f"{AT}/check", {"token": maker.token(), "edition": "the-courier"})
    maker.get(f"{AT}/events")
    page = maker.get(f"{AT}/make").page
    links = {link.text_content().partition(":")[0]: link.get("href") for link in page.cssselect(".findings a")}
    assert links["Make it again"] == f"{AT}/make#again"
    assert links["Go to the article"].replace("%2F", "/") == f"{AT}/article?name={RAIN}#edit"


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_place_has_a_name(language: str) -> None:
    """In each language of the desk."""
    assert {f"mend_{where}" for where in WHERES} <= words_for("desk", language).by_name.keys()
