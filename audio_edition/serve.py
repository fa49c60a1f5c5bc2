"""In: the folder of a site or an edition. Out: a web server for looking and listening before it is put on the web.

Starlette answers ranges and conditions (RFC 9110, 13 and 14), uvicorn the connections; what is added here are media
types that do not depend on the machine, headers for safety, and what must not be seen.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike, fspath, stat_result
from pathlib import Path, PurePath
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import FileResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audio_edition.errors import SiteError
from audio_edition.publish.media_types import media_type

LOOPBACK = "127.0.0.1"
_MOST_CONNECTIONS = 1000
_WAITING = 512
"""Connections that the system holds while others are answered."""
_HEADERS = {
    "access-control-allow-origin": "*",
    "cache-control": "no-cache",
    "content-security-policy": "frame-ancestors 'none'",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""Podcast apps in browsers fetch chapters and transcripts from other sites (podcast-namespace): all may read."""
_LOOPBACK_HOSTS = ("localhost", LOOPBACK)


@dataclass(frozen=True, slots=True)
class Server:
    """A server that holds its port already; `run` answers until `stop` is called or the program is interrupted."""

    url: str
    run: Callable[[], None]
    stop: Callable[[], None]


@contextmanager
def server(folder: Path, host: str = LOOPBACK, port: int = 0) -> Iterator[Server]:
    """A server for a folder; port 0 takes one that is free. Raises SiteError."""
    import uvicorn

    if not folder.is_dir():
        raise SiteError(f"{folder} is no folder.", "Name the folder of a site or an edition.")
    with _listening(host, port) as listening:
        bound, taken = listening.getsockname()[:2]
        config = uvicorn.Config(
            application(folder, bound),
            limit_concurrency=_MOST_CONNECTIONS,
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
    """The ASGI application. On loopback it answers to no other name, lest a page elsewhere reads what is unpublished
    under a name of its own (DNS rebinding)."""
    names = _LOOPBACK_HOSTS if host == LOOPBACK else ("*",)
    middleware = [Middleware(_Headers), Middleware(TrustedHostMiddleware, allowed_hosts=names, www_redirect=False)]
    return Starlette(routes=[Mount("/", _Files(directory=folder, html=True))], middleware=middleware)


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


class _Files(StaticFiles):
    """The files of a folder and none beyond: links out of it are not followed, and names that begin with a dot, which
    unfinished files have, are not there."""

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
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


class _Headers:
    """Adds what every answer bears, and passes over ranges in other units than bytes, as RFC 9110, 14.2 demands."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        if scope["type"] == "http":
            scope["headers"] = [(name, value) for name, value in scope["headers"] if not _is_odd_range(name, value)]
        await self.app(scope, receive, send_with_headers)


def _is_odd_range(name: bytes, value: bytes) -> bool:
    return name == b"range" and not value.strip().lower().startswith(b"bytes=")
