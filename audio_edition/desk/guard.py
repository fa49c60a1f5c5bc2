"""Who may use a desk, and from where: before any page is asked for, and behind every answer.

On loopback, whoever knows the secret in the address that the program prints; on a network, whoever knows the password.
Either is exchanged for a cookie that no other site's page can send. A request for another host name (DNS rebinding), or
one that changes something and comes from another site's page, is refused.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from audio_edition.serve import host_of, is_loopback

_SAFE = ("GET", "HEAD")
_KEY = "key"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; "
    "connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
_HEADERS = {
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    # With no-referrer a browser would hide the origin of our own forms.
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
_PERMISSIONS = "camera=(), geolocation=(), microphone=()"
"""Of all pages but the one on which somebody records."""
_GO_ON = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The desk</title>
<link rel="icon" href="data:,"><meta http-equiv="refresh" content="0; url=/"></head>
<body><main><h1>The desk</h1><p><a href="/">Go on</a></p></main></body></html>
"""
"""Behind the key: a redirect would not do, as the cookie is not sent with one that another program began."""
_OPEN_TO_ALL = ("/desk.css", "/log-in")
_WRONG_PASSWORD_SECONDS = 1.0


class Keys:
    """The secrets of one run of a desk: `key` is in the address that is printed, `once` in the one that a browser is
    started with, which other users of the computer may see; `session` is in the cookie, `token` in every form."""

    def __init__(self, port: int, password: str = "") -> None:
        self.key = secrets.token_urlsafe(24)
        self.once = secrets.token_urlsafe(24)
        self.session = secrets.token_urlsafe(32)
        self.token = hmac.new(self.session.encode(), b"forms", hashlib.sha256).hexdigest()
        self.cookie = f"desk-{port}"
        """Cookies do not know of ports: two desks must not log each other out."""
        self._password = password
        self._guessing = asyncio.Lock()

    @property
    def has_password(self) -> bool:
        return bool(self._password)

    def opens(self, key: str) -> bool:
        """Return whether this is the key in the address. That for the browser opens once."""
        if self._password or not key:
            return False
        if self.once and _same(key, self.once):
            self.once = ""
            return True
        return _same(key, self.key)

    async def is_password(self, guess: str) -> bool:
        """Return whether this is the password; a wrong one takes a second, and all guesses wait for each other."""
        async with self._guessing:
            if self._password and _same(guess, self._password):
                return True
            await asyncio.sleep(_WRONG_PASSWORD_SECONDS)
            return False

    def is_token(self, given: str) -> bool:
        """Return whether a form was made by this run of the desk."""
        return _same(given, self.token)

    def let_in(self, response: Response) -> Response:
        """Return the response with the cookie of who may come in."""
        response.set_cookie(self.cookie, self.session, httponly=True, samesite="strict", path="/")
        return response

    def is_in(self, headers: Headers) -> bool:
        """Return whether a request bears the cookie."""
        cookies: SimpleCookie = SimpleCookie()
        try:
            cookies.load(headers.get("cookie", ""))
        except CookieError:
            return False
        return self.cookie in cookies and _same(cookies[self.cookie].value, self.session)


class Guard:
    """Lets in who may come in, and adds the headers of every answer."""

    def __init__(self, app: ASGIApp, keys: Keys, on_loopback: bool) -> None:
        self._app = app
        self._keys = keys
        self._on_loopback = on_loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers.setdefault("content-security-policy", POLICY)
                headers.setdefault("permissions-policy", _PERMISSIONS)
            await send(message)

        answer = self._refusal(scope)
        await (answer or self._app)(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        """Return the answer to who may not come in, or not yet; None for who may."""
        headers = Headers(scope=scope)
        if self._on_loopback and not is_loopback(host_of(scope)):
            return PlainTextResponse("This desk answers on this computer only.", 400)
        if scope["method"] not in _SAFE and not _is_own(headers):
            return PlainTextResponse("This request came from another page.", 403)
        given = parse_qs(scope["query_string"].decode("latin-1"))
        if self._keys.opens(given.get(_KEY, [""])[0]):
            return self._keys.let_in(HTMLResponse(_GO_ON))
        if self._keys.is_in(headers) or scope["path"] in _OPEN_TO_ALL:
            return None
        if self._keys.has_password:
            return RedirectResponse("/log-in", 303)
        message = "Open the desk by the whole address that the program shows when it starts."
        return PlainTextResponse(message, 403)


def _is_own(headers: Headers) -> bool:
    """Return whether a request comes from a page of this very host and port."""
    if origin := headers.get("origin"):
        return origin in (f"http://{headers.get('host')}", f"https://{headers.get('host')}")
    return headers.get("sec-fetch-site") == "same-origin"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())
