"""What stands around an article on a page, or amid it, and is none of it: menus, advertisements, comments, what to
share, to subscribe to or to read next. It is told by its element, its role, and the words of its classes and id.
"""

from __future__ import annotations

import re
from itertools import pairwise

from lxml import etree

from audio_edition.read.markup.elements import name_of

_ELEMENTS = frozenset({"dialog", "footer", "form", "menu", "nav"})
_ROLES_NAMES = """
    alert alertdialog banner contentinfo dialog form menu menubar navigation search tablist toolbar doc-index
    doc-pagelist doc-toc
"""
_ROLES = frozenset(_ROLES_NAMES.split())
_NEVER = frozenset({"article", "body", "html", "main", "h1", "blockquote", "q", "table", "tbody", "tr", "td", "p"})
"""What a class can't make furniture, for it names the page or what is written in the element."""

_WORDS_NAMES = """
    ad addthis ads adbox adslot adunit advert advertisement advertising advertorial ambox anzeige breadcrumb
    breadcrumbs catlinks comment comments commentaires comentarios kommentare cookie cookies donate donation
    editsection facebook feedback followus gdpr hatnote interstitial jumplink login masthead menu modal mpu nav navbar
    navbox navigation newsletter newsletters noprint optin outbrain pager pagination paywall popup portalbox playlist
    printfooter printonly promo promoted publicidad publicite readmore recirc recirculation recommended recommendation
    recommendations related relatedarticles relatedcontent relatedlinks relatedposts screenreader share sharebar
    sharedaddy shareaholic sharethis sharing shariff sidebar signin signup sistersitebox sitefooter skiplink
    skyscraper social socialmedia sponsor sponsored spotim subscribe subscription taboola tagcloud taglist teaser
    teasers toc toolbar tooltip trending upsell viafoura werbung whatsapp yarpp zergnet mostread mostpopular
"""
_WORDS = frozenset(_WORDS_NAMES.split())
_TOKENS_NAMES = """
    copyright popular pub rail respond tags topics widget wp-block-tag-cloud
"""
_TOKENS = frozenset(_TOKENS_NAMES.split())
_PAIRS_NAMES = """
    also-read author-bio author-box author-card bio-box bottom-tags call-action entry-footer entry-tags entry-utility
    get-app jump-link latest-news load-more meta-tags more-articles more-from more-news more-on more-posts
    more-stories next-article next-post next-story page-links post-footer post-nav post-tags previous-post prev-next
    print-only read-also read-more read-next reading-list see-also similar-articles site-footer site-header
    stay-connected tag-list tags-links top-bar top-stories up-next you-may you-might
"""
_PAIRS = frozenset(_PAIRS_NAMES.split())
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LONGEST_NAMES = 1_000


def is_furniture(element: etree._Element) -> bool:
    """Whether the element says of itself that it is not of the article."""
    name = name_of(element)
    if name in _ELEMENTS or not _ROLES.isdisjoint(element.get("role", "").split()):
        return True
    if name in _NEVER:
        return False
    return any(map(_names_furniture, _names(element)))


def has_part(element: etree._Element, words: frozenset[str]) -> bool:
    """Whether a class of the element, or its id, has one of the words in it."""
    return any(not words.isdisjoint(_parts(name)) for name in _names(element))


def _names(element: etree._Element) -> list[str]:
    return f"{element.get('class', '')} {element.get('id', '')}"[:_LONGEST_NAMES].split()


def _names_furniture(token: str) -> bool:
    parts = _parts(token)
    return (
        token.lower() in _TOKENS
        or not _WORDS.isdisjoint(parts)
        or any(f"{one}-{two}" in _PAIRS for one, two in pairwise(parts))
    )


def _parts(token: str) -> list[str]:
    """The words that a class is made of: `ArticleShare-bar` is article, share, bar."""
    return [part.lower() for part in _PART.findall(token)]
