"""Frames joined: exact length in every decoder, chapters at exact samples, and no damaged track let through."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from audio_edition.errors import AudioEditionError, PublishError
from audio_edition.formats.mp3_stream import crc_16, info_frame, write_mp3
from audio_edition.model import ChapterRecording
from support.recordings import FRAME, Samples, frames_of, needs_ffprobe, needs_mpg123, noise, of_lengths, reopened
from support.recordings import decoded as decoded_by_ffmpeg

LENGTHS = (20, 61, 33, 128)
INFO_BYTES = 208

BY_LAME = bytes.fromhex("""
    fffb50c40000000000000000000000000000000000496e666f0000000f00000028000021770006060c0c1313131919202020
    26262c2c2c333339393940404646464c4c535353595960606066666c6c6c737379797980808686868c8c9393939999a0a0a0
    a6a6acacacb3b3b9b9b9c0c0c6c6c6ccccd3d3d3d9d9e0e0e0e6e6ecececf3f3f9f9f9ffff000000394c414d45332e313030
    01a5000000002c250000144024057c420000400000217770fc2709
""")
"""The start of the Info frame that `lame -b 64 -m m` (3.100) writes for a second of 440 Hz."""


def joined(tmp_path: Path, lengths: tuple[int, ...] = LENGTHS) -> tuple[Path, tuple[ChapterRecording, ...]]:
    chapters = of_lengths(tmp_path, lengths).chapters
    path = tmp_path / "joined.mp3"
    write_mp3(path, chapters, b"")
    return path, chapters


@pytest.mark.parametrize("lengths", [LENGTHS, (20,), (9,), (12, 12)])
def test_ffmpeg_decodes_exactly_the_samples_of_the_chapters(tmp_path: Path, lengths: tuple[int, ...]) -> None:
    """Nothing is added and nothing is lost, however many chapters there are."""
    path, chapters = joined(tmp_path, lengths)
    assert len(decoded_by_ffmpeg(path)) == chapters[-1].end == sum(lengths) * FRAME


@needs_ffprobe
def test_an_older_ffmpeg_decodes_exactly_the_samples_too(tmp_path: Path) -> None:
    """The length does not hang on one version of FFmpeg."""
    path, chapters = joined(tmp_path)
    assert len(decoded_by_ffmpeg(path, shutil.which("ffmpeg") or "")) == chapters[-1].end


@needs_mpg123
def test_mpg123_decodes_exactly_the_samples(tmp_path: Path) -> None:
    """A decoder that shares no code with FFmpeg gives the same length."""
    path, chapters = joined(tmp_path)
    done = subprocess.run(["mpg123", "-q", "-s", "-m", str(path)], capture_output=True, check=True)
    assert len(done.stdout) == 2 * chapters[-1].end
    assert done.stderr == b""


def lag(heard: Samples, chapter: ChapterRecording, sound: Samples) -> int:
    """How many samples later than it should a chapter's sound is heard, where it fits best."""
    reach = 4 * FRAME
    around = np.pad(heard.astype(float), reach)[chapter.start : chapter.end + 2 * reach]
    size = 1 << (len(around) - 1).bit_length()
    product = np.fft.rfft(around, size) * np.conj(np.fft.rfft(sound.astype(float), size))
    likeness = np.fft.irfft(product, size)[: 2 * reach + 1]
    return int(likeness.argmax()) - reach


def test_every_chapter_starts_at_its_sample(tmp_path: Path) -> None:
    """The sound that went in is heard where the chapter says, at lag 0, and is the same sound."""
    path, chapters = joined(tmp_path)
    heard = decoded_by_ffmpeg(path)
    for seed, chapter in enumerate(chapters):
        sound = noise(seed, chapter.length)
        assert lag(heard, chapter, sound) == 0, chapter.chapter.id
        assert np.corrcoef(heard[chapter.start : chapter.end], sound)[0, 1] > 0.95


def test_tracks_joined_whole_would_be_late(tmp_path: Path) -> None:
    """The measure above sees what it is for: joined with all their frames, chapters drift."""
    _, chapters = joined(tmp_path)
    (tmp_path / "naive.mp3").write_bytes(b"".join(chapter.takes[0].tracks["mp3"].read_bytes() for chapter in chapters))
    heard = decoded_by_ffmpeg(tmp_path / "naive.mp3")
    lags = [lag(heard, chapter, noise(seed, chapter.length)) for seed, chapter in enumerate(chapters)]
    assert lags == sorted(lags)
    assert lags[-1] - lags[0] >= 3 * FRAME


def test_the_silence_at_joins_stays_silent(tmp_path: Path) -> None:
    """Frames of two encodes that meet make no click."""
    path, chapters = joined(tmp_path)
    heard = decoded_by_ffmpeg(path)
    for chapter in chapters[1:]:
        assert np.abs(heard[chapter.start - 2 * FRAME : chapter.start + 2 * FRAME]).max() <= 4


def test_mutagen_tells_the_exact_length(tmp_path: Path) -> None:
    """A player that reads the Info frame shows the true duration, and knows the delay and the padding."""
    path, chapters = joined(tmp_path)
    info = reopened(path).info
    assert info.length == chapters[-1].end / 44_100
    assert (round(info.bitrate, -3), info.channels, info.sample_rate) == (64_000, 1, 44_100)
    assert info.encoder_info.startswith("LAME 3.100")
    assert str(info.bitrate_mode) == "BitrateMode.CBR"


def test_the_info_frame_counts_what_follows_it(tmp_path: Path) -> None:
    """Frames and bytes in the header are those of the file; the table of contents is even."""
    path, _ = joined(tmp_path)
    data = path.read_bytes()
    assert data[21:25] == b"Info"
    assert int.from_bytes(data[29:33]) == sum(LENGTHS) + 1
    assert int.from_bytes(data[33:37]) == len(data)
    assert list(data[37:137]) == [256 * percent // 100 for percent in range(100)]


def test_the_crc_is_the_one_that_lame_writes() -> None:
    """LAME's own Info frame carries this CRC over the same 175 bytes, as ours does."""
    assert crc_16(BY_LAME[:175]) == int.from_bytes(BY_LAME[175:])
    ours = info_frame(21, 21 * 209, 20 * FRAME)
    assert len(ours) == INFO_BYTES
    assert crc_16(ours[:175]) == int.from_bytes(ours[175:177]) != 0


def test_the_info_frame_is_laid_out_as_lames() -> None:
    """Header, side information, flags, version, method, source rate and delay are byte for byte where LAME has them."""
    ours = info_frame(40, 8567, 44_100 - 44_100 % FRAME)
    assert ours[:29] == BY_LAME[:29]
    assert ours[29:37] == BY_LAME[29:37]
    assert ours[141:151] == BY_LAME[141:151]
    assert ours[161:163] == BY_LAME[161:163]


def test_frames_beyond_the_chapter_are_left_out(tmp_path: Path) -> None:
    """An encoder's last, empty frames would push every later chapter back."""
    chapters = of_lengths(tmp_path, (20, 20)).chapters
    write_mp3(tmp_path / "a.mp3", chapters, b"")
    with chapters[0].takes[0].tracks["mp3"].open("ab") as track:
        track.write(frames_of(noise(5, 20 * FRAME).tobytes()))
    write_mp3(tmp_path / "b.mp3", chapters, b"")
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()


def test_a_long_edition_needs_no_memory(tmp_path: Path) -> None:
    """Frames pass through: 8 MB of them take less than half a megabyte."""
    (chapter,) = of_lengths(tmp_path, (100,)).chapters
    frames = chapter.takes[0].tracks["mp3"].read_bytes()
    times = 400
    chapter.takes[0].tracks["mp3"].write_bytes(frames * times)
    tracemalloc.start()
    long = dataclasses.replace(chapter.takes[0], length=times * 100 * FRAME)
    write_mp3(tmp_path / "long.mp3", [dataclasses.replace(chapter, length=long.length, takes=(long,))], b"")
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (tmp_path / "long.mp3").stat().st_size > 8_000_000
    assert peak_bytes < 500_000


def stereo() -> bytes:
    return frames_of(noise(0, 20 * FRAME).tobytes(), "-ac", "2")


def other_bit_rate() -> bytes:
    return frames_of(noise(0, 20 * FRAME).tobytes(), "-b:a", "96k")


def other_sample_rate() -> bytes:
    return frames_of(noise(0, 20 * FRAME).tobytes(), "-ar", "48000")


def with_info_frame() -> bytes:
    return frames_of(noise(0, 20 * FRAME).tobytes(), "-write_xing", "1")


def with_tag() -> bytes:
    return frames_of(noise(0, 20 * FRAME).tobytes(), "-id3v2_version", "3")


def with_a_hole() -> bytes:
    frames = frames_of(noise(0, 20 * FRAME).tobytes())
    return frames[:1000] + frames[1100:]


def cut_short() -> bytes:
    return frames_of(noise(0, 20 * FRAME).tobytes())[: 209 * 15 + 50]


def one_frame_short() -> bytes:
    return frames_of(noise(0, 20 * FRAME).tobytes())[: 209 * 21 - 60]


def nothing() -> bytes:
    return b""


@pytest.mark.parametrize(
    ("damaged", "said"),
    [
        (stereo, "frame 1 of 21 is no mp3 frame"),
        (other_bit_rate, "frame 1 of 21 is no mp3 frame"),
        (other_sample_rate, "frame 1 of 21 is no mp3 frame"),
        (with_info_frame, "begins with an Info frame"),
        (with_tag, "frame 1 of 21 is no mp3 frame"),
        (with_a_hole, "frame 6 of 21 is no mp3 frame"),
        (cut_short, "it ends after 15 of 21 frames"),
        (one_frame_short, "it ends after 20 of 21 frames"),
        (nothing, "it ends after 0 of 21 frames"),
    ],
)
def test_a_damaged_track_is_named(tmp_path: Path, damaged: object, said: str) -> None:
    """What would be heard as silence, noise or a shift is an error that names the track."""
    (chapter,) = of_lengths(tmp_path, (20,), ["The storm"]).chapters
    assert callable(damaged)
    chapter.takes[0].tracks["mp3"].write_bytes(damaged())
    with pytest.raises(AudioEditionError, match=said) as raised:
        write_mp3(tmp_path / "x.mp3", [chapter], b"")
    assert "c01.frames" in raised.value.message


def test_a_length_between_frames_is_refused(tmp_path: Path) -> None:
    """A chapter that does not end on a frame would shift all that follow."""
    (chapter,) = of_lengths(tmp_path, (20,)).chapters
    off = dataclasses.replace(chapter.takes[0], length=23_041)
    with pytest.raises(PublishError, match="23041 samples"):
        write_mp3(tmp_path / "x.mp3", [dataclasses.replace(chapter, takes=(off,))], b"")
