"""Check a W3C Audiobook, unpacked and packed: manifest, guide, contents and copies.

W3C Audiobooks and Publication Manifest (2020); Lightweight Packaging Format; Readium Guided Navigation.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import IO, Any

from audio_edition.check.agreement import (
    NEAREST_MS,
    Entry,
    Sentence,
    all_ends,
    author_findings,
    chapter_findings,
    depths,
    in_ms,
    level_findings,
    nested,
    sentence_findings,
    track_findings,
)
from audio_edition.check.disclosure import disclosure_findings
from audio_edition.check.epub import accessibility_findings, claim_untrue, figures_wrong
from audio_edition.check.files import unsafe_names
from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import (
    Container,
    FilesOfFolder,
    UnreadableError,
    archive,
    elements,
    is_external,
    json_of,
    local,
    one_spaced,
    page_of,
    target_of,
    within,
)
from audio_edition.check.said import Said
from audio_edition.check.skipping import Part, skippable, skipping_findings
from audio_edition.check.source_type import schema_type, source_type_findings
from audio_edition.check.tags import cover_undescribed
from audio_edition.check.tree import steps
from audio_edition.model import Finding

MANIFEST, CONTENTS, GUIDE = "publication.json", "contents.html", "guided-navigation.json"
_DURATION = re.compile(r"PT(\d+(?:\.\d+)?)S")
_FRAGMENT = re.compile(r"t=(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?")
_AUDIOBOOKS = "https://www.w3.org/TR/audiobooks/"
_BLOCK_BYTES = 1 << 20
_DEEPEST = 200
_ROLES = {
    "list": "list", "list-item": "listItem", "table": "table", "table-row": "row", "table-cell": "cell",
    "figure": "figure", "description": "details", "aside": "aside", "prodnote": "aside", "footnote": "footnote",
    "pagebreak": "pagebreak",
}  # fmt: skip
"""What Readium calls what can be skipped or left."""
_AGAIN = "Build the edition again."


def publication_findings(manifest: Manifest, names: Sequence[str], there: Sequence[str]) -> Iterator[Finding]:
    """Yield all findings on the audiobook; `names` are the files of the format, `there` all files of the edition."""
    folder = FilesOfFolder("", manifest.folder, there)
    told = json_of(folder, MANIFEST)
    if not isinstance(told, dict):
        raise UnreadableError(f"{MANIFEST} holds no object")
    yield from _manifest_findings(told, manifest, folder)
    yield from _guide_findings(folder, told, manifest)
    yield from _contents_findings(folder, told, manifest)
    for name in names:
        if name.endswith(".lpf"):
            yield from _copies(manifest, name, folder, told)


# --- the manifest


def _manifest_findings(told: dict[str, Any], manifest: Manifest, folder: Container) -> Iterator[Finding]:
    order = told.get("readingOrder", [])
    entries = [Entry(link.get("name")) for link in order]
    yield from track_findings(MANIFEST, entries, manifest)
    if len(order) == len(manifest.tracks):
        yield from _durations(told, order, manifest)
    if told.get("inLanguage") != manifest.language:
        yield claim_untrue(MANIFEST, "inLanguage", told.get("inLanguage"))
    if told.get("conformsTo") != _AUDIOBOOKS:
        yield claim_untrue(MANIFEST, "conformsTo", told.get("conformsTo"))
    if one_spaced(manifest.title) and one_spaced(str(told.get("name", ""))) != one_spaced(manifest.title):
        yield claim_untrue(MANIFEST, "name", told.get("name"))
    authors = told.get("author", [])
    named = [str(author) for author in (authors if isinstance(authors, list) else [authors])]
    yield from author_findings(f"{MANIFEST}: author", named, manifest)
    readers = [str(reader.get("name", "")) for reader in told.get("readBy", [])]
    yield from disclosure_findings(f"{MANIFEST}: readBy", readers, manifest)
    source_type = [str(told.get("digitalSourceType", ""))]
    yield from source_type_findings(f"{MANIFEST}: digitalSourceType", source_type, schema_type(manifest))
    yield from disclosure_findings(f"{MANIFEST}: summary", [str(told.get("accessibilitySummary", ""))], manifest)
    yield from accessibility_findings(MANIFEST, _vocabulary(told), _truths(manifest))
    covers = [link for link in told.get("resources", []) if link.get("rel") == "cover"]
    if not covers or not one_spaced(str(covers[0].get("name", ""))):
        yield cover_undescribed(MANIFEST)
    yield from _broken(told, folder)


def _durations(told: dict[str, Any], order: list[Any], manifest: Manifest) -> Iterator[Finding]:
    whole_ms = 0.0
    for link, track in zip(order, manifest.tracks, strict=True):
        lasts_ms = in_ms(track[-1].end - track[0].start)
        said_ms = _duration_ms(link.get("duration"))
        whole_ms += said_ms
        if abs(said_ms - lasts_ms) > NEAREST_MS:
            yield figures_wrong(f"{MANIFEST}: {link.get('url')}", "duration", said_ms / 1000, lasts_ms / 1000)
    if abs(_duration_ms(told.get("duration")) - whole_ms) > NEAREST_MS:
        yield figures_wrong(MANIFEST, "duration", _duration_ms(told.get("duration")) / 1000, whole_ms / 1000)


def _duration_ms(text: object) -> float:
    found = _DURATION.fullmatch(str(text))
    return float(found[1]) * 1000 if found else -1.0


def _vocabulary(told: dict[str, Any]) -> dict[str, list[str]]:
    """Return the accessibility metadata in the form in which EPUBs have them."""
    lists = {name: [str(value) for value in told.get(name, [])] for name in (
        "accessMode", "accessibilityFeature", "accessibilityHazard",
    )}  # fmt: skip
    ways = [",".join(way.get("itemListElement", [])) for way in told.get("accessModeSufficient", [])]
    summary = str(told.get("accessibilitySummary", ""))
    return {**lists, "accessModeSufficient": ways, "accessibilitySummary": [summary] if summary else []}


def _truths(manifest: Manifest) -> dict[str, bool]:
    features = (
        "synchronizedAudioText",
        "tableOfContents",
        "structuralNavigation",
        "readingOrder",
        "transcript",
        "no hazard",
    )
    pictures = [
        (Said(chapter), step.value) for chapter in manifest.chapters for step in steps(chapter.blocks)
        if step.kind == "picture" and step.value.get("image") in manifest.images
    ]  # fmt: skip
    spans = (span for cue in manifest.cues for span in cue.spans)
    small = any(kind == "image" and value in manifest.images for _, _, kind, value in spans)
    return dict.fromkeys(features, True) | {
        "auditory": True,
        "visual": bool(pictures) or small,
        "in words": all(said.text(picture["text"]) for said, picture in pictures),
        "auditory alone": all(cue.end > cue.start for cue in manifest.cues),
    }


def _links(told: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield every linked resource, alternates included."""
    for name in ("readingOrder", "resources", "links"):
        for link in told.get(name, []):
            yield link
            yield from link.get("alternate", [])


def _broken(told: dict[str, Any], files: Container) -> Iterator[Finding]:
    """Yield a finding for each link to a file, or a place in a page, that does not exist."""
    ids = _Ids(files)
    for link in _links(told):
        url = str(link.get("url", ""))
        name, fragment = target_of(url, MANIFEST)
        if is_external(url):
            yield Finding("external-reference", "error", f"The address {url[:80]!r} leads out of it.", MANIFEST, _AGAIN)
        elif name not in files.names or (fragment and fragment not in ids[name]):
            yield _broken_link(MANIFEST, url)


class _Ids(dict[str, set[str]]):
    """The places in each page that links may lead to; a page is read once."""

    def __init__(self, files: Container) -> None:
        super().__init__()
        self._files = files

    def __missing__(self, name: str) -> set[str]:
        self[name] = {str(element.get("id")) for element in page_of(self._files, name).iter() if element.get("id")}
        return self[name]


def _broken_link(place: str, url: str) -> Finding:
    return Finding("link-broken", "error", f"The link {url[:80]!r} leads nowhere.", place, _AGAIN)


# --- guide and contents


def _track_starts(told: dict[str, Any], manifest: Manifest) -> dict[str, int]:
    """Return where the file of each track begins in the edition, in samples."""
    urls = [target_of(str(link.get("url", "")), MANIFEST)[0] for link in told.get("readingOrder", [])]
    return dict(zip(urls, (track[0].start for track in manifest.tracks), strict=False))


def _guide_findings(folder: Container, told: dict[str, Any], manifest: Manifest) -> Iterator[Finding]:
    """Yield findings on the sentences of the guide: their times within their tracks, their places in the transcript,
    and their roles and those of what they are in."""
    guide, starts = json_of(folder, GUIDE), _track_starts(told, manifest)
    parts = guide.get("guided", [])
    if [str(part.get("textref", "")).partition("#")[2] for part in parts] != [
        chapter.id for chapter in manifest.chapters
    ]:
        message = "The guide does not have the chapters of the edition in their order."
        yield Finding("chapters-differ", "error", message, GUIDE, _AGAIN)
    sentences, ids, there = [], _Ids(folder), set(folder.names)
    for child in (child for part in parts for child in _spoken(part)):
        page, target = target_of(str(child.get("textref", "")), GUIDE)
        sound, fragment = target_of(str(child.get("audioref", "")), GUIDE)
        times = _FRAGMENT.fullmatch(fragment)
        if sound not in starts or not times or page not in there:
            yield _broken_link(GUIDE, str(child.get("audioref", "")))
            continue
        if target not in ids[page]:
            yield _broken_link(GUIDE, str(child.get("textref", "")))
        begin_ms, end_ms = (in_ms(starts[sound]) + float(time or "inf") * 1000 for time in times.groups())
        sentences.append(Sentence(target, None, begin_ms, end_ms))
    yield from sentence_findings(GUIDE, sentences, manifest.cues, all_ends(manifest))
    for part, chapter in zip(parts, manifest.chapters, strict=False):
        listed = list(_with_roles(part))
        expected = [replace(each, kind=_ROLES[each.kind]) for each in skippable(chapter)]
        yield from skipping_findings(f"{GUIDE}: {chapter.id}", listed, expected)


def _spoken(part: dict[str, Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the objects of a guide that sound, in order."""
    for child in part.get("children", []) if depth < _DEEPEST else []:
        yield from _spoken(child, depth + 1) if "children" in child else [child]


def _with_roles(part: dict[str, Any], depth: int = 0) -> Iterator[Part]:
    """Yield what of a chapter of a guide can be skipped or left, with its first and last sentence."""
    for child in part.get("children", []) if depth < _DEEPEST else []:
        said = list(_spoken(child)) or [child]
        first, last = (str(each.get("textref", "")).partition("#")[2] for each in (said[0], said[-1]))
        for role in child.get("role", []):
            kind = "cell" if role in ("columnheader", "rowheader") else str(role)
            yield from [Part(kind, first, last)] if kind in _ROLES.values() else []
        yield from _with_roles(child, depth + 1)


def _contents_findings(folder: Container, told: dict[str, Any], manifest: Manifest) -> Iterator[Finding]:
    """Yield a finding for each chapter to whose start, in its track, the contents do not lead."""
    root, starts = page_of(folder, CONTENTS), _track_starts(told, manifest)
    links = [link for nav in elements(root, "nav") if nav.get("role") == "doc-toc" for link in elements(nav, "a")]
    entries = []
    for link in links:
        sound, fragment = target_of(str(link.get("href", "")), CONTENTS)
        times = _FRAGMENT.fullmatch(fragment or "t=0")
        if sound not in starts or not times:
            yield _broken_link(CONTENTS, str(link.get("href", "")))
            return
        entries.append(Entry(within(link), in_ms(starts[sound]) + float(times[1]) * 1000))
    yield from chapter_findings(CONTENTS, entries, manifest)
    levels = [sum(local(above) == "ol" for above in link.iterancestors()) for link in links]
    yield from level_findings(CONTENTS, levels, nested(depths(manifest)), manifest)


# --- the packed book


def _copies(manifest: Manifest, name: str, folder: Container, told: dict[str, Any]) -> Iterator[Finding]:
    """Yield a finding for each file that the archive lacks though its manifest refers to it, or that differs from the
    one beside it."""
    with archive(manifest.folder / name, name) as files:
        yield from unsafe_names(iter(files.names), name)
        wanted = {target_of(str(link.get("url", "")), MANIFEST)[0] for link in _links(told)} | {MANIFEST}
        for missing in sorted(wanted - set(files.names)):
            yield Finding("link-broken", "error", f"It does not hold {missing[:80]}.", name, _AGAIN)
        for inner in files.names:
            if inner not in wanted:
                yield Finding(
                    "entry-unlisted", "warning", "A file that the manifest does not list.", f"{name}/{inner}", _AGAIN
                )
            elif inner in folder.names and _digest(files.open(inner)) != _digest(folder.open(inner)):
                message = "It is not the same file as the one beside the archive."
                yield Finding("copies-differ", "error", message, f"{name}/{inner}", _AGAIN)


def _digest(file: IO[bytes]) -> str:
    hashed = hashlib.sha256()
    with file:
        while block := file.read(_BLOCK_BYTES):
            hashed.update(block)
    return hashed.hexdigest()
