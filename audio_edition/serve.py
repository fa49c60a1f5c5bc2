"""A web server for trying out a site or an edition before it is published.

Starlette answers ranges and conditions (RFC 9110, 13 and 14), uvicorn handles connections. Added here are media types
that do not depend on the machine, security headers, and rules for files that must not be served.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from os import PathLike, fspath, stat_result
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audio_edition.errors import SiteError
from audio_edition.formats.media_types import media_type

LOOPBACK = "127.0.0.1"
_MOST_CONNECTIONS, _MOST_REFUSED = 900, 100
"""Connections that are held at once: for one more, the one that waited longest without a request is closed. Where none
waits, so many more are answered that the server is busy."""
_OTHER_FILES = 128
"""What a process opens besides connections."""
_WAITING = 100
"""Connections that the system holds while others are answered; asyncio takes so many at once."""
_REQUEST_SECONDS = 20.0
"""How long a client may take to send a request; also one that sends none."""
_HEADERS = {
    "cache-control": "no-cache",
    "content-security-policy": "frame-ancestors 'none'",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_FOR_ALL = {"access-control-allow-origin": "*"}
"""Podcast apps in browsers fetch chapters and transcripts from other sites (podcast-namespace): all may read what is
on the web. On loopback it is not published yet, and any page in the browser could read it."""


_NOT_FOUND = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not found</title>
</head>
<body><main><h1>There is nothing here</h1><p><a href="/">To the edition</a></p></main></body>
</html>
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that already holds its port; `run` answers requests until `stop` is called or the program is
    interrupted."""

    url: str
    run: Callable[[], None]
    stop: Callable[[], None]


def server(folder: Path, host: str = LOOPBACK, port: int = 0) -> AbstractContextManager[Server]:
    """Return a server for a folder, as `server_of` does. Raises SiteError."""
    if not folder.is_dir():
        raise SiteError(f"{folder} is not a folder.", "Name the folder of a site or an edition.")
    return server_of(lambda bound, taken: application(folder, bound), host, port)


@contextmanager
def server_of(made: Callable[[str, int], ASGIApp], host: str = LOOPBACK, port: int = 0) -> Iterator[Server]:
    """Yield a server for the application that `made` makes of the address and port that it listens on; port 0 takes a
    free one. Raises SiteError."""
    import uvicorn

    with _listening(host, port) as listening:
        bound, taken = listening.getsockname()[:2]
        most = _most_connections()
        config = uvicorn.Config(
            made(bound, taken),
            backlog=_WAITING,
            limit_concurrency=most + _MOST_REFUSED,
            http=_protocol(most),
            log_level="error",
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=2,
        )
        shown = f"[{bound}]" if ":" in bound else bound
        inner = uvicorn.Server(config)
        yield Server(
            url=f"http://{shown}:{taken}/",
            run=lambda: inner.run([listening]),
            stop=lambda: setattr(inner, "should_exit", True),
        )


def application(folder: Path, host: str = LOOPBACK) -> Starlette:
    """Return the ASGI application. On loopback it answers only to loopback names, so that no page elsewhere can read
    unpublished work through a name of its own (DNS rebinding)."""
    files = Mount("/", Files(folder, _not_found(folder)))
    return Starlette(routes=[files], middleware=[Middleware(_Headers, on_loopback=is_loopback(host))])


def is_loopback(host: str) -> bool:
    """Return whether an address or name is this machine's own."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _most_connections() -> int:
    """Return how many connections can be held within the files that the system lets a process open."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return _MOST_CONNECTIONS
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    least = 16
    return _MOST_CONNECTIONS if files < 0 else max(least, min(_MOST_CONNECTIONS, files - _OTHER_FILES - _WAITING))


class _Waiting:
    """Connections on which no request is answered, the one that waited longest first; each is closed after a while, and
    the first where there are more than `most` connections."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._limits: dict[asyncio.Transport, asyncio.TimerHandle] = {}

    def add(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        if transport not in self._limits and not transport.is_closing():
            self._limits[transport] = loop.call_later(_REQUEST_SECONDS, transport.close)

    def remove(self, transport: asyncio.Transport) -> None:
        if limit := self._limits.pop(transport, None):
            limit.cancel()

    def make_room(self, connections: int) -> None:
        if connections > self._most and self._limits:
            longest = next(iter(self._limits))
            self.remove(longest)
            longest.abort()


def _protocol(most: int) -> type[asyncio.Protocol]:
    """Return uvicorn's protocol class, which drops a client that does not finish its request, and of more than so many
    clients the one that waited longest."""
    from uvicorn.protocols.http.h11_impl import H11Protocol

    waiting = _Waiting(most)

    class Impatient(H11Protocol):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            waiting.make_room(len(self.connections))
            self._watch()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            waiting.remove(self.transport)

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._watch()

        def _watch(self) -> None:
            if self.cycle is not None and not self.cycle.response_complete:
                waiting.remove(self.transport)
            else:
                waiting.add(self.transport, self.loop)

    return Impatient


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=_WAITING)
    except (OSError, OverflowError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SiteError(
            f"{host}:{port} can't be listened on ({reason}).", "Name another --port, or --host 127.0.0.1."
        ) from error
    with listening:
        yield listening


def _not_found(folder: Path) -> str:
    """Return the page for addresses at which nothing is: a site's own, which at home stands at the root of a host."""
    from audio_edition.site import inventory, pages
    from audio_edition.site.catalogue_entry import main_language

    with suppress(SiteError):
        if site := inventory.read_site(folder):
            return pages.not_found(site.facts, "/", main_language(site.entries))
    return _NOT_FOUND


class Files(StaticFiles):
    """The files of a folder: links out of it are not followed, and names with a leading dot, such as those of
    unfinished files, are hidden."""

    def __init__(self, folder: Path, not_found: str) -> None:
        super().__init__(directory=folder, html=True)
        self.not_found = not_found

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != HTTPStatus.NOT_FOUND:
                raise
        else:
            if response.status_code != HTTPStatus.NOT_FOUND:
                return response
        return HTMLResponse(self.not_found, HTTPStatus.NOT_FOUND)

    def lookup_path(self, path: str) -> tuple[str, stat_result | None]:
        if any(part.startswith(".") and part != "." for part in PurePath(path).parts):
            return "", None
        return super().lookup_path(path)

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        path = Path(fspath(full_path))
        response = FileResponse(path, status_code, media_type=_type(path), stat_result=stat_result)
        requested: Any = MutableHeaders(scope=scope)
        if self.is_not_modified(response.headers, requested):
            return NotModifiedResponse(response.headers)
        return response


def _type(path: Path) -> str:
    found = media_type(path.name)
    if found == "application/json" and "opds" in (path.parent.name, path.stem):
        return "application/opds+json"
    if found == "application/json" and path.parts[-3:-1] == ("opds", "editions"):
        return "application/opds-publication+json"
    if found == "application/xml" and "opds" in (path.parent.name, path.stem):
        kind = "navigation" if path.stem == "opds" else "acquisition"
        return f"application/atom+xml;profile=opds-catalog;kind={kind}"
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


class _Headers:
    """Adds the headers of every answer and ignores ranges in units other than bytes, as RFC 9110, 14.2 requires. On
    loopback, refuses requests for another host name."""

    def __init__(self, app: ASGIApp, on_loopback: bool) -> None:
        self.app = app
        self.on_loopback = on_loopback
        self.headers = _HEADERS if on_loopback else _HEADERS | _FOR_ALL

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        if scope["type"] == "http":
            if self.on_loopback and not is_loopback(host_of(scope)):
                await PlainTextResponse("Invalid host header", 400)(scope, receive, send_with_headers)
                return
            scope["headers"] = [(name, value) for name, value in scope["headers"] if not _is_odd_range(name, value)]
        await self.app(scope, receive, send_with_headers)


def host_of(scope: Scope) -> str:
    """Return the host name that a client asks for."""
    said = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    try:
        return urlsplit(f"//{said}").hostname or ""
    except ValueError:
        return ""


def _is_odd_range(name: bytes, value: bytes) -> bool:
    return name == b"range" and not value.strip().lower().startswith(b"bytes=")
