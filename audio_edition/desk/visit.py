"""One request to the desk: its issue, its words, the form that was sent, and the page that answers."""

from __future__ import annotations

import functools
import secrets
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Message, Receive

from audio_edition.desk.feeds import Feed
from audio_edition.desk.folder import LIMIT_RECORDING_BYTES, ConflictError, IssueFolder, Paper, digest
from audio_edition.desk.guard import Keys
from audio_edition.desk.making import Maker
from audio_edition.desk.saying import Saying
from audio_edition.errors import AudioEditionError, DeskError
from audio_edition.formats.pages import template
from audio_edition.sources.files import LIMIT_BYTES
from audio_edition.translations import Words, words_for

LANGUAGES = ("en", "de", "fr")
"""Of the desk's own words."""
LANGUAGE_COOKIE = "desk-language"
_PACKAGE = "audio_edition.desk"
_MOST_TOLD = 100
_MOST_FILES, _MOST_FIELDS = 200, 40
_LIMIT_FIELD_BYTES = 5_000_000
_LIMIT_FORM_BYTES = max(10 * LIMIT_BYTES, LIMIT_RECORDING_BYTES + _LIMIT_FIELD_BYTES)
_WITHOUT = ("token", "seen", "was", "was_everywhere")


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, said once on the next page: at the top, or `at` an article, word or section. `undo` is a form that
    undoes it."""

    text: str
    at: str = ""
    undo: Mapping[str, str] | None = None

    def among(self, places: Collection[str]) -> Told:
        """Return it at its place if the page has that, else at the top."""
        return self if self.at in places else replace(self, at="")


@dataclass
class Desk:
    """All that one run of the desk holds; what must last is in the folder."""

    paper: Paper
    keys: Keys
    saying: Saying
    maker: Maker
    is_local: bool
    """Whether only this computer can reach it: then it may be told to write to any folder."""
    told: OrderedDict[str, Told] = field(default_factory=OrderedDict)
    feeds: OrderedDict[str, Feed] = field(default_factory=OrderedDict)
    """Fetched, and not yet chosen from."""


class Visit:
    """A request, with what pages and forms ask of it."""

    def __init__(self, request: Request, form: FormData | None = None) -> None:
        self.request = request
        self.desk: Desk = request.app.state.desk
        self.form = FormData() if form is None else form

    @functools.cached_property
    def words(self) -> Words:
        return words_for("desk", _language(self.request))

    @functools.cached_property
    def issue(self) -> IssueFolder:
        """The issue in the address. Raises DeskError where it is gone."""
        return self.desk.paper.issue(self.request.path_params["issue"])

    @property
    def at(self) -> str:
        """The address of the issue's first page."""
        return f"/issues/{quote(self.request.path_params['issue'])}"

    @property
    def did(self) -> Told | None:
        """What was done just before."""
        return self.desk.told.get(self.request.query_params.get("did", ""))

    def sent(self, name: str) -> str:
        """Return a field of the form; "" where it was not sent."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def uploads(self, name: str) -> list[UploadFile]:
        """Return the files of a field that were chosen."""
        return [each for each in self.form.getlist(name) if isinstance(each, UploadFile) and each.filename]

    def page(self, name: str, status: int = 200, **more: Any) -> Response:
        """Return a page of the desk; of an issue, with its steps."""
        folder, parts = self.desk.paper.folder, template("parts.html", _PACKAGE).module
        context = {
            "words": self.words, "token": self.desk.keys.token, "did": self.did, "m": parts,
            "paper": folder.name, "folder": str(folder), "at": "", **more,
        }  # fmt: skip
        return HTMLResponse(template(f"{name}.html", _PACKAGE).render(context), status)

    def issue_page(self, name: str, step: str = "", **more: Any) -> Response:
        """Return a page of the issue."""
        title = self.issue.contents().title or self.issue.name
        return self.page(name, issue=self.issue, issue_title=title, at=self.at, step=step, **more)

    def go(self, path: str, told: Told | None = None) -> Response:
        """Return the way to another page, where it is told what was done."""
        if told is None:
            return RedirectResponse(path, 303)
        id_ = secrets.token_urlsafe(8)
        self.desk.told[id_] = told
        while len(self.desk.told) > _MOST_TOLD:
            self.desk.told.popitem(last=False)
        path, _, query = path.partition("?")
        return RedirectResponse(f"{path}?{query}{'&' if query else ''}did={id_}#did", 303)

    def trouble(self, error: AudioEditionError, status: int = 400) -> Response:
        """Return the page that says what went wrong, and leads back."""
        if self.sent("plain"):
            return PlainTextResponse(f"{error.message} {error.remedy}".strip(), status)
        return self.page("trouble", status, message=error.message, remedy=error.remedy, back=self.came_from())

    def conflict(self, error: ConflictError) -> Response:
        """Return the page that shows what is there now and what was sent, and offers to send it once more."""
        kept = [(name, value) for name, value in self.form.items() if name not in _WITHOUT and isinstance(value, str)]
        now = [("seen", digest(error.now)), ("was", error.said), ("was_everywhere", error.said)]
        again = [*kept, ("token", self.desk.keys.token), *now]
        mine = "\n".join(value for name, value in kept if name in _SHOWN and value)
        more = {"theirs": error.now, "mine": mine, "again": again, "action": self.request.url.path}
        return self.page("conflict", 409, back=self.came_from(), **more)

    def came_from(self) -> str:
        """Return where the visitor came from, if that is a page of the desk."""
        came = urlsplit(self.request.headers.get("referer", ""))
        if came.netloc != self.request.headers.get("host", "") or not came.path.startswith("/"):
            return "/"
        return f"/{came.path.lstrip('/')}{'?' if came.query else ''}{came.query}"


_SHOWN = ("do", "name", "section", "new", "title", "publisher", "date", "headline", "byline", "text", "written", "say")
"""Fields that say what was wanted."""

Answer = Callable[[Visit], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def shows(answer: Answer) -> Endpoint:
    """Return the endpoint of a page that changes nothing."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_answered, answer, Visit(request))

    return endpoint


def does(answer: Answer) -> Endpoint:
    """Return the endpoint of a form. A form of another run of the desk, or of nobody knows whom, is refused."""

    async def endpoint(request: Request) -> Response:
        try:
            form = await read_form(request)
        except AudioEditionError as error:
            return Visit(request).trouble(error, 413)
        try:
            visit = Visit(request, form)
            if not visit.desk.keys.is_token(visit.sent("token")):
                stale = DeskError("This page is from before the desk was opened.", "Open the page again, and send it.")
                return visit.trouble(stale, 403)
            return await run_in_threadpool(_answered, answer, visit)
        finally:
            await form.close()

    return endpoint


async def read_form(request: Request) -> FormData:
    """Return a form, its files on the disk. Raises DeskError for one that is too large, or none."""
    limited = Request(request.scope, _up_to(_LIMIT_FORM_BYTES, request.receive))
    try:
        return await limited.form(max_files=_MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_LIMIT_FIELD_BYTES)
    except HTTPException as error:
        raise DeskError(f"The form can't be read ({error.detail}).", "Send fewer files at once.") from error


def _up_to(limit_bytes: int, receive: Receive) -> Receive:
    """Return `receive`, which raises DeskError when more than so many bytes came."""
    came = 0

    async def limited() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > limit_bytes:
            megabytes = limit_bytes // 1_000_000
            raise DeskError(f"Together these files are larger than {megabytes} MB.", "Add them one after another.")
        return message

    return limited


def _answered(answer: Answer, visit: Visit) -> Response:
    try:
        return answer(visit)
    except ConflictError as error:
        return visit.conflict(error)
    except AudioEditionError as error:
        return visit.trouble(error)
    except OSError as error:
        message = f"{error.filename or 'The folder'} can't be used ({error.strerror or error})."
        return visit.trouble(DeskError(message, "Make room on the disk, or see who may write there."), 500)


def _language(request: Request) -> str:
    """Return the language that was chosen, else the first that the browser asks for and the desk has."""
    wanted = [request.cookies.get(LANGUAGE_COOKIE, "")]
    asked = request.headers.get("accept-language", "")[:200].split(",")
    wanted += [each.partition(";")[0].strip().partition("-")[0].lower() for each in asked]
    return next((each for each in wanted if each in LANGUAGES), LANGUAGES[0])


@functools.cache
def style() -> str:
    """Return the style of every page: what editions and sites have in common, and the desk's own."""
    common = files("audio_edition.formats") / "templates" / "design.css"
    return common.read_text("utf-8") + own_file("desk.css")


@functools.cache
def own_file(name: str) -> str:
    """Return a file of the desk that is served as it is."""
    return (files(_PACKAGE) / "templates" / name).read_text("utf-8")
