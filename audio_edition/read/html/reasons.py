"""The reasons for leaving parts of a page out, and the findings that state and quote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from audio_edition.model import Finding

Reason = Literal[
    "around", "navigation", "advertisement", "comments", "sharing", "subscription", "others", "topics", "writer",
    "site", "gallery", "credit", "label", "repeated", "sizes", "title", "marks",
    "remarks", "answered", "signature", "mail-head", "notices",
]  # fmt: skip

_SAID: dict[Reason, str] = {
    "around": "what surrounds the article on its page",
    "navigation": "menus and other navigation of the site",
    "advertisement": "advertisements, or what is labelled as such",
    "comments": "readers' comments",
    "sharing": "ways to share the article, or to follow its publisher",
    "subscription": "calls to subscribe, to sign in, to donate or to write",
    "others": "links to other articles, with their labels",
    "topics": "topics and categories of the article",
    "writer": "a box about the writer",
    "site": "notices and tools of the site or the mailing list, and not of the article",
    "gallery": "galleries, whose captions are numbered",
    "credit": "who wrote the article and when, as the page has it, which the edition says in its own words",
    "label": "labels such as “Caption” or “Image source”",
    "repeated": "pull quotes, whose words are in the article too",
    "sizes": "copies of drawings in other sizes, of which the page shows one",
    "title": "the repeated headline, or the page's version of it if the title lacks some of it",
    "marks": "the numbers that a word processor wrote before the items of lists, which are lists now",
    "remarks": "editors' comments",
    "answered": "the message quoted in an e-mail",
    "signature": "the signature of an e-mail",
    "mail-head": "the header of a forwarded message",
    "notices": "what an office says of every message",
}
_REMEDY = "If it belongs to the article, read the whole page with --keep-all, or save the article alone."
_IDS: dict[Reason, str] = {
    "marks": "list-marks",
    "remarks": "comments-left-out",
    "repeated": "pull-quote",
    "answered": "mail-answered",
    "signature": "mail-signature",
    "mail-head": "mail-head",
    "notices": "mail-notices",
}
_HARMLESS = frozenset({"credit", "label", "marks", "repeated", "sizes", "title"})


def findings_of(left_out: Iterable[tuple[Reason, str]]) -> Iterator[Finding]:
    """Yield a finding for each reason, which quotes everything left out for it."""
    texts: dict[Reason, list[str]] = {}
    for reason, text in left_out:
        texts.setdefault(reason, []).append(text)
    for reason, said in _SAID.items():
        if reason in texts:
            yield Finding(
                _IDS.get(reason, "page-furniture"),
                "note",
                f"Left out: {said}.",
                remedy="" if reason in _HARMLESS else _REMEDY,
                text=" ".join(texts[reason]),
            )
