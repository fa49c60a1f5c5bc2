"""The real article, built by the program and listened to: what a decoder hears is what edition.json says."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import mutagen.id3
import numpy as np
import pytest

from audio_edition import audio
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition, make_script
from audio_edition.model import RATE_HZ
from audio_edition.speak.narrator import Narrator

pytestmark = pytest.mark.filterwarnings("error")


@dataclass(frozen=True)
class Listened:
    """An edition, its manifest, and its MP3 as a decoder plays it (full scale is 1)."""

    edition: Edition
    manifest: dict[str, Any]
    mp3: Path
    heard: np.ndarray

    @property
    def cues(self) -> list[dict[str, Any]]:
        return [cue for chapter in self.manifest["chapters"] for cue in chapter["cues"]]


@pytest.fixture(scope="session")
def listened(wire_article: Path, tmp_path_factory: pytest.TempPathFactory) -> Listened:
    edition = make_edition(make_script(wire_article, Settings()), tmp_path_factory.mktemp("output"), Settings())
    (mp3,) = edition.folder.glob("*.mp3")
    manifest = json.loads((edition.folder / "edition.json").read_text("utf-8"))
    return Listened(edition, manifest, mp3, _decoded(mp3))


def _decoded(mp3: Path) -> np.ndarray:
    return np.frombuffer(audio.decoded(mp3).pcm, "<i2").astype(float) / 32768


def _sound_starts(mp3: Path) -> list[float]:
    """Seconds at which FFmpeg's silencedetect hears sound begin after at least 0.1 s of silence."""
    command: list[str | Path] = [
        audio.ffmpeg_path(),
        "-hide_banner",
        "-nostats",
        "-i",
        mp3,
        "-af",
        "silencedetect=noise=-50dB:d=0.08",
    ]
    done = subprocess.run([*command, "-f", "null", "-"], capture_output=True, check=True)
    return [float(seconds) for seconds in re.findall(rb"silence_end: ([\d.]+)", done.stderr)]


def _silence_around(heard: np.ndarray, cue: dict[str, Any]) -> tuple[float, float]:
    """Seconds without sound before and after a cue."""
    loud = np.flatnonzero(np.abs(heard) > 10 ** (-50 / 20))
    before = loud[loud < cue["start"] - RATE_HZ // 50]
    after = loud[loud > cue["end"] + RATE_HZ // 50]
    return (cue["start"] - int(before[-1])) / RATE_HZ, (int(after[0]) - cue["end"]) / RATE_HZ


def _heading_silences(listened: Listened, heard: np.ndarray) -> list[tuple[float, float]]:
    return [_silence_around(heard, cue) for cue in listened.cues if cue["role"] == "heading"]


def test_chapters_are_the_headline_and_the_subheadings(listened: Listened) -> None:
    """Three chapters, titled as in the article."""
    titles = [chapter["title"] for chapter in listened.manifest["chapters"]]
    assert titles[0].startswith("Toiling up Syrian cliff")
    assert titles[1:] == ["Blood stains", "Pushchairs abandoned"]


def test_the_decoded_file_has_the_length_it_says(listened: Listened) -> None:
    """Decoders give exactly the samples of edition.json, none more at a join."""
    assert len(listened.heard) == listened.manifest["length"]


def test_silence_around_subheadings_is_that_of_the_pause_table(listened: Listened) -> None:
    """0.9 s before and 0.6 s after each subheading, within 50 ms, in the decoded MP3."""
    silences = _heading_silences(listened, listened.heard)
    assert len(silences) == 2
    for before, after in silences:
        assert before == pytest.approx(0.9, abs=0.05)
        assert after == pytest.approx(0.6, abs=0.05)


def test_a_pause_that_is_cut_short_would_be_noticed(listened: Listened) -> None:
    """The broken twin: 0.1 s taken out of the pause before a subheading is out of tolerance."""
    start = next(cue["start"] for cue in listened.cues if cue["role"] == "heading")
    noise = listened.heard.copy()
    noise[start - round(0.8 * RATE_HZ) : start - round(0.75 * RATE_HZ)] = 0.1
    before, _ = _heading_silences(listened, noise)[0]
    assert before != pytest.approx(0.9, abs=0.05)


def test_sound_starts_where_each_cue_says(listened: Listened) -> None:
    """For every cue, FFmpeg's silencedetect hears sound begin within 40 ms of its start."""
    starts = np.array(_sound_starts(listened.mp3))
    away = [float(np.abs(starts - cue["start"] / RATE_HZ).min()) for cue in listened.cues]
    assert max(away) <= 0.04


def test_a_late_cue_would_be_noticed(listened: Listened) -> None:
    """The broken twin: cues 60 ms late have no sound beginning near them."""
    starts = np.array(_sound_starts(listened.mp3))
    late = [float(np.abs(starts - cue["start"] / RATE_HZ - 0.06).min()) for cue in listened.cues]
    assert max(late) > 0.04


def test_every_cue_holds_its_own_clip(listened: Listened, english: Narrator) -> None:
    """At each cue the decoded MP3 is the engine's own clip: within 1 ms, correlation 0.9 or more."""
    english = replace(english, delivery=listened.edition.recording.delivery)
    utterances = {utterance.id: utterance for utterance in listened.edition.recording.script.utterances}
    for cue in listened.cues:
        clip = english.speak(utterances[cue["id"]])
        lag, correlation = _lag(listened.heard, cue["start"], np.frombuffer(clip.pcm, "<i2").astype(float))
        assert abs(lag) <= RATE_HZ // 1000, cue["id"]
        assert correlation >= 0.9, cue["id"]
        assert cue["end"] - cue["start"] == 2 * clip.length


def test_another_sentences_clip_would_be_noticed(listened: Listened, english: Narrator) -> None:
    """The broken twin: the clip of the next sentence does not correlate."""
    first, second = listened.edition.recording.script.utterances[2:4]
    start = next(cue["start"] for cue in listened.cues if cue["id"] == first.id)
    clip = np.frombuffer(english.speak(second).pcm, "<i2").astype(float)
    assert _lag(listened.heard, start, clip)[1] < 0.5


def _lag(heard: np.ndarray, start: int, clip: np.ndarray) -> tuple[int, float]:
    """Where around `start` a clip of half the rate is found best, in samples, and its correlation there."""
    said = np.interp(np.arange(2 * len(clip)) / 2, np.arange(len(clip)), clip)
    around = heard[start - 200 : start + len(said) + 200]
    size = 1 << (len(around) + len(said)).bit_length()
    found = np.fft.irfft(np.fft.rfft(around, size) * np.conj(np.fft.rfft(said, size)), size)[:401]
    best = int(found.argmax())
    part = around[best : best + len(said)]
    return best - 200, float(found[best] / np.sqrt((part**2).sum() * (said**2).sum()))


def _greatest_jump(listened: Listened, heard: np.ndarray) -> float:
    """The greatest step between two samples where a chapter or a clip begins or ends, of full scale."""
    edges = {cue[edge] for cue in listened.cues for edge in ("start", "end")}
    edges |= {chapter["start"] for chapter in listened.manifest["chapters"][1:]}
    return max(float(np.abs(np.diff(heard[edge - 6 : edge + 6])).max()) for edge in edges)


def test_there_is_no_click_at_a_join(listened: Listened) -> None:
    """Where a chapter or a clip begins or ends, no sample jumps by more than 0.05 of full scale."""
    assert _greatest_jump(listened, listened.heard) < 0.05


def test_a_click_would_be_noticed(listened: Listened) -> None:
    """The broken twin: a step of a tenth of full scale where the second chapter begins."""
    clicking = listened.heard.copy()
    clicking[listened.manifest["chapters"][1]["start"] :] += 0.1
    assert _greatest_jump(listened, clicking) >= 0.05


def _level(heard: np.ndarray) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, by libebur128."""
    import pyebur128

    modes = pyebur128.MeasurementMode
    state = pyebur128.R128State(1, RATE_HZ, modes.MODE_I | modes.MODE_TRUE_PEAK)
    state.add_frames(heard, len(heard))
    return pyebur128.get_loudness_global(state), 20 * np.log10(pyebur128.get_true_peak(state, 0))


def test_it_is_as_loud_as_it_should_be(listened: Listened) -> None:
    """-19 LUFS within 0.5, no true peak above -1 dBTP, measured in the coded file by another library."""
    lufs, dbtp = _level(listened.heard)
    assert lufs == pytest.approx(-19, abs=0.5)
    assert dbtp < -1


def test_a_wrong_level_would_be_noticed(listened: Listened) -> None:
    """The broken twin: 1.5 dB more is too loud, and its peaks are too high."""
    lufs, dbtp = _level(listened.heard * 10 ** (1.5 / 20))
    assert lufs != pytest.approx(-19, abs=0.5)
    assert dbtp >= -1


def test_every_chapter_is_as_loud_as_the_others(listened: Listened) -> None:
    """From chapter to chapter the level moves less than 1 LU."""
    chapters = listened.manifest["chapters"]
    levels = [_level(listened.heard[c["start"] : c["start"] + c["length"]])[0] for c in chapters]
    assert max(levels) - min(levels) < 1


Listed = list[tuple[str, float, float]]


def _by_mutagen(mp3: Path) -> Listed:
    """Title, start and end in milliseconds of each chapter."""
    tags = mutagen.id3.ID3(mp3)
    return [(c.sub_frames["TIT2"].text[0], c.start_time, c.end_time) for c in tags.getall("CHAP")]


def _by_ffprobe(mp3: Path) -> Listed:
    ffprobe = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(mp3)]
    probed = json.loads(subprocess.run(ffprobe, capture_output=True, check=True).stdout)["chapters"]
    return [(c["tags"]["title"], float(c["start_time"]) * 1000, float(c["end_time"]) * 1000) for c in probed]


def _agrees(listened: Listened, listed: Listed) -> bool:
    """Whether a reader lists the chapters of edition.json, in order, within 1 ms."""
    per_ms = RATE_HZ / 1000
    chapters = listened.manifest["chapters"]
    expected = [(c["title"], c["start"] / per_ms, (c["start"] + c["length"]) / per_ms) for c in chapters]
    return len(listed) == len(expected) and all(
        title == wanted and abs(start - wanted_start) <= 1 and abs(end - wanted_end) <= 1
        for (title, start, end), (wanted, wanted_start, wanted_end) in zip(listed, expected, strict=True)
    )


@pytest.mark.tool("ffprobe", "apt-get install ffmpeg")
def test_two_readers_list_the_chapters_of_edition_json(listened: Listened) -> None:
    """mutagen and ffprobe give the same chapters, in order, within 1 ms of edition.json."""
    assert _agrees(listened, _by_mutagen(listened.mp3))
    assert _agrees(listened, _by_ffprobe(listened.mp3))


@pytest.mark.tool("ffprobe", "apt-get install ffmpeg")
def test_a_chapter_at_a_wrong_time_would_be_noticed(listened: Listened, tmp_path: Path) -> None:
    """The broken twin: one chapter 3 ms late in the tag."""
    late = tmp_path / "late.mp3"
    late.write_bytes(listened.mp3.read_bytes())
    tags = mutagen.id3.ID3(late)
    tags.getall("CHAP")[1].start_time += 3
    tags.save(v2_version=3, v1=0)
    assert not _agrees(listened, _by_mutagen(late))
    assert not _agrees(listened, sorted(_by_ffprobe(late), key=lambda chapter: chapter[1]))


def _words_as_written(wire_article: Path) -> list[str]:
    return re.sub(r"^- (.*) -$", r"\1", wire_article.read_text("utf-8"), flags=re.MULTILINE).split()


def test_every_word_is_in_the_transcript_in_order(listened: Listened, wire_article: Path) -> None:
    """transcript.txt holds the words of the article, all, once, in order; only the subheadings' hyphens are gone."""
    words = (listened.edition.folder / "transcript.txt").read_text("utf-8").split()
    assert words == _words_as_written(wire_article)


def test_a_word_lost_or_moved_would_be_noticed(listened: Listened, wire_article: Path) -> None:
    """The broken twins: a transcript that lacks its last word, and one in which two stand the wrong way round."""
    words = (listened.edition.folder / "transcript.txt").read_text("utf-8").split()
    assert words[:-1] != _words_as_written(wire_article)
    assert [words[1], words[0], *words[2:]] != _words_as_written(wire_article)


def test_a_lost_frame_would_be_noticed(listened: Listened, tmp_path: Path) -> None:
    """The broken twin of the exact length: without one MP3 frame in its middle, the file decodes shorter."""
    data = listened.mp3.read_bytes()
    middle = data.index(b"\xff\xfb", len(data) // 2)
    following = data.index(data[middle : middle + 2], middle + 200)
    short = tmp_path / "short.mp3"
    short.write_bytes(data[:middle] + data[following:])
    assert len(_decoded(short)) != listened.manifest["length"]


def test_captions_and_manifest_agree(listened: Listened) -> None:
    """transcript.vtt has a cue a sentence, with the ids and (to the millisecond) the times of edition.json."""
    vtt = (listened.edition.folder / "transcript.vtt").read_text("utf-8")
    found = re.findall(r"^(c\d+-p\d+-s\d+)\n(\d+):(\d+):([\d.]+) --> (\d+):(\d+):([\d.]+)$", vtt, re.MULTILINE)
    times = {
        cue: (3600 * int(a) + 60 * int(b) + float(c), 3600 * int(d) + 60 * int(e) + float(f))
        for cue, a, b, c, d, e, f in found
    }
    assert list(times) == [cue["id"] for cue in listened.cues]
    for cue in listened.cues:
        assert times[cue["id"]] == pytest.approx((cue["start"] / RATE_HZ, cue["end"] / RATE_HZ), abs=0.00051)


def test_the_words_of_a_cue_are_the_words_of_its_text(listened: Listened) -> None:
    """Word marks name every written word of the sentences that are said as they are written."""
    for cue in listened.cues:
        if "spoken" not in cue:
            marked = {cue["text"][first:last] for _, _, first, last in cue["words"]}
            assert set(re.findall(r"[^\W\d_]{4,}", cue["text"])) <= set(re.findall(r"[^\W\d_]+", " ".join(marked)))
