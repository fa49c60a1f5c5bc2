"""Step 2 of the desk: words at risk, heard at once, said otherwise for one issue or for all."""

from __future__ import annotations

import io
import threading
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from click.testing import CliRunner

from audio_edition.cache import Cache
from audio_edition.cli import main
from audio_edition.desk import lexicon
from audio_edition.desk.folder import ConflictError
from audio_edition.desk.making import Phase
from audio_edition.errors import DeskError
from audio_edition.model import Level
from audio_edition.proof.risks import KINDS, Risk, risks
from audio_edition.translations import words_for
from support.desk import Answer, Visitor, running
from support.papers import NAME, SETTINGS

AT = f"/issues/{NAME}"


@pytest.fixture
def speaker(folder: Path, shared_cache: Cache, monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    """The maker at a desk with eSpeak NG, whose level was measured before."""
    monkeypatch.setenv("AUDIO_EDITION_CACHE", str(shared_cache.folder))
    (folder / "audio-edition.toml").write_text(SETTINGS.replace("tone", "espeak"))
    with running(folder) as opened:
        yield Visitor.let_in(opened)


def _until_looked_up(maker: Visitor) -> Answer:
    """The page of what is said, once its words were looked up."""
    while True:
        answer = maker.get(f"{AT}/said")
        if not answer.page.cssselect("[data-wait]"):
            return answer


def _words(answer: Answer) -> list[str]:
    return [each.text.strip() for each in answer.page.cssselect(".risks h4")]


def _seconds(answer: Answer) -> float:
    assert answer.headers["content-type"] == "audio/wav"
    with wave.open(io.BytesIO(answer.body)) as sound:
        return float(sound.getnframes() / sound.getframerate())


def _form_of(answer: Answer, word: str) -> dict[str, str]:
    """The fields of the form for a word at risk."""
    form = next(form for form in answer.page.forms if dict(form.form_values()).get("written") == word)
    return dict(form.form_values())


def test_words_at_risk_come_first_with_how_they_are_said(speaker: Visitor) -> None:
    """Names by their sound; each with its sentence, and a link that plays it."""
    answer = _until_looked_up(speaker)
    assert {"Halvøy", "Brekkvik"} <= {*_words(answer)}
    assert "Said as: /" in answer.text
    heard = next(link for link in answer.page.cssselect("a.hear") if "Halvøy" in link.text_content())
    assert _seconds(speaker.get(heard.get("href"))) > 0.5


def test_words_at_risk_come_behind_the_page(maker: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page does not wait until they are looked up; the part with them comes when it is there."""
    go_on = threading.Event()

    def slow(*of: Any) -> tuple[Risk, ...]:
        assert go_on.wait(60)
        return risks(*of)

    monkeypatch.setattr("audio_edition.desk.saying.risks", slow)
    answer = maker.get(f"{AT}/said")
    assert "The words are being looked up." in answer.text
    assert answer.page.cssselect("#chapters")
    (waiting,) = answer.page.cssselect("[data-wait]")
    go_on.set()
    part = maker.get(waiting.get("data-wait"))
    assert part.page.cssselect("section")[0].get("data-told") == f"{len(_words(part))} words at risk"
    assert "Brekkvik" in _words(part)
    assert "<html" not in part.body.decode()


def test_a_word_is_heard_as_it_would_be_said(speaker: Visitor, folder: Path) -> None:
    """In letters, and in IPA; nothing is kept by that."""
    fields = _form_of(_until_looked_up(speaker), "Brekkvik")
    short = _seconds(speaker.post(f"{AT}/hear", fields | {"say": "brek veek"}))
    long = _seconds(speaker.post(f"{AT}/hear", fields | {"say": "a name that takes much longer to be said"}))
    assert long > short + 0.5
    assert _seconds(speaker.post(f"{AT}/hear", fields | {"say": "/kiːv/"})) > 0.3
    assert list(folder.rglob("lexicon.txt")) == []


@pytest.mark.parametrize("say", ["", "/k3v/", "...", "a # b", "[[x]]"])
def test_what_cannot_be_said_is_explained(speaker: Visitor, say: str) -> None:
    """In one sentence, as the lexicon says it; as plain text for the script of the page."""
    fields = _form_of(_until_looked_up(speaker), "Brekkvik")
    answer = speaker.post(f"{AT}/hear", fields | {"say": say, "plain": "yes"})
    assert answer.status == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.body.decode().endswith(".")


def test_a_word_is_kept_for_this_issue(speaker: Visitor, issue: Path, folder: Path) -> None:
    """It is at risk no more, stands in the issue's lexicon, and can be taken out again."""
    fields = _form_of(_until_looked_up(speaker), "Brekkvik")
    answer = speaker.post(f"{AT}/keep", fields | {"say": "brek veek", "do": "issue"})
    assert answer.told == "“Brekkvik” is said “brek veek” in this issue."
    assert (issue / "lexicon.txt").read_text() == "Brekkvik = brek veek\n"
    assert "Brekkvik" not in _words(_until_looked_up(speaker))
    assert not (folder / "lexicon.txt").exists()
    answer = speaker.send(speaker.get(f"{AT}/said"), "/forget")
    assert (issue / "lexicon.txt").read_text() == ""


def test_a_word_is_kept_for_all_issues(speaker: Visitor, folder: Path) -> None:
    """In the lexicon beside the issues, which the command line uses too from now on."""
    (folder / "audio-edition.toml").unlink()
    fields = _form_of(_until_looked_up(speaker), "Halvøy")
    answer = speaker.post(f"{AT}/keep", fields | {"say": "hal voy", "do": "everywhere"})
    assert answer.told == "“Halvøy” is said “hal voy” in all issues."
    settings = str(folder / "audio-edition.toml")
    listed = str(folder / NAME / "edition.toml")
    done = CliRunner().invoke(main, ["script", listed, "--config", settings, "--format", "text"])
    assert "Last ferry leaves hal voy" in done.output


def test_a_whole_sentence_gets_another_spoken_form(maker: Visitor, issue: Path) -> None:
    """Or some words of it; words that are not in it change nothing, and that is told."""
    chapter = maker.get(f"{AT}/said/c03")
    assert "It rained." not in chapter.text
    assert "Nobody waved." in chapter.text
    sentences = chapter.page.cssselect(".sentences li")
    last = sentences[-1].get("id")
    page = maker.get(f"{AT}/sentence/{last}")
    assert page.page.cssselect("#written")[0].get("value") == "Nobody waved"
    answer = maker.send(page, "/keep", "issue", say="Not a single hand was seen")
    assert answer.status == 200
    assert (issue / "lexicon.txt").read_text() == "Nobody waved = Not a single hand was seen\n"
    assert "Said as: Not a single hand was seen." in maker.get(f"{AT}/said/c03").text
    answer = maker.send(page, "/keep", "issue", written="Nobody wavd", say="x y")
    assert "is not in this sentence" in answer.text


def test_a_second_window_does_not_change_a_word_silently(maker: Visitor, issue: Path) -> None:
    """What it is said like by now is shown beside what was sent."""
    page = maker.get(f"{AT}/sentence/c03-p002-s02")
    for say in ("not one hand", "no hand"):
        answer = maker.send(page, "/keep", "issue", say=say)
    assert answer.status == 409
    assert "Nobody waved = not one hand" in answer.text
    assert (issue / "lexicon.txt").read_text() == "Nobody waved = not one hand\n"
    assert maker.send(answer, "/keep").status == 200
    assert (issue / "lexicon.txt").read_text() == "Nobody waved = no hand\n"


def test_what_a_person_wrote_into_a_lexicon_stays(tmp_path: Path) -> None:
    """Comments, lines for one language, and their order."""
    path = tmp_path / "lexicon.txt"
    path.write_text("# our town\nKyiv = keev  # as its people say\n\n[fr]\nParis = pari\n")
    lexicon.put(path, "Ferry = feh ree")
    lexicon.put(path, "Kyiv = kyeev", was="keev")
    assert path.read_text() == "# our town\nKyiv = kyeev\n\nFerry = feh ree\n[fr]\nParis = pari\n"
    with pytest.raises(ConflictError):
        lexicon.put(path, "Kyiv = other", was="keev")
    lexicon.remove(path, "Kyiv", was="kyeev")
    assert "Kyiv" not in path.read_text()


@pytest.mark.parametrize(("written", "say"), [("a = b", "x"), ("", "x"), ("word", ""), ("word", "no\nsecond = line #")])
def test_no_line_can_smuggle_in_another(written: str, say: str) -> None:
    """Of a form's fields, whatever they hold, comes one line or none."""
    with pytest.raises(DeskError):
        lexicon.line_for(written, say)


def test_a_line_is_one_line() -> None:
    """Line ends become spaces."""
    assert lexicon.line_for("Kyiv", "keev\r\nParis = pari"[:4]) == "Kyiv = keev"
    line: Any = lexicon.line_for("Xi\nJinping", "shee\u2028jin ping")
    assert line == "Xi Jinping = shee jin ping"


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_kind_of_risk_has_a_name(language: str) -> None:
    """In each language of the desk; so do all levels of findings, and all that is done while an edition is made."""
    words = words_for("desk", language).by_name
    kinds = {f"kind_{kind.replace(' ', '_')}" for kind in KINDS}
    levels = {f"level_{level}" for level in get_args(Level)}
    phases = {f"phase_{phase}" for phase in get_args(Phase)}
    assert kinds | levels | phases <= words.keys()
