"""Recognises lines within an article that are not part of it, by their words: labels, buttons, links to other articles,
calls to follow."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from audio_edition.read.html.labels import (
    caption_label_of,
    follows,
    invites,
    is_of_mailing,
    label_of,
    leads_on,
    offers,
)
from audio_edition.read.html.names import has_class
from audio_edition.read.html.reasons import Reason
from audio_edition.read.html.shown import Measure, Shown
from audio_edition.read.markup.elements import PICTURES, is_block, name_of

LINES = frozenset({"a", "b", "center", "div", "em", "figcaption", "header", "i", "p", "small", "span", "strong"})
_BUTTONS = frozenset({"btn", "button", "cta"})
_CAPTIONS = frozenset({"figcaption", "figure"})
_LONGEST_LABEL = 80
_LONGEST_WAY_ON = 400
_LONGEST_BUTTON = 60
_LONGEST_SOURCE = 150
_MOST_UNLINKED = 25
_LITTLE = 0.2
_WORDS_BY_THEMSELVES = frozenset({"advertisement", "sharing"})
"""Labels that may be a single word without a link; any other, such as "More", may be a sentence."""

_ALONE_BESIDE = frozenset({"a", "br", "button"})
_NEAR = 3


def reason_of_line(element: etree._Element, measure: Measure, shown: Shown) -> Reason | None:  # noqa: C901 - one case a line
    """Return why a line is left out; None if it belongs to the article or is no line."""
    if measure.headings or measure.written > _LONGEST_WAY_ON:
        return None
    text = shown.text(element)
    if reason := _reason_of_caption(element, text, shown):
        return reason
    if not (is_block(element) or _is_alone(element)) or name_of(element) == "figcaption":
        return None
    if measure.written <= _LONGEST_LABEL:
        if (label := label_of(text)) and (measure.linked or not _is_sentence(element, text, label)):
            return label
        if is_of_mailing(text):
            return "site"
    if measure.linked and (label_length := leads_on(text)):
        unlinked = measure.written - measure.linked - label_length
        if unlinked <= max(_MOST_UNLINKED, _LITTLE * measure.written):
            return "others"
    if measure.links and follows(text):
        return "sharing"
    if (measure.linked and offers(text)) or (
        invites(text) and (measure.linked or _is_all_emphasis(element, text, shown))
    ):
        return "subscription"
    if measure.written <= _LONGEST_BUTTON and measure.linked == measure.written and _is_button(element, shown):
        return "sharing"
    return None


def _is_sentence(element: etree._Element, text: str, label: Reason) -> bool:
    """Return whether a label without a link may be part of the text: as a sentence, or as a single word."""
    if text[-1:] in ".!?…":
        return True
    return name_of(element) == "p" and " " not in text and label not in _WORDS_BY_THEMSELVES


def _reason_of_caption(element: etree._Element, text: str, shown: Shown) -> Reason | None:
    """Return why a label in a figure, or a picture credit, is left out."""
    if not any(name_of(each) in _CAPTIONS for each in islice(element.iterancestors(), _NEAR)):
        return None
    if caption_label_of(text):
        return "label"
    if len(text) > _LONGEST_SOURCE or name_of(element) == "figcaption":
        return None
    first = next((each for each in shown.inside(element)[1:] if shown.of(each).written), None)
    return "label" if first is not None and caption_label_of(shown.text(first)) == "source" else None


def _is_all_emphasis(element: etree._Element, text: str, shown: Shown) -> bool:
    return any(name_of(each) in ("em", "i") and each in shown and shown.text(each) == text for each in element)


def _is_button(element: etree._Element, shown: Shown) -> bool:
    links = [each for each in shown.inside(element) if name_of(each) == "a"]
    return any(has_class(each, _BUTTONS) or "button" in (each.get("role") or "") for each in links)


def _is_alone(element: etree._Element) -> bool:
    """Return whether nothing else stands on the element's line, but for other links and buttons."""
    before, after, parent = element.getprevious(), element.getnext(), element.getparent()
    if parent is None or not is_block(parent):
        return False
    text_before = (parent.text if before is None else before.tail) or ""
    if text_before.strip() or (element.tail or "").strip():
        return False
    return all(each is None or is_block(each) or name_of(each) in _ALONE_BESIDE for each in (before, after))


def is_logo(picture: etree._Element, names: frozenset[str]) -> bool:
    """Return whether a picture above an article is the site's logo: by its name, or because it says the site's name."""
    if name_of(picture) not in PICTURES:
        return False
    source = (picture.get("src") or "")[-200:].lower() if not (picture.get("src") or "").startswith("data:") else ""
    if "logo" in source or any(
        has_class(each, frozenset({"logo", "branding"})) for each in [picture, *islice(picture.iterancestors(), _NEAR)]
    ):
        return True
    said = (picture.get("alt") or "").casefold().strip()
    return bool(said) and (said in names or "logo" in said.split())
