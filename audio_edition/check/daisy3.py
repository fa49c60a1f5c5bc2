"""Check a DAISY 3 book: its text, narration, navigation and figures (ANSI/NISO Z39.86-2005)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    sentence_findings,
)
from audio_edition.check.disclosure import disclosure_findings
from audio_edition.check.dtbook import text_of_book
from audio_edition.check.epub import claim_untrue, figures_wrong
from audio_edition.check.facts import Document, by_file_and_id
from audio_edition.check.facts_of_blocks import links_out
from audio_edition.check.files import unsafe_names
from audio_edition.check.links import link_findings, one, parsed, runs_and_loads
from audio_edition.check.manifest import Chapter, Cue, Manifest
from audio_edition.check.pictures import picture_findings
from audio_edition.check.reading import (
    Archive,
    archive,
    elements,
    language_of,
    local,
    one_spaced,
    target_of,
    unspaced,
    within,
    xml_of,
)
from audio_edition.check.said import as_written, texts_of
from audio_edition.check.skipping import Part, alternatives, page_findings, pages_of, skippable, skipping_findings
from audio_edition.check.source_type import iptc_type, source_type_findings
from audio_edition.check.structure import structure_findings
from audio_edition.check.synchrony import clock_ms
from audio_edition.check.wording import announcement_findings, said_in, written_in
from audio_edition.model import Finding

_SKIPPED = {
    "footnote": "note",
    "aside": "sidebar",
    "description": "prodnote",
    "prodnote": "prodnote",
    "pagebreak": "pagenum",
}
_LEFT = ("list", "table")
_AGAIN = "Build the edition again."


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a book, both as it is and as XHTML, and the name of its file."""

    name: str
    root: etree._Element
    body: etree._Element


@dataclass(frozen=True, slots=True)
class _Book:
    """A book that could be opened: its package, its NCX, its SMIL files in the order of the spine, and its text, which
    a book of sound lacks."""

    files: Archive
    package: etree._Element
    ncx: etree._Element
    ncx_name: str
    sections: dict[str, etree._Element]
    text: _Text | None

    @property
    def place(self) -> str:
        return self.files.place


def daisy3_findings(manifest: Manifest, name: str) -> Iterator[Finding]:
    """Yield all findings on a book."""
    with archive(manifest.folder / name, name) as files:
        yield from unsafe_names(iter(files.names), name)
        book = _opened(files)
        yield from _listing_findings(book)
        yield from _heading_findings(book, manifest)
        yield from _section_findings(book, manifest)
        yield from _text_findings(book, manifest)
        yield from _reference_findings(book)
        yield from _page_findings(book, manifest)
        yield from _link_findings(book, manifest)
        yield from _metadata_findings(book, manifest)
        yield from _figure_findings(book)


def sounds(path: Path, name: str) -> Iterator[tuple[Archive, str]]:
    """Yield the sections' sound files in order, each with its archive."""
    with archive(path, name) as files:
        for section, root in _opened(files).sections.items():
            yield files, target_of(str(elements(root, "audio")[0].get("src", "")), section)[0]


def _opened(files: Archive) -> _Book:
    package = xml_of(files, one([name for name in files.names if name.endswith(".opf")], "packages"))
    items = {str(item.get("id")): item for item in elements(package, "item")}

    def of_type(kind: str) -> str:
        found = [str(item.get("href")) for item in items.values() if item.get("media-type") == kind]
        return one(found, f"files of the type {kind}")

    spine = [str(items[str(entry.get("idref"))].get("href")) for entry in elements(package, "itemref")]
    ncx, sections, text = of_type("application/x-dtbncx+xml"), parsed(files, spine, xml=True), None
    if any(elements(root, "text") for root in sections.values()):
        name = of_type("application/x-dtbook+xml")
        root = xml_of(files, name)
        text = _Text(name, root, text_of_book(root))
    return _Book(files, package, xml_of(files, ncx), ncx, sections, text)


def _listing_findings(book: _Book) -> Iterator[Finding]:
    """The package lists the files that are there, all of them and no other."""
    listed = {str(item.get("href")) for item in elements(book.package, "item")}
    for name in sorted(listed - set(book.files.names)):
        yield Finding("link-broken", "error", f"The package lists {name[:80]}, which is not there.", book.place, _AGAIN)
    for name in sorted(set(book.files.names) - listed):
        yield Finding(
            "entry-unlisted", "warning", "A file that the package does not list.", f"{book.place}/{name}", _AGAIN
        )


# --- navigation


def _heading_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """A point for each chapter, the first of its SMIL file, at its level; those behind it are headings inside it."""
    place, points = f"{book.place}/{book.ncx_name}", list[etree._Element]()
    files = list[str]()
    for point in elements(book.ncx, "navPoint"):
        file = _led_to(point, book)[0]
        if not files or files[-1] != file:
            points.append(point)
            files.append(file)
    yield from chapter_findings(place, [Entry(_label(point)) for point in points], manifest)
    wanted = depths(manifest)
    up = 0 if wanted[0] == 1 else 1
    levels = [1 + sum(local(above) == "navPoint" for above in point.iterancestors()) for point in points]
    yield from level_findings(place, levels, [max(depth - up, 1) for depth in wanted], manifest)
    if files != list(book.sections):
        yield Finding("link-broken", "error", "The contents do not lead to the sections in their order.", place, _AGAIN)


def _led_to(target: etree._Element, book: _Book) -> tuple[str, str]:
    content = next((child for child in target if local(child) == "content"), None)
    return target_of(str(content.get("src", "")) if content is not None else "", book.ncx_name)


def _label(target: etree._Element) -> str:
    label = next((child for child in target if local(child) == "navLabel"), None)
    return "" if label is None else within(elements(label, "text")[0])


def _page_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """Each page of the text, by its label, leads to the mark of a page, and so to the sentence behind it; in a book of
    sound to that sentence itself."""
    told = []
    for target in elements(book.ncx, "pageTarget"):
        section, place = _led_to(target, book)
        pars = elements(book.sections[section], "par") if section in book.sections else []
        at = next((at for at, par in enumerate(pars) if par.get("id") == place), len(pars))
        said = next((_said(par, section) for par in pars[at:] if elements(par, "audio")), "nothing")
        is_mark = at < len(pars) and (book.text is None or pars[at].get("customTest") == "pagenum")
        told.append((_label(target), said if is_mark else "nothing"))
    expected = [page for chapter in manifest.chapters for page in pages_of(chapter)]
    yield from page_findings(f"{book.place}/{book.ncx_name}", told, expected)


def _said(par: etree._Element, section: str) -> str:
    """Return what a par plays: the element of the text, or in a book of sound the sentence that names the par."""
    texts = elements(par, "text")
    return target_of(str(texts[0].get("src", "")), section)[1] if texts else str(par.get("id", "")).removeprefix("m-")


# --- narration


def _section_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    if len(book.sections) != len(manifest.chapters):
        message = f"It has {len(book.sections)} sections, and the edition {len(manifest.chapters)} chapters."
        yield Finding("chapters-differ", "error", message, book.place, _AGAIN)
        return
    body = () if book.text is None else book.text.body.iter()
    texts = {str(element.get("id")): element for element in body if element.get("id")}
    for (section, root), chapter in zip(book.sections.items(), manifest.chapters, strict=True):
        place = f"{book.place}/{section}"
        told = [_sentence(par, section, texts, chapter) for par in elements(root, "par") if elements(par, "audio")]
        yield from sentence_findings(place, told, chapter.cues, ends_of(chapter), _as_shown)
        expected = [*_expected_parts(chapter), *_expected_alternatives(chapter)]
        yield from skipping_findings(place, list(_parts_in_smil(root, section)), expected)


def _sentence(par: etree._Element, section: str, texts: dict[str, etree._Element], chapter: Chapter) -> Sentence:
    sound, name = elements(par, "audio")[0], _said(par, section)
    start_ms, text = in_ms(chapter.start), texts.get(name)
    begin_ms, end_ms = (start_ms + clock_ms(str(sound.get(edge, ""))) for edge in ("clipBegin", "clipEnd"))
    told = (None, None) if text is None else (written_in(text), language_of(text))
    return Sentence(name, told[0], begin_ms, end_ms, told[1] or None)


def _as_shown(cue: Cue) -> str:
    return as_written(cue.text, cue.spans, ruby=False)


def _parts_in_smil(root: etree._Element, section: str) -> Iterator[Part]:
    """Yield each seq of a class, and each spoken number of a page. What can be skipped says under which test it is
    played, what can be left where it ends."""
    for element in root.iter():
        said = [_said(par, section) for par in element.iter() if local(par) == "par" and elements(par, "audio")]
        kind, test = str(element.get("class", "")), str(element.get("customTest", ""))
        if local(element) == "seq" and kind and said:
            ends = str(element.get("end")).startswith("DTBuserEscape;")
            is_whole = ends and test == (kind if kind in _SKIPPED.values() else "")
            yield Part(kind if is_whole else "nothing", said[0], said[-1])
        elif local(element) == "par" and test in ("pagenum", "prodnote") and said:
            yield Part(test, said[0], said[0])


def _expected_parts(chapter: Chapter) -> Iterator[Part]:
    for part in skippable(chapter):
        kind = _SKIPPED.get(part.kind, part.kind)
        if part.kind in _SKIPPED or part.kind in _LEFT:
            yield Part(kind, part.first, part.last)


def _expected_alternatives(chapter: Chapter) -> Iterator[Part]:
    """Alternative texts, sentence by sentence."""
    order = [cue.id for cue in chapter.cues]
    for part in alternatives(chapter):
        for sentence in order[order.index(part.first) : order.index(part.last) + 1]:
            yield Part("prodnote", sentence, sentence)


def _reference_findings(book: _Book) -> Iterator[Finding]:
    """Each par plays an element of the text that leads back to it."""
    if book.text is None:
        return
    texts = {str(element.get("id")): element for element in book.text.root.iter() if element.get("id")}
    for section, par in ((section, par) for section, root in book.sections.items() for par in elements(root, "par")):
        element = texts.get(_said(par, section))
        if element is None or element.get("smilref") != f"{section}#{par.get('id')}":
            message = "A par plays a text that does not lead back to it."
            yield Finding("link-broken", "error", message, f"{book.place}/{section}: {par.get('id')}", _AGAIN)


# --- text


def _text_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """The whole text and its structure, and that what the sound adds is seen or told."""
    if book.text is None:
        return
    name, body = book.text.name, book.text.body
    place = f"{book.place}/{name}"
    if unspaced(written_in(body)) != "".join(texts_of(manifest.chapters, ruby=False)):
        message = "The text is not that of its sentences, one after the other."
        yield Finding("text-differs", "error", message, place, _AGAIN)
    roots = {name: body}
    ids = by_file_and_id(roots)
    document = Document(name, [body], manifest.chapters, html5=False, ids=ids)
    yield from structure_findings(place, document, manifest)
    yield from announcement_findings(place, said_in(body, manifest.cues))
    yield from picture_findings(book.files, roots, f"{book.place}/")


def _link_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    texts = {} if book.text is None else {book.text.name: book.text.body}
    roots = {**texts, book.ncx_name: book.ncx, **book.sections}
    yield from link_findings(book.files, list(book.files.names), roots, f"{book.place}/", links_out(manifest))
    for name, root in roots.items():
        yield from runs_and_loads(root, f"{book.place}/{name}", policy_wanted=False)


# --- metadata


def _metadata_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    place, told = book.place, _package_metadata(book)
    kind = "audioFullText" if manifest.has_text else "audioNCX"
    expected = {"Format": "ANSI/NISO Z39.86-2005", "Language": manifest.language, "dtb:multimediaType": kind}
    expected |= {"Title": one_spaced(manifest.title)} if one_spaced(manifest.title) else {}
    for name, value in expected.items():
        if told.get(name, [])[:1] != [value]:
            yield claim_untrue(place, name, told.get(name))
    for name in ("Identifier", "Publisher", "Date"):
        if not any(told.get(name, [])):
            yield Finding("claim-missing", "error", f"It does not say {name}.", place, _AGAIN)
    if manifest.has_text != (book.text is not None):
        message = "It lacks the text." if manifest.has_text else "It holds the text, despite --text none."
        yield Finding("text-differs", "error", message, place, _AGAIN)
    yield from author_findings(f"{place}: Creator", told.get("Creator", []), manifest)
    yield from disclosure_findings(f"{place}: dtb:narrator", told.get("dtb:narrator", []), manifest)
    source_type = told.get("prod:digitalSourceType", [])
    yield from source_type_findings(f"{place}: prod:digitalSourceType", source_type, iptc_type(manifest))
    yield from disclosure_findings(f"{place}: Description", [" ".join(told.get("Description", []))], manifest)
    texts = {} if book.text is None else {book.text.name: book.text.root}
    for name, root in {book.ncx_name: book.ncx, **texts, **book.sections}.items():
        if _metas(root).get("dtb:uid") != next(iter(told.get("Identifier", [])), ""):
            yield claim_untrue(f"{place}/{name}", "dtb:uid", _metas(root).get("dtb:uid"))


def _package_metadata(book: _Book) -> dict[str, list[str]]:
    """What the package says: Dublin Core by its names, the rest by theirs."""
    told: dict[str, list[str]] = {name: [value] for name, value in _metas(book.package).items()}
    for group in elements(book.package, "dc-metadata"):
        for element in group:
            told.setdefault(local(element), []).append(one_spaced(within(element)))
    return told


def _metas(root: etree._Element) -> dict[str, str]:
    return {str(meta.get("name")): one_spaced(str(meta.get("content", ""))) for meta in elements(root, "meta")}


def _figure_findings(book: _Book) -> Iterator[Finding]:
    """What the book counts of itself; players plan by it."""
    place, told = f"{book.place}/{book.ncx_name}", _metas(book.ncx)
    pages = elements(book.ncx, "pageTarget")
    numbers = [int(_label(page)) for page in pages if page.get("type") == "normal"]
    points = elements(book.ncx, "navPoint")
    counted = {
        "dtb:totalPageCount": len(pages),
        "dtb:maxPageNumber": max(numbers, default=0),
        "dtb:depth": max((1 + sum(local(up) == "navPoint" for up in p.iterancestors()) for p in points), default=0),
    }
    for name, count in counted.items():
        if told.get(name) != str(count):
            yield figures_wrong(place, name, told.get(name), count)
    whole_ms = 0.0
    for section, root in book.sections.items():
        said = _metas(root).get("dtb:totalElapsedTime", "")
        yield from _time(f"{book.place}/{section}", "dtb:totalElapsedTime", said, whole_ms)
        lasts_ms = sum(_length_ms(sound) for sound in elements(root, "audio"))
        yield from _time(f"{book.place}/{section}", "dur", str(elements(root, "seq")[0].get("dur", "")), lasts_ms)
        whole_ms += lasts_ms
    yield from _time(book.place, "dtb:totalTime", _metas(book.package).get("dtb:totalTime", ""), whole_ms)


def _length_ms(sound: etree._Element) -> float:
    return clock_ms(str(sound.get("clipEnd", ""))) - clock_ms(str(sound.get("clipBegin", "")))


def _time(place: str, name: str, told: str, true_ms: float) -> Iterator[Finding]:
    said_ms = clock_ms(told) if told else -1.0
    if abs(said_ms - true_ms) > NEAREST_MS:
        yield figures_wrong(place, name, said_ms / 1000, true_ms / 1000)
