"""The errors a user can meet. Each message is one sentence that names the file, the place and what is wrong there;
`remedy` says what to do.

    AudioEditionError
    ├── SettingsError     audio-edition.toml, an option
    ├── ReadError         the document
    ├── ScriptError       what is to be said, an edited script
    ├── SpeakError        the engine, the voice, an utterance that would not sound
    ├── StitchError       sound that could not be joined or encoded
    ├── PublishError      files and folders of the edition
    ├── EditionError      the folder of a finished edition
    ├── NarrationError    a person's recording: the file, or what is read in it
    ├── ProofError        a recogniser that can't listen
    ├── SiteError         a website's folder, its address, what it is asked to hold
    ├── DeskError         the desk's folder, what a form of it asks for
    ├── ClusterError      the scheduler of a cluster, or a worker of another version
    └── MissingTool       FFmpeg, an engine's library, an extra
"""

from __future__ import annotations

_LONGEST_NAMED = 150


class AudioEditionError(Exception):
    """Base class of all errors that the program raises on purpose."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[AudioEditionError], tuple[str, str]]:
        """Pickle the error with its remedy, so that it can come from another process."""
        return type(self), (self.message, self.remedy)

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class SettingsError(AudioEditionError):
    """A setting or option has an unknown name or an invalid value."""


class ReadError(AudioEditionError):
    """The document cannot be read, or has nothing to read."""


class ScriptError(AudioEditionError):
    """The script cannot be made, or an edited one is invalid."""


class SpeakError(AudioEditionError):
    """A voice is unknown, or an utterance could not be spoken."""


class StitchError(AudioEditionError):
    """Sound could not be measured, joined or encoded."""


class PublishError(AudioEditionError):
    """The edition's files could not be written or put in place."""


class EditionError(AudioEditionError):
    """The folder of a finished edition is missing, incomplete, or does not match its edition.json."""


class NarrationError(AudioEditionError):
    """A person's recording can't be used, or is not of the text."""


class ProofError(AudioEditionError):
    """A recogniser cannot listen to an edition."""


class SiteError(AudioEditionError):
    """A website cannot be made, changed or served as asked."""


class DeskError(AudioEditionError):
    """The desk cannot open a folder, or do what a form asks for."""


class ClusterError(AudioEditionError):
    """A cluster cannot be reached, was lost, or has workers of another version."""


class MissingTool(AudioEditionError):  # noqa: N818 - reads as what it is
    """A program or library that is needed is not installed."""


def place_in(trouble: Exception) -> str:
    """Return where a parser of TOML, JSON or YAML stopped, as “line 3, column 5”; nothing where it does not say."""
    import re

    found = re.search(r"line (\d+),? column (\d+)", str(trouble))
    return f"line {found[1]}, column {found[2]}" if found else ""


def in_brief(text: str) -> str:
    """Return the beginning of a text from a document, on one line, to be named in a message."""
    line = " ".join(
        "".join(character for character in text[:400] if character.isprintable() or character.isspace()).split()
    )
    return line if len(line) <= _LONGEST_NAMED else f"{line[:_LONGEST_NAMED]}…"


def install_line(extra: str) -> str:
    """Return the command that installs what an extra of this program brings, by the names of its packages: the program
    itself may be on no index, and whoever put one of its name there would be believed."""
    import re
    from importlib import metadata

    try:
        requirements = metadata.requires("audio-edition") or []
    except metadata.PackageNotFoundError:
        requirements = []
    found = (each.partition(";") for each in requirements)
    names = [
        re.split(r"[^A-Za-z0-9._-]", name.strip(), maxsplit=1)[0]
        for name, _, marker in found
        if f'extra == "{extra}"' in marker.replace("'", '"')
    ]
    return f"pip install {' '.join(names)}" if names else f"install audio-edition again, with its extra {extra}"
