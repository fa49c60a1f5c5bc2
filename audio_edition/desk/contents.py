"""What an edition.toml lists, as the desk changes it: each change returns new contents, and writing them keeps a
person's comments and whatever else the file says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Table

from audio_edition.errors import DeskError, SettingsError
from audio_edition.model.settings import iso_date, language_tag

_FACTS = ("title", "publisher", "language", "date")
_MEND = "Mend edition.toml in an editor; docs/newspapers.md shows one."


@dataclass(frozen=True, slots=True)
class Section:
    """Articles under a title, by their names in edition.toml, and the voice for them. The first section of an issue has
    no title."""

    title: str
    articles: tuple[str, ...] = ()
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """The facts and sections of an issue; the first section holds the articles that stand alone.

    `voices` and `recordings` are those of articles, by their names; `turns` are voices that the articles have in turn;
    `readers` are the people who read, by the names of the files of their recordings.
    """

    title: str = ""
    publisher: str = ""
    language: str = ""
    date: str = ""
    sections: tuple[Section, ...] = (Section(""),)
    turns: tuple[str, ...] = ()
    voices: Mapping[str, str] = field(default_factory=dict)
    recordings: Mapping[str, str] = field(default_factory=dict)
    readers: Mapping[str, str] = field(default_factory=dict)

    @property
    def articles(self) -> tuple[str, ...]:
        """All names, in order."""
        return tuple(name for section in self.sections for name in section.articles)

    def with_facts(self, title: str, publisher: str, language: str, date: str) -> Contents:
        """Return the contents with other facts. Raises SettingsError for a date or language that is none."""
        return replace(
            self,
            title=" ".join(title.split()),
            publisher=" ".join(publisher.split()),
            language=language_tag("The language", language.strip()) if language.strip() else "",
            date=iso_date("The date", date.strip()) if date.strip() else "",
        )

    def with_article(self, name: str, section: str = "", at: int | None = None) -> Contents:
        """Return the contents with an article in a section, at a place or at its end; a new section where none has that
        title."""
        if name in self.articles:
            raise DeskError("This article is in the issue already.", "Look for it in the list.")
        title = " ".join(section.split())
        known = self if any(each.title == title for each in self.sections) else self.with_section(title)

        def with_it(found: Section) -> Section:
            place = len(found.articles) if at is None else min(max(at, 0), len(found.articles))
            return replace(found, articles=(*found.articles[:place], name, *found.articles[place:]))

        return known._changed(with_it, lambda each: each.title == title)

    def without(self, name: str) -> Contents:
        """Return the contents without an article, its voice and its recording. Raises DeskError where it is not in the
        issue."""
        self.place_of(name)
        return (
            self.with_recording(name, "")
            .with_voice(name, "")
            ._changed(
                lambda section: replace(section, articles=tuple(each for each in section.articles if each != name)),
                lambda section: name in section.articles,
            )
        )

    def renamed(self, name: str, new: str) -> Contents:
        """Return the contents with another name in an article's place."""
        section, at = self.place_of(name)
        renamed = self.without(name).with_article(new, section, at)
        return renamed.read_as(new, self.recordings.get(name, ""), self.reader_of(name), self.voices.get(name, ""))

    def place_of(self, name: str) -> tuple[str, int]:
        """Return the title of an article's section, and its place there from 0. Raises DeskError."""
        for section in self.sections:
            if name in section.articles:
                return section.title, section.articles.index(name)
        raise DeskError("This article is not in the issue any more.", "Go back to the list of articles.")

    def moved(self, name: str, by: int) -> Contents:
        """Return the contents with an article one place up (-1) or down (1): from the edge of a section into the next
        one. At the edge of the issue nothing changes."""
        section, at = self.place_of(name)
        number = [each.title for each in self.sections].index(section)
        if 0 <= at + by < len(self.sections[number].articles):
            return self.put_at(name, section, at + by)
        if not 0 <= number + by < len(self.sections):
            return self
        beyond = self.sections[number + by]
        return self.put_at(name, beyond.title, 0 if by > 0 else len(beyond.articles))

    def put_at(self, name: str, section: str, at: int | None = None) -> Contents:
        """Return the contents with an article moved to a place in a section, or to its end."""
        elsewhere = self.without(name).with_article(name, section, at)
        return replace(elsewhere, voices=self.voices, recordings=self.recordings, readers=self.readers)

    def reader_of(self, name: str) -> str:
        """Return the name of the person who reads an article in its recording; "" if none is given."""
        return self.readers.get(PurePosixPath(self.recordings.get(name, "")).name, "")

    def read_as(self, name: str, recording: str, reader: str, voice: str) -> Contents:
        """Return the contents with an article's recording, reader and voice; each may be ""."""
        contents = self.with_voice(name, voice).with_recording(name, recording)
        return contents.with_reader(name, reader) if recording else contents

    def with_recording(self, name: str, recording: str) -> Contents:
        """Return the contents with another recording of an article; "" for none."""
        if self.recordings.get(name, "") == recording:
            return self
        recordings = {each: path for each, path in self.recordings.items() if each != name}
        kept = {PurePosixPath(path).name for path in recordings.values()}
        old = PurePosixPath(self.recordings.get(name, "")).name
        readers = {file: reader for file, reader in self.readers.items() if file != old or file in kept}
        return replace(self, recordings=recordings | ({name: recording} if recording else {}), readers=readers)

    def begun_to_read(self, name: str, recording: str) -> Contents:
        """Return the contents with another recording of an article, "" for none, read by the person who read last."""
        contents = self.with_recording(name, recording)
        last = next(reversed(list(self.readers.values())), "")
        return contents.with_reader(name, last) if recording and last else contents

    def with_reader(self, name: str, reader: str) -> Contents:
        """Return the contents with the reader of an article's recording. Raises DeskError if it has no recording."""
        if name not in self.recordings:
            raise DeskError("There is no recording of this article.", "Record it first, or add a file.")
        file, named = PurePosixPath(self.recordings[name]).name, " ".join(reader.split())
        others = {each: who for each, who in self.readers.items() if each != file}
        return replace(self, readers=others | ({file: named} if named else {}))

    def with_voice(self, name: str, voice: str) -> Contents:
        """Return the contents with another voice for an article; "" for that of its section."""
        others = {each: given for each, given in self.voices.items() if each != name}
        return replace(self, voices=others | ({name: voice} if voice else {}))

    def with_section_voice(self, title: str, voice: str) -> Contents:
        """Return the contents with another voice for a section; "" for the default."""
        self._number_of(title)
        return self._changed(lambda section: replace(section, voice=voice), lambda section: section.title == title)

    def with_section(self, title: str) -> Contents:
        """Return the contents with a new, empty section at the end. Raises DeskError for a title that is there, or
        empty."""
        title = " ".join(title.split())
        if not title:
            raise DeskError("A section needs a name.", "Write one, such as Sport.")
        if any(section.title == title for section in self.sections):
            raise DeskError(f"There is a section “{title}” already.", "Choose another name.")
        return replace(self, sections=(*self.sections, Section(title)))

    def section_renamed(self, title: str, new: str) -> Contents:
        """Return the contents with another title for a section."""
        if " ".join(new.split()) == title:
            return self
        titled = self.with_section(new).sections[-1].title
        return self._changed(lambda section: replace(section, title=titled), lambda section: section.title == title)

    def section_moved(self, title: str, by: int) -> Contents:
        """Return the contents with a section one place up (-1) or down (1); the articles without one stay first."""
        number = self._number_of(title)
        other = number + by
        if not 1 <= other < len(self.sections):
            return self
        sections = list(self.sections)
        sections[number], sections[other] = sections[other], sections[number]
        return replace(self, sections=tuple(sections))

    def without_section(self, title: str) -> Contents:
        """Return the contents without a section; its articles go to the end of the one before."""
        number = self._number_of(title)
        before, gone = self.sections[number - 1], self.sections[number]
        joined = replace(before, articles=(*before.articles, *gone.articles))
        return replace(self, sections=(*self.sections[: number - 1], joined, *self.sections[number + 1 :]))

    def with_turns(self, voices: tuple[str, ...]) -> Contents:
        """Return the contents with other voices that take turns."""
        return replace(self, turns=voices)

    def _number_of(self, title: str) -> int:
        for number, section in enumerate(self.sections):
            if number and section.title == title:
                return number
        raise DeskError("This section is not in the issue any more.", "Go back to the list of articles.")

    def _changed(self, change: Callable[[Section], Section], wanted: Callable[[Section], bool]) -> Contents:
        return replace(self, sections=tuple(change(each) if wanted(each) else each for each in self.sections))


def read_contents(text: str) -> Contents:
    """Return what the text of an edition.toml lists. Raises SettingsError."""
    tables = _parsed(text).unwrap()
    sections = [Section("", _names(tables.get("articles", [])))]
    for table in tables.get("section", []):
        if not isinstance(table, dict):
            raise SettingsError("edition.toml: a section is not a table.", _MEND)
        title = " ".join(str(table.get("title", "")).split())
        names = _names(table.get("articles", []))
        if title and title not in [section.title for section in sections]:
            sections.append(Section(title, names, str(table.get("voice", ""))))
        else:  # two sections of one title are one in the edition too
            at = [section.title for section in sections].index(title)
            sections[at] = replace(sections[at], articles=(*sections[at].articles, *names))
    facts = {name: str(tables.get(name, "")) for name in _FACTS}
    narration = tables.get("narration", {})
    return Contents(
        **facts,
        sections=tuple(sections),
        turns=_names(tables.get("voices", []), "voices", once=False),
        voices=_texts(tables.get("article-voices", {}), "article-voices"),
        recordings=_texts(narration.get("articles", {}), "narration.articles") if isinstance(narration, dict) else {},
        readers=_texts(narration.get("narrators", {}), "narration.narrators") if isinstance(narration, dict) else {},
    )


def written(contents: Contents, text: str = "") -> str:
    """Return the contents as an edition.toml, made from the text of the one before."""
    document = _parsed(text)
    for name in _FACTS:
        value = getattr(contents, name)
        if not value:
            document.pop(name, None)
        elif str(document.get(name, "")) != value:
            document[name] = tomlkit.date(value) if name == "date" else value
    standing_alone, *sections = contents.sections
    tables = _old_tables(document)
    document.pop("section", None)
    document["articles"] = _array(standing_alone.articles)
    if contents.turns:
        document["voices"] = _array(contents.turns)
    else:
        document.pop("voices", None)
    if sections:
        document["section"] = _tables(sections, tables)
    _put_table(document, "article-voices", contents.voices)
    _put_narration(document, contents)
    return tomlkit.dumps(document)


def _put_narration(document: tomlkit.TOMLDocument, contents: Contents) -> None:
    """Write who reads; write nothing if nobody ever did."""
    narration = document.get("narration", tomlkit.table())
    if not isinstance(narration, MutableMapping):
        raise SettingsError("edition.toml: narration is not a table.", _MEND)
    was = dict(narration)
    _put_table(narration, "articles", contents.recordings)
    _put_table(narration, "narrators", contents.readers)
    if not narration:
        document.pop("narration", None)
    elif "narration" not in document or was != dict(narration):
        document["narration"] = narration


def _put_table(within: MutableMapping[str, Any], name: str, texts: Mapping[str, str]) -> None:
    """Write a table of texts, unless it says so already."""
    if dict(within.get(name, {})) == dict(texts):
        return
    if not texts:
        within.pop(name, None)
        return
    table = tomlkit.table()
    for key, text in texts.items():
        table[key] = text
    within[name] = table


def _old_tables(document: tomlkit.TOMLDocument) -> dict[str, Table]:
    """Return the tables of sections by title, with whatever else a person wrote into them."""
    return {str(table.get("title", "")): table for table in document.get("section", []) if isinstance(table, Table)}


def _tables(sections: list[Section], old: dict[str, Table]) -> AoT:
    tables = tomlkit.aot()
    for section in sections:
        table = old.get(section.title, tomlkit.table())
        table["title"] = section.title
        table["articles"] = _array(section.articles)
        if section.voice:
            table["voice"] = section.voice
        else:
            table.pop("voice", None)
        tables.append(table)
    return tables


def _array(names: tuple[str, ...]) -> Array:
    array = tomlkit.array()
    array.extend(names)
    return array.multiline(len(names) > 1)


def _names(value: object, what: str = "articles", *, once: bool = True) -> tuple[str, ...]:
    """Return a list of names; each but the first time that it is listed where `once` is set."""
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise SettingsError(f"edition.toml: {what} is not a list of names.", _MEND)
    return tuple(dict.fromkeys(value) if once else value)


def _texts(value: object, what: str) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise SettingsError(f"edition.toml: {what} is not a table of names.", _MEND)
    return dict(value)


def _parsed(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise SettingsError(f"edition.toml: this is not TOML ({error}).", _MEND) from error
