"""desk: issues made in the browser."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import click

from audio_edition.cli.output import give, say

_PASSWORD = "AUDIO_EDITION_DESK_PASSWORD"  # noqa: S105 - the name of a variable


@click.command()
@click.argument("folder", metavar="[FOLDER]", type=click.Path(path_type=Path), default=Path())
@click.option("--host", default="127.0.0.1", show_default=True, help="Address; another one needs a password.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0 for a free one.")
@click.option("--browser/--no-browser", default=True, help="Whether to open it in the browser; it does by default.")
def desk(folder: Path, host: str, port: int, browser: bool) -> None:
    """Make issues in the browser: articles in, words said right, the edition made and handed out. Until Ctrl-C.

    FOLDER holds the issues, each a folder of plain files with an edition.toml, or is one issue; by default the folder
    you are in. For others in the room: --host 0.0.0.0; the password is asked for, or is in AUDIO_EDITION_DESK_PASSWORD.

    \b
    Examples:
      audio-edition desk
      audio-edition desk courier
      audio-edition desk courier --host 0.0.0.0 --port 8080
    """
    from audio_edition.desk.app import open_desk
    from audio_edition.serve import is_loopback

    password = "" if is_loopback(host) else _password()
    with open_desk(folder, host, port, password) as opened, contextlib.suppress(KeyboardInterrupt):
        give(opened.address)
        if password:
            say("Whoever is in this network can read what is sent: nothing is encrypted.")
        say("Stop with Ctrl-C.")
        if browser:
            _show(opened.address_once)
        opened.server.run()


def _password() -> str:
    return os.environ.get(_PASSWORD) or str(click.prompt("Password for the desk", hide_input=True))


def _show(address: str) -> None:
    """Open the address in the browser, where there is one: its connection waits until the server answers."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
