"""Check transcript, captions, chapters file, playlist and pages, each with an independent parser.

WebVTT 6; JSON Chapters 1.2; extended M3U.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from audio_edition.check.agreement import (
    Entry,
    Sentence,
    all_ends,
    chapter_findings,
    depths,
    in_ms,
    level_findings,
    sentence_findings,
    track_findings,
)
from audio_edition.check.disclosure import disclosure_findings
from audio_edition.check.facts import Document, by_file_and_id
from audio_edition.check.facts_of_blocks import links_out
from audio_edition.check.links import link_findings, parsed, runs_and_loads
from audio_edition.check.manifest import NAME, Cue, Manifest
from audio_edition.check.pictures import picture_findings
from audio_edition.check.reading import (
    FilesOfFolder,
    UnreadableError,
    elements,
    json_of,
    language_of,
    local,
    one_spaced,
    page_of,
    target_of,
    text_of,
    within,
)
from audio_edition.check.running_text import running_text_findings
from audio_edition.check.structure import structure_findings
from audio_edition.check.wording import announcement_findings, said_in, written_in
from audio_edition.model import Finding

CHAPTERS, PLAYLIST = "chapters.json", "playlist.m3u8"
_TRANSCRIPT, _TEXT, _CAPTIONS = "transcript.html", "transcript.txt", "transcript.vtt"
_TIMES = re.compile(r"(?:(\d{2,}):)?(\d\d):(\d\d\.\d{3})[ \t]+-->[ \t]+(?:(\d{2,}):)?(\d\d):(\d\d\.\d{3})(?:[ \t].*)?")
_TAG = re.compile(r"<[^<>]*>")
_HEADING = re.compile(r"h[1-6]")
_LISTED = re.compile(r"#EXTINF:(-?\d+(?:\.\d+)?),(.*)")
_WHOLE_SECONDS_MS = 1000
_HOME = "../../index.html"
"""Where a page leads to that stands on a site, and the site is there."""
_AGAIN = "Build the edition again."


# --- transcript


def transcript_findings(manifest: Manifest, there: Sequence[str]) -> Iterator[Finding]:
    """Yield findings on the transcript: its page, plain text and captions."""
    folder = FilesOfFolder("", manifest.folder, there)
    yield from running_text_findings(_TEXT, text_of(folder, _TEXT), manifest.chapters, manifest)
    yield from _caption_findings(folder, manifest)
    yield from _page_findings(folder, manifest)


def _page_findings(folder: FilesOfFolder, manifest: Manifest) -> Iterator[Finding]:
    """Yield findings on the sentences of a page, and on the levels of the headings above them."""
    root = page_of(folder, _TRANSCRIPT)
    told = _sentences(root, manifest)
    if not told:
        yield from sentence_findings(_TRANSCRIPT, told, manifest.cues, all_ends(manifest))
    sections = [element for element in elements(root, "section") if element.get("id")]
    headings = [
        next((inner for inner in section.iter() if _HEADING.fullmatch(local(inner))), None) for section in sections
    ]
    titles = [Entry(None if heading is None else written_in(heading)) for heading in headings]
    yield from chapter_findings(_TRANSCRIPT, titles, manifest)
    levels = [0 if heading is None else int(local(heading)[1]) for heading in headings]
    yield from level_findings(_TRANSCRIPT, levels, depths(manifest), manifest)
    yield from disclosure_findings(
        _TRANSCRIPT, [" ".join(within(footer) for footer in elements(root, "footer"))], manifest
    )


def _sentences(root: etree._Element, manifest: Manifest) -> list[Sentence]:
    """Return the sentences of the edition that a page has."""
    return [
        Sentence(cue.id, written_in(element), language=language_of(element))
        for cue, element in said_in(root, manifest.cues)
    ]


def _caption_findings(folder: FilesOfFolder, manifest: Manifest) -> Iterator[Finding]:
    text = text_of(folder, _CAPTIONS)
    told = list(captions(text))
    # A cue of no length is captioned for a millisecond.
    ends = [max(cue.end, cue.start + 45) for cue in manifest.cues]
    yield from sentence_findings(_CAPTIONS, told, manifest.cues, ends, _captioned)
    notes = " ".join(block for block in _blocks(text) if block.startswith("NOTE"))
    yield from disclosure_findings(_CAPTIONS, [notes], manifest)


def _captioned(cue: Cue) -> str:
    """Return a sentence as captions have it: with what the sound adds, readings, and marks around struck words."""
    marks = [(end, f" ({one_spaced(value)})") for _, end, kind, value in cue.spans if kind == "ruby" and value]
    for start, end, kind, _ in cue.spans:
        marks += [(start, "~~"), (end, "~~")] if kind == "struck" else []
    text = cue.text
    for at, mark in sorted(marks, reverse=True):
        text = text[:at] + mark + text[at:]
    return " ".join(part for part in (cue.announces, text, cue.concludes) if part)


def captions(text: str) -> Iterator[Sentence]:
    """Yield the cues of a WebVTT file. Raises UnreadableError if a browser would drop part of it."""
    head, *blocks = _blocks(text)
    if not re.match(r"\ufeff?WEBVTT(?:[ \t\n]|\Z)", head):
        raise UnreadableError(f"{_CAPTIONS} does not begin with WEBVTT")
    for block in blocks:
        lines = block.split("\n")
        if lines[0].startswith(("NOTE", "STYLE", "REGION")) and "-->" not in lines[0]:
            continue
        name = "" if "-->" in lines[0] else lines.pop(0)
        times = _TIMES.fullmatch(lines[0]) if lines else None
        if not times:
            raise UnreadableError(f"{_CAPTIONS} has a cue without times ({name[:30]!r})")
        words = html.unescape(_TAG.sub("", "\n".join(lines[1:])))
        yield Sentence(name, words, _clock_ms(*times.groups()[:3]), _clock_ms(*times.groups()[3:]))


def _blocks(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [block for block in re.split(r"\n{2,}", lines.strip("\n")) if block]


def _clock_ms(hours: str | None, minutes: str, seconds: str) -> float:
    return (int(hours or 0) * 60 + int(minutes)) * 60_000 + float(seconds) * 1000


# --- lists of tracks


def chapters_file_findings(manifest: Manifest, there: Sequence[str]) -> Iterator[Finding]:
    """Yield findings on the Podcasting 2.0 chapters file."""
    told = json_of(FilesOfFolder("", manifest.folder, there), CHAPTERS)
    if not isinstance(told, dict) or not str(told.get("version", "")).startswith("1."):
        raise UnreadableError(f"{CHAPTERS} is of no version 1")
    yield from track_findings(CHAPTERS, chapters_file(told), manifest)


def chapters_file(told: dict[str, Any]) -> list[Entry]:
    """Return the entries of a chapters file that players list."""
    return [
        Entry(chapter.get("title"), float(chapter["startTime"]) * 1000, float(chapter["endTime"]) * 1000)
        for chapter in told["chapters"] if chapter.get("toc", True)
    ]  # fmt: skip


def playlist(text: str) -> list[tuple[str, float, str]]:
    """Return the entries of an extended M3U: title, seconds, file."""
    lines = text.splitlines()
    if not lines or lines[0].strip() != "#EXTM3U":
        raise UnreadableError(f"{PLAYLIST} does not begin with #EXTM3U")
    entries, title, seconds = [], "", -1.0
    for line in lines:
        if found := _LISTED.fullmatch(line):
            seconds, title = float(found[1]), found[2]
        elif line.strip() and not line.startswith("#"):
            entries.append((title, seconds, line.strip()))
            title, seconds = "", -1.0
    return entries


def playlist_findings(manifest: Manifest, there: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding unless the playlist names every track, in order, with its length to the second."""
    told = playlist(text_of(FilesOfFolder("", manifest.folder, there), PLAYLIST))
    yield from track_findings(PLAYLIST, [Entry(title) for title, _, _ in told], manifest)
    files = [target_of(file, PLAYLIST)[0] for _, _, file in told]
    if files != sorted(name for name in manifest.of_format("tracks") if name.endswith(".mp3")):
        message = "The playlist does not name the files of the tracks in their order."
        yield Finding("link-broken", "error", message, PLAYLIST, _AGAIN)
    for (_, seconds, file), track in zip(told, manifest.tracks, strict=False):
        lasts_ms = in_ms(track[-1].end - track[0].start)
        if abs(seconds * 1000 - lasts_ms) > _WHOLE_SECONDS_MS:
            message = f"It lasts {seconds:g} s by the playlist, and {lasts_ms / 1000:.3f} s in the edition."
            yield Finding("length-differs", "error", message, f"{PLAYLIST}: {file[:80]}", _AGAIN)


# --- pages


def page_findings(manifest: Manifest, there: Sequence[str]) -> Iterator[Finding]:
    """Yield findings on every page at the top of the folder: its links, what runs or loads besides what its own policy
    names, and, where it holds the text, its sentences and structure."""
    folder = FilesOfFolder("", manifest.folder, there)
    names = [name for name in there if name.endswith(".html") and "/" not in name]
    roots = parsed(folder, names, xml=False)
    home = _HOME if (manifest.folder / _HOME).is_file() else ""
    yield from link_findings(folder, [*there, NAME], roots, "", links_out(manifest), way_back=home)
    yield from picture_findings(folder, roots, "")
    ids = by_file_and_id(roots)
    for name, root in roots.items():
        yield from runs_and_loads(root, name, policy_wanted=True)
        if told := _sentences(root, manifest):
            yield from sentence_findings(name, told, manifest.cues, all_ends(manifest))
            yield from announcement_findings(name, said_in(root, manifest.cues))
            document = Document(name, _sections(root, manifest), manifest.chapters, ids=ids)
            yield from structure_findings(name, document, manifest)
        if not language_of(root):
            yield Finding("language-differs", "error", "The page does not say in which language it is.", name, _AGAIN)


def _sections(root: etree._Element, manifest: Manifest) -> list[etree._Element]:
    """Return the elements that hold the chapters."""
    chapters = {chapter.id for chapter in manifest.chapters}
    return [element for element in root.iter() if element.get("id") in chapters]
