"""Bring files from the network into the store: resumed where they were left, checked before they are in place.

Proxies are those of the environment, as urllib takes them.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from audio_edition.atomic import locked
from audio_edition.errors import SpeakError
from audio_edition.speak.store import on_disk
from audio_edition.speak.store.catalogue import File, Item

Progress = Callable[[int], None]
"""Called with the bytes that are there."""

_BLOCK_BYTES = 1 << 16
_SECONDS = 30
"""Without a byte."""
_TRIES = 3
_PART, _TAG = ".part", ".part.tag"
_PARTIAL_CONTENT = 206


class _Trouble(Exception):  # noqa: N818 - reads as what it is
    """A server gave no whole file; `again` where another try may help."""

    def __init__(self, address: str, reason: object, *, again: bool = False) -> None:
        super().__init__(f"{urlsplit(address).netloc}: {reason}")
        self.again = again


def fetch_all(item: Item, progress: Progress = lambda done: None) -> None:
    """Fetch the files of a voice or model that are not in the store yet. Raises SpeakError, and keeps what came for
    the next time."""
    before = 0
    for file, place in item.places():
        if not file.is_at(place):
            fetch(file, item.engine, place, lambda done, before=before: progress(before + done))  # type: ignore[misc]
        before += file.size


def card_of(item: Item) -> str:
    """Return the licence that a voice's card names, which is fetched for it; nothing for a voice without a card.
    Raises SpeakError."""
    from audio_edition.speak.piper.files import licence_in

    file, place = item.places()[0]
    if place.name != "MODEL_CARD":
        return ""
    if not file.is_at(place):
        fetch(file, item.engine, place, lambda done: None)
    return licence_in(place)


def fetch(file: File, engine: str, place: Path, progress: Progress) -> None:
    """Fetch a file to its place, from the first of its addresses that has it. Raises SpeakError."""
    part = place.with_name(place.name + _PART)
    with on_disk(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        with part.open("a+b") as opened:
            if not locked(opened):
                raise SpeakError(f"{place.name} is being fetched by another run.", "Wait for that one.")
            _fill(file, _addresses(file, engine), opened, progress)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(place)
        part.with_name(place.name + _TAG).unlink(missing_ok=True)


def _addresses(file: File, engine: str) -> list[str]:
    """Return where the file can be had: on the mirror that the environment names, else where its makers put it."""
    mirror = os.environ.get("AUDIO_EDITION_VOICE_MIRROR", "")
    return [f"{mirror.rstrip('/')}/{engine}/{file.path.as_posix()}"] if mirror else list(file.addresses)


def _fill(file: File, addresses: list[str], opened: BinaryIO, progress: Progress) -> None:
    """Fill the file that is not whole yet, and check it. Raises SpeakError."""
    troubles: list[str] = []
    hopeless: set[str] = set()
    for address in (address for address in addresses for _ in range(_TRIES)):
        if address in hopeless:
            continue
        try:
            _receive(file, address, opened, progress)
            opened.seek(0)
            if file.has_digest_of(opened):
                return
            _empty(opened)
            raise _Trouble(address, "it has another file than the one of the catalogue")
        except _Trouble as trouble:
            troubles.append(str(trouble))
            if not trouble.again:
                hopeless.add(address)
    raise SpeakError(
        f"{file.path.name} can't be fetched ({'; '.join(dict.fromkeys(troubles))}).",
        "Try again, or bring the file from another machine: audio-edition voices get --from FILE",
    )


def _receive(file: File, address: str, opened: BinaryIO, progress: Progress) -> None:
    """Write what an address gives, behind what is there if that is the beginning of the same file. Raises _Trouble."""
    tag = Path(opened.name.removesuffix(_PART) + _TAG)
    done = opened.seek(0, os.SEEK_END)
    known = tag.read_text("utf-8") if tag.is_file() else ""
    whence, _, etag = known.partition("\n")
    if done == file.size:
        return
    resumed = {"Range": f"bytes={done}-", "If-Range": etag} if done and etag and whence == address else {}
    with _opened(address, resumed) as response:
        if response.status != _PARTIAL_CONTENT:
            _empty(opened)
            done = 0
            tag.write_text(f"{address}\n{response.headers.get('ETag', '')}", "utf-8")
        for block in _blocks(response, address):
            done += len(block)
            if done > file.size:
                _empty(opened)
                raise _Trouble(address, f"it gives more than the {file.size:,} bytes of the catalogue")
            opened.write(block)
            progress(done)
    if done < file.size:
        opened.flush()
        raise _Trouble(address, f"it stopped after {done:,} of {file.size:,} bytes", again=True)


@contextlib.contextmanager
def _opened(address: str, headers: dict[str, str]) -> Iterator[http.client.HTTPResponse]:
    request = urllib.request.Request(address, headers={"User-Agent": "audio-edition"} | headers)  # noqa: S310 - ours
    try:
        response = urllib.request.build_opener().open(request, timeout=_SECONDS)
    except urllib.error.HTTPError as error:
        raise _Trouble(address, f"{error.code} {error.reason}", again=error.code >= 500) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise _Trouble(address, getattr(error, "reason", error), again=True) from error
    with response:
        yield response


def _blocks(response: http.client.HTTPResponse, address: str) -> Iterator[bytes]:
    try:
        while block := response.read(_BLOCK_BYTES):
            yield block
    except (OSError, http.client.HTTPException) as error:
        raise _Trouble(address, error, again=True) from error


def _empty(opened: BinaryIO) -> None:
    opened.seek(0)
    opened.truncate()
