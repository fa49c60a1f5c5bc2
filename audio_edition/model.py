"""The values that the stages hand on: Article, Script, Clip, Recording, Package. All are frozen.

Time is a whole number of samples; a writer turns it into seconds, once. Text positions count characters (code points).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from audio_edition.alignment import Span, spoken_places

Level = Literal["error", "warning", "note"]
ParagraphKind = Literal[
    "body", "quote", "list item", "caption", "picture", "table header", "table row", "code", "formula", "note",
    "dateline", "byline",
]  # fmt: skip
Role = Literal[
    "title", "byline", "dateline", "heading", "body", "quote", "list item", "caption", "picture", "table header",
    "table row", "code", "formula", "note", "announcement",
]  # fmt: skip

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")

Notes = Literal["after", "end"]
"""Where notes are read: after the paragraph that refers to them, or at the end of the article."""

TEMPLATE_FIELDS = ("title", "publisher", "date", "articles", "minutes")
"""What the sentences that announce an issue may name in braces."""

RATE_HZ = 44_100
"""Samples a second of every recording."""

LANGUAGE_GUESSED = "language-guessed"
"""The id of the finding that nobody named the article's language."""


def is_language_tag(text: str) -> bool:
    """Whether the text looks like a BCP 47 tag."""
    return _LANGUAGE_TAG.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something an editor should know: `id` names the kind, `place` says where, `text` quotes the characters meant, and
    exactly those where they were left out."""

    id: str
    level: Level
    message: str
    place: str = ""
    remedy: str = ""
    text: str = ""


# --- read


@dataclass(frozen=True, slots=True)
class Phrase:
    """The characters `start` to `end` of a paragraph, which the document says are in another language (BCP 47)."""

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a cell's text starts in the paragraph that is its row, and what its column is called."""

    start: int
    header: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as written, on one line. `language` is a BCP 47 tag, or empty for the article's own.

    A picture is its alternative text; a table's row is its cells, in order, those without text left out.
    """

    text: str
    kind: ParagraphKind = "body"
    language: str = ""
    phrases: tuple[Phrase, ...] = ()
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (none for the lead) of level 1 to 6, and the paragraphs under it. `language` is the heading's, or empty
    for the article's own."""

    heading: str | None
    paragraphs: tuple[Paragraph, ...]
    level: int = 2
    language: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A document as it was read. `credits` are the dateline and byline in the order they were written; `published` is
    an ISO 8601 date, `source` who published it, `category` the part of a newspaper that it stands in. What is not known
    is empty."""

    title: str
    sections: tuple[Section, ...]
    credits: tuple[Paragraph, ...] = ()
    published: str = ""
    language: str = ""
    source: str = ""
    category: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def dateline(self) -> str:
        return next((credit.text for credit in self.credits if credit.kind == "dateline"), "")

    @property
    def byline(self) -> str:
        return next((credit.text for credit in self.credits if credit.kind == "byline"), "")


@dataclass(frozen=True, slots=True)
class Issue:
    """The articles of a document: one, or those of a newspaper, a feed or an agency's message, with what it says of
    all of them. `findings` are of no one article."""

    articles: tuple[Article, ...]
    title: str = ""
    published: str = ""
    language: str = ""
    source: str = ""
    findings: tuple[Finding, ...] = ()


# --- script


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence to be heard between two utterances, in milliseconds, and why it is there."""

    milliseconds: int
    reason: str


@dataclass(frozen=True, slots=True)
class Pauses:
    """The silence heard at each place, in milliseconds: all of it, whatever the engine adds of its own."""

    sentence: int = 250
    phrase: int = 60
    paragraph: int = 650
    item: int = 400
    before_heading: int = 900
    after_heading: int = 600
    after_title: int = 800
    after_credit: int = 600
    between_articles: int = 2000
    between_sections: int = 2500
    end: int = 1000


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How the characters `start` to `end` of an utterance's `spoken` are to sound, in IPA. What stands there is said by
    engines that take no IPA."""

    start: int
    end: int
    ipa: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence or heading. `text` is as written, `spoken` as the engine gets it.

    `id` is `c02-p003-s01`: chapter, paragraph, sentence; every output calls the sentence by it. `space_before` is false
    where nothing stood between this sentence and the one before it in its paragraph (Chinese, a very long word).
    `pronunciations` are in order, and apart.
    """

    id: str
    text: str
    spoken: str
    role: Role = "body"
    language: str = ""
    space_before: bool = True
    pronunciations: tuple[Pronunciation, ...] = ()

    @property
    def paragraph_id(self) -> str:
        return self.id.rpartition("-")[0]

    def as_written(self, spans: Sequence[Span]) -> list[Span]:
        """The characters of `text` that each span of characters of `spoken` says."""
        if self.text == self.spoken:
            return list(spans)
        said, places = spoken_places(self.text, self.spoken)
        if not places:
            return [(0, 0)] * len(spans)
        ends = [end for _, end in said]
        return [places[min(bisect.bisect_right(ends, start), len(places) - 1)] for start, _ in spans]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Utterances and the pauses between them, under a title. `id` is `c02`.

    Players that know no levels are given tracks: a chapter that `continues` is in the track of the one before it.
    `track` is what the track is called that begins with this chapter, where it is not the chapter's title.
    """

    id: str
    title: str
    parts: tuple[Utterance | Pause, ...]
    level: int = 1
    continues: bool = False
    track: str = ""

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return tuple(part for part in self.parts if isinstance(part, Utterance))

    def paragraphs(self) -> Iterator[tuple[Utterance, ...]]:
        """The utterances, those of one paragraph together."""
        together: list[Utterance] = []
        for utterance in self.utterances:
            if together and together[-1].paragraph_id != utterance.paragraph_id:
                yield tuple(together)
                together = []
            together.append(utterance)
        if together:
            yield tuple(together)


@dataclass(frozen=True, slots=True)
class Script:
    """What will be said, in order, and what the edition is called. `published` is an ISO 8601 date, or empty."""

    title: str
    chapters: tuple[Chapter, ...]
    language: str = "en"
    published: str = ""
    source: str = ""
    byline: str = ""
    dateline: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return tuple(utterance for chapter in self.chapters for utterance in chapter.utterances)

    @property
    def language_guessed(self) -> bool:
        """Whether nobody named the language: a guess is a finding."""
        return any(finding.id == LANGUAGE_GUESSED for finding in self.findings)


def joined(utterances: tuple[Utterance, ...]) -> str:
    """The sentences of one paragraph as the paragraph was written."""
    first, *rest = utterances
    return first.text + "".join(" " * utterance.space_before + utterance.text for utterance in rest)


# --- speak


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of an engine. `id` is what `--voice` takes; `language` is a BCP 47 tag; `licence` is empty where nobody
    tells it. `version` tells voices of one name apart where they come as files."""

    id: str
    name: str
    language: str
    engine: str
    gender: str = ""
    licence: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Speech:
    """Who is to speak, and how. An empty engine, voice or language leaves the choice to the system or the article, no
    rate leaves it to the engine.

    `voices` names further ones, each an id or `engine:id`, by what they speak: a language tag, or "quote" or "heading".
    `lexicons` say how words are said, a later one over an earlier; under them is the program's own for news.
    """

    engine: str = ""
    voice: str = ""
    language: str = ""
    rate_wpm: int | None = None
    volume: float = 1.0
    voices: Mapping[str, str] = field(default_factory=dict)
    lexicons: tuple[Path, ...] = ()
    news_lexicon: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who says it and how fast, in words a minute."""

    voice: Voice
    rate_wpm: int = 175


@dataclass(frozen=True, slots=True)
class Word:
    """A word heard from sample `start` to `end`, and the characters of the text it says."""

    start: int
    end: int
    text_start: int
    text_end: int


@dataclass(frozen=True, slots=True)
class Clip:
    """The sound of one utterance: signed 16-bit mono samples, native order, at `rate_hz`; words point into `spoken`."""

    pcm: bytes = field(repr=False)
    rate_hz: int
    words: tuple[Word, ...] = ()

    @property
    def length(self) -> int:
        """Samples at `rate_hz`."""
        return len(self.pcm) // 2


# --- stitch


@dataclass(frozen=True, slots=True)
class Cue:
    """When an utterance and its words sound, in samples at RATE_HZ from the start of its chapter. The words point into
    the utterance's `text`. `voice` says who speaks where it is not the edition's main voice."""

    utterance: Utterance
    start: int
    end: int
    words: tuple[Word, ...] = ()
    voice: Voice | None = None


@dataclass(frozen=True, slots=True)
class Take:
    """What was recorded in one go: a chapter, or a stretch of a long one. `start` counts from the start of the chapter;
    `tracks` holds one file of bare encoded frames per codec."""

    start: int
    length: int
    tracks: dict[str, Path]


@dataclass(frozen=True, slots=True)
class ChapterRecording:
    """One chapter's sound, in takes that follow each other without gap. `start` counts from the start of the
    edition."""

    chapter: Chapter
    start: int
    length: int
    cues: tuple[Cue, ...]
    takes: tuple[Take, ...] = ()

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Recording:
    """A script, spoken: its chapters follow each other without gap, in samples at RATE_HZ. `delivery` and
    `engine_version` are those of the main voice; `others` speak besides it."""

    script: Script
    chapters: tuple[ChapterRecording, ...]
    delivery: Delivery
    engine_version: str
    others: tuple[Voice, ...] = ()
    certifier: str = ""
    """Who looked at editions like this and vouches that they are accessible (WCAG 2.2 AA), where somebody does."""

    @property
    def length(self) -> int:
        return self.chapters[-1].end

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All that speak, the main one first."""
        return (self.delivery.voice, *self.others)


# --- publish


@dataclass(frozen=True, slots=True)
class Package:
    """The files that one format wrote, relative to the edition's folder, the one to open first leading."""

    format: str
    files: tuple[Path, ...]
