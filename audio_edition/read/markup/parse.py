"""Parses a page or a fragment into a tree, within limits: no number, size or depth of elements stops the program.

The tree is built here from the parser's events: the parser's own tree silently ends at 2,048 levels, and takes minutes
for an element with many attributes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from audio_edition.errors import ReadError
from audio_edition.read.markup.elements import BLOCKS, EPUB_TYPE, XML_LANG
from audio_edition.sources.charsets import storable

if TYPE_CHECKING:
    _Target = etree.ParserTarget[etree._Element | None]
else:
    _Target = object  # lxml defines the protocol in its type stubs only

MOST_CHARACTERS = 6_000_000
"""Markup, without embedded pictures and styles. Long pages of news sites, scripts included, have 3 million."""

MOST_TAGS = 250_000
MOST_PARTS = 600_000
"""Elements and attributes."""

_DEEPEST = 25_000
_DEEPEST_KEPT = 400
"""Deeper elements are kept as if they stood at this depth; browsers keep 512."""

_ROOTS = frozenset({"html", "head", "body"})
_OF_HEAD = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noscript", "script", "style", "template", "title"}
)
_VOID = frozenset({"command", "embed", "keygen", "source", "track", "wbr"})
"""Void elements unknown to the parser: it would put what follows into them."""

_ENDED_BY = {
    "dd": frozenset({"dd", "dt"}),
    "dt": frozenset({"dd", "dt"}),
    "rb": frozenset({"rb", "rp", "rt", "rtc"}),
    "rp": frozenset({"rb", "rp", "rt"}),
    "rt": frozenset({"rb", "rp", "rt"}),
    "rtc": frozenset({"rb", "rp", "rt", "rtc"}),
}
"""Elements that are ended by the start of another, unknown to the parser."""

_STYLES = re.compile(r"(<style\b[^<>]{0,300}>)[^<]*+", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w.+/-]{1,60}[;,][^\"'\s<>()]{200,}+")
_PICTURE = re.compile(r"data:image/(?:gif|jpe?g|pjpeg|png|webp|x-png)[;,]", re.IGNORECASE)
_MOST_EMBEDDED = 70_000_000
"""Characters of embedded pictures, which exceed their bytes by a third."""

_STANDS_FOR = "data:,picture-"
_ATTRIBUTES = """
    align alt alttext aria-describedby aria-details aria-expanded aria-hidden aria-label aria-level bodyref charset
    class colspan columnalign content data-area data-component data-footnote-backref data-footnote-ref data-gu-name
    data-testid datetime dir display encoding
    headers height hidden href http-equiv id itemid itemprop itemscope itemtype lang linethickness longdesc
    mathvariant name open property pubdate rel rev reversed role rowspan scope shadowmode shadowroot shadowrootmode slot
    src start stretchy style title
    type value width
"""
_KEPT = dict.fromkeys(_ATTRIBUTES.split(), "") | {"epub:type": EPUB_TYPE, "xml:lang": XML_LANG}
"""The attributes that are kept, with their new names if those differ."""

_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that a tree can't hold."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_REMEDY = "Save the article alone, as a page or as plain text, and give that file."


def tree_of(text: str, name: str) -> etree._Element:
    """Return the root of a page, or of a page made from a fragment. Raises ReadError."""
    pictures = _Embedded()
    text = _EMBEDDED.sub(pictures.kept, _STYLES.sub(r"\1", text)).replace("\0", "")
    tags = text.count("<")
    if len(text) > MOST_CHARACTERS or tags > MOST_TAGS:
        raise ReadError(f"{name} has {len(text)} characters of markup and {tags} tags, more than any article.", _REMEDY)
    parser = etree.HTMLParser(target=_Builder(name, pictures), huge_tree=True, remove_comments=True, remove_pis=True)
    parser.feed(storable(text))
    root = parser.close()
    # None if there are only comments and white space.
    return etree.Element("html") if root is None else root


def body_of(text: str, name: str) -> etree._Element:
    """Return the body of HTML, whether a page or a fragment. Raises ReadError."""
    root = tree_of(text, name)
    body = root.find("body")
    return root if body is None else body


class _Embedded:
    """Pictures embedded in a page, set aside while it is parsed."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._length = 0

    def kept(self, found: re.Match[str]) -> str:
        """Return a placeholder for embedded data, which is kept if it is a picture."""
        written = found[0]
        if not _PICTURE.match(written) or self._length + len(written) > _MOST_EMBEDDED:
            return "data:,"
        self._length += len(written)
        self._written.append(written)
        return f"{_STANDS_FOR}{len(self._written) - 1}"

    def source(self, value: str) -> str:
        """Return an attribute's value with its placeholder replaced."""
        number = value.removeprefix(_STANDS_FOR)
        if number != value and number.isdecimal() and int(number) < len(self._written):
            return self._written[int(number)]
        return value


class _Builder(_Target):
    """The target of lxml's parser events. `html` and `body` open once and stay open, because pages continue after their
    ends; what the parser leaves in the head, being older than `article`, goes into the body."""

    def __init__(self, name: str, pictures: _Embedded) -> None:
        self._name = name
        self._pictures = pictures
        self._tree = etree.TreeBuilder()
        self._begun: set[str] = set()
        self._roots: list[str] = []
        self._open: list[str] = []  # empty for an element that is not in the tree, or has ended
        self._parts = 0
        self._is_whole = True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _ROOTS and tag in self._begun:
            return
        kept = {_KEPT[key] or key: without_controls(value) for key, value in attributes.items() if key in _KEPT}
        self._parts += 1 + len(kept)
        if "src" in kept:
            kept["src"] = self._pictures.source(kept["src"])
        if tag in _ROOTS:
            self._begin(tag, kept)
            return
        if not self._open and self._roots[-1:] == ["head"] and tag not in _OF_HEAD:
            self._begin("body", {})
        if self._open and self._open[-1] in _ENDED_BY.get(tag, ()):
            self._tree.end(self._open[-1])
            self._open[-1] = ""
        self._refuse_traps()
        name = tag if _NAME.fullmatch(tag) else "span"
        is_kept = len(self._open) < _DEEPEST_KEPT
        if is_kept:
            self._tree.start(name, kept)
        elif tag in BLOCKS:
            self._tree.data(" ")
        if is_kept and tag in _VOID:
            self._tree.end(name)
        self._open.append(name if is_kept and tag not in _VOID else "")

    def end(self, tag: str) -> None:
        if tag in _ROOTS:
            return
        if len(self._open) > _DEEPEST_KEPT and tag in BLOCKS:
            self._tree.data(" ")
        if name := self._open.pop():
            self._tree.end(name)

    def data(self, text: str) -> None:
        self._tree.data(without_controls(text))

    def close(self) -> etree._Element | None:
        if not (self._roots and self._is_whole):
            return None
        for tag in reversed(self._roots):
            self._tree.end(tag)
        return self._tree.close()

    def _begin(self, root: str, attributes: dict[str, str]) -> None:
        if self._roots[-1:] == ["head"]:
            self._tree.end(self._roots.pop())
        if root not in self._begun:
            self._begun.add(root)
            self._roots.append(root)
            self._tree.start(root, attributes)

    def _refuse_traps(self) -> None:
        self._is_whole = len(self._open) < _DEEPEST and self._parts <= MOST_PARTS
        if len(self._open) >= _DEEPEST:
            raise ReadError(f"{self._name} nests its elements over {_DEEPEST} deep, more than any page.", _REMEDY)
        if self._parts > MOST_PARTS:
            raise ReadError(f"{self._name} has over {MOST_PARTS} elements and attributes, too many.", _REMEDY)


def without_controls(text: str) -> str:
    """Return a text without the characters that a tree can't hold; white space among them becomes a space."""
    return _NOT_XML.sub(lambda found: " " if found[0].isspace() else "", text)
