"""Make the pictures and the recording of the documents, from the program as it is: docs/pictures/.

    python scripts/pictures.py

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
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs/pictures"
COLOURS = 128
WINDOW = {"width": 1000, "height": 640}
NEWS = ROOT / "tests/articles/known/07-bold-headings-a.docx"
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #1d2430; }}
pre {{ margin: 0; padding: 20px 24px; color: #e8edf3; font: 17px/1.5 monospace; white-space: pre-wrap; }}
b {{ color: #8fd3a8; font-weight: normal; }}
</style><pre>{}</pre>"""


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
    with tempfile.TemporaryDirectory() as temporary:
        full = Path(temporary) / "full.png"
        view.screenshot(path=str(full), full_page=whole)
        with Image.open(full) as image:
            image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture, optimize=True)
    view.close()


def main() -> None:
    """Make all of them."""
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        shutil.copyfile(recording(folder), PICTURES / "harbour.mp3")
        site = site_page(folder)
        (harbour,) = (folder / "editions").glob("*ferry*/index.html")
        started = stack.enter_context(sync_playwright())
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        take(browser, harbour, PICTURES / "page.png", sentence="c01-p004-s01")
        take(browser, site, PICTURES / "site.png")
        take(browser, terminal_page(folder), PICTURES / "terminal.png", whole=True)
        browser.close()
    for path in sorted(PICTURES.iterdir()):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
