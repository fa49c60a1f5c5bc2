"""Who may use a desk: what other pages, other people and hostile documents tried, each without harm."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from click.testing import CliRunner

from audio_edition.cli import main
from audio_edition.desk import guard, visit
from audio_edition.desk.app import OpenDesk, open_desk
from audio_edition.errors import DeskError
from support.desk import Answer, Visitor, running
from support.papers import NAME

AT = f"/issues/{NAME}"
SECRET = "unpublished"  # noqa: S105 - it is what nobody may see
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }} ../../x"


@pytest.fixture
def stranger(opened: OpenDesk) -> Visitor:
    """Somebody at this computer without the secret."""
    return Visitor(opened.server.url)


def _paths(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# --- from where


def test_without_the_secret_nothing_is_shown(stranger: Visitor, opened: OpenDesk) -> None:
    """Not even that there is an issue; a wrong secret is none."""
    for path in (
        "/",
        AT,
        f"{AT}/said",
        f"{AT}/editions/x/index.html",
        f"{AT}/read",
        f"{AT}/record?name=articles/ferry.txt",
        f"{AT}/recording?name=articles/ferry.txt",
        "/record.js",
        "/?key=wrong",
        "/?key=",
        "/nothing",
    ):
        answer = stranger.get(path)
        assert answer.status == 403
        assert b"Courier" not in answer.body
        assert "set-cookie" not in answer.headers


def test_the_secret_is_exchanged_for_a_cookie(opened: OpenDesk) -> None:
    """That scripts can't read, and no other site's page can send; the page names the secret no more."""
    visitor = Visitor(opened.server.url)
    answer = visitor.get(opened.address.removeprefix(opened.server.url[:-1]))
    said = answer.headers["set-cookie"]
    key = urlsplit(opened.address).query.partition("=")[2]
    assert "HttpOnly" in said
    assert "SameSite=strict" in said
    assert key not in said
    assert key not in answer.body.decode()
    assert visitor.get("/").status == 200


def test_the_address_for_the_browser_opens_once(opened: OpenDesk) -> None:
    """Others at this computer may see it among the programs that run."""
    path = opened.address_once.removeprefix(opened.server.url[:-1])
    assert "set-cookie" in Visitor(opened.server.url).get(path).headers
    assert Visitor(opened.server.url).get(path).status == 403


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1", "", "127.0.0.1.evil"])
def test_another_name_for_this_computer_gets_nothing(maker: Visitor, host: str) -> None:
    """DNS rebinding: a page elsewhere whose name stands for this computer, even with the cookie."""
    maker.headers["host"] = host
    answer = maker.get("/")
    assert answer.status == 400
    assert b"Courier" not in answer.body


FOREIGN: list[dict[str, str]] = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:1"},
    {"origin": "", "sec-fetch-site": "cross-site"},
    {"origin": "", "sec-fetch-site": "same-site"},
    {"origin": ""},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: "-".join(headers.values()) or "no origin")
def test_a_form_of_another_page_changes_nothing(maker: Visitor, folder: Path, headers: dict[str, str]) -> None:
    """Even with the cookie and the token: no page but the desk's own may send it."""
    token = _token(maker)
    before = _paths(folder)
    answer = maker.post("/issues", {"token": token, "title": "Mine", "date": "2026-12-07"}, **headers)
    assert answer.status == 403
    assert _paths(folder) == before


@pytest.mark.parametrize("token", ["", "x" * 64, "é"])
def test_a_form_without_its_token_changes_nothing(maker: Visitor, folder: Path, token: str) -> None:
    """Nor one of an earlier run."""
    before = _paths(folder)
    assert maker.post("/issues", {"token": token, "title": "Mine", "date": "2026-12-07"}).status == 403
    assert _paths(folder) == before


def test_looking_changes_nothing(maker: Visitor, folder: Path) -> None:
    """No address does by GET what a form does."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    actions = (
        "upload",
        "order",
        "edit",
        "start",
        "stick",
        "publish",
        "zip",
        "keep",
        "section",
        "piece",
        "voice",
        "turns",
    )
    for action in (
        *actions,
        "sample",
        "upload-recording",
        "use-recording",
        "reader",
        "listen",
        "fetch-feed",
        "entries",
    ):
        assert maker.get(f"{AT}/{action}").status in (404, 405)
    for path in (
        "/",
        AT,
        f"{AT}/said",
        f"{AT}/risks",
        f"{AT}/read",
        f"{AT}/record?name=articles/ferry.txt",
        f"{AT}/make",
        f"{AT}/hand-out",
    ):
        assert maker.get(path).status == 200
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_every_answer_keeps_to_itself(maker: Visitor) -> None:
    """Scripts of the desk only, in no frame, for no other origin, kept by no cache."""
    maker.headers["origin"] = "https://evil.example"
    for path in (
        "/",
        AT,
        f"{AT}/read",
        f"{AT}/record?name=articles/ferry.txt",
        "/desk.css",
        "/desk.js",
        "/record.js",
        "/microphone.js",
        "/nothing",
    ):
        headers = maker.get(path).headers
        assert "default-src 'none'; script-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert not any(name.startswith("access-control") for name in headers)


# --- on a network


def test_on_a_network_there_is_no_desk_without_a_password(folder: Path) -> None:
    """It is said why, before a port is opened."""
    with pytest.raises(DeskError, match="others could reach"), open_desk(folder, "0.0.0.0"):  # noqa: S104
        pass


def test_on_a_network_the_password_lets_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong one is told; nothing else is shown before; no folder outside can be named then."""
    monkeypatch.setattr(guard, "_WRONG_PASSWORD_SECONDS", 0.0)
    with running(folder, "0.0.0.0", "sesame") as opened:  # noqa: S104
        port = urlsplit(opened.server.url).port
        guest = Visitor(f"http://127.0.0.1:{port}/")
        asked = guest.get(AT)
        assert asked.path == "/log-in"
        assert b"2026" not in asked.body
        assert folder.name.encode() not in asked.body
        assert guest.send(asked, "/log-in", password="open").status == 403  # noqa: S106 - a wrong one
        assert guest.get("/").path == "/log-in"
        assert "The Courier" in guest.send(asked, "/log-in", password="sesame").text  # noqa: S106 - of this test
        outside = folder.parent / "outside"
        answer = guest.post(f"{AT}/stick", {"token": _token(guest), "edition": "x", "other": str(outside)})
        assert answer.status == 400
        assert not outside.exists()


# --- what is sent


@pytest.mark.parametrize(
    "name", ["../../../x.txt", "/etc/passwd", "..", "edition.toml", "articles/../../x.txt", "\\\\host\\x", "a\0b", ""]
)
def test_no_file_lands_outside_its_folder(maker: Visitor, folder: Path, name: str) -> None:
    """Whatever an uploaded file, or the name of an article in a form, is called."""
    around = _paths(folder.parent)
    token = _token(maker)
    if name:
        maker.multipart(f"{AT}/upload", {"token": token}, {name.replace("\0", "%00"): b"Title\n\n\nBody of it.\n"})
    if name:
        maker.multipart(
            f"{AT}/upload-recording", {"token": token, "name": "articles/ferry.txt"}, {name: b"x"}, "recording"
        )
    for action in ("restore", "edit", "original", "order", "voice", "reader", "use-recording", "listen"):
        fields = {"token": token, "name": name, "headline": "X", "text": "x", "do": "down", "seen": ""}
        answer = maker.post(f"{AT}/{action}", fields)
        assert answer.status in (400, 409), action
    new = set(_paths(folder.parent)) - set(around) - {f"courier/{NAME}/recordings"}
    assert all(path.startswith(f"courier/{NAME}/articles/") for path in new)
    assert "The Courier" in (folder / NAME / "edition.toml").read_text()


@pytest.mark.parametrize("path", ["../edition.toml", "%2e%2e/edition.toml", "..%2fedition.toml", "x/../../lexicon.txt"])
def test_no_file_is_served_from_outside_the_editions(maker: Visitor, issue: Path, path: str) -> None:
    """Nor a hidden one, nor one behind a link."""
    (issue / "editions").mkdir()
    (issue / "editions/.hidden").write_text(SECRET)
    (issue / "lexicon.txt").write_text(f"{SECRET} = x\n")
    (issue / "editions/link").symlink_to(issue)
    for each in (path, ".hidden", "link/lexicon.txt"):
        answer = maker.get(f"{AT}/editions/{each}")
        assert answer.status == 404
        assert SECRET.encode() not in answer.body


@pytest.mark.parametrize("name", ["..", ".", ".hidden", "nothing", "2026-11-30/articles", "%00"])
def test_no_other_folder_is_an_issue(maker: Visitor, folder: Path, name: str) -> None:
    """Only those that the desk lists."""
    (folder / ".hidden").mkdir()
    (folder / ".hidden/edition.toml").write_text(f'title = "{SECRET}"')
    answer = maker.get(f"/issues/{quote(name, safe='%')}")
    assert answer.status in (400, 404)
    assert SECRET.encode() not in answer.body


def test_a_link_among_the_articles_leads_nowhere(maker: Visitor, folder: Path, issue: Path) -> None:
    """What is outside is not read, and not written."""
    outside = folder.parent / "outside.txt"
    outside.write_text(f"Title\n\n\n{SECRET} it is.\n")
    (issue / "articles/ferry.txt").unlink()
    (issue / "articles/ferry.txt").symlink_to(outside)
    assert SECRET not in maker.get(AT).text
    assert "is outside the folder of the issue" in maker.get(AT).text
    answer = maker.get(f"{AT}/article?name=articles/ferry.txt")
    assert SECRET not in answer.text


def test_what_documents_say_is_text(maker: Visitor, issue: Path) -> None:
    """On every page, whatever they are: no mark of theirs becomes one of the page's."""
    (issue / "articles/ferry.txt").write_text(f"{HOSTILE}\n\n\n{HOSTILE} said Zzyzx.\n")
    (issue / "edition.toml").write_text((issue / "edition.toml").read_text().replace("Sport", "<b>S</b>"))
    (issue / "lexicon.txt").write_text("Zzyzx = <i>zzz</i>\n")
    for path in (
        "/",
        AT,
        f"{AT}/article?name=articles/ferry.txt",
        f"{AT}/said",
        f"{AT}/said/c03",
        f"{AT}/read",
        f"{AT}/record?name=articles/ferry.txt",
        f"{AT}/make",
    ):
        answer = maker.get(path)
        assert answer.status == 200, path
        _check_harmless(answer)
    _check_harmless(maker.get(f"{AT}/article?name={quote(HOSTILE)}"))
    _check_harmless(maker.post(f"{AT}/keep", {"token": _token(maker), "sentence": HOSTILE, "written": HOSTILE}))


def _check_harmless(answer: Answer) -> None:
    assert b"<script>alert" not in answer.body
    assert b"<img" not in answer.body
    assert b"<i>zzz" not in answer.body
    assert b"<b>S" not in answer.body
    assert b" 49 " not in answer.body
    assert not [each for each in answer.page.iter() if any(str(name).startswith("on") for name in each.attrib)]


def test_a_page_in_an_edition_of_somebody_elses_runs_no_script(maker: Visitor, issue: Path) -> None:
    """The policy knows the program's own script by its digest, and no other."""
    (issue / "editions/foreign").mkdir(parents=True)
    (issue / "editions/foreign/index.html").write_text("<script>fetch('/')</script>")
    policy = maker.get(f"{AT}/editions/foreign/index.html").headers["content-security-policy"]
    assert "script-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert "connect-src" not in policy
    assert "default-src 'none'" in policy


def test_too_much_is_refused(maker: Visitor, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of bytes in all, of fields, of bytes in a field; nothing of it stays."""
    before = _paths(folder)
    token = _token(maker)
    monkeypatch.setattr(visit, "_LIMIT_FORM_BYTES", 10_000)
    with contextlib.suppress(OSError):  # the server may hang up on the rest
        assert maker.multipart(f"{AT}/upload", {"token": token}, {"a.txt": b"x" * 5_000_000}).status == 413
    many = {f"f{number}": "x" for number in range(100)}
    assert maker.multipart(f"{AT}/facts", {"token": token} | many, {}).status == 413
    assert _paths(folder) == before


def test_a_document_that_is_too_large_leaves_nothing(
    maker: Visitor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named, with what to do."""
    monkeypatch.setattr("audio_edition.desk.folder.LIMIT_BYTES", 1000)
    before = _paths(folder)
    answer = maker.upload(maker.get(AT), {"a.txt": b"x" * 1001})
    assert answer.status == 400
    assert "Split it into its articles." in answer.text
    assert _paths(folder) == before


# --- how many


def test_one_desk_at_a_time_is_open_in_a_folder(opened: OpenDesk, folder: Path) -> None:
    """The command says so, and ends with 1."""
    done = CliRunner().invoke(main, ["desk", str(folder), "--no-browser"])
    assert done.exit_code == 1
    assert "is open in another desk" in done.output


def test_a_desk_that_was_closed_leaves_no_lock(folder: Path) -> None:
    """The folder opens again, and holds nothing that was not there."""
    before = _paths(folder)
    for _ in range(2):
        with running(folder):
            pass
    assert _paths(folder) == before


@pytest.fixture
def crowd(maker: Visitor) -> Iterator[list[socket.socket]]:
    """Connections that say nothing."""
    parts = urlsplit(maker.address)
    connections = [socket.create_connection((str(parts.hostname), parts.port), timeout=20) for _ in range(300)]
    yield connections
    for each in connections:
        each.close()


def test_idle_connections_keep_nobody_out(maker: Visitor, crowd: list[socket.socket]) -> None:
    """The maker's pages come all the same."""
    assert len(crowd) == 300
    assert maker.get("/").status == 200


def test_two_windows_at_once_lose_no_article(maker: Visitor, issue: Path) -> None:
    """Added at the same moment, all are in the list."""
    token = _token(maker)

    def add(number: int) -> None:
        fields = {"token": token, "headline": f"Story {number}", "text": "It happened."}
        assert Visitor(maker.address, maker.cookie).post(f"{AT}/paste", fields).status == 200

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(maker.get(AT).titles()) == 3 + 8


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """In one sentence, before anything is opened."""
    (tmp_path / "file").write_text("x")
    done = CliRunner().invoke(main, ["desk", str(tmp_path / "file"), "--no-browser"])
    assert done.exit_code == 1
    assert "can't be written" in done.output


def _token(maker: Visitor) -> str:
    return str(maker.get("/").page.cssselect("input[name=token]")[0].get("value"))
