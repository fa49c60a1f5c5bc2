"""The pages of a site: home, a page for each shelf, search, the accessibility statement; and what robots read."""

from __future__ import annotations

import collections
import functools
from collections.abc import Sequence
from typing import Any

from audio_edition.formats.disclosure import program
from audio_edition.formats.language import direction
from audio_edition.formats.pages import template
from audio_edition.site.catalogue_entry import CatalogueEntry, main_language
from audio_edition.site.inventory import Facts, Site
from audio_edition.site.shelves import Shelf
from audio_edition.translations import Words, words_for
from audio_edition.translations.locales import date_in_words, language_in_words, length_in_words

_PACKAGE = "audio_edition.site"
_PLAYER_WORDS = ("play", "playing", "paused", "of", "no_device")
_QUEUE_WORDS = ("add_to_queue", "remove", "remove_title", "last", "unplayable")
_SEARCH_WORDS = ("no_word", "none_found", "search_from_folder", "search_failed")
NEWEST = 30
"""Editions on the home page."""
_SITEMAP_MOST = 50_000
"""Addresses in a sitemap (sitemaps.org, "Sitemap file")."""
_OFFERS = ("mp3", "m4b", "epub", "daisy202", "audiobook")


def home(site: Site, shelved: Sequence[Shelf]) -> str:
    """Return `index.html`."""
    newest, language = site.entries[:NEWEST], main_language(site.entries)
    return _rendered("home.html", site.facts, language, newest=newest, whole=len(site.entries), shelves=shelved)


def shelf_page(facts: Facts, shelf: Shelf, language: str) -> str:
    """Return the page of a shelf."""
    return _rendered("shelf.html", facts, language, up="../", shelf=shelf)


def search(facts: Facts, shelved: Sequence[Shelf], language: str) -> str:
    """Return `search.html`, which `search.js` brings to life."""
    return _rendered("search.html", facts, language, shelves=shelved)


def not_found(facts: Facts, root: str, language: str) -> str:
    """Return `404.html`, which hosts show for any address: its own addresses begin with `root`, the path of the
    site."""
    return _rendered("404.html", facts, language, up=root)


def accessibility(site: Site) -> str:
    """Return `accessibility.html`: how the site is made, and what is known of it; no more is claimed."""
    language = main_language(site.entries)
    words = words_for("site", language)
    counted = collections.Counter(name for entry in site.entries for name in {file.format for file, _ in entry.offered})
    offers = [words[f"as_{name}"].format(number=counted[name]) for name in _OFFERS if counted[name]]
    voices = sorted({entry.disclosure for entry in site.entries})
    texts = sum(
        entry.file("index.html") is not None or entry.file("transcript.html") is not None for entry in site.entries
    )
    whole = len(site.entries)
    return _rendered("accessibility.html", site.facts, language, whole=whole, texts=texts, offers=offers, voices=voices)


def sitemap(site: Site, shelved: Sequence[Shelf]) -> str:
    """Return `sitemap.xml`: the pages of the site and of its editions, with the date of each (sitemaps.org 0.9)."""
    paths = [("", ""), ("search.html", ""), ("accessibility.html", ""), *((shelf.page, "") for shelf in shelved)]
    paths += [(entry.page, entry.published) for entry in site.entries]
    return template("sitemap.xml", _PACKAGE).render(base=site.facts.base_url, paths=paths[:_SITEMAP_MOST])


def robots(facts: Facts) -> str:
    """Return `robots.txt`: all may come, or none (RFC 9309)."""
    rule = f"Disallow:\n\nSitemap: {facts.base_url}sitemap.xml" if facts.robots else "Disallow: /"
    return f"User-agent: *\n{rule}\n"


def shown_in_search(entry: CatalogueEntry, language: str) -> dict[str, str]:
    """Return what `search.js` shows of an edition."""
    return {
        "title": entry.title,
        "page": entry.page,
        "language": entry.language,
        "direction": entry.direction,
        "facts": entry_facts(entry, words_for("site", language).language),
        "description": entry.description,
    }


def entry_facts(entry: CatalogueEntry, language: str) -> str:
    """Return an edition's date, length and language in words."""
    day = [date_in_words(entry.published, language)] if entry.published else []
    return ", ".join([*day, length_in_words(entry.milliseconds, language), language_in_words(entry.language, language)])


def _rendered(name: str, facts: Facts, language: str, up: str = "", **more: Any) -> str:
    """Return a page in the words of a language; `up` leads from its folder to the site's."""
    words, player = words_for("site", language), words_for("page", language)
    return template(name, _PACKAGE).render(
        facts=facts,
        up=up,
        direction=direction(words.language),
        words=words,
        player=player,
        made=words_for("edition", language)["made"].format(program=program()),
        program=program(),
        entry_facts=functools.partial(entry_facts, language=words.language),
        words_for_player=_script_data(player, _PLAYER_WORDS) | _script_data(words, (*_QUEUE_WORDS, "queued")),
        words_for_search=_script_data(words, (*_SEARCH_WORDS, "found")),
        **more,
    )


def _script_data(words: Words, names: Sequence[str]) -> dict[str, object]:
    """Return what a script of a page is told."""
    return {"language": words.language, **{name: words.by_name[name] for name in names}}
