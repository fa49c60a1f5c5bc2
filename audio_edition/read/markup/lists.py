"""The mark that stands before an item of a list (https://html.spec.whatwg.org/multipage/grouping-content.html#the-ol-element)."""

from __future__ import annotations

from lxml import etree

from audio_edition.read.markup.elements import is_shown, name_of

_LONGEST_NUMBER = 9


class Numbering:
    """Counts the items of ordered lists while they are passed in document order."""

    def __init__(self) -> None:
        self._next: list[int | None] = []

    def open(self, items: etree._Element) -> None:
        """A list begins."""
        if name_of(items) != "ol" or items.get("type", "1") != "1":
            self._next.append(None)
        elif items.get("reversed") is not None:
            self._next.append(
                _whole(items.get("start")) or sum(name_of(item) == "li" and is_shown(item) for item in items)
            )
        else:
            start = _whole(items.get("start"))
            self._next.append(1 if start is None else start)

    def close(self) -> None:
        """The list ends."""
        self._next.pop()

    def mark(self, item: etree._Element) -> str:
        """What stands before the item: its number and a full stop; nothing where the page shows a dot."""
        if not self._next or self._next[-1] is None:
            return ""
        number = _whole(item.get("value"))
        number = self._next[-1] if number is None else number
        step = -1 if item.getparent().get("reversed") is not None else 1
        self._next[-1] = number + step
        return f"{number}. "


def _count(items: etree._Element) -> int:
    return sum(name_of(item) == "li" and is_shown(item) for item in items)


def _whole(said: str | None) -> int | None:
    said = (said or "").strip()
    digits = said.removeprefix("-")
    return int(said) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_NUMBER else None
