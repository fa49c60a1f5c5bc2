"""Make an Entry of what a line or lexeme of a lexicon says, or name the faults that keep it from being one.

A lexicon is somebody's typing: each fault has its line, and says what to write instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from audio_edition.model import Level
from audio_edition.script import ipa as alphabet
from audio_edition.script.speakable import is_speakable

LONGEST_WRITTEN = 100
LONGEST_SAID = 200
"""Characters."""

_NO_SENTENCES = "Write words and names, not sentences."
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """How a word or name is said: in other letters (`said`), in IPA, or both. `language` is a BCP 47 tag, or empty for
    every language; `line` is where it stands in its file."""

    written: str
    said: str = ""
    ipa: str = ""
    language: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a lexicon, on a line of it. An error stops a build."""

    line: int
    level: Level
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A lexicon as it was read; `name` is what messages call it."""

    name: str
    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def errors(self) -> tuple[Fault, ...]:
        return tuple(fault for fault in self.faults if fault.level == "error")


@dataclass(slots=True)
class Draft:
    """A lexicon while it is read: sound entries and faults in the order of their lines."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        """Take an entry, if nothing in it is an error."""
        entry = Entry(_one_line(entry.written), _one_line(entry.said), _one_line(entry.ipa), entry.language, entry.line)
        faults = list(_faults(entry))
        self.faults += faults
        if not any(fault.level == "error" for fault in faults):
            self.entries.append(entry)

    def error(self, line: int, message: str, remedy: str) -> None:
        self.faults.append(Fault(line, "error", message, remedy))

    def warning(self, line: int, message: str, remedy: str) -> None:
        self.faults.append(Fault(line, "warning", message, remedy))

    def note(self, line: int, message: str) -> None:
        self.faults.append(Fault(line, "note", message))

    def finished(self, name: str) -> Lexicon:
        """Return the lexicon, with a warning for each word that it has twice."""
        seen: dict[tuple[str, str], Entry] = {}
        for entry in self.entries:
            key = entry.written, entry.language.casefold()
            if (earlier := seen.get(key)) and (earlier.said, earlier.ipa) != (entry.said, entry.ipa):
                self.warning(
                    entry.line, f"“{entry.written}” stands on line {earlier.line} already.", "The later one counts."
                )
            seen[key] = entry
        return Lexicon(name, tuple(seen.values()), tuple(sorted(self.faults, key=lambda fault: fault.line)))


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def _faults(entry: Entry) -> Iterator[Fault]:
    word = short(entry.written)

    def error(message: str, remedy: str) -> Fault:
        return Fault(entry.line, "error", message, remedy)

    if not is_speakable(entry.written):
        yield error(
            "there is no word here whose pronunciation could change."
            if not word
            else f"“{word}” has no letter or digit.",
            "Write the word as it stands in articles.",
        )
        return
    for text, longest in ((entry.written, LONGEST_WRITTEN), (entry.said, LONGEST_SAID)):
        if len(text) > longest:
            yield error(f"“{short(text)}” is longer than {longest} characters.", _NO_SENTENCES)
        if found := _CONTROL.search(text):
            yield error(f"“{word}”: here is the invisible character U+{ord(found[0]):04X}.", "Type the line anew.")
    if entry.said and not is_speakable(entry.said):
        yield error(f"“{word}” is to be said “{short(entry.said)}”, which has no sound.", "Write it in letters.")
    if "[[" in entry.said or "]]" in entry.said:
        yield error(f"“{word}”: double brackets are no way to write a sound.", "Write IPA between slashes: /bəˈɡuːz/.")
    if not entry.said and not entry.ipa:
        yield error(f"“{word}” has nothing that is said for it.", f"Write it as {word} = said as, or {word} = /IPA/.")
    if entry.said == entry.written and not entry.ipa:
        yield Fault(entry.line, "note", f"“{word}” is to be said as it is written.")
    yield from _faults_of_ipa(entry, word)


def _faults_of_ipa(entry: Entry, word: str) -> Iterator[Fault]:
    if len(entry.ipa) > alphabet.LONGEST:
        yield Fault(
            entry.line,
            "error",
            f"“{word}”: the IPA is longer than {alphabet.LONGEST} characters.",
            _NO_SENTENCES,
        )
    elif entry.ipa and (odd := alphabet.stranger(entry.ipa)):
        what = f"U+{ord(odd):04X}" if len(odd) == 1 and not odd.isprintable() else f"“{short(odd)}”"
        yield Fault(
            entry.line,
            "error",
            f"“{word}”: {what} is not a letter of the International Phonetic Alphabet.",
            "Copy the IPA from a dictionary, without X-SAMPA or a respelling.",
        )


def short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
