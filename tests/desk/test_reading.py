"""Step 3 of the desk: who reads. Recordings that are made at the desk, piece by piece, or brought; and voices."""

from __future__ import annotations

import errno
import http.client
import itertools
import json
import random
import subprocess
import sys
import threading
import tomllib
import tracemalloc
import wave
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from audio_edition.desk import folder as desk_folder
from audio_edition.desk import reading_pages, recordings
from audio_edition.desk.contents import read_contents, written
from audio_edition.desk.folder import Paper
from audio_edition.desk.recordings import LIMIT_CHUNK_BYTES, OutOfStepError
from audio_edition.edition.issue import Source, load_documents
from audio_edition.errors import DeskError
from audio_edition.hearing import recogniser
from audio_edition.model import Utterance
from audio_edition.speak.narrator import Narrator
from support.desk import Answer, Visitor
from support.papers import NAME, STORIES
from support.readers import Ears, Reader

AT = f"/issues/{NAME}"
FERRY, RAIN, MATCH = "articles/ferry.txt", "articles/rain.txt", "articles/match.txt"
SENTENCES = ("Last ferry leaves Halvøy", "The last ferry left.", "Nobody waved.")
RATE = 48_000
SECOND = random.Random(1).randbytes(2 * RATE)
NEXT = random.Random(2).randbytes(2 * RATE)


def _query(at: int, name: str = FERRY, marks: str = "", rate: int = RATE) -> str:
    return f"{AT}/piece?name={quote(name)}&rate={rate}&at={at}" + (f"&marks={quote(marks)}" if marks else "")


def _listed(issue: Path) -> Any:
    return tomllib.loads((issue / "edition.toml").read_text())


def _wav(path: Path) -> tuple[int, bytes]:
    """The samples a second of a WAV file, and its samples."""
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return file.getframerate(), file.readframes(file.getnframes())


def _json(answer: Answer) -> Any:
    return json.loads(answer.body)


# --- recorded here


def test_each_piece_is_on_the_disk_before_it_is_said_to_be(maker: Visitor, issue: Path) -> None:
    """In a file that any player opens at any moment, which the list names; so the command line makes the same."""
    token = maker.token()
    for number, piece in enumerate((SECOND, NEXT, SECOND)):
        marks = json.dumps([[number * RATE, SENTENCES[number]]])
        answer = maker.piece(_query(number * RATE, marks=marks), piece, token)
        assert _json(answer) == {"length": (number + 1) * RATE, "seconds": number + 1}
        assert _wav(issue / "recordings/ferry.wav") == (RATE, (SECOND + NEXT + SECOND)[: (number + 1) * 2 * RATE])
    assert _listed(issue)["narration"] == {"articles": {FERRY: "recordings/ferry.wav"}}
    documents = load_documents([Source(issue / "edition.toml")])
    assert documents.recordings == (issue / "recordings/ferry.wav",)
    assert "recorded here · 0:03" in maker.get(f"{AT}/read").text
    page = maker.get(f"{AT}/record?name={FERRY}").page
    assert [each.get("data-at") for each in page.cssselect("input[type=radio]")] == ["0.0", "1.0", "2.0"]


def test_what_is_sent_again_is_there_once(maker: Visitor, issue: Path) -> None:
    """The answer may have been lost on its way; what goes on behind it is added."""
    token = maker.token()
    for at, piece in ((0, SECOND), (0, SECOND), (RATE // 2, SECOND[RATE:] + NEXT)):
        assert maker.piece(_query(at), piece, token).status == 200
    assert _wav(issue / "recordings/ferry.wav") == (RATE, SECOND + NEXT)


def test_two_windows_never_mix_their_sound(maker: Visitor, issue: Path) -> None:
    """Who comes second is told, with how much there is; so is who left something out."""
    token = maker.token()
    assert maker.piece(_query(0), SECOND, token).status == 200
    for at in (0, 2 * RATE):
        answer = maker.piece(_query(at), NEXT, token)
        assert (answer.status, _json(answer)["length"]) == (409, RATE)
        assert "another window" in _json(answer)["error"]
    assert _wav(issue / "recordings/ferry.wav") == (RATE, SECOND)


@pytest.mark.parametrize(
    ("query", "body"),
    [
        (_query(0, rate=10), SECOND),
        (_query(0), b""),
        (_query(0), b"x"),
        (_query(0), b"xx" * (LIMIT_CHUNK_BYTES // 2 + 1)),
        (_query(0).replace("at=0", "at=-1"), SECOND),
        (_query(0).replace("at=0", f"at={10**13}"), SECOND),
        (_query(0).replace("at=0", "at=²"), SECOND),
        (_query(0, marks="x"), SECOND),
        (_query(0, marks="[[-1, 1]]"), SECOND),
        (_query(0, "articles/other.txt"), SECOND),
        (_query(0, "../../x"), SECOND),
        (_query(0, "edition.toml"), SECOND),
    ],
    ids=[
        "rate",
        "nothing",
        "half a sample",
        "much",
        "before",
        "far",
        "digits",
        "marks",
        "mark",
        "article",
        "path",
        "list",
    ],
)
def test_what_is_no_piece_of_a_recording_leaves_nothing(maker: Visitor, issue: Path, query: str, body: bytes) -> None:
    """Nor a list that names it."""
    before = (issue / "edition.toml").read_text()
    answer = maker.piece(query.replace("²", quote("²")), body)
    assert answer.status == 400
    assert _json(answer)["error"]
    assert (issue / "edition.toml").read_text() == before
    assert not list(issue.glob("recordings/*.wav"))


def test_a_piece_of_another_page_is_refused(maker: Visitor, issue: Path) -> None:
    """Without the token, from another origin, without the cookie; and no piece comes by GET."""
    token = maker.token()
    assert maker.piece(_query(0), SECOND, "x" * 64).status == 403
    assert maker.piece(_query(0), SECOND, token, origin="https://evil.example").status == 403
    assert Visitor(maker.address).piece(_query(0), SECOND, token).status == 403
    assert maker.get(_query(0)).status in (404, 405)
    assert not (issue / "recordings").exists()


def test_only_the_page_that_records_may_use_the_microphone(maker: Visitor) -> None:
    """By the browser's policy."""
    assert "microphone=(self)" in maker.get(f"{AT}/record?name={FERRY}").headers["permissions-policy"]
    for path in (AT, f"{AT}/read", "/"):
        assert "microphone=()" in maker.get(path).headers["permissions-policy"]


def test_a_full_disk_takes_nothing_half(maker: Visitor, issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told in words, what was kept is as it was, and the recording goes on when there is room."""
    token = maker.token()
    maker.piece(_query(0), SECOND, token)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(recordings.os, "fsync", full)  # type: ignore[attr-defined]
        answer = maker.piece(_query(RATE), NEXT, token)
    assert answer.status == 400
    assert "Free some disk space" in _json(answer)["error"]
    assert _wav(issue / "recordings/ferry.wav") == (RATE, SECOND)
    assert (issue / "recordings/ferry.wav").stat().st_size == 44 + len(SECOND)
    assert maker.piece(_query(RATE), NEXT, token).status == 200


@pytest.mark.parametrize("torn", [b"", NEXT[:1001]], ids=["not written", "written and not counted"])
def test_what_a_crash_left_half_is_no_part_of_it(folder: Path, torn: bytes) -> None:
    """Samples behind the end that the head does not count were never said to be kept; the next piece goes over them."""
    issue = Paper(folder).issue(NAME)
    take = recordings.add(issue, FERRY, RATE, 0, SECOND)
    with take.path.open("ab") as file:
        file.write(torn)
    assert recordings.take_of(issue, FERRY) == take
    assert recordings.add(issue, FERRY, RATE, RATE, NEXT).length == 2 * RATE
    assert _wav(take.path) == (RATE, SECOND + NEXT)


def test_a_long_recording_needs_no_memory(folder: Path) -> None:
    """90 minutes are half a gigabyte on the disk; a further piece takes what the piece takes."""
    issue = Paper(folder).issue(NAME)
    take = recordings.add(issue, FERRY, RATE, 0, SECOND)
    length = 90 * 60 * RATE
    with take.path.open("r+b") as file:
        file.truncate(44 + 2 * length)
        file.write(recordings._header(RATE, length))
    tracemalloc.start()
    for number in range(20):
        done = recordings.add(issue, FERRY, RATE, length + number * RATE, SECOND)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert done.length == length + 20 * RATE
    assert peak < 4_000_000


def test_a_recording_ends_after_six_hours(folder: Path) -> None:
    """As any recording that is listened to."""
    issue = Paper(folder).issue(NAME)
    take = recordings.add(issue, FERRY, RATE, 0, SECOND)
    length = recordings.MOST_HOURS * 3600 * RATE
    with take.path.open("r+b") as file:
        file.truncate(44 + 2 * length)
        file.write(recordings._header(RATE, length))
    with pytest.raises(DeskError, match="6 hours"):
        recordings.add(issue, FERRY, RATE, length, SECOND)


def test_parts_of_a_recording_are_served(maker: Visitor) -> None:
    """By ranges: to hear from a sentence on, half a gigabyte need not come."""
    maker.piece(_query(0), SECOND)
    maker.headers["range"] = "bytes=44-143"
    answer = maker.get(f"{AT}/recording?name={FERRY}")
    assert (answer.status, answer.body) == (206, SECOND[:100])
    assert answer.headers["content-type"] == "audio/wav"


def test_another_rate_is_told(folder: Path) -> None:
    """Two rates in one file would be another voice."""
    issue = Paper(folder).issue(NAME)
    recordings.add(issue, FERRY, RATE, 0, SECOND)
    with pytest.raises(DeskError, match="is 48000 Hz, but this microphone’s is 44100 Hz"):
        recordings.add(issue, FERRY, 44_100, RATE, SECOND)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"x" * 100, SECOND], ids=["empty", "short", "text", "noise"])
def test_a_recording_that_is_none_any_more_is_told(maker: Visitor, issue: Path, data: bytes) -> None:
    """On the page, beside its article; it is not written into."""
    maker.piece(_query(0), SECOND)
    (issue / "recordings/ferry.wav").write_bytes(data)
    assert "was changed after the desk recorded it" in maker.get(f"{AT}/read").text
    assert maker.piece(_query(RATE), NEXT).status == 400
    assert (issue / "recordings/ferry.wav").read_bytes() == data


def test_a_link_is_never_recorded_into(maker: Visitor, issue: Path, tmp_path: Path) -> None:
    """Nor is what it leads to served, or named as a recording."""
    maker.piece(_query(0), SECOND)
    outside = tmp_path / "outside.wav"
    outside.write_bytes((issue / "recordings/ferry.wav").read_bytes())
    (issue / "recordings/ferry.wav").unlink()
    (issue / "recordings/ferry.wav").symlink_to(outside)
    assert maker.piece(_query(RATE), NEXT).status == 400
    assert maker.get(f"{AT}/recording?name={FERRY}").status == 400
    assert _wav(outside) == (RATE, SECOND)


_RUN = "import sys; from audio_edition.cli import main; main()"


@pytest.mark.slow
def test_a_desk_that_is_killed_loses_nothing_that_it_took(folder: Path, issue: Path) -> None:
    """At any moment of a recording, five times over; the next one goes on behind what it took."""
    moments, sound = random.Random(7), b""
    for _ in range(5):
        words = [sys.executable, "-c", _RUN, "desk", str(folder), "--no-browser"]
        with subprocess.Popen(words, stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True) as desk:
            maker = _let_in(desk)
            there = _there(issue)
            assert there[: len(sound)] == sound
            reader = _Recording(maker, there, moments.randrange(1, 12))
            reader.start()
            reader.is_killed_at.wait()
            desk.kill()
            reader.join()
        sound = reader.sound
    assert _there(issue)[: len(sound)] == sound
    assert len(sound) > RATE


def _let_in(desk: subprocess.Popen[str]) -> Visitor:
    """The maker, by the address that the program prints."""
    assert desk.stdout is not None
    address = next(word for line in desk.stdout for word in line.split() if "?key=" in word)
    parts = urlsplit(address)
    maker = Visitor(f"{parts.scheme}://{parts.netloc}/")
    maker.get(f"{parts.path}?{parts.query}")
    return maker


class _Recording(threading.Thread):
    """Sends pieces until the desk is gone; `sound` is what the desk said that it took. It is to be killed once some
    pieces were sent."""

    def __init__(self, maker: Visitor, sound: bytes, pieces: int) -> None:
        super().__init__()
        self.sound = sound
        self.is_killed_at = threading.Event()
        self._maker, self._token, self._pieces = maker, maker.token(), pieces

    def run(self) -> None:
        moments = random.Random(len(self.sound))
        for number in itertools.count():
            if number == self._pieces:
                self.is_killed_at.set()
            piece = moments.randbytes(2 * moments.randrange(1, RATE))
            try:
                answer = self._maker.piece(_query(len(self.sound) // 2), piece, self._token)
            except (OSError, http.client.HTTPException):
                return
            assert _json(answer)["length"] == (len(self.sound) + len(piece)) // 2
            self.sound += piece


def _there(issue: Path) -> bytes:
    path = issue / "recordings/ferry.wav"
    return _wav(path)[1] if path.is_file() else b""


# --- brought


def _upload(maker: Visitor, files: dict[str, bytes], name: str = FERRY) -> Answer:
    fields = {"token": maker.token(), "name": name}
    return maker.multipart(f"{AT}/upload-recording", fields, files, "recording")


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    """A recording that somebody brings."""
    path = tmp_path / "brought.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(SECOND[:16_000])
    return path.read_bytes()


def test_a_recording_is_brought(maker: Visitor, issue: Path, sound: bytes) -> None:
    """It has the reader who read last; the voice reads again when that is wanted, and the file stays."""
    assert _upload(maker, {"Ærø tape.wav": sound}).told == "The recording is used."
    (path,) = (issue / "recordings").iterdir()
    assert path.read_bytes() == sound
    page = maker.get(f"{AT}/record?name={FERRY}")
    assert "This recording was added as a file" in page.text
    maker.send(page, "/reader", reader=" Jane  Doe ")
    assert _listed(issue)["narration"]["narrators"] == {path.name: "Jane Doe"}
    assert _upload(maker, {"b.wav": sound + b"\0"}, RAIN).status == 200
    assert _listed(issue)["narration"]["narrators"] == {path.name: "Jane Doe", "b.wav": "Jane Doe"}
    answer = maker.send(maker.get(f"{AT}/read"), "/use-recording", name=FERRY, recording="")
    assert answer.told == "The synthetic voice will read it. The recording stays in the folder."
    assert _listed(issue)["narration"] == {"articles": {RAIN: "recordings/b.wav"}, "narrators": {"b.wav": "Jane Doe"}}
    assert path.read_bytes() == sound
    maker.send(maker.get(f"{AT}/read"), "/use-recording", name=FERRY, recording=f"recordings/{path.name}")
    assert _listed(issue)["narration"]["articles"][FERRY] == f"recordings/{path.name}"


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.txt", b"Not a sound."), ("a.wav", b"Not a sound."), ("a.wav", b""), ("a.m3u8", b"#EXTM3U\nhttp://127.0.0.1/")],
)
def test_what_is_no_recording_is_not_kept(maker: Visitor, issue: Path, name: str, data: bytes) -> None:
    """It is told why."""
    before = (issue / "edition.toml").read_text()
    answer = _upload(maker, {name: data})
    assert answer.status == 400
    assert name in answer.text
    assert not list((issue / "recordings").glob("*"))
    assert (issue / "edition.toml").read_text() == before


def test_a_recording_that_is_too_large_is_not_kept(
    maker: Visitor, issue: Path, sound: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_folder, "LIMIT_RECORDING_BYTES", 1000)
    assert "larger than" in _upload(maker, {"a.wav": sound}).text
    assert not list((issue / "recordings").glob("*"))


def test_what_a_killed_desk_was_given_is_cleared_away(folder: Path, issue: Path) -> None:
    """A recording that came only in part; nothing else, whatever it is called."""
    left = issue / "recordings/.x.audio-edition-upload"
    left.mkdir(parents=True)
    (left / "a.wav").write_bytes(SECOND)
    (issue / "recordings/.mine").mkdir()
    with desk_folder.opened(folder):
        assert [path.name for path in (issue / "recordings").iterdir()] == [".mine"]


@pytest.mark.parametrize("recording", ["../lexicon.txt", "edition.toml", "articles/ferry.txt", "recordings/no.wav"])
def test_only_a_recording_in_the_folder_can_be_used(maker: Visitor, issue: Path, recording: str) -> None:
    fields = {"token": maker.token(), "name": FERRY, "recording": recording}
    assert maker.post(f"{AT}/use-recording", fields).status == 400
    assert "narration" not in _listed(issue)


def test_who_reads_goes_with_the_article(maker: Visitor, issue: Path) -> None:
    """Up and down, into a section, into its edited text; out of the issue, and back with Undo."""
    maker.piece(_query(0), SECOND)
    maker.send(maker.get(f"{AT}/record?name={FERRY}"), "/reader", reader="Jane Doe")
    was = _listed(issue)["narration"]
    assert was == {"articles": {FERRY: "recordings/ferry.wav"}, "narrators": {"ferry.wav": "Jane Doe"}}
    answer = maker.send(maker.get(AT), "/order", "section", name=FERRY, section="Sport")
    answer = maker.send(answer, "/order", "up", name=FERRY)
    assert _listed(issue)["narration"] == was
    answer = maker.send(answer, "/order", "remove", name=FERRY)
    assert "narration" not in _listed(issue)
    answer = maker.send(answer, "/restore", name=FERRY)
    assert _listed(issue)["narration"] == was
    maker.send(maker.get(f"{AT}/article?name={FERRY}"), "/edit", text="It left.")
    assert _listed(issue)["narration"]["articles"] == {f"{FERRY}.edited.md": "recordings/ferry.wav"}
    assert maker.piece(_query(RATE, f"{FERRY}.edited.md"), NEXT).status == 200


def test_a_new_issue_takes_no_recordings_over(folder: Path) -> None:
    """But the voices of sections, and those in turn."""
    paper = Paper(folder)
    issue = paper.issue(NAME)
    recordings.add(issue, FERRY, RATE, 0, SECOND)
    issue.add(lambda contents: contents.with_section_voice("Sport", "espeak:en-gb").with_turns(("a", "b")))
    text = paper.new_issue("Next", "2026-12-07", NAME).list_text()
    assert "narration" not in text
    contents = read_contents(text)
    assert (contents.turns, contents.sections[1].voice) == (("a", "b"), "espeak:en-gb")


def test_what_a_person_wrote_about_recordings_stays() -> None:
    """Comments, folders of recordings, decisions: the desk changes what it knows."""
    text = (
        '# Ours\ntitle = "Us"\narticles = ["a.txt", "b.txt"]\n\n[narration]  # by us\n'
        'recordings = ["tapes"]\ndecisions = "d.json"\narticles = { "a.txt" = "a.wav" }\n'
        '\n[narration.narrators]\n"a.wav" = "Ann"\n"tape 1.wav" = "Bo"\n'
    )
    contents = read_contents(text)
    assert tomllib.loads(written(contents, text)) == tomllib.loads(text)
    new = written(contents.with_recording("a.txt", "").with_recording("b.txt", "b.wav"), text)
    assert "# by us" in new
    assert tomllib.loads(new)["narration"] == {
        "recordings": ["tapes"],
        "decisions": "d.json",
        "articles": {"b.txt": "b.wav"},
        "narrators": {"tape 1.wav": "Bo"},
    }


# --- voices


def test_voices_are_chosen(maker: Visitor, issue: Path) -> None:
    """For an article, for a section, in turn; and taken back."""
    page = maker.get(f"{AT}/read")
    maker.send(page, "/voice", name=FERRY, voice="tone:high")
    maker.send(page, "/section-voice", section="Sport", voice="tone:hum")
    answer = maker.send(page, "/turns", voice0="tone:hum", voice2="tone:high")
    assert answer.told == "The voice is chosen."
    listed = _listed(issue)
    assert listed["article-voices"] == {FERRY: "tone:high"}
    assert listed["section"][0]["voice"] == "tone:hum"
    assert listed["voices"] == ["tone:hum", "tone:high"]
    voices = {each.listed: each.voice for each in load_documents([Source(issue / "edition.toml")]).loaded}
    assert voices == {FERRY: "tone:high", RAIN: "tone:high", MATCH: "tone:hum"}
    page = maker.get(f"{AT}/read")
    maker.send(page, "/voice", name=FERRY, voice="")
    maker.send(page, "/section-voice", section="Sport", voice="")
    maker.send(page, "/turns", voice0="", voice1="")
    assert {"voices", "article-voices"}.isdisjoint(_listed(issue))
    assert "voice" not in _listed(issue)["section"][0]


def test_a_voice_is_heard_before_it_is_chosen(maker: Visitor, issue: Path) -> None:
    """Each as it says the headline; the list stays as it is."""
    before = (issue / "edition.toml").read_text()
    page = maker.get(f"{AT}/read")
    heard = {}
    for voice in ("tone:hum", "tone:high"):
        form = {"token": maker.token(), "name": FERRY, "language": "en", "sample": "Last ferry", "voice": voice}
        answer = maker.post(f"{AT}/sample", form)
        assert answer.headers["content-type"] == "audio/wav"
        heard[voice] = answer.body
    assert heard["tone:hum"] != heard["tone:high"]
    assert page.page.cssselect(f'button[formaction="{AT}/sample"]')
    assert (issue / "edition.toml").read_text() == before


@pytest.mark.parametrize("voice", ["piper:/etc/passwd", "../x.onnx", "a\0b", "x" * 300, "C:\\x.onnx"])
def test_a_voice_is_no_file(maker: Visitor, issue: Path, voice: str) -> None:
    """Of this computer, which a form could otherwise open."""
    token = maker.token()
    for action in ("voice", "sample"):
        assert maker.post(f"{AT}/{action}", {"token": token, "name": FERRY, "voice": voice}).status == 400
    assert maker.post(f"{AT}/turns", {"token": token, "voice0": voice}).status == 400
    assert "voice" not in (issue / "edition.toml").read_text()


def test_a_voice_that_is_gone_is_told(maker: Visitor, issue: Path) -> None:
    """On the page of what is said, with its remedy; the page of voices opens, and it can be changed there."""
    maker.post(f"{AT}/voice", {"token": maker.token(), "name": FERRY, "voice": "espeak:gone"})
    assert "espeak:gone" in maker.get(f"{AT}/read").text
    assert maker.post(f"{AT}/sample", {"token": maker.token(), "voice": "espeak:gone"}).status == 400


# --- what was read


@pytest.fixture
def read_all_but_one(maker: Visitor, issue: Path, english: Narrator, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """The first article is read but for its last sentence, as a recording made here."""
    for name in ("faster_whisper", "rapidfuzz", "numpy"):
        pytest.importorskip(name, reason='install it with: pip install -e ".[proof]"')
    reader = Reader(english)
    reader.read([Utterance(text, text, text) for text in ("Last ferry leaves Halvøy", "The last ferry left.")])
    path = issue.parent / "tape.wav"
    reader.write(path)
    rate, pcm = _wav(path)
    token = maker.token()
    for at in range(0, len(pcm), 2 * rate):
        assert maker.piece(_query(at // 2, rate=rate), pcm[at : at + 2 * rate], token).status == 200
    monkeypatch.setattr(recogniser, "Recogniser", lambda model=None: Ears([reader]))
    return reader


def test_what_was_not_read_is_shown(maker: Visitor, issue: Path, read_all_but_one: Reader) -> None:
    """With the way to read it; and no more when the recording has grown."""
    assert read_all_but_one.truth
    maker.send(maker.get(f"{AT}/record?name={FERRY}"), "/listen")
    maker.get(f"{AT}/events")
    page = maker.get(f"{AT}/record?name={FERRY}")
    assert "2 of 3 sentences were found in the recording." in page.text
    assert "1 sentence was not read" in page.text
    (link,) = page.page.cssselect("a[data-to]")
    assert page.page.cssselect(link.get("href"))[0].get("value") == "2"
    assert maker.get(f"{AT}/make").text.count("Listening") == 0
    take = recordings.take_of(Paper(issue.parent).issue(NAME), FERRY)
    assert take
    maker.piece(_query(take.length, rate=take.rate_hz), SECOND)
    assert "found in the recording" not in maker.get(f"{AT}/record?name={FERRY}").text


def test_an_edition_has_the_voice_of_who_read(maker: Visitor, issue: Path, read_all_but_one: Reader) -> None:
    """Where somebody did; the command line makes the same, and finds nothing to make."""
    assert read_all_but_one.truth
    maker.send(maker.get(f"{AT}/record?name={FERRY}"), "/reader", reader="Jane Doe")
    maker.send(maker.get(f"{AT}/make"), "/start")
    maker.get(f"{AT}/events")
    answer = maker.get(f"{AT}/make")
    assert "The edition is ready." in answer.text, answer.text
    manifest = json.loads((issue / "editions/the-courier/edition.json").read_text())
    cues = {cue["text"]: cue for chapter in manifest["chapters"] for cue in chapter["cues"]}
    assert "confidence" in cues["The last ferry left."]
    assert "confidence" not in cues["Nobody waved."]
    assert "Jane Doe" in json.dumps(manifest)
    assert "changed since" not in answer.text
    take = recordings.take_of(Paper(issue.parent).issue(NAME), FERRY)
    assert take
    maker.piece(_query(take.length, rate=take.rate_hz), SECOND)
    assert "changed since" in maker.get(f"{AT}/make").text


def test_without_a_recogniser_recordings_are_kept(maker: Visitor, issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the pages say what is missing, before an edition is asked for."""
    maker.piece(_query(0), SECOND)
    monkeypatch.setattr("audio_edition.desk.listening.can_listen", lambda: False)
    monkeypatch.setattr(reading_pages, "can_listen", lambda: False)
    for path in (f"{AT}/read", f"{AT}/record?name={FERRY}"):
        assert "recogniser that finds the sentences in recordings is not installed" in maker.get(path).text
    assert "Install it" in maker.get(f"{AT}/make").text
    assert (issue / "recordings/ferry.wav").is_file()


def test_what_an_article_says_stays_text(maker: Visitor, issue: Path) -> None:
    """Also in what the script of the page is given."""
    hostile = '</script><script>alert(1)</script>" onload="alert(1)'
    (issue / "articles/ferry.txt").write_text(f"{hostile}\n\n\n{hostile} left.\n")
    maker.piece(_query(0, marks=json.dumps([[0, hostile]])), SECOND)
    for path in (f"{AT}/read", f"{AT}/record?name={FERRY}"):
        answer = maker.get(path)
        assert answer.status == 200
        assert b"<script>alert" not in answer.body
        assert not [each for each in answer.page.iter() if any(str(name).startswith("on") for name in each.attrib)]


def test_marks_that_somebody_wrote_are_not_believed(folder: Path) -> None:
    """What is no mark is none; the recording goes on."""
    issue = Paper(folder).issue(NAME)
    take = recordings.add(issue, FERRY, RATE, 0, SECOND)
    for text in ("[", "3", '[["x", "y"]]', "[[-1, 2]]", "[" * 50_000, '[[0, "a"], [true, "b"]]'):
        recordings.marks_beside(take.path).write_text(text)
        done = recordings.take_of(issue, FERRY)
        assert done
        assert done.marks == ()
    with pytest.raises(OutOfStepError):
        recordings.add(issue, FERRY, RATE, 5 * RATE, SECOND)
    assert STORIES["ferry"]
