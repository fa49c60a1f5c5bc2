"""The page of words at risk, and the command that writes it."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from audio_edition import audio
from audio_edition.cli import main
from support.places import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOSTILE = """\
Villach <script>alert(1)</script> wins

They fled Zrabolk "><img src=x onerror=alert(1)> and "Halvøy'--></h3></main>.

The SDF paid $3.5bn & left 北京 for good.
"""


def _run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of an article that tries to be more than text, by eSpeak NG."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "article.txt").write_text(HOSTILE, "utf-8")
    done = _run("proof", folder / "article.txt", "--html", folder / "risks.html")
    assert done.exit_code == 0, done.stderr
    return (folder / "risks.html").read_text("utf-8")


def test_each_word_is_heard_in_its_sentence(html: str, tmp_path: Path) -> None:
    """Every word has an audio element with sound that plays, and nothing is fetched."""
    words = re.findall(r"<h3 [^>]*>([^<]*)</h3>", html)
    assert {"Villach", "Zrabolk", "SDF", "$3.5bn", "北京"} <= set(words)
    sounds = re.findall(
        r'<audio controls preload="none" aria-label="[^"]+" src="data:audio/mpeg;base64,([^"]+)">', html
    )
    assert len(sounds) == len(words)
    (tmp_path / "sentence.mp3").write_bytes(base64.b64decode(sounds[0]))
    assert audio.decoded(tmp_path / "sentence.mp3").length > 22_050
    assert "http" not in html.replace('http-equiv="Content-Security-Policy"', "")


def test_the_article_is_text_and_nothing_else(html: str) -> None:
    """Markup in the article is shown, not obeyed; and the page's policy forbids scripts."""
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("</main>") == 1
    assert "default-src 'none'" in html


def test_the_same_article_gives_the_same_page(html: str, tmp_path: Path) -> None:
    """No clock and no chance: the same bytes."""
    (tmp_path / "article.txt").write_text(HOSTILE, "utf-8")
    _run("proof", tmp_path / "article.txt", "--html", tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text("utf-8") == html
    assert (tmp_path / "again.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.tool("chromium", "apt install chromium")
def test_axe_finds_nothing(html: str, chromium: Browser, tmp_path: Path) -> None:
    """axe-core has no violation to report, light or dark, and nothing scrolls sideways on a narrow screen."""
    from axe_playwright_python.sync_playwright import Axe

    (tmp_path / "risks.html").write_text(html, "utf-8")
    for scheme in ("light", "dark"):
        page = chromium.new_page(color_scheme=scheme, viewport={"width": 320, "height": 900}, bypass_csp=True)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))  # noqa: B023
        page.goto((tmp_path / "risks.html").as_uri())
        found = Axe().run(page).response["violations"]
        assert [violation["id"] for violation in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert said == []
        page.close()


@pytest.mark.tool("chromium", "apt install chromium")
def test_axe_would_find_something(html: str, chromium: Browser) -> None:
    """The broken twin: a page without language, and a list that holds what is no item, are reported."""
    from axe_playwright_python.sync_playwright import Axe

    page = chromium.new_page(bypass_csp=True)
    page.set_content(html.replace('<html lang="en">', "<html>").replace("<ol>", "<ol><b>x</b>", 1))
    found = {violation["id"] for violation in Axe().run(page).response["violations"]}
    page.close()
    assert {"html-has-lang", "list"} <= found


def test_the_command_lists_words_by_kind() -> None:
    """`proof ARTICLE` shows word, sounds, sentence and a line for the lexicon; --json the same for programs."""
    seed = ROOT / "seeds" / "brief.txt"
    text = _run("proof", seed).stdout
    assert text.startswith("NAME\n")
    assert "    lexicon: Villach = /vˈɪlætʃ/" in text
    told = json.loads(_run("proof", seed, "--json").stdout)
    assert {"word", "kind", "said", "phonemes", "lexicon_line", "places", "sentence_id", "sentence"} == set(told[0])


def test_an_article_without_risks_says_so(tmp_path: Path) -> None:
    """An empty list is an answer, not an empty page."""
    (tmp_path / "article.txt").write_text("A quiet day\n\nThe rain fell on the river.\n", "utf-8")
    done = _run("proof", tmp_path / "article.txt", "--html", tmp_path / "risks.html")
    assert done.stdout.strip() == "No word is at risk."
    assert "No word is at risk." in (tmp_path / "risks.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--model", "x"], 2, "--model is for an edition"),
        (["--voice", "nobody"], 1, "no voice “nobody”"),
        (["--html", "missing/risks.html"], 1, "could not be written"),
    ],
)
def test_wrong_use_is_told(options: list[str], code: int, told: str) -> None:
    """Options that do not fit, unknown voices and places that can't be written end with a sentence."""
    done = _run("proof", ROOT / "seeds" / "brief.txt", *options)
    assert done.exit_code == code
    assert told in done.stderr


def test_a_page_is_not_made_of_an_edition(tmp_path: Path) -> None:
    """--html belongs to articles."""
    assert _run("proof", tmp_path, "--html", "risks.html").exit_code == 2
