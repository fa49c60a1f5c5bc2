"""A run of an ONNX model that ends in time, and what is said of one that failed."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping

import onnxruntime

QUIET = 4
"""onnxruntime's level for what is fatal: the rest comes as exceptions."""


@contextlib.contextmanager
def limited(seconds: int, entries: Mapping[str, str] | None = None) -> Iterator[onnxruntime.RunOptions]:
    """Yield options of a run, with these configuration entries; the run ends with an error when the time is over."""
    options = onnxruntime.RunOptions()
    options.log_severity_level = QUIET
    for name, value in (entries or {}).items():
        options.add_run_config_entry(name, value)
    alarm = threading.Timer(seconds, setattr, (options, "terminate", True))
    alarm.daemon = True
    alarm.start()
    try:
        yield options
    finally:
        alarm.cancel()


def reason_of(error: Exception, seconds: int) -> str:
    """Return why a run of at most so many seconds failed, on one line."""
    return f"no sound after {seconds} seconds" if "terminate" in str(error) else first_line(error)


def first_line(error: Exception) -> str:
    """Return the error's kind and its first line, without its full stop."""
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0][:200].rstrip('.')}" if lines else type(error).__name__
