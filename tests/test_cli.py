"""The command line as a user meets it: results on stdout, the rest on stderr, 0, 1 or 2."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from audio_edition import audio
from audio_edition.cli import COMMANDS, main
from audio_edition.config import Settings
from audio_edition.edition import build as edition
from audio_edition.speak.loudness import TARGET_LUFS
from support.places import ROOT

SEED = ROOT / "seeds" / "brief.txt"


def _run(*words: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=stdin)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], {}),
        (["--voice", "en-gb"], {"voice": "en-gb"}),
        (["--engine", "tone", "--rate", "200", "--volume", "0.5"], {"engine": "tone", "rate_wpm": 200, "volume": 0.5}),
        (["--language", "fr"], {"language": "fr"}),
        (["--format", "mp3, chapters"], {"formats": ("mp3", "chapters")}),
        (["--pause", "before-heading=1.5", "--pause", "end=0"], {"before_heading": 1500, "end": 0}),
        (["--lexicon", "a.txt", "--lexicon", "b.pls"], {"lexicons": (Path("a.txt"), Path("b.pls"))}),
        (["--no-news-lexicon"], {"news_lexicon": False}),
        (["--news-lexicon"], {"news_lexicon": True}),
        (["--voice-for", "fr=fr-be", "--voice-for", "quote=x:y=z"], {"voices": {"fr": "fr-be", "quote": "x:y=z"}}),
        (["--speaker", "Mara Holt=en-gb", "--speaker", "Q=x:y"], {"speakers": {"Mara Holt": "en-gb", "Q": "x:y"}}),
        (["--cache-size", "500MB"], {"cache_bytes": 500_000_000}),
        (["--date", "2026-11-22", "--publisher", "The Courier"], {"date": "2026-11-22", "publisher": "The Courier"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_become_settings(monkeypatch: pytest.MonkeyPatch, options: list[str], expected: dict[str, Any]) -> None:
    """Each option of build reaches the one call it is for."""
    seen: list[Settings] = []

    def stop(script: object, output: Path, settings: Settings, *rest: object, **more: object) -> None:
        seen.append(settings)
        raise SystemExit(0)

    for name in ("a.txt", "b.pls"):
        Path(name).touch()
    monkeypatch.setattr(edition, "make_edition", stop)
    assert _run("build", SEED, *options).exit_code == 0
    (settings,) = seen
    found = {
        name: getattr(place, name)
        for place in (settings.speech, settings.pauses, settings)
        for name in expected
        if hasattr(place, name)
    }
    assert found == expected


def test_build_names_the_folder_and_what_to_open_first(tmp_path: Path) -> None:
    """stdout holds the folder alone; stderr tells a person what to do with it."""
    result = _run("build", SEED, "-o", tmp_path, "--engine", "tone")
    (folder,) = tmp_path.iterdir()
    assert result.exit_code == 0
    assert result.stdout == f"{folder}\n"
    assert result.stderr.endswith("Folder to hand out:\n")
    assert f"Open this first: {folder / 'index.html'}" in result.stderr
    assert "Spoken: Night train returns" in result.stderr


def test_a_replaced_edition_is_said(tmp_path: Path) -> None:
    """Two articles with one headline do not make one disappear without a word."""
    first, second = (_run("build", SEED, "-o", tmp_path, "--engine", "tone", "--rate", rate) for rate in ("150", "200"))
    assert "is replaced" not in first.stderr
    assert "Replaced the edition that was there before." in second.stderr


def test_findings_are_shown(tmp_path: Path) -> None:
    """What was left out of the article is on the screen, not only in a file."""
    result = _run("build", ROOT / "seeds" / "harbour.txt", "-o", tmp_path, "--engine", "tone")
    assert re.search(
        r"^Note: lines \d+ and \d+: Left out: the dashes around 2 subheadings\.$", result.stderr, re.MULTILINE
    )


def _process(*words: str | Path, **surroundings: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "audio_edition", *map(str, words)]
    return subprocess.run(command, check=False, **{"capture_output": True, **surroundings})


def test_results_are_utf_8_whatever_the_system_writes(tmp_path: Path) -> None:
    """Redirected on an old Windows, the script of an Arabic article is still itself."""
    article = tmp_path / "article.txt"
    article.write_text("مرحبا بالعالم\n\nغادرت العبارة ظهرا.\n", "utf-8")
    done = _process(
        "script", article, "--language", "ar", "--format", "json", env=os.environ | {"PYTHONIOENCODING": "cp1252"}
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["title"] == "مرحبا بالعالم"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_result_that_cannot_be_written_is_said() -> None:
    """A full disk behind a redirection is a sentence, not a traceback."""
    with Path("/dev/full").open("wb") as full:
        done = _process("script", SEED, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert b"Standard output can't be written (No space left on device)" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_edition_is_made_though_nobody_hears_of_it(tmp_path: Path) -> None:
    """Progress that can't be written never stops a build."""
    with Path("/dev/full").open("wb") as full:
        done = _process(
            "build", SEED, "-o", tmp_path, "--engine", "tone", capture_output=False, stdout=subprocess.PIPE, stderr=full
        )
    assert done.returncode == 0
    assert Path(done.stdout.decode().strip(), "edition.json").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="closes descriptors by the shell's means")
def test_closed_streams_are_survived(tmp_path: Path) -> None:
    """Started without standard input or error, the program says what it can and does what it should."""
    shell = f'exec "{sys.executable}" -m audio_edition build'
    closed_in = subprocess.run(["sh", "-c", f"{shell} - <&-"], capture_output=True, text=True, check=False)
    assert (closed_in.returncode, "Standard input is closed" in closed_in.stderr) == (1, True)
    words = f'"{SEED}" -o "{tmp_path}" --engine tone 2>&-'
    assert subprocess.run(["sh", "-c", f"{shell} {words}"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("layout", ["list", "table", "text", "json", "ssml"])
def test_no_document_steers_the_terminal(layout: str, tmp_path: Path) -> None:
    """Escape sequences and marks that turn the direction of writing arrive as numbers, or not at all."""
    article = tmp_path / "article.txt"
    article.write_bytes("Red \x1b]0;title\x07 and \x9b31m and \u202ereversed\n\nText.\n".encode())
    result = _run("script", article, "--format", layout)
    assert result.exit_code == 0
    assert not set("\x1b\x07\x9b\u202e") & set(result.stdout + result.stderr)
    wrong = _run("build", article, "--engine", "\x1b[31mtone")
    assert "\x1b" not in wrong.stderr


def test_quiet_says_only_the_folder(tmp_path: Path) -> None:
    """Scripts get the result and nothing else."""
    result = _run("build", SEED, "-o", tmp_path, "--engine", "tone", "--quiet")
    (folder,) = tmp_path.iterdir()
    assert (result.stdout, result.stderr) == (f"{folder}\n", "")


def test_json_describes_the_edition(tmp_path: Path) -> None:
    """Programs get folder, files, chapters, length and findings."""
    result = _run("build", SEED, "-o", tmp_path, "--engine", "tone", "--json")
    summary = json.loads(result.stdout)
    (folder,) = tmp_path.iterdir()
    assert summary["folder"] == str(folder)
    assert summary["chapters"] == ["Night train returns to the Alps after eleven years"]
    assert summary["seconds"] > 20
    assert all(Path(file).is_file() for file in summary["files"])


def test_a_format_that_was_not_asked_for_is_not_made(tmp_path: Path) -> None:
    """`--format` chooses; edition.json is always there."""
    _run("build", SEED, "-o", tmp_path, "--engine", "tone", "--format", "transcript")
    (folder,) = tmp_path.iterdir()
    assert sorted(path.name for path in folder.iterdir()) == [
        "edition.json",
        "transcript.html",
        "transcript.txt",
        "transcript.vtt",
    ]


def test_an_article_comes_from_standard_input(tmp_path: Path) -> None:
    """`build -` reads what is piped in."""
    result = _run("build", "-", "-o", tmp_path, "--engine", "tone", stdin=SEED.read_bytes())
    assert result.exit_code == 0
    assert len(list(tmp_path.iterdir())) == 1


def test_an_edited_script_is_what_is_said(tmp_path: Path) -> None:
    """A spoken form and a pause changed in the JSON are in the edition; the transcript stays as written."""
    shown = _run("script", SEED, "--format", "json")
    assert shown.exit_code == 0
    edited = tmp_path / "said.json"
    edited.write_text(
        shown.stdout.replace('"Nobody slept,\\" said', '"Not one slept,\\" said')
        .replace(
            '"text": "The cheese arrived safely."',
            '"text": "The cheese arrived safely.", "spoken": "The cheese is well."',
        )
        .replace('"pause_ms": 800', '"pause_ms": 2000'),
        "utf-8",
    )
    assert _run("build", edited, "-o", tmp_path / "out", "--engine", "tone").exit_code == 0
    (folder,) = (tmp_path / "out").iterdir()
    cues = json.loads((folder / "edition.json").read_text("utf-8"))["chapters"][0]["cues"]
    assert cues[-1]["spoken"] == "The cheese is well."
    assert cues[1]["start"] - cues[0]["end"] == pytest.approx(2 * 44_100, abs=2)
    assert "The cheese arrived safely." in (folder / "transcript.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("layout", "sign"),
    [
        ("table", "c01-p003-s01"),
        ("text", "Trieste, March 3, twenty nineteen. Tidewire."),
        ("json", '"format": "audio-edition script"'),
        ("ssml", "<speak"),
    ],
)
def test_script_shows_what_will_be_said(layout: str, sign: str) -> None:
    """Each layout shows the script on stdout, without making a sound."""
    result = _run("script", SEED, "--format", layout)
    assert result.exit_code == 0
    assert sign in result.stdout


@pytest.mark.parametrize(
    ("engine", "layout", "sentence", "chapter"),
    [
        ("tone", "list", r"    length: \d\.\d s\n    pause: ", r"\nc01  \d+\.\d s  Night train"),
        ("tone", "table", r"\nc01-p001-s01\ttitle\t.*\t\d+\ttold\n", r"\nc01\tchapter\tNight.*\t\d+\ttold\n$"),
        ("espeak", "list", r"    length: about \d\.\d s\n", r"\nc01  about \d+\.\d s  Night train"),
        ("espeak", "table", r"\t\d+\testimated\n", r"\nc01\tchapter\tNight.*\t\d+\testimated\n$"),
    ],
)
def test_script_shows_how_long_it_will_be(engine: str, layout: str, sentence: str, chapter: str) -> None:
    """Each sentence, and each chapter with its pauses; an estimate is called one."""
    shown = _run("script", SEED, "--times", "--engine", engine, "--format", layout).stdout
    assert re.search(sentence, shown)
    assert re.search(chapter, shown)


def test_times_need_a_layout_that_has_room_for_them() -> None:
    """The JSON is to be built, and says nothing of a voice."""
    refused = _run("script", SEED, "--times", "--format", "json")
    assert refused.exit_code == 2
    assert "--format list or --format table" in refused.stderr


def test_voices_are_listed_by_language() -> None:
    """The most fitting voice comes first, in the table and in JSON."""
    listed = json.loads(_run("voices", "--engine", "espeak", "--language", "fr", "--json").stdout)
    assert listed[0]["id"] == "fr-fr"
    assert {voice["language"].partition("-")[0] for voice in listed} == {"fr"}
    assert "French (Belgium)" in _run("voices", "--engine", "espeak", "--language", "fr").stdout
    nobody = _run("voices", "--engine", "espeak", "--language", "tlh")
    assert (nobody.exit_code, nobody.stdout) == (1, "")


def test_voices_tell_their_licences_and_the_other_engines() -> None:
    """The list holds each voice's licence; below it stand the engine's own, and which engines there are besides."""
    result = _run("voices", "--language", "fr", "--engine", "espeak")
    headings, first = (line.split("\t") for line in result.stdout.splitlines()[:2])
    assert first[headings.index("licence")] == "GPL-3.0-or-later"
    assert result.stderr == "Licence of the engine espeak: GPL-3.0-or-later.\n"
    assert re.search(r"Other engines here: .*tone.*audio-edition voices --engine", _run("voices").stderr)
    (described, *_) = json.loads(_run("voices", "--engine", "tone", "--json").stdout)
    assert described["engine_licence"] == "GPL-3.0-or-later"


@pytest.mark.parametrize(
    ("language", "disclosure"),
    [("en", "Spoken by a synthetic voice:"), ("ar", "يقرؤه صوت اصطناعي:"), ("zh", "由合成语音朗读：")],
)
def test_a_sample_lets_a_voice_be_heard(tmp_path: Path, language: str, disclosure: str) -> None:
    """About ten seconds in the voice's language, at the level of editions, which say that they are synthetic."""
    sample = tmp_path / "hear.mp3"
    result = _run("voices", "--sample", sample, "--engine", "espeak", "--language", language)
    assert (result.exit_code, result.stdout) == (0, f"{sample}\n")
    clip = audio.decoded(sample)
    assert 8 < clip.length / clip.rate_hz < 20
    assert audio.loudness_lufs([audio.segment(clip)], 0) == pytest.approx(TARGET_LUFS, abs=1.5)
    assert disclosure.encode("utf-16-le") in sample.read_bytes()
    assert list(tmp_path.iterdir()) == [sample]


def test_a_sample_without_a_folder_is_said(tmp_path: Path) -> None:
    """No folder is made that nobody asked for."""
    result = _run("voices", "--sample", tmp_path / "nowhere" / "hear.mp3", "--engine", "tone")
    assert result.exit_code == 1
    assert "hear.mp3: the folder for the sample is not there." in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["voices", "--voice", "en-gb"], "--voice goes with --sample"),
        (["voices", "--sample", "hear.wav"], "samples are MP3"),
        (["voices", "--sample", "hear.mp3", "--language", "in French"], "language tag"),
        (["build"], "Missing argument 'ARTICLE...'"),
        (["build", "x", "--format", "mp4"], "There is no format 'mp4'"),
        (["build", "x", "--rate", "9999"], "from 80 to 450"),
        (["build", "x", "--rate", "quick"], "not a valid integer"),
        (["build", "x", "--volume", "nan"], "from 0.05 to 1"),
        (["build", "x", "--pause", "sentence"], "NAME=SECONDS"),
        (["build", "x", "--pause", "sentence=inf"], "from 0 to 60"),
        (["build", "x", "--pause", "sentense=1"], "Did you mean sentence?"),
        (["build", "x", "--language", "in French"], "language tag"),
        (["build", "x", "--voice-for", "fr"], "WHAT=NAME"),
        (["build", "x", "--speaker", "Holt"], "WHO=NAME"),
        (["build", "x", "--voice-for", "title=x"], "'title' is nothing that can have a voice"),
        (["build", "x", "--cache-size", "much"], "such as 500MB"),
        (["cache", "shrink"], "No such command"),
        (["build", "x", "--date", "today"], "such as 2026-11-22"),
        (["script", "x", "--format", "pdf"], "'pdf' is not one of"),
        (["nonsense"], "No such command"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_2(words: list[str], message: str) -> None:
    """A slip in the command is told from a fault in the article, and says how to write it."""
    result = _run(*words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_preview_is_named_and_told(tmp_path: Path) -> None:
    """The folder is the preview's, the screen says so, and the count goes to its end."""
    result = _run("build", ROOT / "seeds" / "harbour.txt", "-o", tmp_path, "--engine", "tone", "--preview")
    (folder,) = tmp_path.iterdir()
    assert folder.name.endswith("-preview")
    assert result.stdout == f"{folder}\n"
    found = re.search(r"^Note: This is a preview: the first (\d+) of (\d+) sentences\.", result.stderr, re.MULTILINE)
    assert found is not None
    assert int(found[1]) < int(found[2])
    assert f"({found[1]} of {found[1]} sentences)" in result.stderr


def test_the_cache_is_shown_and_emptied(tmp_path: Path) -> None:
    """`cache info` and `cache clear` speak of the cache that build fills, and of the limit in the settings."""
    Path("audio-edition.toml").write_text('[cache]\nsize = "750MB"\n')
    _run("build", SEED, "-o", tmp_path, "--engine", "tone", "--quiet")
    facts = json.loads(_run("cache", "info", "--json").stdout)
    assert facts["folder"] == os.environ["AUDIO_EDITION_CACHE"]
    assert facts["limit_bytes"] == 750_000_000
    assert facts["entries"] > 10
    assert facts["bytes"] > 100_000
    shown = _run("cache", "info").stdout
    assert shown == (
        f"Folder: {facts['folder']}\nEntries: {facts['entries']}\nSize: {facts['bytes'] / 1e6:,.1f} MB\n"
        "Limit: 750.0 MB\n"
    )
    assert _run("cache", "clear").stdout.startswith(f"Removed: {facts['entries']} entries, ")
    assert json.loads(_run("cache", "info", "--json").stdout)["entries"] == 0


def test_a_small_cache_is_kept_small(tmp_path: Path) -> None:
    """After a build the cache holds no more than --cache-size allows."""
    _run("build", SEED, "-o", tmp_path, "--engine", "tone", "--quiet", "--cache-size", "1MB")
    assert 0 < json.loads(_run("cache", "info", "--json").stdout)["bytes"] <= 1_000_000


_COMMANDS = [[], *([name] for name in COMMANDS), ["cache", "info"], ["cache", "clear"]]


@pytest.mark.parametrize("command", _COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(command: list[str]) -> None:
    """`--help` shows how to use each command."""
    result = _run(*command, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"audio-edition {' '.join(command)}".strip() in result.stdout


def test_an_unexpected_error_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody foresaw is not dressed up as a message."""

    def fail(*arguments: object) -> None:
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr("audio_edition.edition.build.script_of", fail)
    assert isinstance(_run("script", SEED).exception, RuntimeError)


def test_the_module_is_the_command(tmp_path: Path) -> None:
    """`python -m audio_edition` works where the script is not on the path."""
    done = subprocess.run(
        [sys.executable, "-m", "audio_edition", "--version"], capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout.startswith("audio-edition, version ")


# --- lexicons


def test_lexicon_check_names_each_fault_with_its_line(tmp_path: Path) -> None:
    """Faults on stdout, as compilers write them; exit 1 for an error, 0 for less."""
    path = tmp_path / "names.txt"
    path.write_text("Kyiv = keev\nQom\nXi = /[[S]]/\n", "utf-8")
    result = _run("lexicon", "check", path)
    assert result.exit_code == 1
    assert result.stdout == (
        f"{path}:2: error: “Qom” has no equals sign. Write it as: word = said as.\n"
        f"{path}:3: error: “Xi”: “[” is not a letter of the International Phonetic Alphabet. "
        "Copy the IPA from a dictionary, without X-SAMPA or a respelling.\n"
    )
    path.write_text("Kyiv = keev\nKyiv = keyev\n", "utf-8")
    result = _run("lexicon", "check", path)
    assert (result.exit_code, result.stdout.count("warning")) == (0, 1)


def test_lexicon_check_tries_the_ipa_with_a_voice(tmp_path: Path) -> None:
    """What the voice can't say, in its language only; what an engine without IPA would say as written."""
    path = tmp_path / "names.txt"
    path.write_text("[en]\nA = ay, /eɪ/\nB = /ɓiː/\nC = see, /ɕɧ/\n[fr]\nD = /ɓ/\n", "utf-8")
    tried = _run("lexicon", "check", path, "--voice", "en-gb").stdout
    assert re.findall(r":(\d): (\w+): (“.”) is to sound", tried) == [("3", "warning", "“B”"), ("4", "note", "“C”")]
    tried = _run("lexicon", "check", path, "--engine", "tone").stdout
    assert re.findall(r":(\d): (\w+): .* takes no IPA", tried) == [("3", "warning")]
    result = _run("lexicon", "check", path, "--voice", "nobody")
    assert (result.exit_code, "no voice “nobody”" in result.stderr) == (1, True)


def test_lexicon_check_of_a_sound_file_says_so(tmp_path: Path) -> None:
    """No news on standard output; a missing file is an error."""
    path = tmp_path / "names.txt"
    path.write_text("Kyiv = keev\n", "utf-8")
    result = _run("lexicon", "check", path)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "Nothing is wrong.\n")
    result = _run("lexicon", "check", tmp_path / "none.txt")
    assert (result.exit_code, "can't be read (No such file" in result.stderr) == (1, True)


def test_the_list_shows_the_ipa(tmp_path: Path) -> None:
    """Before any sound is made, an editor sees what will be heard."""
    article = tmp_path / "article.txt"
    article.write_text("Kyiv holds\n\nNobody left.\n", "utf-8")
    shown = _run("script", article).stdout
    assert "    Kyiv holds\n    said: Keev holds\n    sounds: Keev = /ˈkiːv/\n" in shown
    assert "sounds" not in _run("script", article, "--no-news-lexicon").stdout
    assert "\tKeev = /ˈkiːv/\t\n" in _run("script", article, "--format", "table").stdout


@pytest.mark.parametrize(("typed", "meant"), [("biuld", "build"), ("pubish", "publish"), ("xyz", "")])
def test_a_mistyped_command_is_recognised(typed: str, meant: str) -> None:
    """The error names the command that was probably meant, and none where nothing is near."""
    result = CliRunner().invoke(main, [typed])
    assert result.exit_code == 2
    assert f"No such command '{typed}'." in result.stderr
    assert (f"Did you mean '{meant}'?" in result.stderr) == bool(meant)
