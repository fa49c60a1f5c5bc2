"""The store of voices: whole or not at all, by size and digest, over a network that breaks and from any archive."""

from __future__ import annotations

import errno
import hashlib
import http.server
import io
import os
import tarfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from audio_edition.atomic import locked
from audio_edition.cli import main
from audio_edition.errors import SpeakError
from audio_edition.speak.store import catalogue, folder_of
from audio_edition.speak.store.bring import bring, remove
from audio_edition.speak.store.catalogue import File, Item, available, item, items
from audio_edition.speak.store.fetch import fetch_all

VOICE = bytes(range(256)) * 2000
CARD = b"# Ann\n* License: CC0\n"
SETTINGS = b"{}"


def _file(path: str, data: bytes, kind: str = "sha256") -> File:
    digest = hashlib.new(kind, data, usedforsecurity=False).hexdigest()
    return File(Path(path), len(data), f"{kind}:{digest}", ("http://127.0.0.1:9/none",))


ANN = Item("af_ann", "kokoro", "en-US", "A", "Apache-2.0", (_file("af_ann.bin", VOICE),))
BOB = Item(
    "en_GB-bob-medium",
    "piper",
    "en-GB",
    "medium",
    "see its card",
    (
        _file("en_GB-bob-medium/MODEL_CARD", CARD, "md5"),
        _file("en_GB-bob-medium/en_GB-bob-medium.onnx.json", SETTINGS, "md5"),
        _file("en_GB-bob-medium/en_GB-bob-medium.onnx", VOICE, "md5"),
    ),
)
CONTENTS = {"kokoro/af_ann.bin": VOICE} | {
    f"piper/{file.path.as_posix()}": data for file, data in zip(BOB.files, (CARD, SETTINGS, VOICE), strict=True)
}


@pytest.fixture(autouse=True)
def _small_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("catalogue", "bring"):
        monkeypatch.setattr(f"audio_edition.speak.store.{module}.items", lambda: (ANN, BOB))


@dataclass
class Server:
    """A server on the loopback that hands out `contents`, and what it does to its answers."""

    contents: dict[str, bytes] = field(default_factory=lambda: dict(CONTENTS))
    stops_after: list[int] = field(default_factory=list)
    """Bytes after which an answer breaks off, one for each request."""
    status: int = 200
    tag: str = '"one"'
    asked: list[tuple[str, str]] = field(default_factory=list)
    """Path and range of each request."""

    def answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        path, wanted = handler.path.lstrip("/"), handler.headers.get("Range", "")
        self.asked.append((path, wanted))
        data = self.contents.get(path)
        if data is None or self.status != 200:
            handler.send_error(404 if data is None else self.status)
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        resumed = wanted and handler.headers.get("If-Range") == self.tag
        body = data[start:] if resumed else data
        handler.send_response(206 if resumed else 200)
        handler.send_header("ETag", self.tag)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: self.stops_after.pop(0)] if self.stops_after else body)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    facts = Server()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            facts.answer(self)

        def log_message(self, *_: Any) -> None:
            """Nothing is printed."""

    listening = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    monkeypatch.setenv("AUDIO_EDITION_VOICE_MIRROR", f"http://127.0.0.1:{listening.server_port}")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield facts
    listening.shutdown()
    listening.server_close()


def _ann() -> Path:
    return folder_of("kokoro") / "af_ann.bin"


def _left() -> list[str]:
    return sorted(path.name for path in folder_of("").rglob("*") if path.is_file())


# --- from the network


def test_a_voice_is_fetched_and_checked(server: Server) -> None:
    """All of it comes, its progress is told to the last byte, and nothing else stays behind."""
    told: list[int] = []
    fetch_all(ANN, told.append)
    assert _ann().read_bytes() == VOICE
    assert told[-1] == len(VOICE)
    assert _left() == ["af_ann.bin"]
    assert ANN.is_installed
    fetch_all(ANN)
    assert len(server.asked) == 1


def test_a_broken_transfer_goes_on_where_it_stopped(server: Server) -> None:
    """Twice broken off, the file is fetched in three pieces, none of them twice."""
    server.stops_after = [100_000, 200_000]
    fetch_all(ANN)
    assert _ann().read_bytes() == VOICE
    assert [wanted for _, wanted in server.asked] == ["", "bytes=100000-", "bytes=300000-"]


def test_another_run_goes_on_where_one_was_broken_off(server: Server) -> None:
    """What came is kept for it; the file is not in place before it is whole."""
    server.stops_after = [1000, 1000, 1000]
    with pytest.raises(SpeakError, match=r"af_ann.bin can't be fetched .*stopped after 3,000 of 512,000 bytes"):
        fetch_all(ANN)
    assert not _ann().exists()
    fetch_all(ANN)
    assert _ann().read_bytes() == VOICE
    assert server.asked[-1][1] == "bytes=3000-"


def test_a_file_that_changed_meanwhile_is_fetched_anew(server: Server) -> None:
    """By its tag: no file is put together from two."""
    server.stops_after = [1000, 1000, 1000]
    with pytest.raises(SpeakError):
        fetch_all(ANN)
    server.tag = '"two"'
    fetch_all(ANN)
    assert _ann().read_bytes() == VOICE


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (VOICE[:-1] + b"\0", "another file than the one of the catalogue"),
        (VOICE + b"\0", "more than the 512,000 bytes"),
        (VOICE[:-1], "stopped after 511,999 of 512,000 bytes"),
        (b"", "stopped after 0 of 512,000 bytes"),
    ],
)
def test_another_file_is_not_installed(server: Server, data: bytes, message: str) -> None:
    """Changed, longer, shorter or empty: one sentence, and nothing is in place."""
    server.contents["kokoro/af_ann.bin"] = data
    with pytest.raises(SpeakError, match=message):
        fetch_all(ANN)
    assert not _ann().exists()
    server.contents["kokoro/af_ann.bin"] = VOICE
    fetch_all(ANN)
    assert _ann().read_bytes() == VOICE


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (403, 1), (503, 3)])
def test_a_server_that_refuses_is_named(server: Server, status: int, tries: int) -> None:
    """With its own answer; what may pass is tried again, what will not is not."""
    server.status = status
    with pytest.raises(SpeakError, match=rf"127.0.0.1:\d+: {status} .*voices get --from FILE"):
        fetch_all(ANN)
    assert len(server.asked) == tries


def test_without_a_network_it_says_how_to_bring_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens there."""
    monkeypatch.setenv("AUDIO_EDITION_VOICE_MIRROR", "http://127.0.0.1:9")
    with pytest.raises(SpeakError, match=r"af_ann.bin can't be fetched.*voices get --from FILE"):
        fetch_all(ANN)


def test_proxies_of_the_environment_are_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request for another machine goes to the proxy."""
    monkeypatch.setenv("http_proxy", os.environ["AUDIO_EDITION_VOICE_MIRROR"])
    monkeypatch.setenv("AUDIO_EDITION_VOICE_MIRROR", "http://voices.example")
    server.contents["http://voices.example/kokoro/af_ann.bin"] = VOICE
    fetch_all(ANN)
    assert _ann().read_bytes() == VOICE


def test_two_runs_do_not_fetch_one_file(server: Server) -> None:
    """The second says so, and leaves the first its file."""
    _ann().parent.mkdir(parents=True)
    with _ann().with_name("af_ann.bin.part").open("a+b") as held:
        assert locked(held)
        with pytest.raises(SpeakError, match="being fetched by another run"):
            fetch_all(ANN)


def test_a_full_disk_is_named(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence with the remedy; the file is not in place."""

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SpeakError, match=r"can't be written \(No space left on device\). Make room on the disk"):
        fetch_all(ANN)
    assert not _ann().exists()


def test_an_interrupted_transfer_goes_on_with_the_next_run(server: Server) -> None:
    """Ctrl-C in the middle: nothing is in place, and what came is not fetched twice."""

    def interrupted(done: int) -> None:
        if done > 200_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_all(ANN, interrupted)
    assert not _ann().exists()
    fetch_all(ANN)
    assert _ann().read_bytes() == VOICE
    assert int(server.asked[-1][1].strip("bytes=-")) > 200_000
    assert _left() == ["af_ann.bin"]


# --- from a disk


@pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_copy_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    """A full disk is named with its remedy; neither it nor Ctrl-C leaves half a voice."""
    source = _folder(tmp_path / "brought")

    def broken(source: Any, target: Any) -> None:
        target.write(source.read(1000))
        raise failure

    monkeypatch.setattr("shutil.copyfileobj", broken)
    told = r"can't be written \(No space left on device\). Make room on the disk"
    with pytest.raises((SpeakError, KeyboardInterrupt), match=told if isinstance(failure, OSError) else "^$"):
        bring(source)
    assert _left() == []


def _folder(place: Path) -> Path:
    (place / "deep/er").mkdir(parents=True)
    for name, data in CONTENTS.items():
        (place / "deep/er" / Path(name).name).write_bytes(data)
    (place / "other.txt").write_text("something else", "utf-8")
    return place


def _zip(place: Path) -> Path:
    with zipfile.ZipFile(place.with_suffix(".zip"), "w") as archive:
        for name, data in CONTENTS.items():
            archive.writestr(f"../../{name}", data)
    return place.with_suffix(".zip")


def _tarball(place: Path) -> Path:
    with tarfile.open(place.with_suffix(".tgz"), "w:gz") as archive:
        for name, data in CONTENTS.items():
            member = tarfile.TarInfo(f"package/voices/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("af_ann.bin")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return place.with_suffix(".tgz")


@pytest.mark.parametrize("packed", [_folder, _zip, _tarball])
def test_voices_are_brought_from_what_holds_them(tmp_path: Path, packed: Callable[[Path], Path]) -> None:
    """At any depth, by any path; each lies where the catalogue says, and nowhere else."""
    brought = bring(packed(tmp_path / "brought"))
    assert [each.name for each in brought] == ["af_ann", "en_GB-bob-medium"]
    assert all(each.is_installed for each in brought)
    assert _left() == sorted(Path(name).name for name in CONTENTS)


def test_only_those_named_are_brought(tmp_path: Path) -> None:
    """Names choose among what is there."""
    assert bring(_folder(tmp_path / "brought"), [ANN]) == [ANN]
    assert _left() == ["af_ann.bin"]


def test_one_file_is_brought(tmp_path: Path) -> None:
    """A file by itself, if it is a whole voice."""
    file = tmp_path / "af_ann.bin"
    file.write_bytes(VOICE)
    assert bring(file) == [ANN]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("af_ann.bin", VOICE[:-1], r"not the file of af_ann: it has 511,999 bytes instead of 512,000"),
        ("af_ann.bin", VOICE[:-1] + b"\0", r"not the file of af_ann: its digest is not the one in the catalogue"),
        ("none.bin", VOICE, "no file of a voice in it"),
        ("en_GB-bob-medium.onnx", VOICE, "MODEL_CARD and en_GB-bob-medium.onnx.json is missing"),
        ("bad.zip", b"PK\x03\x04", "this can't be read"),
        ("bad.tgz", b"\x1f\x8b\x08", "this can't be read"),
    ],
)
def test_what_is_no_voice_is_named(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    """Cut, changed, unknown, incomplete or damaged: one sentence with the path."""
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(SpeakError, match=message) as caught:
        bring(file)
    assert str(file) in str(caught.value)
    assert not _ann().exists()


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path."""
    with pytest.raises(SpeakError, match="can't be read"):
        bring(tmp_path / "nothing")


def test_a_voice_is_removed_with_its_folder(tmp_path: Path) -> None:
    """What it took is told; one that is not there is an error; others stay."""
    bring(_folder(tmp_path / "brought"))
    assert remove(BOB) == BOB.size
    assert _left() == ["af_ann.bin"]
    with pytest.raises(SpeakError, match="not in the store"):
        remove(BOB)


# --- by the command line


def test_the_licence_is_shown_before_a_voice_is_fetched(server: Server) -> None:
    """That of the voice's card, for which only the card was fetched."""
    result = CliRunner().invoke(main, ["voices", "get", "en_GB-bob-medium", "af_ann"])
    assert result.exit_code == 0, result.output
    assert "en_GB-bob-medium: 0.5 MB, licence CC0" in result.stderr
    assert "af_ann: 0.5 MB, licence Apache-2.0" in result.stderr
    assert result.stdout.split() == ["en_GB-bob-medium", "af_ann"]
    assert [Path(path).name for path, _ in server.asked][:2] == ["MODEL_CARD", "en_GB-bob-medium.onnx.json"]


def test_what_can_be_had_is_listed_with_what_is_here(server: Server) -> None:
    """Size, licence and whether it is here; for a language only those that speak it."""
    fetch_all(ANN)
    result = CliRunner().invoke(main, ["voices", "--available", "--language", "en"])
    assert result.stdout.splitlines()[1].split("\t")[0] == "af_ann"
    assert result.stdout.splitlines()[1].endswith("yes")
    assert CliRunner().invoke(main, ["voices", "--available", "--language", "xx"]).exit_code == 1
    assert CliRunner().invoke(main, ["voices", "get"]).exit_code == 2
    assert CliRunner().invoke(main, ["voices", "remove", "af_ann"]).stdout == "Removed: af_ann, 0.5 MB\n"


# --- the catalogue that is shipped


def test_the_catalogue_names_each_voice_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """54 voices of Kokoro and its model, 176 of Piper, each with sizes, digests and addresses."""
    monkeypatch.undo()
    every = items()
    assert len({each.name for each in every}) == len(every) == 1 + 54 + 176
    for file in (file for each in every for file in each.files):
        kind, _, digest = file.digest.partition(":")
        assert len(digest) == {"sha256": 64, "md5": 32}[kind]
        assert file.size > 0
        assert not file.path.is_absolute()
        assert ".." not in file.path.parts
        assert all(address.startswith("https://") and address.isascii() for address in file.addresses)


def test_the_catalogue_finds_by_language_and_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """German has ten voices, a misspelled name an answer."""
    monkeypatch.undo()
    catalogue.items.cache_clear()
    assert [each.name for each in available("de")][:2] == ["de_DE-eva_k-x_low", "de_DE-karlsson-low"]
    assert len(available("de")) == 10
    assert available("en-GB")[0].name == "bf_emma"
    assert item("AF_heart").quality == "A"
    with pytest.raises(SpeakError, match="Did you mean af_heart"):
        item("af_hart")


def test_the_model_is_brought_from_a_file(kokoro: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real one, put together from the packages: checked, and then taken before them."""
    monkeypatch.undo()
    monkeypatch.setenv("AUDIO_EDITION_VOICES", str(tmp_path / "voices"))
    from audio_edition.speak.kokoro.model import model_paths

    whole = tmp_path / "kokoro-v1.0.int8.onnx"
    whole.write_bytes(b"".join(path.read_bytes() for path in model_paths()))
    assert [each.name for each in bring(whole)] == ["kokoro-model"]
    assert model_paths() == [tmp_path / "voices/kokoro/kokoro-v1.0.int8.onnx"]
