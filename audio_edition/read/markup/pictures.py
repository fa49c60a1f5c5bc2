"""In: a picture. Out: what it is said to show.

https://html.spec.whatwg.org/multipage/images.html#alt, https://www.w3.org/TR/svg-aam-1.0/#mapping_additional_nd
"""

from __future__ import annotations

from lxml import etree

from audio_edition.read.lines import speakable
from audio_edition.read.markup.elements import name_of, roles_of

_PRESSED = frozenset({"a", "button", "summary"})


def is_drawn(element: etree._Element) -> bool:
    """Whether the element stands for a picture, though it is none by name: what it holds is how it is drawn."""
    if "img" not in roles_of(element) and "graphics-document" not in roles_of(element):
        return False
    # A sign such as an emoji is read itself; its label, which is no text of the page, only tells what it looks like.
    return bool(element.get("aria-label")) and not _is_sign("".join(element.itertext()))


def description_of(picture: etree._Element) -> str | None:
    """The alternative text; empty where the picture only decorates, none where it may show something."""
    if name_of(picture) != "svg":
        said: str | None = picture.get("alt", picture.get("aria-label"))
        return said
    label = picture.get("aria-label") or " ".join(
        (each.text or "").strip() for each in picture if name_of(each) in ("title", "desc")
    )
    is_icon = any(name_of(each) in _PRESSED for each in picture.iterancestors())
    return "" if is_icon else label.strip()


def _is_sign(text: str) -> bool:
    return bool(text.strip()) and not speakable(text)
