"""Elements, written so that only markup of ours is ever markup: text and attributes are escaped as they are put in.

A book has hundreds of thousands of them. Strings are put together by hand: Markup.format takes five times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

Attributes = Mapping[str, str | None]
"""Attributes by name; those that are None are left out."""

BREAK = Markup("<br/>")
RULE = Markup("<hr/>")


def element(name: str, attributes: Attributes, *content: str) -> Markup:
    """Return an element around its content; what of it is not Markup is escaped."""
    return Markup(f"<{name}{_written(attributes)}>{''.join(map(escape, content))}</{name}>")  # noqa: S704 - escaped


def opening(name: str, attributes: Attributes) -> Markup:
    return Markup(f"<{name}{_written(attributes)}>")  # noqa: S704 - escaped


def closing(name: str) -> Markup:
    return Markup(f"</{name}>")  # noqa: S704 - a name of ours


def empty(name: str, attributes: Attributes) -> Markup:
    """Return an element that has no content, in the form that HTML and XML share."""
    return Markup(f"<{name}{_written(attributes)}/>")  # noqa: S704 - escaped


def lines(parts: Iterable[str]) -> Markup:
    """Return the parts that are not empty, one a line."""
    return Markup("\n").join(part for part in parts if part)


def within_lines(parts: Iterable[str]) -> Markup:
    """Return the parts one a line, with a line end before and behind: what stands in an element that holds blocks."""
    return Markup("\n{}\n").format(lines(parts))


def _written(attributes: Attributes) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None)
