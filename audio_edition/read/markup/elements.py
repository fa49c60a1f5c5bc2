"""Elements by what they mean for a reader: https://html.spec.whatwg.org/multipage/indices.html"""

from __future__ import annotations

import re

from lxml import etree

from audio_edition.model import ParagraphKind

_UNSEEN = """
    annotation annotation-xml area base button canvas col colgroup command datalist dialog embed frame frameset head
    input keygen link map meta noframes noscript object option optgroup param progress meter rp rt rtc script select
    source style template textarea title track
"""
_BLOCKS = """
    address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form
    header hgroup hr html legend li listing main menu nav ol p plaintext pre search section summary table tbody td tfoot
    th thead tr ul xmp
"""

UNSEEN = frozenset(_UNSEEN.split())
"""Not shown as text, or not the article's: forms, programs, sources of formulas, and ruby, which repeats its word."""

PICTURES = frozenset({"amp-img", "img"})

PLAYED = frozenset({"amp-audio", "amp-iframe", "amp-video", "amp-youtube", "audio", "iframe", "video"})
"""What plays: it has no words to read."""

HEADINGS = {f"h{level}": level for level in range(1, 7)}

BLOCKS = frozenset(_BLOCKS.split())
"""They begin and end a paragraph."""

KINDS: dict[str, ParagraphKind] = {
    "blockquote": "quote",
    "caption": "caption",
    "dd": "list item",
    "dt": "list item",
    "figcaption": "caption",
    "li": "list item",
    "listing": "code",
    "pre": "code",
    "xmp": "code",
}
"""What the paragraphs inside are; the innermost says so."""

_NOT_DISPLAYED = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*(?:!|;|$)", re.IGNORECASE)
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_MATHS_FOR_EARS = "mwe-math-mathml-a11y"
"""Wikipedia hides the formula, and shows a picture that it hides from screen readers."""

_LONGEST_TAG = 35
"""Characters, as RFC 5646 4.4.1 advises."""

_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def name_of(element: etree._Element) -> str:
    """The element's name without its namespace, in small letters; empty for a comment or an instruction."""
    if not isinstance(element.tag, str):
        return ""
    return element.tag.rpartition("}")[2].lower()


def is_shown(element: etree._Element) -> bool:
    """Whether a page shows the element, as far as its markup tells."""
    name = name_of(element)
    if not name or name in UNSEEN:
        return False
    if _MATHS_FOR_EARS in element.get("class", ""):
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return False
    return not _NOT_DISPLAYED.search(element.get("style", ""))


def language_of(element: etree._Element) -> str | None:
    """The BCP 47 tag that the element itself says; none where it says nothing that could be one."""
    said = (element.get(XML_LANG) or element.get("lang") or "").strip().replace("_", "-")
    return said if is_language(said) else None


def is_language(said: str) -> bool:
    """Whether it could be a BCP 47 tag."""
    return len(said) <= _LONGEST_TAG and _TAG.fullmatch(said) is not None


def roles_of(element: etree._Element) -> set[str]:
    """What the element is by ARIA and EPUB, such as doc-noteref or noteref."""
    return set(f"{element.get('role', '')} {element.get(EPUB_TYPE, '') or element.get('epub:type', '')}".split())


def heading_level(element: etree._Element) -> int:
    """1 to 6 for a heading, 0 for what is none (https://www.w3.org/TR/wai-aria-1.2/#heading)."""
    if "heading" in element.get("role", "").split():
        level = element.get("aria-level", "2").strip()
        return min(6, int(level)) if level in "123456789" and level else 2
    return HEADINGS.get(name_of(element), 0)
