"""Content credentials: what is signed says so, plays as before, and is found to be changed where it was."""

from __future__ import annotations

import hashlib
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio_edition.check import check_edition
from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import make_edition, make_script
from audio_edition.model import Speech
from support.certificates import ORGANISATION, SIGNER, Certificates, make_certificates

ALGORITHMIC = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"
TEXT = "The ferry is late\n\nBy Ada Finch\n\nNobody minds.\n\n- {heading} -\n\nIt comes when it comes.\n"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def _edition(folder: Path, heading: str = "What the cook says") -> Path:
    settings = Settings(Speech(engine="tone"), date="2026-11-22", publisher="The Courier")
    return make_edition(
        make_script(TEXT.format(heading=heading).encode(), settings, "article"), folder, settings
    ).folder


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _edition(tmp_path_factory.mktemp("editions"))


def _sign(edition: Path, certificates: Certificates, place: Path, **other: Path) -> Result:
    words = ["--certificate", str(other.get("certificate", certificates.chain))]
    words += ["--key", str(other.get("key", certificates.key)), "-o", str(place)]
    return CliRunner().invoke(main, ["sign", str(edition), *words])


@pytest.fixture
def signed(edition: Path, certificates: Certificates, tmp_path: Path) -> Path:
    assert _sign(edition, certificates, tmp_path / "signed").exit_code == 0
    return tmp_path / "signed"


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _packets(path: Path) -> str:
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-map", "0:a", "-c", "copy", "-f", "md5", "-"]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


def _probed(path: Path) -> object:
    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_entries", "format_tags", "-of", "json", str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def test_the_edition_itself_stays_as_it_is(edition: Path, certificates: Certificates, tmp_path: Path) -> None:
    """To the byte: signing makes a copy, and of that only what is signed is another."""
    before = _hashes(edition)
    assert _sign(edition, certificates, tmp_path / "signed").exit_code == 0
    assert _hashes(edition) == before
    after = _hashes(tmp_path / "signed")
    same = {name for name, digest in before.items() if after[name] == digest}
    assert {
        name for name in before.keys() - same if not name.endswith((".mp3", ".m4b", ".lpf", "edition.json"))
    } == set()
    assert set(after) - set(before) == {f"{name}.c2pa" for name in before if name.endswith((".epub", ".zip", ".lpf"))}


@pytest.mark.parametrize("ending", [".mp3", ".m4b"])
def test_players_find_what_they_found(edition: Path, signed: Path, ending: str) -> None:
    """The same packets of sound, chapters and tags, in FFmpeg's eyes."""
    (name,) = (path.name for path in edition.glob(f"*{ending}"))
    assert _packets(signed / name) == _packets(edition / name)
    assert _probed(signed / name) == _probed(edition / name)


def test_the_credentials_say_that_the_voice_is_synthetic(signed: Path, certificates: Certificates) -> None:
    """As C2PA's own reader finds them: trusted by who trusts the root, made by rules, by the engine named."""
    import c2pa

    settings = {"trust": {"user_anchors": certificates.root.read_text()}, "verify": {"remote_manifest_fetch": False}}
    (sound,) = signed.glob("*.mp3")
    (book,) = signed.glob("*.epub")
    beside = book.with_name(f"{book.name}.c2pa").read_bytes()
    for path, media_type, data in ((sound, "audio/mpeg", None), (book, "application/octet-stream", beside)):
        with (
            c2pa.Context.from_dict(settings) as context,
            path.open("rb") as file,
            c2pa.Reader(media_type, file, manifest_data=data, context=context) as reader,
        ):
            assert reader.get_validation_state() == "Trusted"
            store = json.loads(reader.json())
        active = store["manifests"][store["active_manifest"]]
        assert active["signature_info"]["common_name"] == SIGNER
        assertions = {each["label"]: each["data"] for each in active["assertions"]}
        (created,) = assertions["c2pa.actions.v2"]["actions"]
        assert (created["action"], created["digitalSourceType"]) == ("c2pa.created", ALGORITHMIC)
        assert created["softwareAgent"]["name"] == "tone"
        assert assertions["cawg.metadata"]["Iptc4xmpExt:DigitalSourceType"] == ALGORITHMIC


def test_the_check_says_who_signed(signed: Path) -> None:
    """And finds nothing else: edition.json lists the files as they are now."""
    found = check_edition(signed, programs=False).findings
    assert [(finding.id, finding.level) for finding in found] == [("credentials-signer", "note")], found
    assert f"{SIGNER}, {ORGANISATION}: 7 files" in found[0].message


def test_the_archive_of_the_audiobook_holds_the_signed_tracks(signed: Path) -> None:
    """What is unpacked is signed, too."""
    (archive,) = signed.glob("*.lpf")
    with zipfile.ZipFile(archive) as packed:
        for name in (name for name in packed.namelist() if name.endswith(".mp3")):
            assert packed.read(name) == (signed / name).read_bytes()


def test_long_titles_of_chapters_are_kept(certificates: Certificates, tmp_path: Path) -> None:
    """FFmpeg would drop them from an MP3 with credentials inside: they lie beside it then."""
    heading = " ".join(["Что говорит кок"] * 5)
    edition = _edition(tmp_path / "editions", heading)
    assert _sign(edition, certificates, tmp_path / "signed").exit_code == 0
    (sound,) = (tmp_path / "signed").glob("*.mp3")
    assert _probed(sound) == _probed(edition / sound.name)
    assert sound.with_name(f"{sound.name}.c2pa").exists()
    found = check_edition(tmp_path / "signed", programs=False).findings
    assert {finding.id for finding in found if finding.level == "error"} == set()


def test_a_signed_edition_is_published_with_its_credentials(signed: Path, tmp_path: Path) -> None:
    """The site takes the files as they are."""
    words = ["publish", str(signed), "--site", str(tmp_path / "site"), "--base-url", "https://example.org/"]
    assert CliRunner().invoke(main, words).exit_code == 0
    (published,) = (tmp_path / "site" / "editions").iterdir()
    sound, beside = next(signed.glob("*.mp3")), next(signed.glob("*.epub.c2pa"))
    assert (published / sound.name).read_bytes() == sound.read_bytes()
    assert (published / beside.name).read_bytes() == beside.read_bytes()


def test_what_is_signed_already_is_not_signed_again(signed: Path, certificates: Certificates, tmp_path: Path) -> None:
    """A second signature would only say that the first edition was changed."""
    done = _sign(signed, certificates, tmp_path / "twice")
    assert (done.exit_code, (tmp_path / "twice").exists()) == (1, False)
    assert "is signed already" in done.stderr


def test_what_can_not_sign_is_refused_in_a_sentence(edition: Path, certificates: Certificates, tmp_path: Path) -> None:
    """It names the file, and nothing is written."""
    text = tmp_path / "text.pem"
    text.write_text("no certificate")
    cases = {
        "can't be read": {"certificate": tmp_path / "nowhere.pem"},
        "holds no certificate": {"certificate": text},
        "holds no private key": {"key": text},
        "is not that of the first certificate": {"certificate": certificates.root},
    }
    for message, other in cases.items():
        done = _sign(edition, certificates, tmp_path / "signed", **other)
        assert (done.exit_code, done.stdout) == (1, "")
        assert message in done.stderr
        assert str(next(iter(other.values()))) in done.stderr
    assert list(tmp_path.iterdir()) == [text]


def test_a_folder_that_is_no_edition_is_not_replaced(edition: Path, certificates: Certificates, tmp_path: Path) -> None:
    """Whatever lies there stays; nor does the copy take the edition's own place."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    for place in (tmp_path / "mine", edition):
        before = _hashes(place)
        assert _sign(edition, certificates, place).exit_code == 1
        assert _hashes(place) == before
