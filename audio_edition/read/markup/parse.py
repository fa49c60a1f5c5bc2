"""A page or a piece of one, parsed into a tree within limits: no number, size or depth of elements stops the program.

The parser tells what it meets and the tree is built here: the one it builds itself ends at 2,048 levels without a word,
and takes minutes for an element of many attributes.
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
    _Target = object  # lxml has the protocol in its types only

MOST_CHARACTERS = 6_000_000
"""Of markup, without the pictures and styles in it. Long pages of news sites, programs included, have 3 million."""

MOST_TAGS = 250_000
MOST_PARTS = 600_000
"""Elements and attributes."""

_DEEPEST = 25_000
_DEEPEST_KEPT = 400
"""What is nested deeper is kept as if it stood at this depth; browsers keep 512."""

_ROOTS = frozenset({"html", "head", "body"})
_OF_HEAD = frozenset(
    {"base", "basefont", "bgsound", "link", "meta", "noscript", "script", "style", "template", "title"}
)
_VOID = frozenset({"command", "embed", "keygen", "source", "track", "wbr"})
"""Elements without content that the parser does not know for such: it would put into them what follows."""

_ENDED_BY = {
    "dd": frozenset({"dd", "dt"}),
    "dt": frozenset({"dd", "dt"}),
    "rb": frozenset({"rb", "rp", "rt", "rtc"}),
    "rp": frozenset({"rb", "rp", "rt"}),
    "rt": frozenset({"rb", "rp", "rt"}),
    "rtc": frozenset({"rb", "rp", "rt", "rtc"}),
}
"""Elements that end where one of a name begins, which the parser does not know."""

_STYLES = re.compile(r"(<style\b[^<>]{0,300}>)[^<]*+", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w.+/-]{1,60}[;,][^\"'\s<>()]{200,}+")
_PICTURE = re.compile(r"data:image/(?:gif|jpe?g|pjpeg|png|webp|x-png)[;,]", re.IGNORECASE)
_MOST_EMBEDDED = 70_000_000
"""Characters of pictures in the page itself, which are more than their bytes by a third."""

_STANDS_FOR = "data:,picture-"
_ATTRIBUTES = """
    align alt alttext aria-describedby aria-details aria-expanded aria-hidden aria-label aria-level charset
    class colspan columnalign content data-area data-component data-footnote-backref data-footnote-ref data-gu-name
    data-testid datetime dir display encoding
    headers height hidden href http-equiv id itemid itemprop itemscope itemtype lang linethickness longdesc
    mathvariant name open property pubdate rel rev reversed role rowspan scope src start stretchy style title
    type value width
"""
_KEPT = dict.fromkeys(_ATTRIBUTES.split(), "") | {"epub:type": EPUB_TYPE, "xml:lang": XML_LANG}
"""The attributes that tell something, with the names they get if those are others."""

_NOT_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that a tree can't hold."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_REMEDY = "Save the article alone, as a page or as plain text, and give that file."


def tree_of(text: str, name: str) -> etree._Element:
    """Return the root of the page that the text is, or is a piece of. Raises ReadError."""
    pictures = _Embedded()
    text = _EMBEDDED.sub(pictures.kept, _STYLES.sub(r"\1", text)).replace("\0", "")
    tags = text.count("<")
    if len(text) > MOST_CHARACTERS or tags > MOST_TAGS:
        raise ReadError(f"{name} has {len(text)} characters of markup and {tags} tags, more than any article.", _REMEDY)
    parser = etree.HTMLParser(target=_Builder(name, pictures), huge_tree=True, remove_comments=True, remove_pis=True)
    parser.feed(storable(text))
    root = parser.close()
    # None for nothing but comments and white space.
    return etree.Element("html") if root is None else root


def body_of(text: str, name: str) -> etree._Element:
    """Return what a page shows of the text, which is HTML, be it a page or a piece of one. Raises ReadError."""
    root = tree_of(text, name)
    body = root.find("body")
    return root if body is None else body


class _Embedded:
    """Pictures that are written into a page, while it is parsed without them."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._length = 0

    def kept(self, found: re.Match[str]) -> str:
        """Return what stands for what was found; it is kept if it is a picture."""
        written = found[0]
        if not _PICTURE.match(written) or self._length + len(written) > _MOST_EMBEDDED:
            return "data:,"
        self._length += len(written)
        self._written.append(written)
        return f"{_STANDS_FOR}{len(self._written) - 1}"

    def source(self, value: str) -> str:
        """Return what an attribute said before its picture was kept."""
        number = value.removeprefix(_STANDS_FOR)
        if number != value and number.isdecimal() and int(number) < len(self._written):
            return self._written[int(number)]
        return value


class _Builder(_Target):
    """What lxml calls while it parses. `html` and `body` open once and stay open, for pages go on behind their ends;
    and what the parser leaves in the head, because it is older than `article`, is in the body."""

    def __init__(self, name: str, pictures: _Embedded) -> None:
        self._name = name
        self._pictures = pictures
        self._tree = etree.TreeBuilder()
        self._begun: set[str] = set()
        self._roots: list[str] = []
        self._open: list[str] = []  # empty for what is not in the tree, or has ended in it
        self._parts = 0
        self._is_whole = True

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _ROOTS and tag in self._begun:
            return
        kept = {_KEPT[key] or key: _clean(value) for key, value in attributes.items() if key in _KEPT}
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
        self._tree.data(_clean(text))

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
            raise ReadError(f"{self._name} nests its elements over {_DEEPEST} deep, as no page does.", _REMEDY)
        if self._parts > MOST_PARTS:
            raise ReadError(f"{self._name} has over {MOST_PARTS} elements and attributes, as no article has.", _REMEDY)


def _clean(text: str) -> str:
    return _NOT_XML.sub(lambda found: " " if found[0].isspace() else "", text)
