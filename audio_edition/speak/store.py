"""Where voices and models lie that were fetched or brought: a folder of the user, one in it for each engine."""

from __future__ import annotations

import os
from pathlib import Path


def folder_of(engine: str) -> Path:
    """Return the folder of an engine's voices: in AUDIO_EDITION_VOICES, else in the system's folder for a user's
    data. It may not exist."""
    import platformdirs

    named = os.environ.get("AUDIO_EDITION_VOICES")
    folder = Path(named).expanduser() if named else platformdirs.user_data_path("audio-edition", False) / "voices"
    return folder / engine
