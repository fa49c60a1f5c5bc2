"""What the user sees: results on standard output, all else on standard error, and no control characters."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from audio_edition.errors import PublishError

if TYPE_CHECKING:
    from audio_edition.model import Finding

_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What could steer a terminal, or turn the direction of writing: it is shown by its number, as JSON does."""


_LINE_END = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")


def shown(text: str) -> str:
    return _STEERING.sub(lambda character: f"\\u{ord(character[0]):04x}", text)


def on_terminal() -> bool:
    """Return whether standard output is read by a person."""
    return sys.stdout is not None and sys.stdout.isatty()


def give(result: str) -> None:
    """Print the result on standard output; in UTF-8 if it goes to a file or another program, whatever the locale.
    Raises PublishError if it cannot be written."""
    line = shown(result)
    if sys.stdout is None:
        raise PublishError(
            "Standard output is closed, so there is no place for the result.", "Open it, or redirect it."
        )
    try:
        if sys.stdout.isatty():
            click.echo(line)
        else:
            click.echo(f"{line}\n".encode(), nl=False)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise PublishError(f"Standard output can't be written ({error.strerror}).", "Check where it goes.") from error


def say(line: str) -> None:
    """Print a line for people on standard error; a document's words in it cannot begin another line. Errors of the
    output are ignored."""
    with contextlib.suppress(OSError, AttributeError):
        click.echo(shown(_LINE_END.sub(" ", line)), err=True)


def as_json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def report_findings(findings: Iterable[Finding]) -> None:
    for finding in findings:
        place = f"{finding.place}: " if finding.place else ""
        say(f"{finding.level.capitalize()}: {place}{finding.message} {finding.remedy}".rstrip())


def size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


def give_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print columns without borders, which a screen reader would read out; separated by tabs in a pipe."""
    if not on_terminal():
        give("\n".join("\t".join(row) for row in (headings, *rows)))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    Console().print(table)
