"""Plain facts of a text's structure, to which both the blocks of edition.json and a document's elements are brought:
"a list of three items, numbered 3, 4 and 9"."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from audio_edition.check.manifest import Chapter

_LONGEST_ADDRESS = 8_000
_WEB = re.compile(r"https?://[A-Za-z0-9](?:[A-Za-z0-9-]|\.(?!\.))*(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_MAIL_OR_TELEPHONE = re.compile(r"mailto:[^\s@<>]+@[^\s@<>]+|tel:[+(]?\d[\d() .-]*", re.IGNORECASE)

Fact = tuple[object, ...]
Facts = dict[str, list[Fact]]
"""What there is of each kind, in the order of the text."""

KINDS = (
    "lists", "lists of terms", "tables", "quotations", "programs", "pictures", "figures", "boxes", "producer's notes",
    "descriptions", "notes", "marks of notes", "scene breaks", "page breaks", "headings", "links",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a package: the elements that hold the text of some chapters. `name` is its file; `html5` is false
    for XHTML 1.0, which knows fewer elements."""

    name: str
    roots: Sequence[etree._Element]
    chapters: Sequence[Chapter]
    html5: bool = True
    ids: Mapping[str, etree._Element] = field(default_factory=dict)
    """Every element of the package's documents by file and id: `c01.xhtml#c01-n1`."""


def by_file_and_id(roots: Mapping[str, etree._Element]) -> dict[str, etree._Element]:
    """Return every element of some documents, by the file and its id."""
    return {
        f"{name}#{element.get('id')}": element
        for name, root in roots.items() for element in root.iter() if element.get("id")
    }  # fmt: skip


def leads_out(address: str) -> bool:
    """Return whether an address is one that a document's link may lead to."""
    address = address.strip()
    known = _WEB.fullmatch(address) or _MAIL_OR_TELEPHONE.fullmatch(address)
    return known is not None and len(address) <= _LONGEST_ADDRESS


def canonical(address: str) -> str:
    """Return an address in one of the ways in which it can be written."""
    scheme, _, rest = address.strip().partition(":")
    authority, slash, path = rest.removeprefix("//").partition("/")
    return f"{scheme.lower()}:{authority.lower()}{slash}{urllib.parse.unquote(path)}".rstrip("/")


def stem(name: str) -> str:
    """Return the name of a file without its folder and ending."""
    return PurePosixPath(name).stem
