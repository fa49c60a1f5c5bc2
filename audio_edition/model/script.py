"""What will be said: the blocks of an article with their text cut into utterances, and the silence between them."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from audio_edition.model.alignment import Span as Place
from audio_edition.model.alignment import spoken_places
from audio_edition.model.article import Image, Metadata
from audio_edition.model.blocks import Block, leaves
from audio_edition.model.findings import LANGUAGE_GUESSED, Finding
from audio_edition.model.text import Span, Text

Role = Literal[
    "title", "byline", "dateline", "heading", "body", "quote", "attribution", "list_item", "term", "definition",
    "caption", "picture", "description", "header_cell", "cell", "code", "formula", "verse", "note", "page",
    "announcement",
]  # fmt: skip

TEMPLATE_FIELDS = ("title", "publisher", "date", "articles", "minutes")
"""What the sentences that announce an issue may name in braces."""

Wording = Literal["written", "heard", "none"]
"""Where the words of a script are from: somebody wrote them; a recogniser heard them in a recording, and nobody has
checked them; or there are none but titles, only sound."""


_NOTHING = Text("")
_NOTHING_SAID = Metadata()


LINE: Final = "line"
"""The reason of a pause where a line ends within a passage."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Silence between two utterances in milliseconds, and the reason for it."""

    milliseconds: int
    reason: str


@dataclass(frozen=True, slots=True)
class Pauses:
    """The silence heard at each place in milliseconds, in total, including what the engine adds."""

    sentence: int = 250
    phrase: int = 60
    line: int = 350
    paragraph: int = 650
    item: int = 400
    scene_break: int = 1500
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
    """One sentence, heading or cell. `text` is as written, `spoken` as the engine gets it.

    `id` is `c02-p003-s01`: chapter, passage, sentence; every output calls the sentence by it. `space_before` is false
    where nothing stood between this sentence and the one before it in its passage (Chinese, a very long word).
    `spans` say what the characters of `text` are; `pronunciations` are in order, and apart.

    `announces` and `concludes` are the words that the program says before and behind the text ("Picture:", "3.",
    "End of quote."): they are in `spoken`, and not in `text`. What they tell is markup in each format, or is shown.
    `speaker` is who says it in the text, where the text tells.
    """

    id: str
    text: str
    spoken: str
    role: Role = "body"
    language: str = ""
    space_before: bool = True
    pronunciations: tuple[Pronunciation, ...] = ()
    spans: tuple[Span, ...] = ()
    announces: str = ""
    concludes: str = ""
    speaker: str = ""

    def as_written(self, places: Sequence[Place]) -> list[Place]:
        """Return the characters of `text` that each span of characters of `spoken` says."""
        if self.text == self.spoken:
            return list(places)
        said, written = spoken_places(self.text, self.spoken)
        if not written:
            return [(0, 0)] * len(places)
        ends = [end for _, end in said]
        return [written[min(bisect.bisect_right(ends, start), len(written) - 1)] for start, _ in places]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of a script's tree: its utterances, with a pause behind each. `id` is `c02-p003`.

    One without utterances has nothing that can be said: an empty cell, a line of brackets. `unspoken` is what is
    written there. `language` is a BCP 47 tag, or empty for the script's.
    """

    id: str
    role: Role
    parts: tuple[Utterance | Pause, ...] = ()
    language: str = ""
    unspoken: Text = _NOTHING

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return tuple(part for part in self.parts if isinstance(part, Utterance))

    def with_joints(self) -> Iterator[tuple[str, Utterance]]:
        """Yield each utterance behind what stands before it as written: nothing, a space, or the end of a line."""
        joint = ""
        for part in self.parts:
            if isinstance(part, Pause):
                joint = "\n" if part.reason == LINE else " "
            else:
                yield joint if part.space_before or joint != " " else "", part
                joint = " "

    @property
    def text(self) -> str:
        """The text as written, on one line."""
        return joined(self.utterances) if self.utterances else self.unspoken.text

    @property
    def spans(self) -> tuple[Span, ...]:
        """All spans of the passage, each relative to its own utterance."""
        said = (span for utterance in self.utterances for span in utterance.spans)
        return (*said, *self.unspoken.spans)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Blocks under a title, the first of which is the heading where there is one. `id` is `c02`.

    Players that know no levels are given tracks: a chapter that `continues` is in the track of the one before it.
    `track` is what the track is called that begins with this chapter, where it is not the chapter's title.
    `voice` is asked for its article, as in Article; `document` is what a list calls the document that it is from.
    """

    id: str
    title: str
    blocks: tuple[Block[Passage], ...]
    level: int = 1
    continues: bool = False
    track: str = ""
    voice: str = ""
    document: str = ""

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All texts of the chapter in the order in which they are read."""
        return tuple(leaves(self.blocks))

    @property
    def parts(self) -> tuple[Utterance | Pause, ...]:
        """Everything that is heard, in order."""
        return tuple(part for passage in leaves(self.blocks) for part in passage.parts)

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return tuple(part for part in self.parts if isinstance(part, Utterance))


@dataclass(frozen=True, slots=True)
class Script:
    """What will be said, in order, and the edition's title and metadata. `published` is an ISO 8601 date, or empty;
    `wording` says where the words are from."""

    title: str
    chapters: tuple[Chapter, ...]
    language: str = "en"
    published: str = ""
    source: str = ""
    byline: str = ""
    dateline: str = ""
    metadata: Metadata = _NOTHING_SAID
    images: tuple[Image, ...] = ()
    findings: tuple[Finding, ...] = ()
    wording: Wording = "written"

    @property
    def utterances(self) -> tuple[Utterance, ...]:
        return tuple(utterance for chapter in self.chapters for utterance in chapter.utterances)

    def passages(self) -> Iterator[Passage]:
        """Yield all texts in the order in which they are read."""
        return (passage for chapter in self.chapters for passage in chapter.passages)

    @property
    def language_guessed(self) -> bool:
        """Whether nobody named the language: a guess is a finding."""
        return any(finding.id == LANGUAGE_GUESSED for finding in self.findings)


def joined(utterances: Sequence[Utterance]) -> str:
    """Return the sentences of one passage as it was written."""
    first, *rest = utterances
    return first.text + "".join(" " * utterance.space_before + utterance.text for utterance in rest)
