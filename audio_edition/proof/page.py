"""An accessible, self-contained page without scripts on which each word at risk can be heard in its sentence."""

from __future__ import annotations

import base64
import functools
import itertools
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audio_edition import audio
from audio_edition.formats.language import direction
from audio_edition.formats.pages import template
from audio_edition.model import Script, Utterance
from audio_edition.model.characters import one_line
from audio_edition.proof.risks import Kind, Risk, has_word_list
from audio_edition.proof.sheets import Sheets
from audio_edition.speak.cast import Cast
from audio_edition.speak.narrator import Narrator

HEADINGS: dict[Kind, str] = {
    "name": "Names",
    "unknown word": "Unknown words",
    "homograph": "Words said in two ways",
    "initialism": "Initialisms",
    "foreign word": "Foreign words",
    "figures": "Figures",
    "symbols": "Symbols",
}


@dataclass(frozen=True, slots=True)
class _Word:
    """A word as the page shows it; `sound` is its sentence as a data URI."""

    risk: Risk
    language: str
    sentence: str
    sound: str


@dataclass(frozen=True, slots=True)
class _Section:
    id: str
    heading: str
    words: tuple[_Word, ...]


def page(script: Script, found: tuple[Risk, ...], cast: Cast, sheets: Sequence[Sheets] = ()) -> str:
    """Return the page as HTML, with the sheets of documents. Raises SpeakError, StitchError."""
    sound = functools.cache(lambda utterance: _data_uri(utterance, cast.synthetic_of(utterance)))
    kinds = [
        _Section(
            id=kind.replace(" ", "-"),
            heading=HEADINGS[kind],
            words=tuple(
                _Word(
                    risk,
                    risk.utterance.language or script.language or "und",
                    one_line(risk.utterance.text),
                    sound(risk.utterance),
                )
                for risk in together
            ),
        )
        for kind, together in itertools.groupby(found, key=lambda risk: risk.kind)
    ]
    return template("risks.html", "audio_edition.proof").render(
        title=one_line(script.title),
        language=script.language or "und",
        voice=f"the voice {cast.main.voice.id} of {cast.main.engine.name}",
        word_list=has_word_list(script.language),
        kinds=kinds,
        direction=direction,
        documents=sheets,
    )


def _data_uri(utterance: Utterance, narrator: Narrator) -> str:
    clip = narrator.speak(utterance)
    with tempfile.TemporaryDirectory(prefix="audio-edition-") as folder:
        path = Path(folder, "sentence.mp3")
        audio.encode(narrator.gain_db, clip.rate_hz, {"mp3": path}, [audio.segment(clip)])
        return f"data:audio/mpeg;base64,{base64.b64encode(path.read_bytes()).decode()}"
