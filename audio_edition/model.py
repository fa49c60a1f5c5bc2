"""The values that the stages hand on: Article, Script, Clip, Recording, Package. All are frozen.

Time is a whole number of samples; a writer turns it into seconds, once. Text positions count characters (code points).
"""

from __future__ import annotations

import bisect
import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Level = Literal["error", "warning", "note"]
ParagraphKind = Literal["body", "quote", "list item", "caption", "table row", "note", "dateline", "byline"]
Role = Literal["title", "byline", "dateline", "heading", "body", "quote", "announcement"]

Span = tuple[int, int]
"""The first character and the one behind the last."""

RATE_HZ = 44_100
"""Samples a second of every recording."""


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
class Paragraph:
    """One paragraph as written, on one line. `language` is a BCP 47 tag, or empty for the article's own."""

    text: str
    kind: ParagraphKind = "body"
    language: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (none for the lead) of level 1 to 6, and the paragraphs under it."""

    heading: str | None
    paragraphs: tuple[Paragraph, ...]
    level: int = 2


@dataclass(frozen=True, slots=True)
class Article:
    """A document as it was read. `credits` are the dateline and byline in the order they were written."""

    title: str
    sections: tuple[Section, ...]
    credits: tuple[Paragraph, ...] = ()
    published: str = ""
    language: str = "en"
    source: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def dateline(self) -> str:
        return next((credit.text for credit in self.credits if credit.kind == "dateline"), "")

    @property
    def byline(self) -> str:
        return next((credit.text for credit in self.credits if credit.kind == "byline"), "")


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
    paragraph: int = 650
    before_heading: int = 900
    after_heading: int = 600
    after_title: int = 800
    after_credit: int = 600
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
        """The characters of `text` that each span of characters of `spoken` says.

        The two are compared word by word. Where words are said otherwise, those spoken are dealt out in order to those
        written: by the letters and figures that they share, and by how many words a written one is likely to take.
        """
        if self.text == self.spoken:
            return list(spans)
        written = _words(self.text)
        said = _words(self.spoken)
        places = _places(self.text, written, self.spoken, said)
        if not places:
            return [(0, 0)] * len(spans)
        ends = [end for _, end in said]
        return [places[min(bisect.bisect_right(ends, start), len(places) - 1)] for start, _ in spans]


_RUN = re.compile(r"[^\s—―…，。！？；：、“”«»\"()\[\]{}]+")
_LEADING = re.compile(r"(?:[,;:!?'’‘*_\-–]|\.(?!\d))*")
_TRAILING = ".,;:!?'’‘*_-–"
_GROUPS = re.compile(r"\d{4}|\d+(?:[.,]\d+)*|[^\W\d_]+|(?<=\d)[-–](?=\d)|[^\w\s.,'’\-–/:]")
_LARGEST_DEAL = 500_000
"""Written words times spoken words, squared, that are still dealt out one by one."""


def _words(text: str) -> list[Span]:
    """Where words stand: runs without space, without punctuation at their ends, with signs ("$3.5bn", "&", "5/3/2019")."""
    spans = []
    for run in _RUN.finditer(text):
        start = run.start() + len(_LEADING.match(run[0])[0])  # type: ignore[index]
        end = run.start() + len(run[0].rstrip(_TRAILING))
        if start < end:
            spans.append((start, end))
    return spans


def _places(text: str, written: list[Span], spoken: str, said: list[Span]) -> list[Span]:
    """For each word of `said`, the span of `text` that it stands for."""
    matcher = difflib.SequenceMatcher(
        None, [text[a:b] for a, b in written], [spoken[a:b] for a, b in said], autojunk=False
    )
    places: list[Span] = []
    for operation, text_from, text_to, said_from, said_to in matcher.get_opcodes():
        if operation == "equal":
            places += written[text_from:text_to]
        elif text_from < text_to:
            places += _dealt(text, written[text_from:text_to], [spoken[a:b] for a, b in said[said_from:said_to]])
        else:
            places += [_beside(text, written, text_from)] * (said_to - said_from)
    return places


def _beside(text: str, written: list[Span], place: int) -> Span:
    """Where words are added: the sign that stands there, else the written word before, or behind."""
    before = written[place - 1][1] if place else 0
    after = written[place][0] if place < len(written) else len(text)
    between = text[before:after]
    if between.strip():
        return before + len(between) - len(between.lstrip()), before + len(between.rstrip())
    return written[max(0, place - 1)] if written else (0, 0)


def _dealt(text: str, written: list[Span], said: list[str]) -> list[Span]:
    """For each of the spoken words, which stand for some written ones, the span of its own."""
    together = (written[0][0], written[-1][1])
    if len(written) == 1 or len(said) <= 1 or len(written) * len(said) ** 2 > _LARGEST_DEAL:
        return [together] * len(said)
    tokens = [text[start:end] for start, end in written]
    # cost[j]: the least for the first i written words to take the first j spoken ones; taken: how many the last took.
    cost = [0.0] + [float("inf")] * len(said)
    taken: list[list[int]] = []
    for token in tokens:
        likely = max(1, len(_GROUPS.findall(token)) + len(re.findall(r"(?<!\d)\d{4}(?!\d)", token)))
        kinship = list(itertools.accumulate((_kinship(token, word) for word in said), initial=0))
        best = [
            min((cost[j - k] + (k - likely) ** 2 / likely - kinship[j] + kinship[j - k], k) for k in range(j + 1))
            for j in range(len(said) + 1)
        ]
        cost = [least for least, _ in best]
        taken.append([count for _, count in best])
    return _spread(written, taken, len(said))


def _spread(written: list[Span], taken: list[list[int]], count: int) -> list[Span]:
    """The span for each of `count` spoken words."""
    places: list[Span] = []
    for span, took in zip(reversed(written), reversed(taken), strict=True):
        places[:0] = [span] * took[count]
        count -= took[count]
    return places


def _kinship(token: str, word: str) -> float:
    """How much a spoken word looks like part of a written one: the same figures, or letters in the same order."""
    token, word = token.casefold(), word.casefold()
    in_token, in_word = re.findall(r"\d+", token), re.findall(r"\d+", word)
    if in_word:
        return 3.0 if set(in_word) <= set(in_token) else 1.5 if "".join(in_word) in "".join(in_token) else -2.0
    rest = iter(word)
    if any(word.startswith(run[0]) and all(letter in rest for letter in run) for run in re.findall(r"[^\W\d_]+", token)):
        return 2.0
    return 0.0 if in_token or not token.isalpha() else -3.0


@dataclass(frozen=True, slots=True)
class Chapter:
    """Utterances and the pauses between them, under a title. `id` is `c02`."""

    id: str
    title: str
    parts: tuple[Utterance | Pause, ...]
    level: int = 1

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


def joined(utterances: tuple[Utterance, ...]) -> str:
    """The sentences of one paragraph as the paragraph was written."""
    first, *rest = utterances
    return first.text + "".join(" " * utterance.space_before + utterance.text for utterance in rest)


# --- speak


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of an engine. `id` is what `--voice` takes; `language` is a BCP 47 tag."""

    id: str
    name: str
    language: str
    engine: str
    gender: str = ""


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
    the utterance's `text`."""

    utterance: Utterance
    start: int
    end: int
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterRecording:
    """One chapter's sound. `start` counts from the start of the edition; `tracks` holds one file of bare encoded
    frames per codec."""

    chapter: Chapter
    start: int
    length: int
    cues: tuple[Cue, ...]
    tracks: dict[str, Path]

    @property
    def end(self) -> int:
        return self.start + self.length


@dataclass(frozen=True, slots=True)
class Recording:
    """A script, spoken: its chapters follow each other without gap, in samples at RATE_HZ."""

    script: Script
    chapters: tuple[ChapterRecording, ...]
    delivery: Delivery
    engine_version: str

    @property
    def length(self) -> int:
        return self.chapters[-1].end


# --- publish


@dataclass(frozen=True, slots=True)
class Package:
    """The files that one format wrote, relative to the edition's folder, the one to open first leading."""

    format: str
    files: tuple[Path, ...]
