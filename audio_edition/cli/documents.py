"""The articles of a command, their sections, and the script made from them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from audio_edition.cli.options import Command
from audio_edition.errors import ReadError

if TYPE_CHECKING:
    from audio_edition.config import Settings
    from audio_edition.edition.build import LexiconFile
    from audio_edition.edition.issue import Documents, Source
    from audio_edition.model import Script


class ArticlesCommand(click.Command):
    """A command of several articles, of which `--section NAME` puts those behind it into a section."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(context, list(_sections_as_arguments(args)))


_SECTION = "\0section "
"""What no argument of a shell can begin with."""


def _sections_as_arguments(args: list[str]) -> Iterator[str]:
    """Yield the arguments with each section's name as one of them, so that its place among the articles is kept."""
    rest = iter(args)
    for argument in rest:
        if argument == "--":
            yield from ("--", *rest)
        elif argument == "--section":
            yield _SECTION + next(rest, "")
        elif argument.startswith("--section="):
            yield _SECTION + argument.removeprefix("--section=")
        else:
            yield argument


def articles_and_sections(command: Command, *, required: bool = True) -> Command:
    """Give a command the articles as arguments, and the sections that they are in."""
    in_section = click.option(
        "--section",
        metavar="NAME",
        expose_value=False,
        help="Put the articles after it into this section of the edition.",
    )
    return click.argument("articles", metavar="ARTICLE...", nargs=-1, required=required)(in_section(command))


def documents_of(articles: Sequence[str], settings: Settings) -> tuple[Documents, tuple[LexiconFile, ...]]:
    """Return the bytes of the articles and of the lexicons for them."""
    from audio_edition.edition.build import lexicons_for
    from audio_edition.edition.issue import load_documents

    documents = load_documents(list(_sources(articles)), allow_private=settings.allow_private)
    return documents, lexicons_for(documents, settings)


def script_of(articles: Sequence[str], settings: Settings) -> Script:
    from audio_edition.edition import build

    return build.script_of(*documents_of(articles, settings), settings)


def _sources(articles: Sequence[str]) -> Iterator[Source]:
    """Yield the articles with their sections. Raises UsageError if there is none."""
    from audio_edition.edition.issue import Source, is_address

    category = ""
    if all(article.startswith(_SECTION) for article in articles):
        raise click.UsageError("Name the articles: --section only says which section those behind it are in.")
    for article in articles:
        if article.startswith(_SECTION):
            category = article.removeprefix(_SECTION)
        elif article == "-":
            yield Source(_standard_input(), "standard input", category)
        else:
            yield Source(article if is_address(article) else Path(article), category=category)


def _standard_input() -> bytes:
    from audio_edition.read import LIMIT_BYTES

    if sys.stdin is None:
        raise ReadError("Standard input is closed, so no article can come from it.", "Name a file instead of -.")
    return sys.stdin.buffer.read(LIMIT_BYTES + 1)
