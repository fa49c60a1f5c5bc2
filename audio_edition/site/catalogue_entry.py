"""The entry of an edition in a site's catalogue: all that the site shows of it without opening it again."""

from __future__ import annotations

import collections
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from audio_edition.edition.folder import SOUNDS, EditionFile, FinishedEdition
from audio_edition.formats.about import about, title_of
from audio_edition.formats.clips import edition_identifier
from audio_edition.formats.clock import milliseconds
from audio_edition.formats.disclosure import disclosure
from audio_edition.formats.language import direction
from audio_edition.formats.slug import slug
from audio_edition.model import ChapterRecording, Paragraph, Script
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for

_ENOUGH, _LONGEST = 160, 320
"""Characters of a description: with the sentence that reaches the first it ends; it has no more than the second."""
_SENTENCE_END = re.compile(r"""[.!?…。！？؟।۔։။]["'”’»›)\]」』】]*$""")
_SENTENCE_END_WITHIN = re.compile(r"""(?:[.!?…؟।۔։။]["'”’»›)\]]*(?=\s)|[。！？][」』】]*)""")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[0-9A-Za-z]{1,8}){0,4}")
_NAMES = {"mp3": "MP3", "daisy202": "DAISY 2.02", "daisy3": "DAISY 3"}
_OFFERED = (*_NAMES, "m4b", "epub", "audiobook")
"""Formats that are whole in one file. People choose them by names of at most 32 characters (podcast-namespace); some
are the same in every language."""
_PACKED = (".mp3", ".m4b", ".epub", ".zip", ".lpf")
_LINKED = frozenset({"index.html", "transcript.html", "transcript.vtt", "transcript.txt", "chapters.json", "cover.png"})


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """An edition as a site shows it.

    `name` is its folder's, `number` what the search index calls it, `guid` what podcast apps know it by: none of the
    three changes with a correction. `published` is a date, or empty. Texts are on one line.
    """

    name: str
    number: int
    guid: str
    manifest_sha256: str
    title: str
    language: str
    published: str
    author: str
    source: str
    description: str
    disclosure: str
    milliseconds: int
    files: tuple[EditionFile, ...]

    @property
    def folder(self) -> str:
        """The edition's folder, relative to the site's root like all addresses here."""
        return f"editions/{self.name}/"

    @property
    def page(self) -> str:
        """The page on which the edition is read and heard."""
        if self.file("index.html"):
            return self.folder
        file = self.file("transcript.html") or self.sound
        return self.folder + file.path

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def sound(self) -> EditionFile:
        """The file that feeds enclose."""
        return next(file for name in SOUNDS for file in self.files if file.format == name)

    @property
    def offered(self) -> tuple[tuple[EditionFile, str], ...]:
        """The files that each hold the whole edition, with a label in the edition's language."""
        words = words_for("site", self.language)
        whole = (file for file in self.files if _is_whole(file))
        return tuple((file, _NAMES.get(file.format) or words[file.format]) for file in whole)

    def file(self, path: str) -> EditionFile | None:
        return next((file for file in self.files if file.path == path), None)


def main_language(entries: Iterable[CatalogueEntry]) -> str:
    """Return the language of most editions; English where there are none."""
    counted = collections.Counter(entry.language for entry in entries)
    return min(counted, key=lambda tag: (-counted[tag], tag), default="en")


def entry_of(edition: FinishedEdition, name: str) -> CatalogueEntry:
    """Return the catalogue entry of an edition that will be called `name` in the site; its number is assigned later."""
    language = edition.language if _LANGUAGE.fullmatch(edition.language) else "und"
    return CatalogueEntry(
        name=name,
        number=0,
        guid=_identifier(edition),
        manifest_sha256=edition.manifest_sha256,
        title=_line(title_of(edition.title, language)),
        language=language,
        published=edition.published,
        author=_line(", ".join(about(edition).authors)),
        source=_line(edition.source),
        description=_description(edition),
        disclosure=disclosure(edition.voices, language, edition.wording),
        milliseconds=milliseconds(edition.length),
        files=tuple(file for file in edition.files if file.path in _LINKED or _is_whole(file)),
    )


def name_of(edition: FinishedEdition) -> str:
    """Return the name of an edition's folder in a site: its date, so that a daily edition does not replace yesterday's,
    and the name of its own folder."""
    name = slug(edition.folder.resolve().name)
    return name if name.startswith(edition.published) else f"{edition.published}-{name}"


def texts(edition: FinishedEdition) -> Iterator[str]:
    """Yield the text of an edition that the search index covers."""
    work = about(edition)
    yield from (edition.byline, edition.source, work.subtitle, work.description, work.series)
    yield from (*work.authors, *(creator.name for creator in work.others), *work.subjects)
    for recorded in edition.chapters:
        yield from (passage.text for passage in recorded.chapter.passages)


def _is_whole(file: EditionFile) -> bool:
    """Whether a file is the whole edition: formats also write files that belong to one."""
    return file.format in _OFFERED and file.path.endswith(_PACKED) and "/" not in file.path


def _description(edition: FinishedEdition) -> str:
    """Return the document's own description; for a newspaper, its headlines; else the first sentences."""
    if told := _line(edition.metadata.description):
        return _as_far_as_sentences_go(told)
    headlines = _headlines(edition.chapters)
    return _joined(headlines) if headlines else _first_sentences(edition)


def _headlines(recorded: Sequence[ChapterRecording]) -> list[str]:
    """Return the headlines of an edition's articles; none where it has only one article."""
    chapters = [each.chapter for each in recorded]
    announced = [any(passage.role == "announcement" for passage in chapter.passages) for chapter in chapters]
    alone = not any(announced) and not any(chapter.continues for chapter in chapters)
    if alone and sum(chapter.level == 1 for chapter in chapters) < 2:
        return []
    return [
        _line(chapter.title)
        for before, chapter, told in zip([None, *chapters], chapters, announced, strict=False)
        if not told and not chapter.track and (not chapter.continues or (before and before.track))
    ]


def _joined(headlines: Sequence[str]) -> str:
    """Join as many whole headlines as fit."""
    said = ""
    for headline in headlines:
        longer = f"{said}; {headline}" if said else headline
        if len(longer) > _LONGEST:
            return f"{said} …" if said else _cut(headline)
        said = longer
    return said


def _first_sentences(edition: FinishedEdition) -> str:
    """Return the sentences with which the text begins, up to one that leads over to something, such as a list."""
    blocks = (block for recorded in edition.chapters for block in recorded.chapter.blocks)
    paragraphs = (block.text for block in blocks if isinstance(block, Paragraph) and block.text.role == "body")
    sentences = [_line(utterance.text) for text in paragraphs for utterance in text.utterances]
    whole = [sentence for sentence in sentences if _SENTENCE_END.search(sentence)]
    said = ""
    for sentence in sentences:
        longer = f"{said} {sentence}" if said else sentence
        if whole and sentence not in whole:
            if said:
                break
        elif len(longer) > _LONGEST:
            return said or _cut(sentence)
        else:
            said = longer
        if len(said) >= _ENOUGH:
            break
    return said


def _as_far_as_sentences_go(text: str) -> str:
    """Return a text, or its first sentences if it is long."""
    if len(text) <= _LONGEST:
        return text
    ends = [found.end() for found in _SENTENCE_END_WITHIN.finditer(text[: _LONGEST + 1])]
    return text[: ends[-1]].strip() if ends else _cut(text)


def _cut(sentence: str) -> str:
    """Return the beginning of a sentence that is too long, cut at a word where the language has spaces."""
    beginning = sentence[:_LONGEST]
    end = beginning.rfind(" ", _LONGEST // 2)
    return f"{beginning[:end] if end > 0 else beginning} …"


def _identifier(edition: FinishedEdition) -> str:
    """Return the identifier that the edition's books carry."""
    title, source = one_line(edition.title), one_line(edition.source)
    return edition_identifier(Script(title, (), published=edition.published, source=source))


def _line(text: str) -> str:
    return " ".join(one_line(text).split())
