"""The public functions: what `import audio_edition` gives to a program."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import audio_edition
from audio_edition import ReadError, Settings, Speech

HUM = Settings(Speech(engine="tone"), formats=("mp3", "transcript"))
ARTICLE = b"Ferry leaves\n\nThe ferry left on Monday.\n\n- Fares -\n\nA ticket costs four pounds.\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.txt"
    path.write_bytes(ARTICLE)
    return path


def test_paths_may_be_strings_or_path_like(article: Path, tmp_path: Path) -> None:
    """Documents, output folders, editions and sites; the edition is the same."""
    by_path = audio_edition.build(article, tmp_path / "one", HUM)
    by_string = audio_edition.build(str(article), str(tmp_path / "two"), HUM)
    names = [
        sorted(path.relative_to(edition.folder) for path in edition.folder.rglob("*"))
        for edition in (by_path, by_string)
    ]
    assert names[0] == names[1]
    assert audio_edition.check(str(by_string.folder), programs=False).is_sound
    site = audio_edition.publish_site(str(tmp_path / "site"), [str(by_path.folder)], base_url="https://example.org/")
    assert site.added == ("ferry-leaves",)
    assert audio_edition.pack(str(by_path.folder)) == by_path.folder.with_name("ferry-leaves.zip")


def test_bytes_and_scripts_are_documents_too(tmp_path: Path) -> None:
    """A script that a program changed is spoken as it was changed."""
    script = audio_edition.write_script(ARTICLE, HUM)
    assert [chapter.title for chapter in script.chapters] == ["Ferry leaves", "Fares"]
    edition = audio_edition.build(script, tmp_path, HUM, cache=False)
    assert edition.recording.script.title == "Ferry leaves"


def test_several_documents_are_one_newspaper(article: Path) -> None:
    """In the order in which they are given."""
    issue = audio_edition.read([article, b"Rain falls\n\nIt rained all day.\n"], HUM)
    assert [each.title for each in issue.articles] == ["Ferry leaves", "Rain falls"]


def test_a_batch_reports_each_document(article: Path, tmp_path: Path) -> None:
    """One that can't be made takes no other along."""
    reports = audio_edition.batch([article, tmp_path / "missing.txt"], tmp_path / "out", HUM, jobs=1, cache=False)
    assert {Path(report.source).name: report.status for report in reports} == {
        "ferry.txt": "made", "missing.txt": "failed",
    }  # fmt: skip


def test_a_path_that_is_not_there_is_named_as_one(tmp_path: Path) -> None:
    """A string that is no address is a path."""
    with pytest.raises(ReadError, match=r"nowhere\.txt"):
        audio_edition.write_script(str(tmp_path / "nowhere.txt"), HUM)


def test_every_public_name_is_there_and_documented() -> None:
    """`__all__` is sorted; each function and class says what it is; the version is the package's."""
    for name in audio_edition.__all__:
        if name != "__version__":
            assert getattr(audio_edition, name).__doc__, name
    assert audio_edition.__version__ == version("audio-edition")


def test_a_folder_does_not_take_the_place_of_a_function() -> None:
    """Whatever was imported before, `audio_edition.read` is the function."""
    program = (
        "import audio_edition.read, audio_edition.check; from audio_edition import check, read; print(read, check)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.count("<function") == 2
