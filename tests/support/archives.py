"""Archives for tests, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path


def packed(folder: Path) -> bytes:
    """The files of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return archive({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


def archive(entries: Mapping[str, str | bytes]) -> bytes:
    """The entries, with an EPUB's mimetype first and as it is."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        for name in sorted(entries, key=lambda name: (name != "mimetype", list(entries).index(name))):
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            zipped.writestr(zipfile.ZipInfo(name), entries[name], packing)
    return target.getvalue()
