"""Step 4: the edition is made in the background; it can be watched, stopped, left and come back to, and is checked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from audio_edition.check import Checked
from audio_edition.desk.making import Progress, editions, made_from_of
from audio_edition.desk.mending import Mend, mend_of
from audio_edition.desk.visit import Told, Visit
from audio_edition.edition.folder import FinishedEdition, read_edition
from audio_edition.edition.kept import kept_edition
from audio_edition.errors import AudioEditionError, DeskError
from audio_edition.formats.clock import milliseconds
from audio_edition.formats.page_parts import policy
from audio_edition.model import Finding
from audio_edition.serve import Files
from audio_edition.translations import Words
from audio_edition.translations.locales import length_in_words

_LOOKS_A_SECOND = 5
_LONGEST_SENTENCE = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """A finished edition as pages show it: `page` is its address, `is_new` whether nothing changed since."""

    name: str
    title: str
    facts: str
    page: str
    is_new: bool
    findings: tuple[Finding, ...]
    checked: Checked | None
    folder: Path
    formats: frozenset[str] = frozenset()


def make(visit: Visit) -> Response:
    """Return the page of the edition: how far it is, or what was made."""
    if not visit.issue.contents().articles:
        return visit.go(visit.at, Told(visit.words["no_articles"]))
    progress = visit.desk.maker.progress(visit.issue)
    at_work = visit.desk.maker.at_work_on()
    if progress and progress.at_work and not progress.stick:
        return visit.issue_page("make", "/make", progress=progress, far=far(progress, visit.words), editions=())
    progress = None if progress and (progress.article or progress.stick) else progress
    shown, trouble = editions_of(visit)
    more = {"other": at_work, "trouble": trouble, "mend": None if trouble else _mends(visit)}
    return visit.issue_page("make", "/make", progress=progress, editions=shown, **more)


def _mends(visit: Visit) -> Callable[[Finding], Mend | None]:
    """Return what tells where a finding is mended."""
    said = visit.desk.saying.said(visit.issue)
    return lambda finding: mend_of(finding, said, visit.at)


def start(visit: Visit) -> Response:
    """Begin to make the edition."""
    visit.desk.maker.start(visit.issue, visit.desk.paper.settings())
    return visit.go(f"{visit.at}/make#work")


def stop(visit: Visit) -> Response:
    """Stop it."""
    progress = visit.desk.maker.progress(visit.issue)
    visit.desk.maker.stop()
    article, stick = (progress.article, progress.stick) if progress else ("", None)
    page = f"{visit.at}/record?name={quote(article)}" if article else f"{visit.at}/{'hand-out' if stick else 'make'}"
    return visit.go(page, Told(visit.words["did_stop_stick" if stick else "did_stop"]))


def check(visit: Visit) -> Response:
    """Begin to check a finished edition."""
    visit.desk.maker.start_check(visit.issue, edition_named(visit))
    return visit.go(f"{visit.at}/make#work")


async def events(request: Request) -> Response:
    """Return how far the edition is, as events: `progress` whenever that changes, and `over` at the end."""
    visit = Visit(request)
    try:
        issue = visit.issue
    except DeskError as error:
        return visit.trouble(error, 404)

    async def told() -> AsyncIterator[str]:
        version = -1
        while (progress := visit.desk.maker.progress(issue)) and progress.at_work:
            if progress.version != version:
                version = progress.version
                yield f"event: progress\ndata: {json.dumps(_event(progress, visit.words))}\n\n"
            await asyncio.sleep(1 / _LOOKS_A_SECOND)
        yield "event: over\ndata: {}\n\n"

    return StreamingResponse(told(), media_type="text/event-stream")


async def edition_file(request: Request) -> Response:
    """Return a file of a finished edition. Only the program's own script and style run in its page."""
    visit = Visit(request)
    try:
        folder = visit.issue.editions
    except DeskError as error:
        return visit.trouble(error, 404)
    if not folder.is_dir():
        return visit.trouble(DeskError("There is no edition yet.", "Make it first."), 404)
    response = await Files(folder, "").get_response(request.path_params["path"] or ".", request.scope)
    response.headers["content-security-policy"] = policy()
    return response


def editions_of(visit: Visit) -> tuple[list[Shown], AudioEditionError | None]:
    """Return the editions of an issue, and why it could not be made as it stands, if so."""
    newest, trouble = None, None
    try:
        said = visit.desk.saying.said(visit.issue)
        if visit.issue.editions.is_dir() or said.documents.recordings:
            newest = kept_edition(visit.issue.editions, made_from_of(said))
    except AudioEditionError as error:
        trouble = error
    return list(_shown(visit, newest)), trouble


def edition_named(visit: Visit) -> Path:
    """Return the edition that a form names. Raises DeskError if no edition has that name."""
    for folder in editions(visit.issue):
        if folder.name == visit.sent("edition"):
            return folder
    raise DeskError("This edition is not there any more.", "Make it again.")


def far(progress: Progress, words: Words) -> str:
    """Return how far it is, in words."""
    if progress.phase in ("speaking", "packing") and progress.whole:
        return words["far"].format(done=progress.done, whole=progress.whole)
    if progress.phase in ("writing", "reading_back") and progress.whole:
        return words["far_stick"].format(done=round(progress.done / 1e6), whole=round(progress.whole / 1e6))
    if progress.phase == "listening" and progress.whole:
        return words["far_listening"].format(done=clock(progress.done), whole=clock(progress.whole))
    return ""


def clock(seconds: float) -> str:
    """Return a time as 1:02:03 or 2:03."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _event(progress: Progress, words: Words) -> dict[str, object]:
    return {
        "done": progress.done, "whole": progress.whole, "far": far(progress, words),
        "sentence": progress.sentence[:_LONGEST_SENTENCE], "heading": words[f"phase_{progress.phase}"],
    }  # fmt: skip


def _shown(visit: Visit, newest: Path | None) -> Iterator[Shown]:
    for folder in editions(visit.issue):
        try:
            edition = read_edition(folder)
        except AudioEditionError as error:
            yield Shown(folder.name, folder.name, error.message, "", False, (), None, folder)
            continue
        yield _one(visit, edition, folder == newest)


def _one(visit: Visit, edition: FinishedEdition, is_new: bool) -> Shown:
    words, folder = visit.words, edition.folder
    length = length_in_words(milliseconds(edition.length), words.language)
    has_page = any(file.path == "index.html" for file in edition.files)
    first = "index.html" if has_page else quote(edition.sound.name)
    page = f"{visit.at}/editions/{quote(folder.name)}/{first}"
    facts = f"{words.counted('chapter_count', len(edition.chapters))} · {length}"
    checked = visit.desk.maker.checked(folder)
    formats = frozenset(file.format for file in edition.files)
    return Shown(folder.name, edition.title, facts, page, is_new, findings_of(edition), checked, folder, formats)


def findings_of(edition: FinishedEdition) -> tuple[Finding, ...]:
    """Return what the edition's making found."""
    from audio_edition.edition.folder import manifest_of

    listed = json.loads(manifest_of(edition.folder)).get("findings", [])
    names = Finding.__dataclass_fields__
    return tuple(Finding(**{name: str(each.get(name, "")) for name in names}) for each in listed)  # type: ignore[arg-type]
