"""Check that the pictures of an edition and its packages exist and are of their declared type."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from audio_edition.check.manifest import Manifest
from audio_edition.check.reading import Container, FilesOfFolder, elements, is_external, target_of
from audio_edition.model import Finding

FOLDER = "images"
_AGAIN = "Build the edition again."
_BEGINS = {
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp"}


def image_findings(manifest: Manifest, there: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each of the document's pictures that is not a file of the edition of the type in
    edition.json."""
    if FOLDER not in manifest.formats:
        return
    listed = {file.path: file for file in manifest.files if file.format == FOLDER}
    folder = FilesOfFolder("", manifest.folder, there)
    for name, media_type in manifest.images.items():
        path = f"{FOLDER}/{name}"
        if path not in listed:
            yield _missing(path)
        elif path in there and (listed[path].media_type != media_type or not _is(folder, path, media_type)):
            yield _wrong(path, media_type)


def picture_findings(container: Container, roots: Mapping[str, etree._Element], place: str) -> Iterator[Finding]:
    """Yield a finding for each picture in documents whose type is not that of its name."""
    for name, root in roots.items():
        for picture in elements(root, "img"):
            source = urllib.parse.unquote(str(picture.get("src", "")))
            path = "" if is_external(source) else target_of(source, name)[0]
            media_type = _TYPES.get(path[path.rfind(".") :].lower(), "") if path in container.names else ""
            if media_type and not _is(container, path, media_type):
                yield _wrong(f"{place}{path}", media_type)


def _is(container: Container, path: str, media_type: str) -> bool:
    with container.open(path) as file:
        return file.read(16).startswith(_BEGINS[media_type])


def _missing(path: str) -> Finding:
    message = "A picture of the document is not among the files of the edition."
    return Finding("picture-missing", "error", message, path, _AGAIN)


def _wrong(path: str, media_type: str) -> Finding:
    return Finding("picture-unsound", "error", f"The picture is no {media_type}.", path, _AGAIN)
