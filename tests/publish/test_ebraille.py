"""eBraille and PEF: the same braille as the BRF, in files that keep the rules of their formats."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from audio_edition.formats import BRAILLE, PACKAGES, chosen
from audio_edition.formats.braille.braille_ascii import in_ascii
from audio_edition.formats.braille.pef import VOLUME_PAGES
from audio_edition.formats.braille.tables import system_of, table_of
from audio_edition.formats.braille.transcribed import braille_tag, in_braille
from audio_edition.formats.braille.transcription import Transcriber
from audio_edition.model import BrailleForm, Paragraph, Recording, Script, Span
from support.liblouis import needs_liblouis, read_back
from support.recordings import article, chapter, of_texts
from support.structured import everything

pytestmark = needs_liblouis

PEF = "{http://www.daisy.org/ns/2008/pef}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SCHEMA = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("pef.rng"))))


def _written(folder: Path, recording: Recording, name: str, ending: str) -> bytes:
    PACKAGES[name].write(recording, folder, "book")
    return (folder / f"book.{ending}").read_bytes()


def _long() -> Script:
    """A book of several volumes."""
    chapters = tuple(chapter(number, f"Part {number}", ["It rained."] * 60) for number in range(1, 41))
    return replace(everything(), chapters=chapters, images=())


# --- PEF


@pytest.mark.parametrize("form", [BrailleForm(), BrailleForm(28, 12, 1), BrailleForm(99, 99, 2)])
@pytest.mark.parametrize("script", [everything, article, _long])
def test_the_rows_of_pef_are_the_lines_of_brf(tmp_path: Path, script: object, form: BrailleForm) -> None:
    """Read back, cell for cell and page for page; and it is valid by the rules of PEF 2008-1."""
    recording = replace(of_texts(tmp_path, script()), braille=form)  # type: ignore[operator]
    root = etree.fromstring(_written(tmp_path, recording, "pef", "pef"))
    SCHEMA.assertValid(root)
    pages = ("".join(f"{in_ascii(row.text or '')}\r\n" for row in page) + "\f" for page in root.iter(f"{PEF}page"))
    assert "".join(pages).encode() == _written(tmp_path, recording, "braille", "brf")


def test_pef_says_what_book_it_is(tmp_path: Path) -> None:
    root = etree.fromstring(_written(tmp_path, of_texts(tmp_path, everything()), "pef", "pef"))
    told = [(etree.QName(each).localname, each.text) for each in root.iterfind(f"{PEF}head/{PEF}meta/*")]
    assert ("format", "application/x-pef+xml") in told
    assert ("title", "The harbour report") in told
    assert [value for key, value in told if key == "creator"] == ["Ann Holt", "Bo Lind"]
    assert {("date", "2026-11-30"), ("language", "en"), ("source", "urn:isbn:9780306406157")} <= set(told)


def test_a_long_book_has_volumes_that_can_be_bound(tmp_path: Path) -> None:
    """Of nearly the same length; the contents are a section of the first."""
    recording = replace(of_texts(tmp_path, _long()), braille=BrailleForm(28, 12, 1))
    root = etree.fromstring(_written(tmp_path, recording, "pef", "pef"))
    lengths = [len(list(volume.iter(f"{PEF}page"))) for volume in root.iter(f"{PEF}volume")]
    assert len(lengths) > 1
    assert max(lengths) <= VOLUME_PAGES
    assert max(lengths) - min(lengths) <= 1
    first, *others = root.iter(f"{PEF}volume")
    assert len(first) == 2
    assert (first[0][0][-1].text or "").endswith("⠏⠼⠁")
    assert all(len(volume) == 1 for volume in others)


# --- eBraille


def _book(folder: Path, script: Script, grade: int = 2) -> dict[str, bytes]:
    recording = replace(of_texts(folder, script), braille=BrailleForm(40, 25, grade))
    _written(folder, recording, "ebraille", "ebrl")
    with zipfile.ZipFile(folder / "book.ebrl") as book:
        return {name: book.read(name) for name in book.namelist()}


def _documents(book: dict[str, bytes]) -> Iterator[etree._Element]:
    yield from (etree.fromstring(data) for name, data in book.items() if name.endswith((".xhtml", ".html")))


def test_its_files_lie_where_ebraille_has_them(tmp_path: Path) -> None:
    """The package and the entry page at the root, all else in a folder."""
    book = _book(tmp_path, everything())
    assert next(iter(book)) == "mimetype"
    assert {"package.opf", "index.html", "META-INF/container.xml", "ebraille/c01.xhtml"} <= set(book)
    assert b'rel="publication" href="package.opf"' in book["index.html"]


def test_all_that_is_shown_is_braille(tmp_path: Path) -> None:
    """Of every kind of block and in every attribute that is shown; and every language says so."""
    for grade in (1, 2):
        for root in _documents(_book(tmp_path, everything(), grade)):
            texts = [*root.itertext(), *(each.get(name, "") for each in root.iter() for name in ("alt", "aria-label"))]
            assert all(character.isspace() or "\u2800" <= character <= "\u283f" for each in texts for character in each)
            assert all("Brai" in each.get("lang", "Brai") and each.get("dir", "ltr") == "ltr" for each in root.iter())


def test_its_braille_is_that_of_the_brf(tmp_path: Path) -> None:
    """Each sentence's cells stand in the BRF, word for word; a list's item with its number."""
    script = everything()
    recording = of_texts(tmp_path, script)
    pages = _written(tmp_path, recording, "braille", "brf").decode()
    written = "".join(pages.split()).replace('"', "")
    book = _book(tmp_path, script)
    found = {each.get("id"): each for root in _documents(book) for each in root.iter() if each.get("id")}
    for utterance in script.utterances:
        words = [in_ascii(word) for word in "".join(found[utterance.id].itertext()).split()]
        assert words
        assert all(word.replace('"', "") in written for word in words), utterance.text


def test_blocks_keep_their_structure(tmp_path: Path) -> None:
    """Lists, tables with headers, quotations, notes with links there and back, pages with their printed numbers."""
    book = _book(tmp_path, everything())
    texts, figures = (etree.fromstring(book[f"ebraille/c0{number}.xhtml"]) for number in (1, 2))
    assert [len(list(texts.iter(f"{XHTML}{name}"))) for name in ("ol", "ul", "dl", "blockquote", "aside", "pre")] == [
        1, 1, 1, 1, 1, 1,
    ]  # fmt: skip
    assert [texts[1][0][0].tag, figures[1][0][0].tag] == [f"{XHTML}h1", f"{XHTML}h2"]
    assert len(list(figures.iter(f"{XHTML}table"))) >= 1
    assert {head.get("scope") for head in figures.iter(f"{XHTML}th")} == {"col", "row"}
    mark = next(each for each in texts.iter() if each.get("role") == "doc-noteref")
    back = next(each for each in texts.iter() if each.get("role") == "doc-backlink")
    assert mark.text == back.text == "⠨⠣⠼⠁⠨⠜"
    assert back.get("href") == f"#{mark.get('id')}"
    items = ["".join(item.itertext()).strip() for item in next(texts.iter(f"{XHTML}ol")) if len(item)]
    assert items[0].startswith("⠼⠉⠲ ")
    pages = [(link.get("title"), link.text) for link in etree.fromstring(book["index.html"]).iter(f"{XHTML}a")][-3:]
    assert pages == [("xi", "⠭⠊"), ("12", "⠼⠁⠃"), ("13", "⠼⠁⠉")]


def test_spans_stand_at_their_cells() -> None:
    """Over contractions and signs that print does not have, and behind what is written out."""
    script = in_braille(everything(), Transcriber("en", 2))
    linked = script.chapters[0].passages[2].utterances[0]
    over = {span.kind: linked.text[span.start : span.end] for span in linked.spans if span.kind != "note"}
    assert over["emphasis"] == "⠮"
    assert read_back("en-ueb-g2.ctb", in_ascii(over["link"])) == "the gates"


@pytest.mark.parametrize("text", ["a 🚢 b", "x\u00ad\u200by", "e\u0301te\u0301 d’ici", "  two  spaces ", "“no”—yes"])
@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_every_place_of_a_text_has_its_cells(text: str, language: str) -> None:
    """In order, from the first to the last, whatever is left out, joined or spelt out."""
    cells, places = Transcriber(language, 2).placed(text, range(len(text) + 1))
    assert places == sorted(places)
    assert places[0] == 0
    assert places[-1] == len(cells)


def test_a_marked_word_is_written_as_without_its_mark() -> None:
    """An emphasis does not break a contraction's surroundings."""
    transcriber, script = Transcriber("en", 2), everything()
    first = script.chapters[0].passages[2]
    plain = "It is his, and was; be still."
    spans = tuple(Span(plain.index(word), plain.index(word) + len(word), "emphasis") for word in ("his", "was", "be"))
    marked = replace(first, parts=(replace(first.utterances[0], text=plain, spoken=plain, spans=spans, role="code"),))
    block = Paragraph(marked)
    written = in_braille(replace(script, chapters=(replace(script.chapters[0], blocks=(block,)),)), transcriber)
    assert next(written.passages()).text == transcriber.cells(plain)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "en-Brai"), ("en-GB", "en-Brai-GB"), ("zh-Hant-TW", "zh-Brai-TW"), ("zh-cmn-Hans", "zh-cmn-Brai")],
)
def test_language_tags_say_braille(tag: str, expected: str) -> None:
    assert braille_tag(tag) == expected


def test_codes_have_the_names_of_the_registry() -> None:
    """Each language that has a table, in each grade."""
    assert system_of("en-GB", 2) == "UEB grade2"
    assert system_of("de", 1) == "German-capitals grade1"
    assert system_of("es", 2) == "Spanish grade1"
    assert system_of("ja", 1) == table_of("ja", 1) == ""


def test_all_braille_is_made_only_if_asked_for() -> None:
    assert BRAILLE.isdisjoint(chosen(()))
    assert chosen(("ebraille",)) == ("ebraille",)
