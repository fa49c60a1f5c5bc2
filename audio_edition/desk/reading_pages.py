"""Step 3, who reads each article: a synthetic voice, a person whose recording is added, or a person at this desk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response

from audio_edition.atomic import blocks_of
from audio_edition.desk import recordings
from audio_edition.desk.articles import Understood, understood
from audio_edition.desk.contents import Contents
from audio_edition.desk.listening import can_listen, version_of
from audio_edition.desk.making_pages import clock, far
from audio_edition.desk.recordings import (
    LIMIT_CHUNK_BYTES,
    OutOfStepError,
    Take,
    marks_in,
    path_of,
    seconds_of,
    take_at,
    take_of,
)
from audio_edition.desk.saying import Said
from audio_edition.desk.visit import Told, Visit
from audio_edition.errors import AudioEditionError, DeskError, StitchError
from audio_edition.model import Utterance, Voice
from audio_edition.speak.loudness import passage_for

_MOST_TURNS = 4
_WORDS_A_MINUTE = 150
_MAY_RECORD = {"permissions-policy": "camera=(), geolocation=(), microphone=(self)"}
SIZES = ("normal", "large", "larger", "largest")
COLOURS = ("page", "white", "cream", "black", "yellow")
_SOUNDS = {
    ".aac": "audio/aac", ".aif": "audio/aiff", ".aiff": "audio/aiff", ".flac": "audio/flac", ".m4a": "audio/mp4",
    ".m4b": "audio/mp4", ".mp3": "audio/mpeg", ".oga": "audio/ogg", ".ogg": "audio/ogg", ".opus": "audio/ogg",
    ".wav": "audio/wav",
}  # fmt: skip
READING_COOKIE = "desk-reading"


@dataclass(frozen=True, slots=True)
class _Article:
    """An article and who reads it. `recording` is its recording's name in the list, and `length` how long that is, as
    shown. `made_here` says whether it was recorded at the desk, `fault` what is wrong with it."""

    known: Understood
    voice: str
    recording: str = ""
    length: str = ""
    made_here: bool = False
    fault: str = ""

    @property
    def name(self) -> str:
        return self.known.name

    @property
    def file(self) -> str:
        return PurePosixPath(self.recording).name

    @property
    def minutes(self) -> int:
        return max(1, round(self.known.words / _WORDS_A_MINUTE))


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    voice: str
    articles: tuple[_Article, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence to be read. `state` says whether listening found it ("" before that), `at` the second of the recording
    at which it begins, -1 if that is unknown."""

    id: str
    text: str
    language: str
    state: str
    at: float
    is_heading: bool


# --- who reads


def who(visit: Visit) -> Response:
    """Return the page that shows who reads each article."""
    contents = visit.issue.contents()
    if not contents.articles:
        return visit.go(visit.at, Told(visit.words["no_articles"]))
    shown = tuple(
        _Section(each.title, each.voice, tuple(_article(visit, contents, name) for name in each.articles))
        for each in contents.sections
        if each.articles
    )
    language = contents.language or next((each.known.language for each in shown[0].articles), "") or "en"
    places = {*contents.articles, "turns", *(f"section {each.title}" for each in shown)}
    more: dict[str, Any] = {
        "sections": shown,
        "voices": tuple(_choices(visit.desk.saying.voices(language))),
        "turns": [*contents.turns, *[""] * (_MOST_TURNS - len(contents.turns))],
        "did": visit.did and visit.did.among(places),
        "may_listen": can_listen(),
        "set_aside": recordings.set_aside(visit.issue),
    }
    return visit.issue_page("who", "/read", language=language, **more)


def _article(visit: Visit, contents: Contents, name: str) -> _Article:
    known = understood(visit.issue, name, visit.desk.paper.settings())
    voice, recording = contents.voices.get(name, ""), contents.recordings.get(name, "")
    if not recording:
        return _Article(known, voice)
    try:
        path = visit.issue.document(recording)
        take = take_at(path)
        seconds = take.seconds if take else seconds_of(path)
    except (AudioEditionError, OSError) as error:
        fault = error.message if isinstance(error, AudioEditionError) else str(error.strerror)
        return _Article(known, voice, recording, fault=fault)
    return _Article(known, voice, recording, clock(seconds), take is not None)


def _choices(voices: Sequence[Voice]) -> Iterator[tuple[str, str]]:
    """Yield the name of each voice in edition.toml, and the name that people see."""
    for voice in voices:
        yield f"{voice.engine}:{voice.id}", f"{voice.name or voice.id} ({voice.language}, {voice.engine})"


def voice(visit: Visit) -> Response:
    """Give an article a voice."""
    name, wanted = visit.sent("name"), _wanted(visit)
    visit.issue.contents().place_of(name)
    visit.issue.add(lambda contents: contents.with_voice(name, wanted))
    return visit.go(f"{visit.at}/read", Told(visit.words["did_voice"], name))


def section_voice(visit: Visit) -> Response:
    """Give a section a voice."""
    title, wanted = visit.sent("section"), _wanted(visit)
    visit.issue.add(lambda contents: contents.with_section_voice(title, wanted))
    return visit.go(f"{visit.at}/read", Told(visit.words["did_voice"], f"section {title}"))


def turns(visit: Visit) -> Response:
    """Let voices take turns, one article each."""
    wanted = tuple(filter(None, (_wanted(visit, f"voice{number}") for number in range(_MOST_TURNS))))
    visit.issue.add(lambda contents: contents.with_turns(wanted))
    return visit.go(f"{visit.at}/read", Told(visit.words["did_voice"], "turns"))


def sample(visit: Visit) -> Response:
    """Return some words as a voice says them."""
    language = visit.sent("language")[:35] or "en"
    text = visit.sent("sample")[:200] or passage_for(language).partition("\n")[0][:200]
    field = visit.sent("hear") or "voice"
    return Response(visit.desk.saying.sample(_wanted(visit, field), language, text), media_type="audio/wav")


def _wanted(visit: Visit, field: str = "voice") -> str:
    """Return the voice that was chosen; "" for the default. Raises DeskError for a name that a list can't have."""
    wanted = visit.sent(field).strip()
    if len(wanted) > 200 or any(sign in wanted for sign in "/\\\0"):
        raise DeskError("This is not the name of a voice.", "Choose one from the list.")
    return wanted


# --- recordings that are brought


def upload(visit: Visit) -> Response:
    """Use an uploaded file as the recording of an article."""
    name, uploads = visit.sent("name"), visit.uploads("recording")
    visit.issue.contents().place_of(name)
    if not uploads:
        raise DeskError("No file was chosen.", "Choose one, then add it.")
    chosen = uploads[0]
    added = visit.issue.put_recording(chosen.filename or "recording", blocks_of(chosen.file), recordings.check_sound)
    return _read_by(visit, name, added, "did_recording")


def use(visit: Visit) -> Response:
    """Use a recording from the folder, or none, so that a voice reads. No file is removed."""
    name, wanted = visit.sent("name"), visit.sent("recording")
    visit.issue.contents().place_of(name)
    if wanted and wanted not in recordings.set_aside(visit.issue):
        raise DeskError("This recording is no longer there.", "Reload the page.")
    return _read_by(visit, name, wanted, "did_recording" if wanted else "did_no_recording")


def _read_by(visit: Visit, name: str, recording: str, did: str) -> Response:
    visit.issue.add(lambda contents: contents.begun_to_read(name, recording))
    return visit.go(f"{visit.at}/read", Told(visit.words[did], name))


def reader(visit: Visit) -> Response:
    """Say who reads an article."""
    name, who_reads = visit.sent("name"), visit.sent("reader")[:200]
    visit.issue.add(lambda contents: contents.with_reader(name, who_reads))
    return visit.go(_page_of(visit, name), Told(visit.words["did_save"]))


def listen(visit: Visit) -> Response:
    """Start listening to the recording of an article, to find what was read."""
    name = visit.sent("name")
    visit.issue.contents().place_of(name)
    visit.desk.maker.start_listening(visit.issue, visit.desk.paper.settings(), name)
    return visit.go(f"{_page_of(visit, name)}#work")


def recording(visit: Visit) -> Response:
    """Return the sound of an article's recording, whole or by range."""
    path = path_of(visit.issue, visit.request.query_params.get("name", ""))
    if path is None or path.is_symlink() or not path.is_file():
        raise DeskError("There is no recording of this article.", "Record it first, or add a file.")
    return FileResponse(path, media_type=_SOUNDS.get(path.suffix.lower(), "application/octet-stream"))


# --- recording here


def record(visit: Visit) -> Response:
    """Return the page on which an article is read aloud: its sentences in large letters, and which are recorded."""
    name = visit.request.query_params.get("name", "")
    contents = visit.issue.contents()
    contents.place_of(name)
    said = visit.desk.saying.said(visit.issue)
    sentences = said.sentences_of(name)
    take, path = take_of(visit.issue, name), path_of(visit.issue, name)
    progress = visit.desk.maker.progress(visit.issue)
    size, colours = _reading_of(visit.request)
    more: dict[str, Any] = {
        "article": name,
        "title": understood(visit.issue, name, visit.desk.paper.settings()).title,
        "sentences": list(_sentences(visit, said, name, sentences, take)),
        "take": take,
        "brought": path.name if path and not take else "",
        "length": clock(take.seconds) if take else _length(visit, name),
        "reader": contents.reader_of(name),
        "is_last_known": _is_known(visit, name, sentences),
        "progress": progress if progress and progress.article == name else None,
        "far": far(progress, visit.words) if progress else "",
        "busy": visit.desk.maker.at_work_on(),
        "may_listen": can_listen(),
        "facts": json.dumps(_facts(visit, take, sentences), ensure_ascii=False),
        "sizes": SIZES,
        "colours_known": COLOURS,
        "size": size,
        "colours": colours,
    }
    page = visit.issue_page("record", "/read", language=said.script.language or "und", **more)
    page.headers.update(_MAY_RECORD)
    return page


def _length(visit: Visit, name: str) -> str:
    path = path_of(visit.issue, name)
    try:
        return clock(seconds_of(path)) if path else ""
    except (StitchError, OSError):
        return ""


def _is_known(visit: Visit, name: str, sentences: Sequence[Utterance]) -> bool:
    """Return whether the recording, as it is now, was listened to."""
    path, found = path_of(visit.issue, name), visit.desk.maker.found(visit.issue, name)
    return bool(path and found and path.is_file() and found.version == version_of(path, sentences))


def _sentences(
    visit: Visit, said: Said, name: str, sentences: Sequence[Utterance], take: Take | None
) -> Iterator[_Sentence]:
    known, found = _is_known(visit, name, sentences), visit.desk.maker.found(visit.issue, name)
    marked = recordings.places_of(take.marks if take else (), [each.text for each in sentences])
    for number, each in enumerate(sentences):
        spoken = found.spoken.get(each.id) if known and found else None
        state = (spoken.state if spoken else "unread") if known else ""
        at = marked[number] / take.rate_hz if take and number in marked else -1
        at = spoken.start if spoken else at
        language = each.language or said.script.language or "und"
        yield _Sentence(each.id, each.text, language, state, at, each.role in ("title", "heading"))


def _facts(visit: Visit, take: Take | None, sentences: Sequence[Utterance]) -> dict[str, object]:
    """Return the data for the page's JavaScript: the recording so far, and its words in the page's language."""
    marked = recordings.places_of(take.marks if take else (), [each.text for each in sentences])
    names = [name for name in visit.words.by_name if name.startswith("mic_")]
    return {
        "rate": take.rate_hz if take else 0,
        "length": take.length if take else 0,
        "marks": {str(number): at for number, at in marked.items()},
        "words": {name.removeprefix("mic_"): visit.words[name] for name in names},
    }


def _reading_of(request: Request) -> tuple[str, str]:
    """Return the size and colours that this reader chose before."""
    size, _, colours = request.cookies.get(READING_COOKIE, "").partition(".")
    return (size if size in SIZES else SIZES[1]), (colours if colours in COLOURS else COLOURS[0])


def _page_of(visit: Visit, name: str) -> str:
    return f"{visit.at}/record?name={quote(name)}"


async def piece(request: Request) -> Response:
    """Take a piece of a recording, as raw samples. They are on the disk before the answer, which has the number of
    samples so far, or says what is wrong."""
    visit = Visit(request)
    if not visit.desk.keys.is_token(request.headers.get("x-desk-token", "")):
        return JSONResponse({"error": visit.words["mic_stale"]}, 403)
    try:
        pcm = await _body(request)
        take = await run_in_threadpool(_added, visit, pcm)
    except OutOfStepError as error:
        return JSONResponse({"error": visit.words["mic_other"], "length": error.length}, 409)
    except AudioEditionError as error:
        return JSONResponse({"error": f"{error.message} {error.remedy}"}, 400)
    except OSError as error:
        return JSONResponse({"error": str(error.strerror)}, 500)
    return JSONResponse({"length": take.length, "seconds": take.seconds})


async def _body(request: Request) -> bytes:
    """Return the body of a request. Raises DeskError as soon as it is larger than a piece may be."""
    body = bytearray()
    async for block in request.stream():
        body += block
        if len(body) > LIMIT_CHUNK_BYTES:
            raise DeskError("This piece of a recording is too large.", "Reload the page, and record from there.")
    return bytes(body)


def _added(visit: Visit, pcm: bytes) -> Take:
    asked = visit.request.query_params
    rate_hz, at = _whole(asked.get("rate", "")), _whole(asked.get("at", ""))
    return recordings.add(visit.issue, asked.get("name", ""), rate_hz, at, pcm, marks_in(asked.get("marks", "[]")))


def _whole(said: str) -> int:
    """Return a whole number of at most 12 digits. Raises DeskError."""
    if not (said.isascii() and said.isdigit() and len(said) <= 12):
        raise DeskError("This is not a piece of a recording.", "Reload the page, and record from there.")
    return int(said)
