"""Books without text: what has headings, pages and sound, in the programs that read and play such books."""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from audio_edition.cache import Cache
from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition
from audio_edition.model import Speech
from support import daisy_player
from support.editions import CASES, OF_SOUND, the_file
from support.readium import heard_in, overlays_of, roles_in
from support.validators import ace_finds, daisy3_complaints, daisy_complaints, epubcheck, needs_schemas, needs_zedval

needs_java = pytest.mark.tool("java", "apt-get install default-jre-headless")
needs_readium = pytest.mark.tool("r2-shared-js-cli", "npm install --ignore-scripts r2-shared-js (as .ci/run does)")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, shared_cache: Cache) -> Callable[[str], Edition]:
    """Makes the books of sound of a case, once for all tests."""

    @functools.cache
    def built(name: str) -> Edition:
        speech = Speech(engine="espeak")
        settings = Settings(speech, formats=OF_SOUND, publisher="The Courier", date="2026-11-22", book_text="none")
        return make_edition(CASES[name](settings), tmp_path_factory.mktemp("sound"), settings, shared_cache)

    return built


@pytest.fixture(params=["harbour", "newspaper", "everything"])
def edition(request: pytest.FixtureRequest, build: Callable[[str], Edition]) -> Edition:
    return build(request.param)


@pytest.fixture
def rich(build: Callable[[str], Edition]) -> Edition:
    return build("everything")


@needs_java
def test_epubcheck_has_nothing_to_say(edition: Edition, tmp_path: Path) -> None:
    """No error, warning or usage note."""
    assert epubcheck(the_file(edition, ".epub"), tmp_path) == []


@pytest.mark.tool("chromium", "apt-get install chromium")
@pytest.mark.tool("ace-puppeteer", "PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 npm i -g @daisy/ace")
def test_ace_finds_no_barrier(rich: Edition, tmp_path: Path) -> None:
    """A book of sound has no violation of EPUB Accessibility either."""
    assert ace_finds(the_file(rich, ".epub"), tmp_path) == []


@needs_schemas
def test_daisys_schemas_have_nothing_to_say(edition: Edition) -> None:
    """RelaxNG, Schematron and DTD of DAISY 2.02."""
    assert daisy_complaints(the_file(edition, "-daisy202")) == []


@needs_zedval
@needs_java
def test_zedval_has_nothing_to_say(edition: Edition, tmp_path: Path) -> None:
    """DTDs and ZedVal, of DAISY 3."""
    with zipfile.ZipFile(the_file(edition, "-daisy3.zip")) as archive:
        archive.extractall(tmp_path)
    assert daisy3_complaints(tmp_path) == []


@needs_readium
def test_readium_plays_every_sentence(edition: Edition) -> None:
    """Each sentence has its sound in the EPUB and in the DAISY book, in order."""
    expected = [cue.id for cue in edition.recording.script.utterances]
    trees = [tree for tree in overlays_of(the_file(edition, ".epub")) if not tree["SmilPathInZip"].endswith("nav.smil")]
    assert [found[0] for tree in trees for found in heard_in(tree)] == expected
    daisy = [found for tree in overlays_of(the_file(edition, "-daisy202.zip")) for found in heard_in(tree)]
    assert len(daisy) == len(expected)


@needs_readium
def test_readium_finds_what_can_be_skipped_and_left(rich: Edition) -> None:
    """Notes, boxes, pages, tables and lists, as in a book with text."""
    found = [role for tree in overlays_of(the_file(rich, ".epub")) for role, _ in roles_in(tree)]
    assert {role: found.count(role) for role in found} == {
        "footnote": 2, "aside": 2, "list": 3, "list-item": 5, "figure": 1, "table": 1, "table-row": 3,
        "table-cell": 7, "pagebreak": 1,
    }  # fmt: skip


@pytest.mark.tool("daisy-player", "apt-get install daisy-player libsox-fmt-alsa")
@pytest.mark.tool("cc", "apt-get install gcc libc6-dev")
@pytest.mark.parametrize(
    ("edition", "format_"), [("harbour", "daisy202"), ("everything", "daisy3")], indirect=["edition"]
)
def test_a_daisy_player_plays_every_phrase(edition: Edition, tmp_path: Path, format_: str) -> None:
    """daisy-player plays each phrase with its sound, the spoken number of a page too, and counts the pages."""
    book = tmp_path / "book"
    with zipfile.ZipFile(the_file(edition, f"-{format_}.zip")) as archive:
        archive.extractall(book)
    played = daisy_player.play(book, tmp_path / "played")
    assert ("3 pages" in played.screen) == (format_ == "daisy3")
    clips = list(daisy_player.clips_of(book))
    assert len(played.phrases) == len(clips) == len(edition.recording.script.utterances)
    assert min(daisy_player.likeness(*pair) for pair in zip(played.phrases, clips, strict=True)) >= 0.8
