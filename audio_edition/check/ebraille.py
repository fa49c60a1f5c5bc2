"""Check an eBraille of an edition: its files, metadata, navigation and cells, and each sentence by its id.

Section numbers are those of eBraille 1.0 (DAISY, 14 August 2025). What it shares with EPUB is left to EPUBCheck, except
what makes a stranger's file unsafe.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from audio_edition.check.agreement import depths, level_findings, nested, shown
from audio_edition.check.braille import READ_BACK, Form, differs, form_of, is_plain, joined, unread
from audio_edition.check.epub import marked_pages
from audio_edition.check.facts_of_blocks import links_out
from audio_edition.check.files import unsafe_names
from audio_edition.check.liblouis import INSTALL, cells_of, in_ascii, library, version
from audio_edition.check.links import link_findings, parsed, runs_and_loads, style_findings
from audio_edition.check.manifest import Chapter, Cue, Manifest
from audio_edition.check.reading import (
    Archive,
    archive,
    content,
    elements,
    language_of,
    local,
    one_spaced,
    target_of,
    text_of,
    within,
    xml_of,
)
from audio_edition.check.skipping import page_findings
from audio_edition.check.wording import said_in
from audio_edition.model import Finding

_AGAIN = "Build the edition again."
_PACKAGE, _INDEX = "package.opf", "index.html"
_OUTSIDE = frozenset({"mimetype", "META-INF/container.xml", _PACKAGE})
_TYPE = "{http://www.idpf.org/2007/ops}type"
_ONE, _SOME = 1, 1_000
_WHEN = r"\d{4}(?:-\d\d(?:-\d\d)?)?"
_REQUIRED = {
    "dc:title": (_SOME, ".+"),
    "dc:creator": (_SOME, ".+"),
    "dc:format": (_ONE, r"eBraille 1\.0"),
    "dc:identifier": (_SOME, ".+"),
    "dc:language": (_SOME, r"[A-Za-z]{2,3}(?:-[A-Za-z]{3})*-Brai(?:-[A-Za-z0-9]{1,8})*"),
    "dc:date": (_ONE, rf"{_WHEN}.*"),
    "dcterms:dateCopyrighted": (_ONE, _WHEN),
    "dcterms:modified": (_ONE, r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
    "a11y:brailleCellType": (_ONE, "6"),
    "a11y:brailleSystem": (_SOME, r"[^ ]+ (?:.* )?(?:grade[0-3]|no-grade)(?: .*)?"),
    "a11y:completeTranscription": (_ONE, "true"),
    "a11y:producer": (_SOME, ".+"),
    "a11y:tactileGraphics": (_ONE, "none"),
}
"""For each property that the package must have: how often at most, and the pattern of its value (5.3.3)."""
_NOT_IN_PACKAGE = frozenset({"collection", "guide", "bindings", "tours"})
_NOT_IN_TEXT = frozenset({"script", "form", "canvas", "img", "svg", "audio", "video", "object", "iframe", "input"})
_SHOWN = ("alt", "aria-label", "abbr")
"""Attributes whose values may be shown."""
_CELLS = re.compile("[\u2800-\u283f\\s\u00ad]*")
_HEADING = re.compile("h[1-6]")
_ESCAPE = re.compile(r"'\\[XYZ][0-9A-J]+'")
_STYLES = re.compile(
    r"-epub-|@media[^{]*(?:braille|grid)|\b(?:font|text-decoration|text-shadow)[a-z-]*\s*:|(?<![a-z-])color\s*:"
    r"|\d(?:px|pt|cm|mm|in|pc)\b",
    re.IGNORECASE,
)
"""What style sheets should not set (6.3.2): fonts, colours, and lengths in other units than cells."""
_BESIDE_THE_TEXT = frozenset({"doc-noteref", "doc-pagebreak"})


@dataclass(frozen=True, slots=True)
class _Book:
    """An eBraille that could be opened: `documents` are the documents of the spine by their names."""

    place: str
    files: Archive
    package: etree._Element
    index: etree._Element
    documents: Mapping[str, etree._Element]


def ebraille_findings(manifest: Manifest, name: str) -> Iterator[Finding]:
    """Yield all findings on an eBraille."""
    with archive(manifest.folder / name, name) as files:
        yield from unsafe_names(iter(files.names), name)
        yield from _container_findings(files)
        book = _opened(files)
        yield from _package_findings(book)
        yield from _metadata_findings(book)
        yield from _index_findings(book, manifest)
        for document, root in {_INDEX: book.index, **book.documents}.items():
            yield from _cell_findings(f"{name}/{document}", root)
            yield from runs_and_loads(root, f"{name}/{document}", policy_wanted=False)
        yield from _style_findings(book)
        roots = {**book.documents, _INDEX: book.index}
        yield from link_findings(files, list(files.names), roots, f"{name}/", links_out(manifest))
        yield from _text_findings(book, manifest)


def _unsound(place: str, message: str) -> Finding:
    return Finding("ebraille-unsound", "error", message, place, _AGAIN)


# --- files and package


def _container_findings(files: Archive) -> Iterator[Finding]:
    """Yield findings unless the archive begins as an EPUB does, and names the package at its root (4.2, 4.7)."""
    first = files.zipped.infolist()[0] if files.names else None
    stored = first and first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
    if not stored or content(files, "mimetype") != b"application/epub+zip":
        yield _unsound(files.place, "The archive does not begin with an uncompressed mimetype file that says EPUB.")
    if not files.place.endswith(".ebrl"):
        yield _unsound(files.place, "Its name does not end with .ebrl.")
    named = [str(each.get("full-path")) for each in elements(xml_of(files, "META-INF/container.xml"), "rootfile")]
    if named[:1] != [_PACKAGE]:
        yield _unsound(files.place, f"Its package document is not {_PACKAGE} at the root.")


def _opened(files: Archive) -> _Book:
    package = xml_of(files, _PACKAGE)
    names = {
        str(item.get("id")): target_of(str(item.get("href", "")), _PACKAGE)[0] for item in elements(package, "item")
    }
    spine = [names[str(entry.get("idref"))] for entry in elements(package, "itemref")]
    return _Book(files.place, files, package, xml_of(files, _INDEX), parsed(files, spine, xml=True))


def _package_findings(book: _Book) -> Iterator[Finding]:
    """Yield findings unless the package lists every file, and nothing that eBraille excludes (5.4 to 5.6)."""
    place, items = f"{book.place}/{_PACKAGE}", elements(book.package, "item")
    listed = {target_of(str(item.get("href", "")), _PACKAGE)[0]: item for item in items}
    for name in sorted(listed.keys() - set(book.files.names)):
        yield _unsound(place, f"It lists {name[:80]}, which is missing.")
    for name in sorted(set(book.files.names) - listed.keys() - _OUTSIDE):
        yield _unsound(place, f"It does not list {name[:80]}.")
    navs = [name for name, item in listed.items() if "nav" in str(item.get("properties", "")).split()]
    if navs != [_INDEX] or _INDEX in book.documents:
        yield _unsound(place, f"{_INDEX} is not its navigation document, or is in its spine.")
    if any(listed[name].get("media-type") != "application/xhtml+xml" for name in book.documents if name in listed):
        yield _unsound(place, "A document in its spine is not XHTML.")
    fallen = any(item.get("fallback") for item in items) or any(
        meta.get("name") for meta in elements(book.package, "meta")
    )
    if fallen or any(local(element) in _NOT_IN_PACKAGE for element in book.package.iter()):
        yield _unsound(place, "It holds elements of older EPUBs, or fallbacks, which eBraille excludes.")


def _metadata_findings(book: _Book) -> Iterator[Finding]:
    """Yield findings unless each required property is there, no more often than allowed, with an allowed value."""
    found: dict[str, list[str]] = {}
    for metadata in elements(book.package, "metadata"):
        for element in metadata:
            is_meta = local(element) == "meta"
            key = str(element.get("property")) if is_meta else f"dc:{local(element)}"
            if not element.get("refines"):
                found.setdefault(key, []).append(one_spaced(within(element)))
    for key, (most, wanted) in _REQUIRED.items():
        values = found.get(key, [])
        if not 1 <= len(values) <= most:
            yield _unsound(f"{book.place}/{_PACKAGE}", f"It has {key} {len(values)} times.")
        for value in values:
            if not re.fullmatch(wanted, value):
                yield _unsound(f"{book.place}/{_PACKAGE}", f"Its {key} is {shown(value)}, which is not allowed.")


# --- navigation


def _index_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """Yield findings unless the entry page links to the package, to each chapter and to each page (8.2, 8.3)."""
    place = f"{book.place}/{_INDEX}"
    links = [link for link in elements(book.index, "link") if link.get("rel") == "publication"]
    if [link.get("href") for link in links] != [_PACKAGE]:
        yield _unsound(place, f"It does not link to {_PACKAGE} as its publication.")
    contents = [nav for nav in elements(book.index, "nav") if nav.get(_TYPE) == "toc" and nav.get("role") == "doc-toc"]
    entries = elements(contents[0], "a") if len(contents) == 1 else []
    if [target_of(str(entry.get("href", "")), _INDEX)[0] for entry in entries] != list(book.documents):
        yield _unsound(place, "Its contents do not link to the documents in their order.")
    levels = [sum(local(above) == "ol" for above in entry.iterancestors()) for entry in entries]
    yield from level_findings(place, levels, nested(depths(manifest)), manifest)
    yield from page_findings(place, list(_listed_pages(book.index)), list(marked_pages(book.documents, manifest)))


def _listed_pages(index: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield each page of the list: its number as printed, and the element that it leads to."""
    for nav in elements(index, "nav"):
        if nav.get(_TYPE) == "page-list" and nav.get("role") == "doc-pagelist":
            for link in elements(nav, "a"):
                yield str(link.get("title", "")), "#".join(target_of(str(link.get("href", "")), _INDEX))


# --- cells and styles


def _cell_findings(place: str, root: etree._Element) -> Iterator[Finding]:
    """Yield findings unless all shown text is six-dot cells, and its language tags say so (6.2.1, 6.2.3)."""
    shown_texts = [*root.itertext(), *(element.get(name, "") for element in root.iter() for name in _SHOWN)]
    strange = next((text for text in shown_texts if not _CELLS.fullmatch(text)), None)
    if strange is not None:
        yield _unsound(place, f"It shows {shown(strange.strip())}, which is not all six-dot cells.")
    if escape := _ESCAPE.search(in_ascii("".join(shown_texts))):
        yield _unsound(place, f"A character has no braille, and is written as {escape[0]}.")
    for element in root.iter():
        if local(element) in _NOT_IN_TEXT:
            yield _unsound(place, f"It holds an element <{local(element)}>, which is not allowed.")
    languages = {str(value) for element in root.iter() for name, value in element.items() if name.endswith("lang")}
    if not languages or any("Brai" not in language.split("-") for language in languages):
        yield _unsound(place, "A language tag in it does not say that the text is in braille (Brai).")


def _style_findings(book: _Book) -> Iterator[Finding]:
    for name in book.files.names:
        if name.endswith(".css"):
            text, place = text_of(book.files, name), f"{book.place}/{name}"
            yield from style_findings(text, place)
            if found := _STYLES.search(text):
                yield _unsound(place, f"It sets {shown(found[0])}, which style sheets must leave to the display.")


# --- text


def _text_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """Yield findings unless each sentence is there, in its place and language, with its words."""
    if len(book.documents) != len(manifest.chapters):
        message = f"It has {len(book.documents)} documents, but the edition has {len(manifest.chapters)} chapters."
        yield Finding("chapters-differ", "error", message, book.place, _AGAIN)
        return
    levels = [_depth(root) for root in book.documents.values()]
    yield from level_findings(book.place, levels, depths(manifest), manifest)
    form = form_of(manifest)
    if library() is None:
        yield Finding(
            "tool-missing", "note", "liblouis is not installed, so its check was skipped.", book.place, INSTALL
        )
    for (name, root), chapter in zip(book.documents.items(), manifest.chapters, strict=True):
        yield from _chapter_findings(f"{book.place}/{name}", root, chapter, form, manifest.language)


def _depth(root: etree._Element) -> int:
    """Return the level of the heading with which a document begins; 0 if it begins without one."""
    first = next((each for section in elements(root, "section")[:1] for each in section), root)
    return int(local(first)[1]) if _HEADING.fullmatch(local(first)) else 0


def _chapter_findings(
    place: str, root: etree._Element, chapter: Chapter, form: Form, language: str
) -> Iterator[Finding]:
    said = said_in(root, chapter.cues)
    if [cue.id for cue, _ in said] != [cue.id for cue in chapter.cues]:
        yield Finding("sentences-differ", "error", "Sentences are missing, or not in their order.", place, _AGAIN)
        return
    for cue, element in said:
        if language_of(element).partition("-")[0] != cue.language.partition("-")[0]:
            message = f"It is marked as {shown(language_of(element))}, but its language is {shown(cue.language)}."
            yield Finding("language-differs", "error", message, f"{place}: {cue.id}", _AGAIN, cue.text)
        yield from _sentence_findings(place, in_ascii(" ".join(_written(element).split())), cue, form, language)


def _sentence_findings(place: str, cells: str, cue: Cue, form: Form, language: str) -> Iterator[Finding]:
    """Yield a finding if the cells of a sentence do not have its words."""
    if not cells and cue.text.strip():
        yield differs(place, cue, "none of them")
    elif library() is None:
        return
    elif form.version == version() and is_plain(cue, language, form.table):
        found, wanted = joined(cells), joined(cells_of(form.table, cue.text) or cells)
        if found != wanted and not (cue.role == "list_item" and found.endswith(wanted)):
            yield differs(place, cue, cells[:60])
    elif form.table in READ_BACK:
        yield from unread(place, [cells], form.table, [cue], language)


def _written(element: etree._Element) -> str:
    """Return the cells of a sentence, without note marks and what the program adds."""
    parts = [element.text or ""]
    for child in element:
        is_beside = child.get("class") == "label" or child.get("role") in _BESIDE_THE_TEXT
        parts += ["" if is_beside else _written(child), child.tail or ""]
    return "".join(parts)
