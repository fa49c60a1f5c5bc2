"""The edition as a DAISY 2.02 talking book with full text and full audio: one SMIL and one MP3 for each chapter.

A book of sound has no content.html: its sentences belong to entries of the contents (ncc.html), as headings and pages.

DAISY 2.02 Recommendation (2001), Skippable Structures Recommendation (2003). All times are sums of the milliseconds
that the SMILs print, rounded once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from markupsafe import Markup

from audio_edition.formats.about import about, artist, title_of
from audio_edition.formats.archive import EPOCH_DATE, write_book_archive
from audio_edition.formats.clips import Clip, clips, edition_identifier, length_ms
from audio_edition.formats.disclosure import disclosure, iptc_source_type, narrator, program
from audio_edition.formats.images import images_as
from audio_edition.formats.language import direction
from audio_edition.formats.markup import DAISY, Body, bodies, inner_depth, kind_of_page
from audio_edition.formats.mp3_stream import write_mp3
from audio_edition.formats.narration import Group, narration
from audio_edition.formats.outline import heading
from audio_edition.formats.pages import template
from audio_edition.model import (
    Heading,
    Image,
    Note,
    Package,
    Passage,
    Recording,
    every,
)
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for

_BESIDE_SECTIONS = ("ncc.html", "content.html", "master.smil")
_PICTURES = {"image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif"}
"""Pictures that a book may hold, and how their files end; others become PNG."""


_SKIPPED: Mapping[str, str] = {
    "footnote": "footnote-on", "aside": "sidebar-on", "description": "prodnote-on", "prodnote": "prodnote-on",
    "alternative": "prodnote-on", "pagebreak": "pagenumber-on",
}  # fmt: skip
"""What players can skip: what its pars require to be played."""
_LISTED: Mapping[str, str] = {
    "footnote": "noteref",
    "aside": "sidebar",
    "description": "optional-prodnote",
    "prodnote": "optional-prodnote",
    "alternative": "optional-prodnote",
}
"""The classes of entries in the contents that lead to what can be skipped, besides pages."""
_LONGEST_ENTRY = 60
"""Characters of an entry that is made of first words."""


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the contents (NCC), and the sentence that it leads to: a heading of a depth, or of a class."""

    id: str
    sentence: str
    title: str
    depth: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Par:
    """A sentence with its sound; `text` is the address of its text, or of the entry of the contents that it belongs to;
    `skipped_with` names the skippable structure that it is part of."""

    clip: Clip
    text: str
    skipped_with: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its files are `name`.smil and `name`.mp3, its items the entries of the contents that lead into it."""

    name: str
    title: str
    markup: Markup
    items: tuple[Item, ...]
    pars: tuple[Par, ...]
    length_ms: int
    time: str
    elapsed: str


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>-daisy202.zip`, with the book at its top."""
    path = folder / f"{slug}-daisy202.zip"
    write_book_archive(path, partial(write_book, recording))
    return Package("daisy202", (path.relative_to(folder),))


def write_book(recording: Recording, folder: Path) -> list[Path]:
    """Write the book's files into a folder, and return them, ncc.html first."""
    has_text = recording.book_text == "full"
    images = images_as(_PICTURES, recording.script) if has_text else {}
    sections = list(_sections(recording, images))
    for image in images.values():
        (folder / image.name).write_bytes(image.data)
    book = _facts(recording, sections, len(images))
    for section, chapter in zip(sections, recording.chapters, strict=True):
        write_mp3(folder / f"{section.name}.mp3", [chapter], b"")
        _render(folder / f"{section.name}.smil", "section.smil", book=book, section=section)
    _render(folder / "master.smil", "master.smil", book=book, sections=sections)
    if has_text:
        _render(folder / "content.html", "content.html", book=book, sections=sections, direction=direction)
    ncc = folder / "ncc.html"
    # Once to know its size, once to tell it.
    for _ in range(2):
        kilobytes = -(-sum(file.stat().st_size for file in folder.iterdir()) // 1024)
        _render(ncc, "ncc.html", book=book, sections=sections, kilobytes=kilobytes)
    return [ncc, *sorted(file for file in folder.iterdir() if file != ncc)]


# --- sections


def _sections(recording: Recording, images: Mapping[str, Image]) -> Iterator[Section]:
    digits = max(3, len(str(len(recording.chapters))))
    names = [f"s{number:0{digits}}" for number in range(1, len(recording.chapters) + 1)]
    sounds = {chapter.chapter.id: f"{name}.smil" for name, chapter in zip(names, recording.chapters, strict=True)}
    dialect = replace(DAISY, sound=sounds, renamed={name: image.name for name, image in images.items()})
    elapsed_ms = 0
    held = tuple(image for image in recording.script.images if image.name in images)
    written = bodies(replace(recording.script, images=held), dialect)
    for name, chapter, body in zip(names, recording.chapters, written, strict=True):
        items = tuple(_items(body))
        pars = tuple(_pars(narration(clips(chapter), body.structures)))
        if recording.book_text == "none":
            pars = tuple(_under_entries(pars, items))
        section_ms = length_ms(par.clip for par in pars)
        title = items[0].title
        yield Section(name, title, body.markup, items, pars, section_ms, _clock(section_ms), _clock(elapsed_ms))
        elapsed_ms += section_ms


def _items(body: Body) -> list[Item]:
    """Return what of a chapter the contents lead to, in the order in which it is played: first the chapter itself."""
    order = {utterance.id: place for place, utterance in enumerate(body.chapter.utterances)}
    first, *headings = _headings(body)
    others = sorted([*headings, *_pages(body), *_notes(body)], key=lambda item: order[item.sentence])
    return [first, *others]


def _headings(body: Body) -> Iterator[Item]:
    """Yield the chapter, by its heading or its title, and the headings inside blocks."""
    chapter, opening = body.chapter, heading(body.chapter)
    first = chapter.utterances[0].id
    yield Item(first, first, _heading_text(opening) or _line(chapter.title), max(body.depth, 1))
    for block in every(chapter.blocks):
        if isinstance(block, Heading) and block.text != opening and block.text.utterances:
            sentence = block.text.utterances[0].id
            yield Item(sentence, sentence, _heading_text(block.text), inner_depth(body.depth))


def _pages(body: Body) -> Iterator[Item]:
    for page in body.pages:
        yield Item(page.id, page.sentence, page.label, kind=f"page-{kind_of_page(page.label)}")


def _notes(body: Body) -> Iterator[Item]:
    """Yield notes, boxes and descriptions, each by what is announced of it, or by its first words."""
    said = {utterance.id: utterance for utterance in body.chapter.utterances}
    for structure in body.structures:
        if structure.kind in _LISTED:
            first = said[structure.first]
            announced = _line(first.announces).rstrip(" :：") if structure.kind == "footnote" else ""
            yield Item(structure.id, first.id, announced or _shortened(first.text), kind=_LISTED[structure.kind])


def _shortened(text: str) -> str:
    text = _line(text)
    return text if len(text) <= _LONGEST_ENTRY else f"{text[: _LONGEST_ENTRY - 1].rstrip()}…"


def _heading_text(text: Passage | None) -> str:
    """A heading as content.html has it, with what is announced."""
    if text is None or not text.utterances:
        return ""
    first, last = text.utterances[0], text.utterances[-1]
    return _line(" ".join(part for part in (first.announces, text.text, last.concludes) if part))


def _pars(parts: Iterable[Clip | Group], skipped_with: str = "") -> Iterator[Par]:
    """Yield the sentences; of what is inside something else that can be skipped, the inner counts."""
    for part in parts:
        if isinstance(part, Clip):
            yield Par(part, f"content.html#{part.id}", skipped_with)
        else:
            yield from _pars(part.parts, _SKIPPED.get(part.structure.kind, skipped_with))


def _under_entries(pars: Sequence[Par], items: Sequence[Item]) -> Iterator[Par]:
    """Yield the sentences, each with the entry of the contents under which it is heard: behind a note it is again the
    heading or page before."""
    begins = {item.sentence: item for item in items}  # of several that begin together, the last
    around = entry = items[0]
    for par in pars:
        entry = begins.get(par.clip.id, entry)
        if entry.kind not in _LISTED.values():
            around = entry
        elif not par.skipped_with:
            entry = around
        yield replace(par, text=f"ncc.html#ncc-{entry.id}")


# --- facts


def _facts(recording: Recording, sections: Sequence[Section], pictures: int) -> dict[str, object]:
    script = recording.script
    words = words_for("edition", script.language)
    items = [item for section in sections for item in section.items]
    return {
        "title": title_of(script.title, script.language),
        "identifier": edition_identifier(script),
        "language": script.language,
        "publisher": _line(script.source) or words["unknown"],
        "date": script.published or EPOCH_DATE,
        "about": list(_about(recording)),
        "narrator": narrator(recording.voices, script.language),
        "source_type": iptc_source_type(recording.voices),
        "generator": program(),
        "total_time": _clock(sum(section.length_ms for section in sections)),
        "depth": max(item.depth for item in items),
        "counts": Counter(item.kind for item in items),
        "last_page": max((int(item.title) for item in items if item.kind == "page-normal"), default=0),
        "items": len(items),
        "kind": "audioFullText" if recording.book_text == "full" else "audioNcc",
        "files": 2 * len(sections) + len(_BESIDE_SECTIONS) - (recording.book_text == "none") + pictures,
        "has_notes": any(isinstance(block, Note) for chapter in script.chapters for block in every(chapter.blocks)),
    }


def _about(recording: Recording) -> Iterator[tuple[str, str]]:
    """Yield what the document says about the work, and that the voice is synthetic, as Dublin Core."""
    work, language = about(recording.script), recording.script.language
    words = words_for("edition", language)
    yield from (("dc:creator", name) for name in work.authors or [artist(recording)])
    yield from (("dc:contributor", f"{creator.name} ({words[creator.role]})") for creator in work.others)
    yield from (("dc:subject", subject) for subject in work.subjects)
    yield from (
        ("dc:description", text)
        for text in (work.description, disclosure(recording.voices, language, recording.script.wording))
        if text
    )
    series = ", ".join(text for text in (work.series, work.series_position) if text)
    single = {"dc:relation": series if work.series else "", "dc:rights": work.rights}
    yield from (pair for pair in single.items() if pair[1])
    yield from (("dc:source", identifier) for identifier in work.identifiers[:1])


def _line(text: str) -> str:
    return one_line(text).strip()


def _clock(milliseconds: int) -> str:
    """Return hh:mm:ss, to the nearest second."""
    minutes, seconds = divmod((milliseconds + 500) // 1000, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def _render(path: Path, name: str, **facts: object) -> None:
    text = template(f"daisy202/{name}").render(**facts).lstrip()
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
