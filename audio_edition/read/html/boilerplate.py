"""Finds boilerplate around and within an article, as far as elements, roles and names tell.

A name alone is not enough: the contents must agree. A section with a heading and running text is read, whatever its id
or class (https://github.com/mozilla/readability decides by names first and loses such sections).
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from audio_edition.read.html.labels import label_of
from audio_edition.read.html.names import Claim, class_claim, has_class, id_claim, is_pure, is_region
from audio_edition.read.html.reasons import Reason
from audio_edition.read.html.shown import Measure, Shown
from audio_edition.read.markup.elements import BLOCKS, HEADINGS, name_of

_ELEMENTS: dict[str, Reason] = {
    "amp-ad": "advertisement", "amp-auto-ads": "advertisement", "amp-consent": "site", "amp-sidebar": "navigation",
    "amp-social-share": "sharing", "amp-sticky-ad": "advertisement", "amp-user-notification": "site",
    "footer": "around", "form": "site", "menu": "navigation", "nav": "navigation",
}  # fmt: skip
_ROLES_NAMES: dict[Reason, str] = {
    "around": "banner contentinfo",
    "navigation": "doc-index doc-pagelist doc-toc menu menubar navigation search tablist toolbar",
    "site": "alert alertdialog dialog form",
}
_ROLES = {role: reason for reason, roles in _ROLES_NAMES.items() for role in roles.split()}
_UNNAMED = frozenset(
    {"article", "blockquote", "body", "caption", "code", "figcaption", "html", "main", "math", "p", "pre", "q", "table",
     "tbody", "td", "tr", *HEADINGS}
)  # fmt: skip
"""Elements that a class can't make boilerplate, because it names the page or what is written in them."""

_BOXES = frozenset({"aside", "details", "div", "dl", "header", "ol", "section", "ul"})
"""Elements that an id can make boilerplate, if the contents agree."""

_VERBATIM = frozenset({"code", "pre"})
_ATTRIBUTED = frozenset({"blockquote", "figure"})
_COMMENTED = frozenset({"comment", "comments", "commenter", "kommentar", "reply", "replies"})
_MUCH_OF_PAGE = 0.4
_MOST_HEADLINES = 20
_MOSTLY = 0.5
_FEW_LINKED = 0.3
_SHORT_BOX = 3
"""Paragraphs of a box without a heading that may be removed for its class."""

_LONGEST_BOX = 1_500
_SHORT_LINE = 100
_FEWEST_ENTRIES = 2
_SENTENCE_ENDS = (".", "!", "?", "…", "”", "“", "»")


def boilerplate(shown: Shown) -> dict[etree._Element, Reason]:
    """Return the outermost elements that are boilerplate, each with the reason.

    An element with much of the page's running text is kept, whatever its name: a form or a "with-sidebar" may wrap
    everything. Comments are the exception: they may be longer than the article.
    """
    much = _MUCH_OF_PAGE * shown.of(shown.root).running
    headlines = [each for each in shown.elements if each.tag == "h1"][:_MOST_HEADLINES]
    headed = {around for headline in headlines for around in headline.iterancestors()}
    found: dict[etree._Element, Reason] = {}
    at = 0
    while at < len(shown.elements):
        element = shown.elements[at]
        measure = shown.of(element)
        if element.tag in _VERBATIM:
            at = measure.last
            continue
        reason = None if element in headed else _reason_for(element, measure, shown)
        if reason and (not measure.running >= much > 0 or is_pure(element, reason)):
            found[element] = reason
            at = measure.last
        else:
            at += 1
    return found


def columns(shown: Shown, without: Mapping[etree._Element, Reason]) -> list[etree._Element]:
    """Return the outermost side columns, by name, that hold running text: they may be boxes in the article, but do not
    show where it is."""
    whole = shown.of(shown.root).running
    found: list[etree._Element] = []
    at = 0
    while at < len(shown.elements):
        element = shown.elements[at]
        measure = shown.of(element)
        most = whole if element.tag == "aside" else _MUCH_OF_PAGE * whole
        if element in without:
            at = measure.last
        elif element.tag in _BOXES and measure.running < most and is_region(element):
            found.append(element)
            at = measure.last
        else:
            at += 1
    return found


def _reason_for(element: etree._Element, measure: Measure, shown: Shown) -> Reason | None:
    """Return why the element is left out; None if its names give no reason, or its contents contradict them."""
    role = element.get("role")
    reason = _ELEMENTS.get(name_of(element))
    if role is not None and reason is None:
        reason = next(filter(None, map(_ROLES.get, role.split())), None)
    if reason:
        return reason if _is_tool(element, measure) else None
    if element.tag in _UNNAMED and not (element.tag == "table" and _is_notice(element)):
        return None
    is_section = _is_prose(measure) and _is_headed(measure)
    if (claim := class_claim(element)) and (
        (claim.is_widget and not (is_section and claim.reason == "site"))
        or (_agrees(claim, element, measure, shown) and not _is_in_sentence(element, shown))
    ):
        return claim.reason
    if (
        element.tag in _BOXES
        and (claim := id_claim(element))
        and (
            (claim.is_widget and not is_section and claim.reason != "site")
            or _agrees_wholly(claim.reason, element, measure, shown)
        )
    ):
        return claim.reason
    return None


def _is_notice(element: etree._Element) -> bool:
    """Return whether a table is a notice of the site. A table of links may belong to the article."""
    claim = class_claim(element)
    return claim is not None and claim.is_widget and claim.reason == "site"


def _is_tool(element: etree._Element, measure: Measure) -> bool:
    """Return whether a footer, a form or a menu belongs to the page rather than the article."""
    if element.tag == "footer" and any(each.tag in _ATTRIBUTED for each in element.iterancestors()):
        return False
    if element.tag == "footer":
        return True
    return not (_is_prose(measure) and _is_headed(measure)) or (
        measure.controls > 0 and measure.paragraphs <= _SHORT_BOX
    )


def _agrees(claim: Claim, element: etree._Element, measure: Measure, shown: Shown) -> bool:
    """Return whether the contents of an element confirm its class."""
    if claim.is_vague:
        return _agrees_wholly(claim.reason, element, measure, shown)
    if claim.reason == "others" and not measure.links:
        return False
    if not _is_prose(measure) or measure.linked_headings:
        is_section = element.tag == "section" and _is_headed(measure) and not (measure.links or measure.controls)
        return not is_section or _heading_label(element, shown)
    if claim.reason == "comments":
        return not _is_headed(measure) or _has_entries(element, shown)
    if claim.reason == "writer":
        is_section = _is_headed(measure) and measure.paragraphs >= _SHORT_BOX and not _heading_label(element, shown)
        return measure.written <= _LONGEST_BOX and not is_section
    if measure.paragraphs > _SHORT_BOX:
        return claim.reason == "others" and measure.links >= measure.paragraphs
    return not _is_headed(measure) or measure.controls > 0 or _heading_label(element, shown)


def _agrees_wholly(reason: Reason, element: etree._Element, measure: Measure, shown: Shown) -> bool:
    """Return whether the contents alone confirm an id or a vague class."""
    if reason == "others" and not measure.links and shown.text(element).endswith(_SENTENCE_ENDS):
        return False
    if reason == "comments" and _has_entries(element, shown):
        return True
    if _is_prose(measure):
        return measure.linked_headings >= _FEWEST_ENTRIES
    if measure.linked >= _MOSTLY * measure.written or measure.controls:
        return True
    if measure.headings > measure.linked_headings:
        return _heading_label(element, shown)
    return measure.written <= _SHORT_LINE


def _is_prose(measure: Measure) -> bool:
    return measure.running >= _MOSTLY * measure.written > 0 and measure.linked <= _FEW_LINKED * measure.written


def _is_headed(measure: Measure) -> bool:
    return measure.headings > measure.linked_headings


def _heading_label(element: etree._Element, shown: Shown) -> bool:
    """Return the kind of boilerplate that the first heading in the element announces: "Related stories"."""
    heading = next((each for each in shown.inside(element) if each.tag in HEADINGS), None)
    return heading is not None and label_of(shown.text(heading)) is not None


def _has_entries(element: etree._Element, shown: Shown) -> bool:
    """Return whether the element has readers' comments, or a field to write one."""
    inside = shown.inside(element)[1:]
    return shown.of(element).controls > 0 or sum(has_class(each, _COMMENTED) for each in inside) >= _FEWEST_ENTRIES


def _is_in_sentence(element: etree._Element, shown: Shown) -> bool:
    """Return whether the element is in a paragraph or heading, where removing it would leave a hole."""
    if element.tag in BLOCKS:
        return False
    block = next((each for each in element.iterancestors() if each.tag in BLOCKS or each.tag in HEADINGS), None)
    if block is None or block not in shown:
        return False
    return block.tag in HEADINGS or shown.of(block).running > shown.of(element).written
