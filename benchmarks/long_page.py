"""How long a browser takes over the page of a very long book, and how much of a core it needs while it plays.

    python benchmarks/long_page.py [--sentences 30000] [--chapters 60]

The text is made up, the sound silent. Needs Chromium and Playwright (extra `test`).
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from audio_edition import audio
from audio_edition.formats import PACKAGES
from audio_edition.model import (
    RATE_HZ,
    Block,
    Chapter,
    ChapterRecording,
    Cue,
    Delivery,
    Heading,
    Paragraph,
    Passage,
    Recording,
    Role,
    Script,
    Utterance,
    Voice,
    Word,
)

_SENTENCE_SECONDS = 1.2
_SILENCE = "-f lavfi -i anullsrc=r=22050:cl=mono -t 60 -c:a libmp3lame -b:a 8k -write_xing 0 -id3v2_version 0 -f mp3"
_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def _chapter(number: int, sentences: int, start: int) -> ChapterRecording:
    each = round(_SENTENCE_SECONDS * RATE_HZ)
    cues = []
    for place in range(sentences):
        text = f"This is sentence {place} of {number}"
        role: Role = "body" if place else "heading" if number > 1 else "title"
        name = f"c{number:02}-p{(place + 3) // 4 + 1:03}-s{(place + 3) % 4 + 1:02}"
        begin = place * each
        cues.append(Cue(Utterance(name, text, text, role), begin, begin + each - 4000, _words(text, begin)))
    utterances = [cue.utterance for cue in cues]
    level = 2 if number > 1 else 1
    blocks: list[Block[Passage]] = [Heading(_passage(number, 1, utterances[:1]), level)]
    for start in range(1, len(utterances), 4):
        blocks.append(Paragraph(_passage(number, len(blocks) + 1, utterances[start : start + 4])))
    chapter = Chapter(f"c{number:02}", utterances[0].text, tuple(blocks), level)
    return ChapterRecording(chapter, start, sentences * each, tuple(cues))


def _passage(chapter: int, place: int, said: Sequence[Utterance]) -> Passage:
    return Passage(f"c{chapter:02}-p{place:03}", said[0].role, tuple(said))


def _words(text: str, begin: int) -> tuple[Word, ...]:
    words, place = [], 0
    for number, word in enumerate(text.split()):
        words.append(Word(begin + number * 8000, begin + number * 8000 + 7000, place, place + len(word)))
        place += len(word) + 1
    return tuple(words)


def _book(sentences: int, chapters: int) -> Recording:
    recorded: list[ChapterRecording] = []
    for number in range(1, chapters + 1):
        recorded.append(_chapter(number, sentences // chapters, recorded[-1].end if recorded else 0))
    script = Script("A very long book", tuple(part.chapter for part in recorded))
    return Recording(script, tuple(recorded), Delivery(Voice("none", "None", "en", "none")), "")


def _written(recording: Recording, folder: Path) -> float:
    """Write the page beside its sound; returns the seconds that the page took."""
    minute = folder / "minute"
    subprocess.run([audio.ffmpeg_path(), "-v", "error", *_SILENCE.split(), str(minute)], check=True)
    minutes = recording.length // RATE_HZ // 60 + 1
    (folder / "book.mp3").write_bytes(minute.read_bytes() * minutes)
    begin = time.perf_counter()
    PACKAGES["page"].write(recording, folder, "book")
    return time.perf_counter() - begin


def _measure(page: Any, address: str, far: str) -> None:
    page.goto(address)
    ready = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    print(
        f"ready after {ready / 1000:.2f} s, {page.evaluate('performance.memory.usedJSHeapSize') / 1e6:.0f} MB of script"
    )
    begin = time.perf_counter()
    page.evaluate("name => { location.hash = name }", far)
    page.evaluate(_TWO_FRAMES)
    print(f"a sentence far off is shown after {time.perf_counter() - begin:.2f} s")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.click("#play")
    before, began = _work(session), time.perf_counter()
    page.wait_for_timeout(10_000)
    share = (_work(session) - before) / (time.perf_counter() - began)
    print(f"while it plays, the page takes {100 * share:.0f} % of a core")


def _work(session: Any) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))


def main() -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, default=30_000)
    parser.add_argument("--chapters", type=int, default=60)
    asked = parser.parse_args()
    recording = _book(asked.sentences, asked.chapters)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        seconds = _written(recording, Path(folder))
        size = Path(folder, "index.html").stat().st_size / 1e6
        hours = recording.length / RATE_HZ / 3600
        print(f"{asked.sentences} sentences, {hours:.1f} h: written in {seconds:.1f} s, {size:.1f} MB")
        arguments = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
        browser = started.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        far = recording.chapters[-1].cues[len(recording.chapters[-1].cues) // 2].utterance.id
        _measure(browser.new_page(), Path(folder, "index.html").as_uri(), far)
        browser.close()


if __name__ == "__main__":
    main()
