"""Names for folders and files that every file system and player accepts."""

from __future__ import annotations

import hashlib
import re

_WINDOWS_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin|conout|com\d|lpt\d)\Z")


def slug(title: str, longest: int = 60) -> str:
    """Return the title in a-z, 0-9 and hyphens, cut at a word; Arabic, Hindi or Chinese titles are transliterated.

    Never returns an empty name, or one that Windows reserves for a device.
    """
    from slugify import slugify

    name = slugify(title, max_length=longest, word_boundary=True, save_order=True).strip("-")
    if not name:
        name = f"edition-{hashlib.sha256(title.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    return f"{name}-edition" if _WINDOWS_DEVICE.match(name) else name
