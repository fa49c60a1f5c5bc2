"""A desk that runs, and a visitor without scripts: links, forms and a cookie, as the plainest browser has them."""

from __future__ import annotations

import contextlib
import http.client
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from lxml import html

from audio_edition.desk.app import OpenDesk, open_desk


@contextlib.contextmanager
def running(folder: Path, host: str = "127.0.0.1", password: str = "") -> Iterator[OpenDesk]:
    """A desk that answers until the block ends."""
    with open_desk(folder, host, 0, password) as opened:
        thread = threading.Thread(target=opened.server.run)
        thread.start()
        try:
            yield opened
        finally:
            opened.server.stop()
            thread.join()


@dataclass
class Answer:
    """What came back, at the end of all redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    path: str

    @property
    def page(self) -> Any:
        """The page as a tree."""
        return html.fromstring(self.body)

    @property
    def text(self) -> str:
        """What can be read on it."""
        return " ".join(self.page.text_content().split())

    @property
    def told(self) -> str:
        """What it says was done."""
        return " ".join("".join(each.text_content() for each in self.page.cssselect("#did > p")).split())

    def titles(self) -> list[str]:
        """The articles that it lists, in order."""
        return [each.text_content() for each in self.page.cssselect(".articles h3")]


@dataclass
class Visitor:
    """Somebody with a browser."""

    address: str
    cookie: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def let_in(cls, opened: OpenDesk) -> Visitor:
        """The maker, who came by the address that the program showed."""
        visitor = cls(opened.server.url)
        parts = urlsplit(opened.address)
        visitor.get(f"{parts.path}?{parts.query}")
        return visitor

    def get(self, path: str) -> Answer:
        return self._asked("GET", path)

    def post(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Send a form, as one that stands on a page of the desk's."""
        body = urlencode(fields).encode()
        own = {"content-type": "application/x-www-form-urlencoded", "origin": self.address.rstrip("/")}
        return self._asked("POST", path, body, own | headers)

    @contextlib.contextmanager
    def streaming(self, path: str) -> Iterator[http.client.HTTPResponse]:
        """An answer that comes bit by bit."""
        parts = urlsplit(self.address)
        with contextlib.closing(http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)) as connection:
            connection.request("GET", path, headers=self.headers | {"cookie": self.cookie})
            yield connection.getresponse()

    def piece(self, query: str, body: bytes, token: str = "", **headers: str) -> Answer:
        """Send samples, as the script of the page does that records."""
        own = {"origin": self.address.rstrip("/"), "x-desk-token": token or self.token()}
        return self._asked("POST", query, body, own | headers)

    def token(self) -> str:
        """What every form of this run of the desk holds."""
        return str(self.get("/").page.cssselect("input[name=token]")[0].get("value"))

    def send(self, answer: Answer, action: str, button: str = "", **fields: str) -> Answer:
        """Fill in a form of a page, press the button of that value, and return what comes; of several forms with this
        address the first that has what the fields name."""
        for form in answer.page.forms:
            values = dict(form.form_values())
            has_button = not button or form.cssselect(f'button[value="{button}"]')
            fits = all(values.get(name) == value for name, value in fields.items() if name == "name")
            if form.action.endswith(action) and has_button and fits:
                return self.post(form.action, values | fields | ({"do": button} if button else {}))
        raise AssertionError(f"no form for {action}")

    def upload(self, answer: Answer, files: Mapping[str, bytes], **fields: str) -> Answer:
        """Add files with the form of a page."""
        form = next(form for form in answer.page.forms if form.action.endswith("/upload"))
        values = dict(form.form_values()) | fields
        return self.multipart(form.action, values, files)

    def multipart(
        self, path: str, fields: Mapping[str, str], files: Mapping[str, bytes], field: str = "files"
    ) -> Answer:
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        for name, data in files.items():
            head = f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
            parts += [head.encode(), data, b"\r\n"]
        own = {"content-type": "multipart/form-data; boundary=x", "origin": self.address.rstrip("/")}
        return self._asked("POST", path, b"".join([*parts, b"--x--\r\n"]), own)

    def _asked(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        for _ in range(5):
            answer = self._once(method, path, body, headers or {})
            if answer.status not in (303, 307):
                return answer
            method, path, body, headers = "GET", answer.headers["location"].partition("#")[0], b"", {}
        raise AssertionError("too many redirects")

    def _once(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        parts = urlsplit(self.address)
        connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)
        with contextlib.closing(connection):
            sent = self.headers | ({"cookie": self.cookie} if self.cookie else {}) | dict(headers)
            connection.request(method, path, body or None, sent)
            response = connection.getresponse()
            answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read(), path)
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer
