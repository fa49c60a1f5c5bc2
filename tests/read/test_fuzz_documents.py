"""Any change of a good document, and any bytes: an article or one clear sentence, never another exception.

AUDIO_EDITION_FUZZ_SECONDS=600 pytest tests/read/test_fuzz_documents.py goes on for ten minutes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from support.damaged_documents import STRATEGIES
from support.soundness import read_or_refused

SECONDS = float(os.environ.get("AUDIO_EDITION_FUZZ_SECONDS", "0"))


@pytest.mark.parametrize("kind", STRATEGIES)
def test_no_document_makes_a_reader_fail(kind: str) -> None:
    """Whatever is in it: a sound article, or a refusal with its remedy."""
    end = time.monotonic() + SECONDS / len(STRATEGIES)
    rounds = 0
    _search(STRATEGIES[kind], f"article.{kind}", 40 if not SECONDS else 500, rounds)
    while time.monotonic() < end:
        rounds += 1
        _search(STRATEGIES[kind], f"article.{kind}", 500, rounds)


def _search(documents: st.SearchStrategy[bytes], name: str, examples: int, start: int) -> None:
    @seed(start)
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(documents)
    def search(data: bytes) -> None:
        read_or_refused(data, name)

    run: Callable[[], None] = search
    run()
