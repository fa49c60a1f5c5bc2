"""Fetch: an address that the user gave is fetched within limits, and leads nowhere that it should not."""

from __future__ import annotations

import gzip
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from audio_edition.errors import ReadError
from audio_edition.model import leaves
from audio_edition.read import read
from audio_edition.sources import addresses as fetching
from audio_edition.sources.addresses import MOST_REDIRECTS, Fetched, fetch, shown

PAGE = "<!doctype html><title>Rain</title><h1>Rain</h1><p>It fell all night, and the Müller slept.</p>"

Answer = Callable[["_Handler"], None]


class _Handler(BaseHTTPRequestHandler):
    """Answers each path as the test says."""

    server: _Server

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers["Host"]))
        try:
            self.server.answers[self.path.partition("?")[0]](self)
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


class _Server(ThreadingHTTPServer):
    answers: dict[str, Answer]
    asked: list[tuple[str, str]]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def server() -> Iterator[_Server]:
    """A server on this machine, which no test reaches unless private addresses are allowed."""
    with _Server(("127.0.0.1", 0), _Handler) as started:
        started.answers, started.asked = {}, []
        thread = threading.Thread(target=started.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield started
        started.shutdown()
        thread.join()


def _sends(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: _Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def _to(location: str) -> Answer:
    return _sends(b"", 302, Location=location)


def _names(monkeypatch: pytest.MonkeyPatch, **addresses: str) -> list[str]:
    """Makes names stand for addresses, and gives the list of those that were looked up."""
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def found(host: str, port: int, *rest: Any, **more: Any) -> Any:
        looked_up.append(host)
        return real(addresses.get(host.partition(".")[0], host), port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return looked_up


def test_a_page_is_fetched_and_read(server: _Server) -> None:
    """What the server has comes back, with where it was and what it is in; the fragment is not sent."""
    server.answers["/a"] = _sends(PAGE.encode(), Content_Type="text/html; charset=utf-8")
    fetched = fetch(f"{server.base}/a?b=1#c", allow_private=True)
    assert fetched == Fetched(PAGE.encode(), f"{server.base}/a?b=1", "utf-8")
    assert server.asked == [("/a?b=1", f"127.0.0.1:{server.server_port}")]
    assert read(fetched.data, name=fetched.url).articles[0].title == "Rain"


@pytest.mark.parametrize("charset", ["windows-1252", "ISO-8859-1", '"utf-8"', "", "nonsense", "utf-7"])
def test_the_charset_that_only_the_server_tells_is_kept(server: _Server, charset: str) -> None:
    """A page in an older charset, or with a wrong one, is read with the right letters."""
    older = charset in ("windows-1252", "ISO-8859-1")
    server.answers["/"] = _sends(
        PAGE.encode("cp1252" if older else "utf-8"), Content_Type=f"text/html;charset={charset}"
    )
    fetched = fetch(server.base, allow_private=True)
    (article,) = read(fetched.data, name=fetched.url).articles
    assert "Müller" in next(leaves(article.blocks)).text
    assert not any(finding.id == "encoding" for finding in article.findings)


@pytest.mark.parametrize("charset", ["windows-1251", "shift_jis"])
def test_a_wrong_charset_gives_way_to_what_the_bytes_are(server: _Server, charset: str) -> None:
    """UTF-8 is UTF-8, whatever the server says."""
    server.answers["/"] = _sends(PAGE.encode(), Content_Type=f"text/html; charset={charset}")
    assert fetch(server.base, allow_private=True).data == PAGE.encode()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::]", "10.0.0.1", "172.16.3.4",  # noqa: S104
        "192.168.1.1", "169.254.169.254", "100.64.0.1", "[fe80::1]", "[fd00::1]", "[fec0::1]", "[::ffff:127.0.0.1]",
        "[::ffff:169.254.169.254]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[2001:0:4136:e378:8000:63bf:f5ff:fffe]",
        "224.0.0.1", "[ff02::1]", "240.0.0.1",
    ],
)  # fmt: skip
def test_private_addresses_are_refused(host: str, server: _Server) -> None:
    """However they are written: of this machine, private, link-local, shared, multicast, IPv4 within IPv6."""
    with pytest.raises(ReadError, match="on this machine or in a private network"):
        fetch(f"http://{host}:{server.server_port}/")
    assert server.asked == []


@pytest.mark.parametrize("host", ["224.0.0.1", "[ff02::1]", "0.0.0.0", "[::]"])  # noqa: S104
def test_what_is_no_host_is_refused_even_then(host: str) -> None:
    """Addresses of many machines, or of none, are not allowed by anything."""
    with pytest.raises(ReadError, match="on this machine"):
        fetch(f"http://{host}/", allow_private=True)


def test_a_name_of_a_private_address_is_refused(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is the address that the name stands for; it is not connected to."""
    _names(monkeypatch, inside="127.0.0.1")
    with pytest.raises(ReadError, match=r"^http://inside\.example:\d+/ is on this machine"):
        fetch(f"http://inside.example:{server.server_port}/")
    assert server.asked == []


def test_a_name_is_looked_up_once(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address that was checked is the one connected to; the server still hears the name."""
    looked_up = _names(monkeypatch, paper="127.0.0.1")
    server.answers["/"] = _sends(b"<p>a")
    fetch(f"http://paper.example:{server.server_port}/", allow_private=True)
    # The second look is at the address itself, and asks nobody.
    assert looked_up == ["paper.example", "127.0.0.1"]
    assert server.asked == [("/", f"paper.example:{server.server_port}")]


def test_a_public_page_can_not_lead_inside(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each redirect is checked anew."""
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda place, **more: real(("127.0.0.1", place[1]), **more))
    server.answers["/"] = _to(f"http://127.0.0.1:{server.server_port}/secret")
    with pytest.raises(ReadError, match=r"^http://127\.0\.0\.1:\d+/secret is on this machine"):
        fetch(f"http://8.8.8.8:{server.server_port}/")
    assert [path for path, _ in server.asked] == ["/"]


def test_redirects_are_followed_so_far(server: _Server) -> None:
    """A few, absolute or relative, in any letters; then no more."""
    server.answers |= {
        "/": _to("/b"),
        "/b": _to(f"{server.base}/ü ".encode().decode("latin-1")),
        "/%C3%BC%20": _sends(b"c"),
    }
    server.answers["/%C3%BC"] = _sends(b"c")
    assert fetch(server.base, allow_private=True).data == b"c"
    server.answers["/"] = _to("/")
    server.asked.clear()
    with pytest.raises(ReadError, match="leads to other addresses more than 5 times"):
        fetch(server.base, allow_private=True)
    assert len(server.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("file:///etc/passwd", "is not an http or https address"),
        ("ftp://paper.example/a", "is not an http or https address"),
        ("javascript:alert(1)", "is not an http or https address"),
        ("http://jane:hush@paper.example/", "has a user name or password"),
        ("", "does not say which"),
    ],
)
def test_a_redirect_out_of_the_web_is_refused(server: _Server, location: str, message: str) -> None:
    """Only to http and https, and without credentials."""
    server.answers["/"] = _to(location)
    with pytest.raises(ReadError, match=message) as error:
        fetch(server.base, allow_private=True)
    assert "hush" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "paper.example/a", "//paper.example/", "http://", "http:///a", "gopher://x/", "http://a:b:c/",
        "http://a:99999/", "http://[::1/", "http://jane:hush@127.0.0.1/", "http://hush@127.0.0.1/?hush", "",
        "data:text/html,a",
        "http://127.0.0.1:1/?hush=1", "http://" + "a" * 300 + ".example/?hush", "http://ü" + "ü" * 90 + ".example/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    """An error that names the address, without what may be secret in it."""
    with pytest.raises(ReadError) as error:
        fetch(url, allow_private=True)
    assert "hush" not in str(error.value)
    assert error.value.message.startswith(shown(url))
    assert error.value.remedy


def test_an_answer_that_is_no_document_is_an_error(server: _Server) -> None:
    """Its number is told, and nothing that the server wrote."""
    server.answers["/"] = _sends(b"<p>gone", 404)
    with pytest.raises(ReadError, match=r"answers 404 \(Not Found\)\.") as error:
        fetch(server.base, allow_private=True)
    assert error.value.remedy


def test_more_than_a_document_is_refused(server: _Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the server says how much it is, or lies, or packs it small."""
    monkeypatch.setattr(fetching, "LIMIT_BYTES", 2_000_000)

    def endless(handler: _Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"a" * 65_536)

    server.answers |= {
        "/told": _sends(b"a" * 2_000_001),
        "/endless": endless,
        "/bomb": _sends(gzip.compress(b"a" * 200_000_000), Content_Encoding="gzip"),
    }
    for path in server.answers:
        with pytest.raises(ReadError, match="is larger than 2 MB"):
            fetch(server.base + path, allow_private=True)


def test_a_packed_page_is_unpacked(server: _Server) -> None:
    """As gzip, which was asked for, to the last byte; in no other way."""
    body = bytes(range(256)) * 5_000
    server.answers["/"] = _sends(gzip.compress(body), Content_Encoding="gzip")
    assert fetch(server.base, allow_private=True).data == body
    server.answers["/"] = _sends(body, Content_Encoding="br")
    with pytest.raises(ReadError, match="packed in a way that was not asked for"):
        fetch(server.base, allow_private=True)


@pytest.mark.parametrize(
    "answer",
    [
        _sends(b"<p>half", Content_Length="100"),
        _sends(gzip.compress(b"abc" * 1000)[:-9], Content_Encoding="gzip"),
        _sends(b"no gzip at all", Content_Encoding="gzip"),
        lambda handler: handler.wfile.write(b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"),
        lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n"),
        lambda handler: handler.wfile.write(b"HTTP/1.0 200 OK\r\n" + b"A: b\r\n" * 500),
        lambda handler: handler.wfile.write(b"HTTP/1.0 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n"),
        lambda handler: None,
    ],
    ids=["short", "short gzip", "no gzip", "chunks", "no http", "headers", "long header", "nothing"],
)
def test_half_a_document_is_an_error(server: _Server, answer: Answer) -> None:
    """What does not end as it should, or is no answer, is never taken for a document."""
    server.answers["/"] = answer
    with pytest.raises(ReadError, match=r"^http://127\.0\.0\.1:\d+ can't be read: .+"):
        fetch(server.base, allow_private=True)


@pytest.mark.parametrize("drop", [b"HTTP/1.0 200 OK\r\nA: ", b"HTTP/1.0 200 OK\r\n\r\n"], ids=["header", "body"])
def test_a_server_that_never_ends_is_left(server: _Server, drop: bytes) -> None:
    """The limit of time is for all of it: a byte now and then does not make it longer."""
    left = threading.Event()

    def drips(handler: _Handler) -> None:
        try:
            handler.wfile.write(drop)
            while not left.wait(0.01):
                handler.wfile.write(b"a")
        except OSError:
            left.set()

    server.answers["/"] = drips
    with pytest.raises(ReadError, match=r"took longer than 0\.3 seconds\."):
        fetch(server.base, allow_private=True, seconds=0.3)
    assert left.wait(10), "the connection was left open"


@pytest.mark.tool("openssl", "apt install openssl")
def test_a_certificate_must_be_for_the_name(server: _Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """TLS is for the name of the address, whatever it was looked up as."""
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=paper.example -addext subjectAltName=DNS:paper.example"
    )
    subprocess.run(
        [*command.split(), "-keyout", key, "-out", certificate, "-days", "2"], check=True, capture_output=True
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.answers["/"] = _sends(b"<p>a")
    _names(monkeypatch, paper="127.0.0.1", other="127.0.0.1")
    paper, other = (f"https://{name}.example:{server.server_port}/" for name in ("paper", "other"))
    with pytest.raises(ReadError, match="its certificate is not valid for it"):
        fetch(paper, allow_private=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert fetch(paper, allow_private=True).data == b"<p>a"
    with pytest.raises(ReadError, match="its certificate is not valid for it"):
        fetch(other, allow_private=True)
