"""Files as recipients want them: made so, measured with FFmpeg and mutagen, and told where they are not."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mutagen.mp3 import MP3, BitrateMode

from audio_edition import audio
from audio_edition.cache import Cache
from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition, make_script
from audio_edition.errors import SettingsError
from audio_edition.formats import chosen
from audio_edition.model import RATE_HZ, Speech
from audio_edition.model.profiles import DELIVERED, PROFILES

pytestmark = pytest.mark.slow

_MASTERED = [name for name, profile in PROFILES.items() if profile.format == DELIVERED]
_TEXT = b"""Rain

It rained. Nobody minded, and the ferry went at noon, as it always does. The gates were shut in the evening.

- Sandbags -

They were dry, and there were enough of them. The mayor had asked for more, and got them within the hour.
"""


def _made(profile: str, folder: Path, cache: Cache) -> Edition:
    settings = Settings(Speech(engine="espeak"), formats=("tracks",), profile=profile)
    return make_edition(make_script(_TEXT, settings, "article"), folder, settings, cache)


def _files(edition: Edition) -> list[Path]:
    (package,) = (package for package in edition.packages if package.format == DELIVERED)
    return [edition.folder / file for file in package.files]


def _volume(path: Path) -> tuple[float, float]:
    """Mean volume and highest sample in dB, by another filter of FFmpeg than the program measures with."""
    command = [audio.ffmpeg_path(), "-hide_banner", "-i", str(path), "-af", "volumedetect", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stderr
    mean, highest = (re.search(rf"{name}_volume: (-?[\d.]+) dB", said) for name in ("mean", "max"))
    assert mean
    assert highest
    return float(mean[1]), float(highest[1])


@pytest.mark.parametrize("name", _MASTERED)
def test_files_are_what_their_recipient_asks_for(name: str, tmp_path: Path, shared_cache: Cache) -> None:
    """Level, peak, coding, order and tags, as other readers find them."""
    profile, edition = PROFILES[name], _made(name, tmp_path, shared_cache)
    files = _files(edition)
    assert [path.relative_to(edition.folder).as_posix() for path in files] == [
        f"{name}/001-rain.mp3", f"{name}/002-sandbags.mp3",
    ]  # fmt: skip
    for number, path in enumerate(files, start=1):
        made: Any = MP3(path)
        assert (made.info.bitrate, made.info.channels, made.info.bitrate_mode) == (
            1000 * profile.kbits.aim, 1, BitrateMode.CBR,
        )  # fmt: skip
        assert made.info.sample_rate == RATE_HZ
        assert (str(made["TRCK"]), str(made["TALB"])) == (f"{number}/2", "Rain")
        assert int(str(made["TLEN"])) == pytest.approx(1000 * audio.decoded(path).length / RATE_HZ, abs=1)
        mean_db, highest_db = _volume(path)
        assert not profile.rms_db or profile.rms_db.hold(mean_db)
        assert not profile.loudness_lufs or profile.loudness_lufs.hold(audio.levels(path).lufs)
        assert highest_db <= (profile.peak_db if profile.peak_db is not None else -1)


def test_silence_at_both_ends_is_as_long_as_asked(tmp_path: Path, shared_cache: Cache) -> None:
    """Counted in samples of the decoded file, from the first to the last that is heard."""
    for path in _files(_made("nnels", tmp_path, shared_cache)):
        clip = audio.decoded(path)
        loud = [at for at in range(0, clip.length, 441) if audio.peak_dbfs(clip, at, at + 441) > -50]
        assert loud[0] / RATE_HZ == pytest.approx(1, abs=0.05)
        assert (clip.length - loud[-1]) / RATE_HZ == pytest.approx(3, abs=0.05)


def test_they_say_what_the_tracks_say(tmp_path: Path, shared_cache: Cache) -> None:
    """The same sound at another level: no sentence is lost, none is early."""
    edition = _made("nnels", tmp_path, shared_cache)
    for path, track in zip(_files(edition), sorted((edition.folder / "tracks").iterdir()), strict=True):
        ours, theirs = audio.decoded(path), audio.decoded(track)
        shift = round(0.9 * RATE_HZ)
        places = range(0, theirs.length - 4410, 4410)
        heard = [audio.peak_dbfs(theirs, at, at + 4410) > -30 for at in places]
        again = [audio.peak_dbfs(ours, at + shift, at + shift + 4410) > -33 for at in places]
        assert sum(one == other for one, other in zip(heard, again, strict=True)) >= 0.95 * len(heard)


def test_the_same_text_gives_the_same_files(tmp_path: Path, shared_cache: Cache) -> None:
    """To the byte, and with nothing left of the samples."""
    one, other = (_made("nnels", tmp_path / name, shared_cache) for name in ("one", "other"))
    assert [path.read_bytes() for path in _files(one)] == [path.read_bytes() for path in _files(other)]
    assert not [path for path in one.folder.rglob("*") if path.suffix == ".pcm"]


def test_samples_are_not_kept(tmp_path: Path) -> None:
    """They would fill the cache: five megabytes a minute."""
    cache = Cache(tmp_path / "kept")
    _made("acx", tmp_path, cache)
    longest = 2 * RATE_HZ * 10
    assert max(path.stat().st_size for path in (tmp_path / "kept").rglob("*") if path.is_file()) < longest


def test_a_book_for_players_is_a_folder(tmp_path: Path, shared_cache: Cache) -> None:
    """Its sound is that of the edition, which those players take."""
    edition = _made("daisy-player", tmp_path, shared_cache)
    assert "daisy-folder" in [package.format for package in edition.packages]
    assert CliRunner().invoke(main, ["check", str(edition.folder), "--no-programs"]).exit_code == 0


def test_the_command_tells_what_does_not_conform(tmp_path: Path, shared_cache: Cache) -> None:
    """Each point with a remedy, and exit code 1; against another profile than its own."""
    edition = _made("nnels", tmp_path, shared_cache)
    words = ["check", str(edition.folder), "--no-programs", "--profile", "acx", "--json"]
    told = CliRunner().invoke(main, words)
    findings = json.loads(told.stdout)[0]["findings"]
    assert told.exit_code == 1
    assert {"profile-coding", "profile-voice"} <= {finding["id"] for finding in findings}
    assert all(finding["remedy"] for finding in findings)
    message = "Its bit rate is 64 kb/s; the profile asks for 192 to 320 kb/s."
    assert any(finding["message"] == message for finding in findings)


def test_building_tells_too() -> None:
    """What was made is measured at once."""
    Path("rain.txt").write_bytes(_TEXT)
    told = CliRunner().invoke(main, ["build", "rain.txt", "--format", "tracks", "--profile", "alexa"])
    assert told.exit_code == 0
    assert "It lasts" in told.stderr
    assert "the profile asks for 10 to 600 s." in told.stderr


def test_profiles_that_are_not_known_are_named() -> None:
    """By both commands; and the format that only profiles make."""
    Path("rain.txt").write_bytes(_TEXT)
    for words in (["build", "rain.txt", "--profile", "vinyl"], ["check", "rain", "--profile", "vinyl"]):
        told = CliRunner().invoke(main, words)
        assert told.exit_code in (1, 2)
        assert "nnels" in str(told.stderr) + str(told.exception)
    with pytest.raises(SettingsError, match="delivery needs a profile"):
        chosen((DELIVERED,))
