"""A server for the tests of pages and of the server itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from audio_edition.serve import server


@pytest.fixture(scope="session")
def serving() -> Iterator[Callable[[Path], str]]:
    """Serve a folder until the tests are over; returns its address."""
    with ExitStack() as stack:

        def serve(folder: Path) -> str:
            running = stack.enter_context(server(folder))
            thread = threading.Thread(target=running.run)
            thread.start()
            stack.callback(thread.join)
            stack.callback(running.stop)
            return running.url

        yield serve
