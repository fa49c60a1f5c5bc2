"""Parses the arguments of shortcodes, containers and directives: a name, values, and named values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LONGEST = 4000
_VALUE = r"\"(?:[^\"\\]|\\.)*\"|“[^”]*”|'[^']*'|`[^`]*`"
_ARGUMENT = re.compile(
    rf"(?P<name>[\w.:-]+)\s*=\s*(?P<named>{_VALUE}|[^\s\"'`,=]+)"
    rf"|(?P<text>{_VALUE})|[.](?P<class>[\w-]+)|#(?P<id>[\w:.-]+)|(?P<word>[^\s,\"'`=]+)"
)


@dataclass(slots=True)
class Arguments:
    """`words` are unnamed values, in order, and `classes` those that begin with a full stop."""

    words: list[str] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """Return the first value with one of the names; empty if none has."""
        return next((self.named[name] for name in names if self.named.get(name)), "")


def arguments_of(written: str) -> Arguments:
    """Return the arguments after a name: `src="a.jpg" caption="A boat"`, `.callout-note #one`, `tip "Title"`."""
    found = Arguments()
    for match in _ARGUMENT.finditer(written[:_LONGEST]):
        if match["name"]:
            found.named.setdefault(match["name"].lower(), _unquoted(match["named"]))
        elif match["class"]:
            found.classes.append(match["class"])
        elif match["id"]:
            found.named.setdefault("id", match["id"])
        else:
            found.words.append(_unquoted(match["text"] or match["word"]))
    return found


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] + value[-1] in ('""', "''", "``", "“”"):
        value = value[1:-1]
    return re.sub(r"\\(.)", r"\1", value).strip()
