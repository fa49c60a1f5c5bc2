"""Opens a DAISY book: finds its texts in reading order, and what it says of itself."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from audio_edition.errors import ReadError, in_brief
from audio_edition.model import Creator, Finding, Metadata
from audio_edition.read.about import About
from audio_edition.read.archive import Archive
from audio_edition.read.daisy.dtbook import seen_in, write_dtbook
from audio_edition.read.daisy.pages import write_page
from audio_edition.read.document import Document
from audio_edition.read.epub.metadata import about_of, facts_of
from audio_edition.read.kinds import is_of_daisy, paths_of
from audio_edition.read.markup import no_pictures, seen_texts, tree_of
from audio_edition.read.markup.pictures import Pictures
from audio_edition.read.pictures import pictures_of
from audio_edition.read.tree import document_tree, part_tree
from audio_edition.sources.charsets import decoded

_DTBOOK = "application/x-dtbook+xml"
_MOST_TEXTS = 2_000
_RECORDED = "Give the text that was spoken: as .docx, EPUB, a web page or plain text."


@dataclass(frozen=True, slots=True)
class Book:
    """A book as a tree, with what it says of itself and all its texts."""

    root: etree._Element
    about: About
    seen: list[str]
    findings: tuple[Finding, ...] = ()
    picture: Pictures = no_pictures


def book_of(document: Document) -> Book:
    """Return the book. Raises ReadError."""
    root = etree.Element("body")
    if not document.data.startswith(b"PK"):
        dtbook, findings = document_tree(document.data, document.name)
        write_dtbook(dtbook, root)
        return Book(root, _about_dtbook(dtbook), seen_in(dtbook), findings, pictures_of(document))
    archive = Archive(document.data, document.name)
    heads = sorted(filter(is_of_daisy, paths_of(document.data) or []), key=lambda path: (path.count("/"), path))
    head = next((path for path in heads if path.lower().endswith(".opf")), heads[0])
    if head.lower().endswith(".opf"):
        return _of_package(archive, head, root)
    return _of_contents(archive, head, root)


def _of_package(archive: Archive, path: str, root: etree._Element) -> Book:
    """Return a DAISY 3 book (ANSI/NISO Z39.86-2005, 3)."""
    package = part_tree(archive.read(path), f"{archive.name} ({in_brief(path)})", archive.entities)
    items = [each for each in package.iter("{*}item") if each.get("media-type") == _DTBOOK]
    if not items:
        raise ReadError(f"{archive.name} is a DAISY book that has only a recording: it holds no text.", _RECORDED)
    seen: list[str] = []
    about = about_of(facts_of(package))
    for item in items[:_MOST_TEXTS]:
        text = _beside(path, item.get("href", ""))
        dtbook = part_tree(archive.read(text), f"{archive.name} ({in_brief(text)})", archive.entities)
        write_dtbook(dtbook, root)
        seen += seen_in(dtbook)
        about = about if about.title else _about_dtbook(dtbook)
    return Book(root, about, seen, archive.entities.findings(), _pictures(archive, path))


def _of_contents(archive: Archive, path: str, root: etree._Element) -> Book:
    """Return a DAISY 2.02 book by its ncc.html (https://daisy.org/activities/standards/daisy/daisy-2/)."""
    contents = _page(archive, path)
    texts = [text for text in dict.fromkeys(_texts(archive, contents, path)) if text != path]
    if not texts:
        raise ReadError(f"{archive.name} is a DAISY book that has only a recording: it holds no text.", _RECORDED)
    seen: list[str] = []
    for text in texts:
        page = _page(archive, text)
        seen += seen_texts(page if (body := page.find("body")) is None else body)
        write_page(page, root)
    return Book(root, _about_contents(contents), seen, archive.entities.findings(), _pictures(archive, path))


def _texts(archive: Archive, contents: etree._Element, path: str) -> Iterator[str]:
    """Yield the paths of the texts that the book's SMIL files name, in reading order."""
    named = (_beside(path, link.get("href", "")) for link in contents.iter("a"))
    for smil in list(dict.fromkeys(each for each in named if each.lower().endswith(".smil")))[:_MOST_TEXTS]:
        if smil in archive:
            root = part_tree(archive.read(smil), f"{archive.name} ({in_brief(smil)})", archive.entities)
            for text in root.iter("{*}text"):
                if (found := _beside(smil, text.get("src", ""))) in archive:
                    yield found


def _page(archive: Archive, path: str) -> etree._Element:
    text, _ = decoded(archive.read(path))
    name = f"{archive.name} ({in_brief(path)})"
    return tree_of(archive.entities.resolved(text, name, is_xml=False), name)


def _beside(path: str, reference: str) -> str:
    """Return the path that a reference in an entry leads to, without its fragment; empty if it leads elsewhere."""
    reference = unquote(reference.partition("#")[0].strip())
    if not reference or ":" in reference:
        return ""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), reference))
    return "" if found.startswith(("..", "/")) else found


def _pictures(archive: Archive, path: str) -> Pictures:
    return lambda source: archive.picture(found) if (found := _beside(path, source)) else None


def _about_dtbook(dtbook: etree._Element) -> About:
    metas = [(each.get("name", "").casefold(), each.get("content", "").strip()) for each in dtbook.iter("{*}meta")]
    title = next(("".join(map(str, each.itertext())) for each in dtbook.iter("{*}doctitle")), "")
    language = dtbook.get("{http://www.w3.org/XML/1998/namespace}lang") or dtbook.get("lang") or ""
    if not any(key == "dc:creator" for key, _ in metas):
        metas += [("dc:creator", " ".join(map(str, each.itertext()))) for each in dtbook.iter("{*}docauthor")]
    return _about(metas, title, language)


def _about_contents(contents: etree._Element) -> About:
    metas = [(each.get("name", "").casefold(), each.get("content", "").strip()) for each in contents.iter("meta")]
    title = next(("".join(map(str, each.itertext())) for each in contents.iter("title")), "")
    return _about(metas, title, "")


def _about(metas: list[tuple[str, str]], title: str, language: str) -> About:
    def said(*names: str) -> str:
        return next((value for name in names for key, value in metas if key == name and value), "")

    isbn = said("dc:source").removeprefix("ISBN").strip(" :")
    return About(
        title=" ".join((title or said("dc:title")).split()),
        published=said("dc:date"),
        language=language or said("dc:language"),
        source=said("dc:publisher", "dtb:sourcepublisher"),
        metadata=Metadata(
            creators=tuple(Creator(value) for key, value in metas if key == "dc:creator" and value),
            description=said("dc:description"),
            subjects=tuple(value for key, value in metas if key == "dc:subject"),
            rights=said("dc:rights", "dtb:sourcerights"),
            identifiers=(f"urn:isbn:{isbn}",) if isbn[:1].isdigit() else (),
        ),
    )
