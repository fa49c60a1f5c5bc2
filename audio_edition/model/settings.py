"""Settings: all that shapes an edition besides its document.

Each is declared once, with everything that is said of it: the options of the command line, the tables of
audio-edition.toml, the example of that file and docs/settings.md are made of these declarations.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from audio_edition.errors import SettingsError
from audio_edition.model.article import Disclosure, Notes, Pages, Struck
from audio_edition.model.characters import one_line, without_unwanted
from audio_edition.model.profiles import PROFILES
from audio_edition.model.recording import BookText
from audio_edition.model.script import TEMPLATE_FIELDS, Pauses
from audio_edition.model.text import is_language_tag

Parse = Callable[[str, Any], Any]
"""Given the name of a setting and what a file or option says, returns its value or raises SettingsError."""

LONGEST_PAUSE_SECONDS = 60
CACHE_BYTES = 2_000_000_000
"""What a cache may hold if nothing else is said."""
_LANGUAGE_OR_PART = re.compile(r"[a-z]{2,3}(-[a-z0-9]{1,8})*|quote|heading", re.IGNORECASE)
_PROFILE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_BRAILLE_SIZE = re.compile(r"(\d\d)x(\d\d)")
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,3})?) ?([KMGT]?)B", re.IGNORECASE)


# --- kinds of values


def text(name: str, value: Any) -> str:
    """Return words on one line, without characters that nobody sees."""
    if not isinstance(value, str):
        raise SettingsError(f"{name} is {in_message(value)}.", "Write it as text, between quotes.")
    if value and not any(unicodedata.category(character)[0] in "LMNPS" for character in value):
        raise SettingsError(
            f"{name} is {in_message(value)}, of which nothing can be seen.", "Write words, or leave it out."
        )
    return one_line(without_unwanted(value)).strip()


def texts(name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise SettingsError(f"{name} is {in_message(value)}.", 'Write it as a list, such as ["mp3", "transcript"].')
    return tuple(text(name, item) for item in value)


def number(least: float, most: float) -> Parse:
    def parse(name: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise SettingsError(f"{name} is {in_message(value)}.", f"Give a number from {least} to {most}.")
        return value

    return parse


def whole_number(least: int, most: int) -> Parse:
    return lambda name, value: round(number(least, most)(name, value))


def language_tag(name: str, value: Any) -> str:
    if not isinstance(value, str) or not is_language_tag(value):
        raise SettingsError(f"{name} is {in_message(value)}.", "Give a language tag such as en, en-GB or ar.")
    return value


def iso_date(name: str, value: Any) -> str:
    """Return a day as ISO 8601 has it; TOML's own dates are taken too."""
    try:
        return datetime.date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise SettingsError(
            f"{name} is {in_message(str(value))}.", "Give a day that is, such as 2026-11-22."
        ) from error


def byte_size(name: str, value: Any) -> int:
    """Return the bytes in a size such as 500MB."""
    found = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if not found:
        raise SettingsError(f"{name} is {in_message(value)}.", "Give a size such as 500MB or 2GB.")
    return round(float(found[1]) * 10.0 ** (3 * " KMGT".index(found[2].upper() or " ")))


def paths(name: str, value: Any) -> tuple[Path, ...]:
    several = [value] if isinstance(value, str | Path) else value
    if isinstance(several, list | tuple) and all(isinstance(each, Path) for each in several):
        return tuple(several)
    return tuple(map(Path, texts(name, several)))


def yes_or_no(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise SettingsError(f"{name} is {in_message(value)}.", "Write true or false.")
    return value


def split_level(name: str, value: Any) -> str:
    """Return a level of headings as written, or "auto" or "none"."""
    if isinstance(value, bool) or str(value) not in _SPLITS:
        raise SettingsError(f"{name} is {in_message(value)}.", "Write a level of headings from 1 to 6, auto or none.")
    return str(value)


def one_of(*words: str) -> Parse:
    def parse(name: str, value: Any) -> str:
        if value not in words:
            raise SettingsError(f"{name} is {in_message(value)}.", f"Write one of: {', '.join(words)}.")
        return str(value)

    return parse


def colour(name: str, value: Any) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        raise SettingsError(
            f"{name} is {in_message(value)}.", "Write red, green and blue in six digits, such as #12355b."
        )
    return value.lower()


def braille_size(name: str, value: Any) -> str:
    """Return the cells of a line and the lines of a page, as in 40x25."""
    found = _BRAILLE_SIZE.fullmatch(value) if isinstance(value, str) else None
    if not found or not (20 <= int(found[1]) <= 99 and 10 <= int(found[2]) <= 99):
        raise SettingsError(f"{name} is {in_message(value)}.", "Write cells and lines, 20x10 to 99x99, such as 40x25.")
    return found[0]


def template(name: str, value: Any) -> str:
    """Return a sentence that is announced; what stands in braces must be known."""
    sentence = text(name, value)
    for named in re.findall(r"\{(.*?)\}", sentence):
        known(named, TEMPLATE_FIELDS, f"In {name}, the field")
    return sentence


def templates(name: str, value: Any) -> tuple[str, ...]:
    return tuple(template(name, each) for each in texts(name, value))


def voices(name: str, value: Any) -> dict[str, str]:
    """Return voices by the language tag or part that they speak."""
    found = {}
    for part, voice in value.items():
        if not _LANGUAGE_OR_PART.fullmatch(part):
            remedy = "Name a language (fr, pt-BR), quote, or heading."
            raise SettingsError(f"In [{name}], {in_message(part)} is nothing that can have a voice.", remedy)
        if isinstance(voice, str) and not voice.strip():
            raise SettingsError(f"{name}.{part} is empty.", "Name a voice; see: audio-edition voices")
        found[part.casefold()] = text(f"{name}.{part}", voice)
    return found


def speakers(name: str, value: Any) -> dict[str, str]:
    """Return voices by the names of those who speak in the articles."""
    if not isinstance(value, Mapping):
        raise SettingsError(f"{name} must be a table.", f"Write it as [{name}] on a line of its own.")
    found = {}
    for speaker, voice in value.items():
        if not (who := text(name, speaker)):
            raise SettingsError(f"In [{name}], a name is empty.", "Name somebody as the text does.")
        if isinstance(voice, str) and not voice.strip():
            raise SettingsError(f"{name}.{who} is empty.", "Name a voice; see: audio-edition voices")
        found[who] = text(f"{name}.{who}", voice)
    return found


def known(name: str, names: Iterable[str], what: str) -> None:
    """Raise SettingsError, which names what is near, where a name is none of these."""
    import difflib

    there = [each.replace("_", "-") for each in names]
    name = name.replace("_", "-")
    if name not in there:
        near = difflib.get_close_matches(name[:40], there, n=1)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise SettingsError(f"{what} {in_message(name)} is not known.", f"{hint}There are: {', '.join(there)}.")


def in_message(value: Any) -> str:
    """Return a value as written, shortened if it is long."""
    try:
        written = repr(value)
    except (ValueError, RecursionError):
        return "endless"
    return written if len(written) <= 100 else f"{written[:99]}…"


# --- declarations


@dataclass(frozen=True, slots=True)
class Setting:
    """What is said of a setting, wherever that is.

    `table` and `key` place it in audio-edition.toml (no key: the table itself); `option` is what the command line calls
    it, "" if nothing does. `example` is what the example file shows, as TOML. `scope` says which commands have the
    option: those that make a script, or only those that make editions.
    """

    parse: Parse
    """Of what a file or the command line says."""
    help: str
    table: Literal[
        "edition", "speech", "voices", "voices.speakers", "pauses", "narration", "cache", "sticks", "sticks.NAME"
    ]
    key: str = ""
    option: str = ""
    metavar: str = ""
    example: str = ""
    scope: Literal["script", "edition", "cache", "stick"] = "script"
    check: Parse | None = None
    """Of what a program sets; None where `parse` takes that too."""

    @property
    def name(self) -> str:
        """The setting's name in messages."""
        return f"{self.table}.{self.key}" if self.key else self.table


_SPLITS = ("auto", "none", *map(str, range(1, 7)))
_NOTES, _PAGES, _STRUCK, _DISCLOSURE = (one_of(*get_args(words)) for words in (Notes, Pages, Struck, Disclosure))
Unread = Literal["spoken", "left-out"]
_UNREAD = one_of(*get_args(Unread))
_BOOK_TEXT = one_of(*get_args(BookText))
_PROFILE = one_of("", *PROFILES)


def _set(default: Any, parse: Parse, says: str, table: Any = "edition", key: str = "", **more: Any) -> Any:
    """Return the field of a setting."""
    setting = Setting(parse, says, table, key, **more)
    given = {"default_factory": default} if callable(default) else {"default": default}
    return field(**given, metadata={"setting": setting})


@dataclass(frozen=True, slots=True)
class Speech:
    """Who is to speak, and how. An empty engine, voice or language leaves the choice to the system or the article, no
    rate leaves it to the engine.

    `voices` names further ones, each an id or `engine:id`, by what they speak: a language tag, or "quote" or "heading";
    `speakers` by who speaks in the text.
    `lexicons` say how words are said, a later one over an earlier; under them is the program's own for news.
    """

    engine: str = _set(
        "", text, "Speech engine: espeak, kokoro, piper, sapi5 (Windows), nsss (macOS), tone (beeps).", "speech",
        "engine", option="--engine", metavar="NAME", example='"espeak"', scope="edition",
    )  # fmt: skip
    voice: str = _set(
        "", text, "Voice of the engine; see: audio-edition voices. Also a file: .onnx for piper, .bin for kokoro.",
        "speech", "voice", option="--voice", metavar="NAME", example='"en-gb"', scope="edition",
    )  # fmt: skip
    language: str = _set(
        "", language_tag, "Language of the article, such as en-GB; else what it says or shows.", "speech", "language",
        option="--language", metavar="TAG", example='"en-GB"',
    )  # fmt: skip
    rate_wpm: int | None = _set(
        None, whole_number(80, 450), "Words per minute, 80 to 450; by default 160 with eSpeak NG, 175 with others.",
        "speech", "rate", option="--rate", metavar="WPM", example="160", scope="edition",
    )  # fmt: skip
    volume: float = _set(
        1.0, number(0.05, 1), "0.05 to 1; 1 by default, which is -19 LUFS.", "speech", "volume",
        option="--volume", metavar="SHARE", example="1.0", scope="edition",
    )  # fmt: skip
    voices: Mapping[str, str] = _set(
        dict, voices, "Voice for another language (fr=fr-fr), or for quote or heading; may be repeated.", "voices",
        option="--voice-for", metavar="WHAT=NAME", scope="edition",
        example='fr = "fr-fr"\nquote = "en-us+f3"\nheading = "en-gb"',
    )  # fmt: skip
    speakers: Mapping[str, str] = _set(
        dict, speakers, "Voice for somebody who speaks in the text (\"Mara Holt=en-gb\", Q=en-us+f3); may be repeated.",
        "voices.speakers", option="--speaker", metavar="WHO=NAME", example='"Mara Holt" = "en-gb"\nQ = "en-us+f3"',
    )  # fmt: skip
    lexicons: tuple[Path, ...] = _set(
        (), paths, "How words are said; beside this file.", "speech", "lexicon", example='"names.txt"',
    )  # fmt: skip
    news_lexicon: bool = _set(
        True, yes_or_no, "Whether to use the program's own lexicon of names in the news; it is used by default.",
        "speech", "news-lexicon", option="--news-lexicon/--no-news-lexicon", example="true",
    )  # fmt: skip

    def __post_init__(self) -> None:
        _check(self)


Held = Literal["tracks", "mp3", "m4b", "daisy", "daisy202", "daisy3"]


def held(name: str, value: Any) -> tuple[str, ...]:
    """Return what a stick holds, each kind once."""
    kinds = tuple(dict.fromkeys(one_of(*get_args(Held))(name, each) for each in texts(name, value)))
    if not kinds:
        raise SettingsError(f"{name} is empty.", f"Write some of: {', '.join(get_args(Held))}.")
    return kinds


@dataclass(frozen=True, slots=True)
class StickProfile:
    """What a stick for some kind of player holds, and under which names.

    Raises SettingsError for a value that it can't have.
    """

    holds: tuple[str, ...] = _set(
        ("tracks",), held,
        "What is written, in this order: tracks (default), mp3, m4b, daisy202, daisy3, or daisy (2.02, else 3). A "
        "DAISY book is unpacked into a numbered folder.", "sticks.NAME", "holds",
    )  # fmt: skip
    names: str = _set(
        "short", one_of("short", "long"),
        "How files and folders are called: short (default), as in 003LASTF.MP3, or long, as in 003-last-ferry.mp3.",
        "sticks.NAME", "names",
    )  # fmt: skip
    folders: str = _set(
        "sections", one_of("sections", "issue", "none"),
        "Folders of tracks: one for each of the sections (default), one for the issue, or none.", "sticks.NAME",
        "folders",
    )  # fmt: skip
    digits: int = _set(
        3, whole_number(2, 5), "Digits of a track's number, 2 to 5; 3 by default. There are more where needed.",
        "sticks.NAME", "digits",
    )  # fmt: skip

    def __post_init__(self) -> None:
        _check(self)


def sticks(name: str, value: Any) -> dict[str, StickProfile]:
    """Return the profiles of sticks that a table declares, by their names."""
    found = {}
    for profile, table in value.items():
        if not _PROFILE_NAME.fullmatch(profile) or profile in OWN_STICKS:
            remedy = f"Name it in a-z, 0-9 and hyphens, and not {' or '.join(OWN_STICKS)}."
            raise SettingsError(f"A profile can't be called {in_message(profile)}.", remedy)
        found[profile] = table if isinstance(table, StickProfile) else _stick(f"{name}.{profile}", table)
    return found


def _stick(name: str, table: Any) -> StickProfile:
    if not isinstance(table, Mapping):
        raise SettingsError(f"{name} must be a table.", f"Write it as [{name}] on a line of its own.")
    parts = dict(declared(StickProfile))
    for key in table:
        known(key, parts, f"In [{name}], the key")
    return StickProfile(**{key: parts[key].parse(f"{name}.{key}", value) for key, value in table.items()})


@dataclass(frozen=True, slots=True)
class Settings:
    """All that shapes an edition besides its document, and how much the cache may hold. No `formats` means all; `date`
    is ISO 8601, `colour` the publication's, such as `#12355b`.

    `notes` says where an article's notes are read, `pages` what is made of printed pages, `only_pages` which of them
    are read, `split` at which headings a document becomes several articles, `struck` what is made of words that are
    struck out, `producer_notes` how an editor's notes in brackets begin, `disclosure` whether a synthetic voice says
    aloud that it is one; `keep_all` reads what looks like boilerplate too; with `strict`, a sentence that the engine
    can't say ends the build. `opening` and `ending` are templates of what announces an issue of many articles, unless
    there are to be no `announcements`. `allow_private` lets documents be fetched from this machine and private
    networks. `lexicons` are those named for this run: they go over one beside the article, which goes over those of
    `speech`.

    Raises SettingsError for a value that it can't have.
    """

    speech: Speech = field(default_factory=Speech)
    pauses: Pauses = field(default_factory=Pauses)
    title: str = _set(
        "", text, "What the edition is called; else what the document says.", key="title", option="--title",
        metavar="TEXT",
    )  # fmt: skip
    author: str = _set(
        "", text, "Who wrote it; else what the document says.", key="author", option="--author", metavar="NAME"
    )
    date: str = _set("", iso_date, "Date of publication.", key="date", option="--date", metavar="YYYY-MM-DD")
    publisher: str = _set(
        "", text, "Who publishes; else the agency in the dateline.", key="publisher", option="--publisher",
        metavar="NAME", example='"The Courier"',
    )  # fmt: skip
    notes: Notes = _set(
        "after", _NOTES,
        "Where notes are read: after the paragraph that refers to them (default), or at the end.", key="notes",
        option="--notes", metavar="WHERE", example='"after"',
    )  # fmt: skip
    pages: Pages = _set(
        "silent", _PAGES,
        "What is made of printed pages: marks to go to (silent, the default), marks that are also spoken, or none.",
        key="pages", option="--pages", metavar="HOW", example='"silent"',
    )  # fmt: skip
    only_pages: str = _set(
        "", text, "Read only these pages of a document that has pages, as they are printed, such as 3-7.",
        key="only-pages", option="--only-pages", metavar="FROM-TO",
    )  # fmt: skip
    split: str = _set(
        "auto", split_level,
        "Level of the headings, 1 to 6, at which a document is split into the articles of an issue; none keeps it "
        "whole. By default (auto) it is split where headings of a level have their writers' names.", key="split",
        option="--split", metavar="LEVEL", example='"auto"',
    )  # fmt: skip
    struck: Struck = _set(
        "said", _STRUCK,
        "What is made of words that are struck out: said to be so (default), or left-out.", key="struck",
        option="--struck", metavar="HOW", example='"said"',
    )  # fmt: skip
    producer_notes: str = _set(
        "", text,
        "Words with which a producer's note in brackets begins, such as Producer's note. Such notes can be skipped.",
        key="producer-notes", option="--producer-notes", metavar="WORDS", example='"Producer\'s note"',
    )  # fmt: skip
    disclosure: Disclosure = _set(
        "metadata", _DISCLOSURE,
        "Where it is said that the voice is synthetic: in all texts and metadata (default), or spoken too, behind the "
        "byline. The opening of an edition of many articles says so anyway.", key="disclosure",
        option="--disclosure", metavar="HOW", example='"metadata"',
    )  # fmt: skip
    strict: bool = _set(
        False, yes_or_no, "End with an error where the engine can't say a sentence; else that is said in its place.",
        key="strict", option="--strict/--no-strict", example="false",
    )  # fmt: skip
    keep_all: bool = _set(
        False, yes_or_no, "Read everything, also what looks like menus, advertisements and other boilerplate.",
        key="keep-all", option="--keep-all/--no-keep-all", example="false",
    )  # fmt: skip
    announcements: bool = _set(
        True, yes_or_no, "Whether an edition of many articles has an opening, contents and an end; it has by default.",
        key="announcements", option="--announcements/--no-announcements", example="true",
    )  # fmt: skip
    opening: tuple[str, ...] = _set(
        (), templates, "The sentences that open an edition of many articles.", key="opening",
        example='["{publisher}.", "{date}.", "{articles}, {minutes}.", "Read by a synthetic voice."]',
    )  # fmt: skip
    ending: str = _set("", template, "The sentence that ends it.", key="ending", example='"End of {title}."')
    formats: tuple[str, ...] = _set(
        (), texts,
        "What to make (not by default: daisy-folder, daisy3, onix, braille, pef, ebraille): mp3, m4b, epub, daisy202, "
        "tracks, images, transcript, chapters, cover, audiobook, page.",
        key="formats", option="--format", metavar="NAME,...", scope="edition",
        example='["mp3", "m4b", "epub", "daisy202", "tracks", "images", "transcript", "chapters", "cover", '
        '"audiobook", "page"]',
    )  # fmt: skip
    book_text: BookText = _set(
        "full", _BOOK_TEXT,
        "How much text the books hold: full (default), or none, for books of sound with headings and pages only.",
        key="text", option="--text", metavar="HOW", example='"full"', scope="edition",
    )  # fmt: skip
    profile: str = _set(
        "", _PROFILE,
        f"Also make files as this recipient wants them (the format delivery): {', '.join(PROFILES)}.",
        key="profile", option="--profile",
        metavar="NAME", example='"nnels"', scope="edition",
    )  # fmt: skip
    colour: str = _set(
        "", colour, "The publication's colour, for covers; else each title has its own.", key="colour",
        option="--colour", metavar="#RRGGBB", example='"#12355b"', scope="edition",
    )  # fmt: skip
    braille_size: str = _set(
        "40x25", braille_size, "Cells of a line and lines of a page of braille: 40x25 by default.", key="braille-size",
        option="--braille-size", metavar="CELLSxLINES", example='"40x25"', scope="edition",
    )  # fmt: skip
    braille_grade: int = _set(
        2, whole_number(1, 2), "Braille with contractions where its readers know them (2, the default), or without.",
        key="braille-grade", option="--braille-grade", metavar="GRADE", example="2", scope="edition",
    )  # fmt: skip
    certifier: str = _set(
        "", text, "Who vouches that the EPUB conforms to WCAG 2.2 AA, having looked.", key="certifier",
        option="--certifier", metavar="NAME", example='"Jane Doe"', scope="edition",
    )  # fmt: skip
    narrator: str = _set(
        "", text, "Who reads in the recordings.", "narration", "narrator", option="--narrator", metavar="NAME",
        example='"Jane Doe"', scope="edition",
    )  # fmt: skip
    unread: Unread = _set(
        "spoken", _UNREAD,
        "What is made of sentences that nobody read: spoken by the synthetic voice (default), or left-out.",
        "narration", "unread", option="--unread", metavar="HOW", example='"spoken"', scope="edition",
    )  # fmt: skip
    longest_pause: float = _set(
        2.5, number(0.2, 60), "Seconds to which a reader's longer pauses are cut; 2.5 by default.", "narration",
        "longest-pause", option="--longest-pause", metavar="SECONDS", example="2.5", scope="edition",
    )  # fmt: skip
    chapter_pause: float = _set(
        3.0, number(0.5, 60),
        "Seconds of a pause after which a new chapter of a recording without a text begins; 3 by default.", "narration",
        "chapter-pause", option="--chapter-pause", metavar="SECONDS", example="3.0", scope="edition",
    )  # fmt: skip
    as_recorded: bool = _set(
        False, yes_or_no, "Leave a recording's level, rumble, hum, noise and pauses as they are.", "narration",
        "as-recorded", option="--as-recorded/--no-as-recorded", example="false", scope="edition",
    )  # fmt: skip
    recordings: tuple[Path, ...] = ()
    decisions: Path | None = None
    """What a human decided of the recordings: a file that the page of a review wrote."""
    lexicons: tuple[Path, ...] = ()
    cache_bytes: int = _set(
        CACHE_BYTES, byte_size, "What the cache may hold, such as 500MB; 2GB by default.", "cache", "size",
        option="--cache-size", metavar="SIZE", example='"2GB"', scope="cache", check=whole_number(0, 1 << 60),
    )  # fmt: skip
    sticks: Mapping[str, StickProfile] = _set(
        dict, sticks, "Profiles of your own for memory sticks: pack --profile NAME.", "sticks",
        example='radio = { holds = ["tracks"], names = "long", folders = "none", digits = 2 }', scope="stick",
    )  # fmt: skip
    allow_private: bool = False

    def __post_init__(self) -> None:
        _check(self)
        for place, milliseconds in dataclasses.asdict(self.pauses).items():
            whole_number(0, 1000 * LONGEST_PAUSE_SECONDS)(f"pauses.{place}", milliseconds)


def declared(owner: type[Speech] | type[Settings] | type[StickProfile]) -> Iterator[tuple[str, Setting]]:
    """Yield each setting of a class with the name of its field."""
    for known_field in dataclasses.fields(owner):
        if setting := known_field.metadata.get("setting"):
            yield known_field.name, setting


def _check(owner: Speech | Settings | StickProfile) -> None:
    """Make of what a program gave what a file would have given. Raises SettingsError for what is of the wrong kind or
    out of range."""
    for each in dataclasses.fields(owner):
        setting = each.metadata.get("setting")
        value = getattr(owner, each.name)
        default = each.default_factory() if each.default_factory is not dataclasses.MISSING else each.default
        if setting and value != default:
            object.__setattr__(owner, each.name, (setting.check or setting.parse)(each.name, value))


OWN_STICKS: Mapping[str, StickProfile] = {"stick": StickProfile(), "daisy": StickProfile(("daisy",))}
"""The profiles that are always there: for players without a display, and for DAISY players."""
