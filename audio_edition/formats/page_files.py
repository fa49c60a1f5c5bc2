"""The list of an edition's files on its page: name, kind, size, and which player each suits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from audio_edition.formats.images import FOLDER as PICTURES
from audio_edition.formats.media_types import media_type
from audio_edition.model import EDITION_JSON as MANIFEST
from audio_edition.translations import Words
from audio_edition.translations.locales import decimal_in_words

_OWN_NAMES = {
    "playlist.m3u8": "for_playlist",
    "transcript.html": "for_html",
    "transcript.txt": "for_txt",
    "transcript.vtt": "for_vtt",
    "publication.json": "for_audiobook_parts",
    "contents.html": "for_audiobook_parts",
    "guided-navigation.json": "for_audiobook_parts",
    "chapters.json": "for_chapters",
    "cover.png": "for_cover",
    "onix.xml": "for_programs",
    MANIFEST: "for_programs",
}
_ENDINGS = {
    ".mp3": "for_mp3",
    ".m4b": "for_m4b",
    ".epub": "for_epub",
    "-daisy202.zip": "for_daisy",
    "-daisy3.zip": "for_daisy",
    ".lpf": "for_audiobook",
    ".brf": "for_braille",
    ".pef": "for_embossers",
    ".ebrl": "for_braille_displays",
}
_ORDER = (
    "for_mp3",
    "for_m4b",
    "for_epub",
    "for_daisy",
    "for_daisy_folder",
    "for_playlist",
    "for_tracks",
    "for_html",
    "for_txt",
    "for_braille",
    "for_braille_displays",
    "for_embossers",
    "for_vtt",
    "for_audiobook",
    "for_audiobook_parts",
    "for_chapters",
    "for_cover",
    "for_pictures",
    "for_other",
    "for_programs",
)
_SHOWN_BY_BROWSERS = ("text/", "image/", "application/json")
_KINDS = {".vtt": "WebVTT", ".m3u8": "M3U"}


@dataclass(frozen=True, slots=True)
class File:
    """A file as the list shows it. `size` is in bytes, or None where it is not known yet; `to_keep` says that browsers
    can do no better than save it."""

    name: str
    address: str
    kind: str
    media_type: str
    size: int | None
    size_text: str
    to_keep: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Files for the same players; `suits` names the words that say for which."""

    suits: str
    files: tuple[File, ...]
    summary: str


def file_list(folder: Path, slug: str, words: Words) -> list[Group]:
    """Return all files written to the folder so far, and the manifest, which is written last."""
    sizes: dict[str, int | None] = {
        path.relative_to(folder).as_posix(): path.stat().st_size for path in folder.rglob("*") if path.is_file()
    }
    sizes[MANIFEST] = None
    groups: dict[str, list[File]] = {suits: [] for suits in _ORDER}
    for name, size in sorted(sizes.items()):
        groups[_suits(name, slug)].append(_file(name, size, words))
    return [Group(suits, tuple(found), _summary(found, words)) for suits, found in groups.items() if found]


def _suits(name: str, slug: str) -> str:
    if name in _OWN_NAMES:
        return _OWN_NAMES[name]
    if name.startswith("tracks/"):
        return "for_tracks"
    if name.startswith(f"{PICTURES}/"):
        return "for_pictures"
    if name.startswith(f"{slug}-daisy202/"):
        return "for_daisy_folder"
    return next((suits for ending, suits in _ENDINGS.items() if name == slug + ending), "for_other")


def _file(name: str, size: int | None, words: Words) -> File:
    suffix = Path(name).suffix
    kind = media_type(name)
    return File(
        name=name,
        address=quote(name),
        kind=_KINDS.get(suffix, suffix[1:].upper()),
        media_type=kind,
        size=size,
        size_text="" if size is None else size_in_words(size, words),
        to_keep=not kind.startswith(_SHOWN_BY_BROWSERS),
    )


def _summary(found: list[File], words: Words) -> str:
    count = words.counted("together", len(found))
    return f"{count}, {size_in_words(sum(file.size or 0 for file in found), words)}"


def size_in_words(size: int, words: Words) -> str:
    """Return the size in kilobytes (of 1,000 bytes) or megabytes, with at least two digits."""
    unit, count = ("megabytes", size / 1e6) if size >= 999_500 else ("kilobytes", size / 1e3)
    digits = f"{count:.1f}" if count < 9.95 else f"{count:.0f}"
    return words[unit].format(size=decimal_in_words(digits, words.language))
