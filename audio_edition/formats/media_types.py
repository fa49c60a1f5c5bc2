"""The media types of the files of an edition or a site, by their names."""

from __future__ import annotations

from pathlib import PurePath

_BY_SUFFIX = {
    ".audiobook": "application/audiobook+zip",
    ".brf": "application/x-brf",
    ".c2pa": "application/c2pa",
    ".css": "text/css",
    ".ebrl": "application/ebrl+zip",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".html": "text/html",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".lpf": "application/lpf+zip",
    ".m3u8": "audio/mpegurl",
    ".m4b": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".pef": "application/x-pef+xml",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_BY_NAME = {"chapters.json": "application/json+chapters", "feed.xml": "application/rss+xml"}


def media_type(name: str) -> str:
    """Return the media type of a file by its extension."""
    path = PurePath(name)
    return _BY_NAME.get(path.name) or _BY_SUFFIX.get(path.suffix, "application/octet-stream")
