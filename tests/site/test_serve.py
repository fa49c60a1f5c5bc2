"""The server answers as RFC 9110 says, shows nothing but its folder, and many at once."""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from audio_edition.cli import main
from audio_edition.errors import SiteError
from audio_edition.serve import server
from audio_edition.site import SiteOptions, publish_site
from support.small_editions import BASE, small_edition

SOUND = random.Random(1).randbytes(1_000_003)
SIZE = len(SOUND)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site, with a file of some size, a secret beside it, and links of all kinds."""
    above = tmp_path_factory.mktemp("above")
    folder = above / "site"
    publish_site(folder, [small_edition(above / "output", "Ferry")], options=SiteOptions(BASE))
    (above / "secret.txt").write_text("secret")
    (folder / "sound.mp3").write_bytes(SOUND)
    (folder / "empty.txt").touch()
    (folder / ".hidden").write_text("secret")
    (folder / ".building").mkdir()
    (folder / ".building" / "index.html").write_text("secret")
    (folder / "out.txt").symlink_to(above / "secret.txt")
    (folder / "out").symlink_to(above)
    return folder


@pytest.fixture(scope="module")
def host(folder: Path, serving: Callable[[Path], str]) -> str:
    return serving(folder).removeprefix("http://").rstrip("/")


def _ask(host: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of one request; underscores in names of headers stand for hyphens."""
    connection = http.client.HTTPConnection(host, timeout=60)
    try:
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_a_whole_file_tells_that_it_can_be_had_in_parts(host: str) -> None:
    """200 with its length, type and a strong tag; HEAD gives the same headers and no body (RFC 9110, 9.3.2)."""
    status, headers, body = _ask(host, "/sound.mp3")
    assert (status, body) == (200, SOUND)
    assert headers["accept-ranges"] == "bytes"
    assert headers["content-length"] == str(SIZE)
    assert headers["content-type"] == "audio/mpeg"
    assert headers["etag"].startswith('"')
    status, of_head, body = _ask(host, "/sound.mp3", "HEAD")
    assert (status, body) == (200, b"")
    assert {**of_head, "date": ""} == {**headers, "date": ""}


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=0-99", 0, 99),
        ("bytes=500000-", 500_000, SIZE - 1),
        ("bytes=-1", SIZE - 1, SIZE - 1),
        ("bytes=-500", SIZE - 500, SIZE - 1),
        (f"bytes=-{SIZE + 1}", 0, SIZE - 1),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE - 1),
        ("bytes=10-99999999999999", 10, SIZE - 1),
        ("BYTES=1-2", 1, 2),
    ],
)
def test_a_range_is_answered_exactly(host: str, asked: str, first: int, last: int) -> None:
    """206 with Content-Range and those bytes (RFC 9110, 14.1.2 and 15.3.7); HEAD too, without them."""
    status, headers, body = _ask(host, "/sound.mp3", Range=asked)
    assert (status, body) == (206, SOUND[first : last + 1])
    assert headers["content-range"] == f"bytes {first}-{last}/{SIZE}"
    assert headers["content-length"] == str(last - first + 1)
    status, headers, body = _ask(host, "/sound.mp3", "HEAD", Range=asked)
    assert (body, headers["content-length"]) == (b"", str(last - first + 1 if status == 206 else SIZE))


def test_several_ranges_come_in_parts(host: str) -> None:
    """multipart/byteranges, each part with its place (RFC 9110, 14.6)."""
    status, headers, body = _ask(host, "/sound.mp3", Range="bytes=0-9,100-109,-5")
    assert status == 206
    boundary = re.fullmatch(r"multipart/byteranges; boundary=(\S+)", headers["content-type"])
    assert boundary
    parts = body.split(b"--" + boundary[1].encode())[1:-1]
    found = {part.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n") for part in parts}
    assert found == {SOUND[:10], SOUND[100:110], SOUND[-5:]}


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0"])
def test_a_range_beyond_the_end_is_refused(host: str, asked: str) -> None:
    """416, with the length that there is (RFC 9110, 15.5.17)."""
    status, headers, body = _ask(host, "/sound.mp3", Range=asked)
    assert (status, headers["content-range"], body) == (416, f"bytes */{SIZE}", b"")


@pytest.mark.parametrize("asked", ["items=0-5", "0-5", "bytes", ""])
def test_other_units_are_passed_over(host: str, asked: str) -> None:
    """What is no range of bytes is as if it were not there (RFC 9110, 14.2)."""
    status, _, body = _ask(host, "/sound.mp3", Range=asked)
    assert (status, len(body)) == (200, SIZE)


@pytest.mark.parametrize("asked", ["bytes=5-4", "bytes=a-b", "bytes=-", "bytes=,", "bytes=" + "0-," * 5000])
def test_senseless_ranges_cost_nothing(host: str, asked: str) -> None:
    """They are refused or passed over, never answered with another part (RFC 9110, 14.2)."""
    status, _, body = _ask(host, "/sound.mp3", Range=asked)
    assert status in (200, 400, 416)
    assert len(body) in (0, SIZE) or status == 400


def test_a_range_of_what_has_changed_is_the_whole(host: str) -> None:
    """If-Range with the tag or date that holds gives the part, with any other the whole (RFC 9110, 13.1.5)."""
    _, headers, _ = _ask(host, "/sound.mp3", "HEAD")
    for sound in (headers["etag"], headers["last-modified"]):
        assert _ask(host, "/sound.mp3", Range="bytes=0-9", If_Range=sound)[0] == 206
    for stale in ('"other"', f"W/{headers['etag']}", "Mon, 01 Jan 2001 00:00:00 GMT"):
        assert _ask(host, "/sound.mp3", Range="bytes=0-9", If_Range=stale)[0] == 200


def test_what_a_browser_has_is_not_sent_again(host: str) -> None:
    """304 where the tag or the date holds (RFC 9110, 13.1); no cache keeps anything without asking."""
    _, headers, _ = _ask(host, "/sound.mp3", "HEAD")
    assert headers["cache-control"] == "no-cache"
    for name, value in {"If_None_Match": headers["etag"], "If_Modified_Since": headers["last-modified"]}.items():
        status, _, body = _ask(host, "/sound.mp3", **{name: value})
        assert (status, body) == (304, b"")


def test_an_empty_file_is_sent(host: str) -> None:
    """Nothing, whole; a part of it there is not."""
    assert _ask(host, "/empty.txt")[0] == 200
    assert _ask(host, "/empty.txt", Range="bytes=0-")[0] == 416


@pytest.mark.parametrize(
    "path",
    [
        *("/../secret.txt", "/../../secret.txt", "/editions/../../secret.txt", "/./../secret.txt"),
        *("/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/..%5csecret.txt", "/..\\secret.txt"),
        *("/%252e%252e/secret.txt", "//secret.txt", "/out.txt", "/out/secret.txt", "/out/output/"),
        *("/.hidden", "/.building/", "/.building/index.html", "/editions/../.hidden", "/%2ehidden"),
        *("/%00", "/index.html%00.txt", "/nothing", "/editions/", "/editions", "/" + "a" * 5000, "/con", "/~root/"),
        *("/etc/passwd", "//etc/passwd", "/%2fetc%2fpasswd", "/C:/secret.txt"),
    ],
)
def test_nothing_beyond_the_folder_is_seen(host: str, path: str) -> None:
    """No way up, no link out, no unfinished or hidden file, no list of a folder."""
    status, _, body = _ask_raw(host, path)
    assert status in (400, 404, 414)
    assert b"secret" not in body


def _ask_raw(host: str, path: str) -> tuple[int, bytes, bytes]:
    """Ask for a path as it stands, without a client that mends it."""
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), timeout=60) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), head, body


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/search.js", "text/javascript; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
        ("/cover.png", "image/png"),
        ("/feed.xml", "application/rss+xml"),
        ("/sitemap.xml", "application/xml"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/opds.json", "application/opds+json"),
        ("/opds.xml", "application/atom+xml;profile=opds-catalog;kind=navigation"),
        ("/opds/newest.xml", "application/atom+xml;profile=opds-catalog;kind=acquisition"),
        ("/opds/2026-11.json", "application/opds+json"),
        ("/opds/editions/2026-11-22-ferry.json", "application/opds-publication+json"),
        ("/editions/2026-11-22-ferry/edition.json", "application/json"),
        ("/editions/2026-11-22-ferry/chapters.json", "application/json+chapters"),
        ("/editions/2026-11-22-ferry/transcript.vtt", "text/vtt; charset=utf-8"),
        ("/editions/2026-11-22-ferry/ferry.m4b", "audio/mp4"),
        ("/editions/2026-11-22-ferry/ferry.epub", "application/epub+zip"),
    ],
)
def test_every_file_is_called_what_it_is(host: str, path: str, media_type: str) -> None:
    """Whatever the machine's own list of types says; and every answer bears the headers of safety."""
    status, headers, _ = _ask(host, path)
    assert (status, headers["content-type"]) == (200, media_type)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers


def test_a_lpf_and_a_folder_of_an_edition_can_be_served(tmp_path: Path, serving: Callable[[Path], str]) -> None:
    """Not only sites: an edition's folder too."""
    edition = small_edition(tmp_path, "Ferry")
    (edition / "ferry.lpf").touch()
    host = serving(edition).removeprefix("http://").rstrip("/")
    assert _ask(host, "/transcript.html")[0] == 200
    assert _ask(host, "/ferry.lpf")[1]["content-type"] == "application/lpf+zip"


def test_only_reading_is_allowed(host: str) -> None:
    """405 for what would change something, with what is allowed."""
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        status, headers, _ = _ask(host, "/index.html", method)
        assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_on_loopback_no_other_name_is_answered(host: str) -> None:
    """A page elsewhere that gives this machine a name of its own reads nothing."""
    assert _ask(host, "/", Host="attacker.example")[0] == 400
    assert _ask(host, "/", Host="localhost:8000")[0] == 200


def test_two_hundred_read_at_once(host: str) -> None:
    """All get all of their bytes, with a bounded number of threads."""
    together = threading.Barrier(200)

    def read(number: int) -> bool:
        together.wait(timeout=60)
        if number % 2:
            return _ask(host, "/sound.mp3")[2] == SOUND
        first = number * 4_000
        return _ask(host, "/sound.mp3", Range=f"bytes={first}-{first + 99_999}")[2] == SOUND[first : first + 100_000]

    with ThreadPoolExecutor(200) as readers:
        assert all(readers.map(read, range(200)))
        servers = [thread for thread in threading.enumerate() if "AnyIO" in thread.name]
        assert len(servers) <= 40 * 4


def test_ctrl_c_ends_it_cleanly(folder: Path) -> None:
    """No traceback, exit 0, also while somebody listens."""
    command = [sys.executable, "-m", "audio_edition", "serve", str(folder), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        url = process.stdout.readline().strip()
        host = url.removeprefix("http://").rstrip("/")
        name, _, port = host.partition(":")
        assert _ask(host, "/")[0] == 200
        with socket.create_connection((name, int(port))) as listener:
            listener.sendall(f"GET /sound.mp3 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            listener.recv(100)
            os.kill(process.pid, signal.SIGINT)
            assert process.wait(timeout=60) == 0
        assert process.stderr.read() == "Stop with Ctrl-C.\n"


def test_what_can_not_be_served_is_told(folder: Path, tmp_path: Path) -> None:
    """A folder that is not there, an address that is not this machine's, a port that is taken."""
    for place in (tmp_path / "nothing", folder / "sound.mp3"):
        done = CliRunner().invoke(main, ["serve", str(place)])
        assert done.exit_code == 1
        assert "is not a folder" in done.stderr
    with pytest.raises(SiteError, match="can't be listened on"), server(folder, "203.0.113.1"):
        pass
    with pytest.raises(SiteError, match="can't be listened on"), server(folder, "no such host"):
        pass
    with server(folder) as running:
        port = int(running.url.rstrip("/").rpartition(":")[2])
        with pytest.raises(SiteError, match=f":{port} can't be listened on"), server(folder, port=port):
            pass


def test_what_is_not_there_is_told_by_a_page_that_leads_on(
    host: str, folder: Path, tmp_path: Path, serving: Callable[[Path], str]
) -> None:
    """404 with the site's own page, whose links lead where the site is served; of an edition, with a small one."""
    for path in ("/nothing", "/archive/nothing.html", "/editions/nothing/", "/.hidden", "/404.htm"):
        status, headers, body = _ask(host, path)
        assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert b'href="/style.css"' in body
        assert b'href="/index.html"' in body
        assert b'action="/search.html"' in body
    assert _ask(host, "/nothing", "HEAD")[0::2] == (404, b"")
    assert _ask(host, "/style.css")[0] == 200
    own = (folder / "404.html").read_text("utf-8")
    assert 'href="/listen/style.css"' in own
    (tmp_path / "index.html").write_text("An edition.")
    alone = serving(tmp_path).removeprefix("http://").rstrip("/")
    status, _, body = _ask(alone, "/nothing")
    assert (status, b'<a href="/">' in body) == (404, True)
    assert _ask(alone, "/nothing", "POST")[0] == 405
