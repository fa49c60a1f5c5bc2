"""Files and folders that appear whole or not at all.

Every write goes to a temporary name first and appears by one rename, so that what has a final name is whole.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO

from audio_edition.errors import PublishError

_BLOCK_BYTES = 1 << 20
_MARK = b"audio-edition\n"
"""What the lock of a build holds: nothing is ever removed for a lock without it."""
_LOCK, _BUILDING, _ASIDE = ".audio-edition-lock", ".audio-edition-building", ".audio-edition-replaced"
"""Endings of names beside editions, each behind a dot, the edition's name and for the first two a random part."""
NEW = ".audio-edition-new"
"""The ending of a file that is being written."""
_ATTEMPTS, _BETWEEN_ATTEMPTS_S = 40, 0.05
_NAME_ANOTHER = "Name another folder with -o."


def regular_file(path: Path, *, writable: bool = False) -> BinaryIO:
    """Open a regular file. Raises OSError for a link, and for a pipe or device, on which a reader could wait for
    ever."""
    flags = os.O_RDWR if writable else os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOFOLLOW", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        return os.fdopen(descriptor, "r+b" if writable else "rb")
    except BaseException:
        with contextlib.suppress(OSError):
            os.close(descriptor)
        raise


def blocks_of(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the rest of a file in blocks of a megabyte."""
    while block := file.read(_BLOCK_BYTES):
        yield block


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a regular file's bytes, in hexadecimal. Raises OSError."""
    hashed = hashlib.sha256()
    with regular_file(path) as file:
        for block in blocks_of(file):
            hashed.update(block)
    return hashed.hexdigest()


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file that appears under its name if the block succeeds, and not at all otherwise."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.", suffix=NEW)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def handed_out_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file as new_file does, and let everybody read it."""
    with new_file(path) as file:
        yield file
    path.chmod(0o644)


@contextlib.contextmanager
def only_run(folder: Path) -> Iterator[bool]:
    """Whether this is the only run that is at work in a folder; until the block ends, it stays so."""
    path = folder / f".at-work{_LOCK}"
    only = False
    try:
        with path.open("ab") as file:
            # One that was just removed by the run before keeps nobody out.
            only = locked(file) and path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())
            yield only
    finally:
        if only:
            with contextlib.suppress(OSError):  # another run may look at it
                path.unlink()


@contextlib.contextmanager
def building_folder(output: Path, slug: str) -> Iterator[Path]:
    """Yield a folder in `output` that no other run touches; it is removed when the block ends. What killed runs left
    behind is removed first."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        clear_up(output)
        lock, path = _held_lock(output, slug)
    except FileExistsError as error:
        raise PublishError(f"{output}: this is a file, and editions go into a folder.", _NAME_ANOTHER) from error
    except OSError as error:
        message = f"{output}: the folder for editions can't be written ({error.strerror})."
        raise PublishError(message, remedy_for(error)) from error
    folder = path.with_suffix(_BUILDING)
    try:
        with lock:
            try:
                folder.mkdir(mode=0o700)  # whoever else may write to the output has no business in it
                yield folder
            finally:
                _remove_busy(folder)
    finally:
        _remove_lock(path)


def _remove_busy(folder: Path) -> None:
    """Remove a folder in which processes of a killed process may still write for a moment: a file that appears while
    the folder is being removed keeps it there."""
    for _ in range(_ATTEMPTS):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_BETWEEN_ATTEMPTS_S)


def clear_up(output: Path) -> None:
    """Remove what runs left that were killed, and put back what they had moved aside."""
    _put_back(output)
    _remove_abandoned(output)


def _held_lock(output: Path, slug: str) -> tuple[BinaryIO, Path]:
    """Return a new lock file that this run holds; while it does, the folder of the same name belongs to this run."""
    while True:
        descriptor, name = tempfile.mkstemp(dir=output, prefix=f".{slug}.", suffix=_LOCK)
        lock, path = os.fdopen(descriptor, "wb"), Path(name)
        locked(lock, wait=True)
        if path.exists():
            try:
                os.write(descriptor, _MARK)
            except BaseException:
                path.unlink(missing_ok=True)
                lock.close()
                raise
            return lock, path
        lock.close()  # another run was quicker, and took it for abandoned


def _remove_abandoned(output: Path) -> None:
    """Remove what dead runs were building: their lock is held by nobody, older than the folder, and bears the program's
    mark (or is empty, if the run died before writing it)."""
    for path in output.glob(f".*{_LOCK}"):
        with contextlib.suppress(OSError):
            with regular_file(path, writable=True) as lock:
                free = locked(lock) and lock.read(len(_MARK) + 1) in (_MARK, b"")
                if free:
                    shutil.rmtree(path.with_suffix(_BUILDING), ignore_errors=True)
            if free:
                _remove_lock(path)


def _remove_lock(path: Path) -> None:
    """Remove a lock, but only if its folder is gone: a later run needs it to find the folder."""
    if not path.with_suffix(_BUILDING).exists():
        path.unlink(missing_ok=True)


if sys.platform == "win32":
    import msvcrt

    def locked(file: BinaryIO, wait: bool = False) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def locked(file: BinaryIO, wait: bool = False) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def remedy_for(error: OSError) -> str:
    """Return the remedy for a folder of editions that cannot be written: free space on a full disk, else another
    folder."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return "Make room on the disk, or name another folder with -o." if full else _NAME_ANOTHER


def onto_disk(folder: Path) -> None:
    """Flush a folder and all its files to the disk. Raises OSError if the disk fails."""
    for path in (*folder.rglob("*"), folder):
        if sys.platform != "win32":
            _force(os.open(path, os.O_RDONLY))
        elif path.is_file():  # Windows opens no folders
            _force(os.open(path, os.O_RDWR))


def _force(descriptor: int) -> None:
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some file systems of networks know of no such thing.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS):
            raise
    finally:
        os.close(descriptor)


def move_into_place(new: Path, place: Path) -> bool:
    """Move the folder `new` to `place` by one rename and return whether that replaced an older one, which stays
    complete until then.

    Linux and macOS swap the two in one step. Elsewhere the older one is renamed for a moment; if the program dies in
    that moment, the next run puts it back.
    """
    if not place.exists():
        try:
            new.rename(place)
            return False
        except OSError:
            if not place.exists():
                raise
            # Another run was quicker: replace its edition.
    if _swap(new, place):
        shutil.rmtree(new, ignore_errors=True)
        return True
    aside = place.with_name(f".{place.name}{_ASIDE}")
    place.rename(aside)
    try:
        new.rename(place)
    except BaseException:
        aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)
    return True


def _put_back(output: Path) -> None:
    """Restore editions that were renamed for a successor that never came, and delete those whose successor exists.
    Other folders were not put there by this program and stay."""
    for aside in output.glob(f".*{_ASIDE}"):
        if aside.is_symlink() or not aside.is_dir():
            continue
        place = aside.with_name(aside.name[1 : -len(_ASIDE)])
        if place.exists():
            shutil.rmtree(aside, ignore_errors=True)
        elif (aside / "edition.json").is_file():
            with contextlib.suppress(OSError):
                aside.rename(place)


_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2


def _swap(one: Path, other: Path) -> bool:
    """Exchange two names in one file system atomically (renameat2, renamex_np); return False if the system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(*names, _RENAME_SWAP) == 0)
        return bool(libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):
        return False
