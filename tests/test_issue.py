"""Several documents become one issue: named on the command line, or listed in an edition.toml."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from audio_edition.cli import main
from audio_edition.config import Settings
from audio_edition.edition.build import make_script
from audio_edition.edition.issue import Source
from audio_edition.errors import AudioEditionError, SettingsError
from audio_edition.model import Script

RAIN = "Rain again\n\nIt rained all day, and then it rained all night.\n"
PAGE = """<!doctype html><html lang=en><title>The ferry is late</title><nav>Home Sport</nav>
<main><article><h1>The ferry is late</h1>
<p>The ferry is late again, and nobody on the quay minds very much, since it comes when it comes.</p>
<p>The cook says that it has been so for as long as there have been ferries, and that the soup is ready.</p>
</article></main>"""
MATCH = "Match postponed\n\nThe pitch is a lake.\n\n- The swans -\n\nThey will not leave.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two articles, the current one."""
    (tmp_path / "rain.txt").write_text(RAIN)
    (tmp_path / "match.txt").write_text(MATCH)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words])


def _headings(script: Script) -> list[tuple[str, int]]:
    return [(chapter.title, chapter.level) for chapter in script.chapters]


def _list(desk: Path, text: str, settings: Settings | None = None) -> Script:
    (desk / "edition.toml").write_text(text, encoding="utf-8")
    return make_script(desk / "edition.toml", settings or Settings())


def test_a_section_takes_the_articles_behind_it(desk: Path) -> None:
    """Those in front of it stand alone; the options may stand anywhere."""
    words = ["rain.txt", "--title", "The Courier", "--section", "Sport", "match.txt", "--format", "json"]
    result = _run("script", *words)
    assert result.exit_code == 0, result.stderr
    assert [(chapter["title"], chapter["level"]) for chapter in json.loads(result.stdout)["chapters"]] == [
        ("The Courier", 1),
        ("Contents", 1),
        ("Rain again", 1),
        ("Sport", 1),
        ("Match postponed", 2),
        ("The swans", 3),
        ("End of The Courier.", 1),
    ]


def test_a_section_without_articles_is_wrong_usage(desk: Path) -> None:
    """It says what to do."""
    result = _run("build", "--section", "Sport")
    assert (result.exit_code, "Name the articles" in result.stderr) == (2, True)


def test_what_is_heard_first_is_what_the_edition_is(desk: Path) -> None:
    """Title, publisher, date in words, number of articles, length, and that the voice is synthetic."""
    settings = Settings(title="The Courier", publisher="Courier House", date="2026-11-22")
    script = make_script([Source(Path("rain.txt")), Source(Path("match.txt"))], settings)
    assert [utterance.text for utterance in script.chapters[0].utterances] == [
        "The Courier",
        "Courier House.",
        "22 November 2026.",
        "2 articles, about 1 minute.",
        "Read by a synthetic voice.",
    ]


def test_what_is_not_known_is_not_said(desk: Path) -> None:
    """No publisher, no date: no empty sentence. What it is called is told to the editor."""
    script = make_script([Source(Path("rain.txt")), Source(Path("match.txt"))], Settings())
    assert [utterance.text for utterance in script.chapters[0].utterances][1:] == [
        "2 articles, about 1 minute.",
        "Read by a synthetic voice.",
    ]
    assert "untitled-issue" in {finding.id for finding in script.findings}


def test_announcements_can_be_worded_or_left_out(desk: Path) -> None:
    """By the settings; without them, articles are neither counted nor numbered."""
    sources = [Source(Path("rain.txt")), Source(Path("match.txt"))]
    settings = Settings(title="Courier", opening=("Good day.", "On {date}."), ending="Bye from {title}.")
    script = make_script(sources, settings)
    assert [utterance.text for utterance in script.chapters[0].utterances] == ["Courier", "Good day."]
    assert script.utterances[-1].text == "Bye from Courier."
    silent = make_script(sources, replace(settings, announcements=False))
    assert _headings(silent) == [("Rain again", 1), ("Match postponed", 1), ("The swans", 2)]
    assert silent.utterances[0].spoken == "Rain again"


def test_an_edition_is_announced_in_its_language(desk: Path) -> None:
    """French in French; where the program has no words, in English, which is told."""
    sources = [Source(Path("rain.txt")), Source(Path("match.txt"))]
    settings = Settings(title="Le Courrier", date="2026-11-22")
    french = make_script(sources, replace(settings, speech=replace(settings.speech, language="fr")))
    texts = [utterance.text for utterance in french.chapters[0].utterances]
    assert texts[1:] == ["22 novembre 2026.", "2 articles, environ 1 minute.", "Lu par une voix de synthèse."]
    swahili = make_script(sources, replace(settings, speech=replace(settings.speech, language="sw")))
    assert {utterance.language for utterance in swahili.chapters[0].utterances[1:]} == {"en"}
    assert "announcements-in-english" in {finding.id for finding in swahili.findings}


def test_a_list_names_articles_and_sections(desk: Path) -> None:
    """Files are looked for beside the list, and what the caller says goes over what it says."""
    text = 'title = "The Courier"\npublisher = "House"\ndate = 2026-11-22\narticles = ["rain.txt"]\n'
    text += '[[section]]\ntitle = "Sport"\narticles = ["match.txt"]\n'
    script = _list(desk, text)
    assert (script.title, script.source, script.published) == ("The Courier", "House", "2026-11-22")
    assert _headings(script)[2:5] == [("Rain again", 1), ("Sport", 1), ("Match postponed", 2)]
    assert _list(desk, text, Settings(title="Other")).title == "Other"


def test_articles_have_the_voices_that_a_list_asks_for(desk: Path) -> None:
    """Their own, else that of the section, else the next of those that take turns; and what is said stays the same."""
    (desk / "rain2.txt").write_text(RAIN.replace("Rain", "More rain"))
    text = 'title = "Us"\narticles = ["rain.txt", "rain2.txt"]\n[[section]]\ntitle = "Sport"\n'
    plain = _list(desk, f'{text}articles = ["match.txt"]\n')
    script = _list(desk, f'voices = ["one", "two"]\n{text}voice = "three"\narticles = ["match.txt"]\n')
    voices = [(chapter.title, chapter.voice) for chapter in script.chapters if chapter.voice]
    assert voices == [
        ("Rain again", "one"), ("More rain again", "two"), ("Match postponed", "three"), ("The swans", "three")
    ]  # fmt: skip
    assert [chapter.document for chapter in script.chapters][-3:] == ["match.txt", "match.txt", ""]
    assert script.utterances == plain.utterances
    own = _list(desk, f'{text}voice = "three"\narticles = ["match.txt"]\n[article-voices]\n"match.txt" = "four"\n')
    assert {chapter.voice for chapter in own.chapters} == {"", "four"}


def test_a_lexicon_beside_the_list_is_for_all_its_articles(desk: Path) -> None:
    """Under that of the folder in which an article lies."""
    (desk / "articles").mkdir()
    for name in ("rain", "match"):
        (desk / f"{name}.txt").rename(desk / "articles" / f"{name}.txt")
    (desk / "edition.toml").write_text('title = "Us"\narticles = ["articles/rain.txt", "articles/match.txt"]\n')
    (desk / "lexicon.txt").write_text("rained = poured\npitch = field\n")
    (desk / "articles/lexicon.txt").write_text("pitch = green\n")
    said = [utterance.spoken for utterance in make_script(desk / "edition.toml", Settings()).utterances]
    assert "It poured all day, and then it poured all night." in said
    assert "The green is a lake." in said


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("articles = [", "this is not TOML"),
        ("title = 'x'", "it lists 0 articles"),
        ("articles = 'rain.txt'", "articles is not a list"),
        ("articles = [3]", "'3' is not a file name"),
        ("article = []", "the key 'article' is not known"),
        ("section = ['Sport']", "section 1 is not a table"),
        ("[[section]]\ntitle = 3\narticles = []", "title is '3'"),
        ("articles = ['rain.txt']\ndate = 'today'", "date is 'today'"),
        ("articles = ['rain.txt']\nlanguage = 'in French'", "language is 'in French'"),
        ("articles = ['gone.txt']", "gone.txt can't be read: there is no such file"),
        ("articles = ['rain.txt']\nvoices = 'en-gb'", "voices is not a list"),
        ("articles = ['rain.txt']\nvoices = ['piper:/etc/x.onnx']", "'piper:/etc/x.onnx' is not the name of a voice"),
        (
            "articles = ['rain.txt']\n[article-voices]\n'match.txt' = 'high'",
            "'match.txt' is not an article of the list",
        ),
        ("articles = ['rain.txt']\n[narration.articles]\n'rain.txt' = '../x.wav'", "outside the folder of the list"),
        (
            "articles = ['rain.txt']\n[narration.articles]\n'gone.txt' = 'x.wav'",
            "'gone.txt' is not an article of the list",
        ),
    ],
)
def test_a_fault_in_a_list_is_named(desk: Path, text: str, message: str) -> None:
    """With the list's name, or that of the article that is missing."""
    with pytest.raises(AudioEditionError) as refused:
        _list(desk, text)
    assert message in refused.value.message
    assert str(desk) in refused.value.message
    assert refused.value.remedy


def test_one_article_is_as_lean_as_ever(desk: Path) -> None:
    """In a list too: no opening, no contents."""
    assert _headings(_list(desk, "articles = ['match.txt']")) == [("Match postponed", 1), ("The swans", 2)]


def test_what_the_caller_says_goes_over_the_document(desk: Path) -> None:
    """Title, author, date and publisher."""
    settings = Settings(title="Flood", author="By Ada Finch", date="2026-11-22", publisher="House")
    script = make_script(Path("rain.txt"), settings)
    assert [utterance.text for utterance in script.utterances[:2]] == ["Flood", "By Ada Finch"]
    assert (script.title, script.byline, script.published, script.source) == (
        "Flood",
        "By Ada Finch",
        "2026-11-22",
        "House",
    )


def test_init_writes_settings_and_never_over_others(desk: Path) -> None:
    """They change nothing until a line is made to count."""
    assert _run("init").exit_code == 0
    assert _run("script", "rain.txt").exit_code == 0
    written = Path("audio-edition.toml")
    written.write_text("# mine\n")
    result = _run("init")
    assert (result.exit_code, written.read_text()) == (1, "# mine\n")
    assert "is there already" in result.stderr


def test_an_unknown_field_of_an_announcement_is_refused() -> None:
    """Before anything is built."""
    from audio_edition.config import overlaid

    with pytest.raises(SettingsError, match="titel"):
        overlaid(Settings(), {"edition": {"ending": "End of {titel}."}})


def test_a_page_is_fetched_from_its_address(desk: Path, serving: Callable[[Path], str]) -> None:
    """Only where the user names it, and from this machine only if that is allowed."""
    (desk / "page.html").write_text(PAGE)
    address = f"{serving(desk)}page.html"
    refused = _run("script", address)
    assert (refused.exit_code, "--allow-private" in refused.stderr) == (1, True), refused.stderr
    result = _run("script", address, "rain.txt", "--allow-private", "--title", "Two", "--format", "text")
    assert result.exit_code == 0, result.stderr
    assert "The ferry is late" in result.stdout
    listed = _list(desk, f"articles = ['{address}', 'rain.txt']", Settings(title="Two", allow_private=True))
    assert ("The ferry is late", 1) in _headings(listed)
