"""Check a DAISY 2.02 book, packed or as a folder: headings, narration, links and figures.

DAISY 2.02 Recommendation, 2.1 to 2.3.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from audio_edition.check.agreement import (
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
from audio_edition.check.epub import claim_untrue, figures_wrong
from audio_edition.check.facts import Document, by_file_and_id
from audio_edition.check.facts_of_blocks import links_out
from audio_edition.check.files import unsafe_names
from audio_edition.check.links import link_findings, parsed, runs_and_loads
from audio_edition.check.manifest import Chapter, Cue, Manifest
from audio_edition.check.pictures import picture_findings
from audio_edition.check.reading import (
    Container,
    FilesOfFolder,
    UnreadableError,
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
from audio_edition.check.said import Said, as_written, texts_of
from audio_edition.check.skipping import Part, alternatives, page_findings, pages_of, skippable, skipping_findings
from audio_edition.check.source_type import iptc_type, source_type_findings
from audio_edition.check.structure import structure_findings
from audio_edition.check.synchrony import Par, clock_ms, pars_of
from audio_edition.check.tree import steps
from audio_edition.check.wording import announcement_findings, said_in, written_in
from audio_edition.model import Finding

_NCC, _CONTENT, _MASTER = "ncc.html", "content.html", "master.smil"
_REQUIRED = {
    "footnote": "footnote-on", "aside": "sidebar-on", "description": "prodnote-on", "prodnote": "prodnote-on",
    "alternative": "prodnote-on", "pagebreak": "pagenumber-on",
}  # fmt: skip
"""What players can skip: what its pars require to be played."""
_LISTED = {
    "footnote": "noteref",
    "aside": "sidebar",
    "description": "optional-prodnote",
    "prodnote": "optional-prodnote",
    "alternative": "optional-prodnote",
}
"""The class of its entry in the contents."""
_NOTES = frozenset(_LISTED.values())
_CLASSES = _NOTES | {"page-front", "page-normal", "page-special"}
_HEADING = re.compile(r"h[1-6]")
_ROUNDED_MS = 1000
_DEEPEST = 6
_AGAIN = "Build the edition again."


@dataclass(frozen=True, slots=True)
class _Book:
    """A book that could be opened: the headings of its NCC, those of chapters and those inside them, the SMIL files of
    the chapters, and its text, which a book of sound lacks."""

    files: Container
    ncc: etree._Element
    headings: list[etree._Element]
    inner_headings: list[etree._Element]
    sections: list[str]
    text: etree._Element | None

    @property
    def place(self) -> str:
        return self.files.place


@contextmanager
def daisy_files(folder: Path, names: Sequence[str]) -> Iterator[Container]:
    """Yield the files of a book: of the archive if there is only one file, else of their common folder."""
    if len(names) == 1:
        with archive(folder / names[0], names[0]) as files:
            yield files
    else:
        top = names[0].partition("/")[0]
        yield FilesOfFolder(top, folder / top, [name.removeprefix(f"{top}/") for name in names])


def daisy_findings(manifest: Manifest, names: Sequence[str]) -> Iterator[Finding]:
    """Yield all findings on a book."""
    with daisy_files(manifest.folder, names) as files:
        yield from unsafe_names(iter(files.names), files.place)
        book = _opened(files, has_text=manifest.has_text)
        yield from _heading_findings(book, manifest)
        yield from _section_findings(book, manifest)
        yield from _entry_findings(book, manifest)
        yield from _content_findings(book, manifest)
        yield from _link_findings(book, manifest)
        yield from _metadata_findings(book, manifest)
        yield from _figure_findings(book)


def sounds(folder: Path, names: Sequence[str]) -> Iterator[tuple[Container, str]]:
    """Yield the sections' sound files in order, each with its container."""
    with daisy_files(folder, names) as files:
        for section in _opened(files, has_text=False).sections:
            yield files, next(pars_of(files, section)).sound


def _opened(files: Container, *, has_text: bool) -> _Book:
    for name in (_NCC, _MASTER, *([_CONTENT] if has_text else [])):
        if name not in files.names:
            raise UnreadableError(f"{name} is not in it")
    ncc = xml_of(files, _NCC)
    headings, inner, sections = list[etree._Element](), list[etree._Element](), list[str]()
    for heading in (element for element in ncc.iter() if _HEADING.fullmatch(local(element))):
        links = elements(heading, "a")
        section = target_of(str(links[0].get("href", "")), _NCC)[0] if links else ""
        if sections and section == sections[-1]:
            inner.append(heading)
        else:
            headings.append(heading)
            sections.append(section)
    return _Book(files, ncc, headings, inner, sections, xml_of(files, _CONTENT) if has_text else None)


def _heading_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """A heading for each chapter, at its level; a book's first is of level 1 and its title. Behind it, those inside."""
    place = f"{book.place}/{_NCC}"
    yield from chapter_findings(place, [Entry(within(heading)) for heading in book.headings], manifest)
    wanted = depths(manifest)
    up = 0 if wanted[0] == 1 else 1
    shown_at = [max(depth - up, min(depth, 1)) for depth in wanted]
    levels = [int(local(heading)[1]) for heading in book.headings]
    yield from level_findings(place, levels, [max(depth, 1) for depth in shown_at], manifest)
    told = [(int(local(heading)[1]), unspaced(within(heading))) for heading in book.inner_headings]
    inner = [
        fact for chapter, depth in zip(manifest.chapters, shown_at, strict=True) for fact in _inside(chapter, depth)
    ]
    if told != inner:
        message = f"Of {len(inner)} headings inside the chapters the contents have {len(told)}, or at other levels."
        yield Finding("levels-differ", "error", message, place, _AGAIN)
    if book.headings and "title" not in str(book.headings[0].get("class", "")).split():
        yield Finding("package-unsound", "error", "The first heading is not of the class title.", place, _AGAIN)


def _inside(chapter: Chapter, depth: int) -> Iterator[tuple[int, str]]:
    """The headings in the blocks of a chapter whose own is of a depth, each with its level."""
    said = Said(chapter)
    headings = (step.value for step in steps(chapter.blocks[chapter.is_headed :]) if step.kind == "heading")
    for heading in headings:
        if cues := said.cues(heading["text"]):
            heard = (cues[0].announces, *(cue.text for cue in cues), cues[-1].concludes)
            yield min((depth or 1) + 1, _DEEPEST), unspaced("".join(heard))


def _content_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """The whole text, its structure as far as XHTML 1.0 knows it, and that what the sound adds is seen or told."""
    if book.text is None:
        return
    place, bodies = f"{book.place}/{_CONTENT}", elements(book.text, "body")
    whole = unspaced("".join(map(written_in, bodies)))
    if whole != "".join(texts_of(manifest.chapters, ruby=False)):
        message = "The text is not that of its sentences, one after the other."
        yield Finding("text-differs", "error", message, place, _AGAIN)
    ids = by_file_and_id({_CONTENT: book.text})
    document = Document(_CONTENT, bodies, manifest.chapters, html5=False, ids=ids)
    yield from structure_findings(place, document, manifest)
    yield from announcement_findings(place, said_in(book.text, manifest.cues))
    yield from picture_findings(book.files, {_CONTENT: book.text}, f"{book.place}/")


def _section_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    if len(book.sections) != len(manifest.chapters):
        return
    document, root = (_NCC, book.ncc) if book.text is None else (_CONTENT, book.text)
    texts = {str(element.get("id")): element for element in root.iter() if element.get("id")}
    for section, chapter in zip(book.sections, manifest.chapters, strict=True):
        place = f"{book.place}/{section}"
        pars = list(pars_of(book.files, section))
        for par in pars:
            if par.document != document or par.target not in texts or par.sound not in book.files.names:
                message = "A par joins a text or sound that is not there."
                yield Finding("link-broken", "error", message, f"{place}: {par.target[:40]}", _AGAIN)
        if book.text is None:
            told = _heard(book, section, pars, chapter)
            yield from _under_entries(book, section, pars, told)
        else:
            told = [_sentence(par, texts.get(par.target), chapter) for par in pars]
        yield from sentence_findings(place, told, chapter.cues, ends_of(chapter), _as_shown)
        yield from skipping_findings(place, list(_required(book, section)), list(_skipped(chapter)))


def _heard(book: _Book, section: str, pars: Sequence[Par], chapter: Chapter) -> list[Sentence]:
    """Return the sentences of a section without text. Each is named after its text element, the target of contents."""
    names = [str(text.get("id")) for text in elements(xml_of(book.files, section), "text")]
    start_ms = in_ms(chapter.start)
    return [
        Sentence(name, None, start_ms + par.begin_ms, start_ms + par.end_ms)
        for name, par in zip(names, pars, strict=True)
    ]


def _under_entries(book: _Book, section: str, pars: Sequence[Par], told: Sequence[Sentence]) -> Iterator[Finding]:
    """Yield a finding for each sentence of sound that belongs to no entry of the contents begun by then."""
    begun = set[str]()
    begins = {(entry_id, sentence) for entry_id, sentence in _entries(book, section)}
    for par, sentence in zip(pars, told, strict=True):
        begun |= {entry for entry, first in begins if first == sentence.id}
        if par.target not in begun:
            message = "A sentence is linked to an entry of the contents that is missing, or begins after it."
            yield Finding("link-broken", "error", message, f"{book.place}/{section}: {sentence.id[:40]}", _AGAIN)


def _entries(book: _Book, section: str) -> Iterator[tuple[str, str]]:
    """Yield the id of each entry of the contents that leads into a section, and the text element that it leads to."""
    for link in elements(book.ncc, "a"):
        file, place = target_of(str(link.get("href", "")), _NCC)
        above = link.getparent()
        if file == section and above is not None:
            yield str(above.get("id")), place


def _required(book: _Book, section: str) -> Iterator[Part]:
    """Yield each sentence that is played only where something is required, with what that is."""
    for par in elements(xml_of(book.files, section), "par"):
        required, texts = str(par.get("system-required", "")), elements(par, "text")
        if required and texts:
            target = target_of(str(texts[0].get("src", "")), section)[1]
            sentence = str(texts[0].get("id")) if book.text is None else target
            yield Part(required, sentence, sentence)


def _skipped(chapter: Chapter) -> Iterator[Part]:
    """Yield each sentence of what can be skipped; of what is inside something else, the inner counts."""
    order = {cue.id: place for place, cue in enumerate(chapter.cues)}
    kinds: dict[str, str] = {}
    for part in [*skippable(chapter), *alternatives(chapter)]:
        if part.kind in _REQUIRED:
            for cue in chapter.cues[order[part.first] : order[part.last] + 1]:
                kinds[cue.id] = _REQUIRED[part.kind]
    return (Part(kind, sentence, sentence) for sentence, kind in kinds.items())


def _entry_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """Pages, notes, boxes and descriptions in the contents: each leads to its sentence."""
    place = f"{book.place}/{_NCC}"
    told = [_entry(span) for span in elements(book.ncc, "span") if str(span.get("class")) in _CLASSES]
    for chapter in manifest.chapters:
        of_chapter = {cue.id for cue in chapter.cues}
        entries = [entry for entry in told if entry.first in of_chapter]
        parts = [part for part in [*skippable(chapter), *alternatives(chapter)] if part.kind in _LISTED]
        expected = [Part(_LISTED[part.kind], part.first, part.first) for part in parts]
        yield from skipping_findings(place, [each for each in entries if each.kind in _NOTES], expected)
    pages = [(entry.last, entry.first) for entry in told if entry.kind not in _NOTES]
    yield from page_findings(place, pages, [page for chapter in manifest.chapters for page in pages_of(chapter)])


def _entry(span: etree._Element) -> Part:
    """Return an entry of the contents: its class, the sentence that it leads to, and that again, or a page's label."""
    links = elements(span, "a")
    kind = str(span.get("class"))
    sentence = target_of(str(links[0].get("href", "")), _NCC)[1] if links else ""
    return Part(kind, sentence, sentence if kind in _NOTES else within(span))


def _as_shown(cue: Cue) -> str:
    return as_written(cue.text, cue.spans, ruby=False)


def _sentence(par: Par, text: etree._Element | None, chapter: Chapter) -> Sentence:
    start_ms = in_ms(chapter.start)
    told = (None, None) if text is None else (written_in(text), language_of(text))
    return Sentence(par.target, told[0], start_ms + par.begin_ms, start_ms + par.end_ms, told[1])


def _link_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    """From the headings to the sections, from the text to them, and back; and nothing that runs or loads."""
    sections = [name for name in dict.fromkeys(book.sections) if name in book.files.names]
    content = {} if book.text is None else {_CONTENT: book.text}
    roots = {_NCC: book.ncc, **content, **parsed(book.files, [_MASTER, *sections], xml=True)}
    yield from link_findings(book.files, list(book.files.names), roots, f"{book.place}/", links_out(manifest))
    for name, root in roots.items():
        yield from runs_and_loads(root, f"{book.place}/{name}", policy_wanted=False)
    listed = [target_of(str(entry.get("src", "")), _MASTER)[0] for entry in elements(roots[_MASTER], "ref")]
    if listed != book.sections:
        message = "The master SMIL does not list the sections in their order."
        yield Finding("link-broken", "error", message, f"{book.place}/{_MASTER}", _AGAIN)


# --- metadata


def _head_metadata(root: etree._Element) -> dict[str, str]:
    return {str(meta.get("name")).lower(): one_spaced(str(meta.get("content", ""))) for meta in elements(root, "meta")}


def _metadata_findings(book: _Book, manifest: Manifest) -> Iterator[Finding]:
    told, place = _head_metadata(book.ncc), f"{book.place}/{_NCC}"
    kind = "audioFullText" if manifest.has_text else "audioNcc"
    expected = {"dc:language": manifest.language, "dc:format": "Daisy 2.02", "ncc:multimediatype": kind}
    expected |= {"dc:title": one_spaced(manifest.title)} if one_spaced(manifest.title) else {}
    for name, value in expected.items():
        if told.get(name) != value:
            yield claim_untrue(place, name, told.get(name))
    for name in ("dc:identifier", "dc:creator", "dc:publisher", "dc:date", "ncc:charset"):
        if not told.get(name):
            yield Finding("claim-missing", "error", f"It does not say {name}.", place, _AGAIN)
    yield from disclosure_findings(f"{place}: ncc:narrator", [told.get("ncc:narrator", "")], manifest)
    source_type = [told.get("prod:digitalsourcetype", "")]
    yield from source_type_findings(f"{place}: prod:digitalSourceType", source_type, iptc_type(manifest))
    creators = [str(meta.get("content", "")) for meta in elements(book.ncc, "meta") if meta.get("name") == "dc:creator"]
    yield from author_findings(f"{place}: dc:creator", creators, manifest)
    described = [meta for meta in elements(book.ncc, "meta") if meta.get("name") == "dc:description"]
    descriptions = [" ".join(one_spaced(str(meta.get("content", ""))) for meta in described)]
    yield from disclosure_findings(f"{place}: dc:description", descriptions, manifest)


def _figure_findings(book: _Book) -> Iterator[Finding]:
    """What the book counts of itself; players plan by it."""
    told, place = _head_metadata(book.ncc), f"{book.place}/{_NCC}"
    spans = Counter(str(span.get("class")) for span in elements(book.ncc, "span"))
    numbers = [int(within(span)) for span in elements(book.ncc, "span") if span.get("class") == "page-normal"]
    counted = {
        "ncc:tocitems": len(book.headings) + len(book.inner_headings) + sum(spans.values()),
        "ncc:pagefront": spans["page-front"],
        "ncc:pagenormal": spans["page-normal"],
        "ncc:pagespecial": spans["page-special"],
        "ncc:maxpagenormal": max(numbers, default=0),
        "ncc:footnotes": spans["noteref"],
        "ncc:sidebars": spans["sidebar"],
        "ncc:prodnotes": spans["optional-prodnote"],
        "ncc:files": len(book.files.names),
        "ncc:depth": max((int(local(heading)[1]) for heading in [*book.headings, *book.inner_headings]), default=0),
    }
    for name, count in counted.items():
        if told.get(name) != str(count):
            yield figures_wrong(place, name, told.get(name), count)
    whole_ms = 0.0
    for section in dict.fromkeys(book.sections):
        said = _head_metadata(xml_of(book.files, section))
        yield from _time_findings(f"{book.place}/{section}", said, "ncc:totalelapsedtime", whole_ms)
        lasts_ms = sum(par.end_ms - par.begin_ms for par in pars_of(book.files, section))
        yield from _time_findings(f"{book.place}/{section}", said, "ncc:timeinthissmil", lasts_ms)
        whole_ms += lasts_ms
    yield from _time_findings(place, told, "ncc:totaltime", whole_ms)


def _time_findings(place: str, told: dict[str, str], name: str, true_ms: float) -> Iterator[Finding]:
    said_ms = clock_ms(told[name]) if told.get(name) else -1.0
    if abs(said_ms - true_ms) > _ROUNDED_MS:
        yield figures_wrong(place, name, said_ms / 1000, true_ms / 1000)
