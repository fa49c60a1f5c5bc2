"""The link with which an edition's page leads back to the site that it stands on.

An edition that is handed out as a folder has no site, so its page holds only a mark where the link would stand. The
page's script and style, and so its policy, are the same with the link and without.
"""

from __future__ import annotations

import re

from markupsafe import Markup

from audio_edition.formats.language import direction
from audio_edition.translations import words_for

MARK = "<!--site-->"
HOME = "../../index.html"
"""Where the site's home lies, seen from an edition's folder."""

_MARKED = re.compile(rf'{MARK}(?:<p class="site"[^<>]*><a href="{re.escape(HOME)}">[^<>]*</a></p>)?')


def with_way_back(page: str, language: str) -> str:
    """Return the page with a link to the site, in the words of the page's language."""
    return _MARKED.sub(lambda _: f"{MARK}{_link(language)}", page, count=1)


def without_way_back(page: str) -> str:
    """Return the page as it was built."""
    return _MARKED.sub(MARK, page, count=1)


def _link(language: str) -> Markup:
    words = words_for("page", language)
    other = words.language.partition("-")[0] != language.partition("-")[0].lower()
    tag = Markup(' lang="{}" dir="{}"').format(words.language, direction(words.language)) if other else ""
    return Markup('<p class="site"{}><a href="{}">{}</a></p>').format(tag, HOME, words["all_editions"])
