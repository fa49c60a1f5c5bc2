"""Articles from a feed: its new entries are chosen, and each becomes a document."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from audio_edition import read
from audio_edition.desk import feeds
from audio_edition.sources.addresses import Fetched, fetch
from support.desk import Answer, Visitor
from support.papers import NAME

AT = f"/issues/{NAME}"
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour news</title>
<item><title>Quay &lt;b&gt;closed&lt;/b&gt;</title><pubDate>Mon, 30 Nov 2026 08:00:00 GMT</pubDate>
<description><![CDATA[<p>The quay is closed.</p><p>Nobody knows why, and *stars* stay stars.</p>]]></description>
</item>
<item><title>Gulls return</title><description><![CDATA[<p>They are back.</p><p>All of them.</p>]]></description></item>
</channel></rss>"""
PAGE = """<!doctype html><title>News</title><link rel="alternate" type="application/rss+xml" href="feed.xml"><p>News."""


@pytest.fixture
def site(tmp_path: Path, serving: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a site with a feed, on this machine: which the desk may fetch from in this test alone."""
    folder = tmp_path / "www"
    folder.mkdir()
    (folder / "feed.xml").write_text(FEED)
    (folder / "index.html").write_text(PAGE)
    (folder / "broken.html").write_text(PAGE.replace("feed.xml", "http://["))
    (folder / "bare.html").write_text("<!doctype html><title>Bare</title><p>No feed.")
    monkeypatch.setattr(feeds, "fetch", partial(fetch, allow_private=True))
    return serving(folder)


def _listed(issue: Path) -> Any:
    return tomllib.loads((issue / "edition.toml").read_text())


def _entries(maker: Visitor, address: str) -> Answer:
    return maker.send(maker.get(AT), "/fetch-feed", feed=address)


def _chosen(answer: Answer) -> list[str]:
    return [box.get("value") for box in answer.page.cssselect("input[name=entry]") if box.get("checked") is not None]


@pytest.mark.parametrize("page", ["feed.xml", "", "index.html"], ids=["feed", "site", "page"])
def test_new_entries_become_articles(maker: Visitor, issue: Path, site: str, page: str) -> None:
    """Into the section that is chosen, with headline and text as the feed has them; whether the feed is named, or its
    page."""
    answer = _entries(maker, site + page)
    assert "Harbour news" in answer.text
    assert "30 November 2026 · 11 words" in answer.text
    assert _chosen(answer) == ["0", "1"]
    done = maker.send(answer, "/entries", section="Sport", entry="0")
    assert done.told == "1 article added."
    name = _listed(issue)["section"][0]["articles"][-1]
    article = read(issue / name).articles[0]
    assert article.title == "Quay closed"
    assert [block.text.text for block in article.blocks] == [  # type: ignore[union-attr]
        "The quay is closed.", "Nobody knows why, and *stars* stay stars."
    ]  # fmt: skip


def test_what_was_taken_is_not_new_any_more(maker: Visitor, issue: Path, site: str) -> None:
    """Also in the next issue, and when the desk was closed; a changed entry is new again."""
    maker.send(_entries(maker, f"{site}feed.xml"), "/entries", entry="0")
    answer = _entries(maker, f"{site}feed.xml")
    assert _chosen(answer) == ["1"]
    assert "taken before" in answer.text
    assert maker.get(AT).page.cssselect("#feed")[0].get("value") == f"{site}feed.xml"
    (issue.parent / "feeds.json").write_text("[[")
    assert _chosen(_entries(maker, f"{site}feed.xml")) == ["0", "1"]


def test_what_is_no_feed_is_told(maker: Visitor, issue: Path, site: str) -> None:
    """With what to give instead; nothing is added."""
    answer = _entries(maker, f"{site}bare.html")
    assert answer.status == 400
    assert "There is no feed at this address." in answer.text
    answer = _entries(maker, f"{site}broken.html")
    assert (answer.status, "There is no feed at this address." in answer.text) == (400, True)
    fields = {"token": maker.token(), "feed": "gone", "entry": "0"}
    assert "Fetch it again." in maker.post(f"{AT}/entries", fields).text
    assert len(_listed(issue)["articles"]) == 2
    answer = _entries(maker, f"{site}feed.xml")
    form = {"token": maker.token(), "feed": answer.page.cssselect("input[name=feed]")[0].get("value")}
    assert "No entry was chosen." in maker.post(f"{AT}/entries", form).text


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/feed.xml", "http://[::1]/", "http://169.254.169.254/", "file:///etc/passwd", "x"]
)
def test_a_feed_in_this_machine_is_not_fetched(maker: Visitor, issue: Path, address: str) -> None:
    """Nor one of a private network, nor a file: as with any address."""
    answer = _entries(maker, address)
    assert answer.status == 400
    assert len(_listed(issue)["articles"]) == 2


def test_a_page_leads_to_no_feed_in_this_machine(
    maker: Visitor, tmp_path: Path, serving: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a page names is fetched by the same rules as what somebody names."""
    (tmp_path / "www").mkdir()
    (tmp_path / "www/feed.xml").write_text(FEED)
    inside = f"{serving(tmp_path / 'www')}feed.xml"
    asked = []

    def outside(address: str) -> Fetched:
        asked.append(address)
        page = PAGE.replace("feed.xml", inside).encode()
        return Fetched(page, address) if len(asked) == 1 else fetch(address)

    monkeypatch.setattr(feeds, "fetch", outside)
    answer = _entries(maker, "https://example.org/")
    assert answer.status == 400
    assert asked == ["https://example.org/", inside]
    assert "private network" in answer.text
