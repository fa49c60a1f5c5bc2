"""Editions in programs that people use: they open, list, seek and play what the packages say."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from audio_edition import audio
from audio_edition.edition.build import Edition
from audio_edition.formats.track_list import track_list
from audio_edition.model import RATE_HZ
from audio_edition.model.characters import one_line
from support import daisy_player
from support.editions import the_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_LIST_CHAPTERS = """
mp.register_event("file-loaded", function()
  local file = io.open(os.getenv("CHAPTERS"), "w")
  file:write(mp.get_property("chapter-list"))
  file:close()
  mp.command("quit")
end)
"""


@pytest.mark.tool("mpv", "apt-get install mpv")
@pytest.mark.parametrize(("suffix", "most_seconds"), [(".m4b", 0.001), (".mp3", 0.026)])
def test_mpv_lists_the_chapters(edition: Edition, tmp_path: Path, suffix: str, most_seconds: float) -> None:
    """Title and start of each track as a player has them. (FFmpeg counts an MP3's times from the coder's delay.)"""
    script, listed = tmp_path / "list.lua", tmp_path / "chapters.json"
    script.write_text(_LIST_CHAPTERS, "utf-8")
    silent = ["--no-config", "--really-quiet", "--ao=null", "--vo=null"]
    command = ["mpv", *silent, f"--script={script}", str(the_file(edition, suffix))]
    subprocess.run(command, capture_output=True, check=True, env=os.environ | {"CHAPTERS": str(listed)})
    chapters = json.loads(listed.read_text("utf-8"))
    expected = track_list(edition.recording)
    titles = [one_line(track.title).strip() for track in expected]
    assert [chapter["title"] for chapter in chapters] == titles
    for chapter, track in zip(chapters, expected, strict=True):
        assert chapter["time"] == pytest.approx(track.start / RATE_HZ, abs=most_seconds)


_HEARD = """
async ([source, from, seconds]) => {
  const context = new AudioContext({sampleRate: 44100});
  const element = new Audio(source);
  const heard = [];
  const recorder = context.createScriptProcessor(4096, 1, 1);
  recorder.onaudioprocess = event => heard.push(...event.inputBuffer.getChannelData(0));
  context.createMediaElementSource(element).connect(recorder).connect(context.destination);
  await new Promise(ready => { element.oncanplay = ready; });
  element.currentTime = from;
  await new Promise(ready => { element.onseeked = ready; });
  await element.play();
  await new Promise(done => { element.ontimeupdate = () => element.currentTime > from + seconds && done(); });
  element.pause();
  return heard;
}
"""


@pytest.mark.tool("chromium", "apt-get install chromium")
@pytest.mark.parametrize("suffix", [".mp3", ".m4b"])
def test_a_browser_seeks_to_a_sentence_and_plays_it(harbour: Edition, chromium: Browser, suffix: str) -> None:
    """From the time of a cue in the last chapter, an `audio` element plays that sentence and no other."""
    sound = the_file(harbour, suffix)
    chapter = harbour.recording.chapters[-1]
    cue = chapter.cues[len(chapter.cues) // 2]
    start = chapter.start + cue.start
    page = chromium.new_page()
    _serve(page, sound)
    page.goto("http://edition.test/")
    heard = np.array(page.evaluate(_HEARD, [sound.name, start / RATE_HZ, 1.5]))
    page.close()
    said = np.frombuffer(audio.decoded(sound).pcm, "<i2").astype(float)
    assert abs(_place_of(heard, said) - start) <= RATE_HZ // 10


def _serve(page: Any, sound: Path) -> None:
    """Answer from here, with byte ranges, as a web server would: nothing goes over the network."""
    data = sound.read_bytes()

    def answer(route: Any) -> None:
        if not route.request.url.endswith(sound.name):
            route.fulfill(body="<title>edition</title>", content_type="text/html")
            return
        span = route.request.headers.get("range", "bytes=0-").removeprefix("bytes=")
        first = int(span.partition("-")[0])
        headers = {"Content-Range": f"bytes {first}-{len(data) - 1}/{len(data)}", "Accept-Ranges": "bytes"}
        route.fulfill(status=206, headers=headers, body=data[first:], content_type="audio/mpeg")

    page.route("http://edition.test/**", answer)


def _place_of(heard: np.ndarray, said: np.ndarray) -> int:
    """Where in the recording what was heard begins, silence before it aside."""
    loud = int(np.flatnonzero(np.abs(heard) > 0.01)[0])
    piece = heard[loud : loud + RATE_HZ]
    size = 1 << (len(said) + len(piece)).bit_length()
    match = np.fft.irfft(np.fft.rfft(said, size) * np.conj(np.fft.rfft(piece, size)), size)
    return int(np.argmax(match[: len(said)]))


@pytest.mark.tool("mutool", "apt-get install mupdf-tools")
def test_a_reader_of_e_books_finds_the_text(edition: Edition) -> None:
    """MuPDF opens the EPUB, and reads every word of the article in order. What stands beside a picture it sets at
    another place; pictures and formulas are no text to it."""
    command = ["mutool", "draw", "-F", "txt", "-o", "-", str(the_file(edition, ".epub"))]
    done = subprocess.run(command, capture_output=True, check=True)
    read, at = _letters(done.stdout.decode()), 0
    for utterance in edition.recording.script.utterances:
        kinds = {span.kind for span in utterance.spans}
        if utterance.role in ("picture", "formula") or kinds & {"image", "math", "note", "ruby"}:
            continue
        words = _letters(one_line(utterance.text))
        beside = utterance.role in ("caption", "description")
        assert words in (read if beside else read[at:]), utterance.id
        at = at if beside else read.index(words, at) + len(words)


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@pytest.mark.tool("daisy-player", "apt-get install daisy-player libsox-fmt-alsa")
@pytest.mark.tool("cc", "apt-get install gcc libc6-dev")
@pytest.mark.parametrize("format_", ["daisy202", "daisy3"])
@pytest.mark.parametrize("edition", ["harbour", "everything"], indirect=True)
def test_a_daisy_player_plays_every_phrase(edition: Edition, tmp_path: Path, format_: str) -> None:
    """daisy-player shows the title, and plays each phrase, as long as its clip and with its sound, to the end; with
    lists, tables, notes, pages and pictures in the book too."""
    book = tmp_path / "book"
    with zipfile.ZipFile(the_file(edition, f"-{format_}.zip")) as archive:
        archive.extractall(book)
    played = daisy_player.play(book, tmp_path / "played")
    assert edition.recording.script.title[:40] in played.screen
    if edition.recording.script.title == "The harbour report":
        assert "3 pages" in played.screen
    clips = list(daisy_player.clips_of(book))
    assert len(played.phrases) == len(clips)
    for phrase, clip in zip(played.phrases, clips, strict=True):
        assert -0.1 <= daisy_player.seconds_of(phrase) - (clip.end - clip.begin) <= 0.35
        assert daisy_player.likeness(phrase, clip) >= 0.8
