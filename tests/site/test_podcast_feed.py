"""The feed keeps the rules of RSS 2.0, of Apple Podcasts and of the podcast name space, and other readers take it."""

from __future__ import annotations

import base64
import datetime
import hashlib
import re
import struct
import uuid
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import Speech
from audio_edition.site import SiteOptions, publish_site
from support.places import ROOT
from support.small_editions import BASE, HOSTILE, small_edition

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
ASCII_URL = re.compile(r"https://example\.org/listen/[!-~]*")
ENCLOSED = {"audio/mpeg", "audio/x-m4a"}
TRANSCRIPTS = {"text/vtt", "text/html", "text/plain", "application/x-subrip", "application/json"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a real edition of beeps with all packages, one without a date, one that has only M4B, a hostile one."""
    output = tmp_path_factory.mktemp("output")
    settings = Settings(speech=Speech(engine="tone"), date="2026-11-22")
    real = make_edition(make_script(ROOT / "seeds/brief.txt", settings), output, settings).folder
    others = [
        small_edition(output, "Ohne Datum", ["Nichts geschah."], published="", language="de", byline=""),
        small_edition(output, "Only M4B", published="2026-01-09", formats=["m4b"], source="", byline=""),
        small_edition(output, HOSTILE, [HOSTILE], byline=HOSTILE, source=HOSTILE, published="2024-02-29"),
    ]
    site = tmp_path_factory.mktemp("published") / "site"
    options = SiteOptions(BASE, f"Listen {HOSTILE}", f"All {HOSTILE}")
    publish_site(site, [real, *others], options=options)
    return site


@pytest.fixture(scope="module")
def channel(site: Path) -> ElementTree.Element:
    root = ElementTree.parse(site / "feed.xml").getroot()
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    return channel


def _items(channel: ElementTree.Element) -> Iterator[ElementTree.Element]:
    found = channel.findall("item")
    assert len(found) == 4
    yield from found


def _one(element: ElementTree.Element, name: str) -> str:
    """The text of the only child of a name."""
    (child,) = element.findall(name)
    return child.text or ""


def test_the_channel_has_what_directories_ask_for(channel: ElementTree.Element, site: Path) -> None:
    """Title, description, picture, language, category, explicit, type, a link to itself, and its lasting name."""
    assert len(_one(channel, "description").encode()) <= 4000
    assert _one(channel, "title").startswith("Listen </title><script>")
    assert re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", _one(channel, "language"))
    assert _one(channel, f"{ITUNES}explicit") == "false"
    assert _one(channel, f"{ITUNES}type") == "episodic"
    assert _one(channel, f"{PODCAST}medium") == "podcast"
    assert channel.find(f"{ITUNES}category").get("text") == "News"  # type: ignore[union-attr]
    link = channel.find(f"{ATOM}link")
    assert link is not None
    assert (link.get("rel"), link.get("href")) == ("self", f"{BASE}feed.xml")
    name_space = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
    assert _one(channel, f"{PODCAST}guid") == str(uuid.uuid5(name_space, "example.org/listen/feed.xml"))
    assert channel.find(f"{ITUNES}image").get("href") == f"{BASE}cover.png"  # type: ignore[union-attr]
    assert _size_of_png(site / "cover.png") == (1600, 1600)


def _size_of_png(path: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height


def test_each_item_has_one_enclosure_of_exact_size(channel: ElementTree.Element, site: Path) -> None:
    """Its length is the file's in bytes, its type one that podcast apps play, its address ASCII."""
    urls = set()
    for item in _items(channel):
        (enclosure,) = item.findall("enclosure")
        assert enclosure.get("type") in ENCLOSED
        assert _file(site, enclosure.get("url")).stat().st_size == int(enclosure.get("length", ""))
        urls.add(enclosure.get("url"))
    assert len(urls) == 4


def _file(site: Path, url: str | None) -> Path:
    assert url is not None
    assert ASCII_URL.fullmatch(url)
    path = site / url.removeprefix(BASE)
    assert path.resolve().is_relative_to(site.resolve())
    return path


def test_durations_are_those_of_the_sound(channel: ElementTree.Element, site: Path) -> None:
    """Whole seconds, as another program measures the file."""
    from mutagen import mp3

    measured = 0
    for item in _items(channel):
        (enclosure,) = item.findall("enclosure")
        sound = _file(site, enclosure.get("url"))
        if sound.stat().st_size > 10_000:
            info: Any = mp3.MP3(sound).info
            assert int(_one(item, f"{ITUNES}duration")) == int(info.length)
            measured += 1
        else:
            assert _one(item, f"{ITUNES}duration") in ("20", "30")
    assert measured == 1


def test_items_have_lasting_names(channel: ElementTree.Element) -> None:
    """A guid is a UUID, no address, and none comes twice; it is the one that the edition's books bear."""
    guids = [item.find("guid") for item in _items(channel)]
    texts = [guid.text or "" for guid in guids if guid is not None and guid.get("isPermaLink") == "false"]
    assert len(set(texts)) == 4
    for text in texts:
        uuid.UUID(text.removeprefix("urn:uuid:"))


def test_dates_are_those_of_the_editions(channel: ElementTree.Element) -> None:
    """RFC 2822, the newest first; an edition without a date invents none."""
    dates = [parsedate_to_datetime(date.text or "") for item in _items(channel) for date in item.findall("pubDate")]
    assert [date.date().isoformat() for date in dates] == ["2026-11-22", "2026-01-09", "2024-02-29"]
    assert all(date.utcoffset() == datetime.timedelta(0) for date in dates)
    assert _one(channel, "pubDate") == "Sun, 22 Nov 2026 00:00:00 +0000"


def test_chapters_and_transcripts_are_linked(channel: ElementTree.Element, site: Path) -> None:
    """At most one chapters file, WebVTT among the transcripts and first, each with its type and language."""
    for item in _items(channel):
        chapters = item.findall(f"{PODCAST}chapters")
        assert len(chapters) <= 1
        for link in chapters:
            assert link.get("type") == "application/json+chapters"
            assert _file(site, link.get("url")).is_file()
        transcripts = item.findall(f"{PODCAST}transcript")
        for link in transcripts:
            assert link.get("type") in TRANSCRIPTS
            assert _file(site, link.get("url")).is_file()
        if transcripts:
            assert (transcripts[0].get("type"), transcripts[0].get("rel")) == ("text/vtt", "captions")
            assert all(link.get("language") in ("en", "de") for link in transcripts)


def test_other_packages_are_alternates(channel: ElementTree.Element, site: Path) -> None:
    """Each with its type, exact length, a title of at most 32 characters, and the SHA-256 of the file."""
    found = 0
    for item in _items(channel):
        for alternate in item.findall(f"{PODCAST}alternateEnclosure"):
            (source,) = alternate.findall(f"{PODCAST}source")
            path = _file(site, source.get("uri"))
            assert alternate.get("type")
            assert int(alternate.get("length", "")) == path.stat().st_size
            assert 0 < len(alternate.get("title", "")) <= 32
            (integrity,) = alternate.findall(f"{PODCAST}integrity")
            digest = base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
            assert (integrity.get("type"), integrity.get("value")) == ("sri", f"sha256-{digest}")
            found += 1
    assert found >= 8


def test_synthetic_speech_is_said_to_be(channel: ElementTree.Element) -> None:
    """podcast:txt at channel and item, and a sentence in each description."""
    for element in (channel, *_items(channel)):
        (text,) = element.findall(f"{PODCAST}txt")
        assert (text.get("purpose"), text.text) == ("ai-content", "true")
    said = [_one(item, "description") for item in _items(channel)]
    assert all("synthetic voice" in text or "synthetischen Stimme" in text for text in said)


def test_writers_are_persons_and_voices_are_not(channel: ElementTree.Element) -> None:
    """podcast:person is for people: the writer, never the voice."""
    persons = [person for item in _items(channel) for person in item.findall(f"{PODCAST}person")]
    assert persons
    for person in persons:
        assert (person.get("group"), person.get("role")) == ("writing", "author")
        assert "ynthetic" not in (person.text or "")
        assert not (person.text or "").lower().startswith("by ")


def test_feedparser_reads_it_without_complaint(site: Path) -> None:
    """The reader that many programs use finds four entries, their sound and their titles, and no script in them."""
    read = feedparser.parse((site / "feed.xml").read_bytes())
    assert not read.bozo
    assert len(read.entries) == 4
    assert all(len(entry.enclosures) == 1 for entry in read.entries)
    assert read.entries[0].title == "Night train returns to the Alps after eleven years"
    for entry in read.entries:
        assert "<script" not in entry.summary
        assert "<img" not in entry.summary


def test_texts_are_escaped_as_html_within_xml(channel: ElementTree.Element) -> None:
    """A description is HTML by custom: what an article says is text there too."""
    (hostile,) = [item for item in _items(channel) if "<script>" in _one(item, "title")]
    assert "<script" not in _one(hostile, "description")
    assert "&lt;script&gt;" in _one(hostile, "description")


def test_a_feed_is_bounded(tmp_path: Path) -> None:
    """The newest hundred: apps fetch the whole again and again."""
    editions = [
        small_edition(tmp_path / "o", f"Item {n}", published=f"20{n // 12 + 10}-{n % 12 + 1:02}-01") for n in range(103)
    ]
    publish_site(tmp_path / "site", editions, options=SiteOptions(BASE))
    titles = [item.findtext("title") for item in ElementTree.parse(tmp_path / "site/feed.xml").getroot().iter("item")]
    assert titles == [f"Item {number}" for number in range(102, 2, -1)]
