"""An edition, and a site that publishes it, to be tried with programs that people use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition, make_script
from audio_edition.model import Speech
from audio_edition.site import SiteOptions, publish_site

DOCUMENT = """<!DOCTYPE html><html lang="en"><title>Harbour news</title><article><h1>Harbour news</h1>
<p>The ferry left <a href="https://example.org/ferry">on time</a> in the morning, as it does on each and every day.</p>
<h2>Boats</h2>
<table><caption>Seats</caption><tr><th>Boat<th>Seats</tr><tr><th scope="row">Gull<td>20</tr>
<tr><th scope="row">Tern<td>31</tr></table>
<ol start="3"><li>Bread<ul><li>brown<li>white</ul><li>Milk</ol>
<blockquote><p>It rained all the day long, and nobody minded.</p></blockquote></article></html>"""


OTHER_DOCUMENT = """<!DOCTYPE html><html lang="en"><title>Weather</title><article><h1>Weather</h1>
<p>It will rain on all of the coast.</p></article></html>"""
SETTINGS = Settings(Speech(engine="tone"), formats=("mp3", "m4b", "transcript", "page"), publisher="The Courier")


def make(document: str, date: str, folder: Path) -> Edition:
    settings = replace(SETTINGS, date=date)
    return make_edition(make_script(document.encode(), settings, "news.html"), folder, settings)


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Two chapters, with a link, a table, a list in a list and a quotation."""
    return make(DOCUMENT, "2026-11-30", tmp_path_factory.mktemp("news"))


@pytest.fixture(scope="session")
def site(edition: Edition, tmp_path_factory: pytest.TempPathFactory, serving: Callable[[Path], str]) -> str:
    """The address of a site with that edition, and an older one."""
    folder = tmp_path_factory.mktemp("published") / "site"
    other = make(OTHER_DOCUMENT, "2026-11-29", tmp_path_factory.mktemp("weather"))
    publish_site(
        folder, [edition.folder, other.folder], options=SiteOptions("https://example.org/listen/", "The Courier")
    )
    return serving(folder)
