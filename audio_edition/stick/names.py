"""Names on sticks: those that profiles give, which are the only ones that are ever removed again."""

from __future__ import annotations

import re

from audio_edition.formats.slug import slug
from audio_edition.model import StickProfile

_SHORT = r"(?:\d\d[A-Z0-9]{0,6}/)?(?=[A-Z0-9]{1,8}\.)\d{1,8}[A-Z0-9]{0,7}\.(?:MP3|M4B)"
_LONG = r"(?:\d\d-[a-z0-9-]{1,60}/)?\d{1,8}-[a-z0-9-]{1,80}\.(?:mp3|m4b)"
_IN_BOOK = (
    r"(?:ncc\.html|content\.html|master\.smil|s\d{3,6}\.(?:mp3|smil)|book\.(?:opf|ncx)|resources\.res|text\.xml"
    r"|[0-9a-f]{16}\.(?:jpg|png|gif))"
)
_BOOK_FOLDERS = {"short": r"\d\d[A-Z0-9]{0,6}/", "long": r"\d\d-[a-z0-9-]{1,60}/"}
_SOUNDS = {"short": _SHORT, "long": _LONG}
_BOOKS = frozenset({"daisy", "daisy202", "daisy3"})


def is_name_in_book(name: str) -> bool:
    """Return whether a DAISY book of ours may hold a file of that name: none that leads out of its folder."""
    return re.fullmatch(_IN_BOOK, name) is not None


def names_of(profile: StickProfile) -> re.Pattern[str]:
    """Return what the paths on a stick look like that a profile gives."""
    kinds = [_BOOK_FOLDERS[profile.names] + _IN_BOOK] if _BOOKS & {*profile.holds} else []
    kinds += [_SOUNDS[profile.names]] if {*profile.holds} - _BOOKS else []
    return re.compile("|".join(kinds))


def folder_name(profile: StickProfile, number: int, title: str) -> str:
    """Return the name of a folder, such as `02SPORT` or `02-sport`."""
    return f"{number:02}-{slug(title, 40)}" if profile.names == "long" else f"{number:02}{_letters(title, 6)}"


def sound_name(profile: StickProfile, number: int, digits: int, title: str, ending: str) -> str:
    """Return the name of a sound file, such as `003LASTF.MP3` or `003-last-ferry.mp3`."""
    if profile.names == "long":
        return f"{number:0{digits}}-{slug(title)}.{ending}"
    return f"{number:0{digits}}{_letters(title, 8 - digits)}.{ending.upper()}"


def _letters(text: str, most: int) -> str:
    return slug(text).replace("-", "").upper()[:most]
