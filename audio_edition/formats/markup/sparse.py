"""A chapter of a book of sound: its headings and page marks, and nothing else that can be read.

Each sentence and each structure keeps an element of its own, empty but for those inside it, so that players go from
sentence to sentence and skip or leave what they do in a book with text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree
from markupsafe import Markup, escape

from audio_edition.formats.markup.elements import Attributes, element, lines, within_lines
from audio_edition.formats.markup.structures import Page, Structure
from audio_edition.model import Chapter

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAMESPACES = {"http://www.idpf.org/2007/ops": "epub:", "http://www.w3.org/XML/1998/namespace": "xml:"}
_WORDS = {"img": "alt", "math": "alttext"}
"""Elements whose words are in an attribute."""
_MARKS = frozenset({"doc-noteref", "doc-pagebreak"})


def sparse(markup: Markup, chapter: Chapter, structures: Iterable[Structure], pages: Iterable[Page]) -> Markup:
    """Return the markup of a chapter (XHTML of EPUB) without the text outside its headings."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    declared = f'<body xmlns:epub="http://www.idpf.org/2007/ops">{markup}</body>'
    root = etree.fromstring(declared.encode("utf-8", "replace"), parser)
    sentences = {utterance.id for utterance in chapter.utterances}
    return lines(_Sparse(sentences, {each.id for each in structures}, {page.id for page in pages}).inside(root))


class _Sparse:
    """Knows the ids of the sentences, structures and pages that keep their elements."""

    def __init__(self, sentences: set[str], structures: set[str], pages: set[str]) -> None:
        self._sentences = sentences
        self._structures = structures
        self._pages = pages

    def inside(self, source: etree._Element) -> Iterator[Markup]:
        """Yield what is kept of the content of an element."""
        for child in source:
            yield from self._markup_of(child)

    def _markup_of(self, source: etree._Element) -> Iterator[Markup]:
        name, place = _local(source), str(source.get("id", ""))
        if name in _HEADINGS:
            yield element(name, _attributes(source), *self._heading(source))
        elif place in self._pages:
            yield element(name, _attributes(source))
        elif place in self._sentences:
            yield element("span", {"id": place}, *self.inside(source))
        elif place in self._structures:
            yield element("div", {"id": place}, within_lines(self.inside(source)))
        else:
            yield from self.inside(source)

    def _heading(self, source: etree._Element) -> Iterator[Markup]:
        """Yield the sentences of a heading with their words, and the pages that begin in them."""
        yield escape(source.text or "")
        for child in source:
            place = str(child.get("id", ""))
            attributes = {"id": place, **_language(child)} if place in self._sentences else {}
            yield element("span", attributes, *_words(child), *self._pages_in(child))
            yield escape(child.tail or "")

    def _pages_in(self, source: etree._Element) -> Iterator[Markup]:
        for inner in source.iter():
            if inner.get("id") in self._pages:
                yield element(_local(inner), _attributes(inner))


def _words(source: etree._Element) -> Iterator[Markup]:
    """Yield the words of a sentence, without note marks and readings of characters; labels stay."""
    name = _local(source)
    if name in _WORDS:
        yield escape(source.get(_WORDS[name], ""))
    elif source.get("role") not in _MARKS and name != "rt":
        yield escape(source.text or "")
        for child in source:
            is_label = child.get("class") == "label"
            yield element("span", {"class": "label"}, *_words(child)) if is_label else Markup().join(_words(child))
            yield escape(child.tail or "")


def _local(source: etree._Element) -> str:
    return etree.QName(source).localname


def _language(source: etree._Element) -> Attributes:
    return {name: value for name, value in _attributes(source).items() if name in ("xml:lang", "lang", "dir")}


def _attributes(source: etree._Element) -> Attributes:
    """Return the attributes of an element as they are written."""
    named = ((etree.QName(str(name)), str(value)) for name, value in source.attrib.items())
    return {f"{_NAMESPACES.get(name.namespace or '', '')}{name.localname}": value for name, value in named}
