"""Read the bytes of a document from a file, a pipe or a device, up to the largest size of an article."""

from __future__ import annotations

from pathlib import Path

from audio_edition.errors import ReadError

LIMIT_BYTES = 50_000_000
"""A larger document is refused; who reads one from a pipe need read no more than one byte beyond."""

_TROUBLES: dict[type[Exception], tuple[str, str]] = {
    FileNotFoundError: ("there is no such file", "Check the spelling, and the folder you are in."),
    IsADirectoryError: ("it is a folder", "Name a file in it."),
    NotADirectoryError: ("a part of its path is a file, not a folder", "Check the path."),
    PermissionError: ("you have no permission to read it", "Ask its owner, or copy it to where you may read it."),
}


def load(source: Path | bytes, name: str) -> bytes:
    """Return all bytes of the source. Raises ReadError if there are none, or too many."""
    found = source if isinstance(source, bytes) else _from_file(source, name)
    if not found:
        raise ReadError(f"{name} is empty.", "Check that the article was saved into it.")
    if len(found) > LIMIT_BYTES:
        raise ReadError(
            f"{name} is larger than {LIMIT_BYTES // 1_000_000} MB, too large for an article.",
            "Split it into its articles.",
        )
    return found


def _from_file(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():  # Windows would call it a lack of permission
            raise IsADirectoryError
        with path.open("rb") as file:
            return file.read(LIMIT_BYTES + 1)
    except (OSError, ValueError) as trouble:
        reason = getattr(trouble, "strerror", None) or str(trouble)
        what, remedy = _TROUBLES.get(type(trouble), (reason, "Check the path and the disk."))
        raise ReadError(f"{name} can't be read: {what}.", remedy) from trouble
