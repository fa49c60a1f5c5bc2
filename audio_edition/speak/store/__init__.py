"""The store: voices and models that were fetched or brought, in a folder of the user, and what can be had.

catalogue.py knows what there is, fetch.py brings files from the network, bring.py from a disk.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from audio_edition.errors import SpeakError


def folder_of(engine: str) -> Path:
    """Return the folder of an engine's voices: in AUDIO_EDITION_VOICES, else in the system's folder for a user's
    data. It may not exist."""
    import platformdirs

    named = os.environ.get("AUDIO_EDITION_VOICES")
    folder = Path(named).expanduser() if named else platformdirs.user_data_path("audio-edition", False) / "voices"
    return folder / engine


@contextlib.contextmanager
def on_disk(place: Path) -> Iterator[None]:
    """While the block writes a file of the store, tell an OSError as a SpeakError."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise SpeakError(
            f"{place}: this can't be written ({error.strerror}).",
            "Make room on the disk." if full else "Name another folder in AUDIO_EDITION_VOICES.",
        ) from error
