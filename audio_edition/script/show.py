"""Render a Script for people and for other speech programs: rows of a table, plain text, SSML.

They show what will be said before any sound is made; the JSON that can be edited is in exchange.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from audio_edition.model import Chapter, Pause, Script, Utterance

# https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Row(NamedTuple):
    """One utterance; `spoken` is empty where it is said as written, `ipa` where the voice is told no sounds,
    `speaker` where the text does not tell who speaks."""

    id: str
    role: str
    text: str
    spoken: str
    pause_after_ms: int
    ipa: str = ""
    speaker: str = ""


def as_table(script: Script) -> list[Row]:
    """Return a row for each utterance, with the silence that follows it."""
    rows: list[Row] = []
    for part in (part for chapter in script.chapters for part in chapter.parts):
        if isinstance(part, Utterance):
            spoken = "" if part.spoken == part.text else part.spoken
            rows.append(Row(part.id, part.role, part.text, spoken, 0, _ipa(part), part.speaker))
        elif rows:
            rows[-1] = rows[-1]._replace(pause_after_ms=rows[-1].pause_after_ms + part.milliseconds)
    return rows


def _ipa(utterance: Utterance) -> str:
    """Return the words with IPA, as a lexicon writes them: `Kyiv = /ˈkiːv/`."""
    parts = (f"{utterance.spoken[part.start : part.end]} = /{part.ipa}/" for part in utterance.pronunciations)
    return ", ".join(parts)


def as_text(script: Script) -> str:
    """Return what will be said: a line for each utterance, an empty line between paragraphs."""
    passages = ("\n".join(utterance.spoken for utterance in passage.utterances) for passage in script.passages())
    return "\n\n".join(filter(None, passages)) + "\n"


def as_ssml(script: Script) -> str:
    """Return a W3C SSML 1.1 document (https://www.w3.org/TR/speech-synthesis11/)."""
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang={_attribute(script.language)}>',
            *(line for chapter in script.chapters for line in _ssml_of_chapter(chapter)),
            "</speak>",
            "",
        ]
    )


def _ssml_of_chapter(chapter: Chapter) -> Iterator[str]:
    """Yield the chapter's lines: a break between the sentences of a paragraph stays inside its element."""
    for passage in chapter.passages:
        said = [at for at, part in enumerate(passage.parts) if isinstance(part, Utterance)]
        first, last = (said[0], said[-1]) if said else (len(passage.parts), -1)
        for at, part in enumerate(passage.parts):
            if at == first:
                language = passage.utterances[0].language
                yield f"<p xml:lang={_attribute(language)}>" if language else "<p>"
            if isinstance(part, Pause):
                yield f'<break time="{part.milliseconds}ms"/>'
            else:
                yield f"<s xml:id={_attribute(part.id)}>{_spoken_markup(part)}</s>"
            if at == last:
                yield "</p>"


def _spoken_markup(utterance: Utterance) -> str:
    if utterance.pronunciations:
        return "".join(_phonemes(utterance))
    text = escape(_xml_characters(utterance.text))
    if utterance.spoken == utterance.text:
        return text
    return f"<sub alias={_attribute(utterance.spoken)}>{text}</sub>"


def _phonemes(utterance: Utterance) -> Iterator[str]:
    """Yield what is spoken, with its IPA: inside <sub> there is no room for it."""
    spoken, done = _xml_characters(utterance.spoken), 0
    for part in utterance.pronunciations:
        yield escape(spoken[done : part.start])
        yield f'<phoneme alphabet="ipa" ph={_attribute(part.ipa)}>{escape(spoken[part.start : part.end])}</phoneme>'
        done = part.end
    yield escape(spoken[done:])


def _attribute(value: str) -> str:
    return quoteattr(_xml_characters(value))


def _xml_characters(text: str) -> str:
    return _NOT_XML.sub(" ", text)
