"""Check an EPUB: its package, narration, contents, sound and accessibility metadata.

EPUB 3.3; EPUB Media Overlays 3.3; EPUB Accessibility 1.1. What EPUBCheck checks better is left to it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from lxml import etree

from audio_edition.check.agreement import (
    NEAREST_MS,
    Entry,
    Sentence,
    author_findings,
    chapter_findings,
    depths,
    ends_of,
    in_ms,
    level_findings,
    nested,
    sentence_findings,
)
from audio_edition.check.disclosure import disclosure_findings
from audio_edition.check.facts import Document, by_file_and_id
from audio_edition.check.facts_of_blocks import links_out
from audio_edition.check.files import unsafe_names
from audio_edition.check.links import link_findings, one, parsed, runs_and_loads, style_findings
from audio_edition.check.manifest import Chapter, Cue, Manifest
from audio_edition.check.pictures import picture_findings
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
    unspaced,
    within,
    xml_of,
)
from audio_edition.check.said import headings_of, texts_of, texts_of_headings
from audio_edition.check.skipping import Part, page_findings, pages_of, skippable, skipping_findings
from audio_edition.check.source_type import iptc_type, schema_type, source_type_findings
from audio_edition.check.structure import structure_findings
from audio_edition.check.synchrony import Par, clock_ms, pars_of
from audio_edition.check.tags import cover_undescribed
from audio_edition.check.wording import announcement_findings, said_in, written_in
from audio_edition.model import Finding

_AGAIN = "Build the edition again."
_OUTSIDE_MANIFEST = ("mimetype", "META-INF/container.xml")
_CONFORMS = "EPUB Accessibility"
_GUIDELINES = "navigable-audio-only-epub3-guidelines"
_TYPES = {"description": "aside", "prodnote": "aside"}
"""What EPUB calls a kind of structure, where the vocabulary has no such term."""
_TYPE, _TEXTREF = (f"{{http://www.idpf.org/2007/ops}}{name}" for name in ("type", "textref"))


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of the package: its file, media type, properties, and the id of its overlay."""

    file: str
    media_type: str
    properties: tuple[str, ...]
    overlay: str


@dataclass(frozen=True, slots=True)
class _Book:
    """An EPUB that could be opened. `documents` are those of the spine; `overlays` are SMIL files by their documents;
    `properties` are what its metadata say, by name without prefix."""

    place: str
    files: Archive
    package: etree._Element
    items: dict[str, _Item]
    documents: dict[str, etree._Element]
    nav: str
    overlays: dict[str, str]
    properties: dict[str, list[str]]

    def overlay_of(self, document: str) -> str:
        """Return the SMIL file of a document; "" if it has none."""
        return self.overlays.get(document, "")


def epub_findings(manifest: Manifest, name: str) -> Iterator[Finding]:
    """Yield all findings on an EPUB."""
    with archive(manifest.folder / name, name) as files:
        yield from unsafe_names(iter(files.names), name)
        yield from _container_findings(files)
        book = _opened(files)
        yield from _listing_findings(book)
        yield from _spine_findings(book, manifest)
        yield from _structure_findings(book, manifest)
        yield from _nav_findings(book, manifest)
        yield from _document_findings(book, manifest)
        yield from _durations(book)
        yield from _metadata_findings(book, manifest)


def properties_of(manifest: Manifest, name: str) -> dict[str, list[str]]:
    """Return the metadata of an EPUB, by name without prefix."""
    with archive(manifest.folder / name, name) as files:
        return _opened(files).properties


def sounds(path: Path, name: str, chapters: int) -> Iterator[tuple[Archive, str]]:
    """Yield the chapters' sound files in spine order, each with its archive."""
    with archive(path, name) as files:
        book = _opened(files)
        for document in list(book.documents)[:chapters]:
            par = next(pars_of(files, book.overlay_of(document)))
            yield files, par.sound


# --- the package


def _container_findings(files: Archive) -> Iterator[Finding]:
    first = files.zipped.infolist()[0] if files.names else None
    stored = first and first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
    if not stored or content(files, "mimetype") != b"application/epub+zip":
        yield Finding(
            "package-unsound", "error", "The archive does not begin with an unpacked mimetype file that says EPUB.",
            files.place, _AGAIN,
        )  # fmt: skip


def _opened(files: Archive) -> _Book:
    container = xml_of(files, "META-INF/container.xml")
    path = str(one(elements(container, "rootfile"), "package documents").get("full-path", ""))
    package = xml_of(files, path)
    items = {
        str(item.get("id")): _Item(
            target_of(str(item.get("href", "")), path)[0],
            str(item.get("media-type", "")),
            tuple(str(item.get("properties", "")).split()),
            str(item.get("media-overlay", "")),
        )
        for item in elements(package, "item")
    }
    spine = [items[str(entry.get("idref"))].file for entry in elements(package, "itemref")]
    nav = one([item.file for item in items.values() if "nav" in item.properties], "navigation documents")
    overlays = {item.file: items[item.overlay].file for item in items.values() if item.overlay in items}
    documents = parsed(files, spine, xml=True)
    return _Book(files.place, files, package, items, documents, nav, overlays, _properties(package))


def _properties(package: etree._Element) -> dict[str, list[str]]:
    """Return the metadata, without entries that refine others."""
    found: dict[str, list[str]] = {}
    for metadata in elements(package, "metadata"):
        for element in metadata:
            if local(element) and not element.get("refines"):
                key = element.get("property") if local(element) == "meta" else local(element)
                found.setdefault(str(key).rpartition(":")[2], []).append(one_spaced(within(element)))
    return found


def _listing_findings(book: _Book) -> Iterator[Finding]:
    """The package lists the files that are there, all of them and no other."""
    listed = {item.file for item in book.items.values()}
    package = next(name for name in book.files.names if name.endswith(".opf"))
    for name in sorted(listed - set(book.files.names)):
        yield Finding("link-broken", "error", f"The package lists {name[:80]}, which is not there.", book.place, _AGAIN)
    for name in sorted(set(book.files.names) - listed - {package, *_OUTSIDE_MANIFEST}):
        yield Finding(
            "entry-unlisted", "warning", "A file that the package does not list.", f"{book.place}/{name}", _AGAIN
        )


# --- narration


def _spine_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """A document for each chapter, with its text, and its overlay with the times."""
    if len(book.documents) != len(manifest.chapters):
        message = f"It has {len(book.documents)} documents, and the edition {len(manifest.chapters)} chapters."
        yield Finding("chapters-differ", "error", message, book.place, _AGAIN)
        return
    for (name, root), chapter in zip(book.documents.items(), manifest.chapters, strict=True):
        place = f"{book.place}/{name}"
        overlay = book.overlay_of(name)
        if not overlay:
            yield Finding(
                "package-unsound", "error", "The document has no overlay, so it is not narrated.", place, _AGAIN
            )
            continue
        pars = list(pars_of(book.files, overlay))
        yield from _targets(pars, name, book, overlay)
        shown = _Shown(chapter, manifest.has_text)
        told = [shown.sentence(par, root) for par in pars]
        yield from sentence_findings(f"{book.place}/{overlay}", told, chapter.cues, ends_of(chapter), shown.text)
        parts = list(_parts(xml_of(book.files, overlay), overlay, name, root))
        expected = [replace(part, kind=_TYPES.get(part.kind, part.kind)) for part in skippable(chapter)]
        yield from skipping_findings(f"{book.place}/{overlay}", parts, expected)
        yield from _unnarrated(root, shown, place)


def _targets(pars: list[Par], document: str, book: _Book, overlay: str) -> Iterator[Finding]:
    for par in pars:
        if par.document != document or par.sound not in book.files.names:
            yield Finding(
                "link-broken", "error", "A par joins a text or sound that is not there.",
                f"{book.place}/{overlay}: {par.target[:40]}", _AGAIN,
            )  # fmt: skip


def _parts(overlay: etree._Element, name: str, document: str, root: etree._Element) -> Iterator[Part]:
    """Yield the seqs and pars of an overlay that have a type, but for the one around all. A seq whose element does not
    hold its last sentence has no kind that is known."""
    for element in overlay.iter():
        targets = [target_of(str(text.get("src", "")), name)[1] for text in elements(element, "text")]
        above = element.getparent()
        if targets and element.get(_TYPE) and above is not None and local(above) != "body":
            file, place = target_of(str(element.get(_TEXTREF, "")), name)
            found = root.xpath("//*[@id=$id]", id=place) if file == document else []
            held = {inner.get("id") for inner in found[0].iter()} if found else set()
            known = local(element) == "par" or targets[-1] in held
            yield Part(str(element.get(_TYPE)) if known else "nothing", targets[0], targets[-1])


class _Shown:
    """What of a chapter a book shows: all, or of a book of sound the headings."""

    def __init__(self, chapter: Chapter, has_text: bool) -> None:
        self._chapter = chapter
        self._sentences = {cue.id for cue in chapter.cues} if has_text else headings_of(chapter)
        self.whole = "".join(texts_of([chapter]) if has_text else texts_of_headings([chapter]))

    def text(self, cue: Cue) -> str:
        return cue.text if cue.id in self._sentences else ""

    def sentence(self, par: Par, root: etree._Element) -> Sentence:
        found = root.xpath("//*[@id=$id]", id=par.target)
        text, language = (written_in(found[0]), language_of(found[0])) if found else (None, None)
        start_ms = in_ms(self._chapter.start)
        language = language if par.target in self._sentences else None
        return Sentence(par.target if found else "", text, start_ms + par.begin_ms, start_ms + par.end_ms, language)


def _unnarrated(root: etree._Element, shown: _Shown, place: str) -> Iterator[Finding]:
    """The document has no text besides its sentences, and what is written and can't be said."""
    whole = "".join(written_in(body) for body in elements(root, "body"))
    if unspaced(whole) != shown.whole:
        message = "The document's text is not that of its sentences, one after the other."
        yield Finding("text-differs", "error", message, place, _AGAIN)


def _structure_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """Lists, tables, pictures, notes and links of each document; and that what the sound adds is seen or told. A book
    of sound has none."""
    if len(book.documents) != len(manifest.chapters) or not manifest.has_text:
        return
    ids = by_file_and_id(book.documents)
    for (name, root), chapter in zip(book.documents.items(), manifest.chapters, strict=True):
        place = f"{book.place}/{name}"
        yield from structure_findings(place, Document(name, [root], [chapter], ids=ids), manifest)
        yield from announcement_findings(place, said_in(root, chapter.cues))


def _durations(book: _Book) -> Iterator[Finding]:
    """What the package says that the overlays last, each and all together, is what their clips last."""
    told = {
        str(meta.get("refines", "")): clock_ms(within(meta))
        for meta in elements(book.package, "meta") if meta.get("property") == "media:duration"
    }  # fmt: skip
    overlays, whole_ms = set(book.overlays.values()), 0.0
    for name, item in book.items.items():
        if item.file in overlays:
            clips_ms = sum(par.end_ms - par.begin_ms for par in pars_of(book.files, item.file))
            whole_ms += clips_ms
            yield from _duration(f"{book.place}/{item.file}", told.get(f"#{name}", -1.0), clips_ms)
    yield from _duration(book.place, told.get("", -1.0), whole_ms)


def _duration(place: str, told_ms: float, clips_ms: float) -> Iterator[Finding]:
    if abs(told_ms - clips_ms) > NEAREST_MS:
        yield figures_wrong(place, "media:duration", told_ms / 1000, clips_ms / 1000)


def figures_wrong(place: str, name: str, told: object, found: object) -> Finding:
    """Return the finding for a wrong count or duration in a package's metadata."""
    said, true = (f"{value:.3f}" if isinstance(value, float) else value for value in (told, found))
    return Finding("figures-wrong", "error", f"It says that {name} is {said}, and it is {true}.", place, _AGAIN)


# --- contents


def _nav_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    root = xml_of(book.files, book.nav)
    place = f"{book.place}/{book.nav}"
    contents = [nav for nav in elements(root, "nav") if nav.get("{http://www.idpf.org/2007/ops}type") == "toc"]
    links = elements(one(contents, "tables of contents"), "a")
    yield from chapter_findings(place, [Entry(within(link)) for link in links], manifest)
    levels = [sum(local(above) == "ol" for above in link.iterancestors()) for link in links]
    yield from level_findings(place, levels, nested(depths(manifest)), manifest)
    targets = [target_of(str(link.get("href", "")), book.nav)[0] for link in links]
    if targets != list(book.documents):
        yield Finding(
            "link-broken", "error", "The contents do not lead to the documents in their order.", place, _AGAIN
        )
    yield from page_findings(place, list(_listed_pages(root, book)), list(marked_pages(book.documents, manifest)))
    if overlay := book.overlay_of(book.nav):
        yield from _spoken_contents(book, overlay, links, manifest)


def _listed_pages(nav: etree._Element, book: _Book) -> Iterator[tuple[str, str]]:
    """Yield each page of the list: its label, and the element that it leads to."""
    for listing in (each for each in elements(nav, "nav") if each.get(_TYPE) == "page-list"):
        for link in elements(listing, "a"):
            yield within(link), "#".join(target_of(str(link.get("href", "")), book.nav))


def marked_pages(documents: Mapping[str, etree._Element], manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield each page of the text, and the mark of a page that stands there in the chapters' documents."""
    for (name, root), chapter in zip(documents.items(), manifest.chapters, strict=False):
        marks = [element.get("id") for element in root.iter() if element.get(_TYPE) == "pagebreak"]
        for (label, _), mark in zip_longest(pages_of(chapter), marks, fillvalue=("", "")):
            yield label, f"{name}#{mark}"


def _spoken_contents(book: _Book, overlay: str, links: list[etree._Element], manifest: Manifest) -> Iterator[Finding]:
    """Check that each entry of the contents is spoken by the heading it links to."""
    said = {par.target: par for par in pars_of(book.files, overlay)}
    for link, chapter in zip(links, manifest.chapters, strict=False):
        par = said.get(str(link.get("id")))
        begin_ms = in_ms(chapter.cues[0].start - chapter.start)
        if par is None or abs(par.begin_ms - begin_ms) > NEAREST_MS or par.sound not in book.files.names:
            yield Finding(
                "time-differs", "error", "An entry of the contents is not said by the heading that it leads to.",
                f"{book.place}/{overlay}: {chapter.id}", _AGAIN, chapter.title,
            )  # fmt: skip


def _document_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """Links, pictures, scripts and what is loaded, in the documents and style sheets."""
    roots = {**book.documents, book.nav: xml_of(book.files, book.nav)}
    yield from link_findings(book.files, list(book.files.names), roots, f"{book.place}/", links_out(manifest))
    yield from picture_findings(book.files, roots, f"{book.place}/")
    for name, root in roots.items():
        yield from runs_and_loads(root, f"{book.place}/{name}", policy_wanted=False)
    for item in book.items.values():
        if item.media_type == "text/css":
            yield from style_findings(text_of(book.files, item.file), f"{book.place}/{item.file}")
    for picture in elements(roots[book.nav], "img"):
        if not one_spaced(str(picture.get("alt", ""))):
            yield cover_undescribed(f"{book.place}/{book.nav}")


# --- metadata


def _metadata_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    told, place = book.properties, book.place
    if told.get("language") != [manifest.language]:
        yield claim_untrue(place, "dc:language", told.get("language"))
    title = one_spaced(manifest.title)
    if title and told.get("title", [])[:1] != [title]:
        yield claim_untrue(place, "dc:title", told.get("title"))
    if manifest.published and told.get("date") != [manifest.published]:
        yield claim_untrue(place, "dc:date", told.get("date"))
    yield from author_findings(f"{place}: dc:creator", told.get("creator", []), manifest)
    yield from disclosure_findings(f"{place}: media:narrator", told.get("narrator", []), manifest)
    yield from disclosure_findings(f"{place}: summary", told.get("accessibilitySummary", []), manifest)
    schema, iptc = told.get("digitalSourceType", []), told.get("DigitalSourceType", [])
    yield from source_type_findings(f"{place}: schema:digitalSourceType", schema, schema_type(manifest))
    yield from source_type_findings(f"{place}: Iptc4xmpExt:DigitalSourceType", iptc, iptc_type(manifest))
    yield from accessibility_findings(place, told, _truths(book, manifest))
    yield from _of_sound(book, manifest)
    yield from _certification(book, manifest)


def _truths(book: _Book, manifest: Manifest) -> dict[str, bool]:
    """Return which terms of the accessibility vocabulary hold for this book."""
    overlays = [book.overlay_of(document) for document in book.documents]
    every = all(overlays) and all(
        par.end_ms > par.begin_ms for overlay in overlays for par in pars_of(book.files, overlay)
    )
    headings = all(
        any(local(element) in ("h1", "h2", "h3", "h4", "h5", "h6") for element in root.iter())
        for root, chapter in zip(book.documents.values(), manifest.chapters, strict=False)
        if chapter.is_headed
    )
    roots = [*book.documents.values(), xml_of(book.files, book.nav)]
    shown = [element for root in book.documents.values() for element in root.iter()]
    names = {local(element) for element in shown}
    pictures = [element for element in shown if local(element) == "img"]
    formulas = [element for element in shown if local(element) == "math"]
    pages = any(element.get("role") == "doc-pagebreak" for element in shown)
    return {
        "of sound": not manifest.has_text,
        "synchronizedAudioText": all(overlays) and manifest.has_text,
        "auditory alone": every and all(cue.end > cue.start for cue in manifest.cues),
        "tableOfContents": True,
        "structuralNavigation": headings,
        "readingOrder": True,
        "displayTransformability": not {"svg", "canvas"} & names,
        "transcript": True,
        "alternativeText": all(one_spaced(str(picture.get("alt", ""))) for picture in pictures),
        "longDescription": "details" in names,
        "MathML": bool(formulas),
        "describedMath": all(one_spaced(str(formula.get("alttext", ""))) for formula in formulas),
        "ARIA": any(str(element.get("role", "")).startswith("doc-") for element in shown),
        "rubyAnnotations": "ruby" in names,
        "visual": bool(pictures),
        "in words": all(one_spaced(str(picture.get("alt", ""))) for picture in pictures),
        "pageBreakMarkers": pages,
        "pageNavigation": pages and any(element.get("role") == "doc-pagelist" for element in roots[-1].iter()),
        "no hazard": not {"video", "canvas", "script"} & names,
    }


def accessibility_findings(place: str, told: dict[str, list[str]], truths: dict[str, bool]) -> Iterator[Finding]:
    """Whether the required metadata are there, and what they claim is so."""
    for name in (
        "accessMode",
        "accessModeSufficient",
        "accessibilityFeature",
        "accessibilityHazard",
        "accessibilitySummary",
    ):
        if not any(told.get(name, [])):
            yield Finding("claim-missing", "error", f"It does not say {name}.", place, _AGAIN)
    modes = set(told.get("accessMode", []))
    if modes and modes != _modes(truths):
        yield claim_untrue(place, "accessMode", sorted(modes))
    ways = {way.replace(" ", "") for way in told.get("accessModeSufficient", [])}
    if ways and ways != _ways(truths):
        yield claim_untrue(place, "accessModeSufficient", sorted(ways))
    for feature in told.get("accessibilityFeature", []):
        if not truths.get(feature, False):
            yield claim_untrue(place, "accessibilityFeature", feature)
    if told.get("accessibilityHazard", ["none"]) != ["none"] or not truths["no hazard"]:
        yield claim_untrue(place, "accessibilityHazard", told.get("accessibilityHazard"))


def _modes(truths: dict[str, bool]) -> set[str]:
    """Return what has to be taken in: text and pictures; of an audiobook, the sound; of a book of sound, that alone."""
    if truths.get("of sound"):
        return {"auditory"}
    return {"textual", *(mode for mode in ("visual", "auditory") if truths.get(mode))}


def _ways(truths: dict[str, bool]) -> set[str]:
    """Return the ways in which everything can be taken in."""
    if truths.get("of sound"):
        return {"auditory"}
    ways = {"textual": truths["in words"], "auditory": truths["in words"] and truths["auditory alone"]}
    ways["textual,visual"] = truths["visual"]
    return {way for way, leads in ways.items() if leads} or {"textual"}


def claim_untrue(place: str, name: str, told: object) -> Finding:
    """Return the finding for metadata that are not true of the book."""
    return Finding(
        "claim-untrue", "error", f"{name} says {str(told)[:80]}, which is not so of this edition.", place, _AGAIN
    )


def _of_sound(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """A book of sound names the guidelines that it follows, and no other book does."""
    named = [str(link.get("href")) for link in elements(book.package, "link") if _GUIDELINES in str(link.get("href"))]
    if named and manifest.has_text:
        yield claim_untrue(book.place, "dcterms:conformsTo", named[0])
    elif not named and not manifest.has_text:
        message = "It does not say that it is a book of sound (dcterms:conformsTo)."
        yield Finding("claim-missing", "error", message, book.place, _AGAIN)


def _certification(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """Conformance is claimed by somebody, or not at all; and by the one that edition.json names."""
    claims = any(_CONFORMS in value for value in book.properties.get("conformsTo", []))
    vouching = book.properties.get("certifiedBy", [])
    if claims != any(vouching):
        yield Finding(
            "certifier-missing", "error", "Conformance is claimed and nobody vouches for it, or the other way round.",
            book.place, "Build with --certifier, once somebody has looked; or without.",
        )  # fmt: skip
    elif [name for name in vouching if name] != [name for name in [one_spaced(manifest.certifier)] if name]:
        yield claim_untrue(book.place, "certifiedBy", ", ".join(vouching) or "nothing")
