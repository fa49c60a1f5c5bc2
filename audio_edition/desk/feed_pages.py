"""The page on which the editor chooses entries of a feed, to be added as articles."""

from __future__ import annotations

import secrets

from starlette.responses import Response

from audio_edition.desk import editing
from audio_edition.desk.feeds import MOST_ENTRIES, Entry, Feed, fetch_feed, remember
from audio_edition.desk.visit import Told, Visit
from audio_edition.errors import DeskError
from audio_edition.translations.locales import date_in_words

_MOST_FEEDS = 10


def fetch(visit: Visit) -> Response:
    """Fetch a feed, and redirect to the page of its entries."""
    feed = fetch_feed(visit.desk.paper, visit.sent("feed").strip(), keep_all=visit.desk.paper.settings().keep_all)
    id_ = secrets.token_urlsafe(8)
    visit.desk.feeds[id_] = feed
    while len(visit.desk.feeds) > _MOST_FEEDS:
        visit.desk.feeds.popitem(last=False)
    return visit.go(f"{visit.at}/feed?feed={id_}")


def entries(visit: Visit) -> Response:
    """Return the page of a feed's entries; the new ones are already selected."""
    id_ = visit.request.query_params.get("feed", "")
    feed = _feed(visit, id_)
    shown = [(number, entry, _day(visit, entry)) for number, entry in enumerate(feed.entries)]
    sections = visit.issue.contents().sections
    return visit.issue_page("feed", feed=feed, id=id_, entries=shown, sections=sections, most=MOST_ENTRIES)


def take(visit: Visit) -> Response:
    """Add the entries that were chosen, each as a document of its own."""
    feed = _feed(visit, visit.sent("feed"))
    chosen = {number for number in visit.form.getlist("entry") if isinstance(number, str)}
    taken = [entry for number, entry in enumerate(feed.entries) if str(number) in chosen]
    if not taken:
        raise DeskError("No entry was chosen.", "Choose one or more, and then add them.")
    section, names = visit.sent("section"), []
    for entry in taken:
        text = editing.as_edited(entry.article).as_file()
        names.append(visit.issue.put(f"{entry.title or 'entry'}.md", [text.encode("utf-8", "replace")]))
        visit.issue.add(lambda contents: contents.with_article(names[-1], section))
    remember(visit.desk.paper, feed, taken)
    at = names[0] if len(names) == 1 else ""
    return visit.go(visit.at, Told(visit.words.counted("did_add", len(names)), at))


def _feed(visit: Visit, id_: str) -> Feed:
    if feed := visit.desk.feeds.get(id_):
        return feed
    raise DeskError("This feed is no longer open at the desk.", "Fetch it again.")


def _day(visit: Visit, entry: Entry) -> str:
    day = entry.article.published
    return date_in_words(day, visit.words.language) if day else ""
