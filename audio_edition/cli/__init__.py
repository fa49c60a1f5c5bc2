"""The command line: options become settings and one call; results go to stdout, all else to stderr."""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import signal
import sys
from typing import Any

import click

from audio_edition import __version__
from audio_edition.cli.output import say
from audio_edition.errors import AudioEditionError

_ARGUMENTS = "audio_edition.arguments"

COMMANDS = {
    "batch": "batch.batch",
    "build": "build.build",
    "cache": "cache.cache",
    "check": "check.check_editions",
    "desk": "desk.desk",
    "init": "init.init",
    "lexicon": "lexicon.lexicon",
    "narrate": "narrate.narrate",
    "pack": "publish.pack",
    "proof": "proof.proof",
    "publish": "publish.publish",
    "script": "script.script",
    "serve": "publish.serve",
    "sign": "publish.sign",
    "voices": "voices.voices",
}
"""Each command, and where its function is: only what is asked for is imported."""


def _is_file(argument: str) -> bool:
    """Return whether an argument that looks like an option is a file, or is called like one."""
    has_ending = re.search(r"[^.]\.[A-Za-z]\w{1,8}\Z", argument) is not None and "=" not in argument
    return argument.startswith("-") and argument != "--" and (has_ending or os.path.isfile(argument))  # noqa: PTH113


class _Boundary(click.Group):
    """The commands. Errors raised on purpose become a message, a remedy and exit 1; any other keeps its traceback."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name].partition(".")
        command: click.Command = getattr(importlib.import_module(f"audio_edition.cli.{module}"), function)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from None

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        context.meta[_ARGUMENTS] = [*args]
        return super().parse_args(context, args)

    def invoke(self, context: click.Context) -> Any:
        _hold_standard_files()
        with contextlib.suppress(ValueError):  # not in the main thread
            signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
        try:
            return super().invoke(context)
        except click.NoSuchOption as error:
            file = next(filter(_is_file, context.meta[_ARGUMENTS]), "")
            if not file:
                raise
            message = f"{error.message} If {file} is a file, write ./{file}."
            raise click.NoSuchOption(error.option_name, message, ctx=error.ctx) from None
        except AudioEditionError as error:
            say(f"Error: {error.message}")
            if error.remedy:
                say(error.remedy)
            context.exit(1)


def _hold_standard_files() -> None:
    """Open what stands for nothing where a standard file is closed: the next file that is opened would take its place,
    and get what other programs print."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


@click.group(cls=_Boundary, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="audio-edition")
def main() -> None:
    """Turn a written article into an audio edition: chaptered MP3 and M4B, read-along EPUB, DAISY book, transcript.

    \b
    Examples:
      audio-edition build article.txt
      audio-edition script article.txt
      audio-edition proof article.txt
      audio-edition voices --language fr
      audio-edition publish output/*/ --site site --base-url https://example.org/listen/
    """
