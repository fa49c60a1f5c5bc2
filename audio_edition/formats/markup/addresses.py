"""Addresses that links may lead to, written as validators want them."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_LONGEST = 8_000
_ALLOWED = "!#$%&'()*+,-./:;=?@_~"
_HOST = re.compile(r"(?:[^\W_]|[-_.])+", re.UNICODE)
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_AFTER_SCHEME = {"mailto": re.compile(r"[^\s@?]+@[^\s@?]+(?:\?.*)?|\?.+"), "tel": re.compile(r"[+(]?[0-9].*")}


def leading_out(address: str) -> str:
    """Return a document's http, https, mailto or tel address as a valid URL; "" for all others.

    Nothing else is ever a link: no script, no file, no address without a host.
    """
    address = address.strip()
    scheme, _, rest = address.partition(":")
    scheme = scheme.lower()
    if len(address) > _LONGEST:
        return ""
    if scheme in _AFTER_SCHEME:
        return f"{scheme}:{_quoted(rest)}" if _AFTER_SCHEME[scheme].fullmatch(rest) else ""
    return _web(address) if scheme in ("http", "https") else ""


def _web(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
        host = host.encode("idna").decode() if not host.isascii() else host
    except (ValueError, UnicodeError):
        return ""
    if not _HOST.fullmatch(host) or host.startswith(("-", ".")) or ".." in host:
        return ""
    place = f"{host}:{port}" if port is not None else host
    path = f"/{_quoted(parts.path.lstrip('/'))}" if parts.path else ""
    query = f"?{_quoted(parts.query)}" if parts.query else ""
    fragment = f"#{_quoted(parts.fragment.replace('#', '%23'))}" if parts.fragment else ""
    return f"{parts.scheme}://{place}{path}{query}{fragment}"


def _quoted(text: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", text), safe=_ALLOWED, errors="replace")
