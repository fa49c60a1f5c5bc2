"""What an attacker, or a folder of somebody else's, tried: each stays without harm."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import http.client
import ipaddress
import json
import os
import socket
import stat
import subprocess
import sys
import threading
import zlib
from collections.abc import Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from audio_edition import atomic, serve
from audio_edition.batch.local import watch
from audio_edition.config import load_settings
from audio_edition.edition.issue import Source, load_documents
from audio_edition.edition.jobs import _job_and_cast, _prepare
from audio_edition.errors import ScriptError, SettingsError, SiteError, StitchError, install_line
from audio_edition.record.stitch import TakeLog
from audio_edition.script import script_from_json
from audio_edition.script.lexicon import load_lexicon
from audio_edition.site import SiteOptions, publish_site
from audio_edition.site.copying import take_away
from audio_edition.sources.addresses import _is_allowed, _unpacked
from audio_edition.speak.loudness import _number


def test_a_build_removes_only_what_bears_its_mark(tmp_path: Path) -> None:
    """Somebody's own hidden files and folders stay, whatever they are called."""
    (tmp_path / ".project.lock").write_text("mine")
    (tmp_path / ".notes.audio-edition-lock").write_text("mine")
    for name in (".project.building", ".notes.replaced", ".notes.audio-edition-replaced"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.txt").touch()
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    with atomic.building_folder(tmp_path, "slug"):
        pass
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_nobody_else_can_look_into_a_folder_while_it_is_built(tmp_path: Path) -> None:
    """Also where the umask of a shared folder lets the group write."""
    before = os.umask(0o002)
    try:
        with atomic.building_folder(tmp_path, "slug") as folder:
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_a_recording_process_runs_nothing_that_its_parent_did_not_write(tmp_path: Path) -> None:
    """A file that was put in the place of the build's own is refused before it is looked into."""
    told = tmp_path / "job.pickle"
    told.write_bytes(b"cos\nsystem\n(S'touch " + str(tmp_path / "ran").encode() + b"'\ntR.")
    _prepare(told, b"0" * 32)
    _job_and_cast.cache_clear()
    with pytest.raises(StitchError, match="not what this build wrote"):
        _job_and_cast()
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_in_the_place_of_a_file_holds_nobody_up(tmp_path: Path) -> None:
    """It is refused at once, where a reader would wait for a writer for ever."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="regular"):
        atomic.regular_file(tmp_path / "pipe")
    with pytest.raises(ScriptError, match="can't be read"):
        load_lexicon(tmp_path / "pipe")


def test_a_link_in_a_watched_folder_is_left_alone(tmp_path: Path) -> None:
    """Who may write there may not have other files made into editions, nor moved."""
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret\n\nIt is one.")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").symlink_to(secret)
    made = list(watch(inbox, lambda jobs: pytest.fail(f"made {jobs}"), range(3)))
    assert made == []
    assert (inbox / "a.txt").is_symlink()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """Host and port of a server for a folder, which is patient for half a second only."""
    monkeypatch.setattr(serve, "_REQUEST_SECONDS", 0.5)
    (tmp_path / "index.html").write_text("unpublished")
    with serve.server(tmp_path) as server:
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        parts = urlsplit(server.url)
        assert parts.hostname is not None
        assert parts.port is not None
        yield parts.hostname, parts.port
        server.stop()
        thread.join()


def _answer(served: tuple[str, int], headers: str) -> str:
    with socket.create_connection(served, timeout=20) as connection:
        connection.sendall(f"GET / HTTP/1.1\r\n{headers}Connection: close\r\n\r\n".encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "127.9.9.9", "[::1]:8000"])
def test_what_is_not_published_is_read_by_its_own_page_only(served: tuple[str, int], host: str) -> None:
    """No other page of the browser gets at it: the answer allows no origin."""
    answer = _answer(served, f"Host: {host}\r\nOrigin: https://evil.example\r\n")
    assert answer.startswith("HTTP/1.1 200")
    assert "access-control" not in answer.lower()


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1", "[::1", "", "127.0.0.1.evil"])
def test_on_loopback_another_name_gets_nothing(served: tuple[str, int], host: str) -> None:
    """A name of an attacker's that stands for this machine does not help."""
    assert "unpublished" not in _answer(served, f"Host: {host}\r\n")


def test_what_is_open_to_all_is_open_to_podcast_apps(tmp_path: Path) -> None:
    """On another address than loopback the answer allows each origin, and each name."""
    messages: list[dict[str, object]] = []
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/a.txt",
        "headers": [(b"host", b"example.org")],
        "query_string": b"",
    }
    (tmp_path / "a.txt").write_text("x")

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, object]) -> None:
        messages.append(dict(message))

    answered = serve.application(tmp_path, "192.0.2.7")(scope, receive, send)
    with ThreadPoolExecutor(1) as elsewhere:  # a browser of another test may hold this thread's loop
        elsewhere.submit(asyncio.run, answered).result()
    assert messages[0]["status"] == 200
    assert (b"access-control-allow-origin", b"*") in messages[0]["headers"]  # type: ignore[operator]


@pytest.mark.parametrize("half", [b"", b"GET / HTTP/1.1\r\nHost: loc", b"\r\n"])
def test_who_sends_half_a_request_is_left(served: tuple[str, int], half: bytes) -> None:
    """Connections that bring nothing to an end hold no place for ever."""
    with socket.create_connection(served, timeout=20) as connection:
        connection.sendall(half)
        assert b"200" not in connection.recv(100)


def test_who_only_holds_places_keeps_nobody_out(served: tuple[str, int]) -> None:
    """Of more connections than there are places, the one that waited longest is closed; a request is answered."""
    with contextlib.ExitStack() as held:
        connections = []
        for _ in range(serve._most_connections() + 50):
            connections.append(held.enter_context(socket.create_connection(served, timeout=20)))
        assert _answer(served, "Host: localhost\r\n").startswith("HTTP/1.1 200")
        with contextlib.suppress(ConnectionResetError):
            assert connections[0].recv(1) == b""


def test_places_fit_into_what_the_system_lets_a_process_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """macOS gives 256 files to a process, unless told otherwise."""
    resource = pytest.importorskip("resource")
    for files, most in ((256, 28), (1024, 796), (20_000, 900), (-1, 900), (100, 16)):
        monkeypatch.setattr(resource, "getrlimit", lambda kind, files=files: (files, files))
        assert serve._most_connections() == most


def test_who_asks_again_in_time_is_answered(served: tuple[str, int]) -> None:
    """The limit is that of a request, not of a connection."""
    with socket.create_connection(served, timeout=20) as connection:
        for _ in range(3):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            received = piece = connection.recv(65536)
            while piece and not received.endswith(b"unpublished"):
                received += (piece := connection.recv(65536))
            assert received.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2606:4700::1111", True), ("192.0.0.192", False), ("::ffff:0:127.0.0.1", False),
        ("::ffff:127.0.0.1", False), ("3fff::1", False), ("5f00::1", False), ("10.1.2.3", False), ("fe80::1", False),
        ("192.88.99.1", False), ("64:ff9b::7f00:1", False), ("64:ff9b::808:808", True), ("2002:7f00:1::", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("fec0::1", False), ("198.18.0.1", False),
        ("0.0.0.1", False),
    ],
)  # fmt: skip
def test_what_is_public_does_not_depend_on_the_python(address: str, public: bool) -> None:
    """The program's own list of networks decides."""
    assert _is_allowed(ipaddress.ip_address(address), allow_private=False) is public


def _packed(*members: bytes) -> list[bytes]:
    data = b"".join(map(gzip.compress, members))
    return [data[at : at + 7] for at in range(0, len(data), 7)]


def test_all_members_of_a_packed_answer_are_read() -> None:
    """Half an article is not taken for a whole one, however the bytes come."""
    assert b"".join(_unpacked(iter([*_packed(b"one", b"two" * 999, b""), bytes(20)]))) == b"one" + b"two" * 999


@pytest.mark.parametrize("spoilt", [_packed(b"one" * 99)[:-2], [*_packed(b"one"), b"garbage"]])
def test_bytes_that_are_no_member_are_told(spoilt: list[bytes]) -> None:
    """What ends early, or in something else, is refused."""
    with pytest.raises((http.client.HTTPException, zlib.error)):
        list(_unpacked(iter(spoilt)))


def test_a_script_of_nothing_but_silence_is_refused() -> None:
    """A million pauses of a minute would be recorded for two years."""
    parts = [{"id": "c01-p001-s01", "text": "T"}, *[{"pause_ms": 60_000}] * 1_000]
    script = {
        "format": "audio-edition script", "version": 2, "title": "T",
        "chapters": [{"id": "c01", "title": "T", "blocks": [
            {"type": "paragraph", "text": {"id": "c01-p001", "parts": parts}}
        ]}],
    }  # fmt: skip
    with pytest.raises(ScriptError, match="c01-p001: the pauses up to here last over 12 hours"):
        script_from_json(json.dumps(script), "it")


@pytest.mark.parametrize("where", [("title",), ("chapters", 0, "title"), ("chapters", 0, "track")])
def test_a_title_without_end_is_refused(where: tuple[str | int, ...]) -> None:
    """Players and tags could not hold it."""
    script = {
        "format": "audio-edition script", "version": 2, "title": "T",
        "chapters": [{"id": "c01", "title": "T", "blocks": [
            {"type": "paragraph", "text": {"id": "c01-p001", "parts": [{"id": "c01-p001-s01", "text": "T"}]}}
        ]}],
    }  # fmt: skip
    *path, last = where
    place: Any = script
    for key in path:
        place = place[key]
    place[last] = "x" * 1_000_000
    with pytest.raises(ScriptError, match="1000000 characters are too many"):
        script_from_json(json.dumps(script), "it")


@pytest.mark.parametrize("entry", [b"[22050, 5, []]", b"NaN", b"1e999", b"true", b"{", b'"3"', b"70"])
def test_an_entry_of_the_cache_that_is_no_gain_counts_as_absent(entry: bytes) -> None:
    """A copied or forged entry neither ends the build nor makes it deafening."""
    assert _number(entry) is None


@pytest.mark.parametrize(
    "entry", [b"3.5", b"[0, 5, []]", b"[22050, -5, []]", b"[22050, 5, [[1]]]", b"[9999, 5, []]", b"x"]
)
def test_an_entry_of_the_cache_that_is_no_take_counts_as_absent(entry: bytes) -> None:
    """The take is recorded again."""
    assert TakeLog.from_json(entry) is None


@pytest.mark.parametrize(
    ("listed", "message"),
    [
        ("ftp://10.0.0.1/a.txt", "neither a web page nor a file"),
        ("file:///etc/passwd", "neither a web page nor a file"),
        ("/etc/passwd", "outside the folder"),
        ("../secret.txt", "outside the folder"),
        ("link.txt", "outside the folder"),
    ],
)
def test_a_list_of_somebody_elses_reaches_web_pages_and_its_own_files_only(
    listed: str, message: str, tmp_path: Path
) -> None:
    """What lies elsewhere is named on the command line, by who builds."""
    (tmp_path / "secret.txt").write_text("A secret")
    folder = tmp_path / "issue"
    folder.mkdir()
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "edition.toml").write_text(f'title = "T"\narticles = ["{listed}"]\n')
    with pytest.raises(SettingsError, match=message):
        load_documents([Source(folder / "edition.toml")])


def test_settings_of_a_folder_can_not_empty_the_cache(tmp_path: Path) -> None:
    """All projects of a user share it; who wants it smaller says so on the command line."""
    settings = tmp_path / "audio-edition.toml"
    settings.write_text('[cache]\nsize = "0B"\n')
    with pytest.raises(SettingsError, match="less than 100 MB"):
        load_settings(settings)


def test_a_line_end_in_a_document_begins_no_line_of_ours(tmp_path: Path) -> None:
    """A finding in a script can't forge a message."""
    script = {
        "format": "audio-edition script", "version": 2, "title": "T",
        "chapters": [{"id": "c01", "title": "T", "blocks": [
            {"type": "paragraph", "text": {"id": "c01-p001", "parts": [{"id": "c01-p001-s01", "text": "T"}]}}
        ]}],
        "findings": [{"id": "x", "level": "note", "message": "A.\nError: all is lost", "remedy": "B\u2028C"}],
    }  # fmt: skip
    (tmp_path / "s.json").write_text(json.dumps(script))
    command = [sys.executable, "-m", "audio_edition", "script", str(tmp_path / "s.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Note: A. Error: all is lost B C" in done.stderr.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="the shell is another")
@pytest.mark.parametrize("command", ["voices", "script article.txt --format json", "cache info"])
def test_a_closed_standard_output_is_told_in_a_sentence(command: str, tmp_path: Path) -> None:
    """`>&-` is no reason for a traceback, and no file gets what was meant for the screen."""
    (tmp_path / "article.txt").write_text("A title\n\nSome text.\n")
    shell = f"{sys.executable} -m audio_edition {command} >&-"
    done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert "Standard output is closed" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_extra_is_installed_by_the_names_of_its_packages() -> None:
    """No message tells people to install a name that anybody could take."""
    assert "piper-tts" in install_line("neural")
    assert "audio-edition" not in install_line("neural")
    assert "distributed" in install_line("cluster")


def test_what_a_user_put_beside_editions_of_a_site_stays(tmp_path: Path) -> None:
    """Neither is it removed, nor does it keep the site from being published."""
    editions = tmp_path / "editions"
    editions.mkdir()
    (editions / ".foo.gone").write_text("mine")
    (editions / ".foo.audio-edition-gone").write_text("mine")
    take_away([], editions)
    assert len(list(editions.iterdir())) == 2


@pytest.mark.parametrize("port", ["999999", "-1", "x"])
def test_an_address_of_a_site_that_can_not_be_is_refused(port: str, tmp_path: Path) -> None:
    """Feeds would lead nowhere."""
    with pytest.raises(SiteError, match="not the address of a site"):
        publish_site(tmp_path / "site", options=SiteOptions(base_url=f"https://example.org:{port}/"))
