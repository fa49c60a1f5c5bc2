"""Name what the pages in a folder would load from another host. Exit 1 if there is any.

    python scripts/external_requests.py build/docs

Links that a reader may follow are no requests: only what a browser loads by itself counts.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

_LOADED = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "source": ("src", "srcset"),
    "track": ("src",),
    "form": ("action",),
}
"""The attributes of each element whose address a browser loads, or sends to."""
_LINKS_LOADED = {"stylesheet", "icon", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "manifest"}
_ELSEWHERE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"""(?:url\(\s*["']?|@import\s+["'])((?:https?:)?//[^"')\s]+)""", re.IGNORECASE)


class _Page(HTMLParser):
    """Collects the addresses that a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        names = _LOADED.get(tag, ())
        if tag == "link" and _LINKS_LOADED & set(given.get("rel", "").lower().split()):
            names = ("href",)
        addresses = [part for name in names for part in given.get(name, "").split(",")]
        self.found += [address.strip() for address in addresses if _ELSEWHERE.match(address)]
        self.found += _IN_STYLE.findall(given.get("style", ""))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "style":
            self.found += _IN_STYLE.findall(data)


def external_requests(folder: Path) -> Iterator[tuple[Path, str]]:
    """Yield each file of a site with an address at another host that a browser would load for it."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".html":
            page = _Page()
            page.feed(path.read_text("utf-8"))
            yield from ((path, address) for address in page.found)
        elif path.suffix in {".css", ".svg"}:
            yield from ((path, address) for address in _IN_STYLE.findall(path.read_text("utf-8")))


def main(folder: Path) -> int:
    """Print what is loaded from elsewhere; return the exit code."""
    if not (folder / "index.html").is_file():
        print(f"{folder}: no site is there. Build it with scripts/docs.", file=sys.stderr)
        return 1
    found = list(external_requests(folder))
    for path, address in found:
        print(f"{path}: loads {address}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
