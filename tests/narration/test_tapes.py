"""Which recording holds which chapter: by listening, and by clear names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import make_script, make_scripts, script_of
from audio_edition.edition.issue import Documents, Source, load_documents
from audio_edition.errors import SettingsError
from audio_edition.model import Chapter, Script
from audio_edition.narration import narrate
from audio_edition.narration.named import chapters_named
from audio_edition.narration.tapes import tapes_of
from support.readers import Ears, Reader

_RAIN = "Rain in the hills\n\nIt rained for nine days in the hills. The sheep stood under the old oak trees.\n"
_FERRY = "The last ferry\n\nThe ferry left at noon with forty people. Nobody knows when it will sail again.\n"


@pytest.fixture
def issue() -> Script:
    return make_script([Source(text.encode(), "a text") for text in (_RAIN, _FERRY)], Settings(title="The Courier"))


def _chapter(script: Script, title: str) -> Chapter:
    return next(chapter for chapter in script.chapters if chapter.title == title)


def _readers(reader: Reader, issue: Script, titles: tuple[str, ...]) -> list[Reader]:
    readers = [Reader(reader.narrator, seed) for seed, _ in enumerate(titles, start=1)]
    for one, title in zip(readers, titles, strict=True):
        one.read(_chapter(issue, title).utterances)
    return readers


def test_recordings_are_told_apart_by_listening(issue: Script, reader: Reader, tmp_path: Path) -> None:
    """Whatever their names and order."""
    readers = _readers(reader, issue, ("The last ferry", "Rain in the hills"))
    tapes = [one.write(tmp_path / f"{number}.wav") for number, one in enumerate(readers)]
    _, narration = narrate(issue, tapes, Ears(readers), Settings())  # type: ignore[arg-type]
    for number, one in enumerate(readers):
        assert {narration.readings[name].tape for name in one.truth} == {number}


def test_a_name_that_the_sound_denies_is_told(issue: Script, reader: Reader, tmp_path: Path) -> None:
    (one,) = _readers(reader, issue, ("The last ferry",))
    tape = one.write(tmp_path / "011_Rain_in_the_hills.wav")
    _, narration = narrate(issue, [tape], Ears([one]), Settings())  # type: ignore[arg-type]
    assert set(narration.readings) >= set(one.truth)
    assert "narration-name" in [finding.id for finding in narration.findings]


@pytest.mark.parametrize("stem", ["011_Rain_in_the_hills", "Rain in the hills", "2 - RAIN IN THE HILLS"])
def test_a_name_that_is_a_title_is_clear(issue: Script, stem: str) -> None:
    assert [chapter.title for chapter in chapters_named(stem, issue)] == ["Rain in the hills"]


@pytest.mark.parametrize("stem", ["011", "recording", "The", "take_2"])
def test_other_names_say_nothing(issue: Script, stem: str) -> None:
    assert not chapters_named(stem, issue)


def test_a_list_names_recordings_and_who_reads(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text(_RAIN)
    (tmp_path / "tapes").mkdir()
    for seed, name in enumerate(("a.wav", "b.wav"), start=1):
        Reader(reader.narrator, seed).write(tmp_path / "tapes" / name)
    (tmp_path / "edition.toml").write_text(
        'articles = ["rain.txt"]\n[narration]\nrecordings = ["tapes"]\nnarrator = "Jane Doe"\n'
        '[narration.narrators]\n"b.wav" = "Ann Other"\n'
    )
    documents = load_documents([Source(tmp_path / "edition.toml")])
    assert [tape.voice.name for tape in tapes_of(documents, Settings())] == ["Jane Doe", "Ann Other"]


def test_a_list_reaches_no_recording_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "list").mkdir()
    (tmp_path / "rain.txt").write_text(_RAIN)
    (tmp_path / "list" / "rain.txt").write_text(_RAIN)
    (tmp_path / "list" / "edition.toml").write_text('articles = ["rain.txt"]\n[narration]\nrecordings = ["../a.wav"]\n')
    with pytest.raises(SettingsError, match="outside the folder"):
        load_documents([Source(tmp_path / "list" / "edition.toml")])


def test_a_batch_does_not_pass_over_recordings(tmp_path: Path) -> None:
    documents = Documents((), recordings=(tmp_path / "tape.wav",))
    with pytest.raises(SettingsError, match="no recordings"):
        list(make_scripts(documents, (), Settings()))


def test_no_person_says_that_the_voice_is_synthetic(tmp_path: Path) -> None:
    sources = [Source(text.encode(), "a text") for text in (_RAIN, _FERRY)]
    settings = Settings(title="The Courier")
    spoken, read = (
        make_script(sources, replace(settings, recordings=recordings)) for recordings in ((), (tmp_path / "tape.wav",))
    )
    assert [sum("synthetic" in said.spoken for said in each.utterances) for each in (spoken, read)] == [1, 0]
    assert Documents(()).recordings == ()


def test_a_recording_of_one_article_is_looked_for_in_no_other(reader: Reader, tmp_path: Path) -> None:
    """What a list says goes over the sound: the same words in another article stay that one's."""
    said = "The ferry left on Monday in the rain. Nobody stood on the quay."
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"Story number {name}\n\n\n{said}\n")
    listed = tmp_path / "edition.toml"
    listed.write_text(
        'title = "Us"\narticles = ["one.txt", "two.txt"]\n[narration.articles]\n"two.txt" = "recordings/two.wav"\n'
    )
    documents = load_documents([Source(listed)])
    script = script_of(documents, (), Settings())
    own = [each for chapter in script.chapters if chapter.document == "two.txt" for each in chapter.utterances]
    reader.read(own)
    (tmp_path / "recordings").mkdir()
    reader.write(tmp_path / "recordings/two.wav")
    tapes = tapes_of(documents, Settings())
    assert tapes[0].documents == ("two.txt",)
    _, narration = narrate(script, tapes, Ears([reader]), Settings())  # type: ignore[arg-type]
    assert set(narration.readings) == {each.id for each in own}
