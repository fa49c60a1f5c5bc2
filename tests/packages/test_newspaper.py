"""A newspaper: sections, articles and subheadings nest where players know levels, and are tracks where they don't."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from mutagen.mp3 import MP3

from audio_edition.edition.build import Edition
from support.editions import NEWSPAPER, the_file
from support.newspaper import SECTIONS

Nested = list[tuple[str, "Nested"]]
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="session")
def courier(build: Callable[[str], Edition]) -> Edition:
    return build(NEWSPAPER)


def _articles(edition: Edition) -> list[str]:
    """The titles of the articles, in order."""
    return [
        chapter.title for chapter in edition.recording.script.chapters if chapter.title.startswith(("The f", "Le b"))
    ]


def test_the_epub_nests_articles_in_sections(courier: Edition) -> None:
    """Its contents are sections, articles in them, and their subheadings in those."""
    with zipfile.ZipFile(the_file(courier, ".epub")) as book:
        nav = etree.fromstring(book.read("EPUB/nav.xhtml"))
    top = _nested(next(nav.iter(f"{XHTML}ol")))
    assert [title for title, _ in top] == [
        "The Courier, 22 November", "Contents", *SECTIONS, "End of The Courier, 22 November.",
    ]  # fmt: skip
    sections = {title: inner for title, inner in top if title in SECTIONS}
    assert {title: len(inner) for title, inner in sections.items()} == {
        name: len(some) for name, some in SECTIONS.items()
    }
    assert sections["Sport"][0][1] == [("What the captain says", [])]
    assert sections["Sport"][3][1] == []


def _nested(items: etree._Element) -> Nested:
    return [
        (item[0].text or "", _nested(item[1]) if len(item) > 1 else []) for item in items.iterchildren(f"{XHTML}li")
    ]


def test_daisy_has_the_levels_as_headings(courier: Edition) -> None:
    """The NCC: the edition at 1, sections at 2, articles at 3, subheadings at 4."""
    with zipfile.ZipFile(the_file(courier, "-daisy202.zip")) as book:
        ncc = book.read("ncc.html").decode()
    found = re.findall(r"<h(\d)[^>]*><a [^>]*>([^<]*)<", ncc)
    levels = {"Contents": 2, "What the captain says": 4, "Le capitaine parle": 4} | dict.fromkeys(SECTIONS, 2)
    levels |= {f"{number}. {title}": 3 for number, title in enumerate(_articles(courier), start=3)}
    assert found[0] == ("1", "The Courier, 22 November")
    assert {title: int(level) for level, title in found[1:] if title in levels} == levels


def test_the_contents_number_the_articles_as_the_tracks_are(courier: Edition) -> None:
    """Who hears "7" finds it in track 7: in its file's name, in its tag and on the playlist."""
    (contents,) = (chapter for chapter in courier.recording.script.chapters if chapter.title == "Contents")
    listed = {
        utterance.announces.removesuffix("."): utterance.text
        for utterance in contents.utterances
        if utterance.role == "list_item"
    }
    assert list(listed.values()) == _articles(courier)
    tracks = sorted((courier.folder / "tracks").iterdir())
    assert len(tracks) == 2 + 12 + 1
    for number, title in listed.items():
        tags = MP3(tracks[int(number) - 1]).tags
        assert tags is not None
        assert (tags["TRCK"].text, tags["TIT2"].text) == ([f"{number}/15"], [title])
        assert tracks[int(number) - 1].name.startswith(f"{int(number):03}-")
    playlist = (courier.folder / "playlist.m3u8").read_text("utf-8").splitlines()
    assert [Path(line).name for line in playlist if not line.startswith("#")] == [track.name for track in tracks]


def test_players_without_levels_list_the_articles(courier: Edition) -> None:
    """MP3, M4B and the podcast chapters have a chapter for each track, and no subheadings."""
    expected = ["The Courier, 22 November", "Contents", *_articles(courier), "End of The Courier, 22 November."]
    chapters = json.loads((courier.folder / "chapters.json").read_text("utf-8"))["chapters"]
    assert [chapter["title"] for chapter in chapters] == expected
    tags = MP3(the_file(courier, ".mp3")).tags
    assert tags is not None
    found = sorted(tags.getall("CHAP"), key=lambda chapter: chapter.start_time)
    assert [str(chapter.sub_frames["TIT2"]) for chapter in found] == expected
    assert [round(chapter["startTime"] * 1000) for chapter in chapters] == [chapter.start_time for chapter in found]


def test_a_track_opens_with_its_section_where_one_begins(courier: Edition) -> None:
    """The name of the section is heard at the start of its first article's track."""
    opening = [chapter for chapter in courier.recording.script.chapters if chapter.title in SECTIONS]
    assert [chapter.track for chapter in opening] == [
        "The ferry is late again, day 1", "The ferry is late again, day 6", "The ferry is late again, day 9",
    ]  # fmt: skip


def test_each_language_has_its_voice(courier: Edition) -> None:
    """The French articles, their titles in the contents, and a French phrase are spoken by a French voice; all else is
    not."""
    french = {
        cue.utterance.text
        for chapter in courier.recording.chapters
        for cue in chapter.cues
        if cue.voice and cue.voice.language.startswith("fr")
    }
    assert "bon appétit, mes amis," in french
    assert {"Le bac est encore en retard, day 7", "7. Le bac est encore en retard, day 7"} & french
    said_french = {utterance.text for utterance in courier.recording.script.utterances if utterance.language == "fr"}
    assert french == said_french


def test_lists_stand_as_lists(courier: Edition) -> None:
    """In the transcript, the EPUB and the DAISY text: the contents count on as the tracks do, and no list is lost."""
    with zipfile.ZipFile(the_file(courier, ".epub")) as book:
        texts = ["".join(book.read(name).decode() for name in book.namelist() if re.search(r"c\d+\.xhtml", name))]
    with zipfile.ZipFile(the_file(courier, "-daisy202.zip")) as book:
        texts.append(book.read("content.html").decode())
    texts.append((courier.folder / "transcript.html").read_text("utf-8"))
    for text in texts:
        lists = re.findall(r'<(ol|ul)(?: id="[^"]*")?(?: start="(\d+)")?>(.*?)</\1>', text, re.DOTALL)
        assert [(name, start, found.count("<li")) for name, start, found in lists] == [
            ("ol", "3", 5),
            ("ol", "8", 3),
            ("ol", "11", 4),
            ("ul", "", 2),
        ]
