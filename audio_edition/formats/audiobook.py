"""Format audiobook: a W3C Audiobook of the tracks, as a web publication and packed as `<slug>.lpf`.

W3C Audiobooks and Publication Manifest (2020); Lightweight Packaging Format. The transcript is each track's alternate;
sentences, their times and roles are in a guided navigation document of Readium's, linked as related. Packs what the
formats tracks, images, transcript and cover wrote.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audio_edition.formats import accessibility, cover
from audio_edition.formats.about import about, artist, title_of
from audio_edition.formats.archive import EPOCH_DATE, add_file
from audio_edition.formats.clips import edition_identifier
from audio_edition.formats.clock import decimal_seconds, milliseconds, timestamp
from audio_edition.formats.contents import contents
from audio_edition.formats.disclosure import digital_source_type, narrator
from audio_edition.formats.guide import guide_of
from audio_edition.formats.images import FOLDER, images_shown
from audio_edition.formats.language import direction
from audio_edition.formats.pages import template
from audio_edition.formats.track_list import Track, track_list
from audio_edition.formats.tracks import track_names
from audio_edition.model import RATE_HZ, Package, Recording, Script, Voice
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for

MANIFEST = "publication.json"
CONTENTS = "contents.html"
GUIDE = "guided-navigation.json"
_TRANSCRIPT = "transcript.html"
_GUIDE_TYPE = "application/guided-navigation+json"


def write(recording: Recording, folder: Path, slug: str) -> Package:
    """Write `<slug>.lpf`, and the same book unpacked: `publication.json`, `contents.html`, `guided-navigation.json`."""
    listed = track_list(recording)
    names = [name.as_posix() for name in track_names(listed)]
    tracks = dict(zip(names, listed, strict=True))
    _write_json(folder / MANIFEST, _manifest(recording, tracks))
    _write_json(folder / GUIDE, guide_of(recording, tracks, _TRANSCRIPT))
    (folder / CONTENTS).write_text(_contents(recording.script, tracks), encoding="utf-8", newline="\n")
    path = folder / f"{slug}.lpf"
    with zipfile.ZipFile(path, "w") as archive:
        pictures = [f"{FOLDER}/{image.name}" for image in images_shown(recording.script)]
        for name in (MANIFEST, CONTENTS, GUIDE, _TRANSCRIPT, cover.NAME, *pictures, *names):
            add_file(archive, name, folder / name)
    return Package("audiobook", (Path(path.name), Path(MANIFEST), Path(CONTENTS), Path(GUIDE)))


def _manifest(recording: Recording, tracks: dict[str, Track]) -> dict[str, Any]:
    """Return the publication manifest. It has no `url`: an edition does not know where it will be published."""
    script = recording.script
    manifest = {
        "@context": ["https://schema.org", "https://www.w3.org/ns/pub-context", _language(script.language)],
        "conformsTo": "https://www.w3.org/TR/audiobooks/",
        "type": "Audiobook",
        "id": edition_identifier(script),
        "name": title_of(script.title, script.language),
        **_of_the_work(recording),
        "readBy": [_reader(voice, script.language) for voice in recording.voices],
        "digitalSourceType": digital_source_type(recording.voices),
        "publisher": one_line(script.source).strip(),
        "inLanguage": script.language,
        "readingProgression": direction(script.language),
        "datePublished": script.published,
        "dateModified": script.published or EPOCH_DATE,
        "duration": _duration(sum(milliseconds(track.length) for track in tracks.values())),
        "abridged": False,
        "accessMode": ["auditory", *accessibility.access_modes(recording)],
        "accessModeSufficient": [
            {"type": "ItemList", "itemListElement": list(modes)} for modes in accessibility.sufficient_modes(recording)
        ],
        "accessibilityFeature": ["transcript", *accessibility.FEATURES],
        "accessibilityHazard": list(accessibility.HAZARDS),
        "accessibilitySummary": accessibility.summary(recording),
        "readingOrder": [_link_to(name, track) for name, track in tracks.items()],
        "resources": list(_resources(recording)),
        "links": [_link(GUIDE, _GUIDE_TYPE, rel="related")],
    }
    return {name: value for name, value in manifest.items() if value != ""}


def _reader(voice: Voice, language: str) -> dict[str, str]:
    return {"type": "Person" if voice.is_person else "Organization", "name": narrator([voice], language)}


def _of_the_work(recording: Recording) -> dict[str, Any]:
    """Return what the document says about the work (Publication Manifest, 2.7.2; the other names are schema.org's)."""
    work = about(recording.script)
    facts: dict[str, Any] = {
        "author": [*work.authors] if len(work.authors) > 1 else artist(recording),
        **{role: [*work.named(role)] for role in ("translator", "editor", "illustrator", "contributor")},
        "alternativeHeadline": work.subtitle,
        "description": work.description,
        "keywords": [*work.subjects],
        "copyrightNotice": work.rights,
        "isbn": work.isbn,
        "isPartOf": {"type": "CreativeWorkSeries", "name": work.series} if work.series else "",
        "position": work.series_position if work.series else "",
    }
    return {name: value for name, value in facts.items() if value}


def _language(tag: str) -> dict[str, str]:
    """Return the language of all texts of the manifest (Publication Manifest, 2.6)."""
    return {"language": tag, "direction": direction(tag)}


def _link_to(name: str, track: Track) -> dict[str, Any]:
    return _link(
        name,
        "audio/mpeg",
        name=one_line(track.title).strip(),
        duration=_duration(milliseconds(track.length)),
        alternate=[_link(f"{_TRANSCRIPT}#{track.chapters[0].chapter.id}", "text/html"), _link(GUIDE, _GUIDE_TYPE)],
    )


def _resources(recording: Recording) -> Iterator[dict[str, Any]]:
    script = recording.script
    yield _link(cover.NAME, "image/png", rel="cover", name=cover.alternative(script) or title_of("", script.language))
    yield _link(CONTENTS, "text/html", rel="contents")
    yield _link(_TRANSCRIPT, "text/html")
    for image in images_shown(recording.script):
        yield _link(f"{FOLDER}/{image.name}", image.media_type)


def _link(url: str, media_type: str, **more: Any) -> dict[str, Any]:
    return {"url": url, "encodingFormat": media_type, **more}


def _duration(milliseconds: int) -> str:
    """Return a duration in the format of ISO 8601, 5.5.2."""
    return f"PT{decimal_seconds(milliseconds)}S"


def _contents(script: Script, tracks: dict[str, Track]) -> str:
    """Return the page of contents; its nav leads to the tracks, and to the chapters in them (Publication Manifest,
    "machine-processable contents")."""
    places = {
        chapter.chapter.id: (_place(name, chapter.start - track.start), _minutes(chapter.length // RATE_HZ))
        for name, track in tracks.items()
        for chapter in track.chapters
    }
    return (
        template("audiobook/contents.html")
        .render(
            title=title_of(script.title, script.language),
            language=script.language,
            words=words_for("edition", script.language),
            direction=direction,
            entries=contents(script),
            tracks=places,
        )
        .lstrip()
    )


def _place(name: str, offset: int) -> str:
    """Return the address of a chapter's start in its track (Media Fragments)."""
    return f"{name}#t={decimal_seconds(milliseconds(offset))}" if offset else name


def _minutes(seconds: int) -> str:
    return timestamp(1000 * seconds).partition(".")[0].removeprefix("00:")


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(f"{json.dumps(value, ensure_ascii=False, indent=1)}\n", "utf-8", "replace", newline="\n")
