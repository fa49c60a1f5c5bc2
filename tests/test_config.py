"""Settings: a file under options over defaults, and a sentence for each mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audio_edition import config
from audio_edition.config import Settings, date_of_build, load_settings, overlaid
from audio_edition.errors import SettingsError
from audio_edition.model import Pauses, Speech, StickProfile, declared
from support.places import ROOT


def test_without_a_file_the_defaults_hold() -> None:
    """The pauses of the pause table, the article's language, all formats."""
    settings = load_settings()
    assert settings == Settings()
    pauses = settings.pauses
    assert (pauses.sentence, pauses.paragraph, pauses.before_heading, pauses.after_heading) == (250, 650, 900, 600)
    assert (pauses.after_title, pauses.after_credit) == (800, 600)


def test_the_file_in_this_folder_is_taken_and_options_go_over_it() -> None:
    """What the caller says wins over the file, and the file over the defaults."""
    Path("audio-edition.toml").write_text(
        '[speech]\nvoice = "en-gb"\nrate = 160\n[pauses]\nbefore-heading = 1.2\n[edition]\ndate = 2026-11-22\n'
    )
    settings = overlaid(load_settings(), {"speech": {"rate": 200}, "pauses": {"sentence": 0.3}})
    assert (settings.speech.voice, settings.speech.rate_wpm) == ("en-gb", 200)
    assert (settings.pauses.before_heading, settings.pauses.sentence, settings.pauses.paragraph) == (1200, 300, 650)
    assert settings.date == "2026-11-22"


def test_lexicons_lie_where_the_file_lies(tmp_path: Path) -> None:
    """The folder somebody works in does not matter; one name needs no brackets."""
    path = tmp_path / "house.toml"
    path.write_text(f'[speech]\nlexicon = ["names.txt", "{tmp_path.as_posix()}/x"]\nnews_lexicon = false\n')
    settings = load_settings(path)
    assert settings.speech.lexicons == (tmp_path / "names.txt", tmp_path / "x")
    assert not settings.speech.news_lexicon
    path.write_text('[speech]\nlexicon = "names.txt"\n')
    assert load_settings(path).speech.lexicons == (tmp_path / "names.txt",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[speach]\n", "The table 'speach' is not known. Did you mean speech?"),
        ("[speech]\nvoise = 'x'\n", "the key 'voise' is not known. Did you mean voice?"),
        ("[speech]\nrate = 900\n", "speech.rate is 900. Give a number from 80 to 450."),
        ("[speech]\nrate = 'fast'\n", "speech.rate is 'fast'. Give a number"),
        ("[speech]\nvolume = nan\n", "speech.volume is nan. Give a number from 0.05 to 1."),
        ("[speech]\nlanguage = 'english please'\n", "Give a language tag"),
        ("[speech]\nvoice = 3\n", "between quotes"),
        ("[pauses]\nheadline = 1\n", "The pause 'headline' is not known"),
        ("[pauses]\nsentence = -1\n", "pauses.sentence is -1. Give a number from 0 to 60."),
        ("[pauses]\nsentence = true\n", "pauses.sentence is True"),
        ("[speech]\nnews-lexicon = 'no'\n", "speech.news-lexicon is 'no'. Write true or false."),
        ("[speech]\nlexicon = 3\n", "speech.lexicon is 3. Write it as a list"),
        ("[edition]\nformats = 'mp3'\n", "Write it as a list"),
        ("[edition]\ndate = 'tomorrow'\n", "such as 2026-11-22."),
        ("speech = 1\n", "Write it as [speech]"),
        ("[voices]\nheadlines = 'x'\n", "In [voices], 'headlines' is nothing that can have a voice. Name a language"),
        ("[voices]\nfr = 3\n", "voices.fr is 3. Write it as text"),
        ("[voices]\nfr = ' '\n", "voices.fr is empty."),
        ("[voices.speakers]\nHolt = ''\n", "voices.speakers.Holt is empty."),
        ("[voices.speakers]\n'' = 'hum'\n", "In [voices.speakers], a name is empty."),
        ("[voices]\nspeakers = 'hum'\n", "voices.speakers must be a table."),
        ("[cache]\nsize = 500\n", "cache.size is 500. Give a size such as 500MB or 2GB."),
        ("[cache]\nsize = '-1MB'\n", "cache.size is '-1MB'."),
        ("[cache]\nlimit = '1MB'\n", "In [cache], the key 'limit' is not known."),
        ("[speech]\nrate = 0x" + "f" * 6000 + "\n", "speech.rate is endless"),
        ("x = " + "[" * 20_000, "this is not TOML"),
        ("# " + "x" * (1 << 20), "larger than a megabyte"),
        ("[speech\n", "this is not TOML"),
        ("\ufffe", "this is not TOML"),
    ],
)
def test_a_mistake_in_the_file_is_named(text: str, message: str) -> None:
    """Each message names the file, the key, and what to write instead."""
    Path("audio-edition.toml").write_text(text, "utf-16-le" if text == "\ufffe" else "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert str(caught.value).startswith("audio-edition.toml: ")
    assert message in str(caught.value)


def test_speakers_have_voices_beside_languages() -> None:
    """Names stay as they are written; those of the caller go over those of the file."""
    Path("audio-edition.toml").write_text('[voices]\nfr = "fr-fr"\n[voices.speakers]\n"Mara Holt" = "a"\nQ = "b"\n')
    settings = overlaid(load_settings(), {"voices.speakers": {"Q": "c"}})
    assert settings.speech.voices == {"fr": "fr-fr"}
    assert settings.speech.speakers == {"Mara Holt": "a", "Q": "c"}


def test_voices_of_the_file_and_of_the_caller_stand_together() -> None:
    """For one part the caller's holds; tags are compared without their case."""
    Path("audio-edition.toml").write_text('[voices]\nfr = "fr-fr"\nen-GB = "espeak:en-gb"\nquote = "en-us+f3"\n')
    settings = overlaid(load_settings(), {"voices": {"FR": "fr-be", "pt-BR": "pt-br"}})
    assert settings.speech.voices == {"fr": "fr-be", "en-gb": "espeak:en-gb", "quote": "en-us+f3", "pt-br": "pt-br"}


@pytest.mark.parametrize(
    ("size", "count"),
    [("500MB", 500_000_000), ("2GB", 2_000_000_000), ("1.5 gb", 1_500_000_000), ("0B", 0), ("64kb", 64_000)],
)
def test_a_size_is_read_as_people_write_it(size: str, count: int) -> None:
    """Units count in thousands."""
    assert overlaid(Settings(), {"cache": {"size": size}}).cache_bytes == count


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    """`--config` never silently means the defaults."""
    with pytest.raises(SettingsError, match=r"none\.toml: the settings can't be read \(No such file"):
        load_settings(tmp_path / "none.toml")


def test_the_date_of_a_build_is_set_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH dates an edition; the clock never does."""
    assert date_of_build() == ""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1551916800")
    assert date_of_build() == "2019-03-07"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(SettingsError, match="SOURCE_DATE_EPOCH is 'soon'"):
        date_of_build()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: Settings(formats="mp3"), 'formats is \'mp3\'. Write it as a list, such as ["mp3", "transcript"].'),  # type: ignore[arg-type]
        (lambda: Settings(date="soon"), "date is 'soon'. Give a day that is, such as 2026-11-22."),
        (lambda: Settings(notes="below"), "notes is 'below'. Write one of: after, end."),  # type: ignore[arg-type]
        (lambda: Settings(Speech(rate_wpm=900)), "rate_wpm is 900. Give a number from 80 to 450."),
        (lambda: Settings(Speech(language="english please")), "Give a language tag"),
        (lambda: Settings(pauses=Pauses(end=61_000)), "pauses.end is 61000. Give a number from 0 to 60000."),
        (lambda: Settings(cache_bytes=-1), "cache_bytes is -1."),
        (lambda: Settings(colour="blue"), "colour is 'blue'. Write red, green and blue in six digits"),
    ],
)
def test_a_mistake_of_a_program_is_named_where_it_is_made(wrong: Callable[[], Settings], message: str) -> None:
    """Settings can't be made of what they can't be."""
    with pytest.raises(SettingsError) as caught:
        wrong()
    assert message in str(caught.value)


def test_each_setting_is_declared_once_and_shown_everywhere() -> None:
    """Option, file, example and docs/settings.md name the same settings."""
    documented = (ROOT / "docs/settings.md").read_text("utf-8")
    for owner in (Settings, Speech, StickProfile):
        for _, setting in declared(owner):
            assert setting.key or setting.option or setting.table == "sticks", setting
            assert not setting.option or setting.option.partition("/")[0] in documented
            assert not setting.key or f"`{setting.key}`" in documented
    assert config.documented() in documented
