"""The meaning of elements for a reader, by names, roles and styles.

https://html.spec.whatwg.org/multipage/indices.html
"""

from __future__ import annotations

import re

from lxml import etree

_NOT_RENDERED = """
    annotation annotation-xml area base basefont bgsound col colgroup command datalist embed frame frameset head link
    meta noembed noframes noscript object param rp script source style template title track
"""
_CONTROLS = "button canvas dialog input keygen meter optgroup option progress select textarea"
_BLOCKS = """
    address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form
    header hgroup hr html legend li listing main menu nav ol p plaintext pre search section summary table tbody td tfoot
    th thead tr ul xmp
"""

NOT_RENDERED = frozenset(_NOT_RENDERED.split())
"""What a browser never shows as text."""

CONTROLS = frozenset(_CONTROLS.split())
"""Form controls: visible, but nothing to read."""

_DRAWN_BY_PROGRAMS = frozenset({"canvas", "meter", "progress"})
"""Elements that show something other than their text."""

UNSEEN = NOT_RENDERED | CONTROLS

_TEXTS = frozenset({"article", "body", "main"})

PICTURES = frozenset({"amp-img", "img"})

PLAYED = frozenset({"amp-audio", "amp-iframe", "amp-video", "amp-youtube", "audio", "iframe", "video"})
"""Media players: they have no words to read."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

BLOCKS = frozenset(_BLOCKS.split())
"""Elements that begin and end a paragraph."""

_NOT_DISPLAYED = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!|;|$)", re.IGNORECASE)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_MATHS_FOR_EARS = "mwe-math-mathml-a11y"
"""Wikipedia hides the formula, and shows a picture that is hidden from screen readers."""

_FORMULA_DRAWN = ("katex-html", "mwe-math-fallback", "MathJax", "mjx-", "MJX")
"""Classes of the drawing of a formula that is also present as MathML."""

_LONGEST_TAG = 35
"""Characters, as RFC 5646 4.4.1 advises."""

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def name_of(element: etree._Element) -> str:
    """Return the element's name without its namespace, in lower case; empty for a comment or an instruction."""
    if not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2].lower()


def is_shown(element: etree._Element) -> bool:
    """Return whether the element is meant to be read, as far as its markup tells."""
    name = name_of(element)
    if not name or (name in UNSEEN and not _is_read_control(element, name)):
        return False
    if _MATHS_FOR_EARS in element.get("class", ""):
        return True
    if element.get("aria-hidden") == "true" and not _holds_the_text(element, name):
        return False
    return _is_displayed(element)


def is_seen(element: etree._Element) -> bool:
    """Return whether a browser displays the element, whether it is meant to be read or not."""
    name = name_of(element)
    if not name or name in NOT_RENDERED or name in PLAYED or name in _DRAWN_BY_PROGRAMS:
        return False
    if name == "dialog":
        return element.get("open") is not None
    if _MATHS_FOR_EARS in element.get("class", ""):
        return True
    return _is_displayed(element) and not _is_drawn_formula(element)


def _holds_the_text(element: etree._Element, name: str) -> bool:
    """Return whether the element holds the page's main text: it was saved hidden while a dialogue was open."""
    return name in _TEXTS or next(element.iter("{*}article", "{*}main"), None) is not None


def _is_displayed(element: etree._Element) -> bool:
    return element.get("hidden") is None and not _NOT_DISPLAYED.search(element.get("style", ""))


def _is_read_control(element: etree._Element, name: str) -> bool:
    """Return whether the element is a button that opens what it names: the heading of an accordion."""
    if name == "dialog":
        return element.get("open") is not None
    if name != "button":
        return False
    parent = element.getparent()
    return element.get("aria-expanded") is not None or (parent is not None and heading_level(parent) > 0)


def _is_drawn_formula(element: etree._Element) -> bool:
    if element.get("aria-hidden") != "true":
        return False
    names = element.get("class", "") + " " + name_of(element)
    return any(name in names for name in _FORMULA_DRAWN)


def language_of(element: etree._Element) -> str | None:
    """Return the BCP 47 tag on the element itself; None if it has none that is plausible."""
    said = (element.get(XML_LANG) or element.get("lang") or "").strip().replace("_", "-")
    return said if is_language(said) else None


def is_language(said: str) -> bool:
    """Return whether this could be a BCP 47 tag."""
    return len(said) <= _LONGEST_TAG and _TAG.fullmatch(said) is not None


def roles_of(element: etree._Element) -> set[str]:
    """Return the element's ARIA and EPUB roles, such as doc-noteref or noteref."""
    return set(f"{element.get('role', '')} {element.get(EPUB_TYPE, '') or element.get('epub:type', '')}".split())


def classes_of(element: etree._Element) -> set[str]:
    """Return the element's classes, in lower case."""
    return set(element.get("class", "").lower().split())


def names_in(element: etree._Element) -> set[str]:
    """Return the element's roles, EPUB types and classes, in lower case."""
    return {role.lower() for role in roles_of(element)} | classes_of(element)


def heading_level(element: etree._Element) -> int:
    """Return 1 to 6 for a heading, 0 for others (https://www.w3.org/TR/wai-aria-1.2/#heading)."""
    if "heading" in element.get("role", "").split():
        level = element.get("aria-level", "2").strip()
        return min(6, int(level)) if level in "123456789" and level else 2
    return HEADINGS.get(name_of(element), 0)


def is_block(element: etree._Element) -> bool:
    """Return whether the element begins and ends a paragraph."""
    return name_of(element) in BLOCKS or heading_level(element) > 0


def whole_number(said: str | None, longest: int = 9) -> int | None:
    """Return an attribute's integer value, None if it is not one."""
    said = (said or "").strip()
    digits = said.removeprefix("-")
    return int(said) if digits.isascii() and digits.isdigit() and len(digits) <= longest else None
