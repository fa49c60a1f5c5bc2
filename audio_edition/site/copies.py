"""How the copy of an edition in a site differs from the one that was built: its page links back to the site, and its
edition.json lists that page. All other files are identical."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from audio_edition.edition.folder import EditionFile, FinishedEdition, manifest_of
from audio_edition.errors import EditionError
from audio_edition.formats.way_back import with_way_back, without_way_back

_PAGES = ("index.html", "transcript.html")
_SIZE = re.compile(rb'("size"\s*:\s*)\d+')


def page_of(edition: FinishedEdition) -> str:
    """Return the path of the page that leads back to the site: where the site's own links lead. Empty without one."""
    paths = {file.path for file in edition.files}
    return next((path for path in _PAGES if path in paths), "")


def page_on_site(content: bytes, language: str) -> bytes:
    """Return the page as it stands on a site."""
    return with_way_back(content.decode(), language).encode()


def manifest_on_site(manifest: bytes, file: EditionFile, content: bytes) -> bytes:
    """Return an edition.json that tells of `content` where it told of the file. Raises EditionError."""
    entry = re.compile(rb'\{[^{}]*"path"\s*:\s*"' + re.escape(file.path.encode()) + rb'"[^{}]*\}')
    sha256 = hashlib.sha256(content).hexdigest().encode()

    def changed(found: re.Match[bytes]) -> bytes:
        sized = _SIZE.sub(lambda size: size[1] + str(len(content)).encode(), found[0])
        return sized.replace(file.sha256.encode(), sha256)

    new, count = entry.subn(changed, manifest)
    if count != 1:
        raise EditionError(f"edition.json lists {file.path} twice.", "Build the edition again.")
    return new


def as_built(edition: FinishedEdition) -> FinishedEdition:
    """Return what an edition that stands in a site was before it came there."""
    page = next((file for file in edition.files if file.path == page_of(edition)), None)
    if page is None:
        return edition
    on_site = (edition.folder / page.path).read_bytes()
    content = without_way_back(on_site.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    built = replace(page, size=len(content), sha256=hashlib.sha256(content).hexdigest())
    manifest = manifest_on_site(manifest_of(edition.folder), page, content)
    return replace(
        edition,
        files=tuple(built if file is page else file for file in edition.files),
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
    )
