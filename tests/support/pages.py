"""Pages of editions, and ways to open one: from the file system and from a server, in all colours and sizes."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_script
from support.places import ROOT

needs_chromium = pytest.mark.tool("chromium", "apt-get install chromium")

ARABIC = """غرق العبّارة في الميناء القديم

غادرت العبّارة الميناء ظهر يوم الثلاثاء. ولم يصب أحد بأذى.

- أكياس الرمل -

قال العمدة إن الماء ارتفع مترين. ثم هدأت الريح.
"""
DUTCH = """Veerboot verlaat de haven

De veerboot vertrok om twaalf uur. Niemand zwaaide.

- Zandzakken -

Het water steeg. De band speelde door.
"""
HOSTILE = """</title><script>document.title = 'owned'</script>

<img src=x onerror="document.title = 'owned'"> & </script><!-- <script> ]]> "x" 'y' {{ 7 * 7 }}.

</main><style>*{display:none}</style> javascript:alert(1).

- </h2></nav><a href="javascript:document.title='owned'">press</a> -

It ends. \U0001f6a2 Ships \U0001f6a2 and $3.5bn & more.
"""
FRENCH = """Le bac quitte le port

Le bac est parti à midi. Personne n’a fait signe.

- Sacs de sable -

L’eau montait. L’orchestre jouait encore.
"""
TEXTS = {"Arabic": (ARABIC, "ar"), "Dutch": (DUTCH, "nl"), "French": (FRENCH, "fr"), "hostile": (HOSTILE, "en")}
SKIPPING = """<article><h1>Structures of a harbour</h1>
<p>The wall is five metres high.<a href="#n1" role="doc-noteref">1</a></p><p>The church is older.</p>
<figure><img src="map.png" alt="A map of the quay."></figure><p>Boats came in.</p>
<table><tr><th scope="col">Day</th><th scope="col">Boats</th></tr><tr><td>Monday</td><td>Two</td></tr></table>
<p>It rained.</p><div role="doc-pagebreak" aria-label="12"></div><p>The end was near.</p>
<section role="doc-endnotes"><ol><li id="n1" role="doc-endnote">Measured in 2024.</li></ol></section></article>"""
DOCUMENTS = {"structure": "html-everything", "tables": "html-tables", "notes": "html-notes", "figures": "html-figures"}
CASES = ("harbour", "brief", "levels", "many", "skipping", *DOCUMENTS, *TEXTS)


def script_of(name: str, settings: Settings) -> Any:
    if name in TEXTS:
        text, language = TEXTS[name]
        spoken = replace(settings, speech=replace(settings.speech, language=language))
        return make_script(text.encode(), spoken, name)
    if name == "many":
        steps = [f"- Step {number} -\n\nNobody minded." for number in range(1, 41)]
        return make_script("\n\n".join(["Many steps", *steps]).encode(), settings, name)
    if name == "levels":
        script = make_script(b"Levels\n\nOne.\n\n- A -\n\nTwo.\n\n- B -\n\nThree.\n\n- C -\n\nFour.", settings, name)
        levels = (1, 1, 2, 1)
        chapters = (replace(chapter, level=level) for chapter, level in zip(script.chapters, levels, strict=True))
        return replace(script, chapters=tuple(chapters))
    if name == "skipping":
        return make_script(SKIPPING.encode(), replace(settings, pages="spoken"), "skipping.html")
    if name in DOCUMENTS:
        return make_script(ROOT / "tests" / "articles" / DOCUMENTS[name] / "article.html", settings)
    return make_script(ROOT / "seeds" / f"{name}.txt", settings)


def island(folder: Path) -> dict[str, Any]:
    """What the page tells its script."""
    text = (folder / "index.html").read_text("utf-8")
    (found,) = re.findall(r'<script type="application/json" id="edition">(.*?)</script>', text, re.DOTALL)
    told: dict[str, Any] = json.loads(found)
    return told


class _Ranges(SimpleHTTPRequestHandler):
    """A static host as they are: files, and parts of them."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002 - its name in the library
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        first, last = 0, len(data) - 1
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if asked:
            first, last = int(asked[1]), min(int(asked[2] or last), last)
        self.send_response(206 if asked else 200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(last + 1 - first))
        self.send_header("Accept-Ranges", "bytes")
        if asked:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(data[first : last + 1])


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server for the folder, on this machine only."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Ranges, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/index.html"
        finally:
            server.shutdown()
            thread.join()


@dataclass(frozen=True)
class Opened:
    """A page in the browser, what the browser had to complain of, and the addresses it asked for."""

    page: Any
    complaints: list[str]
    asked: list[str]

    def now(self) -> float:
        """Where the sound is, in seconds."""
        return float(self.page.evaluate("document.querySelector('audio').currentTime"))

    def paused(self) -> bool:
        return bool(self.page.evaluate("document.querySelector('audio').paused"))

    def current(self) -> str:
        """The id of the sentence that is marked."""
        return str(self.page.evaluate("document.querySelector('main [aria-current]')?.id ?? ''"))

    def focused(self) -> str:
        """The id of what has the focus."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.tagName"))

    def until(self, condition: str) -> None:
        """Wait until a JavaScript expression is true; `audio` is the sound."""
        self.page.wait_for_function(f"() => {{ const audio = document.querySelector('audio'); return {condition} }}")


@contextlib.contextmanager
def opened(browser: Any, address: str, **options: Any) -> Iterator[Opened]:
    """The page in a context of its own. Whatever the browser complains of fails the test."""
    context = browser.new_context(**({"viewport": {"width": 1280, "height": 800}} | options))
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    try:
        yield Opened(page, complaints, asked)
        assert complaints == []
    finally:
        context.close()


def address_of(edition: Edition) -> str:
    """The page as a file."""
    return (edition.folder / "index.html").as_uri()
