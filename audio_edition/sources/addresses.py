"""Fetch the document at an http or https address, within limits of size, time and redirects.

Addresses of this machine and of private networks are refused unless allowed: a page must not lead the program to what
only it can reach. A name is resolved once, the resulting addresses are checked, and one of those is connected to; so
for each redirect.
"""

from __future__ import annotations

import codecs
import contextlib
import http
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from audio_edition.errors import ReadError, in_brief
from audio_edition.sources.charsets import MARKS, charset_of
from audio_edition.sources.files import LIMIT_BYTES

MOST_REDIRECTS = 5
MOST_SECONDS = 30.0
"""For all of it: name, connection, redirects, and the last byte."""

_CONNECT_SECONDS = 10.0
_MOST_ADDRESSES = 4
_CHUNK_BYTES = 65_536
_GZIP = zlib.MAX_WBITS | 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PORTS = {"http": 80, "https": 443}
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
    "Accept-Encoding": "gzip",
    "Connection": "close",
    "User-Agent": "audio-edition",
}
_SAVE = "Check the address, or save the page with a browser, and give that file."
_MAPPED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
"""They stand for the IPv4 address in their last 32 bits: https://www.rfc-editor.org/rfc/rfc6052"""

_NOT_PUBLIC_NAMES = """
    0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
    192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
    203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
    ::/96 ::ffff:0:0:0/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48
    3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8
"""
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, _NOT_PUBLIC_NAMES.split()))
"""IANA's special-purpose registries for IPv4 and IPv6, as of 2026: what Python knows of them changes by its release."""

_NEVER = tuple(map(ipaddress.ip_network, ["0.0.0.0/32", "224.0.0.0/4", "255.255.255.255/32", "::/128", "ff00::/8"]))
"""No host's address, also where private ones are allowed."""

_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml[^>]{1,200}encoding", re.IGNORECASE)
_SAFE = "/%:=&?~+!$,;'@()*[]"

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Fetched:
    """A fetched document. `url` is its address after redirects; `charset` is the server's, or "". Text in an older
    charset is converted to UTF-8 with a byte order mark, as the document itself does not name its charset."""

    data: bytes
    url: str
    charset: str = ""


def fetch(url: str, *, allow_private: bool = False, seconds: float = MOST_SECONDS) -> Fetched:
    """Return the document at an http or https address, within so many seconds.

    Raises ReadError that names the address, without parts that may be secret.
    """
    results: SimpleQueue[Fetched | BaseException] = SimpleQueue()
    visit = _Visit(url, allow_private, seconds)
    # A thread of its own: looking up a name can't be ended, and a server may send a byte now and then for ever.
    threading.Thread(target=lambda: results.put(visit.outcome()), daemon=True).start()
    try:
        result = results.get(timeout=seconds)
    except Empty:
        visit.leave()
        raise ReadError(f"{visit.place} took longer than {seconds:g} seconds.", _SAVE) from None
    if isinstance(result, Fetched):
        return result
    raise result


class _Visit:
    """One attempt to fetch an address, following redirects."""

    def __init__(self, url: str, allow_private: bool, seconds: float) -> None:
        self._url = url
        self._allow_private = allow_private
        self._seconds = seconds
        self._socket: socket.socket | None = None
        self._is_left = False
        self.place = shown(url)

    def outcome(self) -> Fetched | BaseException:
        """Return the document, or the exception that prevented it."""
        try:
            return self._followed()
        except (OSError, http.client.HTTPException, ValueError, zlib.error) as trouble:
            error = ReadError(f"{self.place} can't be read: {_reason(trouble)}.", _SAVE)
            error.__cause__ = trouble
            return error
        except BaseException as trouble:  # for the thread that waits
            return trouble

    def leave(self) -> None:
        """Abort the visit; whoever waits for the connection wakes up."""
        self._is_left = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _followed(self) -> Fetched:
        url = self._url
        for _ in range(MOST_REDIRECTS + 1):
            parts = _checked(url)
            self.place = shown(url)
            with contextlib.closing(_Connection(parts, self._connected(parts))) as connection:
                connection.request("GET", _path(parts), headers=_HEADERS)
                with connection.getresponse() as response:
                    if response.status not in _REDIRECTS:
                        return self._document(response, url)
                    url = urljoin(url, _location(response, self.place))
        raise ReadError(f"{shown(self._url)} leads to other addresses more than {MOST_REDIRECTS} times.", _SAVE)

    def _connected(self, parts: SplitResult) -> socket.socket:
        """Return a connection to a checked address of the host."""
        host = _host(parts)
        port = parts.port or _PORTS[parts.scheme]
        addresses = _addresses(host, port)
        allowed = [each for each in addresses if _is_allowed(each, self._allow_private)]
        if not allowed:
            raise ReadError(
                f"{self.place} is on this machine or in a private network ({addresses[0]}).",
                "Save the document, and give that file; or allow it, if you mean it: --allow-private",
            )
        trouble: OSError | None = None
        for address in allowed[:_MOST_ADDRESSES]:
            try:
                return self._opened(address, port, host if parts.scheme == "https" else "")
            except OSError as error:
                trouble = error
        raise trouble or OSError("no address answers")

    def _opened(self, address: _Address, port: int, tls_name: str) -> socket.socket:
        opened = socket.create_connection((str(address), port), timeout=min(_CONNECT_SECONDS, self._seconds))
        try:
            opened.settimeout(self._seconds)
            if tls_name:
                opened = ssl.create_default_context().wrap_socket(opened, server_hostname=tls_name)
            self._socket = opened
            if self._is_left:
                raise TimeoutError
        except BaseException:
            opened.close()
            raise
        return opened

    def _document(self, response: http.client.HTTPResponse, url: str) -> Fetched:
        if response.status != http.HTTPStatus.OK:
            known = {status.value: f" ({status.phrase})" for status in http.HTTPStatus}
            raise ReadError(f"{self.place} answers {response.status}{known.get(response.status, '')}.", _SAVE)
        data = bytearray()
        for piece in _pieces(response):
            data += piece
            if len(data) > LIMIT_BYTES:
                raise ReadError(f"{self.place} is larger than {LIMIT_BYTES // 1_000_000} MB.", _SAVE)
        found = _CHARSET.search(response.getheader("Content-Type", ""))
        charset = found[1] if found else ""
        return Fetched(_marked(bytes(data), charset), url.partition("#")[0], charset)


class _Connection(http.client.HTTPConnection):
    """HTTP over a connected socket."""

    def __init__(self, parts: SplitResult, connected: socket.socket) -> None:
        super().__init__(_host(parts), parts.port or _PORTS[parts.scheme])
        self.default_port = _PORTS[parts.scheme]
        self.sock = connected

    def connect(self) -> None:
        raise ConnectionError("the connection ended")  # never a second one, which would look up the name again


def shown(url: str) -> str:
    """Return the address without parts that may be secret: user name, password, query."""
    rest = re.sub(r"[?#].*", "", "".join(filter(str.isprintable, url)), flags=re.DOTALL)
    scheme, mark, place = rest.partition("://")
    host, slash, path = place.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}" if mark else rest.rpartition("@")[2]


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as trouble:
        raise ReadError(f"{shown(url)} is not the address of a document.", _SAVE) from trouble
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ReadError(f"{shown(url)} is not an http or https address.", _SAVE)
    if parts.username is not None or parts.password is not None:
        raise ReadError(
            f"{shown(url)} has a user name or password in front of it, which is not sent.",
            "Save the page with a browser, and give that file.",
        )
    return parts


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    return host if host.isascii() else host.encode("idna").decode()


def _path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_SAFE)
    return f"{path}?{quote(parts.query, safe=_SAFE)}" if parts.query else path


def _location(response: http.client.HTTPResponse, place: str) -> str:
    location = response.getheader("Location", "")
    with contextlib.suppress(UnicodeError):  # sent as UTF-8, taken for Latin-1
        location = location.encode("latin-1").decode()
    if not location:
        raise ReadError(f"{place} leads to another address, and does not say which.", _SAVE)
    return location


def _addresses(host: str, port: int) -> list[_Address]:
    """Return the IP addresses of a host name. An IPv6 address may have a zone."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(place[0]).partition("%")[0]) for *_, place in found]
    return list(dict.fromkeys(addresses))


def _is_allowed(address: _Address, allow_private: bool) -> bool:
    inner = _inner(address)
    if _is_in(address, _NEVER) or _is_in(inner, _NEVER):
        return False
    return allow_private or not _is_in(inner, _NOT_PUBLIC)


def _is_in(address: _Address, networks: Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _inner(address: _Address) -> _Address:
    """Return the IPv4 address embedded in an IPv6 address, if there is one."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if any(address in network for network in _MAPPED) and int(address) > 1:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1] or address


def _pieces(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Yield the decompressed document piece by piece."""
    coding = response.getheader("Content-Encoding", "identity").strip().lower() or "identity"
    if coding not in ("identity", "gzip", "x-gzip"):
        raise http.client.HTTPException("it is packed in a way that was not asked for")
    received = iter(lambda: response.read(_CHUNK_BYTES), b"")
    yield from received if coding == "identity" else _unpacked(received)
    if response.length:
        raise http.client.HTTPException("it ended before its end")


def _unpacked(received: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the content of all members of a gzip file (RFC 1952, 2.2); zeros may pad its end."""
    unpacker: zlib._Decompress | None = zlib.decompressobj(_GZIP)
    for piece in received:
        rest = piece
        while rest:
            if unpacker is None:
                rest = rest.lstrip(b"\0")
                unpacker = zlib.decompressobj(_GZIP) if rest else None
            else:
                yield unpacker.decompress(rest, _CHUNK_BYTES)
                rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
                unpacker = None if unpacker.eof else unpacker
    if unpacker is not None:
        raise http.client.HTTPException("it ended before its end")


def _marked(data: bytes, charset: str) -> bytes:
    """Return the bytes; if only the server names their older charset, as UTF-8 with a byte order mark."""
    codec = charset_of(charset)
    if not codec or any(map(data.startswith, MARKS)) or _DECLARED.match(data):
        return data
    with contextlib.suppress(UnicodeDecodeError):
        data.decode()
        return data
    with contextlib.suppress(UnicodeDecodeError):
        return codecs.BOM_UTF8 + data.decode(codec).encode()
    return data


def _reason(trouble: Exception) -> str:
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return "its certificate is not valid for it"
    if isinstance(trouble, socket.gaierror):
        return "there is no host of this name"
    if isinstance(trouble, TimeoutError):
        return "it did not answer in time"
    if isinstance(trouble, http.client.BadStatusLine | http.client.LineTooLong):
        return "what answers there does not speak HTTP"  # its words are not for a terminal
    return getattr(trouble, "strerror", None) or in_brief(str(trouble)) or type(trouble).__name__
