"""The reasons for leaving parts of a page out, and the findings that state and quote them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from audio_edition.model import Finding

Reason = Literal[
    "around", "navigation", "advertisement", "comments", "sharing", "subscription", "others", "topics", "writer",
    "site", "gallery", "credit", "label", "repeated", "sizes", "title", "marks",
    "remarks", "answered", "signature", "mail-head",
]  # fmt: skip

_SAID: dict[Reason, str] = {
    "around": "what stands around the article on its page",
    "navigation": "menus, and other ways through the site",
    "advertisement": "advertisements, or what is called so",
    "comments": "comments of readers",
    "sharing": "ways to share the article, or to follow its publisher",
    "subscription": "calls to subscribe, to sign in, to donate or to write",
    "others": "links to other articles, and what leads to them",
    "topics": "topics and categories of the article",
    "writer": "a box about who wrote the article",
    "site": "notices and tools of the site or the mailing list, and not of the article",
    "gallery": "galleries, whose captions are numbered",
    "credit": "who wrote the article and when, as the page has it, which the edition says in its own words",
    "label": "words that only say what kind of thing follows: a caption, a picture's source",
    "repeated": "pull quotes, whose words stand in the article too",
    "sizes": "drawings that the page has in several sizes, of which it shows one",
    "title": "the headline where it is repeated, or as it stands on the page if the title has not all of it",
    "marks": "the numbers that a word processor wrote before the items of lists, which are lists now",
    "remarks": "comments of those who worked on the text",
    "answered": "the message that an e-mail answers",
    "signature": "the signature of an e-mail",
    "mail-head": "the head of a message that was forwarded",
}
_REMEDY = "If it is of the article, read the whole page with --keep-all, or save the article alone."
_IDS: dict[Reason, str] = {
    "marks": "list-marks",
    "remarks": "comments-left-out",
    "repeated": "pull-quote",
    "answered": "mail-answered",
    "signature": "mail-signature",
    "mail-head": "mail-head",
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
