"""New entries of feeds. Each entry that is taken becomes a document of its own.

`feeds.json` in the desk's folder remembers which entries were taken, by digests of their texts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from audio_edition.desk.folder import Paper, text_of, write_text
from audio_edition.errors import DeskError, ReadError
from audio_edition.model import Article, Finding
from audio_edition.model.blocks import leaves
from audio_edition.sources.addresses import Fetched, fetch

FILE = "feeds.json"
MOST_ENTRIES = 30
"""How many entries of a feed are shown: the first ones, as feeds have the newest first."""
_MOST_FEEDS, _MOST_REMEMBERED = 200, 2000
_LIMIT_BYTES = 20_000_000
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
_NO_FEED = "Give the address of an RSS, Atom or JSON feed, or of a page that links to one."


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed; `is_new` says whether it was not taken before."""

    article: Article
    is_new: bool

    @property
    def title(self) -> str:
        return self.article.title

    @property
    def words(self) -> int:
        return sum(len(leaf.text.split()) for leaf in leaves(self.article.blocks))

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.article.findings if finding.level != "note")


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it was fetched. `address` is the one that the editor gave."""

    address: str
    title: str
    entries: tuple[Entry, ...]


def fetch_feed(paper: Paper, address: str, *, keep_all: bool = False) -> Feed:
    """Return the feed at an address, or the one that a page there links to. Raises ReadError."""
    from audio_edition.read import read

    fetched = _feed_at(address)
    issue = read(fetched.data, name=fetched.url, keep_all=keep_all)
    known = set(_digests_by_feed(paper).get(address, []))
    articles = issue.articles[:MOST_ENTRIES]
    entries = tuple(Entry(article, _digest(article) not in known) for article in articles)
    return Feed(address, issue.title or address, entries)


def known_feeds(paper: Paper) -> list[str]:
    """Return the addresses of feeds from which entries were taken, the latest first."""
    return list(reversed(_digests_by_feed(paper)))


def remember(paper: Paper, feed: Feed, taken: Sequence[Entry]) -> None:
    """Remember entries of a feed as taken."""
    with paper.lock:
        feeds = _digests_by_feed(paper)
        digests = [*feeds.pop(feed.address, []), *(_digest(entry.article) for entry in taken)]
        feeds[feed.address] = list(dict.fromkeys(digests))[-_MOST_REMEMBERED:]
        newest = dict(list(feeds.items())[-_MOST_FEEDS:])
        write_text(paper.folder / FILE, json.dumps(newest, indent=1) + "\n")


def _feed_at(address: str) -> Fetched:
    """Return the feed at an address, or the first that the page there links to. Both are fetched by the same rules."""
    from audio_edition.read.feed.entries import recognises

    fetched = fetch(address)
    if recognises(fetched.data, fetched.url):
        return fetched
    for named in _linked_feed(fetched):
        found = fetch(named)
        if recognises(found.data, found.url):
            return found
    raise ReadError("There is no feed at this address.", _NO_FEED)


def _linked_feed(page: Fetched) -> Iterator[str]:
    """Yield the address of the first feed that a web page links to in its head."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(page.data, parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    for link in root.iterfind(".//link"):
        kinds, place = (link.get("rel") or "").lower().split(), link.get("href")
        if "alternate" in kinds and (link.get("type") or "").lower() in _FEED_TYPES and place:
            yield urljoin(page.url, place)
            return


def _digest(article: Article) -> str:
    text = "\n".join([article.title, *(leaf.text for leaf in leaves(article.blocks))])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _digests_by_feed(paper: Paper) -> dict[str, list[str]]:
    """Return the digests of the entries taken, by feed address. A damaged file counts as empty, as it only saves the
    editor from looking for what is new."""
    path = paper.folder / FILE
    try:
        said = json.loads(text_of(path, _LIMIT_BYTES)) if path.is_file() else {}
        return {str(address): [str(each) for each in digests] for address, digests in said.items()}
    except (DeskError, ValueError, AttributeError, TypeError, RecursionError):
        return {}
