"""The text that goes with the sound: every word in order, the same ids everywhere, nothing that a browser would run."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_edition.edition.write_json import write as write_manifest
from audio_edition.formats import PACKAGES
from audio_edition.formats.transcript_html import html as page_of
from audio_edition.model import Chapter, Paragraph, Passage, Recording, Role, Script, Utterance
from audio_edition.model.characters import one_line
from support.recordings import article, chapter, hostile, of_texts, passage
from support.structured import chart, everything


class Page(HTMLParser):
    """The text of each element with an id, and the start tags in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.starts: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.starts.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "link"):
            self._open.append(dict(attrs).get("id") or "")
            self.texts.setdefault(self._open[-1], "")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for identity in self._open:
            self.texts[identity] += data

    def headings(self) -> list[str]:
        return [tag for tag, _ in self.starts if re.fullmatch(r"h\d", tag)]


def published(recording: Recording, folder: Path) -> dict[str, str]:
    """The three files, decoded, by the end of their name."""
    files = PACKAGES["transcript"].write(recording, folder, "edition").files
    return {file.suffix[1:]: (folder / file).read_bytes().decode() for file in files}


@pytest.mark.parametrize("script", [article(), hostile()], ids=["article", "hostile"])
def test_every_word_is_in_the_transcript_in_order(tmp_path: Path, script: Script) -> None:
    """Text and page hold the words of the script, each once, and the text holds no others."""
    files = published(of_texts(tmp_path, script), tmp_path)
    words = " ".join(one_line(utterance.text) for utterance in script.utterances).split()
    page = Page(files["html"])
    shown = " ".join(page.texts[utterance.id] for utterance in script.utterances).split()
    assert files["txt"].replace("船が沈んだ。浮いた。", "船が沈んだ。 浮いた。").split() == words == shown


# --- the page


def test_a_paragraph_on_the_page_reads_as_written(tmp_path: Path) -> None:
    """Sentences are apart where they were, and together where they were: Chinese and Japanese have no spaces."""
    page = Page(published(of_texts(tmp_path, article()), tmp_path)["html"])
    assert page.texts["c01-p004"] == "It sank at 4 p.m. <today>. Then it rose again."
    assert page.texts["c03-p002"] == "船が沈んだ。浮いた。"


def test_the_page_has_the_landmarks_of_a_document(tmp_path: Path) -> None:
    """One main, one footer, one h1, a title, a language; each id once."""
    page = Page(published(of_texts(tmp_path, article()), tmp_path)["html"])
    tags = [tag for tag, _ in page.starts]
    assert [tags.count(tag) for tag in ("html", "title", "main", "h1", "footer")] == [1] * 5
    assert page.starts[0] == ("html", {"lang": "en", "dir": "ltr"})
    ids = [attributes["id"] for _, attributes in page.starts if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert page.headings() == ["h1", "h2", "h3"]


@pytest.mark.parametrize(
    ("levels", "headings"),
    [
        ([2, 2, 3, 2], ["h1", "h2", "h2", "h3", "h2"]),
        ([4, 6, 2, 3], ["h1", "h2", "h3", "h2", "h3"]),
        ([1, 1], ["h1", "h2", "h2"]),
        ([1, 2, 3, 4, 5, 6], ["h1", "h2", "h3", "h4", "h5", "h6", "h6"]),
    ],
)
def test_no_heading_level_is_skipped(tmp_path: Path, levels: list[int], headings: list[str]) -> None:
    """However the document numbered its headings, a screen reader finds none missing."""
    chapters = [chapter(1, "The title", ["Lead."], role="title")]
    chapters += [chapter(number, f"Part {number}", ["Text."], level) for number, level in enumerate(levels, start=2)]
    page = Page("".join(page_of(of_texts(tmp_path, Script("The title", tuple(chapters))))))
    assert page.headings() == headings


def test_an_edition_whose_title_is_not_said_still_has_its_h1(tmp_path: Path) -> None:
    """A newspaper's title stands above its articles, whose titles are one deeper."""
    chapters = (chapter(1, "Contents", ["Two articles."]), chapter(2, "One", ["Text."], role="title"))
    page = Page("".join(page_of(of_texts(tmp_path, Script("The paper", chapters)))))
    assert page.headings() == ["h1", "h2", "h2"]


def test_other_languages_are_marked(tmp_path: Path) -> None:
    """A screen reader changes its voice for a foreign paragraph or sentence (WCAG 3.1.2)."""
    said = Utterance("c01-p001-s01", "He said:", "He said:")
    greeted = Utterance("c01-p001-s02", "שלום.", "שלום.", language="he")
    answered = Utterance("c01-p002-s01", "مرحبا.", "مرحبا.", language="ar")
    blocks = (
        Paragraph(Passage("c01-p001", "body", (said, greeted))),
        Paragraph(Passage("c01-p002", "body", (answered,), "ar")),
    )
    mixed = Chapter("c01", "Mixed", blocks)
    page = Page("".join(page_of(of_texts(tmp_path, Script("Mixed", (mixed,))))))
    marked = {attributes.get("id"): attributes for _, attributes in page.starts if "dir" in attributes}
    assert marked["c01-p001-s02"] == {"id": "c01-p001-s02", "lang": "he", "dir": "rtl"}
    assert marked["c01-p002"] == {"id": "c01-p002", "lang": "ar", "dir": "rtl"}
    assert set(marked) == {None, "c01-p001-s02", "c01-p002"}


def test_an_arabic_page_runs_from_right_to_left(tmp_path: Path) -> None:
    """The note at the end too, which is in Arabic."""
    script = Script("غرق العبّارة", (chapter(1, "غرق العبّارة", ["نجا الجميع."], role="title"),), language="ar")
    page = Page("".join(page_of(of_texts(tmp_path, script))))
    assert page.starts[0] == ("html", {"lang": "ar", "dir": "rtl"})
    assert ("footer", {"lang": "ar", "dir": "rtl"}) in page.starts


def test_a_page_with_pictures_may_show_those_beside_it(tmp_path: Path) -> None:
    """And asks for no icon, which a server would have to refuse."""
    page = published(of_texts(tmp_path, everything()), tmp_path)["html"]
    assert "img-src 'self' file: data:;" in page
    assert '<link rel="icon" href="data:,">' in page
    assert set(re.findall(r' src="([^"]*)"', page)) == {f"images/{chart().name}"}


def test_the_page_asks_for_nothing_from_anywhere(tmp_path: Path) -> None:
    """It stands alone: no script, no link, no address, and a policy that forbids them."""
    page = published(of_texts(tmp_path, article()), tmp_path)["html"]
    assert "default-src 'none'" in page
    assert "img-src" not in page
    assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import|https?:", page)


@pytest.mark.parametrize("role", ["announcement", "byline", "dateline"])
def test_a_paragraph_shows_its_role(tmp_path: Path, role: Role) -> None:
    """Credits and announcements can be told from the article."""
    chapters = (Chapter("c01", "T", (Paragraph(passage("c01-p001", role, "Words.")),)),)
    page = Page("".join(page_of(of_texts(tmp_path, Script("T", chapters)))))
    assert ("p", {"class": role, "id": "c01-p001"}) in page.starts


@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=4), st.text(st.characters(), max_size=40))
def test_any_text_is_only_text_on_the_page(tmp_path: Path, texts: list[str], title: str) -> None:
    """Whatever the words, the page has the elements it has for plain ones, and the words come back unchanged."""
    script = Script(title, (chapter(1, title, texts),))
    page = Page("".join(page_of(of_texts(tmp_path, script))))
    plain = Page("".join(page_of(of_texts(tmp_path, Script("x", (chapter(1, "x", ["x"] * len(texts)),))))))
    assert [tag for tag, _ in page.starts] == [tag for tag, _ in plain.starts]
    for utterance in script.utterances:
        assert page.texts[utterance.id] == one_line(utterance.text)


# --- together


def test_ids_are_the_same_everywhere(tmp_path: Path) -> None:
    """The page's anchors, the cues and the manifest call each sentence by one name."""
    recording = of_texts(tmp_path, article())
    files = published(recording, tmp_path)
    manifest = json.loads(write_manifest(recording, tmp_path, [], {}).read_bytes())
    ids = [utterance.id for utterance in recording.script.utterances]
    assert [cue["id"] for part in manifest["chapters"] for cue in part["cues"]] == ids
    assert re.findall(r"^(c\S+)\n[\d:.]+ -->", files["vtt"], re.MULTILINE) == ids
    spans = [attributes["id"] for tag, attributes in Page(files["html"]).starts if tag == "span"]
    assert spans == ids
