"""The edition as a DAISY 2.02 talking book with full text and full audio: one SMIL and one MP3 for each heading.

DAISY 2.02 Recommendation (2001). All times are sums of the milliseconds that the SMILs print, rounded once.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from audio_edition.model import ChapterRecording, Package, Recording, Script
from audio_edition.publish.about import artist
from audio_edition.publish.archive import EPOCH_DATE, add_file
from audio_edition.publish.characters import one_line
from audio_edition.publish.clips import Clip, clips, edition_identifier, length_ms
from audio_edition.publish.disclosure import disclosure, narrator, program
from audio_edition.publish.language import direction
from audio_edition.publish.mp3_stream import write_mp3
from audio_edition.publish.outline import Block, begins_with_title, outline
from audio_edition.publish.pages import template
from audio_edition.publish.transcript_html import Paragraph, paragraph

_BESIDE_SECTIONS = ("ncc.html", "content.html", "master.smil")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it: its files are `name`.smil and `name`.mp3."""

    name: str
    title: str
    depth: int
    paragraphs: tuple[Paragraph, ...]
    clips: tuple[Clip, ...]
    length_ms: int
    time: str
    elapsed: str


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>-daisy202.zip`, with the book at its top."""
    path = folder / f"{slug}-daisy202.zip"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".daisy.") as temporary:
        files = write_book(recording, Path(temporary))
        with zipfile.ZipFile(path, "w") as archive:
            for file in files:
                add_file(archive, file.name, file)
    return Package("daisy202", (path.relative_to(folder),))


def write_book(recording: Recording, folder: Path) -> list[Path]:
    """Write the book's files into a folder; returns them, ncc.html first."""
    sections = list(_sections(recording))
    book = _facts(recording, sections)
    for section, chapter in zip(sections, recording.chapters, strict=True):
        write_mp3(folder / f"{section.name}.mp3", [chapter], b"")
        _render(folder / f"{section.name}.smil", "section.smil", book=book, section=section)
    _render(folder / "master.smil", "master.smil", book=book, sections=sections)
    _render(folder / "content.html", "content.html", book=book, sections=sections, direction=direction)
    ncc = folder / "ncc.html"
    # Once to know its size, once to tell it.
    for _ in range(2):
        kilobytes = -(-sum(file.stat().st_size for file in folder.iterdir()) // 1024)
        _render(ncc, "ncc.html", book=book, sections=sections, kilobytes=kilobytes)
    return [ncc, *sorted(file for file in folder.iterdir() if file != ncc)]


def _sections(recording: Recording) -> Iterator[Section]:
    digits = max(3, len(str(len(recording.chapters))))
    elapsed_ms = 0
    parts = zip(recording.chapters, _outline(recording.script), strict=True)
    for number, (chapter, blocks) in enumerate(parts, 1):
        clipped = clips(chapter)
        section_ms = length_ms(clipped)
        yield Section(
            f"s{number:0{digits}}",
            _heading(chapter, blocks),
            max(blocks[0].depth, 1),
            tuple(paragraph(block, recording.script.language) for block in blocks),
            tuple(clipped),
            section_ms,
            _clock(section_ms),
            _clock(elapsed_ms),
        )
        elapsed_ms += section_ms


def _outline(script: Script) -> Iterator[tuple[Block, ...]]:
    """The blocks of each chapter. A book's first heading must be of level 1: where the title is not said, the headings
    below it move up."""
    up = 0 if begins_with_title(script) else 1
    for _, blocks in outline(script):
        yield tuple(replace(block, depth=block.depth - up) if block.depth else block for block in blocks)


def _heading(chapter: ChapterRecording, blocks: tuple[Block, ...]) -> str:
    """The heading as content.html has it, else the chapter's title."""
    return blocks[0].text if blocks[0].depth else one_line(chapter.chapter.title)


def _facts(recording: Recording, sections: list[Section]) -> dict[str, object]:
    script = recording.script
    return {
        "title": one_line(script.title).strip() or "Untitled",
        "identifier": edition_identifier(script),
        "language": script.language,
        "creator": artist(recording),
        "publisher": one_line(script.source).strip() or "Unknown",
        "date": script.published or EPOCH_DATE,
        "disclosure": disclosure(recording.voices),
        "narrator": narrator(recording.voices),
        "generator": program(),
        "total_time": _clock(sum(section.length_ms for section in sections)),
        "depth": max(section.depth for section in sections),
        "files": 2 * len(sections) + len(_BESIDE_SECTIONS),
    }


def _clock(milliseconds: int) -> str:
    """hh:mm:ss, to the nearest second."""
    minutes, seconds = divmod((milliseconds + 500) // 1000, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"


def _render(path: Path, name: str, **facts: object) -> None:
    text = template(f"daisy202/{name}").render(**facts).lstrip()
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")
