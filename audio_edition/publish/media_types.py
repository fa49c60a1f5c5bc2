"""The media types of an edition's files, by their names."""

from __future__ import annotations

from pathlib import PurePath

_BY_SUFFIX = {
    ".audiobook": "application/audiobook+zip",
    ".css": "text/css",
    ".epub": "application/epub+zip",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".lpf": "application/lpf+zip",
    ".m3u8": "audio/mpegurl",
    ".m4b": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".zip": "application/zip",
}
_BY_NAME = {"chapters.json": "application/json+chapters"}


def media_type(name: str) -> str:
    """That of a file by its path in the edition."""
    return _BY_NAME.get(name) or _BY_SUFFIX.get(PurePath(name).suffix, "application/octet-stream")
