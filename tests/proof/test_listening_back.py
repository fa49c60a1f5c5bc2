"""An edition, built by the program and heard by the packaged recogniser; and its broken twins."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio_edition import audio
from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.edition.folder import read_edition
from audio_edition.errors import MissingTool, ProofError, StitchError
from audio_edition.hearing import recogniser
from audio_edition.hearing.recogniser import Recogniser
from audio_edition.model import RATE_HZ, Clip, Speech
from audio_edition.proof.listening import Listening, listen

ARTICLE = """\
A quiet week in the old town

The council met on Tuesday evening in the town hall. The new bridge will open before winter, and it will cost $3.5bn.

"Nobody asked me about the colour of the bridge," said the old man.

- Water under the bridge -

The boats came home in the rain. Children ran along the river with paper lanterns. A small dog followed them to the
church.
"""
SILENCED, LEFT, RIGHT = "c02-p002-s02", "c01-p002-s01", "c01-p003-s01"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition's folder."""
    settings = Settings(speech=Speech(engine="espeak"), formats=("mp3",))
    script = make_script(ARTICLE.encode(), settings)
    return make_edition(script, tmp_path_factory.mktemp("output"), settings).folder


@pytest.fixture(scope="module")
def ears() -> Recogniser:
    """The packaged recogniser, loaded once."""
    if importlib.util.find_spec("faster_whisper") is None:
        reason = 'faster-whisper is not installed; install it with: pip install -e ".[proof]"'
        (pytest.fail if os.environ.get("AUDIO_EDITION_REQUIRE_TOOLS") == "1" else pytest.skip)(reason)
    return Recogniser()


@pytest.fixture(scope="module")
def heard(folder: Path, ears: Recogniser) -> Listening:
    return listen(read_edition(folder), ears)


def _twin(folder: Path, place: Path, change: Callable[[bytearray, dict[str, tuple[int, int]]], None]) -> Path:
    """A copy of the edition whose samples were changed; it gets them and the first byte and end of each sentence."""
    twin = Path(shutil.copytree(folder, place / "twin"))
    (mp3,) = twin.glob("*.mp3")
    manifest = json.loads((twin / "edition.json").read_text("utf-8"))
    cues = [cue for chapter in manifest["chapters"] for cue in chapter["cues"]]
    pcm = bytearray(audio.decoded(mp3).pcm)
    change(pcm, {cue["id"]: (2 * cue["start"], 2 * cue["end"]) for cue in cues})
    command: list[str | Path] = [
        audio.ffmpeg_path(),
        "-v",
        "error",
        "-y",
        "-f",
        "s16le",
        "-ar",
        str(RATE_HZ),
        "-ac",
        "1",
        "-i",
        "pipe:0",
        mp3,
    ]
    subprocess.run(command, input=bytes(pcm), check=True)
    return twin


def _missing(listening: Listening) -> list[str]:
    return [finding.place for finding in listening.findings if finding.level == "error"]


def test_a_good_edition_is_understood(heard: Listening) -> None:
    """Nothing is missing, most words are right, figures in whichever form count as said, and the worst come first."""
    assert _missing(heard) == []
    assert heard.words > 60
    assert heard.word_error_rate < 0.15
    rates = [sentence.match.rate for sentence in heard.worst_first]
    assert rates == sorted(rates, reverse=True)
    assert {finding.id for finding in heard.findings} <= {"misheard"}


def test_it_is_heard_the_same_way_twice(folder: Path, ears: Recogniser, heard: Listening) -> None:
    """The same sound gives the same words every time."""
    assert listen(read_edition(folder), ears) == heard


def test_a_silenced_sentence_is_missing(folder: Path, ears: Recogniser, tmp_path: Path) -> None:
    """The broken twin: one sentence without sound is an error, and only that one."""

    def silence(pcm: bytearray, places: dict[str, tuple[int, int]]) -> None:
        start, end = places[SILENCED]
        pcm[start:end] = bytes(end - start)

    listening = listen(read_edition(_twin(folder, tmp_path, silence)), ears)
    assert _missing(listening) == [SILENCED]
    assert "silence" in listening.findings[0].message
    assert listening.findings[0].id == "sentence-missing"


def test_sentences_in_the_wrong_order_are_missing(folder: Path, ears: Recogniser, tmp_path: Path) -> None:
    """The broken twin: of two sentences that changed places, at least one is not where it should be."""

    def swap(pcm: bytearray, places: dict[str, tuple[int, int]]) -> None:
        (first, first_end), (last, last_end) = places[LEFT], places[RIGHT]
        pcm[first:last_end] = pcm[last:last_end] + pcm[first_end:last] + pcm[first:first_end]

    missing = _missing(listen(read_edition(_twin(folder, tmp_path, swap)), ears))
    assert missing
    assert set(missing) <= {LEFT, RIGHT}


def test_the_sound_of_another_edition_is_missing_whole(folder: Path, ears: Recogniser, tmp_path: Path) -> None:
    """The broken twin: with the sound of another text, each sentence of five words and more is missing."""
    settings = Settings(speech=Speech(engine="espeak"), formats=("mp3",))
    text = (
        b"Night train returns\n\n"
        + b"A choir of pensioners sang on a platform while snow fell upon distant hills. " * 8
    )
    (other,) = make_edition(make_script(text, settings), tmp_path, settings).folder.glob("*.mp3")
    twin = Path(shutil.copytree(folder, tmp_path / "twin"))
    (mp3,) = twin.glob("*.mp3")
    shutil.copy(other, mp3)
    listening = listen(read_edition(twin), ears)
    assert {sentence.id for sentence in listening.sentences if sentence.match.words > 4} <= set(_missing(listening))


def test_sound_that_ends_too_early_is_missing(folder: Path, ears: Recogniser, tmp_path: Path) -> None:
    """The broken twin: of a file cut in half, the second chapter is missing."""

    def cut(pcm: bytearray, places: dict[str, tuple[int, int]]) -> None:
        del pcm[places["c02-p001-s01"][0] :]

    missing = _missing(listen(read_edition(_twin(folder, tmp_path, cut)), ears))
    assert missing == ["c02-p001-s01", "c02-p002-s01", "c02-p002-s02", "c02-p002-s03"]


def test_sound_that_can_not_be_played_is_told(folder: Path, ears: Recogniser, tmp_path: Path) -> None:
    """An MP3 that is none is an error that names it."""
    twin = Path(shutil.copytree(folder, tmp_path / "twin"))
    (mp3,) = twin.glob("*.mp3")
    mp3.write_text("This is no sound.", "utf-8")
    with pytest.raises(StitchError, match=mp3.name):
        listen(read_edition(twin), ears)


class _Dictated:
    """A recogniser that hears what it is told, and in which language it was asked."""

    name = "dictated"

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def language(self, tag: str) -> str:
        return tag.partition("-")[0]

    def hear(self, sound: Clip, language: str) -> str:
        self.asked.append((language, sound.length))
        return "bonjour"


def test_a_chapter_is_heard_language_by_language(folder: Path, tmp_path: Path) -> None:
    """Where the language changes, the recogniser is told; together it gets every sample once."""
    pytest.importorskip("whisper_normalizer", reason='pip install "audio-edition[proof]"')
    twin = Path(shutil.copytree(folder, tmp_path / "twin"))
    manifest = json.loads((twin / "edition.json").read_text("utf-8"))
    manifest["chapters"][0]["cues"][1]["language"] = "fr-FR"
    (twin / "edition.json").write_text(json.dumps(manifest), "utf-8")
    ears = _Dictated()
    listen(read_edition(twin), ears)  # type: ignore[arg-type]
    assert [language for language, _ in ears.asked] == ["en", "fr", "en", "en"]
    assert sum(length for _, length in ears.asked) == manifest["length"] * recogniser.RATE_HZ // RATE_HZ


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_command_lists_the_worst_first(folder: Path, ears: Recogniser, monkeypatch: pytest.MonkeyPatch) -> None:
    """`proof EDITION` gives the word error rate and exits 0; what a recogniser can't know is said on stderr."""
    monkeypatch.setattr(recogniser, "Recogniser", lambda model: ears)
    done = _run("proof", folder)
    assert done.exit_code == 0
    assert done.stdout.startswith("Word error rate: ")
    assert "can't know how a name should sound" in done.stderr
    told = json.loads(_run("proof", folder, "--json", "-q").stdout)
    assert told["words"] > 60
    assert [sentence["id"] for sentence in told["sentences"]][:2] == ["c01-p001-s01", "c01-p002-s01"]


def test_the_command_fails_where_a_sentence_is_missing(
    folder: Path, ears: Recogniser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 1, with the missing sentence first."""

    def silence(pcm: bytearray, places: dict[str, tuple[int, int]]) -> None:
        start, end = places[SILENCED]
        pcm[start:end] = bytes(end - start)

    monkeypatch.setattr(recogniser, "Recogniser", lambda model: ears)
    done = _run("proof", _twin(folder, tmp_path, silence))
    assert done.exit_code == 1
    first = done.stdout.split("\n\n")[1]
    assert first.startswith(SILENCED)
    assert "MISSING: There is silence" in first


# --- models


def test_a_folder_without_a_model_is_told(ears: Recogniser, tmp_path: Path) -> None:
    """Nothing is looked for on the network: what is missing in the folder is named."""
    with pytest.raises(ProofError, match=r"config\.json is not in it"):
        Recogniser(tmp_path)
    for name in ("config.json", "model.bin"):
        (tmp_path / name).write_text("{}")
    with pytest.raises(ProofError, match=r"tokenizer\.json is not in it"):
        Recogniser(tmp_path)
    (tmp_path / "tokenizer.json").write_text("{}")
    with pytest.raises(ProofError, match="this model can't be used"):
        Recogniser(tmp_path)


def test_a_model_of_ones_own_is_used(folder: Path, heard: Listening, ears: Recogniser, tmp_path: Path) -> None:
    """A folder with the packaged model's files hears what the packaged model hears."""
    for name, content in recogniser._packaged().items():
        (tmp_path / name).write_bytes(content)
    own = listen(read_edition(folder), Recogniser(tmp_path))
    assert own.sentences == heard.sentences
    assert own.recogniser == tmp_path.name


def test_a_damaged_packaged_model_is_told(ears: Recogniser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts that do not make the model they should are never used."""
    monkeypatch.setattr(recogniser, "_SHA256", "0" * 64)
    with pytest.raises(MissingTool, match="damaged"):
        Recogniser()


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Without faster-whisper, the command tells how to install it, and exits 1."""
    monkeypatch.setitem(__import__("sys").modules, "faster_whisper", None)
    done = _run("proof", folder)
    assert done.exit_code == 1
    assert "Install it: pip install faster-whisper" in done.stderr


def test_a_language_that_the_model_does_not_know_is_told(ears: Recogniser) -> None:
    """BCP 47 tags become the model's names; one it does not know is an error."""
    assert [ears.language(tag) for tag in ("en-GB", "cmn", "nb-NO", "ar")] == ["en", "zh", "no", "ar"]
    with pytest.raises(ProofError, match="tlh"):
        ears.language("tlh")
