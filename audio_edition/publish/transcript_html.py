"""transcript.html: the text as an accessible page that stands alone, each sentence with the id of its cue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audio_edition.model import Recording, Script, Utterance
from audio_edition.publish.characters import one_line
from audio_edition.publish.disclosure import disclosure, program
from audio_edition.publish.language import direction
from audio_edition.publish.outline import Block, begins_with_title, outline
from audio_edition.publish.pages import template

_DESCRIPTION_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the page shows it; `language` is empty where it is that of the paragraph around it."""

    id: str
    text: str
    space_before: bool
    language: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, or a heading of `depth` 1 to 6, as the page shows it; `language` as in Sentence."""

    id: str
    role: str
    depth: int
    language: str
    sentences: tuple[Sentence, ...]


def html(recording: Recording) -> Iterator[str]:
    """The page, in parts."""
    script = recording.script
    page = template("transcript.html")
    return page.generate(
        title=one_line(script.title),
        titled=begins_with_title(script),
        language=script.language or "und",
        description=description(script),
        sections=(
            (chapter.id, [paragraph(block, script.language) for block in blocks]) for chapter, blocks in outline(script)
        ),
        direction=direction,
        disclosure=disclosure(recording.voices),
        program=program(),
    )


def paragraph(block: Block, language: str) -> Paragraph:
    """A block as the page shows it. What is all in another language than the page says so once, on the paragraph."""
    languages = {utterance.language or language for utterance in block.utterances}
    own = languages.pop() if len(languages) == 1 else language
    sentences = tuple(_sentence(utterance, language, own) for utterance in block.utterances)
    return Paragraph(block.id, block.role, block.depth, "" if own == language else own, sentences)


def _sentence(utterance: Utterance, language: str, around: str) -> Sentence:
    own = utterance.language or language
    return Sentence(utterance.id, one_line(utterance.text), utterance.space_before, "" if own == around else own)


def description(script: Script) -> str:
    """How the text begins, for search engines: in the page's language, as a sentence of ours would not be."""
    body = (utterance.text for utterance in script.utterances if utterance.role == "body")
    text = one_line(next(body, script.title))
    if len(text) <= _DESCRIPTION_LENGTH:
        return text
    return f"{text[:_DESCRIPTION_LENGTH].rpartition(' ')[0] or text[:_DESCRIPTION_LENGTH]}…"
