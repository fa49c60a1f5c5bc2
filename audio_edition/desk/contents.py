"""What an edition.toml lists, as the desk changes it: each change returns new contents, and writing them keeps a
person's comments and whatever else the file says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Array, Table

from audio_edition.errors import DeskError, SettingsError
from audio_edition.model.settings import iso_date, language_tag

_FACTS = ("title", "publisher", "language", "date")
_MEND = "Mend edition.toml in an editor; docs/newspapers.md shows one."


@dataclass(frozen=True, slots=True)
class Section:
    """Articles under a title, by their names as edition.toml has them. The first section of an issue has no title."""

    title: str
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """The facts and sections of an issue; the first section holds the articles that stand alone."""

    title: str = ""
    publisher: str = ""
    language: str = ""
    date: str = ""
    sections: tuple[Section, ...] = (Section(""),)

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
        """Return the contents without an article. Raises DeskError where it is not in the issue."""
        self.place_of(name)
        return self._changed(
            lambda section: replace(section, articles=tuple(each for each in section.articles if each != name)),
            lambda section: name in section.articles,
        )

    def renamed(self, name: str, new: str) -> Contents:
        """Return the contents with another name in an article's place."""
        section, at = self.place_of(name)
        return self.without(name).with_article(new, section, at)

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
            return self.without(name).with_article(name, section, at + by)
        if not 0 <= number + by < len(self.sections):
            return self
        beyond = self.sections[number + by]
        return self.without(name).with_article(name, beyond.title, 0 if by > 0 else len(beyond.articles))

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
            sections.append(Section(title, names))
        else:  # two sections of one title are one in the edition too
            at = [section.title for section in sections].index(title)
            sections[at] = replace(sections[at], articles=(*sections[at].articles, *names))
    facts = {name: str(tables.get(name, "")) for name in _FACTS}
    return Contents(**facts, sections=tuple(sections))


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
    if sections:
        document["section"] = _tables(sections, tables)
    return tomlkit.dumps(document)


def _old_tables(document: tomlkit.TOMLDocument) -> dict[str, Table]:
    """Return the tables of sections by title, with whatever else a person wrote into them."""
    return {str(table.get("title", "")): table for table in document.get("section", []) if isinstance(table, Table)}


def _tables(sections: list[Section], old: dict[str, Table]) -> AoT:
    tables = tomlkit.aot()
    for section in sections:
        table = old.get(section.title, tomlkit.table())
        table["title"] = section.title
        table["articles"] = _array(section.articles)
        tables.append(table)
    return tables


def _array(names: tuple[str, ...]) -> Array:
    array = tomlkit.array()
    array.extend(names)
    return array.multiline(len(names) > 1)


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise SettingsError("edition.toml: articles is not a list of names.", _MEND)
    return tuple(_once(value))


def _once(names: list[str]) -> Iterator[str]:
    """Yield each name the first time that it is listed."""
    yield from dict.fromkeys(names)


def _parsed(text: str) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(text)
    except (TOMLKitError, ValueError, RecursionError) as error:
        raise SettingsError(f"edition.toml: this is not TOML ({error}).", _MEND) from error
