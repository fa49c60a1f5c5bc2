"""Resolves entities: names, such as `&boat;`, for texts that a document declares before its first element.

All formats share one rule: a short, plain text replaces its name; anything that must be loaded, has markup in it, grows
long or is never declared is left out. Both are reported. No parser ever sees a declaration.
"""

from __future__ import annotations

import html
import html.entities
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from audio_edition.errors import ReadError, in_brief
from audio_edition.model import Finding

LONGEST = 1000
"""Characters of a replacement text."""

MOST = 1000
"""References that a document may have."""

_DEEPEST = 10
_NAME = r"[^\W\d][\w.:-]{0,60}"
_REFERENCE = re.compile(rf"<!\[CDATA\[|<!--|&({_NAME});")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_INNER = re.compile(rf"&({_NAME});")
_DECLARED = re.compile(rf"""<!ENTITY\s+({_NAME})\s+(?:"([^"]*+)"|'([^']*+)'|(?:SYSTEM|PUBLIC)\b[^<>]{{0,2000}})\s*>""")
DECLARATIONS = r"""(?:<!--.{0,5000}?-->|"[^"]*+"|'[^']*+'|[^\]"'])*+"""
"""The declarations between a doctype's brackets: a bracket in a string or a comment does not end them."""

_DOCTYPE = re.compile(rf"(<!DOCTYPE[^\[<>]{{0,500}}+)\[({DECLARATIONS})\]\s*>", re.DOTALL | re.IGNORECASE)
_BEFORE_DOCTYPE = re.compile(r"(?:\ufeff|\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL)
_LONGEST_DECLARATIONS = 200_000
_MOST_NAMED = 5


@dataclass(slots=True)
class Entities:
    """What became of a document's references: the replacement texts by name, and the references left out."""

    put_in: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    _count: int = 0

    def resolved(self, text: str, name: str, *, is_xml: bool) -> str:
        """Return the text of a document without its declarations and with entities replaced.

        An undeclared name is left out in XML; in HTML it stays as written. Raises ReadError.
        """
        before = _BEFORE_DOCTYPE.match(text)
        start = before.end() if before else 0
        doctype = _DOCTYPE.match(text, start, start + _LONGEST_DECLARATIONS)
        if doctype is None and not (is_xml and "&" in text):
            return text
        declared: dict[str, str | None] = {}
        for found in _DECLARED.finditer(doctype[2] if doctype else ""):
            declared.setdefault(found[1], found[2] if found[3] is None else found[3])

        pieces: list[str] = []
        at = doctype.end() if doctype else 0
        for found in _references(text, at):
            if found[1] not in declared and (not is_xml or _is_of_html(found[1])):
                continue
            self._count += 1
            if self._count > MOST:
                raise ReadError(f"{name} uses entities of its own more than {MOST:,} times.", "Write their text.")
            pieces += [text[at : found.start()], self._text_for(found[1], declared)]
            at = found.end()
        before_root = f"{text[: doctype.start()]}{doctype[1].rstrip()}>" if doctype else ""
        return "".join((before_root, *pieces, text[at:]))

    def include(self, other: Entities) -> None:
        """Add what became of the references in a part of the document."""
        self.put_in |= other.put_in
        self.left_out += other.left_out
        self._count += other._count

    def leave_out(self, reference: str) -> None:
        """Record a reference that a parser found and that is not replaced."""
        self.left_out.append(reference)

    def findings(self) -> tuple[Finding, ...]:
        """Return the findings for an editor."""
        found = []
        if self.put_in:
            named = _named(f"&{name}; for “{in_brief(text)}”" for name, text in self.put_in.items())
            message = f"The document's own entities are replaced by the texts that it declares: {named}."
            found.append(Finding("entities", "note", message))
        if self.left_out:
            named = _named(dict.fromkeys(self.left_out))
            message = f"Left out: entities for which the document has no short, plain text: {named}."
            remedy = "Write in the document what they stand for."
            found.append(Finding("entities-left-out", "warning", message, remedy=remedy, text=" ".join(self.left_out)))
        return tuple(found)

    def _text_for(self, entity: str, declared: Mapping[str, str | None]) -> str:
        text = _expanded(entity, declared, _DEEPEST)
        if text is None:
            self.leave_out(f"&{entity};")
            return ""
        self.put_in[entity] = html.unescape(text)
        return text.replace('"', "&quot;").replace("'", "&#39;")


def _references(text: str, start: int) -> Iterator[re.Match[str]]:
    """Yield the references after a position, except those in comments and CDATA sections."""
    at = start
    unclosed: set[str] = set()
    while found := _REFERENCE.search(text, at):
        at = found.end()
        if found[1] is not None:
            yield found
        elif found[0] not in unclosed:
            end = text.find(_ENDS[found[0]], at)
            if end < 0:
                unclosed.add(found[0])
            else:
                at = end


def _expanded(entity: str, declared: Mapping[str, str | None], depth: int) -> str | None:
    """Return the text of an entity, with character references resolved; None if it has none or a long one."""
    text = declared.get(entity)
    if text is None or "<" in text or len(text) > LONGEST or not depth:
        return None
    pieces: list[str] = []
    at = length = 0
    for found in _INNER.finditer(text):
        inner = found[0] if _is_of_html(found[1]) else _expanded(found[1], declared, depth - 1)
        if inner is None or (length := length + len(inner)) > LONGEST:
            return None
        pieces += [text[at : found.start()], inner]
        at = found.end()
    expanded = "".join((*pieces, text[at:]))
    is_plain = len(expanded) <= LONGEST and "<" not in html.unescape(expanded)
    return expanded if is_plain else None


def _is_of_html(name: str) -> bool:
    return f"{name};" in html.entities.html5


def _named(said: Iterable[str]) -> str:
    names = [*said]
    return ", ".join(names[:_MOST_NAMED]) + (" and others" if len(names) > _MOST_NAMED else "")
