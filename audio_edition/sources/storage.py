"""Read documents from storage that fsspec knows (s3://, gs://, sftp://, file:// and so on), up to the largest size of
one.

Web pages are handled by `sources.addresses`, which checks where they lead.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from audio_edition.errors import AudioEditionError, MissingTool, ReadError, SettingsError, install_line
from audio_edition.sources.addresses import shown
from audio_edition.sources.files import LIMIT_BYTES, load

_ADDRESS = re.compile(r"([a-z][a-z0-9+.:-]{1,60})://", re.IGNORECASE)
_WEB = ("http", "https")
_PACKAGES = {"s3": "s3fs", "s3a": "s3fs", "gs": "gcsfs", "gcs": "gcsfs", "abfs": "adlfs", "az": "adlfs",
             "sftp": "paramiko", "ssh": "paramiko", "smb": "smbprotocol", "webdav": "webdav4"}  # fmt: skip
"""What pip calls the package that a protocol needs."""

_CHECK = "Check the address, and the keys and rights that go with it."


def is_remote(name: str) -> bool:
    """Whether a name is an address that is not of the web."""
    found = _ADDRESS.match(name)
    return found is not None and found[1].lower() not in _WEB


def stem_of(address: str) -> str:
    """Return the name of the file there without its extension."""
    return PurePosixPath(shown(address)).stem


def open_place(address: str) -> tuple[Any, str]:
    """Return the file system of an address (fsspec's AbstractFileSystem), and the path in it.

    Raises MissingTool, SettingsError.
    """
    try:
        import fsspec
    except ImportError as error:
        raise MissingTool(
            f"{shown(address)} needs fsspec, which is not installed.",
            f"Install it: {install_line('cluster')}",
        ) from error
    protocol = address.partition("://")[0].lower()
    if "::" in address or protocol in _WEB:
        raise SettingsError(
            f"{shown(address)} is not an address that can be read and written.",
            "Name one such as s3://bucket/folder.",
        )
    try:
        fsspec.get_filesystem_class(protocol)
    except ValueError as error:
        raise SettingsError(
            f"{shown(address)}: no file system is called {protocol}.",
            "Name one such as s3://, gs://, abfs:// or sftp://, or install the package for fsspec that brings it.",
        ) from error
    except ImportError as error:
        package = _PACKAGES.get(protocol, f"the package for fsspec that brings {protocol}")
        raise MissingTool(
            f"{shown(address)} can't be reached: the package for {protocol}:// is not installed.",
            f"Install it here and on every worker: pip install {package}",
        ) from error
    with clear_errors(address, SettingsError):
        file_system, path = fsspec.core.url_to_fs(address)
    return file_system, path


def load_remote(address: str, name: str = "") -> bytes:
    """Return the document at an address. Raises ReadError, MissingTool, SettingsError."""
    file_system, path = open_place(address)
    with clear_errors(address, ReadError), file_system.open(path, "rb") as file:
        data = bytes(file.read(LIMIT_BYTES + 1))
    return load(data, name or shown(address))


def addresses_in(address: str) -> list[str]:
    """Return the addresses of the files in a folder and its subfolders, or of those that match a pattern with *,
    sorted. Raises ReadError, MissingTool, SettingsError."""
    file_system, path = open_place(address)
    with clear_errors(address, ReadError):
        found = file_system.glob(path) if "*" in address else file_system.find(path)
        return sorted(str(file_system.unstrip_protocol(one)) for one in found)


@contextlib.contextmanager
def clear_errors(address: str, kind: type[AudioEditionError]) -> Iterator[None]:
    """Turn any error of a file system into one that names the address; each file system has errors of its own."""
    try:
        yield
    except FileNotFoundError as error:
        raise kind(f"{shown(address)}: there is no such file.", _CHECK) from error
    except AudioEditionError:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise kind(f"{shown(address)} can't be used ({reason}).", _CHECK) from error
