"""Applies what style sheets say of classes to the elements: bold, italic, struck, raised."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,1000})\}")
_TELLING = re.compile(
    r"""(?:^|;)\s*(
        font-weight\s*:\s*(?:bold(?:er)?|normal|[1-9]00) | font-style\s*:\s*(?:italic|oblique|normal)
      | text-decoration(?:-line)?\s*:\s*[^;]{0,60}line-through[^;]{0,60} | vertical-align\s*:\s*(?:super|sub)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_STYLES = 300_000


def styles_in(sheets: Iterable[str], name: re.Pattern[str]) -> dict[str, str]:
    """Return what style sheets say of classes, by class. `name` matches a selector of one class, and groups it."""
    said: dict[str, str] = {}
    for sheet in sheets:
        for rule in _RULE.finditer(sheet[:_LONGEST_STYLES]):
            if telling := ";".join(found[1] for found in _TELLING.finditer(rule[2])):
                for selector in rule[1].split(","):
                    if found := name.fullmatch(selector.strip()):
                        said[found[1]] = f"{said.get(found[1], '')};{telling}"
    return said


def put_styles(root: etree._Element, said: Mapping[str, str]) -> None:
    """Write the styles of classes into the elements, below their own."""
    for element in root.iter(etree.Element) if said else ():
        styles = [said[name] for name in (element.get("class") or "").split() if name in said]
        if styles:
            element.set("style", ";".join([*styles, element.get("style") or ""]))
