"""Interprets the classes and the id of an element.

Both are arbitrary words: a class names a part of a design and is often right; an id may be the slug of a heading
("related-work") and says little. So a name is only half of the evidence; see boilerplate.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from audio_edition.read.html.reasons import Reason

_WIDGETS_NAMES: dict[Reason, str] = {
    "navigation": """catlinks editsection jumplink navbox printfooter portalbox sistersitebox skiplink toclevel""",
    "advertisement": """adsbygoogle addthis criteo dfp googletag outbrain taboola zergnet nativo revcontent""",
    "comments": """disqus spotim viafoura livefyre commento isso giscus utterances""",
    "sharing": """addtoany shareaholic sharedaddy sharethis shariff sharebar sociable""",
    "subscription": """optin mailchimp""",
    "others": """yarpp relatedposts recirc recirculation""",
    "site": """linenos linenodiv lineno paranumber paragraphnumber parnum
        gdpr onetrust cookiebot cookieconsent ambox hatnote noprint printonly flowplayer jwplayer mejs plyr
        videojs vjs yvp""",
}
_WORDS_NAMES: dict[Reason, str] = {
    "navigation": """breadcrumb breadcrumbs masthead menu nav navbar navigation pager pagination sitefooter sitemap
        subnav toc toolbar""",
    "advertisement": """ad ads adbox adslot adunit advert advertisement advertising advertorial anzeige billboard mpu
        promo promoted publicidad publicite skyscraper sponsor sponsored upsell werbung""",
    "comments": """comment comments commentaires commentlist comentarios kommentar kommentare""",
    "sharing": """facebook followus share shares sharing social socialmedia socials whatsapp""",
    "subscription": """donate donation login newsletter newsletters paywall signin signup subscribe subscription""",
    "others": """mostpopular mostread playlist readmore recommended recommendation recommendations related
        relatedarticles relatedcontent relatedlinks relatedposts similar teaser teasers trending""",
    "topics": """tagcloud taglist""",
    "site": """cookie cookies feedback interstitial modal popup screenreader sidebar tooltip""",
}
_TOKENS_NAMES: dict[Reason, str] = {
    "navigation": "rail",
    "advertisement": "pub",
    "comments": "respond",
    "others": "popular",
    "subscription": "cta",
    "topics": "tags topics wp-block-tag-cloud",
    "site": "copyright widget",
}
_PAIRS_NAMES: dict[Reason, str] = {
    "navigation": """jump-link load-more page-links post-nav prev-next previous-post next-post next-article next-story
        post-footer entry-footer entry-utility site-footer site-header top-bar""",
    "sharing": "stay-connected get-app follow-us",
    "subscription": "call-action cta-card",
    "others": """links-block also-read latest-news more-articles more-from more-news more-on more-posts more-
        stories read-also read-more read-next reading-list see-also similar-articles top-stories up-next you-
        may you-might most-read most-popular""",
    "topics": "topic-list bottom-tags entry-tags meta-tags post-tags tag-list tags-links",
    "writer": "author-bio author-box author-card bio-box about-author author-info",
    "site": "print-only cookie-notice cookie-banner",
}


_VAGUE_NAMES = """
    facebook feedback modal playlist popup promo rail readmore sidebar similar social teaser teasers toolbar tooltip
    whatsapp widget
"""
_VAGUE = frozenset(_VAGUE_NAMES.split())
_REGIONS = frozenset({"rail", "sidebar", "widget", "widgets"})
_NEUTRAL_NAMES = """
    area article articles block body bottom box col column container content element entry footer full group header
    inner item items jp list listing main module outer page panel post posts primary reader readers root row secondary
    section single stories story thread top user wrap wrapper wp
"""
_NEUTRAL = frozenset(_NEUTRAL_NAMES.split())


def _by_name(names: dict[Reason, str]) -> dict[str, Reason]:
    return {name: reason for reason, each in names.items() for name in each.split()}


_WIDGETS, _WORDS = _by_name(_WIDGETS_NAMES), _by_name(_WORDS_NAMES)
_TOKENS, _PAIRS = _by_name(_TOKENS_NAMES), _by_name(_PAIRS_NAMES)
_ABOUT_PAGE = frozenset({"category", "format", "has", "hide", "no", "not", "page", "status", "tag", "type", "with",
                         "without"})  # fmt: skip
"""Prefixes of classes that say what the page or post has or is filed under, not what the element is."""

_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LONGEST_NAMES = 1_000


_NAMING = ("class", "data-component", "data-testid", "data-gu-name", "data-area")
"""Attributes that name a part of a design: generated class names say nothing, so others do."""


class Claim(NamedTuple):
    """What a name says. A widget has its maker's name, which is unambiguous; a vague name may also mean part of the
    article: a teaser leads to another article, or is the standfirst."""

    reason: Reason
    is_widget: bool = False
    is_vague: bool = False


def class_claim(element: etree._Element) -> Claim | None:
    """Return what the classes say the element is, if not part of an article."""
    return _claim_in(_names(element))


def id_claim(element: etree._Element) -> Claim | None:
    """Return what the id or the screen reader label says the element is, if not part of an article."""
    return _claim_in(element.get("id")) or _claim_in(element.get("aria-label"))


def has_part(element: etree._Element, words: frozenset[str]) -> bool:
    """Return whether a class or the id of the element contains one of the words."""
    return has_class(element, words) or _have(element.get("id"), words)


def has_class(element: etree._Element, words: frozenset[str]) -> bool:
    """Return whether a class of the element contains one of the words."""
    return _have(_names(element), words)


def is_pure(element: etree._Element, reason: Reason) -> bool:
    """Return whether a class or the id holds only the reason and layout words: "related-posts-list"."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAMES].split()
    return any(_is_pure(_parts(name), reason) for name in names)


def _is_pure(parts: tuple[str, ...], reason: Reason) -> bool:
    named = {part for part in parts if _WORDS.get(part) == reason and part not in _VAGUE}
    return bool(named) and (_NEUTRAL | named).issuperset(parts)


def is_region(element: etree._Element) -> bool:
    """Return whether a class or the id says that the element is a side column."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:_LONGEST_NAMES].split()
    return any(not _REGIONS.isdisjoint(parts := _parts(name)) and _ABOUT_PAGE.isdisjoint(parts) for name in names)


def _names(element: etree._Element) -> str:
    """Return the element's classes, and the values of other attributes that work like them."""
    if len(element.attrib) == 0:
        return ""
    naming = (*_NAMING, "aria-label") if element.tag == "aside" else _NAMING
    return " ".join(filter(None, map(element.get, naming)))


def _have(names: str | None, words: frozenset[str]) -> bool:
    return any(not words.isdisjoint(_parts(name)) for name in (names or "")[:_LONGEST_NAMES].split())


def _claim_in(names: str | None) -> Claim | None:
    claims = [claim for name in names[:_LONGEST_NAMES].split() if (claim := _claim_of(name))] if names else []
    return min(claims, key=lambda claim: (not claim.is_widget, claim.is_vague), default=None)


@lru_cache(20_000)
def _claim_of(name: str) -> Claim | None:
    if (token := _TOKENS.get(name.lower())) is not None:
        return Claim(token, is_vague=name.lower() in _VAGUE)
    parts = _parts(name)
    for part in parts:
        if (widget := _WIDGETS.get(part)) is not None:
            return Claim(widget, is_widget=True)
    for one, two in pairwise(parts):
        if (pair := _PAIRS.get(f"{one}-{two}")) is not None:
            return Claim(pair)
    if parts and parts[0] in _ABOUT_PAGE:
        return None
    claims = [Claim(_WORDS[part], is_vague=part in _VAGUE) for part in parts if part in _WORDS]
    return min(claims, key=lambda claim: claim.is_vague, default=None)


@lru_cache(20_000)
def _parts(token: str) -> tuple[str, ...]:
    """Return the words in a class: `ArticleShare-bar` is article, share, bar."""
    return tuple(part.lower() for part in _PART.findall(token))
