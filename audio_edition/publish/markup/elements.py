"""Elements, written so that only markup of ours is ever markup: text and attributes are escaped as they are put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

Attributes = Mapping[str, str | None]
"""Attributes by name; those that are None are left out."""

BREAK = Markup("<br/>")
RULE = Markup("<hr/>")


def element(name: str, attributes: Attributes, *content: str) -> Markup:
    """Return an element around its content; what of it is not Markup is escaped."""
    return Markup("{}{}{}").format(opening(name, attributes), Markup("").join(content), closing(name))


def opening(name: str, attributes: Attributes) -> Markup:
    return Markup("<{}{}>").format(name, _written(attributes))


def closing(name: str) -> Markup:
    return Markup("</{}>").format(name)


def empty(name: str, attributes: Attributes) -> Markup:
    """Return an element that has no content, in the form that HTML and XML share."""
    return Markup("<{}{}/>").format(name, _written(attributes))


def lines(parts: Iterable[str]) -> Markup:
    """Return the parts that are not empty, one a line."""
    return Markup("\n").join(part for part in parts if part)


def within_lines(parts: Iterable[str]) -> Markup:
    """Return the parts one a line, with a line end before and behind: what stands in an element that holds blocks."""
    return Markup("\n{}\n").format(lines(parts))


def _written(attributes: Attributes) -> Markup:
    written = (Markup(' {}="{}"').format(name, value) for name, value in attributes.items() if value is not None)
    return Markup("").join(written)
