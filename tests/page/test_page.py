"""The page as it is written: what it holds, lists, allows, and in which language it speaks of itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from audio_edition.config import Settings
from audio_edition.edition.build import Edition, make_edition, make_script
from audio_edition.errors import PublishError
from audio_edition.formats import PACKAGES, chosen
from audio_edition.formats.clock import clock, milliseconds
from audio_edition.formats.page_files import size_in_words
from audio_edition.model import RATE_HZ, Speech
from audio_edition.model.characters import one_line
from audio_edition.translations import words_for
from support.pages import CASES, island

TONE = Settings(Speech(engine="tone"))
SHORT = b"Ferry leaves\n\nThe ferry left. Nobody waved.\n\n- Sandbags -\n\nThe water rose."


class Elements(HTMLParser):
    """Every start tag with its attributes, and the text of each element with an id: that of the document, a picture's
    and a formula's words with it, and no labels, marks of notes or readings."""

    _EMPTY = ("meta", "br", "link", "input", "path", "img", "hr")
    _ADDED = ("doc-noteref", "doc-backlink", "doc-pagebreak", "math")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[tuple[str, bool]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.found.append((tag, attributes))
        self._add(attributes.get("id") or "", attributes.get("alt") if tag == "img" else attributes.get("alttext"))
        if attributes.get("role") == "math":
            self._add(attributes.get("id") or "", attributes.get("aria-label"))
        if tag not in self._EMPTY:
            added = tag in ("rt", "math") or attributes.get("class") == "label"
            own = attributes.get("id") or ""
            # The number of a page is text where it is said.
            is_mark = attributes.get("role") in self._ADDED and not re.fullmatch(r"c\d+-p\d+-s\d+", own)
            self._open.append((own, added or is_mark))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._EMPTY:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not any(added for _, added in self._open):
            self._add("", data)

    def _add(self, own: str, words: str | None) -> None:
        for name in (own, *(name for name, _ in self._open)) if words else ():
            self.texts[name] = self.texts.get(name, "") + (words or "")


def page_of(edition: Edition) -> Elements:
    return Elements((edition.folder / "index.html").read_text("utf-8"))


@pytest.fixture(params=CASES)
def edition(request: pytest.FixtureRequest, build: Callable[[str], Edition]) -> Edition:
    return build(request.param)


def test_the_page_is_the_transcript(edition: Edition) -> None:
    """Each sentence is there under its id, as it was written; the title is the one heading of level 1."""
    page = page_of(edition)
    for utterance in edition.recording.script.utterances:
        assert page.texts[utterance.id] == one_line(utterance.text)
    assert [tag for tag, _ in page.found].count("h1") == 1
    assert page.found[0] == ("html", page.found[0][1])
    assert page.found[0][1]["lang"] == edition.recording.script.language


def test_only_its_own_script_and_style_may_run(edition: Edition) -> None:
    """The policy names both by hash; there is no attribute that would be script or style, and nothing comes from
    outside: only links lead there, those of the document."""
    text = (edition.folder / "index.html").read_text("utf-8")
    page = Elements(text)
    (policy,) = [a["content"] for tag, a in page.found if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    assert "unsafe" not in policy
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    for rule, content in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    for tag, attributes in page.found:
        assert not [name for name in attributes if name == "style" or name.startswith("on")], tag
        leads_out = tag == "a" and attributes.get("rel") == "noopener noreferrer"
        for name in ("src", "action", *([] if leads_out else ["href"])):
            assert not re.match(r"(?!data:,$)[a-z+.-]+:|//", attributes.get(name) or ""), (tag, attributes)
        assert not leads_out or re.match(r"https?://|mailto:|tel:", attributes["href"] or "")


def test_nothing_of_an_article_ends_the_data(build: Callable[[str], Edition]) -> None:
    """Titles and texts with markup are escaped where the script reads them, and come out as they were written."""
    hostile = build("hostile")
    text = (hostile.folder / "index.html").read_text("utf-8")
    assert text.count("<script") == 2
    assert text.count("</main>") == text.count("</style>") == text.count("<title>") == 1
    assert island(hostile.folder)["title"] == one_line(hostile.recording.script.title)


def test_times_are_those_of_the_cues(edition: Edition) -> None:
    """Start and end of each sentence in seconds with three decimals, from the start of the sound."""
    cues = [
        [cue.utterance.id, *(round((chapter.start + place) / RATE_HZ, 3) for place in (cue.start, cue.end))]
        for chapter in edition.recording.chapters
        for cue in chapter.cues
    ]
    told = [cue[:3] for cue in island(edition.folder)["cues"]]
    assert [name for name, _, _ in told] == [name for name, _, _ in cues]
    for (_, start, end), (_, expected_start, expected_end) in zip(told, cues, strict=True):
        assert start == pytest.approx(expected_start, abs=0.0011)
        assert end == pytest.approx(expected_end, abs=0.0011)
        assert start == round(start, 3)


def test_word_marks_point_at_words(edition: Edition) -> None:
    """Each mark's characters, as JavaScript counts them, are the word; its times lie within the sentence."""
    told = {cue[0]: cue for cue in island(edition.folder)["cues"]}
    marked = 0
    for chapter in edition.recording.chapters:
        for cue in chapter.cues:
            text = one_line(cue.utterance.text)
            numbers = told[cue.utterance.id][3] if cue.words else []
            marks = [numbers[place : place + 4] for place in range(0, len(numbers), 4)]
            units = text.encode("utf-16-le")
            for word, (start, end, first, last) in zip(cue.words, marks, strict=True):
                assert units[2 * first : 2 * last].decode("utf-16-le") == text[word.text_start : word.text_end]
                assert 0 <= start <= end <= (cue.end - cue.start) * 1000 / RATE_HZ + 1
                marked += 1
    assert marked


def test_the_list_of_files_is_exact(edition: Edition) -> None:
    """Every file but the page itself, with its type and size; the manifest, written last, without one."""
    page = page_of(edition)
    listed: dict[str | None, tuple[str | None, str | None]] = {}
    for tag, attributes in page.found:
        if tag == "a" and attributes.get("type"):
            listed[attributes["href"]] = (attributes["type"], None)
        elif tag == "data":
            last = list(listed)[-1]
            listed[last] = (listed[last][0], attributes["value"])
    manifest = json.loads((edition.folder / "edition.json").read_text("utf-8"))
    expected = {file["path"]: (file["type"], str(file["size"])) for file in manifest["files"]}
    del expected["index.html"]
    assert listed.pop("edition.json") == ("application/json", None)
    assert listed == expected


def test_the_contents_are_nested_by_level(build: Callable[[str], Edition]) -> None:
    """A chapter of level 2 stands in the list under the one of level 1 above it."""
    text = (build("levels").folder / "index.html").read_text("utf-8")
    contents = text[text.index("<nav") : text.index("</nav>")]
    shape = re.sub(r"<(?!/?ol|/?li)[^>]*>|\s|\d+:\d+", "", contents)
    assert shape == "Chapters<ol><li>Levels</li><li>A<ol><li>B</li></ol></li><li>C</li></ol>"


def test_one_chapter_needs_no_contents(build: Callable[[str], Edition]) -> None:
    """A list of one would only be in the way."""
    text = (build("brief").folder / "index.html").read_text("utf-8")
    assert "<nav" not in text
    assert 'href="#chapters"' not in text


def test_the_page_brings_a_sound_with_it() -> None:
    """MP3 where no format with sound is asked for; the M4B alone will do; and the page is made by default."""
    assert chosen(["page"]) == ("mp3", "images", "page")
    assert chosen(["page", "m4b"]) == ("m4b", "images", "page")
    assert chosen(())[-1] == "page"
    assert list(PACKAGES)[-1] == "page"


@pytest.mark.parametrize(("formats", "suffix"), [(("page", "m4b"), ".m4b"), (("page",), ".mp3"), ((), ".mp3")])
def test_the_page_plays_what_was_made(tmp_path: Path, formats: tuple[str, ...], suffix: str) -> None:
    """The MP3 where there is one, else the M4B."""
    settings = replace(TONE, formats=formats)
    edition = make_edition(make_script(SHORT, settings, "article"), tmp_path, settings)
    sources = [attributes["src"] for tag, attributes in page_of(edition).found if tag == "audio"]
    assert sources == [f"ferry-leaves{suffix}"]
    assert edition.open_first.name == "index.html"


def test_a_page_without_sound_is_refused(tmp_path: Path, harbour: Edition) -> None:
    """By name, with what to do."""
    with pytest.raises(PublishError, match=r"no sound to play.*mp3 or m4b"):
        PACKAGES["page"].write(harbour.recording, tmp_path, "harbour")


def test_the_same_article_gives_the_same_page(tmp_path: Path) -> None:
    """No clock and no chance."""
    pages = []
    for name in ("first", "second"):
        edition = make_edition(make_script(SHORT, TONE, "article"), tmp_path / name, TONE)
        pages.append((edition.folder / "index.html").read_bytes())
    assert pages[0] == pages[1]


# --- its own words


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en-GB", "en"),
        ("pt-BR", "pt"),
        ("ZH-CN", "zh"),
        ("zh-Hant-TW", "zh-Hans"),
        ("cmn", "zh"),
        ("nl", "en"),
        ("", "en"),
    ],
)
def test_the_words_go_by_the_articles_language(tag: str, language: str) -> None:
    """English where there are none; Traditional Chinese is told apart."""
    assert words_for("page", tag).language == language


def test_words_in_another_language_are_marked(build: Callable[[str], Edition]) -> None:
    """A Dutch page has English controls that say so, and Dutch titles within them; a French one has no marks."""
    dutch = page_of(build("Dutch")).found
    (player,) = [attributes for _, attributes in dutch if attributes.get("id") == "player"]
    (chapter,) = [attributes for _, attributes in dutch if attributes.get("href") == "#c02"]
    assert (player["lang"], player["dir"], player["aria-label"]) == ("en", "ltr", "Player")
    assert chapter["lang"] == "nl"
    french = page_of(build("French")).found
    (player,) = [attributes for _, attributes in french if attributes.get("id") == "player"]
    assert player["aria-label"] == "Lecteur"
    assert not [tag for tag, attributes in french[1:] if attributes.get("lang")]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, "0,0 ko"),
        (420, "0,4 ko"),
        (99_949, "100 ko"),
        (999_499, "999 ko"),
        (999_500, "1,0 Mo"),
        (272_735_546, "273 Mo"),
    ],
)
def test_sizes_are_written_as_people_read_them(size: int, expected: str) -> None:
    """With the mark and unit of the language."""
    assert size_in_words(size, words_for("page", "fr")) == expected


@pytest.mark.parametrize(("seconds", "expected"), [(0, "0:00"), (7.9, "0:07"), (754, "12:34"), (3723, "1:02:03")])
def test_clocks_count_whole_seconds(seconds: float, expected: str) -> None:
    """That have passed, as players do."""
    assert clock(milliseconds(round(seconds * RATE_HZ))) == expected
