"""The pages of a site: home, a page for each shelf, search, the accessibility statement; and what robots read."""

from __future__ import annotations

import collections
from collections.abc import Sequence
from typing import Any

from audio_edition.publish.disclosure import program
from audio_edition.publish.locales import date_in_words, language_in_words, length_in_words
from audio_edition.publish.page_words import words_for
from audio_edition.publish.pages import template
from audio_edition.site.card import Card
from audio_edition.site.inventory import Facts, Site
from audio_edition.site.shelves import Shelf

_PACKAGE = "audio_edition.site"
LANGUAGE = "en"
"""What the pages themselves are written in."""
_WORDS_FOR_SCRIPT = ("play", "playing", "paused", "of", "no_device")
NEWEST = 30
"""Editions on the home page."""
_SITEMAP_MOST = 50_000
"""Addresses in a sitemap (sitemaps.org, "Sitemap file")."""
_OFFERS = {
    "mp3": "as MP3 with chapters",
    "m4b": "as M4B audiobook with chapters",
    "epub": "as EPUB 3, each sentence highlighted while it is spoken",
    "daisy202": "as DAISY 2.02 talking book",
    "audiobook": "as W3C Audiobook",
}


def home(site: Site, shelved: Sequence[Shelf]) -> str:
    """`index.html`."""
    return _rendered("home.html", site.facts, newest=site.cards[:NEWEST], whole=len(site.cards), shelves=shelved)


def shelf_page(facts: Facts, shelf: Shelf) -> str:
    """The page of a shelf."""
    return _rendered("shelf.html", facts, up="../", shelf=shelf)


def search(facts: Facts, shelved: Sequence[Shelf]) -> str:
    """`search.html`, which `search.js` brings to life."""
    return _rendered("search.html", facts, shelves=shelved)


def not_found(facts: Facts, root: str) -> str:
    """`404.html`, which hosts show for any address: its own addresses begin with `root`, the path of the site."""
    return _rendered("404.html", facts, up=root)


def accessibility(site: Site) -> str:
    """`accessibility.html`: how the site is made, and what is known of it; no more is claimed."""
    counted = collections.Counter(name for card in site.cards for name in {file.format for file, _ in card.offered})
    offers = [(counted[name], words) for name, words in _OFFERS.items() if counted[name]]
    voices = sorted({card.disclosure for card in site.cards})
    texts = sum(card.file("index.html") is not None or card.file("transcript.html") is not None for card in site.cards)
    whole = len(site.cards)
    return _rendered("accessibility.html", site.facts, whole=whole, texts=texts, offers=offers, voices=voices)


def sitemap(site: Site, shelved: Sequence[Shelf]) -> str:
    """`sitemap.xml`: the pages of the site and of its editions, with the date of each (sitemaps.org 0.9)."""
    paths = [("", ""), ("search.html", ""), ("accessibility.html", ""), *((shelf.page, "") for shelf in shelved)]
    paths += [(card.page, card.published) for card in site.cards]
    return template("sitemap.xml", _PACKAGE).render(base=site.facts.base_url, paths=paths[:_SITEMAP_MOST])


def robots(facts: Facts) -> str:
    """`robots.txt`: all may come, or none (RFC 9309)."""
    rule = f"Disallow:\n\nSitemap: {facts.base_url}sitemap.xml" if facts.robots else "Disallow: /"
    return f"User-agent: *\n{rule}\n"


def shown_in_search(card: Card) -> dict[str, str]:
    """What `search.js` shows of an edition."""
    return {
        "title": card.title,
        "page": card.page,
        "language": card.language,
        "direction": card.direction,
        "facts": card_facts(card),
        "description": card.description,
    }


def card_facts(card: Card) -> str:
    """An edition's date, length and language in words."""
    day = [date_in_words(card.published, LANGUAGE)] if card.published else []
    return ", ".join([*day, length_in_words(card.milliseconds, LANGUAGE), language_in_words(card.language, LANGUAGE)])


def _rendered(name: str, facts: Facts, up: str = "", **more: Any) -> str:
    """A page; `up` leads from its folder to the site's."""
    words = words_for(LANGUAGE).by_name
    return template(name, _PACKAGE).render(
        facts=facts,
        up=up,
        program=program(),
        card_facts=card_facts,
        words=words,
        words_for_script={key: words[key] for key in _WORDS_FOR_SCRIPT},
        **more,
    )
