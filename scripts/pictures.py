"""Make the pictures and the recording of the documents, from the program as it is: docs/pictures/.

    python scripts/pictures.py         all of them
    python scripts/pictures.py desk    those of the desk alone

Needs Chromium and the extra `test`. Look at what it made before you commit it.
"""

from __future__ import annotations

import contextlib
import html
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
COLOURS = 256
WINDOW = {"width": 1000, "height": 640}
DESK = {"width": 900, "height": 800}
NEWS = ROOT / "tests/articles/known/07-bold-headings-a.docx"
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #1d2430; }}
pre {{ margin: 0; padding: 20px 24px; color: #e8edf3; font: 17px/1.5 monospace; white-space: pre-wrap; }}
b {{ color: #8fd3a8; font-weight: normal; }}
</style><pre>{}</pre>"""


TONE = """(() => {
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext(), tone = new OscillatorNode(context);
    const level = new GainNode(context, { gain: 0.2 });
    const heard = context.createMediaStreamDestination();
    tone.connect(level).connect(heard);
    tone.start();
    return heard.stream;
  };
})()"""


def audio_edition(folder: Path, *words: str) -> str:
    """Run the program in a folder; return all that a person would see."""
    command = [sys.executable, "-m", "audio_edition", *words]
    surroundings = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True
    )
    return done.stdout.decode("utf-8")


def terminal_page(folder: Path) -> Path:
    """Return a page that shows a volunteer's two commands with what they print."""
    shutil.copy(NEWS, folder / "village-news.docx")
    shown = []
    for words in (["build", "village-news.docx"], ["pack", "output/village-news"]):
        said = audio_edition(folder, *words).replace(f"{folder.resolve()}/", "")
        shown.append(f"<b>$ audio-edition {html.escape(' '.join(words))}</b>\n{html.escape(said)}")
    page = folder / "terminal.html"
    page.write_text(TERMINAL.format("\n".join(shown)), "utf-8")
    return page


def site_page(folder: Path) -> Path:
    """Return the first page of a site of the seeds."""
    for number, seed in enumerate(sorted((ROOT / "seeds").glob("*.txt")), start=1):
        audio_edition(folder, "build", str(seed), "-o", "editions", "--date", f"2026-11-{20 + number}")
    editions = [path.as_posix() for path in sorted((folder / "editions").iterdir())]
    wishes = ["--base-url", "https://example.org/listen/", "--title", "The Courier, to listen to"]
    audio_edition(folder, "publish", *editions, "--site", "site", *wishes)
    return folder / "site/index.html"


def recording(folder: Path) -> Path:
    """Return the track of a short edition: headline and first paragraph of a seed."""
    paragraphs = (ROOT / "seeds/harbour.txt").read_text("utf-8").split("\n\n")
    first = next(text for text in paragraphs if text.startswith("The last passenger ferry"))
    (folder / "beginning.txt").write_text(f"{paragraphs[0]}\n\n{first}\n", "utf-8")
    audio_edition(folder, "build", "beginning.txt", "-o", "beginning", "--format", "tracks")
    (track,) = (folder / "beginning").glob("*/tracks/*.mp3")
    return track


def take(browser: Any, page: Path, picture: Path, *, sentence: str = "", whole: bool = False) -> None:
    """Write a picture of a window, or of a whole page; of an edition's page while the sentence of that name is read."""
    view = browser.new_page(viewport={**WINDOW, "height": 1} if whole else WINDOW)
    view.goto(page.as_uri())
    if sentence:
        view.locator(f"#{sentence}").click()
        view.wait_for_function("() => document.querySelector('audio').currentTime > 0.5")
    write(view, picture, whole=whole)
    view.close()


def write(view: Any, picture: Path, *, whole: bool = False) -> None:
    """Write a picture of what a window shows, in few colours."""
    with tempfile.TemporaryDirectory() as temporary:
        full = Path(temporary) / "full.png"
        view.screenshot(path=str(full), full_page=whole)
        with Image.open(full) as image:
            image.convert("RGB").quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE).save(picture, optimize=True)


def of_editions(browser: Any, folder: Path) -> None:
    """Make the pictures of an edition, a site and the terminal, and the recording."""
    shutil.copyfile(recording(folder), PICTURES / "harbour.mp3")
    site = site_page(folder)
    (harbour,) = (folder / "editions").glob("*ferry*/index.html")
    take(browser, harbour, PICTURES / "page.png", sentence="c01-p004-s01")
    take(browser, site, PICTURES / "site.png")
    take(browser, terminal_page(folder), PICTURES / "terminal.png", whole=True)


# --- the desk


def newspaper(folder: Path) -> Path:
    """Return a desk's folder with an issue of the seeds, two of them in a section."""
    paper = folder / "The Courier"
    issue = paper / "2026-11-30"
    (issue / "articles").mkdir(parents=True)
    (paper / "audio-edition.toml").write_text('[speech]\nengine = "espeak"\n')
    for name in ("harbour", "brief", "summit", "traps"):
        shutil.copy(ROOT / f"seeds/{name}.txt", issue / "articles")
    (issue / "edition.toml").write_text(
        'title = "The Courier"\ndate = 2026-11-30\nlanguage = "en"\n'
        'articles = ["articles/harbour.txt", "articles/brief.txt"]\n\n'
        '[[section]]\ntitle = "World"\narticles = ["articles/summit.txt", "articles/traps.txt"]\n'
    )
    return paper


@contextlib.contextmanager
def open_window(browser: Any, paper: Path) -> Iterator[tuple[Any, str]]:
    """Yield a window at a desk, with a microphone that hears a tone, and the address of the issue."""
    from audio_edition.desk.app import open_desk

    with open_desk(paper) as opened:
        thread = threading.Thread(target=opened.server.run)
        thread.start()
        try:
            context = browser.new_context(viewport=DESK, locale="en-GB")
            context.add_init_script(TONE)
            page = context.new_page()
            page.goto(opened.address)
            page.wait_for_url(opened.server.url)
            yield page, f"{opened.server.url}issues/2026-11-30"
            context.close()
        finally:
            opened.server.stop()
            thread.join()


def of_desk(browser: Any, folder: Path) -> None:
    """Make the pictures of each step of the desk."""
    with open_window(browser, newspaper(folder)) as (page, issue):
        page.goto(issue)
        shoot(page, "desk-articles", 1010)
        page.goto(f"{issue}/said")
        page.wait_for_selector(".risks")
        shoot(page, "desk-said", 1000)
        page.goto(f"{issue}/record?name=articles/brief.txt")
        page.click("#record")
        page.wait_for_function("() => document.getElementById('time').textContent >= '0:02'")
        page.keyboard.press("Tab")
        shoot(page, "desk-record", 900)
        page.click("#record")
        page.wait_for_function("() => document.getElementById('told').textContent.endsWith('on the disk.')")
        page.goto(f"{issue}/read")
        page.locator("summary").filter(has_text="Other ways").first.click()
        shoot(page, "desk-who-reads", 1090)
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true })")
        page.get_by_role("button", name="Let the voice read it").click()
        page.wait_for_selector("#did")
        page.goto(f"{issue}/make")
        page.get_by_role("button", name="Make the edition").click()
        page.wait_for_selector(".edition", timeout=300_000)
        shoot(page, "desk-make", 780)
        page.goto(f"{issue}/hand-out")
        shoot(page, "desk-hand-out", 1150)


def shoot(page: Any, name: str, height: int) -> None:
    """Write a picture of the top of a page, as if the folder were that of a volunteer."""
    page.evaluate(
        "home => document.querySelectorAll('.path').forEach("
        "each => { each.textContent = each.textContent.replace(/^.*(?=\\/The Courier)/, home) })",
        "/home/anna",
    )
    page.evaluate("() => document.activeElement.blur()")
    page.mouse.move(0, 0)
    page.set_viewport_size({**DESK, "height": height})
    page.evaluate("() => scrollTo(0, 0)")
    write(page, PICTURES / f"{name}.png")
    page.set_viewport_size(DESK)


def main() -> None:
    """Make those that are asked for."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        started = stack.enter_context(sync_playwright())
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        if sys.argv[1:] != ["desk"]:
            of_editions(browser, folder)
        of_desk(browser, folder)
        browser.close()
    for path in sorted(PICTURES.iterdir()):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
