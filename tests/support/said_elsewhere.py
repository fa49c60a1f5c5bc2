"""Speak texts by Kokoro in a process of its own; run as: python -m support.said_elsewhere VOICE, with a JSON list of
texts on stdin. It prints a digest of each clip, its words' times with it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys

from audio_edition.model import Clip, Delivery
from audio_edition.speak import open_engine


def digest_of(clip: Clip) -> str:
    """Return what no other clip has."""
    return hashlib.sha256(clip.pcm + repr(clip.words).encode()).hexdigest()


def main() -> None:
    with contextlib.closing(open_engine("kokoro")) as engine:
        voice = engine.voice(sys.argv[1])
        assert voice is not None
        texts = json.load(sys.stdin)
        json.dump([digest_of(engine.speak(text, Delivery(voice, 175))) for text in texts], sys.stdout)


if __name__ == "__main__":
    main()
