"""The desk's addresses, and the server that answers them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from audio_edition.cache import default_cache
from audio_edition.desk import article_pages, feed_pages, hand_out_pages, making_pages, reading_pages, said_pages
from audio_edition.desk.folder import opened
from audio_edition.desk.guard import Guard, Keys
from audio_edition.desk.making import Maker
from audio_edition.desk.saying import Saying
from audio_edition.desk.visit import (
    LANGUAGE_COOKIE,
    LANGUAGES,
    Answer,
    Desk,
    Visit,
    does,
    own_file,
    read_form,
    shows,
    style,
)
from audio_edition.errors import AudioEditionError, DeskError
from audio_edition.serve import LOOPBACK, Server, is_loopback, server_of

_PAGES: dict[str, Answer] = {
    "/": article_pages.issues,
    "/issues/{issue}": article_pages.articles,
    "/issues/{issue}/article": article_pages.article,
    "/issues/{issue}/feed": feed_pages.entries,
    "/issues/{issue}/said": said_pages.said,
    "/issues/{issue}/risks": said_pages.risks,
    "/issues/{issue}/said/{chapter}": said_pages.chapter,
    "/issues/{issue}/sentence/{sentence}": said_pages.sentence,
    "/issues/{issue}/sound/{sentence}": said_pages.sound,
    "/issues/{issue}/read": reading_pages.who,
    "/issues/{issue}/record": reading_pages.record,
    "/issues/{issue}/recording": reading_pages.recording,
    "/issues/{issue}/make": making_pages.make,
    "/issues/{issue}/hand-out": hand_out_pages.hand_out,
}
_FORMS: dict[str, Answer] = {
    "/issues": article_pages.new_issue,
    "/issues/{issue}/upload": article_pages.upload,
    "/issues/{issue}/paste": article_pages.paste,
    "/issues/{issue}/address": article_pages.address,
    "/issues/{issue}/fetch-feed": feed_pages.fetch,
    "/issues/{issue}/entries": feed_pages.take,
    "/issues/{issue}/order": article_pages.order,
    "/issues/{issue}/restore": article_pages.restore,
    "/issues/{issue}/new-section": article_pages.new_section,
    "/issues/{issue}/section": article_pages.section,
    "/issues/{issue}/facts": article_pages.facts,
    "/issues/{issue}/edit": article_pages.edit,
    "/issues/{issue}/original": article_pages.back_to_original,
    "/issues/{issue}/hear": said_pages.hear,
    "/issues/{issue}/keep": said_pages.keep,
    "/issues/{issue}/forget": said_pages.forget,
    "/issues/{issue}/voice": reading_pages.voice,
    "/issues/{issue}/section-voice": reading_pages.section_voice,
    "/issues/{issue}/turns": reading_pages.turns,
    "/issues/{issue}/sample": reading_pages.sample,
    "/issues/{issue}/upload-recording": reading_pages.upload,
    "/issues/{issue}/use-recording": reading_pages.use,
    "/issues/{issue}/reader": reading_pages.reader,
    "/issues/{issue}/listen": reading_pages.listen,
    "/issues/{issue}/start": making_pages.start,
    "/issues/{issue}/stop": making_pages.stop,
    "/issues/{issue}/check": making_pages.check,
    "/issues/{issue}/zip": hand_out_pages.make_zip,
    "/issues/{issue}/publish": hand_out_pages.publish,
    "/issues/{issue}/stick": hand_out_pages.stick,
}


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk that waits for visitors: `address` lets its maker in, `address_once` only once."""

    server: Server
    address: str
    address_once: str


@contextlib.contextmanager
def open_desk(folder: Path, host: str = LOOPBACK, port: int = 0, password: str = "") -> Iterator[OpenDesk]:
    """Yield a desk for a folder, which no other desk may open meanwhile; port 0 takes a free one.

    Raises DeskError for a folder in use, and for another address than this computer's own without a password; SiteError
    for a port that is taken.
    """
    if not is_loopback(host) and not password:
        raise DeskError(f"On {host} others could reach the desk.", "Give it a password, or leave --host away.")
    with opened(folder) as paper:
        cache = default_cache(paper.settings().cache_bytes)
        saying, maker = Saying(paper, cache), Maker(cache)
        made: list[Desk] = []

        def application(bound: str, taken: int) -> Starlette:
            made.append(Desk(paper, Keys(taken, password), saying, maker, is_loopback(bound)))
            return application_of(made[0])

        try:
            with server_of(application, host, port) as server:
                keys = made[0].keys
                addresses = [server.url if password else f"{server.url}?key={key}" for key in (keys.key, keys.once)]
                yield OpenDesk(server, *addresses)
        finally:
            maker.close()
            saying.close()


def application_of(desk: Desk) -> Starlette:
    """Return the ASGI application of a desk."""
    routes = [Route(path, shows(answer)) for path, answer in _PAGES.items()]
    routes += [Route(path, does(answer), methods=["POST"]) for path, answer in _FORMS.items()]
    routes += [
        Route("/issues/{issue}/events", making_pages.events),
        Route("/issues/{issue}/piece", reading_pages.piece, methods=["POST"]),
        Route("/issues/{issue}/editions/{path:path}", making_pages.edition_file),
        Route("/issues/{issue}/zip/{name}.zip", hand_out_pages.zip_file),
        Route("/language/{language}", _language),
        Route("/log-in", _log_in, methods=["GET", "POST"]),
        Route("/desk.css", lambda request: PlainTextResponse(style(), media_type="text/css")),
        *(Route(f"/{name}", _script) for name in ("desk.js", "record.js", "microphone.js")),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, keys=desk.keys, on_loopback=desk.is_local)],
        exception_handlers={404: _not_found, 405: _not_found},
    )
    app.state.desk = desk
    return app


def _script(request: Request) -> Response:
    return PlainTextResponse(own_file(request.url.path[1:]), media_type="text/javascript")


def _not_found(request: Request, error: Exception) -> Response:
    nothing = DeskError("There is nothing at this address.", "Go back to the list of issues.")
    return Visit(request).trouble(nothing, 404)


def _language(request: Request) -> Response:
    """Choose the language of the desk's own words, and go back."""
    wanted = request.path_params["language"]
    response = RedirectResponse(Visit(request).came_from(), 303)
    if wanted in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, wanted, samesite="strict", httponly=True, max_age=31_536_000)
    return response


async def _log_in(request: Request) -> Response:
    """Ask for the password, and let in who knows it."""
    visit = Visit(request)
    if not visit.desk.keys.has_password:
        return RedirectResponse("/", 303)
    if request.method == "GET":
        return _door(visit)
    try:
        form = await read_form(request)
    except AudioEditionError as error:
        return visit.trouble(error, 413)
    if await visit.desk.keys.is_password(str(form.get("password", ""))[:1000]):
        return visit.desk.keys.let_in(RedirectResponse("/", 303))
    return _door(visit, 403, wrong=True)


def _door(visit: Visit, status: int = 200, *, wrong: bool = False) -> Response:
    """Return the page that asks for the password, and tells nothing of what is behind it."""
    return visit.page("log-in", status, wrong=wrong, paper=visit.words["log_in"], folder="")
