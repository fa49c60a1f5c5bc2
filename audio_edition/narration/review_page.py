"""One accessible page, without network, on which a human hears places of a narration, moves their edges and decides.

The sound is in the page, as 16 kHz mu-law (ITU-T G.711): the script of the page plays it from any sample, which
compressed sound would not allow everywhere.
"""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from audio_edition import atomic, audio
from audio_edition.errors import PublishError
from audio_edition.formats.language import direction
from audio_edition.formats.pages import template
from audio_edition.hearing.recogniser import RATE_HZ as HEARD_HZ
from audio_edition.model import Script, Tape
from audio_edition.model.characters import one_line
from audio_edition.narration.decisions import FORMAT, VERSION, WHAT, Span
from audio_edition.narration.review import HEADINGS, Place

_AROUND_SECONDS = 1.5
"""Before and behind a place: an edge can be moved so far."""
_LONGEST_SECONDS = 180.0
"""Of one place that can be heard."""
_LOUDEST = 0.7
_MOST_GAIN = 20.0
_MU = 255


def write_page(path: Path, script: Script, places: Sequence[Place], tapes: Sequence[Tape], listed: int) -> None:
    """Write the page, complete or not at all; `listed` is how many sentences there are in all. Raises PublishError,
    StitchError."""
    names = _names(tapes)
    with tempfile.TemporaryDirectory(prefix="audio-edition-") as folder:
        sounds = _Sounds(tapes, Path(folder))
        data = {
            "head": {FORMAT: WHAT, "version": VERSION},
            "recordings": {names[number]: tape.sha256 for number, tape in enumerate(tapes)},
            "places": [_data(place, names, sounds) for place in places],
        }
    numbered = list(enumerate(places))
    css, javascript = _part("review.css"), _part("review.js")
    html = template("review.html", "audio_edition.narration").render(
        title=one_line(script.title),
        language=script.language or "und",
        kinds=[
            (kind, HEADINGS[kind], list(each))
            for kind, each in groupby(numbered, key=lambda numbered: numbered[1].kind)
        ],
        count=len(places),
        others=listed - sum(bool(place.id) for place in places),
        data=data,
        css=css,
        javascript=javascript,
        policy=f"default-src 'none'; script-src {_hash(javascript)}; style-src {_hash(css)}; base-uri 'none'; "
        "form-action 'none'",
        around=_AROUND_SECONDS,
        direction=direction,
    )
    try:
        with atomic.handed_out_file(path) as file:
            file.write(html.encode("utf-8", "replace"))
    except OSError as error:
        raise PublishError(
            f"{path}: the page could not be written ({error.strerror or error}).", "Name another file with -o."
        ) from error


def _part(name: str) -> str:
    return Path(__file__).with_name("templates").joinpath(name).read_text("utf-8")


def _hash(part: str) -> str:
    digest = hashlib.sha256(part.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _names(tapes: Sequence[Tape]) -> list[str]:
    """Return what to call each tape: the name of its file, with a number where another has the same."""
    names: list[str] = []
    for tape in tapes:
        name, number = one_line(tape.path.name), 2
        while name in names:
            name, number = f"{one_line(tape.path.name)} ({number})", number + 1
        names.append(name)
    return names


def _data(place: Place, names: Sequence[str], sounds: _Sounds) -> Mapping[str, Any]:
    takes = [sounds.take(take.span) | {"recording": names[take.span.tape]} for take in place.takes]
    return {"id": place.id, "text": place.text, "takes": takes}


class _Sounds:
    """Excerpts of tapes, each of which is decoded once into `folder`."""

    def __init__(self, tapes: Sequence[Tape], folder: Path) -> None:
        self._tapes, self._folder = tapes, folder
        self._decoded: dict[int, npt.NDArray[np.int16]] = {}

    def take(self, span: Span) -> dict[str, Any]:
        """Return a stretch with what is around it: where its sound begins and ends, in seconds, and the sound."""
        samples = self._samples(span.tape)
        first = max(0, round((span.start - _AROUND_SECONDS) * HEARD_HZ))
        last = min(len(samples), round((min(span.end, span.start + _LONGEST_SECONDS) + _AROUND_SECONDS) * HEARD_HZ))
        return {
            "start": round(span.start, 3),
            "end": round(span.end, 3),
            "from": first / HEARD_HZ,
            "to": last / HEARD_HZ,
            "sound": base64.b64encode(_mu_law(samples[first:last])).decode(),
        }

    def _samples(self, number: int) -> npt.NDArray[np.int16]:
        if number not in self._decoded:
            pcm = self._folder / f"tape-{number}.pcm"
            audio.decode_into(pcm, self._tapes[number].path, HEARD_HZ)
            self._decoded[number] = np.memmap(pcm, np.int16, "r")
        return self._decoded[number]


def _mu_law(samples: npt.NDArray[np.int16]) -> bytes:
    """Return samples as bytes of which 0 to 255 go from -1 to 1 by the continuous mu-law, as loud as can be heard
    well."""
    values = samples.astype(np.float64) / 32768
    peak = float(np.abs(values).max(initial=0.0))
    values *= min(_MOST_GAIN, _LOUDEST / peak) if peak else 1.0
    compressed = np.sign(values) * np.log1p(_MU * np.abs(values)) / np.log1p(_MU)
    return bytes(np.round((compressed + 1) * 127.5).astype(np.uint8))
