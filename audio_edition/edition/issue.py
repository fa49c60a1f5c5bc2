"""Several documents, named or listed in an edition.toml, become one Issue.

What the caller says of it goes over what the list says, and that over what the documents say.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from audio_edition.config import Settings, date_of_build, iso_date, known, language_tag
from audio_edition.errors import ReadError, SettingsError, place_in
from audio_edition.model import Article, Credit, Finding, Issue
from audio_edition.read import load, read
from audio_edition.read.divided import levels_of
from audio_edition.sources.storage import is_remote, load_remote

_MOST_DOCUMENTS = 10_000
_LIST_KEYS = (
    "title", "date", "language", "publisher", "articles", "section", "voices", "article-voices", "narration",
)  # fmt: skip
_WITH_TEXT, _WITHOUT_TEXT = ("articles", "decisions"), ("chapters", "transcribe")
"""What [narration] says of recordings with a text, and of those without."""
_MEND_LIST = "Mend it; docs/newspapers.md shows one."


@dataclass(frozen=True, slots=True)
class Source:
    """A document that is a file, at an http(s) address or one that fsspec knows, or bytes that are called `name`.

    `category` is the part of the issue that its articles go to; empty for what the document says. `listed` is what an
    edition.toml calls it, and `voice` the voice that the list asks for.
    """

    document: Path | bytes | str
    name: str = ""
    category: str = ""
    listed: str = ""
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document's bytes, and the file that they are from."""

    data: bytes
    name: str
    category: str = ""
    path: Path | None = None
    listed: str = ""
    voice: str = ""
    """Both as in Source."""


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents of an issue in order, and what an edition.toml says of it; `listed_in` is that file."""

    loaded: tuple[Loaded, ...]
    title: str = ""
    published: str = ""
    language: str = ""
    source: str = ""
    recordings: tuple[Path, ...] = ()
    """Of people who read, files and folders."""
    recorded: Mapping[str, str] = field(default_factory=dict)
    """Those of one article alone, by what the list calls the article; as the list has them."""
    narrator: str = ""
    narrators: Mapping[str, str] = field(default_factory=dict)
    """Who reads in a recording, by the name of its file, where that is not `narrator`."""
    decisions: Path | None = None
    """Of a human, on the recordings."""
    chapters: Path | None = None
    """The list of chapters of a recording that has no text, as `transcribe` is of such recordings."""
    transcribe: bool = False
    listed_in: Path | None = None


def load_documents(sources: Sequence[Source], *, allow_private: bool = False) -> Documents:
    """Return the documents, those that an edition.toml lists in its place.

    Addresses on this machine and in private networks are refused unless allowed. Raises ReadError, SettingsError.
    """
    if len(sources) == 1 and isinstance(path := sources[0].document, Path) and path.suffix.lower() == ".toml":
        return _listed(sources[0], allow_private)
    return Documents(tuple(_loaded(source, allow_private) for source in sources))


def read_issue(documents: Documents, settings: Settings) -> Issue:
    """Return the articles of all documents, in order. Raises ReadError."""
    if not documents.loaded:
        name = documents.listed_in or "This edition"
        raise ReadError(
            f"{name} has recordings and no article, so there is no text.",
            "Make the edition of its recordings: audio-edition build edition.toml",
        )
    language = settings.speech.language or documents.language
    issues = [_as_listed(_read(each, language, settings), each) for each in documents.loaded]
    if settings.split.isdecimal() and all(len(issue.articles) == 1 for issue in issues):
        raise _not_split(documents, issues, settings.split)
    articles = tuple(article for issue in issues for article in issue.articles)
    findings = tuple(finding for issue in issues for finding in issue.findings)
    own = issues[0] if len(issues) == 1 else Issue(articles, findings=findings)
    publisher = settings.publisher or documents.source or own.source or _shared(article.source for article in articles)
    title = settings.title or documents.title or own.title
    issue = Issue(
        articles,
        title or publisher or articles[0].title,
        settings.date or documents.published or own.published or date_of_build(),
        language or own.language or Counter(article.language for article in articles).most_common(1)[0][0],
        publisher,
        own.findings,
    )
    if len(articles) == 1:
        return replace(issue, articles=(_alone(articles[0], issue, settings),))
    return issue if title else replace(issue, findings=(*issue.findings, _untitled(issue.title)))


def _read(document: Loaded, language: str, settings: Settings) -> Issue:
    folder = document.path.parent if document.path else None
    return read(
        document.data,
        name=document.name,
        language=language,
        keep_all=settings.keep_all,
        folder=folder,
        split=settings.split,
    )


def _not_split(documents: Documents, issues: Sequence[Issue], level: str) -> ReadError:
    """Return an error that says which headings the documents have."""
    counts = Counter[int]()
    for issue in issues:
        counts += levels_of(issue)
    named = ", ".join(f"{count} of level {each}" for each, count in sorted(counts.items()))
    names = documents.loaded[0].name if len(documents.loaded) == 1 else "The documents"
    several = [each for each, count in sorted(counts.items()) if count > 1]
    return ReadError(
        f"{names}: headings of level {level} do not divide the text into several articles. "
        f"The headings below the title are: {named or 'none'}.",
        f"Name another level: --split {several[0]}" if several else "Put each article into a document of its own.",
    )


def each_alone(issue: Issue, settings: Settings) -> list[Article]:
    """Return the articles of an issue, each to be an edition of its own."""
    if len(issue.articles) == 1:
        return list(issue.articles)
    own = replace(settings, title="")
    return [_alone(article, replace(issue, source=issue.source or article.source), own) for article in issue.articles]


# --- what the documents are


def _loaded(source: Source, allow_private: bool) -> Loaded:
    document = source.document
    if isinstance(document, str) and is_remote(document):
        return Loaded(load_remote(document, source.name), source.name or document, source.category)
    if isinstance(document, str):
        from audio_edition.sources.addresses import fetch

        fetched = fetch(document, allow_private=allow_private)
        return Loaded(fetched.data, source.name or fetched.url, source.category)
    name = source.name or (str(document) if isinstance(document, Path) else "the document")
    path = document if isinstance(document, Path) else None
    return Loaded(load(document, name), name, source.category, path)


def _listed(source: Source, allow_private: bool) -> Documents:
    """Return what an edition.toml lists: `articles` without a section, then those of each [[section]]."""
    name = str(source.document)
    try:
        tables = tomllib.loads(_loaded(source, allow_private).data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        place = f" at {where}" if (where := place_in(error)) else ""
        raise SettingsError(f"{name}: this is not TOML{place}.", _MEND_LIST) from error
    try:
        _known_keys(tables, _LIST_KEYS, "the list")
        folder = Path(name).parent
        sources = list(_with_voices(_sources(tables, folder), tables))
        narration = _narration(tables)
        _check_narration(narration, sources)
        recorded = _of_articles(narration.get("articles", {}), sources, "narration.articles")
        documents = Documents(
            (),
            _text(tables, "title"),
            iso_date("date", tables["date"]) if "date" in tables else "",
            language_tag("language", tables["language"]) if "language" in tables else "",
            _text(tables, "publisher"),
            tuple(
                _inside(file, folder, "narration: recordings")
                for file in (*_list(narration.get("recordings", []), "recordings"), *dict.fromkeys(recorded.values()))
            ),
            recorded,
            _text(narration, "narrator"),
            _narrators(narration.get("narrators", {})),
            _inside(narration["decisions"], folder, "narration: decisions") if "decisions" in narration else None,
            _inside(narration["chapters"], folder, "narration: chapters") if "chapters" in narration else None,
            narration.get("transcribe", False),
            listed_in=Path(name),
        )
    except SettingsError as error:
        raise SettingsError(f"{name}: {error.message}", error.remedy) from error
    loaded = (replace(_loaded(source, allow_private), listed=source.listed, voice=source.voice) for source in sources)
    return replace(documents, loaded=tuple(loaded))


def _sources(tables: Mapping[str, Any], folder: Path) -> Iterator[Source]:
    sections = [("", "", tables.get("articles", []), "articles")]
    for number, section in enumerate(_list(tables.get("section", []), "section"), start=1):
        place = f"section {number}"
        if not isinstance(section, Mapping):
            raise SettingsError(f"{place} is not a table.", "Write it as [[section]] on a line of its own.")
        _known_keys(section, ("title", "voice", "articles"), place)
        voice = _voice(section["voice"], f"{place}: voice") if "voice" in section else ""
        sections.append((_text(section, "title"), voice, section.get("articles", []), f"{place}: articles"))
    found = [Source(_document(file, folder, place), category=title, listed=file, voice=voice)
             for title, voice, files, place in sections for file in _list(files, place)]  # fmt: skip
    is_sound_alone = not found and isinstance(own := tables.get("narration"), Mapping) and own.get("recordings")
    if not is_sound_alone and not 0 < len(found) <= _MOST_DOCUMENTS:
        raise SettingsError(
            f"it lists {len(found)} articles.", f"List some under articles or [[section]], at most {_MOST_DOCUMENTS}."
        )
    yield from found


def _narration(tables: Mapping[str, Any]) -> Mapping[str, Any]:
    narration = tables.get("narration", {})
    if not isinstance(narration, Mapping):
        raise SettingsError("narration is not a table.", "Write it as [narration] on a line of its own.")
    _known_keys(narration, (*_WITH_TEXT, *_WITHOUT_TEXT, "recordings", "narrator", "narrators"), "[narration]")
    if not isinstance(narration.get("transcribe", False), bool):
        raise SettingsError(
            f"narration: transcribe is {str(narration['transcribe'])[:60]!r}.", "Write true or false, without quotes."
        )
    return narration


def _check_narration(narration: Mapping[str, Any], sources: Sequence[Source]) -> None:
    """Raise SettingsError for a key that only recordings with a text take if no articles are listed, and for one that
    only recordings without a text take if some are."""
    wrong = [key for key in narration if key in (_WITHOUT_TEXT if sources else _WITH_TEXT)]
    if wrong and sources:
        raise SettingsError(
            f"narration: {wrong[0]} is for recordings without a text, and it lists articles.",
            f"Leave out {wrong[0]}, or the articles.",
        )
    if wrong:
        raise SettingsError(
            f"narration: {wrong[0]} is for recordings with a text, and it lists no articles.",
            f"List the articles, or leave out {wrong[0]}.",
        )


def _with_voices(sources: Iterable[Source], tables: Mapping[str, Any]) -> Iterator[Source]:
    """Yield the sources with their voices: the article's own, else its section's, else the next of those that take
    turns."""
    listed = list(sources)
    turns = [_voice(each, "voices") for each in _list(tables.get("voices", []), "voices")]
    own = _of_articles(tables.get("article-voices", {}), listed, "article-voices")
    for number, source in enumerate(listed):
        in_turn = turns[number % len(turns)] if turns else ""
        asked = _voice(own[source.listed], "article-voices") if source.listed in own else ""
        yield replace(source, voice=asked or source.voice or in_turn)


def _voice(value: Any, place: str) -> str:
    """Return the name of a voice. A list may come from anybody, so it can't name files."""
    if not isinstance(value, str) or not value.strip() or any(sign in value for sign in "/\\\0"):
        raise SettingsError(
            f"{place}: {str(value)[:60]!r} is not the name of a voice.", "See the names with: audio-edition voices"
        )
    return " ".join(value.split())


def _of_articles(table: Any, sources: Iterable[Source], place: str) -> dict[str, str]:
    """Return a table that has a text for each of some articles."""
    if not isinstance(table, Mapping) or not all(isinstance(each, str) for each in table.values()):
        raise SettingsError(
            f"{place} is not a table of names.", f"Write [{place}], and under it a line for each article."
        )
    known_names = [source.listed for source in sources]
    for name in table:
        if name not in known_names:
            raise SettingsError(
                f"{place}: {name[:60]!r} is not an article of the list.", "Write its name as the list does."
            )
    return dict(table)


def _narrators(table: Any) -> dict[str, str]:
    if not isinstance(table, Mapping) or not all(isinstance(name, str) for name in table.values()):
        remedy = 'Write a name for each file, such as "011_Rain.wav" = "Jane Doe".'
        raise SettingsError("narration.narrators is not a table of names.", remedy)
    return {file: _text(table, file) for file in table}


def _list(value: Any, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise SettingsError(f"{place} is not a list.", 'Write it as a list, such as ["rain.html", "ferry.txt"].')
    return value


def _document(value: Any, folder: Path, place: str) -> Path | str:
    if not isinstance(value, str) or not value or "\0" in value:
        raise SettingsError(f"{place}: {str(value)[:60]!r} is not a file name.", "Write names between quotes.")
    if is_remote(value):
        raise SettingsError(
            f"{place}: {value[:60]} is neither a web page nor a file.",
            "Name such an address on the command line; a list may come from anybody.",
        )
    return value if is_address(value) else _inside(value, folder, place)


def _inside(value: Any, folder: Path, place: str) -> Path:
    """Return the path of a file that a list names. Raises SettingsError where it is not in the list's folder."""
    if not isinstance(value, str) or not value or "\0" in value:
        raise SettingsError(f"{place}: {str(value)[:60]!r} is not a file name.", "Write names between quotes.")
    if not (folder / value).resolve().is_relative_to(folder.resolve()):
        raise SettingsError(
            f"{place}: {value[:60]} is outside the folder of the list.",
            "Put the document into that folder, or name it on the command line.",
        )
    return folder / value


def is_address(name: str) -> bool:
    """Return whether the name of a document is an address to fetch it from."""
    return name.lower().startswith(("http://", "https://")) or is_remote(name)


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise SettingsError(f"{key} is {str(value)[:60]!r}.", "Write it as text, between quotes.")
    return " ".join(value.split())


def _known_keys(table: Mapping[str, Any], keys: Sequence[str], place: str) -> None:
    for key in table:
        known(key, keys, f"In {place}, the key")


# --- what is said of them


def _as_listed(issue: Issue, document: Loaded) -> Issue:
    """Return what a document holds with what the list, or the command line, says of it."""
    articles = (
        replace(
            article,
            category=document.category or article.category,
            document=document.listed,
            voice=document.voice,
        )
        for article in issue.articles
    )
    return replace(issue, articles=tuple(articles))


def _alone(article: Article, issue: Issue, settings: Settings) -> Article:
    """Return the only article, with what is said of the issue."""
    named = article.credits
    if settings.author:
        named = (Credit(settings.author, "byline"), *(credit for credit in named if credit.kind != "byline"))
    return replace(
        article,
        title=settings.title or article.title,
        credits=named,
        published=settings.date or article.published or issue.published,
        source=issue.source,
        category="",
        findings=(*issue.findings, *article.findings),
    )


def _untitled(title: str) -> Finding:
    message = f"Nothing says what the edition is called, so it is called “{title[:60]}”."
    return Finding("untitled-issue", "note", message, remedy="Name it: --title")


def _shared(names: Iterable[str]) -> str:
    """Return the name that all have."""
    (name, *others) = dict.fromkeys(names)
    return "" if others else name
